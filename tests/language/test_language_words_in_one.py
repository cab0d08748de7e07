"""Words written in one: verbs with what they are done with, and names that begin with a figure."""

from __future__ import annotations

import pytest

from assistant.language.offline.story import read
from assistant.process.blocks import Choice
from assistant.process.tree import tasks, walk


def test_a_verb_may_carry_how_it_is_done() -> None:
    told = read(
        "The mechanic repairs the bike, 1 hour. Then Jonas test-rides the bike, 5 minutes. Ann spot-welds the frame."
    )
    assert [task.name for task in tasks(told.process)] == ["Repair bike", "Test-ride bike", "Spot-weld frame"]
    assert [task.work.mean_seconds / 60 if task.work else None for task in tasks(told.process)] == [60, 5, None]


def test_a_figure_with_a_letter_names_what_follows_and_measures_nothing() -> None:
    told = read("The engineer writes the 8D report, 3 hours. The clerk fills in the 3D form, 5 minutes.")
    assert [task.wait for task in tasks(told.process)] == [None, None]
    assert [task.work.mean_seconds / 60 if task.work else None for task in tasks(told.process)] == [180, 5]


@pytest.mark.parametrize(
    ("told", "share"),
    [("If a lens is scratched, Ann polishes it again, 15 percent are scratched.", 0.15),
     ("If the key is missing, Tom phones the owner, 1 in 4 is missing.", 0.25)],
)  # fmt: skip
def test_a_share_behind_says_the_condition_once_more(told: str, share: float) -> None:
    process = read(f"Tom opens the case. {told} Then Ann closes the case.").process
    (choice,) = (step for step in walk(process) if isinstance(step, Choice))
    assert choice.branches[0].p == share


def test_over_two_hours_is_how_long_it_takes() -> None:
    process = read("Tom mixes the clay. The kiln fires the bowl over two hours. Ann paints the bowl.").process
    assert [task.name for task in tasks(process)] == ["Mix clay", "Fire bowl", "Paint bowl"]
    assert not any(isinstance(step, Choice) for step in walk(process))
