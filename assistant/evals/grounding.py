"""Whether the numbers in a text come from somewhere: said in the story, held by the process, or computed.

A number is grounded when a known one, in any unit that readers are shown, rounds to it at the precision it is written
with. Small counts (up to LITTLE) are words, not figures. Names, quotes, dates and code are not looked at. A figure that
nobody gave is told as a guess wherever it is put in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from assistant.process.durations import Basis
from assistant.process.model import Process
from assistant.process.tree import branches, walk
from assistant.redesign.shapes import Alternative, Completed

LITTLE = 12
NUMBER = re.compile(
    r"(?<![\w.,/#-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w])|(?<![\w.,/#-])\d+(?:\.\d+)?(?=[\s%.,;:)–—-]|[a-z]{1,3}\b|$)"
)
SKIPPED = re.compile(
    r"```.*?```|`[^`]*`|“[^”]*”|\bH\d\d\b|\bE\d\d\b|\bP\d\d\b|\d{4}-\d\d-\d\d|\d\d:\d\d|^\s*\d+\. ",
    re.DOTALL | re.MULTILINE,
)
SCALES = (1.0, 100.0, 1 / 60, 1 / 3600, 1 / 86400, 1 / 604800, 1 / 28800, 1 / 144000, 1 / 2592000, 86400.0, 60.0, 0.01)
DEEPEST = 12


def numbers_of(value: Any, texts: bool = True, depth: int = 0) -> set[float]:
    """Every number in plain data, dataclasses and models; with `texts` also every number written in their texts.

    Sentences of ours ground nothing: leave their texts out, or a number that was made up stands for itself.
    """
    if depth > DEEPEST or value is None or isinstance(value, bool):
        return set()
    if isinstance(value, int | float):
        return {abs(float(value))}
    if isinstance(value, str):
        return {parsed(text) for text in NUMBER.findall(value)} if texts else set()
    if isinstance(value, BaseModel):
        value = value.model_dump()
    if isinstance(value, Mapping):
        value = value.values()
    elif not isinstance(value, Iterable):
        value = vars(value).values() if hasattr(value, "__dict__") else ()
    return set().union(*(numbers_of(item, texts, depth + 1) for item in value), set())


def parsed(text: str) -> float:
    """The value of a number as it is written."""
    return float(text.replace(",", ""))


class Known:
    """Numbers that may be shown, in every unit."""

    def __init__(self, numbers: Iterable[float]) -> None:
        base = {number for number in numbers if number < 1e12}
        base |= {1 - number for number in base if 0 < number < 1}
        self._sorted = sorted({number * scale for number in base for scale in SCALES})

    def holds(self, text: str) -> bool:
        """Whether a number as written is a known one, rounded as it is written (to three digits when it is large)."""
        value = parsed(text)
        if value <= LITTLE and value == int(value):
            return True
        decimals = len(text.partition(".")[2])
        half = max(0.5 * 10**-decimals, 0.006 * value) + 1e-9
        place = bisect_left(self._sorted, value - half)
        return place < len(self._sorted) and self._sorted[place] <= value + half


def ungrounded(text: str, known: Known) -> list[str]:
    """The numbers of a text that come from nowhere, each with the words around it."""
    bare = SKIPPED.sub(" ", text)
    return [
        f"{match.group(0)} in “{' '.join(bare[max(0, match.start() - 40) : match.end() + 20].split())}”"
        for match in NUMBER.finditer(bare)
        if not known.holds(match.group(0))
    ]


def relative_effects(alternatives: Iterable[Alternative]) -> list[Any]:
    """The figures of effects as change of the value before, as readers are shown them."""
    effects = [effect for alternative in alternatives for effect in alternative.effects.values()]
    pairs = [(end, effect.before) for effect in effects for end in (effect.change, effect.low, effect.high)]
    return [effect.relative for effect in effects] + [
        end / before for end, before in pairs if end is not None and before
    ]


GUESSED = (Basis.ESTIMATED, Basis.LIBRARY)


def untold_guesses(given: Process, completed: Completed) -> list[str]:
    """Times and chances nobody gave that were put in without being told, or as if somebody had said them."""
    known = _figures(given)
    told = {(filling.element, filling.field) for filling in completed.filled}
    faults = []
    for place, basis in _figures(completed.process).items():
        if place not in known:
            faults += [] if place in told else [f"{place[1]} of {place[0]} was put in and nobody is told"]
            faults += [] if basis in GUESSED else [f"{place[1]} of {place[0]} is a guess and called {basis}"]
    return faults


def _figures(process: Process) -> dict[tuple[str, str], Basis | None]:
    """The times and chances that a process holds, each with where it is said to come from."""
    found: dict[tuple[str, str], Basis | None] = {}
    for step in walk(process):
        for field in ("work", "wait", "duration"):
            duration = getattr(step, field, None)
            if duration is not None:
                found[(str(getattr(step, "id", "")), field)] = duration.basis
        if getattr(step, "p", None) is not None:
            found[(str(getattr(step, "id", "")), "p")] = getattr(step, "p_basis", None)
    ways = {name: way for name, (_, way) in branches(process).items() if way.p is not None}
    return {**found, **{(name, "p"): way.p_basis for name, way in ways.items()}}
