"""A log studied from end to end: gate first, then figures, then charts; as values, as lines and as one document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.errors import UsageError
from assistant.eventlog import comparing
from assistant.eventlog.columns import listed_columns, plain_name
from assistant.eventlog.comparing import Apart, apart
from assistant.eventlog.costs import Costs, costs
from assistant.eventlog.costs import document as costs_document
from assistant.eventlog.costs import lines as costs_lines
from assistant.eventlog.gate import Gate, gate
from assistant.eventlog.people import names_people
from assistant.eventlog.periods import Periods, Unit, periods
from assistant.eventlog.read_log import Log
from assistant.eventlog.shares import Share, ShareChart, share_chart
from assistant.eventlog.spc import FEWEST, Chart, chart
from assistant.eventlog.stratify import Ratio, Segment, stratify
from assistant.eventlog.telling import (
    chart_words,
    difference_lines,
    ending_lines,
    figure_lines,
    gate_lines,
    headline,
    quiet_words,
    share_chart_words,
    source_lines,
)
from assistant.eventlog.times import Figures, Measured, Spread, measure
from assistant.eventlog.waits import Waits, waits
from assistant.eventlog.waits import document as waits_document
from assistant.eventlog.waits import lines as waits_lines
from assistant.process.figures import noun, plural
from assistant.process.model import Process
from assistant.process.tree import tasks

if TYPE_CHECKING:
    from assistant.eventlog.engine import Engine
    from assistant.eventlog.spark import Counter

MOST_SEGMENTS = 20
SMALL = 5
"""Groups of fewer cases are not told."""


class Study(NamedTuple):
    """What a log shows. `chart` of all closed cases' log durations; `rework` by period where there are 12."""

    log: Log
    gate: Gate
    measured: Measured
    all: Figures
    by: str | None
    groups: tuple[Figures, ...]
    segments: tuple[Segment, ...]
    periods: Periods
    chart: Chart | None
    rework: ShareChart | None
    apart: Apart
    waits: Waits | None
    costs: Costs | None

    @property
    def unit(self) -> Unit:
        """What one point of the chart of all cases is."""
        return self.periods.unit


def study(
    log: Log,
    process: Process | None = None,
    by: str | None = None,
    declared: Iterable[str] = (),
    planned: Iterable[str] = (),
    ends: Iterable[str] = (),
    since: date | None = None,
    counter: Callable[[Engine], Counter] | None = None,
    cost: str | None = None,
) -> Study:
    """Check and measure a log; with `since`, only the cases that began on that day or later. `counter`: what is asked
    for figures in the place of the embedded database; `cost`: the column that says what an event cost.

    Raises UsageError for a column that is not there or names single people, an end no case has, no case since.
    """
    if since is not None:
        log = _since(log, since)
    if by is not None:
        by = _allowed(log, by)
    labels = [task.name for task in tasks(process)] if process else []
    checked, measured = gate(log, labels, declared), measure(log, by, planned, ends)
    if counter is not None:
        measured.counter = counter(measured.engine)
    cases = measured.cases
    groups = measured.figures(segments=True)[:MOST_SEGMENTS] if by else ()
    found = periods(cases.columns)
    return Study(
        log=log,
        gate=checked,
        measured=measured,
        all=measured.figures()[0],
        by=by,
        groups=groups,
        segments=stratify(cases.columns, cases.segments)[:MOST_SEGMENTS] if by else (),
        periods=found,
        chart=chart(found.points) if cases else None,
        rework=share_chart(found.rework, found.sizes) if found.unit != "case" and len(found.sizes) >= FEWEST else None,
        apart=apart(log, measured),
        waits=waits(measured.engine),
        costs=costs(log, measured, cost),
    )


def _since(log: Log, day: date) -> Log:
    """The log without the cases that began before a day: no case is cut in two."""
    kept, early, last = log.since(day)
    if kept is log:
        raise UsageError(
            f"No case began on {day} or later.", f"The last began on {last.date() if last else 'no day'}.",
            "Take an earlier day for --since.",
        )  # fmt: skip
    were = noun(early, "was", "were")
    kept.notes = (*log.notes, f"{plural(early, 'case')} that began before {day} {were} left out (--since).")
    return kept


def _allowed(log: Log, by: str) -> str:
    """The column meant, by its name in the file (case and marks aside)."""
    by = next((name for name in log.header if plain_name(name) == plain_name(by)), by)
    if not log.has(by):
        raise UsageError(
            f"The log has no column “{by}”.", f"It has: {listed_columns(log.header)}.", "Name one of them."
        )
    if by in ("case", log.columns.get("case")):
        why = "A case is one point only."
    elif names_people(log, by):
        why = "It names single people, and people are not charted or compared one by one."
    else:
        return by
    raise UsageError(
        f"“{by}” is not a segment.", why, "Take a column for a team, a carrier, a product or a channel."
    )  # fmt: skip


