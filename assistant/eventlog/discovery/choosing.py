"""The tree that tells a log best: mined with more and with less left out, and the better one taken.

How much of what is rare is noise differs from log to log. Leaving more out makes a tree more precise and less fitting;
the one with the best harmonic mean of both is taken, and of nearly equal ones that which leaves the usual share out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from assistant.eventlog.discovery.inductive import NOISE, discover
from assistant.eventlog.discovery.quality import Quality, accounts, quality
from assistant.eventlog.discovery.replay import Account
from assistant.eventlog.discovery.splits_of_a_log import Pair, Way, Ways
from assistant.eventlog.discovery.tree import as_process
from assistant.eventlog.discovery.tree_as_net import net_of
from assistant.process.model import Process
from assistant.process.tree import tasks

OTHERS = (0.1, 0.3)
"""Shares that are tried besides the usual one; beyond them a tree soon loses what was meant."""
MOST_ACTIVITIES = 200
"""No map of more steps is read by anybody."""
GOOD, BETTER, FITS = 0.95, 0.01, 0.95
"""A tree this good is not tried again; another one must be better by so much, and fit so well."""


class Mined(NamedTuple):
    """A mined process, the step of each activity, how the ways run on it with their numbers, and how well it tells."""

    process: Process
    steps: dict[str, str]
    replayed: list[tuple[Account, int]]
    quality: Quality

    @property
    def balance(self) -> float:
        """The harmonic mean of fitness and precision."""
        fitness, precision = self.quality.fitness, self.quality.precision
        return 2 * fitness * precision / (fitness + precision) if fitness + precision else 0.0


def mined(ways: Ways, name: str, beside: Collection[Pair], cases: int) -> Mined:
    """The process of some ways, of `cases` in all; `beside`: pairs of activities worked on at the same time.

    Of very many activities only those that most cases have; the others lie beside the process, as its fitness shows.
    """
    best = _mined(ways, name, beside, cases, NOISE)
    if best.balance >= GOOD:
        return best
    for noise in OTHERS:
        other = _mined(ways, name, beside, cases, noise)
        fits = other.quality.fitness >= min(FITS, best.quality.fitness)
        if fits and other.quality.replayed >= best.quality.replayed and other.balance > best.balance + BETTER:
            best = other
    return best


def _mined(ways: Ways, name: str, beside: Collection[Pair], cases: int, noise: float) -> Mined:
    process = as_process(discover(_drawn(ways), noise, beside), name)
    steps = {task.name: task.id for task in reversed(tasks(process))}
    net = net_of(process)
    replayed = accounts(net, ways, steps)
    return Mined(process, steps, replayed, quality(net, replayed, cases))


def _drawn(ways: Ways) -> Ways:
    """The ways without the rarest of very many activities."""
    held = Counter[str]()
    for way, count in ways.items():
        held.update(dict.fromkeys(way, count))
    if len(held) <= MOST_ACTIVITIES:
        return ways
    usual = set(sorted(held, key=lambda name: (-held[name], name))[:MOST_ACTIVITIES])
    found = Counter[Way]()
    for way, count in ways.items():
        found[tuple(name for name in way if name in usual)] += count
    return found
