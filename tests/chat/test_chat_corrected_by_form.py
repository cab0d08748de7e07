"""Corrections known by their form: who does what, what only some cases get, what is one step or two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk
from assistant.process.tree import tasks

STORY = (
    "Customers order cakes by phone. Sunita notes the order, 2 minutes. The baker bakes the cake, 50 minutes. The "
    "trainee packs the cake, 3 minutes. The boss takes a photo of the cake, 4 minutes. Sunita writes the bill, 2 "
    "minutes. Sunita prints the label. The driver delivers the cake."
)


@pytest.fixture
def cakes(own_home: Path) -> Iterator[Talk]:
    with told(own_home, STORY) as talk:
        yield talk


def doers(talk: Talk) -> dict[str, str]:
    """Who does each step, by the first word of its name."""
    process = talk.session.process
    return {task.name.split()[0]: role.name for task in tasks(process) if (role := process.role(task.role or ""))}


@pytest.mark.parametrize(
    ("words", "now"),
    [
        ("its not the boss who does the photo, thats the trainee", {"Take": "Trainee"}),
        ("that's not the baker who bakes the cake, that is sunita", {"Bake": "Sunita"}),
        ("Sunita is only noting the orders, packing the baker does", {"Pack": "Baker"}),
        ("the baker only bakes, packing the cake the driver does", {"Pack": "Driver"}),
        ("The boss just takes the photo; delivering is done by the trainee.", {"Deliver": "Trainee"}),
        ("sunita is only noting orders, packing the juggler does", {"Pack": "Juggler"}),
        (
            "the billing and labelling are done by the boss too, sunita has nothing to do with it",
            {"Write": "Boss", "Print": "Boss"},
        ),
    ],
)
def test_who_does_what_is_taken_as_said_of_both(cakes: Talk, words: str, now: dict[str, str]) -> None:
    before = doers(cakes)
    cakes.turn(words)
    assert doers(cakes) == {**before, **now}
    assert len(names(cakes)) == 8
