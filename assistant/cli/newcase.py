"""eval new-case: a case of one's own begun from a chat turn or a command that went wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli import common


def new_case(
    out: Annotated[Path, typer.Argument(help="The .yaml file to write, or to add to.")],
    project: Annotated[str | None, typer.Option("--project", help="A chat turn of this project went wrong.")] = None,
    turn: Annotated[int | None, typer.Option("--turn", min=1, help="Which (default: the last).")] = None,
    story: Annotated[Path | None, typer.Option("--story", help="This story was read wrong.")] = None,
    process: Annotated[
        Path | None, typer.Option("--process", help="This process was changed wrong by --request …")
    ] = None,
    request: Annotated[str | None, typer.Option("--request", help="… this request.")] = None,
    query: Annotated[
        str | None, typer.Option("--query", help="The library was asked this, and found the wrong thing.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="What the case is called.")] = None,
    model: Annotated[
        str | None, typer.Option("--model", help="With --project: keep what this model answers in each turn.")
    ] = None,
) -> None:
    """Begin a case of your own from a chat turn or a command that went wrong; you say in the file what is right."""
    from assistant.errors import UsageError
    from assistant.evals.newcase import from_query, from_request, from_story, from_turn, masked_in, write_case

    app = common.app(model or "offline")
    if model and project is None:
        raise UsageError("A model answers only turns of a project.", "", "Add --project, or leave --model out.")
    if project is not None:
        _tell_who_heard(app, project)
        suite, row = from_turn(app, project, turn)
    elif story is not None:
        suite, row = from_story(app, story)
    elif process is not None and request is not None:
        suite, row = from_request(app, process, request)
    elif query is not None:
        suite, row = from_query(app, query)
    else:
        raise UsageError("From what?", "", "Give --project, --story, --process with --request, or --query.")
    write_case(out, suite, {**row, "id": name or row["id"]})
    common.show(
        f"{out}: a case for the suite {suite}. It expects what comes out today by {app.made_by}: put right "
        "under `expect` what is wrong."
    )
    if text := masked_in(row):
        common.note(f"It holds what the story says, word for word, with {text}: take them out before you hand it on.")
    common.show(f"Then: assistant eval run {suite} --cases {out}")


def _tell_who_heard(app: Any, project: str) -> None:
    """What a case of a turn will hold: a model's answers, or only what the built-in rules make of it."""
    from assistant.evals.newcase import said_in

    models = said_in(app, project)[1]
    if app.model is not None:
        common.note(f"{app.made_by} is asked once more, turn by turn, and its answers are kept in the case.")
    elif models:
        common.note(
            f"Some of it was heard by {', '.join(models)}; this case plays the built-in rules. "
            f"With --model {models[-1]} it is asked once more, and its answers are kept in the case."
        )
