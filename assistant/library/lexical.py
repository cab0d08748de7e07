"""Ranks by words: an SQLite full-text index in memory, ranked by BM25, over concepts instead of bare words.

Three columns of falling weight: what people say and the names, what it is about, and everything else an entry holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from assistant.library.entries import AnyEntry, EnablerEntry, PracticeEntry, ProcessEntry
from assistant.library.topics import topics
from assistant.library.words import concept, concepts, spoken_stems

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
        rows = ((number, *_columns(entry)) for number, entry in enumerate(entries))
        self._db.executemany("INSERT INTO entry(rowid, said, name, body) VALUES (?, ?, ?, ?)", rows)
        self._said = [concepts(" ".join(spoken(entry))) for entry in entries]

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

    def shared(self, query: str, number: int) -> list[str]:
        """The words of the query, as they were asked, that the names and sayings of an entry know."""
        words = [word.strip(".,;:?!\"'()").lower() for word in query[:MAX_QUERY].split()]
        return [word for word in dict.fromkeys(words) if concepts(word) & self._said[number]]


def _columns(entry: AnyEntry) -> tuple[str, str, str]:
    said = " ".join(terms(". ".join(entry.people_say)))
    names = " ".join(terms(". ".join((*spoken(entry)[: -len(entry.people_say)], entry.id.replace("-", " ")))))
    return said, names, " ".join(terms(body(entry)))
