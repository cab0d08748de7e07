"""Processes in short form, as the cases write them, and their form for comparing: names only, branches in any order."""

from __future__ import annotations

from typing import Any

from assistant.process.blocks import AnyOf, Block, Choice, Loop, Parallel, Sequence
from assistant.process.codec import from_data
from assistant.process.describe import name_of
from assistant.process.model import Process
from assistant.process.tree import fresh_id

HOLDING = frozenset(("do", "redo", "branches", "sequence", "choice", "any_of", "parallel", "loop"))


def short_process(flow: list[Any]) -> Process:
    """A process from its short form, in which a step is its name."""
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

    return from_data({"schema": "process/1", "name": "Case", "flow": {"sequence": opened(flow)}})


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
