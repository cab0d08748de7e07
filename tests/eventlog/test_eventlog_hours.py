"""Times counted in open hours, and the clock of a place, checked by hand through the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli.main import main

HOURS = ["--hours", "mon-fri 09:00-17:00"]


def told(path: Path, rows: list[str], options: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    log = path / "log.csv"
    log.write_text("\n".join(["case,activity,complete", *rows]))
    main(["log", str(log), "--json", "--end", "B", *options])
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    ("first", "last", "options", "hours"),
    [
        ("2026-01-09 16:00", "2026-01-12 10:00", [], 66),
        ("2026-01-09 16:00", "2026-01-12 10:00", HOURS, 2),
        ("2026-01-09 16:00", "2026-01-13 10:00", [*HOURS, "--holidays", "2026-01-12"], 2),
        ("2026-01-10 11:00", "2026-01-10 18:00", ["--hours", "mon-fri 09:00-17:00; sat 09:00-12:00"], 1),
        ("2026-01-05 23:00", "2026-01-06 07:00", ["--hours", "mon-sun 22:00-06:00"], 7),
        ("2026-03-29 01:30", "2026-03-29 03:30", [], 2),
        ("2026-03-29 01:30", "2026-03-29 03:30", ["--zone", "Europe/Berlin"], 1),
        ("2026-10-25 01:30", "2026-10-25 03:30", ["--zone", "Europe/Berlin"], 3),
        ("2026-07-03T14:30Z", "2026-07-03T16:30Z", [*HOURS, "--zone", "Europe/Berlin"], 0.5),
    ],
)
def test_a_case_takes_the_time_that_counts(first, last, options, hours, tmp_path, capsys) -> None:
    found = told(tmp_path, [f"1,A,{first}", f"1,B,{last}"], options, capsys)
    assert found["figures"]["cycle_time"]["p50"] == hours * 3600
    between = found["recorded"]["between"]
    assert not between or between[0]["gap_p50"] == hours * 3600


def test_work_that_overlaps_and_pauses_at_night_is_counted_once_and_open(tmp_path, capsys) -> None:
    log = tmp_path / "log.csv"
    rows = ["1,A,2026-01-05 16:00,2026-01-06 10:00", "1,B,2026-01-06 09:30,2026-01-06 11:00"]
    log.write_text("\n".join(["case,activity,start,complete", *rows]))
    main(["log", str(log), "--json", "--end", "B", *HOURS])
    found = json.loads(capsys.readouterr().out)
    assert found["figures"]["working_time"]["p50"] == 3 * 3600
    assert "open hours only (mon-fri 09:00-17:00)" in " ".join(found["notes"])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--hours", "nine to five"], "mon-fri 09:00-17:00"),
        (["--hours", "mon-fri 09:00-25:00"], "no working hours"),
        (["--holidays", "2026-01-01"], "Add --hours"),
        ([*HOURS, "--holidays", "1 May"], "no holidays"),
        (["--zone", "Mars/Olympus"], "Europe/Berlin"),
        (["--zone", "../etc/passwd"], "Europe/Berlin"),
    ],
)
def test_hours_that_are_none_are_refused(options, says, capsys) -> None:
    assert main(["log", "not-there.csv", *options]) == 2
    assert says in capsys.readouterr().err
