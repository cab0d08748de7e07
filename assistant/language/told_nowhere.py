"""Which figures that were told stand nowhere in the process: by where each was said, and by its value.

Times keep the place of the words they rest on, so one that was read is known by it. What has no place of its own (a
share, a price, how many people) is known by its value. A remark keeps shares, and a limit, a sum or a season that it
is about; a time or a head count that stands in any other remark is reckoned with nowhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.english.forms import singular
from assistant.english.tables import classed, worded
from assistant.language.figures.figure import TIME_KINDS, Figure
from assistant.language.figures.reading import figures_in
from assistant.process.durations import UNITS, working_seconds
from assistant.process.model import Process

RECKONED = frozenset({"duration", "total", "chance", "rate", "price", "people"})
"""Kinds of figures that a process reckons with."""
KEEPS = frozenset({"limit", "control", "season", "total_time", "cost", "wish", "habit"})
"""Kinds of remarks that are about a figure of their own."""
_DENIED = frozenset("not instead than nor no never last past".split())
TAKEN_BACK = re.compile(worded("taken-back"), re.I)
_LENGTHS = ("value", "mean", "low", "high", "mode", "median")
_NEAR = 0.02
_CREWS = classed("people", "unit")
"""Whoever works together, counted where no role is called so."""


@dataclass
class Standing:
    """The figures of a process: the places in the words that they rest on, and the values of those without one."""

    places: list[tuple[int, int]] = field(default_factory=list)
    aside: list[tuple[int, int]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def holds(self, figure: Figure, at: int) -> bool:
        """Whether a figure stands here that was told so many (`at`) characters behind the beginning."""
        a, b = figure.a + at, figure.b + at
        if any(start < b and a < end for start, end in self.places):
            return True
        if figure.kind == "chance" and any(start <= a < end for start, end in self.aside):
            return True
        wage = figure.kind == "rate" and figure.unit == "h" and not figure.noun  # `20 an hour`
        if wage and any(_near(told, own) for told in _values(figure) for own in self.values):
            return True
        if figure.kind in (*TIME_KINDS, "rate"):
            return any(_near(told, own) for told in _lengths(figure) for own in self.seconds)
        return any(_near(told, own) for told in _values(figure) for own in self.values)


def nowhere(words: str, process: Process, at: int = 0) -> tuple[str, ...]:
    """The figures of told words that stand nowhere in the process read from them, as they were said; `at` is the place
    of the words in all that the process was read from."""
    document = process.document()
    document.pop("remarks", None)
    standing = Standing()
    _gather(document, standing, placed=True)
    for remark in process.remarks:
        if remark.span is not None:
            spans = standing.places if remark.kind in KEEPS else standing.aside
            spans.append((remark.span.start, remark.span.end))
    return _missing(words, standing, at, process)


def nowhere_in(words: str, edits: Iterable[Any], before: Process) -> tuple[str, ...]:
    """The figures of words that stand in none of the edits (documents) made of them, nor in what these put right: a
    figure beside another may be the one that was there."""
    standing = Standing()
    _gather([edit for edit in edits if "remark" not in edit], standing, placed=False)
    missing = _missing(words, standing, 0, before)
    if len(missing) < len(tuple(_reckoned(words, _names(before)))):
        _gather({**before.document(), "remarks": ()}, standing, placed=False)
    return _missing(words, standing, 0, before)


def _missing(words: str, standing: Standing, at: int, process: Process) -> tuple[str, ...]:
    missing = (figure for figure in _reckoned(words, _names(process)) if not standing.holds(figure, at))
    return tuple(dict.fromkeys(_said(words, figure) for figure in missing))


def _names(process: Process) -> set[str]:
    return {name for role in process.roles for name in (role.name.lower(), f"{role.name.lower()}s")}


def _said(words: str, figure: Figure) -> str:
    behind = words[figure.b :].split()[:1] if figure.kind == "number" else []
    return " ".join([*words[figure.a : figure.b].split(), *behind]).strip(" .,;:!?")


def _reckoned(words: str, names: set[str]) -> Iterator[Figure]:
    """The figures of words that a process would reckon with; not those denied, compared with, of the past or taken back
    in the same breath (`ten minutes, no, 40`)."""
    figures = figures_in(words)
    priced = any(figure.kind == "price" for figure in figures)
    for place, figure in enumerate(figures):
        if figures[place + 1 :] and TAKEN_BACK.search(words[figure.b : figures[place + 1].a]):
            continue
        front = words[: figure.a].lower().replace(",", " ").split()[-2:]
        behind = [word.strip(".,;:!?") for word in words[figure.b :].lower().split()[:1]]
        if figure.vague or _DENIED & {*front} or behind == ["ago"]:
            continue
        heads = {*behind} & names or {singular(word) for word in behind} & _CREWS
        if figure.kind in RECKONED or (figure.kind == "number" and (heads or priced)):
            yield figure


def _gather(node: Any, standing: Standing, placed: bool) -> None:
    """Take in the figures of a document, of a process or of edits; those with a place by it where that is known."""
    if isinstance(node, dict):
        span = node.get("span") if placed else None
        own = {"unit", "value"} <= node.keys() or {"unit", "kind"} <= node.keys() or {"when", "while"} & node.keys()
        if span and (own or {"between"} <= node.keys()):
            standing.places.append((span["start"], span["end"]))
        if "unit" in node:
            lengths = [node[name] for name in _LENGTHS if name in node]
            standing.seconds += [] if span else [length * UNITS.get(node["unit"], 1.0) for length in lengths]
            return
        for key, value in node.items():
            if key != "span":
                _gather(value, standing, placed)
    elif isinstance(node, list | tuple):
        for item in node:
            _gather(item, standing, placed)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        standing.values.append(float(node))


def _lengths(figure: Figure) -> Sequence[float]:
    """The seconds a figure of time may be kept as; of a rate those between two cases."""
    ends = [figure.low, figure.high, figure.middle]
    if figure.kind == "rate":
        ends = [figure.size / end for end in ends if end]
    return [*(end * UNITS[figure.unit] for end in ends), *(working_seconds(end, figure.unit) for end in ends)]


def _values(figure: Figure) -> Sequence[float]:
    ends = [figure.low, figure.high, figure.middle]
    return [*ends, *(1 - end for end in ends)] if figure.kind == "chance" else ends


def _near(told: float, own: float) -> bool:
    return math.isclose(told, own, rel_tol=_NEAR)
