"""How sentences hang together: choices, parallel work, loops, ends, and things told out of order."""

import pytest
from reading_kit import choices, shape

from assistant.language.reading import read_story
from assistant.process.tree import tasks

CHECK = "The clerk checks the form. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            CHECK
            + ("If it is complete, she files it. Otherwise she calls the customer. Then the manager signs the letter."),
            ["Check form", ("choice", ["File form"], ["Call customer"]), "Sign letter"],
        ),
        (
            CHECK + "If the form is complete, she files it. If it is not complete, she calls the customer.",
            ["Check form", ("choice", ["File form"], ["Call customer"])],
        ),
        (
            CHECK + "She files it, unless the form is incomplete. The manager signs the letter.",
            ["Check form", ("choice", ["File form"], []), "Sign letter"],
        ),
        (
            CHECK + "In case of an error the clerk corrects the form. The manager signs the letter.",
            ["Check form", ("choice", ["Correct form"], []), "Sign letter"],
        ),
        (
            "The manager accepts or rejects the offer. In the latter case the clerk informs the customer.",
            [("choice", ["Accept offer"], ["Reject offer", "Inform customer"])],
        ),
        (
            CHECK + "Depending on the result, the clerk either prints the permit or drafts a refusal.",
            ["Check form", ("choice", ["Print permit"], ["Draft refusal"])],
        ),
        (
            CHECK + "Sometimes the clerk asks the manager. Then she files the form.",
            ["Check form", ("choice", ["Ask manager"], []), "File form"],
        ),
    ],
)
def test_choices(text, expected):
    assert shape(text) == expected


def test_sentences_between_a_condition_and_its_alternative_belong_to_the_first_branch():
    text = CHECK + (
        "If it is complete, she files it. Then she prints the card. She posts the card. "
        "Otherwise she calls the customer."
    )
    assert shape(text) == ["Check form", ("choice", ["File form", "Print card", "Post card"], ["Call customer"])]


def test_parallel_work():
    text = (
        "The clerk enters the order. The warehouse packs the goods. Meanwhile accounting writes "
        "the invoice. Then the driver delivers the goods."
    )
    assert shape(text) == ["Enter order", ("parallel", ["Pack goods"], ["Write invoice"]), "Deliver goods"]


def test_while_one_does_this_another_does_that():
    text = "The clerk enters the order. While the warehouse packs the goods, accounting writes the invoice."
    assert shape(text) == ["Enter order", ("parallel", ["Pack goods"], ["Write invoice"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "The designer draws the plan. The manager reviews the plan. If the plan is faulty, the "
                "designer goes back to the drawing. The builder builds the house."
            ),
            None,
        ),
        (
            (
                "The technician installs the line. The engineer tests the line. If the test fails, the "
                "technician repairs the line and the engineer tests it again. The clerk sends the "
                "invoice."
            ),
            ["Install line", ("loop", ["Test line"], ["Repair line"]), "Send invoice"],
        ),
        (
            "The clerk calls the customer until the form is complete. The manager signs the form.",
            [("loop", ["Call customer"], []), "Sign form"],
        ),
    ],
)
def test_loops(text, expected):
    read = shape(text)
    if expected is None:
        assert any(isinstance(step, tuple) and step[0] == "loop" for step in read)
    else:
        assert read == expected


@pytest.mark.parametrize("words", ["the process ends", "that's it", "the process is finished"])
def test_a_branch_that_ends_the_case(words):
    text = CHECK + f"If it is wrong, she writes a letter and {words}. Otherwise the manager signs the form."
    read = shape(text)
    assert read[1][1][:1] == ["Write letter"]
    assert read[1][1][-1][0] == "end"


def test_a_refusal_ends_the_case_badly():
    process = read_story(
        CHECK + ("If the form is faulty, the clerk rejects the form. The manager signs the form. The clerk files it.")
    ).process
    end = choices(process)[0].branches[0].do.items[-1]
    assert (end.block, end.negative) == ("end", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The clerk files the form. Before that, the manager signs the form.", ["Sign form", "File form"]),
        (
            ("The clerk files the form. The boss reads it. Oh, and I forgot: first the guard stamps the form."),
            ["Stamp form", "File form", "Read form"],
        ),
        (
            (
                "The clerk prints the form. The boss files the form. Before the form is filed, the "
                "guard stamps the form."
            ),
            ["Print form", "Stamp form", "File form"],
        ),
        ("The clerk prints the form before the boss files it.", ["Print form", "File form"]),
        (
            ("After approval of the budget by the director, the buyer orders the goods. The guard takes the goods."),
            ["Approve budget", "Order goods", "Take goods"],
        ),
    ],
)
def test_out_of_order(text, expected):
    assert shape(text) == expected


def test_once_done_is_not_done_twice():
    text = "The clerk signs the form. Once the clerk has signed the form, the boss files it."
    assert shape(text) == ["Sign form", "File form"]


def test_conditions_keep_their_words_and_places():
    text = CHECK + "If the customer is over the limit, the manager decides about the order."
    branch = choices(read_story(text).process)[0].branches[0]
    assert branch.when == "customer is over the limit"
    assert text[branch.span.start : branch.span.end] == "the customer is over the limit"


def test_limits_on_the_object_make_a_choice():
    text = CHECK + "Invoices above 5,000 euros are approved by the director. The clerk pays the invoice."
    choice = choices(read_story(text).process)[0]
    assert choice.branches[0].when.lower() == "invoices above 5,000 euros"
    assert choice.branches[1].do.items == ()


@pytest.mark.parametrize(
    "lost", ["Most of them agree, one in four never comes back.", "A tenth we never hear of again."]
)
def test_who_never_comes_back_is_out_and_then_goes_on_for_the_others(lost):
    text = f"The clerk sends the quote. {lost} Then the buyer orders the parts. The fitter mounts the parts."
    process = read_story(text.replace("A tenth", "Ten percent")).process
    gone, stay = choices(process)[0].branches
    assert [type(step).__name__ for step in gone.do.items] == ["End"]
    assert stay.do.items == ()
    assert [task.name for task in tasks(process)] == ["Send quote", "Order parts", "Mount parts"]
