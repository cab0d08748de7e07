"""How many there are, told by who they are: nobody is counted twice, no figure of a step changes, no way is made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk
from assistant.process.tree import tasks

STORY = (
    "Ida cuts the hair, half an hour. I dye the hair, 45 minutes. Ida sweeps the floor. The juniors wash the towels."
)


@pytest.fixture
def salon(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as talk:
        yield talk


def heads(talk: Talk) -> dict[str, int | None]:
    return {role.name: role.capacity for role in talk.session.process.roles}


@pytest.mark.parametrize(
    "words",
    [
        "we are two in the salon, ida and me",
        "There are only two of us: Ida and I.",
        "Ida and me are the only two here",
    ],
)
def test_as_many_as_are_named_are_one_of_each(salon: Talk, words: str) -> None:
    salon.turn(words)
    assert heads(salon) == {"Ida": 1, "Me": 1, "Junior": None}
    assert "stand still" in salon.turn("what if ida is ill for a week").lines[0]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("i am the only one who dyes hair, there is no team", "Me"),
        ("Ida is the only one who cuts", "Ida"),
        ("ida is the only person here who can cut the hair", "Ida"),
    ],
)
def test_the_only_one_who_does_it_is_one_person_and_the_step_stays_as_it_is(salon: Talk, words: str, who: str) -> None:
    before, times = names(salon), [task.work for task in tasks(salon.session.process)]
    salon.turn(words)
    assert {name for name, count in heads(salon).items() if count == 1} == {who}
    assert names(salon) == before
    assert [task.work for task in tasks(salon.session.process)] == times
    assert [remark.kind for remark in salon.session.process.remarks] == ["one_person"]


@pytest.mark.parametrize(
    "words", ["the juniors are two trainees and three temps", "our juniors are 4 pupils and 1 temp"]
)
def test_a_role_made_of_kinds_has_as_many_as_they_are_together(salon: Talk, words: str) -> None:
    salon.turn(words)
    assert heads(salon) == {"Ida": None, "Me": None, "Junior": 5}
