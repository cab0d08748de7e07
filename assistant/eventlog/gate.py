"""The data gate: what is wrong with a log, each check with a number and a limit, before any figure is believed.

A check that fails downgrades the confidence in every figure of the log; the gate says so in words to stand beside
them. A check that cannot be made (no such column) is told as not made, and takes nothing away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from assistant.english.tables import any_of
from assistant.eventlog.columns import plain_name
from assistant.eventlog.labels import Variants, alike, plain_label, variants
from assistant.eventlog.read_log import Log

MACHINES = re.compile(rf"^({any_of('machine-in-log')})\b", re.I)
Counts = Mapping[str, Any]
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
    repeated = log.repeated
    events, pairs = (log.engine.row(question) for question in ("checked", "pairs_checked"))
    return Gate(
        (
            _missing_end(events, limits),
            _missing_start(events, limits),
            _missing_key(events, limits),
            _duplicates(events, repeated, limits),
            _variants(log, limits),
            _out_of_order(events, limits),
            _same_stamp(pairs, limits),
            *_spikes(events, limits),
            _missing_activities(log, tuple(labels), limits),
            _schema(log, tuple(declared), limits),
            _machines(log, limits),
            _handoff_gaps(log, pairs, limits),
            _delay(events, limits),
            _zones(events, limits),
            _absurd_years(log, limits),
            _day_or_month(log, limits),
            _single_stamp(log, limits),
        )
    )


def percent(count: int, n: int) -> float | None:
    """count of n in per cent; None for none."""
    return 100 * count / n if n else None


def _missing_end(events: Counts, limits: Limits) -> Check:
    value = percent(events["n"] - events["stamped"], events["n"])
    begun = events["begun_only"]
    detail = f"{begun:,} of them have a start: they stand there, and how long they took is not known" if begun else ""
    name = "complete stamp missing or unreadable"
    return Check("missing_end", name, value, limits.missing_end, "%", events["n"], detail)


def _missing_start(events: Counts, limits: Limits) -> Check:
    name, limit = "start stamp missing or unreadable", limits.missing_start
    if not events["started"]:  # no such column, or one that nobody fills in
        why = "no start stamps: work and waiting cannot be told apart"
        return Check("missing_start", name, None, limit, "%", events["n"], why)
    return Check("missing_start", name, percent(events["n"] - events["started"], events["n"]), limit, "%", events["n"])


def _missing_key(events: Counts, limits: Limits) -> Check:
    value = percent(events["no_key"], events["n"])
    return Check("missing_key", "case or activity missing", value, limits.missing_key, "%", events["n"])


def _duplicates(events: Counts, repeated: int, limits: Limits) -> Check:
    value = percent(repeated, events["n"])
    return Check("duplicates", "events recorded twice", value, limits.duplicates, "%", events["n"])


def _variants(log: Log, limits: Limits) -> Check:
    spelled: dict[int, dict[str, int]] = {}
    for row in log.engine.ask("spelled"):
        spelled.setdefault(row["activity"], {})[row["name"]] = row["n"]

    def together(rare: int, usual: int) -> float:
        """The share of the rarer one's cases in which the other stands too."""
        held = "SELECT DISTINCT case_no FROM events WHERE activity = "
        return float(log.engine.value(
            f"SELECT avg(CASE WHEN case_no IN ({held}{usual}) THEN 1.0 ELSE 0 END) FROM ({held}{rare})"
        ) or 0.0)  # fmt: skip

    found = variants(spelled, together)
    named = sum(sum(names.values()) for names in spelled.values())
    value = percent(sum(fault.events for fault in found), named)
    detail = "; ".join(map(_variant, found[:SHOWN])) + (f"; and {len(found) - SHOWN} more" if found[SHOWN:] else "")
    return Check("label_variants", "events under a variant of a label", value, limits.variants, "%", named, detail)


def _variant(one: Variants) -> str:
    return f"“{one.label}” is also written " + ", ".join(f"“{other}”" for other in one.others[:SHOWN])


def _out_of_order(events: Counts, limits: Limits) -> Check:
    """Starts after their end. The order of the rows says nothing: exports are sorted in many ways."""
    value = percent(events["backwards"], events["n"])
    name = "start stamps after their complete stamp"
    return Check("out_of_order", name, value, limits.out_of_order, "%", events["n"])


def _same_stamp(pairs: Counts, limits: Limits) -> Check:
    """One stamp for two events, and no habit that shows which comes first."""
    name = "following events with the same stamp, in either order"
    return Check("same_stamp", name, percent(pairs["same"], pairs["n"]), limits.same_stamp, "%", pairs["n"])


def _spikes(events: Counts, limits: Limits) -> tuple[Check, Check]:
    """Stamps at midnight (dates without a clock) and at whole hours (chance gives 1.7 %): entered later, in a batch."""
    n, midnight = events["stamped"], events["midnight"]
    hours = percent(events["whole"] - midnight, n)
    ticks = hours is not None and hours >= TICKS
    if hours is not None and not ticks:
        hours = percent(int(events["whole"] - events["by_clock"] - midnight), n)
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
    seen = {row["label"] for row in log.engine.ask(
        "SELECT label FROM activities WHERE code IN (SELECT activity FROM events)"
    )}  # fmt: skip
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
    named = [(row["name"], int(row["n"])) for row in log.engine.ask("resources")]
    n = sum(count for _, count in named)
    if not n:
        return Check("system_share", name, None, limit, "%", 0, "no resource was recorded")
    value = percent(sum(count for resource, count in named if MACHINES.match(resource)), n)
    return Check("system_share", name, value, limit, "%", n)


def _handoff_gaps(log: Log, pairs: Counts, limits: Limits) -> Check:
    name, limit = "steps where who gave or who took is not recorded", limits.handoff_gaps
    if not {"role", "resource"} & set(log.columns):
        return Check("handoff_gaps", name, None, limit, "%", 0, "neither role nor resource was recorded")
    return Check("handoff_gaps", name, percent(pairs["unknown"], pairs["n"]), limit, "%", pairs["n"])


def _delay(events: Counts, limits: Limits) -> Check:
    name = "hours from event to record, 95th percentile"
    if not events["loaded"]:
        return Check("delay", name, None, limits.delay, "h", 0, "no column says when an event was recorded")
    return Check("delay", name, events["delay"], limits.delay, "h", events["loaded"])


def _zones(events: Counts, limits: Limits) -> Check:
    """Stamps with a zone beside stamps without one: the smaller part; all alike is no fault."""
    zoned, n = events["zoned"], events["stamped"]
    name = "stamps of another kind of clock zone"
    return Check("clock_zones", name, percent(min(zoned, n - zoned), n), limits.zones, "%", n)


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
    found = log.engine.row("stamps_of_cases")
    count, n = found["single"], found["n"]
    detail = "is --case the right column? Each case needs a start and an end" if n and 2 * count > n else ""
    value = percent(count, n)
    return Check("single_stamp", "cases with one stamp only", value, limits.single_stamp, "%", n, detail)
