"""kpis: a list of measures pruned to those people act on, and whether a redesign may go to rollout."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import common
from assistant.cli.common import AsJson


def register(cli: typer.Typer) -> None:
    """Put this command on the command line."""
    cli.command("kpis")(kpis)


def kpis(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or Excel, a measure a row: kpi, owner, decision.")],
    process: Annotated[Path | None, typer.Option("--process", help="The process that must have an owner.")] = None,
    as_json: AsJson = False,
) -> None:
    """Prune a list of measures: keep or drop, each with its reason.

    Ends with 1 when one is to be dropped, or when the process has no owner and so may not go to rollout.
    """
    from assistant.handover.kpi_lint import prune, read_list, summary
    from assistant.handover.readiness import blocked
    from assistant.intake.tables.table_opened import read_table

    block = blocked(common.app().read_process(process)) if process else None
    verdicts = prune(read_list(read_table(file), file.name))
    if as_json:
        measures = [{**v.kpi._asdict(), "keep": v.keep, "about": v.about, "reasons": v.reasons} for v in verdicts]
        common.show_json(
            {"measures": measures, "summary": summary(verdicts), "blocked": block._asdict() if block else None}
        )
    else:
        for verdict in verdicts:
            common.show(f"{'keep' if verdict.keep else 'drop'}  {verdict.kpi.name}: {'; '.join(verdict.reasons)}.")
        common.show(summary(verdicts))
        if block:
            common.show(f"{block.text} {block.remedy}")
    if block or not all(verdict.keep for verdict in verdicts):
        raise typer.Exit(1)
