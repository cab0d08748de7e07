"""Words that speak of a figure and say none: "a few days", "several people", "often", "every now and then"."""

from __future__ import annotations

from assistant.english.tables import classed
from assistant.language.figures.figure import Figure, make, period_at, unit_at, word_at, words_at
from assistant.language.figures.numbers import SCALES, number_at
from assistant.language.offline.words.tokens import Token

_VAGUE = frozenset("few several some many various".split())
_VAGUE_WORDS = classed("measures", "vague-words")
_VAGUE_PHRASES = [
    phrase.split()
    for phrase in "hardly ever;every now and then;now and then;now and again;from time to time;on and off".split(";")
]
_BEGIN_PHRASE = frozenset(words[0] for words in _VAGUE_PHRASES)
_A_FEW = (["a", "handful", "of"], ["a", "number", "of"])
_MANY = (["a", "handful", "of"], ["a", "number", "of"], ["a", "bunch", "of"], ["a", "lot", "of"], ["lots", "of"],
         ["plenty", "of"], ["loads", "of"], ["a", "few"], ["few"], ["several"], ["many"], ["some"],
         ["various"])  # fmt: skip
_BEGIN_MANY = frozenset(words[0] for words in _MANY)
_PEOPLE = classed("measures", "people") - {"person"} | {"us"}


def vague_at(tokens: list[Token], i: int) -> Figure | None:
    """ "a few days", "several weeks", "some time", "a while", "often": a figure was meant and none was said."""
    low, j = word_at(tokens, i), i
    phrases = _VAGUE_PHRASES if low in _BEGIN_PHRASE else ()
    if phrase := next((words for words in phrases if words_at(tokens, i, len(words)) == words), None):
        return make(tokens, "number", 0, i, i + len(phrase), vague=True)
    if low in ("a", "the") and word_at(tokens, i + 1) in ("few", "long", "while", "lot"):
        j += 1
    elif low in ("a", "the") and word_at(tokens, i + 2) == "while":
        j += 2  # "a little while"
    elif words_at(tokens, i, 3) in _A_FEW and (unit := unit_at(tokens, i + 3)):
        return make(tokens, "duration", 0, i, i + 4, unit=unit.unit, vague=True)
    elif end := _some_people(tokens, i):
        return make(tokens, "people", 0, i, end, noun=word_at(tokens, end - 1), vague=True)
    word = word_at(tokens, j)
    if word in ("while", "lot") and j > i:
        return make(tokens, "number", 0, i, j + 1, vague=True)
    if word in _VAGUE or word == "long":
        unit = unit_at(tokens, j + 1) or (period_at(tokens, j + 1) if word_at(tokens, j + 1) == "time" else None)
        if unit or word_at(tokens, j + 1) == "time":
            return make(tokens, "duration", 0, i, j + 2, unit=unit.unit if unit else "d", vague=True)
        if word in ("few", "several", "many") and word_at(tokens, j + 1) in SCALES:
            return make(tokens, "number", 0, i, j + 2, vague=True)  # "several thousand a year"
        following = number_at(tokens, j + 1)
        if word in ("some", "several", "many") or following:
            return None
        return make(tokens, "number", 0, i, j + 1, vague=True)
    return make(tokens, "number", 0, i, i + 1, vague=True) if low in _VAGUE_WORDS else None


def _some_people(tokens: list[Token], i: int) -> int | None:
    """The place behind "a handful of people", "several of us", "some colleagues"; None where no such words start."""
    if word_at(tokens, i) not in _BEGIN_MANY:
        return None
    words = next((words for words in _MANY if words_at(tokens, i, len(words)) == words), None)
    if words is None:
        return None
    j = i + len(words)
    j += word_at(tokens, j) == "of"
    j += word_at(tokens, j) in ("the", "our", "my")
    return j + 1 if word_at(tokens, j) in _PEOPLE else None
