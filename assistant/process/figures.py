"""Figures in words, for the whole house: times, shares, money, counts with their noun, and names in a list."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

UNKNOWN = "unknown: ask"
SPACE = "\u00a0"
ONE_OF = {
    "points": "point",
    "months": "month",
    "weeks": "week",
    "cases": "case",
    "people": "person",
    "working days": "working day",
}
"""Units said in the plural, with the word for a single one."""
TIME = ((86400.0, "day", "days"), (3600.0, "h", "h"), (60.0, "min", "min"), (1.0, "s", "s"))


def amount(value: float | None, unit: str) -> str:
    """One figure with its unit: '3.4 days', '12 %', 'EUR 1,250', '79 cases'; unknown when there is none."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    scaled = _scaled(value, unit, value)
    return _with_unit(_digits(scaled, 2 if _money(unit) and abs(scaled) < 100 else None), unit, value)


NARROW = 0.01
"""Share of a figure within which two bounds are told as one."""


def interval(low: float | None, high: float | None, unit: str) -> str:
    """Two bounds in one unit: '3.1 to 3.4 days'. Empty when either is missing; one figure when they read the same or
    nearly so: figures told by mouth are no better than that."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return ""
    largest = max(abs(low), abs(high))
    texts = _apart(_scaled(low, unit, largest), _scaled(high, unit, largest), _money(unit))
    if texts[0] == texts[1] or high - low <= NARROW * largest:
        return amount(largest if high >= -low else -largest, unit)
    return _with_unit(f"{texts[0]} to {texts[1]}", unit, largest)


def share(value: float) -> str:
    """A share of one as per cent, '12 %', with a decimal below ten."""
    return amount(value, "share")


def percent(value: float) -> str:
    """A share of one as it stands in a sentence: `12 %`, `0.5 %`; what is not quite nothing is never called 0 %."""
    shown = value * 100
    if 0 < abs(shown) < 0.05:
        return "less than 0.1 %"
    return f"{shown:.1f} %" if 0 < abs(shown) < 1 else f"{shown:.0f} %"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun, held together: '1 step', '3 steps'."""
    return f"{number:,}{SPACE}{noun(number, one, many)}"


def plural(number: float, one: str, many: str | None = None) -> str:
    """A number with its noun in a sentence: `1 step`, `3 steps`, `1.5 steps`."""
    shown = f"{number:,.0f}" if abs(number - round(number)) < 0.05 else f"{number:.1f}"
    return f"{shown} {one if shown == '1' else many or one + 's'}"


_EITHER = re.compile(r"<([\w ]+)\|([\w ]+)>")


def noun(number: float, one: str, many: str | None = None) -> str:
    """The noun alone, as many as there are: 'is' and 'are' go the same way."""
    return one if number == 1 else many or one + "s"


def agreeing(words: str, number: float) -> str:
    """Words with their verbs in number: '<waits|wait> for it' is 'waits for it' of one and 'wait for it' of more."""
    return _EITHER.sub(lambda either: noun(number, either[1], either[2]), words)


def listed(names: Sequence[str], most: int = 4) -> str:
    """Names in a sentence, each once: 'a, b and c'; beyond `most` the rest is counted; 'none' when there are none."""
    names = list(dict.fromkeys(names))
    over = len(names) - most
    return joined([*names[:most], *([f"{over} more"] if over > 0 else [])]) or "none"


def joined(names: Sequence[str], word: str = "and") -> str:
    """All names in a sentence: 'a, b and c'; empty when there are none."""
    return f" {word} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _scale(unit: str, largest: float) -> float:
    if unit == "share":
        return 0.01
    if unit != "s":
        return 1.0
    return next((size for size, _, _ in TIME if abs(largest) >= size), 1.0)


def widened(low: float, high: float, unit: str) -> tuple[float, float]:
    """Two bounds widened to whole figures of their unit: 5.4 to 5.8 days become 5 to 6 days."""
    size = _scale(unit, max(abs(low), abs(high)))
    largest = max(abs(low), abs(high)) / size
    step = size * 10 ** max(0, math.floor(math.log10(largest)) - 1) if largest >= 1 else size / 10
    return math.floor(low / step + 0.001) * step, math.ceil(high / step - 0.001) * step


def _scaled(value: float, unit: str, largest: float) -> float:
    return value / _scale(unit, largest)


def _digits(value: float, places: int | None = None) -> str:
    """Three figures at most, no decimals that say nothing, a comma in thousands."""
    size, free = abs(value), places is None
    if places is None:
        whole = size >= 10 or not size or (size >= 0.95 and abs(value - round(value)) < 0.05)
        places = 0 if whole else 1 if size >= 1 else 2
    if size >= 1000:
        value = round(value, 2 - math.floor(math.log10(size)))
    text = f"{value:,.{places}f}"
    if free and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "\u2212") if float(f"{value:.{places}f}") else text.lstrip("-")


def _apart(low: float, high: float, money: bool) -> tuple[str, str]:
    """Both bounds with as many decimals as it takes to tell them apart, two at most."""
    largest = max(abs(low), abs(high))
    whole = largest >= 10 or all(abs(value - round(value)) < 0.05 for value in (low, high))
    places = 2 if money and largest < 100 else 0 if whole else 1
    while places < 2 and _digits(low, places) == _digits(high, places) and low != high:
        places += 1
    return _digits(low, places), _digits(high, places)


def _money(unit: str) -> bool:
    return len(unit) == 3 and unit.isupper()


def _with_unit(text: str, unit: str, largest: float) -> str:
    if unit == "s":
        size = _scale(unit, largest)
        _, one, many = next(entry for entry in TIME if entry[0] == size)
        return f"{text}{SPACE}{one if _is_one(text) else many}"
    if unit == "share":
        return f"{text}{SPACE}%"
    if _money(unit):
        return f"{unit}{SPACE}{text}"
    return f"{text}{SPACE}{ONE_OF.get(unit, unit) if _is_one(text) else unit}" if unit else text


def _is_one(text: str) -> bool:
    return text.lstrip("+−-") == "1"


def in_quotes(name: str) -> str:
    """A name in quotes; one that holds somebody's own sentence has them already."""
    return name if "“" in name else f"“{name}”"
