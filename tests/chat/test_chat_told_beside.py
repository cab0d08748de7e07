"""Answers that set what was told beside what a play makes of it, and that look up the very thing asked about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import App
from assistant.chat.turn import Talk
from assistant.workspace.session import Bench, Session

STORY = (
    "A bather asks for a ticket. The cashier checks the form, 3 minutes. If the family has a card, which is the case "
    "for 30 percent, the social office confirms the card, and that takes three days. The office prints the ticket, 1 "
    "minute, and it waits five hours before that. We sell 70 tickets a day."
)


@pytest.fixture
def talk(own_home: Path) -> Iterator[Talk]:
    app = App.build({"ASSISTANT_HOME": str(own_home)})
    made = Talk(Session(Bench(app.settings, app.store, lambda: app.library, lambda: None), "p"), lambda *_: [])
    made.turn(STORY)
    yield made
    app.store.close()


def answer(talk: Talk, words: str) -> str:
    return "\n".join(talk.turn(words).lines)


def test_a_wait_that_comes_out_longer_than_told_names_what_was_told(talk: Talk) -> None:
    assert "you told 5 h" in answer(talk, "Where does the time go?")


def test_a_wait_of_some_cases_only_names_their_share(talk: Talk) -> None:
    assert "you told 3 days, in 30% of the cases" in answer(talk, "Where does the time go?")


def test_what_was_said_about_one_thing_is_its_sentence(talk: Talk) -> None:
    told = answer(talk, "What did I say about the card?")
    assert "which is the case for 30 percent" in told
    assert "70 tickets" not in told


def test_one_more_of_a_role_nobody_counted_is_played_from_the_fewest(talk: Talk) -> None:
    told = answer(talk, "What if we had one more cashier?")
    assert "if nobody ever waits for “Cashier”: how many there are was not told" in told
    assert "If “Cashier” is 1 person, the fewest that can do the work, a case takes" in told


def test_a_number_of_people_is_played_against_the_fewest_who_can_do_the_work(talk: Talk) -> None:
    told = answer(talk, "What if we had three cashiers?")
    assert "With 3 people for the work of “Cashier”, a case takes" in told
    assert "If “Cashier” is 1 person, the fewest that can do the work, a case takes" in told


def test_the_time_of_work_told_just_before_is_no_time_of_another_step(talk: Talk) -> None:
    told = answer(talk, "oh and she orders the cards from the printer too, that needs ten working days")
    assert "Which of these" not in told
    assert "Order cards from printer" in told


def test_nobody_is_asked_how_many_people_are_called_marta(talk: Talk) -> None:
    told = "\n".join(talk.turn("Then Marta counts the coins, two minutes.").lines) + answer(talk, "questions")
    assert "work as Marta" not in told


def test_one_more_of_two_roles_is_played_for_both(talk: Talk) -> None:
    talk.turn("There are two cashiers and the office has three people.")
    told = answer(talk, "What if we had another cashier and another office?")
    assert "With 1 person more for the work of “Cashier” and of" in told
