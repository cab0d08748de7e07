"""What is said of ways, states and unsure names, as a person reads it, through the command."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.eventlog.discovery import choosing
from assistant.process.tree import tasks

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


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        ([5], "The only closed case took 5 h."),
        ([2] * 40, "Nine of ten closed cases take 2 h or less (n = 40)."),
        ([0] * 40, "In nine of ten closed cases no time passes: all their events have one stamp (n = 40)."),
        ([1, 2, 3, 8] * 10, "Half of the 40 closed cases take 2.5 h or less, one in ten more than 8 h."),
    ],
)
def test_the_first_sentence_fits_what_was_seen(tmp_path: Path, capsys, hours: list[int], says: str) -> None:
    lines = [
        f"C{case:03},{step},2026-03-{1 + case % 28:02} {8 + later:02}:00:07"
        for case, long in enumerate(hours)
        for step, later in (("Take", 0), ("Give", long))
    ]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(["case,activity,time", *lines]), encoding="utf-8")
    main(["log", str(path)])
    assert says in capsys.readouterr().out


def test_a_log_of_very_many_activities_is_mined_with_the_usual_ones() -> None:
    ways = {(f"Do {number}", "Close"): 1 for number in range(900)} | {("Open", "Close"): 50}
    told = choosing.mined(ways, "Many", (), sum(ways.values()))
    assert len(tasks(told.process)) == choosing.MOST_ACTIVITIES
    assert {"Open", "Close"} <= set(told.steps)
    assert told.quality.fitness < 1
