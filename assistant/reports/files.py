"""Writing files so that a reader never meets half of one: all of a set or none, and nothing overwritten unasked.

Everything is written into a hidden folder beside its place and moved there in one step a file; when a step fails, what
was moved is taken back. A full disk and a missing right are told as what they are.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import StorageError, UsageError
from assistant.process.without_notes import without_sources

if TYPE_CHECKING:
    from assistant.bpmn.marks import Marks
    from assistant.errors import InvalidBpmn
    from assistant.handover.shapes import Package
    from assistant.process.model import Process
    from assistant.redesign.engine import Redesign

FORMATS = (".json", ".bpmn", ".svg", ".png", ".pdf", ".md", ".mmd")
PICTURES = (".svg", ".png", ".pdf")
REPORTS = ("report.html", "report.md")
TODAY = "as-is"


def write_outputs(redesign: Redesign, package: Package, folder: Path, force: bool = False) -> list[Path]:
    """Write a redesign into a folder, as `outputs` gives it.

    Raises UsageError when a file is there already and `force` is not given, StorageError when it cannot be written;
    then nothing is written.
    """
    return write_all(folder, outputs(redesign, package), force)


def outputs(redesign: Redesign, package: Package) -> dict[str, bytes]:
    """The files of a redesign: today and each alternative as .json, .bpmn and .svg, report.html, report.md.

    An alternative that is the same as one before it is not there a second time.
    """
    from assistant.handover.change import marks_between
    from assistant.reports.alternatives import changed, same_as
    from assistant.reports.report import html, markdown, problem_marks

    contents = _three(TODAY, redesign.as_is, problem_marks(redesign))
    for changed_map in (alternative for alternative in changed(redesign) if not same_as(redesign, alternative)):
        marks, _ = marks_between(redesign.as_is, changed_map.process)
        contents |= _three(_stem(changed_map.name, contents), changed_map.process, marks)
    contents |= {
        "report.html": html(redesign, package).encode(),
        "report.md": markdown(redesign, package).encode(),
    }
    return contents


def write_map(process: Process, folder: Path, stem: str, force: bool = False) -> list[Path]:
    """Write a process as STEM.json, .bpmn, .svg and .md (its outline, to read). Raises UsageError, StorageError."""
    contents = {f"{stem}{kind}": content(process, kind) for kind in (".json", ".bpmn", ".svg")}
    contents[f"{stem}.md"] = content(without_sources(process), ".md")
    return write_all(folder, contents, force)


def write_process(process: Process, target: Path, force: bool = False, dark: bool = False) -> Path:
    """Write a process in the format its file's ending says; `dark` draws a picture for dark pages.

    Raises UsageError for another ending or when the file is there already, StorageError when it cannot be written.
    """
    if target.suffix.lower() not in FORMATS:
        raise UsageError(
            f"A process cannot be written as {target.name!r}.", f"Known endings: {' '.join(FORMATS)}.",
            "Name a file with one of them.",
        )  # fmt: skip
    kind = target.suffix.lower()
    if dark and kind in PICTURES:
        from assistant.bpmn.svg import svg

        data = drawn(svg(process, dark=True), kind)
    else:
        data = content(process, kind)
    write_all(target.parent, {target.name: data}, force)
    return target


def write_refused(
    source: Path, fault: InvalidBpmn, target: Path, force: bool = False, pool: str | None = None, dark: bool = False
) -> Path:
    """Draw a BPMN file that cannot be read as a process, the spots of its fault marked, into a picture file.

    Raises what `write_process` raises.
    """
    from assistant.bpmn.refused import as_drawn

    kind = target.suffix.lower()
    data = drawn(as_drawn(source.read_bytes(), fault, pool, dark), kind)
    write_all(target.parent, {target.name: data}, force)
    return target


def drawn(svg: str, kind: str) -> bytes:
    """A drawing in the format of a picture's ending. Raises UsageError where this machine cannot make it."""
    from assistant.bpmn.picture import picture

    return svg.encode() if kind == ".svg" else picture(svg, "png" if kind == ".png" else "pdf")


def write_text(target: Path, text: str, force: bool = False) -> Path:
    """Write a text to a file. Raises UsageError when it is there already, StorageError when it cannot be written."""
    write_all(target.parent, {target.name: text.encode()}, force)
    return target


