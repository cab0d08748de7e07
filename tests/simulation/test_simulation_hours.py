"""When cases come and when people work: shifts over midnight, and counts a day without hours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli.main import cli
from assistant.process.codec import from_data
from assistant.redesign.loads import open_hours
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
