"""Waits as people in a business tell them: each before or after the step it is told of, in the branch it is told of."""

from __future__ import annotations

import pytest
from reading_kit import choices, shape, task_named

from assistant.language.offline.amounts.waits_beside import still_left
from assistant.language.offline.sentences.statements import Act, Item, Said
from assistant.language.reading import read_story
from assistant.process.blocks import Task, Wait
from assistant.process.durations import Basis, Fixed, Span
from assistant.process.tree import tasks, walk


@pytest.mark.parametrize(
    ("words", "wait"),
    [
        ("The bank takes two to three weeks.", "Wait for bank"),
        ("The town hall takes six weeks for it.", "Wait for town hall"),
        ("Approval after three weeks.", "Wait for approval"),
        ("The money comes thirty days after that.", "Wait for money"),
    ],
)
def test_what_others_take_comes_behind_the_step_told_last(words, wait):
    assert shape(f"Olga writes the offer, twenty minutes. {words} Ben builds the fence, four hours.") == [
        "Write offer", ("wait", wait), "Build fence",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["is put off by two weeks", "is postponed by two weeks"])
def test_a_wait_told_inside_a_share_is_of_that_branch(words):
    process = read_story(
        f"Ann reads the result. 15 % show rust: a painter is consulted, the coating {words}. Jo washes the part."
    ).process
    (choice,) = choices(process)
    assert choice.branches[0].do.items[-1].duration.value == 2.0
    assert not choice.branches[1].do.items
    assert task_named(process, "Wash").wait is None


@pytest.mark.parametrize(
    ("words", "step"), [("operations only on Wednesdays", "Admit"), ("repairs only on Thursdays", "Repair")]
)
def test_days_of_a_work_told_later_are_not_those_of_the_booking(words, step):
    process = read_story(
        f"- Clerk books operating slot; {words}, wait about 8 days\n- Nurse admits the dog (10 min)\n"
        "- Vet repairs the jaw (1 h)"
    ).process
    waits = [(task.name.split()[0], task.wait.value, task.wait_cause) for task in tasks(process) if task.wait]
    assert waits == [(step, 8.0, "batching")]
    assert next(task.name for task in tasks(process)) == "Book operating slot"


def test_bills_done_once_a_month_are_the_sending_and_no_step_more():
    process = read_story(
        "Ann packs the shoes. Ann sends the bill to the shop. She does the bills once a month."
    ).process
    assert [task.name for task in tasks(process)] == ["Pack shoes", "Send bill to shop"]
    assert task_named(process, "Send").batch.every.value == 30.0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Check-up after 10 days by vet (10 min).", ("Check-up", "vet")),
        ("Inspection after two weeks by vet, 15 minutes.", ("Inspect hedge", "vet")),
        ("The vet lets the patient sit down.", ("Let patient sit down", "vet")),
        ("The file goes on the vet's desk, because the vet signs.", ("Sign", "vet")),
        ("Vet books fitting slot.", ("Book fitting slot", "vet")),
        ("The vet takes a plaster cast and a footprint.", ("Take plaster cast and footprint", "vet")),
        ("The vet cuts a bit of cloth.", ("Cut bit of cloth", "vet")),
        ("Vet agrees: takes 4 days on average.", ("Agree", "vet")),
    ],
)
def test_notes_led_by_a_noun_are_steps(words, expected):
    process = read_story(f"Ann plants the hedge, two hours. {words} Ben prints the bill, five minutes.").process
    assert [(task.name, task.role) for task in tasks(process)][1:-1] == [expected]


def test_what_is_sent_was_made_before_though_it_is_told_after():
    told = "Ann checks the form. The drawing goes off to the town. Olga draws it, two hours. Ben builds the shed."
    assert shape(told) == ["Check form", "Draw drawing", "Forward drawing to town", "Build shed"]


def test_it_is_what_was_taken_in_the_same_breath():
    told = "The vet checks the teeth. The teeth are cleaned. The nurse takes blood, sends it to the lab."
    assert shape(told)[-1] == "Send blood to lab"


def test_what_was_left_out_is_asked_about_where_somebody_does_something_for_a_time():
    told = (
        "So, sit down, I took the bakery over from my aunt in 1998. Lena takes the order, five minutes. "
        "My cousin paints the van, two hours he needs. Lena mixes the dough. Otto bakes the bread, one hour. "
        "Lena packs the bread. Otto loads the bread. Otto drives to the shop. Otto stacks the bread. "
        "Lena counts the money. Lena writes the bill. Lena posts the bill. Lena files the bill. "
        "Lena locks the shop. Otto cleans the oven."
    )
    notes = read_story(told).notes
    assert notes[0] == "Is this a step of the work? I took it for none: “My cousin paints the van, two hours he needs.”"


