"""What must stay is known in the whole conversation: asked for, and taken out only by a word that says so once more."""

from __future__ import annotations

from pathlib import Path

import pytest
from chat_kit import names, told

STORY = (
    "The clerk takes the details, ten minutes. The clerk checks the address, five minutes. The driver brings the bed, "
    "an hour. The cashier writes the bill, ten minutes."
)


@pytest.mark.parametrize(
    "asked", ["what must stay?", "which steps are protected", "what did i say must stay?", "What has to stay"]
)
def test_what_must_stay_is_told_on_request(own_home: Path, asked: str) -> None:
    with told(own_home, STORY) as talk:
        assert talk.turn(asked).lines[0].startswith("Nothing was named that must stay")
        talk.turn("the check of the address must stay")
        assert "“Check address”" in " ".join(talk.turn(asked).lines)


@pytest.mark.parametrize(
    "words", ["remove the check of the address", "forget the address check", "leave out the address check"]
)
def test_what_must_stay_is_changed_only_by_a_second_word(own_home: Path, words: str) -> None:
    with told(own_home, STORY) as talk:
        talk.turn("the check of the address must stay")
        kept = talk.session.process
        reply = talk.turn(words)
        assert talk.session.process == kept
        assert "must stay as it is" in reply.lines[0]
        talk.turn("1")
        assert talk.session.process != kept


def test_what_is_not_protected_goes_without_being_asked(own_home: Path) -> None:
    with told(own_home, STORY) as talk:
        talk.turn("the check of the address must stay")
        talk.turn("forget the bill")
        assert "Write bill" not in names(talk)
        assert "Check address" in names(talk)


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("the address has to be checked, that step must never be dropped", "Check address"),
        ("the bill has to be written, nobody may take that step out", "Write bill"),
        ("bringing the bed has to happen, we can never drop that one", "Bring bed"),
        ("The details must be taken, this step must never be skipped.", "Take details"),
    ],
)
def test_a_step_that_must_never_be_dropped_stays(own_home: Path, words: str, step: str) -> None:
    with told(own_home, STORY) as talk:
        before = names(talk)
        talk.turn(words)
        assert names(talk) == before
        assert f"“{step}”" in " ".join(talk.turn("what must stay?").lines)
