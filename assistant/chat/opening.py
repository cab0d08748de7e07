"""How a conversation opens: where it stopped, what was asked before, and words that a cut-off turn left behind."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from assistant.chat.recorded import drift_lines
from assistant.chat.reply import Reply
from assistant.chat.sentences import ENGLISH, GO_ON, PROGRAM
from assistant.chat.telling import short
from assistant.errors import AssistantError, UsageError
from assistant.language.turn.asked import of_program
from assistant.language.turn.kinds import Chitchat
from assistant.process import questions as open_points
from assistant.process.figures import plural
from assistant.process.tree import tasks
from assistant.projects.journal import Entry, Said
from assistant.workspace.session import Session
from assistant.workspace.writers import under_way

MOST_OPEN = 40
BEGIN = (
    "Tell me how the work runs today, in your own words: who does what, and what comes next.",
    "I draw it, ask what is missing, and show what hurts and what would be better.",
)
GREETS = re.compile(r"\W*(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|greetings|dear)\b", re.IGNORECASE)
HELP_ASKED = re.compile(r"\bhelp\b|\bcan you\b|\bcould you\b", re.IGNORECASE)


def begin(words: str) -> tuple[str, ...]:
    """What is said to words that tell nothing while nothing is told: a greeting back, who answers, how to begin."""
    if of_program(words):
        return (PROGRAM, *BEGIN)
    if GREETS.match(words):
        help_ = "Hello! Yes, gladly." if HELP_ASKED.search(words) else "Hello!"
        return (f"{help_} {BEGIN[0]}", BEGIN[1])
    return (f"Nothing is told yet. {BEGIN[0]}", BEGIN[1])


def in_passing(session: Session, said: Chitchat) -> Reply:
    """What is said to words said in passing."""
    if said.foreign:
        return Reply((ENGLISH,))
    if session.empty:
        return Reply(begin(said.words))
    return Reply((PROGRAM if said.of_program else GO_ON,))


def greeting(talk: Any) -> Reply:
    """What to say when the conversation opens."""
    session = talk.session
    talk.asked = _asked_before(talk)
    waiting = [said for said in session.state.pending if not under_way(said)]
    if waiting:
        replies = [_take_up(talk, said) for said in waiting]
        lines = [line for reply in replies for line in reply.lines]
        return Reply(tuple(lines), replies[-1].questions)
    if session.empty:
        return Reply(("Tell me how the work runs today, in your own words. (`help` shows what else you can say.)",))
    told = plural(len(tasks(session.process)), "step")
    where = "" if session.state.branch == "main" else f" on branch {session.state.branch}"
    lines = [
        f"We are working on “{session.process.name}”{where}: {told} so far.",
        *drift_lines(session),
    ]
    if talk.asked:  # what was asked and is not answered comes before anything new
        lines.append(f"Still open: {plural(len(talk.asked), 'question')}; `questions` shows what I would like to know.")
        return Reply(tuple(lines))
    return Reply(tuple(lines), session.together(talk.ask))


def _asked_before(talk: Any) -> tuple[open_points.Question, ...]:
    """What was asked in earlier sittings and is still open: an answer to it is still an answer."""
    state = talk.session.state
    known = state.asked - state.answered
    return tuple(question for question in talk.open_questions() if question.id in known)[:MOST_OPEN] if known else ()


def _take_up(talk: Any, said: Entry) -> Reply:
    """Do what a turn that was cut off would have done with the words it had written down."""
    what = said.what
    words = what.text if isinstance(what, Said) else ""
    told = f"Last time I was cut off after you said “{short(words, 80)}”."

    def work() -> Reply:
        if isinstance(what, Said) and what.source == "choice":
            raise UsageError("What there was to choose from is gone.", "", "Say it in words.")
        reply: Reply = talk.again(words)
        return reply

    try:
        reply: Reply = talk.session.together(work, said)
    except AssistantError as error:
        return Reply((f"{told} I could not take it up:", *talk.mishap(words, error)))
    return replace(reply, lines=(f"{told} I have taken it up now.", *reply.lines))
