"""Chats, interviews and sentences as people speak them, whose verbs or things were taken for something else."""

from __future__ import annotations

import pytest
from reading_kit import framed

from assistant.english.spelling import mended
from assistant.errors import NotAProcess
from assistant.language.offline.story import read
from assistant.language.offline.words.told_in_lines import told_in_lines

CHAT = """
Ola 09:02 so how does a bike get mended here
Bea 09:03 ok in bits. porter hands the bike in
Bea 09:04 then I write the ticket
Ola 09:05 and then
Bea 09:07 mechanic checks the brakes, Sven tests the lights
"""


def acts(words: str) -> list[str]:
    return [act.name for said in read(words, piece=True).told for act in said.acts()]


@pytest.mark.parametrize("clock", ["{name} {time} ", "{time} {name}: ", "[{time}] {name}: ", "{name} {time}: "])
def test_every_line_of_a_chat_is_read_by_itself(clock):
    lines = [line.split(" ", 2) for line in CHAT.strip().splitlines()]
    text = "\n".join(clock.format(name=name, time=time) + said for name, time, said in lines)
    assert acts(text) == ["Hand in bike", "Write ticket", "Check brakes", "Test lights"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("While she is on the phone the apprentice calls out the crew.", ["Call out crew"]),
        ("The porter goes to the shed and picks out a crate.", ["Pick out crate"]),
        ("The nurse sits at the bench and looks through the slips.", ["Look through slips"]),
        ("The lists of a week go to the two offices.", ["Forward lists of week to two offices"]),
        ("Only then may the foreman open the valve.", ["Open valve"]),
        ("The foreman does the check-up before leaving.", ["Do check-up"]),
        ("Once that's there the foreman plans the shift.", ["Plan shift"]),
        ("The foreman works out the toll, nine cents a barrel, gross.", ["Work out toll"]),
        ("The foreman looks at the roof, half an hour with the ladder.", ["Look at roof"]),
        ("The foreman sends a card, bless him, and Nora types it off.", ["Send card", "Type off card"]),
        ("The axle gets crimped to the hub.", ["Crimp axle to hub"]),
        ("Another official countersigns the slip.", ["Countersign slip"]),
        ("The lads in the yard wash the carts.", ["Wash carts"]),
        ("If the hose leaks, it's patched.", ["Patch hose"]),
        ("It's patched.", []),
        ("If the hose's fine you hang up the drum.", ["Hang up drum"]),
        ("Ines rings the inn for the date. Then a third time, for the menu.", ["Ring inn", "Ring for menu"]),
        ("Ines rings the inn. And once more, whether he is in.", ["Ring inn", "Ask whether he is in"]),
        ("Ines rings the inn. Then for three days nothing happens.", ["Ring inn"]),
        ("The coats are then hung in the attic to dry.", ["Hang coats in attic"]),
        ("The cook counts how many came.", ["Count how many came"]),
        ("The same evening you order the bread.", ["Order bread"]),
        ("The cook rings to ask whether the crate has come.", ["Ask whether crate has come"]),
        ("If it is a purse or a phone we mail the guard.", ["Mail guard"]),
        ("My uncle baked for the army.", []),
        ("He's kept a diary since March.", []),
        ("She blames the weather, the cook resents the noise.", []),
    ],
)  # fmt: skip
def test_a_verb_is_one(words, expected):
    assert [name for name, _ in framed(words)] == expected


def test_an_interview_of_short_lines_is_work_enough():
    asked = "\n".join(f"Q: And number {at}?\nA: Fine, number {at}." for at in range(40))
    work = "\n".join(
        f"A: I stamp the {thing}." for thing in ("card", "slip", "form", "list", "bill", "note", "file", "map")
    )
    told = read(f"{asked}\n{work}\nQ: Good, thank you.".replace("stamp", "check"))
    assert len(told.process.flow.items) == 8


@pytest.mark.parametrize("word", ["field", "trials", "coast", "priorities", "boats"])
def test_a_right_word_is_no_slip_of_a_verb(word):
    assert mended(word) == word


def test_what_is_typed_in_a_hurry_keeps_its_conditions_and_its_people():
    told = read(
        "lena writes down the order. boris looks at the roof, 2 hours. lena types the offer. lena rings the customer. "
        "1 in 5 ladder double booked, then lena rents a van. if yes lena orders the tiles."
    ).process
    assert {role.name: role.kind for role in told.roles} == {"Lena": "person", "Boris": "person"}
    choice = told.flow.items[-1]
    assert (choice.question, [step.name for step in choice.branches[0].do.items]) == (
        "Ladder is double booked?", ["Rent van", "Order tiles"],
    )  # fmt: skip


def test_lines_without_full_stops_are_sentences():
    lines = "owner rings\nreception books a slot\nnurse takes blood\nand labels the tube\nvet checks the results"
    assert acts(lines)[-4:] == ["Book slot", "Take blood", "Label tube", "Check results"]


def test_a_line_may_begin_with_an_article():
    lines = "we have a shop for reading lamps\na customer brings the lamp\nour smith mends it\nthe boss writes the bill"
    assert acts(lines)[-2:] == ["Mend lamp", "Write bill"]
    assert [role.name for role in read(lines).process.roles if "shop" in role.name.lower()] == []


@pytest.mark.parametrize(
    ("told", "steps"),
    [
        ("ann waters the flowers. i cut the grass", ["Water flowers", "Cut grass"]),
        (
            "i have a shop for lamps. ben writes the date in the book. i do the measuring, an hour",
            ["Write date in book", "Do measuring"],
        ),
        ("Eva washes the car. I do the books.", ["Wash car", "Do books"]),
    ],
)
def test_two_who_work_are_a_beginning_where_one_of_them_tells(told, steps):
    assert acts(told) == steps


def test_a_pastime_at_home_is_no_work():
    with pytest.raises(NotAProcess):
        read("My brother likes cars. I watch the races.")


def test_wrapped_lines_are_no_sentences():
    wrapped = "The clerk opens the letter and enters the\nclaim, which the expert checks before the\ncashier pays it"
    assert not told_in_lines(wrapped)
