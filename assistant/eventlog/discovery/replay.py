"""Recorded ways replayed on a process: the best account of each, with what was skipped, done besides, decided.

An alignment of least cost (Adriansyah, van Dongen, van der Aalst: Conformance checking using cost-based fitness
analysis, 2011): a step both recorded and told costs nothing, each step skipped or done besides costs one. Found by a
search in order of cost, bounded; a way that cannot be settled within the bound is counted as not replayed. Among
states of the same cost the one that has read most of the way goes first, so that a way that fits is read straight on.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.eventlog.discovery.splits_of_a_log import Way
from assistant.eventlog.discovery.tree_as_net import Net

MOST_STATES, MOST_IN_ALL = 40_000, 300_000
"""States that are looked at for one way, and for all ways of a log together."""
State = tuple[frozenset[int], int]
"""What is marked in the net, and how much of the way has been read."""
Cost = tuple[int, int]
"""Steps skipped or done besides; then the moves that do nothing, so that no detour is taken for nothing."""
NONE: Cost = (0, 0)
FREE: Cost = (0, 1)
DEAR: Cost = (1, 0)


@dataclass(slots=True)
class Bound:
    """How many states may still be looked at, over several ways."""

    left: int = MOST_IN_ALL


class Aligned(NamedTuple):
    """One thing of an account: the place in the way (None: skipped there), the step (None: done besides), what is
    decided, and the number of the move in the net."""

    at: int | None
    step: str | None
    decides: tuple[str, str] | None = None
    move: int | None = None


@dataclass(frozen=True)
class Account:
    """How a way runs on the process: its parts in order and its cost (steps skipped or done besides)."""

    way: Way
    parts: tuple[Aligned, ...]
    cost: int

    @property
    def skipped(self) -> list[str]:
        """The steps told but not recorded here."""
        return [part.step for part in self.parts if part.at is None and part.step is not None]

    @property
    def besides(self) -> list[int]:
        """The places in the way of what was done without being told there."""
        return [part.at for part in self.parts if part.at is not None and part.step is None]

    def matched(self) -> Iterator[tuple[int, str]]:
        """Place in the way and step, where both agree."""
        for part in self.parts:
            if part.at is not None and part.step is not None:
                yield part.at, part.step


def account_of(
    net: Net, way: Sequence[str], steps: Mapping[str, str], bound: Bound | None = None
) -> Account | None:  # fmt: skip
    """The best account of a way of activities. `steps`: the step each activity stands for. None beyond the bound.

    A step that no activity stands for can never be recorded: passing it costs nothing.
    """
    bound = bound or Bound(MOST_STATES)
    wanted = [steps.get(name) for name in way]
    known = {move.step for move in net.moves if move.step is not None}
    seen = frozenset(steps.values())
    hopeless = [0] * (len(way) + 1)
    for at in range(len(way) - 1, -1, -1):
        hopeless[at] = hopeless[at + 1] + (wanted[at] not in known)
    ticket = itertools.count()
    first = (frozenset({net.start}), 0)
    best: dict[State, Cost] = {first: NONE}
    origin: dict[State, tuple[State, Aligned]] = {}
    queue: list[tuple[int, int, int, int, Cost, State]] = [(hopeless[0], 0, 0, next(ticket), NONE, first)]
    most = min(MOST_STATES, bound.left)
    while queue and len(best) <= most:
        *_, cost, state = heapq.heappop(queue)
        if cost > best[state]:
            continue
        marking, at = state
        if at == len(way) and net.goal in marking:
            bound.left -= len(best)
            return _told(tuple(way), origin, state, cost[0])
        for then, price, part in _choices(net, marking, at, wanted, seen):
            total = (cost[0] + price[0], cost[1] + price[1])
            if then not in best or total < best[then]:
                best[then] = total
                origin[then] = (state, part)
                heapq.heappush(queue, (total[0] + hopeless[then[1]], -then[1], total[1], next(ticket), total, then))
    bound.left = max(0, bound.left - len(best))
    return None


def _choices(
    net: Net, marking: frozenset[int], at: int, wanted: Sequence[str | None], seen: frozenset[str]
) -> Iterator[tuple[State, Cost, Aligned]]:
    """Each state that can follow, its price and what it says."""
    here = wanted[at] if at < len(wanted) else None
    for number, after in net.onward(marking):
        move = net.moves[number]
        if move.step is None:
            yield (after, at), FREE, Aligned(None, None, move.decides, number)
            continue
        if here is not None and move.step == here:
            yield (after, at + 1), NONE, Aligned(at, move.step, None, number)
        yield (after, at), DEAR if move.step in seen else FREE, Aligned(None, move.step, None, number)
    if at < len(wanted):
        yield (marking, at + 1), DEAR, Aligned(at, None)


def _told(
    way: Way,
    origin: Mapping[State, tuple[State, Aligned]],
    state: State,
    cost: int,
) -> Account:
    parts: list[Aligned] = []
    while state in origin:
        state, part = origin[state]
        parts.append(part)
    return Account(way, tuple(reversed(parts)), cost)
