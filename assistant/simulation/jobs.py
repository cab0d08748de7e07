"""Tasks: the time a case lies before, who can do the work, batches, and errors that are made and found.

Errors, by these rules:
- one execution of a task leaves an error with chance `error_rate`; done again without one, the task's error is gone;
- an error with `found_at` is found when the case has been through that step; one without is found by the next control
  (`is_control`) the case has been through; the erring task's work is then done again, by its role, and done right;
- a control that errs itself finds nothing that time. What nobody finds is still there when the case ends.
"""

from __future__ import annotations

from heapq import heappush

from assistant.errors import InvalidProcess
from assistant.process.blocks import Task
from assistant.process.durations import Duration
from assistant.process.model import Process
from assistant.process.tree import tasks
from assistant.simulation import work
from assistant.simulation.batches import batched
from assistant.simulation.clock import Clock, together
from assistant.simulation.draws import chance, sampler
from assistant.simulation.machine import Case, Go, Machine, Place, Pool
from assistant.simulation.queues import in_order
from assistant.simulation.undetected import Undetected, leaves


def is_ordered(process: Process, found: list[Task]) -> bool:
    """Whether some work goes before other work: cases or tasks differ in priority."""
    classes = process.volume.classes if process.volume else ()
    of_cases = {case_class.priority for case_class in classes if case_class.share > 0}
    if sum(case_class.share for case_class in classes) < 1 - 1e-9:
        of_cases.add(0)
    return len(of_cases) > 1 or len({task.priority or 0 for task in found if task.role}) > 1


def _common(clocks: list[Clock]) -> Clock | None:
    """The hours in which all are at work; None when they never are."""
    common: Clock | None = clocks[0]
    for clock in clocks[1:]:
        common = together(common, clock) if common else None
    return common


def _rate(team: tuple[Pool, ...]) -> float:
    return sum(pool.role.cost_per_hour or 0.0 for pool in team) / 3600


def _fixed(team: tuple[Pool, ...]) -> float:
    return sum(pool.role.cost_per_use or 0.0 for pool in team)


class Jobs:
    """Turns the tasks of one process into functions of its machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.tasks = tasks(machine.process)
        self.ordered = is_ordered(machine.process, self.tasks)
        self.undetected = Undetected(machine.process)

    def task(self, step: Task, place: Place, after: Go) -> Go:
        """A task with all that belongs to it, then `after`."""
        then = self._errors(step, place, after)
        if place.tracked and then is not after:  # errors are made and found in the order of time, whoever runs ahead
            then = self.machine.in_time(then)
        own = () if step.batch else (self._column(place, f"{step.id}/setup", step.setup),) if step.setup else ()
        column = self._column(place, f"{step.id}/work", step.work)
        go = self._job(step, place, (column, *own), then)
        if step.batch:
            first = go
            if step.setup and not (step.batch.every or (step.batch.size and self.machine.process.volume)):
                self.machine.note(
                    f"How many cases a run of {step.name} holds is not known: its setting up is left out."
                )
            elif step.setup:
                setup = self._column(place, f"{step.id}/setup", step.setup)
                first = self._job(step, place, (column, setup), then)
            go = batched(self.machine, step, step.batch, first, go)
        return self.lying(step.id, "wait", step.wait, place, go) if step.wait else go

    def lying(self, element: str, name: str, duration: Duration | None, place: Place, after: Go) -> Go:
        """The case lies for a while, then `after`."""
        machine = self.machine
        scope = place.scope
        column = self._column(place, f"{element}/{name}", duration)
        at = machine.tally(element, lying=True)
        total = at + 1

        def go(t: float, case: Case) -> None:
            seconds = case.rows[scope][column]
            sums = case.sums
            sums[at] += 1.0
            sums[total] += seconds
            after(t + seconds, case)

        return go

    def _job(self, step: Task, place: Place, columns: tuple[int, ...], after: Go) -> Go:
        options = self.options(step)
        job = work.Job(place.scope, columns, options, place.tracked, step.priority or 0)
        limited = any(pool.free is not None for option in options for pool in option.pools)
        if self.ordered and limited:
            return in_order(self.machine, job, after)
        return work.work(self.machine, job, after)

    def options(self, step: Task) -> tuple[work.Option, ...]:
        """The sets of roles that can do a task, in order. Raises InvalidProcess when there is nobody."""
        pools, found = self.machine.pools, []
        for lead in (step.role, *step.or_roles) if step.role or step.or_roles else (None,):
            team = tuple(pools[name] for name in dict.fromkeys((lead, *step.with_roles)) if name and name in pools)
            clocks = [pool.clock for pool in team if pool.clock]
            common = _common(clocks) if clocks else None
            if any(pool.capacity == 0 for pool in team) or (clocks and common is None):
                continue
            at = self.machine.tally(step.id, [pool.role.id for pool in team])
            found.append(work.Option(team, common, _rate(team), _fixed(team) + (step.cost or 0.0), at))
        if not found:
            raise InvalidProcess(
                f"Nobody can do the task {step.name!r} ({step.id}).",
                "Its roles have no people, or are never at work at the same time.",
                "Give the role at least one person, or hours that overlap.",
            )
        return tuple(found)

    def _errors(self, step: Task, place: Place, after: Go) -> Go:
        """What is found once a task is done, and what the task itself leaves behind."""
        go = self._finding(step, place, after)
        if not step.error_rate:
            return go
        scope, name = place.scope, step.id
        column = self.machine.draws.column(scope, f"{place.prefix}{name}/error", chance(step.error_rate))
        stays = leaves(step)
        missed = after if step.is_control else go

        def erring(t: float, case: Case) -> None:
            if case.rows[scope][column]:
                if stays and name not in case.errors:
                    case.errors = (*case.errors, name)
                missed(t, case)
            else:
                if name in case.errors:
                    case.errors = tuple([other for other in case.errors if other != name])
                go(t, case)

        return erring

    def _finding(self, step: Task, place: Place, after: Go) -> Go:
        """The errors that come to light at a step are mended one after the other, then `after`."""
        here = self.undetected.found_at(step)
        if not here:
            return after
        again: dict[str, Go] = {}
        events, tick = self.machine.events, self.machine.tick

        def find(t: float, case: Case) -> None:
            for name in case.errors:
                if (go := again.get(name)) is not None:
                    case.errors = tuple([other for other in case.errors if other != name])
                    case.repeated = True
                    heappush(events, (t, tick(), go, case))
                    return
            after(t, case)

        then = self.machine.in_time(find) if place.tracked else find
        again.update((other.id, self._mend(step, other, place, then)) for other in here)
        return find

    def _mend(self, at: Task, step: Task, place: Place, after: Go) -> Go:
        """The work of `step` done again because its error was found at `at`."""
        machine = self.machine
        scope, times, prefix = machine.draws.scope(), machine.counter(), f"{place.prefix}{at.id}/"
        inner = place._replace(scope=scope, prefix=prefix)
        column = self._column(inner, f"{step.id}/again", step.work)
        go = self._job(step, inner, (column,), after)

        def enter(t: float, case: Case) -> None:
            case.rows[scope] = case.block.row(scope, case.counts[times], case.index)
            case.counts[times] += 1
            go(t, case)

        return enter

    def _column(self, place: Place, name: str, duration: Duration | None) -> int:
        return self.machine.draws.column(place.scope, f"{place.prefix}{name}", sampler(duration))
