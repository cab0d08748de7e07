"""Short words of people in a hurry: who does it, the other way round, a share without its place, the last step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk
from assistant.process.blocks import Choice
from assistant.process.tree import tasks, walk

WAGES = (
    "The client sends the list. Ravi checks the list, 15 minutes. If hours are missing, which happens in 30 percent of "
    "the cases, Ravi rings the client. Ravi enters the hours into the program. Sue calculates the wages. Then the "
    "slips are printed. Sue transfers the wages."
)


@pytest.fixture
def wages(tmp_path: Path) -> Iterator[Talk]:
    with told(tmp_path, WAGES) as talk:
        yield talk


def doer(talk: Talk, name: str) -> str | None:
    return next(task.role for task in tasks(talk.session.process) if name in task.name)


def share(talk: Talk) -> float | None:
    return next(block for block in walk(talk.session.process) if isinstance(block, Choice)).branches[0].p


@pytest.mark.parametrize(
    "words",
    [
        "swap that: Ravi calculates, Sue enters the hours",
        "no, it's the other way round: Sue enters and Ravi calculates",
        "vice versa: Ravi calculates the wages, Sue enters the hours",
    ],
)
def test_two_who_were_mixed_up_change_places(wages: Talk, words: str) -> None:
    before = names(wages)
    wages.turn(words)
    assert (doer(wages, "Calculate"), doer(wages, "Enter")) == ("ravi", "sue")
    assert names(wages) == before


@pytest.mark.parametrize("words", ["Ravi prints them", "Ravi prints those"])
def test_who_does_what_nobody_did_yet_is_no_new_step(wages: Talk, words: str) -> None:
    before = names(wages)
    wages.turn(words)
    assert doer(wages, "Print") == "ravi"
    assert names(wages) == before


@pytest.mark.parametrize(
    ("words", "now"),
    [
        ("the percentage is false, it are 20", 0.2),
        ("the share is wrong, it's 10 %", 0.1),
        ("your percentage is too high, more like 5 percent", 0.05),
    ],
)
def test_the_one_share_there_is_is_put_right(wages: Talk, words: str, now: float) -> None:
    roles = wages.session.process.roles
    wages.turn(words)
    assert share(wages) == pytest.approx(now)
    assert wages.session.process.roles == roles


def test_the_last_step_is_that_of_the_process_or_the_one_that_came_in_last(wages: Talk) -> None:
    wages.turn("delete the last step")
    assert names(wages)[-1] == "Print slips"
    wages.turn("Ravi rings the bank before Sue calculates the wages.")
    assert "Ring bank" in names(wages)
    wages.turn("remove the last step")
    assert "Ring bank" not in names(wages)
    assert names(wages)[-1] == "Print slips"


@pytest.mark.parametrize("words", ["stop, forget what i just said", "hold on, forget that"])
def test_what_was_just_said_is_forgotten_whatever_leads_up_to_it(wages: Talk, words: str) -> None:
    before = names(wages)
    wages.turn("Sue rings the bank.")
    assert names(wages) != before
    wages.turn(words)
    assert names(wages) == before


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("Sue works from 8 to half five", ("08:00", "17:30")),
    ],
)
def test_hours_are_read_as_people_say_a_clock(wages: Talk, words: str, hours: tuple[str, str]) -> None:
    before = names(wages)
    wages.turn(words)
    calendar = next(role for role in wages.session.process.roles if role.id == "sue").calendar
    assert calendar is not None
    assert (calendar[0].from_, calendar[0].to) == hours
    assert names(wages) == before
