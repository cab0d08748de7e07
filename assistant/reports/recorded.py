"""What a log shows as one page: the map from the usual way to every way, warm where time or cases are; the words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from assistant.bpmn.svg import svg
from assistant.eventlog.discovery.inductive import discover
from assistant.eventlog.discovery.tree import as_process
from assistant.eventlog.where_time_goes import DAYS, FEWEST, Places
from assistant.process.durations import humane
from assistant.process.figures import plural
from assistant.process.tree import tasks
from assistant.reports.report import environment

LEVELS = (1, 2, 3, 5, 10, 20, 50, 100)
SHADES = 5
MOST_ROLES = 12
_PLAIN = re.compile(r"[A-Za-z0-9_.-]+")


class Level(NamedTuple):
    """The map of the most frequent ways: how many they are, the share of the cases that go them, its drawing, and the
    shade (1 to 5) of each step by count and by time."""

    ways: int
    share: float
    svg: str
    by_count: dict[str, int]
    by_time: dict[str, int]


def log_page(name: str, text: str, places: Places) -> str:
    """The page: a map for every stop of the slider, the steps with their figures, and everything that was said."""
    steps = [row for row in places.steps if row["cases"] >= FEWEST]
    return environment(True).get_template("log.html.j2").render(
        name=name, text=text, levels=levels(name, places), steps=[_row(row) for row in steps], cases=places.cases,
        days=days(places), roles=roles(places),
    )  # fmt: skip


class Panel(NamedTuple):
    """One of several small charts on one scale: its title, what it holds in words, and a height (0 to 1) an hour."""

    title: str
    words: str
    heights: tuple[float, ...]


def days(places: Places) -> list[Panel]:
    """When cases begin: a panel for each day of the week on which five or more do."""
    rows = {day: {row["hour"]: row["cases"] for row in places.arrivals if row["day"] == day} for day in range(7)}
    return _panels({DAYS[day]: hours for day, hours in rows.items()}, "case")


def roles(places: Places) -> list[Panel]:
    """Who works when: a panel for each role, the busiest first."""
    rows: dict[str, dict[int, int]] = {}
    for row in places.load:
        rows.setdefault(row["role"], {})[row["hour"]] = row["events"]
    busiest = sorted(rows, key=lambda role: (-sum(rows[role].values()), role))[:MOST_ROLES]
    return _panels({role: rows[role] for role in busiest}, "event")


def _panels(rows: Mapping[str, Mapping[int, int]], thing: str) -> list[Panel]:
    """On one scale; hours with fewer than five are not drawn."""
    told = {
        title: {hour: n for hour, n in hours.items() if n >= FEWEST}
        for title, hours in rows.items()
        if sum(hours.values()) >= FEWEST
    }
    most = max((n for hours in told.values() for n in hours.values()), default=0)
    found = []
    for title, hours in told.items():
        total = sum(rows[title].values())
        peak = max(hours, key=lambda hour: hours[hour], default=None)
        words = plural(total, thing) + (f", most at {peak}:00" if peak is not None else "")
        found.append(Panel(title, words, tuple(hours.get(hour, 0) / most if most else 0.0 for hour in range(24))))
    return found


def levels(name: str, places: Places) -> list[Level]:
    """The stops of the slider: the most frequent way, the two, three, five … and every way five cases or more go."""
    told = [row for row in places.ways if row["cases"] >= FEWEST]
    stops = sorted({min(stop, len(told)) for stop in (*LEVELS, len(told))} - {0})
    counts = {row["activity"]: float(row["n"]) for row in places.steps}
    times = {row["activity"]: float((row["work_total"] or 0) + (row["wait_total"] or 0)) for row in places.steps}
    return [_level(name, told[:stop], places.cases, counts, times) for stop in stops]


def _level(
    name: str, ways: Sequence[dict[str, Any]], cases: int, counts: dict[str, float], times: dict[str, float]
) -> Level:  # fmt: skip
    process = as_process(discover({tuple(row["way"]): row["cases"] for row in ways}), name)
    steps = {task.id: task.name for task in tasks(process) if _PLAIN.fullmatch(task.id)}
    drawing = svg(process, live=True).replace(' role="button" tabindex="0"', "")
    return Level(
        len(ways), sum(row["cases"] for row in ways) / cases, drawing, _shades(steps, counts), _shades(steps, times)
    )


def _shades(steps: dict[str, str], values: dict[str, float]) -> dict[str, int]:
    most = max((values.get(name, 0.0) for name in steps.values()), default=0.0)
    if not most:
        return {}
    return {id_: 1 + min(SHADES - 1, int(SHADES * values.get(name, 0.0) / most)) for id_, name in steps.items()}


def _row(row: dict[str, Any]) -> dict[str, Any]:
    waits = row["wait_p50"] is not None
    return {
        **row, "work": humane(row["work_p50"]) if row["work_p50"] is not None else "unknown",
        "wait": humane(row["wait_p50"]) if waits else "–", "wait90": humane(row["wait_p90"]) if waits else "–",
    }  # fmt: skip
