"""What people are called: the family names a project was told, for this machine alone.

Journal and prompts hold the first letter of a family name ("Mr A"). The way back to the name lies beside the projects,
in a file of its own that only its owner may read; beside it lies where names stood in what was told. They are in no
prompt, journal, log or export of one; what a user sees and takes away has the names put back by them.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from assistant.errors import StorageError
from assistant.gateway.redact import TITLES, Found, instead
from assistant.language.what_is_kept import ENDS, kept_words
from assistant.process.durations import Span
from assistant.process.remarks import Remark
from assistant.projects.journal import sound_text
from assistant.workspace.private import write_private
from assistant.workspace.told_places import Piece, Places, joined

T = TypeVar("T")
STORY_BREAK = "\n\n"
"""What stands between two tellings where they are read as one story."""
ENDED = ".\n"
"""The same behind a telling of one line that nobody ended: as long, so that every place in the story stays."""
STOOD = ".stood.json"
FEWEST_SPACES = 3
"""Spaces in words between quotation marks from which on they are a quotation, and not what a step is called."""
_QUOTED = re.compile(r"“([^“”]{1,2000}?)(?: …)?”")


def as_one_story(told: Sequence[str]) -> str:
    """Tellings as one story: a line that ends in a word is a sentence, and no title of what follows."""
    last = len(told) - 1
    pieces = [
        text + (ENDED if "\n" not in text and text[-1:].isalnum() else STORY_BREAK if at < last else "")
        for at, text in enumerate(told)
    ]
    return "".join(pieces).rstrip("\n")


class Called:
    """The names of one project. Without a folder they are known until the program ends."""

    def __init__(self, folder: Path | None, project: str, said: Callable[[], Sequence[str]] = tuple) -> None:
        """`said` are the kept words that tell the process, in order: places in it are places in them."""
        self._file = folder / f"{project}.json" if folder is not None else None
        self._names: dict[str, str] = _read(self._file) if self._file is not None else {}
        self._said = said
        self._stood: dict[str, list[Piece]] = _places(folder, project)
        self._written = len(self._stood)

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
        words = kept_words(text, names)
        kept = instead(text, words)
        if words:
            self._stood[_mark(kept)] = _pieces(text, words)
        return kept, names

    def remember(self, names: Mapping[str, str]) -> None:
        """Take over names with the letters they are kept by. Raises StorageError."""
        new = {name: letter for name, letter in names.items() if letter not in self._names.values()}
        if new:
            self._names |= new
            if self._file is not None:
                _write(self._file, self._names)
        if self._file is not None and len(self._stood) > self._written:
            _write(self._file.with_suffix(STOOD), self._stood)
            self._written = len(self._stood)

    def back(self, value: T) -> T:
        """A text, or anything that holds texts, with the names as they were told; quotations and places are those of
        the story as it was told. All else stays what it is."""
        if not self._names and not self._stood:
            return value
        told = {letter: name for name, letter in self._names.items()}
        letters = "|".join(sorted(told, key=len, reverse=True))
        short = re.compile(rf"\b((?:{TITLES})\b\.?\s)({letters}){ENDS}" if told else r"(?!)")
        found: T = _Back(lambda text: short.sub(lambda match: match[1] + told[match[2]], text), self._told).of(value)
        return found

    def _told(self) -> Places:
        """The story, with where in it names stood."""
        return joined(((text, self._stood.get(_mark(text), ())) for text in self._said()), STORY_BREAK)


def forget(folder: Path, project: str) -> None:
    """Delete the names of a project."""
    for ending in (".json", STOOD):
        (folder / f"{project}{ending}").unlink(missing_ok=True)


def move(folder: Path, old: str, new: str) -> None:
    """The names of a project go with it when it is called otherwise."""
    for ending in (".json", STOOD):
        if (folder / f"{old}{ending}").exists():
            os.replace(folder / f"{old}{ending}", folder / f"{new}{ending}")


def _read(file: Path) -> dict[str, str]:
    """The names of a file; a file that cannot be read leaves the letters as they are."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return {str(name): str(letter) for name, letter in data.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _mark(text: str) -> str:
    """What a kept text is known by beside its journal."""
    return hashlib.sha256(sound_text(text).encode()).hexdigest()[:16]


