"""Durations as ISO 8601 writes them: `P3D`, `PT90M`, `R3/PT10H`."""

from __future__ import annotations

import re

from assistant.process.durations import NAMED, UNITS, Fixed, Unit

_DURATION = re.compile(
    r"P(?:(?P<y>[\d.]+)Y)?(?:(?P<mo>[\d.]+)M)?(?:(?P<w>[\d.]+)W)?(?:(?P<d>[\d.]+)D)?"
    r"(?:T(?:(?P<h>[\d.]+)H)?(?:(?P<m>[\d.]+)M)?(?:(?P<s>[\d.]+)S)?)?"
)
_NAMES = {"y": "year", "mo": "month", "w": "w", "d": "d", "h": "h", "m": "min", "s": "s"}
_UNITS: tuple[Unit, ...] = ("d", "h", "min")


def parse_duration(text: str) -> Fixed | None:
    """An ISO 8601 duration such as `P3D` as a fixed time (a year 365 days, a month 30); None if it is none.

    Quoted ones, as expression languages write them (`"PT2H"`, `= duration("P3D")`), count too; of a cycle
    (`R3/PT10H`) it is the time to its first turn.
    """
    if len(text) > 80:
        return None
    bare = re.sub(r"^=?\s*(?:duration\()?\s*[\"']?|[\"']?\s*\)?$", "", text.strip())
    cycle = re.fullmatch(r"R\d*/(P[^/]*)", bare)
    match = _DURATION.fullmatch(cycle[1] if cycle else bare)
    if not match:
        return None
    try:
        total = sum(float(value) * _seconds(unit) for unit, value in match.groupdict().items() if value)
    except ValueError:
        return None
    if not 0 < total <= 1e9:
        return None
    unit: Unit = next((unit for unit in _UNITS if total % UNITS[unit] == 0), "s")
    return Fixed(value=total / UNITS[unit], unit=unit)


def _seconds(letter: str) -> float:
    named = NAMED[_NAMES[letter]]
    return named.size * UNITS[named.unit]


def iso_duration(seconds: float) -> str:
    """Seconds as an ISO 8601 duration, in the largest unit that needs no fraction: `P3D`, `PT90M`."""
    for unit, form in (("d", "P{}D"), ("h", "PT{}H"), ("min", "PT{}M")):
        amount = seconds / UNITS[unit]
        if amount >= 1 and amount == int(amount):
            return form.format(int(amount))
    return f"PT{seconds:g}S" if "e" not in f"{seconds:g}" else f"PT{seconds:.0f}S"
