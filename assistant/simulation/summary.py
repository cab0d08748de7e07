"""From replications to a result: how much of the beginning is cut off, intervals, and what the reader must know."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter

import numpy as np

from assistant.process.model import Process
from assistant.process.statistics import quantile
from assistant.process.tree import tasks
from assistant.simulation.clock import DAY
from assistant.simulation.figures import Figures, Spread, figures
from assistant.simulation.notes import notes
from assistant.simulation.play import Played, cycle_sums
from assistant.simulation.results import Estimate, Result, RoleResult, TaskResult, WarmUp, estimate

METHOD = (
    "Cases run before the counted ones until queues have settled (from the load of the pools and Little's law); then "
    "MSER on the cycle time averaged over replications cuts what is left of the warm-up, if it differs beyond chance."
)
BEYOND_CHANCE = 3.0
COMPLETED = "completed"
THINNED = 1000
"""About how many cases of a replication are enough to say where half and nine of ten of all lie."""


def settled(played: Sequence[Played]) -> int:
    """How many chunks of counted cases still belong to the warm-up (MSER: White, Simulation 69:6, 1997).

    The cut that makes the standard error of the rest smallest, in the first half, on the mean over replications. It is
    only made when the cases to be cut differ from the rest by more than chance (BEYOND_CHANCE standard errors over the
    replications): otherwise it would throw away good cases, and the slow ones more often than the quick ones.
    """
    run = played[0].run
    edges = np.arange(0, run.cases, run.chunk)
    sizes = np.diff(np.append(edges, run.cases))
    means = np.array([cycle_sums(run, play.starts, play.ends) / sizes for play in played])
    series = means.mean(axis=0)
    cut = int(np.argmin([series[at:].var() / (len(series) - at) for at in range(len(series) // 2 + 1)]))
    if cut == 0:
        return 0
    apart = means[:, :cut].mean(axis=1) - means[:, cut:].mean(axis=1)
    error = float(apart.std(ddof=1)) / math.sqrt(len(apart))
    return cut if abs(float(apart.mean())) > BEYOND_CHANCE * error else 0


def summarise(process: Process, played: list[Played], cut: int) -> Result:
    """The result of a process played several times without the first `cut` chunks. Empties the list to save memory."""
    run, chunks, names = played[0].run, len(played[0].sums), played[0].names
    told = dict.fromkeys(note for play in played for note in play.notes)
    parts: list[Figures] = []
    played.reverse()
    while played:
        parts.append(figures(process, played.pop(), cut))
    roles = _roles(process, parts)
    series = _series(parts)
    little = estimate([part.gap for part in parts], "share")
    return Result(
        cases=run.cases,
        replications=len(parts),
        seed=run.seed,
        seconds=float(np.mean([part.seconds for part in parts])),
        cycle_time=_cycle_time(process, parts),
        waiting_time=_of_cases([part.waiting for part in parts], "s"),
        work_time=_of_cases([part.work for part in parts], "s"),
        cost_per_case=_of_cases([part.cost for part in parts], process.currency),
        throughput_per_day=estimate(series["throughput_per_day"], "cases/day", least=0.0),
        flow_efficiency=_share(series["flow_efficiency"]),
        error_free=_share(series["error_free"]),
        rework=_share(series["rework"]),
        effort=estimate([part.effort for part in parts], "s", least=0.0),
        wip=estimate([part.level for part in parts], "cases", least=0.0),
        little=little,
        roles=roles,
        tasks={name: _task(parts, name, run.cases) for name in parts[0].tasks},
        waits={name: estimate([part.waits[name] for part in parts], "s", least=0.0) for name in parts[0].waits},
        outcomes=_outcomes(parts, names),
        warm_up=WarmUp(run.lead, cut * run.chunk, METHOD),
        notes=(*told, *notes(process, roles, little.mean, cut >= max(1, chunks // 2))),
        series={name: tuple(values) for name, values in series.items()},
        cycle_times=tuple(part.cycle_times for part in parts),
    )


def _series(parts: Sequence[Figures]) -> dict[str, list[float]]:
    """The metrics that are compared, replication by replication."""
    found = {
        "cycle_time": [part.cycle.mean for part in parts],
        "waiting_time": [part.waiting.mean for part in parts],
        "work_time": [part.work.mean for part in parts],
        "cost_per_case": [part.cost.mean for part in parts],
    }
    found["flow_efficiency"] = _ratios(found["work_time"], found["cycle_time"])
    plain: dict[str, Callable[[Figures], float]] = {
        "throughput_per_day": attrgetter("throughput"),
        "error_free": attrgetter("error_free"),
        "rework": attrgetter("rework"),
        "effort": attrgetter("effort"),
    }
    return found | {name: [get(part) for part in parts] for name, get in plain.items()}


def _ratios(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """A ratio of sums as values one a replication, whose mean is the ratio of all the sums.

    Its linearisation (Cochran, Sampling Techniques, 1977, 6.4). Where nothing takes any time the ratio is 1.
    """
    if sum(below) <= 0:
        return [1.0] * len(below)
    ratio, mean = sum(above) / sum(below), sum(below) / len(below)
    return [ratio + (a - ratio * b) / mean for a, b in zip(above, below, strict=True)]


def _of_cases(values: Sequence[Spread], unit: str) -> Estimate:
    means, middles, uppers = ([value[k] for value in values] for k in range(3))
    return estimate(means, unit, least=0.0, p50=middles, p90=uppers)


def _cycle_time(process: Process, parts: Sequence[Figures]) -> Estimate:
    """The time of a case. Where runs fall on other days in each replication, half and nine of ten are of all cases
    together: those of one replication may all wait for one and the same run."""
    one = _of_cases([part.cycle for part in parts], "s")
    runs = [task.batch.every for task in tasks(process) if task.batch is not None]
    if not any(every is not None and every.mean_seconds > DAY for every in runs):
        return one
    cases = np.sort(np.concatenate([part.cycle_times[:: max(1, len(part.cycle_times) // THINNED)] for part in parts]))
    return replace(one, p50=quantile(cases, 0.5), p90=quantile(cases, 0.9))


def _share(values: Sequence[float]) -> Estimate:
    return estimate(values, "share", least=0.0, most=1.0)


def _roles(process: Process, parts: Sequence[Figures]) -> dict[str, RoleResult]:
    """By name; where two roles share one, the id stands behind it."""
    names = [role.name for role in process.roles]
    found: dict[str, RoleResult] = {}
    for role in process.roles:
        rows = [part.roles[role.id] for part in parts]
        name = role.name if names.count(role.name) == 1 else f"{role.name} ({role.id})"
        found[name] = RoleResult(
            role.id,
            _share([min(1.0, row.load) for row in rows]),
            estimate([row.wait for row in rows], "s", least=0.0),
            estimate([row.load for row in rows], "share", least=0.0),
            estimate([row.busy for row in rows], "people", least=0.0),
            estimate([row.uses for row in rows], "per case", least=0.0),
        )
    return found


def _task(parts: Sequence[Figures], name: str, cases: int) -> TaskResult:
    rows = [part.tasks[name] for part in parts]
    run = [row for row in rows if row.runs]
    return TaskResult(
        estimate([row.runs * cases for row in rows], "executions", least=0.0),
        estimate([(row.queue + row.lain) / row.runs for row in run], "s", least=0.0),
        estimate([row.work / row.runs for row in run], "s", least=0.0),
        estimate([row.queue / row.runs for row in run], "s", least=0.0),
    )


def _outcomes(parts: Sequence[Figures], names: Sequence[str]) -> dict[str, Estimate]:
    """The share of cases that end with each named outcome; `completed` where the flow simply runs out."""
    found = {name: _share([part.outcomes[k] for part in parts]) for k, name in enumerate(names, 1)}
    rest = [part.outcomes[0] for part in parts]
    if any(rest):
        found[f"{COMPLETED} (no end named)" if COMPLETED in found else COMPLETED] = _share(rest)
    return found
