"""What a control chart promises: after how many points it alarms by chance, and how soon it sees a shift.

For limits frozen at a baseline. The run length of the two rules together (beyond the limits, eight on one side) is that
of a Markov chain on the length of the run (Champ & Woodall, Exact results for Shewhart control charts with
supplementary runs rules, Technometrics 29, 1987); it is averaged over what a baseline of so many points may have given
for centre and limits, since limits from few points are often too narrow.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

from assistant.eventlog.spc import FACTOR, RUN

NORMAL = NormalDist()
D2 = 1.128  # the mean range of two normal values, in standard deviations
FREEDOM = 0.62  # degrees of freedom that each moving range is worth
NODES = 30
LONGEST = 1e6


@lru_cache(maxsize=64)
def run_length(baseline: int | None = None, shift: float = 0.0, rule: int = RUN) -> float:
    """The mean number of points until an XmR chart alarms. `baseline`: points its limits come from (None: known).

    `shift`: of the process mean, in standard deviations; 0 is the false alarm. `rule`: points on one side that are a
    signal; 0 for limits alone.
    """
    if baseline is None:
        return _chain(0.0, FACTOR * D2, shift, rule)
    places = [(node + 0.5) / NODES for node in range(NODES)]
    freedom = FREEDOM * (baseline - 1)
    usual = math.sqrt(2 / freedom) * math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))
    total = 0.0
    for place in places:
        centre = NORMAL.inv_cdf(place) / math.sqrt(baseline)
        for other in places:
            scale = _chi(other, freedom) / math.sqrt(freedom) / usual
            total += _chain(centre, FACTOR * D2 * scale, shift, rule)
    return total / NODES**2


def _chi(share: float, freedom: float) -> float:
    """The quantile of a chi distribution (Wilson and Hilferty 1931)."""
    part = 2 / (9 * freedom)
    return math.sqrt(freedom * max(1e-6, 1 - part + NORMAL.inv_cdf(share) * math.sqrt(part)) ** 3)


def _chain(centre: float, half: float, shift: float, rule: int) -> float:
    """The mean run length of a chart with this centre and half width, in standard deviations of the process."""
    up = NORMAL.cdf(centre + half - shift) - NORMAL.cdf(centre - shift)
    down = NORMAL.cdf(centre - shift) - NORMAL.cdf(centre - half - shift)
    if not rule:
        return min(LONGEST, 1 / max(1 / LONGEST, 1 - up - down))
    # From a run of k above: L(k) = 1 + up * L(k + 1) + down * M(1), and the other way round; L(rule) = 0.
    # Unrolled, L(1) = a + b * M(1) with a = 1 + up + … and b = down * a; M(1) = c + d * L(1) likewise.
    a = sum(up**k for k in range(rule - 1))
    c = sum(down**k for k in range(rule - 1))
    b, d = down * a, up * c
    first = (a + b * c) / max(1 / LONGEST, 1 - b * d)
    second = c + d * first
    return min(LONGEST, 1 + up * first + down * second)


@lru_cache(maxsize=256)
def share_run_length(centre: float, size: int, baseline: int, shift: float = 0.0) -> float:
    """The mean number of periods of `size` cases until a p chart alarms; its centre is of `baseline` cases in all.

    `shift`: of the true share, in standard deviations of one period's share. Counted exactly, since shares of few cases
    are not normal.
    """
    moved = min(1.0, max(0.0, centre + shift * math.sqrt(centre * (1 - centre) / size)))
    total = 0.0
    for node in range(NODES):
        seen = centre + NORMAL.inv_cdf((node + 0.5) / NODES) * math.sqrt(centre * (1 - centre) / baseline)
        seen = min(1.0, max(0.0, seen))
        half = 3 * math.sqrt(seen * (1 - seen) / size)
        inside = sum(
            _binomial(hits, size, moved) for hits in range(size + 1) if abs(hits / size - seen) <= half + 1e-9
        )  # fmt: skip
        total += min(LONGEST, 1 / max(1 / LONGEST, 1 - inside))
    return total / NODES


def _binomial(hits: int, n: int, p: float) -> float:
    if p in (0.0, 1.0):
        return float(hits == n * p)
    ways = math.lgamma(n + 1) - math.lgamma(hits + 1) - math.lgamma(n - hits + 1)
    return math.exp(ways + hits * math.log(p) + (n - hits) * math.log1p(-p))