def refuse_overwriting(folder: Path, force: bool = False) -> None:
    """Say at once what would go wrong after a long run: a report is there already, or the folder is none.

    Raises UsageError.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file, not a folder.", remedy="Name another folder with --out.")
    there = [name for name in (f"{TODAY}.json", *REPORTS) if (folder / name).exists()]
    if there and not force:
        raise _there(folder, there)


def content(process: Process, kind: str, marks: Marks | None = None) -> bytes:
    """A process in the format of a file ending."""
    return _WRITERS[kind](process, marks)


def _json(process: Process, _: Marks | None) -> bytes:
    from assistant.process.codec import dumps

    return dumps(process).encode()


def _bpmn(process: Process, _: Marks | None) -> bytes:
    from assistant.bpmn.write import write

    return write(process)


def _svg(process: Process, marks: Marks | None) -> bytes:
    from assistant.bpmn.svg import svg

    return svg(process, marks).encode()


def _png(process: Process, marks: Marks | None) -> bytes:
    from assistant.bpmn.svg import svg

    return drawn(svg(process, marks), ".png")


def _pdf(process: Process, marks: Marks | None) -> bytes:
    from assistant.bpmn.svg import svg

    return drawn(svg(process, marks), ".pdf")


def _outline(process: Process, _: Marks | None) -> bytes:
    from assistant.process.outline import to_outline

    return to_outline(process).encode()


def _mermaid(process: Process, _: Marks | None) -> bytes:
    from assistant.bpmn.mermaid import mermaid

    return mermaid(process).encode()


_WRITERS: dict[str, Callable[[Process, Marks | None], bytes]] = {
    ".json": _json, ".bpmn": _bpmn, ".svg": _svg, ".png": _png, ".pdf": _pdf, ".md": _outline, ".mmd": _mermaid,
}  # fmt: skip


def _three(stem: str, process: Process, marks: Marks) -> dict[str, bytes]:
    return {f"{stem}{kind}": content(process, kind, marks) for kind in (".json", ".bpmn", ".svg")}


def _stem(name: str, taken: Mapping[str, bytes]) -> str:
    """A file name for an alternative: 'Small steps' is small-steps."""
    from assistant.process.tree import fresh_id

    stems = {Path(file).stem.replace("-", "_") for file in taken}
    return fresh_id(name, stems).replace("_", "-")


def write_all(folder: Path, contents: Mapping[str, bytes], force: bool = False) -> list[Path]:
    """Write a set of files into a folder, all or none, and give their paths.

    Raises UsageError when one is there already and `force` is not given, StorageError when the folder cannot be made
    or written (its disk is full, or there is no right to write).
    """
    if not force:
        refuse_there(folder, contents)
    made = _make(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".assistant-", dir=folder) as staging:
            for name, data in contents.items():
                (Path(staging) / name).write_bytes(data)
            _move(Path(staging), folder, tuple(contents))
    except OSError as error:
        _unmake(made)
        raise _storage(folder, error) from None
    return [folder / name for name in contents]


def refuse_there(folder: Path, names: Iterable[str]) -> None:
    """Raises UsageError when one of these files is in the folder already: asked before long work, it is not in vain."""
    there = [name for name in names if os.path.lexists(folder / name)]
    if there:
        raise _there(folder, there)


def _make(folder: Path) -> list[Path]:
    """Make the folder and those above it; gives the ones that were not there before, innermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _unmake(missing)
        raise _storage(folder, error) from None
    return missing


def _unmake(folders: list[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return


def _move(staging: Path, folder: Path, names: tuple[str, ...]) -> None:
    """Move the files into place; on a failure put back what was there before."""
    old = Path(tempfile.mkdtemp(dir=staging))
    moved: list[str] = []
    try:
        for name in names:
            if os.path.lexists(folder / name):
                os.replace(folder / name, old / name)
            moved.append(name)
            os.replace(staging / name, folder / name)
    except OSError:
        for name in moved:
            _put_back(old / name, folder / name)
        raise


def _put_back(old: Path, place: Path) -> None:
    if os.path.lexists(old):
        shutil.move(old, place)
    else:
        place.unlink(missing_ok=True)


def _there(folder: Path, names: list[str]) -> UsageError:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return UsageError(
        f"{folder} already holds {', '.join(names[:3])}{more}.",
        "Nothing was written.",
        "Name another place, or add --force to overwrite.",
    )


def _storage(folder: Path, error: OSError) -> StorageError:
    """What an operating system's refusal means to a user."""
    why = {
        errno.ENOSPC: "The disk is full.", errno.EDQUOT: "The disk quota is used up.",
        errno.EACCES: "There is no right to write there.", errno.EPERM: "There is no right to write there.",
        errno.EROFS: "It can only be read, not written.", errno.ENOTDIR: "A part of the path is a file, not a folder.",
        errno.EEXIST: "A file stands where the folder should be.",
        errno.EISDIR: "A folder stands where a file should be.",
        errno.ENAMETOOLONG: "The name is too long.",
    }.get(error.errno or 0, f"{error.strerror or error}.")  # fmt: skip
    return StorageError(
        f"{folder} cannot be written.", f"{why} Nothing was written.", "Name another folder with --out."
    )
