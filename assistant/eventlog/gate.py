"""The data gate: what is wrong with a log, each check with a number and a limit, before any figure is believed.

A check that fails downgrades the confidence in every figure of the log; the gate says so in words to stand beside
them. A check that cannot be made (no such column) is told as not made, and takes nothing away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from assistant.eventlog.columns import plain_name
from assistant.eventlog.labels import Variants, alike, plain_label, variants
from assistant.eventlog.read_log import Event, Log
from assistant.eventlog.times import identity, traces_of
from assistant.process.statistics import quantile

MACHINES = re.compile(r"^(system|sys|batch|robot|bot|rpa|auto|automatic|automation|workflow|service|job|admin)\b", re.I)
Confidence = Literal["as recorded", "reduced", "low"]
LOW_FROM = 3
SHOWN = 3
TICKS = 95.0
"""From this share of stamps on, in per cent, a whole hour is the log's clock: nothing stands out."""
FEW_STAMPS = 20
"""Below so many stamps two or three at a whole hour pass the limit by chance: they are not judged."""


class Limits(NamedTuple):
    """How much of each fault is let pass, in per cent of events where nothing else is said."""

    missing_end: float = 1.0
    missing_start: float = 5.0
    missing_key: float = 1.0
    duplicates: float = 1.0
    variants: float = 1.0
    out_of_order: float = 2.0
    same_stamp: float = 5.0
    midnight: float = 5.0
    whole_hour: float = 10.0
    missing_activities: float = 10.0  # of the process's labels
    schema: float = 0.0  # columns
    machine: float = 50.0
    handoff_gaps: float = 5.0  # of pairs of following events
    delay: float = 24.0  # hours, 95th percentile
    zones: float = 0.0
    absurd_years: float = 0.0
    day_or_month: float = 0.0
    single_stamp: float = 20.0  # of cases


class Check(NamedTuple):
    """One check: its number (None: not made), the limit, whether it passed, out of how many, and what was seen."""

    id: str
    name: str
    value: float | None
    limit: float
    unit: str
    n: int
    detail: str = ""

    @property
    def failed(self) -> bool:
        """Whether the number is beyond its limit."""
        return self.value is not None and self.value > self.limit

    @property
    def state(self) -> Literal["pass", "fail", "not checked"]:
        """The check's outcome."""
        if self.value is None:
            return "not checked"
        return "fail" if self.failed else "pass"


class Gate(NamedTuple):
    """All checks, and what they mean for every figure of the log."""

    checks: tuple[Check, ...]

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if check.failed)

    @property
    def passed(self) -> bool:
        """Whether no check failed."""
        return not self.failed

    @property
    def confidence(self) -> Confidence:
        """How far the figures can be trusted: one or two failed checks reduce it, three make it low."""
        if self.passed:
            return "as recorded"
        return "low" if len(self.failed) >= LOW_FROM else "reduced"

    @property
    def words(self) -> str:
        """What stands beside every figure: “confidence low: 3 of 12 data checks failed”."""
        made = sum(check.value is not None for check in self.checks)
        if self.passed:
            return f"as recorded: all {made} data checks passed"
        return f"confidence {self.confidence}: {len(self.failed)} of {made} data checks failed"


def gate(log: Log, labels: Iterable[str] = (), declared: Iterable[str] = (), limits: Limits | None = None) -> Gate:
    """Check a log. `labels`: names of the process's tasks; `declared`: the columns the last load had."""
    limits = limits or Limits()
    pairs = [pair for trace in traces_of(log)[0].values() for pair in pairwise(trace)]
    return Gate(
        (
            _missing_end(log, limits),
            _missing_start(log, limits),
            _missing_key(log, limits),
            _duplicates(log, limits),
            _variants(log, limits),
            _out_of_order(log, limits),
            _same_stamp(pairs, limits),
            *_spikes(log, limits),
            _missing_activities(log, tuple(labels), limits),
            _schema(log, tuple(declared), limits),
            _machines(log, limits),
            _handoff_gaps(log, pairs, limits),
            _delay(log, limits),
            _zones(log, limits),
            _absurd_years(log, limits),
            _day_or_month(log, limits),
            _single_stamp(log, limits),
        )
    )


def percent(count: int, n: int) -> float | None:
    """count of n in per cent; None for none."""
    return 100 * count / n if n else None


