"""library new, generate, check, diff, fork, submit, approve, publish, export: how design teams write entries."""

from __future__ import annotations

import datetime as dt
import getpass
import glob
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import common
from assistant.cli.common import AsJson, Force

if TYPE_CHECKING:
    from assistant.app import App
    from assistant.library.entries import AnyEntry, Status
    from assistant.library.store import Library

Entry = Annotated[str, typer.Argument(metavar="ID", help="Id of an entry of yours or of a team.")]
Target = Annotated[Path | None, typer.Option("--out", help="File to write (default: your own library folder).")]
By = Annotated[str | None, typer.Option("--by", help="Who you are (default: the setting `author`, or your login).")]


def register(cli: typer.Typer) -> None:
    """Put these commands on the command line."""
    for command in (new, generate, check, diff, fork, submit, approve, publish, export):
        cli.command(command.__name__)(command)


def known(library: Library, name: str) -> AnyEntry:
    """The entry with that id or code, also one that is not published. Raises UsageError."""
    from assistant.errors import UsageError

    found = library.find(name)
    if found is None:
        raise UsageError(f"There is no entry {name!r}.", remedy="`assistant library list` names them all.")
    return found


def _folders(app: App) -> list[Path]:
    """The folders that can be written to: one's own, then those of teams."""
    return [app.home / "library", *map(Path, app.settings.library_folders)]


def _write(app: App, kind: str, name: str, text: str, out: Path | None, force: bool) -> None:
    from assistant.library.files import folder_of
    from assistant.process.tree import fresh_id
    from assistant.reports.files import write_text

    target = out or app.home / "library" / folder_of(kind) / f"{fresh_id(name, ()).replace('_', '-')}.yaml"
    write_text(target, text, force)
    common.show(str(target))


def new(
    kind: Annotated[str, typer.Argument(help="process, practice or enabler")],
    name: Annotated[str, typer.Argument(help="Its name, such as “Visitor registration”.")],
    out: Target = None,
    force: Force = False,
) -> None:
    """Begin an entry of your own: a draft with every field and what belongs in it."""
    from assistant.library.authoring import new_entry

    _write(common.app(), kind, name, new_entry(kind, name), out, force)


def generate(
    source: Annotated[str, typer.Argument(help="A story, BPMN or process file, or the name of a project.")],
    name: Annotated[str | None, typer.Option("--name", help="Name of the entry (default: the process's).")] = None,
    out: Target = None,
    force: Force = False,
) -> None:
    """Make a draft entry of a process in your library folder (or --out): names of people and firms and all figures are
    taken out."""
    from assistant.workspace.generating import asking, clean, generated

    app = common.app()
    is_project = not Path(source).exists() and source != "-" and app.store.exists(source)
    process = (app.session(source) if is_project else app.start(Path(source))).process
    text = generated(process, name, words=asking(app.model, app.library, common.note) if app.model else None)
    _write(app, "process", name or clean(process.name), text, out, force)
    common.note(f"Made by {app.made_by}. `assistant library check` says what is left to write.")


