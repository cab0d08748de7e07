"""Decisions put as people put them: of the one that is on offer, under a condition, and asked for afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import told

from assistant.chat.commands import _folder
from assistant.chat.turn import Talk
from assistant.process.tree import tasks

STORY = (
    "The cook writes the list, 3 minutes. The buyer orders the food, 5 minutes. The cook cooks the meal, 2 hours. "
    "The buyer keys the receipts into Datev on Mondays, 6 minutes each. 50 meals a week. 6 cooks, 1 buyer."
)


@pytest.fixture
def kitchen(own_home: Path, short_plays: None) -> Iterator[Talk]:
    with told(own_home, STORY) as talk:
        talk.turn("propose")
        assert len(talk.session.undecided()) == 1
        yield talk


def as_told(talk: Talk) -> bool:
    return next(task for task in tasks(talk.session.process) if task.name == "Write list").automation is None


@pytest.mark.parametrize(
    "words",
    ["yes, let's do that", "let's do it", "that sounds good, we'll take that one", "ok, please do that"],
)
def test_the_one_on_offer_is_taken_over_without_its_number(kitchen: Talk, words: str) -> None:
    assert kitchen.turn(words).lines[0] == "Taken over:"
    assert not as_told(kitchen)


@pytest.mark.parametrize(
    "words",
    ["not that, the buyer has no time during the week", "No, we can't do that, nobody has time", "not this one"],
)
def test_the_one_on_offer_is_turned_down_without_its_number(kitchen: Talk, words: str) -> None:
    assert kitchen.turn(words).lines[0].startswith("Turned down")
    assert as_told(kitchen)
    assert kitchen.turn("what did I decide").lines[0] == "You decided:"


def test_a_condition_that_cannot_be_built_in_takes_nothing_over(kitchen: Talk) -> None:
    lines = kitchen.turn("I'd take the first one but only twice a week").lines
    assert lines[0] == "“only twice a week” was not plain enough to change the proposal."
    assert as_told(kitchen)
    assert kitchen.session.undecided()


def test_a_condition_that_can_be_is_and_what_changes_no_step_is_noted(kitchen: Talk) -> None:
    kitchen.turn("accept the first, but let the cook key the receipts")
    assert {task.role for task in tasks(kitchen.session.process) if "receipt" in task.name} == {"cook"}
    kitchen.turn("undo")
    assert "Noted with it: “but start in May”." in kitchen.turn("ok take 1, but start in May").lines


def test_what_was_decided_is_told_however_it_is_asked(kitchen: Talk) -> None:
    kitchen.turn("accept 1")
    for words in ("what did I decide", "what have I decided so far?"):
        assert kitchen.turn(words).lines[1].startswith("- taken over: ")


@pytest.mark.parametrize(
    ("said", "folder"),
    [
        ("the package to /tmp/x", "/tmp/x"),
        ("it to /tmp/menu", "/tmp/menu"),
        ("everything into the folder /tmp/my menu", "/tmp/my menu"),
        ("/tmp/x --force", "/tmp/x"),
        ("/tmp/report to the boss", "/tmp/report to the boss"),
    ],
)
def test_the_folder_of_an_export_is_what_stands_behind_to(said: str, folder: str) -> None:
    assert _folder(said, "out")[0] == Path(folder)


@pytest.mark.parametrize(
    "why", ["because that is what we should have done years ago", "as it saves us two days", "people will love it"]
)
def test_a_reason_behind_what_is_accepted_is_noted(kitchen: Talk, why: str) -> None:
    lines = kitchen.turn(f"accept 1 {why}").lines
    assert lines[0] == "Taken over:"
    assert f"Noted with it: “{why}”." in lines
    assert not as_told(kitchen)


@pytest.mark.parametrize("words", ["accept 1, it shall be done by the boss", "accept 1, but only for large meals"])
def test_a_change_that_is_not_plain_takes_nothing_over(kitchen: Talk, words: str) -> None:
    assert "was not plain enough" in kitchen.turn(words).lines[0]
    assert as_told(kitchen)


def test_a_reason_that_speaks_of_another_proposal_is_asked_about(own_home: Path, short_plays: None) -> None:
    story = (
        "The guest asks for a table. The waiter writes the offer, 40 minutes. The boss checks the offer, 10 minutes; "
        "it waits two days. The driver brings the dishes. The cashier writes the invoice, 30 minutes. 400 meals a year."
    )
    with told(own_home, story) as talk:
        talk.turn("propose")
        shown = {number: proposal.title for number, proposal in talk.session.numbers().items()}
        other = next(number for number, title in shown.items() if "invoice" not in title)
        lines = talk.turn(f"reject {other}, an invoice must be written by hand").lines
        assert f"does not speak of {other}. Nothing was turned down" in lines[0]
        assert len(talk.session.undecided()) == len(shown)
        assert talk.turn(f"reject {other}").lines[0].startswith("Turned down")
