"""Figures said in words and digits, and times as replies write them."""

from __future__ import annotations

import pytest

from assistant.language.by_model.story import build
from assistant.language.by_model.story_reply import StoryReply
from assistant.language.figures.stated import read_share, read_time, said_in
from assistant.language.paper.told_figures import Told
from assistant.process.durations import Fixed, Triangular, Uniform
from assistant.process.tree import tasks

TIMES = [
    ("Two days, sometimes four.", 4 * 86400),
    ("takes ten minutes", 600), ("about 2 hours", 7200), ("half an hour", 1800), ("a couple of days", 2 * 86400),
    ("within 5 working days", 5 * 86400), ("twenty-five minutes", 1500), ("a week", 604800), ("1,5 h", 5400),
    ("an hour and a half", 5400), ("two and a half hours", 9000), ("half a day", 43200), ("one month", 30 * 86400),
    ("two hundred and five seconds", 205), ("three to five days", 5 * 86400), ("three to five days", 3 * 86400),
    ("15-20 min", 900), ("two or three weeks", 2 * 604800), ("a fortnight", 14 * 86400), ("90 days", 90 * 86400),
    ("it stands a day and a half until its turn", 1.5 * 86400),
    ("Typed in it takes her two minutes. From a scan, twelve.", 720), ("So, next day, I drive out", 86400),
]  # fmt: skip


@pytest.mark.parametrize(("text", "seconds"), TIMES)
def test_times_said_in_a_text_are_found(text: str, seconds: float) -> None:
    assert said_in(text).has_time(Fixed(value=seconds, unit="s"))
    assert not said_in(text).has_time(Fixed(value=seconds * 1.3 + 7, unit="s"))


SHARES = [
    ("20 %", 0.2), ("one in five", 0.2), ("two out of ten", 0.2), ("every third case", 1 / 3), ("half of them", 0.5),
    ("a quarter of all", 0.25), ("roughly four in ten", 0.4), ("ten percent", 0.1), ("12.5%", 0.125), ("a tenth", 0.1),
    ("80 % are fine", 0.2), ("one of every four", 0.25),
    ("Fifteen per cent. – Twenty-two.", 0.22), ("She refused three, out of nine hundred", 0.003),
]  # fmt: skip


@pytest.mark.parametrize(("text", "share"), SHARES)
def test_chances_said_in_a_text_are_found(text: str, share: float) -> None:
    assert said_in(text).has_share(share)
    assert not said_in(text).has_share(0.37)


@pytest.mark.parametrize(
    ("text", "days"),
    [("fetched Tuesdays and Fridays", 3.5), ("on Sunday I type it", 7), ("copied in the evening", 1),
     ("they lie till the last Friday of the month", 30), ("billed at month-end", 30), ("she pays daily", 1),
     ("They meet in March and October.", 180), ("The board sits four times in the year.", 90),
     ("Filters are changed quarterly.", 90), ("The tank is drained twice in a month.", 15)],
)  # fmt: skip
def test_names_of_days_say_how_often_something_is_run(text: str, days: float) -> None:
    assert said_in(text).has_rhythm(Fixed(value=days, unit="d"))
    assert not said_in(text).has_rhythm(Fixed(value=2, unit="d"))


@pytest.mark.parametrize("text", ["quickly", "often", "in a while", "many", "some days", "", "few", "at once"])
def test_vague_words_give_no_figure(text: str) -> None:
    said = said_in(text)
    assert not said.seconds
    assert not said.shares


@pytest.mark.parametrize(
    ("text", "number"), [("forty orders", 40), ("1,200 a year", 1200), ("a dozen", 12), ("two of us", 2)]
)
def test_numbers_said_in_a_text_are_found(text: str, number: float) -> None:
    assert said_in(text).has_number(number)


@pytest.mark.parametrize(("text", "duration"), [
    ("10 min", Fixed(value=10, unit="min")), ("2 to 3 d", Uniform(low=2, high=3, unit="d")),
    ("1 to 2 to 10 h", Triangular(low=1, mode=2, high=10, unit="h")), ("2 months", Fixed(value=60, unit="d")),
    ("0.5 hours", Fixed(value=0.5, unit="h")), ("about 3 weeks", Fixed(value=3, unit="w")),
    ("soon", None), ("10", None), ("min", None), ("5 to 2 d", None), ("-3 min", None), ("10 parsecs", None),
    ("99999999999 years", None),
])  # fmt: skip
def test_times_in_replies_are_read_or_refused(text: str, duration: Fixed | None) -> None:
    assert read_time(text) == duration


@pytest.mark.parametrize(
    ("text", "share"), [("20%", 0.2), ("about 5 %", 0.05), ("120%", None), ("0.2", None), ("often", None)]
)
def test_chances_in_replies_are_read_or_refused(text: str, share: float | None) -> None:
    assert read_share(text) == share


def test_months_of_work_are_their_working_days_and_only_she_is_one_person() -> None:
    reply = (
        'PROCESS Write books\nROLE Ada | 1 people | "Only Ada"\nFLOW\n'
        'TASK Ada: write book | work 3 month | "three months"\n'
    )
    process = build(StoryReply.parse(reply), "Only Ada may do it. A book takes three months.").process
    (task,) = tasks(process)
    assert isinstance(task.work, Fixed)
    assert task.work.unit == "h"
    assert round(task.work.value / 8) == 64
    assert process.roles[0].capacity == 1


def test_the_base_of_a_rate_is_no_claim() -> None:
    assert Told("Three came back.").bears_out("orders that come back per 100")
    assert not Told("Three came back.").bears_out("100 orders come back")
