"""feedback: customer comments as themes with counts and quotes, tied to the steps they hurt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import common
from assistant.cli.common import AsJson, Force, Model, Out
from assistant.process.figures import plural
from assistant.process.tree import by_id

if TYPE_CHECKING:
    from assistant.feedback.shapes import Feedback, Theme
    from assistant.process.model import Process

Column = Annotated[str | None, typer.Option("--column", help="Name of the CSV column that holds the comments.")]
Since = Annotated[
    Path | None,
    typer.Option(
        "--since", help="feedback.json of the last run (or its folder): keeps themes' ids, says what changed."
    ),
]


Near = Annotated[
    bool, typer.Option("--near", help="Count comments with the same words in another order as the same comment.")
]
Ask = Annotated[
    str | None, typer.Option("--ask", help="A question, such as “what do customers say about the approval?”.")
]


def register(cli: typer.Typer) -> None:
    """Put this command on the command line."""
    cli.command("feedback")(feedback)


def feedback(
    files: Annotated[
        list[Path],
        typer.Argument(help="CSV, Excel or JSON lines, text with one comment a line, or a folder of mail."),
    ],
    process: Annotated[Path | None, typer.Option("--process", help="The process to tie comments to.")] = None,
    assignments: Annotated[
        Path | None, typer.Option("--assignments", help="CSV: theme and step of each comment.")
    ] = None,
    out: Out = None,
    as_json: AsJson = False,
    force: Force = False,
    column: Column = None,
    since: Since = None,
    model: Model = None,
    ask: Ask = None,
    near: Near = False,
) -> None:
    """Bring customer comments together as themes, with counts, quotes to the letter and the steps they hurt."""
    from assistant.reports.feedback import assignments_csv, write_feedback
    from assistant.reports.files import write_text

    app = common.app(model)
    known = app.read_process(process) if process else None
    result = app.feedback(files, known, column, since, near)
    if assignments is not None:
        write_text(assignments, assignments_csv(result), force)
    written = write_feedback(result, out, known, force) if out is not None else []
    if as_json:
        common.show_json(result.document())
        return
    if ask:
        from assistant.feedback.asked import customers_say

        common.show("\n".join(customers_say(result, ask, known)))
    else:
        _tell(result, known)
    for path in written:
        common.show(f"Wrote {path}")


def _tell(result: Feedback, process: Process | None) -> None:
    from assistant.feedback.short import in_short

    names = {id_: str(getattr(step, "name", id_)) for id_, step in by_id(process).items()} if process else {}
    repeated = result.comments - result.unique
    said = f" ({repeated:,} say what another says)" if repeated else ""
    common.show(f"{plural(result.comments, 'comment')}{said}, {plural(len(result.themes), 'theme')}.")
    for line in in_short(result):
        common.show(f"{line.about}: {line.said}.{f' {line.quote}' if line.quote else ''}")
    for theme in result.themes[:15]:
        _show(theme, names, result.comments)
    severe = [theme for theme in result.themes[15:] if theme.severity >= 2]
    for theme in sorted(severe, key=lambda theme: (-theme.severity, -theme.count))[:5]:
        _show(theme, names, result.comments)
    if result.singles:
        _show_singles(result, names)
    elif result.other:
        common.show(f"{result.other:6,} ({result.other / max(result.comments, 1):.0%})  Other: like no theme")
    if result.answer:
        from assistant.feedback.asked import as_quoted

        common.show(f"{plural(result.answer, 'customer')} to answer now (harm, law, money gone or leaving):")
        for quote in result.first[:5]:
            common.show(f"                {as_quoted(quote) if quote.text else quote.comment}")
    for name in result.vanished[:10]:
        common.show(f"Gone since last time: {name}")
    for note in result.notes:
        common.note(note)
    common.note(f"Read by {result.made_by}.{' ' + result.usage if result.usage else ''}")


def _show_singles(result: Feedback, names: dict[str, str]) -> None:
    """What one customer alone says, what is serious first."""
    from assistant.feedback.asked import as_quoted
    from assistant.feedback.plainly import single_in_words

    alone = [single for single in result.singles if single.quote.text]
    common.show(f"Said once, what is serious first ({plural(len(result.singles), 'comment')}):")
    for single in alone:
        before = single_in_words(single, names.get(single.step, ""))
        common.show(f"                {f'{before}: ' if before else ''}{as_quoted(single.quote)}")
    if hidden := len(result.singles) - len(alone):
        common.show(f"                {plural(hidden, 'comment')} with personal data, not shown")


def _show(theme: Theme, names: dict[str, str], total: int) -> None:
    from assistant.feedback.plainly import felt, share_in_words

    steps = ", ".join(f"“{names.get(step, step)}”" for step in theme.steps)
    where = f", at {steps}" if steps else ""
    trend = f", {theme.trend}" if theme.trend in ("rising", "falling") else ""
    common.show(f"{share_in_words(theme, total)}  {theme.name}  [{felt(theme)}{where}{trend}]")
    if theme.quotes:
        from assistant.feedback.asked import as_quoted

        common.show(f"                {as_quoted(theme.quotes[0])}")
