"""Who does it where a sentence puts the doer aside, and what is said of people and places without any work."""

from __future__ import annotations

import pytest
from reading_kit import framed

from assistant.english.spelling import mended
from assistant.language.offline.story import read
from assistant.process.tree import tasks


@pytest.mark.parametrize(
    "words",
    [
        "Olga and Piet share one office at the back.",
        "Ben and his brother use the same computer.",
        "We share the building with a dentist.",
        "The two cutters sit next to each other anyway.",
        "The three drivers have their lockers downstairs.",
        "Paul and Gerda know each other from school.",
        "Ines and the carpenter share a workshop, more or less.",
        "They have only one telephone between them.",
        "The tailor shares his shop with a cobbler.",
        "Maria and the trainee share the phone.",
        "The lawyers share a secretary.",
    ],
)
def test_what_people_share_is_no_work(words: str) -> None:
    assert framed(words) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The clerk shares the report with the auditor.", [("Share report with auditor", "Clerk")]),
        ("The matron shares out the beds.", [("Share out beds", "Matron")]),
        ("It's Olga or Piet who writes the ticket.", [("Write ticket", "Olga")]),
        ("It's always the glazier who cuts the pane.", [("Cut pane", "Glazier")]),
        ("It is the foreman that signs the slip.", [("Sign slip", "Foreman")]),
        ("It's the warehouse or the driver that checks the load.", [("Check load", "Warehouse")]),
        ("The guest rings, and it's Jo or Birgit who notes the name.", [("Ring", "Guest"), ("Note name", "Jo")]),
        ("The guest pays, and Rosa or Ben writes the bill.", [("Pay", "Guest"), ("Write bill", "Rosa")]),
        ("The foreman has the customer sign the list.", [("Sign list", "Customer")]),
        ("The usher gets the guest to fill in the card.", [("Fill in card", "Guest")]),
        ("The waiter has the guest sign the bill and files the copy.",
         [("Sign bill", "Guest"), ("File copy", "Waiter")]),
        ("Ove has the haulier fetch the piano.", [("Fetch piano", "Haulier")]),
        ("The planner books a van and a crew and orders the boxes.",
         [("Book van and crew", "Planner"), ("Order boxes", "Planner")]),
        ("The secretary reserves a hall and two cooks and buys the wine.",
         [("Reserve hall and two cooks", "Secretary"), ("Buy wine", "Secretary")]),
        ("The zoo keeper feeds the ones that stay and cleans the cages.",
         [("Feed those that stay", "Zoo keeper"), ("Clean cages", "Zoo keeper")]),
        ("The fitter, that is Ove, drives to the house and mends the pump.",
         [("Drive to house", "Fitter"), ("Mend pump", "Fitter")]),
        ("A valuer, we have two of them, looks at the ring and writes a note.",
         [("Look at ring", "Valuer"), ("Write note", "Valuer")]),
        ("The porter looks up the guest's room.", [("Look up guest's room", "Porter")]),
        ("The storeman receives the parcel and weighs it.",
         [("Receive parcel", "Storeman"), ("Weigh parcel", "Storeman")]),
        ("For the weaker pupils the teacher writes a learning plan.", [("Write learning plan", "Teacher")]),
    ],
)  # fmt: skip
def test_who_does_it_is_read_where_the_doer_stands_aside(words: str, expected: list[tuple[str, str]]) -> None:
    assert framed(words) == expected


def blocks(words: str) -> list[str]:
    return [step.block for step in read(words).process.flow.items]


@pytest.mark.parametrize(
    "words",
    [
        "The surveyor counts the boxes. He comes back with a list. Tina types the list.",
        "The driver brings the parcel. She comes back with the signed note. The clerk files the note.",
        "The fitter measures the window. She returns with the figures. The clerk writes the offer.",
    ],
)
def test_who_walks_back_does_nothing_again(words: str) -> None:
    assert "loop" not in blocks(words)


