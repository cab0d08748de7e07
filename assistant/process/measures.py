"""Figures of a process's structure: how large, how branched, how nested, how often work changes hands.

Nodes are counted as BPMN draws them: a start, the ends, tasks, calls, waits, and two gateways for a block that both
splits and joins. Control-flow complexity is Cardoso's: the ways out of exclusive splits, 2^n - 1 for inclusive splits
of n ways, and 1 for each parallel split.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.process.blocks import AnyOf, Block, Choice, End, Loop, Parallel, Task, Wait
from assistant.process.durations import Model
from assistant.process.handoffs import handoffs
from assistant.process.model import Process
from assistant.process.tree import depth, roots, walk
from assistant.process.unsound_trees import goes_on
from assistant.process.words import verb_object


class Structure(Model):
    """The structure in figures; `size` in nodes, `cfc` by Cardoso, `verb_object` the share of labels in that style.

    The degree of a gateway is the number of flows at it, in and out; without gateways it is 0.
    """

    size: int
    tasks: int
    gateways: int
    events: int
    calls: int
    flows: int
    cfc: int
    nesting: int
    largest_degree: int
    mean_degree: float
    inclusive: int
    loops: int
    roles: int
    departments: int
    systems: int
    handoffs: int
    department_changes: int
    data: int
    controls: int
    verb_object: float


def structure(process: Process) -> Structure:
    """The figures of a process, its subprocesses included."""
    steps = list(walk(process))
    tasks = [step for step in steps if isinstance(step, Task)]
    gates = [_gates(step) for step in steps]
    ends = sum(isinstance(step, End) for step in steps) + sum(
        all(goes_on(step) for step in root.items) for _, root in roots(process)
    )
    events = len(roots(process)) + ends + sum(isinstance(step, Wait) for step in steps)
    calls = sum(getattr(step, "block", "") == "call" for step in steps)
    degrees = [degree for of_block, _ in gates for degree in of_block]
    size = events + len(tasks) + calls + len(degrees)
    passed = handoffs(process)
    units = {role.id: role.unit for role in process.roles}
    return Structure(
        size=size, tasks=len(tasks), gateways=len(degrees), events=events, calls=calls,
        flows=events - ends + len(tasks) + calls + sum(out for _, out in gates),
        cfc=sum(complexity(step) for step in steps), nesting=max(depth(root) for _, root in roots(process)),
        largest_degree=max(degrees, default=0), mean_degree=sum(degrees) / len(degrees) if degrees else 0.0,
        inclusive=sum(isinstance(step, AnyOf) for step in steps), loops=sum(isinstance(step, Loop) for step in steps),
        roles=len({task.role for task in tasks if task.role}),
        departments=len({role.unit for role in process.roles if role.unit}),
        systems=len({task.system for task in tasks if task.system}), handoffs=len(passed),
        department_changes=sum(_between(units.get(str(a.role)), units.get(str(b.role))) for a, b in passed),
        data=len(process.data), controls=sum(task.is_control for task in tasks),
        verb_object=share(verb_object(task.name) for task in tasks),
    )  # fmt: skip


def complexity(step: Block) -> int:
    """A block's part of the control-flow complexity."""
    if isinstance(step, Choice):
        return len(step.branches)
    if isinstance(step, AnyOf):
        return int(2 ** min(len(step.branches), 60) - 1)
    if isinstance(step, Parallel):
        return 1
    return 2 if isinstance(step, Loop) else 0


def share(of: Iterable[bool]) -> float:
    """The share of true ones (1 when there are none)."""
    values = list(of)
    return sum(values) / len(values) if values else 1.0


def _between(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a != b


def _gates(step: Block) -> tuple[tuple[int, ...], int]:
    """The degree of each gateway a block draws, and the flows that leave them."""
    if isinstance(step, Loop):
        return (3, 3), 3
    if not isinstance(step, Choice | AnyOf | Parallel):
        return (), 0
    number = len(step.branches)
    joined = sum(all(goes_on(item) for item in branch.do.items) for branch in step.branches)
    if number == 1:
        return (), 0
    return ((number + 1, joined + 1), number + 1) if joined > 1 else ((number + 1,), number)
