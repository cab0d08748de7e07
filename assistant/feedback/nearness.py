"""How near what a customer says lies to each step of the work, both read as sentences.

The places of sentences (`assistant.english.sentences`) bring near what says alike. What a customer says is not like the
name of the step it speaks of, so both are turned towards one another, by weights that `bench/learn_nearness.py` learnt
from lines written for the steps of many trades.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from assistant.english.sentences import sentence_places
from assistant.feedback.vectors import unit

WEIGHTS = files("assistant.english").joinpath("data", "nearness.npz")
Matrix = Any


class Turns(NamedTuple):
    """What is added to the place of a sentence when it is turned: for comments and for the names of steps."""

    comments: Matrix
    steps: Matrix

    def write(self) -> None:
        """Write the weights, rounded, where the program reads them."""
        with open(str(WEIGHTS), "wb") as file:
            np.savez_compressed(file, **{name: held.astype(np.float16) for name, held in self._asdict().items()})


@cache
def turns() -> Turns:
    """The weights as they were learnt, read once."""
    with WEIGHTS.open("rb") as file, np.load(file, allow_pickle=False) as held:
        return Turns(held["comments"].astype(np.float32), held["steps"].astype(np.float32))


def nearness(sentences: Matrix, names: Sequence[str], by: Turns | None = None) -> Matrix:
    """One row a sentence (its place), one column a name of a step: how near they lie, -1 to 1."""
    by = by or turns()
    steps = sentence_places([name.lower() for name in names])
    return turned(sentences, by.comments) @ turned(steps, by.steps).T


def turned(places: Matrix, turn: Matrix) -> Matrix:
    """Places of unit length, turned."""
    return unit(places + places @ turn)
