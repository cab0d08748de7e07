"""What people type in passing: read by what its parts speak of, and never written where it is no work."""

from __future__ import annotations

from pathlib import Path

import pytest
from chat_kit import told

DENTURES = (
    "A patient sends a broken denture to the lab. The technician makes a mould, 30 minutes. If a tooth is missing, in "
    "20 percent of the repairs, the technician orders a tooth. The inspector checks the denture, 10 minutes. The "
    "courier brings the denture to the dentist. We get 25 dentures a day."
)


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("any idea who ought to be in charge of all this", {"question"}),
        ("give me something on paper for the bank please", {"command"}),
        ("omg the coffee machine just exploded", {"chitchat", "unclear"}),
        ("clients moan all the time", {"unclear", "chitchat"}),
        ("could you list it all for me, one by one", {"command"}),
    ],
)
def test_what_is_no_work_writes_nothing(own_home: Path, words: str, kinds: set[str]) -> None:
    with told(own_home, DENTURES) as talk:
        before = talk.session.process
        reply = talk.turn(words)
        assert talk.session.process == before
        assert kinds & set(reply.kinds)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("technicians? three of them", "number of people now 3"),
        ("20 percent was last year's figure, make it 35", "35%"),
        ("checking, well, 15 mins all in", "15 min"),
        ("only dentures over 200 euros get an inspector", "200 euros"),
        ("the courier bills us 52,- an hour", "52"),
        ("nobody checks any denture, scratch that", "Removed “Check denture”"),
    ],
)
def test_what_is_said_in_passing_is_taken_in(own_home: Path, words: str, line: str) -> None:
    with told(own_home, DENTURES) as talk:
        reply = talk.turn(words)
        assert any(line in shown for shown in reply.lines), reply.lines


def test_undo_of_words_that_came_to_nothing_leaves_the_story(own_home: Path) -> None:
    with told(own_home, DENTURES) as talk:
        before = talk.session.process
        talk.turn("the denture blahs the blah")
        talk.turn("oops, scrap that last line")
        assert talk.session.process == before
