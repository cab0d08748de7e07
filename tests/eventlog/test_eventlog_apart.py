"""What sets cases apart, why work waits, and the files of a log: planted, then looked for through the command."""

from __future__ import annotations

import csv
import json
import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.cli.main import main

Run = pytest.CaptureFixture[str]


def log_of(path: Path, people: int = 50) -> Path:
    """Requests of two channels, those by post three times as slow; from July on all are faster; few people decide."""
    draw, rows = random.Random(4), []
    free = [datetime(2026, 5, 1)] * people
    for number in range(240):
        at = datetime(2026, 5, 1, 8) + timedelta(hours=11 * number)
        channel = "post" if number % 3 == 0 else "web"
        hours = (
            20 * draw.uniform(0.8, 1.2) * (3 if channel == "post" else 1) * (0.4 if at >= datetime(2026, 7, 1) else 1)
        )
        rows.append((f"R{number}", "Receive", at, at + timedelta(minutes=5), "desk", channel))
        who = number % people
        start = max(free[who], at + timedelta(hours=0.1 if people < 5 else hours))
        free[who] = start + timedelta(hours=10 if people < 5 else 1)
        rows.append((f"R{number}", "Decide", start, free[who], f"Judge {who}", channel))
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(("case", "activity", "start", "complete", "resource", "channel"))
        out.writerows(rows)
    return path


def test_values_that_differ_are_found_and_files_are_written(tmp_path: Path, capsys: Run) -> None:
    path, out = log_of(tmp_path / "log.csv"), tmp_path / "out"
    main(["log", str(path), "--end", "Decide", "--out", str(out), "--json"])
    found = json.loads(capsys.readouterr().out)["apart"]
    post = next(differs for differs in found["differs"] if differs["value"] == "post")
    assert 2 < post["level"]["value"] < 4
    lines = (out / "cases.csv").read_text().splitlines()
    assert len(lines) == 241
    assert "Judge" not in "".join(lines)
    text = (out / "log.txt").read_text()
    assert "channel “post” is slower" in text
    page = (out / "log.html").read_text()
    assert "the usual way" in page
    assert "<script" not in page
    assert "Judge" not in page + text
    assert 'aria-label="Mon: ' in page
    assert page.count("<figure>") == 7  # cases begin on every day; no roles are recorded


def test_a_value_that_is_chance_is_not_told(tmp_path: Path, capsys: Run) -> None:
    path = log_of(tmp_path / "log.csv")
    draw = random.Random(2)
    rows = list(csv.reader(path.open(encoding="utf-8")))
    by_case: dict[str, str] = {}
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [*row[:5], "channel" if not at else by_case.setdefault(row[0], draw.choice("abcd"))]
            for at, row in enumerate(rows)
        )
    main(["log", str(path), "--end", "Decide", "--json"])
    found = json.loads(capsys.readouterr().out)["apart"]
    assert found["comparisons"] == 4
    assert found["differs"] == []


def test_waiting_for_a_busy_person_is_told_as_contention(tmp_path: Path, capsys: Run) -> None:
    rows = []
    for number in range(120):  # twelve requests come at a time; one person takes them one by one
        at = datetime(2026, 5, 4, 8) + timedelta(hours=24 * (number // 12), minutes=number % 12)
        rows.append((f"R{number}", "Receive", at - timedelta(minutes=1), at, "", ""))
        start = datetime(2026, 5, 4, 9) + timedelta(hours=24 * (number // 12) + number % 12)
        rows.append((f"R{number}", "Decide", start, start + timedelta(hours=1), "Judge", ""))
    path = tmp_path / "log.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(("case", "activity", "start", "complete", "resource", "role"))
        out.writerows(rows)
    main(["log", str(path), "--end", "Decide", "--json"])
    waits = json.loads(capsys.readouterr().out)["waits"]
    assert waits["causes"]["contention"] > 0.8 * waits["total"]
    assert sum(waits["causes"].values()) == pytest.approx(waits["total"])
