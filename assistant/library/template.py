"""A library entry as a process: its flow drawn, simulated, compared and started from like any other.

Every figure keeps its basis `library`, with the entry it comes from.
"""

from __future__ import annotations

from typing import Any

from assistant.errors import InvalidLibrary
from assistant.library.entries import LibraryStep, ProcessEntry
from assistant.library.flow import ChoiceItem, EndItem, FlowItem, LoopItem, ParallelItem, WaitItem
from assistant.library.values import Range
from assistant.process.codec import from_named
from assistant.process.durations import Basis
from assistant.process.model import SCHEMA, Process


def template(entry: ProcessEntry) -> Process:
    """The entry's process. Raises InvalidLibrary when the entry has no flow."""
    if not entry.flow:
        raise InvalidLibrary(
            f"The entry {entry.id} has no flow, only a list of steps.",
            remedy="Write a `flow`; `assistant library new process` shows one.",
        )
    return from_named(_document(entry))


def _document(entry: ProcessEntry) -> dict[str, Any]:
    writer = _Writer(entry)
    return {
        "schema": SCHEMA,
        "name": entry.name,
        "trigger": entry.trigger,
        "customers": [{"name": customer.name, "needs": list(customer.needs)} for customer in entry.customers],
        "roles": [
            {"id": role.id, "name": role.name, "kind": role.kind, **({"unit": role.unit} if role.unit else {})}
            for role in entry.roles
        ],
        "data": [
            {"id": item.id, "name": item.name, **({"source": item.source} if item.source else {})}
            for item in entry.data
        ],
        "separations": [{"a": pair.a, "b": pair.b, "reason": pair.reason} for pair in entry.separations],
        "flow": {"sequence": writer.items(entry.flow)},
    }


class _Writer:
    """Writes the blocks of a flow; blocks that have no id of their own are numbered in reading order."""

    def __init__(self, entry: ProcessEntry) -> None:
        self.entry = entry
        self.steps = {step.id: step for step in entry.steps}
        self.accountable = {step.id: stage.accountable for stage in entry.stages for step in stage.steps}
        self.numbers = {"choice": 0, "loop": 0, "parallel": 0, "wait": 0, "end": 0}

    def items(self, flow: tuple[FlowItem, ...]) -> list[dict[str, Any]]:
        return [self._block(item) for item in flow]

    def _id(self, kind: str) -> str:
        self.numbers[kind] += 1
        return f"{kind}_{self.numbers[kind]}"

    def _block(self, item: FlowItem) -> dict[str, Any]:
        if isinstance(item, ChoiceItem):
            block_id = self._id("choice")
            branches = [
                {
                    "id": f"{block_id}.{number}",
                    "when": branch.when,
                    "p": branch.p,
                    "p_basis": Basis.LIBRARY.value,
                    "do": {"sequence": self.items(branch.do)},
                }
                for number, branch in enumerate(item.choice.branches, 1)
            ]
            return {"choice": {"id": block_id, "question": item.choice.question, "branches": branches}}
        if isinstance(item, LoopItem):
            values = {
                "id": self._id("loop"),
                "while": item.loop.while_,
                "p": item.loop.p,
                "p_basis": Basis.LIBRARY.value,
                "do": {"sequence": self.items(item.loop.do)},
                "redo": {"sequence": self.items(item.loop.redo)},
            }
            return {"loop": values}
        if isinstance(item, ParallelItem):
            block_id = self._id("parallel")
            paths = [
                {"id": f"{block_id}.{number}", "do": {"sequence": self.items(path)}}
                for number, path in enumerate(item.parallel, 1)
            ]
            return {"parallel": {"id": block_id, "branches": paths}}
        if isinstance(item, WaitItem):
            pause = item.wait
            told = {"wait_cause": pause.cause, "duration": self._time(pause.time) if pause.time else None}
            known = {name: value for name, value in told.items() if value}
            return {"wait": {"id": self._id("wait"), "name": pause.name, **known}}
        if isinstance(item, EndItem):
            return {"end": {"id": self._id("end"), "outcome": item.end.outcome, "negative": item.end.negative}}
        return {"task": self._task(item)}

    def _task(self, step_id: str) -> dict[str, Any]:
        step = self.steps.get(step_id)
        if step is None:
            raise InvalidLibrary(f"The flow of {self.entry.id} names the step {step_id!r}, which is not there.")
        told = {
            "system": step.system,
            "legal_basis": step.legal_basis,
            "wait_cause": step.wait_cause,
            "note": step.why or step.control,
        }
        return {
            "id": step.id,
            "name": step.name,
            "role": step.role,
            "accountable": [self.accountable[step.id]],
            "consulted": list(step.consulted),
            "informed": list(step.informed),
            "reads": list(step.reads),
            "writes": list(step.writes),
            "value_class": step.value,
            "is_control": step.control is not None,
            "basis": Basis.LIBRARY.value,
            **{name: value for name, value in told.items() if value},
            **self._times(step),
        }

    def _times(self, step: LibraryStep) -> dict[str, Any]:
        times = {"work": step.work, "wait": step.wait}
        return {name: self._time(value) for name, value in times.items() if value is not None}

    def _time(self, time: Range) -> dict[str, Any]:
        return time.duration(self.entry.name).document()
