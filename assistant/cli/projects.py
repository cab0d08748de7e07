"""project: start, list, show, log, ledger, diff, undo, branch, delete, rename, export, import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli import common
from assistant.cli.common import AsJson, Force

cli = typer.Typer(
    help="Projects: what was said, changed, proposed and run.", no_args_is_help=True, rich_markup_mode=None
)
Name = Annotated[str, typer.Argument(metavar="PROJECT", help="The project's name (see `project list`).")]


@cli.command("list")
def list_(as_json: AsJson = False) -> None:
    """The projects, the one changed last first."""
    from assistant.process.figures import plural

    found = common.app().store.projects()
    if as_json:
        common.show_json([summary._asdict() for summary in found])
        return
    if not found:
        common.show("No projects yet. `assistant demo` makes one, `assistant chat` begins yours.")
    for summary in found:
        common.show(
            f"{summary.id:32} changed {summary.changed[:16].replace('T', ' ')} UTC, {plural(summary.turns, 'turn')}"
        )


@cli.command()
def show(project: Name, as_json: AsJson = False) -> None:
    """The design of today, as an outline in plain words (or as process JSON, which loses nothing)."""
    from assistant.process.codec import dumps
    from assistant.process.outline import to_plain_outline

    session = _known(project)
    process = session.called.back(session.process)
    common.show(dumps(process).rstrip() if as_json else to_plain_outline(process).rstrip())


@cli.command()
def log(project: Name, as_json: AsJson = False) -> None:
    """The journal, entry by entry: what was said, what changed, by whom it was read, what was run."""
    from assistant.chat.telling import entry_line

    app = common.app()
    entries = app.store.entries(app.kept(project))
    if as_json:
        common.show_json(
            [{key: value for key, value in entry.document().items() if value is not None} for entry in entries]
        )
        return
    for entry in entries:
        common.show(entry_line(entry))


@cli.command()
def ledger(as_json: AsJson = False) -> None:
    """The prediction ledger: what was promised of the proposals taken over, what logs say came, hits by practice."""
    from assistant.workspace.recording import came_lines
    from assistant.workspace.shelf import prediction_ledger

    found = prediction_ledger(common.app().shelf)
    if as_json:
        common.show_json([row._asdict() for row in found.kept])
        return
    if not found.kept:
        common.show("No log has said yet what came of a promise: `assistant log FILE --project NAME --since DAY` does.")
    for name, recorded in found.last.items():
        common.show("\n".join([f"{name}:", *(f"  {line}" for line in came_lines(recorded.came))]))
    for row in found.kept:
        common.show(f"{row.practice}: {row.hits} of {row.n} as promised")


@cli.command()
def diff(
    project: Name,
    since: Annotated[int, typer.Option("--since", min=0, help="Turn to compare with (0: the empty start).")] = 0,
    as_json: AsJson = False,
) -> None:
    """What changed since a turn, in words."""
    from assistant.process.describe import in_words
    from assistant.process.diff import diff as difference
    from assistant.process.edits import edit_document

    session = _known(project)
    before = common.app().shelf.at(session.project, since, "main" if session.state.branch == "main" else None)
    edits = difference(before, session.process)
    if as_json:
        common.show_json({"since": since, "edits": [edit_document(edit) for edit in edits]})
    else:
        common.show(session.called.back("\n".join(in_words(before, edits))) or "Nothing changed.")


@cli.command()
def undo(
    project: Name, turn: Annotated[int | None, typer.Option("--turn", help="Which turn (default: the last).")] = None
) -> None:
    """Take the last change back, the whole turn. It stays in the journal; `redo` in the chat brings it back."""
    from assistant.workspace.repair import leave_out

    app = common.app()
    if turn is not None and leave_out(app.store, app.kept(project), turn):
        common.show(f"Turn {turn} is left out.")
        return
    session = _known(project)
    lines = session.called.back(session.undo(turn).lines)
    common.show("\n".join(lines) or "Nothing in the design changes by that.")


@cli.command()
def branch(
    project: Name, name: Annotated[str, typer.Argument(help="The branch's name; one that is there is taken up.")]
) -> None:
    """Begin a branch of the design, or go on with one."""
    session = _known(project)
    if name in session.state.branches:
        session.switch(name)
    else:
        session.branch(name)
    common.show(f"Now on branch {name}.")


@cli.command()
def export(
    project: Name,
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help=".json .bpmn .svg .png .pdf .md .mmd; .journal for all.")
    ],
    force: Force = False,
) -> None:
    """Write the design of today, or with .journal the whole project, to a file."""
    import json

    from assistant.projects.transfer import journal_document
    from assistant.reports.files import write_process, write_text

    app = common.app()
    if target.suffix == ".journal":
        project = app.kept(project)
        write_text(target, json.dumps(journal_document(project, app.store.entries(project)), indent=1), force)
    else:
        session = _known(project)
        write_process(session.called.back(session.process), target, force)
    common.show(str(target))


@cli.command()
def delete(
    project: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking (needed in scripts).")] = False,
) -> None:
    """Delete a project with all that was said, changed and run. This cannot be undone."""
    from assistant.errors import UsageError
    from assistant.page.people import recall

    app = common.app()
    project = app.kept(project)
    if not yes:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise UsageError(f"{project} was not deleted.", "Nobody can be asked here.", "Add --yes.")
        typer.confirm(f"Delete the project {project} and its whole journal?", abort=True)
    app.shelf.delete(project)
    recall(app.home, project, None)
    common.show(f"Deleted {project}.")


@cli.command()
def rename(project: Name, new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")]) -> None:
    """Give a project another name."""
    from assistant.app import project_name
    from assistant.page.people import recall

    app = common.app()
    project, name = app.kept(project), project_name(new)
    app.shelf.rename(project, name)
    recall(app.home, project, name)
    common.show(f"{project} is called {name} now.")


@cli.command("import")
def import_(
    source: Annotated[Path, typer.Argument(help="A story, BPMN, process JSON, outline, or a .journal file.")],
    project: Annotated[str | None, typer.Option("--project", help="Name of the project.")] = None,
) -> None:
    """Begin a project from a file; with --project, comments that a share file gave back go into that project."""
    from assistant.app import project_name

    app = common.app()
    if project and (told := _comments(source, project)):
        common.show(told)
        return
    if source.suffix == ".journal":
        from assistant.intake.loading import load
        from assistant.projects.transfer import import_journal

        name = import_journal(app.store, load(source), project and project_name(project))
    else:
        name = app.start(source, project=project or ("input" if str(source) == "-" else project_name(source))).project
    common.show(f"Project {name}.")


@cli.command()
def start(
    project: Annotated[
        str | None, typer.Argument(metavar="PROJECT", help="Its name (default: the template's).")
    ] = None,
    template: Annotated[
        str | None, typer.Option("--from", metavar="TEMPLATE", help="Library entry: P30, an id, or words for it.")
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Also from an entry that is not published yet.")] = False,
) -> None:
    """Begin a project, from a template of the library or empty; `assistant chat PROJECT` goes on with it."""
    from assistant.app import project_name
    from assistant.errors import UsageError
    from assistant.process.figures import plural
    from assistant.workspace.templates import fitting, named_template, start_from, unfinished

    app = common.app()
    if template is None and project is None:
        raise UsageError("What is the project to be called?", remedy="`assistant project start --from P30 NAME`.")
    entry = named_template(app.library, template) if template else None
    session = app.session(project_name(project or (entry.id if entry else "")))
    if entry is None:
        common.show(f"`assistant chat {session.project}` begins it.")
        return
    change = start_from(session, entry, draft)
    roles, steps = plural(len(change.after.roles), "role"), plural(len(entry.steps), "step")
    common.show(f"Project {session.project}: {roles}, {steps} from {entry.name}.")
    if remark := unfinished(entry):
        common.note(remark)
    common.show("\n".join([f"`assistant chat {session.project}` goes on.", *fitting(entry)]))


def _comments(source: Path, project: str) -> str:
    """What was brought back, when the file holds comments made in a share file; empty when it is another file."""
    if source.suffix != ".json":
        return ""
    from assistant.intake.loading import load
    from assistant.workspace.comments import comments_in, taken

    comments = comments_in(load(source))
    return "" if comments is None else "\n".join(taken(_known(project), comments))


def _known(project: str) -> Any:
    app = common.app()
    return app.session(app.kept(project))
