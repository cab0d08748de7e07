"""Somebody who is there on some days only: what they do waits for those days, and no case depends on them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.change.catalogue import done_by
from assistant.language.change.mention import alike, content, role_named
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.sentence_said import ARTICLE, Sentence, likely
from assistant.language.figures.hours import away_on_days, done_on_days, there_on_days
from assistant.process.blocks import Batch, Task
from assistant.process.durations import Basis, Fixed
from assistant.process.edits import PutRole, SetValue
from assistant.process.figures import plural
from assistant.process.model import DAYS, Role
from assistant.process.volumes import working_hours


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """`Mo only works Tuesdays and Thursdays`: Mo's steps are done twice a week; `bills only on Fridays`: that step
    once. None where nobody and no step known is meant, or the work they come for is known to nobody yet."""
    if (away := away_on_days(sentence.request)) and (found := _away(sentence, *away)):
        return found
    there = there_on_days(sentence.request)
    done = done_on_days(sentence.request) if there is None else None
    if there is not None:
        steps, days = _of_who(sentence, there[0], there[2]), there[1]
    elif done is not None:
        steps, days = _spoken_of(sentence, done[0]) if done[0] else _with_thing(sentence, done[1]), done[2]
        if not steps:
            return Doubt("Which step is done on those days only? Nothing was changed.", ())
    else:
        return None
    if not steps:
        return None
    every = Fixed(value=round(1 / days, 6), unit="w", basis=Basis.STATED)
    batch = Batch(every=every, reason=sentence.request[:200]).document()
    names = ", ".join(f"“{sentence.catalogue.name(step)}”" for step in steps)
    edits = tuple(SetValue(id=id_, field="batch", value=batch) for id_ in steps)
    return Outcome(f"done on {plural(days, 'day')} a week: {names}", edits)


def _away(sentence: Sentence, who: str, days: Sequence[str]) -> Outcome | None:
    """Somebody known works on the other days; None where nobody told when they work."""
    role, process = _role(sentence, who), sentence.catalogue.process
    hours = (role.calendar or working_hours(process)) if role else None
    if role is None or not hours:
        return None
    out = {DAYS.index(day) for day in days}
    left = [(line, [DAYS[day] for day in line.weekdays() if day not in out]) for line in hours]
    calendar = tuple(line.model_copy(update={"days": ",".join(on)}) for line, on in left if on)
    if not calendar:
        return None
    return Outcome(
        f"{role.name} works on the other days", (PutRole(role=role.model_copy(update={"calendar": calendar})),)
    )


def _of_who(sentence: Sentence, who: str, work: str) -> list[str]:
    """The steps of somebody known; of those, the one they come for."""
    role = _role(sentence, who)
    theirs = [step.id for step in sentence.catalogue.named if isinstance(step, Task) and role and _does(step, role)]
    meant = likely(sentence.catalogue, work, role.id) if work and role else theirs
    return [step for step in meant if step in theirs]


def _spoken_of(sentence: Sentence, who: str) -> list[str]:
    """The one step spoken of last, where it is theirs: a pronoun means whoever does it."""
    role = _role(sentence, who)
    recent = [step for step in sentence.catalogue.named if isinstance(step, Task) and step.id in sentence.recent]
    if len(recent) != 1 or not recent[0].role or (role is None and who.lower() not in _PRONOUNS):
        return []
    return [recent[0].id] if role is None or _does(recent[0], role) else []


def _with_thing(sentence: Sentence, what: str) -> list[str]:
    """The one step that works on a thing: bills are written, and no neighbour is meant."""
    said = content(what)
    steps = [step for step in sentence.catalogue.named if isinstance(step, Task)]
    meant = [
        step.id for step in steps if said and all(any(alike(word, own) for own in content(step.name)) for word in said)
    ]
    return meant if len(meant) == 1 else []


_PRONOUNS = frozenset("he she they".split())


def _does(step: Task, role: Role) -> bool:
    return done_by(step) == role.id


def _role(sentence: Sentence, who: str) -> Role | None:
    return role_named(sentence.catalogue, ARTICLE.sub("", who))
