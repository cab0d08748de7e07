"""Everything wrong with a library folder: what loading finds, and what is left to write, too long or overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import InvalidLibrary
from assistant.library import store
from assistant.library.checks import Problem
from assistant.library.entries import AnyEntry, ProcessEntry
from assistant.library.yamlfile import read_bytes
from assistant.settings import bundled

LONGEST_NAME = 7


def check_folder(path: Path, today: dt.date | None = None) -> list[Problem]:
    """Everything wrong with the entries in a library folder, or with one file, against the bundled library.

    Besides shape and references it names what is left to write (`TODO`), step names too long to be names, and reviews
    that are overdue on `today`. A folder that is not there has no problems. Raises InvalidLibrary when it is too large.
    """
    if path.is_file():
        try:
            files = [store.EntryFile(_kind_of(path), path, read_bytes(path))]
        except InvalidLibrary as error:
            return [Problem(str(path), "file", f"{error.what} {error.why}".strip())]
    else:
        files = store.files_of(path)
    own = {str(file.path) for file in files}
    base = [file for file in store.files_of(bundled("library")) if str(file.path) not in own]
    library, problems = store.assemble([*base, *files])
    found = [problem for problem in problems if problem.file in own]
    names = {file.path: file.data for file in files}
    for place, data in names.items():
        found += _unwritten(str(place), data)
    ids = {entry.id: entry for entry in library.entries}
    for file in files:
        entry = ids.get(store.entry_id(file))
        if entry is not None:
            found += _manners(entry, str(file.path), today or dt.date.today())
    return found


def _kind_of(path: Path) -> str:
    """The kind of entry a single file holds: by its folder, else by what it speaks of."""
    folders = {"processes": "process", "practices": "practice", "enablers": "enabler"}
    if path.name == "figures.yaml":
        return "figures"
    if path.parent.name in folders:
        return folders[path.parent.name]
    text = path.read_text(encoding="utf-8", errors="replace")[:500_000]
    marks = {"\nstages:": "process", "\ntransformation:": "practice", "\nfits_when:": "enabler"}
    return next((kind for mark, kind in marks.items() if mark in text), "process")


def _unwritten(file: str, data: bytes) -> Iterator[Problem]:
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        if "TODO" in line.split("#")[0]:
            yield Problem(file, f"line {number}", "still to be written")


def _manners(entry: AnyEntry, file: str, today: dt.date) -> Iterator[Problem]:
    if entry.review_date < today:
        yield Problem(file, "review_date", f"the review was due on {entry.review_date}")
    for step in entry.steps if isinstance(entry, ProcessEntry) else ():
        if len(step.name.split()) > LONGEST_NAME:
            yield Problem(file, f"{step.id}.name", "is a sentence; a step's name is a verb and an object")