def test_he_is_who_acted_last_and_not_the_father_of_the_house():
    told = "I took the shop over from my father. Ann opens the shop. Piet takes a cast. He writes the sizes on a card."
    assert task_named(read_story(told).process, "Write").role == "piet"


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("The painter paints the sign, 90 minutes, on average 5 days later.", "Paint"),
        ("The painter paints the sign. Signs wait 5 days in the painter's inbox.", "Paint"),
        ("The painter paints the sign. The sign lies on Jo's bench for 5 days.", "Hang"),
        ("Ann shapes the sign. The kiln only runs once it is full, they sit there 5 days. Firing is 1 h.", "Fire"),
    ],
)  # fmt: skip
def test_words_that_say_where_something_lies_say_before_which_step(words, step):
    process = read_story(f"The mason carves the letters. {words} Jo hangs the sign. Max posts the bill.").process
    assert [(task.name.split()[0], task.wait.value) for task in tasks(process) if task.wait] == [(step, 5.0)]


def test_what_is_told_only_by_its_length_is_a_step_where_nobody_else_tells_it():
    names = [
        [task.name for task in tasks(read_story(f"Ann shapes the pot. Firing takes ten hours. {more}").process)]
        for more in ("Jo glazes the pot.", "Jo fires the pot.")
    ]
    assert names == [["Shape pot", "Fire pot", "Glaze pot"], ["Shape pot", "Fire pot"]]


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("The clerk writes the bill. Ben does the bills on Fridays, an hour for all of them.", "Do bills"),
        ("The clerk writes a slip. It lies on Ben's desk because he does the slips on Saturday mornings. "
         "He types it up.", "Type up slip"),
    ],
)  # fmt: skip
def test_the_days_somebody_works_on_a_heap_are_those_of_his_own_step(words, step):
    process = read_story(f"The mason cuts the stone. {words} Max posts the letter.").process
    assert [(task.name, task.batch.every.unit) for task in tasks(process) if task.batch] == [(step, "w")]


def test_days_told_ahead_of_a_step_are_its_own_and_make_no_step():
    process = read_story(
        "Anna books the operation, 10 minutes. We operate only on Wednesdays, so an animal waits about 8 days. "
        "The vet operates, 60 minutes."
    ).process
    assert [task.name for task in tasks(process)] == ["Book operation", "Operate"]
    assert (task_named(process, "Operate").wait.value, task_named(process, "Operate").work.value) == (8.0, 60.0)


def test_a_share_of_the_content_done_twice_is_no_share_of_the_cases():
    told = "Ina sorts the stamps, and half of what she sorts the owner has already sorted. Jo glues them in. Max pays."
    assert not choices(read_story(told).process)


def test_what_must_dry_overnight_waits_a_night_and_is_nobodys_step():
    flow = read_story(
        "The clerk writes the letter, and it has to dry overnight. Next morning Ann posts it."
    ).process.flow
    assert [step.block for step in flow.items] == ["task", "wait", "task"]
    assert (flow.items[1].duration.value, flow.items[1].duration.basis) == (12.0, "estimated")


def test_a_sentence_whose_time_was_taken_is_not_asked_about():
    text = "Ann posts it. That's a day gone before they ring."
    posts = Act("Post letter", "post", Span(start=0, end=12))
    told = [Said(0, Span(start=0, end=13), items=[Item("act", posts)]), Said(1, Span(start=14, end=49))]
    assert still_left(text, told, (text[14:],)) == (text[14:],)
    posts.facts["wait"] = Fixed(value=1, unit="d", basis=Basis.STATED, span=Span(start=21, end=26))
    assert not still_left(text, told, (text[14:],))


@pytest.mark.parametrize(
    ("words", "step", "days"),
    [
        (
            "Petra writes a slip. The slip lies there till Friday. Then she types the slips into the computer.",
            "Type",
            7,
        ),
        ("Petra writes a slip. The slip sits there until Friday, then she types it into the computer.", "Type", 7),
        (
            "Tom mends the bike. The note lies on the desk till the end of the month. Ann writes the bill.",
            "Write bill",
            30,
        ),
    ],
)
def test_what_lies_till_a_day_is_done_for_all_of_that_time_at_once(words: str, step: str, days: int) -> None:
    task = next(task for task in tasks(read_story(words).process) if task.name.startswith(step))
    assert task.batch is not None
    assert task.batch.every is not None
    assert task.batch.every.mean_seconds == days * 86400


