"""The files of a library folder: which there are, what they hold byte for byte, and the hash of it all.

Nothing here knows what an entry is: a start that finds its kept copy needs no more than this.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from assistant.errors import InvalidLibrary

SCHEMA = "library/2"
FOLDERS = {"processes": "process", "practices": "practice", "enablers": "enabler"}
MAX_FILES = 20_000
MAX_BYTES = 512_000


class EntryFile(NamedTuple):
    """A file of the library: which kind of entry it holds (`figures` for the list of figures), its path and bytes, and
    why it could not be read (empty: it could)."""

    kind: str
    path: Path
    data: bytes
    fault: str = ""


def folder_of(kind: str) -> str:
    """The folder in which entries of a kind (`process`, `practice`, `enabler`) are looked for."""
    return next(folder for folder, held in FOLDERS.items() if held == kind)


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


def read_bytes(path: Path) -> bytes:
    """The bytes of a file no larger than MAX_BYTES. Raises InvalidLibrary."""
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise InvalidLibrary(f"{path} cannot be read.", "It is no plain file.")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidLibrary(f"{path} cannot be read.", f"{error.strerror}.") from None
    if len(data) > MAX_BYTES:
        raise InvalidLibrary(f"{path} is too large.", f"A library file has at most {MAX_BYTES:,} bytes.")
    return data


def fingerprint(files: list[EntryFile]) -> str:
    """The hash of the content of the files and of the shape they are read into."""
    digest = hashlib.sha256(SCHEMA.encode())
    digest.update(_shape())
    for file in files:
        digest.update(f"\0{file.kind}\0{file.path}\0{len(file.data)}\0".encode())
        digest.update(file.data)
    return digest.hexdigest()


def mark(file: EntryFile) -> str:
    """The hash of one file's content and of the shape it is read into."""
    return hashlib.sha256(_shape() + f"{file.kind}\0".encode() + file.data).hexdigest()[:32]


@cache
def _shape() -> bytes:
    """What the code of the entries looks like: another version of it must not read an older copy."""
    return hashlib.sha256(Path(__file__).with_name("entries.py").read_bytes()).digest()
