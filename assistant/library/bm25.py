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
    """The worth of every term in every text. A text is a list of parts, each a list of terms with a weight."""

    def __init__(self, texts: Sequence[Sequence[tuple[float, Sequence[str]]]]) -> None:
        import numpy as np

        self.size = len(texts)
        parts = [(number, weight, terms) for number, text in enumerate(texts) for weight, terms in text]
        self._place: dict[str, int] = {}
        for term in chain.from_iterable(terms for _, _, terms in parts):
            self._place.setdefault(term, len(self._place))
        lengths = np.array([len(terms) for _, _, terms in parts], dtype=np.int64)
        rows = np.repeat(np.array([number for number, _, _ in parts], dtype=np.int64), lengths)
        every = chain.from_iterable(map(self._place.__getitem__, terms) for _, _, terms in parts)
        places = np.fromiter(every, dtype=np.int64, count=int(lengths.sum()))
        weights = np.repeat(np.array([weight for _, weight, _ in parts], dtype=np.float64), lengths)
        keys, which = np.unique(places * max(1, self.size) + rows, return_inverse=True)
        often = np.bincount(which, weights=weights, minlength=len(keys))
        term_of, self._rows = np.divmod(keys, max(1, self.size))
        self._starts = np.searchsorted(term_of, np.arange(len(self._place) + 1))
        spread = np.diff(self._starts)
        rarity = np.maximum(np.log((self.size - spread + 0.5) / (spread + 0.5)), LEAST)
        long = np.bincount(rows, minlength=self.size)
        damped = K1 * (1 - B + B * long / max(float(long.mean()) if self.size else 1.0, 1e-9))
        self._worth = (rarity[term_of] * often * (K1 + 1) / (often + damped[self._rows])).astype(np.float32)

    def values(self, terms: Iterable[str]) -> np.ndarray[Any, Any]:
        """What each text is worth to a question of these terms; 0 where it holds none of them."""
        import numpy as np

        found = np.zeros(self.size, dtype=np.float32)
        for term in terms:
            if (place := self._place.get(term)) is not None:
                part = slice(self._starts[place], self._starts[place + 1])
                found[self._rows[part]] += self._worth[part]  # a text stands once under a term
        return found

    def spread(self, term: str) -> int:
        """In how many texts a term stands."""
        place = self._place.get(term)
        return 0 if place is None else int(self._starts[place + 1] - self._starts[place])


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