def _pieces(text: str, words: Sequence[tuple[Found, str]]) -> list[Piece]:
    """Where in the kept text something else was told; of that only names are shown."""
    pieces, moved = [], 0
    for (start, end, kind), kept in words:
        at = start + moved
        pieces.append(Piece(at, at + len(kept), end - start, text[start:end] if kind == "NAME" else kept))
        moved += len(kept) - (end - start)
    return pieces


def _places(folder: Path | None, project: str) -> dict[str, list[Piece]]:
    """Where names stood in each text of a project; a file that cannot be read leaves the places as they are kept."""
    if folder is None:
        return {}
    try:
        data = json.loads((folder / f"{project}{STOOD}").read_text(encoding="utf-8"))
        return {
            mark: [Piece(int(start), int(end), int(length), str(shown)) for start, end, length, shown in rows]
            for mark, rows in data.items()
        }
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _write(file: Path, names: Mapping[str, Any]) -> None:
    try:
        write_private(file, dict(names))
    except OSError as error:
        raise StorageError(
            "What people are called could not be kept.", f"{file.parent}: {error.strerror}.", "Free some space there."
        ) from None


class _Back:
    """A value with every text in it as it was told, and every place moved to where it stands in the story that was
    told; what holds none of them stays the same object."""

    def __init__(self, text: Callable[[str], str], told: Callable[[], Places]) -> None:
        self._text, self._made = text, told

    @cached_property
    def _told(self) -> Places:
        return self._made()

    def of(self, value: Any) -> Any:
        """The value, put back."""
        if isinstance(value, str):
            return self._text(_QUOTED.sub(self._in_marks, value)) if type(value) is str else value
        if isinstance(value, BaseModel):
            changed = self._changed({name: getattr(value, name) for name in type(value).model_fields}, value)
            return value.model_copy(update=changed) if changed else value
        if is_dataclass(value) and not isinstance(value, type):
            held = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
            changed = self._changed(held, value)
            return replace(value, **changed) if changed else value
        if isinstance(value, Mapping):
            made = {self.of(key): self.of(item) for key, item in value.items()}
            return value if list(made) == list(value) and all(made[key] is value[key] for key in value) else made
        if isinstance(value, list | tuple | set | frozenset):
            items = [self.of(item) for item in value]
            if all(new is old for new, old in zip(items, value, strict=True)):
                return value
            return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
        return value

    def _changed(self, parts: dict[str, Any], of: Any) -> dict[str, Any]:
        """Those of an object's parts that are something else afterwards."""
        made = {name: self.of(part) for name, part in parts.items()}
        if isinstance(of, Span) and not of.doc:
            made |= zip(("start", "end"), self._told.span(of.start, of.end), strict=True)
        elif isinstance(of, Remark) and of.span is not None and not of.span.doc:
            made["text"] = self._quoted(of.text, of.span.start, of.span.end) or made["text"]
        elif set(parts) == {"start", "end", "text"}:  # a quotation
            made["text"] = self._quoted(of.text, of.start, of.end) or made["text"]
            made |= zip(("start", "end"), self._told.span(of.start, of.end), strict=True)
        return {name: part for name, part in made.items() if part is not parts[name] and part != parts[name]}

    def _in_marks(self, match: re.Match[str]) -> str:
        """Words between quotation marks within a text, as they were told where they are the story's."""
        words = match[1]
        start = self._told.kept.find(words) if words.count(" ") >= FEWEST_SPACES else -1
        return match[0] if start < 0 else match[0].replace(words, self._told.words(start, start + len(words)))

    def _quoted(self, text: str, start: int, end: int) -> str:
        """The told words of a quotation from the kept ones; nothing where it quotes something else."""
        return self._told.words(start, end) if self._told.kept[start:end] == text else ""
