"""What is said of ways, states and unsure names, as a person reads it, through the command."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.cli.main import main

USUAL = ("Create order", "Release order", "Record goods receipt", "Record invoice", "Pay invoice")
WAYS = (
    (USUAL, 20),
    ((*USUAL[:3], "Record goods receipt", *USUAL[3:]), 8),
    ((USUAL[0], *USUAL[2:]), 7),
    ((*USUAL[:4], "Refuse invoice"), 6),
    ((USUAL[0], "Change price", *USUAL[1:4], "Remove block", USUAL[4]), 5),
    ((USUAL[1], USUAL[0], *USUAL[2:]), 5),
)
TOLD = """# Orders

## Steps
1. Place an order [place]
2. Approve the order [approve]
3. Receive goods [receive]
"""


def said(path: Path, capsys: pytest.CaptureFixture[str], *options: str, column: str = "activity") -> str:
    rows, begin = [f"case,{column},complete"], datetime(2026, 1, 5)
    for number, way in enumerate(way for way, times in WAYS for _ in range(times)):
        start = begin + timedelta(hours=7 * number)
        rows += [f"{number},{name},{start + timedelta(hours=at)}" for at, name in enumerate(way)]
    (path / "log.csv").write_text("\n".join(rows), encoding="utf-8")
    main(["log", str(path / "log.csv"), *options])
    return capsys.readouterr().out


def test_other_ways_are_told_by_what_is_different_about_them(tmp_path: Path, capsys) -> None:
    text = said(tmp_path, capsys)
    assert "Create order → Release order → Record goods receipt → Record invoice → Pay invoice (median" in text
    assert "the usual way with “Record goods receipt” again (median" in text
    assert "the usual way without “Release order” (median" in text
    assert "the usual way with “Refuse invoice” instead of “Pay invoice” (median" in text
    assert "the usual way with “Change price” and “Remove block” (median" in text
    assert "Release order → Create order → Record goods receipt" in text  # another order is shown whole


def test_a_column_of_states_is_said_to_hold_states(tmp_path: Path, capsys) -> None:
    assert "“Status” holds states, not steps" in said(tmp_path, capsys, column="Status")
    assert "holds states" not in said(tmp_path, capsys)


def test_where_nothing_is_surely_a_step_weak_likenesses_are_asked_about(tmp_path: Path, capsys) -> None:
    (tmp_path / "told.md").write_text(TOLD, encoding="utf-8")
    text = said(tmp_path, capsys, "--process", str(tmp_path / "told.md"))
    assert "No recorded activity is surely a step" in text
    assert "Is “Record goods receipt” the step “Receive goods”?" in text
    assert "Is “Pay invoice”" not in text  # no told step says a word of it
