"""Which errors can still be there when a task is done, so that a control need not look for those already found.

One walk along the flow with the set of errors that may be present. In loops and where branches run at the same time
every error made inside counts as present from the beginning and none as surely found at the end; of branches at the
same time also none in between. The answer may name too many errors, never too few.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.process.blocks import AnyOf, Block, Call, Choice, End, Loop, Parallel, Sequence, Task
from assistant.process.model import Process
from assistant.process.tree import parts, steps, tasks

Names = frozenset[str]


def leaves(task: Task) -> bool:
    """Whether the task can leave an error behind: a control that errs only finds nothing."""
    return bool(task.error_rate) and (not task.is_control or task.found_at is not None)


def finds(task: Task, other: Task) -> bool:
    """Whether an error of `other`, if it is there, is found at `task`."""
    at_task = other.found_at == task.id or (task.is_control and other.found_at is None)
    return bool(other.error_rate) and at_task and (other.id != task.id or bool(other.found_at))


class Undetected:
    """The errors that may be present at the tasks of one process."""

    def __init__(self, process: Process) -> None:
        self._tasks = [task for task in tasks(process) if leaves(task)]
        self._every: Names = frozenset(task.id for task in self._tasks)
        self._at: dict[str, Names] = {}
        self._beside: Names = frozenset()  # what branches that run at the same time may make any moment
        if self._tasks:
            self._sequence(process.flow, frozenset())
        for sub in process.subprocesses:
            self._at.update((step.id, self._every) for step in steps(sub.flow) if isinstance(step, Task))

    def found_at(self, task: Task) -> list[Task]:
        """The tasks whose errors can come to light at this one, in reading order."""
        present = self._at.get(task.id, self._every)
        return [other for other in self._tasks if other.id in present and finds(task, other)]

    def _sequence(self, sequence: Sequence, before: Names) -> Names:
        for step in sequence.items:
            before = self._step(step, before)
        return before

    def _step(self, step: Block, before: Names) -> Names:
        match step:
            case Task():
                return self._task(step, before)
            case Choice():
                return frozenset().union(*[self._sequence(branch.do, before) for branch in step.branches])
            case End():
                return frozenset()
            case AnyOf() | Parallel() | Loop():
                return self._block(step, before)
            case Call() if step.process:
                return self._every
            case Sequence():
                return self._sequence(step, before)
        return before

    def _block(self, step: AnyOf | Parallel | Loop, before: Names) -> Names:
        made = self._made(part for _, part in parts(step))
        outside, inside = self._beside, before | made
        if not isinstance(step, Loop):
            self._beside |= made
        for _, part in parts(step):
            self._sequence(part, inside)
        self._beside = outside
        return inside

    def _task(self, task: Task, before: Names) -> Names:
        present = before | {task.id} if leaves(task) else before
        self._at[task.id] = self._at.get(task.id, frozenset()) | present
        if task.is_control and task.error_rate:
            return present
        return present - {other.id for other in self._tasks if finds(task, other)} | self._beside

    def _made(self, sequences: Iterable[Sequence]) -> Names:
        inside = [step for sequence in sequences for step in steps(sequence)]
        if any(isinstance(step, Call) for step in inside):
            return self._every
        return self._every & {step.id for step in inside if isinstance(step, Task)}
