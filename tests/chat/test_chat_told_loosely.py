"""Turns as they come: mistyped, told by another figure, with a reason behind, for some of the cases, nothing meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import doer, names, told

from assistant.chat.turn import Talk
from assistant.language.change.catalogue import Catalogue
from assistant.language.correct.asides import without_asides
from assistant.language.correct.sound_conditions import sound
from assistant.language.correct.words_as_known import as_known
from assistant.process.blocks import Choice
from assistant.process.tree import tasks, walk

STORY = (
    "A guest orders a meal. The waiter notes the order, 2 minutes. The cook prepares the dish, 20 minutes. "
    "The waiter serves the dish, 4 minutes. The cashier takes the payment, 3 minutes."
)


@pytest.fixture
def talk(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        yield made


def test_words_are_read_as_the_process_knows_them(talk: Talk) -> None:
    known = Catalogue(talk.session.process)
    assert as_known("the cahsier prints it", known) == "the cashier prints it"
    assert as_known("serving takes as long as the payment", known) == "serving takes 3 minutes"
    assert as_known("noting is a minute, the payment twice that", known) == "noting is a minute, the payment 2 minutes"
    assert as_known("the preparing takes five minutes less", known) == "the preparing takes 15 minutes"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("he wipes the board so nobody gets ill", "he wipes the board "),
        ("the cook comes last; otherwise we wait for nothing", "the cook comes last "),
        ("tasting is 8 minutes since we changed the oven, not 5", "tasting is 8 minutes, not 5"),
        ("leave out the ironing, we lease it all since May and it comes back clean", "leave out the ironing"),
        (
            "the broth is another matter, they buy it these days so 3 minutes",
            "the broth is another matter, so 3 minutes",
        ),
        ("if it is cold he warms it, otherwise he serves it", "if it is cold he warms it, otherwise he serves it"),
    ],
)
def test_reasons_are_no_part_of_what_is_told(words: str, left: str) -> None:
    assert without_asides(words) == left


@pytest.mark.parametrize(
    ("words", "linked", "may"),
    [("that", True, False), ("1 in thirty", True, False), ("over 200 euros", True, True), ("the", True, False),
     ("they pay half of it", False, False), ("they pay half of it", True, True)],
)  # fmt: skip
def test_a_condition_says_what_differs(words: str, linked: bool, may: bool) -> None:
    assert sound(words, linked) is may


def test_the_time_of_two_steps_at_once(talk: Talk) -> None:
    talk.turn("noting is 2 minutes, yes. serving and preparing take longer, half an hour each")
    work = {task.name: task.work.mean_seconds for task in tasks(talk.session.process) if task.work}
    assert (work["Note order"], work["Serve dish"], work["Prepare dish"]) == (120, 1800, 1800)


def test_a_step_for_a_share_of_the_cases(talk: Talk) -> None:
    talk.turn("the waiter doesn't note every order, only two in five")
    ways = [step for step in walk(talk.session.process) if isinstance(step, Choice)]
    assert [[branch.p for branch in way.branches] for way in ways] == [[0.4, 0.6]]


def test_who_does_it_is_no_other_name(talk: Talk) -> None:
    talk.turn("it's the cook who serves it, not the waiter")
    assert doer(talk, "serve dish") == "Cook"
    assert doer(talk, "note order") == "Waiter"


def test_two_steps_change_places(talk: Talk) -> None:
    talk.turn("other way round: first the cashier takes the payment and then the cook prepares the dish")
    assert names(talk).index("Take payment") < names(talk).index("Prepare dish")


@pytest.mark.parametrize("words", ["hang on, the phone. back in 5", "one sec, phone's ringing", "what can i type here"])
def test_what_is_not_told_changes_nothing(talk: Talk, words: str) -> None:
    before = talk.session.process
    assert not {"story", "answer"} & set(talk.turn(words).kinds)
    assert talk.session.process == before


def test_a_wait_is_meant_by_the_words_and_the_figure_it_was_told_in(own_home: Path) -> None:
    with told(
        own_home, "The baker kneads the dough, 9 minutes. The dough rests for three hours. Then the baker bakes it."
    ) as talk:
        talk.turn("resting, that's five hours now, three was the old flour")
        waits = [step.wait.mean_seconds for step in tasks(talk.session.process) if step.wait]
    assert waits == [5 * 3600.0]
