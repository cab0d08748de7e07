"""The last redesign of a project, kept on this machine for the next sitting: what was found is there again at once.

The journal says what was found by id and title; what is shown of it, with evidence, effects and plays, is worked out
once. It lies in a file of its own beside the projects that only its owner may read, and bears the entry of the journal
it belongs to and what it was made by. Where it is gone, damaged or made by another version or other settings, the next
look makes it anew: nothing rests on it. What customers said to the letter is not kept (see `Session.hear_customers`).
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from assistant import __version__
from assistant.projects.journal import Entry, Proposed
from assistant.settings import Settings
from assistant.workspace.entries import proposed
from assistant.workspace.private import write_whole

if TYPE_CHECKING:
    from assistant.redesign.engine import Redesign

PLAIN = {
    ("datetime", "date"), ("numpy", "dtype"), ("numpy", "ndarray"), ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.numeric", "_frombuffer"), ("numpy._core.multiarray", "scalar"),
}  # fmt: skip
"""What a kept redesign holds besides values of this package."""


class Lasting:
    """The last redesign of one project in the file of its folder; without a folder it is known until the program ends.

    `result` is the redesign in force, `entry` the number of the journal's entry it belongs to (0: none yet).
    """

    def __init__(self, folder: Path | None, project: str, settings: Settings) -> None:
        self._file = _file(folder, project) if folder is not None else None
        self._made_with = _made_with(settings)
        self.result: Redesign | None = None
        self.entry = 0
        self._new = False

    def made(self, result: Redesign | None) -> None:
        """A redesign that was just made; it belongs to the entry that is written next."""
        self.result, self._new = result, result is not None

    def written(self, entries: tuple[Entry, ...]) -> None:
        """The journal holds what was made: keep it with its entry. Where it cannot be kept it is known all the same."""
        if not self._new or self.result is None:
            return
        last = last_look(entries)
        if last is None or not _told_by(self.result, last):
            return
        self._new, self.entry = False, last.seq
        if self._file is not None:
            with contextlib.suppress(OSError, pickle.PickleError, AttributeError, TypeError):
                _keep(self._file, self._head(last), self.result)

    def taken_up(self, entries: tuple[Entry, ...]) -> Redesign | None:
        """The redesign in force; where another sitting looked later, the one it kept."""
        if self._new or self._file is None:
            return self.result
        last = last_look(entries)
        if last is not None and last.seq > self.entry:
            found = _kept(self._file, self._head(last))
            if found is not None and _told_by(found, last):
                self.result, self.entry = found, last.seq
        return self.result

    def _head(self, entry: Entry) -> bytes:
        return f"{entry.seq} {self._made_with}\n".encode()


def last_look(entries: tuple[Entry, ...]) -> Entry | None:
    """The entry of the last time somebody looked for what hurts, of those that count."""
    return next((entry for entry in reversed(entries) if isinstance(entry.what, Proposed)), None)


def forget(folder: Path, project: str) -> None:
    """Delete what is kept of a project."""
    with contextlib.suppress(OSError):
        _file(folder, project).unlink(missing_ok=True)


def move(folder: Path, old: str, new: str) -> None:
    """What is kept of a project goes with it when it is called otherwise."""
    with contextlib.suppress(OSError):
        os.replace(_file(folder, old), _file(folder, new))


def _file(folder: Path, project: str) -> Path:
    return folder / f"{project}.found"


def _made_with(settings: Settings) -> str:
    """What decides on a redesign besides the journal: the version, who judges, and the numbers set."""
    told = repr((__version__, settings.model, settings.redesign, settings.simulation))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _told_by(found: Redesign, entry: Entry) -> bool:
    """Whether that is what the entry says was found and proposed."""
    said = proposed(found, None)
    what = entry.what
    return isinstance(what, Proposed) and (what.findings, what.alternatives) == (said.findings, said.alternatives)


def _keep(file: Path, head: bytes, result: Redesign) -> None:
    """Write it as it is read back, with the shapes of all it holds; OSError and what cannot be written are raised."""
    data = pickle.dumps(_without_customers(result), protocol=5)
    reader = _Reader(io.BytesIO(data))
    reader.load()
    write_whole(file, head + f"{reader.shapes()} {hashlib.sha256(data).hexdigest()}\n".encode() + data)


def _kept(file: Path, head: bytes) -> Redesign | None:
    """What is in a file, or None when it belongs to another entry, is damaged, or holds shapes of another version."""
    from assistant.redesign.engine import Redesign

    try:
        with file.open("rb") as source:
            if source.readline(1000) != head:
                return None
            shapes, _, digest = source.readline(1000).decode().strip().partition(" ")
            data = source.read()
        if hashlib.sha256(data).hexdigest() != digest:
            return None
        reader = _Reader(io.BytesIO(data))
        found = reader.load()
        return found if reader.shapes() == shapes and isinstance(found, Redesign) else None
    except Exception:  # whatever is wrong with it, it is made anew
        return None


def _without_customers(result: Redesign) -> Redesign:
    """The redesign without what customers said: that stays in their file."""
    from assistant.redesign.customers import CUSTOMERS_SAY

    def quiet(found: Any) -> tuple[Any, ...]:
        return tuple(
            replace(finding, because=tuple(seen for seen in finding.because if seen.unit != CUSTOMERS_SAY))
            for finding in found
        )

    return replace(result, findings=quiet(result.findings), suited=quiet(result.suited))


class _Reader(pickle.Unpickler):
    """Reads values of this package and of a few plain kinds, and nothing that could do anything."""

    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream)
        self._seen: dict[str, tuple[str, ...]] = {}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in PLAIN and not module.startswith("assistant."):
            raise pickle.UnpicklingError(f"{module}.{name}")
        found = super().find_class(module, name)
        if module.startswith("assistant."):
            self._seen[f"{module}.{name}"] = _shape(found)
        return found

    def shapes(self) -> str:
        """A hash of which kinds were read and what fields each has today."""
        return hashlib.sha256(repr(sorted(self._seen.items())).encode()).hexdigest()


def _shape(kind: Any) -> tuple[str, ...]:
    """The fields of a kind of values. Raises UnpicklingError for anything else."""
    if isinstance(kind, type):
        if is_dataclass(kind):
            return tuple(field.name for field in fields(kind))
        if issubclass(kind, BaseModel):
            return tuple(kind.model_fields)
        if issubclass(kind, Enum):
            return tuple(kind.__members__)
        if issubclass(kind, tuple) and hasattr(kind, "_fields"):
            return tuple(kind._fields)
    raise pickle.UnpicklingError(str(kind))
