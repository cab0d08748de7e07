"""Reading the files of a library into entries, and what is wrong with each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from assistant.errors import InvalidLibrary
from assistant.library.checks import Problem, explain, references
from assistant.library.entries import MODELS, AnyEntry, Figure
from assistant.library.files import EntryFile, mark
from assistant.library.yamlfile import parse_yaml

_DRAFT = re.compile(rb"^status:\s*['\"]?draft\b", re.MULTILINE)


class Known(NamedTuple):
    """Entries by their file that need not be read: those that ship with the program and were found right, and `before`,
    those of files unchanged since an earlier start, which may point at what is no longer there."""

    ours: Mapping[Path, AnyEntry] = {}
    before: Mapping[Path, AnyEntry] = {}


def assembled(files: list[EntryFile], known: Known) -> tuple[dict[str, Any], list[Problem]]:
    """What these files hold, by the field of a Library, and everything wrong with them; broken entries are left out."""
    problems: list[Problem] = []
    figures: dict[str, Figure] = {}
    found: dict[str, dict[str, tuple[AnyEntry, Path]]] = {kind: {} for kind in MODELS}
    drafts: dict[str, dict[str, tuple[AnyEntry, Path]]] = {kind: {} for kind in MODELS}
    for file in files:
        if file.fault:
            problems.append(Problem(str(file.path), "file", file.fault))
            continue
        if (right := known.ours.get(file.path)) is not None:
            found[right.kind][right.id] = (right, file.path)
            continue
        try:
            if file.kind == "figures":
                data = parse_yaml(file.data, str(file.path))
                figures.update((figure.id, figure) for figure in _figures(data))
                continue
            entry = known.before.get(file.path) or _entry(file)
        except ValidationError as error:
            problems.extend(explain(error, str(file.path)))
            continue
        except InvalidLibrary as error:
            problems.append(Problem(str(file.path), "file", f"{error.what} {error.why}".strip()))
            continue
        held = found if entry.status == "published" else drafts
        problems.extend(_clash(held, entry, file.path))
        held[file.kind][entry.id] = (entry, file.path)
    parts = {
        "processes": _sorted(found["process"]),
        "practices": _sorted(found["practice"]),
        "enablers": _sorted(found["enabler"]),
        "figures": tuple(figures.values()),
        "drafts": tuple(entry for kind in MODELS for entry in _sorted(drafts[kind])),
        "sources": _sources(files, {**_by_path(found), **_by_path(drafts)}),
    }
    codes = {entry.code for entry in (*parts["practices"], *parts["enablers"]) if entry.code}
    for entries in (*found.values(), *drafts.values()):
        for entry, path in (held for held in entries.values() if held[1] not in known.ours):
            problems.extend(references(entry, codes, figures, str(path), flow=path not in known.before))
    return parts, problems


def _entry(file: EntryFile) -> AnyEntry:
    return MODELS[file.kind].model_validate(parse_yaml(file.data, str(file.path)))


def _by_path(held: dict[str, dict[str, tuple[AnyEntry, Path]]]) -> dict[Path, AnyEntry]:
    return {path: entry for entries in held.values() for entry, path in entries.values()}


def _sources(files: list[EntryFile], read: dict[Path, AnyEntry]) -> dict[str, str]:
    """For the file of each entry the mark of its content and the entry's id."""
    return {str(file.path): f"{mark(file)} {read[file.path].id}" for file in files if file.path in read}


def unchanged(files: list[EntryFile], sources: Mapping[str, str], entries: Iterable[AnyEntry]) -> dict[Path, AnyEntry]:
    """The entries of an earlier start whose files are the same byte for byte."""
    by_id: dict[tuple[str, str], list[AnyEntry]] = {}
    for entry in entries:
        by_id.setdefault((entry.kind, entry.id), []).append(entry)
    found = {}
    for file in files:
        content, _, name = sources.get(str(file.path), "").partition(" ")
        held = by_id.get((file.kind, name), ())
        if len(held) == 1 and content == mark(file):  # a draft beside what is published is read again
            found[file.path] = held[0]
    return found


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


def _in_work(path: str, files: list[EntryFile]) -> bool:
    """Whether a file says of itself that it is a draft: its faults are named by a check, not at every start."""
    data = next((file.data for file in files if str(file.path) == path), b"")
    return _DRAFT.search(data) is not None


def whole(files: list[EntryFile], problems: list[Problem], known: Known) -> list[EntryFile]:
    """The files without those that have a problem, and without those that only break because others are left out."""
    broken = {problem.file for problem in problems}
    while True:
        kept = [file for file in files if str(file.path) not in broken]
        more = {problem.file for problem in assembled(kept, known)[1]} - broken
        if not more:
            return kept
        broken |= more


def left_out(problems: list[Problem], files: list[EntryFile]) -> tuple[str, ...]:
    """One line for each file left out, with the first thing wrong with it; none for what is only being written."""
    first = {problem.file: problem for problem in reversed(problems) if not _in_work(problem.file, files)}
    return tuple(f"Left out of the library: {problem}" for problem in first.values())


def entry_id(file: EntryFile) -> str:
    """The id an entry's file says it has; empty when it cannot be read."""
    try:
        data = parse_yaml(file.data, str(file.path))
    except InvalidLibrary:
        return ""
    return str(data.get("id", "")) if isinstance(data, dict) else ""
