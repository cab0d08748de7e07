"""Ranks by words, over concepts instead of bare words: of entries as a whole, and of single things people say.

An entry is a text of three parts of falling weight: what people say and its names, what it is about, and everything
else it holds. A question is often close to one saying of an entry and to nothing else of it: each is ranked by itself.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain, groupby
from pathlib import Path
from typing import Any

from assistant.english.alike import stem
from assistant.library import kept
from assistant.library.bm25 import Bm25, best, weighed
from assistant.library.entries import AnyEntry, EnablerEntry, PracticeEntry, ProcessEntry
from assistant.library.topics import topics
from assistant.library.words import concept, concepts, every_word, is_said, is_small, made_with, spoken_stems, words_of

SAID, NAMED, BODY = 3.0, 4.0, 1.0
"""What a word counts in what people say, in a name, and in everything else an entry holds."""
MAX_QUERY = 2_000
BLOCK = 4_000_000
"""Characters whose words are counted in one go."""


def spoken(entry: AnyEntry) -> tuple[str, ...]:
    """The phrases by which people mean this entry, its names first."""
    alias = (entry.alias,) if isinstance(entry, PracticeEntry) else ()
    return (entry.name, *alias, *entry.also_called, *_said(entry))


def _said(entry: AnyEntry) -> list[str]:
    """What people say, without what is still to be written."""
    return [text for text in entry.people_say if not text.startswith("TODO")]


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


@lru_cache(maxsize=200_000)
def _terms(word: str) -> tuple[str, ...]:
    """The terms of a word, for indexing and asking alike: its concept and its topics; none where it says nothing."""
    if not is_said(word):
        return ()
    stemmed = stem(word)
    return (concept(stemmed), *topics(stemmed))


class LexicalIndex:
    """The words of entries; `rank` and `rank_sayings` give the positions of entries for a query.

    `arrays` are those of an index made before (see `counted`).
    """

    def __init__(self, entries: Sequence[AnyEntry], arrays: list[Any] | None = None) -> None:
        terms, self._first, *rankings = arrays or counted(entries)
        self._number = {term: number for number, term in enumerate(bytes(terms).decode().splitlines())}
        starts, rows, worth, single_starts, single_rows, single_worth = rankings
        self._entries = Bm25(starts, rows, worth, len(entries))
        self._sayings = Bm25(single_starts, single_rows, single_worth, int(self._first[-1]))
        self._held = entries
        self._size = max(1, len(entries))

    @classmethod
    def kept(cls, entries: Sequence[AnyEntry], content: str, folder: Path) -> LexicalIndex:
        """The index of the entries, whose `content` has that hash: from its file, or made anew and kept there."""
        made = hashlib.sha256(f"{content}\0{made_with()}".encode())
        path = folder / f"words-{made.hexdigest()[:24]}"
        return cls(entries, kept.kept(path) or kept.keep(path, counted(entries)))

    def rank(self, query: str, top: int) -> list[tuple[int, float]]:
        """Positions of the best entries with their BM25 value (higher is better); empty when no word fits."""
        return best(self._entries.values(self._asked(query)), top)

    def rank_sayings(self, query: str, top: int) -> list[tuple[int, float]]:
        """Positions of the entries of which one name or saying fits best, with the BM25 value of that one."""
        import numpy as np

        values = self._sayings.values(self._asked(query))
        return best(np.maximum.reduceat(values, self._first[:-1]), top) if len(values) else []

    def known(self, query: str) -> float:
        """The share (0 to 1) of what a question says that any entry knows; a rare word says more than a common one."""
        wanted = {concept(word) for word in spoken_stems(query[:MAX_QUERY]) if not is_small(word)}
        spread = {word: self._spread(word) for word in wanted}
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
        return min(self._spread(item) or 1 for item in concepts(word))

    def _asked(self, query: str) -> list[int]:
        """The numbers of the terms of a query that any entry knows."""
        asked = dict.fromkeys(chain.from_iterable(map(_terms, every_word(query[:MAX_QUERY]))))
        return [self._number[term] for term in asked if term in self._number]

    def _spread(self, term: str) -> int:
        """In how many entries a term stands."""
        return self._entries.spread(self._number.get(term, -1))


def counted(entries: Sequence[AnyEntry]) -> list[Any]:
    """What an index of entries holds, as arrays: its terms (text, a line each), where the sayings of each entry
    begin (and the last end), and the two rankings, of entries and of sayings."""
    import numpy as np

    sayings = [spoken(entry) for entry in entries]
    many = np.array([len(texts) for texts in sayings], dtype=np.int64)
    named = np.array([len(texts) - len(_said(entry)) for texts, entry in zip(sayings, entries, strict=True)])
    first = np.concatenate(([0], np.cumsum(many)))
    place = np.arange(first[-1]) - np.repeat(first[:-1], many)
    every = np.arange(len(entries))
    owner = np.concatenate((np.repeat(every, many), every, every))
    weight = np.where(place < np.repeat(named, many), NAMED, SAID)
    weight = np.concatenate((weight, np.full(len(entries), NAMED), np.full(len(entries), BODY)))
    ids = (entry.id.replace("-", " ") for entry in entries)
    terms, term, text = _terms_of([*chain.from_iterable(sayings), *ids, *map(body, entries)])
    said = text < len(place)
    whole = weighed(len(entries), term, owner[text], weight[text])
    single = weighed(len(place), term[said], text[said], np.ones(int(said.sum())))
    return [np.frombuffer("\n".join(terms).encode(), dtype=np.uint8), first, *whole[:3], *single[:3]]


def _terms_of(texts: list[str]) -> tuple[list[str], Any, Any]:
    """The terms of some texts, and of each place where one stands its number and its text.

    Block by block, so that the memory of one serves for the next: to be given new memory took a third of the time.
    """
    import numpy as np

    numbers: dict[str, int] = {}
    found = [(np.zeros(0, np.int32), np.zeros(0, np.int32))]
    start = 0
    so_far = accumulate(map(len, texts))
    for _, block in groupby(zip(texts, so_far, strict=True), key=lambda told: told[1] // BLOCK):
        part = [text for text, _ in block]
        words, word, text = words_of(part).only(is_said)
        held = [[numbers.setdefault(term, len(numbers)) for term in _terms(item)] for item in words]
        for nth in range(max(map(len, held))):  # the first term of every word, the second of those that have one
            term = np.array([those[nth] if nth < len(those) else -1 for those in held], np.int32)[word]
            found.append((term[term >= 0], text[term >= 0] + np.int32(start)))
        start += len(part)
    term, text = map(np.concatenate, zip(*found, strict=True))
    return list(numbers), term, text
