"""eval bench: RedesignBench, tried with any system that answers a story with a process."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli import common
from assistant.cli.common import AsJson


def bench(
    system: Annotated[
        str | None,
        typer.Option("--system", help='The command to try: "command {story} {out}", or {process} (default: ours).'),
    ] = None,
    details: Annotated[
        bool, typer.Option("--details", help="Say of every case what was gained and what broken.")
    ] = False,
    own: Annotated[
        Path | None, typer.Option("--cases", help="Folder with cases of your own, in place of ours.", file_okay=False)
    ] = None,
    told: Annotated[
        bool, typer.Option("--told", help="Have ours read the story; else it is given today's process.")
    ] = False,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="Time for one case.")] = 300,
    as_json: AsJson = False,
) -> None:
    """RedesignBench: any system that answers a story with a process (process/1 or BPMN), judged by simulation."""
    from assistant.evals.redesignbench import run_bench

    found = run_bench(common.app(), system, seconds, common.Progress(), told, own)
    if as_json:
        common.show_json(found)
    else:
        _tell(found, details)
    if found["errors"] == len(found["cases"]):
        raise typer.Exit(1)


def _tell(found: dict[str, Any], details: bool) -> None:
    for row in found["cases"]:
        broken = f"; broken: {', '.join(row['broken'])}" if row["broken"] else ""
        common.show(f"{row['case']:28} gained {row['gained']:.2f} of what is possible{broken}")
        if details:
            for line in row["told"]:
                common.show(f"    {line}")
    common.show(
        f"{found['system']}: score {found['score']:.2f} over {len(found['cases'])} cases; "
        f"{found['kept']} broke nothing, {found['errors']} gave no process."
    )
