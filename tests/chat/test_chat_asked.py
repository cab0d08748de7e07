"""What is asked in words that no wording knows, by the nearest of what people have asked."""

from __future__ import annotations

import pytest

from assistant.language.turn.asked import order_meant, question_meant
from assistant.language.turn.kinds import About, Chitchat, Question


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("whose baby would that be", About.OWNER),
        ("what ought we to be counting week by week", About.MEASURE),
        ("is there a bit I have not told you", About.MISSING),
    ],
)
def test_a_question_goes_to_the_nearest_topic(words: str, topic: About) -> None:
    assert question_meant(words, About.OTHER) == Question(words, topic)


def test_words_near_to_no_topic_stay_what_they_were() -> None:
    words = "does the porcelain sing in the moonlight"
    assert question_meant(words, About.OTHER) == Question(words, About.OTHER)
    assert order_meant("the porcelain sings in the moonlight", 1.0) is None


def test_who_asks_for_the_program_is_told_of_it() -> None:
    assert question_meant("are you a machine", About.OTHER) == Chitchat("are you a machine", of_program=True)
