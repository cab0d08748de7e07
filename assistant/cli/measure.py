"""check, convert, simulate, compare: what can be said about a process without changing it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli import common
from assistant.cli.common import AsJson, Cases, Force, Replications, Seed
from assistant.cli.playing import AsGiven, document, nothing_to_play, said

MOST = 200
"""Replications at most when a precision is asked for."""
Source = Annotated[Path, typer.Argument(metavar="PROCESS", help="BPMN, process JSON or outline.")]
Pool = Annotated[str | None, typer.Option("--pool", help="Which pool of a BPMN file to read (default: the largest).")]


def register(cli: typer.Typer) -> None:
    """Put these commands on the command line."""
    for command in (check, convert, simulate, compare):
        cli.command(command.__name__)(command)


def check(process: Source, as_json: AsJson = False, pool: Pool = None) -> None:
    """Check structure, labels and completeness; ends with 1 when there is an error."""
    from assistant.process.checks import check as find_issues
    from assistant.process.measures import structure

    found = common.app().read_process(process, pool)
    issues = find_issues(found)
    if as_json:
        document: dict[str, Any] = {
            "process": found.name,
            "issues": [issue.document() for issue in issues],
            "structure": structure(found).document(),
        }
        common.show_json(document)
    else:
        for issue in issues:
            common.show_wrapped(f"{issue.severity:8} {issue.id:28} {issue.text} {issue.remedy}".rstrip())
        common.show(_verdict(issues))
    if any(issue.severity == "error" for issue in issues):
        raise typer.Exit(1)


def _verdict(issues: list[Any]) -> str:
    from assistant.process.figures import plural

    if not issues:
        return "Nothing to mend."
    counts = {kind: sum(issue.severity == kind for issue in issues) for kind in ("error", "warning", "hint")}
    return ", ".join(plural(n, kind) for kind, n in counts.items() if n) + "."


def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="BPMN, process JSON or outline.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="By its ending: .json .bpmn .svg .png .pdf .md .mmd")],
    force: Force = False,
    pool: Pool = None,
    dark: Annotated[bool, typer.Option("--dark", help="Draw a picture for dark pages.")] = False,
) -> None:
    """Turn one format into another, by the files' endings. A flow that cannot be read is drawn with the spot marked."""
    from assistant.errors import InvalidBpmn
    from assistant.reports.files import PICTURES, write_process, write_refused

    try:
        process = common.app().read_process(source, pool)
    except InvalidBpmn as fault:
        if fault.spots and target.suffix.lower() in PICTURES:
            drawn = write_refused(source, fault, target, force, pool, dark)
            raise InvalidBpmn(
                fault.what, fault.why, f"{fault.remedy} The spot is marked in the drawing {drawn}."
            ) from None
        raise
    common.show(str(write_process(process, target, force, dark)))


def simulate(
    process: Source,
    cases: Cases = None,
    replications: Replications = None,
    seed: Seed = None,
    precision: Annotated[
        float | None,
        typer.Option("--precision", min=0.001, max=1, help="Go on until the interval is this narrow (0.02: ± 2 %)."),
    ] = None,
    as_given: AsGiven = False,
    as_json: AsJson = False,
    pool: Pool = None,
) -> None:
    """Play the process many times: times, costs, queues and outcomes, each with a 95 % interval.

    What nobody gave is filled in as the report does it, and said. A process without a single time is not played: what
    is missing is shown as a table to fill in.
    """
    from assistant.process.missing import missing
    from assistant.reports.terminal import simulation_lines
    from assistant.simulation.precision import simulate_until
    from assistant.simulation.run import simulate as play

    app = common.app()
    given = app.read_process(process, pool)
    filled = app.completed(given, as_given)
    found = filled.process
    if not as_json and nothing_to_play(given):
        return
    asked = app.play(cases, replications, seed)
    common.note(f"Playing {asked['cases']:,} cases many times …")
    if precision is None:
        result = play(found, **asked)
    else:
        precise = simulate_until(
            found, precision=precision, cases=asked["cases"], seed=asked["seed"], most_replications=replications or MOST
        )
        result = precise.result
        if not precise.reached:
            common.note(
                f"The interval is ± {precise.width:.1%} wide after {result.replications} replications; more are needed."
            )
    if as_json:
        common.show_json(result.document() | document(filled) | {"missing": [gap._asdict() for gap in missing(given)]})
    else:
        common.show_wrapped(simulation_lines(result, said(filled), found))


def compare(
    a: Annotated[Path, typer.Argument(help="The process before.")],
    b: Annotated[Path, typer.Argument(help="The process after.")],
    cases: Cases = None,
    replications: Replications = None,
    seed: Seed = None,
    as_given: AsGiven = False,
    as_json: AsJson = False,
) -> None:
    """Compare two processes: what differs, structure, and the simulated effect with intervals.

    What nobody gave is filled in alike on both sides and said; a verdict never rests on it alone.

    Ends with 1 when B is worse and with 4 when the evidence does not decide.
    """
    from assistant.redesign.compare import compare as weigh
    from assistant.reports.terminal import comparison_lines

    app = common.app()
    common.note("Playing both on the same random numbers …")
    found = weigh(
        app.read_process(a), app.read_process(b), library=None if as_given else app.library, as_given=as_given,
        **app.play(cases, replications, seed),
    )  # fmt: skip
    if as_json:
        common.show_json(found.document())
    else:
        common.show_wrapped(comparison_lines(found))
    code = {"worse": 1, "no evidence": 4, "cannot tell": 4}.get(found.word, 0)
    if code:
        raise typer.Exit(code)
