"""eval list, run, report, compare, bless, calibrate, new-case, bench: whether a change made the answers worse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import common, judges
from assistant.cli.bench import bench
from assistant.cli.common import AsJson, Embeddings, Force, Model
from assistant.cli.newcase import new_case

if TYPE_CHECKING:
    from assistant.evals.runfile import Run

cli = typer.Typer(
    help="Evals: whether a new model, prompt, rule or library may go out. In order: run, compare, report, bless.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
SuiteNames = Annotated[
    list[str], typer.Argument(metavar="SUITE...", help="Names of suites (`eval list` has them), or all.")
]
RunFile = Annotated[Path, typer.Argument(help="A run written by `eval run --out`.")]
Own = Annotated[
    Path | None, typer.Option("--cases", help="Folder (or file) with cases of your own, played instead of ours.")
]
Margin = Annotated[
    float | None, typer.Option("--not-worse-by", min=0, help="Ask only whether a score lost more than this (of 1).")
]  # fmt: skip
MOST_MOVED = 10


@cli.command("list")
def list_(
    scores: Annotated[bool, typer.Option("--scores", help="Also what each score means, in a sentence.")] = False,
    as_json: AsJson = False,
) -> None:
    """The suites there are, how many cases each has, what it guards, and whether it asks a model."""
    from assistant.evals.suites import NOT_PLAYED, suites

    every = suites()
    rows = [
        {"name": s.name, "cases": len(s.load()), "every": s.every, "guarded": sorted(s.guarded),
         "asks_a_model": s.asks, "prompts": list(s.prompts), "about": s.about,
         "scores": dict(s.means)}
        for s in every
    ]  # fmt: skip
    if as_json:
        common.show_json(rows)
        return
    for suite, row in zip(every, rows, strict=True):
        prompts = ", ".join(suite.prompts)
        asks = f"with a model asks: {prompts}" if prompts else "asks no model"
        common.show(f"{row['name']:13} {row['cases']:4} cases  {row['about']} ({asks})")
        for name, text in suite.means.items() if scores else ():
            common.show(f"  {name:22} {text}{' Guarded.' if name in suite.guarded else ''}")
    for name, why in NOT_PLAYED.items():
        common.show(f"No suite asks the prompt {name}: {why}.")
    common.note("`assistant eval run all` plays a sample of each; add --whole for every case.")


@cli.command()
def run(
    names: SuiteNames,
    model: Model = None,
    embeddings: Embeddings = None,
    out: Annotated[Path | None, typer.Option("--out", help="File to keep the run in; a run cut off goes on.")] = None,
    own: Own = None,
    only: Annotated[int | None, typer.Option("--only", min=1, help="Only the first so many cases of a suite.")] = None,
    sample: Annotated[
        bool | None,
        typer.Option("--sample/--whole", help="A sample of each suite, or every case (default: a sample for `all`)."),
    ] = None,
    repeats: Annotated[int, typer.Option("--repeats", min=1, max=100, help="How often each case is played.")] = 1,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help="Cases played at the same time.")] = 2,
    pace: Annotated[
        float | None, typer.Option("--pace", min=0.1, help="At most so many cases begun in a minute.")
    ] = None,
    most_cost: Annotated[
        float | None, typer.Option("--most-cost", min=0, help="US dollars after which no case is begun.")
    ] = None,
    record: Annotated[Path | None, typer.Option("--record", help="Keep the model's answers in this file.")] = None,
    replay: Annotated[Path | None, typer.Option("--replay", help="Answer from this file; nothing is sent.")] = None,
    as_json: AsJson = False,
    force: Force = False,
) -> None:
    """Play suites and score them; `eval compare` gives the verdict. A case in error is counted apart from a fail.

    Ends with 0 when something was answered, 4 when --most-cost cut it off, 3 or 1 when every case ended in an error.
    Such as: assistant eval run all --out new.jsonl, then assistant eval compare new.jsonl.
    """
    from assistant.evals.planning import plan_for
    from assistant.evals.runner import Playing
    from assistant.evals.suites import suites
    from assistant.evals.taping import app_with_tape

    if out is not None and force:
        out.unlink(missing_ok=True)
    plan = plan_for(
        names, suites(), own=own, only=only, sample=sample, repeats=repeats, jobs=jobs, most_cost=most_cost, pace=pace
    )
    app, tape = app_with_tape(common.app(model, embeddings), record, replay)
    _tell_before(plan, app, replay is not None)
    played = Playing(plan, app, tape, out, common.Progress()).run()
    if as_json:
        common.show_json(played.document())
    else:
        _tell(played)
        if out is not None:
            common.note(f"Kept in {out}. `assistant eval report {out} --out report.html` shows it case by case.")
    code = exit_code(played)
    if code:
        raise typer.Exit(code)


def exit_code(run: Run) -> int:
    """0 when something was answered; 3 or 1 when every case ended in an error; 4 when the cap cut the run off."""
    import assistant.errors as errors

    if run.rows and len(run.errors) == len(run.rows):
        kinds = [getattr(errors, row.error_kind, None) for row in run.errors]
        services = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, errors.ServiceError)]
        return 3 if len(services) == len(kinds) else 1
    return 0 if run.whole else 4


def _tell_before(plan: Any, app: Any, replaying: bool) -> None:
    """What will be asked at which price, before anything is sent. Raises UsageError: the cap cannot be kept."""
    from assistant.errors import UsageError
    from assistant.evals.pricing import forecast
    from assistant.process.figures import plural

    if app.settings.model == "offline":
        common.note(f"{plural(plan.rows, 'case')} by the built-in rules; no model is asked.")
        return
    if replaying:
        common.note(f"{plural(plan.rows, 'case')}; answers come from the tape, nothing is sent.")
        return
    found = forecast(plan, app)
    if plan.most_cost is not None and found.cost is None:
        raise UsageError(
            f"The price of {app.settings.model} is not known, so a cap in money cannot be kept.", "",
            "Give it in language.prices, or leave --most-cost out.",
        )  # fmt: skip
    common.note(found.in_words(app.settings.model))


def _tell(run: Run) -> None:
    from assistant.process.figures import plural

    document = run.document()
    asks = "the model was asked" if any(run.head.get("asks_a_model", {}).values()) else "no model was asked"
    common.show(
        f"{document['suite']}: {plural(document['cases'], 'case')}, made by {document['model']} ({asks}), "
        f"commit {str(document['commit'])[:12]}, {document['seconds']} s of work"
    )
    ceilings, suites = run.head.get("ceilings", {}), {suite for suite, _ in run.cases}
    counts = {f"{suite}.{score}": len(values) for (suite, score), values in run.values().items()}
    for name, value in document["scores"].items():
        full = name if len(suites) > 1 else f"{next(iter(suites), run.suite)}.{name}"
        above = f"; people agree {ceilings[full]:.2f} among themselves" if full in ceilings else ""
        sure = "one case: no range" if counts[full] == 1 else f"95 % between {value['low']:.3f} and {value['high']:.3f}"
        guarded = " guarded" if full in run.guarded else ""
        common.show(f"  {name:32} {value['mean']:.3f}  ({sure}{above}){guarded}")
    if run.errors:
        common.show(
            f"{len(run.errors)} of {len(run.rows)} ended in an error (these are no fails; they count in `answered`):"
        )
        for row in run.errors[:MOST_MOVED]:
            common.show(f"  {row.suite}/{row.case[:50]}: {row.error}")
    cost = document["cost"]
    if any(row.calls for row in run.rows):
        common.show(
            f"{sum(row.calls for row in run.rows)} calls, {sum(row.tokens for row in run.rows):,} tokens, "
            + ("price not known" if cost is None else f"${cost:.4f}")
        )
    if not run.whole:
        common.show(f"{len(run.rows)} of {run.planned} were played. The same command with the same --out goes on.")


@cli.command()
def report(
    run: RunFile,
    against: Annotated[Path | None, typer.Option("--against", help="An older run to compare with.")] = None,
    blessed: Annotated[bool, typer.Option("--blessed", help="Compare with the blessed run.")] = False,
    out: Annotated[
        list[Path] | None,
        typer.Option("--out", help="File to write: .html to send, .md for a pull request, .xml (JUnit) or .json."),
    ] = None,
    worst: Annotated[int, typer.Option("--worst", min=0, help="How many of the worst cases are told.")] = 5,
    not_worse_by: Margin = None,
    judge: judges.Name = None,
    force: Force = False,
) -> None:
    """A run in words or as a file: the verdict, what got worse, the cost, and each case with what came out."""
    from assistant.evals.baseline import blessed as blessed_run
    from assistant.evals.comparing import compare_runs
    from assistant.evals.reasons import reasons
    from assistant.evals.report import content
    from assistant.evals.runfile import load_run
    from assistant.reports.files import write_text

    new = load_run(run)
    old = load_run(against) if against is not None else blessed_run(common.app().home) if blessed else None
    judged = judges.judged(old, new, judge, None, None) if old is not None else None
    compared = compare_runs(old, new, not_worse_by, judged) if old is not None else None
    for target in out or ():
        write_text(target, content(target, new, old, compared), force)
        common.note(f"Written: {target}")
    if out:
        return
    _tell(new)
    if compared is not None:
        _tell_comparison(compared)
    means = [(sum(row.scores.values()) / len(row.scores), row) for row in new.rows if row.scores]
    for mean, row in sorted(means, key=lambda pair: (pair[0], pair[1].key))[:worst]:
        if mean < 1:
            common.show(f"  worst: {row.suite}/{row.case[:60]:60} mean of its scores {mean:.2f}")
            for line in reasons(new.cases[(row.suite, row.case)], row):
                common.show(f"    {line}")


@cli.command()
def compare(
    a: RunFile,
    b: Annotated[
        Path | None, typer.Argument(help="The new run, A the old one. Without B: A is new, the blessed run old.")
    ] = None,
    not_worse_by: Margin = None,
    judge: judges.Name = None,
    prompt: judges.Words = None,
    rubric: judges.Rubric = None,
    as_json: AsJson = False,
) -> None:
    """Whether run B is better than run A: better (0), worse (1), or the evidence does not decide (4).

    With --judge a model compares the answers too; it decides only when `eval calibrate` accepted it, else it advises.
    """
    from assistant.evals.baseline import blessed
    from assistant.evals.comparing import compare_runs
    from assistant.evals.runfile import load_run

    old, new = (load_run(a), load_run(b)) if b is not None else (blessed(common.app().home), load_run(a))
    found = compare_runs(old, new, not_worse_by, judges.judged(old, new, judge, prompt, rubric))
    if as_json:
        common.show_json(found)
    else:
        _tell_comparison(found)
    if found["code"]:
        raise typer.Exit(found["code"])


def _tell_comparison(found: dict[str, Any]) -> None:
    from assistant.evals.asked_otherwise import in_a_sentence
    from assistant.evals.halves import in_words
    from assistant.process.figures import plural

    common.show(f"{found['verdict']}: {found['why']}.")
    if found["library"]:
        common.show(found["library"])
    apart = found["unpaired"]
    common.show(
        f"In both runs: {plural(found['pairs'], 'case')}"
        + (
            f"; {apart['only_old']} only in the old, {apart['only_new']} only in the new, which are left out"
            if any(apart.values())
            else ""
        )
        + "."
    )
    if found["rescored"]:
        many, one = plural(len(found["rescored"]), "case"), len(found["rescored"]) == 1
        common.show(
            f"Of these {many} {'expects' if one else 'expect'} something else than before: what came out then was "
            "scored by that, too."
        )
    if otherwise := in_a_sentence(found["asked_otherwise"]):
        common.show(otherwise)
    for row in found["scores"]:
        if abs(row["effect"]) > 1e-9:
            mark = "  <- more than chance" if row["significant"] else ""
            common.show(
                f"  {row['score']:34} {row['before']:.3f} -> {row['after']:.3f}  {row['effect']:+.3f} "
                f"(95 % {row['low']:+.3f} to {row['high']:+.3f}; "
                f"{plural(row['pairs'], 'case')} would show {row['detectable']:.3f} or more){mark}"
            )
    for row in found["halves"]:
        if row["fitted"]:
            common.show(f"  {in_words(row)}")
    judges.tell(found)
    for row in found["lost_guards"][:MOST_MOVED]:
        why = f" ({row['guards']})" if row["guards"] else ""
        common.show(f"  lost: {row['suite']}/{row['case'][:60]} {row['score']} {row['change']:+.2f}{why}")
    for change in found["changes"][:MOST_MOVED]:
        moved = ", ".join(f"{name} {before:.2f} -> {after:.2f}" for name, (before, after) in change["scores"].items())
        common.show(f"  moved: {change['suite']}/{change['case'][:60]}: {moved}")
    if len(found["changes"]) > MOST_MOVED:
        common.show(f"  … and {len(found['changes']) - MOST_MOVED} more (`eval report` shows both outputs of each).")


@cli.command()
def bless(
    run: RunFile,
    why: Annotated[str, typer.Option("--why", help="Why later runs are compared with this one; must be given.")] = "",
    who: Annotated[str | None, typer.Option("--who", help="Who says so (default: you).")] = None,
    although_worse: Annotated[
        bool, typer.Option("--although-worse", help="Also a run that lost something, or of cases of your own.")
    ] = False,
) -> None:
    """Make a run the baseline, in place of the suites it played. Who, when and why are kept beside it, in the
    repository when there is one (commit them there); a run that is worse than the blessed one is refused."""
    from assistant.evals.baseline import bless as make
    from assistant.evals.baseline import place
    from assistant.evals.runfile import load_run

    home = common.app().home
    note = make(load_run(run), home, why, who, although_worse)
    if note["against"]:
        common.show(f"Against the run blessed before: {note['against']}.")
    common.show(f"Blessed by {note['who']} at {note['when']}: {note['why']}")
    common.show(f"{note['cases']:,} cases are new in it; {note['stay']:,} of other suites stay as they were.")
    common.note(f"Later runs are compared with it ({place(home)}). Nothing is committed.")


@cli.command()
def calibrate(
    ratings: Annotated[
        Path, typer.Argument(help="CSV with human (1 to 5), today, first, second; or with human and judge.")
    ],
    model: Model = None,
    prompt: judges.Words = None,
    rubric: judges.Rubric = None,
    as_json: AsJson = False,
) -> None:
    """Whether a judge may be trusted: its agreement with people (weighted kappa of .67 or more), else exit code 1.

    The file holds pairs of answers (`today`, `first`, `second`) with what people say (`human`: 1 the first is much
    better, 3 as good, 5 the second), and the judge is asked; or it holds its marks too (`judge`), and nobody is asked.
    Either way --model says whose they are. The result is kept for this model, prompt and rubric; a judge that was not
    accepted advises and never decides.
    """
    from assistant.evals.baseline import place
    from assistant.evals.calibration import calibrate as weigh
    from assistant.evals.calibration import has_pairs, keep
    from assistant.process.figures import plural

    if has_pairs(ratings):
        judge = judges.judge_of(model, prompt, rubric)
        found, judged_by, name = weigh(ratings, judge.mark), judge.model.name, judge.hash
    else:  # the marks are there: nobody need be asked
        found = weigh(ratings)
        judged_by, name = judges.known_by(model, prompt, rubric)
    found = {**found, "model": judged_by, "judge": name}
    keep(place(common.app().home), name, found)
    if as_json:
        common.show_json(found)
    else:
        common.show(
            f"{found['verdict']}: weighted kappa {found['kappa']:.2f} "
            f"(95 % {found['low']:.2f} to {found['high']:.2f}), {plural(found['cases'], 'case')}."
        )
        area = "unknown" if found["auc"] is None else f"{found['auc']:.2f}"
        common.show(
            f"People rated {found['base_rate']:.0%} good. The judge rates good above bad in {area} of pairs, "
            f"and gives the same mark in {found['exact']:.0%}."
        )
        common.show(f"This holds for {found['model']} with this prompt and rubric ({name}) and for no other judge.")
    if found["verdict"] != "accepted":
        raise typer.Exit(1 if found["verdict"] == "not accepted" else 4)


cli.command()(bench)
cli.command("new-case")(new_case)
