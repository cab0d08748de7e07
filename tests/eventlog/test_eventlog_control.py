"""Control after a change: both sides on the same measures, charts that go on from before, and what they promise."""

from __future__ import annotations

import csv
import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.main import main
from assistant.eventlog.control import share_limits, watch
from assistant.eventlog.promise import run_length, share_run_length

CHANGE = datetime(2026, 7, 1)


def log_of(path: Path, after: float, again: float) -> Path:
    """Eight cases a day for a year, of 20 hours; from July on `after` times as long, `again` of them checked twice."""
    draw, rows = random.Random(7), []
    for day in range(364):
        for number in range(8):
            at = datetime(2026, 1, 1, 8) + timedelta(days=day, minutes=17 * number)
            changed = at >= CHANGE
            names = ["Take in", "Check", *(["Check"] if draw.random() < (again if changed else 0.1) else []), "Send"]
            gap = 20 / (len(names) - 1) * (after if changed else 1)
            for name in names:
                rows.append([f"C{day}-{number}", name, f"{at:%Y-%m-%d %H:%M:%S}"])
                at += timedelta(hours=gap * draw.lognormvariate(0, 0.5))
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["case", "activity", "complete"], *rows])
    return path


def since(tmp_path: Path, capsys: pytest.CaptureFixture[str], after: float, again: float = 0.1) -> dict[str, Any]:
    log = log_of(tmp_path / "log.csv", after, again)
    capsys.readouterr()
    main(["log", str(log), "--since", "2026-07-01", "--json"])
    control: dict[str, Any] = json.loads(capsys.readouterr().out)["control"]
    return control


def test_a_change_is_seen_on_both_sides_with_its_interval(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = since(tmp_path, capsys, after=0.7, again=0.3)
    changes = {change["measure"]: change for change in found["changes"]}
    assert changes["cycle time"]["low"] < 0.7 < changes["cycle time"]["high"] < 0.8
    assert changes["cases with rework"]["low"] < 0.2 < changes["cases with rework"]["high"]
    charts = {chart["measure"]: chart for chart in found["charts"]}
    assert charts["cycle time"]["unit"] == "week"
    assert not charts["cycle time"]["above"]
    assert found["drifted"]
    main(["log", str(tmp_path / "log.csv"), "--since", "2026-07-01"])
    said = capsys.readouterr().out
    assert "Before and after 2026-07-01 (1,448 and " in said
    assert "cycle time (XmR chart by week, limits of 27 before): shifted below what it was, seen at week" in said


def test_no_change_is_said_to_be_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = since(tmp_path, capsys, after=1)
    assert not [change["measure"] for change in found["changes"] if change["differs"]]
    assert not found["drifted"]
    assert found["too_late"] > 0  # cases of the last day are the quick ones of their time


def test_what_a_chart_promises_is_what_is_known_of_it() -> None:
    """152.7 points with both rules and known limits, 370.4 with limits alone (Champ & Woodall 1987)."""
    assert run_length() == pytest.approx(152.7, rel=0.002)
    assert run_length(rule=0) == pytest.approx(370.4, rel=0.02)  # 2.66 is 3 ÷ 1.128 cut to three figures
    assert run_length(20) < run_length(50) < run_length()
    assert share_run_length(0.5, 400, 10**9) == pytest.approx(370, rel=0.15)


def test_an_alarm_is_the_first_point_after_the_baseline_that_signals() -> None:
    baseline = [0.0, 1.0] * 10
    assert watch([*baseline, 0, 1, 9], 20) == (2, True)
    assert watch([*baseline, *[0.4] * 8], 20) == (7, False)
    assert watch([*baseline, 0, 1, 0, 1], 20) == (None, False)
    assert share_limits(0.5, 100, 1) == pytest.approx((0.35, 0.65))