def test_a_way_back_to_a_step_is_still_a_loop() -> None:
    assert "loop" in blocks(
        "The clerk opens the file. The clerk checks the form. He goes back to the check of the form."
    )


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("Only one in ten gets the shot, and that's a quarter of an hour.", "Give shot"),
        ("One in six gets the pressure test from the nurse.", "Give pressure test"),
        ("Only every fifth cake gets a figure on top, that is an hour's work.", "Give figure"),
    ],
)
def test_what_only_some_cases_get_is_a_step_for_those(words: str, step: str) -> None:
    flow = read(f"The clerk opens the file. {words} The nurse writes the card. The owner pays.").process.flow.items
    choice = next(item for item in flow if item.block == "choice")
    assert [task.name for task in choice.branches[0].do.items] == [step]
    assert [item.name for item in flow if item.block == "task"][-2:] == ["Write card", "Pay"]


def test_what_some_cases_need_can_be_a_mere_condition() -> None:
    flow = read("The mechanic looks at the car. About a third need new brakes. The clerk orders them. He bills it.")
    assert "Do new brakes" not in [task.name for task in tasks(flow.process)]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("We repair bicycles, racing bikes mostly.", "Repair bicycles"),
        ("We move people's households, have done since my father's time.", "Move people's households"),
        ("Our shop mends shoes.", "Mend shoes"),
        ("I want to tell you how a removal runs with us.", "Handle removals"),
        ("Here is how we do the hotels' linen.", "Handle hotels' linen"),
        ("This is about what happens when a tree must be felled.", "Handle trees"),
        ("A house owner asks for a roof repair.", "Handle roof repairs"),
        ("The guest orders a taxi.", "Handle taxis"),
    ],
)
def test_a_process_is_called_after_what_people_come_for(words: str, name: str) -> None:
    rest = " The clerk fills in the form. The clerk files the form. The mechanic looks at it. The clerk sends the form."
    assert read(words + rest).process.name == name


@pytest.mark.parametrize("words", ["We repair bicycles, racing bikes mostly.", "Our shop mends shoes."])
def test_what_the_firm_does_at_all_is_no_step(words: str) -> None:
    rest = " The clerk writes the slip. The mechanic looks at it. The clerk writes the bill."
    assert next(task.name for task in tasks(read(words + rest).process)) == "Write slip"


@pytest.mark.parametrize("words", ["We receive orders.", "We check invoices.", "We bake the bread at four."])
def test_what_is_done_with_a_case_first_stays_a_step(words: str) -> None:
    rest = " The clerk writes the slip. The mechanic looks at it. The clerk writes the bill."
    assert len(list(tasks(read(words + rest).process))) == 4


def kinds(words: str) -> dict[str, str]:
    return {role.name: role.kind for role in read(words).process.roles}


def test_an_owner_who_rings_and_pays_is_a_customer() -> None:
    told = kinds("An owner rings the desk. The vet examines the dog. The vet writes the card. The owner pays the bill.")
    assert (told["Owner"], told["Vet"]) == ("external", "person")


def test_an_owner_who_works_here_is_none() -> None:
    told = kinds("A guest orders a room. The clerk books it. The owner signs the bill. The clerk files the bill.")
    assert told["Owner"] == "person"


def test_a_day_of_the_week_is_nobody() -> None:
    told = kinds("The clerk opens the file. Then we book the church. He is only here on Fridays. The clerk closes it.")
    assert "Fridays" not in told


def test_what_announces_a_story_is_no_part_of_its_first_sentence() -> None:
    rest = "The driver fetches the coffin. The clerk writes the bill."
    told = kinds(f"How a funeral runs: the family rings, often at night, and Greta writes it down. {rest}")
    assert list(told) == ["Greta", "Driver", "Clerk"]


@pytest.mark.parametrize(("word", "meant"), [("wedding", "wedding"), ("recieve", "receive"), ("aprove", "approve"),
                                             ("neccesary", "necessary"), ("bedding", "bedding")])  # fmt: skip
def test_a_word_that_doubles_another_letter_is_another_word(word: str, meant: str) -> None:
    assert mended(word) == meant
