"""Who does it instead, one verb in place of another, and the figure that is meant of several that are weighed up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import doer, names, told

from assistant.chat.turn import Talk
from assistant.process.blocks import Choice
from assistant.process.tree import tasks, walk

STORY = (
    "A hiker rents a tent. The guide shows the tent, 15 minutes. The clerk writes the slip, 5 minutes. "
    "If the tent is torn, which happens in 20 percent of the cases, the sailmaker mends the tent, one hour. "
    "The storeman washes and folds the tent, 30 minutes, and the tent dries for two hours. "
    "The clerk sends the hiker an email."
)


@pytest.fixture
def talk(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        yield made


@pytest.mark.parametrize(
    ("words", "step", "who"),
    [
        ("Apologies, that was my error - it is the head guide who shows the tent, not the guide", "show", "Head guide"),
        ("it's not the clerk but a temp that writes the slip", "write", "Temp"),
        ("the slip writes the trainee, not the clerk", "write", "Trainee"),
        ("swap that: the clerk shows the tent, the guide writes the slip", "write", "Guide"),
        ("the slip is written by the guide himself", "write", "Guide"),
        ("the guide writes the slip himself", "write", "Guide"),
        ("no, the clerk doesn't write the slip, her trainee does", "write", "Trainee"),
        ("the slip is written by his deputy", "write", "Deputy"),
        ("the clerk does not write the slip, the website does it by itself", "write", "Website"),
        ("guide and clerk are swapped: the clerk shows the tent, the guide writes the slip", "show", "Clerk"),
    ],
)
def test_who_does_it_instead(talk: Talk, words: str, step: str, who: str) -> None:
    talk.turn(words)
    assert doer(talk, step) == who


@pytest.mark.parametrize(
    "words", ["not folded, only washed", "he doesn't fold it, he only washes it", "the tent isn't folded, just washed"]
)
def test_of_two_things_done_only_one(talk: Talk, words: str) -> None:
    talk.turn(words)
    assert "Fold tent" not in names(talk)
    assert "Wash tent" in names(talk)
    assert next(role for role in talk.session.process.roles if role.name == "Storeman").capacity is None


def test_what_is_done_in_place_of_it_has_its_name(talk: Talk) -> None:
    talk.turn("not shown, only described")
    assert "Describe tent" in names(talk)
    talk.turn("there's no email any more, the guide phones them")
    assert doer(talk, "phone hiker") == "Guide"


def test_a_bare_number_of_a_share_is_one_in_percent(talk: Talk) -> None:
    talk.turn("the percentage is false, its 35")
    talk.turn("drying takes three hours with rain and two without, so say 2 and a half")
    way = next(step for step in walk(talk.session.process) if isinstance(step, Choice)).branches[0]
    waits = [task.wait.mean_seconds for task in tasks(talk.session.process) if task.wait]
    assert way.p == 0.35
    assert waits in ([9000], [])


def test_a_share_is_said_of_who_works_there(talk: Talk) -> None:
    talk.turn("no no, 5 percent only are going to the sailmaker")
    way = next(step for step in walk(talk.session.process) if isinstance(step, Choice)).branches[0]
    assert way.p == 0.05


@pytest.mark.parametrize(
    ("words", "when", "name"),
    [
        ("hikers who come after 8pm, one in ten, are let in by the porter", "hikers who come after", "Let in hikers"),
        ("tents that are older than five years get checked by the boss", "tents that are older than five years",
         "Check tents"),
        ("hikers who dont pay within 14 days get a letter from the clerk", "hikers who don't pay within 14 days",
         "Give letter"),
    ],
)  # fmt: skip
def test_which_of_them_is_a_condition(talk: Talk, words: str, when: str, name: str) -> None:
    talk.turn(words)
    ways = [step.branches[0] for step in walk(talk.session.process) if isinstance(step, Choice)]
    way = next(way for way in ways if when in str(way.when).lower())
    assert getattr(way.do.items[0], "name", "").lower() == name.lower()


def test_a_condition_in_front_tells_and_asks_nothing(talk: Talk) -> None:
    reply = talk.turn("when a hiker owes us money the clerk tells the guide first")
    assert "question" not in reply.kinds
    assert any("owes us money" in str(getattr(step, "question", "")) for step in walk(talk.session.process))


def test_what_a_condition_denies_takes_no_step_away(talk: Talk) -> None:
    talk.turn("when the slip is not signed, the clerk phones the hiker, 5 minutes")
    assert {"Write slip", "Phone hiker"} <= set(names(talk))


def test_what_somebody_is_at_meanwhile_stays_his(talk: Talk) -> None:
    talk.turn("while the sailmaker is mending, the hiker waits in the hut")
    assert doer(talk, "mend") == "Sailmaker"


def test_a_figure_of_something_else_is_nobodys(talk: Talk) -> None:
    talk.turn("if the hiker is late the storeman opens again, costs him 5 euros more")
    assert all(role.cost_per_hour is None for role in talk.session.process.roles)
    talk.turn("the guide pays a deposit of 50 pounds before the clerk writes anything")
    assert "Pay deposit" in names(talk)


@pytest.mark.parametrize(
    ("words", "step", "who"),
    [
        ("the slip is not written daily but weekly", "write", "Clerk"),
        ("tents by other makers don't need a sailmaker", "mend", "Sailmaker"),
        ("writing the slip is done by a robot meanwhile", "write", "Robot"),
        ("wrong person: the tent shows the head of sales, not the guide", "show", "Head of sales"),
    ],
)
def test_nobody_is_made_of_what_is_no_name(talk: Talk, words: str, step: str, who: str) -> None:
    talk.turn(words)
    assert doer(talk, step) == who


def test_numbers_of_people_of_money_and_of_time_stay_apart(talk: Talk) -> None:
    talk.turn("the slip is written by two clerks")
    talk.turn("writing the slip is done by the guide herself up to 500 euros")
    assert all(role.cost_per_hour is None and role.capacity != 500 for role in talk.session.process.roles)
    assert next(task for task in tasks(talk.session.process) if task.name == "Write slip").work.mean_seconds == 300


def test_what_one_is_given_is_given_by_somebody(talk: Talk) -> None:
    talk.turn("the hiker gets a map from the guide after the slip is written")
    assert doer(talk, "give map") == "Guide"
