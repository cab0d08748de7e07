"""Which moment of a customer's way a comment speaks of, by weights learnt from lines written for it.

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
    """The words that count with how rare they are, the moments, and a column of weights for each moment."""

    keys: Sequence[str]
    rarity: Matrix
    moments: Sequence[str]
    weights: Matrix

    def told(self, texts: Texts, start: int = 0, end: int | None = None) -> Matrix:
        """How strongly each text from `start` to before `end` speaks of each moment; about 1 at most."""
        return self.features(texts, start, end) @ self.weights

    def features(self, texts: Texts, start: int = 0, end: int | None = None) -> Matrix:
        """One row a text: its place, its words, and a 1."""
        place, words = self._views(texts, start, len(texts) if end is None else end)
        return np.hstack([MEANING * place, words, np.ones((len(place), 1), dtype=np.float32)])

    def _views(self, texts: Texts, start: int, end: int) -> tuple[Matrix, Matrix]:
        from scipy.sparse import csr_matrix

        number = {key: at for at, key in enumerate(self.keys)}
        known = np.array([number.get(word_key(word), -1) for word in texts.vocabulary], dtype=np.int64)
        numbers, ends = texts.numbers(start, end)
        columns = known[numbers]
        kept = np.concatenate([[0], np.cumsum(columns >= 0)])[ends]
        columns = columns[columns >= 0]
        words = csr_matrix((self.rarity[columns], columns, kept), shape=(end - start, len(self.keys)))
        return meaning_rows(texts, start, end), _unit(words.toarray())

    def write(self) -> None:
        """Write the weights, rounded, where the program reads them."""
        with open(str(WEIGHTS), "wb") as file:
            np.savez_compressed(
                file,
                keys=np.frombuffer("\n".join(self.keys).encode(), dtype=np.uint8),
                moments=np.frombuffer("\n".join(self.moments).encode(), dtype=np.uint8),
                rarity=self.rarity.astype(np.float32),
                weights=self.weights.astype(np.float16),
            )


def meaning_rows(texts: Texts, start: int, end: int) -> Matrix:
    """The mean place of the words of each text, of unit length; zeros where none is known."""
    from scipy.sparse import csr_matrix

    places = placed(word if word_key(word) else "" for word in texts.vocabulary)
    numbers, ends = texts.numbers(start, end)
    ones = np.ones(len(numbers), dtype=np.float32)
    return _unit(csr_matrix((ones, numbers, ends), shape=(end - start, len(texts.vocabulary))) @ places)


def _unit(rows: Matrix) -> Matrix:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, length, out=np.zeros_like(rows), where=length > 1e-9)


@cache
def learnt() -> Learnt:
    """The weights as they were learnt, read once."""
    with WEIGHTS.open("rb") as file, np.load(file, allow_pickle=False) as held:
        keys, moments = (held[name].tobytes().decode().split("\n") for name in ("keys", "moments"))
        return Learnt(keys, held["rarity"], moments, held["weights"].astype(np.float32))
