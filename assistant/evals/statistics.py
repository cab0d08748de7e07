"""What a handful of cases can say: intervals by bootstrap, paired differences, what difference could be seen at all."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from statistics import fmean, quantiles, stdev
from typing import Any

ROUNDS = 2000
POWER = 2.8
"""Standard errors a difference must have to be found four times out of five at 5 %: 1.96 + 0.84."""


def estimate(values: Sequence[float], unit: str = "share") -> dict[str, Any]:
    """Mean with a 95 % interval (percentile bootstrap over cases, fixed seed), median and 90th percentile."""
    if not values:
        return {"mean": None, "low": None, "high": None, "p50": None, "p90": None, "unit": unit}
    low, high = interval(values)
    cuts = quantiles(values, n=10, method="inclusive") if len(values) > 1 else [values[0]] * 9
    return {
        "mean": round(fmean(values), 4), "low": round(low, 4), "high": round(high, 4),
        "p50": round(cuts[4], 4), "p90": round(cuts[8], 4), "unit": unit,
    }  # fmt: skip


def interval(values: Sequence[float]) -> tuple[float, float]:
    """A 95 % interval of the mean; the same for the same values."""
    if len(values) == 1:
        return values[0], values[0]
    draw = random.Random(20260101)
    means = sorted(fmean(draw.choices(values, k=len(values))) for _ in range(ROUNDS))
    return means[int(0.025 * ROUNDS)], means[int(0.975 * ROUNDS) - 1]


def detectable(differences: Sequence[float]) -> float:
    """The smallest mean difference that so many pairs would show four times out of five."""
    if len(differences) < 2:
        return 1.0
    return POWER * stdev(differences) / math.sqrt(len(differences))


def weighted_kappa(a: Sequence[int], b: Sequence[int]) -> float:
    """Agreement of two raters on an ordered scale beyond chance, quadratic weights (Cohen 1968); 1 is perfect."""
    if len(a) != len(b) or not a:
        raise ValueError("two raters rate the same cases, at least one")
    low, high = min(*a, *b), max(*a, *b)
    if low == high:
        return 1.0
    seen = fmean((x - y) ** 2 for x, y in zip(a, b, strict=True))
    chance = fmean(float((x - y) ** 2) for x in a for y in b)
    return 1 - seen / chance
