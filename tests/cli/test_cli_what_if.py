"""What-if: more cases and fewer people change what they should, in words and in JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli.main import main

SHOP = {
    "schema": "process/1",
    "name": "Serve customers",
    "roles": [{"id": "clerk", "name": "Clerk", "capacity": 3, "capacity_basis": "stated", "cost_per_hour": 30}],
    "volume": {"between": {"kind": "exponential", "mean": 100, "unit": "s"}, "basis": "stated"},
    "flow": {
        "sequence": [
            {
                "task": {
                    "id": "t1",
                    "name": "Serve customer",
                    "role": "clerk",
                    "work": {"kind": "exponential", "mean": 200, "unit": "s", "basis": "estimated"},
                }
            }
        ]
    },
}
PLAY = ["--cases", "300", "--replications", "6"]


@pytest.fixture
def shop(tmp_path: Path) -> str:
    path = tmp_path / "shop.json"
    path.write_text(json.dumps(SHOP))
    return str(path)


def test_more_cases_and_fewer_people_take_longer(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["what-if", shop, "--json", *PLAY]) == 0
    rows = {row["scenario"]: row for row in json.loads(capsys.readouterr().out)["scenarios"]}
    base = rows["as it is"]["cycle_time"]["mean"]
    assert rows["+30% cases"]["cycle_time"]["mean"] > base
    assert rows["one fewer: Clerk"]["change_in_cycle_time"]["low"] > 0
    assert main(["what-if", shop, *PLAY]) == 0
    assert "one fewer: Clerk" in capsys.readouterr().out


def test_staffing_meets_the_level_it_was_asked_for(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["what-if", shop, "--within", "12 min", "--share", "0.9", "--json", *PLAY]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["people"]["Clerk"] >= 3
    assert found["share"]["mean"] >= 0.9


def test_the_unknown_that_matters_is_named(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["what-if", shop, "--unknowns", "--json", *PLAY]) == 0
    first = json.loads(capsys.readouterr().out)["unknowns"][0]
    assert (first["element"], first["field"], first["basis"]) == ("t1", "work", "estimated")
    assert first["moves_cycle_time_by_seconds"] > 30


def test_a_length_of_time_that_is_none_is_told(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["what-if", shop, "--within", "soon"]) == 2
    assert "90 min" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["simulate", "compare"])
def test_a_process_without_steps_is_not_played(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "empty.json"
    path.write_text(json.dumps({"schema": "process/1", "name": "Nothing", "flow": []}))
    assert main([command, str(path), *([str(path)] if command == "compare" else [])]) == 2
    assert "no steps" in capsys.readouterr().err


def test_a_drawing_for_dark_pages(shop: str, tmp_path: Path) -> None:
    assert main(["convert", shop, str(tmp_path / "light.svg")]) == 0
    assert main(["convert", shop, str(tmp_path / "dark.svg"), "--dark"]) == 0
    light, dark = ((tmp_path / f"{name}.svg").read_text(encoding="utf-8") for name in ("light", "dark"))
    assert light != dark
    assert "Serve" in dark


def test_a_play_goes_on_until_it_is_precise(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", shop, "--precision", "0.08", "--cases", "300", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    time = found["cycle_time"]
    assert (time["high"] - time["low"]) / 2 <= 0.08 * time["mean"]
    assert main(["simulate", shop, "--precision", "0.001", "--cases", "50", "--replications", "4"]) == 0
    assert "more are needed" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [["simulate"], ["what-if"], ["what-if", "--unknowns"], ["what-if", "--within", "12 min", "--share", "0.9"],
     ["compare"], ["simulate", "untimed"]],
    ids=" ".join,
)  # fmt: skip
def test_what_is_played_fits_a_narrow_terminal(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    long = json.dumps(SHOP).replace("Serve customer", "Serve the customer of the other branch of our shop")
    given, other, untimed = (tmp_path / f"{name}.json" for name in "abc")
    given.write_text(long)
    other.write_text(long.replace("200", "150"))
    data = json.loads(long)
    del data["flow"]["sequence"][0]["task"]["work"]
    untimed.write_text(json.dumps(data))
    command, *options = [word for word in words if word != "untimed"]
    files = [untimed] if "untimed" in words else [given, other] if command == "compare" else [given]
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert main([command, *map(str, files), *options, *PLAY]) in (0, 4)
    shown = capsys.readouterr()
    lines = [*shown.out.split("\n"), *shown.err.split("\n")]
    assert len(lines) > 4
    assert [line for line in lines if len(line) > 60] == []
