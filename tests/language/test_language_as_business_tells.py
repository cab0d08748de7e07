"""Ways in which people in a business tell their work that the rules once lost: who is meant, the whole, asides."""

from __future__ import annotations

import pytest
from reading_kit import FRAME, framed

from assistant.language.reading import read_story
from assistant.process.tree import tasks


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The fitter who works in the yard loads the van.", [("Load van", "Fitter")]),
        ("The nurse who is on duty takes the sample.", [("Take sample", "Nurse")]),
        (
            "Once a week, Mondays, Mrs Lund who looks after the plants goes through the rows and checks the soil.",
            [("Go through rows", "Mrs Lund"), ("Check soil", "Mrs Lund")],
        ),
        ("The person who takes the call fills in the form.", [("Fill in form", "Person")]),
        ("The two women who sit at the front stamp the ticket.", [("Stamp ticket", "Women")]),
        ("The teacher who has the class has to mark the tests.", [("Mark tests", "Teacher")]),
        ("The man who keeps the record books in order checks the list.", [("Check list", "Man")]),
        ("She rings the man who has the key and Tom opens the door.", [("Ring man", "Clerk"), ("Open door", "Tom")]),
        ("The porter who opens the post sorts it.", [("Sort post", "Porter")]),
        ("The girls who pack come at three.", []),
    ],
)  # fmt: skip
def test_who_is_meant_hides_no_step(words, expected):
    assert framed(words) == expected


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("It takes six weeks to get an appointment.", (6, "w")),
        ("People complain that it takes two weeks to get one.", (2, "w")),
        ("The parents grumble that it takes three weeks to get a place.", (3, "w")),
        ("It takes ten days until they have their shoes back.", (10, "d")),
    ],
)
def test_how_long_those_served_wait_is_the_time_of_the_whole(words, length):
    process = read_story(FRAME.format(words)).process
    assert [(each.name, each.value, each.unit) for each in process.measures] == [("Cycle time", *length)]
    assert all(task.wait is None for task in tasks(process))


@pytest.mark.parametrize(
    "words", ["It takes her two days to get the parts.", "It takes a week to get an answer from the bank."]
)
def test_how_long_a_step_takes_is_not_the_time_of_the_whole(words):
    assert not read_story(FRAME.format(words)).process.measures


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("Tom copies the pass, that's ten minutes with the old copier, and puts the copy in the file.", 10),
        ("The cook peels the roots, that is half an hour with the old knife, and boils the soup.", 30),
        ("Rita sews the hem, that's an hour on the old machine, and irons the dress.", 60),
        ("Uwe drives the crate to the depot, that's twenty minutes through the old town, and unloads it.", 20),
    ],
)
def test_an_old_tool_does_not_hide_how_long_a_step_takes(words, minutes):
    process = read_story(FRAME.format(words)).process
    first = tasks(process)[1]
    assert first.work is not None
    assert first.work.mean_seconds == minutes * 60


def test_how_old_a_thing_is_is_no_time_of_a_step():
    process = read_story(FRAME.format("She prints the lists, some are two hours old.")).process
    assert all(task.work is None and task.wait is None for task in tasks(process))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("When they come back I look at the boat.", [("Look at boat", "Me")]),
        ("When the customer comes back Olaf checks the skis.", [("Check skis", "Olaf")]),
        (
            "When the tenants come the caretaker copies the card and writes the flat into the book.",
            [("Copy card", "Caretaker"), ("Write flat into book", "Caretaker")],
        ),
        ("When the guests leave we clean the room.", [("Clean room", "Our team")]),
        (
            "When the drivers come back from the tour they wash the vans.",
            [("Come back from tour", "Driver"), ("Wash vans", "Driver")],
        ),
    ],
)
def test_that_those_served_come_back_is_awaited_and_no_step(words, expected):
    assert framed(words) == expected


def test_coming_back_tells_of_no_fault_found_late():
    process = read_story(FRAME.format("When they come back I look at the boat.")).process
    assert "error_at_source" not in [remark.kind for remark in process.remarks]


_REST = " A guest brings the bag. Anna checks the bag, writes the ticket and puts it on the shelf."


@pytest.mark.parametrize(
    "words",
    [
        "I run the workshop of a shoe repair place at the harbour, been doing it ten years.",
        "I manage a small hotel at the river.",
        "I lead the archive of the county.",
        "I run a repair shop for pianos in the old harbour.",
        "We run the laundry of a hospital.",
    ],
)
def test_what_somebody_leads_is_an_introduction_and_no_step(words):
    process = read_story(words + _REST).process
    assert [task.name for task in tasks(process)] == ["Bring bag", "Check bag", "Write ticket", "Put bag on shelf"]


def test_what_somebody_runs_is_a_step_where_it_is_no_part_of_a_firm():
    process = read_story("I run the tests in the lab and write the report." + _REST).process
    assert [task.name for task in tasks(process)][:2] == ["Run tests in lab", "Write report"]
    assert "Tests" not in [role.name for role in process.roles]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("At the town library we lend musical instruments too, guitars, violins, two accordions.", "Lend instruments"),
        ("We sharpen knives too, scissors, blades.", "Sharpen knives"),
        ("In the village we bake cakes, tarts, wedding cakes.", "Bake cakes"),
        ("In our yard we repair boats too, dinghies, yachts.", "Repair boats"),
    ],
)
def test_the_trade_is_what_is_named_and_not_the_last_of_its_kinds(words, name):
    assert read_story(words + _REST).process.name.replace("musical ", "") == name


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Tom enters the name in the register and once more in the program.", ["in register", "in program"]),
        ("Tom enters the name on the card and again on the sheet.", ["on card", "on sheet"]),
        ("Tom enters the name into the till and then into the portal.", ["into till", "into portal"]),
        ("Tom enters the name in the book and again in the computer, ten minutes.", ["in book", "in computer"]),
    ],
)
def test_what_is_done_again_elsewhere_is_a_second_act(words, expected):
    assert framed(words) == [(f"Enter name {place}", "Tom") for place in expected]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Anna checks whether there's a bike in the right size.", "Check whether there is bike in right size"),
        ("Anna checks if there's a free bed on the ward.", "Check whether there is free bed on ward"),
        ("Anna checks whether there's room on the boat.", "Check whether there is room on boat"),
        ("Anna checks whether they're on the list.", "Check whether they are on list"),
    ],
)
def test_a_verb_written_short_is_whole_in_the_name_of_a_step(words, name):
    assert framed(words) == [(name, "Anna")]


@pytest.mark.parametrize(
    ("told", "step"),
    [
        ("The last bill I write some time later.", "Write last bill"),
        ("The second letter Tom sends a little later.", "Send second letter"),
        ("When the shop is shut, Tom answers the calls.", "Answer calls"),
        ("Tom rings her to ask how many chairs there are.", "Ask how many chairs there are"),
    ],
)
def test_later_and_shut_are_no_things_and_how_many_is_asked(told, step):
    assert [name for name, _ in framed(told)] == [step]


def test_journeymen_are_counted_and_a_count_is_no_name():
    process = read_story(
        "I run a small business, me and two journeymen. We do eleven hundred roofs a year. "
        "The journeyman sweeps the roof. I sign the report."
    ).process
    assert (process.name, [role.capacity for role in process.roles]) == ("Handle roofs", [2, 1])
