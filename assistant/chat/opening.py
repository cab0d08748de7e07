"""How a conversation opens: where it stopped, what was asked before, and words that a cut-off turn left behind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.chat.recorded import drift_lines
from assistant.chat.reply import Reply
from assistant.chat.telling import short
from assistant.errors import AssistantError, UsageError
from assistant.process import questions as open_points
from assistant.process.figures import plural
from assistant.process.tree import tasks
from assistant.projects.journal import Entry, Said
from assistant.workspace.writers import under_way

MOST_OPEN = 40


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
