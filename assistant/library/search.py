"""Finding entries from words: lexical and dense likeness together; the lexical half works alone.

Each half is scaled so that its best entry counts 1 and the last of those looked at 0, and the two are added; the best
single saying of an entry adds a little. Whether anything is close at all is another question than which entry comes
first: it rests on how much of what was said any entry knows, and on how strongly the best one and its saying answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from assistant.errors import UsageError
from assistant.library.embedding import BuiltinEmbedder, Embedder
from assistant.library.entries import AnyEntry, ProcessEntry
from assistant.library.hits import Filter, Hit, SearchResult
from assistant.library.store import Library
from assistant.library.words import concepts

POOL = 30
"""Entries of each half that are looked at."""
SAYINGS, SAYINGS_ALONE = 0.25, 0.5
"""What the best single saying of an entry counts beside the entry as a whole: with the dense half, and without it."""
LEXICAL_ALONE = "lexical (BM25) alone"
PHRASE_SHOWN = 80


class Close(NamedTuple):
    """From which sum on something is close: weights of the share of known words, of BM25 (of the best entry and of the
    best single saying) and of the likeness."""

    known: float
    words: float
    saying: float
    likeness: float
    least: float


# Fitted by logistic regression on the half of evals/search that may be looked at; the limit lies a little higher,
# because a confident answer to nonsense harms more than the request for other words.
CLOSE_BOTH = Close(known=4.2, words=1.7, saying=2.7, likeness=5.2, least=16.7)
CLOSE_WORDS = Close(known=4.0, words=1.3, saying=3.5, likeness=0.0, least=12.8)
NOTHING = "Nothing close: no entry is near enough to “{query}” to be sure. Say it in other words, or name the process."


def search(
    library: Library,
    query: str,
    top: int = 10,
    embedder: Embedder | None = None,
    *,
    dense: bool = True,
    folder: Path | None = None,
    address: str | None = None,
    only: Filter | None = None,
) -> SearchResult:
    """The entries nearest to a query in plain words.

    `embedder` gives the vectors (None: the built-in one); `dense=False` asks the lexical half alone, which loads
    nothing heavy. `folder` is where indexes are kept, `address` the host:port of a shared Chroma server, `only` what
    is looked for at all. When the index cannot be used the lexical half answers and a note says so. Raises UsageError
    for an empty query and for a filter that lets nothing through.
    """
    if not query.strip():
        raise UsageError("The search has no words.", remedy='Say what you look for, such as "paying suppliers".')
    if not library.entries:
        return SearchResult(query, (), LEXICAL_ALONE, ("There is no entry to look through.",))
    let_through = _let_through(library, only)
    pool = POOL if let_through is None else len(library.entries)
    words = dict(library.lexical.rank(query, pool))
    sayings = dict(library.lexical.rank_sayings(query, pool))
    near: dict[int, tuple[float, str]] = {}
    ranking, notes = LEXICAL_ALONE, tuple[str, ...]()
    if dense:
        from assistant.library.index import nearest

        answer = nearest(library, query, pool, embedder, folder=folder, address=address)
        near = {hit.position: (hit.likeness, hit.phrase) for hit in answer.found}
        notes = answer.notes
        ranking = f"lexical (BM25) and dense ({answer.embedding}), added" if near else LEXICAL_ALONE
    likeness = {number: value for number, (value, _) in near.items()}
    close = _close(library, query, words, sayings, likeness if _measured(library, embedder) else {})
    order = added((words, 1.0), (likeness, 1.0), (sayings, SAYINGS if likeness else SAYINGS_ALONE))
    named = _named(library, query)
    order = [*((number, 1.0) for number in named), *(row for row in order if row[0] not in named)]
    if let_through is not None:
        order = [(number, score) for number, score in order if number in let_through]
    hits = tuple(
        _hit(library, number, score, query, near.get(number, (0.0, ""))[1], number in named)
        for number, score in order[: max(top, 0)]
    )
    if close:
        return SearchResult(query, hits, ranking, notes)
    return SearchResult(query, (), ranking, (*notes, NOTHING.format(query=_shortened(query))), hits[:3])


def _named(library: Library, query: str) -> frozenset[int]:
    """The position of the entry whose code or id was asked for: it comes first."""
    found = library.get(query.strip())
    return frozenset(number for number, entry in enumerate(library.entries) if entry is found)


def added(*rankings: tuple[Mapping[int, float], float]) -> list[tuple[int, float]]:
    """Positions by the weighted sum of their values, each ranking scaled from 0 (its last) to 1 (its best), best first.

    A ranking is the value of each position and its weight; one that found nothing does not count.
    """
    scores: dict[int, float] = {}
    asked = [(ranking, weight) for ranking, weight in rankings if ranking]
    total = sum(weight for _, weight in asked)
    for ranking, weight in asked:
        top, last = max(ranking.values()), min(ranking.values()) if len(ranking) >= POOL else 0.0
        for number, value in ranking.items():
            scaled = (value - last) / (top - last) if top > last else 1.0
            scores[number] = scores.get(number, 0.0) + scaled * weight / total
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _close(
    library: Library,
    query: str,
    words: Mapping[int, float],
    sayings: Mapping[int, float],
    likeness: Mapping[int, float],
) -> bool:
    """Whether any entry is close to what was asked; an entry's very name always is."""
    if library.find(query.strip()) is not None or " ".join(query.lower().split()) in library.derived("names", _names):
        return True
    rule = CLOSE_BOTH if likeness else CLOSE_WORDS
    best = library.lexical.strength(max(words.values(), default=0.0))
    saying = library.lexical.strength(max(sayings.values(), default=0.0))
    near = max(likeness.values(), default=0.0)
    total = rule.known * library.lexical.known(query) + rule.words * best + rule.saying * saying
    return total + rule.likeness * near > rule.least