@pytest.mark.parametrize(
    ("words", "wait"),
    [
        ("I order the wood. The wood takes eight days. When it is there Tom cuts the frame.", ("Wait for wood", 8)),
        ("I glue it. Finished frames stand two weeks before they're fetched. Tom writes the bill.",
         ("Wait for customer", 14)),
        ("Tom packs the box and it waits two days for the van. Tom writes the bill.", ("Wait for van", 2)),
        ("Ann mends it. The watch lies a week until it's picked up. Tom writes the bill.", ("Wait for customer", 7)),
    ],
)  # fmt: skip
def test_what_is_ordered_or_fetched_is_waited_for_behind_what_is_done(words: str, wait: tuple[str, int]) -> None:
    flow = read_story(f"Lena measures the picture. {words}").process.flow.items
    blocks = [(block.name, block.duration.mean_seconds / 86400) for block in flow if isinstance(block, Wait)]
    assert blocks == [wait]
    assert isinstance(flow[-1], Task), "what follows comes behind it"


def test_the_hours_of_a_run_are_those_of_what_is_done_in_it() -> None:
    words = "Tom cuts the frame. Every Tuesday I go through the box and order the glass, that's two hours."
    run, order = list(tasks(read_story(words).process))[1:]
    assert run.batch is not None
    assert run.setup is not None
    assert order.work is None
    run = list(tasks(read_story(f"{words} We make 24 frames a week.").process))[1]
    assert run.setup is None
    assert run.work is not None
    assert run.work.mean_seconds == pytest.approx(2 * 3600 / 24), "shared by the cases of a round"
    each = "Tom cuts the frame. Every Tuesday I order the glass, that's two hours each."
    assert list(tasks(read_story(each).process))[1].setup is None


@pytest.mark.parametrize(
    "words",
    [
        "It sits in the tray until Ben gets round to it, usually three days.",
        "The slips pile up till Ben finds time, about three days.",
        "It lies there until Ben is back, three days.",
        "It lies in the tray until Ben finds time, three days.",
    ],
)
def test_until_somebody_has_time_is_a_wait_for_what_he_does_next(words: str) -> None:
    process = read_story(f"Olga writes the slip. {words} Ben checks the slip.").process
    assert [task.name for task in process.flow.items] == ["Write slip", "Check slip"]
    assert task_named(process, "Check slip").wait.value == 3


@pytest.mark.parametrize(
    ("story", "days", "doers"),
    [
        (
            "The joiner glues the stool, 20 minutes. The glue dries for two days before the packing. "
            "The packer packs the stool, 10 minutes.",
            2, ["Joiner", "Packer"],
        ),
        (
            "ivan casts the bell, 1 hour. the bronze cools for two days before the polishing. "
            "lena polishes the bell, 30 minutes",
            2, ["Ivan", "Lena"],
        ),
        (
            "The mason pours the floor, 2 hours. The concrete cures for 7 days before the tiling. "
            "The tiler tiles the floor, 5 hours.",
            7, ["Mason", "Tiler"],
        ),
        (
            "Eva fills the jar, an hour. The brine ripens for 5 days before the tasting. Olga tastes it, 5 minutes.",
            5, ["Eva", "Olga"],
        ),
    ],
)  # fmt: skip
def test_what_a_thing_does_by_itself_before_a_step_is_its_wait_and_nobodys_work(story, days, doers):
    process = read_story(story).process
    assert [role.name for role in process.roles] == doers
    first, last = tasks(process)
    assert first.wait is None
    assert last.wait.value == days


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("Lena sends the invoice two weeks later.", 14),
        ("Lena sends the invoice three to five days later.", 4),
        ("lena sends the invoice after one day.", 1),
        ("After one day Lena sends the invoice.", 1),
    ],
)
def test_how_much_later_is_a_wait_and_no_part_of_the_thing(told: str, days: float) -> None:
    send = task_named(read_story(f"Jo bakes the cake. {told} Tom files it.").process, "Send invoice")
    assert send.wait is not None
    assert send.wait.mean_seconds == pytest.approx(days * 86400)
    assert send.work is None


def test_how_somebody_feels_is_no_part_of_a_name() -> None:
    told = "Jo gives the lessons. When they feel ready Birgit books the exam. The examiner takes the test."
    assert [role.name for role in read_story(told).process.roles] == ["Jo", "Birgit", "Examiner"]


@pytest.mark.parametrize(
    "told",
    [
        "If a part is missing he orders it, that takes two weeks.",
        "He orders the part, which takes two weeks.",
        "He orders the part, two weeks.",
    ],
)
def test_what_is_ordered_is_waited_for_behind_its_order(told: str) -> None:
    process = read_story(f"Ali opens the watch. {told} Aisha rings the customer.").process
    order = task_named(process, "Order part")
    assert (order.work, order.wait) == (None, None)
    wait = next(block for block in walk(process) if isinstance(block, Wait))
    assert wait.duration is not None
    assert (wait.name, wait.duration.mean_seconds) == ("Wait for part", 14 * 86400)
