"""Whether what is asked after a story is really missing: nothing may be asked that the story tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assistant.evals.maps import similarity
from assistant.process.blocks import Choice
from assistant.process.describe import name_of
from assistant.process.model import Process
from assistant.process.questions import open_questions
from assistant.process.tree import by_id

MOST = 5
"""How many things may be asked in one turn."""
ALIKE = 0.5
KINDS = {"work": ("work",), "wait": ("wait", "duration"), "chance": ("p", "branches"), "volume": ("volume",),
         "capacity": ("capacity",)}  # fmt: skip
"""For each kind of fact a story states, the fields a question about it would fill."""
WAYS = ("p", "branches")
"""Fields of a decision: one of its ways stands for all."""


def asked_first(process: Process, story: str) -> list[dict[str, Any]]:
    """What would be asked first: the words, the field an answer fills, and what it is about by name."""
    return [
        {"text": question.text, "field": question.field, "about": _names(process, question.elements)}
        for question in open_questions(process, story)[:MOST]
    ]


def _names(process: Process, elements: Iterable[str]) -> list[str]:
    steps, roles = by_id(process), {role.id: role.name for role in process.roles}
    found = []
    for element in elements:
        step = steps.get(element)
        found.append(roles.get(element) or (name_of(step) if step is not None else element))
        if isinstance(step, Choice):
            found += [branch.when or "" for branch in step.branches]
        found.append(str(getattr(step, "while_", "")))
    return [name for name in found if name]


def told_already(asked: Sequence[dict[str, Any]], facts: Iterable[Sequence[Any]]) -> list[str]:
    """The questions that the facts a story states answer: for several things at once, only when all of them do."""
    known = [(str(name), KINDS[kind]) for name, kind, _ in facts]
    return [question["text"] for question in asked if _answered(question, known)]


def _answered(question: dict[str, Any], known: Sequence[tuple[str, tuple[str, ...]]]) -> bool:
    names = [name for name, fields in known if question["field"] in fields]
    if question["field"] == "volume":
        return bool(names)
    found = [any(similarity(name, other) >= ALIKE for name in names) for other in question["about"]]
    return any(found) if question["field"] in WAYS else bool(found) and all(found)
