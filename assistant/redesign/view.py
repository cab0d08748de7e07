"""Everything the detectors look at, computed once: rates, times, loads, the usual path, dependence and protection."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.process.blocks import AnyOf, Block, Branch, Call, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.draft import name_of as called
from assistant.process.durations import Basis, _Duration
from assistant.process.expected import Expected, branch_chances, expected, visit_rates
from assistant.process.model import Process, Role
from assistant.process.runs import setup_a_case
from assistant.process.tree import Spot, by_id, ids_below, sequences, spots, steps
from assistant.process.volumes import arrivals_per_hour
from assistant.process.with_names import names_of
from assistant.redesign.protection import Protection
from assistant.redesign.words import is_approval, is_control, things
from assistant.settings import RedesignSettings
from assistant.simulation.demand import arrivals_per_year, utilisations

if TYPE_CHECKING:
    from assistant.simulation.results import Result

STRENGTH = {Basis.MEASURED: 0.9, Basis.STATED: 0.8, Basis.ESTIMATED: 0.55, Basis.LIBRARY: 0.45}


class Stop(NamedTuple):
    """One step on the usual path; `together` names the branch it runs in beside others, if any."""

    step: Task | Wait | Call | End
    together: str | None


class View:
    """A process with what can be computed of it. Cheap to make; each figure is computed when first asked for.

    `batched` are the steps whose batch was told with its wait, and which are played with the wait alone.
    """

    def __init__(
        self,
        process: Process,
        settings: RedesignSettings,
        run: Result | None = None,
        keep: tuple[str, ...] = (),
        filled: frozenset[tuple[str, str]] = frozenset(),
        changed: frozenset[tuple[str, str]] = frozenset(),
        story: str = "",
        batched: frozenset[str] = frozenset(),
    ) -> None:
        self.process = process
        self.settings = settings
        self.run = run
        self.filled = filled
        self.changed = changed
        self.story = story
        self.batched = batched
        self.protection = Protection(process, keep)
        self.guarded: dict[tuple[str, int, bool], tuple[object, ...]] = {}

    @cached_property
    def steps(self) -> Mapping[str, Block]:
        """Every block by its id."""
        return by_id(self.process)

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Every task by its id, in reading order."""
        return {name: step for name, step in self.steps.items() if isinstance(step, Task)}

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each step in reading order."""
        return {name: index for index, name in enumerate(self.steps)}

    @cached_property
    def rates(self) -> dict[str, float]:
        """Expected executions of each step and branch per case."""
        return visit_rates(self.process)

    @cached_property
    def expected(self) -> Expected:
        """Expected work, wait, elapsed time and cost of a case, without queueing."""
        return expected(self.process)

    @cached_property
    def spots(self) -> dict[str, Spot]:
        """Where each step stands."""
        return spots(self.process)

    @cached_property
    def rows(self) -> dict[str, Sequence]:
        """Every sequence by its address."""
        return sequences(self.process)

    @cached_property
    def roles(self) -> dict[str, Role]:
        """The roles by id."""
        return {role.id: role for role in self.process.roles}

    @cached_property
    def yearly(self) -> float | None:
        """Cases a year; None when the volume is unknown."""
        return arrivals_per_year(self.process)

    @cached_property
    def loads(self) -> dict[str, float]:
        """Utilisation of each role with a capacity: demand over capacity, which is exact where work is not shared.

        Of roles that stand in for one another or mend errors found later, the simulated figure, if there was a run.
        """
        found = utilisations(self.process, self.rates)
        if self.run is not None:
            simulated = _simulated_loads(self.run, self.roles)
            inexact = {r for t in self.tasks.values() if t.or_roles or t.error_rate for r in (t.role, *t.or_roles)}
            found.update((name, load) for name, load in simulated.items() if name in inexact or name not in found)
        return found

    @cached_property
    def elapsed(self) -> float:
        """Expected elapsed seconds of a case: simulated when there was a run, else without queueing."""
        if self.run is not None and self.run.cycle_time.mean > 0:
            return float(self.run.cycle_time.mean)
        return self.expected.elapsed.value + sum(self.batch_wait(t) * self.rates[t.id] for t in self.tasks.values())

    @cached_property
    def work(self) -> float:
        """Expected hands-on seconds of a case."""
        return self.expected.work.value

    @cached_property
    def hands_on(self) -> float:
        """Seconds in which somebody works on a case, what runs side by side once: as the play says, if there was one.

        `work` is the effort: it counts everybody's time, and shares of it are shares of what the work costs.
        """
        return self.work if self.run is None else float(self.run.work_time.mean)

    def wait_of(self, step: Block) -> float:
        """Mean seconds a case lies before one execution of the step, other than queueing (batches included)."""
        if isinstance(step, Wait):
            return _seconds(step.duration)
        own = _seconds(step.wait) if isinstance(step, Task | Call) else 0.0
        return own + (self.batch_wait(step) if isinstance(step, Task) else 0.0)

    def batch_wait(self, task: Task) -> float:
        """Mean seconds until a batch is full, (B - 1) / (2 lambda), or half the time between runs; 0 if stated."""
        if task.batch is None or task.wait is not None:
            return 0.0
        if self.run is not None and task.id in self.run.tasks and self._several_runs:  # one may go along with another
            seen = self.run.tasks[task.id]
            return max(0.0, float(seen.wait.mean - seen.queue.mean))
        if task.batch.every is not None:
            return task.batch.every.mean_seconds / 2
        hourly = arrivals_per_hour(self.process)
        rate = (hourly or 0.0) / 3600 * self.rates.get(task.id, 1.0)
        return ((task.batch.size or 1) - 1) / (2 * rate) if rate > 0 else 0.0

    @cached_property
    def _several_runs(self) -> bool:
        return sum(task.batch is not None for task in self.tasks.values()) > 1

    def queue_of(self, task: Task) -> float:
        """Mean simulated seconds of queueing before one execution of a task; 0 without a run."""
        if self.run is None:
            return 0.0
        seen = self.run.tasks.get(task.id)
        return max(0.0, float(seen.queue.mean)) if seen is not None else 0.0

    @cached_property
    def setups(self) -> dict[str, float]:
        """Seconds of setting up that one execution of each task bears."""
        return setup_a_case(self.process, self.rates)

    def work_of(self, step: Block) -> float:
        """Mean hands-on seconds of one execution, set-up included."""
        if isinstance(step, Task):
            return _seconds(step.work) + self.setups.get(step.id, 0.0)
        return _seconds(step.work) if isinstance(step, Call) else 0.0

    def time_share(self, seconds: float, step: str) -> float:
        """The share of a case's elapsed time that `seconds` at each execution of a step make up."""
        return min(1.0, seconds * self.rates.get(step, 0.0) / self.elapsed) if self.elapsed > 0 else 0.0

    def cost_share(self, tasks: Iterable[str]) -> float:
        """The share of a case's hands-on time (a stand-in for cost) spent on these tasks."""
        total = sum(self.work_of(self.steps[name]) * self.rates.get(name, 0.0) for name in tasks if name in self.steps)
        return min(1.0, total / self.work) if self.work > 0 else 0.0

    @cached_property
    def path(self) -> tuple[Stop, ...]:
        """The usual way of a case: the likeliest branch of each choice, each loop once, parallel branches in turn."""
        subs = {sub.id: sub.flow for sub in self.process.subprocesses}
        return tuple(_usual(self.process.flow, None, subs, ()))

    @cached_property
    def path_tasks(self) -> tuple[Task, ...]:
        """The tasks on the usual path."""
        return tuple(stop.step for stop in self.path if isinstance(stop.step, Task))

    @cached_property
    def handoffs(self) -> tuple[tuple[Task, Task], ...]:
        """Pairs of tasks on the usual path between which the case changes from one role's people to another's."""
        found = []
        human = [stop for stop in self.path if isinstance(stop.step, Task) and self.is_inside(stop.step.role)]
        for a, b in itertools.pairwise(human):
            first, then = a.step, b.step
            if isinstance(first, Task) and isinstance(then, Task) and first.role != then.role and not _beside(a, b):
                found.append((first, then))
        return tuple(found)

    def is_inside(self, role_id: str | None) -> bool:
        """Whether a role is people of the house (neither software nor an outside party)."""
        role = self.roles.get(role_id or "")
        return role is not None and role.kind in ("person", "group")

    def unit_of(self, task: Task) -> str | None:
        """The department a task is done in."""
        role = self.roles.get(task.role or "")
        return role.unit if role else None

    def party_of(self, step: Block) -> str | None:
        """The outside party a step deals with, or that does it."""
        contact = getattr(step, "contact", None)
        role = self.roles.get(getattr(step, "role", None) or "")
        outside = role.name if role and role.kind == "external" else None
        return contact or outside

    def name_of(self, name: str | None) -> str:
        """What a reader calls an element: the step's, role's or branch's name, else what it is; never its id."""
        if name in self.roles:
            return self.roles[name].name
        step = self.steps.get(name or "")
        return (called(step) if step is not None else "") or self._in_words.get(name or "", name or "nobody")

    @cached_property
    def _in_words(self) -> dict[str, str]:
        return names_of(self.process)

    def row_of(self, step: str) -> tuple[Block, ...]:
        """The steps of the sequence a step stands in."""
        return self.rows[self.spots[step].sequence].items if step in self.spots else ()

    def next_of(self, step: str) -> Block | None:
        """The step right after, in the same sequence."""
        row, index = self.row_of(step), self.spots[step].position + 1
        return row[index] if index < len(row) else None

    def depends(self, earlier: Task, later: Task) -> bool | None:
        """Whether `later` needs what `earlier` does: by data, rule or control. None when data are not known."""
        if frozenset((earlier.id, later.id)) in self.free:
            return False
        if later.id in self.protection.reasons or earlier.id in self.protection.reasons:
            return True
        if earlier.same_performer_as == later.id or later.same_performer_as == earlier.id:
            return True
        if not (earlier.reads or earlier.writes) or not (later.reads or later.writes):
            return None
        first_w, then_w = set(earlier.writes), set(later.writes)
        if first_w & set(later.reads) or then_w & set(earlier.reads) or first_w & then_w:
            return True
        if is_approval(later) and not is_control(earlier) and things(earlier.name) & things(later.name):
            return True  # `Type list into quote`, `Sign quote`: nobody signs what is not written yet
        return is_control(earlier) and not is_control(later) and bool(set(earlier.reads) & {*later.reads, *then_w})

    def inner_tasks(self, step: Block) -> Iterator[Task]:
        """The tasks of a block: itself, or those it holds."""
        if isinstance(step, Task):
            yield step
        else:
            yield from (inner for inner in steps(Sequence(items=(step,))) if isinstance(inner, Task))

    def below(self, step: Block) -> set[str]:
        """The ids of a block and of all it holds."""
        return ids_below(Sequence(items=(step,)))

    def chance(self, choice: Choice | AnyOf, branch: Branch) -> float:
        """The chance of a branch, as the process gives it or evenly shared."""
        return branch_chances(choice)[choice.branches.index(branch)]

    def told(self, name: str, field: str = "p") -> bool:
        """Whether a figure was given, not filled in by us."""
        return (name, field) not in self.filled

    @cached_property
    def timed(self) -> bool:
        """Whether anybody gave a single time, so that shares of time mean anything."""
        return any(
            getattr(step, field, None) is not None and self.told(name, field)
            for name, step in self.steps.items()
            for field in ("work", "wait", "setup", "duration")
        ) or any(task.batch is not None and task.batch.every is not None for task in self.tasks.values())

    def said(self, names: Iterable[str], field: str) -> bool:
        """Whether one of the steps has a value for an attribute that nothing but words can have given."""
        return any(getattr(self.steps.get(name), field, None) is not None for name in names)

    @cached_property
    def free(self) -> frozenset[frozenset[str]]:
        """Pairs of steps of which the teller said that neither needs the other."""
        told = [remark.elements for remark in self.process.remarks if remark.kind == "no_dependency" and remark.sure]
        return frozenset(frozenset(pair) for names in told for pair in itertools.combinations(names, 2))

    def confidence(self, *bases: Any, by_name: bool = False) -> float:
        """Confidence 0 to 1 from the weakest basis; a judgement by name alone is worth 0.5 at most."""
        known = [STRENGTH[Basis(basis)] for basis in bases if basis is not None]
        weakest = min(known, default=0.7)
        return min(weakest, 0.5) if by_name else weakest


