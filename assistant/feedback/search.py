"""Which comments speak of a thing that is asked for: by its own words, by others people use for it, by the general
topic it names, and by the step of the work it is; whether or not a theme is about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from assistant.english.alike import stem
from assistant.english.forms import singular
from assistant.english.meanings import placed
from assistant.feedback.plainly import FEW_ENOUGH
from assistant.feedback.shapes import Feedback, Heard
from assistant.feedback.topics import topics
from assistant.feedback.vectors import stems, unit
from assistant.feedback.words import ALSO, EMPTY_WORDS, NEGATIONS, STOP, TOKEN

ALIKE = 0.35
"""Another word people use for a thing must mean so much the same (cosine of their places): a bill is an invoice, but a
parcel is not what arrived."""
NEAR = 0.55
"""Where comments are few, a word in them that means so much the same as one asked for will do: blue is a colour."""


def speak_of(given: Feedback, words: Sequence[str], step: str = "") -> list[Heard]:
    """The comments that speak of what these words (in lower case) name, those first that say them, what hurts most
    first; where none does, those tied to the `step` of the work that they name (empty: none)."""
    said = set(stems(" ".join(words)))
    other = {turn for word in words for turn in _other_words(word)}
    other |= _near(given, words) if len(given.heard) <= FEW_ENOUGH else set()
    named = _topics(said)
    found: list[tuple[int, int, int, Heard]] = []
    for at, heard in enumerate(given.heard):
        own = set(stems(heard.comment.raw[:4000]))
        by_words = said & own
        if by_words or other & own or heard.topic in named:
            found.append((-len(by_words), -heard.severity, at, heard))
    if not found and step:
        return [heard for heard in given.heard if heard.step == step]
    return [row[-1] for row in sorted(found, key=lambda row: row[:-1])]


def _other_words(word: str) -> list[str]:
    """The stems of other words for the same thing."""
    others = [turn for turn in ALSO.get(stem(word), "").split() if "_" not in turn]
    places = placed([word, *others])
    length = np.linalg.norm(places, axis=1)
    near = places[1:] @ places[0] / np.maximum(length[1:] * length[0], 1e-9)
    return [stem(turn) for turn, alike in zip(others, near.tolist(), strict=True) if alike >= ALIKE]


def _near(given: Feedback, words: Sequence[str]) -> set[str]:
    """The stems of the words in these comments that mean nearly the same as one of those asked for."""
    here = {
        word for heard in given.heard for word in TOKEN.findall(heard.comment.raw[:4000].lower()) if word not in STOP
    }
    there = sorted(here - EMPTY_WORDS - NEGATIONS)
    alike = unit(placed(there)) @ unit(placed([*words, *map(singular, words)])).T
    return {
        stem(word) for word, near in zip(there, alike.max(axis=1, initial=0.0).tolist(), strict=True) if near >= NEAR
    }


def _topics(said: set[str]) -> set[str]:
    """The general topics that are called by one of these words, or whose trouble alone is (“delays”)."""
    often = Counter(word for topic in topics() for word in set(stems(topic.trouble)))
    return {
        topic.id
        for topic in topics()
        if said & set(stems(topic.about)) or any(often[word] == 1 for word in said & set(stems(topic.trouble)))
    }