def _names(library: Library) -> frozenset[str]:
    """The name and the other names of every entry, in small letters."""
    return frozenset(name.lower() for entry in library.entries for name in (entry.name, *entry.also_called))


def _measured(library: Library, embedder: Embedder | None) -> bool:
    """Whether the rule for the likeness holds: it was fitted on the built-in vectors of single sayings."""
    from assistant.library.index import by_saying

    return (embedder is None or isinstance(embedder, BuiltinEmbedder)) and by_saying(library)


def _let_through(library: Library, only: Filter | None) -> frozenset[int] | None:
    """The positions a filter lets through, or None when there is none. Raises UsageError when it is nothing."""
    if only is None or not any(only[:3]):
        return None
    found = frozenset(number for number, entry in enumerate(library.entries) if fits(entry, only))
    if not found:
        asked = ", ".join(f"{name} {value}" for name, value in zip(only._fields, only, strict=True) if value)
        raise UsageError(f"No entry of the library fits {asked}.", remedy="`assistant library list` names them all.")
    return found


def fits(entry: AnyEntry, only: Filter) -> bool:
    """Whether an entry is of the kind, function and industry asked for; one for any industry fits each of them."""
    if only.kind and entry.kind != only.kind:
        return False
    if not only.function and not only.industry:
        return True
    if not isinstance(entry, ProcessEntry):
        return False
    if only.function and not concepts(only.function) & concepts(entry.function):
        return False
    wanted = concepts(only.industry or "")
    return not wanted or any(item == "any" or wanted & concepts(item) for item in entry.industry)


def _hit(library: Library, number: int, score: float, query: str, phrase: str, named: bool) -> Hit:
    entry = library.entries[number]
    if named:
        return Hit(entry.id, entry.code, entry.name, entry.kind, 1.0, "called so")
    shared = library.lexical.shared(query, number)
    near = f"near to “{_shortened(phrase)}”" if phrase else ""  # a saying tells more than words that happen to match
    words = f"speaks of {' and '.join(', '.join(shared).rsplit(', ', 1))}" if shared else ""
    why = "; ".join(text for text in (near, words) if text)
    return Hit(entry.id, entry.code, entry.name, entry.kind, round(score, 4), why or "shares words with its steps")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= PHRASE_SHOWN else f"{line[: PHRASE_SHOWN - 1].rsplit(' ', 1)[0]} …"
