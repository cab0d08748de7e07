"""Figures of a told story that are no time of a step, no run and no number of cases."""

from __future__ import annotations

import pytest

from assistant.language.offline.story import read
from assistant.language.reading import read_story
from assistant.process.tree import tasks, walk

KENNELS = """
I run the boarding kennels, thirty dogs on a good week. An owner rings and Petra writes the booking into the big
diary, ten minutes. My sister always said paper is safer, she also keeps her money in a sock. Before we take a dog I
check the vaccination card. The vet has stamped it already, and our own vet stamps it again, which takes two days,
and in six years he has never found anything. Then Petra types the booking from the diary into the computer. On
arrival day the handler weighs the dog and shows it its box. If the owner has not paid, about one in eight, Petra
rings them again and they wait at the counter. In the evening the handler feeds the dog. And that's the end of the
first day. Then the handler walks the dog twice a day. On the last day Petra prints the bill and the owner fetches
the dog. The council wants a new fence, that's another story. My nephew thinks we need an app.
"""
AROUND = "The clerk opens the letter. {} The boss signs the letter."


@pytest.mark.parametrize(
    "said",
    [
        "I sit at the lathe three hours from eight.",
        "She stands at the counter two hours.",
        "A day in harbour is three thousand pounds.",
        "The mill is ten minutes away.",
        "The mill is ten minutes up the road.",
        'Newspapers wrote "the bulletin lies there twenty minutes".',
        "The supplier drives past every morning, there's no charge for small parcels.",
        "Half of our calls, 35 a day in December, are about parking.",
        "Three calls a day from the public.",
        "Forty letters on a good week.",
        "On a bad day there are 70 letters.",
        "Five times in my six weeks the lock jammed.",
        "Eight weeks I've been here.",
        "No letter has lain for longer than a day.",
        "It lies in the safe until two working days before the court.",
        "Half of our letters fall in those nine weeks.",
        "About 130 days out of 151.",
        "Tom would love to fly one day.",
        "The boss could do it in 40 minutes.",
        "The north house has nine weeks of work lying there.",
        "I stood there with a watch: longest wait 20 minutes.",
        "It isn't the post that takes seven weeks.",
        "I water the flowers on Tuesdays.",
        "The groom walks the horse twice a day.",
        "An hour and a half of it, every day.",
        "I earn 1,080 a month.",
        "One file a month gets lost.",
        "It lies in the safe, because a letter lying in a hall for two weeks gets read.",
    ],
)
def test_what_counts_days_or_cases_otherwise_is_no_time_of_a_step(said: str) -> None:
    process = read(AROUND.format(said)).process
    fields = ("work", "wait", "duration", "batch")
    assert not [name for step in walk(process) for name in fields if getattr(step, name, None) is not None]
    assert process.volume is None


@pytest.mark.parametrize(
    ("said", "field", "seconds"),
    [
        ("The letter lies for two days.", "wait", 2 * 86400),
        ("The clerk takes no more than 48 minutes for it.", "work", 48 * 60),
        ("The clerk sits down with the family for an hour and a half.", "work", 5400),
    ],
)
def test_times_of_a_step_stay(said: str, field: str, seconds: float) -> None:
    times = [getattr(step, field, None) for step in walk(read(AROUND.format(said)).process)]
    assert [time.mean_seconds for time in times if time is not None] == [seconds]


def test_the_cases_are_what_the_steps_speak_of_and_no_part_of_them() -> None:
    told = "Two, three a year get lost. Her phone rings 35 calls a day. We open 5,400 letters a year."
    volume = read(AROUND.format(told)).process.volume
    assert volume is not None
    assert round(365 * 86400 / volume.between.mean_seconds) == 5400


def test_the_time_of_what_is_taken_for_no_step_is_no_wait_of_another() -> None:
    assert not [step for step in walk(read(KENNELS).process) if getattr(step, "wait", None) is not None]


def test_what_is_done_on_a_day_for_the_week_together_is_done_once_a_week() -> None:
    words = "Joe orders the flour on a Monday for all the cakes of that week together. Then the baker bakes the cakes."
    batch = next(iter(tasks(read_story(words).process))).batch
    assert batch is not None
    assert batch.every is not None
    assert batch.every.mean_seconds == 7 * 86400


def test_a_count_of_the_reporting_year_is_that_of_the_cases_and_the_same_firms_are_no_staff() -> None:
    words = (
        "In the reporting year 870 applications were received. The company submits the application. The clerk files it."
        " 610 of the 870 applications come from the same eleven companies."
    )
    process = read_story(words).process
    assert process.volume is not None
    assert not any(role.capacity == 11 for role in process.roles)
