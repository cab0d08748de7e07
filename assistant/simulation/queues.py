"""Work by roles where some goes before other work: real queues, highest priority first, then first come first served.

The same discipline as `work.py`, but who starts next is only known when somebody is free. Each pool serves its queue
strictly in order. Work that needs several roles starts when each has somebody free for it, counting those it has to let
go first; meanwhile nobody behind it takes that person. Work begun is never interrupted by other work.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

from assistant.simulation.machine import Case, Event, Go, Machine, Pool
from assistant.simulation.work import Job, Option, book

Key = tuple[int, int]


class Way(NamedTuple):
    """An option with what follows when its work is done: the people are free again, the case goes on."""

    option: Option
    done: Go


class Ticket:
    """One piece of work that waits in the queues of all roles that could do it."""

    __slots__ = ("asked", "case", "key", "kind", "started")

    def __init__(self, key: Key, case: Case, asked: float, kind: _Kind) -> None:
        self.key = key
        self.case = case
        self.asked = asked
        self.kind = kind
        self.started = False


class _Kind:
    """What the tickets of one task have in common."""

    __slots__ = ("columns", "events", "pools", "scope", "tick", "tracked", "ways")

    def __init__(self, machine: Machine, job: Job, after: Go) -> None:
        self.events = machine.events
        self.tick = machine.tick
        self.scope = job.scope
        self.columns = job.columns
        self.tracked = job.tracked
        self.ways = [Way(option, _done(machine, option.pools, after)) for option in job.options]
        self.pools = tuple(dict.fromkeys(pool for option in job.options for pool in option.pools))

    def begin(self, way: Way, t: float, asked: float, case: Case) -> None:
        """The work starts now; everybody it needs is free."""
        option = way.option
        for pool in option.pools:
            pool.idle -= 1
        row = case.rows[self.scope]
        seconds = row[self.columns[0]] if len(self.columns) == 1 else sum([row[column] for column in self.columns])
        end = t + seconds if option.clock is None else option.clock.finish(t, seconds)
        book(case, option, asked, t, end, seconds, self.tracked)
        heappush(self.events, (end, self.tick(), way.done, case))


def in_order(machine: Machine, job: Job, after: Go) -> Go:
    """The job done when it is its turn; then `after`."""
    kind = _Kind(machine, job, after)
    ways, pools, begin, own, tick = kind.ways, kind.pools, kind.begin, -job.priority, machine.tick

    def go(t: float, case: Case) -> None:
        for way in ways:
            for pool in way.option.pools:
                if pool.queue or pool.idle < 1 or (pool.clock is not None and pool.clock.begin(t) > t):
                    break
            else:
                begin(way, t, t, case)
                return
        ticket = Ticket((own - case.priority, tick()), case, t, kind)
        for pool in pools:
            heappush(pool.queue, (ticket.key, ticket))
        _serve(machine, list(reversed(pools)), t)

    return machine.in_time(go)


def _done(machine: Machine, pools: tuple[Pool, ...], after: Go) -> Go:
    def done(t: float, case: Case) -> None:
        waiting = False
        for pool in pools:
            pool.idle += 1
            if pool.queue:
                waiting = True
        if waiting:
            _serve(machine, list(pools), t)
        after(t, case)

    return done


def _serve(machine: Machine, pools: list[Pool], t: float) -> None:
    """Start whatever of the pools' queues can start now."""
    while pools:
        pool = pools.pop()
        if not _is_open(machine, pool, t):
            continue
        held: list[tuple[Key, Ticket]] = []
        while pool.queue and pool.idle > len(held):
            entry = heappop(pool.queue)
            ticket = entry[1]
            if ticket.started:
                continue
            way = _ready(machine, ticket, pool, t)
            if way is None:
                held.append(entry)
                continue
            ticket.started = True
            ticket.kind.begin(way, t, ticket.asked, ticket.case)
            pools.extend(other for other in ticket.kind.pools if other not in way.option.pools)
        for entry in held:
            heappush(pool.queue, entry)


def _ready(machine: Machine, ticket: Ticket, pool: Pool, t: float) -> Way | None:
    """The first way to do the work with this pool for which everybody else needed is free for it too."""
    for way in ticket.kind.ways:
        team = way.option.pools
        if pool in team and all(other is pool or _free_for(machine, other, ticket.key, t) for other in team):
            return way
    return None


def _free_for(machine: Machine, pool: Pool, key: Key, t: float) -> bool:
    if not _is_open(machine, pool, t):
        return False
    ahead = sum(1 for other, ticket in pool.queue if other < key and not ticket.started)
    return pool.idle > ahead


def _is_open(machine: Machine, pool: Pool, t: float) -> bool:
    """Whether the pool is at work; if not and somebody waits, its queue is looked at when it opens."""
    if pool.clock is None:
        return True
    opening = pool.clock.begin(t)
    if opening <= t:
        return True
    if not pool.waking and pool.queue:
        pool.waking = True
        heappush(machine.events, _wake(machine, pool, opening))
    return False


def _wake(machine: Machine, pool: Pool, opening: float) -> Event:
    def opened(t: float, _case: Case) -> None:
        pool.waking = False
        _serve(machine, [pool], t)

    return opening, machine.tick(), opened, pool.queue[0][1].case
