"""Verbs in a row and what stands between: each is a step of its own, done by who is meant."""

from __future__ import annotations

import pytest
from reading_kit import FRAME, framed

from assistant.language.reading import read_story
from assistant.process.blocks import Task
from assistant.process.tree import tasks, walk


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "The porters sort the parcels. They weigh the crate, check for leaks.",
            ["Sort parcels", "Weigh crate", "Check for leaks"],
        ),
        (
            "Then we go through the drawers and pick out what is faded.",
            ["Go through drawers", "Pick out what is faded"],
        ),
        (
            "The auditor takes in the plan, checks whether the seal is broken, and stamps the sheet.",
            ["Take in plan", "Check whether seal is broken", "Stamp sheet"],
        ),
        ("The baker weighs each batch and notes the weight.", ["Weigh batch", "Note weight"]),
        ("The porter, of whom there are two, enters the number and prints a label.", ["Enter number", "Print label"]),
        ("The usher, who is mostly on the phone, counts the seats.", ["Count seats"]),
        ("Once released, the permit is posted to the tenant.", ["Post permit to tenant"]),
        ("When three are in it the nurse opens a new list.", ["Open new list"]),
        ("The file waits for the dean to sign it.", ["Sign file"]),
        ("He needs a drill. The storeman looks it up.", ["Look up drill"]),
        ("The planner looks whether the hall is free.", ["Look whether hall is free"]),
        ("In the morning two drivers load the van.", ["Load van"]),
        ("Labels the growers stick on themselves. The porter tapes the box.", ["Stick on labels", "Tape box"]),
    ],
)
def test_each_verb_of_a_row_is_a_step(words: str, expected: list[str]) -> None:
    assert [name for name, _ in framed(words)] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "The plan is put in the tray of the auditor, who measures the plot.",
            [("Put plan in tray of auditor", ""), ("Measure plot", "Auditor")],
        ),
        (
            "The trainee gives them a card, and the porter stamps it.",
            [("Give card", "Trainee"), ("Stamp card", "Porter")],
        ),
        (
            "When it is decided a typist prints the notice.",
            [("Print notice", "Typist")],
        ),
    ],
)
def test_who_and_what_is_meant(words: str, expected: list[tuple[str, str]]) -> None:
    assert framed(words)[-len(expected) :] == expected


@pytest.mark.parametrize(
    "words",
    [
        "The dress comes from the maker after a while.",
        "The tailor comes for the fitting.",
        "The inspector drives out.",
        "People ring up all day.",
        "The caretaker phones me.",
        "The guard has caught two thieves in nine years.",
        "The auditor finds a wrong digit.",
        "The rooms are gone.",
        "The boss saw it at the fair.",
        "We look after some 900 houses.",
        "They choose.",
    ],
)
def test_what_is_no_work_on_a_case_is_no_step(words: str) -> None:
    assert framed(words) == []


def test_a_story_of_nothing_but_arrivals_keeps_them() -> None:
    process = read_story("The parcels arrive by van. The letters come by post. The clerk sorts the letters.").process
    assert [task.name for task in tasks(process)][-1] == "Sort letters"
    assert len(list(tasks(process))) > 1


@pytest.mark.parametrize(
    ("words", "work", "wait"),
    [
        ("The dean signs the deed, which takes ten working days.", None, 10),
        ("The clerk orders the pilot eight hours before arrival.", None, None),
        ("The dean signs permits of more than ninety days.", None, None),
        ("The planner sends the fitter, and the map is twenty minutes behind.", None, None),
        ("The dean signs the deed. In the last three years he found two slips.", None, None),
        ("The dean signs the deed. On 7 of 20 working days he is away.", None, None),
        ("The dean signs the deed. My aunt needed eleven years for hers.", None, None),
        ("The dean signs the deed, which takes ten minutes.", 10, None),
    ],
)
def test_days_that_are_worked_and_times_that_are_none(words: str, work: float | None, wait: float | None) -> None:
    process = read_story(FRAME.format(words)).process
    task = [block for block in walk(process) if isinstance(block, Task)][1]
    assert (getattr(task.work, "value", None), getattr(task.wait, "value", None)) == (work, wait)


def test_a_crowd_that_is_counted_beside_is_no_crew() -> None:
    process = read_story("I am the planner. I count the slips, three hours, 260 people. I order the food.").process
    assert all(role.capacity in (None, 1) for role in process.roles)
