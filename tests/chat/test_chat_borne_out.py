"""What is written of a correction is what its words say of that step: a remark with a `no` in it takes nothing away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk
from assistant.process.tree import tasks

STORY = (
    "The porter notes the booking, five minutes. The bookings lie three days, then the tuner plans the round, one "
    "hour. Then the tuner tunes the piano, two hours. The porter notes the repair. The office notes the bill."
)
ALL = {"Note booking", "Plan round", "Tune piano", "Note repair", "Note bill"}


@pytest.fixture
def pianos(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as talk:
        yield talk


def doer(talk: Talk, name: str) -> str | None:
    return next(task.role for task in tasks(talk.session.process) if task.name == name)


@pytest.mark.parametrize(
    "words",
    [
        "nobody checks the booking",
        "nobody waits for the bill",
        "the bookings never lie",
        "we do not charge for the repair",
        "the piano is not tuned by the porter",
        "there is no waiting before the planning",
        "we have no computer for the bookings",
        "drawing the round is not needed any more",
    ],
)
def test_a_remark_with_a_no_in_it_takes_no_step_away_and_renames_none(pianos: Talk, words: str) -> None:
    assert set(names(pianos)) == ALL
    pianos.turn(words)
    assert set(names(pianos)) == ALL


@pytest.mark.parametrize("words", ["we don't note a bill any more", '"Note bill" is wrong, take it out'])
def test_what_is_said_to_go_goes_and_no_step_of_the_same_verb_with_it(pianos: Talk, words: str) -> None:
    pianos.turn(words)
    assert set(names(pianos)) == ALL - {"Note bill"}


def test_other_hands_take_the_step_of_that_thing_alone(pianos: Talk) -> None:
    pianos.turn("the bill is noted by the tuner")
    assert (doer(pianos, "Note bill"), doer(pianos, "Note booking")) == ("tuner", "porter")


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("bookings don't lie three days", "“Plan round” waits 3 days. What is it, then?"),
        ("I never said two hours", "“Tune piano” takes 2 h of work. What is it, then?"),
        ("shopping takes three hours", "Of which step is that said"),
        ("five people check it, a day each", ""),
        ("bookings lie only on Mondays", ""),
    ],
)
def test_a_figure_that_is_denied_or_said_of_something_else_is_not_written(pianos: Talk, words: str, asked: str) -> None:
    pianos.turn("We get 30 bookings a week")
    before = pianos.session.process
    assert asked in " ".join(pianos.turn(words).lines)
    after = pianos.session.process
    assert after.volume == before.volume
    assert [(task.work, task.wait) for task in tasks(after)][:5] == [(task.work, task.wait) for task in tasks(before)]


def test_days_that_are_denied_go(pianos: Talk) -> None:
    pianos.turn("the bill is noted on Fridays")
    assert [task.name for task in tasks(pianos.session.process) if task.batch] == ["Note bill"]
    pianos.turn("the bill is always noted, not only on Fridays")
    assert not [task for task in tasks(pianos.session.process) if task.batch]


def test_what_is_told_after_a_step_was_taken_out_is_kept_without_a_word_of_ids(pianos: Talk) -> None:
    pianos.turn('remove "Note bill"')
    lines = " ".join(pianos.turn("the office files the bill too").lines)
    assert "File bill" in names(pianos)
    assert not any(words in lines for words in ("note_bill", "Not taken over"))


def test_a_price_for_all_is_no_length_of_time(pianos: Talk) -> None:
    before = [(task.work, task.wait) for task in tasks(pianos.session.process)]
    pianos.turn("an hour costs 40 for all")
    assert [(task.work, task.wait) for task in tasks(pianos.session.process)] == before


def test_whoever_of_the_family_is_at_work_tells_of_a_step(pianos: Talk) -> None:
    pianos.turn("My brother drives out and measures the hall")
    assert "Measure hall" in names(pianos)
