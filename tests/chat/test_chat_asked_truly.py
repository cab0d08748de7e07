"""Questions answered by what is meant: whom one waits for, what a deed costs, how long the whole takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import told

from assistant.chat.turn import Talk

STORY = (
    "Ann takes the blood, 10 minutes. Ann sends the sample to the lab, 5 minutes. The lab answers after three days. "
    "The doctor checks the result, 15 minutes. Ann writes the bill, 10 minutes. 20 patients a day."
)


@pytest.fixture
def talk(own_home: Path, short_plays: None) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        yield made


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("what if the lab took one day", "With a wait of 1 day at “Wait for answer of lab”"),
        ("what if the lab needed a week?", "With a wait of 7 days at “Wait for answer of lab”"),
        ("what if Ann took the blood in 5 minutes?", "With “Take blood” in 5 min"),
        ("what if the nurses filled in the slips?", "I cannot play that"),
        ("what do we lose if a sample is lost?", "I cannot play that"),
        ("how much does the check by the doctor cost us?", "“Check result”, by “Doctor”, costs about"),
        ("how long does it take", "A case takes about"),
    ],
)
def test_is_answered_by_what_is_meant(talk: Talk, words: str, first: str) -> None:
    """Each is answered as meant, or it is said that it cannot be played."""
    assert talk.turn(words).lines[0].startswith(first)
