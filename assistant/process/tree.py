"""Walking and rebuilding the tree: where an element stands, what holds it, which ids are taken."""

from __future__ import annotations

import re
import unicodedata
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import NamedTuple, TypeVar

from assistant.english.classes import GIVEN_NAMES
from assistant.process.blocks import AnyOf, Block, Branch, Choice, End, Loop, Parallel, Sequence, Split, Task
from assistant.process.model import Process

Item = Block
FLOW = "flow"
Answer = TypeVar("Answer")


def once(work: Callable[[Process], Answer]) -> Callable[[Process], Answer]:
    """The answer of a function of a process, kept as long as the process lives.

    A process never changes, and the same is asked of it hundreds of times. It is known by its identity, because to
    compare two large processes costs more than most answers.
    """
    kept: dict[int, tuple[weakref.ref[Process], Answer]] = {}

    @wraps(work)
    def ask(process: Process) -> Answer:
        name = id(process)
        known = kept.get(name)
        if known is not None and known[0]() is process:
            return known[1]
        answer = work(process)
        kept[name] = (weakref.ref(process, lambda _: kept.pop(name, None)), answer)
        return answer

    return ask


class Spot(NamedTuple):
    """Where a step stands: the address of its sequence and its place in it (0 first)."""

    sequence: str
    position: int


def parts(step: Block) -> tuple[tuple[str, Sequence], ...]:
    """The sequences a step holds, each with its address.

    Addresses are branch ids, `LOOP.do` and `LOOP.redo`; the flow of the process is `flow`, a subprocess its own id.
    """
    if isinstance(step, Choice | AnyOf | Parallel):
        return tuple((branch.id, branch.do) for branch in step.branches)
    if isinstance(step, Loop):
        return ((f"{step.id}.do", step.do), (f"{step.id}.redo", step.redo))
    return ()


def with_parts(step: Block, change: Callable[[str, Sequence], Sequence]) -> Block:
    """The step with each sequence it holds replaced by `change(address, sequence)`; itself when nothing changed."""
    if isinstance(step, Choice | AnyOf | Parallel):
        branches = tuple(_with_do(branch, change(branch.id, branch.do)) for branch in step.branches)
        same = all(a is b for a, b in zip(branches, step.branches, strict=True))
        return step if same else step.model_copy(update={"branches": branches})
    if isinstance(step, Loop):
        do, redo = change(f"{step.id}.do", step.do), change(f"{step.id}.redo", step.redo)
        return step if do is step.do and redo is step.redo else step.model_copy(update={"do": do, "redo": redo})
    return step


def _with_do(branch: Branch, do: Sequence) -> Branch:
    return branch if do is branch.do else branch.model_copy(update={"do": do})


def steps(sequence: Sequence) -> Iterator[Block]:
    """Every block below `sequence`, outer before inner, in reading order."""
    stack: list[Block] = list(reversed(sequence.items))
    while stack:
        step = stack.pop()
        yield step
        for _, part in reversed(parts(step)):
            stack.extend(reversed(part.items))


def roots(process: Process) -> tuple[tuple[str, Sequence], ...]:
    """The flows of a process, each with its address: its own first, then those of its subprocesses."""
    return ((FLOW, process.flow), *((sub.id, sub.flow) for sub in process.subprocesses))


def walk(process: Process) -> Iterator[Block]:
    """Every block of the process and its subprocesses, in reading order."""
    return iter(_blocks(process))


@once
def _blocks(process: Process) -> tuple[Block, ...]:
    return tuple(step for _, root in roots(process) for step in steps(root))


def tasks(process: Process) -> list[Task]:
    """The tasks in reading order."""
    return [step for step in walk(process) if isinstance(step, Task)]


def sequences(process: Process) -> dict[str, Sequence]:
    """Every sequence by its address."""
    found: dict[str, Sequence] = {}
    for address, root in roots(process):
        found[address] = root
        for step in steps(root):
            found.update(parts(step))
    return found


def spots(process: Process) -> dict[str, Spot]:
    """Where each step stands, by its id."""
    return {
        step_id(step): Spot(address, index)
        for address, sequence in sequences(process).items()
        for index, step in enumerate(sequence.items)
    }


def ahead(process: Process) -> dict[str, Task]:
    """For each step the task that comes next for a case: right after it, or after the block that it is the last of.

    A step without an entry is followed by no task: the case ends, or goes on in the next round of a loop.
    """
    found: dict[str, Task] = {}

    def pass_over(sequence: Sequence, then: Task | None) -> None:
        for step in reversed(sequence.items):
            if then is not None:
                found[step_id(step)] = then
            for _, part in parts(step):
                pass_over(part, then)
            inside = steps(Sequence(items=(step,)))
            first = next((below for below in inside if isinstance(below, Task | End)), None)
            then = first if isinstance(first, Task) else None if isinstance(first, End) else then

    for _, root in roots(process):
        pass_over(root, None)
    return found


