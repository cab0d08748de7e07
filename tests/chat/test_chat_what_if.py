"""What-if questions as people put them: so many more, in no role named, the last one gone, done more often."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import told

from assistant.chat.turn import Talk

STORY = (
    "The clerk takes the order, 10 minutes. Thirty orders a day come in. Ben checks them, the orders wait four days "
    "for that, 20 minutes each. Then the clerk types the order into the computer, 15 minutes. The packer packs the "
    "goods, half an hour. Gudrun writes the bill, 5 minutes."
)


@pytest.fixture
def talk(own_home: Path, short_plays: None) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        yield made


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("what if we had two more packers?", "Today a case takes"),
        ("what if Ben got help? what if Ben gets help?", "Today a case takes"),
        ("what if Ben checked every day?", "With “Check orders” done every day, a case takes 1."),
        ("what if checking were done on two days a week?", "With “Check orders” done two days a week"),
        ("what if we had two more people?", "In which role? You named none, so I tried 2 people more in each"),
        ("what if we lose one person?", "In which role? You named none, so I tried 1 person fewer in each"),
        ("what if we lose Gudrun?", "Without “Gudrun”, “Write bill” stands still until somebody stands in"),
    ],
)
def test_what_is_asked_is_what_is_played(talk: Talk, words: str, first: str) -> None:
    before = talk.session.process
    reply = talk.turn(words)
    assert reply.kinds == ("question",)
    assert reply.lines[0].startswith(first)
    assert talk.session.process == before


def test_every_role_is_tried_where_none_is_named(talk: Talk) -> None:
    lines = talk.turn("what if we hire one more person?").lines
    assert {line.split("”")[0] for line in lines if line.startswith("- “")} == {
        "- “Clerk", "- “Ben", "- “Packer", "- “Gudrun"
    }  # fmt: skip
