"""From the tree of blocks to functions that play it, built from the end backwards: each step knows what comes after it.

Rules for what the tree leaves open: chances that are missing share what is left evenly, a loop without a chance does
not repeat; of any-of branches at least one is taken. An end inside a parallel branch ends that branch; the other
branches finish what they have begun, then the case is over, with the outcome that was reached first. An end inside a
called process ends that process, and the case goes on after the call. A process that calls itself is not entered a
second time.
"""

from __future__ import annotations

from heapq import heappush

from assistant.errors import InvalidProcess
from assistant.process.blocks import AnyOf, Block, Call, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.describe import name_of
from assistant.process.expected import MOST_AGAIN, again, branch_chances
from assistant.process.model import Process
from assistant.simulation.draws import chance, one_of, some_of
from assistant.simulation.jobs import Jobs
from assistant.simulation.machine import Case, Go, Machine, Place, union
from assistant.simulation.tail import Tails

MOST_STEPS = 20_000
DEEPEST = 150
BREATH = 8  # steps after which the play goes through the heap, so that calls do not pile up


class Builder:
    """Turns one process into the functions of one machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.process: Process = machine.process
        self.subs = {sub.id: sub for sub in self.process.subprocesses}
        self.jobs = Jobs(machine)
        self.tails: Tails | None = None
        self.count = 0

    def flow(self, finish: Go) -> Go:
        """The whole process; `finish` is called when a case is over. Raises InvalidProcess when it cannot be played."""
        if self.process.volume:
            self.tails = Tails(self.machine, self.jobs, finish)
        return self.sequence(self.process.flow, Place("", 0, False, finish), finish)

    def sequence(self, sequence: Sequence, place: Place, after: Go) -> Go:
        """The steps one after the other, then `after`."""
        after, items = self.tail(sequence.items, place, after)
        quick = BREATH if place.depth % 4 == 3 else 0
        for step in reversed(items):
            quick += 1
            if quick > BREATH:
                after, quick = self.machine.in_time(after), 0
            after = self.step(step, place, after)
            if after in self.machine.at_once:
                quick = 0
        return after

    def tail(self, items: tuple[Block, ...], place: Place, after: Go) -> tuple[Go, tuple[Block, ...]]:
        """The last of the steps, as many as can be played for all cases at once if that goes for `after`; the rest."""
        following = self.tails.at(after) if self.tails and not place.called else None
        if self.tails is None or following is None or not items or not self.tails.takes(items[-1]):
            return after, items
        own, after = self.tails.open(following)
        while items and self.tails.takes(items[-1]):
            own.steps.append(self.tails.step(items[-1]))
            items = items[:-1]
        return after, items

    def step(self, step: Block, place: Place, after: Go) -> Go:
        """One step, then `after`."""
        self.count += 1
        if place.depth > DEEPEST:
            raise InvalidProcess("The process is nested too deep to play.", f"Its blocks go deeper than {DEEPEST}.")
        if self.count > MOST_STEPS:
            raise InvalidProcess("The process is too large to play.", f"Calls open to more than {MOST_STEPS:,} steps.")
        match step:
            case Task():
                return self.jobs.task(step, place, after)
            case Choice():
                return self.choice(step, place, after)
            case AnyOf() | Parallel():
                return self.split(step, place, after)
            case Loop():
                return self.loop(step, place, after)
            case Wait():
                return self.jobs.lying(step.id, "wait", step.duration, place, after)
            case End():
                return self.end(step, place)
            case Call():
                return self.call(step, place, after)
        return self.sequence(step, place, after)

    def choice(self, step: Choice, place: Place, after: Go) -> Go:
        """Exactly one branch."""
        inner = place._replace(depth=place.depth + 1)
        ways = [self.sequence(branch.do, inner, after) for branch in step.branches]
        scope = place.scope
        draw = one_of(list(branch_chances(step)))
        column = self.machine.draws.column(scope, f"{place.prefix}{step.id}/branch", draw)

        def go(t: float, case: Case) -> None:
            ways[case.rows[scope][column]](t, case)

        return go

    def split(self, step: AnyOf | Parallel, place: Place, after: Go) -> Go:
        """Several branches at a time; on when the last is done."""
        machine, outermost, leave = self.machine, not place.tracked, place.exit
        open_ones, ended, last = machine.counter(), machine.counter(), machine.counter()

        def join(t: float, case: Case) -> None:
            counts = case.counts
            if t > counts[last]:
                counts[last] = t
            counts[open_ones] -= 1
            if counts[open_ones]:
                return
            t, counts[last] = counts[last], 0
            if outermost and case.spans:
                case.work += union(case.spans)
                case.spans = []
            if counts[ended]:
                counts[ended] = 0
                leave(t, case)
            else:
                after(t, case)

        def end(t: float, case: Case) -> None:
            case.counts[ended] = 1
            join(t, case)

        inner = place._replace(tracked=True, exit=end, depth=place.depth + 1)
        ways = [self.sequence(branch.do, inner, join) for branch in step.branches]
        if isinstance(step, AnyOf):
            return self._any_of(step, place, ways, open_ones)

        def go(t: float, case: Case) -> None:
            case.counts[open_ones] = len(ways)
            for way in ways:
                way(t, case)

        return go

    def _any_of(self, step: AnyOf, place: Place, ways: list[Go], open_ones: int) -> Go:
        scope, draw = place.scope, some_of(list(branch_chances(step)))
        column = self.machine.draws.column(scope, f"{place.prefix}{step.id}/branches", draw)

        def go(t: float, case: Case) -> None:
            mask = case.rows[scope][column]
            taken = [way for number, way in enumerate(ways) if mask >> number & 1]
            case.counts[open_ones] = len(taken)
            for way in taken:
                way(t, case)

        return go

    def loop(self, step: Loop, place: Place, after: Go) -> Go:
        """`do`, then while the chance says so `redo` and `do` again; each round has draws of its own."""
        if not again(step):
            return self.sequence(step.do, place._replace(depth=place.depth + 1), after)
        if (step.p or 0.0) > MOST_AGAIN:
            self.machine.note(
                f"For ever would go {name_of(step)}; it is played as repeating {MOST_AGAIN:.1%} of times."
            )
        machine = self.machine
        events, tick = machine.events, machine.tick
        scope, rounds = machine.draws.scope(), machine.counter()
        column = machine.draws.column(scope, f"{place.prefix}{step.id}/again", chance(again(step)))

        def enter(t: float, case: Case) -> None:
            case.rows[scope] = case.block.row(scope, case.counts[rounds], case.index)
            do(t, case)

        def repeat(t: float, case: Case) -> None:
            case.counts[rounds] += 1
            case.repeated = True
            heappush(events, (t, tick(), enter, case))

        def test(t: float, case: Case) -> None:
            if case.rows[scope][column]:
                redo(t, case)
            else:
                case.counts[rounds] += 1
                after(t, case)

        inner = place._replace(scope=scope, depth=place.depth + 1)
        redo = self.sequence(step.redo, inner, repeat)
        do = self.sequence(step.do, inner, test)
        return enter

    def end(self, step: End, place: Place) -> Go:
        """The end of the case, or of the called process."""
        leave = place.exit
        if place.called:
            return leave
        number = self.machine.outcome(step.outcome)

        def go(t: float, case: Case) -> None:
            if case.outcome < 0:
                case.outcome = number
            leave(t, case)

        return self.machine.in_time(go) if place.tracked else go  # the outcome reached first counts

    def call(self, step: Call, place: Place, after: Go) -> Go:
        """A process kept with this one is entered; one that is only named is a piece of work."""
        sub = self.subs.get(step.process) if step.process else None
        if sub is None:
            work = None if step.process else step.work
            named = Task(id=step.id, name=step.name, role=step.role, work=work, wait=step.wait)
            return self.jobs.task(named, place, after)
        if sub.id in place.calling:
            self.machine.note(
                f"{name_of(step)} calls a process that is already running; it is not entered a second time."
            )
            return self.jobs.lying(step.id, "wait", step.wait, place, after)
        inner = place._replace(
            prefix=f"{place.prefix}{step.id}/",
            exit=after,
            calling=(*place.calling, sub.id),
            called=True,
            depth=place.depth + 1,
        )
        go = self.sequence(sub.flow, inner, after)
        return self.jobs.lying(step.id, "wait", step.wait, place, go) if step.wait else go
