"""What the feedback summary says: themes with counts, quotes to the letter, and where in the process they belong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Quote:
    """A piece of a comment: `text` is exactly `raw[start:end]` of the comment with that id."""

    comment: str
    start: int
    end: int
    text: str

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Theme:
    """What several comments are about.

    `count` counts comments with their repeats, `share` of all comments; `sentiment` is the mean from -1 to 1;
    `severity` 0 to 3; `kind` delay, error, information, effort, people, price, access or other; `trend` rising,
    falling, steady or unknown (no dates); `steps` ids of the process's steps; `members` ids of all its comments.
    """

    id: str
    name: str
    count: int
    share: float
    sentiment: float
    severity: float
    kind: str
    trend: str
    steps: tuple[str, ...]
    quotes: tuple[Quote, ...]
    members: tuple[str, ...]
    members_sha256: str

    def document(self) -> dict[str, Any]:
        """As JSON data; members by their hash only."""
        plain = {key: value for key, value in self.__dict__.items() if key not in ("members", "quotes")}
        return {**plain, "steps": list(self.steps), "quotes": [quote.document() for quote in self.quotes]}


@dataclass(frozen=True)
class Assigned:
    """What one comment was given."""

    id: str
    theme: str
    sentiment: str
    severity: int
    step: str


@dataclass(frozen=True)
class Feedback:
    """The summary of many comments. `other` counts those in no theme, `unlinked` those tied to no step."""

    comments: int
    unique: int
    themes: tuple[Theme, ...]
    other: int
    unlinked: int
    made_by: str
    assigned: tuple[Assigned, ...] = ()
    calls: int = 0
    notes: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """As JSON data: the shape promised for `feedback --json`."""
        return {
            "comments": self.comments,
            "unique": self.unique,
            "themes": [theme.document() for theme in self.themes],
            "other": self.other,
            "unlinked": self.unlinked,
            "calls": self.calls,
            "made_by": self.made_by,
            "notes": list(self.notes),
        }
