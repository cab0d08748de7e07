"""New blocks that can be told as wrapping steps that stand already: a condition, a loop, parallel work around them."""

from __future__ import annotations

from typing import NamedTuple

from assistant.process import edits as e
from assistant.process.blocks import Block, Choice, Loop, Parallel, Sequence
from assistant.process.tree import step_id


class Wrapping(NamedTuple):
    """An edit that would make a block around the steps `ids`, in that order."""

    edit: e.Edit
    ids: list[str]


def wrapping(step: Block) -> Wrapping | None:
    """The edit by which a block could come about around its steps, if it has the parts and branch ids for it."""
    if isinstance(step, Choice):
        return _choice(step)
    if isinstance(step, Loop):
        return _loop(step)
    if isinstance(step, Parallel):
        return _parallel(step)
    return None


def _names(sequence: Sequence) -> list[str]:
    return [step_id(step) for step in sequence.items]


def _choice(step: Choice) -> Wrapping | None:
    if [branch.id for branch in step.branches] != [f"{step.id}.1", f"{step.id}.2"]:
        return None
    done, other = step.branches
    names = _names(done.do)
    if not names or other.do.items:
        return None
    edit = e.WrapInChoice(
        ids=tuple(names), id=step.id, question=step.question, when=done.when, p=done.p, otherwise_when=other.when,
        basis=done.p_basis,
    )  # fmt: skip
    return Wrapping(edit, names)


def _loop(step: Loop) -> Wrapping | None:
    do, redo = _names(step.do), _names(step.redo)
    if bool(do) == bool(redo):
        return None
    edit = e.WrapInLoop(
        ids=tuple(do or redo), id=step.id, while_=step.while_, p=step.p, basis=step.p_basis,
        as_part="do" if do else "redo",
    )  # fmt: skip
    return Wrapping(edit, do or redo)


def _parallel(step: Parallel) -> Wrapping | None:
    groups = [_names(branch.do) for branch in step.branches]
    plain = [branch.id for branch in step.branches] == [f"{step.id}.{n}" for n in range(1, len(groups) + 1)]
    if not plain or len(groups) < 2 or not all(groups):
        return None
    return Wrapping(e.Parallelise(groups=tuple(map(tuple, groups)), id=step.id), [n for group in groups for n in group])
