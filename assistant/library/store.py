"""The library in memory: the entries that ship with the program and those of the user's own folder.

A folder holds `processes/`, `practices/`, `enablers/` (one YAML file an entry) and, if it likes, `figures.yaml`. An
entry with the id of one in an earlier folder takes its place: those that ship with the program come first, then the
folders of teams, then one's own. What is not published yet is kept aside and used by nothing but who asks for it. What
was read and found valid is kept as plain JSON under the hash of all files, so that the next start need not parse YAML;
that copy is never trusted for more than speed.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from assistant.english.alike import know
from assistant.errors import InvalidLibrary
from assistant.library.entries import AnyEntry, EnablerEntry, Figure, PracticeEntry, ProcessEntry
from assistant.library.files import EntryFile, files_of, fingerprint
from assistant.library.lexical import LexicalIndex
from assistant.library.words import stems_in
from assistant.process.collector import collector_at_rest
from assistant.settings import bundled, cache_folder, data_folder

if TYPE_CHECKING:
    from assistant.library.assembling import Known
    from assistant.library.checks import Problem

STALE = 3600.0
MANY = 200
"""Files from which on those that have not changed since an earlier start are not read anew."""
STEMMED_UP_TO = 300
"""Entries whose words are kept with their stems: those of more are nearly the same words."""
Held = TypeVar("Held")
REMEDY = "`assistant library check` lists all faults."


class Library(BaseModel):
    """All entries, sorted by code. Immutable; safe to share.

    For speed `stems` holds the stems of its words, and `sources` which entry came from which file with what content.
    """

    model_config = ConfigDict(frozen=True, ignored_types=(cached_property,), defer_build=True)

    processes: tuple[ProcessEntry, ...] = ()
    practices: tuple[PracticeEntry, ...] = ()
    enablers: tuple[EnablerEntry, ...] = ()
    figures: tuple[Figure, ...] = ()
    drafts: tuple[AnyEntry, ...] = ()
    fingerprint: str = ""
    stems: Mapping[str, str] = Field(default_factory=dict, repr=False)
    sources: Mapping[str, str] = Field(default_factory=dict, repr=False)
    left_out: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[AnyEntry, ...]:
        """Processes, then practices, then enablers."""
        return (*self.processes, *self.practices, *self.enablers)

    @cached_property
    def _names(self) -> dict[str, AnyEntry]:
        by_code = {entry.code: entry for entry in self.entries if entry.code}
        return {**by_code, **{entry.id: entry for entry in self.entries}}

    @cached_property
    def _derived(self) -> dict[str, Any]:
        return {}

    def derived(self, name: str, make: Callable[[Library], Held]) -> Held:
        """What `make` makes of this library, made once and remembered under the name."""
        if name not in self._derived:
            self._derived[name] = make(self)
        held: Held = self._derived[name]
        return held

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The words of `entries`, counted on first use; those of files are kept for the next start."""
        with collector_at_rest():
            if not self.fingerprint:  # made in memory, of no files
                return LexicalIndex(self.entries)
            return LexicalIndex.kept(self.entries, self.fingerprint, cache_folder())

    def ships(self, entry: AnyEntry) -> bool:
        """Whether the entry came from a file that ships with the program."""
        ours = str(bundled("library"))
        return any(path.startswith(ours) for path, of in self.sources.items() if of.endswith(f" {entry.id}"))

    def get(self, name: str) -> AnyEntry | None:
        """The entry with that id or code (`order-to-cash`, `P01`, `p01`), or None."""
        return self._names.get(name) or self._names.get(name.upper()) or self._names.get(name.lower())

    def find(self, name: str) -> AnyEntry | None:
        """As `get`; where nothing published has the name, what is still being written has."""
        found = self.get(name)
        return found or next((draft for draft in self.drafts if name.lower() in (draft.id, draft.code)), None)

    def with_status(self, status: str | None) -> Library:
        """The library of the entries with a status alone: this one for `published` or None."""
        if status in (None, "published"):
            return self
        held = [entry for entry in self.drafts if entry.status == status]
        kinds = {"process": "processes", "practice": "practices", "enabler": "enablers"}
        parts = {name: tuple(entry for entry in held if entry.kind == kind) for kind, name in kinds.items()}
        return Library(figures=self.figures, **parts)

    def process(self, name: str) -> ProcessEntry | None:
        """The process entry with that id or code, or None."""
        entry = self.get(name)
        return entry if isinstance(entry, ProcessEntry) else None

    def practice(self, name: str) -> PracticeEntry | None:
        """The practice with that id or code, or None."""
        entry = self.get(name)
        return entry if isinstance(entry, PracticeEntry) else None

    def figures_for(self, code: str) -> tuple[Figure, ...]:
        """The published figures on the process with that code."""
        return tuple(figure for figure in self.figures if code in figure.process)


def own_folder() -> Path:
    """Where a user's own entries live."""
    return data_folder() / "library"


