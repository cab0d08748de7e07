"""The two quantiles that every room needs: of values at hand, and of Student's t for intervals of a mean."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


def quantile(ordered: Sequence[float] | NDArray[Any], share: float) -> float:
    """The value below which that share of the ordered values lies, between neighbours in proportion.

    Raises IndexError for none.
    """
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    below = float(ordered[low])
    return below + (float(ordered[high]) - below) * (place - low)


@lru_cache(maxsize=4096)
def student(share: float, freedom: int) -> float:
    """The point below which Student's t lies with a chance of `share`; infinite without a degree of freedom.

    By halving on the distribution function, itself the regularised incomplete beta function by its continued
    fraction (Abramowitz & Stegun 26.5.8 and 26.7.1).
    """
    if freedom < 1:
        return math.inf
    if share < 0.5:
        return -student(1 - share, freedom)
    point = NormalDist().inv_cdf(share)
    low, high = 0.0, max(10.0, point) * 2
    while _below(high, freedom) < share:
        high *= 2
    for _ in range(200):
        point = (low + high) / 2
        low, high = (point, high) if _below(point, freedom) < share else (low, point)
        if high - low <= 1e-10 * max(1.0, high):
            break
    return (low + high) / 2


def _below(point: float, freedom: int) -> float:
    """The chance that Student's t lies below a point of zero or more."""
    return 1 - _incomplete_beta(freedom / (freedom + point * point), freedom / 2, 0.5) / 2


def _incomplete_beta(x: float, a: float, b: float) -> float:
    if x in (0.0, 1.0):
        return x
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, by the method of Lentz."""
    tiny = 1e-300
    c, d = 1.0, 1 / max(tiny, 1 - (a + b) * x / (a + 1))
    total = d
    for m in range(1, 500):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + term * d or tiny)
            c = 1 + term / c or tiny
            total *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return total
