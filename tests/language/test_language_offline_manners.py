"""Ways of telling: notes in telegram style, text without full stops, bare units as doers, one-off projects, names."""

import pytest
from reading_kit import choices, shape, task_named

from assistant.errors import NotAProcess
from assistant.language.reading import read_story
from assistant.process.tree import tasks

END = " The clerk files the form. The manager signs the letter."


def roles(text):
    process = read_story(text).process
    names = {role.id: role.name for role in process.roles}
    return [(names.get(task.role or ""), task.name) for task in tasks(process)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Afterwards security prints a badge and the host picks up the visitor.",
            [("Security", "Print badge"), ("Host", "Pick up visitor")],
        ),
        (
            "Legal signs off the contract and facilities hands over the keys.",
            [("Legal", "Sign off contract"), ("Facilities", "Hand over keys")],
        ),
        (
            "Cataloguing records the book and sticks on the label.",
            [("Cataloguing", "Record book"), ("Cataloguing", "Stick on label")],
        ),
        ("In the afternoon logistics drives the parcels to the depot.", [("Logistics", "Drive parcels to depot")]),
        ("The blorper frobnicates the widget.", [("Blorper", "Frobnicate widget")]),
        ("Ines, our subject librarian, checks the title.", [("Ines", "Check title")]),
        ("One of the mechanics repairs the car.", [("Mechanic", "Repair car")]),
    ],
)
def test_who_does_it_without_being_in_a_table(text, expected):
    assert roles(text + END)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The clerk opens the ticket. Duplicate → she closes the ticket. The developer fixes the code.",
            ["Open ticket", ("choice", ["Close ticket"], []), "Fix code"],
        ),
        (
            "The reviewer reads the draft. Comments? The author reworks the draft. The editor prints the book.",
            ["Read draft", ("choice", ["Rework draft"], []), "Print book"],
        ),
        (
            "Sales: phones the lead. Site visit by surveyor: measures the roof. The engineer designs the system.",
            ["Phone lead", "Measure roof", "Design system"],
        ),
        (
            "Trucker collects the container + delivers it to the customer. The goods checked by the clerk.",
            ["Collect container", "Deliver container to customer", "Check goods"],
        ),
        (
            "The boss signs the order. Track A: purchasing orders the panels. Track B: sales books the crew.",
            ["Sign order", ("parallel", ["Order panels"], ["Book crew"])],
        ),
    ],
)
def test_notes_in_telegram_style(text, expected):
    assert shape(text) == expected


def test_ways_with_equals_signs_are_alternatives():
    text = (
        "- customs checks the risk:\n  green, 80 % = the clerk files the form\n"
        "  red, 20 % = customs x-rays the container\n- trucker collects the container\n"
    )
    found = choices(read_story(text).process)
    assert [[branch.p for branch in choice.branches] for choice in found] == [[0.8, 0.2]]


def test_text_without_full_stops():
    text = (
        "the doctor orders the test in the system then the nurse draws the blood and she labels the tube after "
        "that the porter carries the tube to the lab down there the lab reception scans the tube if the tube is "
        "broken they throw the tube away and then the technician measures the sample then the doctor reads the result"
    )
    names = [task.name for task in tasks(read_story(text).process)]
    assert names[:3] == ["Order test in system", "Draw blood", "Label tube"]
    assert {"Scan tube", "Throw away tube", "Measure sample", "Read result"} <= set(names)


def test_either_way_leaves_the_branch():
    text = (
        "The nurse looks at the value. If the value is critical, she phones the ward, and either way she releases the "
        "result." + END
    )
    assert shape(text)[1:3] == [("choice", ["Phone ward"], []), "Release result"]


def test_turned_down_is_a_condition():
    text = "The head decides on the wish. When it is turned down, the librarian tells the reader." + END
    assert shape(text)[1] == ("choice", ["Tell reader"], [])


def test_those_he_turns_down_reads_as_a_condition():
    text = "The manager checks the order. Those he turns down? The clerk informs the customer." + END
    assert choices(read_story(text).process)[0].branches[0].when == "order is turned down"


def test_they_in_a_condition_is_named():
    text = "Carla calls the customer. If they say yes, the mechanic repairs the car." + END
    assert choices(read_story(text).process)[0].branches[0].when == "customer says yes"


@pytest.mark.parametrize(
    "text",
    [
        "Not often does the officer prepare the permit.",
        "Seldom does the foreman load the crate.",
    ],
)
def test_what_could_not_be_read_is_named(text):
    assert read_story(END + " " + text).notes == (f"I could not make a step of: “{text}”",)


def test_only_a_few_are_named_and_the_others_counted():
    odd = " Not often does the officer prepare the permit."
    notes = read_story(END + odd * 6).notes
    assert sum(note.startswith("I could not make a step of") for note in notes) == 3
    assert any("3 more sentences" in note for note in notes)


def test_a_story_read_whole_has_no_such_note():
    assert read_story("The clerk checks the form." + END).notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "In May we will move to the new office. First we have to hire a moving company, then pack all boxes, and "
        "on the 12th of May everybody moves. After the move we will celebrate once with a big party and "
        "close the project.",
        "In autumn we will launch the new shop. First we have to order the furniture, then paint the walls, and in "
        "October the team opens the doors. Then we close the project.",
    ],
)
def test_a_project_done_once_is_refused(text):
    with pytest.raises(NotAProcess, match="done once"):
        read_story(text)


