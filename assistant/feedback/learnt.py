"""Which moment of a customer's way a comment speaks of, and how it feels, by weights learnt from lines written for it.

`bench/said.txt` holds the lines, `bench/learn_moments.py` learns from them. A comment is the mean place of its words
(`assistant.english.meanings`), so that a word nobody wrote there counts like its neighbours, and the words themselves.
Everything is linear in the words, so that a hundred thousand comments are one product of matrices.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from assistant.english.alike import stem
from assistant.english.meanings import placed
from assistant.feedback.texts import Texts
from assistant.feedback.vectors import unit
from assistant.feedback.words import COMMON, NEGATIONS

WEIGHTS = files("assistant.english").joinpath("data", "moment_weights.npz")
MEANING = 1.5
"""How much the place of a comment counts beside its words."""
Matrix = Any


@lru_cache(maxsize=50_000)
def word_key(word: str) -> str:
    """What a word is known by here; empty for one that says nothing of what a comment is about."""
    return stem(word) if word in NEGATIONS or word not in COMMON else ""


class Learnt(NamedTuple):
    """The words that count with how rare they are, the moments, a column of weights for each moment, and one for how
    a comment feels (-1 to 1)."""

    keys: Sequence[str]
    rarity: Matrix
    moments: Sequence[str]
    weights: Matrix
    feeling: Matrix

    def write(self) -> None:
        """Write the weights, rounded, where the program reads them."""
        with open(str(WEIGHTS), "wb") as file:
            np.savez_compressed(
                file,
                keys=np.frombuffer("\n".join(self.keys).encode(), dtype=np.uint8),
                moments=np.frombuffer("\n".join(self.moments).encode(), dtype=np.uint8),
                rarity=self.rarity.astype(np.float32),
                weights=self.weights.astype(np.float16),
                feeling=self.feeling.astype(np.float16),
            )


@cache
def learnt() -> Learnt:
    """The weights as they were learnt, read once."""
    with WEIGHTS.open("rb") as file, np.load(file, allow_pickle=False) as held:
        keys, moments = (held[name].tobytes().decode().split("\n") for name in ("keys", "moments"))
        weights, feeling = (held[name].astype(np.float32) for name in ("weights", "feeling"))
        return Learnt(keys, held["rarity"], moments, weights, feeling)


class Meant:
    """What many texts mean: their places, and the moments they speak of."""

    def __init__(self, texts: Texts, by: Learnt | None = None) -> None:
        self.texts = texts
        self.by = by or learnt()
        number = {key: at for at, key in enumerate(self.by.keys)}
        keys = [word_key(word) for word in texts.vocabulary]
        self._column = np.array([number.get(key, -1) for key in keys], dtype=np.int64)
        self._place = placed(word if key else "" for word, key in zip(texts.vocabulary, keys, strict=True))

    def places(self, rows: Matrix) -> Matrix:
        """The mean place of the words of each of these texts, of unit length; zeros where none is known."""
        from scipy.sparse import csr_matrix

        numbers, ends = self.texts.chosen(rows)
        ones = np.ones(len(numbers), dtype=np.float32)
        return unit(csr_matrix((ones, numbers, ends), shape=(len(rows), len(self._place))) @ self._place)

    def moments(self, rows: Matrix) -> Matrix:
        """How strongly each of these texts speaks of each moment of `by.moments`; about 1 at most."""
        return self.features(rows) @ self.by.weights

    def feelings(self, rows: Matrix) -> Matrix:
        """How each of these texts feels, from about -1 to 1."""
        return self.features(rows) @ self.by.feeling

    def features(self, rows: Matrix) -> Matrix:
        """One row a text: its place, its words, and a 1."""
        from scipy.sparse import csr_matrix

        numbers, ends = self.texts.chosen(rows)
        columns = self._column[numbers]
        kept = np.concatenate([[0], np.cumsum(columns >= 0)])[ends]
        columns = columns[columns >= 0]
        shape = (len(rows), len(self.by.keys))
        words = csr_matrix((self.by.rarity[columns], columns, kept), shape=shape).toarray()
        return np.hstack([MEANING * self.places(rows), unit(words), np.ones((len(rows), 1), dtype=np.float32)])
