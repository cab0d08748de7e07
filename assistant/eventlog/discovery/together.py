"""Steps that are left out together: a row of them is one part that is skipped as a whole, not many that are skipped
each on its own.

The sequence cut alone takes every step that is ever left out for one that may be left out by itself, which allows far
more than was recorded. Here the step that is left out least carries those beside it that are hardly ever found without
it: beyond what chance would give.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.eventlog.discovery.splits_of_a_log import Groups, Way

EVIDENCE = 3.0
"""So many cases must be expected without the carrier, were both independent: none of them is then seen by chance once
in twenty times (Poisson)."""


def skipped_together(groups: Groups, ways: Mapping[Way, int], noise: float) -> Groups:
    """Groups in an order, neighbours that are only found together made one. `noise`: share of the exceptions expected
    by chance that is left out."""
    shares = _Shares(groups, ways)
    left = list(range(len(groups)))
    made: list[tuple[int, int]] = []
    for carrier in sorted(left, key=lambda at: -shares.count(at)):
        if shares.count(carrier) >= shares.cases or any(low <= carrier <= high for low, high in made):
            continue
        free = set(left) - {at for first, last in made for at in range(first, last + 1)}
        low, high = (_reach(shares, carrier, step, free, noise) for step in (-1, 1))
        if low < high:
            made.append((low, high))
    if not made:
        return groups
    starts = dict(made)
    merged: Groups = []
    at = 0
    while at < len(groups):
        stop = starts.get(at, at)
        merged.append(frozenset().union(*groups[at : stop + 1]))
        at = stop + 1
    return merged if len(merged) > 1 else groups


def _reach(shares: _Shares, carrier: int, step: int, free: set[int], noise: float) -> int:
    """The last part on one side that is carried; one too rare to tell goes with it where it was never found alone."""
    last, at = carrier, carrier + step
    while at in free and (shares.carried(at, carrier, noise) or not shares.alone(at, carrier)):
        last, at = at, at + step
    return last


class _Shares:
    """In how many cases groups are found, alone and together."""

    def __init__(self, groups: Groups, ways: Mapping[Way, int]) -> None:
        place = {name: at for at, group in enumerate(groups) for name in group}
        self.cases = sum(ways.values())
        self.found: dict[frozenset[int], int] = {}
        for way, count in ways.items():
            there = frozenset(place[name] for name in way if name in place)
            self.found[there] = self.found.get(there, 0) + count
        self.counts = [sum(n for there, n in self.found.items() if at in there) for at in range(len(groups))]

    def count(self, at: int) -> int:
        """In how many cases a group is found."""
        return self.counts[at]

    def alone(self, at: int, carrier: int) -> int:
        """In how many cases a group is found without the carrier."""
        return sum(n for there, n in self.found.items() if at in there and carrier not in there)

    def carried(self, at: int, carrier: int, noise: float) -> bool:
        """Whether a group is hardly ever found without the carrier."""
        expected = self.counts[at] * (1 - self.counts[carrier] / self.cases)
        return expected >= EVIDENCE and self.alone(at, carrier) <= noise * expected
