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


class Filter(NamedTuple):
    """What is looked for at all: a kind of entry, a function or an industry (a word of it), a status."""

    kind: str | None = None
    function: str | None = None
    industry: str | None = None
    status: str | None = None


class SearchResult(NamedTuple):
    """The answer to a query: hits, best first; `ranking` says which ranks made the order; notes for the user.

    When nothing is close there are no results: a note says so, and `nearest` holds the best of what was not close.
    """

    query: str
    results: tuple[Hit, ...]
    ranking: str
    notes: tuple[str, ...] = ()
    nearest: tuple[Hit, ...] = ()

    def document(self) -> dict[str, Any]:
        """As `library search --json` prints it."""
        found: dict[str, Any] = {
            "query": self.query,
            "results": [hit.document() for hit in self.results],
            "ranking": self.ranking,
        }
        if self.nearest:
            found["nearest"] = [hit.document() for hit in self.nearest]
        return {**found, "notes": list(self.notes)} if self.notes else found
