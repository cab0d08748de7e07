"""When two phrases mean the same step, or two conditions shut each other out: shared content words, opposites."""

from __future__ import annotations

from functools import lru_cache

from assistant.english.alike import share
from assistant.english.classes import opposites
from assistant.english.forms import singular, verb_forms
from assistant.english.tables import classed
from assistant.language.offline.sentences.statements import Condition
from assistant.language.offline.words.word_tables import NOMINAL, SMALL

_EMPTY = classed("reading", "empty")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The dictionary form of a verb or noun form: `approved`, `approval`, `approves` → `approve`."""
    word = word.lower().strip(".,'\"")
    found = verb_forms(word)
    if found and word not in SMALL:
        return found[0].base
    one = singular(word)
    if one in NOMINAL:
        return NOMINAL[one]
    found = verb_forms(one)
    return found[0].base if found else one


@lru_cache(maxsize=20_000)
def content(text: str) -> frozenset[str]:
    """The content words of a text as dictionary forms."""
    return frozenset(
        s for w in text.split() if w.lower().strip(".,") not in SMALL and (s := stem(w)) not in _EMPTY and s
    )


def answer(condition: Condition) -> str:
    """ "yes" or "no" where a condition is that answer: "they say no"."""
    last = condition.text.lower().split()[-1:]
    return last[0] if last in (["yes"], ["no"]) else ""


def opposed(a: Condition, b: Condition) -> bool:
    """Whether two conditions are about the same thing and shut each other out."""
    if {answer(a), answer(b)} == {"yes", "no"}:
        return True
    shared = a.words & b.words
    for word in a.words - shared:
        if opposites(word) & b.words:
            return True
    if a.negative != b.negative:
        pointing = b.subject.lower() in ("it", "this", "that", "they", "") and not b.words - a.words
        return pointing or share(a.words, b.words) >= 0.5
    return False


def sibling(a: Condition, b: Condition) -> bool:
    """Whether two conditions name different values of the same thing: "if it is urgent …", "if it is normal …"."""
    if opposed(a, b):
        return True
    if a.text.lower() == b.text.lower():
        return False
    same = (
        bool(a.subject)
        and a.subject.lower() == b.subject.lower()
        and a.subject.lower() not in ("he", "she", "they", "there", "i", "we")
    )
    return same and not (a.words & b.words) - content(a.subject)
