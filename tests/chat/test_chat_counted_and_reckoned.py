"""How many cases go one way in a time, how much work and money one person is, where a figure was told, and what is
said where something is wrong and nothing says what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk

STORY = (
    "A guest orders a cake. The baker bakes the cake, 40 minutes. If the guest wants writing, in 25 percent of the "
    "orders, the decorator writes the text, 8 minutes. The baker boxes the cake, 5 minutes. If the cake is broken, in "
    "10 percent, the baker bakes the cake again. We get 20 orders a day. A baker costs 24 euros an hour."
)


@pytest.fixture
def cakes(own_home: Path, short_plays: None) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        yield made


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("how many guests want writing per day", "About 5 a day"),
        ("how many texts is that a week?", "That is about 35 a week."),
        ("how many do not want writing in a week", "That is about 105 a week."),
        ("how many are broken a day", "About 2 a day"),
        ("how many come back to the baker in a month?", "That is about 61 a month."),
        ("how many cakes do we box a week", "20 a day on average"),
        ("how many cakes can we do a day", "at most I have not reckoned"),
        ("how many minutes a day does the decorator need for writing", "44 min a day"),
        ("how much time goes into boxing per day", "1.9 h a day"),
        ("whats one hour of the baker again", "an hour of “Baker”: 24 EUR; as you told"),
        ("what do we pay the baker per hour", "an hour of “Baker”: 24 EUR; as you told"),
        ("what does the baker cost us a cake", "The work of “Baker” costs about"),
        ("where does the 25 percent come from", "in 25 percent of the orders"),
        ("did i say 8 minutes", "the decorator writes the text, 8 minutes"),
        ("some of that is not quite right i think", "Which part is wrong?"),
        ("there must be a mistake somewhere", "Which part is wrong?"),
        ("thats only half right", "Which part is wrong?"),
    ],
)
def test_is_answered_by_what_is_asked(cakes: Talk, words: str, said: str) -> None:
    before = names(cakes)
    lines = "\n".join(cakes.turn(words).lines)
    assert said in lines
    assert names(cakes) == before


def test_a_part_that_is_named_is_no_vague_word(cakes: Talk) -> None:
    assert not cakes.turn("the boxing is not right, the decorator does it").lines[0].startswith("Which part is wrong?")
