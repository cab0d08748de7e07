"""log: what the real process did, from an event log; the data are checked before any figure is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import common
from assistant.cli.common import AsJson


def register(cli: typer.Typer) -> None:
    """Put this command on the command line."""
    cli.command("log")(log)


def log(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="One line an event: case, activity, complete.")],
    process: Annotated[Path | None, typer.Option("--process", help="The process whose steps should be there.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="Column to set apart, such as carrier or team.")] = None,
    columns: Annotated[str | None, typer.Option("--columns", help="Columns of the last load, with commas.")] = None,
    planned: Annotated[
        list[str] | None, typer.Option("--planned", help="Activity repeated by plan, so no rework; may be given again.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check an event log, then measure it and put it on control charts, also by carrier, team or product.

    Ends with 1 when the data gate fails: the figures are shown, with the confidence they deserve.
    """
    from assistant.eventlog.read_log import read_log
    from assistant.eventlog.study import document, lines, study

    given = common.app().read_process(process) if process else None
    declared = [name for name in (columns or "").split(",") if name.strip()]
    found = study(read_log(file), given, by, declared, planned or ())
    if as_json:
        common.show_json(document(found))
    else:
        common.show("\n".join(lines(found)))
    if not found.gate.passed:
        raise typer.Exit(1)
