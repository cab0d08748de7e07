"""What words mean to one another: a place for each of 16,000 common words, near the words that mean alike.

The places were taken once from a small language model (`docs/word_meanings.py` says which and how); the product asks
none. Common words say little of what a text is about and count less (SIF: a / (a + p), Arora et al. 2017); how often a
word is used is told from its rank (Zipf).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

RARITY = 1e-3
FROM_RANK = 10.0
"""Zipf's law bends at the commonest words: the n-th word is used as 1 / (n + this)."""


class Meanings(NamedTuple):
    """The row of each word, and the rows: the place of a word, the shorter the commoner it is."""

    row: dict[str, int]
    places: Any


@cache
def meanings() -> Meanings:
    """The table, read once."""
    with (
        files("assistant.english").joinpath("data", "meanings.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as held,
    ):
        words = held["words"].tobytes().decode().split("\n")
        places = held["places"].astype(np.float32) * held["step"]
    used = 1 / (np.arange(len(words)) + FROM_RANK)
    used /= used.sum()
    return Meanings(
        {word: at for at, word in enumerate(words)}, places * (RARITY / (RARITY + used))[:, None].astype(np.float32)
    )


def placed(words: Iterable[str]) -> Any:
    """One row a word (in lower case): its place, zeros for a word that is not known."""
    table = meanings()
    rows = [table.row.get(word.replace("'", ""), -1) for word in words]
    found = np.zeros((len(rows), table.places.shape[1]), dtype=np.float32)
    known = [at for at, row in enumerate(rows) if row >= 0]
    found[known] = table.places[[rows[at] for at in known]]
    return found
