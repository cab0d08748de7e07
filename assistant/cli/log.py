"""log: what the real process did, from an event log; the data are checked before any figure is shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import common
from assistant.cli.common import AsJson, Force, Out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from assistant.eventlog.control import Control
    from assistant.eventlog.read_log import Log
    from assistant.eventlog.stamps import Order
    from assistant.eventlog.study import Study
    from assistant.eventlog.what_a_log_shows import Against, Recorded
    from assistant.workspace.session import Session


def register(cli: typer.Typer) -> None:
    """Put this command on the command line."""
    cli.command("log")(log)


def log(
    file: Annotated[Path, typer.Argument(help="CSV, Excel, Parquet or XES, also as .gz; - is standard input.")],
    process: Annotated[Path | None, typer.Option("--process", help="The process whose steps should be there.")] = None,
    case: Annotated[str | None, typer.Option("--case", help="Column that says which case an event is of.")] = None,
    activity: Annotated[str | None, typer.Option("--activity", help="Column that says what was done.")] = None,
    time: Annotated[str | None, typer.Option("--time", help="Column that says when it was complete.")] = None,
    resource: Annotated[str | None, typer.Option("--resource", help="Column that says who did it.")] = None,
    lifecycle: Annotated[str | None, typer.Option("--lifecycle", help="Column that says start or complete.")] = None,
    cost: Annotated[str | None, typer.Option("--cost", help="Column that says what an event cost.")] = None,
    end: Annotated[
        list[str] | None, typer.Option("--end", help="Activity with which a case is over; may be given again.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Column to set apart, such as carrier or team.")] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help="The day of a change (2026-01-31): cases from then on, set against those before."),
    ] = None,
    day_first: Annotated[bool, typer.Option("--day-first", help="03/04/2026 is the third of April.")] = False,
    month_first: Annotated[bool, typer.Option("--month-first", help="03/04/2026 is the fourth of March.")] = False,
    zone: Annotated[
        str | None, typer.Option("--zone", help="Whose clock the stamps are told by, such as Europe/Berlin.")
    ] = None,
    hours: Annotated[
        str | None,
        typer.Option("--hours", help="Count times in open hours only: 'mon-fri 09:00-17:00; sat 09:00-12:00'."),
    ] = None,
    holidays: Annotated[
        str | None, typer.Option("--holidays", help="Days that are closed, with --hours: 2026-01-01,2026-12-25.")
    ] = None,
    columns: Annotated[str | None, typer.Option("--columns", help="Columns of the last load, with commas.")] = None,
    planned: Annotated[
        list[str] | None, typer.Option("--planned", help="Activity repeated by plan, so no rework; may be given again.")
    ] = None,
    match: Annotated[
        list[str] | None,
        typer.Option(
            "--match",
            help="The step an activity of the log is, as ACTIVITY=STEP (ACTIVITY= for none); may be repeated.",
        ),
    ] = None,
    accept: Annotated[
        list[str] | None, typer.Option("--accept", help="Difference to what was told that is all right; by its id.")
    ] = None,
    project: Annotated[
        str | None, typer.Option("--project", help="Project whose process it is; what the log says is kept there.")
    ] = None,
    measure: Annotated[bool, typer.Option("--measure", help="Take all measured figures into the project.")] = False,
    engine: Annotated[
        str, typer.Option("--engine", help="What counts: duckdb (built in) or spark (a server, see --url).")
    ] = "duckdb",
    url: Annotated[str | None, typer.Option("--url", help="Address of a Spark Connect server: sc://HOST:PORT.")] = None,
    out: Out = None,
    as_json: AsJson = False,
    force: Force = False,
) -> None:
    """Check an event log, then say what it shows: times, ways, rework, charts; with --process, told against recorded.

    --out also writes a page with the map from the usual way to every way (log.html), every case (cases.csv), the
    process mined from the log (mined.json, .bpmn, .svg) and, with --process, the told process with the log's figures
    (measured.json). Ends with 1 when the data gate fails: the figures are shown, with the confidence they deserve.
    """
    from assistant.eventlog.control import document as control_document
    from assistant.eventlog.control import lines as control_lines
    from assistant.eventlog.hours import open_hours, zone_of
    from assistant.eventlog.read_log import read_log
    from assistant.eventlog.spark import counter_of
    from assistant.eventlog.study import document, lines, study
    from assistant.eventlog.what_a_log_shows import document as recorded_document
    from assistant.eventlog.what_a_log_shows import lines as recorded_lines
    from assistant.eventlog.what_a_log_shows import recorded, short
    from assistant.workspace.recording import remembered

    counter = counter_of(engine, url)
    session = _session(project, measure)
    given = common.app().read_process(process) if process else session.process if session else None
    known = remembered(session) if session else None
    declared = [name for name in (columns or "").split(",") if name.strip()]
    named = {"case": case, "activity": activity, "complete": time, "resource": resource, "lifecycle": lifecycle}
    columns_named = {kind: name for kind, name in named.items() if name}
    read = read_log(file, columns_named, _order(day_first, month_first), zone_of(zone), open_hours(hours, holidays))
    day = _day(since)
    found = study(read, given, by, declared, planned or (), end or (), day, counter, cost)
    compared = _control(read, day, end or ()) if day else None
    accepted = [*(known.accepted if known else ()), *(accept or ())]
    pairs = _pairs(match or ())
    shown = recorded(
        found.measured, Path(file).stem, given, pairs, accepted, known.match if known else None, out is not None
    )
    said = lines(found, short(shown) if shown else ())
    said += [*(control_lines(compared) if compared else []), *(recorded_lines(shown) if shown else [])]
    text = "\n".join(said)
    whole = {
        **document(found),
        "control": control_document(compared) if compared else None,
        "recorded": recorded_document(shown) if shown else None,
    }
    if session is not None and shown is not None and shown.against is not None:
        text = "\n".join([text, *_keep(session, Path(file).name, shown.against, pairs, accepted, compared, measure)])
    if out is not None:
        _write(out, text, whole, found, shown, force)
    if as_json:
        common.show_json(whole)
    else:
        common.show(text)
    if not found.gate.passed:
        raise typer.Exit(1)


def _session(project: str | None, measure: bool) -> Session | None:
    """The project's session. Raises UsageError for one that holds no process, and where nothing is to be kept."""
    from assistant.errors import UsageError

    if project is None:
        if measure:
            raise UsageError("--measure takes figures into a project.", "No project is named.", "Add --project NAME.")
        return None
    app = common.app()
    app.store.entries(project)  # raises when there is no such project
    session = app.session(project)
    if session.empty:
        raise UsageError(f"The project {project} holds no process yet.", "", "Tell it first: `assistant chat`.")
    return session


