"""Corrections of what stands elsewhere, of what is none, and of what hardly can be: they hit it, or they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk
from assistant.process.blocks import Choice, End, Task
from assistant.process.tree import tasks, walk

STORY = (
    "A parish brings a cracked bell. Edda writes the quote, 20 minutes, and it waits two weeks. Edda sends the quote "
    "to the bishop. The bishop approves the quote. Jonas casts the bell, 90 minutes. Hella tunes the bell, 60 minutes. "
    "If the tone is dull, which happens in 30 percent of the cases, Hella grinds the rim. Edda writes the bill, 15 "
    "minutes."
)


@pytest.fixture
def bells(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as talk:
        yield talk


def step(talk: Talk, name: str) -> Task:
    return next(task for task in tasks(talk.session.process) if name in task.name)


def minutes(talk: Talk, name: str) -> float | None:
    work = step(talk, name).work
    return None if work is None else work.mean_seconds / 60


def test_the_figure_put_right_is_the_one_that_is_said_to_be_wrong(bells: Talk) -> None:
    bells.turn("it takes 90 minutes, not 60")
    assert (minutes(bells, "Cast"), minutes(bells, "Tune")) == (90, 90)


@pytest.mark.parametrize(
    "words",
    [
        "it takes two hours, not three hours",  # nobody has three
        "no, not five days, four",
        "casting takes 2 hours, not 60 minutes",  # the tuning has sixty
        "no, Hella does not cast the bell, she polishes the clapper",  # she never did
        "the money comes 30 days after the bill, Edda does the bills once a month",
        "a dull tone is not a decision, take it out",
    ],
)
def test_what_has_no_sure_place_is_asked_and_not_written(bells: Talk, words: str) -> None:
    before = bells.session.process
    assert bells.turn(words).lines
    assert bells.session.process == before


def test_a_decision_that_is_none_goes_and_its_step_stays(bells: Talk) -> None:
    assert "every time" in bells.turn("a dull tone is not a decision, take it out").lines[1]
    bells.turn("1")
    assert step(bells, "Grind")
    assert not any(isinstance(block, Choice) for block in walk(bells.session.process))


def test_a_wait_goes_where_it_belongs_and_leaves_where_it_stood(bells: Talk) -> None:
    bells.turn("the two weeks are waiting for the bishop's approval, after the quote was sent")
    assert step(bells, "Approve").wait
    assert not step(bells, "Write quote").wait


def test_a_step_added_by_its_name_keeps_who_does_it_and_how_long(bells: Talk) -> None:
    bells.turn('add "Photograph the bell" by Hella after "Cast bell", 25 minutes')
    assert minutes(bells, "Photograph") == 25
    assert step(bells, "Photograph").role == step(bells, "Tune").role


def test_a_step_is_moved_and_given_in_one_breath(bells: Talk) -> None:
    bells.turn("the casting of the bell comes after writing the bill, and Hella does it")
    names = [task.name for task in tasks(bells.session.process)]
    assert names.index("Cast bell") > names.index("Write bill")
    assert step(bells, "Cast").role == step(bells, "Tune").role


def test_who_something_is_sent_to_does_not_send_it(bells: Talk) -> None:
    bells.turn("no, Edda does not send the quote, she sends the photos to the bishop")
    assert step(bells, "Send photos").role == step(bells, "Write bill").role


def test_what_only_some_get_the_rest_does_without(bells: Talk) -> None:
    bells.turn("only the church bells are tuned, the rest goes out as it is")
    made = [block for block in walk(bells.session.process) if isinstance(block, Choice)]
    assert made[0].branches[0].when == "church bells"


def test_a_rule_that_is_denied_is_taken_back(bells: Talk) -> None:
    bells.turn("sending the quote is required by law")
    assert bells.session.process.protected
    bells.turn("sending the quote is no legal duty")
    assert not bells.session.process.protected


def test_who_only_gets_something_asks_for_no_step(own_home: Path) -> None:
    with told(own_home, "Edda writes the list. Jonas types the data for the tax office. Hella packs the box.") as talk:
        assert not step(talk, "Type").is_control
        talk.turn("typing the data is not a control")
        assert step(talk, "Type").legal_basis is None


def test_a_time_that_must_stay_is_a_rule_and_stands_where_it_is_said_to(bells: Talk) -> None:
    bells.turn("the two weeks before casting the bell must stay, that is the law")
    assert step(bells, "Send").wait is None
    assert step(bells, "Cast").wait is not None
    assert bells.session.process.remarks[-1].kind == "control"


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("if the tone is not dull, nothing more happens", 0.7),
        ("when the tone is dull, the job is over, one in five", 0.2),
    ],
)
def test_the_way_that_is_over_is_the_one_that_is_named(bells: Talk, words: str, share: float) -> None:
    bells.turn(words)
    (choice,) = (block for block in walk(bells.session.process) if isinstance(block, Choice))
    (over,) = (way for way in choice.branches if way.do.items and isinstance(way.do.items[-1], End))
    assert over.p == pytest.approx(share)
    assert choice.branches[0].when == "tone is dull"


def test_what_is_done_under_a_condition_that_is_there_makes_no_second_decision(bells: Talk) -> None:
    bells.turn("if the tone is dull Jonas files the clapper")
    bells.turn("when the tone is dull, Hella grinds it, 25 minutes")
    (choice,) = (block for block in walk(bells.session.process) if isinstance(block, Choice))
    assert [getattr(item, "name", "") for item in choice.branches[0].do.items] == ["Grind rim", "File clapper"]
    assert minutes(bells, "Grind") == 25


def test_a_time_said_to_be_of_one_step_and_not_of_another_moves(bells: Talk) -> None:
    bells.turn("the hour and a half is the tuning, not the casting")
    assert (minutes(bells, "Tune"), minutes(bells, "Cast")) == (90, None)


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("casting the bell is the last step", "Quote Send Approve Tune ? Bill Cast"),
        ("move the decision “tone is dull” after casting the bell", "Quote Send Approve Cast ? Tune Bill"),
        ("Hella tunes the bell first", "Tune Quote Send Approve Cast ? Bill"),
        ("Jonas washes the bell first", "Wash Quote Send Approve Cast Tune ? Bill"),
        ("payment comes at the end", "Quote Send Approve Cast Tune ? Bill"),
    ],
)
def test_a_place_said_outright_is_the_place(bells: Talk, words: str, row: str) -> None:
    began = bells.session.process.trigger
    bells.turn(words)
    stands = [getattr(item, "name", "") or "?" for item in bells.session.process.flow.items]
    assert " ".join(name.split()[0].replace("Write", name.split()[-1].title()) for name in stands) == row
    assert bells.session.process.trigger == began


@pytest.mark.parametrize(
    ("words", "comes"),
    [
        ("we throw away every fifth bell", "At which step does it go wrong?"),
        ("we throw away every fifth bill", "goes wrong in 20%"),
        ("Hella never leaves out the tuning", "Not to be changed: “Tune bell”"),
        ("we never leave out the tuning", "Not to be changed: “Tune bell”"),
        ("customers throw the bill away", "something nobody uses"),
        ("Edda sometimes forgets the bill", "How often, in 100 cases?"),
        ("we skip the bill when it is under ten euros", "depend on “not under ten euros”"),
    ],
)
def test_what_is_told_of_things_lost_takes_no_step_out(bells: Talk, words: str, comes: str) -> None:
    before = len(tasks(bells.session.process))
    assert comes in " ".join(bells.turn(words).lines)
    assert len(tasks(bells.session.process)) == before


@pytest.mark.parametrize(
    ("words", "comes"),
    [
        ("the rim is ground for everybody, not only for those whose tone is dull", "Moved “Grind rim” after"),
        ("Hella tunes every bell, not only the dull ones", "“Tune bell” in every case. Nothing was changed."),
        ("no, 30 percent of the rims, not 30 percent of the cases", "Removed the decision “Tone is dull?”"),
        ("Jonas isn't with us any more", "Who does “Cast bell” now, without Jonas?"),
        ("Jonas doesn't cast the bell when he's ill", "depend on “Jonas is not ill”"),
        ("rename Cast bell to Pour bell and Write bill to Send bill", "Renamed “Write bill” to “Send bill”"),
        ("the quote does not wait two weeks, only three days", "to 3 days (stated)"),
        ("not 60, 45 minutes", "Set the hands-on time of “Tune bell” to 45 min (stated)"),
        ("tuning takes 50 minutes, except in winter when it takes two hours", "“Tune bell” to 50 min (stated)"),
        ("3 bells a week, in autumn 5", "Set how often a case comes: 3 a week"),
        ("Jonas waits two days for the quote", "Set the waiting time of “Cast bell” to 2 days"),
        ("remove the second “Tune bell”", "There is no such one: 1 step called so."),
    ],
)
def test_what_is_said_of_the_map_hits_what_it_names(bells: Talk, words: str, comes: str) -> None:
    assert comes in " ".join(bells.turn(words).lines)


def test_a_figure_said_to_be_another_steps_goes_there_and_the_old_one_comes_back(bells: Talk) -> None:
    bells.turn("tuning takes three hours")
    bells.turn("no, that was the bill")
    assert (minutes(bells, "Tune"), minutes(bells, "Write bill")) == (60, 180)


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("Rosa carries the crate to the van, not the jar", ["Fill jar", "Carry crate to van", "Write bill"]),
        ("rosa fills the bottle, not the jar", ["Fill bottle", "Carry jar to van", "Write bill"]),
        ("no, otto writes the delivery note, not the bill", ["Fill jar", "Carry jar to van", "Write delivery note"]),
        ("Rosa carries the jar to the van, not the crate", ["Fill jar", "Carry jar to van", "Write bill"]),
        ("otto signs the bill, not the jar", ["Fill jar", "Carry jar to van", "Write bill"]),
    ],
)
def test_the_thing_put_right_takes_no_step_away(words, steps, tmp_path):
    story = "Rosa fills the jar, 10 minutes. Rosa carries the jar to the van, 5 minutes. Otto writes the bill."
    with told(tmp_path, story) as talk:
        talk.turn(words)
        assert names(talk) == steps
        assert [task.work.value for task in tasks(talk.session.process) if task.work] == [10, 5]
