"""library search, list, show, compare, index: what is known of good practice, bundled, of teams and one's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli import common, writing
from assistant.cli.common import AsJson, Embeddings

cli = typer.Typer(
    help="The library of best-practice processes, practices and enablers. One of your own: new (or generate, fork), "
    "check, submit, approve, publish.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Kind = Annotated[str | None, typer.Option("--kind", help="process, practice or enabler")]
Function = Annotated[str | None, typer.Option("--function", help="Department, such as finance (processes only).")]
Industry = Annotated[str | None, typer.Option("--industry", help="Industry, such as banking (processes only).")]
Status = Annotated[
    str | None, typer.Option("--status", help="draft, submitted, approved or published (default: published).")
]


def _filter(kind: str | None, function: str | None, industry: str | None, status: str | None) -> Any:
    """What was asked for, checked. Raises UsageError."""
    from assistant.errors import UsageError
    from assistant.library.entries import MODELS, STATUSES
    from assistant.library.hits import Filter

    for value, known, what in ((kind, tuple(MODELS), "kind"), (status, STATUSES, "status")):
        if value and value not in known:
            raise UsageError(f"There is no {what} called {value!r}.", f"There are: {', '.join(known)}.")
    return Filter(kind, function, industry, status)


@cli.command()
def search(
    query: Annotated[str | None, typer.Argument(help="What you are looking for, in your own words.")] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=100, help="How many to show.")] = 5,
    kind: Kind = None,
    function: Function = None,
    industry: Industry = None,
    status: Status = None,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", help='Many questions: {"id", "query"} a line; one result a line comes out.'),
    ] = None,
    as_json: AsJson = False,
    embeddings: Embeddings = None,
) -> None:
    """Find entries by what they are about, in lay or expert words."""
    from assistant.errors import UsageError
    from assistant.library.search import LEXICAL_ALONE

    only = _filter(kind, function, industry, status)
    app = common.app(embeddings=embeddings)
    if batch is not None:
        if query is not None:
            raise UsageError("Give a question or --batch, not both.")
        for row_id, asked in _questions(batch):
            document = app.search(asked, top, only).document()
            print(json.dumps({"id": row_id, **document}, ensure_ascii=False), flush=True)
        return
    result = app.search(query or "", top, only)
    if as_json:
        for remark in result.notes:
            common.note(remark)
        common.show_json(result.document())
        return
    for remark in result.notes:
        (common.show if result.nearest and remark == result.notes[-1] else common.note)(remark)
    if result.nearest:
        known = ", ".join(f"{hit.name} ({hit.code or hit.id})" for hit in result.nearest)
        common.show(f"What comes nearest: {known}.")
    elif not result.results:
        common.show("Nothing found.")
    for hit in result.results:
        called = "" if hit.code else f" ({hit.id})"  # by which `show` and the like know it
        common.show(f"{hit.code or '':4} {hit.kind:9} {hit.name}{called}\n     {hit.why}")
    if result.ranking == LEXICAL_ALONE:
        common.note("Found by words alone: what means the same in other words is not looked for.")


def _questions(batch: Path) -> list[tuple[Any, str]]:
    from assistant.errors import UnreadableFile
    from assistant.intake.door import read_text

    rows = []
    for number, line in enumerate(read_text(batch).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            row_id, asked = row["id"], row["query"]
        except (ValueError, KeyError, TypeError):
            row_id = asked = None
        if not isinstance(asked, str) or not asked.strip():
            raise UnreadableFile(
                f"Line {number} of {batch.name} is no question.", 'A line is {"id", "query"}.', "Mend it."
            )
        rows.append((row_id, asked))
    if not rows:
        raise UnreadableFile(f"{batch.name} holds no question.", 'A line is {"id", "query"}.', "Add one.")
    return rows


@cli.command("list")
def list_(
    kind: Kind = None,
    function: Function = None,
    industry: Industry = None,
    status: Status = None,
    as_json: AsJson = False,
) -> None:
    """All entries, by kind; with --status those that are not published yet."""
    from assistant.library.search import fits

    only = _filter(kind, function, industry, status)
    entries = [entry for entry in common.app().library.with_status(status).entries if fits(entry, only)]
    if as_json:
        rows = [{"id": e.id, "code": e.code, "name": e.name, "kind": e.kind, "status": e.status} for e in entries]
        common.show_json(rows)
        return
    for entry in entries:
        stands = "" if entry.status == "published" else f" ({entry.status}, by {entry.author})"
        common.show(f"{entry.code or '':4} {entry.kind:9} {entry.id:34} {entry.name}{stands}")
    if not entries:
        common.note("There is none.")


@cli.command()
def show(
    entry: Annotated[str, typer.Argument(metavar="ID", help="Id or code, such as P01 or H10.")],
    as_json: AsJson = False,
    as_yaml: Annotated[bool, typer.Option("--yaml", help="Print the entry as its file has it.")] = False,
) -> None:
    """One entry for reading, with its sources."""
    from assistant.library.standing import remarks
    from assistant.library.writing import to_yaml

    library = common.app().library
    found = writing.known(library, entry)
    if as_json:
        common.show_json(found.document())
    elif as_yaml:
        common.show(to_yaml(found.document()).rstrip())
    else:
        import shutil

        from assistant.library.telling import in_words, wrapped

        common.show("\n".join(wrapped(in_words(found), min(110, shutil.get_terminal_size((100, 40)).columns))))
    for remark in remarks(found, library):
        common.note(remark)


@cli.command()
def compare(
    entry: Annotated[str, typer.Argument(metavar="ID", help="Id or code of a process entry, such as P30.")],
    process: Annotated[
        Path, typer.Argument(metavar="PROCESS", help="BPMN, process JSON, outline, or a story in words.")
    ],
    as_json: AsJson = False,
) -> None:
    """A process beside a template: what it lacks, has more or does in another order, and why it matters."""
    from assistant.intake.given import Words
    from assistant.library.comparison import compare as beside
    from assistant.workspace.templates import named_template

    app = common.app()
    given = app.take_in(process)
    text = given.text if isinstance(given, Words) else ""
    found = beside(named_template(app.library, entry), app.begin(given, None).process, text)
    if as_json:
        common.show_json(found.document())
    else:
        common.show("\n".join(found.lines()))


@cli.command()
def index(embeddings: Embeddings = None) -> None:
    """Build the search index before it is needed, as on a new machine; else it is built by the first search."""
    app = common.app(embeddings=embeddings)
    common.show(str(app.build_index()))


writing.register(cli)
