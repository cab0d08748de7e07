"""What people are called: the family names a project was told, for this machine alone.

Journal and prompts hold the first letter of a family name ("Mr A"). The way back to the name lies beside the projects,
in a file of its own that only its owner may read. It is in no prompt, journal, log or export of one; what a user sees
and takes away has the names put back by it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from assistant.errors import StorageError
from assistant.gateway.redact import TITLES
from assistant.language.what_is_kept import ENDS, mask_for_keeping
from assistant.workspace.private import write_private

T = TypeVar("T")


class Called:
    """The names of one project. Without a folder they are known until the program ends."""

    def __init__(self, folder: Path | None, project: str) -> None:
        self._file = folder / f"{project}.json" if folder is not None else None
        self._names: dict[str, str] = _read(self._file) if self._file is not None else {}

    def mask(self, text: str) -> str:
        """A text as it may be kept; whom it names is remembered, by one letter each. Raises StorageError."""
        kept, names = self.masked(text)
        self.remember(names)
        return kept

    def masked(self, text: str) -> tuple[str, dict[str, str]]:
        """A text as it may be kept, and all names with their letters; nothing is remembered."""
        if self._file is not None:  # another program may have heard of somebody meanwhile
            self._names = _read(self._file) | self._names
        names = dict(self._names)
        return mask_for_keeping(text, names), names

    def remember(self, names: Mapping[str, str]) -> None:
        """Take over names with the letters they are kept by. Raises StorageError."""
        new = {name: letter for name, letter in names.items() if letter not in self._names.values()}
        if new:
            self._names |= new
            if self._file is not None:
                _write(self._file, self._names)

    def back(self, value: T) -> T:
        """A text, or anything that holds texts, with the names as they were told; all else stays what it is."""
        if not self._names:
            return value
        told = {letter: name for name, letter in self._names.items()}
        letters = "|".join(sorted(told, key=len, reverse=True))
        short = re.compile(rf"\b((?:{TITLES})\b\.?\s)({letters}){ENDS}")
        found: T = _each_text(value, lambda text: short.sub(lambda match: match[1] + told[match[2]], text))
        return found


def forget(folder: Path, project: str) -> None:
    """Delete the names of a project."""
    (folder / f"{project}.json").unlink(missing_ok=True)


def move(folder: Path, old: str, new: str) -> None:
    """The names of a project go with it when it is called otherwise."""
    if (folder / f"{old}.json").exists():
        os.replace(folder / f"{old}.json", folder / f"{new}.json")


def _read(file: Path) -> dict[str, str]:
    """The names of a file; a file that cannot be read leaves the letters as they are."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return {str(name): str(letter) for name, letter in data.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _write(file: Path, names: Mapping[str, str]) -> None:
    try:
        write_private(file, dict(names))
    except OSError as error:
        raise StorageError(
            "What people are called could not be kept.", f"{file.parent}: {error.strerror}.", "Free some space there."
        ) from None


def _each_text(value: Any, back: Any) -> Any:
    """A value with every text in it changed; what holds none of them stays the same object."""
    if isinstance(value, str):
        return back(value) if type(value) is str else value
    if isinstance(value, BaseModel):
        changed = _changed({name: getattr(value, name) for name in type(value).model_fields}, back)
        return value.model_copy(update=changed) if changed else value
    if is_dataclass(value) and not isinstance(value, type):
        changed = _changed({field.name: getattr(value, field.name) for field in fields(value) if field.init}, back)
        return replace(value, **changed) if changed else value
    if isinstance(value, Mapping):
        made = {_each_text(key, back): _each_text(item, back) for key, item in value.items()}
        return value if list(made) == list(value) and all(made[key] is value[key] for key in value) else made
    if isinstance(value, list | tuple | set | frozenset):
        items = [_each_text(item, back) for item in value]
        if all(new is old for new, old in zip(items, value, strict=True)):
            return value
        return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
    return value


def _changed(parts: Mapping[str, Any], back: Any) -> dict[str, Any]:
    """Those of an object's parts that are something else afterwards."""
    made = {name: _each_text(part, back) for name, part in parts.items()}
    return {name: part for name, part in made.items() if part is not parts[name]}
