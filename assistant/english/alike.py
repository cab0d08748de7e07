"""Words brought to one stem, and how much two sets of words share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import cache, lru_cache
from typing import Any

LONGEST_WORD = 40
"""Longer runs of letters are no words: they are cut, not stemmed."""

_known: dict[str, str] = {}


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=500_000)
def stem(word: str) -> str:
    """The stem of one lower-case word (Snowball English): `approval`, `approved`, `approves` → `approv`."""
    if len(word) >= LONGEST_WORD:
        return word[:LONGEST_WORD]
    return _known.get(word) or str(_stemmer().stemWord(word))


def know(stems_of: Mapping[str, str]) -> None:
    """Takes over stems that were found in an earlier start: finding those of a whole library takes a while."""
    _known.update(stems_of)


def long_stems(text: str) -> frozenset[str]:
    """The stems of the words of four letters and more."""
    return frozenset(stem(word) for word in re.findall(r"[a-z]{4,}", text.casefold()))


def share(a: Set[str], b: Set[str]) -> float:
    """How much two sets of words have in common, 0 to 1 (Dice); 0 where one of them is empty."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def distance(a: str, b: str) -> int:
    """Edit distance: letters put in, left out, replaced, or two neighbours swapped (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        new = [i]
        for j, y in enumerate(b, 1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        before, row = row, new
    return row[-1]
