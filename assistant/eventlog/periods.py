"""Points for a chart: the median of each month, week or day where there are enough of them, else every single case.

Periods with few cases are left out and counted: some quiet months do not turn a chart of months into one of cases.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from assistant.eventlog.spc import BASELINE, FEWEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[Any]

Unit = Literal["month", "week", "day", "case"]
SHORTEST = 1.0  # second: a duration of nothing has no logarithm
FULL = 5
MOSTLY = 0.8
DAY = 86_400
MOST_POINTS = 2_000
"""So many last cases are charted one by one."""


class Periods(NamedTuple):
    """What is charted in order of time: of each full period the median of the log durations, how many cases ended in
    it and how many of them hold rework; how many periods and cases were left out as few."""

    unit: Unit
    points: tuple[float, ...]
    sizes: tuple[int, ...]
    rework: tuple[int, ...]
    quiet: int = 0
    cases_left_out: int = 0


def _months(until: Values) -> Values:
    return (until.astype("int64") + 4 * DAY).astype("datetime64[s]").astype("datetime64[M]").astype("int64")


LONGEST: tuple[tuple[Unit, Callable[[Values], Values]], ...] = (
    ("month", _months),
    ("week", lambda until: until // (7 * DAY)),
    ("day", lambda until: until // DAY),
)


def log_time(seconds: float) -> float:
    """The natural logarithm of a duration, a second at least."""
    return math.log(max(SHORTEST, seconds))


def log_times(seconds: Values) -> Values:
    """The natural logarithms of durations, a second at least."""
    import numpy as np

    return np.log(np.maximum(SHORTEST, seconds))


def periods(cases: Mapping[str, Values]) -> Periods:
    """The longest period of which there are 20 (else 12) with five cases each that hold most cases; else the cases.

    `cases`: the columns until (seconds since a Monday), cycle and rework, in order of until.
    """
    import numpy as np

    n, values = len(cases["cycle"]), log_times(cases["cycle"])
    for fewest in (BASELINE, FEWEST):
        for unit, key in LONGEST:
            starts = np.flatnonzero(np.diff(key(cases["until"]), prepend=np.nan)) if n else np.array([], dtype=int)
            sizes = np.diff(starts, append=n)
            full = sizes >= FULL
            held = int(sizes[full].sum())
            if int(full.sum()) >= fewest and held >= MOSTLY * n:
                parts = [slice(at, at + size) for at, size in zip(starts[full], sizes[full], strict=True)]
                return Periods(
                    unit, tuple(float(np.median(values[part])) for part in parts), tuple(sizes[full].tolist()),
                    tuple(int(cases["rework"][part].sum()) for part in parts), int((~full).sum()), n - held,
                )  # fmt: skip
    kept = slice(max(0, n - MOST_POINTS), n)
    rework = tuple(cases["rework"][kept].astype(int).tolist())
    return Periods("case", tuple(values[kept].tolist()), (1,) * len(rework), rework)
