"""library search, list, show, new, check, index: the best-practice templates, bundled and one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import common
from assistant.cli.common import AsJson, Embeddings, Force

cli = typer.Typer(
    help="The library of best-practice processes, practices and enablers.", no_args_is_help=True, rich_markup_mode=None
)


@cli.command()
def search(
    query: Annotated[str, typer.Argument(help="What you are looking for, in your own words.")],
    top: Annotated[int, typer.Option("--top", min=1, max=100, help="How many to show.")] = 5,
    as_json: AsJson = False,
    embeddings: Embeddings = None,
) -> None:
    """Find entries by what they are about, in lay or expert words."""
    result = common.app(embeddings=embeddings).search(query, top=top)
    if as_json:
        common.show_json(result.document())
        return
    for hit in result.results:
        common.show(f"{hit.code or '':4} {hit.kind:9} {hit.name}\n     {hit.why}")
    common.note(f"Ranked by {result.ranking}.")


@cli.command("list")
def list_(
    kind: Annotated[str | None, typer.Option("--kind", help="process, practice or enabler")] = None,
    as_json: AsJson = False,
) -> None:
    """All entries, by kind."""
    entries = [entry for entry in common.app().library.entries if kind in (None, entry.kind)]
    if as_json:
        common.show_json([{"id": e.id, "code": e.code, "name": e.name, "kind": e.kind} for e in entries])
    else:
        for entry in entries:
            common.show(f"{entry.code or '':4} {entry.kind:9} {entry.id:34} {entry.name}")


@cli.command()
def show(
    entry: Annotated[str, typer.Argument(metavar="ID", help="Id or code, such as P01 or H10.")],
    as_json: AsJson = False,
    as_yaml: Annotated[bool, typer.Option("--yaml", help="Print the entry as its file has it.")] = False,
) -> None:
    """One entry for reading, with its sources."""
    from assistant.errors import UsageError

    found = common.app().library.get(entry)
    if found is None:
        raise UsageError(f"There is no entry {entry!r}.", remedy="`assistant library list` names them all.")
    if as_json:
        common.show_json(found.document())
    elif as_yaml:
        import yaml

        common.show(yaml.safe_dump(found.document(), sort_keys=False, allow_unicode=True, width=100).rstrip())
    else:
        import shutil

        from assistant.library.telling import in_words, wrapped

        common.show("\n".join(wrapped(in_words(found), min(110, shutil.get_terminal_size((100, 40)).columns))))


@cli.command()
def new(
    kind: Annotated[str, typer.Argument(help="process, practice or enabler")],
    name: Annotated[str, typer.Argument(help="Its name, such as “Visitor registration”.")],
    out: Annotated[Path | None, typer.Option("--out", help="File to write (default: your own library folder).")] = None,
    force: Force = False,
) -> None:
    """Begin an entry of your own: a file with every field and what belongs in it."""
    from assistant.library.authoring import new_entry
    from assistant.library.store import folder_of
    from assistant.process.tree import fresh_id
    from assistant.reports.files import write_text

    app = common.app()
    stem = fresh_id(name, ())
    text = new_entry(kind, name)
    target = out or app.home / "library" / folder_of(kind) / f"{stem}.yaml"
    write_text(target, text, force)
    common.show(str(target))


@cli.command()
def check(
    path: Annotated[Path | None, typer.Argument(help="File or folder (default: your own library).")] = None,
    as_json: AsJson = False,
) -> None:
    """Check entries: shape, sources, references; ends with 1 when something is wrong."""
    from assistant.library.audit import check_folder

    app = common.app()
    problems = check_folder(path or app.home / "library")
    if as_json:
        common.show_json([problem._asdict() for problem in problems])
    else:
        for problem in problems:
            common.show(str(problem))
        common.show("Nothing to mend." if not problems else f"{len(problems)} to mend.")
    if problems:
        raise typer.Exit(1)


@cli.command()
def index(embeddings: Embeddings = None) -> None:
    """Build the search index anew (it is built by itself when entries change)."""
    app = common.app(embeddings=embeddings)
    common.show(str(app.build_index()))
