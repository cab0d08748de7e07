"""How near what a customer says lies to each step of the work, both read as sentences.

The places of sentences (`assistant.english.sentences`) bring near what says alike. What a customer says is not like the
name of the step it speaks of, so both are turned towards one another, and what is said is compared with lines of which
it is known what step they speak of: "my name is spelt in four ways" lies near lines about registering somebody. Turns
and lines are learnt and kept by `bench/learn_nearness.py`, of many trades.
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
LIKE_LINE, LIKE_STEP = 20.0, 10.0
"""How quickly a line counts less that is less like what was said, and a step that is less like the line's own."""
RECALLED = 0.08
"""How much the lines weigh (the logarithm of what they say) beside how near a step lies itself."""
ENOUGH = 20
"""Of so many rows half of what they have in common is taken for what all have."""
WHOLE = 127
Matrix = Any


class Learnt(NamedTuple):
    """What is added to the place of a sentence when it is turned: for comments and for the names of steps; the turned
    places of lines and of the steps they speak of, in whole numbers up to WHOLE, and the step of each line; and what
    tells comments that speak of no step, a weight for each part of a place and one more."""

    comments: Matrix
    steps: Matrix
    lines: Matrix
    named: Matrix
    of_line: Matrix
    nowhere: Matrix

    def write(self) -> None:
        """Write the weights, rounded, where the program reads them."""
        rounded = {
            name: held.astype(np.float16) if held.dtype.kind == "f" else held for name, held in self._asdict().items()
        }
        with open(str(WEIGHTS), "wb") as file:
            np.savez_compressed(file, **rounded)


@cache
def learnt() -> Learnt:
    """The weights as they were learnt, read once."""
    with WEIGHTS.open("rb") as file, np.load(file, allow_pickle=False) as held:
        values = {name: held[name] for name in Learnt._fields}
    wide = {name: value if name == "of_line" else value.astype(np.float32) for name, value in values.items()}
    return Learnt(**wide)


def nearness(sentences: Matrix, names: Sequence[str], by: Learnt | None = None) -> Matrix:
    """One row a sentence (its place), one column a name of a step: how near they lie, higher is nearer."""
    by = by or learnt()
    said = turned(sentences, by.comments)
    steps = turned(sentence_places([name.lower() for name in names]), by.steps)
    near = said @ steps.T
    if not len(by.lines):
        return near
    alike = np.exp(LIKE_LINE * (said @ by.lines.T / WHOLE - 1))
    alike /= alike.sum(axis=1, keepdims=True)
    same = np.exp(LIKE_STEP * (by.named @ steps.T / WHOLE - 1))[by.of_line]
    return near + RECALLED * beyond_usual(np.log(alike @ same / np.sqrt(same.mean(axis=0)) + 1e-9))


def beyond_usual(rows: Matrix) -> Matrix:
    """What each row has beyond what all have: a step that every comment of a process sounds a little like says less."""
    return rows - rows.sum(axis=0) / (len(rows) + ENOUGH)


def as_said(sentences: Matrix) -> Matrix:
    """The places of comments, turned as what customers say of steps."""
    return turned(sentences, learnt().comments)


def nowhere(sentences: Matrix) -> Matrix:
    """How much each sentence (its place) sounds like one that speaks of no step: praise of all, the car park; about 1
    at most."""
    weights = learnt().nowhere
    return sentences @ weights[:-1] + weights[-1]


def turned(places: Matrix, turn: Matrix) -> Matrix:
    """Places of unit length, turned."""
    return unit(places + places @ turn)


def in_whole(places: Matrix) -> Matrix:
    """Places of unit length in whole numbers up to WHOLE."""
    return np.round(places * WHOLE).astype(np.int8)
