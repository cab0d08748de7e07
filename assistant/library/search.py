"""Finding entries from words: lexical and dense ranks, fused by reciprocal rank; the lexical half works alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.errors import UsageError
from assistant.library.embedding import Embedder
from assistant.library.entries import AnyEntry
from assistant.library.hits import Hit, SearchResult
from assistant.library.store import Library

K = 10
"""The constant of reciprocal rank fusion: score = sum of 1 / (K + rank) (Cormack, Clarke and Büttcher, SIGIR 2009)."""
POOL = 30
LEXICAL_ALONE = "lexical (BM25) alone"


def search(
    library: Library,
    query: str,
    top: int = 10,
    embedder: Embedder | None = None,
    *,
    dense: bool = True,
    folder: Path | None = None,
    address: str | None = None,
) -> SearchResult:
    """The entries nearest to a query in plain words.

    `embedder` gives the vectors (None: the built-in one); `dense=False` asks the lexical half alone, which loads
    nothing heavy. `folder` is where indexes are kept, `address` the host:port of a shared Chroma server. When the
    index cannot be opened the lexical half answers and a note says so. Raises UsageError for an empty query.
    """
    if not query.strip():
        raise UsageError("The search has no words.", remedy='Say what you look for, such as "paying suppliers".')
    index = library.lexical
    words = index.rank(query, POOL)
    ranking, near = LEXICAL_ALONE, list[int]()
    notes: tuple[str, ...] = ()
    if dense:
        from assistant.library.index import nearest

        answer = nearest(library, query, POOL, embedder, folder=folder, address=address)
        near, notes = answer.positions, answer.notes
        ranking = f"lexical (BM25) and dense ({answer.embedding}), fused by rank" if near else LEXICAL_ALONE
    order = fuse([number for number, _ in words], near)
    entries = library.entries
    hits = tuple(_hit(entries[number], score, index.shared(query, number)) for number, score in order[: max(top, 0)])
    return SearchResult(query, hits, ranking, notes)


def fuse(*rankings: Sequence[int]) -> list[tuple[int, float]]:
    """Positions by the sum of 1 / (K + rank) over the rankings, best first, scaled so that first everywhere is 1."""
    scores: dict[int, float] = {}
    asked = [ranking for ranking in rankings if ranking]
    for ranking in asked:
        for rank, number in enumerate(ranking, 1):
            scores[number] = scores.get(number, 0.0) + 1 / (K + rank)
    best = len(asked) / (K + 1) if asked else 1.0
    return sorted(((number, score / best) for number, score in scores.items()), key=lambda item: (-item[1], item[0]))


def _hit(entry: AnyEntry, score: float, shared: list[str]) -> Hit:
    if shared:
        why = f"speaks of {', '.join(shared[:6])}"
    else:
        why = "near in meaning"
    return Hit(entry.id, entry.code, entry.name, entry.kind, round(score, 4), why)
