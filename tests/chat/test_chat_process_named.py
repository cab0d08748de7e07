"""What the process is called is told in so many words: its name changes, and no step goes or is called otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk

STORY = "The groom feeds the horse, 10 minutes. The rider saddles the horse. The groom cleans the stable, half an hour."


@pytest.fixture
def stable(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as talk:
        yield talk


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("call the process Clean stable", "Clean stable"),
        ("call it Stable desk", "Stable desk"),
        ("call the whole thing Lending desk", "Lending desk"),
        ("name it morning at the stable", "Morning at the stable"),
        ('Please call all of it "Horse care".', "Horse care"),
        ('Please call the process "Feed horse".', "Feed horse"),
        ("rename the process to saddle horses", "Saddle horses"),
        ("the name of the process is Morning at the stable", "Morning at the stable"),
        ("our process should be called horse care please", "Horse care"),
        ("change the name of the process to Feed and saddle", "Feed and saddle"),
    ],
)
def test_the_process_is_called_so_and_its_steps_stay(stable: Talk, words: str, name: str) -> None:
    before = names(stable)
    stable.turn(words)
    assert stable.session.process.name == name
    assert names(stable) == before


def test_where_only_the_wrong_name_is_said_it_is_asked_for(stable: Talk) -> None:
    before = stable.session.process
    reply = stable.turn("the process is about feeding horses, please change the name")
    assert stable.session.process == before
    assert reply.lines[1] == "(1) call the process Feeding horses"
    stable.turn("1")
    assert stable.session.process.name == "Feeding horses"


def test_a_role_is_called_otherwise_and_the_process_keeps_its_name(stable: Talk) -> None:
    before = stable.session.process.name
    stable.turn("call the groom ostler")
    assert stable.session.process.name == before
    assert [role.name for role in stable.session.process.roles] == ["Ostler", "Rider"]


def test_somebody_with_the_word_in_his_title_is_no_name(stable: Talk) -> None:
    before = stable.session.process
    stable.turn("call the process owner")
    assert stable.session.process == before


@pytest.mark.parametrize("words", ["call it a day", "call the whole thing off"])
def test_to_call_it_a_day_names_nothing(stable: Talk, words: str) -> None:
    before = stable.session.process
    stable.turn(words)
    assert stable.session.process.name == before.name
    assert stable.session.process.flow == before.flow
