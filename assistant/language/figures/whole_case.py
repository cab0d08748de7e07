"""How long a case takes in all, told in a sentence of its own: `it takes two days from start to end`, `the linen comes
back the next morning`. It is a figure of no step."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.english.tables import any_of, worded
from assistant.language.figures.reading import figures_in
from assistant.process.durations import Unit

DAYS = {"next": 1.0, "following": 1.0, "same": 0.5}
"""How many days pass to the next morning, and at most on the day itself."""
_DAY = r"\W+(?:on |by |in )?(?:the |that )?(?P<day>next|following|same) (?:working |business )?(?:day|morning)\b"
_BACK = re.compile(
    rf"^(?:\W*(?:and|but|so|well|no|usually|normally|mostly|always)\b)*\W*(?:the|our|an?|every|each|all|it|they|"
    rf"everything)\b[\w' -]{{0,50}}?\b(?:is|are|comes?|gets?|goes|has|have)\b[\w' -]{{0,30}}?"
    rf"\b(?:back|ready|finished)\b(?! to\b)[\w' -]{{0,20}}?{_DAY}\W*$",
    re.IGNORECASE,
)
_WHOLE = re.compile(worded("whole-case"), re.IGNORECASE)
_SAYS = re.compile(r"\b(?:takes?|lasts?|needs?|is|are|it's|that's)\b", re.IGNORECASE)
_LEAD = r"(?:no|well|so|and|but|usually|normally|on average|all in all|altogether|in all)"
_OF_ALL = re.compile(
    rf"^(?:\W*{_LEAD}\b)*\W*(?:it|this|that|everything|the (?:whole|entire) \w+|(?:a|each|every|one) case)\b"
    r"(?:'s\b|\W+(?:usually|normally|all|then|of it)\b)*",
    re.IGNORECASE,
)


_FROM_TO = re.compile(
    rf"\bfrom (?:the |an? |its )?(?:first )?{any_of('begins-a-case')} (?:to|till|until) ", re.IGNORECASE
)
_ONE = re.compile(
    rf"^(?:\W*{_LEAD}\b)*\W*(?:an?|the|each|every|one) [a-z]+(?: [a-z]+)?\W+{_SAYS.pattern}", re.IGNORECASE
)
"""`a job takes eight days from order to delivery`: by whatever name a case is called."""


class Whole(NamedTuple):
    """How long a case takes in all, as told: `value` of `unit`."""

    value: float
    unit: Unit


def next_day(sentence: str) -> Whole | None:
    """The time a sentence tells by the day on which a case is back or ready; None when it tells none."""
    match = _BACK.match(sentence)
    return Whole(DAYS[match["day"].lower()], "d") if match else None


def of_the_whole(turn: str) -> Whole | None:
    """The time of the whole case that a turn of its own tells; None for words that tell of a step or more than that."""
    words = turn.strip(" .!")
    if back := next_day(words):
        return back
    figures = [figure for figure in figures_in(words) if figure.kind in ("duration", "total") and not figure.vague]
    if len(figures) != 1 or not (_of_all(words) or (_ONE.match(words) and _FROM_TO.search(words))):
        return None
    return Whole(figures[0].middle, figures[0].unit)


def _of_all(words: str) -> bool:
    return bool(_OF_ALL.match(words) and _WHOLE.search(words) and _SAYS.search(words))
