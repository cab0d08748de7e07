"""What a log shows as one page: the map from the usual way to every way, warm where time or cases are; the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from assistant.bpmn.svg import svg
from assistant.eventlog.discovery.inductive import discover
from assistant.eventlog.discovery.tree import as_process
from assistant.eventlog.places import FEWEST, Places
from assistant.process.durations import humane
from assistant.process.tree import tasks
from assistant.reports.report import environment

LEVELS = (1, 2, 3, 5, 10, 20, 50, 100)
SHADES = 5
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
    )  # fmt: skip


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
