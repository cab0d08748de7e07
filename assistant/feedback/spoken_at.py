"""What customers speak of at steps like those of a process, where comments are too many to be read as sentences.

"The zip stuck" says no word of "alter dress". `spoken_at.tsv` holds what is spoken of at some thousand kinds of steps
of many trades; a step has what the kinds most like it have, by the places of the words of their names. A comment is
compared with a step by these words, and by where its own lie among the meanings of words: both are products of
matrices, so that a hundred thousand take no more than a moment.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from assistant.english.alike import stem
from assistant.english.meanings import placed
from assistant.english.tables import rows
from assistant.feedback.learnt import Meant, word_key
from assistant.feedback.vectors import unit
from assistant.feedback.words import STOP, TOKEN

ALIKE, MOST = 0.5, 3
"""How like a step's name a kind must be (cosine), and how many kinds at most tell what is spoken of at it."""
FAINT_KIND, FAINT_PLACE = 0.3, 0.2
"""How much a kind counts that is only just alike: for its words, and for the place of them all."""
WORDS, PLACES = 0.08, 1.3
"""How much such a word counts beside the words of a step, and how much it counts where the words of a comment lie."""
MOST_WORDS = 2.9
"""What all such words of a comment say together at most."""
Matrix = Any


class _Kinds(NamedTuple):
    """The places of the names of kinds of steps, and of all that is spoken of there; and the words of it."""

    names: Matrix
    spoken: Matrix
    words: Sequence[Sequence[str]]


@cache
def _kinds() -> _Kinds:
    table = rows("spoken_at")
    words = [spoken.split() for _, spoken in table]
    return _Kinds(_places([name for name, _ in table]), _places([spoken for _, spoken in table]), words)


def _places(texts: Sequence[str]) -> Matrix:
    """The mean place of the words of each text, of unit length; zeros where none is known."""
    said = [[word if word_key(word) else "" for word in TOKEN.findall(text.lower())] for text in texts]
    return unit(np.array([placed(words).sum(axis=0) for words in said]))


class SpokenAt:
    """Compares many comments with the steps of one process; `chosen` are those that show what all have in common."""

    def __init__(self, names: Sequence[str], meant: Meant, chosen: Matrix) -> None:
        kinds, own = _kinds(), _places(names)
        self.words: list[dict[str, float]] = []
        places = own.copy()
        for step, alike in enumerate(own @ kinds.names.T):
            sure = _sure(alike)
            self.words.append(_weights(sure, kinds))
            if sure:
                counts = FAINT_PLACE + np.array(list(sure.values()))
                places[step] += unit(counts[None] @ kinds.spoken[list(sure)])[0]
        self.places = unit(places)
        self.usual = (meant.places(chosen) @ self.places.T).mean(axis=0)

    def say(self, meant: Meant, chosen: Matrix) -> Matrix:
        """One row for each of these texts, a column for each step: how much more than other texts it speaks of what is
        spoken of there."""
        lies = meant.places(chosen) @ self.places.T - self.usual
        return PLACES * lies + WORDS * np.minimum(self._by_words(meant, chosen), MOST_WORDS)

    def _by_words(self, meant: Meant, chosen: Matrix) -> Matrix:
        from scipy.sparse import csr_matrix

        table = self._table(meant.texts.vocabulary)
        numbers, ends = meant.texts.chosen(chosen)
        shape = (len(chosen), len(table))
        said = csr_matrix((np.ones(len(numbers), dtype=np.float32), numbers, ends), shape=shape)
        said.sum_duplicates()
        said.data[:] = 1.0
        return said @ table

    def _table(self, vocabulary: Sequence[str]) -> Matrix:
        """How much each word says of each step: more, the fewer steps it is spoken of at."""
        spread = Counter(word for weights in self.words for word in weights)
        says: dict[str, list[float]] = {
            word: [weights.get(word, 0.0) * math.log(1 + len(self.words) / times) for weights in self.words]
            for word, times in spread.items()
        }
        nothing = [0.0] * len(self.words)
        keys = ["" if word in STOP else stem(word) for word in vocabulary]
        return np.array([says.get(key, nothing) for key in keys], dtype=np.float32).reshape(-1, len(self.words))


def _sure(alike: Matrix) -> dict[int, float]:
    """The kinds of steps that are most like a step, by number, from 0 for one that is only just alike to 1."""
    near = np.argsort(-alike, kind="stable")[:MOST].tolist()
    return {at: (float(alike[at]) - ALIKE) / (1 - ALIKE) for at in near if alike[at] >= ALIKE}


def _weights(sure: Mapping[int, float], kinds: _Kinds) -> dict[str, float]:
    """The stems of what is spoken of at these kinds of steps, each with how much it says of a step like them."""
    weights: dict[str, float] = {}
    for at, value in sure.items():
        for key in map(stem, kinds.words[at]):
            weights[key] = max(weights.get(key, 0.0), FAINT_KIND + value)
    return weights
