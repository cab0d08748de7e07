"""Turns whose words can be taken exactly: a name in quotation marks, a time of day, a count, a way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import App
from assistant.chat.turn import Talk
from assistant.process.tree import tasks

STORY = (
    "The gardener digs the bed, ten minutes. Then the gardener cuts roses for weddings, five minutes. Then the florist "
    "ties the bouquet, two minutes. Then the gardener waters the bed."
)


@pytest.fixture
def beds(own_home: Path) -> Iterator[Talk]:
    app = App.build({"ASSISTANT_HOME": str(own_home)})
    talk = Talk(app.session("beds"), lambda *_: [])
    talk.turn(STORY)
    yield talk
    app.store.close()


def names(talk: Talk) -> list[str]:
    return [task.name for task in tasks(talk.session.process)]


def test_a_quoted_name_takes_out_that_step_and_tells_nothing(beds: Talk) -> None:
    beds.turn('remove "Cut roses for weddings"')
    assert names(beds) == ["Dig bed", "Tie bouquet", "Water bed"]


@pytest.mark.parametrize("order", ['remove "Tie ribbons"', 'remove "Check price"', "remove Report fault"])
def test_what_no_step_is_called_takes_nothing_out(beds: Talk, order: str) -> None:
    before = beds.session.process
    reply = beds.turn(order)
    assert beds.session.process == before
    assert reply.lines[0].startswith("No step is called")


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("we only wrap and label after six", "Wrap"),
        ("then two apprentices prune it by hand, about 40 minutes a tree", "Prune"),
        ("then it's sprayed, which is 50 minutes, four people at the pump", "Spray"),
    ],
)
def test_a_deed_with_a_time_of_day_or_a_count_is_a_step_and_nobody_elses_head_count(
    beds: Talk, words: str, step: str
) -> None:
    beds.turn(words)
    assert any(step in name for name in names(beds))
    assert all(role.capacity is None for role in beds.session.process.roles)


def test_a_time_of_day_is_no_head_count(beds: Talk) -> None:
    assert not any("number of people" in line for line in beds.turn("we stop at five").lines)
