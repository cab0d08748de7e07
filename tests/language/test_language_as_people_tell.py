"""Stories as people tell them: what is done, by whom, and what the figures beside it are not."""

from __future__ import annotations

import pytest
from reading_kit import FRAME, task_named

from assistant.language.reading import read_story
from assistant.process.blocks import Choice, Loop
from assistant.process.tree import tasks, walk


def told(words, frame=FRAME):
    return read_story(frame.format(words)).process


def steps(process):
    return [(task.name, names(process, task)) for task in tasks(process)][1:-1]


def names(process, task):
    roles = {role.id: role.name for role in process.roles}
    return roles.get(task.role or "", "")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("After design the file is sent to the printer overnight.", [("Send file to printer", "")]),
        ("After the test drive the manager signs the sheet.", [("Sign sheet", "Manager")]),
        ("After the appointment Jana calls the plumber.", [("Call plumber", "Jana")]),
        ("After his visit she writes a note.", [("Write note", "Clerk")]),
        (
            "The contract is posted to the driver, he posts it back.",
            [("Post contract to driver", ""), ("Post back contract", "Driver")],
        ),
        ("Yusuf does the shading and the glazing.", [("Do shading and glazing", "Yusuf")]),
        ("Then the owner has to say yes.", [("Approve file", "Owner")]),
        (
            "The caretaker tells Jana what is needed and she calls around for quotes.",
            [("Tell Jana", "Caretaker"), ("Call around for quotes", "Jana")],
        ),
        (
            "HR (Sabine) asks the director. Sabine writes the advert.",
            [("Ask director", "HR"), ("Write advert", "HR")],
        ),
        (
            "We have two designers, Goran and Lisa, and one scanner. They scan the model.",
            [("Scan model", "Designer")],
        ),
        (
            "The caretaker has a look and mends the door right there. Then he locks it.",
            [("Look", "Caretaker"), ("Mend door there", "Caretaker"), ("Lock door", "Caretaker")],
        ),
        ("Customers complain that they never know when it comes, and they plan the visit for ten days later.", []),
        ("The office tells the caretaker when they see him.", [("Tell caretaker", "Office")]),
        (
            "Applications arrive by mail. The clerk prints them.",
            [("Print applications", "Clerk")],
        ),
    ],
)  # fmt: skip
def test_who_does_what(words, expected):
    assert steps(told(words)) == expected


def test_in_small_letters_a_name_is_a_person_and_the_pronoun_means_whoever_it_fits():
    process = read_story(
        "jana writes the report on a note and puts it in the caretakers tray. he picks up his notes twice a day. "
        "then she calls the plumber. mr brandt signs the bill."
    ).process
    assert [(task.name, names(process, task)) for task in tasks(process)] == [
        ("Write report on note", "Jana"),
        ("Put report in caretakers tray", "Jana"),
        ("Pick up notes", "Caretaker"),
        ("Call plumber", "Jana"),
        ("Sign bill", "Mr Brandt"),
    ]


def test_a_numbered_step_can_be_told_by_a_noun():
    process = read_story(
        "How it goes:\n1. The clerk opens the file.\n2. Interview with the manager and a test drive with the trainer.\n"
        "3. Packing (20 minutes)\n4. Delivery\n5. The clerk closes the file.\n"
    ).process
    assert [task.name for task in tasks(process)] == [
        "Open file", "Interview with manager", "Test drive with trainer", "Packing", "Delivery", "Close file",
    ]  # fmt: skip
    assert task_named(process, "Packing").work.value == 20


@pytest.mark.parametrize(
    "words",
    [
        "Tom does the glazing, he is off on Fridays.",
        "About once a week a blank is broken and the miller mills it again.",
        "The director signs it and says that is a good hour of her day.",
    ],
)
def test_what_is_no_rhythm_and_no_time_of_a_step(words):
    for task in tasks(told(words)):
        assert (task.batch, task.work, task.wait) == (None, None, None), task.name


def test_how_often_something_is_amiss_is_a_share_of_the_cases():
    process = told("Once a week a blank is broken and the miller mills it again. We do about 60 cases a week.")
    (choice,) = [block for block in walk(process) if isinstance(block, Choice)]
    assert choice.branches[0].when == "blank is broken"
    assert choice.branches[0].p == pytest.approx(1 / 60, abs=1e-4)


def test_a_time_that_holds_for_some_cases_makes_no_choice():
    process = told("The designer draws the crown, forty minutes if it is a single tooth.")
    assert not [block for block in walk(process) if isinstance(block, Choice)]
    assert task_named(process, "Draw crown").work.value == 40


@pytest.mark.parametrize(
    ("words", "every", "unit"),
    [
        ("The clerk writes the invoices at the end of the month.", 30, "d"),
        ("Every second Tuesday the clerk writes the invoices.", 2, "w"),
    ],
)
def test_when_work_is_collected(words, every, unit):
    batch = task_named(told(words), "Write invoices").batch
    assert (batch.every.value, batch.every.unit) == (every, unit)


def test_work_given_back_is_done_again():
    process = told(
        "Yusuf paints the crown. Petra checks the crown. If it is too dark she gives it back to Yusuf, one in ten. "
        "Then Petra packs the crown."
    )
    (loop,) = [block for block in walk(process) if isinstance(block, Loop)]
    assert loop.p == pytest.approx(0.1)
    assert [task.name for task in loop.do.items] == ["Paint crown", "Check crown"]


def test_a_second_visit_has_the_share_that_was_told():
    process = told("The fitter visits the tenant and often nobody is home, in a third of the cases, so he comes again.")
    (loop,) = [block for block in walk(process) if isinstance(block, Loop)]
    assert loop.p == pytest.approx(1 / 3, abs=1e-3)


def test_nobody_who_is_not_counted_is_counted():
    process = told("Every morning around nine our driver brings two boxes.")
    assert all(role.capacity is None for role in process.roles)
