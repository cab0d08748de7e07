"""What the recorded cases show of each step of a process: work, waits, decisions, how often left out or done again.

The time at which each place of the net was reached tells when a step could have begun, also beside others. What lies
between that and its start is its wait. Where people and hours are known, a start the moment they open or somebody has
finished other work says that the case queued. When it came to the queue is not recorded, and when its turn came says
nothing fair about it (the later it came, the later its turn): all that is known is that it came while nobody was free,
so that stretch is the interval, also the part of it after the start. Ending it at the start makes waits look up to a
tenth shorter than they are; so ended they are within a twentieth (played queues of one and of three people).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from assistant.eventlog.discovery.doing import Doing
from assistant.eventlog.discovery.replay import Account, Aligned
from assistant.eventlog.discovery.splits_of_a_log import Way
from assistant.eventlog.discovery.staff import Staff, moment
from assistant.eventlog.discovery.tree_as_net import Net, net_of
from assistant.eventlog.read_log import Event
from assistant.process.blocks import Task, Wait
from assistant.process.model import Process
from assistant.process.tree import by_id

AT_ONCE = 2.0
"""Seconds within which one thing begins because another has ended: stamps are cut to the second."""
ROUNDS, POINTS, PARTS = 30, 200, 8


class Waited(NamedTuple):
    """A wait in seconds, queueing with it. Without it the case would have lain from `least` to `most`: until somebody
    was last free before the start, and until somebody was free again."""

    seconds: float
    least: float
    most: float


@dataclass(slots=True)
class Looked:
    """What was seen, by step or by decision."""

    work: dict[str, list[float]] = field(default_factory=dict)
    wait: dict[str, list[Waited]] = field(default_factory=dict)
    decided: Counter[tuple[str, str]] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)


class Queue:
    """When somebody of a role was free, so that nobody queued."""

    def __init__(self, staff: Staff) -> None:
        people, clock = staff.people or 1, staff.clock()
        edges = sorted([(part.start, 1) for part in staff.shifts] + [(part.end, -1) for part in staff.shifts])
        self.free: list[tuple[float, float]] = []
        level = 0
        for (at, step), (then, _) in pairwise(edges):
            level += step
            if level < people and then - at > AT_ONCE:
                self.free += clock.spans(at, then) if clock else [(at, then)]
        self.starts = [start for start, _ in self.free]

    def lay(self, event: Event, waited: float) -> Waited:
        """What is known of how long an event that waited so long before its start would have lain without a queue."""
        assert event.start is not None
        start = moment(event.start)
        at = bisect_left(self.starts, start - AT_ONCE / 2) - 1
        last = min(self.free[at][1], start) if at >= 0 else start - waited
        if waited <= AT_ONCE or start - last <= AT_ONCE:
            return Waited(waited, waited, waited)
        again = self.starts[at + 1] if at + 1 < len(self.starts) else start
        again -= moment(_end(event)) - start  # without the case somebody would have been free sooner, by its own work
        return Waited(waited, max(0.0, waited - (start - last)), waited + max(0.0, again - start))


def look(
    process: Process, accounts: Iterable[Account], cases: Mapping[Way, Sequence[Sequence[Event]]], seen: Doing,
    people: bool = False,
) -> Looked:  # fmt: skip
    """Everything about the cases; `people`: waits in queues are told from lying, for a process that knows its people.

    Without it the hours in which nobody works count as waiting, so that a play without hours takes as long.
    """
    looker = _Looker(process, seen, people)
    for account in accounts:
        for events in cases[account.way]:
            looker.case(account, events)
    return looker.looked


class _Looker:
    def __init__(self, process: Process, seen: Doing, people: bool) -> None:
        self.net: Net = net_of(process)
        self.blocks = by_id(process)
        self.seen, self.people = seen, people
        self.queues = {role: Queue(staff) for role, staff in seen.staff.items()} if people else {}
        self.looked = Looked()

    def case(self, account: Account, events: Sequence[Event]) -> None:
        begin = events[0].start or _end(events[0])
        reached: dict[int, datetime] = {self.net.start: begin}
        pending: dict[int, str] = {}  # a wait passed on the way that nothing records
        after: dict[str, tuple[int, ...]] = {}
        besides = {self.seen_step(account.way[at]) for at in account.besides}
        for part in account.parts:
            if part.decides:
                self.looked.decided[part.decides] += 1
            if part.move is None:
                self._again(part, account, events, reached, after)
                continue
            move = self.net.moves[part.move]
            ready = max(reached.get(place, begin) for place in move.takes)
            waits = next((pending[place] for place in move.takes if place in pending), "")
            done, waits = self._step(part, events, ready, waits, besides)
            if part.step is not None:
                after[part.step] = move.puts
            for place in move.puts:
                reached[place] = done
                pending.pop(place, None)
                if waits:
                    pending[place] = waits

    def seen_step(self, activity: str) -> str:
        """The step an activity stands for, or nothing."""
        return self.seen.steps.get(activity, "")

    def _step(
        self, part: Aligned, events: Sequence[Event], ready: datetime, waits: str, besides: set[str]
    ) -> tuple[datetime, str]:
        """When the step was done, and the unrecorded wait that what comes after it has waited for."""
        if part.step is None:
            return ready, waits
        if part.at is not None:
            self.looked.done[part.step] += 1
            self._timed(part.step, events[part.at], ready, waits, first=part.at == 0)
            return _end(events[part.at]), ""
        block = self.blocks.get(part.step)
        self.looked.passed[part.step] += 1
        if part.step not in besides:
            self.looked.left_out[part.step] += 1
        return ready, part.step if isinstance(block, Wait) else waits

    def _timed(self, step: str, event: Event, ready: datetime, waits: str, first: bool = False) -> None:
        looked, end = self.looked, _end(event)
        block = self.blocks.get(step)
        role = self.seen.role_of(event, block.role if isinstance(block, Task) else None)
        staff = self.seen.staff.get(role, Staff())
        start, closed = event.start, 0.0
        if start is not None and start <= end:
            work = staff.worked(start, end)
            closed = 0.0 if self.people else (end - start).total_seconds() - work
            looked.work.setdefault(step, []).append(work)
        waited = max(0.0, ((start or end) - ready).total_seconds()) + closed
        waited = closed if first else waited
        queue = self.queues.get(role) if start is not None and not first else None
        lay = queue.lay(event, waited) if queue else Waited(waited, waited, waited)
        looked.wait.setdefault(waits or step, []).append(lay)

    def _again(
        self, part: Aligned, account: Account, events: Sequence[Event], reached: dict[int, datetime],
        after: Mapping[str, tuple[int, ...]],
    ) -> None:  # fmt: skip
        """A step done once more than told: what follows it can only begin then."""
        if part.at is None:
            return
        step = self.seen_step(account.way[part.at])
        places = after.get(step, ())
        if not places or not isinstance(self.blocks.get(step), Task):
            return
        self.looked.again[step] += 1
        self._timed(step, events[part.at], max(reached[place] for place in places if place in reached), "")
        for place in places:
            if place in reached:
                reached[place] = max(reached[place], _end(events[part.at]))


def _end(event: Event) -> datetime:
    assert event.complete is not None  # closed cases hold no other
    return event.complete


def lain(waits: Sequence[Waited]) -> list[float]:
    """How long cases lay, queueing taken out: as many values, in order.

    Where a case may have queued, only the least and the most it lay for are known: the distribution is estimated from
    both kinds (Turnbull 1976), on points spread as the waits are.
    """
    if all(wait.most - wait.least <= AT_ONCE for wait in waits):
        return sorted(wait.seconds for wait in waits)
    import numpy as np

    least, most = (np.array([wait[side] for wait in waits]) for side in (1, 2))
    spread = np.concatenate([least + (most - least) * part / PARTS for part in range(PARTS + 1)])
    points = np.quantile(spread, (np.arange(POINTS) + 0.5) / POINTS)
    inside = (points >= least[:, None] - 1) & (points <= most[:, None] + 1)
    none = ~inside.any(axis=1)
    inside[none, np.abs(points - most[none, None]).argmin(axis=1)] = True
    weights = np.full(POINTS, 1 / POINTS)
    for _ in range(ROUNDS):
        shares = inside * weights
        weights = (shares / shares.sum(axis=1, keepdims=True)).mean(axis=0)
    places = (np.arange(len(waits)) + 0.5) / len(waits)
    found: list[float] = points[np.minimum(np.searchsorted(np.cumsum(weights), places), POINTS - 1)].tolist()
    return found
