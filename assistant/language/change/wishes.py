"""Wishes without a change in them (`make it faster`, `the check annoys`): readings to pick from, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from assistant.english.classes import verbs
from assistant.english.tables import any_of, worded
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import plain, some, sure
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.process.blocks import Task, Wait
from assistant.process.edits import Delete, Edit, Merge, Move, Parallelise, Place, SetValue, WrapInChoice
from assistant.process.words import SMALL, objects_of

FASTER = re.compile(rf"\b(?:{worded('wishes-faster')})\b")
CHEAPER = re.compile(rf"\b(?:{worded('wishes-cheaper')})\b")
BETTER = re.compile(rf"\b(?:{worded('wishes-better')})\b")
GOING = rf"\b{any_of('wish-removed', 'stems')}"
MORE = "Which of these is meant? (`propose` looks for better ways by itself and simulates them.)"


def wish(catalogue: Catalogue, request: str) -> Doubt | None:
    """A wish for the process as a whole, with ways it could be met."""
    text = plain(request)
    about = [pattern for pattern in (FASTER, CHEAPER, BETTER) if pattern.search(text)]
    if not about or len(text.split()) > 12 or re.search(r"\d|\b(?:add|insert|move|rename|if|after|before)\b", text):
        return None
    step = _only(catalogue, text)
    readings = about_step(catalogue, step) if step else tuple(_ideas(catalogue, CHEAPER in about))
    if not readings:
        return None
    lead = f"What should change about {catalogue.name(step)}? " if step else "What should change? "
    return Doubt(lead + MORE, readings[:3])


def _only(catalogue: Catalogue, text: str) -> str | None:
    """The one step a wish speaks of."""
    bare = text
    for pattern in (FASTER, CHEAPER, BETTER):
        bare = pattern.sub(" ", bare)
    found = some(catalogue, re.sub(r"\b(?:make|too|takes?|far|much|very|so|we|i|need|want|more|process)\b", " ", bare))
    return found[0] if len(found) == 1 else None


def _ideas(catalogue: Catalogue, cheaper: bool) -> Iterable[Outcome]:
    shorter = [*_less_waiting(catalogue), *_together(catalogue)[:1]]
    leaner = [*_one_hand(catalogue)[:1], *_fewer_checks(catalogue)[:1]]
    ordered = [*leaner, *shorter] if cheaper else [*shorter, *leaner]
    return ordered or [*_together(catalogue, related=True)[:1], *_optional(catalogue)[:1]]


def _less_waiting(catalogue: Catalogue) -> list[Outcome]:
    """The longest wait taken out."""
    waits: list[tuple[float, Outcome]] = []
    for step in catalogue.named:
        if isinstance(step, Wait):
            length = step.duration.mean_seconds if step.duration else 0.0
            waits.append((length, Outcome(f"remove the wait {step.name}", (Delete(ids=(step.id,)),))))
        elif isinstance(step, Task) and step.wait:
            gone = SetValue(id=step.id, field="wait", value={"kind": "fixed", "value": 0, "unit": "min"})
            waits.append((step.wait.mean_seconds, Outcome(f"no more waiting before {step.name}", (gone,))))
        elif re.match(r"(?i)wait\b", step.name):
            waits.append((0.0, Outcome(f"remove {step.name}", (Delete(ids=(step.id,)),))))
    return [max(waits, key=lambda pair: pair[0])[1]] if waits else []


def _neighbours(catalogue: Catalogue) -> list[tuple[Task, Task]]:
    rows = [[catalogue.by_id[step] for step in row] for row in catalogue.rows.values()]
    return [(a, b) for row in rows for a, b in pairwise(row) if isinstance(a, Task) and isinstance(b, Task)]


def _together(catalogue: Catalogue, related: bool = False) -> list[Outcome]:
    """Neighbours that share neither doer nor object, done at the same time; with different doers first."""
    found = []
    for a, b in _neighbours(catalogue):
        shared = {w for w in objects_of(a.name) & objects_of(b.name) if w not in SMALL}
        if related or not shared:
            edit = Parallelise(groups=((a.id,), (b.id,)), id=Fresh(catalogue).id("parallel"))
            rank = a.role is not None and a.role == b.role
            found.append((rank, Outcome(f"do {a.name} and {b.name} at the same time", (edit,))))
    return [outcome for _, outcome in sorted(found, key=lambda pair: pair[0])]


def _one_hand(catalogue: Catalogue) -> list[Outcome]:
    """Two steps of one role in a row made one."""
    found = []
    for a, b in _neighbours(catalogue):
        if a.role is not None and a.role == b.role and "wait" not in (a.name + b.name).lower():
            name = f"{a.name} and {b.name[:1].lower()}{b.name[1:]}"
            task = a.model_copy(update={"id": Fresh(catalogue).id(name), "name": name, "work": _sum(a, b)})
            edit = Merge(ids=(a.id, b.id), task=task)
            found.append(Outcome(f"make {a.name} and {b.name} one step", (edit,)))
    return found


def _sum(a: Task, b: Task) -> object:
    """The work of two steps in one: only where neither or one of them is known does nothing have to be added up."""
    if a.work is None or b.work is None:
        return None
    from assistant.process.durations import Basis, Fixed

    return Fixed(value=a.work.mean_seconds + b.work.mean_seconds, unit="s", basis=Basis.ESTIMATED)


def _fewer_checks(catalogue: Catalogue) -> list[Outcome]:
    """Checks done only where needed."""
    checks = [
        step
        for step in catalogue.named
        if isinstance(step, Task) and step.name.split()[0].lower() in verbs("control") | {"sign"}
    ]
    free = [step for step in checks if not step.legal_basis]
    return [_when_needed(catalogue, step.id) for step in free]


def _optional(catalogue: Catalogue) -> list[Outcome]:
    inner = [step for step in catalogue.named if isinstance(step, Task)]
    return [_when_needed(catalogue, step.id) for step in inner[1:-1]]


def _when_needed(catalogue: Catalogue, step: str) -> Outcome:
    wrap = WrapInChoice(ids=(step,), id=Fresh(catalogue).id("decision"), question="Needed?", when="needed",
                        otherwise_when="otherwise")  # fmt: skip
    return Outcome(f"do {catalogue.name(step)} only when it is needed", (wrap,))


def about_step(catalogue: Catalogue, step: str) -> tuple[Outcome, ...]:
    """What could be meant about one step: it goes, is done only when needed, or beside the step before it."""
    name = catalogue.name(step)
    readings = [Outcome(f"remove {name}", (Delete(ids=(step,)),)), _when_needed(catalogue, step)]
    before = catalogue.before(step)
    if before:
        made: Edit = Parallelise(groups=((before[-1],), (step,)), id=Fresh(catalogue).id("parallel"))
        readings.append(Outcome(f"do {name} at the same time as {catalogue.name(before[-1])}", (made,)))
    elif behind := catalogue.after(step):
        readings.append(Outcome(f"move {name} to the end", (Move(ids=(step,), place=Place(after=behind[-1])),)))
    return tuple(readings)


def _what_moves(catalogue: Catalogue, text: str) -> Doubt | None:
    """`move it to after the call`: what is `it`?"""
    found = re.match(r"^(?:move|put|shift|do) (?:it|this|that|them) .*?\b(after|before) (.+)$", text)
    anchor = sure(catalogue, found[2]) if found else None
    if not found or anchor is None:
        return None
    before = found[1] == "before"
    place = Place(before=anchor) if before else Place(after=anchor)
    beside = (catalogue.before(anchor)[-1:] if before else catalogue.after(anchor)[:1]) + catalogue.chain(anchor)
    free = [step for step in catalogue.named if step.id not in beside][:3]
    told = f"{found[1]} {catalogue.name(anchor)}"
    readings = [Outcome(f"move {step.name} {told}", (Move(ids=(step.id,), place=place),)) for step in free]
    return Doubt(f"What should come {told}?", tuple(readings)) if readings else None


def left_open(catalogue: Catalogue, request: str) -> Doubt | None:
    """A request that names steps but not what is to happen, or names several that could be meant."""
    text = plain(request)
    moving = _what_moves(catalogue, text)
    if moving is not None:
        return moving
    steps = some(catalogue, text)
    if not steps or catalogue.symbolic:
        return None
    gone = re.search(GOING, text) is not None
    if len(steps) == 1 or sure(catalogue, text):
        step = sure(catalogue, text) or steps[0]
        return Doubt(f"What should change about {catalogue.name(step)}?", about_step(catalogue, step))
    if gone:
        readings = [Outcome(f"remove {catalogue.name(step)}", (Delete(ids=(step,)),)) for step in steps]
        return Doubt("Which step should go?", tuple(readings))
    readings = [about_step(catalogue, step)[1] for step in steps]
    named = ", ".join(catalogue.name(step) for step in steps)
    return Doubt(f"Which step is meant, and what should change: {named}?", tuple(readings))
