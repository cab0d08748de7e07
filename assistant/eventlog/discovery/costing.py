"""What a deviation costs: how much slower or faster its cases are, and how often a step is done again in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

from assistant.eventlog.shares import wilson
from assistant.eventlog.times import Case
from assistant.eventlog.where_time_goes import FEWEST
from assistant.process.durations import humane
from assistant.process.statistics import quantile

Z = NormalDist().inv_cdf(0.995)
"""Many deviations are looked at: each difference is to be seen by chance once in a hundred times only."""
MONTH = 30 * 86400.0
LEAST = 0.05


def besides(with_it: Sequence[Case], without: Sequence[Case], again_too: bool = True) -> str:
    """What differs beyond chance between cases that deviate and cases that do not, as the end of a sentence."""
    if len(with_it) < FEWEST or len(without) < FEWEST:
        return ""
    said = [part for part in (_time(with_it, without), _again(with_it, without) if again_too else "") if part]
    return f"; {' and '.join(said)}" if said else ""


def _time(with_it: Sequence[Case], without: Sequence[Case]) -> str:
    own, usual = ([case.cycle for case in part] for part in (with_it, without))
    apart = quantile(sorted(own), 0.5) - quantile(sorted(usual), 0.5)
    score = rank_score(own, usual)
    if abs(score) < Z or apart == 0 or (score > 0) != (apart > 0):
        return ""
    if abs(apart) < LEAST * quantile(sorted(usual), 0.5):
        return ""
    text = f"they are {humane(abs(apart))} {'slower' if apart > 0 else 'faster'} in the median"
    begins = sorted(case.begin for case in (*with_it, *without))
    span = (begins[-1] - begins[0]).total_seconds()
    if apart > 0 and span >= MONTH:
        text += f", together {humane(apart * len(with_it) * MONTH / span)} of waiting and work a month"
    return text


def _again(with_it: Sequence[Case], without: Sequence[Case]) -> str:
    own, usual = (wilson(sum(case.rework for case in part), len(part)) for part in (with_it, without))
    if own.low is None or usual.high is None or own.value is None or usual.value is None or own.low <= usual.high:
        return ""
    if own.value - usual.value < LEAST:
        return ""
    much = f"{own.value / usual.value:.1f} times as often" if usual.value else f"in {100 * own.value:.0f} % of them"
    return f"a step is done again {much}"


def rank_score(a: Sequence[float], b: Sequence[float]) -> float:
    """The standardised rank sum of `a` among both, ties in the middle (Wilcoxon 1945): above 0 where `a` is larger."""
    both = sorted([(value, 0) for value in a] + [(value, 1) for value in b])
    ranks, ties, at = 0.0, 0.0, 0
    while at < len(both):
        stop = at
        while stop < len(both) and both[stop][0] == both[at][0]:
            stop += 1
        ranks += (at + stop + 1) / 2 * sum(side == 0 for _, side in both[at:stop])
        ties += (stop - at) ** 3 - (stop - at)
        at = stop
    n, m, total = len(a), len(b), len(both)
    spread = n * m / 12 * (total + 1 - ties / (total * (total - 1)))
    return (ranks - n * (total + 1) / 2) / math.sqrt(spread) if spread > 0 else 0.0
