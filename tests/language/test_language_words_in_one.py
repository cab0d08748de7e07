"""Words written in one: verbs with what they are done with, and names that begin with a figure."""

from __future__ import annotations

from assistant.language.offline.story import read
from assistant.process.tree import tasks


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