def _of_events(log: Log, wrong: Callable[[Event], bool]) -> tuple[float | None, int]:
    return percent(sum(map(wrong, log.events)), len(log.events)), len(log.events)


def _missing_end(log: Log, limits: Limits) -> Check:
    value, n = _of_events(log, lambda event: event.complete is None)
    return Check("missing_end", "complete stamp missing or unreadable", value, limits.missing_end, "%", n)


def _missing_start(log: Log, limits: Limits) -> Check:
    name, limit = "start stamp missing or unreadable", limits.missing_start
    if all(event.start is None for event in log.events):  # no such column, or one that nobody fills in
        why = "no start stamps: work and waiting cannot be told apart"
        return Check("missing_start", name, None, limit, "%", len(log.events), why)
    value, n = _of_events(log, lambda event: event.start is None)
    return Check("missing_start", name, value, limit, "%", n)


def _missing_key(log: Log, limits: Limits) -> Check:
    value, n = _of_events(log, lambda event: not (event.case and event.activity))
    return Check("missing_key", "case or activity missing", value, limits.missing_key, "%", n)


def _duplicates(log: Log, limits: Limits) -> Check:
    again = len(log.events) - len({identity(event) for event in log.events})
    value = percent(again, len(log.events))
    return Check("duplicates", "events recorded twice", value, limits.duplicates, "%", len(log.events))


def _variants(log: Log, limits: Limits) -> Check:
    cases: dict[str, list[str]] = {}
    for event in log.events:
        if event.activity:
            cases.setdefault(event.case, []).append(event.activity)
    found = variants(cases)
    named = sum(map(len, cases.values()))
    value = percent(sum(fault.events for fault in found), named)
    detail = "; ".join(map(_variant, found[:SHOWN])) + (f"; and {len(found) - SHOWN} more" if found[SHOWN:] else "")
    return Check("label_variants", "events under a variant of a label", value, limits.variants, "%", named, detail)


def _variant(one: Variants) -> str:
    return f"“{one.label}” is also written " + ", ".join(f"“{other}”" for other in one.others[:SHOWN])


def _out_of_order(log: Log, limits: Limits) -> Check:
    """Starts after their end. The order of the rows says nothing: exports are sorted in many ways."""
    value, n = _of_events(log, lambda event: bool(event.start and event.complete and event.start > event.complete))
    return Check("out_of_order", "start stamps after their complete stamp", value, limits.out_of_order, "%", n)


def _same_stamp(pairs: Sequence[tuple[Event, Event]], limits: Limits) -> Check:
    same = sum(a.complete == b.complete and identity(a) != identity(b) for a, b in pairs)
    name = "following events with the same stamp"
    return Check("same_stamp", name, percent(same, len(pairs)), limits.same_stamp, "%", len(pairs))


def _spikes(log: Log, limits: Limits) -> tuple[Check, Check]:
    """Stamps at midnight (dates without a clock) and at whole hours (chance gives 1.7 %): entered later, in a batch."""
    stamps = [event.complete for event in log.events if event.complete]
    whole = [at for at in stamps if at.minute == at.second == at.microsecond == 0]
    midnight = sum(at.hour == 0 for at in whole)
    hours, n = percent(len(whole) - midnight, len(stamps)), len(stamps)
    ticks = hours is not None and hours >= TICKS
    why = "the log's clock ticks in whole hours: what takes less than an hour cannot be seen" if ticks else ""
    if n < FEW_STAMPS:
        hours, why = None, f"fewer than {FEW_STAMPS} stamps: too few to tell chance from a habit"
    return (
        Check("midnight", "stamps at midnight", percent(midnight, n), limits.midnight, "%", n),
        Check("whole_hour", "stamps at another whole hour", None if ticks else hours, limits.whole_hour, "%", n, why),
    )


def _missing_activities(log: Log, labels: tuple[str, ...], limits: Limits) -> Check:
    name, limit = "activities of the process never recorded", limits.missing_activities
    if not labels:
        return Check("missing_activities", name, None, limit, "%", 0, "no process was given")
    seen = {plain_label(event.activity) for event in log.events}
    absent = [label for label in labels if not _recorded(plain_label(label), seen)]
    detail = ", ".join(f"“{label}”" for label in absent[:SHOWN]) + (" …" if absent[SHOWN:] else "")
    return Check("missing_activities", name, percent(len(absent), len(labels)), limit, "%", len(labels), detail)


