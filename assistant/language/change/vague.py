"""Requests that can be read in more than one way, or that leave out what is needed: a question with readings."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.language.change import plain
from assistant.language.change.marking import Said
from assistant.language.change.naming import spoken
from assistant.language.change.outcome import Fresh, Outcome
from assistant.language.change.places import Places
from assistant.process.edits import Delete, Insert, Place


class Doubt(NamedTuple):
    """What to ask, and the readings to pick from, the likeliest first."""

    text: str
    readings: tuple[Outcome, ...]


def question(said: Said, sure: bool = False) -> Doubt | None:
    """The question a request calls for; None when it may be clear. `sure`: nothing else was found in it."""
    if not sure:
        return _both_there(said)
    return _where(said) or _which(said) or Doubt("Which step or branch should change, and how?", ())


def _both_there(said: Said) -> Doubt | None:
    """`add task A` where there is a task A: once more, or moved there?"""
    told = re.search(
        r"(?:^|[.,;] |\bplease )(?:please )?(?:add|insert|introduce|append|create) (?:a |the |new )*<s(\d+)>", said.line
    )
    if said.new_names() or told is None:
        return None
    if said.has(plain.DELETE) or said.has(plain.COPY) or said.has(r"parallel|<and>|\bloop|<newgate>|\bif\b|<q\d"):
        return None
    source = said.step(told[1])
    places = Places(said)
    place = places.find(said.line[told.end() :], [source]) or places.find(said.line[: told.start()], [source])
    if place is None:
        return None
    twice, moved = plain.duplicate(said, source, place), plain.moved(said, [source], place)
    readings = (twice, moved) if moved else (twice,)
    return Doubt(f"Should {said.catalogue.name(source)} be done once more there, or be moved there?", readings)


def _where(said: Said) -> Doubt | None:
    """A new step whose place is not said, or a copy."""
    names = said.new_names() or [
        name for name in [spoken(said, r"\b(?:add|insert|append|includ|creat|introduc)")] if name
    ]
    catalogue = said.catalogue
    copied = said.has(plain.COPY) and len(said.steps()) == 1
    if copied:
        source = said.steps()[0]
        spots = [Place(after=source), Places(said).at_end()]
        return Doubt(
            f"Where should {catalogue.name(source)} be done once more?",
            tuple(plain.duplicate(said, source, place) for place in spots),
        )
    if not names or not said.has(plain.INSERT):
        return None
    row = catalogue.rows["flow"]
    places = [Places(said).at_end(), *([Place(before=row[-1])] if row else []), Place(into="flow", at="start")]
    readings = []
    for place in places[:3]:
        task = Fresh(catalogue).task(names[0])
        readings.append(Outcome(f"add {names[0]} {plain.where(said, place)}", (Insert(blocks=(task,), place=place),)))
    return Doubt(f"Where should {names[0]} come?", tuple(readings))


def _which(said: Said) -> Doubt | None:
    """A step should go, but which?"""
    if (
        len(said.line.split()) > 5
        or not said.has(plain.DELETE)
        or not re.search(r"\b(?:task|step|activity)\b", said.line)
    ):
        return None
    steps = said.catalogue.named[:3]
    readings = tuple(Outcome(f"remove {step.name}", (Delete(ids=(step.id,)),)) for step in steps)
    return Doubt("Which step should go?", readings)
