"""Processes in short form, as the cases write them, and their form for comparing: names only, branches in any order."""

from __future__ import annotations

from typing import Any

from assistant.process.apply import apply
from assistant.process.blocks import AnyOf, Block, Choice, Loop, Parallel, Sequence
from assistant.process.codec import from_data
from assistant.process.describe import name_of
from assistant.process.edits import Edit, PutRole, Rename, SetRole
from assistant.process.model import SCHEMA, Process, Role
from assistant.process.tree import fresh_id, tasks

HOLDING = frozenset(("do", "redo", "branches", "sequence", "choice", "any_of", "parallel", "loop"))


def short_process(flow: list[Any]) -> Process:
    """A process from its short form, in which a step is its name. Raises InvalidProcess."""
    return from_data(short_data(flow))


def short_data(flow: list[Any]) -> dict[str, Any]:
    """The document of a process from its short form."""
    taken: set[str] = set()

    def opened(node: Any) -> Any:
        if isinstance(node, str):
            id_ = fresh_id(node, taken)
            taken.add(id_)
            return {"task": {"id": id_, "name": node}}
        if isinstance(node, list):
            return [opened(item) for item in node]
        if isinstance(node, dict):
            return {key: opened(value) if key in HOLDING else value for key, value in node.items()}
        return node

    return {"schema": SCHEMA, "name": "Case", "flow": {"sequence": opened(flow)}}


def form(sequence: Sequence, conditions: bool) -> tuple[Any, ...]:
    """A flow as nested tuples of names, ids aside; branches in any order."""
    return tuple(_form(step, conditions) for step in sequence.items)


def _form(step: Block, conditions: bool) -> Any:
    if isinstance(step, Choice | AnyOf | Parallel):
        ways = [(_plain(b.when) if conditions else "", form(b.do, conditions)) for b in step.branches]
        return (step.block, tuple(sorted(ways, key=repr)))
    if isinstance(step, Loop):
        return (
            "loop",
            _plain(step.while_) if conditions else "",
            form(step.do, conditions),
            form(step.redo, conditions),
        )
    return (getattr(step, "block", ""), _plain(name_of(step)))


def _plain(text: str | None) -> str:
    return " ".join((text or "").lower().strip("“”").split())


def with_roles(flow: list[Any]) -> Process:
    """A process from its short form, in which a step is `Role: Verb object`."""
    process = short_process(flow)
    edits: list[Edit] = []
    roles: dict[str, Role] = {}
    for task in tasks(process):
        doer, _, name = task.name.rpartition(":")
        edits.append(Rename(id=task.id, name=name.strip()))
        if doer.strip():
            known = roles.setdefault(
                doer.strip(), Role(id=fresh_id(doer, {role.id for role in roles.values()}), name=doer.strip())
            )
            edits.append(SetRole(ids=(task.id,), role=known.id))
    return apply(process, [*(PutRole(role=role) for role in roles.values()), *edits])
