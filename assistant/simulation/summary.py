"""From what happened to figures: what is cut off at the beginning, and each measure replication by replication."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.process.model import Process, Role
from assistant.simulation.clock import DAY, WEEK, Clock, clock_of, holiday_days
from assistant.simulation.draws import Floats
from assistant.simulation.play import ERROR, REPEATED, Played
from assistant.simulation.results import Estimate, Result, RoleResult, TaskResult, WarmUp, estimate

METHOD = (
    "cases run before the counted ones until the queues have settled (from the load of the pools and Little's law); "
    "then MSER on the cycle time averaged over replications cuts what is left of the warm-up"
)
ALARM = 0.2  # of Little's law, as a share of the cases under way


def settled(played: Sequence[Played]) -> int:
    """How many chunks of counted cases still belong to the warm-up (MSER: White, Simulation 69:6, 1997).

    The cut that makes the standard error of the rest smallest, in the first half, on the mean over replications.
    """
    run = played[0].run
    edges = np.arange(0, run.cases, run.chunk)
    counted = slice(run.lead, run.lead + run.cases)
    total = sum(np.add.reduceat((one.ends - one.starts)[counted], edges) for one in played)
    means = total / np.diff(np.append(edges, run.cases))
    scores = [float(means[cut:].var() / (len(means) - cut)) for cut in range(len(means) // 2 + 1)]
    return int(np.argmin(scores))


class _Counted(NamedTuple):
    """The counted cases of one replication after the cut, and the time in which they came."""

    cycles: Floats
    works: Floats
    costs: Floats
    marks: NDArray[np.uint8]
    outcomes: NDArray[np.int16]
    sums: Floats
    first: float
    last: float
    window: float
    played: Played


def _counted(played: Played, cut: int, stream: bool) -> _Counted:
    run = played.run
    low, high = run.lead + cut * run.chunk, run.lead + run.cases
    cycles = (played.ends - played.starts)[low:high]
    first, last, n = float(played.starts[low]), float(played.starts[high - 1]), high - low
    if stream:
        window = (last - first) * n / (n - 1) if n > 1 and last > first else max(last, 1e-9)
    else:
        window = max(float(cycles.sum()), 1e-9)
    marks = np.frombuffer(played.marks, dtype=np.uint8)[low:high]
    sums = played.sums[cut:].sum(axis=0)
    works, costs, ends = played.works[low:high], played.costs[low:high], played.outcomes[low:high]
    return _Counted(cycles, works, costs, marks, ends, sums, first, last, window, played)


def summarise(process: Process, played: Sequence[Played], cut: int) -> Result:
    """The result of a process played several times, the first `cut` chunks left out."""
    stream = process.volume is not None
    parts = [_counted(one, cut, stream) for one in played]
    run = played[0].run
    series = _series(parts, stream)
    money = process.currency
    roles = _roles(process, parts)
    notes = dict.fromkeys(note for one in played for note in one.notes)
    wip, little = _little(parts, stream)
    n = run.cases
    return Result(
        cases=n,
        replications=len(played),
        seed=run.seed,
        seconds=float(np.mean([np.nanmax(one.ends) for one in played])),
        cycle_time=_over_cases([part.cycles for part in parts], "s"),
        waiting_time=_over_cases([part.cycles - part.works for part in parts], "s"),
        work_time=_over_cases([part.works for part in parts], "s"),
        cost_per_case=_over_cases([part.costs for part in parts], money),
        throughput_per_day=estimate(series["throughput_per_day"], "cases/day", least=0.0),
        flow_efficiency=_share(series["flow_efficiency"]),
        error_free=_share(series["error_free"]),
        rework=_share(series["rework"]),
        effort=estimate([_effort(part) for part in parts], "s", least=0.0),
        wip=wip,
        little=little,
        roles=roles,
        tasks=_tasks(parts, n),
        waits=_waits(parts),
        outcomes=_outcomes(parts),
        warm_up=WarmUp(run.lead, cut * run.chunk, METHOD),
        notes=(*notes, *_notes(process, roles, little, cut, len(played[0].sums))),
        series={name: tuple(values) for name, values in series.items()},
        cycle_times=tuple(np.sort(part.cycles) for part in parts),
    )


def _series(parts: Sequence[_Counted], stream: bool) -> dict[str, list[float]]:
    """The metrics that are compared, replication by replication."""
    cycle = [float(part.cycles.mean()) for part in parts]
    work = [float(part.works.mean()) for part in parts]
    return {
        "cycle_time": cycle,
        "waiting_time": [c - w for c, w in zip(cycle, work, strict=True)],
        "work_time": work,
        "cost_per_case": [float(part.costs.mean()) for part in parts],
        "flow_efficiency": _ratios(work, cycle),
        "throughput_per_day": [_throughput(part, stream) for part in parts],
        "error_free": [1 - float(((part.marks & ERROR) > 0).mean()) for part in parts],
        "rework": [float(((part.marks & REPEATED) > 0).mean()) for part in parts],
    }


def _ratios(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """A ratio of sums as values one a replication, whose mean is the ratio of all the sums (its linearisation:
    Cochran, Sampling Techniques, 1977, 6.4). Where nothing takes any time the ratio is 1."""
    if sum(below) <= 0:
        return [1.0] * len(below)
    ratio, mean = sum(above) / sum(below), sum(below) / len(below)
    return [ratio + (a - ratio * b) / mean for a, b in zip(above, below, strict=True)]


def _over_cases(values: Sequence[Floats], unit: str) -> Estimate:
    means, middles, uppers = [], [], []
    for one in values:
        p50, p90 = np.percentile(one, (50, 90))
        means.append(float(one.mean()))
        middles.append(float(p50))
        uppers.append(float(p90))
    return estimate(means, unit, least=0.0, p50=middles, p90=uppers)


def _share(values: Sequence[float]) -> Estimate:
    return estimate(values, "share", least=0.0, most=1.0)


def _throughput(part: _Counted, stream: bool) -> float:
    """Cases completed a day: over the middle eight tenths of the completions, which stragglers do not stretch."""
    n = len(part.cycles)
    if not stream:
        return DAY * n / part.window
    ends = part.played.ends[part.played.run.lead + part.played.run.cases - n :][:n]
    early, late = np.percentile(ends, (10, 90))
    if n >= 10 and late > early:
        return float(0.8 * n * DAY / (late - early))
    return DAY * n / max(float(ends.max()) - part.first, 1e-9)


def _effort(part: _Counted) -> float:
    """Work per case, counted once for every role that takes part."""
    work = [t for t in part.played.tallies if not t.lying]
    return float(sum(part.sums[t.at + 2] * max(1, len(t.roles)) for t in work)) / len(part.cycles)


def _open_share(clock: Clock | None, part: _Counted) -> float:
    """How much of the time in which the counted cases came the role was at work."""
    if clock is None:
        return 1.0
    if part.last - part.first < WEEK:
        return clock.open_week / WEEK
    return (clock.elapsed(part.last) - clock.elapsed(part.first)) / (part.last - part.first)


def _roles(process: Process, parts: Sequence[_Counted]) -> dict[str, RoleResult]:
    holidays = holiday_days(process.holidays)
    names = [role.name for role in process.roles]
    found: dict[str, RoleResult] = {}
    for role in process.roles:
        name = role.name if names.count(role.name) == 1 else f"{role.name} ({role.id})"
        found[name] = _role(role, clock_of(role.calendar, holidays), parts)
    return found


def _role(role: Role, clock: Clock | None, parts: Sequence[_Counted]) -> RoleResult:
    loads, busy, waits = [], [], []
    tallies = [t for t in parts[0].played.tallies if role.id in t.roles]
    for part in parts:
        uses = float(sum(part.sums[t.at] for t in tallies))
        work = float(sum(part.sums[t.at + 2] for t in tallies))
        waits.append(float(sum(part.sums[t.at + 1] for t in tallies)) / uses if uses else 0.0)
        busy.append(work / part.window)
        available = (role.capacity or 0) * part.window * _open_share(clock, part)
        loads.append(work / available if available > 0 else 0.0)
    return RoleResult(
        role.id,
        _share([min(1.0, load) for load in loads]),
        estimate(waits, "s", least=0.0),
        estimate(loads, "share", least=0.0),
        estimate(busy, "people", least=0.0),
    )


def load(process: Process, role: Role, played: Played) -> float:
    """The load of a role in one replication."""
    clock = clock_of(role.calendar, holiday_days(process.holidays))
    return _role(role, clock, [_counted(played, 0, process.volume is not None)]).load.mean


def _tasks(parts: Sequence[_Counted], cases: int) -> dict[str, TaskResult]:
    """Every step that is worked on, by id; one that stands in several places (a called process) is added up."""
    tallies = parts[0].played.tallies
    found: dict[str, TaskResult] = {}
    for element in dict.fromkeys(t.element for t in tallies if not t.lying):
        work = [t.at for t in tallies if t.element == element and not t.lying]
        lying = [t.at for t in tallies if t.element == element and t.lying]
        rows = [_task(part.sums, work, lying) for part in parts]
        runs = [row for row in rows if row[0]]
        counts = [row[0] / len(part.cycles) * cases for row, part in zip(rows, parts, strict=True)]
        found[element] = TaskResult(
            estimate(counts, "executions", least=0.0),
            estimate([(queue + lain) / count for count, queue, _, lain in runs], "s", least=0.0),
            estimate([seconds / count for count, _, seconds, _ in runs], "s", least=0.0),
            estimate([queue / count for count, queue, _, _ in runs], "s", least=0.0),
        )
    return found


def _task(sums: Floats, work: list[int], lying: list[int]) -> tuple[float, float, float, float]:
    """Executions, seconds queued, seconds worked and seconds lain."""
    count, queue, seconds = (float(sum(sums[at + k] for at in work)) for k in range(3))
    return count, queue, seconds, float(sum(sums[at + 1] for at in lying))


def _waits(parts: Sequence[_Counted]) -> dict[str, Estimate]:
    """Seconds a case lies at each element, per case: waits, lying before a task, batches."""
    tallies = parts[0].played.tallies
    return {
        element: estimate(
            [
                float(sum(part.sums[t.at + 1] for t in tallies if t.lying and t.element == element)) / len(part.cycles)
                for part in parts
            ],
            "s",
            least=0.0,
        )
        for element in dict.fromkeys(t.element for t in tallies if t.lying)
    }


def _outcomes(parts: Sequence[_Counted]) -> dict[str, Estimate]:
    """The share of cases that end with each named outcome; `completed` where the flow simply runs out."""
    names = parts[0].played.names
    found = {name: _share([float((part.outcomes == k).mean()) for part in parts]) for k, name in enumerate(names)}
    rest = [float((part.outcomes < 0).mean()) for part in parts]
    if any(rest) or not names:
        found[next(name for name in ("completed", "completed (no end named)") if name not in found)] = _share(rest)
    return found


def _little(parts: Sequence[_Counted], stream: bool) -> tuple[Estimate, Estimate]:
    """Cases under way, counted over time, and how far arrival rate times cycle time is from it (Little's law)."""
    if not stream:
        return _one(), estimate([0.0] * len(parts), "share")
    levels, gaps = [], []
    for part in parts:
        a, b = part.first, part.first + part.window
        starts, ends = part.played.starts, np.nan_to_num(part.played.ends, nan=np.inf)
        area = float(np.maximum(np.minimum(ends, b) - np.maximum(starts, a), 0.0).sum())
        level = area / (b - a)
        expected = len(part.cycles) / part.window * float(part.cycles.mean())
        levels.append(level)
        gaps.append((level - expected) / level if level > 0 else 0.0)
    return estimate(levels, "cases", least=0.0), estimate(gaps, "share")


def _one() -> Estimate:
    return Estimate(1.0, 1.0, 1.0, 1.0, 1.0, "cases")


def _notes(
    process: Process, roles: dict[str, RoleResult], little: Estimate, cut: int, chunks: int
) -> list[str]:  # fmt: skip
    """What a reader must know before believing the figures."""
    told = []
    if process.volume is None:
        told.append(
            "How many cases come is not known: they are played one at a time, so nobody ever queues; utilisation and "
            "throughput are those of one case after the other."
        )
    over = [name for name, role in roles.items() if role.load.mean >= 1 and process.volume]
    if over:
        told.append(
            f"More work comes than {', '.join(over)} can do: the queue grows without end, and times depend on how "
            "long is played."
        )
    elif cut and cut >= chunks // 2:
        told.append(
            "The process had not settled in the time played: play more cases before trusting the waiting times."
        )
    if abs(little.mean) > ALARM and not over:
        told.append(
            "The number of cases under way does not fit arrivals times cycle time: the time played is short against "
            "the time a case takes, so pools look less busy than they are. Play more cases."
        )
    return told
