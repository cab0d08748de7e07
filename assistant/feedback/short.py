"""What somebody should know of the comments in ten seconds: whom to answer, what hurts most, with what most are
unhappy, and what is liked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.feedback.asked import in_words
from assistant.feedback.shapes import Feedback, Quote, Theme
from assistant.process.figures import noun, plural

HURTS, LIKED = 1.5, 0.15
"""From this mean severity (of 3) on a theme is said to hurt, and from this mean feeling (of 1) to be liked."""


class Line(NamedTuple):
    """What it is about, what is said, and a customer's own words (empty: none can be shown)."""

    about: str
    said: str
    quote: str


def in_short(given: Feedback) -> list[Line]:
    """At most four lines, the most pressing first; a theme stands in one of them only."""
    return list(_lines(given))


def _lines(given: Feedback) -> Iterator[Line]:
    if given.answer:
        who = f"{plural(given.answer, 'customer')} {noun(given.answer, 'speaks', 'speak')}"
        yield Line("Answer now", f"{who} of harm, the law, money gone or leaving", _quoted(given.first))
    sour = [theme for theme in given.themes if theme.wants != "praise"]
    worst = max(sour, key=lambda theme: (theme.severity, theme.count), default=None)
    if worst is not None and worst.severity >= HURTS:
        yield _line("Hurts most", worst)
    often = max((theme for theme in sour if theme is not worst), key=_unhappy, default=None)
    if often is not None and _unhappy(often):
        yield _line("Most common trouble", often)
    sweet = [theme for theme in given.themes if theme.wants == "praise" and theme.sentiment >= LIKED]
    liked = max(sweet, key=lambda theme: theme.sentiment * theme.count, default=None)
    if liked is not None:
        yield Line("Liked most", f"{liked.name}, {plural(liked.count, 'comment')}", _quoted(liked.quotes))


def _line(about: str, theme: Theme) -> Line:
    return Line(about, f"{theme.name}, {unhappy(theme)}", _quoted(theme.quotes))


def unhappy(theme: Theme) -> str:
    """How many of the comments of a theme are unhappy."""
    return f"{_unhappy(theme):,} of {plural(theme.count, 'comment')} unhappy"


def _unhappy(theme: Theme) -> int:
    return theme.negative.count if theme.negative else 0


def _quoted(quotes: tuple[Quote, ...]) -> str:
    return in_words(quotes[0]) if quotes and quotes[0].text else ""
