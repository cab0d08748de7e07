"""What a log says is kept in a project: remembered, answered in the conversation, taken over, set beside promises."""

from __future__ import annotations

import csv
import os
import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from recorded_logs import Plant, log_rows, write_log
from test_eventlog_doing import TOLD

from assistant.app import App
from assistant.chat.turn import Talk
from assistant.cli.main import main
from assistant.process.blocks import Task
from assistant.process.outline import from_outline
from assistant.process.tree import by_id
from assistant.projects.journal import New, Promised, PromiseNote
from assistant.workspace.session import Session

PLANT = Plant(by={"approve": ("clerk", 0.5)}, skipped={"credit": 0.3}, names={"pay": "Disburse sum"})


@pytest.fixture
def loans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A project named loans, and a log of it."""
    (tmp_path / "loans.md").write_text(TOLD, encoding="utf-8")
    assert main(["map", str(tmp_path / "loans.md"), "--project", "loans", "--out", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    return write_log(log_rows(from_outline(TOLD), 200, 1, PLANT), tmp_path / "log.csv")


def session() -> Session:
    return App.build(os.environ).session("loans")


def talk(*turns: str) -> str:
    conversation = Talk(session(), lambda *_: [])
    return "\n".join(line for turn in turns for line in conversation.turn(turn).lines)


def test_matches_and_accepted_differences_are_remembered(loans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["log", str(loans), "--project", "loans"]
    main(command)
    said = capsys.readouterr().out
    assert "Is “Disburse sum” the step “Pay out”?" in said  # by where it stands, the names have no word in common
    main([*command, "--match", "Disburse sum=Pay out", "--accept", "who:approve"])
    capsys.readouterr()
    main(command)
    said = capsys.readouterr().out
    assert "Disburse sum" not in said.partition("Told (")[2]
    assert "Manager does" not in said
    assert "1 accepted and left out" in said


def test_the_conversation_answers_from_the_log_and_takes_its_figures_over(loans: Path) -> None:
    assert "No event log was read" in talk("what does the log say about the credit check?")
    main(["log", str(loans), "--project", "loans"])
    said = talk("what does the log say about the credit check?")
    assert "You said that “Check credit” is always done: 29 %" in said
    assert "Approve loan" not in said
    assert "recorded is Clerk in" in talk("What does the log say about the approval?")
    listed = talk("measure")
    number = next(line.split(".")[0].strip() for line in listed.splitlines() if "work of Check credit" in line)
    assert "measured" in talk(f"measure {number}")
    credit = by_id(session().process)["credit"]
    assert isinstance(credit, Task)
    assert credit.work is not None
    assert credit.work.basis == "measured"
    assert "no number 99" in talk("measure 99")
    assert "Taken back" in talk("undo")
    assert "“Approve loan” to " in talk("measure all")


def test_measuring_needs_a_project_that_is_there(loans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", str(loans), "--measure"]) == 2
    assert "No project is named" in capsys.readouterr().err
    assert main(["log", str(loans), "--project", "nobody"]) == 2
    main(["log", str(loans), "--project", "loans", "--measure"])
    assert "measured figures are in the process now" in capsys.readouterr().out


def since_log(path: Path, faster: float) -> Path:
    """Six loans a day for a year; from July on they take `faster` of the time."""
    draw, rows = random.Random(3), []
    for day in range(364):
        for number in range(6):
            at = datetime(2026, 1, 1, 9) + timedelta(days=day, minutes=25 * number)
            share = faster if at >= datetime(2026, 7, 1) else 1
            for name in ("Take in request", "Check credit", "Pay out"):
                rows.append([f"C{day}-{number}", name, f"{at:%Y-%m-%d %H:%M:%S}"])
                at += timedelta(hours=4 * share * draw.lognormvariate(0, 0.5))
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["case", "activity", "complete"], *rows])
    return path


def test_a_promise_is_held_against_what_came(
    loans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    assert main(["project", "ledger"]) == 0
    assert "No log has said yet" in capsys.readouterr().out
    hour = 3600.0
    for practice, low, high in (("P01", -4 * hour, -2 * hour), ("P02", -9 * hour, -8 * hour)):
        note = PromiseNote(dimension="time", measure="cycle time", unit="s", before=10 * hour, low=low, high=high)
        what = Promised(proposal=practice.lower(), practice=practice, alternative="A", promises=(note,))
        session().write([New(what=what)])
    main(["log", str(since_log(tmp_path / "year.csv", 0.7)), "--project", "loans", "--since", "2026-07-01"])
    said = capsys.readouterr().out
    assert "P01: promised -40 to -20 % cycle time, came -3" in said
    assert main(["project", "ledger"]) == 0
    ledger = capsys.readouterr().out
    assert "P01: 1 of 1 as promised" in ledger
    assert "P02: 0 of 1 as promised" in ledger
    greeting = "\n".join(Talk(session(), lambda *_: []).greet().lines)
    assert "no longer runs as it did" in greeting  # until something is changed


def test_what_is_accepted_keeps_what_was_promised(short_plays: None) -> None:
    story = Path(__file__).parents[2] / "templates" / "demo" / "order_to_cash.txt"
    at_work = App.build(os.environ).start(story, project="orders")
    at_work.redesign(cases=40, replications=2)
    at_work.accept(1)
    kept = [entry.what for entry in at_work.state.entries if isinstance(entry.what, Promised)]
    assert {note.dimension for note in kept[0].promises} >= {"time", "cost"}
    assert all(note.low <= note.high and note.before for note in kept[0].promises)
