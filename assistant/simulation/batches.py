"""Batches: work collected until there is enough of it, or until the next run.

Collected cases are released together to the role and worked on one by one; the setup is done once, with the first.
Runs `every` so often fall on whole multiples of that time (a fixed `every`) or follow one another at drawn distances.
"""

from __future__ import annotations

from heapq import heappush
from math import floor

from assistant.process.blocks import Batch
from assistant.process.durations import Fixed
from assistant.simulation.draws import Draws, generator, sampler, stream_key
from assistant.simulation.machine import Case, Go, Machine


def batched(machine: Machine, element: str, batch: Batch, first: Go, then: Go) -> Go:
    """Cases collected, then released: the first to `first`, the others to `then`."""
    if machine.process.volume is None and batch.size:
        machine.note(f"Without a volume nobody can say how long {element} waits for a full batch: it is not counted.")
    size = batch.size if machine.process.volume else None
    if size is None and batch.every is None:
        return first
    events, tick = machine.events, machine.tick
    at = machine.tally(element, lying=True)
    lying: list[tuple[float, Case]] = []
    run = _Runs(batch, machine.draws, element) if batch.every else None
    waiting_for = [-1.0]  # the run that is on the heap; a run that came too late for its cases is passed over

    def release(t: float) -> bool:
        cases, lying[:] = list(lying), []
        for number, (since, case) in enumerate(cases):
            case.sums[at] += 1.0
            case.sums[at + 1] += t - since
            (then if number else first)(t, case)
        return bool(cases)

    def due(t: float, _case: Case) -> None:
        if t == waiting_for[0]:
            waiting_for[0] = -1.0
            release(t)

    def go(t: float, case: Case) -> None:
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
    """When the runs of a batch are."""

    def __init__(self, batch: Batch, draws: Draws, element: str) -> None:
        self._every = batch.every
        self._draw = sampler(batch.every)
        self._generator = generator(stream_key(draws.seed, draws.replication, f"{element}/runs"), 0)
        self._next = 0.0

    def after(self, t: float) -> float:
        """The first run after `t`."""
        if isinstance(self._every, Fixed):
            every = self._every.mean_seconds
            return every * (floor(t / every) + 1) if every else t
        for _ in range(MOST_RUNS):
            if self._next > t:
                return self._next
            self._next += float(self._draw(self._generator, 1)[0])
        self._next = t
        return t
