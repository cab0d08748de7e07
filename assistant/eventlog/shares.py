"""Shares of cases: Wilson intervals, and p and p′ charts of a share over periods."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

Z95 = 1.959963984540054
OVERDISPERSED = 1.3
SIGMA_OF_RANGE = 1.128


class Share(NamedTuple):
    """`hits` of `n`, as a share with its Wilson 95 % interval (all None where n is 0)."""

    hits: int
    n: int
    value: float | None
    low: float | None
    high: float | None


def wilson(count: int, n: int, z: float = Z95) -> Share:
    """The share count/n with its score interval (Wilson 1927); 3 of 20 is 5 to 36 %. Raises ValueError."""
    if not 0 <= count <= n:
        raise ValueError("a share counts between none and all")
    if n == 0:
        return Share(0, 0, None, None, None)
    p = count / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low = 0.0 if count == 0 else max(0.0, min(p, middle - half))
    high = 1.0 if count == n else min(1.0, max(p, middle + half))
    return Share(count, n, p, low, high)


class ShareChart(NamedTuple):
    """A p chart, or p′ where periods differ by more than chance: centre, limits of each period, points beyond them.

    `spread` is Laney's sigma of the standardised shares: 1 when periods differ by chance alone.
    """

    kind: str
    centre: float
    low: tuple[float, ...]
    high: tuple[float, ...]
    beyond: tuple[int, ...]
    spread: float


def share_chart(counts: Sequence[int], sizes: Sequence[int]) -> ShareChart:
    """The chart of counts[i] of sizes[i] for each period (Laney 2002 for p′); empty periods are left out.

    Zone rules are not used: they do not hold for attribute data. Raises ValueError when there is nothing to chart.
    """
    pairs = [(count, size) for count, size in zip(counts, sizes, strict=True) if size > 0]
    if not pairs:
        raise ValueError("no period has a case")
    centre = sum(count for count, _ in pairs) / sum(size for _, size in pairs)
    sigmas = [math.sqrt(centre * (1 - centre) / size) for _, size in pairs]
    scores = [(c / n - centre) / sigma if sigma > 0 else 0.0 for (c, n), sigma in zip(pairs, sigmas, strict=True)]
    ranges = [abs(b - a) for a, b in itertools.pairwise(scores)]
    spread = sum(ranges) / len(ranges) / SIGMA_OF_RANGE if ranges else 1.0
    factor = spread if spread > OVERDISPERSED else 1.0
    low = tuple(max(0.0, centre - 3 * sigma * factor) for sigma in sigmas)
    high = tuple(min(1.0, centre + 3 * sigma * factor) for sigma in sigmas)
    beyond = tuple(i for i, score in enumerate(scores) if abs(score) > 3 * factor + 1e-9)
    return ShareChart("p′" if factor > 1 else "p", centre, low, high, beyond, spread)
