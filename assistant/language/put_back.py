"""Steps that a new reading of a story does not see any more, put back where they stood."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress

from assistant.errors import EditRefused
from assistant.process.apply import apply
from assistant.process.blocks import AnyOf, Block, Choice, Loop, Parallel, Task, Wait
from assistant.process.blocks import Sequence as Flow
from assistant.process.edits import Insert, Place
from assistant.process.model import Process
from assistant.process.tree import (
    FLOW,
    branches,
    by_id,
    enclosing,
    fresh_id,
    ids,
    parts,
    sequences,
    step_id,
    steps,
    with_parts,
)


def put_back(told: Process, read: Process, lost: Collection[str]) -> Process:
    """What was `read` with those steps of what was `told` that it lost, each beside the step it stood beside."""
    process, roles = read, {role.id for role in read.roles}
    needed = {id_ for name in lost for id_ in _people(by_id(told)[name])}
    more = [role for role in told.roles if role.id in needed - roles]
    process = process.model_copy(update={"roles": (*process.roles, *more)})
    data = {item.id for item in read.data}
    process = process.model_copy(update={"data": (*read.data, *(item for item in told.data if item.id not in data))})
    gone: set[str] = set()
    for address, flow in sequences(told).items():
        if _owner(told, address) in gone:
            gone |= {step_id(item) for item in flow.items}
            continue
        for at, item in enumerate(flow.items):
            if _is_lost(item, lost):
                gone.add(step_id(item))
                place = _place(process, told, address, flow.items[:at], flow.items[at + 1 :])
                process = _put(process, _free(item, ids(process)), place)
    return process


def _people(step: Block) -> list[str]:
    with_others = (*getattr(step, "with_roles", ()), *getattr(step, "or_roles", ()))
    return [id_ for id_ in (getattr(step, "role", None), *with_others) if id_]


def _is_lost(step: Block, lost: Collection[str]) -> bool:
    """Whether a block holds what is lost and nothing that is still there."""
    held = [step, *(inner for _, part in parts(step) for inner in steps(part))]
    acts = [step_id(inner) for inner in held if isinstance(inner, Task | Wait)]
    return bool(acts) and all(name in lost for name in acts)


def _owner(process: Process, address: str) -> str | None:
    """The block that holds a row."""
    if address in branches(process):
        return step_id(branches(process)[address][0])
    name = address.rpartition(".")[0]
    return name if isinstance(by_id(process).get(name), Loop) else None


def _place(
    process: Process, told: Process, address: str, before: Sequence[Block], after: Sequence[Block]
) -> Place:  # fmt: skip
    """Where a block goes that stood between others in a row of what was told."""
    there = by_id(process)
    for step in reversed(before):
        if step_id(step) in there and isinstance(step, Task | Wait):
            return Place(after=step_id(step))
        if last := _last_inside(process, step):
            above = enclosing(process)[last]
            holder = _owner(process, above[1]) if address == FLOW and len(above) > 1 else None
            return Place(after=holder or last)
    for step in after:
        if step_id(step) in there and isinstance(step, Task | Wait):
            return Place(before=step_id(step))
    way = branches(told).get(address)
    same = [id_ for id_, (_, other) in branches(process).items() if way and other.when and other.when == way[1].when]
    return Place(into=same[0], at="start") if same else Place(into=FLOW, at="end" if before else "start")


def _last_inside(process: Process, step: Block) -> str | None:
    """The last step inside a block that is still there."""
    inner = [step_id(task) for _, part in parts(step) for task in steps(part) if isinstance(task, Task)]
    return next((name for name in reversed(inner) if name in by_id(process)), None)


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
