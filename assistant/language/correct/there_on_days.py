"""Somebody who is there on some days only: what they do waits for those days, and no case depends on them."""

from __future__ import annotations

from assistant.language.change.catalogue import done_by
from assistant.language.change.mention import role_named
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import ARTICLE, Sentence, likely
from assistant.language.figures.hours import there_on_days
from assistant.process.blocks import Batch, Task
from assistant.process.durations import Basis, Fixed
from assistant.process.edits import SetValue
from assistant.process.model import Role


def read(sentence: Sentence) -> Outcome | None:
    """`Mo only works Tuesdays and Thursdays`: Mo's steps are done twice a week. None where nobody known is meant, or
    the work they come for is known to nobody yet."""
    there = there_on_days(sentence.request)
    if there is None:
        return None
    who, days, work = there
    role = _role(sentence, who)
    theirs = [step.id for step in sentence.catalogue.named if isinstance(step, Task) and role and _does(step, role)]
    meant = likely(sentence.catalogue, work, role.id) if work and role else theirs
    steps = [step for step in meant if step in theirs]
    if not steps:
        return None
    every = Fixed(value=round(1 / days, 6), unit="w", basis=Basis.STATED)
    batch = Batch(every=every, reason=sentence.request[:200]).document()
    names = ", ".join(f"“{sentence.catalogue.name(step)}”" for step in steps)
    return Outcome(
        f"done on {days} days a week: {names}", tuple(SetValue(id=id_, field="batch", value=batch) for id_ in steps)
    )


def _does(step: Task, role: Role) -> bool:
    return done_by(step) == role.id


def _role(sentence: Sentence, who: str) -> Role | None:
    return role_named(sentence.catalogue, ARTICLE.sub("", who))
