"""Which cases of a log are over and which are still open, where the truth is known."""

from __future__ import annotations

import math
import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.eventlog.read_log import read_log
from assistant.eventlog.times import Measured, measure

Row = tuple[str, str, datetime]


def log_of(rows: list[Row], folder: Path) -> Measured:
    """A log of these events, measured."""
    lines = ["case,activity,complete", *(f"{case},{step},{at:%Y-%m-%d %H:%M:%S.%f}" for case, step, at in rows)]
    path = folder / "log.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return measure(read_log(path))


@pytest.mark.parametrize("refusal", [0.02, 0.3])
def test_open_cases_are_told_from_rare_ends(tmp_path: Path, refusal: float) -> None:
    draw, end = random.Random(5), datetime(2026, 3, 1)
    rows: list[Row] = []
    truly_open = set()
    for case in range(500):
        at, before = datetime(2026, 1, 1) + timedelta(hours=2.8 * case), "enter"
        rows.append((f"C{case}", "enter", at))
        for step, hours in (("check", 10), ("decide", 20), ("send", 12)):
            if before == "check" and draw.random() < refusal:
                break
            at += timedelta(hours=hours * math.exp(draw.gauss(0, 0.5)))
            if at > end:
                truly_open.add(f"C{case}")
                break
            rows.append((f"C{case}", step, at))
            before = step
    measured = log_of(rows, tmp_path)
    got = {f"C{case}" for case in range(500)} - {case.id for case in measured.cases}
    assert len(truly_open) > 3
    assert not truly_open - got
    assert len(got - truly_open) <= 8


def test_a_wait_longer_than_a_young_log_is_old_is_no_end(tmp_path: Path) -> None:
    draw, end = random.Random(3), datetime(2026, 1, 9)
    rows: list[Row] = []
    for case in range(120):
        at = datetime(2026, 1, 1) + timedelta(hours=1.6 * case)
        rows.append((f"C{case}", "order", at))
        at += timedelta(hours=draw.expovariate(1 / 2))
        back = at + timedelta(days=draw.uniform(4, 30))
        rows += [(f"C{case}", step, stamp) for step, stamp in (("ship", at), ("return", back)) if stamp < end]
    ends = {end.activity: end.closed for end in log_of(rows, tmp_path).endings}
    assert any(step == "return" for _, step, _ in rows)
    assert not ends.get("ship")


def test_a_few_that_go_on_late_keep_no_finished_case_open(tmp_path: Path) -> None:
    draw = random.Random(3)
    rows: list[Row] = []
    for case in range(150):
        at = datetime(2026, 1, 1) + timedelta(hours=6 * case)
        rows += [(f"C{case}", "take back", at), (f"C{case}", "put away", at + timedelta(hours=draw.uniform(1, 9)))]
        if case % 40 == 7:
            rows.append((f"C{case}", "look again", at + timedelta(days=draw.uniform(12, 45))))
    assert log_of([*rows, ("C150", "take back", datetime(2026, 3, 20))], tmp_path).open <= 1
