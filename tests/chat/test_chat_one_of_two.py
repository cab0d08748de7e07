"""Words that take out one of two steps thought to be the same: never the one they say it is."""

from __future__ import annotations

import pytest
from chat_kit import names, told

STORY = (
    "Ana receives the goods, 10 minutes. Ben checks the goods, 20 minutes. Cleo weighs the goods, 5 minutes. "
    "Dan stores the goods, 15 minutes."
)


@pytest.mark.parametrize(
    "words",
    [
        "drop the second weighing, weigh goods is the weighing",
        "Remove the other storing, Store goods is the storing.",
        "delete the duplicate check, “Check goods” is already the check",
    ],
)
def test_the_one_of_two_that_is_it_is_not_taken_out(words, tmp_path):
    with told(tmp_path, STORY) as talk:
        before = names(talk)
        talk.turn(words)
        assert names(talk) == before


def test_a_reason_behind_the_step_lets_it_go(tmp_path):
    with told(tmp_path, STORY) as talk:
        talk.turn("drop the weighing, it is a waste")
        assert "Weigh goods" not in names(talk)


@pytest.mark.parametrize("words", ["delete everything", "Please remove all the steps.", "delete the whole process"])
def test_an_order_to_take_out_all_says_how_to_begin_afresh(words, tmp_path):
    with told(tmp_path, STORY) as talk:
        before = names(talk)
        assert talk.turn(words).lines[0].startswith("What was told stays.")
        assert names(talk) == before