def load_library(own: Path | None = None, teams: Sequence[Path] = ()) -> Library:
    """The bundled entries, those of team folders (the first goes before the others) and those of `own`.

    `own` is by default the user's folder, if there is one. A broken entry that does not ship with the program is left
    out and named in `left_out`: it harms no other; a draft that does not fit yet is only left out. Raises
    InvalidLibrary, naming file and field, when a bundled entry is broken.
    """
    missing = tuple(f"The library folder {folder} is not there" for folder in teams if not folder.is_dir())
    folders = [bundled("library"), *reversed(teams), own if own is not None else own_folder()]
    ours = files_of(folders[0])
    files = [*ours, *(file for folder in folders[1:] for file in files_of(folder))]
    library = _loaded(files, bundled_library if len(files) > len(ours) else Library)
    return library.model_copy(update={"left_out": (*missing, *library.left_out)}) if missing else library


def bundled_library() -> Library:
    """The library that ships with the program alone. Raises InvalidLibrary when an entry is broken."""
    return _loaded(files_of(bundled("library")), Library)


def bundled_entries() -> dict[Path, AnyEntry]:
    """The entries that ship with the program by their file, from their kept copy where there is one.

    Raises InvalidLibrary when one is broken.
    """
    return _by_file(bundled_library())


def _by_file(ours: Library) -> dict[Path, AnyEntry]:
    return {file.path: entry for file in files_of(bundled("library")) if (entry := ours.get(file.path.stem))}


def _loaded(files: list[EntryFile], base: Callable[[], Library]) -> Library:
    """The library of these files, from its copy or read and kept. What `base` holds need not be read again; it is
    asked for only where there is no copy."""
    with collector_at_rest():
        return _kept_or_read(files, fingerprint(files), base)


def _kept_or_read(files: list[EntryFile], print_: str, base: Callable[[], Library]) -> Library:
    kept = _kept(print_)
    if kept is not None:
        know(kept.stems)
        return kept
    from assistant.library.assembling import Known, left_out, unchanged, whole

    ours = base()
    known = _by_file(ours) if ours.entries else {}
    before = _unchanged(files) if len(files) - len(known) > MANY else {}
    library, problems = _assembled(files, print_, Known(known, before))
    shipped = str(bundled("library"))
    for first in (problem for problem in problems if problem.file.startswith(shipped)):
        raise InvalidLibrary(f"The library file {first.file} is broken.", f"{first.field}: {first.text}.", REMEDY)
    if problems:  # what was right in itself need not be read again
        read = Known(known, unchanged(files, library.sources, (*library.entries, *library.drafts)))
        library, _ = _assembled(whole(files, problems, read), print_, read)
        library = library.model_copy(update={"left_out": left_out(problems, files)})
    others = (entry for entry in library.entries[:STEMMED_UP_TO] if ours.get(entry.id) is not entry)
    library = library.model_copy(update={"stems": stems_in((other.model_dump_json() for other in others), ours.stems)})
    _keep(library)
    return library


def assemble(files: list[EntryFile], known: Mapping[Path, AnyEntry] | None = None) -> tuple[Library, list[Problem]]:
    """The library of these files and everything wrong with them; broken entries are left out.

    `known` holds entries by their file that were read and found right before.
    """
    from assistant.library.assembling import Known

    return _assembled(files, "", Known(known or {}))


def _assembled(files: list[EntryFile], print_: str, known: Known) -> tuple[Library, list[Problem]]:
    from assistant.library.assembling import assembled  # a start that finds its kept copy needs none of it

    parts, problems = assembled(files, known)
    return Library(**parts, fingerprint=print_), problems


def _unchanged(files: list[EntryFile]) -> dict[Path, AnyEntry]:
    """The entries of the largest copy kept by an earlier start whose files have not changed since."""
    from assistant.library.assembling import unchanged

    try:
        largest = max(cache_folder().glob("library-*.json"), key=lambda path: path.stat().st_size)
        before = Library.model_validate_json(largest.read_bytes())
    except (OSError, ValueError):
        return {}
    return unchanged(files, before.sources, (*before.entries, *before.drafts))


def _kept_path(print_: str) -> Path:
    return cache_folder() / f"library-{print_[:24]}.json"


def _kept(print_: str) -> Library | None:
    """The copy of an earlier start, if it is there, whole and of these very files."""
    path = _kept_path(print_)
    try:
        library = Library.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        return None
    with contextlib.suppress(OSError):  # what was used last is kept longest
        os.utime(path)
    return library if library.fingerprint == print_ else None


def _keep(library: Library) -> None:
    """Keeps the library as JSON, whole or not at all; without a right to write the next start is only slower."""
    path = _kept_path(library.fingerprint)
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".library-")
        with os.fdopen(handle, "wb") as file:
            file.write(library.model_dump_json(exclude_defaults=True).encode())
        Path(temporary).replace(path)
        old = sorted(path.parent.glob("library-*.json"), key=lambda item: item.stat().st_mtime)[:-4]
        for item in (*old, *_left_half(path.parent)):
            item.unlink()
    except OSError:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()


def _left_half(folder: Path) -> list[Path]:
    """Copies that a killed program left half written an hour ago or earlier."""
    return [path for path in folder.glob(".library-*") if time.time() - path.stat().st_mtime > STALE]
