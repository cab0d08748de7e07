"""Somebody with more work than time is so in every answer, whatever wait was told as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from chat_kit import told

STORY = (
    "Twelve bicycles come in a day. The mechanic mends the bicycle, one hour. There is only one mechanic. "
    "The cashier takes the money, five minutes. There are two cashiers."
)
WAIT = "the bicycle waits three days before the mechanic mends it because the mechanic is busy"


def test_a_told_wait_does_not_make_whoever_is_overloaded_idle(own_home: Path, short_plays: None) -> None:
    with told(own_home, STORY) as talk:
        talk.turn(WAIT)
        who = " ".join(talk.turn("who is overloaded?").lines)
        assert "more work than time for “Mechanic” (busy 150% of the time)" in who
        assert "busy 0%" not in who
        assert "150 %" in " ".join(talk.turn("what hurts most?").lines)
        assert "150 %" in " ".join(talk.turn("propose").lines)
        then = " ".join(talk.turn("what if we had a second mechanic").lines)
        assert "75% of the time instead of 150%" in then
        assert "shorter" in then
        assert "“Mechanic”: no difference" not in " ".join(talk.turn("what if one more person?").lines)


def test_more_hands_are_proposed_where_people_cases_and_times_were_told(own_home: Path, short_plays: None) -> None:
    with told(own_home, STORY) as talk:
        talk.turn(WAIT)
        offered = "\n".join(talk.turn("propose").lines)
        assert "1 more for Mechanic (1 becomes 2): busy 75 % of the time instead of 150 %" in offered


def test_a_load_is_worked_out_where_it_is_doubted_and_a_queue_without_end_is_no_time(
    own_home: Path, short_plays: None
) -> None:
    with told(own_home, STORY) as talk:
        assert "cannot be right" in talk.turn("where does the time go?").lines[-1]
        why = talk.turn("why do you say 150%?").lines[0]
        assert "60 cases a week with 1 h of work each make 60 h; 1 person has 40 h a week. That is 150%" in why


def test_what_nobody_told_is_said_once(own_home: Path, short_plays: None) -> None:
    with told(own_home, STORY) as talk:
        first, then = (talk.turn(words).lines[-1] for words in ("how long does a case take?", "where does it wait?"))
        assert "Not told: " in first
        assert "Not told: " not in then


def test_nobody_is_asked_who_answers_for_a_work_that_is_hardly_told(own_home: Path, short_plays: None) -> None:
    with told(own_home, STORY) as talk:
        assert {"owner", "price", "customers"}.isdisjoint(question.id for question in talk.ask())
        more = talk.turn("Then the apprentice cleans the bicycle, ten minutes, and the cashier rings the customer.")
        assert "owner" in {question.id for _ in range(6) for question in (*more.questions, *talk.ask())}


@pytest.mark.parametrize(
    ("story", "said"),
    [
        ("Ten cars come in a day. The painter paints the car, two hours, we've only got the one, Olga.", ""),
        ("Ten cars come in a day. The painter paints the car, two hours.", "Olga is the only painter"),
    ],
)
def test_the_only_one_is_one_person(own_home: Path, short_plays: None, story: str, said: str) -> None:
    with told(own_home, f"{story} Then the clerk writes the bill, five minutes.") as talk:
        if said:
            talk.turn(said)
        assert [role.capacity for role in talk.session.process.roles if role.name == "Painter"] == [1]


RELIEF = (
    "Twelve vases come in a day. Ingrid paints the vase, one hour. Then Paul packs the vase, ten minutes. "
    "Then the clerk posts the vase, five minutes."
)


def test_somebody_called_by_a_first_name_is_one_person_who_may_have_too_much(own_home: Path, short_plays: None) -> None:
    with told(own_home, RELIEF) as talk:
        assert "more work than time for “Ingrid” (busy 150% of the time)" in talk.turn("who is overloaded?").lines[0]
        counted = talk.turn("There is only one Ingrid.")
        assert talk.session.process.roles[0].capacity == 1, counted.lines


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("what if Paul did the painting?", "“Paint vase” done by “Paul”, work piles up without end all the same"),
        ("what if Paul took half of the painting?", "whoever is free, a case takes"),
        ("what if Paul helped Ingrid with painting?", "Today work piles up without end"),
    ],
)
def test_relief_by_somebody_else_is_played(words: str, title: str, own_home: Path, short_plays: None) -> None:
    with told(own_home, RELIEF) as talk:
        said = " ".join(talk.turn(words).lines)
        assert title in said
        assert "takes 0 s" not in said
