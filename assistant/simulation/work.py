"""Work by roles, first come first served.

All service times being drawn beforehand, a piece of work knows its start and end the moment it joins the queue: the
start is the later of its arrival and the moment the first of the pool is free (Kiefer and Wolfowitz, On the theory of
queues with many servers, 1955). So the queue is a heap of those moments, and all it needs is that cases come to it in
the order of time; where nobody waits for a person not even that. Work that
needs several roles takes the first free person of each and starts when the last of them is free; whoever is free
earlier waits. Of alternative roles the first in order that can start at once does it, else the one free soonest.
"""

from __future__ import annotations

from heapq import heapreplace
from typing import NamedTuple

from assistant.simulation.clock import Clock
from assistant.simulation.machine import Case, Go, Machine, Pool


class Option(NamedTuple):
    """One set of roles that can do the work together, its common hours, and what it costs (per second, per use)."""

    pools: tuple[Pool, ...]
    clock: Clock | None
    rate: float
    fixed: float
    tally: int


class Job(NamedTuple):
    """A piece of work: where its seconds are drawn, who can do it, in a parallel block or not, at which priority."""

    scope: int
    columns: tuple[int, ...]
    options: tuple[Option, ...]
    tracked: bool
    priority: int = 0


def work(machine: Machine, job: Job, after: Go) -> Go:
    """The job done in order of arrival; then `after`. The plain cases have short ways of their own."""
    option = job.options[0]
    limited = any(pool.free is not None for choice in job.options for pool in choice.pools)
    plain = len(job.options) == len(job.columns) == 1
    if plain and not limited:
        return _unlimited(job, after) if option.clock is None else _in_hours(job, option.clock, after)
    if plain and len(option.pools) == 1:
        go = _queue(job, after) if option.clock is None else _queue_in_hours(job, option.clock, after)
    else:
        go = _general(job, after)
    return machine.in_time(go) if limited else go


def _unlimited(job: Job, after: Go) -> Go:
    tracked, scope, column, (_, _, rate, fixed, at) = job.tracked, job.scope, job.columns[0], job.options[0]
    busy = at + 2

    def go(t: float, case: Case) -> None:
        seconds = case.rows[scope][column]
        end = t + seconds
        sums = case.sums
        sums[at] += 1.0
        sums[busy] += seconds
        case.cost += fixed + rate * seconds
        if tracked:
            case.spans.append((t, end))
        else:
            case.work += seconds
        after(end, case)

    return go


def _in_hours(job: Job, clock: Clock, after: Go) -> Go:
    """Nobody waits for a person, only for the opening. The span of hours used last is kept: most fall into it again."""
    tracked, scope, column, (_, _, rate, fixed, at) = job.tracked, job.scope, job.columns[0], job.options[0]
    queued, busy, span_of = at + 1, at + 2, clock.span
    low = high = -1.0

    def go(t: float, case: Case) -> None:
        nonlocal low, high
        seconds = case.rows[scope][column]
        sums = case.sums
        start = t
        if not low <= t < high:
            low, high = span_of(t)
            if low > t:
                start = low
                sums[queued] += start - t
        end = start + seconds
        within = end <= high
        if not within:
            end = clock.finish(start, seconds)
        sums[at] += 1.0
        sums[busy] += seconds
        case.cost += fixed + rate * seconds
        if not tracked:
            case.work += seconds
        elif within:
            case.spans.append((start, end))
        else:
            case.spans.extend(clock.spans(start, end))
        after(end, case)

    return go


def _queue(job: Job, after: Go) -> Go:
    tracked, scope, column, (pools, _, rate, fixed, at) = job.tracked, job.scope, job.columns[0], job.options[0]
    queued, busy, free = at + 1, at + 2, pools[0].free
    assert free is not None

    def go(t: float, case: Case) -> None:
        seconds = case.rows[scope][column]
        start = free[0]
        sums = case.sums
        if start > t:
            sums[queued] += start - t
        else:
            start = t
        end = start + seconds
        heapreplace(free, end)
        sums[at] += 1.0
        sums[busy] += seconds
        case.cost += fixed + rate * seconds
        if tracked:
            case.spans.append((start, end))
        else:
            case.work += seconds
        after(end, case)

    return go


def _queue_in_hours(job: Job, clock: Clock, after: Go) -> Go:
    tracked, scope, column, (pools, _, rate, fixed, at) = job.tracked, job.scope, job.columns[0], job.options[0]
    queued, busy, free, span_of = at + 1, at + 2, pools[0].free, clock.span
    assert free is not None
    low = high = -1.0

    def go(t: float, case: Case) -> None:
        nonlocal low, high
        seconds = case.rows[scope][column]
        start = free[0]
        if start < t:
            start = t
        if not low <= start < high:
            low, high = span_of(start)
            if low > start:
                start = low
        end = start + seconds
        within = end <= high
        if not within:
            end = clock.finish(start, seconds)
        heapreplace(free, end)
        sums = case.sums
        sums[at] += 1.0
        if start > t:
            sums[queued] += start - t
        sums[busy] += seconds
        case.cost += fixed + rate * seconds
        if not tracked:
            case.work += seconds
        elif within:
            case.spans.append((start, end))
        else:
            case.spans.extend(clock.spans(start, end))
        after(end, case)

    return go


def _general(job: Job, after: Go) -> Go:
    scope, columns, tracked = job.scope, job.columns, job.tracked
    ways = [(option, [pool.free for pool in option.pools if pool.free is not None]) for option in job.options]

    def go(t: float, case: Case) -> None:
        row = case.rows[scope]
        seconds = row[columns[0]] if len(columns) == 1 else sum([row[column] for column in columns])
        start, option, pools = _soonest(ways, t)
        end = start + seconds if option.clock is None else option.clock.finish(start, seconds)
        for free in pools:
            heapreplace(free, end)
        book(case, option, t, start, end, seconds, tracked)
        after(end, case)

    return go


def _soonest(ways: list[tuple[Option, list[list[float]]]], t: float) -> tuple[float, Option, list[list[float]]]:
    """Who can start first, and when; of those who can start at once the first in order."""
    best = float("inf")
    chosen = ways[0]
    for way in ways:
        option, pools = way
        start = t
        for free in pools:
            if free[0] > start:
                start = free[0]
        if option.clock is not None:
            start = option.clock.begin(start)
        if start < best:
            best, chosen = start, way
            if start <= t:
                break
    return best, chosen[0], chosen[1]


def book(case: Case, option: Option, asked: float, start: float, end: float, seconds: float, tracked: bool) -> None:
    """Enter one execution in the sums of the case's chunk and in the case."""
    sums, at = case.sums, option.tally
    sums[at] += 1.0
    sums[at + 1] += start - asked
    sums[at + 2] += seconds
    case.cost += option.fixed + option.rate * seconds
    if not tracked:
        case.work += seconds
    elif option.clock is None:
        case.spans.append((start, end))
    else:
        case.spans.extend(option.clock.spans(start, end))
