"""What is so already is said to be so, and a thing that is left alone is waited for."""

from __future__ import annotations

import pytest
from chat_kit import names, told

from assistant.process.blocks import Loop, Wait
from assistant.process.tree import walk

CUPS = (
    "Lena forms the cup, ten minutes. The cup has to dry overnight. Then Paul checks the cup, five minutes. "
    "In one of ten cases it goes back to Lena. Then Lena packs the cup."
)


@pytest.mark.parametrize(
    "words",
    [
        "checking is done by Paul, not by Lena",
        "Lena packs the cup after Paul has checked it",
        '"Check cup" comes after "Form cup"',
        "the cup has to dry overnight after forming",
        "never pack the cup before it is checked",
        "don't check the cup until it is formed",
        "the cup must not be packed before Paul has checked it",
    ],
)
def test_what_is_so_already_changes_nothing(words, tmp_path):
    with told(tmp_path, CUPS) as talk:
        before = talk.session.process
        assert talk.turn(words).lines[0].startswith("That is how I have it already:")
        assert talk.session.process == before


def test_why_it_goes_back_is_the_condition_of_the_loop_that_is_there(tmp_path):
    with told(tmp_path, CUPS) as talk:
        talk.turn('if the rim is chipped it goes back to "Form cup"')
        loops = [block for block in walk(talk.session.process) if isinstance(block, Loop)]
        assert [(loop.while_, loop.p) for loop in loops] == [("the rim is chipped", 0.1)]
        assert names(talk)[0] == "Form cup"


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("when something is missing the boss sends it back", 1),
        ("if the paper is torn, the boss hands it back", 1),
    ],
)
def test_to_which_step_somebody_sends_it_back_is_asked(words, options, tmp_path):
    with told(tmp_path, "The clerk writes the letter. The boss signs the letter. The clerk posts the letter.") as talk:
        lines = talk.turn(words).lines
        assert lines[0] == "To which step does it go back?"
        assert len(lines) == options + 2
        assert lines[1].startswith("(1) “Write letter” to “Sign letter” again")


def test_a_step_is_done_again_up_to_the_one_that_the_condition_speaks_of(tmp_path):
    with told(tmp_path, "The clerk writes the letter. The boss signs the letter. The clerk posts the letter.") as talk:
        lines = talk.turn("if it is not signed the clerk writes it again").lines
        assert lines[1] == "- Repeat “Write letter” and “Sign letter” while “it is not signed”."


@pytest.mark.parametrize("way", ["story", "turn"])
def test_a_thing_that_dries_is_a_wait_and_nobodys_work(way, tmp_path):
    first, rest = "Lena forms the cup, ten minutes.", " Then Paul packs the cup."
    with told(tmp_path, first + (" Then the cup dries for two days." if way == "story" else "") + rest) as talk:
        if way == "turn":
            talk.turn("after forming the cup dries for two days")
        waits = [block for block in walk(talk.session.process) if isinstance(block, Wait)]
        assert [wait.duration.mean_seconds for wait in waits] == [2 * 86400.0]
        assert [role.name for role in talk.session.process.roles] == ["Lena", "Paul"]


@pytest.mark.parametrize(
    ("words", "new"),
    [
        ("then he orders the seal from the dealer and often it doesn't come for a week", "Order seal from dealer"),
        ("the list is then typed into the computer by Monika in the office", "Type list into computer"),
    ],
)
def test_what_is_told_in_a_long_breath_is_written(words, new, tmp_path):
    with told(tmp_path, "Lena takes the pump. Lena writes the list.") as talk:
        talk.turn(words)
        assert names(talk)[-1] == new


def test_by_whom_something_is_done_is_asked_where_it_is_denied(tmp_path):
    with told(tmp_path, CUPS) as talk:
        lines = talk.turn("the cup is not checked by Paul").lines
        assert lines[0].startswith("Who does “Check cup” then?")
        assert lines[1] == "(1) Lena does “Check cup”"


@pytest.mark.parametrize(
    "words",
    [
        "do not check the cup before it is packed",
        "the cup must not be checked until it is packed",
        "Paul may not check the cup before the cup is packed",
    ],
)
def test_what_must_not_come_too_early_goes_behind(words, tmp_path):
    with told(tmp_path, "Lena forms the cup. Then Paul checks the cup. Then Lena packs the cup.") as talk:
        talk.turn(words)
        assert names(talk) == ["Form cup", "Pack cup", "Check cup"]


def test_what_is_done_with_a_thing_is_known_by_the_thing(tmp_path):
    with told(tmp_path, "A client sends an order. Lena writes the invoice. Paul packs the cup.") as talk:
        talk.turn("Paul packs the cup only after the invoice is sent")
        assert names(talk) == ["Send order", "Write invoice", "Pack cup"]
        talk.turn("never write the invoice before the cup is packed")
        assert names(talk) == ["Send order", "Pack cup", "Write invoice"]


def test_a_plain_prohibition_is_no_question(tmp_path):
    with told(tmp_path, CUPS) as talk:
        before = talk.session.process
        assert talk.turn("do not send the cup by mail").kinds != ("question",)
        assert talk.session.process == before