def _keep(
    session: Session, file: str, against: Against, pairs: Mapping[str, str], accepted: Sequence[str],
    compared: Control | None, measure: bool,
) -> list[str]:  # fmt: skip
    """What the log says, kept in the project; with `measure`, its figures taken over. What was done, in words."""
    from assistant.workspace.recording import came_lines, keep, latest, take

    said = {activity: against.matching.steps.get(activity, "") for activity in pairs}
    keep(session, file, against, said, accepted, compared)
    kept = latest(session)
    told = ["", *came_lines(kept.came), f"Kept in the project {session.project}: `assistant chat` knows of it."]
    if measure and kept.figures:
        change = take(session)
        told.append(f"{len(change.edits)} measured figures are in the process now; `undo` in the chat takes them back.")
    elif kept.figures:
        told.append(
            f"{len(kept.figures)} things are measured: `measure` in the chat takes them over, or --measure here."
        )
    return told


def _control(read: Log, since: date, ends: Iterable[str]) -> Control | None:
    """Before and after a day, on the whole log; None where nothing has a stamp."""
    from assistant.eventlog.control import control
    from assistant.eventlog.times import measure

    span = read.span()
    return control(measure(read, ends=ends).cases, since, span[1]) if span else None


def _write(
    out: Path, text: str, whole: dict[str, Any], found: Study, shown: Recorded | None, force: bool
) -> None:  # fmt: skip
    import json

    from assistant.eventlog.comparing import cases_table
    from assistant.reports.files import content, write_all
    from assistant.reports.recorded import log_page

    files = {"log.json": json.dumps(whole, ensure_ascii=False, indent=1).encode(), "log.txt": f"{text}\n".encode()}
    files["cases.csv"] = cases_table(found.measured, found.apart.beyond, found.costs)
    if shown is not None:
        files["log.html"] = log_page(shown.mined.name, text, shown.places).encode()
        files |= {f"mined{kind}": content(shown.mined, kind) for kind in (".json", ".bpmn", ".svg")}
        if shown.against is not None:
            files["measured.json"] = content(shown.against.measured.process, ".json")
    write_all(out, files, force)


def _pairs(match: Iterable[str]) -> dict[str, str]:
    """`ACTIVITY=STEP` taken apart."""
    from assistant.errors import UsageError

    pairs: dict[str, str] = {}
    for said in match:
        activity, sign, step = said.partition("=")
        if not sign or not activity.strip():
            raise UsageError(f"--match {said!r} names no step.", "", "Write --match 'Credit check=Check credit'.")
        pairs[activity.strip()] = step.strip()
    return pairs


def _order(day_first: bool, month_first: bool) -> Order | None:
    from assistant.errors import UsageError

    if day_first and month_first:
        raise UsageError("--day-first and --month-first exclude each other.", "", "Give one of them.")
    return "day" if day_first else "month" if month_first else None


def _day(text: str | None) -> date | None:
    from datetime import date

    from assistant.errors import UsageError

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"“{text}” is no day.", "", "Write it as 2026-01-31.") from None
