"""Whether a text is English: by the small words that hold its sentences together, which no translation keeps."""

from __future__ import annotations

import re
from collections import Counter

from assistant.english.tables import classed

_WORDS = re.compile(r"[^\W\d_]+")
_ENGLISH = classed("reading", "english")
_FOREIGN = {
    name: classed("foreign", name) - _ENGLISH
    for name in "German French Spanish Italian Dutch Portuguese Polish Swedish Danish".split()
}
FEWEST_WORDS = 8
FEWEST_KINDS = 3
SHARE = 0.15
"""Of all words that must be small words of the other language."""


def foreign_language(text: str) -> str | None:
    """The language of a text that is not English, as far as its small words tell; None for English and in doubt.

    Names, addresses and notes in telegram style have few small words of any language and are never taken for one.
    """
    words = [word.lower() for word in _WORDS.findall(text[:100_000])]
    if len(words) < FEWEST_WORDS:
        return None
    counted = Counter(words)
    english = sum(counted[word] for word in _ENGLISH)
    best, most = None, 0
    for name, small in _FOREIGN.items():
        hits = sum(counted[word] for word in small)
        kinds = sum(word in counted for word in small)
        if kinds >= FEWEST_KINDS and hits > most:
            best, most = name, hits
    if best is None or most < SHARE * len(words) or most <= 2 * english:
        return None
    return best


def is_another_script(text: str) -> bool:
    """Whether most letters are none of the Latin alphabet: Greek, Cyrillic, Chinese and others."""
    letters = [c for c in text[:20_000] if c.isalpha()]
    return len(letters) >= 20 and sum(ord(c) > 0x24F for c in letters) > 0.5 * len(letters)
