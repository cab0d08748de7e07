"""Days of somebody's work, times of two things together, and waits behind what they wait for."""

from __future__ import annotations

import pytest
from reading_kit import task_named

from assistant.language.reading import read_story

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
