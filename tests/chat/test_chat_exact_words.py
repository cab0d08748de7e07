"""Turns whose words can be taken exactly: a name in quotation marks, a time of day, a count, a way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk
from assistant.process.blocks import Choice, Loop, Task, Wait
from assistant.process.tree import tasks, walk

STORY = (
    "The gardener digs the bed, ten minutes. Then the gardener cuts roses for weddings, five minutes. Then the florist "
    "ties the bouquet, two minutes. Then the gardener waters the bed."
)


@pytest.fixture
def beds(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as talk:
        yield talk


def test_a_quoted_name_takes_out_that_step_and_tells_nothing(beds: Talk) -> None:
    beds.turn('remove "Cut roses for weddings"')
    assert names(beds) == ["Dig bed", "Tie bouquet", "Water bed"]


@pytest.mark.parametrize("order", ['remove "Tie ribbons"', 'remove "Check price"', "remove Report fault"])
def test_what_no_step_is_called_takes_nothing_out(beds: Talk, order: str) -> None:
    before = beds.session.process
    reply = beds.turn(order)
    assert beds.session.process == before
    assert reply.lines[0].startswith("No step is called")


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("we only wrap and label after six", "Wrap"),
        ("then two apprentices prune it by hand, about 40 minutes a tree", "Prune"),
        ("then it's sprayed, which is 50 minutes, four people at the pump", "Spray"),
    ],
)
def test_a_deed_with_a_time_of_day_or_a_count_is_a_step_and_nobody_elses_head_count(
    beds: Talk, words: str, step: str
) -> None:
    beds.turn(words)
    assert any(step in name for name in names(beds))
    assert all(role.capacity is None for role in beds.session.process.roles)


def test_a_time_of_day_is_no_head_count(beds: Talk) -> None:
    for words in ("we stop at five", "after six the florist only sweeps the floor"):
        assert not any("number of people" in line for line in beds.turn(words).lines)


def test_how_often_a_step_is_done_is_not_how_often_a_case_comes(beds: Talk) -> None:
    beds.turn("bouquets are tied only on Thursdays")
    assert beds.session.process.volume is None


WAITING = (
    "The printer sets the page, ten minutes. Then the printer prints the sheet, five minutes. The sheet waits a day "
    "and a half before the binder sews the book, two minutes. Then the clerk posts the book."
)


@pytest.fixture
def books(own_home: Path) -> Iterator[Talk]:
    with told(own_home, WAITING) as talk:
        yield talk


def row(talk: Talk) -> list[str]:
    """The verbs of the steps in order; a wait, of its own or before a task, with its hours."""
    found = []
    for block in walk(talk.session.process):
        length = block.duration if isinstance(block, Wait) else block.wait if isinstance(block, Task) else None
        found += [f"{length.mean_seconds / 3600:g} h"] if length else []
        found += [block.name.split()[0]] if isinstance(block, Task) else []
    return found


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("the day and a half is before the printing, not before the sewing", "Set, 36 h, Print, Sew, Post"),
        ('the wait of a day and a half is before "Post book"', "Set, Print, Sew, 36 h, Post"),
        ("the day and a half is before the gilding, not before the sewing", "Set, Print, 36 h, Sew, Post"),
        ("the sheet has to dry overnight after printing", "Set, Print, 12 h, 36 h, Sew, Post"),
        ("printing waits three hours for a free press", "Set, 3 h, Print, 36 h, Sew, Post"),
        ("books wait for the clerk, usually three hours", "Set, Print, 36 h, Sew, 3 h, Post"),
    ],
)
def test_a_wait_goes_where_it_is_told_and_is_nobodys_work(books: Talk, words: str, steps: str) -> None:
    people = books.session.process.roles
    books.turn(words)
    assert ", ".join(row(books)) == steps
    assert books.session.process.roles == people


def loops(talk: Talk) -> list[tuple[list[str], str, float | None]]:
    """What is done again, under which condition and how often."""
    found = [block for block in walk(talk.session.process) if isinstance(block, Loop)]
    return [([step.name for step in loop.do.items if isinstance(step, Task)], loop.while_, loop.p) for loop in found]


@pytest.mark.parametrize(
    "words",
    [
        "if the sheet is smeared it is printed again",
        "if the sheet is smeared the printer prints it again",
        "it is printed again if the sheet is smeared",
    ],
)
def test_work_that_is_done_again_is_a_loop_and_no_trigger(books: Talk, words: str) -> None:
    trigger = books.session.process.trigger
    books.turn(words)
    assert loops(books) == [(["Print sheet"], "the sheet is smeared", None)]
    assert books.session.process.trigger == trigger


def test_a_way_back_to_a_named_step_asks_where_it_is_found(books: Talk) -> None:
    reply = books.turn('if the back is loose it goes back to "Print sheet", 5 percent')
    assert not loops(books)
    assert any("Sew book" in line for line in reply.lines)
    books.turn("2")
    assert loops(books) == [(["Print sheet", "Sew book"], "the back is loose", 0.05)]


@pytest.mark.parametrize(
    "words",
    [
        "the binder sews every book, not only half of them",
        "only thick books need a second binder, that is part of the sewing",
    ],
)
def test_what_holds_of_all_makes_no_step_depend_on_anything(books: Talk, words: str) -> None:
    books.turn(words)
    assert not any(isinstance(block, Choice) for block in walk(books.session.process))


def test_two_steps_that_are_one_leave_one_with_what_both_told(books: Talk) -> None:
    books.turn('"Post book" and "Sew book" are the same step')
    assert row(books) == ["Set", "Print", "36 h", "Post"]
    assert [task.work.mean_seconds / 60 for task in tasks(books.session.process) if task.work] == [10, 5, 2]


def test_one_time_of_two_steps_is_asked_about_and_not_told_twice(books: Talk) -> None:
    before = books.session.process
    assert "shared" in books.turn("setting and printing together take 40 minutes").lines[0]
    assert books.session.process == before
    books.turn("1")
    assert [task.work.mean_seconds / 60 for task in tasks(books.session.process) if task.work] == [20, 20, 2]


def test_people_who_do_one_step_are_counted_where_they_do_no_other(books: Talk) -> None:
    books.turn('four people do "Sew book"')
    books.turn('five people do "Set page"')  # the printer prints as well: asked
    counts = {role.name: role.capacity for role in books.session.process.roles}
    assert counts == {"Printer": None, "Binder": 4, "Clerk": None}


@pytest.mark.parametrize(
    "words",
    [
        "the book is sewn by two people",
        "it takes two people to sew the book",
        "two of them sew the book",
        "for sewing the book we need two people",
    ],
)
def test_so_many_people_at_a_step_are_no_role_of_that_name(books: Talk, words: str) -> None:
    books.turn(words)
    assert {role.name: role.capacity for role in books.session.process.roles} == {
        "Printer": None, "Binder": 2, "Clerk": None}  # fmt: skip


def test_so_many_of_others_take_the_step_over(books: Talk) -> None:
    books.turn("the book is sewn by three interns")
    sewn = next(task for task in tasks(books.session.process) if task.name == "Sew book")
    intern = books.session.process.role(sewn.role or "")
    assert intern is not None
    assert (intern.name, intern.capacity) == ("Intern", 3)


def test_one_who_has_a_name_is_not_made_two(own_home: Path) -> None:
    with told(own_home, "The clerk takes the order. Jo carries the piano.") as talk:
        reply = talk.turn("the piano is carried by two people")
        assert "Who else" in " ".join(reply.lines)
        assert [role.name for role in talk.session.process.roles] == ["Clerk", "Jo"]


@pytest.mark.parametrize(
    ("words", "step", "when", "chance"),
    [
        ("in one of five cases the couple changes something, then the florist ties the bouquet again", "Tie bouquet",
         "the couple changes something", 0.2),
        ("in 10 % of cases the bouquet falls apart and the florist ties it again", "Tie bouquet",
         "the bouquet falls apart", 0.1),
        ("sometimes the soil stays dry, then the gardener has to water the bed once more", "Water bed",
         "the soil stays dry", None),
    ],
)  # fmt: skip
def test_what_somebody_does_again_in_some_cases_is_done_again_there(
    beds: Talk, words: str, step: str, when: str, chance: float | None
) -> None:
    beds.turn(words)
    assert loops(beds) == [([step], when, chance)]


@pytest.mark.parametrize("words", ["at the start Rosa opens the gate", "in the beginning rosa opens the gate"])
def test_who_does_something_at_the_start_does_it_first_and_in_every_case(beds: Talk, words: str) -> None:
    beds.turn(words)
    assert names(beds) == ["Open gate", "Dig bed", "Cut roses for weddings", "Tie bouquet", "Water bed"]
    assert not any(isinstance(block, Choice) for block in walk(beds.session.process))


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ('"Dig bed" and "Tie bouquet" are no steps, remove both', ["Cut roses for weddings", "Water bed"]),
        ("remove Tie bouquet and Dig bed", ["Cut roses for weddings", "Water bed"]),
        ("please remove dig bed, tie bouquet and water bed", ["Cut roses for weddings"]),
        ('delete both "Water bed" and "Dig bed"', ["Cut roses for weddings", "Tie bouquet"]),
        ("water bed isn't a step, take it out", ["Dig bed", "Cut roses for weddings", "Tie bouquet"]),
    ],
)
def test_all_the_steps_that_are_named_go_and_no_other(beds: Talk, words: str, left: list[str]) -> None:
    roles = beds.session.process.roles
    beds.turn(words)
    assert names(beds) == left
    assert len(beds.session.process.roles) <= len(roles)


def test_where_one_of_them_is_not_there_none_goes(beds: Talk) -> None:
    before = beds.session.process
    assert "No step is called" in beds.turn('"Plant trees" and "Dig bed" are no steps, remove both').lines[0]
    assert beds.session.process == before


@pytest.mark.parametrize(
    ("words", "share", "days"),
    [
        ("bouquets over 1,000 euros (20%) need approval of the head florist, 2 days", 0.2, 2),
        ("bouquets > 80 EUR (one in ten) need the ok of the head florist, a day", 0.1, 1),
        ("bouquets above 50 euros need the consent of the head florist", None, None),
    ],
)
def test_an_approval_of_some_cases_is_a_step_whose_place_is_asked(
    beds: Talk, words: str, share: float | None, days: float | None
) -> None:
    before = beds.session.process
    asked = beds.turn(words)
    assert beds.session.process == before
    assert "approval before Tie bouquet" in asked.lines[1]
    beds.turn("1")
    made = next(block for block in walk(beds.session.process) if isinstance(block, Choice))
    step = next(task for task in tasks(beds.session.process) if task.name == "Approve bouquets")
    assert made.branches[0].p == share
    assert (step.wait.mean_seconds / 86400 if step.wait else None) == days


def test_an_approval_of_what_no_step_names_is_offered_at_the_end(beds: Talk) -> None:
    asked = beds.turn("loans above 50,000 need the consent of the board, in 10 percent of the cases")
    assert asked.lines[1] == "(1) loans above 50,000: approval at the end"


@pytest.mark.parametrize(
    "words",
    [
        "the binder and the clerk are the same person",
        "the clerk is the same person as the binder",
        "there is no clerk, that is just the binder",
        "merge the roles binder and clerk",
    ],
)
def test_two_who_are_one_do_all_that_both_did(books: Talk, words: str) -> None:
    own = {task.name: task.role for task in tasks(books.session.process)}
    books.turn(words)
    roles = [role.id for role in books.session.process.roles]
    assert roles == ["printer", "binder"]
    binder = {name: "binder" if role == "clerk" else role for name, role in own.items()}
    assert {task.name: task.role for task in tasks(books.session.process)} == binder


@pytest.mark.parametrize(
    ("words", "wait", "hours", "behind"),
    [
        ("between tying and watering it has to rest for 2 hours", "Bouquet has to rest", 2, "Tie bouquet"),
        ("after tying it has to stand overnight", "Bouquet has to stand", 12, "Tie bouquet"),
        ("it stands an hour between tying and watering", "Bouquet has to stand", 1, "Tie bouquet"),
        ("before watering there is a break of half an hour", "Break", 0.5, "Tie bouquet"),
    ],
)
def test_what_has_to_lie_between_two_steps_is_a_wait_and_no_work(
    beds: Talk, words: str, wait: str, hours: float, behind: str
) -> None:
    work = [task.work for task in tasks(beds.session.process)]
    beds.turn(words)
    row = [block for block in walk(beds.session.process) if isinstance(block, Task | Wait)]
    place = next(n for n, block in enumerate(row) if isinstance(block, Wait))
    found = row[place]
    assert isinstance(found, Wait)
    assert found.duration is not None
    assert (found.name, found.duration.mean_seconds / 3600, row[place - 1].name) == (wait, hours, behind)
    assert [task.work for task in tasks(beds.session.process)] == work


@pytest.mark.parametrize(
    ("words", "prices"),
    [
        ("the printer costs 20, the binder 25, the clerk 18", [20, 25, 18]),
        ("the binder earns 25 euros an hour, the others 20", [20, 25, 20]),
        ("everybody costs 30", [30, 30, 30]),
        ("they all get 18 an hour", [18, 18, 18]),
        ("14 euros an hour", [14, 14, 14]),
        ("wages are 21 an hour across the board", [21, 21, 21]),
    ],
)
def test_wages_are_prices_of_an_hour_of_those_named_and_no_heads_or_cases(
    books: Talk, words: str, prices: list[float]
) -> None:
    volume = books.session.process.volume
    reply = books.turn(words)
    roles = books.session.process.roles
    assert [role.cost_per_hour for role in roles] == prices
    assert [role.capacity for role in roles] == [None, None, None]
    assert books.session.process.volume == volume
    assert not any("no place" in line for line in reply.lines)


def test_heads_and_their_price_are_told_in_one_list(books: Talk) -> None:
    books.turn("there are 6 printers at 19 euros an hour and two binders at 34.50")
    roles = [(role.capacity, role.cost_per_hour) for role in books.session.process.roles]
    assert roles == [(6, 19), (2, 34.5), (None, None)]


def test_how_long_somebody_takes_is_the_time_of_the_one_step_he_does(books: Talk) -> None:
    books.turn("the binder takes 7 mins for each book")
    sewn = next(task for task in tasks(books.session.process) if task.name == "Sew book")
    assert sewn.work is not None
    assert sewn.work.mean_seconds == 7 * 60


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("the shop is manned 5am to 11pm by three people", ("05:00", "23:00")),
        ("mondays to fridays nine till five", ("09:00", "17:00")),
    ],
)
def test_hours_from_one_time_to_another_are_those_of_all(books: Talk, words: str, hours: tuple[str, str]) -> None:
    books.turn(words)
    told = {(line.from_, line.to) for role in books.session.process.roles for line in role.calendar or ()}
    assert told == {hours}


@pytest.mark.parametrize(
    "words",
    [
        "the counter is open from 8 to 12 but that has nothing to do with the books",
        "the press has 4 colours and 220 degrees, if you want to know",
        'ignore what the leaflet says about "48 hours"',
        "the big shelf holds 240 books and the small one 60",
        "the hall has 40 chairs and is heated to 21 degrees",
    ],
)
def test_how_big_or_warm_a_thing_is_and_what_is_left_out_change_nothing(books: Talk, words: str) -> None:
    before = books.session.process
    reply = books.turn(words)
    assert books.session.process == before
    assert "Nothing was changed" in " ".join(reply.lines)


@pytest.mark.parametrize("words", ["in july its double, but leave the 25 in", "at christmas we have twice as many"])
def test_that_more_comes_at_a_time_of_the_year_is_kept_as_said(books: Talk, words: str) -> None:
    before = books.session.process
    books.turn(words)
    after = books.session.process
    assert [(remark.kind, remark.text) for remark in after.remarks[len(before.remarks) :]] == [("season", words)]
    assert after.model_copy(update={"remarks": before.remarks}) == before
