"""Requests that can be read in more than one way, or that leave out what is needed: a question with readings."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.language.change import step_changes
from assistant.language.change.marked_words import Said
from assistant.language.change.new_names import spoken
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.change.where_it_goes import Places
from assistant.process.blocks import Branch, Call, Parallel
from assistant.process.edits import (
    Delete,
    Insert,
    Move,
    Parallelise,
    Place,
    PutInSequence,
    Replace,
    SetValue,
    WrapInLoop,
)


def question(said: Said, sure: bool = False) -> Doubt | None:
    """The question a request calls for; None when it may be clear. `sure`: nothing else was found in it."""
    if not sure:
        return _both_there(said)
    for family in (_where, _which, _gateway, _parallel, _loop, _call):
        doubt = family(said)
        if doubt is not None:
            return doubt
    return Doubt("Which step or branch should change, and how?", ())


def _both_there(said: Said) -> Doubt | None:
    """`add task A` where there is a task A: once more, or moved there?"""
    told = re.search(
        r"(?:^|[.,;] |\bplease )(?:please )?(?:add|insert|introduce|append|create) (?:a |the |new )*<s(\d+)>", said.line
    )
    if said.new_names() or told is None:
        return None
    if (
        said.has(step_changes.DELETE)
        or said.has(step_changes.COPY)
        or said.has(r"parallel|<and>|\bloop|<newgate>|\bif\b|<q\d")
    ):
        return None
    source = said.step(told[1])
    places = Places(said)
    place = places.find(said.line[told.end() :], [source]) or places.find(said.line[: told.start()], [source])
    if place is None:
        return None
    twice, moved = step_changes.duplicate(said, source, place), step_changes.moved(said, [source], place)
    readings = (twice, moved) if moved else (twice,)
    return Doubt(f"Should {said.catalogue.name(source)} be done once more there, or be moved there?", readings)


def _where(said: Said) -> Doubt | None:
    """A new step whose place is not said, or a copy."""
    names = said.new_names() or [
        name for name in [spoken(said, r"\b(?:add|insert|append|includ|creat|introduc)")] if name
    ]
    catalogue = said.catalogue
    copied = said.has(step_changes.COPY) and len(said.steps()) == 1
    if copied:
        source = said.steps()[0]
        spots = [Place(after=source), Places(said).at_end()]
        return Doubt(
            f"Where should {catalogue.name(source)} be done once more?",
            tuple(step_changes.duplicate(said, source, place) for place in spots),
        )
    if not names or not said.has(step_changes.INSERT):
        return None
    row = catalogue.rows["flow"]
    places = [Places(said).at_end(), *([Place(before=row[-1])] if row else []), Place(into="flow", at="start")]
    readings = []
    for place in places[:3]:
        task = Fresh(catalogue).task(names[0])
        readings.append(
            Outcome(f"add {names[0]} {step_changes.where(said, place)}", (Insert(blocks=(task,), place=place),))
        )
    return Doubt(f"Where should {names[0]} come?", tuple(readings))


def _which(said: Said) -> Doubt | None:
    """A step should go, but which? No reading is offered: any guess would take away what may be needed."""
    if (
        len(said.line.split()) > 5
        or not said.has(step_changes.DELETE)
        or not re.search(r"\b(?:task|step|activity)\b", said.line)
    ):
        return None
    named = [f"“{step.name}”" for step in said.catalogue.named[:4]]
    return Doubt(f"Which step should go: {', '.join(named)} or another?", ())


def _gateway(said: Said) -> Doubt | None:
    """A decision should go, but what of it stays?"""
    block = Places(said).block(said.line)
    gone = said.has(step_changes.DELETE) and said.has(r"<(?:gates?|split|join)>|\bdecision")
    if block is None or not gone or said.steps() or said.new_names():
        return None
    owner = next(split for split in said.catalogue.splits if split.id == block)
    readings = []
    for branch in owner.branches[:2]:
        steps = tuple(said.catalogue.inside(branch.id))
        moved = (Move(ids=steps, place=Place(before=block)),) if steps else ()
        readings.append(
            Outcome(f"always do what is done under “{branch.when or branch.id}”", (*moved, Delete(ids=(block,))))
        )
    readings.append(Outcome("do all of its branches, one after the other", (PutInSequence(id=block),)))
    return Doubt("When the decision is gone, which of its ways should stay?", tuple(readings))


def _parallel(said: Said) -> Doubt | None:
    """Something should run in parallel, but what?"""
    if not said.has(r"<and>|\bparallel") or said.steps() or said.new_names():
        return None
    row = said.catalogue.rows["flow"]
    block = next((split for split in said.catalogue.choices if split.id in row), None)
    readings = []
    if block is not None:
        turned = tuple(Branch(id=branch.id, span=branch.span, do=branch.do) for branch in block.branches)
        made = Parallel(id=block.id, branches=turned, span=block.span, note=block.note)
        readings.append(
            Outcome("do all branches of the decision at the same time", (Replace(id=block.id, blocks=(made,)),))
        )
    for a, b in list(pairwise(row))[::-1][:2]:
        together = Parallelise(groups=((a,), (b,)), id=Fresh(said.catalogue).id("parallel"))
        names = f"{said.catalogue.name(a)} and {said.catalogue.name(b)}"
        readings.append(Outcome(f"do {names} at the same time", (together,)))
    return Doubt("What should be done at the same time?", tuple(readings[:3])) if len(readings) > 1 else None


def _loop(said: Said) -> Doubt | None:
    """Something should be repeated, but what?"""
    row = said.catalogue.rows["flow"]
    if not said.has(r"\bloop|\brepeat|\biterat") or said.steps() or said.new_names() or not row:
        return None
    used = {(branch.when or "").lower() for branch in said.catalogue.branches.values()}
    again, leave = next(((no, yes) for yes, no in (("true", "false"), ("yes", "no")) if {yes, no} & used), ("", ""))
    last, readings = row[-1], []
    for part, how in (("redo", "as long as it is needed, perhaps never"), ("do", "once, and again if needed")):
        fresh = Fresh(said.catalogue).id("repeat")
        wrap = WrapInLoop.model_validate({"ids": (last,), "id": fresh, "while": again, "as_part": part})
        rest = (SetValue(id=fresh, field="until", value=leave),) if leave else ()
        readings.append(Outcome(f"do {said.catalogue.name(last)} {how}", (wrap, *rest)))
    return Doubt("Which steps should be repeated, and until when?", tuple(readings))


def _call(said: Said) -> Doubt | None:
    """A subprocess of which nobody said what is in it."""
    calls = [step for step in said.catalogue.named if isinstance(step, Call)]
    if not calls or (not said.has(r"\bsubprocess") and not any(call.id in said.steps() for call in calls)):
        return None
    name = calls[0].name
    gone = Outcome(f"remove {name}", (Delete(ids=(calls[0].id,)),))
    return Doubt(f"Which steps are in {name}, in which order?", (gone,) if said.has(step_changes.DELETE) else ())
