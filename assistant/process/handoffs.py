"""Which work follows directly on which, and where it passes from one role to another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from assistant.process.blocks import AnyOf, Block, Call, Choice, End, Loop, Parallel, Sequence, Task
from assistant.process.model import Process
from assistant.process.tree import roots


class Edge(NamedTuple):
    """Two tasks, the second of which may come directly after the first."""

    before: Task
    after: Task


class _Rim(NamedTuple):
    """The tasks with which a part may begin and end, and whether it can be passed without doing any."""

    first: dict[str, Task]
    last: dict[str, Task]
    empty: bool


NOTHING = _Rim({}, {}, True)
STOP = _Rim({}, {}, False)


def following(process: Process) -> list[Edge]:
    """Every pair of tasks of which the second may come directly after the first, waits and gateways aside.

    The flow of a subprocess is entered where it is called.
    """
    walker = _Walker(process)
    for _, root in roots(process):
        walker.sequence(root)
    return list(walker.edges.values())


def handoffs(process: Process) -> list[Edge]:
    """The pairs in which work passes from one role to another; tasks without a role do not count."""
    return [edge for edge in following(process) if edge.before.role and edge.after.role and passes(edge)]


def passes(edge: Edge) -> bool:
    """Whether the two tasks are done by different roles."""
    return edge.before.role != edge.after.role


class _Walker:
    def __init__(self, process: Process) -> None:
        self.subs = {sub.id: sub.flow for sub in process.subprocesses}
        self.calling: list[str] = []
        self.edges: dict[tuple[str, str], Edge] = {}

    def join(self, last: dict[str, Task], first: dict[str, Task]) -> None:
        for before in last.values():
            for after in first.values():
                self.edges.setdefault((before.id, after.id), Edge(before, after))

    def sequence(self, sequence: Sequence) -> _Rim:
        first: dict[str, Task] = {}
        last: dict[str, Task] = {}
        empty = True
        for step in sequence.items:
            rim = self.step(step)
            self.join(last, rim.first)
            if empty:
                first |= rim.first
            last = last | rim.last if rim.empty else rim.last
            empty = empty and rim.empty
        return _Rim(first, last, empty)

    def step(self, step: Block) -> _Rim:
        if isinstance(step, Task):
            return _Rim({step.id: step}, {step.id: step}, False)
        if isinstance(step, End):
            return STOP
        if isinstance(step, Choice | AnyOf | Parallel):
            rims = [self.sequence(branch.do) for branch in step.branches]
            empty = all(rim.empty for rim in rims) if isinstance(step, Parallel) else any(rim.empty for rim in rims)
            return _Rim(_union(rim.first for rim in rims), _union(rim.last for rim in rims), empty)
        if isinstance(step, Loop):
            return self.loop(step)
        if isinstance(step, Call) and step.process in self.subs and step.process not in self.calling:
            self.calling.append(step.process)
            rim = self.sequence(self.subs[step.process])
            self.calling.pop()
            return rim
        return NOTHING

    def loop(self, step: Loop) -> _Rim:
        do, redo = self.sequence(step.do), self.sequence(step.redo)
        self.join(do.last, redo.first)
        self.join(redo.last, do.first)
        if redo.empty:
            self.join(do.last, do.first)
        if do.empty:
            self.join(redo.last, redo.first)
        first = do.first | redo.first if do.empty else do.first
        last = do.last | redo.last if do.empty else do.last
        return _Rim(first, last, do.empty)


def _union(parts: Iterable[dict[str, Task]]) -> dict[str, Task]:
    found: dict[str, Task] = {}
    for part in parts:
        found |= part
    return found
