"""Stories as people tell them: interviews, limits, runs, and who is meant."""

from __future__ import annotations

import pytest
from reading_kit import FRAME, task_named

from assistant.language.reading import read_story
from assistant.process.blocks import Choice, Loop
from assistant.process.tree import tasks, walk


def told(words):
    return read_story(FRAME.format(words)).process


def steps(process):
    roles = {role.id: role.name for role in process.roles}
    return [(task.name, roles.get(task.role or "", "")) for task in tasks(process)][1:-1]


def test_in_an_interview_nobody_who_asks_does_the_work():
    process = read_story(
        "Interviewer: How does it run?\nOwner: The client sends the file. "
        "One of our three project managers counts the words.\n"
        "Interviewer: And then?\nOwner: Then she writes a quote. The client accepts, well, six out of ten do.\n"
    ).process
    assert [role.name for role in process.roles] == ["Client", "Project manager"]
    assert [task.name for task in tasks(process)] == ["Send file", "Count words", "Write quote", "Accept quote"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Kim checks whether we have a suitable device in stock. If yes, Ravi sets it up. "
            "If not, purchasing orders one.",
            [
                ("Check whether we have suitable device in stock", "Kim"),
                ("Set up suitable device", "Ravi"),
                ("Order suitable device", "Purchasing"),
            ],
        ),
        (
            "The list is printed and filed, my colleague Doris does that.",
            [("Print list", "Doris"), ("File list", "Doris")],
        ),
        ("The manager looks at everything again before it goes out.", [("Look at everything", "Manager")]),
        (
            "Mrs Ek copies the paper. The card is printed by a company, and she posts it to the member.",
            [("Copy paper", "Mrs Ek"), ("Print card", "Company"), ("Post card to member", "Mrs Ek")],
        ),
        ("Half the customers call in between, and each time I have to find the folder.", [("Find folder", "Me")]),
        ("Bikes hang there because Lea only repairs on Thursdays. She repairs the bike.", [("Repair bike", "Lea")]),
    ],
)  # fmt: skip
def test_who_does_what(words, expected):
    assert steps(told(words)) == expected


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("Where a receipt is missing, the clerk rings the teacher.", "receipt is missing"),
        ("Anything that costs more than 150 euros must be signed by my boss.", "costs more than 150 euros"),
        ("Most answer at once, and about one in ten is refused. Then the clerk rings them.", "is refused"),
    ],
)
def test_a_condition_in_plain_words(words, condition):
    (choice, *_) = [block for block in walk(told(words)) if isinstance(block, Choice)]
    assert choice.branches[0].when == condition


@pytest.mark.parametrize(
    ("words", "size", "every"),
    [
        ("Purchasing collects orders until there are at least ten.", 10, None),
        ("The machine washes 6 beds at a time.", 6, None),
        ("The board meets on the first Thursday of the month.", None, 30),
        ("She looks through the statements each morning.", None, 1),
    ],
)
def test_work_done_in_runs(words, size, every):
    process = told(words)
    assert not [block for block in walk(process) if isinstance(block, Loop)]
    batch = tasks(process)[1].batch
    assert (batch.size, batch.every.value if batch.every else None) == (size, every)


def test_nothing_waits_for_invoices_written_once_a_month():
    process = told("She packs the goods and writes the invoice at the end of the month. The driver takes it out.")
    assert [task.name for task in tasks(process)][1:] == [
        "Pack goods",
        "Take out goods",
        "Close file for good",
        "Write invoice",
    ]


def test_what_waits_in_front_of_a_machine_waits_for_its_step():
    process = told(
        "The designer scans the model and designs the crown. Normally there are twelve trays waiting in front of the "
        "scanner, which is two days."
    )
    assert task_named(process, "Scan model").wait.value == 2
    assert task_named(process, "Design crown").wait is None


@pytest.mark.parametrize(
    "words",
    ["The average time until payment amounted to 31 days.", "It takes two months, of which perhaps an hour is work."],
)
def test_figures_about_the_whole_are_no_steps(words):
    process = told(words)
    assert not steps(process)
    assert all(task.work is None for task in tasks(process))


def test_claims_of_a_year_are_its_volume():
    volume = told("In 2024 4,100 claims were processed by three clerks.").volume
    assert volume is not None
    assert 365 * 86400 / volume.between.mean_seconds == pytest.approx(4100, rel=0.01)


@pytest.mark.parametrize("mark", ["Ann 09:02: ", "09:02 Ann: ", "Ann 09:02 "])
def test_in_a_chat_each_line_begins_anew_without_its_name_and_time(mark: str) -> None:
    told = "".join(
        f"{mark.replace('Ann', who)}{words}\n"
        for who, words in (("Ann", "the clerk logs the order"), ("Bo", "hm"), ("Ann", "the fitter mends the pump"),
                           ("Bo", "and then"), ("Ann", "the clerk sends the bill"))
    )  # fmt: skip
    assert [task.name for task in tasks(read_story(told).process)] == ["Log order", "Mend pump", "Send bill"]


def test_work_told_in_a_long_talk_is_no_chatter() -> None:
    work = (
        "The clerk logs the order. The clerk checks the order. The buyer orders the part. The fitter mends the pump. "
    )
    more = "The clerk writes the bill. The boss signs the bill. The clerk sends the bill. The clerk files the order."
    talk = "Oh dear. Well, yes. No idea. Lovely. Quite so. " * 16
    assert len(list(tasks(read_story(work + talk + more).process))) == 8


def test_what_comes_later_waits_and_not_what_was_done_before() -> None:
    told = "The clerk checks the file. The letter goes out, three weeks later they answer. The clerk logs the answer."
    waits = {task.name: getattr(task.wait, "value", None) for task in tasks(read_story(told).process)}
    assert (waits["Check file"], waits["Log answer"]) == (None, 3)
