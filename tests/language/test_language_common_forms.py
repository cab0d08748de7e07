"""Forms in which everybody tells work: for approval, on a desk, by kind, if not, the visit takes."""

from __future__ import annotations

import pytest
from reading_kit import choices, framed

from assistant.english.tables import rows
from assistant.language.offline.sentences.turned_forms import acting_first
from assistant.language.offline.words.tokens import sentences
from assistant.language.reading import read_story
from assistant.process.blocks import Loop
from assistant.process.tree import tasks, walk


@pytest.mark.parametrize("example", [example for *_, example in rows("turned")])
def test_each_form_fits_its_own_example(example: str) -> None:
    (sentence,) = sentences(example)
    before = [token.low for token in sentence.tokens]
    assert [token.low for token in acting_first(list(sentence.tokens))] != before


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("It goes to the dean for approval.", ("Approve file", "Dean")),
        ("Then every plan is sent up to the chief of works for signature.", ("Sign plan", "Chief of works")),
        ("The survey is carried out by a geologist.", ("Survey file", "Geologist")),
        ("Afterwards the rest go to two referees for review.", ("Review rest", "Referee")),
        ("Approval is by the treasurer.", ("Approve file", "Treasurer")),
        ("The kitchen gets the hall ready.", ("Prepare hall", "Kitchen")),
        ("The crates are washed, dried and put on the rack by the trainee.", ("Put crates on rack", "Trainee")),
        ("Whoever has the early shift switches on the oven.", ("Switch on oven", "Our team")),
        ("The board, four farmers, decides.", ("Decide", "Board")),
        ("It goes to IT for repair.", ("Repair file", "IT")),
    ],
)
def test_who_acts_is_read_wherever_it_stands(words: str, step: tuple[str, str]) -> None:
    assert step in framed(words)


def test_what_is_sent_for_something_is_sent_and_done() -> None:
    assert framed("The sexton sends the list to the bishop for signature.") == [
        ("Send list to bishop", "Sexton"), ("Sign list", "Bishop"),
    ]  # fmt: skip
    assert ("Return key", "Tenant") in framed("The janitor gives the key to the tenant. He copies it and returns it.")


@pytest.mark.parametrize("place", ["on the desk of the warden", "on the warden's desk", "in the tray of the warden"])
def test_a_desk_is_nobody_and_no_step(place: str) -> None:
    found = framed(f"The letter lands {place}. The warden reads the letter.")
    assert found == [("Read letter", "Warden")]


def test_it_lies_in_a_folder_until_and_nothing_is_repeated() -> None:
    process = read_story("The clerk books it. The note goes into a folder until the jury meets. Ann posts it.").process
    assert not any(isinstance(block, Loop) for block in walk(process))


@pytest.mark.parametrize(
    ("words", "condition", "ways"),
    [
        ("Small jobs the foreman plans himself. Bigger ones go to the engineer, who measures the wall.",
         "job is small", ["Plan small jobs", "Measure wall"]),
        ("Urgent letters are typed at once, all others are typed by the trainee.",
         "letter is urgent", ["Type urgent letters", "Type other letters"]),
        ("If so, the porter carries it; if not, the driver fetches it.", "", ["Carry file", "Fetch file"]),
        ("Anything over 900 euros has to be signed by the mayor.", "file is over 900 euros", ["Sign file"]),
        ("The cook tries to open it. If she can't, she calls the smith.", "", ["Call smith"]),
        ("If the fitter can mend it himself, he does. If not, he calls the maker.",
         "fitter can mend it himself", ["Mend file", "Call maker"]),
        ("For parcels from abroad, Ann fills in a label.", "", ["Fill in label"]),
        ("In 15 % of the cases Ann finds a crack, then she orders a pane.", "crack is found", ["Order pane"]),
        ("In simple cases Ann sends a card. In serious cases the dean writes a letter.",
         "simple cases", ["Send card", "Write letter"]),
        ("In urgent cases Ann rings the bell.", "urgent cases", ["Ring bell"]),
        ("Ben sorts the plates. Broken ones are thrown away.", "plates are broken", ["Throw away plates"]),
        ("The clerk checks the list. Half of them aren't complete, so she posts them back.",
         "list is not complete", ["Post back list"]),
        ("With new members, Ann prints a card.", "new members", ["Print card"]),
        ("The clerk checks whether the list is complete. If it isn't, Ann calls the coach.",
         "list is not complete", ["Call coach"]),
    ],
)  # fmt: skip
def test_what_holds_for_some_is_a_choice(words: str, condition: str, ways: list[str]) -> None:
    process = read_story(
        f"The clerk checks whether the file is there. {words} The clerk closes the file for good."
    ).process
    (choice,) = choices(process)
    assert condition in (choice.branches[0].when or "")
    told = [step.name for branch in choice.branches for step in branch.do.items if hasattr(step, "work")]
    assert told == ways


