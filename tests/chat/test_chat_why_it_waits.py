"""Why a step waits is taken with how long, and the remedy is one for that."""

from __future__ import annotations

from pathlib import Path

import pytest
from chat_kit import told

from assistant.process.tree import tasks

STORY = (
    "The arranger writes the estimate, 40 minutes. Margaret checks the estimate, 10 minutes. Margaret writes the "
    "invoice, half an hour. 240 funerals a year."
)


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("the estimate lies on Margaret's desk for a day because she only comes in on Tuesdays", "unavailability"),
        ("the estimate lies on Margaret's desk for two days since she is often away", "unavailability"),
        ("the estimate lies on Margaret's desk for two days", None),
    ],
)  # fmt: skip
def test_who_is_not_there_is_the_cause_of_the_wait(own_home: Path, words: str, cause: str | None) -> None:
    with told(own_home, STORY) as talk:
        talk.turn(words)
        check = next(task for task in tasks(talk.session.process) if task.name == "Check estimate")
        assert check.wait is not None
        assert check.wait_cause == cause
        if cause:
            assert any("deputy" in line for line in talk.turn("propose").lines)
