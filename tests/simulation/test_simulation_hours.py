"""When cases come and when people work: shifts over midnight, and counts a day without hours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli.main import cli
from assistant.language.reading import read_story
from assistant.process.codec import from_data
from assistant.process.volumes import open_hours
from assistant.redesign.estimates import complete, filled_in_words
from assistant.simulation.run import simulate


def _guarded(calendar: list[dict[str, str]]) -> dict[str, Any]:
    fixed = {"kind": "fixed", "value": 40, "unit": "min"}
    return {
        "schema": "process/1", "name": "Gate",
        "roles": [{"id": "guard", "name": "Guard", "capacity": 1, "calendar": calendar}],
        "volume": {"between": {"kind": "fixed", "value": 300, "unit": "min"}},
        "flow": {"sequence": [{"task": {"id": "a", "name": "Check gate", "role": "guard", "work": fixed}}]},
    }  # fmt: skip


ONE_LINE = [{"days": "mon-sat", "from": "22:00", "to": "06:00"}]
TWO_LINES = [{"days": "mon-sat", "from": "22:00", "to": "24:00"}, {"days": "tue-sun", "from": "00:00", "to": "06:00"}]


def test_a_shift_over_midnight_in_one_line_is_the_two_lines_it_stands_for() -> None:
    one, two = from_data(_guarded(ONE_LINE)), from_data(_guarded(TWO_LINES))
    assert open_hours(one.roles[0].calendar) == open_hours(two.roles[0].calendar) == 48
    times = [simulate(process, cases=200, seed=3).document()["cycle_time"] for process in (one, two)]
    assert times[0] == times[1]


def test_a_sunday_night_ends_on_monday() -> None:
    process = from_data(_guarded([{"days": "sun", "from": "23:00", "to": "02:00"}]))
    assert process.roles[0].calendar is not None
    assert sorted(process.roles[0].calendar[0].spans()) == [(0, 7200), (6 * 86400 + 23 * 3600, 7 * 86400)]


def test_simulate_takes_a_file_with_a_night_shift(tmp_path: Path) -> None:
    file = tmp_path / "night.json"
    file.write_text(json.dumps(_guarded(ONE_LINE)))
    done = CliRunner().invoke(cli, ["simulate", str(file), "--cases", "100", "--json"])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(("start", "end"), [("08:00", "08:00"), ("24:00", "06:00")])
def test_hours_without_a_length_are_refused(tmp_path: Path, start: str, end: str) -> None:
    file = tmp_path / "none.json"
    file.write_text(json.dumps(_guarded([{"days": "mon", "from": start, "to": end}])))
    done = CliRunner().invoke(cli, ["simulate", str(file)])
    assert done.exit_code != 0
    assert "around the clock" in str(getattr(done.exception, "why", done.exception))


DAY = {"kind": "exponential", "mean": 12, "unit": "min", "basis": "stated"}


def _counted(**role: Any) -> dict[str, Any]:
    work = {"kind": "fixed", "value": 20, "unit": "min"}
    return {
        "schema": "process/1", "name": "Loans", "roles": [{"id": "clerk", "name": "Clerk", "capacity": 6, **role}],
        "volume": {"between": DAY, "per": "day", "basis": "stated"},
        "flow": {"sequence": [{"task": {"id": "a", "name": "Check loan", "role": "clerk", "work": work}}]},
    }  # fmt: skip


def _played(tmp_path: Path, data: dict[str, Any], *options: str) -> dict[str, Any]:
    file = tmp_path / "counted.json"
    file.write_text(json.dumps(data))
    done = CliRunner().invoke(cli, ["simulate", str(file), "--cases", "400", "--replications", "5", "--json", *options])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _busy(found: dict[str, Any]) -> float:
    return float(found["roles"]["Clerk"]["utilisation"]["mean"])


def test_a_count_a_day_without_hours_comes_in_working_hours_that_are_listed(tmp_path: Path) -> None:
    found = _played(tmp_path, _counted())
    # 120 cases of 20 minutes are 40 hours of work a day; six people of eight hours have 48.
    assert _busy(found) == pytest.approx(40 / 48, abs=0.06)
    (hours,) = [figure for figure in found["filled"] if figure["field"] == "working_hours"]
    assert hours["value"] == "mon-fri 09:00 to 17:00"
    assert "nobody said when people work" in hours["source"]


def test_a_count_a_day_comes_in_the_hours_the_people_have(tmp_path: Path) -> None:
    found = _played(tmp_path, _counted(calendar=[{"days": "mon-sat", "from": "08:00", "to": "18:00"}]))
    assert _busy(found) == pytest.approx(40 / 60, abs=0.06)
    (hours,) = [figure for figure in found["filled"] if figure["field"] == "arrival_hours"]
    assert hours["value"] == "mon-sat 08:00 to 18:00"


def test_as_given_leaves_a_count_a_day_round_the_clock(tmp_path: Path) -> None:
    found = _played(tmp_path, _counted(), "--as-given")
    assert _busy(found) == pytest.approx(40 / 144, abs=0.04)


def test_a_story_that_tells_hours_needs_none_filled_in_and_one_that_does_not_does() -> None:
    story = "A clerk checks the loan, which takes 20 minutes. Then the manager signs it. We get 120 loans a day."
    untold, told = read_story(story).process, read_story(f"{story} We work from 8:00 to 16:00.").process
    assert [f.field for f in complete(untold).filled if "hours" in f.field] == ["working_hours"]
    assert [f.field for f in complete(told).filled if "hours" in f.field] == []
    assert "people work Monday to Friday, 09:00 to 17:00, as nobody said when" in filled_in_words(complete(untold))
    gaps = [complete(process).process.volume for process in (untold, told)]
    assert [volume.between.mean_seconds for volume in gaps if volume] == [240.0, 240.0]
