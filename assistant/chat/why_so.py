"""Why a step is done so seldom, or a case waits before it: the words in which that was told, or that nobody told it;
and why something was asked or said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.chat.played import length
from assistant.chat.reply import Fact
from assistant.chat.telling import short
from assistant.chat.what_was_told import MOST_STEPS, Answer, asked_before, shown
from assistant.language.change.catalogue import Catalogue
from assistant.language.correct.parts_of_a_turn import roles_in, steps_in
from assistant.language.correct.sentence_said import Sentence
from assistant.process.blocks import Task
from assistant.process.durations import Basis, Duration
from assistant.process.tree import tasks
from assistant.projects.journal import Note
from assistant.redesign.detectors.told_waits import around
from assistant.workspace.session import STORY_BREAK, Session

PROPOSAL = re.compile(
    r"^\W*why\W+(?:(?:do|is|would|should|number|proposal|no)\W+)*(\d{1,2})\W*$|"
    r"\b(?:proposal|number|suggestion|idea|change|point|no\.?)\s*#?(\d{1,2})\b",
    re.IGNORECASE,
)
"""The number of what was proposed; another figure is one of the work: `why is signing only done every 7 days?`."""
NO_REASON = (
    "Nobody has told the reason for it. If you know it, say it: “it waits because …”; if it is not so, say how it is."
)
_REASON = re.compile(r"\b(?:because|since|as|so that|only there|only works?)\b", re.IGNORECASE)


def why_of_steps(session: Session, words: str) -> Answer | None:
    """Why the steps that words name, or that somebody they name does, are done in rounds or waited for; None where
    they name none that is."""
    lines, facts, reasons = list[str](), list[Fact](), False
    for task in _meant(session, words):
        for what, time in _times(task):
            known = length(what, time.mean_seconds, "told" if time.basis is Basis.STATED else str(time.basis))
            told = _told(session, task, time)
            where = (
                f"“{task.name}” is done every {shown(known)}"
                if what == "round"
                else f"A case waits {shown(known)} before “{task.name}”"
            )
            own = f"you told: “{short(told, 200)}”" if told else "nobody told that; I filled it in"
            lines.append(f"{where}: {own}")
            reasons = reasons or _REASON.search(told) is not None
            facts.append(known)
    if not lines:
        return None
    return [*lines, *([] if reasons else [NO_REASON])], facts


def _meant(session: Session, words: str) -> list[Task]:
    sentence = Sentence(Catalogue(session.process), words.lower())
    named = set(steps_in(sentence, words.lower()))
    doers = {role.id for role in roles_in(sentence, words.lower())}
    own = [task for task in tasks(session.process) if task.id in named]
    return own or [task for task in tasks(session.process) if task.role in doers]


def _times(task: Task) -> Iterator[tuple[str, Duration]]:
    if task.batch is not None and task.batch.every is not None:
        yield "round", task.batch.every
    elif task.wait is not None and task.wait.mean_seconds > 0:
        yield "wait", task.wait


def _told(session: Session, task: Task, time: Duration) -> str:
    """The sentence in which a time was told; empty where nobody did."""
    span, story = time.span or task.span, STORY_BREAK.join(session.state.said())
    if time.basis is not Basis.STATED or span is None or span.end > len(story):
        return ""
    return " ".join(around(story, span).replace("“", "").replace("”", "").split())


def why_asked(session: Session, words: str) -> Answer | None:
    """Why something is asked: the reason of the open question nearest to the words; None where none is open."""
    from assistant.process.questions import open_questions

    said = set(re.findall(r"[a-z]{4,}", words.lower()))
    asked = open_questions(session.process, "\n\n".join(session.state.said()))
    if not asked:
        return None
    near = max(asked, key=lambda question: len(said & set(re.findall(r"[a-z]{4,}", question.text.lower()))))
    reason = Fact("reason", near.why, "", "the process")
    return [f"I ask “{near.text}” for this reason: {near.why}", "What you do not know may stay open."], [reason]


def why_said(session: Session) -> Answer | None:
    """What the last answer rests on; None where there was none."""
    entries = session.state.entries
    answers = [e.what.text for e in entries if isinstance(e.what, Note) and not e.what.about]
    asked = asked_before(session)
    if not asked or not answers:
        return None
    last = short(answers[-1].replace("“", "‘").replace("”", "’"), 160)
    told = session.state.said()
    lines = [f"I said: “{last}”", "That follows from what you told, played through with chance in it:"]
    lines += [f"- “{short(words.replace('“', '').replace('”', ''), 160)}”" for words in told[-MOST_STEPS:]]
    return [*lines, "`how sure are you?` says what of it I guessed; `log` has every step of the record."], []