def step_id(step: Block) -> str:
    """The id of a step. Raises TypeError for a sequence, which has none."""
    if isinstance(step, Sequence):
        raise TypeError("a sequence has no id")
    return step.id


@once
def by_id(process: Process) -> Mapping[str, Block]:
    """Every step by its id."""
    return {step_id(step): step for step in walk(process)}


@once
def branches(process: Process) -> Mapping[str, tuple[Split, Branch]]:
    """Every branch by its id, with the block it belongs to."""
    return {
        branch.id: (step, branch)
        for step in walk(process)
        if isinstance(step, Choice | AnyOf | Parallel)
        for branch in step.branches
    }


def ids(process: Process) -> set[str]:
    """Every id in use: blocks, branches, subprocesses, and the addresses they give rise to."""
    found = {FLOW}
    for address, root in roots(process):
        found.add(address)
        found |= ids_below(root)
    return found


def ids_below(sequence: Sequence) -> set[str]:
    """The ids of all blocks and branches below a sequence."""
    found: set[str] = set()
    for step in steps(sequence):
        found.add(step_id(step))
        if isinstance(step, Choice | AnyOf | Parallel):
            found.update(branch.id for branch in step.branches)
    return found


def rebuild(process: Process, change: Callable[[str, Sequence], Sequence]) -> Process:
    """The process with `change(address, sequence)` applied to every sequence, outer first, then below the result.

    Whatever `change` returns unaltered (the same object) stays the same object.
    """

    def deep(address: str, sequence: Sequence) -> Sequence:
        changed = change(address, sequence)
        items = tuple(with_parts(step, deep) for step in changed.items)
        if all(a is b for a, b in zip(items, changed.items, strict=True)):
            return changed
        return Sequence(items=items)

    flow = deep(FLOW, process.flow)
    subprocesses = tuple(
        sub if (new := deep(sub.id, sub.flow)) is sub.flow else sub.model_copy(update={"flow": new})
        for sub in process.subprocesses
    )
    same = flow is process.flow and all(a is b for a, b in zip(subprocesses, process.subprocesses, strict=True))
    return process if same else process.model_copy(update={"flow": flow, "subprocesses": subprocesses})


@once
def enclosing(process: Process) -> dict[str, tuple[str, ...]]:
    """The addresses each step stands under, outermost first."""
    found: dict[str, tuple[str, ...]] = {}
    stack: list[tuple[Sequence, tuple[str, ...]]] = [(root, (address,)) for address, root in roots(process)]
    while stack:
        row, above = stack.pop()
        for step in row.items:
            found[step_id(step)] = above
            stack.extend((part, (*above, address)) for address, part in parts(step))
    return found


def replaced(process: Process, name: str, change: Callable[[Block], Block]) -> Process:
    """The process with one step changed; what does not hold it is not looked into and stays the same objects."""
    held = enclosing(process).get(name, ())

    def deep(_address: str, sequence: Sequence) -> Sequence:
        return Sequence(items=tuple(map(one_step, sequence.items)))

    def one_step(step: Block) -> Block:
        if step_id(step) == name:
            return change(step)
        inside = parts(step)
        if not any(address in held for address, _ in inside):
            return step
        return with_parts(step, lambda address, part: deep(address, part) if address in held else part)

    if not held:
        return process
    if held[0] == FLOW:
        return process.model_copy(update={"flow": deep(FLOW, process.flow)})
    subprocesses = tuple(
        sub.model_copy(update={"flow": deep(sub.id, sub.flow)}) if sub.id == held[0] else sub
        for sub in process.subprocesses
    )
    return process.model_copy(update={"subprocesses": subprocesses})


def _bare(word: str) -> str:
    return word.lower().rstrip(".,;:'’s") if word.lower() not in GIVEN_NAMES else word.lower()


def fresh_id(stem: str, taken: Iterable[str]) -> str:
    """An id that reads like `stem` and is not in `taken`: `check_stock`, then `check_stock_2`.

    Given names are left out of it ("Ask Odile for keys" is `ask_for_keys`): ids travel where names are masked.
    """
    first, *rest = stem.split() or [""]
    plain = " ".join([first, *(word for word in rest if not (word[:1].isupper() and _bare(word) in GIVEN_NAMES))])
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_") or "step"
    used = taken if isinstance(taken, set | frozenset | dict) else set(taken)
    if base not in used:
        return base
    number = 2
    while f"{base}_{number}" in used:
        number += 1
    return f"{base}_{number}"


def depth(sequence: Sequence) -> int:
    """How deep blocks are nested below a sequence: 0 for tasks only."""
    deepest, level = 0, [part for step in sequence.items for _, part in parts(step)]
    while level:
        deepest += 1
        level = [part for inner in level for step in inner.items for _, part in parts(step)]
    return deepest
