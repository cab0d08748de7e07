"""The library searched with a language model at hand: the question in the field's terms first, the few found in order.

The built-in search does the finding; the model widens the question and orders a small set. When it does not answer, the
built-in order stands and a note says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from assistant.errors import ServiceError
from assistant.gateway.port import Budget, LanguageModel
from assistant.language.by_model.library_words import search_order, search_terms
from assistant.library.entries import AnyEntry, ProcessEntry
from assistant.library.hits import Hit, SearchResult
from assistant.library.store import Library

SMALL_SET = 12
"""Entries the model puts in order."""
PATIENCE = 14.0
"""Seconds the two calls may take together: the built-in answer is there already, and somebody waits for it."""
LEAST = 1.0


def with_model(
    library: Library, query: str, top: int, model: LanguageModel, ask: Callable[[str, int], SearchResult]
) -> SearchResult:
    """The entries for a question, widened and ordered by a model. `ask` is the built-in search (question, how many)."""
    plain = ask(query, max(top, SMALL_SET))
    if library.find(query.strip()) is not None:
        return _cut(plain, top)
    try:
        until = time.monotonic() + PATIENCE
        terms = search_terms(query, model, _left(until)).value.terms
        wider = ask(". ".join(terms), SMALL_SET) if terms else plain
        small = _together(plain, wider)
        about = {hit.id: _about(library, hit) for hit in small}
        order = search_order(query, about, model, _left(until)).value.order if small else ()
    except ServiceError as error:
        return without_model(_cut(plain, top), error)
    by_id = {hit.id: hit for hit in small}
    ranking = f"{plain.ranking}; question in the field's terms ({', '.join(terms) or 'none'}) and order by {model.name}"
    if order:
        notes = tuple(note for note in plain.notes if not note.startswith("Nothing close"))
        return SearchResult(query, tuple(by_id[name] for name in order)[:top], ranking, notes)
    note = f"Nothing close: {model.name} finds no entry that answers the question."
    return SearchResult(query, (), ranking, (*plain.notes[:1], note) if plain.results else plain.notes, small[:3])


def _left(until: float) -> Budget:
    """What a call may take of the time that is left."""
    return Budget(seconds=max(LEAST, until - time.monotonic()), repairs=1)


def without_model(answer: SearchResult, error: ServiceError) -> SearchResult:
    """The built-in answer with a note that, and why, no model helped."""
    note = f"{error.what.rstrip('.')}: the order is that of the built-in search."
    return answer._replace(notes=(*answer.notes, note))


def _together(*answers: SearchResult) -> tuple[Hit, ...]:
    """The best of several answers in turn, each entry once."""
    found: dict[str, Hit] = {}
    lists = [answer.results or answer.nearest for answer in answers]
    for place in range(max(map(len, lists))):
        for hits in lists:
            if place < len(hits):
                found.setdefault(hits[place].id, hits[place])
    return tuple(found.values())[:SMALL_SET]


def _about(library: Library, hit: Hit) -> str:
    entry = library.get(hit.id)
    return f"{hit.name} | {_gist(entry)[:300] if entry else hit.why}"


def _gist(entry: AnyEntry) -> str:
    return f"{entry.trigger}. {entry.end}." if isinstance(entry, ProcessEntry) else entry.definition


def _cut(answer: SearchResult, top: int) -> SearchResult:
    return answer._replace(results=answer.results[:top])