def test_starting_over_is_a_way_back():
    text = (
        "The nurse draws the blood. The lab scans the tube. If the tube is broken, the lab throws the tube away and "
        "the whole thing starts over with the nurse drawing blood. The doctor reads the result."
    )
    assert shape(text)[0][0] == "loop"


def test_nothing_is_lost_behind_an_end():
    text = "If the goods are odd, customs seizes the goods, end of story. Customs releases the goods." + END
    assert "Release goods" in [task.name for task in tasks(read_story(text).process)]


def test_future_tense_alone_is_no_project():
    text = "The customer will send an order. The clerk will check the order. The clerk will ship the goods."
    assert len(list(tasks(read_story(text).process))) == 3


def test_a_carrier_takes_its_time_outside():
    text = "The clerk packs the parcel. The carrier delivers the parcel to the customer, which takes two days." + END
    assert task_named(read_story(text).process, "Deliver").wait_cause == "external"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("This is how we handle returns. The clerk checks the parcel.", "Handle returns"),
        ("You asked how a blood sample runs here. The doctor orders the test.", "Handle blood samples"),
        ("MINUTES – Choir\n\nReport on the tuning of the pianos. The clerk checks the piano.", "Tuning of pianos"),
        ("CLOCKS - how we mend them\n\nThe clerk tags the clock.", "Mend clocks"),
        ("We sew sails, my sister and I, in the old yard. A sailor comes. The clerk writes the card.", "Sew sails"),
        ("You asked how a plot gets sold. The clerk measures the plot.", "Sell plots"),
        ("Town Museum\n\nThe clerk opens the crate. The clerk checks the crate.", "Handle crates"),
        ("Sea freight – notes from Tuesday\n\nThe carrier sends the notice.", "Sea freight"),
        ("Every visitor asks for me. I look up the visitor. The host picks up the visitor.", "Handle visitors"),
        ("The mechanic repairs the car. The apprentice washes the car.", "Repair cars"),
    ],
)
def test_names_say_what_it_is_about(text, name):
    assert read_story(text + END).process.name == name


def test_visitors_come_and_a_visitor_is_the_role():
    process = read_story("Visitors comes to the front desk. Visitors fill in a form." + END).process
    assert process.trigger == "Visitors come to the front desk"
    assert process.roles[0].name == "Visitor"


def test_ringing_up_starts_the_case_and_is_no_step():
    process = read_story("A customer rings up. Carla writes the job card." + END).process
    assert process.trigger == "Customer rings up"
    assert next(iter(tasks(process))).name == "Write job card"


def test_other_stories_are_left_out():
    text = "The clerk signs the slip. We also take in parcels here, but that's a different story." + END
    assert "Take in parcels" not in [task.name for task in tasks(read_story(text).process)]


@pytest.mark.parametrize(
    ("text", "customers"),
    [
        ("A sailor brings a sail. The clerk tags the sail. Ann mends the sail. The sailor pays.", ["Sailor"]),
        ("The clerk tags the sail. Ann mends the sail. The student wrote this. The customer pays.", ["Customer"]),
        ("The clerk tags the sail. Ann mends the sail. Ann calls the driver.", []),
    ],
)
def test_the_customer_is_who_asks_and_gets(text: str, customers: list[str]) -> None:
    assert [customer.name for customer in read_story(text + END).process.customers] == customers


def test_names_that_stand_on_a_map_have_no_loose_ends_and_no_capital_of_a_sentence() -> None:
    told = (
        "What you should know before you start\n\nMother brings the bottles and a mother signs the form. "
        "The clerk fetches the parcel, and then yes. I type the letter."
    )
    process = read_story(told).process
    names = [task.name for task in tasks(process)]
    assert not [name for name in names if "," in name or " and" in name or " Mother" in name]
    assert "What" not in process.name
    assert "Me" in [role.name for role in process.roles]


@pytest.mark.parametrize(
    ("words", "trigger", "steps", "people"),
    [
        ("the cook fries the fish. the waiter serves it", "", ["Fry fish", "Serve"], ["Cook", "Waiter"]),
        ("A patient rings. The nurse books a slot.", "Patient rings", ["Book slot"], ["Nurse"]),
        ("a parent phones. the secretary writes it down", "Parent phones", ["Write down"], ["Secretary"]),
        ("The smith shoes the mare. The boy leads it out.", "", ["Shoe mare", "Lead out mare"], ["Smith", "Boy"]),
    ],
)
def test_two_short_sentences_are_drawn(words: str, trigger: str, steps: list[str], people: list[str]) -> None:
    process = read_story(words).process
    assert (process.trigger or "") == trigger
    assert [task.name for task in tasks(process)] == steps
    assert [role.name for role in process.roles if role.kind != "external"] == people


@pytest.mark.parametrize(
    "words", ["The weather is fine. My boss bought a car.", "The dog barks. The cat sleeps.", "The nurse is nice."]
)
def test_two_short_sentences_that_tell_no_work_are_not_drawn(words: str) -> None:
    with pytest.raises(NotAProcess):
        read_story(words)
