"""What reading a request gives: edits with a title, and small helpers to make edits."""

from __future__ import annotations

from typing import NamedTuple

from assistant.language.change.catalogue import Catalogue
from assistant.process.blocks import Call, Task
from assistant.process.edits import Edit
from assistant.process.tree import fresh_id, ids


class Outcome(NamedTuple):
    """One way to read a request: what it would do, in words, and the edits."""

    title: str
    edits: tuple[Edit, ...]


class Doubt(NamedTuple):
    """What to ask, and the readings to pick from, the likeliest first."""

    text: str
    readings: tuple[Outcome, ...]


class Fresh:
    """Hands out ids that nobody has."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.taken = set(ids(catalogue.process)) | set(catalogue.rows)

    def id(self, stem: str) -> str:
        """A new id that reads like `stem`."""
        name = fresh_id(stem, self.taken)
        self.taken.add(name)
        return name

    def task(self, name: str, like: object = None) -> Task | Call:
        """A new task (or call, where the name says subprocess) with that name, done by whoever does `like`."""
        role = getattr(like, "role", None)
        if name.lower().startswith("subprocess"):
            return Call(id=self.id(name), name=name, role=role)
        return Task(id=self.id(name), name=name, role=role)
