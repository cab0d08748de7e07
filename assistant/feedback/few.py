"""What holds a theme together: words its comments share. With few comments themes are found by that alone.

The vectors of `vectors` are told from the comments themselves, so a few dozen tell too little: then comments are
merged by the average share of words they have in common, and what shares nothing stays alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.english.alike import stem
from assistant.feedback.vectors import unit
from assistant.feedback.words import EMPTY_WORDS, NEGATIONS, STOP

FEW = 30
"""With fewer unlike texts than this, themes are found by shared words alone."""
SHARED = 0.25
"""The average likeness (cosine of the words that carry meaning) at which few comments are one theme."""
HELD = 0.2
"""A theme's commonest word stands in at least this share of its unlike comments, and in two."""


def meant(words: Sequence[str]) -> set[str]:
    """The stems of the words (in lower case) that carry meaning."""
    return {stem(word) for word in words if word not in STOP and word not in EMPTY_WORDS and word not in NEGATIONS}


def word_likeness(documents: Sequence[Sequence[str]], least: int = 1) -> Any:
    """How alike each two documents are (cosine of the words that carry meaning); not at all where they share fewer than
    `least` words, or all but one of the shorter."""
    said = [meant(document) for document in documents]
    places = {word: at for at, word in enumerate(sorted(set().union(*said)))}
    rows = np.zeros((len(said), max(len(places), 1)))
    for at, words in enumerate(said):
        rows[at, [places[word] for word in words]] = 1
    sizes = rows.sum(axis=1)
    wanted = np.clip(np.minimum(sizes[:, None], sizes[None, :]) - 1, 1, least)
    return unit(rows) @ unit(rows).T * (rows @ rows.T >= wanted)


def by_shared_words(documents: Sequence[Sequence[str]], least: int = 1) -> Any:
    """The number of the group of each document: groups are merged while they share enough, and any two at least so many
    words; -1 without words."""
    said = [meant(document) for document in documents]
    alike = word_likeness(documents, least)
    groups = [[at] for at, words in enumerate(said) if words]
    while len(groups) > 1:
        score, one, other = max(
            (float(alike[np.ix_(groups[i], groups[j])].mean()), -i, -j)
            for i in range(len(groups))
            for j in range(i + 1, len(groups))
        )
        if score < SHARED:
            break
        groups[-one] += groups.pop(-other)
    labels = np.full(len(said), -1)
    for number, group in enumerate(groups):
        labels[group] = number
    return labels


def hold_together(documents: Sequence[Sequence[str]]) -> bool:
    """Whether unlike comments share a word that carries meaning, so that they can be called one theme."""
    counts = Counter(word for document in documents for word in meant(document))
    most = max(counts.values(), default=0)
    return most >= max(min(2, len(documents)), HELD * len(documents))
