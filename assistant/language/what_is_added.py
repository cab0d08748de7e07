"""What new words of a story tell, put into what was told before, where reading all as one would lose some of that."""

from __future__ import annotations

from collections.abc import Container, Sequence
from contextlib import suppress

from assistant.errors import EditRefused
from assistant.process.apply import apply
from assistant.process.blocks import AnyOf, Block, Choice, End, Loop, Parallel, Task, Wait
from assistant.process.blocks import Sequence as Flow
from assistant.process.edits import Insert, Place
from assistant.process.model import Process
from assistant.process.tree import (
    branches,
    by_id,
    enclosing,
    fresh_id,
    ids,
    parts,
    replaced,
    sequences,
    step_id,
    steps,
    tasks,
    walk,
    with_parts,
)

FLOW = "flow"


def added_to(told: Process, read: Process, start: int) -> Process:
    """What was `told` with the steps that a story `read` as a whole has in its words from `start` on, each behind the
    step it follows there, and with what is known now of the steps that stand."""
    known = {role.id for role in told.roles}
    of_new = [role for role in read.roles if role.id not in known]
    now = {role.id: role for role in read.roles}
    process = told.model_copy(update={"roles": (*(now.get(role.id, role) for role in told.roles), *of_new)})
    data = {item.id for item in told.data}
    process = process.model_copy(update={"data": (*told.data, *(item for item in read.data if item.id not in data))})
    for task in tasks(read):
        if task.id in by_id(told):
            process = replaced(process, task.id, lambda _old, task=task: task)  # type: ignore[misc]
    for address, flow in sequences(read).items():
        for at, item in enumerate(flow.items):
            if _is_new(item, by_id(told), start) and not _inside_new(read, address, by_id(told), start):
                block = _free(item, ids(process))
                process = _put(process, block, _place(process, read, address, flow.items[:at]))
    return _clean(process, told, read)


def _is_new(step: Block, known: Container[str], start: int) -> bool:
    """Whether a block is told by the new words alone."""
    held = [step, *(inner for _, part in parts(step) for inner in steps(part))]
    acts = [inner for inner in held if isinstance(inner, Task | Wait | End)]
    done = [inner for inner in acts if not isinstance(inner, End)]
    if any(inner.id in known for inner in done):
        return False
    return bool(acts) and all(_told_from(inner, start) for inner in acts) and bool(_first(held, start))


def _told_from(step: Task | Wait | End, start: int) -> bool:
    return step.span is None or step.span.start >= start


def _first(held: Sequence[Block], start: int) -> bool:
    """Whether something of a block stands in the new words for sure."""
    spans = [step.span for step in held if getattr(step, "span", None)]
    ways = [way.span for step in held if isinstance(step, Choice | AnyOf | Parallel) for way in step.branches]
    return any(span is not None and span.start >= start for span in (*spans, *ways))


def _inside_new(read: Process, address: str, known: Container[str], start: int) -> bool:
    """Whether a row lies in a block that is put in as a whole."""
    owner = _owner(read, address)
    while owner is not None:
        if _is_new(by_id(read)[owner], known, start):
            return True
        owner = _owner(read, enclosing(read)[owner][-1])
    return False


def _owner(process: Process, address: str) -> str | None:
    """The block that holds a row."""
    if address in branches(process):
        return step_id(branches(process)[address][0])
    name = address.rpartition(".")[0]
    return name if isinstance(by_id(process).get(name), Loop) else None


def _place(process: Process, read: Process, address: str, before: Sequence[Block]) -> Place:
    """Where a block goes that comes behind others in a row of the reading."""
    there = by_id(process)
    for step in reversed(before):
        if step_id(step) in there and isinstance(step, Task | Wait):
            return Place(after=step_id(step))
        inner = [task for _, part in parts(step) for task in steps(part) if step_id(task) in there]
        last = next((task for task in reversed(inner) if isinstance(task, Task)), None)
        if last is not None:
            above = enclosing(process)[step_id(last)]
            holder = _owner(process, above[1]) if address == FLOW and len(above) > 1 else None
            return Place(after=holder or step_id(last))
    way = branches(read).get(address)
    same = [id_ for id_, (_, other) in branches(process).items() if way and other.when and other.when == way[1].when]
    if same:
        return Place(into=same[0], at="start")
    return _behind_the_nearest(process, read, address)


def _behind_the_nearest(process: Process, read: Process, address: str) -> Place:
    """Behind the last step that stands before a row, in reading order; else at the start."""
    row = sequences(read)[address]
    order = [step_id(step) for step in walk(read)]
    own = order.index(step_id(row.items[0]))
    ahead = next((id_ for id_ in reversed(order[:own]) if isinstance(by_id(process).get(id_), Task)), None)
    return Place(after=ahead) if ahead else Place(into=FLOW, at="start")


def _free(step: Block, taken: set[str]) -> Block:
    """A block whose ids are not in use."""
    used = set(taken)

    def named(block: Block) -> Block:
        new = step_id(block) if step_id(block) not in used else fresh_id(step_id(block), used)
        used.add(new)
        block = block.model_copy(update={"id": new})
        if isinstance(block, Choice | AnyOf | Parallel):
            ways = tuple(
                way.model_copy(update={"id": f"{new}.{number}"}) for number, way in enumerate(block.branches, 1)
            )
            used.update(way.id for way in ways)
            block = block.model_copy(update={"branches": ways})
        return with_parts(block, lambda _, part: Flow(items=tuple(map(named, part.items))))

    return named(step)


def _put(process: Process, block: Block, place: Place) -> Process:
    for at in (place, Place(into=FLOW, at="end")):
        with suppress(EditRefused):
            return apply(process, [Insert(blocks=(block,), place=at)])
    return process


def _clean(process: Process, told: Process, read: Process) -> Process:
    """The process with the head of the reading, and no remark about a step that is not there."""
    there = set(by_id(process)) | set(branches(process)) | {role.id for role in process.roles}
    used = {id_ for task in tasks(process) for id_ in (task.role, *task.with_roles, *task.or_roles) if id_}
    old = {role.id for role in told.roles}
    roles = tuple(role for role in process.roles if role.id in old or role.id in used)
    remarks = tuple(remark for remark in read.remarks if there.issuperset(remark.elements))
    head = {name: getattr(read, name) for name in type(read).model_fields if name not in KEPT}
    return process.model_copy(update={**head, "roles": roles, "remarks": remarks})


KEPT = frozenset({"schema_", "flow", "roles", "data", "subprocesses", "remarks"})
