"""The end of the flow, past the last queue: played for all cases at once when the rest of the play is over.

Where cases cannot get in one another's way any more (nobody waits for a person, batches go at fixed times) the order in
which they come does not matter. Such steps, if nothing but such steps follows, are left out of the event list: a case
that gets there is put aside with its time, and afterwards each step takes its cases as arrays, a slab of many at a time
so that it needs little memory. The draws, the rules and the sums are those of the other way to play.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.process.blocks import Block, Choice, End, Sequence, Task, Wait
from assistant.process.durations import Duration
from assistant.process.expected import branch_chances
from assistant.process.tree import tasks
from assistant.simulation.batches import Days, days_of
from assistant.simulation.draws import BLOCK, Constant, Floats, Sampler, moved, one_of, sampler, stream_key
from assistant.simulation.jobs import Jobs
from assistant.simulation.machine import Case, Go, Machine
from assistant.simulation.work import Option

Numbers = NDArray[np.int64]
Step = Callable[[Numbers], Numbers]  # the cases that come to a step → those that go on
DEEPEST = 20
NEVER = DEEPEST + 1
SLAB = 48 * BLOCK  # cases played at once: enough for NumPy to be quick, few enough for the memory


class Book:
    """What is known of cases that follow one another: their times, work, costs (float32) and outcomes; and the sums.

    The cases `counted` are entered into the rows of `sums`, `chunk` of them in each; all others into the
    last row. `first` is the number of the first case of the arrays.
    """

    def __init__(
        self, times: Floats, works: Floats, costs: NDArray[np.float32], outcomes: NDArray[np.int16], sums: Floats,
        counted: slice, chunk: int, first: int = 0,
    ) -> None:  # fmt: skip
        self.times, self.works, self.costs, self.outcomes = times, works, costs, outcomes
        self.sums, self.counted, self.chunk, self.first = sums, counted, chunk, first

    @cached_property
    def rows(self) -> Numbers:
        """The row of each case."""
        numbers = np.arange(self.first, self.first + len(self.times))
        rows: Numbers = (numbers - self.counted.start) // self.chunk
        rows[(numbers < self.counted.start) | (numbers >= self.counted.stop)] = len(self.sums) - 1
        return rows

    def slab(self, first: int) -> Book:
        """The page of the cases from number `first` on, at most SLAB of them; it writes into this book."""
        part = slice(first, first + SLAB)
        arrays = self.times[part], self.works[part], self.costs[part], self.outcomes[part]
        return Book(*arrays, self.sums, self.counted, self.chunk, first)

    def enter(self, at: int, who: Numbers, *amounts: Floats) -> None:
        """One execution of each case from `at` on, and behind it the amounts."""
        rows, n = self.rows[who], len(self.sums)
        self.sums[:, at] += np.bincount(rows, minlength=n)
        for place, amount in enumerate(amounts, 1):
            self.sums[:, at + place] += np.bincount(rows, amount, minlength=n)


class Tail:
    """Steps played at once, kept from last to first, the cases put aside before them, and the tail that follows."""

    def __init__(self, after: Tail | None) -> None:
        self.after = after
        self.steps: list[Step] = []
        self.aside = array("i")
        self.handed: list[Numbers] = []


class Tails:
    """The tails of one machine. `finish` ends a case; it is the place where they all lead."""

    def __init__(self, machine: Machine, jobs: Jobs, finish: Go) -> None:
        self.machine = machine
        self._jobs = jobs
        self._finish = finish
        self._at: dict[Go, Tail] = {finish: Tail(None)}
        self._heights: dict[int, int] = {}
        self._book: Book

    def at(self, go: Go) -> Tail | None:
        """The tail that begins with `go`, if one does."""
        return self._at.get(go)

    def open(self, after: Tail) -> tuple[Tail, Go]:
        """A new tail that leads to another, and what puts a case aside before it."""
        tail, finish = Tail(after), self._finish
        aside = tail.aside.append

        def enter(t: float, case: Case) -> None:
            finish(t, case)
            aside(case.number)

        self._at[enter] = tail
        return tail, enter

    def takes(self, step: Block) -> bool:
        """Whether the step, with all it holds, can be played for all cases at once."""
        return self._height(step) <= DEEPEST

    def _height(self, step: Block) -> int:
        if (known := self._heights.get(id(step))) is None:
            known = self._heights[id(step)] = self._measured(step)
        return known

    def _measured(self, step: Block) -> int:
        match step:
            case Task():
                return 0 if self._alone(step) else NEVER
            case Wait() | End():
                return 0
            case Sequence():
                return max((self._height(item) for item in step.items), default=0)
            case Choice():
                return 1 + max(self._height(branch.do) for branch in step.branches)
        return NEVER

    @cached_property
    def _several_runs(self) -> bool:
        """Whether a case released by one run may go along with another."""
        return sum(task.batch is not None for task in tasks(self.machine.process)) > 1

    def _alone(self, task: Task) -> bool:
        """Whether nobody else's case matters to a task, and no errors are made or found at it."""
        batch, pools = task.batch, self.machine.pools
        if task.or_roles or task.error_rate or self._jobs.undetected.found_at(task):
            return False
        if batch and (task.setup or batch.size or self._several_runs or days_of(task, self.machine.draws) is None):
            return False
        return all(pools[name].free is None for name in (task.role, *task.with_roles) if name and name in pools)

    def step(self, step: Block) -> Step:
        """A step that is taken, as a function of the cases that come to it."""
        match step:
            case Task():
                return self._task(step)
            case Wait():
                return self._lying(step.id, "wait", step.duration)
            case End():
                return self._end(step)
            case Choice():
                return self._choice(step)
            case Sequence():
                return _one_after_the_other([self.step(item) for item in reversed(step.items)])
        raise TypeError(f"{type(step).__name__} is not played for all cases at once")

    def _task(self, task: Task) -> Step:
        steps = [self._work(task, self._jobs.options(task)[0])]
        if (days := days_of(task, self.machine.draws)) is not None:
            steps.append(self._runs(task.id, days))
        if task.wait:
            steps.append(self._lying(task.id, "wait", task.wait))
        return _one_after_the_other(steps)

    def _work(self, task: Task, option: Option) -> Step:
        _, clock, rate, fixed, at = option
        work = self._draws(f"{task.id}/work", sampler(task.work))
        setup = self._draws(f"{task.id}/setup", sampler(task.setup)) if task.setup else None

        def go(who: Numbers) -> Numbers:
            book = self._book
            asked = start = book.times[who]
            seconds = work(who) if setup is None else work(who) + setup(who)
            if clock is None:
                end = start + seconds
            else:
                start, end = clock.worked(asked, seconds)
            book.enter(at, who, start - asked, seconds)
            book.times[who] = end
            book.works[who] += seconds
            book.costs[who] += fixed + rate * seconds
            return who

        return go

    def _lying(self, element: str, name: str, duration: Duration | None) -> Step:
        at = self.machine.tally(element, lying=True)
        drawn = self._draws(f"{element}/{name}", sampler(duration))

        def go(who: Numbers) -> Numbers:
            seconds = drawn(who)
            self._book.enter(at, who, seconds)
            self._book.times[who] += seconds
            return who

        return go

    def _runs(self, element: str, days: Days) -> Step:
        """Each case waits for the first run after it has come."""
        at = self.machine.tally(element, lying=True)

        def go(who: Numbers) -> Numbers:
            came = self._book.times[who]
            every = days.period
            run = np.min([every * (np.floor((came - start) / every) + 1) + start for start in days.starts], axis=0)
            self._book.enter(at, who, run - came)
            self._book.times[who] = run
            return who

        return go

    def _choice(self, choice: Choice) -> Step:
        ways = [self.step(branch.do) for branch in choice.branches]
        taken = self._draws(f"{choice.id}/branch", one_of(list(branch_chances(choice))))

        def go(who: Numbers) -> Numbers:
            way_of = taken(who)
            return np.concatenate([way(who[way_of == number]) for number, way in enumerate(ways)])

        return go

    def _end(self, end: End) -> Step:
        number = self.machine.outcome(end.outcome)

        def go(who: Numbers) -> Numbers:
            self._book.outcomes[who] = number
            return who[:0]

        return go

    def _draws(self, name: str, draw: Sampler) -> Callable[[Numbers], NDArray[Any]]:
        draws = self.machine.draws
        key = stream_key(draws.seed, draws.replication, name)

        def values(who: Numbers) -> NDArray[Any]:
            if isinstance(draw, Constant):
                return np.full(len(who), draw.value)
            first, cases = self._book.first // BLOCK, len(self._book.times)
            found = [draw(moved(key, first + number), BLOCK) for number in range(-(-cases // BLOCK))]
            return np.concatenate(found)[who]

        return values

    def play(self, book: Book) -> None:
        """Play all cases that were put aside to their end."""
        tails = [(tail, np.frombuffer(tail.aside, dtype=np.int32)) for tail in reversed(self._at.values())]
        for _, aside in tails:
            aside.sort()
        for first in range(0, len(book.times), SLAB):
            self._book = book.slab(first)
            for tail, aside in tails:  # one that leads to another was made after it
                low, high = aside.searchsorted((first, first + SLAB))
                who = np.concatenate([aside[low:high].astype(np.int64) - first, *tail.handed])
                tail.handed.clear()
                who = _one_after_the_other(tail.steps)(who)
                if tail.after and len(who):
                    tail.after.handed.append(who)


def _one_after_the_other(steps: list[Step]) -> Step:
    """Steps kept from last to first as one."""

    def go(who: Numbers) -> Numbers:
        for step in reversed(steps):
            if not len(who):
                break
            who = step(who)
        return who

    return go