def _recorded(label: str, seen: set[str]) -> bool:
    return label in seen or any(alike(label, other) for other in seen)


def _schema(log: Log, declared: tuple[str, ...], limits: Limits) -> Check:
    name = "columns gone or new"
    if not declared:
        return Check("schema_change", name, None, limits.schema, "columns", 0, "no columns were declared")
    wanted, there = ({plain_name(column): column for column in columns} for columns in (declared, log.header))
    gone, new = ([a[key] for key in a if key not in b] for a, b in ((wanted, there), (there, wanted)))
    detail = "; ".join(f"{word}: {', '.join(names)}" for word, names in (("gone", gone), ("new", new)) if names)
    value = float(len(gone) + len(new))
    return Check("schema_change", name, value, limits.schema, "columns", len(declared), detail)


def _machines(log: Log, limits: Limits) -> Check:
    name, limit = "events by a system's name, not a person or team", limits.machine
    named = [event.resource for event in log.events if event.resource]
    if not named:
        return Check("system_share", name, None, limit, "%", 0, "no resource was recorded")
    return Check("system_share", name, percent(sum(map(_machine, named)), len(named)), limit, "%", len(named))


def _machine(name: str) -> bool:
    return bool(MACHINES.match(name))


def _handoff_gaps(log: Log, pairs: Sequence[tuple[Event, Event]], limits: Limits) -> Check:
    name, limit = "steps where who gave or who took is not recorded", limits.handoff_gaps
    if not {"role", "resource"} & set(log.columns):
        return Check("handoff_gaps", name, None, limit, "%", 0, "neither role nor resource was recorded")
    gaps = sum(not ((a.role or a.resource) and (b.role or b.resource)) for a, b in pairs)
    return Check("handoff_gaps", name, percent(gaps, len(pairs)), limit, "%", len(pairs))


def _delay(log: Log, limits: Limits) -> Check:
    name = "hours from event to record, 95th percentile"
    late = sorted((e.loaded - e.complete) / timedelta(hours=1) for e in log.events if e.loaded and e.complete)
    if not late:
        return Check("delay", name, None, limits.delay, "h", 0, "no column says when an event was recorded")
    return Check("delay", name, quantile(late, 0.95), limits.delay, "h", len(late))


def _zones(log: Log, limits: Limits) -> Check:
    """Stamps with a zone beside stamps without one: the smaller part; all alike is no fault."""
    zoned = sum(event.zoned for event in log.events if event.complete)
    n = sum(event.complete is not None for event in log.events)
    return Check(
        "clock_zones", "stamps of another kind of clock zone", percent(min(zoned, n - zoned), n), limits.zones, "%", n
    )


def _absurd_years(log: Log, limits: Limits) -> Check:
    """Stamps of clocks that were never set, or mistyped: they were left out."""
    doubts = log.doubts
    detail = f"left out: years such as {', '.join(doubts.examples)}" if doubts.absurd else ""
    value = percent(doubts.absurd, doubts.n)
    return Check("absurd_years", "stamps in years that cannot be", value, limits.absurd_years, "%", doubts.n, detail)


def _day_or_month(log: Log, limits: Limits) -> Check:
    doubts = log.doubts
    detail = "the day was taken as first: say --day-first or --month-first" if doubts.swapped else ""
    name = "stamps whose day and month could be exchanged"
    return Check("day_or_month", name, percent(doubts.swapped, doubts.n), limits.day_or_month, "%", doubts.n, detail)


def _single_stamp(log: Log, limits: Limits) -> Check:
    """Cases of which a single stamp is known: no time can be measured on them."""
    stamps: dict[str, int] = {}
    for event in log.events:
        if event.case:
            stamps[event.case] = stamps.get(event.case, 0) + bool(event.complete) + bool(event.start)
    count = sum(n < 2 for n in stamps.values())
    detail = (
        "is --case the right column? Each case needs a start and an end" if stamps and 2 * count > len(stamps) else ""
    )
    value = percent(count, len(stamps))
    return Check("single_stamp", "cases with one stamp only", value, limits.single_stamp, "%", len(stamps), detail)
