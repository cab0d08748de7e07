"""what-if: the process with more cases, fewer people or fewer errors; who is needed; which unknown matters most."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import common
from assistant.cli.common import AsJson, Cases, Replications, Seed
from assistant.cli.playing import AsGiven, nothing_to_play, said

if TYPE_CHECKING:
    from assistant.app import Plays
    from assistant.process.model import Process


def register(cli: typer.Typer) -> None:
    """Put this command on the command line."""
    cli.command("what-if")(what_if)


def what_if(
    process: Annotated[Path, typer.Argument(metavar="PROCESS", help="BPMN, process JSON or outline.")],
    volume: Annotated[float, typer.Option("--volume", min=0.01, help="Times as many cases (1.3: 30 % more).")] = 1.3,
    errors: Annotated[float, typer.Option("--errors", min=0, help="Times the errors (0.5: half of them).")] = 0.5,
    within: Annotated[
        str | None, typer.Option("--within", help="Find the people needed for this time, such as “2 d”.")
    ] = None,
    share: Annotated[
        float, typer.Option("--share", min=0.01, max=0.999, help="Share of cases to be done within it.")
    ] = 0.95,
    unknowns: Annotated[
        bool, typer.Option("--unknowns", help="Rank the figures nobody measured or stated by their effect.")
    ] = False,
    cases: Cases = None,
    replications: Replications = None,
    seed: Seed = None,
    as_given: AsGiven = False,
    as_json: AsJson = False,
) -> None:
    """Play the process under other conditions, and say what changes, each with a 95 % interval.

    What nobody gave is filled in as the report does it, and said.
    """
    from assistant.language.figures.limit import time_limit

    app = common.app()
    given = app.read_process(process)
    limit = None if within is None else time_limit(within)  # a time that is none is refused before anything is played
    filled = app.completed(given, as_given)
    if not as_json and nothing_to_play(given):
        return
    found = filled.process
    play = app.play(cases, replications, seed)
    for told in said(filled):
        common.note(told)
    if within is not None and limit is not None:
        # How many people it takes cannot be asked of a number of cases that is itself a guess.
        _staff(found if given.volume else given, within, limit, share, play, as_json)
    elif unknowns:
        _unknowns(found, play, as_json)
    else:
        _scenarios(found, volume, errors, play, as_json)


def _scenarios(process: Process, volume: float, errors: float, play: Plays, as_json: bool) -> None:
    from assistant.process.figures import plural
    from assistant.simulation.conditions import TODAY, played, usual

    variants = usual(process, volume, errors)
    common.note(
        f"Playing {plural(len(variants), 'variant')}, {play['replications']} times {play['cases']:,} cases each …"
    )
    conditions = played(variants, **play)
    if as_json:
        rows = [condition.document() for condition in conditions]
        common.show_json({"process": process.name, **play, "scenarios": rows})
        return
    from assistant.process.durations import humane

    wide = min(44, max(len(condition.name) for condition in conditions))
    common.show("Cycle time of a case:")
    for condition in conditions:
        by = "" if condition.name == TODAY else f", {_by(condition.change)}"
        common.show_wrapped(f"  {condition.name:{wide}}  {humane(condition.result.cycle_time.mean)}{by}")
    for note in dict.fromkeys(note for condition in conditions for note in condition.result.notes):
        common.note(note)


def _by(change: Any) -> str:
    from assistant.reports.format import amount, interval, signed

    if change.low <= 0 <= change.high:
        return "no evidence of a change"
    return f"{signed(amount(change.mean, 's'), change.mean)} (95 % {interval(change.low, change.high, 's')})"


def _staff(process: Process, within: str, limit: float, share: float, play: Plays, as_json: bool) -> None:
    from assistant.simulation.staffing import staffing

    tell = common.Progress("Looking for the people needed …")
    found = staffing(process, within=limit, share=share, tell=tell, **play)
    names = {role.id: role.name for role in process.roles}
    if as_json:
        people = {names[id_]: count for id_, count in found.capacities.items()}
        common.show_json(
            {"process": process.name, "within_seconds": limit, "people": people, "share": found.share.document()}
        )
        return
    wide = min(44, max(map(len, names.values())))
    common.show("People needed:")
    for id_, count in found.capacities.items():
        before = process.role(id_)
        today = before.capacity if before and before.capacity is not None else "not told"
        common.show_wrapped(f"  {names[id_]:{wide}}  {count} (today {today})")
    low, high = found.share.low, found.share.high
    common.show_wrapped(
        f"Then {found.share.mean:.1%} of the cases are done within {within} (95 % {low:.1%} to {high:.1%})."
    )


def _unknowns(process: Process, play: Plays, as_json: bool) -> None:
    from assistant.process.describe import FIELDS
    from assistant.process.durations import humane
    from assistant.simulation.sensitivity import named, sensitivity

    common.note("Playing the process with each unsure figure smaller and larger …")
    rows = named(process, sensitivity(process, cases=min(play["cases"], 300), replications=6, seed=play["seed"]))
    if as_json:
        common.show_json({"process": process.name, "unknowns": rows})
        return
    if rows:
        common.show_wrapped("A figure 30 % smaller or larger moves the cycle time of a case by so much:")
    for row in rows:
        what = f"{FIELDS.get(row['field'], row['field'])} of {row['name']}"
        common.show_wrapped(f"  {humane(row['moves_cycle_time_by_seconds']):8}  {what}")
    if not rows:
        common.show("Every figure of this process is stated or measured.")
