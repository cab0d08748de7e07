"""Figures in words: one way of writing times, shares, money and counts, used by the package and by every report."""

from __future__ import annotations

import math

from assistant.handover.shapes import UNKNOWN, Figure

SPACE = "\u00a0"
TIME = ((86400.0, "day", "days"), (3600.0, "h", "h"), (60.0, "min", "min"), (1.0, "s", "s"))


def amount(value: float | None, unit: str) -> str:
    """One figure with its unit: '3.4 days', '12 %', 'EUR 1,250', '79 cases'; unknown when there is none."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    scaled = _scaled(value, unit, value)
    return _with_unit(_digits(scaled, 2 if _money(unit) and abs(scaled) < 100 else None), unit, value)


def interval(low: float | None, high: float | None, unit: str) -> str:
    """Two bounds in one unit: '3.1 to 3.4 days'. Empty when either is missing; one figure when they read the same."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return ""
    largest = max(abs(low), abs(high))
    texts = _apart(_scaled(low, unit, largest), _scaled(high, unit, largest), _money(unit))
    if texts[0] == texts[1]:
        return amount(largest if high >= -low else -largest, unit)
    return _with_unit(f"{texts[0]} to {texts[1]}", unit, largest)


def say(figure: Figure) -> str:
    """A figure as it stands in a sentence: its value, or its range when there is no middle, or that it is unknown."""
    if figure.value is None:
        return interval(figure.low, figure.high, figure.unit) or UNKNOWN
    return amount(figure.value, figure.unit)


def share(value: float) -> str:
    """A share of one as per cent, '12 %', with a decimal below ten."""
    return amount(value, "share")


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: '1 step', '3 steps'."""
    return f"{number:,}{SPACE}{one if number == 1 else many or one + 's'}"


def listed(names: tuple[str, ...] | list[str], most: int = 4) -> str:
    """Names in a sentence: 'a, b and c'; beyond `most` the rest is counted."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{len(names) - most} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else "none"


def _scale(unit: str, largest: float) -> float:
    if unit == "share":
        return 0.01
    if unit != "s":
        return 1.0
    return next((size for size, _, _ in TIME if abs(largest) >= size), 1.0)


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
        return f"{text}{SPACE}{one if text == '1' else many}"
    if unit == "share":
        return f"{text}{SPACE}%"
    if _money(unit):
        return f"{unit}{SPACE}{text}"
    return f"{text}{SPACE}{unit}" if unit else text
