"""What is said of a process that is there, by kinds: asked for in any frame, corrected in any form, placed by any
clause; and what is never written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import doer, names, told

from assistant.chat.turn import Talk
from assistant.process.blocks import Choice, Parallel
from assistant.process.tree import tasks, walk

STORY = (
    "A traveller loses a bag. The porter searches the platform, 20 minutes. The agent writes a note, 6 minutes. "
    "The station help cleans the bag, 15 minutes. The manager approves claims over 200 euros. "
    "If the bag is damaged, which is so in 10 percent of the cases, the cobbler repairs the bag. "
    "Then the cobbler does a leak test, 5 minutes. The agent sends the bag to the traveller."
)


@pytest.fixture
def talk(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        yield made


def minutes(talk: Talk, like: str) -> float | None:
    task = next(task for task in tasks(talk.session.process) if like in task.name.lower())
    return task.work.mean_seconds / 60 if task.work else None


def ways(talk: Talk) -> dict[str, float | None]:
    choices = [step for step in walk(talk.session.process) if isinstance(step, Choice)]
    return {branch.when or "": branch.p for choice in choices for branch in choice.branches}


def test_help_is_somebody_and_a_test_is_done(talk: Talk) -> None:
    assert doer(talk, "clean") == "Station help"
    assert minutes(talk, "test leak") == 5
    assert ways(talk)["bag is damaged"] == 0.1


@pytest.mark.parametrize(
    "words",
    [
        "Can you add a step where the agent weighs the bag before it is sent?",
        "add: the agent weighs the bag before the bag is sent",
        "Have the agent weigh the bag before it is sent.",
        "I'd like the agent to weigh the bag before it is sent.",
        "The agent should weigh the bag before it is sent.",
        "I forgot to mention that the agent weighs the bag before it is sent",
        "Make sure the agent weighs the bag before it is sent.",
    ],
)
def test_a_step_is_asked_for_in_any_frame(talk: Talk, words: str) -> None:
    talk.turn(words)
    order = names(talk)
    assert order.index("Weigh bag") + 1 == next(n for n, name in enumerate(order) if name.startswith("Send"))
    assert doer(talk, "weigh") == "Agent"


@pytest.mark.parametrize(
    "words",
    ["Let the manager write the note.", "the note should be written by the manager, not the agent",
     "Agent? No, the manager writes the note.", "Why not let the manager write the note?",
     "the agent does not write the note, the manager does it by himself"],
)  # fmt: skip
def test_a_step_goes_to_other_hands(talk: Talk, words: str) -> None:
    talk.turn(words)
    assert doer(talk, "write note") == "Manager"
    assert names(talk).count("Write note") == 1


def test_a_thing_asked_for_has_its_hands_and_its_time(talk: Talk) -> None:
    talk.turn("insert a final inspection by the foreman after the leak test, 4 minutes")
    assert doer(talk, "inspection") == "Foreman"
    assert minutes(talk, "inspection") == 4
    assert minutes(talk, "test leak") == 5


@pytest.mark.parametrize(
    ("words", "like", "length"),
    [
        ("I said 6 minutes for writing the note but it's 9.", "write note", 9),
        ("Searching the platform doesn't take 20 minutes but 35.", "search", 35),
        ("cleaning is 10 minutes and writing the note 3", "write note", 3),
    ],
)
def test_a_contrasted_figure_goes_to_its_step(talk: Talk, words: str, like: str, length: int) -> None:
    talk.turn(words)
    assert minutes(talk, like) == length


@pytest.mark.parametrize("words", ["After the search the papers are stamped by the agent, which takes 2 minutes.",
                                   "In between the tag is checked by the manager - that takes 2 minutes."])  # fmt: skip
def test_the_figure_of_other_work_is_not_given_to_a_step_beside(talk: Talk, words: str) -> None:
    before = {task.name: task.work for task in tasks(talk.session.process)}
    talk.turn(words)
    after = {task.name: task.work for task in tasks(talk.session.process)}
    assert {name: after[name] for name in before} == before
    assert len(after) == len(before) + 1


def test_things_limits_and_ways_are_put_right(talk: Talk) -> None:
    talk.turn("It isn't a bag, it's a suitcase.")
    assert "Clean suitcase" in names(talk)
    talk.turn("The limit isn't 200, it's 350 euros.")
    assert any("350" in when for when in ways(talk))
    talk.turn("The note isn't written. It is dictated over the phone.")
    assert not any(name.startswith("Write") for name in names(talk))
    assert doer(talk, "dictate") == "Agent"


def test_two_steps_at_one_time(talk: Talk) -> None:
    talk.turn("Writing the note and cleaning the bag should run in parallel.")
    assert any(isinstance(step, Parallel) for step in walk(talk.session.process))


@pytest.mark.parametrize("words", ["When the bag has been cleaned, the agent photographs it.",
                                   "As soon as the bag is cleaned, the agent photographs it."])  # fmt: skip
def test_what_every_case_comes_to_is_a_place_and_no_condition(talk: Talk, words: str) -> None:
    talk.turn(words)
    order = names(talk)
    assert order[order.index("Clean bag") + 1].startswith("Photograph")
    assert not any("cleaned" in when for when in ways(talk))


def test_a_case_told_in_two_sentences_is_a_way_with_its_share(talk: Talk) -> None:
    talk.turn("One in four travellers can't be reached. The agent keeps the bag then.")
    assert any(p == 0.25 for when, p in ways(talk).items() if when.endswith("can't be reached"))


@pytest.mark.parametrize(
    "words",
    [
        "Could you swap writing the note and cleaning the bag? just kidding, leave it",
        "Remove the leak test. No wait, leave that.",
        "The porter cleans the bag.",
        "When the lamps are delivered, the agent counts the keys.",
    ],
)
def test_what_is_taken_back_or_may_mean_two_things_is_not_written(talk: Talk, words: str) -> None:
    before = talk.session.process
    talk.turn(words)
    assert talk.session.process == before


def test_an_order_asked_back_and_denied_is_turned(talk: Talk) -> None:
    talk.turn("The note is written before the platform is searched? No, after.")
    order = names(talk)
    assert order.index("Search platform") < order.index("Write note")


@pytest.mark.parametrize(
    ("words", "heads"),
    [("porters? depends on the month but count on four", 4), ("porters? hard to say, but reckon with six", 6),
     ("not two porters, we're down to one since easter", 1), ("there's just the one porter and he works 8 to 4", 1),
     ("how many porters? eleven, give or take", 11), ("how many porters? three, roughly", 3)],
)  # fmt: skip
def test_how_many_there_are_is_what_it_comes_to_though_it_varies(talk: Talk, words: str, heads: int) -> None:
    before = names(talk)
    talk.turn(words)
    assert {role.name: role.capacity for role in talk.session.process.roles}["Porter"] == heads
    assert names(talk) == before


@pytest.mark.parametrize(
    "words",
    ["cleaning the bag depends on the dirt but takes 25 minutes", "cleaning the bag? depends, say 25 minutes",
     "how long does cleaning the bag take? 25 minutes"],
)  # fmt: skip
def test_how_long_it_takes_is_what_it_comes_to_though_it_varies(talk: Talk, words: str) -> None:
    before = names(talk)
    talk.turn(words)
    assert minutes(talk, "clean") == 25
    assert names(talk) == before


@pytest.mark.parametrize("words", ["the porter is off on fridays", "the porter isn't in on fridays",
                                   "the porter doesn't work fridays"])  # fmt: skip
def test_whoever_is_away_on_a_day_works_on_the_others(talk: Talk, words: str) -> None:
    talk.turn("the porter works from 8 to 16")
    talk.turn(words)
    porter = next(role for role in talk.session.process.roles if role.name == "Porter")
    assert porter.calendar is not None
    assert porter.calendar[0].weekdays() == (0, 1, 2, 3)


@pytest.mark.parametrize("words", ["he's off on wednesdays", "she isn't in on mondays"])
def test_who_is_away_must_be_said(talk: Talk, words: str) -> None:
    before = talk.session.process
    talk.turn(words)
    assert talk.session.process == before


@pytest.mark.parametrize(
    "words",
    ["20 mins tops, he just wipes it. (the station help i mean)", "cleaning the bag takes 20 min, he just wipes it"],
)
def test_why_it_takes_no_longer_is_no_step(talk: Talk, words: str) -> None:
    before = names(talk)
    talk.turn(words)
    assert minutes(talk, "clean") == 20
    assert names(talk) == before


@pytest.mark.parametrize(
    "words", ["three days on the shelf before i so much as touch it... help",
              "those bags lie around for weeks before anyone looks at them, help!"],
)  # fmt: skip
def test_a_sigh_that_calls_for_help_writes_nothing(talk: Talk, words: str) -> None:
    before = talk.session.process
    assert talk.turn(words).kinds[0] == "question"
    assert talk.session.process == before


def test_undo_after_words_that_came_to_nothing_does_not_take_back_the_story(talk: Talk) -> None:
    before = talk.session.process
    talk.turn("The weather is strange and windy this afternoon.")
    assert "Nothing came of your last words" in talk.turn("undo").lines[0]
    assert talk.session.process == before
    talk.turn("undo")
    assert talk.session.process != before
