"""The library in memory: the entries that ship with the program and those of the user's own folder.

A folder holds `processes/`, `practices/`, `enablers/` (one YAML file an entry) and, if it likes, `figures.yaml`. An
entry with the id of one in an earlier folder takes its place: those that ship with the program come first, then the
folders of teams, then one's own. What is not published yet is kept aside and used by nothing but who asks for it. What
was read and found valid is kept as plain JSON under the hash of all files, so that the next start need not parse YAML;
that copy is never trusted for more than speed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.english.alike import know
from assistant.errors import InvalidLibrary
from assistant.library.checks import Problem, explain, references
from assistant.library.entries import MODELS, AnyEntry, EnablerEntry, Figure, PracticeEntry, ProcessEntry
from assistant.library.lexical import LexicalIndex
from assistant.library.words import stems_in
from assistant.library.yamlfile import parse_yaml, read_bytes
from assistant.settings import bundled, cache_folder, data_folder

SCHEMA = "library/2"
FOLDERS = {"processes": "process", "practices": "practice", "enablers": "enabler"}
MAX_FILES = 20_000
STALE = 3600.0
Held = TypeVar("Held")
_DRAFT = re.compile(rb"^status:\s*['\"]?draft\b", re.MULTILINE)
REMEDY = "`assistant library check` lists all faults."


class Library(BaseModel):
    """All entries, sorted by code. Immutable; safe to share. `stems` holds the stems of all its words, for speed."""

    model_config = ConfigDict(frozen=True, ignored_types=(cached_property,))

    processes: tuple[ProcessEntry, ...] = ()
    practices: tuple[PracticeEntry, ...] = ()
    enablers: tuple[EnablerEntry, ...] = ()
    figures: tuple[Figure, ...] = ()
    drafts: tuple[AnyEntry, ...] = ()
    fingerprint: str = ""
    stems: Mapping[str, str] = Field(default_factory=dict, repr=False)
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
        """The words of `entries`, built on first use."""
        return LexicalIndex(self.entries)

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


def folder_of(kind: str) -> str:
    """The folder in which entries of a kind (`process`, `practice`, `enabler`) are looked for."""
    return next(folder for folder, held in FOLDERS.items() if held == kind)


class EntryFile(NamedTuple):
    """A file of the library: which kind of entry it holds (`figures` for the list of figures), its path and bytes, and
    why it could not be read (empty: it could)."""

    kind: str
    path: Path
    data: bytes
    fault: str = ""


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
    library = _loaded(files, bundled_entries() if len(files) > len(ours) else {})
    return library.model_copy(update={"left_out": (*missing, *library.left_out)}) if missing else library


def bundled_entries() -> dict[Path, AnyEntry]:
    """The entries that ship with the program by their file, from their kept copy where there is one.

    Raises InvalidLibrary when one is broken.
    """
    ours = files_of(bundled("library"))
    base = _loaded(ours, {})
    return {file.path: entry for file in ours if (entry := base.get(file.path.stem))}


def _loaded(files: list[EntryFile], known: Mapping[Path, AnyEntry]) -> Library:
    """The library of these files, from its copy or read and kept. `known` entries need not be read again."""
    print_ = fingerprint(files)
    kept = _kept(print_)
    if kept is not None:
        know(kept.stems)
        return kept
    library, problems = assemble(files, print_, known)
    ours = str(bundled("library"))
    for first in (problem for problem in problems if problem.file.startswith(ours)):
        raise InvalidLibrary(f"The library file {first.file} is broken.", f"{first.field}: {first.text}.", REMEDY)
    if problems:
        library, _ = assemble(_whole(files, problems, known), print_, known)
        told = [problem for problem in problems if not _in_work(problem.file, files)]
        library = library.model_copy(update={"left_out": _left_out(told)})
    library = library.model_copy(update={"stems": stems_in(library.model_dump_json())})
    _keep(library)
    return library


def _in_work(path: str, files: list[EntryFile]) -> bool:
    """Whether a file says of itself that it is a draft: its faults are named by a check, not at every start."""
    data = next((file.data for file in files if str(file.path) == path), b"")
    return _DRAFT.search(data) is not None


def _whole(files: list[EntryFile], problems: list[Problem], known: Mapping[Path, AnyEntry]) -> list[EntryFile]:
    """The files without those that have a problem, and without those that only break because others are left out."""
    broken = {problem.file for problem in problems}
    while True:
        kept = [file for file in files if str(file.path) not in broken]
        more = {problem.file for problem in assemble(kept, "", known)[1]} - broken
        if not more:
            return kept
        broken |= more


def _left_out(problems: list[Problem]) -> tuple[str, ...]:
    """One line for each file left out, with the first thing wrong with it."""
    first = {problem.file: problem for problem in reversed(problems)}
    return tuple(f"Left out of the library: {problem}" for problem in first.values())


def files_of(folder: Path) -> list[EntryFile]:
    """The YAML files of a library folder, in order. Raises InvalidLibrary when they are too many or unreadable."""
    found: list[EntryFile] = []
    for name, kind in FOLDERS.items():
        place = folder / name
        paths = sorted(place.glob("*.y*ml")) if place.is_dir() else []
        found.extend(_entry_file(kind, path) for path in paths[: MAX_FILES + 1])
    figures = folder / "figures.yaml"
    if figures.is_file():
        found.append(_entry_file("figures", figures))
    if len(found) > MAX_FILES:
        raise InvalidLibrary(f"{folder} holds too many files.", f"At most {MAX_FILES:,} entries are read.")
    return found


def _entry_file(kind: str, path: Path) -> EntryFile:
    try:
        return EntryFile(kind, path, read_bytes(path))
    except InvalidLibrary as error:
        return EntryFile(kind, path, b"", f"{error.what} {error.why}".strip())


def fingerprint(files: list[EntryFile]) -> str:
    """The hash of the content of the files and of the shape they are read into."""
    digest = hashlib.sha256(SCHEMA.encode())
    digest.update(_shape())
    for file in files:
        digest.update(f"\0{file.kind}\0{file.path}\0{len(file.data)}\0".encode())
        digest.update(file.data)
    return digest.hexdigest()


def _shape() -> bytes:
    """What the code of the entries looks like: another version of it must not read an older copy."""
    return hashlib.sha256(Path(__file__).with_name("entries.py").read_bytes()).digest()


def assemble(
    files: list[EntryFile], print_: str = "", known: Mapping[Path, AnyEntry] | None = None
) -> tuple[Library, list[Problem]]:
    """The library of these files and everything wrong with them; broken entries are left out.

    `known` holds entries by their file that were read and found right before.
    """
    known = known or {}
    problems: list[Problem] = []
    figures: dict[str, Figure] = {}
    found: dict[str, dict[str, tuple[AnyEntry, Path]]] = {kind: {} for kind in MODELS}
    drafts: dict[str, dict[str, tuple[AnyEntry, Path]]] = {kind: {} for kind in MODELS}
    for file in files:
        if file.fault:
            problems.append(Problem(str(file.path), "file", file.fault))
            continue
        if (right := known.get(file.path)) is not None:
            found[right.kind][right.id] = (right, file.path)
            continue
        try:
            data = parse_yaml(file.data, str(file.path))
            if file.kind == "figures":
                figures.update((figure.id, figure) for figure in _figures(data))
                continue
            entry = MODELS[file.kind].model_validate(data)
        except ValidationError as error:
            problems.extend(explain(error, str(file.path)))
            continue
        except InvalidLibrary as error:
            problems.append(Problem(str(file.path), "file", f"{error.what} {error.why}".strip()))
            continue
        held = found if entry.status == "published" else drafts
        problems.extend(_clash(held, entry, file.path))
        held[file.kind][entry.id] = (entry, file.path)
    library = Library(
        processes=_sorted(found["process"]),
        practices=_sorted(found["practice"]),
        enablers=_sorted(found["enabler"]),
        figures=tuple(figures.values()),
        drafts=tuple(entry for kind in MODELS for entry in _sorted(drafts[kind])),
        fingerprint=print_,
    )
    codes = {entry.code for entry in (*library.practices, *library.enablers) if entry.code}
    for entries in (*found.values(), *drafts.values()):
        for entry, path in (held for held in entries.values() if held[1] not in known):
            problems.extend(references(entry, codes, figures, str(path)))
    return library, problems


def entry_id(file: EntryFile) -> str:
    """The id an entry's file says it has; empty when it cannot be read."""
    try:
        data = parse_yaml(file.data, str(file.path))
    except InvalidLibrary:
        return ""
    return str(data.get("id", "")) if isinstance(data, dict) else ""


def _figures(data: Any) -> Iterator[Figure]:
    if not isinstance(data, dict) or not isinstance(data.get("figures"), list):
        raise InvalidLibrary("The list of figures is broken.", "It is a mapping with one key, `figures`.")
    yield from (Figure.model_validate(item) for item in data["figures"])


def _clash(found: dict[str, dict[str, tuple[AnyEntry, Path]]], entry: AnyEntry, path: Path) -> Iterator[Problem]:
    """Two files of one folder with the same id; an entry of another kind with the same id."""
    for kind, entries in found.items():
        if entry.id in entries and (kind != entry.kind or entries[entry.id][1].parent == path.parent):
            yield Problem(str(path), "id", f"{entry.id!r} is also the id of {entries[entry.id][1].name}")


def _sorted(entries: dict[str, tuple[AnyEntry, Path]]) -> tuple[Any, ...]:
    return tuple(sorted((entry for entry, _ in entries.values()), key=lambda entry: (entry.code or "~", entry.id)))


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
