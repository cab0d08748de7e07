"""Waits told with their place, by what a thing does alone, or by who has it meanwhile: none is lost or before the
wrong step."""

from __future__ import annotations

import pytest

from assistant.language.reading import read_story
from assistant.process.blocks import Task, Wait
from assistant.process.tree import walk

HOUR, DAY = 3600.0, 86400.0


def waits(story: str) -> list[tuple[str, float]]:
    """The waits of a story: before which step, or the wait's own name, and how long in seconds."""
    lengths = [
        (step.name, step.wait if isinstance(step, Task) else step.duration)
        for step in walk(read_story(story).process)
        if isinstance(step, Task | Wait)
    ]
    return [(name, length.mean_seconds) for name, length in lengths if length is not None]


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ("The frames lie there two days, then Eva paints them, five hours.", [("Paint frames", 2 * DAY)]),
        ("Before the painting the frames stand three hours. Eva paints the frames.", [("Paint frames", 3 * HOUR)]),
        ("Eva paints the frames. Between washing and painting they lie a day.", [("Paint frames", DAY)]),
        ("After washing the frames dry for a day. Eva paints them.", [("Dry", DAY)]),
        ("The frames rest an hour. Eva paints the frames.", [("Paint frames", HOUR)]),
        ("They wear it at home for two weeks. Then Eva paints it.", [("Paint frames", 14 * DAY)]),
        ("Eva paints them. Then they wait for the customer for three days.", [("Wait for customer", 3 * DAY)]),
        ("Eva notes the call. The next free slot is two weeks away. Ben oils the frames.", [("Oil frames", 14 * DAY)]),
        ("eva books the date. the next free date is in three weeks. ben oils the frames", [("Oil frames", 21 * DAY)]),
        ("Eva takes the order. The oven has no free place for two days. Ben bakes the frames.",
         [("Bake frames", 2 * DAY)]),
        ("Eva orders the oil. It arrives a week later. Ben oils the frames.", [("Wait for oil", 7 * DAY)]),
    ],
)  # fmt: skip
def test_a_wait_stands_where_it_is_told(told: str, where: list[tuple[str, float]]) -> None:
    assert waits(f"Ben washes the frames, an hour. {told}") == where


def test_a_line_that_ends_in_a_short_unit_is_a_sentence() -> None:
    story = (
        "ben washes the frames, 10 min.\nthe frames stand 3 hours, then eva paints them, 5 min. eva oils them, 2 min"
    )
    process = read_story(story).process
    told = [(step.name, step.work and step.work.mean_seconds) for step in walk(process) if isinstance(step, Task)]
    assert told == [("Wash frames", 600), ("Paint frames", 300), ("Oil frames", 120)]
