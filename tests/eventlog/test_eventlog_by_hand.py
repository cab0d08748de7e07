"""Twenty figures of logs of four kinds, counted anew here in plain Python: what the database says must be the same."""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assistant.cli.main import main


class Done(NamedTuple):
    """One event of a made log."""

    case: str
    step: str
    start: datetime | None
    end: datetime
    who: str
    role: str


def loans(draw: random.Random) -> list[Done]:
    """Starts and ends, people and roles, a loop, the same two steps in either order."""
    found = []
    for number in range(60):
        at = datetime(2026, 1, 5, 8, 1, 7) + timedelta(minutes=83 * number)
        steps = ["Register", *draw.sample(["Check income", "Check credit"], 2), "Decide"]
        while draw.random() < 0.3:
            steps[-1:-1] = ["Ask customer", draw.choice(["Check income", "Ask customer"])]
        for step in (*steps, "Archive"):
            start = at + timedelta(seconds=draw.randrange(-600, 7200))
            at = start + timedelta(seconds=draw.randrange(60, 3000))
            found.append(
                Done(f"L{number}", step, start, at, f"user {draw.randrange(4)}", draw.choice(["Desk", "Risk"]))
            )
    return found


def fines(draw: random.Random) -> list[Done]:
    """Ends only, whole days, many steps on one day."""
    found = []
    for number in range(80):
        day = datetime(2025, 3, 1) + timedelta(days=draw.randrange(200))
        for step in ("Create fine", *(["Send fine", "Add penalty"] if draw.random() < 0.6 else []), "Payment"):
            found.append(Done(f"F{number}", step, None, day, "", ""))
            day += timedelta(days=draw.randrange(1, 60))
    return found


def tickets(draw: random.Random) -> list[Done]:
    """No starts, people without roles, cases to and fro between two of them."""
    found = []
    for number in range(70):
        at = datetime(2026, 2, 2, 9) + timedelta(hours=3.3 * number)
        for place in range(draw.randrange(2, 7)):
            at += timedelta(seconds=draw.randrange(30, 90_000))
            found.append(
                Done(f"T{number}", "Assign" if place % 2 else "Work", None, at, draw.choice(["ann", "bob"]), "")
            )
        found.append(Done(f"T{number}", "Closed", None, at + timedelta(minutes=5), "cy", ""))
    return found


def sepsis(draw: random.Random) -> list[Done]:
    """Overlapping work and steps taken in any order."""
    found = []
    for number in range(50):
        begin = datetime(2026, 4, 1, 7, 3) + timedelta(hours=5 * number)
        tests = draw.sample(["Blood", "Urine", "X-ray", "Blood"], 3)
        for step in tests:
            start = begin + timedelta(minutes=draw.randrange(10, 200))
            found.append(Done(f"S{number}", step, start, start + timedelta(minutes=draw.randrange(5, 180)), "", "Ward"))
        late = begin + timedelta(hours=9)
        found.append(Done(f"S{number}", "Release", late, late + timedelta(minutes=draw.randrange(1, 50)), "", "Office"))
    return found


KINDS = {
    "loans": (loans, "Archive"),
    "fines": (fines, "Payment"),
    "tickets": (tickets, "Closed"),
    "sepsis": (sepsis, "Release"),
}


