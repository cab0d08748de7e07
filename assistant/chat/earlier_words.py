"""Of which words a change is, where they are not those said last; and words of which nothing came."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.chat.telling import short
from assistant.process.blocks import AnyOf, Block, Choice, Task
from assistant.process.blocks import Sequence as Flow
from assistant.process.describe import name_of
from assistant.process.durations import Span
from assistant.process.edits import Insert
from assistant.process.figures import joined
from assistant.process.tree import steps
from assistant.projects.journal import Said
from assistant.workspace.family_names import STORY_BREAK
from assistant.workspace.session import Change, Session

MOST_WORDS = 120


def from_earlier(session: Session, change: Change) -> list[str]:
    """For each telling before the last that only now gave a step: which, and by which words."""
    told, heard = session.state.said(), session.heard
    if heard is None or not isinstance(heard.what, Said) or not change.before.flow.items:
        return []
    if len(told) < 2 or told[-1] != heard.what.text:
        return []
    found: dict[str, list[str]] = {}
    for edit in change.edits:
        for step in steps(Flow(items=edit.blocks)) if isinstance(edit, Insert) else ():
            for span in _spans(step):
                words = _telling(told, span)
                if words is not None and words != told[-1] and name_of(step) not in found.get(words, []):
                    found.setdefault(words, []).append(name_of(step))
    return [f"From your words before, “{short(words, MOST_WORDS)}”: {joined(made)}." for words, made in found.items()]


def _spans(step: Block) -> Iterator[Span]:
    """Where a step, or the first way of a decision, is told."""
    if isinstance(step, Task) and step.span is not None:
        yield step.span
    if isinstance(step, Choice | AnyOf):
        yield from [way.span for way in step.branches if way.span is not None][:1]


def _telling(told: list[str], span: Span) -> str | None:
    """Which of the tellings a place in the whole story lies in."""
    start = 0
    for text in told:
        if start <= span.start < start + len(text):
            return text
        start += len(text) + len(STORY_BREAK)
    return None


def nothing_of(session: Session) -> str:
    """What to say of words of which nothing came: what is done with them, and what would help."""
    heard = session.heard
    if heard is None or not isinstance(heard.what, Said):
        return "Nothing changed: I found nothing new in that. Say it another way, or `help`."
    words = f"“{short(heard.what.text.replace('“', '').replace('”', ''), MOST_WORDS)}”"
    kept = "I keep it and read it with what you tell next; to have it now" if heard.what.source == "story" else "Please"
    return f"Nothing changed: I could make no step, figure or change of {words}. {kept}, say it with who does what."
