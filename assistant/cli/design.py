"""demo, map, redesign, change: from words or a file to a drawn process, a better one, and a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli import common
from assistant.cli.common import AsJson, Cases, Embeddings, Force, Model, Out, Project, Replications, Seed

DEMO = "demo/order_to_cash.txt"
LONG = 10_000
"""Characters of a story from which on reading it takes seconds and is said to begin."""
Keep = Annotated[
    list[str] | None, typer.Option("--keep", help="A step or rule that must stay as it is (may be given again).")
]
Goal = Annotated[str | None, typer.Option("--goal", help="What matters most, such as “faster, at the same cost”.")]


def register(cli: typer.Typer) -> None:
    """Put these commands on the command line."""
    for command in (demo, map_, redesign, change):
        cli.command(command.__name__.rstrip("_"))(command)


def demo(out: Out = Path("out/demo"), force: Force = False, model: Model = None) -> None:
    """Redesign the bundled order-to-cash story, with no key and no network: the main job in one command."""
    from assistant.settings import bundled

    _redesign([bundled("templates") / DEMO], common.app(model), out, force, project="demo")


def map_(
    stories: Annotated[
        list[Path], typer.Argument(help="Stories in plain words (text, Word, PDF, HTML, mail; - for input).")
    ],
    out: Out = Path("out"),
    force: Force = False,
    project: Project = None,
    model: Model = None,
) -> None:
    """Draw the process each story tells: OUT/STEM.json, .bpmn, .svg and .md."""
    from assistant.errors import AssistantError
    from assistant.reports.files import write_map

    app = common.app(model)
    folder = out or Path("out")
    failed: list[AssistantError] = []
    for story in stories:
        try:
            name = "story" if str(story) == "-" else story.stem
            session = app.start(story, project=project)
            for path in write_map(session.called.back(session.process), folder, name, force):
                common.show(str(path))
            common.note(f"Read by {app.made_by}{f'; kept in the project {session.project}' if project else ''}.")
        except AssistantError as error:
            if len(stories) == 1:
                raise
            failed.append(error)
            common.note(f"{story}: {' '.join(str(error).split())}")
    if failed:
        raise typer.Exit(failed[0].exit_code)


def redesign(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="INPUT...",
            help="A story in words, BPMN or process JSON (- for input); several documents tell one process.",
        ),
    ],
    feedback: Annotated[
        Path | None, typer.Option("--feedback", help="Customer comments (CSV) to tie to the steps.")
    ] = None,
    goal: Goal = None,
    keep: Keep = None,
    out: Out = None,
    as_json: AsJson = False,
    force: Force = False,
    project: Project = None,
    cases: Cases = None,
    replications: Replications = None,
    seed: Seed = None,
    model: Model = None,
    embeddings: Embeddings = None,
) -> None:
    """Find what hurts, propose at least two better ways, simulate them, and write a report to take into a meeting."""
    options: dict[str, Any] = {
        "goal": goal, "keep": tuple(keep or ()), "cases": cases, "replications": replications, "seed": seed,
    }  # fmt: skip
    app = common.app(model, embeddings)
    folder = out or (None if as_json else Path("out") / ("story" if str(sources[0]) == "-" else sources[0].stem))
    _redesign(sources, app, folder, force, project, as_json, feedback, options)


def _redesign(
    sources: list[Path],
    app: Any,
    out: Path | None,
    force: bool,
    project: str | None,
    as_json: bool = False,
    feedback: Path | None = None,
    options: dict[str, Any] | None = None,
) -> None:
    from assistant.app import project_name
    from assistant.handover.package import package
    from assistant.intake.given import Words
    from assistant.process.figures import plural
    from assistant.redesign.protection import asked_to_stay
    from assistant.reports import files, terminal
    from assistant.settings import BUILT_IN

    if out is not None:
        files.refuse_overwriting(out, force)
    given = app.take_in(*sources)
    if isinstance(given, Words) and len(given.text) >= LONG:
        common.note(f"Reading {len(given.text):,} characters …")
    session = app.begin(given, project_name(project) if project else None)
    reader = f"read by {app.made_by}" if isinstance(given, Words) else f"from {given.name}"
    common.note(f"{plural(len(list(_steps(session.process))), 'step')} ({reader}). Looking for what hurts …")
    wanted = {**(options or {}), "tell": common.Progress()}
    if project and (kept := asked_to_stay(session.process, wanted.get("keep", ()))):
        session.change(kept, "request", BUILT_IN)
    if feedback is not None:
        wanted["complaints"] = app.feedback([feedback], session.process)
    result = session.called.back(session.redesign(**wanted))
    if out is not None:
        written = files.write_outputs(result, package(result, app.library), out, force)
        session.exported(written)
        if not as_json:
            common.show_wrapped(terminal.summary(result, written))
    if as_json:
        common.show_json(result.document())
    for remark in result.by_rules:
        common.note(remark)
    common.note(f"Found and proposed by {result.made_by}.")
    if project:
        common.note(f"Kept in the project {session.project}: `assistant chat {session.project}` goes on from here.")
    else:
        common.note("Add --project NAME to keep it and go on with it in `assistant chat NAME`.")


def change(
    process: Annotated[
        Path | None, typer.Argument(help="The process to change: BPMN, process JSON or outline.")
    ] = None,
    request: Annotated[str | None, typer.Argument(help="What to change, in plain words.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="File for the changed process (with --batch: a folder).")
    ] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", help='Many changes: {"id", "before", "request"} a line.')
    ] = None,
    as_json: AsJson = False,
    force: Force = False,
    project: Project = None,
    model: Model = None,
) -> None:
    """Change a process in plain words: prints what changes, and writes it to OUT."""
    from assistant.cli.changes import change_many, change_one
    from assistant.errors import UsageError

    app = common.app(model)
    if batch is not None:
        if out is None:
            raise UsageError("--batch needs a folder for its results.", remedy="Add --out DIR.")
        change_many(app, batch, out, force, as_json)
    elif process is None or request is None:
        raise UsageError("A change needs a process and a request.", remedy='`assistant change FILE "request"`.')
    else:
        change_one(app, process, request, out, force, as_json, project)


def _steps(process: Any) -> Any:
    from assistant.process.tree import tasks

    return tasks(process)
