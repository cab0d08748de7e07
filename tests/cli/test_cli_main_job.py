"""The main job from the outside: a story as people tell it becomes a sound map, findings, alternatives and a report."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from assistant.bpmn.read import read
from assistant.cli.main import main
from assistant.evals.suites.reading import story_file
from assistant.process.apply import apply
from assistant.process.checks import check
from assistant.process.codec import loads
from assistant.process.edits import EDITS
from assistant.settings import bundled, config_file
from assistant.simulation.made_before import forget

STORIES = [story_file(gold.stem) for gold in sorted((bundled("evals") / "stories").glob("*.json"))[::2]]
"""Every second one: all of them are redesigned without the command in `tests/redesign`."""
pytestmark = pytest.mark.usefixtures("short_plays")
SMALL = ["--cases", "60", "--replications", "4"]


@pytest.fixture
def shop(own_home: Path) -> Path:
    """A few steps told, for what does not hang on the story."""
    story = own_home / "shop.txt"
    story.write_text(
        "The clerk checks the order. That takes 10 minutes. Then the order waits for the carrier for 5 hours. "
        "The driver delivers the goods."
    )
    return story


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_a_story_ends_in_a_report_of_what_is_declared(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["redesign", str(story), "--out", str(tmp_path / "out"), "--json", *SMALL]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["findings"]) >= 2
    assert all(finding["because"] and finding["elements"] for finding in told["findings"])
    assert len(told["alternatives"]) >= 2
    assert {one["stance"] for one in told["alternatives"]} == {"small steps", "rethink", "technology first"}
    before = loads(json.dumps(told["process"]))
    for alternative in told["alternatives"]:
        edits = [edit for proposal in alternative["proposals"] for edit in proposal["edits"]]
        assert apply(before, EDITS.validate_python(edits)) == loads(json.dumps(alternative["process"]))
        time = alternative["effects"]["time"]
        if time["change"] is None:
            assert time["reason"]
        else:
            assert time["low"] <= time["change"] <= time["high"]
            assert time["low"] <= time["chance_low"] <= time["chance_high"] <= time["high"]
        assert set(alternative["effects"]) == {"time", "cost", "quality", "flexibility"}
    assert told["made_by"] == "built-in rules"
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"report.html", "report.md", "as-is.json", "as-is.bpmn", "as-is.svg"} <= written
    as_is = loads((tmp_path / "out" / "as-is.json").read_text(encoding="utf-8"))
    assert not [issue for issue in check(as_is) if issue.severity == "error"]
    assert read((tmp_path / "out" / "as-is.bpmn").read_bytes()).process == as_is


def test_the_same_story_gives_the_same_report_also_from_standard_input(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["redesign", str(shop), "--json", *SMALL]) == 0
    first = capsys.readouterr().out
    assert json.loads(first)["findings"]
    monkeypatch.setattr("sys.stdin", io.StringIO(shop.read_text(encoding="utf-8")))
    forget()  # the second is played anew
    assert main(["redesign", "-", "--json", *SMALL]) == 0
    assert capsys.readouterr().out == first


def test_the_journal_says_what_was_said_changed_and_run(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["redesign", str(shop), "--project", "p", "--json", *SMALL]) == 0
    capsys.readouterr()
    assert main(["project", "log", "p", "--json"]) == 0
    kinds = [entry["kind"] for entry in json.loads(capsys.readouterr().out)]
    assert kinds[:2] == ["said", "edits"]
    assert {"run", "proposed"} <= set(kinds)
    assert main(["project", "export", "p", str(tmp_path / "p.journal")]) == 0
    assert main(["project", "import", str(tmp_path / "p.journal"), "--project", "Q"]) == 0
    capsys.readouterr()
    assert main(["project", "show", "q", "--json"]) == 0
    copy = capsys.readouterr().out
    assert main(["project", "show", "p", "--json"]) == 0
    assert capsys.readouterr().out == copy


def test_the_summary_fits_a_narrow_terminal(shop, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert main(["redesign", str(shop), "--out", str(tmp_path / "out"), *SMALL]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert any(line.startswith("What hurts") for line in lines)
    assert [line for line in lines if len(line) > 60 and str(tmp_path) not in line] == []


def test_simulate_says_of_today_what_the_redesign_says(tmp_path, own_home, capsys):
    """The tutorial's own path, with the numbers of cases that hold when nothing is asked for."""
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text("simulation = {cases = 60, replications = 3}", "utf-8")
    assert main(["redesign", str(STORIES[0]), "--out", str(tmp_path / "out"), "--json"]) == 0
    effects = json.loads(capsys.readouterr().out)["alternatives"][-1]["effects"]
    assert main(["simulate", str(tmp_path / "out" / "as-is.json"), "--json"]) == 0
    played = json.loads(capsys.readouterr().out)
    assert (played["cases"], played["replications"]) == (60, 3)
    assert effects["time"]["before"] == played["cycle_time"]["mean"]
    assert effects["cost"]["before"] == played["cost_per_case"]["mean"]


PROGRESS = {
    "redesign": (["redesign", "shop.txt"], "Looking for what hurts", "so far", "Putting together", "Playing today",
                 "Comparing"),
    "simulate": (["simulate", "shop.json"], "Playing 30 cases many times"),
    "what-if": (["what-if", "shop.json", "--within", "30 d"], "Looking for the people needed"),
    "eval run": (["eval", "run", "figures", "--only", "2"], "2 cases", "figures: 1 of 2 played", "2 of 2"),
}  # fmt: skip


@pytest.mark.parametrize("name", PROGRESS)
def test_a_long_step_says_on_standard_error_how_far_it_is(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("assistant.cli.common.Progress.EVERY", 0.0)
    monkeypatch.chdir(tmp_path)
    Path("shop.txt").write_text(
        "Ten orders a day come in. We have 2 clerks. A clerk checks each order in 10 minutes. It lies for two days, "
        "then a clerk "
        "ships the goods in 20 minutes.",
        encoding="utf-8",
    )
    assert main(["map", "shop.txt", "--out", "."]) == 0
    capsys.readouterr()
    command, *words = PROGRESS[name]
    assert main([*command, "--json"]) in (0, 4)
    told = capsys.readouterr()
    json.loads(told.out)
    at = -1
    for word in words:
        at = told.err.find(word, at + 1)
        assert at >= 0, (word, told.err)


def test_a_long_story_is_said_to_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("assistant.cli.design.LONG", 100)
    story = tmp_path / "long.txt"
    story.write_text("The customer sends an order. " + "The clerk checks the order and files the form. " * 3)
    assert main(["redesign", str(story), "--json"]) == 0
    assert f"Reading {len(story.read_text()):,} characters" in capsys.readouterr().err


def test_what_is_to_stay_is_kept_in_the_project(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = ["--keep", "checks the order", "--keep", "the purple form"]
    assert main(["redesign", str(shop), *keep, "--project", "shop", "--json", *SMALL]) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("what must stay?\nremove the check of the order\nquit\n"))
    capsys.readouterr()
    assert main(["chat", "shop"]) == 0
    said = capsys.readouterr().out
    assert "“Check order”: you asked to keep" in said
    assert "You said that “Check order” must stay as it is. Shall it be changed all the same?" in said
    assert "Removed" not in said.split("Shall it be changed")[0]
