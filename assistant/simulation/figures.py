"""The figures of one replication, after the beginning has been cut off."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.process.model import Process, Role
from assistant.process.statistics import quantile
from assistant.simulation.clock import DAY, WEEK, Clock, clock_of, holiday_days
from assistant.simulation.draws import Floats
from assistant.simulation.play import ERROR, REPEATED, Played
from assistant.simulation.tail import SLAB

TINY = 1e-9


class Spread(NamedTuple):
    """A figure of the cases of one replication: its mean, median and 90th percentile."""

    mean: float
    p50: float
    p90: float


class RoleFigures(NamedTuple):
    """Of one role: load (work over what it can do), people at work, pieces of work per case, seconds each waits."""

    load: float
    busy: float
    uses: float
    wait: float


class TaskFigures(NamedTuple):
    """Of one step, per case: executions, and the seconds queued, worked and lain, all executions together."""

    runs: float
    queue: float
    work: float
    lain: float


class Figures(NamedTuple):
    """Everything one replication says. `level` is the number of cases under way, `gap` how far Little's law is off."""

    seconds: float
    cycle: Spread
    waiting: Spread
    work: Spread
    cost: Spread
    throughput: float
    error_free: float
    rework: float
    effort: float
    level: float
    gap: float
    roles: dict[str, RoleFigures]
    tasks: dict[str, TaskFigures]
    waits: dict[str, float]
    outcomes: list[float]
    cycle_times: Floats


class _Window(NamedTuple):
    """The counted cases as a slice of all, when the first and last of them came, and the time they stand for."""

    cases: slice
    first: float
    last: float
    seconds: float
    sums: Floats
    n: int


def figures(process: Process, played: Played, cut: int) -> Figures:
    """A replication's figures without its first `cut` chunks of counted cases. Sorts in place: `played` is used up."""
    window = _window(played, cut, process.volume is not None)
    cases, n, seconds = window.cases, window.n, float(np.nanmax(played.ends))
    starts, ends, works = played.starts[cases], played.ends[cases], played.works[cases]
    marks = np.frombuffer(played.marks, dtype=np.uint8)[cases]
    level, gap = _little(played, window, _has_hours(process)) if process.volume else (1.0, 0.0)
    # With a million cases every array tells: each is written over as soon as it is not needed any more.
    cycles = np.subtract(ends, starts, out=starts)
    throughput = _throughput(ends, window) if process.volume else DAY * n / window.seconds
    waiting = _spread(np.subtract(cycles, works, out=ends))
    return Figures(
        seconds=seconds,
        cycle=_spread(cycles),
        waiting=waiting,
        work=_spread(works),
        cost=_spread(played.costs[cases]),
        throughput=throughput,
        error_free=1 - float(np.count_nonzero(marks & ERROR)) / n,
        rework=float(np.count_nonzero(marks & REPEATED)) / n,
        effort=_effort(played, window),
        level=level,
        gap=gap,
        roles=_roles(process, played, window),
        tasks=_tasks(played, window),
        waits=_waits(played, window),
        outcomes=[float(np.count_nonzero(played.outcomes[cases] == k)) / n for k in range(-1, len(played.names))],
        cycle_times=cycles,
    )


def loads(process: Process, played: Played) -> dict[str, float]:
    """The load of every role by id, over all counted cases of one replication."""
    window = _window(played, 0, process.volume is not None)
    return {name: role.load for name, role in _roles(process, played, window).items()}


def _window(played: Played, cut: int, stream: bool) -> _Window:
    """Cases in a stream stand for the time in which they came; cases one at a time for the time they took."""
    run = played.run
    low, high = run.lead + cut * run.chunk, run.lead + run.cases
    first, last, n = float(played.starts[low]), float(played.starts[high - 1]), high - low
    if not stream:
        seconds = float((played.ends[low:high] - played.starts[low:high]).sum())
    elif n > 1 and last > first:
        seconds = (last - first) * n / (n - 1)
    else:
        seconds = last
    return _Window(slice(low, high), first, last, max(seconds, TINY), played.sums[cut:].sum(axis=0), n)


def _spread(values: Floats | NDArray[np.float32]) -> Spread:
    mean = float(values.mean(dtype=np.float64))
    values.sort()
    return Spread(mean, quantile(values, 0.5), quantile(values, 0.9))


def _throughput(ends: Floats, window: _Window) -> float:
    """Cases completed a day: over the middle eight tenths of the completions, which stragglers do not stretch."""
    ends.sort()
    early, late = quantile(ends, 0.1), quantile(ends, 0.9)
    if window.n >= 10 and late > early:
        return 0.8 * window.n * DAY / (late - early)
    return DAY * window.n / max(float(ends[-1]) - window.first, TINY)


