"""Ranks by words: an SQLite full-text index in memory, ranked by BM25, over concepts instead of bare words.

Three columns of falling weight: what people say and the names, what it is about, and everything else an entry holds.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Sequence

from assistant.library.entries import AnyEntry, EnablerEntry, PracticeEntry, ProcessEntry
from assistant.library.topics import topics
from assistant.library.words import concept, concepts, is_small, spoken_stems

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


def terms(text: str) -> list[str]:
    """The concepts of a text and then the topics of its words, for indexing and asking alike."""
    found = spoken_stems(text)
    return [*map(concept, found), *(topic for item in found for topic in topics(item))]


class LexicalIndex:
    """A full-text index over entries; `rank` gives their positions for a query."""

    def __init__(self, entries: Sequence[AnyEntry]) -> None:
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.execute("CREATE VIRTUAL TABLE entry USING fts5(said, name, body, tokenize='unicode61')")
        rows = [(number, *_columns(entry)) for number, entry in enumerate(entries)]
        self._db.executemany("INSERT INTO entry(rowid, said, name, body) VALUES (?, ?, ?, ?)", rows)
        self._said = [concepts(" ".join(spoken(entry))) for entry in entries]
        self._size = max(1, len(entries))
        self._spread = Counter(term for row in rows for term in {t for column in row[1:] for t in str(column).split()})

    def rank(self, query: str, top: int) -> list[tuple[int, float]]:
        """Positions of the best entries with their BM25 value (higher is better); empty when no word fits."""
        wanted = list(dict.fromkeys(terms(query[:MAX_QUERY])))
        if not wanted:
            return []
        match = " OR ".join(f'"{term}"' for term in wanted)
        found = self._db.execute(
            "SELECT rowid, -bm25(entry, ?, ?, ?) AS value FROM entry WHERE entry MATCH ? ORDER BY value DESC LIMIT ?",
            (*WEIGHTS, match, top),
        )
        return [(int(number), float(value)) for number, value in found]

    def known(self, query: str) -> float:
        """The share (0 to 1) of what a question says that any entry knows; a rare word says more than a common one."""
        wanted = {concept(word) for word in spoken_stems(query[:MAX_QUERY]) if not is_small(word)}
        weights = {word: math.log(1 + self._size / (self._spread[word] or 0.5)) for word in wanted}
        total = sum(weights.values())
        return sum(weight for word, weight in weights.items() if self._spread[word]) / total if total else 0.0

    def strength(self, value: float) -> float:
        """A BM25 value measured by the size of the library: the rarity of a word grows with the number of entries."""
        return value / math.log(1 + self._size)

    def shared(self, query: str, number: int, top: int = 5) -> list[str]:
        """The words of the query, as they were asked, that the names and sayings of an entry know: the rarest `top`."""
        words = [word.strip(".,;:?!\"'()") for word in query[:MAX_QUERY].split()]
        held = [word for word in dict.fromkeys(words) if concepts(word) & self._said[number]]
        rarest = sorted(held, key=lambda word: min(self._spread[item] or 1 for item in concepts(word)))[:top]
        return [word if word == "IT" else word.lower() for word in held if word in rarest]


def _columns(entry: AnyEntry) -> tuple[str, str, str]:
    said = " ".join(terms(". ".join(entry.people_say)))
    names = " ".join(terms(". ".join((*spoken(entry)[: -len(entry.people_say)], entry.id.replace("-", " ")))))
    return said, names, " ".join(terms(body(entry)))
