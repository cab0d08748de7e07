"""Simulating processes: replications, shared random numbers, several processor cores.

The same process, cases, replications and seed give the same result to the last bit, whatever the number of workers:
every replication has random numbers of its own, and the results are put together in order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import NamedTuple

from assistant.errors import UsageError
from assistant.process.model import Process
from assistant.simulation.cores import cores, play_all
from assistant.simulation.figures import loads
from assistant.simulation.notes import may_queue
from assistant.simulation.play import Played, Run, play
from assistant.simulation.relief import relief_note, relieved, with_told_loads, without_told_queues
from assistant.simulation.results import Result, moved
from assistant.simulation.summary import settled, summarise

PILOT = 200
LEAST_PILOT = 20
PILOT_REPLICATION = -1
LEAD_OVER_LITTLE = 1.5
RELAXATIONS = 3.0
HIGHEST_LOAD = 0.98
BESIDE = (
    "Today's figures are those that `assistant simulate` gives. What is compared with them was played beside today "
    "with one warm-up for all, so that a changed process played alone may come out a little differently."
)
"""What the reader of processes played together must know when they do not all need the same warm-up."""


class WarmUp(NamedTuple):
    """Cases before the counted ones, after them, and from the first on until as many are under way as ever will."""

    lead: int
    trail: int
    fill: int


def simulate(
    process: Process, *, cases: int = 1000, replications: int = 20, seed: int = 1, workers: int | None = None
) -> Result:
    """Play a process `replications` times with `cases` counted cases each, on `workers` cores (None: as fits).

    Raises UsageError when a number does not fit and InvalidProcess when some work can be done by nobody.
    """
    return simulate_all({"": process}, cases=cases, replications=replications, seed=seed, workers=workers)[""]


def simulate_all(
    processes: Mapping[str, Process],
    *,
    cases: int = 1000,
    replications: int = 20,
    seed: int = 1,
    workers: int | None = None,
    alone: Result | None = None,
) -> dict[str, Result]:
    """Play several processes on common random numbers, with the same warm-up, so that they can be compared in pairs.

    The first process has the figures of a play of its own, whatever stands beside it; the others' are these and the
    paired difference. `workers` is a number of processor cores; None uses a second one where it can be had at once and
    there is enough to play; the result is the same. `alone` is what the same play of the first process by itself gave,
    where it was made before: then it is not made again. Raises UsageError when a number does not fit and InvalidProcess
    when some work can be done by nobody.
    """
    if cases < 1 or replications < 2 or (workers is not None and workers < 1):
        raise UsageError(
            "The simulation needs at least one case, two replications and one worker.",
            f"Asked for: {cases} cases, {replications} replications, {workers} workers.",
        )
    if not processes:
        return {}
    names = list(processes)
    first = processes[names[0]]
    busy = relieved(first)[1]
    processes = {name: without_told_queues(process, first, busy) for name, process in processes.items()}
    eased = {name: relieved(process) for name, process in processes.items()}
    as_told = dict(processes)
    notes = {name: relief_note(processes[name], roles) for name, (_, roles) in eased.items() if roles}
    processes = {name: process for name, (process, _) in eased.items()}
    needs = [warm_up(process, cases, seed) for process in processes.values()]
    need = WarmUp(*(max(counts) for counts in zip(*needs, strict=True)))
    if workers is None:
        workers = cores(list(processes.values()), _runs(seed, replications, cases, need))
    sets = _played(list(processes.values()), _runs(seed, replications, cases, need), workers)
    cuts = [settled(plays) if own.lead else 0 for plays, own in zip(sets, needs, strict=True)]
    cut, own_cut = max(cuts), cuts[0]
    if needs[0] == need and own_cut == cut:
        alone = None
    elif alone is not None:
        alone = replace(alone, notes=tuple(note for note in alone.notes if note != notes.get(names[0])))
    elif needs[0] != need:
        first = processes[names[0]]
        (again,) = _played([first], _runs(seed, replications, cases, needs[0]), workers)
        alone = summarise(first, again, settled(again) if needs[0].lead else 0)
    else:
        alone = summarise(processes[names[0]], deepcopy(sets[0]), own_cut)  # to sum a play up uses it up
    found = {
        name: summarise(process, plays, cut)
        for (name, process), plays in zip(processes.items(), sets, strict=True)
    }  # fmt: skip
    if alone is not None:
        found = _beside(alone, found)
    return {
        name: replace(
            result,
            notes=(*result.notes, notes[name]) if name in notes else result.notes,
            roles=with_told_loads(as_told[name], eased[name][1], result.roles),
        )
        for name, result in found.items()
    }


def _runs(seed: int, replications: int, cases: int, need: WarmUp) -> list[Run]:
    return [Run(seed, number, cases, *need) for number in range(replications)]


def _played(processes: list[Process], runs: list[Run], workers: int) -> list[list[Played]]:
    """Every process played once for each run."""
    jobs = [(index, run) for index in range(len(processes)) for run in runs]
    played = play_all(processes, jobs, workers)
    return [played[index * len(runs) : (index + 1) * len(runs)] for index in range(len(processes))]


def _beside(alone: Result, found: Mapping[str, Result]) -> dict[str, Result]:
    """The results with the first process as in a play of its own, and the others as far from it as side by side.

    A process played alone needs less warm-up than it may beside another, and one process must not have two figures.
    Where its queues grow with every case played there is nothing to hold the others against: they stay as they are.
    The play side by side is the control variate (Law, Simulation Modeling and Analysis, 5th ed., 11.4).
    """
    (name, side), *others = found.items()
    first = replace(alone, series=side.series, notes=(*alone.notes, BESIDE))
    if alone.endless:
        return {name: first, **dict(others)}
    return {name: first, **{other: moved(result, side, alone) for other, result in others}}


def warm_up(process: Process, cases: int, seed: int) -> WarmUp:
    """How many cases are to run before the counted ones and after them, from a short play of their own.

    Before: one and a half times the cases under way at a time (Little's law) as far as they may still queue, so that
    late queues are as long as early ones, and three relaxation times of the busiest pool, rho / (1 - sqrt rho)^2
    services (Cohen, The Single Server Queue, 1982), so that queues have grown; a pool with too much work never settles
    and is not waited for. After: as many again, but at most the cases under way once, where cases get in one another's
    way at all. Each at most `cases`. Only the number of cases under way needs longer to settle, until one and a half
    times as many have come: it is counted from then on, over half of the counted cases or more.
    """
    if process.volume is None:
        return WarmUp(0, 0, 0)
    played = play(process, Run(seed, PILOT_REPLICATION, min(PILOT, max(cases, LEAST_PILOT))))
    span, queues = float(played.starts[-1]), may_queue(process)
    rate = len(played.starts) / span if span > 0 else 0.0
    under_way = rate * float((played.ends - played.starts).mean())
    settling = LEAD_OVER_LITTLE * (rate * played.queueing if queues else under_way)
    fill = math.ceil(LEAD_OVER_LITTLE * under_way)
    rho = max(loads(process, played).values(), default=0.0)
    relax = 0.0 if rho >= 1 else RELAXATIONS * rho / (1 - math.sqrt(min(rho, HIGHEST_LOAD))) ** 2
    lead = min(cases, max(1, math.ceil(settling), math.ceil(relax), fill - cases // 2))
    return WarmUp(lead, min(cases, math.ceil(min(settling, under_way))) if queues else 0, fill)


def play_once(process: Process, *, cases: int, seed: int, lead: int = 0) -> Result:
    """One short play, always on the same random numbers for a seed: to see what another figure would change.

    Raises InvalidProcess when some work can be done by nobody.
    """
    process, _ = relieved(process)
    return summarise(process, [play(process, Run(seed, 0, cases, lead))], 0)
