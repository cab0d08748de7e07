"""What a look into the library gives back."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple


class Hit(NamedTuple):
    """An entry found: `score` from 0 to 1 (only the order of one answer's scores means something), `why` in words."""

    id: str
    code: str | None
    name: str
    kind: Literal["process", "practice", "enabler"]
    score: float
    why: str

    def document(self) -> dict[str, Any]:
        """The hit as plain JSON data."""
        return self._asdict()


class SearchResult(NamedTuple):
    """The answer to a query: hits, best first; `ranking` says which ranks made the order; notes for the user."""

    query: str
    results: tuple[Hit, ...]
    ranking: str
    notes: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """As `library search --json` prints it."""
        found: dict[str, Any] = {
            "query": self.query,
            "results": [hit.document() for hit in self.results],
            "ranking": self.ranking,
        }
        return {**found, "notes": list(self.notes)} if self.notes else found
