"""Taking out and putting back in plain words, and what `undo` says of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk
from assistant.process.blocks import Choice
from assistant.process.tree import walk

STORY = (
    "The gardener digs the bed, ten minutes. Then the florist ties the bouquet, two minutes. "
    "Then the clerk writes the bill, five minutes."
)
STEPS = ["Dig bed", "Tie bouquet", "Write bill"]


@pytest.fixture
def beds(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as talk:
        yield talk


@pytest.mark.parametrize("words", ["put the bill back", "no, leave the bill in", "restore the bill"])
def test_what_was_taken_out_comes_back_whatever_was_said_since(beds: Talk, words: str) -> None:
    beds.turn("remove the bill")
    beds.turn("the florist wraps the bouquet after tying it")
    beds.turn(words)
    assert set(STEPS) < set(names(beds))


def test_a_step_is_ordered_out_while_the_story_is_told_in_pieces(own_home: Path) -> None:
    with told(own_home, "the baker kneads the dough, 20 minutes. Then the baker bakes the bread") as talk:
        talk.turn("Lisa sells the bread, 2 minutes")
        talk.turn("remove the kneading")
        assert names(talk) == ["Bake bread", "Sell bread"]


def test_what_is_there_is_not_put_back(beds: Talk) -> None:
    beds.turn("leave the bill in")
    assert names(beds) == STEPS


def test_a_turn_is_taken_back_by_what_it_spoke_of(beds: Talk) -> None:
    beds.turn("the florist wraps the bouquet after tying it")
    beds.turn("the clerk posts the bill at the end")
    beds.turn("take back the wrapping")
    assert names(beds) == [*STEPS, "Post bill"]


@pytest.mark.parametrize("words", ["no, thats wrong", "you muddled it all up"])
def test_what_is_only_called_wrong_is_shown_with_the_way_back(beds: Talk, words: str) -> None:
    beds.turn("the clerk posts the bill at the end")
    lines = beds.turn(words).lines
    assert any("“Post bill”" in line for line in lines)
    assert "`undo`" in lines[-1]


@pytest.mark.parametrize(
    "words", ['remove the question "Wilted?"', "there is no question about wilted", 'remove "Is wilted?"']
)
def test_a_question_goes_by_its_name(beds: Talk, words: str) -> None:
    beds.turn("10 % of the flowers are wilted, then the florist sorts them first")
    beds.turn(words)
    beds.turn("2")
    assert not [step for step in walk(beds.session.process) if isinstance(step, Choice)]
    assert names(beds) == STEPS


def test_undo_names_the_decision_it_takes_back(beds: Talk) -> None:
    beds.turn("propose")
    title = beds.session.proposals()[0].title
    beds.turn("reject 1 too dear")
    assert f"- your decision to turn down “{title}”" in beds.turn("undo").lines
