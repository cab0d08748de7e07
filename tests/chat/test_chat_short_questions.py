"""Questions of two or three words, and what stands behind their answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import told

from assistant.chat.turn import Talk
from assistant.language.turn.kinds import About
from assistant.language.turn.short_questions import short_question

STORY = (
    "The gardener digs the bed, ten minutes. Then the florist ties the bouquet, two minutes. "
    "The bouquet waits two days for the ribbon. Then the clerk writes the bill, five minutes."
)


@pytest.fixture
def beds(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as talk:
        yield talk


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("What first", About.FIRST),
        ("and now?", About.ONWARD),
        ("what would you change if it was your shop?", About.FIRST),
        ("what would you do if you were me", About.FIRST),
        ("what would you improve in our place?", About.FIRST),
        ("what would you change if the paint came later?", None),
        ("I don't get it", About.ONWARD),
        ("I don't get the ribbon from the florist", None),
        ("ok, what next", About.ONWARD),
        ("what should I do on Monday?", About.MONDAY),
        ("how do I print this?", About.PRINT),
        ("can you give me it as a picture", About.PRINT),
        ("where do we lose most of our time?", About.TIME),
        ("what comes after the first step?", None),
        ("now the clerk writes the bill", None),
        ("how do we print the ticket for the guest?", None),
    ],
)
def test_the_form_tells_what_is_asked(words: str, about: About | None) -> None:
    assert short_question(words) is about


def test_what_comes_next_follows_what_was_done(beds: Talk) -> None:
    assert beds.turn("and now?").lines[0].startswith("Next: `propose`")
    beds.turn("propose")
    assert beds.turn("what next").lines[0].startswith("Next, decide what I proposed")


def test_monday_has_a_trial_for_what_was_told(beds: Talk) -> None:
    lines = beds.turn("what can we do on Monday?").lines
    assert lines[0].startswith("On Monday: ")
    assert "two days for the ribbon" in lines[1]


def test_printing_names_the_files(beds: Talk) -> None:
    assert "report.html" in beds.turn("how can I print it?").lines[0]


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("what if the ribbon came within a day?", "With a wait of 1 day at “Wait for ribbon”, a case takes"),
        ("what if the bouquet didn't wait two days?", "With no wait at “Wait for ribbon”, a case takes"),
        ("what if nobody had to write bills?", "With “Write bill” left out, a case takes"),
        ("what if twenty bouquets came a day?", "With 20 cases a day and enough people"),
        ("what if the waiting was only one hour?", "I take that for the wait at “Wait for ribbon”."),
        ("what if the paint came within an hour?", "I do not see which wait is meant."),
        ("one more florist", "Today a case takes"),
    ],
)
def test_plain_what_ifs_are_played(beds: Talk, asked: str, begins: str) -> None:
    before = beds.session.process
    reply = beds.turn(asked)
    assert reply.lines[0].startswith(begins)
    assert beds.session.process == before


def test_cases_a_day_that_are_only_asked_for_say_how_much_work_they_make(beds: Talk) -> None:
    assert "- “Gardener”: 23 h of work a week" in beds.turn("what if twenty bouquets came a day?").lines


@pytest.mark.usefixtures("short_plays")
@pytest.mark.parametrize("words", ["how could we be faster?", "make it cheaper", "how can we shorten it?"])
def test_the_question_everybody_has_is_answered_by_the_proposals(beds: Talk, words: str) -> None:
    assert beds.turn(words).kinds == ("command",)
    assert beds.session.latest is not None


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("nobody knows where a bouquet is, customers call all day", 1),
        ("the clerk is ill a lot, then everything lies there", 0),
        ("the bill is a pain, takes forever", 0),
    ],
)
def test_a_complaint_is_heard_and_answers_no_question_for_a_figure(beds: Talk, words: str, heard: int) -> None:
    reply = beds.turn(words)
    assert "answer" not in reply.kinds
    assert len(beds.session.process.remarks) == heard
