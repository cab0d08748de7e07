"""Segments apart: each on its own control chart, and which differ in level or in variation, with the evidence.

Durations are skewed, so everything is on the logarithm: a raw lognormal gives a false alarm every 31 points instead
of 91. Level is the ratio of geometric means (Welch). Variation is the mean absolute deviation from the segment's own
median, on the logarithm, hence in proportion to its own level (the idea of Brown and Forsythe). Each segment is set
against all others together; intervals are made wider for the number of comparisons (Bonferroni).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.eventlog.periods import Unit, log_times, periods
from assistant.eventlog.spc import FEWEST, Chart, chart
from assistant.process.statistics import student

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Values = NDArray[Any]

ALPHA = 0.05
LEAST_RATIO = 1.25


class Ratio(NamedTuple):
    """How many times as large, with its interval; `differs` when the interval leaves 1 out and it matters."""

    value: float
    low: float
    high: float

    @property
    def differs(self) -> bool:
        """Beyond chance, and by a quarter at least."""
        return (self.low > 1 or self.high < 1) and max(self.value, 1 / self.value) >= LEAST_RATIO


class Segment(NamedTuple):
    """One segment's chart of log durations, its spread, and how it stands to all others (None: too few cases)."""

    name: str
    n: int
    p50: float
    p90: float
    unit: Unit
    chart: Chart
    spread: float
    level: Ratio | None
    variation: Ratio | None


def stratify(cases: Mapping[str, Values], names: Sequence[str]) -> tuple[Segment, ...]:
    """The segments of closed cases in order of time, the largest first; segments below 12 cases are not compared.

    `cases`: the columns until, cycle, rework and segment_no (from 1), the place of the segment's name in `names`.
    """
    import numpy as np

    numbers, counts = np.unique(cases["segment_no"], return_counts=True)
    order = sorted(zip(numbers.tolist(), counts.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
    groups = {
        names[number - 1]: {name: column[cases["segment_no"] == number] for name, column in cases.items()}
        for number, _ in order
    }
    able = {name: log_times(part["cycle"]) for name, part in groups.items() if len(part["cycle"]) >= FEWEST}
    return tuple(_segment(name, part, able) for name, part in groups.items())


def _segment(name: str, cases: Mapping[str, Values], able: Mapping[str, Values]) -> Segment:
    import numpy as np

    values, charted = log_times(cases["cycle"]), periods(cases)
    rest = [others for other, others in able.items() if other != name]
    compared = name in able and bool(rest)
    alpha = ALPHA / max(1, 2 * len(able))
    return Segment(
        name=name,
        n=len(values),
        p50=math.exp(float(np.median(values))),
        p90=math.exp(float(np.quantile(values, 0.9))),
        unit=charted.unit,
        chart=chart(charted.points),
        spread=float(deviations(values).mean()),
        level=level_ratio(values, np.concatenate(rest), alpha) if compared else None,
        variation=variation_ratio(values, rest, alpha) if compared else None,
    )


def deviations(values: ArrayLike) -> Values:
    """Absolute deviations from the median."""
    import numpy as np

    given: Values = np.asarray(values, dtype=float)
    away: Values = np.abs(given - np.median(given))
    return away


def level_ratio(a: ArrayLike, b: ArrayLike, alpha: float = ALPHA) -> Ratio:
    """exp(mean a − mean b) of log values with its interval (Welch's t); each needs two values at least."""
    import numpy as np

    a, b = np.asarray(a), np.asarray(b)
    error = math.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
    return _ratio(float(a.mean() - b.mean()), error, min(len(a), len(b)) - 1, alpha)


def variation_ratio(a: ArrayLike, rest: Sequence[ArrayLike], alpha: float = ALPHA) -> Ratio | None:
    """Mean absolute deviation of a ÷ that of the others, each from its own median (delta method on the logarithm).

    None where one of them does not vary at all.
    """
    import numpy as np

    mine, theirs = deviations(a), np.concatenate([deviations(part) for part in rest])
    if not mine.sum() or not theirs.sum():
        return None
    error = sum(float(part.var(ddof=1)) / len(part) / float(part.mean()) ** 2 for part in (mine, theirs))
    freedom = min(len(mine), len(theirs)) - 1
    return _ratio(math.log(mine.mean() / theirs.mean()), math.sqrt(error), freedom, alpha)


def _ratio(log: float, error: float, freedom: int, alpha: float) -> Ratio:
    half = student(1 - alpha / 2, freedom) * error
    return Ratio(*(math.exp(max(-700.0, min(700.0, value))) for value in (log, log - half, log + half)))
