"""Decisions and shares as a model writes them in a turn: nothing named twice is lost, and counts are taken as told."""

from __future__ import annotations

import pytest

from assistant.gateway.port import ReplyFault
from assistant.language.turn.by_model import Around, turn_prompt
from assistant.language.turn.model_reply import TurnReply
from assistant.process.blocks import Sequence, Task
from assistant.process.durations import Basis, Fixed
from assistant.process.model import Process, Volume

MENDED = Process(
    name="Mend shoes",
    flow=Sequence(items=(Task(id="mend", name="Mend shoes"),)),
    volume=Volume(between=Fixed(value=4, unit="h", basis=Basis.STATED), text="40 pairs a week"),
)


@pytest.mark.parametrize(
    "line", ["DECIDE reject 1 | reject 3 | accept 2", "DECIDE reject 1 3\nDECIDE accept 2 | note as a trial"]
)
def test_each_proposal_named_is_decided_on(line: str) -> None:
    decided = TurnReply.parse(f"KIND decision\n{line}").decided
    assert decided is not None
    assert (decided.accept, decided.reject) == ((2,), (1, 3))
    assert decided.note == ("as a trial" if "note" in line else "")


def check(words: str, share: str) -> None:
    ways = f"    WHEN worn | {share}\n      TASK ?: cut sole\n    WHEN fine"
    reply = f"KIND told\nINSERT BEFORE mend\n  CHOICE Sole worn?\n{ways}"
    prompt = turn_prompt(MENDED, words, Around())
    assert prompt.check is not None
    prompt.check(TurnReply.parse(reply))


@pytest.mark.parametrize(
    ("words", "share"),
    [("with maybe 3 a month the sole is worn", "3 per month"), ("a third of them have a worn sole", "a third")],
)
def test_a_share_is_taken_as_it_is_told(words: str, share: str) -> None:
    check(words, share)
    with pytest.raises(ReplyFault, match="did not say"):
        check("sometimes, say on 5 days, the sole is worn", share)


def test_a_range_is_said_where_its_ends_are() -> None:
    def tried(words: str) -> None:
        check = turn_prompt(MENDED, words, Around()).check
        assert check is not None
        check(TurnReply.parse("KIND correction\nSET mend | work 20 to 50 min"))

    tried("a plain sole is 20 minutes, up to 50 with a boot")
    with pytest.raises(ReplyFault, match="did not say"):
        tried("a plain sole is 35 minutes")


def test_a_length_said_of_somebody_is_one_that_was_said() -> None:
    reply = TurnReply.parse("KIND told\nINSERT AFTER mend\n  WAIT 1 month: payment from customer")
    prompt = turn_prompt(MENDED, "and it takes them a month to pay", Around())
    assert prompt.check is not None
    prompt.check(reply)
    with pytest.raises(ReplyFault, match="did not say"):
        turn_prompt(MENDED, "and it takes them months to pay, 2 of them even longer", Around()).check(reply)  # type: ignore[misc]
