"""Comments as vectors, made from nothing but the comments themselves: no model, no download, the same every time.

Words get vectors by factorising the positive pointwise mutual information of their company (PPMI, symmetric
eigendecomposition), a comment is the mean of its words weighted by rarity (SIF: a / (a + p), Arora et al. 2017) with
the common direction taken out. Words are reduced to stems; pairs of neighbouring words count as words too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import snowballstemmer

from assistant.feedback.words import COMMON

WORD = re.compile(r"[a-z][a-z'’]+|\d+", re.IGNORECASE)
MOST_WORDS = 2500
DIMENSIONS = 100
WINDOW = 6
RARITY = 1e-2
Matrix = Any


def stems(raw: str) -> list[str]:
    """The words of a comment as stems, without the commonest little words."""
    words = [word.lower().replace("’", "'") for word in WORD.findall(raw[:4000])]
    kept = [word for word in words if word not in COMMON and not word.isdigit()]
    return list(snowballstemmer.stemmer("english").stemWords(kept))


def vectors(documents: Sequence[Sequence[str]]) -> Matrix:
    """One row of unit length a document (a list of stems); a row of zeros where nothing is known of its words."""
    counts = Counter(word for document in documents for word in document)
    least = 2 if len(documents) > 50 else 1
    vocabulary = [word for word, n in counts.most_common(MOST_WORDS) if n >= least]
    place = {word: number for number, word in enumerate(vocabulary)}
    rows = [[place[word] for word in document if word in place] for document in documents]
    words = _word_vectors(rows, len(vocabulary))
    total = sum(counts.values()) or 1
    weight = np.array([RARITY / (RARITY + counts[word] / total) for word in vocabulary])
    out = np.zeros((len(rows), words.shape[1] if len(vocabulary) else 1))
    for number, row in enumerate(rows):
        if row:
            out[number] = weight[row] @ words[row] / len(row)
    if len(rows) > 3:
        _, _, axes = np.linalg.svd(out, full_matrices=False)
        out -= np.outer(out @ axes[0], axes[0])
    length = np.linalg.norm(out, axis=1, keepdims=True)
    return np.divide(out, length, out=np.zeros_like(out), where=length > 1e-12)


def _word_vectors(rows: list[list[int]], size: int) -> Matrix:
    """A vector of unit length for each word, from the company it keeps within WINDOW words."""
    if size == 0:
        return np.zeros((0, 1))
    together = np.zeros((size, size))
    for row in rows:
        for at, word in enumerate(row):
            for other in row[at + 1 : at + 1 + WINDOW]:
                together[word, other] += 1
                together[other, word] += 1
        for word in set(row):
            together[word, word] += 1
    total = together.sum()
    alone = together.sum(axis=0)
    expected = np.outer(alone, alone**0.75) * (total / (alone**0.75).sum()) / total
    with np.errstate(divide="ignore", invalid="ignore"):
        ppmi = np.log(np.maximum(together / expected, 1e-12))
    ppmi = np.maximum(np.nan_to_num(ppmi), 0)
    ppmi = (ppmi + ppmi.T) / 2
    values, axes = np.linalg.eigh(ppmi)
    keep = np.argsort(-np.abs(values))[: min(DIMENSIONS, size)]
    found = axes[:, keep] * np.sqrt(np.abs(values[keep]))
    length = np.linalg.norm(found, axis=1, keepdims=True)
    return np.divide(found, length, out=np.zeros_like(found), where=length > 1e-12)


def clusters(points: Matrix, count: int, rounds: int = 30) -> Matrix:
    """Which of `count` groups each row belongs to: k-means by angle, started from points far apart, no randomness."""
    centres = points[_far_apart(points, count)]
    labels = np.zeros(len(points), dtype=int)
    for _ in range(rounds):
        new = np.argmax(points @ centres.T, axis=1)
        if _ and (new == labels).all():
            break
        labels = new
        for group in range(len(centres)):
            members = points[labels == group]
            if len(members):
                middle = members.mean(axis=0)
                centres[group] = middle / (np.linalg.norm(middle) or 1)
    return labels


def _far_apart(points: Matrix, count: int) -> list[int]:
    """Rows to start from: the most central one, then the row whose nearest start is farthest, of those that matter."""
    density = points @ points.mean(axis=0)
    chosen = [int(np.argmax(density))]
    closest = points @ points[chosen[0]]
    while len(chosen) < min(count, len(points)):
        score = (1 - closest) * (0.5 + density)
        chosen.append(int(np.argmax(score)))
        closest = np.maximum(closest, points @ points[chosen[-1]])
    return chosen
