"""Working hours as people say them, with shifts over midnight, and whose they are."""

from __future__ import annotations

import pytest

from assistant.language.figures.hours import calendar_in, hours_in
from assistant.language.reading import read_story


@pytest.mark.parametrize(
    ("words", "days", "start", "end"),
    [
        ("The bakers work from 10 pm to 6 am.", "mon-fri", "22:00", "06:00"),
        ("The night shift runs from 22:00 to 06:00.", "mon-fri", "22:00", "06:00"),
        ("At night we work from nine to five.", "mon-fri", "21:00", "05:00"),
        ("They work 8 to 4.", "mon-fri", "08:00", "16:00"),
        ("The counter is open nine to five, Monday to Saturday.", "mon-sat", "09:00", "17:00"),
        ("Our clerks are there Monday to Saturday from 7 to 3.", "mon-sat", "07:00", "15:00"),
        ("We work from 7.30 to 16.15 on weekdays.", "mon-fri", "07:30", "16:15"),
        ("The shift is from 2 pm until 10 pm, seven days a week.", "mon-sun", "14:00", "22:00"),
        ("We work from 4 to 12, also on Saturdays.", "mon-sat", "04:00", "12:00"),
        ("We are open from 9 to 18, Sundays too.", "mon-fri,sun", "09:00", "18:00"),
        ("They work from 6 to 14, also on weekends.", "mon-sun", "06:00", "14:00"),
        ("They work from 6 to 14, also saturdays and sundays.", "mon-sun", "06:00", "14:00"),
        ("We work from eight to five, and Saturdays till noon.", "mon-fri", "08:00", "17:00"),
        ("Office hours: 8:00-12:30.", "mon-fri", "08:00", "12:30"),
        ("The porters work from 8 in the evening to 4 in the morning.", "mon-fri", "20:00", "04:00"),
    ],
)
def test_hours(words: str, days: str, start: str, end: str) -> None:
    hours = hours_in(words)
    assert hours is not None
    assert (hours.days, hours.from_, hours.to) == (days, start, end)


@pytest.mark.parametrize(
    "words",
    [
        "Two to five clerks work on it.",
        "It takes from 2 to 4 hours.",
        "The work takes three to eight days.",
        "We get 10 to 16 orders a day.",
        "The director comes in at 9.",
        "Between 3 and 9 percent come back after work.",
    ],
)
def test_what_is_no_hours(words: str) -> None:
    assert hours_in(words) is None


def test_hours_belong_to_those_who_are_named() -> None:
    story = (
        "When a call comes in, the operator records the call. The dispatcher sends a car. The driver brings the "
        "patient to the ward. The operators work from 10 pm to 6 am. The dispatchers work 8 to 4."
    )
    process = read_story(story).process
    said = {role.name: [(line.from_, line.to) for line in role.calendar or ()] for role in process.roles}
    assert said["Operator"] == [("22:00", "06:00")]
    assert said["Dispatcher"] == [("08:00", "16:00")]


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("the doctor is in from 9 till half past 12", ("09:00", "12:30")),
        ("open from half past 7 to quarter to 4", ("07:30", "15:45")),
        ("we are open 8 to half five", ("08:00", "17:30")),
        ("it takes half to two thirds of the day", None),
    ],
)
def test_a_clock_is_read_as_people_say_it(words, hours):
    found = hours_in(words)
    assert (found and (found.from_, found.to)) == hours


@pytest.mark.parametrize(
    ("words", "calendar"),
    [
        ("mon to fri 8 to 5 and saturdays 9 to 12", ["mon-fri 08:00-17:00", "sat 09:00-12:00"]),
        ("We are open Monday to Friday from 8 to 6, Saturday 9 to 1.", ["mon-fri 08:00-18:00", "sat 09:00-13:00"]),
        ("7 to 4 mon to thu, 7 to 12 on fridays", ["mon-thu 07:00-16:00", "fri 07:00-12:00"]),
        ("weekdays from 6 to 2, at the weekend from 8 to noon", ["mon-fri 06:00-14:00", "sat-sun 08:00-12:00"]),
        ("We work from 8 to 5, mon to fri", ["mon-fri 08:00-17:00"]),
    ],
)
def test_every_part_of_the_week_has_its_own_hours(words: str, calendar: list[str]) -> None:
    told = calendar_in(words) or ()
    assert [f"{line.days} {line.from_}-{line.to}" for line in told] == calendar


def test_when_one_is_in_is_said_of_nobody_else() -> None:
    process = read_story(
        "ben checks the order, 10 minutes. ann packs it, 5 minutes. ann is in from 9 till half past 12"
    ).process
    assert {role.name: role.calendar and role.calendar[0].to for role in process.roles} == {"Ben": None, "Ann": "12:30"}