def _beside(a: Stop, b: Stop) -> bool:
    """Whether two stops stand in different branches that run at the same time, so that nothing is handed over."""
    return a.together is not None and b.together is not None and a.together != b.together


def _simulated_loads(run: Result, roles: dict[str, Role]) -> dict[str, float]:
    return {
        seen.id: float(seen.load.mean) for seen in run.roles.values() if seen.id in roles and roles[seen.id].capacity
    }


def _seconds(duration: _Duration | None) -> float:
    return 0.0 if duration is None else duration.mean_seconds


def _usual(row: Sequence, together: str | None, subs: dict[str, Sequence], calling: tuple[str, ...]) -> Iterator[Stop]:
    for step in row.items:
        if isinstance(step, Choice):
            chances = branch_chances(step)
            best = max(range(len(chances)), key=lambda i: (chances[i], -i))
            yield from _usual(step.branches[best].do, together, subs, calling)
        elif isinstance(step, AnyOf):
            chances = branch_chances(step)
            taken = [b for b, p in zip(step.branches, chances, strict=True) if p >= 0.5 or p == max(chances)]
            for branch in taken:
                yield from _usual(branch.do, branch.id, subs, calling)
        elif isinstance(step, Parallel):
            for branch in step.branches:
                yield from _usual(branch.do, branch.id, subs, calling)
        elif isinstance(step, Loop):
            yield from _usual(step.do, together, subs, calling)
        elif isinstance(step, Call) and step.process in subs and step.process not in calling:
            yield from _usual(subs[step.process], together, subs, (*calling, step.process))
        elif isinstance(step, Task | Wait | Call | End):
            yield Stop(step, together)
