"""Corrections known by their form: who does what, what only some cases get, what is one step or two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk
from assistant.process.blocks import Choice, Task
from assistant.process.tree import tasks, walk

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


CAST = (
    "The nurse registers the patient, 4 minutes. The doctor examines the arm, 10 minutes. The assistant makes the "
    "cast, 20 minutes. The chief approves the plan, 3 minutes. The clerk prints the bill, 2 minutes."
)


@pytest.fixture
def arms(own_home: Path) -> Iterator[Talk]:
    with told(own_home, CAST) as talk:
        yield talk


@pytest.mark.parametrize(
    ("words", "step", "when", "p"),
    [
        ("the cast is not made every time, only when the bone is broken", "Make", "the bone is broken", None),
        ("the bill isn't printed always, only if it is paid in cash, that's 30 percent", "Print", "paid in cash", 0.3),
        (
            "If the arm is fine approval is not needed, only for others.",
            "Approve",
            "arm is not fine",
            None,
        ),
        ("The cast falls away for sprains, thats 20 percent.", "Make", "not sprains", 0.8),
        ("the approval is left out with small cracks", "Approve", "not small cracks", None),
        ("we only examine about half of the arms", "Examine", "in 50 % of cases", 0.5),
        ("The clerk only prints one in four bills.", "Print", "in 25 % of cases", 0.25),
    ],
)
def test_what_only_some_cases_get_stands_on_a_way_of_its_own(
    arms: Talk, words: str, step: str, when: str, p: float | None
) -> None:
    arms.turn(words)
    (choice,) = (block for block in walk(arms.session.process) if isinstance(block, Choice))
    way = choice.branches[0]
    assert when in (way.when or "")
    assert way.p == (None if p is None else pytest.approx(p))
    assert [task.name.split()[0] for task in way.do.items if isinstance(task, Task)] == [step]
    assert len(names(arms)) == 5


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("we send the bill by mail now so printing it falls away", "Print bill"),
        ("patients register online, so registering is no longer needed", "Register patient"),
    ],
)
def test_what_falls_away_goes(arms: Talk, words: str, gone: str) -> None:
    arms.turn(words)
    assert gone not in names(arms)
    assert len(names(arms)) == 4
