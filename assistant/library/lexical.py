"""Ranks by words, over concepts instead of bare words: of entries as a whole, and of single things people say.

An entry is a text of three parts of falling weight: what people say and its names, what it is about, and everything
else it holds. A question is often close to one saying of an entry and to nothing else of it: each is ranked by itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from assistant.english.alike import stem
from assistant.library.bm25 import Bm25, best
from assistant.library.entries import AnyEntry, EnablerEntry, PracticeEntry, ProcessEntry
from assistant.library.topics import topics
from assistant.library.words import concept, concepts, every_word, is_said, is_small, spoken_stems

WEIGHTS = (3.0, 4.0, 1.0)
"""BM25 weights of the columns: what people say, names, body."""
MAX_QUERY = 2_000


def spoken(entry: AnyEntry) -> tuple[str, ...]:
    """The phrases by which people mean this entry, its names first."""
    alias = (entry.alias,) if isinstance(entry, PracticeEntry) else ()
    return (entry.name, *alias, *entry.also_called, *entry.people_say)


def body(entry: AnyEntry) -> str:
    """Everything else worth finding it by: trigger and end, objects, roles, steps, pains; or when it applies."""
    if isinstance(entry, ProcessEntry):
        parts = [entry.trigger, entry.end, *(customer.name for customer in entry.customers)]
        parts += [label for part in (*entry.roles, *entry.data) for label in (part.name, *part.also_called)]
        parts += [label for step in entry.steps for label in step.labels]
        parts += [f"{pain.pattern} {pain.shows_as}" for pain in entry.pains]
        parts += [item.name for item in entry.exceptions] + [kpi.name for kpi in entry.kpis]
        return ". ".join(parts)
    if isinstance(entry, EnablerEntry):
        return ". ".join((entry.definition, *entry.fits_when, *entry.needs))
    return ". ".join((entry.definition, entry.trigger, entry.transformation, *entry.questions))


def terms(text: str) -> list[int]:
    """The concepts of a text, each with the topics of its word, as numbers, for indexing and asking alike."""
    return list(chain.from_iterable(map(_terms, every_word(text))))


@lru_cache(maxsize=200_000)
def _terms(word: str) -> tuple[int, ...]:
    if not is_said(word):
        return ()
    stemmed = stem(word)
    return tuple(map(_number, (concept(stemmed), *topics(stemmed))))


_numbers: dict[str, int] = {}


def _number(term: str) -> int:
    """The number of a term in this program."""
    return _numbers.setdefault(term, len(_numbers))


class LexicalIndex:
    """The words of entries; `rank` and `rank_sayings` give the positions of entries for a query."""

    def __init__(self, entries: Sequence[AnyEntry]) -> None:
        sayings = [[terms(text) for text in spoken(entry)] for entry in entries]
        self._entries = Bm25([_parts(entry, held) for entry, held in zip(entries, sayings, strict=True)], WEIGHTS)
        self._sayings = Bm25([[words] for held in sayings for words in held])
        self._first = list(_starts(sayings))
        self._held = entries
        self._size = max(1, len(entries))

    def rank(self, query: str, top: int) -> list[tuple[int, float]]:
        """Positions of the best entries with their BM25 value (higher is better); empty when no word fits."""
        return best(self._entries.values(_asked(query)), top)

    def rank_sayings(self, query: str, top: int) -> list[tuple[int, float]]:
        """Positions of the entries of which one name or saying fits best, with the BM25 value of that one."""
        import numpy as np

        values = self._sayings.values(_asked(query))
        return best(np.maximum.reduceat(values, self._first), top) if len(values) else []

    def known(self, query: str) -> float:
        """The share (0 to 1) of what a question says that any entry knows; a rare word says more than a common one."""
        wanted = {concept(word) for word in spoken_stems(query[:MAX_QUERY]) if not is_small(word)}
        spread = {word: self._entries.spread(_number(word)) for word in wanted}
        weights = {word: math.log(1 + self._size / (spread[word] or 0.5)) for word in wanted}
        total = sum(weights.values())
        return sum(weight for word, weight in weights.items() if spread[word]) / total if total else 0.0

    def strength(self, value: float) -> float:
        """A BM25 value measured by the size of the library: the rarity of a word grows with the number of entries."""
        return value / math.log(1 + self._size)

    def shared(self, query: str, number: int, top: int = 5) -> list[str]:
        """The words of the query, as they were asked, that the names and sayings of an entry know: the rarest `top`."""
        names = concepts(" ".join(spoken(self._held[number])))
        words = [word.strip(".,;:?!\"'()") for word in query[:MAX_QUERY].split()]
        held = [word for word in dict.fromkeys(words) if concepts(word) & names]
        rarest = sorted(held, key=self._rarest)[:top]
        return [word if word == "IT" else word.lower() for word in held if word in rarest]

    def _rarest(self, word: str) -> int:
        """In how many entries the rarest concept of a word stands."""
        return min(self._entries.spread(_number(item)) or 1 for item in concepts(word))


def _asked(query: str) -> list[int]:
    return list(dict.fromkeys(terms(query[:MAX_QUERY])))


def _starts(sayings: Sequence[Sequence[object]]) -> Sequence[int]:
    """Where the sayings of each entry begin, counted through; every entry has one, its name."""
    starts, place = [], 0
    for held in sayings:
        starts.append(place)
        place += len(held)
    return starts


def _parts(entry: AnyEntry, sayings: list[list[int]]) -> list[list[int]]:
    """What people say, the names, and everything else, as terms."""
    names = len(sayings) - len(entry.people_say)
    said = list(chain.from_iterable(sayings[names:]))
    named = [*chain.from_iterable(sayings[:names]), *terms(entry.id.replace("-", " "))]
    return [said, named, terms(body(entry))]
