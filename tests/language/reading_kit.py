"""Small helpers for tests of the reader: a process as nested lists of names, and task F1 against a gold tree."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from assistant.english.alike import share
from assistant.language.offline.sentences.same_step import content
from assistant.language.reading import read_story
from assistant.process import codec
from assistant.process.blocks import AnyOf, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.model import Process
from assistant.process.tree import tasks, walk

ROOT = Path(__file__).parents[2]
STORIES = ROOT / "evals" / "stories"
DEMO = ROOT / "templates" / "demo" / "order_to_cash.txt"
NAMES = ("order_to_cash", "invoices", "hiring", "incidents", "claims", "permits")


FRAME = "The clerk opens the file. {} The clerk closes the file for good."
"""A sentence is read between two others: alone it may be no story."""


def framed(words: str) -> list[tuple[str, str]]:
    """The steps that words tell within the frame, with who does them."""
    process = read_story(FRAME.format(words)).process
    roles = {role.id: role.name for role in process.roles}
    return [(task.name, roles.get(task.role or "", "")) for task in tasks(process)][1:-1]


def story_text(name: str) -> str:
    """The words of one of our stories."""
    return (DEMO if name == "order_to_cash" else STORIES / f"{name}.txt").read_text(encoding="utf-8")


def gold(name: str) -> Process:
    """The tree made by hand for a story."""
    return codec.loads((STORIES / f"{name}.json").read_text(encoding="utf-8"))


def shape(text: str) -> list[Any]:
    """What is read from a text, as nested lists: names, ("choice", ...), ("loop", do, redo), ("end", outcome) …"""
    return _shape(read_story(text).process.flow)


def _shape(sequence: Sequence) -> list[Any]:
    out: list[Any] = []
    for step in sequence.items:
        if isinstance(step, Task):
            out.append(step.name)
        elif isinstance(step, Choice | AnyOf | Parallel):
            out.append((step.block, *(_shape(branch.do) for branch in step.branches)))
        elif isinstance(step, Loop):
            out.append(("loop", _shape(step.do), _shape(step.redo)))
        elif isinstance(step, End):
            out.append(("end", step.outcome))
        elif isinstance(step, Wait):
            out.append(("wait", step.name))
    return out


def task_named(process: Process, words: str) -> Task:
    """The first task whose name starts with these words."""
    return next(task for task in tasks(process) if task.name.lower().startswith(words.lower()))


def choices(process: Process) -> list[Choice]:
    """The choices in reading order."""
    return [step for step in walk(process) if isinstance(step, Choice)]


def task_f1(expected: Process, read: Process) -> float:
    """Tasks matched one to one by likeness of their names (at least .5), best pairs first, as F1."""
    a, b = [task.name for task in tasks(expected)], [task.name for task in tasks(read)]
    pairs = sorted(((_likeness(x, y), i, j) for i, x in enumerate(a) for j, y in enumerate(b)), reverse=True)
    left, right = set(range(len(a))), set(range(len(b)))
    hits = 0
    for score, i, j in pairs:
        if score >= 0.5 and i in left and j in right:
            left.discard(i)
            right.discard(j)
            hits += 1
    return 2 * hits / (len(a) + len(b))


def _likeness(a: str, b: str) -> float:
    return max(share(content(a), content(b)), SequenceMatcher(None, a.lower(), b.lower()).ratio())
