"""What in a told story is a step of the work and what is none; refusals, answers and the order of the work."""

from __future__ import annotations

import pytest
from reading_kit import framed, task_named

from assistant.language.reading import read_story
from assistant.process.blocks import End, Task
from assistant.process.tree import tasks, walk

FRAME = "The nurse weighs the baby. {} The doctor signs the report."

NO_STEPS = """
My brother runs a bakery on his own.
My aunt keeps her letters in a drawer.
My father wants a second kiln.
I once counted the vans for a week.
We had the roof repaired.
I worked it out once.
The board wanted a new logo.
The old gardener used to water the roses.
Back then the foreman wrote everything on slate.
Years ago the inspector sealed the meters.
The mayor would open the bridge at night.
The supplier could deliver the tiles ready cut.
Management wants to charge the guests for towels.
The unions love the rota.
Who on earth reads the log?
Do we write the label twice?
I know the village well.
We sell everything.
I see the river from here.
The dog guards the yard.
The river carries the logs.
I advise you well.
We never again paint the workshop in May.
I sold my car to a neighbour.
""".strip().splitlines()

STEPS = {
    "The welder cuts the sheet.": "cut sheet",
    "The baker weighs the flour.": "weigh flour",
    "Then the porter brings the tray to the ward.": "bring tray",
    "The label is printed by the clerk.": "print label",
    "We fill the tank.": "fill tank",
    "I order the seeds.": "order seed",
    "The tailor measures the customer.": "measure customer",
    "The vet vaccinates the cow.": "vaccinate cow",
    "The diver inspects the hull.": "inspect hull",
    "The florist binds the bouquet.": "bind bouquet",
    "The archivist scans the deed.": "scan deed",
    "The surveyor marks the border.": "mark border",
    "The projectionist tests the lamp.": "test lamp",
    "The brewer cools the wort.": "cool wort",
    "Then the roofer replaces the tiles.": "replace tile",
    "The auditor samples the invoices.": "sample invoice",
    "The handler checks that the damage is not covered and rejects the claim.": "reject claim",
    "The drivers report that the customer is away and bring the parcel back.": "bring parcel",
    "The clerk reads the system message and answers the customer.": "answer customer",
    "The tutor marks the essays.": "mark essay",
    "The sexton unlocks the tower.": "unlock tower",
}


def _tasks(story: str) -> list[str]:
    process = read_story(story).process
    return [block.name for block in walk(process) if isinstance(block, Task)]


def _between(names: list[str]) -> list[str]:
    return [name for name in names if name not in ("Weigh baby", "Sign report")]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("The keeper and the porter do a test run, 20 minutes.", "Do test run"),
        ("the keeper does a site visit, an hour", "Do site visit"),
        ("The keeper does a trial run, 5 min.", "Do trial run"),
        ("The keeper does a stock count.", "Count stock"),
    ],
)
def test_doing_a_run_or_a_round_is_a_step(told: str, name: str) -> None:
    assert framed(f"{told.rstrip('.')}.") == [(name, "Keeper")]


@pytest.mark.parametrize("told", ["The keeper does a good trade.", "The keeper does a lot of business in summer."])
def test_doing_well_is_no_step(told: str) -> None:
    assert not framed(told)


@pytest.mark.parametrize("sentence", NO_STEPS)
def test_what_nobody_does_in_each_case_is_no_step(sentence: str) -> None:
    assert _between(_tasks(FRAME.format(sentence))) == []


@pytest.mark.parametrize("sentence", STEPS)
def test_work_stays_a_step(sentence: str) -> None:
    said = " ".join(_between(_tasks(FRAME.format(sentence)))).lower()
    assert all(word in said for word in STEPS[sentence].split())


def test_a_refusal_ends_the_case_and_what_follows_is_done_for_the_others() -> None:
    story = "The clerk checks the policy. If it has lapsed, the handler rejects the claim. The handler pays the claim."
    blocks = list(walk(read_story(story).process))
    assert [block.negative for block in blocks if isinstance(block, End)] == [True]
    outer = [block.name for block in read_story(story).process.flow.items if isinstance(block, Task)]
    assert outer == ["Check policy", "Pay claim"]


