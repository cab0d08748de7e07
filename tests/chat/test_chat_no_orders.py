"""Remarks that are no orders, and what is told of a step without taking it from anybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk
from assistant.process.blocks import Choice
from assistant.process.tree import tasks, walk

STORY = (
    "The gardener digs the bed, ten minutes. Then the florist ties the bouquet, two minutes. "
    "Then the clerk writes the bill, five minutes."
)


@pytest.fixture
def beds(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as talk:
        yield talk


def test_a_trouble_is_nobody(beds: Talk) -> None:
    beds.turn("digging is the bottleneck, the gardener can't keep up")
    assert {role.name for role in beds.session.process.roles} == {"Gardener", "Florist", "Clerk"}


def test_those_who_are_lost_are_not_those_who_come(beds: Talk) -> None:
    beds.turn("we turn away about six guests a week")
    assert beds.session.process.volume is None


@pytest.mark.parametrize("words", ["small orders get no bill", "the clerk writes no bill for small orders"])
def test_what_some_do_not_get_is_done_for_the_others(beds: Talk, words: str) -> None:
    beds.turn(words)
    (choice,) = (step for step in walk(beds.session.process) if isinstance(step, Choice))
    assert [branch.when for branch in choice.branches] == ["not small orders", "small orders"]
    assert names(beds) == ["Dig bed", "Tie bouquet", "Write bill"]


def test_who_does_not_do_it_is_asked_who_does(beds: Talk) -> None:
    reply = beds.turn("the clerk does not write the bill")
    assert names(beds) == ["Dig bed", "Tie bouquet", "Write bill"]
    assert reply.lines[0].startswith("Who does “Write bill” then?")


def test_two_do_it_together(beds: Talk) -> None:
    reply = beds.turn("the gardener and the florist do the tying together")
    tying = next(task for task in tasks(beds.session.process) if task.name == "Tie bouquet")
    roles = {role.id: role.name for role in beds.session.process.roles}
    assert (roles[tying.role or ""], [roles[id_] for id_ in tying.with_roles]) == ("Florist", ["Gardener"])
    assert "- “Tie bouquet” is done together with Gardener." in reply.lines


@pytest.mark.parametrize(
    "words",
    [
        "the boards are crooked and the shop is far away",
        "The jars are bent and the van is old.",
        "the shop is crowded and otto is tired",
        "the van drives otto up the wall",
    ],
)
def test_how_it_is_changes_nothing(words, tmp_path):
    with told(
        tmp_path, "Rosa fills the jar, 10 minutes. Rosa drives the jar to the shop. Otto writes the bill."
    ) as talk:
        before = talk.session.process
        talk.turn(words)
        assert talk.session.process.flow == before.flow
        assert talk.session.process.roles == before.roles
