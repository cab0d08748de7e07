"""Why work waits: for a batch to fill, for a person who is busy with what came before or after, for somebody to be at
work at all, or for something outside. Looked at in the last events of people who are recorded with their starts.

After Lashkevich, Milani, Chapela-Campa, Suvorau & Dumas, Why am I waiting? Data-driven analysis of waiting times in
business processes (2023). Nobody is named: persons are numbers here, and only sums are told.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from assistant.eventlog.engine import Engine
from assistant.process.durations import humane

CAUSES = ("batching", "contention", "priority", "unavailability", "outside")
WORDS = {
    "batching": "until a batch is full",
    "contention": "while the person is busy with what came before",
    "priority": "while the person takes up what came later",
    "unavailability": "while the person is not at work",
    "outside": "for something outside, or for a reason the log does not show",
}
RECENT = 200_000
FEWEST = 30
"""Waits without which no share is told."""
LEAST = 0.5
"""Percent of all waiting, below which a cause is not told."""
SEEN_OFTEN = 3
LONGEST = 24 * 7 * 8
"""Hours of a wait that are looked at one by one for whether the person is at work."""


class Waits(NamedTuple):
    """Seconds of waiting by cause, in all and by step, over so many waits that were looked at."""

    n: int
    total: float
    causes: dict[str, float]
    steps: list[dict[str, Any]]


def waits(engine: Engine) -> Waits | None:
    """The causes of waiting; None where too few persons and starts are recorded to tell."""
    engine.keep(
        "recent",
        "SELECT case_no, nth, activity, resource, clock, done_before, began, done FROM kept WHERE resource IS NOT NULL "
        f"AND began <= done AND done_before IS NOT NULL ORDER BY done DESC, case_no, nth LIMIT {RECENT}",
    )
    if int(engine.value("SELECT count(*) FROM recent")) < FEWEST:
        return None
    engine.keep("waited", "waits")
    engine.keep("at_work", _at_work())
    engine.keep("caused", _caused())
    sums = ", ".join(f"sum({cause}) AS {cause}" for cause in CAUSES)
    whole = engine.row(f"SELECT count(*) AS n, sum(wait) AS total, {sums} FROM caused")
    if whole["n"] < FEWEST or not whole["total"]:
        return None
    steps = engine.ask(
        f"SELECT name AS activity, count(*) AS n, sum(wait) AS total, {sums} FROM caused "
        "JOIN activities ON code = activity GROUP BY name HAVING count(*) >= 5 ORDER BY total DESC, name"
    )
    return Waits(whole["n"], whole["total"], {cause: whole[cause] for cause in CAUSES}, steps)


def _at_work() -> str:
    """The hours of the week in which each person is seen at work."""
    hour = "CAST(floor(({0} + 60 * clock) / 3600) AS BIGINT) % 168"
    return (
        f"SELECT resource, hour FROM (SELECT resource, {hour.format('began')} AS hour FROM recent UNION ALL "
        f"SELECT resource, {hour.format('done')} FROM recent) GROUP BY resource, hour HAVING count(*) >= {SEEN_OFTEN}"
    )


def _caused() -> str:
    """Each wait with what is left of it: hours in which the person is never at work, and the rest."""
    hours = (
        "SELECT wait_no, resource, unnest(range(CAST(floor((since + 60 * clock) / 3600) AS BIGINT), "
        "least(CAST(ceil((began + 60 * clock) / 3600) AS BIGINT), "
        f"CAST(floor(since / 3600) AS BIGINT) + {LONGEST}))) AS hour, "
        "since + 60 * clock AS since, began + 60 * clock AS began FROM waited"
    )
    off = (
        "SELECT h.wait_no, sum(least(began, 3600.0 * (h.hour + 1)) - greatest(since, 3600.0 * h.hour)) AS off "
        f"FROM ({hours}) h WHERE NOT EXISTS (SELECT 1 FROM at_work w WHERE w.resource = h.resource "
        "AND w.hour = h.hour % 168) GROUP BY h.wait_no"
    )
    left = "greatest(0, began - since - contention - priority)"
    return (
        f"SELECT waited.*, least(coalesce(off, 0), {left}) AS unavailability, "
        f"{left} - least(coalesce(off, 0), {left}) AS outside FROM waited LEFT JOIN ({off}) USING (wait_no)"
    )


def lines(found: Waits | None) -> list[str]:
    """The causes as a person reads them, the largest first."""
    if found is None:
        return []
    told = [f"Why work waits (of {humane(found.total)} in {found.n:,} waits looked at):"]
    for cause in sorted(CAUSES, key=lambda name: -found.causes[name]):
        share = 100 * found.causes[cause] / found.total
        if share < LEAST:
            continue
        most = max(found.steps, key=lambda row: row[cause], default=None)
        where = f", most of it before “{most['activity']}”" if most and most[cause] > 0 and share >= 5 else ""
        told.append(f"  {share:3.0f} %  {cause}: {WORDS[cause]}{where}")
    return told


def document(found: Waits | None) -> dict[str, Any] | None:
    """As JSON data; times in seconds."""
    return None if found is None else found._asdict()