def check(
    path: Annotated[
        Path | None, typer.Argument(help="File, folder or id (default: your own library and the teams').")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Also name what a complete entry would have.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check entries: shape, structure, sources, what is left to write; ends with 1 when something is wrong."""
    from assistant.errors import UnreadableFile
    from assistant.library.audit import check_folder, missing_parts
    from assistant.library.standing import remarks

    app = common.app()
    if path is not None and not path.exists():
        named = [file for folder in _folders(app) for file in folder.glob(f"*/{glob.escape(path.name)}.y*ml")]
        if not named:
            raise UnreadableFile(f"{path} is not there.", "It is no file, no folder and no entry of yours or a team.")
        path = named[0]
    if path is not None and not path.is_file() and not (path.is_dir() and any(path.rglob("*.y*ml"))):
        raise UnreadableFile(f"{path} holds no entry.", "An entry is a .yaml file.", "Name one, or a folder with some.")
    teams = list(map(Path, app.settings.library_folders))
    places = [path] if path else _folders(app)
    problems = [problem for place in places for problem in check_folder(place, strict=strict, teams=teams)]
    if as_json:
        common.show_json([problem._asdict() for problem in problems])
    else:
        for problem in problems:
            common.show(str(problem))
        common.show("Nothing to mend." if not problems else f"{len(problems)} to mend.")
    asked = [
        entry for entry in (*app.library.entries, *app.library.drafts) if path is None or _lies_in(app, entry, path)
    ]
    for entry in asked:
        for remark in remarks(entry, app.library, changed=not entry.history):  # else it is among the problems
            common.note(remark)
    if not strict and not as_json:
        for entry in (entry for entry in asked if entry.status != "published"):
            if lacks := missing_parts(entry):
                common.note(f"{entry.id} ({entry.status}) still lacks {'; '.join(what for _, what in lacks)}.")
    if problems:
        raise typer.Exit(1)


def _lies_in(app: App, entry: AnyEntry, path: Path) -> bool:
    """Whether an entry of the library was read from a file, or from one in a folder."""
    files = [Path(file) for file, of in app.library.sources.items() if of.endswith(f" {entry.id}")]
    return any(path.resolve() in (file.resolve(), *file.resolve().parents) for file in files)


def diff(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="Id or code of an entry.")],
    after: Annotated[
        str | None,
        typer.Argument(metavar="AFTER", help="Id or code of another one (default: what BEFORE is a copy of)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What differs from one entry to another, field by field; a copy alone is set beside its origin."""
    from assistant.errors import UsageError
    from assistant.library.writing import differences

    library = common.app().library
    one = known(library, before)
    if after is None:
        if one.origin is None:
            raise UsageError(f"{one.name} is no copy of another entry.", remedy="Name two entries.")
        one, other = known(library, one.origin.id), one
    else:
        other = known(library, after)
    if one.kind != other.kind:
        raise UsageError(f"{one.name} is a {one.kind} and {other.name} a {other.kind}: they cannot be compared.")
    lines = differences(one, other)
    if as_json:
        common.show_json({"before": one.id, "after": other.id, "differences": lines})
    else:
        common.show("\n".join(lines) or "They say the same.")


def fork(
    entry: Annotated[str, typer.Argument(metavar="ID", help="Id or code, such as P30.")],
    name: Annotated[str, typer.Argument(help="The name of the copy, such as “Invoices at our house”.")],
    out: Target = None,
    by: By = None,
    force: Force = False,
) -> None:
    """Copy an entry to make it yours; the copy knows its origin, and says when that has moved on."""
    from assistant.library.standing import fork as copy

    app = common.app()
    origin = known(app.library, entry)
    _write(app, origin.kind, name, copy(origin, name, _who(app, by), dt.date.today()), out, force)


def submit(entry: Entry, by: By = None, as_json: AsJson = False) -> None:
    """Hand a draft in for review (the order: submit, approve, publish); it must have nothing left to mend.

    A published entry that was changed goes the same way, under a higher `version`.
    """
    _move(entry, "submitted", by, as_json)


def approve(
    entry: Entry,
    by: By = None,
    back: Annotated[
        str | None, typer.Option("--back", metavar="WHY", help="Send it back to its author instead.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Approve what was submitted, or send it back; whoever wrote or submitted it cannot. `publish` comes next."""
    _move(entry, "draft" if back else "approved", by, as_json, back)


def publish(entry: Entry, by: By = None, as_json: AsJson = False) -> None:
    """Publish what was approved, each version once: from now on it is found and used."""
    _move(entry, "published", by, as_json)


def _who(app: App, by: str | None) -> str:
    if by or app.settings.author:
        return by or app.settings.author or ""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _move(name: str, status: Status, by: str | None, as_json: bool, note: str | None = None) -> None:
    from assistant.errors import CheckFailed
    from assistant.library.audit import check_folder
    from assistant.library.locking import locked
    from assistant.library.standing import held, moved
    from assistant.reports.files import write_text

    app = common.app()
    _refuse_ours(app, name)
    place = held(_folders(app), name).file.path
    with locked(place.parent / ".lock"):  # of two at once the later one is told what the first did
        found = held(_folders(app), name)
        text = moved(found, status, _who(app, by), dt.date.today(), note)
        faults = check_folder(place, teams=_folders(app)) if status != "draft" else []
        problems = [fault for fault in faults if fault.field != "status"]  # a changed text is what is handed in
        if problems:
            first = f"The first: {problems[0]}."
            remedy = f"Nothing was changed. `assistant library check {place}` lists all."
            raise CheckFailed(f"{found.entry.name} is not ready: {len(problems)} to mend.", first, remedy)
        write_text(place, text, True)
    row: dict[str, Any] = {"id": found.entry.id, "status": status, "version": found.entry.version}
    if as_json:
        common.show_json({**row, "file": str(found.file.path)})
    else:
        common.show(f"{found.entry.name} {found.entry.version} is {status} now.")
        if note:
            common.show(f"Sent back: “{note}”. Its author changes it and submits it again.")


def _refuse_ours(app: App, name: str) -> None:
    """Raises UsageError for an entry that ships with the program, and for a name nobody's entry has."""
    from assistant.errors import UsageError

    if any(file for place in _folders(app) for file in place.glob(f"*/{glob.escape(name)}.y*ml")):
        return  # also one that cannot be read yet
    entry = known(app.library, name)
    if app.library.ships(entry):
        remedy = f"`assistant library fork {entry.code or entry.id} NAME` makes one."
        raise UsageError(f"{entry.name} ships with the program.", "It is changed by a copy.", remedy)


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for the pages.")],
    force: Force = False,
) -> None:
    """Write the library as pages to browse: what is published, with maps and a search, no server needed."""
    from assistant.reports.catalogue import write_catalogue

    written = write_catalogue(common.app().library, folder, force)
    common.show(f"{folder / 'index.html'} and {len(written) - 1} more files")
