"""Which entry a told process is like, what was overlooked, and which typical times a told step may borrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.language.reading import read_story
from assistant.library.entries import ProcessEntry
from assistant.library.match import match_process, of_this_kind, steps_like
from assistant.library.overlooked import Missing, overlooked
from assistant.library.store import Library, load_library
from assistant.library.words import concepts, covers, every_word, similarity, words_of
from assistant.process.blocks import Task
from assistant.process.codec import from_data
from assistant.process.model import Process


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return load_library(tmp_path_factory.mktemp("none"))


@pytest.fixture(scope="module")
def orders(library: Library) -> ProcessEntry:
    return entry(library, "P01")


def entry(library: Library, code: str) -> ProcessEntry:
    found = library.process(code)
    assert found is not None
    return found


def task(name: str, role: str | None = None) -> dict[str, Any]:
    slug = "".join(char if char.isalnum() else "_" for char in name.lower()[:40])
    return {"task": {"id": slug, "name": name, **({"role": role} if role else {})}}


def told(name: str, *steps: Any, roles: tuple[str, ...] = (), **more: Any) -> Process:
    flow = [task(step) if isinstance(step, str) else step for step in steps]
    people = [{"id": role.lower().replace(" ", "_"), "name": role} for role in roles]
    return from_data({"schema": "process/1", "name": name, "roles": people, "flow": {"sequence": flow}, **more})


STORIES = {
    "P01": told("Orders", "Print the order e-mail", "Type the order into SAP", "Look whether old bills are paid",
                "Pick and pack the goods", "Ship the parcel", "Write the invoice", "Chase late payers"),
    "P30": told("Bills", "Open the post", "Type the bill into the accounting software", "Compare bill with order",
                "Get the boss's signature", "Make the bank transfer"),
    "P43": told("New people", "Advertise the position", "Go through the CVs", "Invite applicants", "Talk to them",
                "Call the candidate with the offer", "Draw up the work contract"),
    "P50": told("Support", "Answer the call", "Write a ticket", "Restart the server", "Pass ticket on to second line",
                "Tell the user that it works", "Close the ticket"),
    "P15": told("Damage reports", "Customer reports accident", "Check insurance contract", "Send an adjuster",
                "Estimate the damage", "Supervisor approves", "Pay out"),
    "P22": told("Building applications", "Accept application at the counter", "Check whether all plans are there",
                "Ask the fire department", "Visit the site", "Mayor signs", "Send the permit"),
}  # fmt: skip


@pytest.mark.parametrize("code", list(STORIES))
def test_a_story_in_ones_own_words_finds_its_template(library: Library, code: str) -> None:
    hits = match_process(library, STORIES[code])
    assert hits[0].code == code
    assert hits[0].why.startswith("shares ")
    assert 0 < hits[0].score <= 1


@pytest.mark.parametrize(
    "process",
    [
        told("Bread", "Knead dough", "Let dough rise", "Heat the oven", "Bake loaves", "Clean the trays"),
        told("Choir", "Choose songs", "Rehearse songs", "Sing in church"),
        told("Empty"),
    ],
)
def test_a_story_about_something_else_matches_nothing(library: Library, process: Process) -> None:
    assert match_process(library, process) == ()


@pytest.mark.parametrize("code", list(STORIES))
def test_a_story_of_its_kind_is_held_against_the_entry(library: Library, code: str) -> None:
    assert of_this_kind(library, entry(library, code), STORIES[code])


def test_what_shares_two_steps_in_passing_is_not_held_against_the_entry(library: Library) -> None:
    shop = told(
        "Handle hearing aids", "Write appointment", "Test hearing", "Write estimate", "Request missing documents",
        "Inform customer of decision", "Order device", "Unpack device", "Fit device", "Take rest of the money",
    )  # fmt: skip
    near = match_process(library, shop)
    assert not near or not of_this_kind(library, library.process(near[0].id), shop)


def names(missing: tuple[Missing, ...], *kinds: str) -> set[str]:
    return {item.id for item in missing if item.kind in kinds}


def test_what_the_story_lacks_is_named_with_a_reason(orders: ProcessEntry) -> None:
    missing = overlooked(STORIES["P01"], orders)
    assert {"check_availability", "confirm_order"} <= names(missing, "step", "control")
    assert {"cancel", "damaged"} <= names(missing, "exception")
    assert "order_owner" in names(missing, "role")
    assert "perfect_order" in names(missing, "kpi")
    assert "proof_of_delivery" in names(missing, "data")
    for item in missing:
        assert item.text
        assert len(item.why) > 20


@pytest.mark.parametrize("code", list(STORIES))
def test_nothing_that_was_told_is_called_missing(library: Library, code: str) -> None:
    template = entry(library, code)
    process = STORIES[code]
    matched = {
        step.id for block in process.flow.items if isinstance(block, Task) and (step := steps_like(template, block))
    }
    assert matched
    assert not matched & names(overlooked(process, template), "step", "control")


@pytest.mark.parametrize(
    ("code", "step", "words"),
    [
        ("P01", "check_availability", "Have a look if we have it in stock"),
        ("P01", "check_goods", "Count the items a second time"),
        ("P01", "confirm_order", "Tell the customer the delivery date"),
        ("P30", "check_duplicate", "See if it was paid before"),
        ("P30", "match_invoice", "Check the bill against the purchase order"),
        ("P22", "check_complete", "Check whether all papers are there"),
        ("P43", "check_must", "Check the qualifications of the applicants"),
        ("P50", "document", "Write the solution into the knowledge base"),
        ("P15", "screen_fraud", "Look for suspicious claims"),
        ("P10", "pull_bureau", "Ask the credit bureau about the applicant"),
        ("P58", "match_return", "Register the return in the warehouse"),
        ("P44", "instruct_safety", "Health and safety briefing"),
    ],
)
def test_other_words_count_as_told(library: Library, code: str, step: str, words: str) -> None:
    template = entry(library, code)
    anchors = [s.name for s in (template.steps[0], template.steps[-1])]
    without = told(template.name, anchors[0], anchors[1])
    assert step in names(overlooked(without, template), "step", "control")
    assert step not in names(
        overlooked(told(template.name, anchors[0], words, anchors[1]), template), "step", "control"
    )


def test_a_condition_a_note_or_the_text_counts_as_told(orders: ProcessEntry) -> None:
    base = ["Take order", "Write invoice", "Book the payment"]
    choice = {"choice": {"id": "c", "question": "Is it in stock?", "branches": [{"when": "yes"}, {"when": "no"}]}}
    noted = {"task": {"id": "n", "name": "Ship goods", "note": "The clerk checks the stock before."}}
    assert "check_availability" in names(overlooked(told("Orders", *base), orders), "step")
    assert "check_availability" not in names(overlooked(told("Orders", base[0], choice, *base[1:]), orders), "step")
    assert "check_availability" not in names(overlooked(told("Orders", base[0], noted, *base[1:]), orders), "step")
    text = "First we take the order. Somebody checks the stock. Then the invoice is written."
    assert "check_availability" not in names(overlooked(told("Orders", *base), orders, text), "step")


def test_doing_a_thing_is_not_checking_it(orders: ProcessEntry) -> None:
    process = told("Orders", "Take order", "Pick goods", "Pack goods", "Ship goods", "Write invoice")
    assert "check_goods" in names(overlooked(process, orders), "control")


def test_what_lies_before_or_after_the_story_is_named_once(orders: ProcessEntry) -> None:
    process = told("Shipping", "Pick goods", "Pack goods", "Ship goods")
    missing = overlooked(process, orders)
    assert {"take", "commit", "bill", "cash"} <= names(missing, "step")
    assert not {"create_invoice", "post_payment", "check_credit"} & names(missing, "step", "control")


def test_controls_come_first_and_name_their_ground(library: Library) -> None:
    template = entry(library, "P09")
    missing = overlooked(told("Accounts", "Receive account application", "Open account in the system"), template)
    assert missing[0].kind == "control"
    assert any("money laundering law" in item.why for item in missing if item.id == "identify")


def test_measures_that_are_there_are_not_missing(orders: ProcessEntry) -> None:
    measures = [{"id": "m", "name": "DSO", "value": 40}, {"id": "n", "name": "Perfect orders"}]
    missing = overlooked(told("Orders", "Take order", "Book the payment", measures=measures), orders)
    assert not {"dso", "perfect_order"} & names(missing, "kpi")
    assert "otc_time" in names(missing, "kpi")


@pytest.mark.parametrize(
    ("code", "name", "step"),
    [
        ("P01", "Check credit limit of the client", "check_credit"),
        ("P01", "Re-key order into ERP", "enter_order"),
        ("P01", "Make out the bill", "create_invoice"),
        ("P30", "Boss signs the invoice", "approve_invoice"),
        ("P30", "Three-way match", "match_invoice"),
        ("P43", "Job interview", "interview"),
        ("P58", "Give the money back", "pay_refund"),
        ("P22", "Site visit", "inspect_site"),
    ],
)
def test_a_told_step_borrows_the_times_of_the_like_step(library: Library, code: str, name: str, step: str) -> None:
    found = steps_like(entry(library, code), Task(id="t", name=name))
    assert found is not None
    assert found.id == step
    assert found.work is not None
    assert found.work.duration(code).mean_seconds > 0


@pytest.mark.parametrize("name", ["Feed the horses", "Check", "Send", "", "x", "Approve the colour of the logo"])
def test_a_step_unlike_all_borrows_nothing(orders: ProcessEntry, name: str) -> None:
    assert steps_like(orders, Task(id="t", name=name)) is None


def test_the_role_decides_between_equals(library: Library) -> None:
    template = entry(library, "P26")
    double = template.stages[0].steps[0].model_copy(update={"id": "other", "role": "buyer"})
    stage = template.stages[0].model_copy(update={"steps": (*template.stages[0].steps, double)})
    changed = template.model_copy(update={"stages": (stage, *template.stages[1:])})
    found = steps_like(changed, Task(id="t", name=double.name, role="buyer"))
    assert found is not None
    assert found.id == "other"


def test_words_are_brought_to_one_form() -> None:
    assert concepts("The vendor's bills were checked") == concepts("Check supplier invoice")
    assert similarity("check credit", "check stock") == 0
    assert similarity("Send order confirmation", "Receive order confirmation") < 0.8
    assert similarity("Ship goods", "ship the goods") == 1
    assert covers("Before that our clerk checks the stock", "Check stock")
    long_way = "A clerk checks the order, types it into a program, prints a paper and brings parcels from the stock"
    assert not covers(long_way, "Check stock")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_is_a_share_and_the_same_both_ways(a: str, b: str) -> None:
    assert 0 <= similarity(a, b) <= 1
    assert similarity(a, b) == similarity(b, a)


def test_strange_names_do_no_harm(library: Library) -> None:
    process = told("☃", "☃☃☃", "' OR 1=1 --", "<script>", "a" * 4000)
    assert match_process(library, process) == ()
    assert isinstance(overlooked(process, library.processes[0], "\n" * 1000 + "x." * 5000), tuple)


def test_no_bundled_file_is_left_out(library: Library) -> None:
    folder = Path(__file__).parent.parent.parent / "library"
    files = [path.stem for kind in ("processes", "practices", "enablers") for path in (folder / kind).glob("*.yaml")]
    assert sorted(files) == sorted(entry.id for entry in library.entries)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The vendor's bill isn't paid", ["the", "vendor", "bill", "isn", "paid"]),
        ("rock'n'roll 'tis o'clock", ["rock", "roll", "tis", "o"]),
        ("a–b “quoted” café_x2, e-mail/fax", ["a", "b", "quoted", "cafe", "x2", "e", "mail", "fax"]),
    ],
)
def test_words_are_found_alike_in_plain_and_foreign_letters(text: str, expected: list[str]) -> None:
    assert every_word(text) == expected
    assert every_word(f"{text} ß") == [*expected]  # a letter beyond ASCII takes the other way
    different, word, owner = words_of(["one", text, "", f"\x00{text} ß"])  # the same, many texts at once
    told = [(different[number], place) for number, place in zip(word.tolist(), owner.tolist(), strict=True)]
    assert told == [("one", 0), *((item, 1) for item in expected), *((item, 3) for item in expected)]


def test_an_abbreviation_stands_for_words_that_nobody_said(library: Library) -> None:
    told = "Our IT help desk gets tickets. A user sends a ticket. The IT help desk solves the ticket and closes it."
    hits = match_process(library, read_story(told).process)
    assert all("both speak of" not in hit.why or hit.why.strip()[-1] != "," for hit in hits)
