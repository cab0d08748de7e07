"""What a misspelt word was meant to be."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from assistant.english.forms import readings, singular
from assistant.english.tables import classed, pairs, rows


def mended(word: str) -> str:
    """What a misspelt word was probably meant to be: `recieve` → `receive`; a word not recognised stays."""
    one = singular(word)
    if len(word) < 5 or word in _known() or not word.isalpha() or one in _nouns() or (one != word and one in _known()):
        return word
    found = _spellings().get(_squeezed(word))
    if found and len(found) == len(word) <= _SHORT and _squeezed(word) == _once(word):
        found = None  # "wedding" is no "weeding": two words that double another letter
    if found and abs(len(found) - len(word)) <= 2:
        return found
    for i in range(len(word) - 1):
        swapped = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        if swapped in readings() or swapped in classed("nouns", "common"):
            return swapped
    return word


def is_known(word: str) -> bool:
    """Whether a word is one of those that are known to be right."""
    return word in _known()


@cache
def _nouns() -> frozenset[str]:
    return classed("verbs", "noun") | classed("nouns", "verblike")


@cache
def _words() -> tuple[str, ...]:
    """Every word that is known to be right, verbs first: where two are as near, the verb is meant."""
    small = (word for word, _tag, _ in rows("words"))
    return tuple(dict.fromkeys([*readings(), *small, *pairs("nominal"), *sorted(classed("nouns", "common"))]))


@cache
def _known() -> frozenset[str]:
    return frozenset(_words())


@cache
def _spellings() -> dict[str, str]:
    return {_squeezed(word): word for word in reversed(_words()) if len(word) > 4}


_SHORT = 8
"""Letters up to which another letter doubled makes another word; "neccesary" is longer."""


def _once(word: str) -> str:
    return word[:1] + "".join(b for a, b in pairwise(word) if a != b)


def _squeezed(word: str) -> str:
    """A key that common slips do not change: doubled letters once, ie and ei alike, -able and -ible alike."""
    return (
        _once(word)
        .replace("ei", "ie")
        .replace("ible", "able")
        .replace("ence", "ance")
        .replace("ent", "ant")
        .replace("ph", "f")
    )