def written(path: Path, rows: list[Done], draw: random.Random) -> Path:
    rows = list(rows)
    draw.shuffle(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(("case", "activity", "start", "complete", "resource", "role"))
        for row in rows:
            start = f"{row.start:%Y-%m-%d %H:%M:%S}" if row.start else ""
            out.writerow((row.case, row.step, start, f"{row.end:%Y-%m-%d %H:%M:%S}", row.who, row.role))
    return path


def between(values: list[float], share: float) -> float:
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    return ordered[low] + (ordered[min(low + 1, len(ordered) - 1)] - ordered[low]) * (place - low)


def union(spans: list[tuple[datetime, datetime]]) -> float:
    minutes, reached = 0.0, datetime.min
    for start, end in sorted(spans):
        minutes += max(0.0, (end - max(start, reached)).total_seconds())
        reached = max(reached, end)
    return minutes


def by_hand(rows: list[Done]) -> Iterator[tuple[str, Any]]:
    cases: dict[str, list[Done]] = {}
    for row in rows:
        cases.setdefault(row.case, []).append(row)
    for trace in cases.values():
        trace.sort(key=lambda row: (row.end, row.start or row.end))
    begins = {case: min(row.start or row.end for row in trace) for case, trace in cases.items()}
    cycles = {case: (trace[-1].end - begins[case]).total_seconds() for case, trace in cases.items()}
    ways = Counter(tuple(row.step for row in trace) for trace in cases.values())
    yield "events", len(rows)
    yield "closed", len(cases)
    yield "cycle p50", between(list(cycles.values()), 0.5)
    yield "cycle p90", between(list(cycles.values()), 0.9)
    yield "rework", sum(len({row.step for row in trace}) < len(trace) for trace in cases.values())
    yield "ways", len(ways)
    most = max(ways.values())
    yield "most frequent", most
    yield (
        "their cycles",
        sorted(
            round(
                between(
                    [cycles[case] for case, trace in cases.items() if tuple(row.step for row in trace) == way], 0.5
                ),
                3,
            )
            for way, count in ways.items()
            if count == most
        ),
    )
    if all(row.start for row in rows):
        works = {case: union([(row.start, row.end) for row in trace if row.start]) for case, trace in cases.items()}
        yield "work p50", between(list(works.values()), 0.5)
        yield "wait p90", between([max(0.0, cycles[case] - works[case]) for case in cases], 0.9)
        yield "efficiency", sum(works.values()) / sum(cycles.values())
    gaps: dict[tuple[str, str], list[float]] = {}
    turns: Counter[tuple[str, str]] = Counter()
    for trace in cases.values():
        for a, b in pairwise(trace):
            gaps.setdefault((a.step, b.step), []).append(max(0.0, ((b.start or b.end) - a.end).total_seconds()))
        seen = {
            (a.step, b.step) for a, b, c in zip(trace, trace[1:], trace[2:], strict=False) if a.step == c.step != b.step
        }
        turns.update(seen)
    pair = max(gaps, key=lambda names: (sum(gaps[names]), names))
    yield "slowest pair", list(pair)
    yield "its n", len(gaps[pair])
    yield "its p50", between(gaps[pair], 0.5)
    yield "its p90", between(gaps[pair], 0.9)
    yield "its total", sum(gaps[pair])
    step = Counter(row.step for row in rows).most_common(1)[0][0]
    held = [trace for trace in cases.values() if any(row.step == step for row in trace)]
    yield "step", [step, sum(row.step == step for row in rows), len(held)]
    yield "again", sum(sum(row.step == step for row in trace) > 1 for trace in held)
    yield "in a row", sum(a.step == b.step == step for trace in held for a, b in pairwise(trace))
    yield "to and fro", sorted(count for count in turns.values() if count >= 5)
    hands = {case: sum(_handed(a, b) for a, b in pairwise(trace)) for case, trace in cases.items()}
    if any(row.who or row.role for row in rows):
        yield "handoffs p50", between([float(count) for count in hands.values()], 0.5)
        yield "ping-pong", sum(
            any(
                (a.role or a.who) == (c.role or c.who) != (b.role or b.who)
                for a, b, c in zip(trace, trace[1:], trace[2:], strict=False)
            )
            for trace in cases.values()
        )  # fmt: skip
    yield "busiest day", max(Counter(begin.weekday() for begin in begins.values()).values())


def _handed(a: Done, b: Done) -> bool:
    return a.role != b.role if a.role and b.role else bool(a.who and b.who) and a.who != b.who


def told(document: dict[str, Any], name: str, step: str = "") -> Any:
    figures, recorded = document["figures"], document["recorded"]
    ways, slowest = recorded["ways"], recorded["between"][0]
    most = max((way["cases"] for way in ways), default=0)
    steps = {row["activity"]: row for row in recorded["steps"]}
    return {
        "events": lambda: document["events"],
        "closed": lambda: document["closed"],
        "cycle p50": lambda: figures["cycle_time"]["p50"],
        "cycle p90": lambda: figures["cycle_time"]["p90"],
        "rework": lambda: figures["rework"]["hits"],
        "ways": lambda: recorded["ways_in_all"],
        "most frequent": lambda: most,
        "their cycles": lambda: sorted(round(way["cycle_p50"], 3) for way in ways if way["cases"] == most),
        "work p50": lambda: figures["working_time"]["p50"],
        "wait p90": lambda: figures["waiting_time"]["p90"],
        "efficiency": lambda: figures["flow_efficiency"],
        "slowest pair": lambda: [slowest["before"], slowest["after"]],
        "its n": lambda: slowest["n"],
        "its p50": lambda: slowest["gap_p50"],
        "its p90": lambda: slowest["gap_p90"],
        "its total": lambda: slowest["gap_total"],
        "step": lambda: [step, steps[step]["n"], steps[step]["cases"]],
        "again": lambda: steps[step]["cases_again"],
        "in a row": lambda: steps[step]["in_a_row"],
        "to and fro": lambda: sorted(row["cases"] for row in recorded["to_and_fro"]),
        "handoffs p50": lambda: figures["handoffs"]["p50"],
        "ping-pong": lambda: figures["ping_pong"]["hits"],
        "busiest day": lambda: max(row["cases"] for row in recorded["arrivals_by_day"]),
    }[name]()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("large", [False, True], ids=["small", "by the database"])
def test_the_figures_are_those_counted_by_hand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, kind: str, large: bool
) -> None:
    if large:
        monkeypatch.setattr("assistant.intake.tables.table_opened.LARGE", 10)
        monkeypatch.setattr("assistant.eventlog.read_log.read_table", lambda *_: pytest.fail("read row by row"))
        monkeypatch.setattr("assistant.eventlog.where_time_goes.AT_A_TIME", 40)
    make, end = KINDS[kind]
    rows = make(random.Random(11))
    path = written(tmp_path / "log.csv", rows, random.Random(3))
    main(["log", str(path), "--end", end, "--json"])
    document = json.loads(capsys.readouterr().out)
    expected = dict(by_hand(rows))
    assert len(expected) >= 17
    step = expected["step"][0]
    got = {name: told(document, name, step) for name in expected}
    assert got == {
        name: pytest.approx(value) if isinstance(value, float) else value for name, value in expected.items()
    }