def test_yes_and_no_are_two_branches() -> None:
    story = (
        "The advisor calls the client. When they say no, the advisor turns the client down. "
        "When they say yes, we open the account. The clerk prints the card."
    )
    process = read_story(story).process
    assert [block.name for block in process.flow.items if isinstance(block, Task)] == ["Call client", "Print card"]


def test_the_beginning_told_last_is_done_first() -> None:
    story = (
        "The last thing is that the fitter installs the kitchen. Before that, the workshop cuts the boards. "
        "The very beginning is that the customer orders the kitchen."
    )
    assert _tasks(story) == ["Order kitchen", "Cut boards", "Install kitchen"]


def test_what_was_left_out_is_said_with_its_sentence() -> None:
    notes = read_story(FRAME.format("My brother runs a bakery on his own.")).notes
    assert any("My brother runs a bakery on his own." in note for note in notes)


def test_what_could_be_done_but_never_is_is_no_step() -> None:
    story = "The order desk could also check the stock, but never does. The clerk files the form. The manager signs."
    assert "Check stock" not in _tasks(story)


@pytest.mark.parametrize(
    ("story", "steps"),
    [
        (
            "The clerk checks whether the form is complete and files the form.",
            ["Check whether form is complete", "File form"],
        ),
        (
            "The nurse checks if the patient has pain and calls the doctor.",
            ["Check whether patient has pain", "Call doctor"],
        ),
        ("The buyer compares the prices and orders the cheapest.", ["Compare prices", "Order cheapest"]),
        (
            "The buyer checks the stock. If the part is missing, purchasing orders it from the maker.",
            ["Check stock", "Order part from maker"],
        ),
        (
            "The technician rings our hotline and tells which part he needs. The dispatcher looks it up in SAP.",
            ["Ring hotline", "Look up part in SAP"],
        ),
        (
            "The clerk keys in the invoice. The boss signs it. We work 8 to 4 with five clerks.",
            ["Key in invoice", "Sign invoice"],
        ),
    ],
)
def test_the_second_verb_of_a_sentence_is_a_step_and_hours_are_none(story: str, steps: list[str]) -> None:
    assert [task.name for task in tasks(read_story(story).process)] == steps


def test_counted_people_are_the_role_already_met() -> None:
    process = read_story("The clerk keys in the invoice. The boss signs it. We work 8 to 4 with five clerks.").process
    assert {role.name: role.capacity for role in process.roles if role.capacity} == {"Clerk": 5}


def test_of_a_sentence_that_gave_a_step_only_the_part_left_out_is_named():
    read = read_story(
        "The technician calls our hotline and tells which part he needs. The dispatcher reserves the part."
    )
    assert [task.name for task in tasks(read.process)] == ["Call hotline", "Reserve part"]
    assert "I took this for no step of the work: “tells which part he needs”" in read.notes
    assert not [note for note in read.notes if "calls our hotline" in note]
    read = read_story("The clerk enters the order. My brother runs a bakery. The picker packs the goods.")
    assert "I took this for no step of the work: “My brother runs a bakery.”" in read.notes


@pytest.mark.parametrize(
    ("words", "served"),
    [
        ("The groom pays a deposit. Ann hands the suit over to the groom.", "Groom"),
        ("Ann sends the bill to the shop.", "Shop"),
    ],
)
def test_whom_the_work_is_for_is_found_and_works_not_here(words, served):
    process = read_story(f"Ann cuts the cloth, two hours. Ben sews the suit, ten hours. {words}").process
    assert [customer.name for customer in process.customers] == [served]
    assert all(role.kind == "external" for role in process.roles if role.name == served)


@pytest.mark.parametrize(
    "story",
    [
        "The stitcher books the machine, 5 minutes. The stitcher sews the sail, 4 hours. Ann checks the sail.",
        "the roaster orders the beans, ten minutes. ann fills the bags, an hour. the roaster seals the bags.",
        "The chimney guy collects the key, 10 minutes. Ann cleans the stove, an hour.",
    ],
)
def test_whoever_works_for_a_told_time_is_no_customer(story):
    process = read_story(story).process
    assert process.customers == ()
    assert [role.name for role in process.roles if role.kind == "external"] == []


