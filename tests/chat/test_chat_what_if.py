"""What-if questions as people put them: so many more, in no role named, the last one gone, done more often."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import told

from assistant.chat.asking import asked_about
from assistant.chat.sureness import ONLY_LIKELY
from assistant.chat.turn import Talk
from assistant.language.turn.kinds import About
from assistant.projects.journal import New, Note

STORY = (
    "The clerk takes the order, 10 minutes. Thirty orders a day come in. Ben checks them, the orders wait four days "
    "for that, 20 minutes each. Then the clerk types the order into the computer, 15 minutes. The packer packs the "
    "goods, half an hour. Gudrun writes the bill, 5 minutes."
)


@pytest.fixture
def talk(own_home: Path, short_plays: None) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        yield made


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("what if we had two more packers?", "Today a case takes"),
        ("what if Ben got help? what if Ben gets help?", "Today a case takes"),
        ("what if Ben checked every day?", "With “Check orders” done every day, a case takes 1."),
        ("what if Ben checked the orders the day after?", "With “Check orders” done the day after, a case takes 1."),
        ("what if Ben checked the orders right away?", "With “Check orders” done right away, a case takes"),
        ("how many orders are open at any time?", "About"),
        ("how much of Gudrun's own time goes into one order?", "“Gudrun” has 5 min of work on a case"),
        ("what if checking were done on two days a week?", "With “Check orders” done two days a week"),
        ("what if we had two more people?", "In which role? You named none, so I tried 2 people more in each"),
        ("what if we lose one person?", "In which role? You named none, so I tried 1 person fewer in each"),
        ("what if we hire two more in packing?", "Today a case takes"),
        ("what if Mo worked every day?", "I know nobody and nothing called “Mo” here"),
        ("what if Gudrun wrote the bill every day?", "I was not told that “Write bill” has to wait for its day"),
        ("what if twice as many orders came?", "With twice as many cases and enough people, a case takes"),
        ("what if we got a second check?", "A check is no person; I play it as if somebody more worked at it"),
        ("what if orders double", "With twice as many cases and enough people, a case takes"),
        ("what if the packer were twice as fast?", "With “Pack goods” in half the time"),
        ("could we cope with 45 orders?", "With 45 cases a day and enough people, a case takes"),
        ("how much would a second Ben cost me?", "One more for the work of “Ben” costs about 6920 EUR a month"),
        ("is a second Gudrun worth it?", "One more for the work of “Gudrun” costs about"),
        ("can we manage with fewer people?", "In which role? You named none, so I tried 1 person fewer in each"),
        ("what if we skip the second check of orders?", "With “Check orders” left out"),
        ("what if only half as many orders came?", "With half as many cases"),
        ("what if Gudrun worked on Saturdays?", "With “Gudrun” at work on Saturdays too"),
        ("who is the busiest?", "By these figures there is more work than time for “Ben” (busy 125% of the time)"),
        ("how many orders do we get a week?", "30 a day on average, as you told."),
        ("how sure are you?", "Fairly sure: that a case takes"),
        ("what have I told you so far?", "What you told that counts, by turn:"),
        ("did I tell you anything about labels yet?", "In what you told I find nothing about “labels”."),
        ("what if we lose Gudrun?", "Without “Gudrun”, “Write bill” stands still until somebody stands in"),
    ],
)
def test_what_is_asked_is_what_is_played(talk: Talk, words: str, first: str) -> None:
    before = talk.session.process
    reply = talk.turn(words)
    assert reply.kinds == ("question",)
    assert reply.lines[0].startswith(first)
    assert talk.session.process == before


def test_every_role_is_tried_where_none_is_named(talk: Talk) -> None:
    lines = talk.turn("what if we hire one more person?").lines
    assert {line.split("”")[0] for line in lines if line.startswith("- “")} == {
        "- “Clerk", "- “Ben", "- “Packer", "- “Gudrun"
    }  # fmt: skip


def test_what_if_starts_from_the_time_that_every_answer_names(talk: Talk) -> None:
    today = re.search(r"takes about ([\d.]+ days)", talk.turn("how long does a case take?").lines[0])
    assert today is not None
    for words in ("what if Ben got help?", "what if we had two more people?", "what if Ben checked every day?"):
        assert today[1] in "\n".join(talk.turn(words).lines)


def test_no_difference_is_said_with_its_reason(talk: Talk) -> None:
    told = "\n".join(talk.turn("what if taking the order took nine minutes?").lines)
    assert "no difference one would notice" in told
    assert "waiting for “Check orders”, and that stays" in told


def test_worth_is_asked_of_what_was_played_last(talk: Talk) -> None:
    talk.turn("what if we had two more packers?")
    assert "2 people more for the work of “Packer” cost about" in "\n".join(talk.turn("is it worth it?").lines)


def test_what_was_only_likely_meant_makes_unsure(talk: Talk) -> None:
    talk.session.hear("Kurt sometimes looks it over", "story")
    talk.session.write([New(what=Note(text=ONLY_LIKELY))])
    assert "Kurt sometimes" not in "\n".join(talk.turn("how sure are you?").lines)  # it changed nothing
    talk.turn("If the goods are broken, the packer repairs them.")
    told = talk.turn("how sure are you?").lines
    assert told[0].startswith("Not very sure.")
    assert any("not told for 1 decision" in line for line in told)


def test_whom_the_work_lies_with_is_surer_once_they_are_counted(talk: Talk) -> None:
    asked = "How sure is it that the Packer is the bottleneck?"  # as a model puts it that reads the turn
    told = "\n".join(asked_about(talk.session, asked, About.SURE).lines)
    assert "Less sure is who has the most to do: nobody told how many there are of “Clerk”" in told
    assert "who has the most to do" not in "\n".join(talk.turn("how sure are you?").lines)


def test_so_many_cases_come_in_the_hours_that_today_is_played_in(talk: Talk) -> None:
    """Thirty a day are told: sixty a day are twice as many, whatever days are worked."""
    told, twice = (talk.turn(f"what if {words}?").lines for words in ("there were 60 cases a day", "orders double"))
    assert [line for line in told if line.startswith("- ")] == [line for line in twice if line.startswith("- ")]


def test_saving_money_writes_no_files(talk: Talk) -> None:
    assert talk.turn("can we save money here?").kinds == ("question",)


def test_the_whole_story_goes_only_after_a_warning(talk: Talk) -> None:
    talk.turn("Then Kurt carries the parcel to the post, 20 minutes.")
    talk.turn("undo")
    assert "takes away the whole story" in talk.turn("undo").lines[0]
    assert talk.session.process.flow.items
    talk.turn("undo")
    assert not talk.session.process.flow.items


def test_a_greeting_is_greeted(own_home: Path) -> None:
    with told(own_home, "hello, I run a small office, can you help me?") as talk:
        assert talk.turn("hi").lines[0].startswith("Hello! Tell me how the work runs today")


def test_less_work_is_told_where_a_long_wait_hides_it(own_home: Path, short_plays: None) -> None:
    story = (
        "Mo sweeps the chimney, half an hour. One house in five is not at home, then Mo drives there again, an hour. "
        "Ann types the form, six minutes. The forms lie ten days until Ann types them. Thirty houses a week."
    )
    with told(own_home, story) as talk:
        lines = talk.turn("what if only one house in fifty was not at home?").lines
    assert "no difference one would notice" in lines[0]
    assert re.match(r"The work on a case is \d+ min instead of \d+ min: about \d+ h less in a year", lines[1])


def test_whose_time_goes_into_a_step_is_answered_for_that_step(talk: Talk) -> None:
    one = "“Clerk” has 15 min of work on a case (“Type order into computer”): 38 h a week"
    assert talk.turn("how many hours does the clerk spend on typing in a week?").lines[0].startswith(one)
    talk.turn("what does the typing cost us?")
    assert talk.turn("how many hours does the clerk spend on that in a week").lines[0].startswith(one)
    both = talk.turn("how many hours does the clerk spend here a week?").lines[0]
    assert "25 min of work on a case" in both


STAFFED = (
    "The waiter takes the order, 5 minutes. The cook cooks the meal, 20 minutes. The driver brings it, half an hour. "
    "60 orders a day come in. 8 drivers, 4 cooks, 1 waiter."
)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("what happens on a day when one of the cooks is on holiday", "With 1 person fewer for the work of “Cook”"),
        ("what happens on a day when the waiter is on leave?", "With nobody left as “Waiter”, “Take order” stands"),
        ("what if 3 of the 8 drivers are off", "With 3 people fewer for the work of “Driver”"),
        ("what if two of the cooks are off", "With 2 people fewer for the work of “Cook”"),
        ("what if two drivers took the day off?", "With 2 people fewer for the work of “Driver”"),
        ("what if half of the drivers are ill for two days", "With 4 people fewer for the work of “Driver”"),
        ("what if only 5 of the 8 drivers come", "With 5 people for the work of “Driver”"),
        ("what if a cook and two drivers are ill",
         "With 1 person fewer for the work of “Cook” and 2 people fewer for the work of “Driver”"),
    ],
)  # fmt: skip
def test_who_is_away_is_away_as_many_as_are_said(own_home: Path, short_plays: None, words: str, first: str) -> None:
    with told(own_home, STAFFED) as talk:
        assert talk.turn(words).lines[0].startswith(first)


def test_of_two_roles_hit_the_one_that_stands_still_hides_the_other_not(own_home: Path, short_plays: None) -> None:
    with told(own_home, STAFFED) as talk:
        lines = talk.turn("what if the waiter is ill and two cooks too").lines
        assert lines[0].startswith("With nobody left as “Waiter”")
        assert any(line.startswith("With 2 people fewer for the work of “Cook”") for line in lines)


PRICED = (
    "The cutter cuts the cloth, 15 minutes. The cloth is ironed, an hour. The sewer sews the coat, 2 hours. "
    "10 coats a week. Everybody costs 30 euros an hour."
)


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        ("what does a coat cost?", ["A case costs about 98 EUR", "Most", "- “Sew coat”, by “Sewer”: 60 EUR a case",
                                    "- “Iron cloth”, nobody named for it: 30 EUR a case", "- “Cut cloth”"]),
        ("what does the ironing cost us in a year?",
         ["“Iron cloth”, nobody named for it, costs about 30 EUR a case, for 1 h of work: 300 EUR a week"]),
        ("how much do we pay for cutting a month",
         ["“Cut cloth”, by “Cutter”, costs about 7.5 EUR a case, for 15 min of work: 75 EUR a week, 3910 EUR a year."]),
        ("what does all this cost us a year?", ["A case costs about 98 EUR", "That is 975 EUR a week"]),
    ],
)  # fmt: skip
def test_a_price_names_all_that_is_in_it_and_the_step_that_is_asked_about(
    own_home: Path, short_plays: None, asked: str, lines: list[str]
) -> None:
    with told(own_home, PRICED) as talk:
        for said, begins in zip(talk.turn(asked).lines, lines, strict=False):
            assert said.startswith(begins)
