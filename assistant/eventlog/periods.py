"""Points for a chart: the median of each month, week or day where there are enough of them, else every single case.

Periods with few cases are left out and counted: some quiet months do not turn a chart of months into one of cases.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from statistics import median
from typing import Literal, NamedTuple

from assistant.eventlog.spc import BASELINE, FEWEST
from assistant.eventlog.times import Case

Unit = Literal["month", "week", "day", "case"]
SHORTEST = 1.0  # second: a duration of nothing has no logarithm
FULL = 5
MOSTLY = 0.8
LONGEST: tuple[tuple[Unit, Callable[[date], tuple[int, ...]]], ...] = (
    ("month", lambda day: (day.year, day.month)),
    ("week", lambda day: tuple(day.isocalendar()[:2])),
    ("day", lambda day: (day.year, day.month, day.day)),
)


class Periods(NamedTuple):
    """The closed cases of each full period in order of time, and how many periods and cases were left out as few."""

    unit: Unit
    parts: tuple[tuple[Case, ...], ...]
    quiet: int = 0
    cases_left_out: int = 0


class Points(NamedTuple):
    """What is charted: logarithms of seconds in order of time, one a `unit`."""

    unit: Unit
    values: tuple[float, ...]


def log_time(seconds: float) -> float:
    """The natural logarithm of a duration, a second at least."""
    return math.log(max(SHORTEST, seconds))


def grouped(cases: Sequence[Case], key: Callable[[date], tuple[int, ...]]) -> list[list[Case]]:
    """The cases that ended in each period, in order; periods in which none ended are left out."""
    found: dict[tuple[int, ...], list[Case]] = {}
    for case in cases:
        found.setdefault(key(case.end.date()), []).append(case)
    return [found[period] for period in sorted(found)]


def periods(cases: Sequence[Case]) -> Periods:
    """The longest period of which there are 20 (else 12) with five cases each that hold most cases; else the cases."""
    for fewest in (BASELINE, FEWEST):
        for unit, key in LONGEST:
            parts = grouped(cases, key)
            full = [tuple(part) for part in parts if len(part) >= FULL]
            held = sum(map(len, full))
            if len(full) >= fewest and held >= MOSTLY * len(cases):
                return Periods(unit, tuple(full), len(parts) - len(full), len(cases) - held)
    return Periods("case", tuple((case,) for case in cases))


def points(cases: Sequence[Case]) -> Points:
    """The points of closed cases: median log cycle time of each period, or of each case, in order of its end."""
    found = periods(cases)
    return Points(found.unit, tuple(median(log_time(case.cycle) for case in part) for part in found.parts))
