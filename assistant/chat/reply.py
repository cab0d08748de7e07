"""What the assistant says in one turn, for a screen and as the document a front end reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.process.diff import diff
from assistant.process.edits import edit_document
from assistant.process.model import Process
from assistant.process.questions import Question


@dataclass(frozen=True)
class Fact:
    """One computed thing an answer rests on: its value with its unit, and where it comes from."""

    name: str
    value: float | int | str
    unit: str
    basis: str

    def document(self) -> dict[str, Any]:
        """The fact as JSON values."""
        return {"name": self.name, "value": self.value, "unit": self.unit, "basis": self.basis}


@dataclass(frozen=True)
class Reply:
    """Lines to show, at most three questions, whether the user leaves; `kinds` of thing said, `facts` beneath."""

    lines: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    leaving: bool = False
    kinds: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


def document(turn: int, reply: Reply, before: Process, after: Process, made_by: str) -> dict[str, Any]:
    """A turn of the conversation as JSON values; `turn` counts what was said, the greeting being 0."""
    edits = diff(before, after)
    return {
        "turn": turn,
        "kind": list(reply.kinds),
        "changed": bool(edits),
        "edits": [edit_document(edit) for edit in edits],
        "lines": list(reply.lines),
        "questions": [{"id": question.id, "text": question.text} for question in reply.questions],
        "facts": [fact.document() for fact in reply.facts],
        "made_by": made_by,
    }
