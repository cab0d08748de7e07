"""Wordings that say what they change: a step left out for a kind of cases, what waits, what is done meanwhile."""

from __future__ import annotations

import pytest
from chat_kit import doer, names, told

from assistant.process.blocks import Choice, Parallel
from assistant.process.tree import walk

PRINTS = (
    "A customer uploads a file. Dev checks the file. The operator makes a proof. The customer approves the proof. "
    "The cashier calculates the fee. The vet interviews the owner."
)
HOTEL = (
    "The guest rings the bell. The porter carries the bags upstairs. The housekeeper checks the room. "
    "The barber cuts the hair. The guest pays at the desk."
)


@pytest.mark.parametrize(
    ("words", "kind", "steps"),
    [
        ("rush jobs skip the proof", "rush jobs", ["Make proof", "Approve proof"]),
        ("small repairs skip the cashier and go straight to the vet", "small repairs", ["Calculate fee"]),
        ("For regulars no check is required.", "regulars", ["Check file"]),
        ("no interview for members", "members", ["Interview owner"]),
        ("students get it for free, then no fee is calculated", "students", ["Calculate fee"]),
    ],
)
def test_a_step_is_left_out_for_a_kind_of_cases(words, kind, steps, tmp_path):
    with told(tmp_path, PRINTS) as talk:
        talk.turn(words)
        (made,) = [block for block in walk(talk.session.process) if isinstance(block, Choice)]
        assert [way.when for way in made.branches] == [f"not {kind}", kind]
        assert [step.name for step in made.branches[0].do.items] == steps


@pytest.mark.parametrize("words", ["nobody skips the proof", "no fee is needed for the posters"])
def test_what_names_no_kind_of_cases_leaves_nothing_out(words, tmp_path):
    with told(tmp_path, PRINTS) as talk:
        before = talk.session.process.flow
        talk.turn(words)
        assert talk.session.process.flow == before


@pytest.mark.parametrize(
    ("words", "new", "next_to"),
    [
        ("first and foremost the doorman opens the door, then only anything happens", "Open door", "Ring bell"),
        ("the guest signs the form, only after this the guest pays", "Sign form", "Pay at desk"),
        ("the clerk copies the passport and only then the porter carries the bags", "Copy passport", "Carry bags"),
        ("The guest signs a form. Only then the barber cuts the hair.", "Sign form", "Cut hair"),
        ("in between, so after the room is checked and before the cut, the waiter brings coffee", "Bring coffee",
         "Cut hair"),
    ],
)  # fmt: skip
def test_what_has_to_wait_stands_behind_what_it_waits_for(words, new, next_to, tmp_path):
    with told(tmp_path, HOTEL) as talk:
        talk.turn(words)
        every = names(talk)
        assert every[every.index(next_to) - 1] == new


@pytest.mark.parametrize(
    "words",
    [
        "While the hair is being cut the waiter is bringing coffee.",
        "meanwhile, i.e. while the hair is cut, the waiter brings coffee",
    ],
)
def test_what_somebody_does_while_another_step_is_done_runs_beside_it(words, tmp_path):
    with told(tmp_path, HOTEL) as talk:
        talk.turn(words)
        (made,) = [block for block in walk(talk.session.process) if isinstance(block, Parallel)]
        assert [[step.name for step in way.do.items] for way in made.branches] == [["Cut hair"], ["Bring coffee"]]


@pytest.mark.parametrize(
    ("words", "kind", "step"),
    [
        ("in between the bellboy parks the car, but only for guests who come by car", "guests who come by car",
         "Park car"),
        ("the chef cooks a menu, only for groups", "groups", "Cook menu"),
        ("ina irons the shirts, only for suites", "suites", "Iron shirts"),
        ("The porter carries the bags, but only for VIPs.", "VIPs", "Carry bags"),
    ],
)  # fmt: skip
def test_what_is_done_only_for_a_kind_is_done_in_that_case(words, kind, step, tmp_path):
    with told(tmp_path, HOTEL) as talk:
        talk.turn(words)
        (made,) = [block for block in walk(talk.session.process) if isinstance(block, Choice)]
        assert [(way.when, [inner.name for inner in way.do.items]) for way in made.branches] == [
            (kind, [step]), ("otherwise", []),
        ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "photos are none of our business, guests bring their own camera",
        "we have nothing to do with the taxi, guests ring the driver themselves",
    ],
)
def test_what_is_no_work_of_ours_changes_nothing(words, tmp_path):
    with told(tmp_path, HOTEL) as talk:
        before = talk.session.process.flow
        talk.turn(words)
        assert talk.session.process.flow == before


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("hair is cut by a stylist now, not the barber", "Stylist"),
        ("Sorry, it is the porter who cuts the hair, we are not having any barber", "Porter"),
    ],
)
def test_other_hands_are_called_by_their_name_alone(words, who, tmp_path):
    with told(tmp_path, HOTEL) as talk:
        talk.turn(words)
        assert doer(talk, "cut hair") == who


def test_a_feeling_behind_a_case_is_nothing_that_is_done_in_it(tmp_path):
    with told(tmp_path, HOTEL) as talk:
        talk.turn("if the room isn't clean it goes back to the housekeeper, they all moan about it lol")
        assert not any("moan" in name.lower() for name in names(talk))


def test_who_waits_until_something_is_so_does_nothing_earlier(tmp_path):
    with told(tmp_path, HOTEL) as talk:
        before = names(talk)
        talk.turn("the housekeeper waits until the guest is out")
        assert [name for name in names(talk) if name in before] == before
