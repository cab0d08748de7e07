"""feedback: customer comments as themes with counts and quotes, tied to the steps they hurt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import common
from assistant.cli.common import AsJson, Force, Out
from assistant.process.figures import plural

if TYPE_CHECKING:
    from assistant.feedback.shapes import Feedback

Column = Annotated[str | None, typer.Option("--column", help="Name of the CSV column that holds the comments.")]


def register(cli: typer.Typer) -> None:
    """Put this command on the command line."""
    cli.command("feedback")(feedback)


def feedback(
    files: Annotated[list[Path], typer.Argument(help="CSV files, or text with one comment a line.")],
    process: Annotated[Path | None, typer.Option("--process", help="The process to tie comments to.")] = None,
    assignments: Annotated[
        Path | None, typer.Option("--assignments", help="CSV: theme and step of each comment.")
    ] = None,
    out: Out = None,
    as_json: AsJson = False,
    force: Force = False,
    column: Column = None,
) -> None:
    """Bring customer comments together as themes, with counts, quotes to the letter and the steps they hurt."""
    import json

    from assistant.reports.files import write_text

    app = common.app()
    result = app.feedback(files, app.read_process(process) if process else None, column)
    if assignments is not None:
        write_text(assignments, _csv(result), force)
    if out is not None:
        write_text(out / "feedback.json", json.dumps(result.document(), ensure_ascii=False, indent=1), force)
    if as_json:
        common.show_json(result.document())
    else:
        _tell(result)


def _tell(result: Feedback) -> None:
    repeated = result.comments - result.unique
    said = f" ({repeated:,} say what another says)" if repeated else ""
    common.show(f"{plural(result.comments, 'comment')}{said}, {plural(len(result.themes), 'theme')}.")
    for theme in result.themes[:15]:
        where = f", at {', '.join(theme.steps)}" if theme.steps else ""
        common.show(
            f"{theme.count:6,} ({theme.share:.0%})  {theme.name}  [{theme.kind}, mood {theme.sentiment:+.2f}{where}]"
        )
        if theme.quotes:
            common.show(f"                “{theme.quotes[0].text}” ({theme.quotes[0].comment})")
    for note in result.notes:
        common.note(note)
    common.note(f"Read by {result.made_by}.")


def _csv(result: Feedback) -> str:
    import csv
    import io

    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("id", "theme", "sentiment", "severity", "step"))
    rows.writerows((one.id, one.theme, one.sentiment, one.severity, one.step) for one in result.assigned)
    return text.getvalue()
