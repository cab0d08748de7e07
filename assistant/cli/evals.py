"""eval list, run, report, compare, bless, calibrate: whether a change made the answers better or worse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli import common
from assistant.cli.common import AsJson, Force, Model

cli = typer.Typer(
    help="Evals: whether a new model, prompt or rule may go out.", no_args_is_help=True, rich_markup_mode=None
)
SuiteName = Annotated[str, typer.Argument(metavar="SUITE", help="Name of a suite (see `eval list`).")]
RunFile = Annotated[Path, typer.Argument(help="A run written by `eval run --out`.")]


@cli.command("list")
def list_(as_json: AsJson = False) -> None:
    """The suites there are."""
    from assistant.evals.suites import suites

    rows = [{"name": s.name, "cases": len(s.load()), "decides": s.main, "about": s.about} for s in suites()]
    if as_json:
        common.show_json(rows)
        return
    for row in rows:
        common.show(f"{row['name']:10} {row['cases']:4} cases, decided by {row['decides']:10} {row['about']}")


@cli.command()
def run(
    suite: SuiteName,
    model: Model = None,
    out: Annotated[Path | None, typer.Option("--out", help="File to keep the run in, for comparing.")] = None,
    only: Annotated[int | None, typer.Option("--only", min=1, help="Play only the first so many cases.")] = None,
    as_json: AsJson = False,
    force: Force = False,
) -> None:
    """Play a suite and score it."""
    from assistant.evals.runner import named, run_suite
    from assistant.evals.suites import suites
    from assistant.reports.files import write_text

    app = common.app(model)
    document = run_suite(named(suites(), suite), app.model, app.made_by, only, common.Progress())
    if out is not None:
        write_text(out, json.dumps(document, ensure_ascii=False, indent=1), force)
    if as_json:
        common.show_json({key: value for key, value in document.items() if key != "rows"})
    else:
        _tell(document)


@cli.command()
def report(
    run: RunFile, worst: Annotated[int, typer.Option("--worst", min=0, help="How many of the worst cases.")] = 5
) -> None:
    """A run in words: its scores, its worst cases and its errors."""
    from assistant.evals.runner import load_run

    document = load_run(run)
    _tell(document)
    main = document["main"]
    for row in sorted(document["rows"], key=lambda row: row["scores"].get(main, 0.0))[:worst]:
        common.show(f"  {row['id'][:60]:60} {main} {row['scores'].get(main, 0.0):.2f}")


def _tell(document: dict[str, Any]) -> None:
    common.show(f"{document['suite']}: {document['cases']} cases, made by {document['model']}, {document['seconds']} s")
    for name, value in document["scores"].items():
        common.show(f"  {name:12} {value['mean']:.3f}  (95 % between {value['low']:.3f} and {value['high']:.3f})")
    for error in document["errors"]:
        common.show(f"  error in {error['id']}: {error['error']}")


@cli.command()
def compare(
    a: RunFile,
    b: Annotated[Path | None, typer.Argument(help="The new run (default: A is new, the blessed run is old).")] = None,
    as_json: AsJson = False,
) -> None:
    """Whether run B is better than run A: better (0), worse (1), or the evidence does not decide (4)."""
    from assistant.evals.runner import compare_runs, load_run

    old, new = (load_run(a), load_run(b)) if b is not None else (_blessed(load_run(a)["suite"]), load_run(a))
    found = compare_runs(old, new)
    if as_json:
        common.show_json(found)
    else:
        common.show(f"{found['verdict']}: {found['why']}, over {found['pairs']} pairs.")
        common.show(f"A difference of {found['detectable']:.3f} or more would have been seen four times out of five.")
        for change in found["changes"][:10]:
            common.show(f"  {change['case'][:60]:60} {change['before']:.2f} -> {change['after']:.2f}")
    code = {"better": 0, "worse": 1}.get(found["verdict"], 4)
    if code:
        raise typer.Exit(code)


@cli.command()
def bless(run: RunFile) -> None:
    """Make a run the one that later runs of its suite are compared with."""
    from assistant.evals.runner import load_run
    from assistant.reports.files import write_text

    document = load_run(run)
    target = common.app().home / "evals" / f"{Path(document['suite']).name}.json"
    write_text(target, json.dumps(document, ensure_ascii=False, indent=1), force=True)
    common.show(f"Later runs of {document['suite']} are compared with this one ({target}).")


def _blessed(suite: str) -> dict[str, Any]:
    from assistant.errors import UsageError
    from assistant.evals.runner import load_run

    path = common.app().home / "evals" / f"{Path(suite).name}.json"
    if not path.is_file():
        raise UsageError(f"No run of {suite} was blessed yet.", remedy="`assistant eval bless RUN` does that.")
    return load_run(path)


@cli.command()
def calibrate(
    ratings: Annotated[Path, typer.Argument(help="CSV with the columns human and judge: whole numbers, 1 to 5.")],
    as_json: AsJson = False,
) -> None:
    """Whether a judge may be trusted: its agreement with people (weighted kappa of .67 or more), else exit code 1."""
    from assistant.evals.calibration import calibrate as weigh

    found = weigh(ratings)
    if as_json:
        common.show_json(found)
    else:
        common.show(f"{found['verdict']}: weighted kappa {found['kappa']:.2f} (95 % {found['low']:.2f} to {found['high']:.2f}), {found['cases']} cases")  # fmt: skip # noqa: E501
    if found["verdict"] != "accepted":
        raise typer.Exit(1 if found["verdict"] == "not accepted" else 4)
