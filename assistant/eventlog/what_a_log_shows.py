"""What a log shows of the process itself: where its time goes, the process mined from it, and what differs from what
was told; as values, lines and one document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from assistant.eventlog.discovery.calibrating import Fit, calibrated, fit_lines
from assistant.eventlog.discovery.choosing import mined
from assistant.eventlog.discovery.doing import doing
from assistant.eventlog.discovery.looking import look
from assistant.eventlog.discovery.matching import Matching, by_place, matched
from assistant.eventlog.discovery.measuring import Measured as Measurement
from assistant.eventlog.discovery.measuring import measured
from assistant.eventlog.discovery.quality import Quality, accounts, quality
from assistant.eventlog.discovery.splits_of_a_log import Way
from assistant.eventlog.discovery.told_and_recorded import Compared, compared
from assistant.eventlog.discovery.tree_as_net import net_of
from assistant.eventlog.discovery.worked_on_together import beside
from assistant.eventlog.labels import plain_label
from assistant.eventlog.times import Measured
from assistant.eventlog.where_time_goes import Places, places
from assistant.eventlog.where_time_goes import document as places_document
from assistant.eventlog.where_time_goes import lines as places_lines
from assistant.eventlog.where_time_goes import short as places_short
from assistant.process.figures import plural
from assistant.process.model import Process
from assistant.process.tree import step_id, tasks, walk

MOST_TOLD = 15


class Against(NamedTuple):
    """What was told against what was recorded: which activity is which step, the differences, the measured process and
    how far its play is from the log. What is unsure in the matching is for the user to say."""

    process: Process
    matching: Matching
    compared: Compared
    quality: Quality
    measured: Measurement
    fit: Fit | None


class Recorded(NamedTuple):
    """Where time goes, the mined process with how well it tells the log, and the comparison with the told process."""

    places: Places
    mined: Process
    mined_quality: Quality
    against: Against | None


def recorded(
    log: Measured, name: str, process: Process | None = None, match: Mapping[str, str] | None = None,
    accept: Iterable[str] = (), before: Mapping[str, str] | None = None, timed: bool = True,
) -> Recorded | None:  # fmt: skip
    """Everything about the closed cases of a measured log; None where none is closed. Raises UsageError.

    `match`: which step an activity is, as said now; `before`: as said of earlier logs, where it still fits. `timed`:
    whether the mined process is given its times, for which cases are looked at one by one.
    """
    if not log.cases:
        return None
    found = places(log.counter, len(log.cases))
    ways = {tuple(row["way"]): row["cases"] for row in found.ways}
    tree = mined(ways, name, beside(log.counter, ways), len(log.cases))
    shown = tree.process
    if timed:
        only, traces = [account for account, _ in tree.replayed], log.by_way()[1]
        seen = doing(shown, only, traces, tree.steps)
        shown = measured(shown, look(shown, only, traces, seen), seen, log.begins, told=False).process
    against = _against(log, ways, process, match, accept, before or {}) if process else None
    return Recorded(found, shown, tree.quality, against)


def _against(
    log: Measured, ways: Mapping[Way, int], process: Process, match: Mapping[str, str] | None, accept: Iterable[str],
    before: Mapping[str, str],
) -> Against:  # fmt: skip
    counts: dict[str, int] = {}
    for way, count in ways.items():
        for activity in way:
            counts[activity] = counts.get(activity, 0) + count
    there = {plain_label(name) for name in counts}
    known = {name: step for name, step in before.items() if plain_label(name) in there}
    match = {**known, **(match or {})}
    matching = matched(sorted(counts, key=lambda name: (-counts[name], name)), process, match)
    net = net_of(process)
    found = accounts(net, ways, matching.steps)
    cases, traces = log.by_way()
    only = [account for account, _ in found]
    seen = doing(process, only, traces, matching.steps)
    told = compared(process, matching, found, cases, accept, seen)
    if matching.steps:  # its place alone is no reason to keep a difference back, so that is asked besides
        matching = matching._replace(unsure={**matching.unsure, **by_place(process, net, found, matching)})
    cycles = [(case.end - case.begin).total_seconds() for case in log.cases]
    made, fit = calibrated(process, only, traces, seen, cycles, log.begins)
    return Against(process, matching, told, quality(net, found, len(log.cases)), made, fit)


def short(found: Recorded) -> list[str]:
    """What of it matters most, a sentence each."""
    told = places_short(found.places)
    if found.against is not None and (deviations := found.against.compared.deviations):
        told.append(
            f"Told against recorded: {plural(len(deviations), 'difference')}; the most frequent: {deviations[0].text}"
        )
    return told


def lines(found: Recorded) -> list[str]:
    """All of it as a person reads it."""
    told = ["", *places_lines(found.places)]
    if found.against is not None:
        told += ["", *_against_lines(found.against)]
    return told


def _against_lines(against: Against) -> list[str]:
    differ, name = against.compared, against.process.name
    told = [f"Told (“{name}”) against recorded: {differ.replayed:,} of {differ.cases:,} closed cases were replayed."]
    if not against.matching.steps:
        told.append("  No recorded activity is surely a step: say which is which with --match 'ACTIVITY=STEP'.")
        return [*told, *_ask_lines(against)]
    told += [f"  {deviation.text}" for deviation in differ.deviations[:MOST_TOLD]]
    if not differ.deviations:
        told.append("  Nothing differs in 1 % of the cases or more.")
    if len(differ.deviations) > MOST_TOLD:
        told.append(f"  and {len(differ.deviations) - MOST_TOLD} more, in the file of --out")
    if differ.accepted:
        told.append(f"  {differ.accepted} accepted and left out (--accept).")
    told += _ask_lines(against)
    count = len(against.measured.figures)
    if count:
        figures = plural(count, "figure")
        told.append(f"  The log measures {figures} of the process; --out writes what was measured (measured.json).")
        if against.fit is not None:
            told += fit_lines(against.fit)
    return told


def _ask_lines(against: Against) -> list[str]:
    """Activities that may be a step, for the user to say."""
    names = {step_id(step): getattr(step, "name", "") for step in walk(against.process)}
    return [
        f"  Is “{activity}” the step {' or '.join(f'“{names[id_]}”' for id_ in ids[:3])}? "
        f"Say so with --match '{activity}={names[ids[0]]}', or --match '{activity}=' if it is none."
        for activity, ids in against.matching.unsure.items()
    ]


def document(found: Recorded) -> dict[str, Any]:
    """All of it as JSON data."""
    against = found.against
    return {
        **places_document(found.places),
        "mined": {"steps": len(tasks(found.mined)), **_quality(found.mined_quality)},
        "told_against_recorded": None if against is None else {
            "process": against.process.name,
            **against.matching.document(),
            **_quality(against.quality),
            "deviations": [deviation.document() for deviation in against.compared.deviations],
            "accepted": against.compared.accepted,
            "fit": against.fit.document() if against.fit else None,
            "measured": [figure._asdict() for figure in against.measured.figures],
        },
    }  # fmt: skip


def _quality(told: Quality) -> dict[str, Any]:
    return {
        "fitness": round(told.fitness, 4), "precision": round(told.precision, 4), "replayed": told.replayed,
        "cases": told.cases,
    }  # fmt: skip
