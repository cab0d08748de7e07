"""doctor, config, schema: whether everything is in place, what is set, and the published shape of a process."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli import common
from assistant.cli.common import AsJson, Model


def register(cli: typer.Typer) -> None:
    """Put these commands on the command line."""
    for command in (doctor, config, schema):
        cli.command(command.__name__)(command)


def doctor(as_json: AsJson = False, model: Model = None) -> None:
    """Check that everything is in place: folders, library, index, and the language model if one is chosen."""
    from assistant.health import examine

    rows = examine(common.app(model))
    if as_json:
        common.show_json([row._asdict() for row in rows])
    else:
        for row in rows:
            mark = "ok" if row.ok else "PROBLEM"
            common.show(f"{mark:8} {row.what:18} {row.found}{' — ' + row.remedy if row.remedy else ''}")
    broken = [row for row in rows if not row.ok]
    if broken:
        raise typer.Exit(max(row.exit_code for row in broken))


def config(as_json: AsJson = False) -> None:
    """The settings in force, each with what it means and where to change it."""
    from assistant.settings import config_file, described

    app = common.app()
    rows = described(app.settings)
    if as_json:
        common.show_json({name: value for name, value, _ in rows})
        return
    common.show(f"# Settings in force. Change them in {config_file()} or by environment.\n")
    for name, value, meaning in rows:
        common.show(f"{name} = {value}\n    {meaning}")


def schema(
    what: Annotated[
        str, typer.Argument(help="process, case, library, or library-KIND (process, practice, enabler).")
    ] = "process",
) -> None:
    """The JSON Schema of a document this program reads: a process, a file of eval cases, or an entry of the library."""
    from assistant.errors import UsageError
    from assistant.library.entries import MODELS, entry_schema
    from assistant.process.codec import schema as process_schema

    kinds = {f"library-{kind}": kind for kind in MODELS}
    if what == "case":
        from assistant.evals.schema import case_schema

        common.show_json(case_schema())
    elif what in ("process", "library", *kinds):
        common.show_json(process_schema() if what == "process" else entry_schema(kinds.get(what)))
    else:
        names = ", ".join(("process", "case", "library", *kinds))
        raise UsageError(f"There is no schema named {what!r}.", f"There are: {names}.")
