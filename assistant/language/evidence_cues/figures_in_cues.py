"""The one place where remarks ask for the figures in their words: shares, times and counts, as they were told."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from assistant.language.figures.numbers import value_of
from assistant.language.figures.stated import Said, said_in
from assistant.process.remarks import RemarkFigure

_OF = re.compile(
    r"\b(?=(?P<a>[\w,]+)\s+(?:\w+\s+){0,3}?(?:out of|of|in)\s+(?:the\s+|our\s+|all\s+)?"
    r"(?:last\s+|past\s+)?(?P<b>\d[\d,]*|[a-z-]+)\b)",
    re.I,
)
"""Looked for from each word on: in "he stopped 9 of 80" the number is not the first word before "of"."""
_FRONT = re.compile(r"\bof\s+(?:the\s+|our\s+|all\s+)?(?:last\s+|past\s+)?(?P<b>\d[\d,]*|[a-z-]+)\b[^.;:]{0,80}", re.I)
_NUMBER = re.compile(r"\d[\d,]*|[a-z]+(?:-[a-z]+)?", re.I)
_NONE = {"none": 0.0, "no": 0.0, "a": 1.0}
LEAST_OF = 8
YEAR = 365 * 86400.0


class Counted(NamedTuple):
    """So many of so many."""

    part: float
    whole: float

    @property
    def share(self) -> float:
        """Part over whole."""
        return self.part / self.whole


def counted(text: str) -> Counted | None:
    """The first "990 of the last 1,000" or "of the last 300 she turned down two" in a text; None when there is none."""
    for match in _OF.finditer(text):
        part, whole = _value(match["a"]), _value(match["b"])
        if part is not None and whole is not None and part <= whole and whole >= LEAST_OF:
            return Counted(part, whole)
    for match in _FRONT.finditer(text):
        whole = _value(match["b"])
        if whole is None or whole < LEAST_OF:
            continue
        rest = match.group()[match.end("b") - match.start() :]
        parts = [value for word in _NUMBER.findall(rest) if (value := _value(word)) is not None and value <= whole]
        small = [value for value in parts if value <= 0.5 * whole]
        if small:
            return Counted(small[-1], whole)
    return None


def _value(word: str) -> float | None:
    low = word.lower()
    return _NONE[low] if low in _NONE else value_of(low)


def figures_in(text: str) -> tuple[RemarkFigure, ...]:
    """The figures of a remark: shares as parts of one, times in seconds, what was counted."""
    said = _said(text)
    found = [RemarkFigure(value=round(value, 6), unit="share") for value in sorted(said.shares)]
    found += [RemarkFigure(value=round(value, 3), unit="s") for value in sorted(said.seconds) if value < YEAR]
    if (many := counted(text)) is not None:
        found.insert(0, RemarkFigure(value=round(many.share, 6), unit="share"))
        found.insert(1, RemarkFigure(value=many.whole, unit="cases"))
    return tuple(dict.fromkeys(found))[:8]


def shares_in(text: str) -> tuple[float, ...]:
    """The shares a text says, "97 percent" and "one in four", as parts of one."""
    return tuple(sorted(_said(text).shares))


@lru_cache(maxsize=512)
def _said(text: str) -> Said:
    return said_in(text)
