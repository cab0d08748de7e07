"""Days of somebody's work, times of two things together, and waits behind what they wait for."""

from __future__ import annotations

import pytest
from reading_kit import framed, shape, task_named

from assistant.language.reading import read_story
from assistant.process.blocks import Task, Wait
from assistant.process.tree import tasks, walk

HEAD, TAIL = "The clerk writes the order, ten minutes.", "The clerk writes the bill."


@pytest.mark.parametrize(
    ("told", "hours"),
    [
        ("The joiner builds the shelf, half a day.", 4),
        ("The joiner builds the shelf, a day and a half.", 12),
        ("The joiner builds the shelf, one day.", 8),
        ("The joiner builds the shelf, that takes him two days.", 16),
        ("The joiner builds the shelf. The joiner needs half a day.", 4),
        ("The joiner builds the shelf. Building takes a day and a half.", 12),
        ("Three men build the shelf, a day.", 8),
    ],
)
def test_days_behind_somebodys_work_are_working_days(told: str, hours: int) -> None:
    task = task_named(read_story(f"{HEAD} {told} {TAIL}").process, "build")
    assert task.wait is None
    assert task.work is not None
    assert task.work.mean_seconds == hours * 3600


def test_days_until_somebody_has_approved_are_no_work() -> None:
    process = read_story(f"{HEAD} The boss approves the order, one day. {TAIL}").process
    assert task_named(process, "approve").work is None


def test_a_time_altogether_behind_two_things_is_theirs() -> None:
    sent = "The clerk sends the shelf and the bill, 20 minutes altogether."
    process = read_story(f"{HEAD} The joiner builds the shelf, two hours. {sent}").process
    work = task_named(process, "send").work
    assert not process.measures
    assert work is not None
    assert work.mean_seconds == 1200


def test_what_others_take_to_say_yes_is_waited_for_behind_the_mail() -> None:
    told = "Ida mails the sketch to the family and they take two weeks to decide. Ida fills in the form."
    assert shape(told) == ["Mail sketch to family", ("wait", "Wait for answer of family"), "Fill in form"]


def test_nothing_begins_before_what_the_next_step_waits_for() -> None:
    told = (
        "Ida asks for the deposit. We don't start before the money is there, which takes ten days. Then Ben draws it."
    )
    process = read_story(told).process
    assert task_named(process, "ask").wait is None
    assert task_named(process, "draw").wait is not None


def test_people_in_brackets_are_head_counts() -> None:
    process = read_story(
        "Packers (4) fill the box. Sales (Ida, Ben) writes the bill. The kitchen (6 cooks) bakes it."
    ).process
    assert [role.capacity for role in process.roles] == [4, 2, 6]


@pytest.mark.parametrize(
    ("told", "steps"),
    [
        ("I sign the map; by law only a sworn engineer may do that.", ["Sign map"]),
        ("Eva types the list, an hour - they have noted it on paper.", ["Type list"]),
        ("Eva types the list. Tenants ring all the time to ask where it is.", ["Type list"]),
        ("My sister measures the flat, two hours.", ["Measure flat"]),
        ("My brother checks and signs the map.", ["Check map", "Sign map"]),
    ],
)
def test_what_is_said_of_the_work_is_no_step_and_what_family_does_is(told: str, steps: list[str]) -> None:
    assert [name for name, _ in framed(told)] == steps


def test_what_they_take_to_answer_in_a_sentence_of_its_own_is_waited_behind_what_they_were_sent() -> None:
    told = read_story(
        "A customer rings. I write an estimate, twenty minutes. They take about a week to say yes. Then Paul orders "
        "the fabric. Paul strips the chair."
    ).process
    row = [step.name for step in walk(told) if isinstance(step, Task | Wait)]
    assert row == ["Write estimate", "Wait for answer", "Order fabric", "Strip chair"]


def test_the_time_of_us_together_is_the_work_of_that_step() -> None:
    told = "On Friday the three of us, Ben, Lea who helps out and me, lay the tables, that's nine hours in all."
    process = read_story(f"The clerk books the hall. {told} The driver takes the chairs back.").process
    step = task_named(process, "Lay tables")
    assert (step.work.value, step.work.unit, step.role is None, process.measures) == (9, "h", False, ())


def test_a_time_in_brackets_is_no_head_count() -> None:
    process = read_story(
        "cook fries fish (10 min). waiter carries plates (2 h). dishwashers (3) clean pans (5 min). "
        "The garden team (2 people) cuts the hedge."
    ).process
    assert [role.capacity for role in process.roles] == [None, None, 3, 2]
    assert [task.work and task.work.mean_seconds for task in tasks(process)] == [600, 7200, 300, None]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (
            "The guest asks for a room. Rosa looks in the price list, 5 minutes, and writes the offer.",
            "look in price list",
        ),
        ("the guest asks for a room. rosa looks into the book, 5 minutes, and writes the offer", "look into book"),
        ("The member asks for a boat. Rosa looks on the shelf, 5 minutes, and hands out the key.", "look on shelf"),
        ("The guest asks for a room. Rosa thinks about it, 5 minutes, and writes the offer.", "write offer"),
    ],
)
def test_a_time_told_with_what_one_does_is_not_the_work_of_who_was_told_before(told: str, name: str) -> None:
    timed = [task.name.lower() for task in walk(read_story(told).process) if isinstance(task, Task) and task.work]
    assert timed == [name]
