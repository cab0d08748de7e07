"""One sentence at a time: what is done, by whom, and what is only described."""

import pytest
from reading_kit import FRAME, framed, task_named

from assistant.language.reading import read_story
from assistant.process.tree import tasks


def steps(sentence):
    return [name for name, _ in framed(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The order is checked by the manager.", ["Check order"]),
        ("The manager checks and signs the offer.", ["Check offer", "Sign offer"]),
        ("The invoice has to be approved.", ["Approve invoice"]),
        ("The nurse fills the form in.", ["Fill in form"]),
        ("The manager sends the customer a letter.", ["Send letter to customer"]),
        ("A member of the sales team calls the applicant.", ["Call applicant"]),
        ("The planner performs a check of the stock.", ["Check stock"]),
        ("The storehouse is informed.", ["Inform storehouse"]),
        ("The form goes to accounting.", ["Forward form to accounting"]),
        ("The planner is responsible for booking the truck.", ["Book truck"]),
        ("The boss starts to write the report.", ["Write report"]),
        ("The assistant makes sure that the room is free.", ["Make sure room is free"]),
        ("The handler asks the customer to send the receipt.", ["Ask customer to send receipt"]),
        ("Amounts over 200 euros require approval by the supervisor.", ["Approve amounts over 200 euros"]),
        ("The next step is the approval of the budget.", ["Approve budget"]),
        ("Our auditors insist that the director signs the contract.", ["Sign contract"]),
        ("The offer is passed to the buyer, who negotiates the price.", ["Pass offer to buyer", "Negotiate price"]),
        ("The planner uses the portal to book the truck.", ["Book truck"]),
        ("The clerk recieves the form and aproves it.", ["Receive form", "Approve form"]),
    ],
)
def test_actions_become_verb_and_object(sentence, expected):
    assert steps(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The process is complex.",
        "Nobody likes that.",
        "The form contains the name and the address.",
        "This takes ten minutes.",
        "The clerk does not have to sign the paper.",
        "We have five clerks.",
        "I was asked to write this down.",
        "The cupboard needs paint.",
        "By the way, the office is nice.",
    ],
)
def test_descriptions_are_no_actions(sentence):
    assert steps(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "task", "role"),
    [
        ("The order is checked by the credit manager.", "Check order", "Credit manager"),
        ("Maria in accounts checks the order.", "Check order", "Maria (accounts)"),
        ("The sales department checks the order.", "Check order", "Sales department"),
        ("The GO checks the order.", "Check order", "GO"),
        ("An employee of the legal department checks the order.", "Check order", "Legal department"),
        ("The planner reads the order. He then checks the stock.", "Check stock", "Planner"),
    ],
)
def test_subjects_become_roles(sentence, task, role):
    process = read_story(FRAME.format(sentence)).process
    found = process.role(task_named(process, task).role)
    assert found is not None
    assert found.name == role


def test_who_does_it_stays_unknown_when_nobody_says():
    process = read_story("The invoice is scanned. The clerk files the invoice.").process
    assert task_named(process, "Scan invoice").role is None


def test_we_and_i_are_the_teller():
    process = read_story("I am the HR clerk. I write the job ad and post it. Then we invite the applicants.").process
    assert {role.name for role in process.roles} == {"HR clerk"}


def test_two_who_do_it_together_and_one_of_two():
    process = read_story(
        "The nurse and the doctor examine the patient. The nurse or the porter moves the patient."
    ).process
    together, either = task_named(process, "Examine"), task_named(process, "Move")
    assert (together.role, together.with_roles) == ("nurse", ("doctor",))
    assert (either.role, either.or_roles) == ("nurse", ("porter",))


def test_outside_parties_and_contacts():
    process = read_story("The customer sends the form. The clerk calls the customer and informs the manager.").process
    assert process.role("customer").kind == "external"
    assert task_named(process, "Call customer").contact == "Customer"
    assert task_named(process, "Inform manager").contact is None


def test_systems_media_controls_and_documents():
    process = read_story(
        "The clerk types the order into SAP. The manager approves the invoice on paper. The clerk mails it by e-mail."
    ).process
    typed, approved = task_named(process, "Type"), task_named(process, "Approve")
    assert (typed.system, typed.medium) == ("SAP", "system")
    assert (approved.medium, approved.is_control) == ("paper", True)
    assert typed.writes == ("order",)
    assert approved.reads == ("invoice",)


def test_every_task_points_at_its_words():
    text = FRAME.format("The order is checked by the manager and she signs it.")
    for task in tasks(read_story(text).process):
        words = text[task.span.start : task.span.end].lower()
        assert task.name.split()[0].lower()[:4] in words


@pytest.mark.parametrize(
    "told",
    [
        "The clerk opens the file. Then she checks the address, 5 min. After that the planner books the truck. "
        "The driver loads the goods at 4 p.m. He delivers them to the shop.",
        "An order arrives by mail. The clerk types the order, about 10 min. If the customer is new, the manager checks "
        "the credit. We pack the goods. The customer pays the invoice within 30 days.",
    ],
)
def test_a_story_typed_all_in_small_letters_has_the_same_steps(told):
    as_written = [task.name.lower() for task in tasks(read_story(told).process)]
    typed_small = [task.name.lower() for task in tasks(read_story(told.lower()).process)]
    assert typed_small == as_written
    assert len(as_written) >= 4
