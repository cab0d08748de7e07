"""Words that no fixed wording fits: written where they are likely enough, asked about where they are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import doer, names, told

from assistant.chat.turn import Talk
from assistant.chat.weighing import TAKE_BACK, spoken_now
from assistant.language.weighed.weights import allowed, weighed
from assistant.process.blocks import Choice
from assistant.process.tree import tasks, walk

STORY = (
    "A customer rings and the dispatcher books a date, which takes 5 minutes. The fitter repairs the boiler, 2 hours. "
    "Then the clerk writes the bill, 10 minutes. If a part is missing, which happens in 10 percent of the cases, "
    "the dispatcher orders it."
)


@pytest.fixture
def talk(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        yield made


@pytest.mark.parametrize(
    "words",
    [
        "the fitter sends his regards", "my uncle once repaired a boiler with chewing gum",
        "sorry, typing with one hand here", "I sometimes wonder why the dispatcher bothers",
    ],
)  # fmt: skip
def test_what_only_comments_is_never_written(talk: Talk, words: str) -> None:
    before = talk.session.process
    talk.turn(words)
    assert talk.session.process == before


def test_a_wish_for_better_is_no_step(talk: Talk) -> None:
    before = talk.session.process
    assert "request" in talk.turn("can't we somehow get the fitter out of the door earlier").kinds
    assert talk.session.process == before


def test_telling_that_goes_on_is_written_whatever_it_is_about(talk: Talk) -> None:
    talk.turn("Then the clerk waters the plants.")
    assert any("plants" in name for name in names(talk))


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("boilers are done by the clerk, not by the fitter", "Clerk does"),
        ("repairs: 3 hours", "Repair boiler"),
        ("dispatchers there are two", "Dispatcher: 2"),
    ],
)
def test_the_ways_a_turn_may_mean_hold_what_it_says_and_can_be_made(talk: Talk, words: str, title: str) -> None:
    spoken = spoken_now(talk, words)
    found = [one for one in weighed(spoken) if one.way.title.startswith(title)]
    assert found
    assert allowed(spoken, found[0].way)
    assert abs(sum(one.share for one in weighed(spoken)) - 1) < 1e-9


def test_words_that_fit_a_figure_and_tell_new_work_are_read_as_new_work(talk: Talk) -> None:
    talk.turn("oh, and before the fitter repairs the boiler he closes the valve, that's ten minutes")
    assert names(talk).index("Close valve") < names(talk).index("Repair boiler")


def test_two_acts_of_one_sentence_are_two_steps_of_one_role(talk: Talk) -> None:
    talk.turn("after the repairing he wipes the floor and signs the sheet")
    assert {doer(talk, "wipe floor"), doer(talk, "sign sheet")} == {"Fitter"}


def test_how_often_a_step_goes_wrong_is_a_share_of_that_step(talk: Talk) -> None:
    talk.turn("the clerk gets the bill wrong in 5 percent of the cases")
    assert next(task for task in tasks(talk.session.process) if task.name == "Write bill").error_rate == 0.05


def test_a_figure_on_top_of_none_is_written_nowhere(talk: Talk) -> None:
    before = talk.session.process
    talk.turn("ten minutes more")
    assert talk.session.process == before


def test_something_put_as_given_with_a_question_behind_it_is_a_question(talk: Talk) -> None:
    before = talk.session.process
    assert talk.turn("say 9 boilers came instead of 6, who would be the first to sink?").kinds == ("question",)
    assert talk.session.process == before


def test_a_wish_that_names_no_change_is_answered_by_what_it_comes_up_against(talk: Talk) -> None:
    reply = talk.turn("my customers say it takes for ever, please do something about it")
    assert "request" in reply.kinds
    assert any("propose" in line for line in reply.lines)


def test_what_was_heard_before_is_not_read_back_again(talk: Talk) -> None:
    first = talk.turn("Then the clerk types the bill into the system again, 3 minutes.")
    assert any("Heard" in line for line in first.lines)
    later = talk.turn("After that the dispatcher calls the customer.")
    assert not any("types the bill" in line for line in later.lines)


def test_a_share_of_something_else_is_none_of_the_ways_there_are(talk: Talk) -> None:
    talk.turn("About one in five customers disputes the bill.")
    ways = {branch.when: branch.p for split in walk(talk.session.process) if isinstance(split, Choice)
            for branch in split.branches}  # fmt: skip
    assert ways["part is missing"] == 0.1


@pytest.mark.parametrize(
    ("words", "cond"),
    [
        ("gas boilers are another story, there the fitter closes the valve first, 5 minutes", "gas boilers"),
        ("old houses, one in five or so: the fitter drills a hole", "old houses"),
    ],
)
def test_cases_set_apart_in_front_are_a_condition(talk: Talk, words: str, cond: str) -> None:
    found = [one.way for one in weighed(spoken_now(talk, words)) if one.way.title.endswith(f"if {cond}")]
    assert any(way.kind.startswith("new if") for way in found)


def test_after_a_whole_story_it_means_no_step_of_it(talk: Talk) -> None:
    assert not spoken_now(talk, "he does that").recent


def test_a_name_to_the_letter_is_no_matter_of_likelihood(talk: Talk) -> None:
    step = next(task.name for task in tasks(talk.session.process))
    talk.turn(f"rename '{step}' to 'Phone the customer'")
    assert "Phone the customer" in {task.name for task in tasks(talk.session.process)}


def test_what_somebody_wants_by_friday_writes_no_file(talk: Talk) -> None:
    assert "Written" not in " ".join(talk.turn("My boss wants a report by Friday.").lines)


def test_of_two_spans_of_hours_the_denied_one_is_not_written(talk: Talk) -> None:
    talk.turn("the fitter starts at 7 and ends at 15, not 9 to 18")
    hours = {(line.from_, line.to) for role in talk.session.process.roles for line in role.calendar or ()}
    assert ("07:00", "15:00") in hours
    assert ("09:00", "18:00") not in hours


@pytest.mark.parametrize(
    "words",
    [
        "could you rename the fitter to heating engineer? It says so on the van",
        "rename the fitter please, he's the heating engineer",
        "make that heating engineer instead of fitter please, nobody says it otherwise",
    ],
)
def test_another_name_is_taken_however_it_is_asked_for(talk: Talk, words: str) -> None:
    talk.turn(words)
    assert {"Heating engineer"} == {role.name for role in talk.session.process.roles} - {
        "Dispatcher",
        "Clerk",
        "Customer",
    }


def test_somebody_who_is_there_no_more_goes_with_their_only_step(talk: Talk) -> None:
    talk.turn("we don't have a clerk any more, the dispatcher writes the bill")
    assert doer(talk, "write bill") == "Dispatcher"
    assert "Clerk" not in {role.name for role in talk.session.process.roles}


def test_another_figure_that_only_says_why_does_not_keep_one_from_being_written(talk: Talk) -> None:
    talk.turn("there are 3 fitters now, we hired one in spring")
    assert next(role.capacity for role in talk.session.process.roles if role.name == "Fitter") == 3


def test_what_is_done_instead_is_one_way_and_takes_the_place(talk: Talk) -> None:
    spoken = spoken_now(talk, "the fitter doesn't repair the boiler any more, he fills out the order")
    assert any(one.way.kind == "instead" and "Repair boiler" in one.way.title for one in weighed(spoken))


@pytest.mark.parametrize(
    ("words", "step", "role", "minutes"),
    [
        (
            "while the fitter is repairing it the clerk phones the landlord, that's another 20 minutes",
            "phone",
            "Clerk",
            20,
        ),
        (
            "before the bill is written somebody checks the meter, that's the storeman, 5 minutes",
            "check",
            "Storeman",
            5,
        ),
        ("when the house is old, the fitter drills a hole, that takes him 15 min per house", "drill", "Fitter", 15),
        ("after the repairing the fitter tests the valve once more, 4 min", "test", "Fitter", 4),
        ("somebody from the stores packs the spare parts before the repairing, takes an hour", "pack", "Store", 60),
    ],
)
def test_who_does_it_and_how_long_may_be_said_behind(
    talk: Talk, words: str, step: str, role: str, minutes: int
) -> None:
    talk.turn(words)
    (made,) = [task for task in tasks(talk.session.process) if task.name.lower().startswith(step)]
    assert doer(talk, made.name.lower()) == role
    assert made.work is not None
    assert made.work.mean_seconds == minutes * 60


@pytest.mark.parametrize(
    ("words", "cond", "share"),
    [
        ("leaky tanks get drained by a helper. Happens with one boiler in 20", "leaky tanks", 0.05),
        ("gas boilers (10 %) also get a sticker from the fitter", "gas boilers", 0.1),
        ("oil tanks go to Viktor, he empties and scrubs them. every fourth or so", "oil tanks", 0.25),
        ("nobody opens the door? then the fitter leaves a card", "nobody opens the door", None),
    ],
)
def test_a_kind_of_case_and_how_often_it_is_may_be_said_apart(
    talk: Talk, words: str, cond: str, share: float | None
) -> None:
    talk.turn(words)
    ways = {branch.when: branch.p for split in walk(talk.session.process) if isinstance(split, Choice)
            for branch in split.branches}  # fmt: skip
    assert ways.get(cond, "none") == share


def test_what_was_asked_said_again_is_what_the_figure_is_of(talk: Talk) -> None:
    talk.turn("writing the bill? twelve minutes I'd say")
    work = next(task for task in tasks(talk.session.process) if task.name == "Write bill").work
    assert work is not None
    assert work.mean_seconds == 720


def test_a_figure_that_stands_is_left_where_it_is(talk: Talk) -> None:
    talk.turn("booking is fine but the repairing is 90 minutes")
    times = {task.name: task.work.mean_seconds for task in tasks(talk.session.process) if task.work}
    assert times["Repair boiler"] == 5400
    assert times["Book date"] == 300


def test_several_steps_in_one_breath_each_have_their_own_time(talk: Talk) -> None:
    talk.turn("after the repairing the fitter heats the cellar, half an hour, and sweeps the floor, ten minutes")
    times = {task.name: task.work.mean_seconds for task in tasks(talk.session.process) if task.work}
    assert times["Heat cellar"] == 1800
    assert times["Sweep floor"] == 600


def test_hours_are_no_head_counts(talk: Talk) -> None:
    talk.turn("there are 3 fitters and one dispatcher, and the clerk is in from 9 to 1")
    counts = {role.name: role.capacity for role in talk.session.process.roles}
    assert (counts["Fitter"], counts["Dispatcher"], counts["Clerk"]) == (3, 1, None)


def test_one_step_by_somebody_else_is_no_other_name_for_who_does_two(talk: Talk) -> None:
    talk.turn("its the trainee that books it, not the dispatcher")
    assert doer(talk, "book date") == "Trainee"
    assert doer(talk, "order") == "Dispatcher"


def test_a_step_is_not_called_by_the_reason_for_it(talk: Talk) -> None:
    talk.turn("before the repairing he covers the floor with a sheet so theres no dirt on the carpet")
    assert names(talk)[names(talk).index("Repair boiler") - 1] == "Cover floor with sheet"


def test_a_new_step_that_is_only_likely_is_written_with_how_to_take_it_back(talk: Talk) -> None:
    written = talk.turn("for those old houses a sworn inspector stamps the paper before the fitter goes home")
    assert "inspector" in doer(talk, "stamp").lower()
    assert written.lines[-1] == TAKE_BACK


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("the office manager writes the bill, I mixed that up", "Office manager does “Write bill”"),
        ("booking a date is the fitter's job", "Fitter does “Book date”"),
        ("wrong order, the bill gets written first and the boiler repaired afterwards", "“Write bill” before “Repair"),
        ("only old boilers get repaired by the fitter", "“Repair boiler” only for old boilers"),
        ("it's apprentices who repair the boiler", "Apprentices does “Repair boiler”"),
        ("10 percent was last year, closer to one in five", "“part is missing” in 20%"),
        ("the dispatcher's 30 an hour, the fitters are on 42", "Dispatcher: 30 an hour; Fitter: 42 an hour"),
    ],
)
def test_what_is_to_hold_instead_is_listed_however_it_is_put(talk: Talk, words: str, title: str) -> None:
    assert any(one.way.title.startswith(title) for one in weighed(spoken_now(talk, words)))


@pytest.mark.parametrize("words", ["one of the fitters left last month", "not two fitters, one"])
def test_a_number_of_people_sets_no_hours(talk: Talk, words: str) -> None:
    assert not {one.way.kind for one in weighed(spoken_now(talk, words))} & {"hours", "hours+"}


def test_what_an_hour_costs_is_asked_once_for_all_and_a_bound_is_no_price(talk: Talk) -> None:
    price = next(question for question in talk.open_questions() if question.field == "cost_per_hour")
    talk.asked = (price,)
    talk.turn("only boilers over 200 euros")
    assert {role.cost_per_hour for role in talk.session.process.roles} == {None}
    talk.asked = (price,)
    talk.turn("fitter 40, dispatcher 30, clerk 30 euros")
    told = {role.name: role.cost_per_hour for role in talk.session.process.roles if role.cost_per_hour}
    assert told == {"Dispatcher": 30, "Fitter": 40, "Clerk": 30}


def test_whoever_of_the_family_works_here_is_nobody_from_elsewhere(own_home: Path) -> None:
    with told(
        own_home, "The cobbler looks at the shoe. The cobbler sews the upper. My wife polishes the shoe."
    ) as talk:
        talk.turn("my wife sews the upper, 2 hours")
        assert doer(talk, "sew") == "Wife"
        assert next(task for task in tasks(talk.session.process) if "upper" in task.name).work


def test_other_hands_remove_nothing_and_a_new_count_keeps_the_period_told(own_home: Path) -> None:
    with told(
        own_home,
        "The packer bundles the boards and loads the truck. The clerk writes the bill. We have 700 sales a year.",
    ) as talk:
        talk.turn("Loading the truck is the driver's job.")
        assert doer(talk, "load") == "Driver"
        lines = talk.turn("sales went up to 950").lines
        assert any("950 a year" in line for line in lines)
        talk.turn("we don't load the truck any more")
        assert "load" not in names(talk)


def test_who_does_what_names_people_of_another_house_last(own_home: Path, short_plays: None) -> None:
    with told(own_home, "The clerk drafts the deed, 20 minutes. The notary reads the deed, one hour.") as talk:
        told_of = [line for line in talk.turn("who does what?").lines if line.startswith("- ")]
        assert [line.split("”")[0] for line in told_of] == ["- “Clerk", "- “Notary"]
