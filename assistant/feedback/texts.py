"""The words of many texts, kept small: each word once, and of each text the numbers of its words."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np


class Texts(Sequence[list[str]]):
    """A list of texts, each a list of words; a text is put together when it is asked for."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self.vocabulary: list[str] = []
        self._flat = array("i")
        self._ends = array("q", [0])

    def append(self, words: Sequence[str]) -> None:
        """Add a text."""
        known, flat = self.known, self._flat
        for word in words:
            at = known.get(word)
            if at is None:
                at = known[word] = len(self.vocabulary)
                self.vocabulary.append(word)
            flat.append(at)
        self._ends.append(len(flat))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def size(self, at: int) -> int:
        """How many words a text has."""
        return self._ends[at + 1] - self._ends[at]

    def __getitem__(self, at: Any) -> Any:
        vocabulary = self.vocabulary
        return [vocabulary[number] for number in self._flat[self._ends[at] : self._ends[at + 1]]]

    def chosen(self, rows: Any) -> tuple[Any, Any]:
        """The numbers of the words of the texts with these places, and from where to where each stands among them."""
        ends = np.frombuffer(self._ends, dtype=np.int64)
        rows = np.asarray(rows, dtype=np.int64)
        starts, sizes = ends[rows], ends[rows + 1] - ends[rows]
        borders = np.concatenate([[0], np.cumsum(sizes)])
        at = np.arange(borders[-1]) - np.repeat(borders[:-1] - starts, sizes)
        return np.frombuffer(self._flat, dtype=np.int32)[at].astype(np.int64), borders
