"""Corrections known by their form: who does what, what only some cases get, what is one step or two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_kit import names, told

from assistant.chat.turn import Talk
from assistant.process.blocks import Choice, Task
from assistant.process.outline import to_plain_outline
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


CHILD = (
    "The nurse weighs the child, 3 minutes. The nurse measures its height, 2 minutes. The doctor examines the child, "
    "10 minutes. The clerk stamps the card. The clerk files the card."
)


@pytest.fixture
def clinic(own_home: Path) -> Iterator[Talk]:
    with told(own_home, CHILD) as talk:
        yield talk


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("weighing and measuring is one step really, 4 min altogether", 4),
        ("weighing and the height are done in one go", 5),
        ("Weighing the child and measuring it are one task, 3 minutes for both.", 3),
    ],
)
def test_two_steps_that_are_one_are_made_one(clinic: Talk, words: str, minutes: int) -> None:
    clinic.turn(words)
    assert len(names(clinic)) == 4
    work = next(iter(tasks(clinic.session.process))).work
    assert work is not None
    assert work.mean_seconds == minutes * 60


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (
            "examining is two things, first the doctor checks the ears and then the throat",
            ["Check ears", "Check throat"],
        ),
        ("Split the last one please: the clerk signs it first and then files it", ["Sign card", "File card"]),
        (
            "split the weighing in two: first the nurse undresses the baby, then she weighs the child",
            ["Undress baby", "Weigh child"],
        ),
    ],
)
def test_one_step_that_is_two_is_made_two(clinic: Talk, words: str, parts: list[str]) -> None:
    clinic.turn(words)
    now = names(clinic)
    assert len(now) == 6
    at = now.index(parts[0])
    assert now[at : at + 2] == parts


MILK = (
    "The farmer milks the cow, 10 minutes. The cook boils the milk, 20 minutes. The helper fills the bottles, 5 "
    "minutes. The driver brings the bottles to the shop. We have 3 helpers. We fill 30 bottles a day."
)


@pytest.fixture
def dairy(own_home: Path) -> Iterator[Talk]:
    with told(own_home, MILK) as talk:
        yield talk


@pytest.mark.parametrize(
    ("words", "gap"),
    [
        ("30 bottles was last year, now its 50 a day", "28.8 min"),
        ("thirty were before, today we get about 200 a week", "50.4 min"),
    ],
)
def test_a_number_of_another_time_gives_way_to_that_of_today(dairy: Talk, words: str, gap: str) -> None:
    dairy.turn(words)
    assert f"every {gap}" in to_plain_outline(dairy.session.process)


@pytest.mark.parametrize(
    ("words", "who", "heads"),
    [
        ("we've 9 helpers at christmas, but normally four", "Helper", 4),
        ("There are six drivers in summer, otherwise only two.", "Driver", 2),
    ],
)
def test_as_many_as_there_are_most_of_the_time_count(dairy: Talk, words: str, who: str, heads: int) -> None:
    dairy.turn(words)
    assert [role.capacity for role in dairy.session.process.roles if role.name == who] == [heads]


@pytest.mark.parametrize(
    ("words", "gone", "kept"),
    [
        ("Cook and helper, that's the same lady in our house, just put helper.", "Cook", "Helper"),
        ("the cook and the driver, thats one person, please write cook", "Driver", "Cook"),
    ],
)
def test_two_names_of_one_person_are_one_as_it_is_to_be_called(dairy: Talk, words: str, gone: str, kept: str) -> None:
    dairy.turn(words)
    assert gone not in doers(dairy).values()
    assert list(doers(dairy).values()).count(kept) == 2
    assert gone not in [role.name for role in dairy.session.process.roles]
