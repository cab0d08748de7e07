"""Kinds of telling that lost steps: two sentences a kind."""

from __future__ import annotations

import pytest

from assistant.language.reading import read_story
from assistant.process.tree import tasks

ENDED = {
    "on the main line": (
        "The clerk enters the form in the list. On the red list: refused, that's the end. "
        "Then the clerk works out the fee. The boss signs the letter.",
        {"Work out fee", "Sign letter"},
    ),
    "in a branch": (
        "The clerk checks the loan. If the book is here, the clerk lends it out, and that is the end. "
        "The buyer writes to the shop. If the book is not here, the clerk orders it. The porter shelves the book.",
        {"Write to shop", "Shelve book"},
    ),
}


@pytest.mark.parametrize("kind", ENDED)
def test_steps_told_behind_an_end_go_on(kind: str) -> None:
    text, wanted = ENDED[kind]
    assert wanted <= {task.name for task in tasks(read_story(text).process)}


@pytest.mark.parametrize("place", ["the boarding kennels, thirty dogs on a good week", "two small bakeries in town"])
def test_what_somebody_runs_is_a_place_of_work_and_no_step_also_in_the_plural(place: str) -> None:
    text = f"I run {place}. Petra writes the booking. The handler weighs the dog. The owner fetches the dog."
    assert [task.name for task in tasks(read_story(text).process)] == ["Write booking", "Weigh dog", "Fetch dog"]
