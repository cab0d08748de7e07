"""What stands on the map is told when asked for it; who the customer and the owner are is taken in so many words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk

STORY = (
    "Petra takes the calls and writes the address on a slip. Jan tunes the piano, two hours. Petra writes the bill. "
    "Olaf checks the bill."
)


@pytest.fixture(scope="module")
def pianos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    with told(tmp_path_factory.mktemp("pianos"), STORY) as talk:
        yield talk


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("who is our customer?", "Nobody said who the customer is."),
        ("what does the customer need?", "Nobody said what the customer needs."),
        ("what starts it?", "What starts it was not told. The first step is “Take calls”."),
        ("when does it end?", "It ends behind “Check bill”."),
        ("how many steps are there", "5 steps on the map of today."),
        ("who checks the bill?", "“Check bill” is done by “Olaf”."),
        ("how long does the tuning take?", "“Tune piano” takes 2 h of work, as you told."),
        ("how long does it take to write the bill", "Nobody told how long “Write bill” takes."),
        ("who is responsible for it?", "Nobody is named who answers for the whole."),
    ],
)
def test_plain_questions_are_answered_from_the_map(pianos: Talk, asked: str, answer: str) -> None:
    assert pianos.turn(asked).lines[0].startswith(answer)


def test_the_answer_to_who_the_customer_is_may_be_the_next_thing_said(tmp_path: Path) -> None:
    with told(tmp_path, STORY) as talk:
        talk.turn("who is the customer")
        talk.turn("the piano owner of course")
        assert [customer.name for customer in talk.session.process.customers] == ["Piano owner"]
        talk.turn("Olaf owns it")
        assert talk.session.process.owner == "Olaf"
        talk.turn("our customers are schools and churches")
        assert [customer.name for customer in talk.session.process.customers] == ["Schools", "Churches"]
        before = talk.session.process
        talk.turn("the customers are satisfied")
        assert talk.session.process == before
        assert len(names(talk)) == 5
