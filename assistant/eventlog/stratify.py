"""Segments apart: each on its own control chart, and which differ in level or in variation, with the evidence.

Durations are skewed, so everything is on the logarithm: a raw lognormal gives a false alarm every 31 points instead
of 91. Level is the ratio of geometric means (Welch). Variation is the mean absolute deviation from the segment's own
median, on the logarithm, hence in proportion to its own level (the idea of Brown and Forsythe). Each segment is set
against all others together; intervals are made wider for the number of comparisons (Bonferroni).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import fmean, median, variance
from typing import NamedTuple

from assistant.eventlog.periods import Unit, log_time, points
from assistant.eventlog.spc import FEWEST, Chart, chart
from assistant.eventlog.times import Case, by_segment
from assistant.process.statistics import quantile, student

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


def stratify(cases: Sequence[Case]) -> tuple[Segment, ...]:
    """The segments of closed cases in order of time, the largest first; segments below 12 cases are not compared."""
    groups = by_segment(cases)
    able = {name: [log_time(case.cycle) for case in part] for name, part in groups.items() if len(part) >= FEWEST}
    return tuple(_segment(name, part, able) for name, part in groups.items())


def _segment(name: str, cases: Sequence[Case], able: Mapping[str, list[float]]) -> Segment:
    values, charted = [log_time(case.cycle) for case in cases], points(cases)
    rest = [others for other, others in able.items() if other != name]
    compared = name in able and bool(rest)
    alpha = ALPHA / max(1, 2 * len(able))
    return Segment(
        name=name,
        n=len(values),
        p50=math.exp(median(values)),
        p90=math.exp(quantile(sorted(values), 0.9)),
        unit=charted.unit,
        chart=chart(charted.values),
        spread=fmean(deviations(values)),
        level=level_ratio(values, [value for part in rest for value in part], alpha) if compared else None,
        variation=variation_ratio(values, rest, alpha) if compared else None,
    )


def deviations(values: Sequence[float]) -> list[float]:
    """Absolute deviations from the median."""
    middle = median(values)
    return [abs(value - middle) for value in values]


def level_ratio(a: Sequence[float], b: Sequence[float], alpha: float = ALPHA) -> Ratio:
    """exp(mean a − mean b) of log values with its interval (Welch's t); each needs two values at least."""
    parts = (variance(a) / len(a), variance(b) / len(b))
    return _ratio(fmean(a) - fmean(b), math.sqrt(sum(parts)), min(len(a), len(b)) - 1, alpha)


def variation_ratio(a: Sequence[float], rest: Sequence[Sequence[float]], alpha: float = ALPHA) -> Ratio | None:
    """Mean absolute deviation of a ÷ that of the others, each from its own median (delta method on the logarithm).

    None where one of them does not vary at all.
    """
    mine, theirs = deviations(a), [value for part in rest for value in deviations(part)]
    if not sum(mine) or not sum(theirs):
        return None
    error = sum(variance(part) / len(part) / fmean(part) ** 2 for part in (mine, theirs))
    return _ratio(math.log(fmean(mine) / fmean(theirs)), math.sqrt(error), min(len(mine), len(theirs)) - 1, alpha)


def _ratio(log: float, error: float, freedom: int, alpha: float) -> Ratio:
    half = student(1 - alpha / 2, freedom) * error
    return Ratio(*(math.exp(max(-700.0, min(700.0, value))) for value in (log, log - half, log + half)))
