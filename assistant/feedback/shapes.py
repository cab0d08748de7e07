"""What the feedback summary says: themes with counts, quotes to the letter, and where in the process they belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from assistant.intake.tables.shapes import Bounds

BOUNDS = Bounds(size=280_000_000, rows=2_000_000, cell=20_000, line=8_000_000)
"""A file of comments is held in memory, with its words beside: some five bytes for one of plain text."""


class Comment(NamedTuple):
    """One comment: its id, the words as they came, and what else was told of it (empty where it was not).

    `day` is an ISO date; `rating`, `channel` and `customer` as written; `segment` as written, or all its columns as
    `segments.joined` puts them.
    """

    id: str
    raw: str
    day: str = ""
    rating: str = ""
    channel: str = ""
    segment: str = ""
    customer: str = ""


class Read(NamedTuple):
    """The comments of a file, how many rows had no words, and remarks about reading it."""

    comments: list[Comment]
    empty: int = 0
    notes: tuple[str, ...] = ()


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
class Single:
    """What one customer alone says, where comments are few.

    `quote` is without text where it holds personal data; `step` is empty where none is sure; `about` is what the
    comment is about in the words of a theme's name, `serious` the kind of harm (empty: not sure, none).
    """

    quote: Quote
    wants: str
    severity: int
    step: str = ""
    about: str = ""
    serious: str = ""

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {**self.__dict__, "quote": self.quote.document()}


@dataclass(frozen=True)
class Part:
    """A count of a whole with the share it is and that share's 95 % interval (Wilson)."""

    name: str
    count: int
    total: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """`count` of `total`, 0 to 1."""
        return self.count / self.total if self.total else 0.0

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {**self.__dict__, "share": round(self.share, 4), "low": round(self.low, 4), "high": round(self.high, 4)}


@dataclass(frozen=True)
class Change:
    """How many times larger a share became, with its 95 % interval."""

    ratio: float
    low: float
    high: float

    @property
    def word(self) -> str:
        """rising or falling where the interval says so, else steady."""
        return "rising" if self.low > 1 else "falling" if self.high < 1 else "steady"

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {"ratio": round(self.ratio, 3), "low": round(self.low, 3), "high": round(self.high, 3)}


@dataclass(frozen=True)
class Theme:
    """What several comments are about.

    `count` counts comments with their repeats, `share` of all comments; `sentiment` is the mean from -1 to 1;
    `severity` 0 to 3, the mean; `kind` delay, error, information, effort, people, price, access or other; `wants` what
    most of them are: complaint, request, praise, question or remark; `trend` rising, falling, steady or unknown (no
    dates), `change` from the earlier to the later half; `steps` ids of the process's steps with `confidence`; `group`
    the wider group it is in; `answer` how many of its customers wait for an answer now; `happy` how
    many of its comments are; `periods` its share by month;
    `rating` the mean rating of its comments and `rating_without` that of all others; `words` what it is known by from
    run to run; `before` its count last time (None: new or not compared); `members` ids of all its comments.
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
    wants: str = "remark"
    group: str = ""
    answer: int = 0
    confidence: float = 0.0
    negative: Part | None = None
    happy: int = 0
    change: Change | None = None
    periods: tuple[Part, ...] = ()
    rating: float | None = None
    rating_without: float | None = None
    words: tuple[str, ...] = ()
    before: int | None = None
    since: Change | None = None

    @property
    def impact(self) -> float:
        """How much it weighs: comments times how much each hurts."""
        return self.count * self.severity

    def document(self) -> dict[str, Any]:
        """As JSON data; members by their hash only."""
        plain = {key: value for key, value in self.__dict__.items() if key != "members"}
        return {key: _plain(value) for key, value in plain.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.document() if hasattr(value, "document") else value


@dataclass(frozen=True)
class Group:
    """Themes that belong together: the hierarchy's upper level."""

    id: str
    name: str
    count: int
    themes: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {**self.__dict__, "themes": list(self.themes)}


def groups_of(themes: Sequence[Theme]) -> tuple[Group, ...]:
    """The hierarchy's upper level, each group named by its largest themes."""
    found = []
    for id_ in sorted({theme.group for theme in themes}, key=lambda group: int(group[1:])):
        inside = sorted((theme for theme in themes if theme.group == id_), key=lambda theme: -theme.count)
        name = inside[0].name if len(inside) == 1 else f"{inside[0].name} / {inside[1].name}"
        found.append(Group(id_, name, sum(theme.count for theme in inside), tuple(theme.id for theme in inside)))
    return tuple(sorted(found, key=lambda group: -group.count))


class Heard(NamedTuple):
    """One of the unlike texts, to be asked for: a comment that has it, how many have it, the theme it is in (empty:
    none), the step and the general topic it surely speaks of (empty: none is sure), and its severity, 0 to 3."""

    comment: Comment
    times: int
    theme: str
    step: str
    topic: str
    severity: int


class Assigned(NamedTuple):
    """What one comment was given."""

    id: str
    theme: str
    sentiment: str
    severity: int
    step: str
    kind: str = ""
    answer: bool = False
    confidence: float = 0.0


@dataclass(frozen=True)
class Feedback:
    """The summary of many comments. `other` counts those in no theme, `unlinked` those tied to no step; `empty` rows
    without words and `machine` comments written by machines are counted apart and are no part of `comments`.
    `answer` counts customers to be answered now, `first` are the worst of them (no text where it held personal data).
    `singles` are the comments in no theme where comments are few, what is serious first; `heard` what is searched when
    somebody asks, up to some ten thousand unlike texts.
    """

    comments: int
    unique: int
    themes: tuple[Theme, ...]
    other: int
    unlinked: int
    made_by: str
    assigned: tuple[Assigned, ...] = ()
    calls: int = 0
    notes: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    empty: int = 0
    machine: int = 0
    answer: int = 0
    sentiment: tuple[Part, ...] = ()
    by_segment: tuple[Part, ...] = ()
    by_channel: tuple[Part, ...] = ()
    by_step: tuple[Part, ...] = ()
    rating: float | None = None
    disagree: int = 0
    vanished: tuple[str, ...] = ()
    usage: str = ""
    first: tuple[Quote, ...] = ()
    singles: tuple[Single, ...] = ()
    heard: tuple[Heard, ...] = field(default=(), repr=False)

    def document(self) -> dict[str, Any]:
        """As JSON data: the shape promised for `feedback --json`."""
        lists = ("groups", "sentiment", "by_segment", "by_channel", "by_step")
        return {
            "comments": self.comments,
            "unique": self.unique,
            "themes": [theme.document() for theme in self.themes],
            "other": self.other,
            "unlinked": self.unlinked,
            "calls": self.calls,
            "made_by": self.made_by,
            "notes": list(self.notes),
            "empty": self.empty,
            "machine_written": self.machine,
            "answer_now": self.answer,
            "answer_first": [quote.document() for quote in self.first],
            **{name: [_plain(value) for value in getattr(self, name)] for name in lists},
            "rating": self.rating,
            "rating_disagrees": self.disagree,
            "vanished": list(self.vanished),
            "singles": [single.document() for single in self.singles],
        }

    def theme(self, id_: str) -> Theme | None:
        """The theme of that id, or None."""
        return next((theme for theme in self.themes if theme.id == id_), None)

    def at_step(self, step: str) -> list[Theme]:
        """The themes that speak of a step, the heaviest first."""
        return sorted(
            (theme for theme in self.themes if step in theme.steps), key=lambda theme: (-theme.impact, theme.id)
        )
