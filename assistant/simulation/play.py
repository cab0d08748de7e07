"""One replication: cases come, run through the process and leave; what happened is kept in arrays.

Cases are numbered in order of arrival. The first `lead` of them warm the process up and those after the counted ones
keep it busy until the last counted case is over; neither is counted. The counted cases fall into chunks, so that more
of the beginning can be cut off afterwards.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop

import numpy as np
from numpy.typing import NDArray

from assistant.errors import AssistantError
from assistant.process.collector import collector_at_rest
from assistant.process.model import Process
from assistant.simulation.arrivals import Arrivals, Starts
from assistant.simulation.build import Builder
from assistant.simulation.draws import BLOCK, Block, Draws, Floats, one_of
from assistant.simulation.machine import Case, Go, Machine, Tally
from assistant.simulation.tail import SLAB, Book

CHUNKS = 50
ERROR, REPEATED = 1, 2


@dataclass(frozen=True)
class Run:
    """What one replication is to play: `cases` counted ones after `lead`, and at most `trail` after them.

    Cases under way are counted from the arrival of case number `fill` on, but over half of the counted ones at least.
    """

    seed: int
    replication: int
    cases: int
    lead: int = 0
    trail: int = 0
    fill: int = 0

    @property
    def chunk(self) -> int:
        """Counted cases in one chunk."""
        return max(1, -(-self.cases // CHUNKS))


@dataclass(frozen=True)
class Played:
    """What happened. Arrays run over all cases that came, in order of arrival; times in seconds, costs in currency.

    `ends` is NaN for a case that was still open when the play stopped. `queueing` is the mean time from the arrival of
    a counted case until nobody else can hold it up any more. `sums` has a row for every chunk of counted cases;
    `tallies` say what its columns are.
    """

    run: Run
    starts: Floats
    ends: Floats
    works: Floats
    costs: NDArray[np.float32]
    marks: bytearray
    outcomes: NDArray[np.int16]
    sums: Floats
    tallies: tuple[Tally, ...]
    names: tuple[str, ...]
    notes: tuple[str, ...]
    queueing: float


def play(process: Process, run: Run, builder: Callable[[Machine], Builder] = Builder) -> Played:
    """Play a process once. Raises InvalidProcess when some work can be done by nobody.

    `builder` makes what is played; one of its own may look on (see `trace`). The garbage collector rests meanwhile:
    cases hold no cycles, and looking for some takes an eighth of the time.
    """
    with collector_at_rest():
        return _Play(process, run, builder).go()


class _Play:
    def __init__(self, process: Process, run: Run, builder: Callable[[Machine], Builder]) -> None:
        self.run = run
        self.machine = Machine(process, run.seed, run.replication)
        self.total = run.lead + run.cases + run.trail
        self.open = run.cases
        self.ends = array("d", [float("nan")]) * self.total
        self.works = array("d", [0.0]) * self.total
        self.costs = array("f", [0.0]) * self.total
        self.marks = bytearray(self.total)
        self.outcomes = array("h", [-1]) * self.total
        self.starts = array("d")
        self.builder = builder(self.machine)
        self.first = self.builder.flow(self._finish())
        self.priorities = _priorities(process, self.machine.draws)
        width = self.machine.width
        self.spare = [0.0] * width
        self.chunks = [[0.0] * width for _ in range(-(-run.cases // run.chunk))]

    def _sums(self, first: int) -> list[list[float]]:
        """The sums into which a block of cases from number `first` on is entered, one for each case."""
        run, found = self.run, list[list[float]]()
        place, end = first - run.lead, min(first + BLOCK, self.total) - run.lead
        while place < end:
            sums, stop = self.spare, end if place >= 0 else min(end, 0)
            if 0 <= place < run.cases:
                sums, stop = self.chunks[place // run.chunk], min(end, run.cases, (place // run.chunk + 1) * run.chunk)
            found += [sums] * (stop - place)
            place = stop
        return found

    def _finish(self) -> Go:
        ends, works, costs, marks, outcomes = self.ends, self.works, self.costs, self.marks, self.outcomes
        low, high = self.run.lead, self.run.lead + self.run.cases

        def finish(t: float, case: Case) -> None:
            number = case.number
            ends[number] = t
            works[number] = case.work
            costs[number] = case.cost
            if case.errors or case.repeated:
                marks[number] = (ERROR if case.errors else 0) | (REPEATED if case.repeated else 0)
            if case.outcome >= 0:
                outcomes[number] = case.outcome
            if low <= number < high:
                self.open -= 1

        return finish

    def go(self) -> Played:
        if self.machine.process.volume:
            self._in_a_stream()
        else:
            self._one_by_one()
        return self._played()

    def _in_a_stream(self) -> None:
        machine, first = self.machine, self.machine.now(self.first)
        events, draws, begun = machine.events, machine.draws, self.starts.append
        arrivals = Arrivals(machine.process, draws)
        blank: list[tuple[object, ...]] = [()] * len(draws.scopes)
        counts, priorities = [0] * machine.counters, self.priorities
        for number in range(0, self.total, BLOCK):
            block = Block(draws, number // BLOCK, self.total - number)
            rows, sums_of = block.first(0), self._sums(number)
            for index, start in enumerate(arrivals.block(block.number)[: self.total - number]):
                while events and events[0][0] <= start:
                    t, _, on, case = heappop(events)
                    on(t, case)
                if not self.open:
                    return
                begun(start)
                own = blank.copy()
                own[0] = rows[index]
                case = Case(number + index, start, block, index, own, counts.copy(), sums_of[index])
                if priorities:
                    case.priority = priorities[0][rows[index][priorities[1]]]
                first(start, case)
        self._drain(self.starts[-1])

    def _one_by_one(self) -> None:
        machine, draws = self.machine, self.machine.draws
        starts, t = Starts(machine.process, draws), 0.0
        block, sums_of = Block(draws, 0, self.total), self._sums(0)
        for number in range(self.run.lead + self.run.cases):
            if number % BLOCK == 0:
                block, sums_of = Block(draws, number // BLOCK, self.total - number), self._sums(number)
            index = number % BLOCK
            start = starts.after(number, t)
            self.starts.append(start)
            own: list[tuple[object, ...]] = [()] * len(draws.scopes)
            own[0] = block.first(0)[index]
            case = Case(number, start, block, index, own, [0] * machine.counters, sums_of[index])
            self.first(start, case)
            self._drain(start, everything=True)
            t = self.ends[number]

    def _drain(self, t: float, everything: bool = False) -> float:
        """Play on with nobody new until the counted cases are over; batches that no longer fill up are let go."""
        events = self.machine.events
        while True:
            while events and (self.open or everything):
                t, _, on, case = heappop(events)
                on(t, case)
            if events:
                break
            let_go = [flush(t) for flush in self.machine.flushes]
            if not any(let_go):
                break
        if self.open and not everything:
            raise AssistantError("The simulation stopped with cases still open.", f"{self.open} of {self.run.cases}.")
        return t

    def _played(self) -> Played:
        run, came = self.run, len(self.starts)
        ends, works = (np.frombuffer(end)[:came] for end in (self.ends, self.works))
        costs = np.frombuffer(self.costs, dtype=np.float32)[:came]
        outcomes = np.frombuffer(self.outcomes, dtype=np.int16)[:came]
        counted = slice(run.lead, run.lead + run.cases)
        starts, sums = np.frombuffer(self.starts), np.array([*self.chunks, self.spare])
        queueing = float(cycle_sums(run, starts, ends).sum()) / run.cases
        if self.builder.tails:
            self.builder.tails.play(Book(ends, works, costs, outcomes, sums, counted, run.chunk))
        ends[ends > np.max(ends[counted])] = np.nan  # these cases ran ahead and were still open
        return Played(
            run,
            starts,
            ends,
            works,
            costs,
            self.marks[:came] if came < self.total else self.marks,
            outcomes,
            sums[:-1],
            tuple(self.machine.tallies),
            tuple(self.machine.outcomes),
            tuple(self.machine.notes),
            queueing,
        )


def cycle_sums(run: Run, starts: Floats, ends: Floats) -> Floats:
    """The cycle times of each chunk of counted cases, added up, without an array of them all."""
    piece, found = max(1, SLAB // run.chunk) * run.chunk, []
    for low in range(run.lead, run.lead + run.cases, piece):
        part = slice(low, min(low + piece, run.lead + run.cases))
        cycles = ends[part] - starts[part]
        found.append(np.add.reduceat(cycles, np.arange(0, len(cycles), run.chunk)))
    return np.concatenate(found)


def _priorities(process: Process, draws: Draws) -> tuple[list[int], int] | None:
    """The priorities of the kinds of cases and where a case's kind is drawn; None when all are alike."""
    classes = process.volume.classes if process.volume else ()
    if not any(case_class.priority for case_class in classes):
        return None
    shares, priorities = [case_class.share for case_class in classes], [case_class.priority for case_class in classes]
    if (rest := 1 - sum(shares)) > 0:
        shares, priorities = [*shares, rest], [*priorities, 0]
    total = sum(shares)
    return priorities, draws.column(0, "class", one_of([share / total for share in shares]))