def _has_hours(process: Process) -> bool:
    return any(role.calendar for role in process.roles) or bool(process.volume and process.volume.calendar)


def _little(played: Played, window: _Window, weekly: bool) -> tuple[float, float]:
    """Cases under way, counted over time, and how far arrival rate times cycle time is from it, as a share of it.

    With working hours it is counted over whole weeks, if it can be: a weekend more or less would tell.
    """
    run, low, high = played.run, window.cases.start, window.cases.stop
    if run.fill > low:
        low = min(run.fill, max(low, run.lead + run.cases // 2))
    n, a, last = high - low, float(played.starts[low]), window.last
    seconds = (last - a) * n / (n - 1) if n > 1 and last > a else window.seconds
    if weekly and seconds >= WEEK:
        seconds = seconds // WEEK * WEEK
        high = int(np.searchsorted(played.starts[:high], a + seconds))
        n = high - low
    cycle = _added(played.ends[low:high], played.starts[low:high]) / n
    level = _added(played.ends, played.starts, a, a + seconds) / seconds
    expected = n / seconds * cycle
    return level, (level - expected) / level if level > 0 else 0.0


def _added(ends: Floats, starts: Floats, first: float = 0.0, last: float = np.inf) -> float:
    """The seconds of all cases between two moments. One still open when the play stopped (NaN) was there to the end."""
    total = 0.0
    for low in range(0, len(ends), SLAB):
        present = np.fmin(ends[low : low + SLAB], last)
        present -= np.maximum(starts[low : low + SLAB], first)
        total += float(np.maximum(present, 0.0, out=present).sum())
    return total


def _effort(played: Played, window: _Window) -> float:
    """Work per case, counted once for every role that takes part."""
    work = [t for t in played.tallies if not t.lying]
    return float(sum(window.sums[t.at + 2] * max(1, len(t.roles)) for t in work)) / window.n


def _roles(process: Process, played: Played, window: _Window) -> dict[str, RoleFigures]:
    holidays = holiday_days(process.holidays)
    in_hours = bool(process.volume and process.volume.calendar)
    places: dict[str, list[int]] = {}  # found once for all roles: a long story has hundreds of them
    for tally in played.tallies:
        for name in dict.fromkeys(tally.roles):
            places.setdefault(name, []).append(tally.at)
    return {
        role.id: _role(role, clock_of(role.calendar, holidays), places.get(role.id, []), window, in_hours)
        for role in process.roles
    }


def _role(role: Role, clock: Clock | None, at: list[int], window: _Window, in_hours: bool) -> RoleFigures:
    uses, queue, work = (float(sum(window.sums[k + place] for place in at)) for k in range(3))
    available = (role.capacity or 0) * window.seconds * _open_share(clock, window, in_hours)
    load = work / available if available > 0 else 0.0
    return RoleFigures(load, work / window.seconds, uses / window.n, queue / uses if uses else 0.0)


def _open_share(clock: Clock | None, window: _Window, in_hours: bool) -> float:
    """How much of the time in which the counted cases came a role was at work.

    Of a short time it is what is usual, unless the cases came in hours too (`in_hours`): then so did the work.
    """
    if clock is None:
        return 1.0
    span = window.last - window.first
    worked = clock.elapsed(window.last) - clock.elapsed(window.first)
    return clock.open_week / WEEK if worked <= 0 or (span < WEEK and not in_hours) else worked / span


def _tasks(played: Played, window: _Window) -> dict[str, TaskFigures]:
    """Every step that is worked on, by id; one that stands in several places (a called process) is added up."""
    sums: dict[str, list[float]] = {}
    for t in played.tallies:
        if not t.lying:
            row = sums.setdefault(t.element, [0.0] * 4)
            for k in range(3):
                row[k] += float(window.sums[t.at + k])
    for t in played.tallies:
        if t.lying and t.element in sums:
            sums[t.element][3] += float(window.sums[t.at + 1])
    return {name: TaskFigures(*(value / window.n for value in row)) for name, row in sums.items()}


def _waits(played: Played, window: _Window) -> dict[str, float]:
    """Seconds a case lies at each element: waits, lying before a task, batches."""
    sums: dict[str, float] = {}
    for t in played.tallies:
        if t.lying:
            sums[t.element] = sums.get(t.element, 0.0) + float(window.sums[t.at + 1]) / window.n
    return sums
