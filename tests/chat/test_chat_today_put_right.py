"""What is said of the work after a decision: today is put right, and the new process where it was not decided on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import told

from assistant.chat.turn import Talk
from assistant.process.blocks import Task
from assistant.process.model import Process
from assistant.process.tree import tasks
from assistant.workspace.deciding import handed_out

STORY = (
    "Anna takes the order, 10 minutes. Thirty orders a week. The orders lie three days until Ben checks them once a "
    "week, 20 minutes. Then Anna types the order into the computer, 15 minutes. Carl packs the goods, half an hour."
)
NEW, BOTH, TODAY = "the new process only", "for today and for the new", "the new process stays as it was"


@pytest.fixture
def talk(own_home: Path, short_plays: None) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        made.turn("propose")
        made.turn("accept 1")
        yield made


def step(process: Process, verb: str) -> Task:
    return next(task for task in tasks(process) if task.name.lower().startswith(verb))


def minutes(process: Process, verb: str) -> float:
    work = step(process, verb).work
    return work.mean_seconds / 60 if work else 0.0


def who(process: Process, verb: str) -> str:
    role = process.role(step(process, verb).role or "")
    return role.name if role else ""


def test_what_was_promised_comes_out_once_it_is_decided(talk: Talk) -> None:
    assert talk.session.latest is not None
    offered = talk.session.latest.alternatives[0].effects["time"]
    decided = handed_out(talk.session).alternatives[0].effects["time"]
    assert decided.change is not None
    assert decided.change < 0
    assert decided.relative == pytest.approx(offered.relative, abs=0.02)


def test_a_figure_put_right_holds_for_both(talk: Talk) -> None:
    reply = talk.turn("it takes two hours, not half an hour")
    assert any(BOTH in line for line in reply.lines)
    assert minutes(talk.session.today(), "pack") == minutes(talk.session.process, "pack") == 120


def test_what_was_decided_to_be_otherwise_is_put_right_for_today_alone(talk: Talk) -> None:
    reply = talk.turn("the orders lie four days, not three days")
    assert any(TODAY in line for line in reply.lines)
    wait = step(talk.session.today(), "check").wait
    assert wait is not None
    assert wait.mean_seconds == 4 * 86400
    assert step(talk.session.process, "check").wait is None


def test_a_wish_is_of_the_new_process_until_it_is_so_today(talk: Talk) -> None:
    reply = talk.turn("let Carl type the order")
    assert any(NEW in line for line in reply.lines)
    assert who(talk.session.process, "type") == "Carl"
    assert who(talk.session.today(), "type") == "Anna"
    talk.turn("that is so today already")
    assert who(talk.session.today(), "type") == "Carl"
    talk.turn("undo")
    assert who(talk.session.today(), "type") == "Anna"


def test_what_is_told_on_belongs_to_today_as_well(talk: Talk) -> None:
    talk.turn("Then Dora weighs the parcel, 5 minutes.")
    assert minutes(talk.session.today(), "weigh") == minutes(talk.session.process, "weigh") == 5
