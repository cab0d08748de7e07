"""What is done so many times over, each so long: "gives 32 lessons of 45 minutes" is 24 hours of lessons. Every word
keeps its place in the text."""

from __future__ import annotations

import re

from assistant.language.figures.reading import counts_in, figures_in
from assistant.language.offline.words.tokens import Sentence, Token

_THINGS = re.compile(r"\s+(?P<what>(?:[a-z-]+\s+)?[a-z]{3,}s)\s+of\s+$", re.IGNORECASE)
_EACH = re.compile(r"\s+each\b", re.IGNORECASE)
_MOST = 500
_HOUR = 3600.0


def in_all(parts: list[Sentence], text: str) -> list[Sentence]:
    """The sentences, those with so many things of one length told with the time of all of them."""
    return [_in_all(part, text[part.start : part.end]) for part in parts]


def _in_all(part: Sentence, words: str) -> Sentence:
    for length in figures_in(words):
        if length.kind != "duration" or length.vague:
            continue
        count = next((n for n in counts_in(words) if _THINGS.fullmatch(words[n.b : length.a])), None)
        if count is None or not 2 <= count.value <= _MOST:
            continue
        each = _EACH.match(words, length.b)
        return _told(part, count.a, count.b, length.a, each.end() if each else length.b, count.value * length.seconds())
    return part


def _told(part: Sentence, a: int, b: int, begins: int, ends: int, seconds: float) -> Sentence:
    """The sentence with the things between `b` and `begins`, and the time of all of them behind it."""
    at = [part.start + place for place in (a, b, begins, ends)]
    front = [token for token in part.tokens if token.start < at[0]]
    things = [token for token in part.tokens if at[1] <= token.start < at[2]][:-1]  # without "of"
    behind = [token for token in part.tokens if token.start >= at[3]]
    unit, size = ("hours", _HOUR) if seconds >= _HOUR else ("minutes", 60.0)
    value = f"{seconds / size:g}"
    time = [Token(word, word, at[2], at[3]) for word in (",", value, unit)]
    time[1].value = float(value)
    return part._replace(tokens=[*front, Token("the", "the", at[0], at[1]), *things, *time, *behind])
