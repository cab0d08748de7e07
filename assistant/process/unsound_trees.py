"""What no tree of blocks may have: steps nothing reaches, ends where siblings still run, nesting without bound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.process.blocks import AnyOf, Block, Choice, End, Loop, Parallel, Sequence
from assistant.process.model import Process
from assistant.process.tree import once, parts, roots, step_id

DEEPEST = 40


class Flaw(NamedTuple):
    """One way in which a process is not sound: its kind, the step, and the reason in words."""

    kind: str
    step: str
    text: str


def flaws(process: Process) -> list[Flaw]:
    """Everything that makes the process unsound, in reading order; empty for a sound one."""
    return list(_all_flaws(process))


@once
def _all_flaws(process: Process) -> tuple[Flaw, ...]:
    return tuple(flaw for _, root in roots(process) for flaw in _flaws(root, running=None, level=0))


def _flaws(sequence: Sequence, running: str | None, level: int) -> Iterator[Flaw]:
    ended: Block | None = None
    for step in sequence.items:
        name = step_id(step)
        if ended is not None:
            told = f"{name} is never reached: the case always ends in {step_id(ended)} before it."
            yield Flaw("unreachable", name, told)
            ended = None
        if isinstance(step, End) and running is not None and not step.terminates:
            yield Flaw("end", name, f"{name} would end the case while other branches of {running} still run.")
        yield from _inside(step, running, level)
        if not goes_on(step):
            ended = step


def _inside(step: Block, running: str | None, level: int) -> Iterator[Flaw]:
    inner = parts(step)
    if not inner:
        return
    name = step_id(step)
    if level >= DEEPEST:
        yield Flaw("depth", name, f"{name} is nested more than {DEEPEST} blocks deep.")
        return
    if isinstance(step, Loop) and step.redo.items and not all(goes_on(item) for item in step.do.items):
        yield Flaw("unreachable", name, f"{name} never repeats: what it does always ends the case.")
    siblings = isinstance(step, Parallel | AnyOf) and len(inner) > 1
    for _, part in inner:
        yield from _flaws(part, name if siblings else running, level + 1)


def goes_on(step: Block) -> bool:
    """Whether a case can get past a step (false for an end, and for a block all of whose ways end the case)."""
    if isinstance(step, End):
        return False
    if isinstance(step, Choice | AnyOf):
        return any(all(goes_on(item) for item in branch.do.items) for branch in step.branches)
    if isinstance(step, Parallel):
        return all(goes_on(item) for branch in step.branches for item in branch.do.items)
    if isinstance(step, Loop):
        return all(goes_on(item) for item in step.do.items)
    return True
