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
    from assistant.simulation.scenarios import Scenario


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
    from assistant.simulation.results import difference
    from assistant.simulation.run import simulate_all

    changed = {name: scenario(process) for name, scenario in _conditions(process, volume, errors).items()}
    played = {"as it is": process, **{name: variant for name, variant in changed.items() if variant != process}}
    common.note(
        f"Playing {plural(len(played), 'variant')}, {play['replications']} times {play['cases']:,} cases each …"
    )
    results = simulate_all(played, cases=play["cases"], replications=play["replications"], seed=play["seed"])
    base = results["as it is"]
    rows: list[dict[str, Any]] = []
    for name, result in results.items():
        change = difference(base, result, "cycle_time")
        row = {"scenario": name, "change_in_cycle_time": change.document(), "notes": list(result.notes)}
        row |= {"cycle_time": result.cycle_time.document(), "cost_per_case": result.cost_per_case.document()}
        rows.append(row)
    if as_json:
        common.show_json({"process": process.name, **play, "scenarios": rows})
        return
    from assistant.process.durations import humane

    wide = min(44, max(map(len, results)))
    common.show("Cycle time of a case:")
    for name, result in results.items():
        change = difference(base, result, "cycle_time")
        by = "" if result is base else f", {_by(change)}"
        common.show_wrapped(f"  {name:{wide}}  {humane(result.cycle_time.mean)}{by}")
    for note in dict.fromkeys(note for result in results.values() for note in result.notes):
        common.note(note)


def _by(change: Any) -> str:
    from assistant.reports.format import amount, interval, signed

    if change.low <= 0 <= change.high:
        return "no evidence of a change"
    return f"{signed(amount(change.mean, 's'), change.mean)} (95 % {interval(change.low, change.high, 's')})"


def _conditions(process: Process, volume: float, errors: float) -> dict[str, Scenario]:
    from assistant.simulation import scenarios

    found = {f"{volume - 1:+.0%} cases": scenarios.volume(volume), f"errors × {errors:g}": scenarios.errors(errors)}
    for role in process.roles:
        if role.capacity is not None and role.capacity > 1:
            found[f"one fewer: {role.name}"] = scenarios.people(role.id, -1)
    return found


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


def time_limit(within: str) -> float:
    """The seconds meant by `2 d`, `90 min` or `two working weeks`. Raises UsageError when it is no length of time."""
    from assistant.errors import UsageError
    from assistant.language.figures.reading import figure_from
    from assistant.process.durations import seconds

    figure = figure_from(within, "duration")
    if figure is None:
        raise UsageError(f"“{within}” is no length of time.", remedy="Write a number and a unit: 90 min, 4 h, 2 days.")
    return seconds(figure.high, figure.unit)


def _unknowns(process: Process, play: Plays, as_json: bool) -> None:
    from assistant.process.describe import FIELDS, name_of
    from assistant.process.durations import humane
    from assistant.process.tree import by_id
    from assistant.simulation.sensitivity import sensitivity

    common.note("Playing the process with each unsure figure smaller and larger …")
    found = sensitivity(process, cases=min(play["cases"], 300), replications=6, seed=play["seed"])
    steps = by_id(process)
    rows: list[dict[str, Any]] = [
        {
            "element": answer.element,
            "name": name_of(steps[answer.element]) if answer.element in steps else answer.element,
            "field": answer.field,
            "basis": answer.basis.value if answer.basis else "unknown",
            "moves_cycle_time_by_seconds": answer.swing,
        }
        for answer in found
    ]
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
