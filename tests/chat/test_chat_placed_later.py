"""Where something is done, said in front of it, or only in the next turn; and figures typed in haste."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import doer, names, told

from assistant.chat.turn import Talk
from assistant.process.tree import tasks

STORY = (
    "A farmer delivers apples. The presser washes the apples, 20 minutes. Then the presser presses the juice, 1 hour. "
    "The bottler fills the bottles, 30 minutes. The clerk writes the invoice, 5 minutes."
)


@pytest.fixture
def talk(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as made:
        yield made


@pytest.mark.parametrize(
    "lead", ["last of all", "at the very last", "when all is done", "once thats all done", "to finish off",
             "after everything", "and then right at the end"],
)  # fmt: skip
def test_what_is_done_last_of_all_stands_at_the_end(lead: str, talk: Talk) -> None:
    talk.turn(f"{lead} the driver loads the crates for the market")
    assert "load" in names(talk)[-1].lower()
    assert doer(talk, "load") == "Driver"


@pytest.mark.parametrize(
    "lead", ["first of all", "before all that", "before any of this happens", "before everything else", "to start with"]
)
def test_what_is_done_before_all_else_stands_at_the_start(lead: str, talk: Talk) -> None:
    talk.turn(f"{lead} the inspector checks the scales")
    assert "check" in names(talk)[0].lower()
    assert not any("?" in str(getattr(item, "question", "")) for item in talk.session.process.flow.items)


def test_about_is_typed_short(talk: Talk) -> None:
    talk.turn("before filling the bottles the bottler heats the juice, takes abt 1h")
    (heat,) = (task for task in tasks(talk.session.process) if "heat" in task.name.lower())
    assert heat.work is not None
    assert heat.work.mean_seconds == 3600
    assert not any("abt" in name.lower() or "take" in name.lower() for name in names(talk))
