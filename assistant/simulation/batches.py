"""Batches: work collected until there is enough of it, or until the next run.

Collected cases are released together to the role and worked on one by one; the setup is done once, with the first.
Runs of a fixed `every` keep their days: those told, else another day in each replication, the same for all runs of one
role with that rhythm, since nobody said which. A case that comes to a step within a day of the run that released it
goes along where that step has its run on the same day. Other runs follow one another at drawn distances.
"""

from __future__ import annotations

from heapq import heappush
from math import floor
from typing import NamedTuple

from assistant.process.blocks import Batch, Task
from assistant.process.durations import Fixed
from assistant.process.model import DAYS
from assistant.simulation.clock import DAY, WEEK
from assistant.simulation.draws import Draws, generator, sampler, stream_key
from assistant.simulation.machine import Case, Go, Machine

GOLDEN = (5**0.5 - 1) / 2
"""Steps of this part of a whole fill it evenly, however many are taken (the additive recurrence of Weyl)."""
WORKING_DAYS = 5
NEARLY = 1e-6


class Days(NamedTuple):
    """When runs of a fixed rhythm are: at each of `starts` seconds after every multiple of `period`."""

    period: float
    starts: tuple[float, ...]

    def after(self, t: float) -> float:
        """The first run after `t`."""
        return min(self.period * (floor((t - start) / self.period) + 1) + start for start in self.starts)

    def along(self, t: float, released: float) -> bool:
        """Whether a case that comes at `t`, released by a run before, is still in time for the run of that day."""
        if not released <= t < released + min(DAY, self.period):
            return False
        return any(abs((released - start + NEARLY) % self.period) < 2 * NEARLY for start in self.starts)


def days_of(task: Task, draws: Draws) -> Days | None:
    """The days of a task's runs in a replication; None where they follow no fixed rhythm."""
    batch = task.batch
    if batch is None:
        return None
    if batch.on:
        return Days(WEEK, tuple(DAYS.index(day) * DAY for day in batch.on.split(",")))
    if not isinstance(batch.every, Fixed) or not batch.every.value:
        return None
    period = batch.every.mean_seconds
    return Days(period, (_first_day(period, f"{period:g}/{task.role}/runs", draws) * DAY,))


def _first_day(period: float, name: str, draws: Draws) -> int:
    """On which of its days a rhythm of some days begins: in whole weeks on a working day."""
    days = int(period / DAY + NEARLY)
    if days <= 1:
        return 0
    start = generator(stream_key(draws.seed, 0, name), 0).random()
    where = (start + GOLDEN * draws.replication) % 1.0
    if days % 7:
        return int(where * days)
    week, day = divmod(int(where * (days // 7) * WORKING_DAYS), WORKING_DAYS)
    return week * 7 + day


def batched(machine: Machine, task: Task, batch: Batch, first: Go, then: Go) -> Go:
    """Cases collected, then released: the first to `first`, the others to `then`."""
    element = task.id
    if machine.process.volume is None and batch.size:
        machine.note(f"Without a volume nobody can say how long {element} waits for a full batch: it is not counted.")
    size = batch.size if machine.process.volume else None
    if size is None and batch.every is None:
        return first
    events, tick = machine.events, machine.tick
    at = machine.tally(element, lying=True)
    lying: list[tuple[float, Case]] = []
    days = days_of(task, machine.draws)
    run = days or (_Runs(batch, machine.draws, element) if batch.every else None)
    rode = [-1.0]  # the last run with which cases went along
    waiting_for = [-1.0]  # the run that is on the heap; a run that came too late for its cases is passed over

    def release(t: float) -> bool:
        cases, lying[:] = list(lying), []
        for number, (since, case) in enumerate(cases):
            case.sums[at] += 1.0
            case.sums[at + 1] += t - since
            case.run = t
            (then if number else first)(t, case)
        return bool(cases)

    def due(t: float, _case: Case) -> None:
        if t == waiting_for[0]:
            waiting_for[0] = -1.0
            release(t)

    def go(t: float, case: Case) -> None:
        if days is not None and days.along(t, case.run):
            case.sums[at] += 1.0
            way, rode[0] = (then if rode[0] == case.run else first), case.run
            way(t, case)
            return
        lying.append((t, case))
        if size is not None and len(lying) >= size:
            waiting_for[0] = -1.0
            release(t)
        elif run is not None and waiting_for[0] < 0:
            waiting_for[0] = run.after(t)
            heappush(events, (waiting_for[0], tick(), due, case))

    machine.flushes.append(release)
    return machine.in_time(go)


MOST_RUNS = 10_000  # empty runs passed over at a time; runs that follow more closely are no wait


class _Runs:
    """When runs at drawn distances are."""

    def __init__(self, batch: Batch, draws: Draws, element: str) -> None:
        self._draw = sampler(batch.every)
        self._generator = generator(stream_key(draws.seed, draws.replication, f"{element}/runs"), 0)
        self._next = 0.0

    def after(self, t: float) -> float:
        """The first run after `t`."""
        for _ in range(MOST_RUNS):
            if self._next > t:
                return self._next
            self._next += float(self._draw(self._generator, 1)[0])
        self._next = t
        return t