def lines(found: Study, short: Iterable[str] = ()) -> list[str]:
    """The study as a person reads it; `short`: sentences for the top, from what else was looked at."""
    top = headline(found.all, tuple(short))
    told = [*source_lines(found.log), *(["", *top] if top else []), "", *gate_lines(found.gate)]
    words = found.gate.confidence if found.gate.passed else found.gate.words
    told += ["", *ending_lines(found.measured)]
    told += figure_lines(found.all, words)
    for group in (group for group in found.groups if group.cycle.n >= SMALL):
        told += ["", f"{found.by} {group.segment}", *figure_lines(group, words)]
    if found.chart is not None:
        told += [
            "",
            "Control chart of the cycle time",
            f"  All cases: {chart_words(found.chart, found.unit)}",
        ]
    if found.chart is not None and (quiet := quiet_words(found.periods)):
        told.append(f"  {quiet}")
    told += [f"  {part.name}: {chart_words(part.chart, part.unit)}" for part in found.segments if part.n >= SMALL]
    if found.rework is not None and found.all.rework.hits:
        told.append(f"  {share_chart_words('Rework', found.rework, found.unit)}")
    if found.by:
        told += ["", *difference_lines(found.segments, found.by)]
    told += comparing.lines(found.apart)
    if found.costs is not None:
        told += ["", *costs_lines(found.costs)]
    if found.waits is not None:
        told += ["", *waits_lines(found.waits)]
    return told


def document(found: Study) -> dict[str, Any]:
    """The study as one JSON document; times in seconds. Confidence stands beside each group of figures."""
    words = found.gate.words
    return {
        "gate": {
            "passed": found.gate.passed,
            "confidence": found.gate.confidence,
            "text": words,
            "checks": [{**check._asdict(), "state": check.state} for check in found.gate.checks],
        },
        "source": found.log.source,
        "columns": dict(found.log.columns),
        "events": found.log.size,
        "closed": len(found.measured.cases),
        "open": {"n": found.measured.open, "age": _spread(found.measured.open_age)},
        "ends": [ending._asdict() for ending in found.measured.endings],
        "ends_by": "option" if found.measured.named else "silence",
        "notes": [*found.log.notes, *found.measured.notes],
        "figures": _figures(found.all, words),
        "by": found.by,
        "segments": [
            {**_figures(group, words), **_segment(segment)}
            for group, segment in zip(found.groups, found.segments, strict=True)
            if group.cycle.n >= SMALL
        ],
        "chart": _chart(found.chart, found.unit) if found.chart else None,
        "quiet": {"periods": found.periods.quiet, "cases": found.periods.cases_left_out},
        "rework_chart": found.rework._asdict() if found.rework else None,
        "apart": comparing.document(found.apart),
        "waits": waits_document(found.waits),
        "costs": costs_document(found.costs),
        "statements": difference_lines(found.segments, found.by) if found.by else [],
    }  # fmt: skip


def _spread(spread: Spread) -> dict[str, Any]:
    return dict(spread._asdict())


def _share(share: Share) -> dict[str, Any]:
    return dict(share._asdict())


def _figures(group: Figures, words: str) -> dict[str, Any]:
    return {
        "segment": group.segment,
        "confidence": words,
        "cycle_time": _spread(group.cycle),
        "working_time": _spread(group.work),
        "waiting_time": _spread(group.wait),
        "flow_efficiency": group.efficiency,
        "rework": _share(group.rework),
        "handoffs": _spread(group.handoffs),
        "ping_pong": _share(group.ping_pong),
        "handoff_latency": _spread(group.latency),
    }


def _chart(chart: Chart, unit: Unit) -> dict[str, Any]:
    return {**chart._asdict(), "unit": unit, "scale": "natural logarithm of seconds", "stable": chart.stable,
            "text": chart_words(chart, unit)}  # fmt: skip


def _segment(one: Segment) -> dict[str, Any]:
    return {"chart": _chart(one.chart, one.unit), "spread": one.spread, "level_to_others": _ratio(one.level),
            "variation_to_others": _ratio(one.variation)}  # fmt: skip


def _ratio(ratio: Ratio | None) -> dict[str, Any] | None:
    return {**ratio._asdict(), "differs": ratio.differs} if ratio else None
