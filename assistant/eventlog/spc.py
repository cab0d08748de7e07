"""Statistical process control: XmR charts, and run charts where there are too few points for limits.

Limits are mean ± 2.66 × mean moving range. Signals are points beyond them and eight in a row on one side of the
centre: together one false alarm in about 156 points; more rules would cry wolf. Limits from fewer than 20 points are
provisional; below 12 points only the run chart is used (Anhøj's rules: longest run and number of crossings).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

FACTOR, RANGE_FACTOR = 2.66, 3.267
RUN = 8
FEWEST, BASELINE = 12, 20
SHIFT_CHANCE = 0.05


class Chart(NamedTuple):
    """A control chart or run chart of points in order of time.

    `low` and `high` are None on a run chart. `beyond`: places (0 first) of points beyond the limits; `runs`: of points
    at which a run on one side of the centre is eight long or longer (XmR), `shifted`: whether Anhøj's rules show a
    shift (run chart). `wide`: places whose step from the point before is larger than chance gives.
    """

    kind: str
    n: int
    centre: float
    low: float | None
    high: float | None
    mean_range: float
    beyond: tuple[int, ...] = ()
    runs: tuple[int, ...] = ()
    wide: tuple[int, ...] = ()
    shifted: bool = False
    provisional: bool = False

    @property
    def stable(self) -> bool:
        """Whether nothing but chance is seen."""
        return not (self.beyond or self.runs or self.shifted)


def chart(values: Sequence[float], baseline: int | None = None) -> Chart:
    """The chart that fits: a run chart below 12 points, else XmR. Raises ValueError for no point.

    `baseline`: limits come from that many first points and are frozen; None takes all of them.
    """
    if not values:
        raise ValueError("there is no point to chart")
    return run_chart(values) if len(values) < FEWEST else xmr(values, baseline)


def xmr(values: Sequence[float], baseline: int | None = None) -> Chart:
    """The XmR chart of values in order of time; skewed durations are to be given as logarithms."""
    base = values[: baseline or len(values)]
    ranges = _ranges(base)
    centre, step = sum(base) / len(base), sum(ranges) / len(ranges) if ranges else 0.0
    low, high = centre - FACTOR * step, centre + FACTOR * step
    slack = 1e-9 * max(1.0, abs(centre), step)
    return Chart(
        kind="XmR",
        n=len(values),
        centre=centre,
        low=low,
        high=high,
        mean_range=step,
        beyond=tuple(i for i, value in enumerate(values) if value < low - slack or value > high + slack),
        runs=run_ends(values, centre, slack),
        wide=tuple(i + 1 for i, size in enumerate(_ranges(values)) if size > RANGE_FACTOR * step + slack),
        provisional=len(base) < BASELINE,
    )


def _ranges(values: Sequence[float]) -> list[float]:
    return [abs(b - a) for a, b in itertools.pairwise(values)]


def run_ends(values: Sequence[float], centre: float, slack: float = 0.0) -> tuple[int, ...]:
    """Places at which a run on one side of the centre has reached eight; a point on the centre ends it."""
    found, length, side = [], 0, 0
    for i, value in enumerate(values):
        now = 0 if abs(value - centre) <= slack else (1 if value > centre else -1)
        length = length + 1 if now and now == side else int(now != 0)
        side = now
        if length >= RUN:
            found.append(i)
    return tuple(found)


def run_chart(values: Sequence[float]) -> Chart:
    """The run chart round the median, with Anhøj's two rules; points on the median do not count."""
    median = _median(values)
    sides = [value > median for value in values if value != median]
    crossings = sum(a != b for a, b in itertools.pairwise(sides))
    longest = _longest(sides)
    shifted = len(sides) > 1 and (longest > longest_run(len(sides)) or crossings < fewest_crossings(len(sides)))
    ranges = _ranges(values)
    return Chart(
        kind="run chart",
        n=len(values),
        centre=median,
        low=None,
        high=None,
        mean_range=sum(ranges) / len(ranges) if ranges else 0.0,
        shifted=shifted,
        provisional=True,
    )


def _longest(sides: Sequence[bool]) -> int:
    longest = length = 0
    before: bool | None = None
    for side in sides:
        length = length + 1 if side == before else 1
        longest, before = max(longest, length), side
    return longest


def _median(values: Sequence[float]) -> float:
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def longest_run(n: int) -> int:
    """The longest run that is still chance among n points off the median: round(log2 n + 3); 7 for 20."""
    return round(math.log2(n) + 3)


def fewest_crossings(n: int) -> int:
    """The fewest crossings of the median that are still chance: the 5 % quantile of Binomial(n - 1, ½); 6 for 20."""
    tries, total = n - 1, 0.0
    for k in range(tries + 1):
        total += math.comb(tries, k) * 0.5**tries
        if total >= SHIFT_CHANCE:
            return k
    return tries
