"""What is asked in words that no wording knows, by the nearest of what people have asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from chat_kit import told

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


SUPPER = (
    "The cook writes the menu, 20 minutes. The waiter lays the table, 1.5 hours. "
    "The waiter carries the soup to the table, 5 minutes. The cook washes the pans."
)


@pytest.mark.parametrize(
    "words",
    [
        "is 1.2 days for the menu right",
        "are 2.5 hours of laying the table realistic",
        "would ten minutes for the soup be correct?",
        "is 1,5 h for the table true",
        "is an hour for the menu plausible",
    ],
)
def test_asking_whether_a_figure_is_right_sets_none_and_says_what_it_rests_on(own_home: Path, words: str) -> None:
    with told(own_home, SUPPER) as talk:
        before = talk.session.process
        reply = talk.turn(words)
        assert talk.session.process == before
        assert reply.kinds == ("question",)
        assert any("holds only if" in line for line in reply.lines)


@pytest.mark.parametrize(
    ("words", "step", "who"),
    [
        ("can the waiter write the menu himself", "Write menu", "Waiter"),
        ("could the cook lay the table instead", "Lay table", "Cook"),
        ("can't the cook carry the soup himself?", "Carry soup to table", "Cook"),
        ("should the waiter wash the pans", "Wash pans", "Waiter"),
    ],
)
def test_asking_whether_somebody_else_could_do_it_gives_it_to_nobody_until_picked(
    own_home: Path, words: str, step: str, who: str
) -> None:
    with told(own_home, SUPPER) as talk:
        before = talk.session.process
        reply = talk.turn(words)
        assert talk.session.process == before
        assert reply.lines[1] == f"(1) give {step} to {who}"
        assert f"Gave “{step}” to {who}." in "\n".join(talk.turn("1").lines)
