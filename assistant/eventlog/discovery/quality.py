"""How well a process tells a log: fitness, the share of what was recorded that it allows; precision, the share of what
it allows that was recorded (escaping edges: Muñoz-Gama & Carmona, A fresh look at precision in process conformance,
2010), both weighted by how often each way was gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assistant.eventlog.discovery.replay import Account, Bound, account_of
from assistant.eventlog.discovery.splits_of_a_log import Ways
from assistant.eventlog.discovery.tree_as_net import Net

MOST_WAYS = 400
MOST_MARKINGS = 60_000
"""Markings that are looked at for the precision; beyond, rarer beginnings are left out of it."""


class Quality(NamedTuple):
    """Fitness and precision between 0 and 1 over the cases that were replayed, of all."""

    fitness: float
    precision: float
    replayed: int
    cases: int


def accounts(net: Net, ways: Ways, steps: Mapping[str, str], most: int = MOST_WAYS) -> list[tuple[Account, int]]:
    """The account of each of the most frequent ways with its number of cases, as far as the bound of states goes."""
    usual = sorted(ways.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    bound = Bound()
    found = ((account_of(net, way, steps, bound), count) for way, count in usual)
    return [(account, count) for account, count in found if account is not None]


def quality(net: Net, told: Iterable[tuple[Account, int]], cases: int) -> Quality:
    """Fitness and precision from accounts with their counts; `cases`: how many there are in the log."""
    told = list(told)
    shortest = account_of(net, (), {move.step: move.step for move in net.moves if move.step})
    least = shortest.cost if shortest else 0
    replayed = sum(count for _, count in told)
    lost = sum(count * account.cost / max(1, len(account.way) + least) for account, count in told)
    return Quality(1 - lost / replayed if replayed else 0.0, _precision(net, told), replayed, cases)


def _precision(net: Net, told: list[tuple[Account, int]]) -> float:
    """Of the steps possible after each beginning that was seen, how many were seen to follow. What a case skips is in
    its beginning, but was not seen to follow: else a process would be the more precise the less it fits."""
    seen: dict[tuple[str, ...], Counter[str]] = {}
    weight: Counter[tuple[str, ...]] = Counter()
    passed: Counter[tuple[str, ...]] = Counter()
    for account, count in told:
        parts = [part for part in account.parts if part.step is not None]
        steps = tuple(part.step for part in parts if part.step is not None)
        for at, part in enumerate(parts):
            passed[steps[:at]] += count
            follows = seen.setdefault(steps[:at], Counter())
            if part.at is not None:
                follows[steps[at]] += count
                weight[steps[:at]] += count
    allowed = _allowed(net, sorted(seen, key=lambda begin: (-passed[begin], len(begin))))
    total = sum(weight[begin] * len(steps) for begin, steps in allowed.items())
    taken = sum(weight[begin] * len(set(seen[begin]) & steps) for begin, steps in allowed.items())
    return taken / total if total else 0.0


def _allowed(net: Net, begins: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], set[str]]:
    """The steps that can come next after each beginning, over all the markings it may have led to.

    `begins`: each after all that are shorter and begin it.
    """
    markings: dict[tuple[str, ...], frozenset[frozenset[int]]] = {(): _settled(net, {frozenset({net.start})})}
    found: dict[tuple[str, ...], set[str]] = {}
    left = MOST_MARKINGS
    for begin in begins:
        here = markings.get(begin)
        if here is None:
            here = markings[begin] = _stepped(net, markings[begin[:-1]], begin[-1])
        found[begin] = {
            step for marking in here for at, _ in net.onward(marking) if (step := net.moves[at].step) is not None
        }
        left -= len(here)
        if left < 0:
            break
    return found


def _stepped(net: Net, before: frozenset[frozenset[int]], step: str) -> frozenset[frozenset[int]]:
    after = {then for marking in before for at, then in net.onward(marking) if net.moves[at].step == step}
    return _settled(net, after)


def _settled(net: Net, markings: set[frozenset[int]]) -> frozenset[frozenset[int]]:
    """All markings that can be reached without doing anything."""
    found, queue = set(markings), list(markings)
    while queue and len(found) < 5000:
        marking = queue.pop()
        for at, after in net.onward(marking):
            if net.moves[at].step is None and after not in found:
                found.add(after)
                queue.append(after)
    return frozenset(found)
