"""Words that no fixed wording fits: written where they are likely enough, asked about where they are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk
from assistant.chat.weighing import spoken_now
from assistant.language.weighed.weighing import allowed, weighed

STORY = (
    "A customer rings and the dispatcher books a date, which takes 5 minutes. The fitter repairs the boiler, 2 hours. "
    "Then the clerk writes the bill, 10 minutes. If a part is missing, which happens in 10 percent of the cases, "
    "the dispatcher orders it."
)


@pytest.fixture
def talk(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        yield made


@pytest.mark.parametrize(
    "words",
    [
        "the fitter sends his regards", "my uncle once repaired a boiler with chewing gum",
        "sorry, typing with one hand here", "I sometimes wonder why the dispatcher bothers",
    ],
)  # fmt: skip
def test_what_only_comments_is_never_written(talk: Talk, words: str) -> None:
    before = talk.session.process
    talk.turn(words)
    assert talk.session.process == before


def test_a_wish_for_better_is_no_step(talk: Talk) -> None:
    before = talk.session.process
    assert "request" in talk.turn("can't we somehow get the fitter out of the door earlier").kinds
    assert talk.session.process == before


def test_telling_that_goes_on_is_written_whatever_it_is_about(talk: Talk) -> None:
    talk.turn("Then the clerk waters the plants.")
    assert any("plants" in name for name in names(talk))


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("boilers are done by the clerk, not by the fitter", "Clerk does"),
        ("repairs: 3 hours", "Repair boiler"),
        ("dispatchers there are two", "Dispatcher: 2"),
    ],
)
def test_the_ways_a_turn_may_mean_hold_what_it_says_and_can_be_made(talk: Talk, words: str, title: str) -> None:
    spoken = spoken_now(talk, words)
    found = [one for one in weighed(spoken) if one.way.title.startswith(title)]
    assert found
    assert allowed(spoken, found[0].way)
    assert abs(sum(one.share for one in weighed(spoken)) - 1) < 1e-9
