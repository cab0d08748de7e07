"""Who waits for whom and for what, and on which days somebody is in."""

from __future__ import annotations

import pytest

from assistant.language.reading import read_story
from assistant.process.blocks import Task, Wait
from assistant.process.model import Process
from assistant.process.tree import tasks, walk

DAY = 86400.0


def process_of(text: str) -> Process:
    return read_story(text).process


def step(process: Process, like: str) -> Task:
    return next(task for task in tasks(process) if like in task.name.lower())


def waits(process: Process) -> list[tuple[str, float]]:
    return [
        (wait.name, wait.duration.mean_seconds) for wait in walk(process) if isinstance(wait, Wait) and wait.duration
    ]


@pytest.mark.parametrize(
    ("told", "like", "days"),
    [
        ("Marta takes the address. The surveyor looks at the flat. People wait nine days for it.", "look", 9),
        (
            "The nurse weighs the donor. The doctor examines the donor, and the donor waits two days for him.",
            "examine",
            2,
        ),
    ],
)
def test_who_comes_to_us_waits_before_the_step_told_last(told: str, like: str, days: float) -> None:
    process = process_of(told)
    wait = step(process, like).wait
    assert wait is not None
    assert wait.mean_seconds == days * DAY
    assert not waits(process)


def test_what_we_ordered_and_wait_for_is_waited_for_by_its_name() -> None:
    told = "The mechanic orders the part from the maker and we wait two weeks for it. Then he fits the part."
    assert waits(process_of(told)) == [("Wait for part", 14 * DAY)]


@pytest.mark.parametrize(
    ("told", "wait"),
    [
        ("Marta writes to the register. The register replies in two days.", ("Wait for answer of register", 2 * DAY)),
        ("Marta posts the form to the bank, comes back after ten days.", ("Wait for form", 10 * DAY)),
    ],
)
def test_an_answer_is_waited_for_behind_what_was_sent(told: str, wait: tuple[str, float]) -> None:
    process = process_of(f"Marta takes the address. {told} Ben files the form.")
    assert waits(process) == [wait]
    assert all(task.wait is None for task in tasks(process))


def test_working_days_that_something_needs_are_no_work_of_ours() -> None:
    told = (
        "Marta books a van and orders the permit from the city, which needs ten working days. The crew loads the van."
    )
    process = process_of(told)
    order = step(process, "permit")
    assert (order.work, order.wait) == (None, None)
    assert [name for name, _ in waits(process)] == ["Wait for permit"]


def test_the_days_on_which_somebody_is_in_hold_for_what_they_do_with_every_case() -> None:
    told = "Ida writes an offer. The boss has to sign every offer. He changes one in fifty. He's in on Fridays."
    process = process_of(told)
    assert step(process, "sign").batch is not None
    assert step(process, "change").batch is None


def test_verbs_in_a_row_without_objects_are_steps_each() -> None:
    names = [
        task.name
        for task in tasks(
            process_of("Ida packs the boxes. The crew loads, drives and unloads. Ida writes the invoice.")
        )
    ]
    assert names == ["Pack boxes", "Load", "Drive", "Unload", "Write invoice"]


def test_what_goes_out_by_post_is_sent() -> None:
    names = [task.name for task in tasks(process_of("The clerk writes the offer. Then the offer goes out by post."))]
    assert names == ["Write offer", "Send offer by post"]


def test_our_own_surveyor_is_none_from_outside_and_a_brother_in_law_is_no_law() -> None:
    process = process_of(
        "Marta takes the address. One of our two surveyors looks at the flat. Marta writes the offer. "
        "My brother in law says we need an app."
    )
    assert {role.name: role.kind for role in process.roles}["Surveyor"] == "person"
    assert not any(remark.kind == "control" for remark in process.remarks)


@pytest.mark.parametrize(
    "told",
    [
        "Ida writes the offer. It lies there for a week. The boss signs it.",
        "Ida writes the offer, then it lies on the boss's desk for a week. The boss signs it.",
        "Ida takes the offer. It waits a week. Then the boss signs it.",
        "Ida writes a note. The offer lies a week before the boss signs it.",
        "Ida types the offer. The offer lies on my desk for a week. I sign it.",
    ],
)
def test_what_lies_there_waits_for_what_somebody_else_does_next(told: str) -> None:
    process = process_of(f"{told} Ida sends it.")
    waits = {task.name: task.wait.mean_seconds / 86400 for task in tasks(process) if task.wait is not None}
    assert waits == {"Sign offer": 7}


@pytest.mark.parametrize(
    "told",
    ["If it is crooked, Paul makes it again.", "Every fifteenth frame comes out crooked and he has to make it again."],
)
def test_what_comes_out_wrong_is_made_again(told: str) -> None:
    process = process_of(f"Paul makes the frame. {told} Ida packs it. That makes it hard for us.")
    assert [task.name for task in tasks(process)] == ["Make frame", "Pack frame"]
    assert [block.block for block in walk(process)].count("loop") == 1


def test_if_yes_is_the_other_way_of_a_no() -> None:
    told = "Ida rings the customer. If the customer says no, Ida gives the frame back. If yes, Paul mends it."
    [decision] = [block for block in walk(process_of(f"{told} Ida packs it.")) if block.block == "choice"]
    ways = [[step.name for step in branch.do.items] for branch in decision.branches]
    assert ways == [["Give back frame"], ["Mend frame"]]


def test_half_of_them_behind_a_step_are_those_of_that_step() -> None:
    told = "Paul cuts glass. If it breaks, Paul cuts new glass. Ida rings the customers, half of them are not at home."
    process = process_of(f"{told} Paul packs the frame.")
    assert "ring" in str([getattr(block, "name", "").lower() for block in process.flow.items])


@pytest.mark.parametrize(
    "told",
    [
        "Ida writes the bill, and every tenth slip can't be read, then Ida asks Paul. The money comes a week later.",
        "Ida writes the bill at the end of the month, and the money comes three weeks later.",
        "The bill Ida writes at the end of the month, 15 minutes each, and the money comes three weeks later.",
    ],
)
def test_the_money_that_comes_later_is_waited_for_behind_all(told: str) -> None:
    process = process_of(f"Ida packs the frame. {told}")
    last = process.flow.items[-1]
    assert isinstance(last, Wait)
    assert last.name == "Wait for money"
    assert all(task.wait is None for task in tasks(process))
