"""Which moment of a customer's way a comment speaks of, and how it feels, by weights learnt from lines written for it.

`bench/said.txt` and `bench/said_by_trade.txt` hold the lines, `bench/learn_moments.py` learns from them. A comment is
the mean place of its words (`assistant.english.meanings`), so that a word nobody wrote there counts like its
neighbours, and the words themselves. Everything is linear in the words, so that a hundred thousand comments are one
product of matrices. Where there are few comments there is time to read each as a sentence
(`assistant.english.sentences`): then both say which moment it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from assistant.english.alike import stem
from assistant.english.meanings import placed
from assistant.english.sentences import sentence_places
from assistant.feedback.texts import Texts
from assistant.feedback.vectors import unit
from assistant.feedback.words import COMMON, NEGATIONS

WEIGHTS = files("assistant.english").joinpath("data", "moment_weights.npz")
MEANING = 1.5
"""How much the place of a comment counts beside its words."""
READ = 500
"""With at most so many unlike texts each is read as a sentence too; a text takes some milliseconds."""
FEELINGS = ("negative", "neutral", "positive")
SENTENCE = 3.0
"""How large the place of a sentence is made before it says how a comment feels and hurts."""
Matrix = Any


@lru_cache(maxsize=50_000)
def word_key(word: str) -> str:
    """What a word is known by here; empty for one that says nothing of what a comment is about."""
    return stem(word) if word in NEGATIONS or word not in COMMON else ""


class Learnt(NamedTuple):
    """The words that count with how rare they are; the moments, a column of weights for each; a column for each of
    FEELINGS, its last rows for what words that judge say (`evidence`); the weights of moments over sentences; and, for
    texts that are read, a column for each of FEELINGS and for a severity of at least 2 and of 3, its last rows for what
    words that judge and signs say, and for the place of the sentence."""

    keys: Sequence[str]
    rarity: Matrix
    moments: Sequence[str]
    weights: Matrix
    feelings: Matrix
    sentences: Matrix
    read: Matrix

    def write(self) -> None:
        """Write the weights, rounded, where the program reads them."""
        with open(str(WEIGHTS), "wb") as file:
            np.savez_compressed(
                file,
                keys=np.frombuffer("\n".join(self.keys).encode(), dtype=np.uint8),
                moments=np.frombuffer("\n".join(self.moments).encode(), dtype=np.uint8),
                rarity=self.rarity.astype(np.float32),
                **{name: getattr(self, name).astype(np.float16) for name in _WEIGHTS},
            )


_WEIGHTS = ("weights", "feelings", "sentences", "read")


@cache
def learnt() -> Learnt:
    """The weights as they were learnt, read once."""
    with WEIGHTS.open("rb") as file, np.load(file, allow_pickle=False) as held:
        keys, moments = (held[name].tobytes().decode().split("\n") for name in ("keys", "moments"))
        return Learnt(keys, held["rarity"], moments, *(held[name].astype(np.float32) for name in _WEIGHTS))


class Meant:
    """What many texts mean: their places, and the moments they speak of. `raw` are the same texts as they came, to be
    read as sentences; without them words alone are looked at."""

    def __init__(self, texts: Texts, raw: Sequence[str] = (), by: Learnt | None = None) -> None:
        self.texts = texts
        self.raw = raw
        self.by = by or learnt()
        number = {key: at for at, key in enumerate(self.by.keys)}
        keys = [word_key(word) for word in texts.vocabulary]
        self._column = np.array([number.get(key, -1) for key in keys], dtype=np.int64)
        self._place = placed(word if key else "" for word, key in zip(texts.vocabulary, keys, strict=True))

    @cached_property
    def sentences(self) -> Matrix | None:
        """The place of each text as a sentence, one row a text; none where there are too many or no raw ones."""
        return sentence_places(self.raw) if 0 < len(self.raw) <= READ else None

    def places(self, rows: Matrix) -> Matrix:
        """The mean place of the words of each of these texts, of unit length; zeros where none is known."""
        from scipy.sparse import csr_matrix

        numbers, ends = self.texts.chosen(rows)
        ones = np.ones(len(numbers), dtype=np.float32)
        return unit(csr_matrix((ones, numbers, ends), shape=(len(rows), len(self._place))) @ self._place)

    def moments(self, rows: Matrix) -> Matrix:
        """How strongly each of these texts speaks of each moment of `by.moments`; about 1 at most."""
        said = self.weighed(rows, self.by.weights)
        if self.sentences is None:
            return said
        return (said + with_one(self.sentences[rows]) @ self.by.sentences) / 2

    def feelings(self, rows: Matrix, evidence: Matrix) -> Matrix:
        """How strongly each of these texts feels each of FEELINGS; `evidence` is what words that judge say of them."""
        words = len(self.by.feelings) - evidence.shape[1]
        return self.weighed(rows, self.by.feelings[:words]) + evidence @ self.by.feelings[words:]

    def read(self, rows: Matrix, evidence: Matrix) -> Matrix:
        """How strongly each of these texts, which are read, feels each of FEELINGS, and is severe (at least 2, and 3);
        `evidence` is what words that judge and signs say of them."""
        assert self.sentences is not None
        beside = np.hstack([evidence, SENTENCE * self.sentences[rows]])
        words = len(self.by.read) - beside.shape[1]
        return self.weighed(rows, self.by.read[:words]) + beside @ self.by.read[words:]

    def features(self, rows: Matrix) -> Matrix:
        """One row a text: its place, its words, and a 1."""
        return with_one(np.hstack([MEANING * self.places(rows), self._words(rows).toarray()]))

    def weighed(self, rows: Matrix, weights: Matrix) -> Matrix:
        """The features of these texts times weights, without a table that is nearly all zeros."""
        of_place = self._place.shape[1]
        return MEANING * self.places(rows) @ weights[:of_place] + self._words(rows) @ weights[of_place:-1] + weights[-1]

    def _words(self, rows: Matrix) -> Matrix:
        """The known words of these texts by rarity, each row of unit length, as a sparse matrix."""
        from scipy.sparse import csr_matrix, diags_array

        numbers, ends = self.texts.chosen(rows)
        columns = self._column[numbers]
        kept = np.concatenate([[0], np.cumsum(columns >= 0)])[ends]
        columns = columns[columns >= 0]
        shape = (len(rows), len(self.by.keys))
        words = csr_matrix((self.by.rarity[columns], columns, kept), shape=shape)
        words.sum_duplicates()
        length = np.sqrt(np.asarray(words.multiply(words).sum(axis=1)).ravel())
        return (diags_array(1 / np.maximum(length, 1e-9)).astype(np.float32) @ words).tocsr()


def with_one(rows: Matrix) -> Matrix:
    """The rows with a 1 at their end."""
    return np.hstack([rows, np.ones((len(rows), 1), dtype=np.float32)])
