"""What a handful of cases can say: intervals over cases, paired tests, correction over scores, agreement of raters.

The unit is the case: repeats of a case are averaged first, since they share what makes the case hard. A test flips the
signs of the paired differences (exact when the sign of a difference is chance, whatever its distribution); Holm's
procedure keeps the share of false alarms over all scores together at 5 %.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from functools import lru_cache
from statistics import NormalDist, fmean, quantiles, stdev
from typing import Any

from assistant.process.statistics import student

ROUNDS = 2000
FLIPS = 10_000
SEED = 20260101
ALPHA = 0.05
POWER = 0.8416
"""The normal quantile of .8: a change that is found four times out of five."""


def estimate(values: Sequence[float], unit: str = "share") -> dict[str, Any]:
    """Mean with a 95 % interval (bootstrap over cases, fixed seed), median and 90th percentile; empty: all None."""
    if not values:
        return {"mean": None, "low": None, "high": None, "p50": None, "p90": None, "unit": unit}
    low, high = interval(values)
    cuts = quantiles(values, n=10, method="inclusive") if len(values) > 1 else [values[0]] * 9
    return {
        "mean": round(fmean(values), 4), "low": round(low, 4), "high": round(high, 4),
        "p50": round(cuts[4], 4), "p90": round(cuts[8], 4), "unit": unit,
    }  # fmt: skip


def interval(values: Sequence[float]) -> tuple[float, float]:
    """A 95 % interval of the mean by percentile bootstrap; the same for the same values."""
    if len(values) == 1 or min(values) == max(values):
        return values[0], values[0]
    import numpy as np

    means = np.sort(np.asarray(values)[_places(len(values))].mean(axis=1))
    return float(means[int(0.025 * ROUNDS)]), float(means[int(0.975 * ROUNDS) - 1])


@lru_cache(maxsize=64)
def _places(count: int) -> Any:
    """Places drawn with replacement, ROUNDS times `count`; the same for the same count."""
    import numpy as np

    return np.random.default_rng(SEED).integers(0, count, (ROUNDS, count), dtype=np.int32)


@lru_cache(maxsize=24)
def _signs(pairs: int) -> Any:
    """Random signs, FLIPS times `pairs`; the same for the same number of pairs."""
    import numpy as np

    drawn = np.random.default_rng(SEED + pairs).integers(0, 2, (FLIPS, pairs), dtype=np.int8)
    return (drawn * 2 - 1).astype(np.float32)


@lru_cache(maxsize=16)
def _every(pairs: int) -> Any:
    """All signs there are for so few pairs."""
    import numpy as np

    return np.array(np.meshgrid(*[[-1, 1]] * pairs), dtype=np.float32).T.reshape(-1, pairs)


def chance_of(differences: Sequence[float]) -> float:
    """How often flipped signs give a mean at least this far from zero (two-sided): the p of the paired test."""
    moved = [difference for difference in differences if abs(difference) > 1e-12]
    if not moved:
        return 1.0
    import numpy as np

    data = np.asarray(moved, dtype=np.float32)
    least = abs(float(data.sum())) - 1e-5
    if len(moved) <= 12:
        return float((np.abs(_every(len(moved)) @ data) >= least).mean())
    reached = int((np.abs(_signs(len(moved)) @ data) >= least).sum())
    return (reached + 1) / (FLIPS + 1)


def corrected(chances: Mapping[Any, float]) -> dict[Any, float]:
    """Holm's correction: each p raised so that, over all of them, 5 % false alarms stay 5 %."""
    found: dict[Any, float] = {}
    highest, left = 0.0, len(chances)
    for name, chance in sorted(chances.items(), key=lambda item: item[1]):
        highest = max(highest, min(1.0, chance * left))
        found[name] = highest
        left -= 1
    return found


def standard_error(differences: Sequence[float]) -> float:
    """Of the mean difference. When nothing moved, that of one case that might have moved unseen."""
    if len(differences) < 2:
        return 1.0
    return max(stdev(differences), 1 / len(differences)) / math.sqrt(len(differences))


def detectable(differences: Sequence[float], scores: int = 1) -> float:
    """The smallest mean difference so many pairs show four times out of five, among so many scores tested together."""
    return min(1.0, (NormalDist().inv_cdf(1 - ALPHA / (2 * max(1, scores))) + POWER) * standard_error(differences))


def lower_bound(differences: Sequence[float]) -> float:
    """The one-sided 95 % bound that the mean difference lies above."""
    return fmean(differences) - student(0.95, max(1, len(differences) - 1)) * standard_error(differences)


def weighted_kappa(a: Sequence[int], b: Sequence[int]) -> float:
    """Agreement of two raters on an ordered scale beyond chance, quadratic weights (Cohen 1968); 1 is perfect."""
    if len(a) != len(b) or not a:
        raise ValueError("two raters rate the same cases, at least one")
    seen = fmean((x - y) ** 2 for x, y in zip(a, b, strict=True))
    chance = fmean(float((x - y) ** 2) for x in a for y in b)
    return 1 - seen / chance if chance else float(seen == 0)


def kappa_interval(pairs: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """A 95 % interval of the weighted kappa by bootstrap over the rated cases; the same for the same ratings."""
    draw = random.Random(SEED)
    drawn = [draw.choices(pairs, k=len(pairs)) for _ in range(ROUNDS // 4)]
    kappas = sorted(weighted_kappa([a for a, _ in sample], [b for _, b in sample]) for sample in drawn)
    return kappas[int(0.025 * len(kappas))], kappas[int(0.975 * len(kappas)) - 1]


def area_under_curve(good: Sequence[float], bad: Sequence[float]) -> float | None:
    """How often a good case is rated above a bad one, ties half: 1 tells them apart, .5 is chance; None: none there."""
    if not good or not bad:
        return None
    return fmean(float(g > b) + 0.5 * (g == b) for g in good for b in bad)
