"""A step put in by its name goes where the words say, with who does it and how long, and never becomes another one."""

from __future__ import annotations

from pathlib import Path

import pytest
from chat_kit import doer, names, told

CALL, TYPE = "Take call", "Type slips into computer"


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("add “Weigh letters” at the very end", [CALL, TYPE, "Weigh letters"]),
        ('add "File papers"', [CALL, TYPE, "File papers"]),
        ("Please add a step “Weigh letters” at the beginning", ["Weigh letters", CALL, TYPE]),
        ("put “Weigh letters” between “Take call” and “Type slips into computer”", [CALL, "Weigh letters", TYPE]),
        ("add a new step before the typing called “Weigh letters”", [CALL, "Weigh letters", TYPE]),
        ("add a step after the call: Karl weighs the letters", [CALL, "Weigh letters", TYPE]),
        ("add weigh letters after take call", [CALL, "Weigh letters", TYPE]),
        ("add another step before the call: the weather", [CALL, TYPE]),
    ],
)
def test_it_stands_where_the_words_say(tmp_path: Path, words: str, after: list[str]) -> None:
    with told(tmp_path, "Petra takes the call. She types the slips into the computer.") as talk:
        talk.turn(words)
        assert names(talk) == after


def test_who_does_it_and_how_long_stand_with_it(tmp_path: Path) -> None:
    with told(tmp_path, "Petra takes the call. She types the slips into the computer.") as talk:
        talk.turn("add “Weigh letters” after “Take call”, done by Karl, 10 minutes")
        assert doer(talk, "weigh") == "Karl"
        (weigh,) = [task for task in talk.session.process.flow.items if getattr(task, "name", "") == "Weigh letters"]
        assert weigh.work is not None
        assert weigh.work.mean_seconds == 600
