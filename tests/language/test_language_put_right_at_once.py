"""What a teller puts right in the same breath: only the second is told."""

from __future__ import annotations

import pytest
from reading_kit import framed, task_named

from assistant.language.reading import read_story

FRAME = "The clerk opens the plan. {} The clerk files the plan."


@pytest.mark.parametrize(
    ("told", "minutes"),
    [
        ("Ben types the list, ten minutes, er, rather twenty minutes because of the trees.", 20),
        ("Ben types the list, 10 min, no wait, 15 min.", 15),
        ("ben types the list, five minutes, or rather about eight minutes.", 8),
        ("Ben types the list, an hour, sorry, half an hour.", 30),
        ("Ben types the list, 10 minutes, make that 15.", 15),
        ("Ben types the list, ten minutes, no more.", 10),
    ],
)
def test_a_time_put_right_at_once_is_the_second(told: str, minutes: int) -> None:
    work = task_named(read_story(FRAME.format(told)).process, "type").work
    assert work is not None
    assert work.mean_seconds == minutes * 60


@pytest.mark.parametrize(
    ("told", "steps"),
    [
        ("The boss signs the lease, no, not the boss, her deputy signs the lease.", [("Sign lease", "Deputy")]),
        ("the head of sales signs the offer, no, not the head of sales, the owner.", [("Sign offer", "Owner")]),
        ("The nurse takes the blood, no sorry, the doctor takes the blood.", [("Take blood", "Doctor")]),
        ("Eva sends the offer to the boss, no, to the bank.", [("Send offer to bank", "Eva")]),
        ("The baker bakes the bread, not the cake as we used to.", [("Bake bread", "Baker")]),
        (
            "The baker bakes the bread, and the porter packs the bread.",
            [("Bake bread", "Baker"), ("Pack bread", "Porter")],
        ),
    ],
)
def test_who_and_what_is_put_right_at_once_is_the_second(told: str, steps: list[tuple[str, str]]) -> None:
    assert framed(told) == steps


def test_a_no_that_somebody_says_puts_nothing_right() -> None:
    told = "The boss calls the bank, no bank calls the boss. If the boss says no, Ann says it to the client."
    assert ("Call bank", "Boss") in framed(told)


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("We plan about ninety gardens a year, scratch that, a hundred and ten last year.", 365 / 110),
        ("we plan 50 gardens a year, i mean 60", 365 / 60),
        ("We plan 12 gardens a week, no wait, 14.", 0.5),
        ("we plan 20 gardens a week, er, rather 28 gardens a week", 0.25),
        ("We plan 14 gardens a week, no more than 16 minutes each.", 0.5),
    ],
)
def test_how_many_put_right_at_once_is_the_second(told: str, days: float) -> None:
    process = read_story(f"The gardener draws the garden. The clerk files the plan. {told}").process
    assert process.volume is not None
    assert process.volume.between is not None
    assert process.volume.between.mean_seconds == pytest.approx(days * 86400, rel=0.001)
    assert framed("The gardener draws the garden. " + told)[0] == ("Draw garden", "Gardener")


@pytest.mark.parametrize(
    ("told", "minutes"),
    [
        ("Ben types the list, twenty minutes, no, thirty.", 30),
        ("ben types the list in ninety, scratch that, a hundred and ten minutes", 110),
        ("Ben types the list, ten, er, fifteen minutes, and the nurse reads it.", 15),
        ("ben types the list, two hours, make that three, and the nurse reads it", 180),
        ("Ben types the list, ten minutes, no, two people read it.", 10),
    ],
)
def test_a_number_put_right_at_once_has_the_unit_of_the_other(told: str, minutes: int) -> None:
    work = task_named(read_story(FRAME.format(told)).process, "type").work
    assert work is not None
    assert work.mean_seconds == minutes * 60


@pytest.mark.parametrize(
    ("told", "steps"),
    [
        ("The waiter, sorry, the cook signs the list.", [("Sign list", "Cook")]),
        ("tom, no wait, ben signs the list.", [("Sign list", "Ben")]),
        ("Then Tom, er, Ben signs the list.", [("Sign list", "Ben")]),
        ("ben reads the list and the nurse, i mean the doctor signs the list.",
         [("Read list", "Ben"), ("Sign list", "Doctor")]),
    ],
)  # fmt: skip
def test_whoever_is_named_last_does_it(told: str, steps: list[tuple[str, str]]) -> None:
    assert framed(told) == steps


@pytest.mark.parametrize(
    ("told", "steps"),
    [
        ("Ben packs the box, not Eva. The guest pays, not the boss.", [("Pack box", "Ben"), ("Pay", "Guest")]),
        (
            "the nurse takes the blood not the doctor. the vet signs it",
            [("Take blood", "Nurse"), ("Sign blood", "Vet")],
        ),
        ("Not the driver but Ben writes the bill.", [("Write bill", "Ben")]),
        ("Ben sends the bill to the customer, not the insurer.", [("Send bill to customer", "Ben")]),
    ],
)
def test_who_does_it_not_is_nothing_that_is_done(told: str, steps: list[tuple[str, str]]) -> None:
    assert framed(told) == steps
