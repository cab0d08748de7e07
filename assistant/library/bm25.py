"""Ranks by words: which texts hold the rare words of a question, by BM25 (Robertson and Zaragoza, 2009), in memory.

The texts of a library are many and short and asked whole, so the worth of each word in each text is counted once; a
question then adds a few columns of numbers. Ten thousand entries answer in some milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

K1, B = 1.2, 0.75
LEAST = 1e-6
"""What a word that stands in more than half of the texts still counts."""


class Bm25:
    """The worth of every term (a number) in every text. A text is a list of parts, each a list of terms.

    `weights` says how much a term of the first, second, … part counts.
    """

    def __init__(self, texts: Sequence[Sequence[Sequence[int]]], weights: Sequence[float] = (1.0,)) -> None:
        import numpy as np

        self.size = len(texts)
        rows, many = max(1, self.size), len(weights)
        lengths = np.array([[len(terms) for terms in text] for text in texts], dtype=np.int64).reshape(-1, many)
        every = chain.from_iterable(chain.from_iterable(texts))
        terms = np.fromiter(every, dtype=np.int64, count=int(lengths.sum()))
        which = np.repeat(np.arange(lengths.size), lengths.ravel())  # row and part in one number
        keys = np.sort(terms * (rows * many) + which)
        placed, part = np.divmod(keys, many)
        starts = np.flatnonzero(np.diff(placed, prepend=-1))
        often = np.add.reduceat(np.array(weights)[part], starts) if len(starts) else np.zeros(0)
        term_of, self._rows = np.divmod(placed[starts], rows)
        self._starts = np.searchsorted(term_of, np.arange(int(terms.max(initial=-1)) + 2))
        spread = np.diff(self._starts)
        rarity = np.maximum(np.log((self.size - spread + 0.5) / (spread + 0.5)), LEAST)
        long = lengths.sum(axis=1)
        damped = K1 * (1 - B + B * long / max(float(long.mean()) if self.size else 1.0, 1e-9))
        self._worth = (rarity[term_of] * often * (K1 + 1) / (often + damped[self._rows])).astype(np.float32)

    def values(self, terms: Iterable[int]) -> np.ndarray[Any, Any]:
        """What each text is worth to a question of these terms; 0 where it holds none of them."""
        import numpy as np

        found = np.zeros(self.size, dtype=np.float32)
        for term in terms:
            part = self._part(term)
            found[self._rows[part]] += self._worth[part]  # a text stands once under a term
        return found

    def spread(self, term: int) -> int:
        """In how many texts a term stands."""
        part = self._part(term)
        return int(part.stop - part.start)

    def _part(self, term: int) -> slice:
        known = 0 <= term < len(self._starts) - 1
        return slice(self._starts[term], self._starts[term + 1]) if known else slice(0, 0)


def best(values: np.ndarray[Any, Any], top: int) -> list[tuple[int, float]]:
    """The places of the highest values above 0, highest first, the earlier first among equals."""
    import numpy as np

    if top < len(values):
        least = np.partition(values, len(values) - top)[len(values) - top] if top > 0 else np.inf
        places = np.flatnonzero(values >= max(float(least), 1e-12))
    else:
        places = np.flatnonzero(values > 0)
    order = places[np.argsort(-values[places], kind="stable")][: max(top, 0)]
    return [(int(place), float(values[place])) for place in order]