@pytest.mark.parametrize(
    ("words", "name", "who", "minutes"),
    [
        ("The nurse arranges a visit. The visit takes two hours.", "Visit", "Nurse", 120),
        ("The inspection takes forty minutes.", "Inspect file", "", 40),
    ],
)
def test_work_named_by_how_long_it_takes_is_a_step(words: str, name: str, who: str, minutes: int) -> None:
    process = read_story(f"The clerk opens the file. {words} The clerk closes the file for good.").process
    task = next(task for task in tasks(process) if task.name == name)
    assert task.work is not None
    assert task.work.mean_seconds == 60 * minutes
    role = process.role(task.role) if task.role else None
    assert (role.name if role else "") == who


def test_how_long_it_takes_is_no_second_step_where_somebody_does_it() -> None:
    process = read_story("Ann checks the form. The check takes 20 minutes. Ann files the form for good.").process
    assert [task.name for task in tasks(process)] == ["Check form", "File form for good"]


def test_an_answer_is_waited_for_and_nothing_is_repeated() -> None:
    told = "Ann sends the offer. After ten days the customer comes back to us with a yes. Then Ben works out the price."
    process = read_story(told).process
    assert not any(isinstance(block, Loop) for block in walk(process))
    assert list(tasks(process))[-1].wait is not None


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("They bake, and at five the driver packs the crates.", ["Bake", "Pack crates"]),
        ("At two in the morning the bakers look at the sheet.", ["Look at sheet"]),
        ("I collect the lists until Friday and type all of them.", ["Collect lists", "Type lists"]),
        ("Jo types the order. It takes her the whole of Saturday morning.", ["Type order"]),
        ("The miller fits the belt. The miller starts the mill again.", ["Fit belt"]),
    ],
)
def test_an_hour_is_no_thing_and_a_mill_that_runs_again_repeats_nothing(words: str, steps: list[str]) -> None:
    assert [name for name, _ in framed(words)] == steps
    assert not any(
        isinstance(block, Loop) for block in walk(read_story(f"Ann opens it. {words} Ben shuts it.").process)
    )


def test_until_all_have_answered_is_how_long_that_takes() -> None:
    told = "Ann asks the singers. Until everybody has answered it takes three weeks. Ben books the bus."
    process = read_story(told).process
    assert not any(isinstance(block, Loop) for block in walk(process))


def test_how_often_it_goes_amiss_is_no_rhythm_of_a_step() -> None:
    told = (
        "Ben cleans the barrel. Twice a month two people come for it because I forgot to note it. Ann files the slip."
    )
    assert all(task.batch is None for task in tasks(read_story(told).process))


def test_who_does_not_show_up_is_not_seen() -> None:
    told = (
        "Ann offers him a date. One patient in seven doesn't show up. The doctor sees the patient. Ben files the card."
    )
    process = read_story(told).process
    (choice,) = choices(process)
    assert [block.block for block in choice.branches[0].do.items] == ["end"]
    assert [task.name for task in tasks(process)] == ["Offer date", "See patient", "File card"]


def test_what_lies_there_waits_for_the_visit_told_next() -> None:
    told = (
        "Ute types the form into the list. It goes into the tray of Mr Brandt, he's the inspector. He only goes out on "
        "Tuesdays, so a case lies there about eight days until he's been. The visit itself is half an hour. Back in "
        "the office he writes his report by hand, 20 minutes."
    )
    steps = {task.name: task for task in tasks(read_story(told).process)}
    assert list(steps) == ["Type form into list", "Visit", "Write report"]
    assert steps["Visit"].wait is not None
    assert steps["Type form into list"].wait is None


def test_what_somebody_asks_why_is_no_step() -> None:
    assert framed("A visitor asked why they collect the hides till Thursday and then soak them all in one go.") == []


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Piet is our welder. The welder cleans the seam.", "Piet"),
        ("The plate goes to Mrs Alm, she's the paint inspector. The inspector cleans the seam.", "Mrs Alm"),
        ("Piet is our welder. A second welder helps. The welder cleans the seam.", "Second welder"),
    ],
)
def test_a_title_is_whoever_bears_it_where_only_one_does(words: str, who: str) -> None:
    assert ("Clean seam", who) in framed(words)


@pytest.mark.parametrize(
    "words",
    [
        "It would be nice if the lift was back in a week instead of nearly a month.",
        "Customers would like to have it back within a week all in all.",
    ],
)
def test_what_somebody_would_like_is_not_how_long_it_takes(words: str) -> None:
    told = f"Ann takes the call. Ben drives out. Cleo orders the part, that takes three weeks. {words} Ben fits it."
    assert not read_story(told).process.measures