@pytest.mark.parametrize(
    ("story", "name"),
    [
        (
            "The family comes to the office and Eva sits down with them for an hour. Eva writes the plan.",
            "Meet with family",
        ),
        ("the tenant visits us. eva sits down with him for half an hour. eva drafts the lease, 20 minutes", "Meet"),
    ],
)
def test_a_talk_is_called_by_whom_it_is_with(story, name):
    assert name in [task.name for task in tasks(read_story(story).process)]


def test_notes_beside_the_steps_are_none():
    process = read_story(
        "Watch repairs in a small shop (as it runs today)\n\nVolume: about 18 watch repairs a day.\n\n"
        "1. The clerk opens the watch.\n2. The watchmaker approves each estimate.\n"
        "Estimates are approved only on Thursdays.\n3. The clerk posts the watch.\n\n"
        "Must stay: gold watches are handled by two people only (law)."
    ).process
    assert [task.name for task in tasks(process)] == ["Open watch", "Approve estimate", "Post watch"]
    assert task_named(process, "Approve").batch is not None
    assert process.volume is not None


@pytest.mark.parametrize(
    ("head", "steps"),
    [
        ("Repair dept - plant 2. 6 fitters, 1 planner.\n", []),
        ("Test lab - line 3.\n", []),
        ("print office, unit 4.\n", []),
        ("Check warehouse for damage.\n", ["Check warehouse for damage"]),
        ("Repair pumps.\n", ["Repair pumps"]),
    ],
)
def test_where_notes_are_from_is_no_step(head: str, steps: list[str]) -> None:
    process = read_story(f"{head}1. clerk types the form\n2. nurse files the form").process
    assert [task.name for task in tasks(process)] == [*steps, "Type form", "File form"]


@pytest.mark.parametrize(
    ("told", "steps"),
    [
        ("Ben writes to the first three. The boss talks to each for an hour.",
         ["Write to first three", "Talk to each"]),
        ("ben calls for the next five. the boss weighs them.", ["Call for next five", "Weigh"]),
        ("Ben sends the plan to the cheapest two. The boss talks to each of them, 30 minutes.",
         ["Send plan to cheapest two", "Talk to each of them"]),
        ("ben speaks with each, 10 minutes. ben writes to the last four.", ["Speak with each", "Write to last four"]),
    ],
)  # fmt: skip
def test_what_is_done_to_the_first_of_many_or_to_each_is_a_step(told: str, steps: list[str]) -> None:
    process = read_story(f"Ben lists the goats, an hour. {told} Eva feeds the goats.").process
    names = [task.name for task in tasks(process)]
    assert (names[0], names[-1]) == ("List goats", "Feed goats")
    assert [name if name in steps else name.split()[0] for name in names[1:-1]] == steps


@pytest.mark.parametrize(
    "words",
    [
        "It drives them mad.",
        "it drives the sister up the wall",
        "The noise drives everybody round the bend.",
        "The fitters are slow and the goods are heavy.",
        "the scales are bent and the room is cramped",
        "The beds are crooked, the corridor is crowded and the nurses are tired.",
    ],
)
def test_how_it_is_and_what_drives_people_mad_is_no_step(words: str) -> None:
    process = read_story(f"{FRAME.format(words.rstrip('.') + '.')}").process
    assert [task.name for task in tasks(process)] == ["Weigh baby", "Sign report"]


@pytest.mark.parametrize(
    ("words", "step"),
    [("The boy drives the van to the shop.", "Drive van"), ("The bread is baked and the shop is open.", "Bake bread")],
)
def test_a_deed_beside_how_it_is_stays_a_step(words: str, step: str) -> None:
    names = [task.name for task in tasks(read_story(FRAME.format(words)).process)]
    assert len(names) == 3
    assert names[1].startswith(step)
