"""Comments as vectors, made from nothing but the comments themselves: no model, no download, the same every time.

Two views side by side. What the words are written with: character pieces of three to five letters, weighted by rarity
(TF-IDF) and reduced by a truncated SVD, so that "transfer" and "transfered" stay together. And the company they keep:
word vectors from the positive pointwise mutual information of neighbouring words (PPMI), averaged over the comment by
rarity (SIF: a / (a + p), Arora et al. 2017), with the common direction taken out. Both are linear in the words of a
comment, so they are fitted on some comments and applied to any number of others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.english.alike import stem
from assistant.feedback.texts import Texts
from assistant.feedback.words import COMMON, TOKEN

MOST_WORDS = 5000
MOST_PIECES = 6000
DIMENSIONS = 150
WINDOW = 6
RARITY = 1e-2
COMPANY = 1.0
"""How much the company of words weighs against their letters."""
Matrix = Any


def stems(raw: str) -> list[str]:
    """The words of a comment as stems, without the commonest little words and bare figures."""
    return [stem(word) for word in TOKEN.findall(raw[:4000].lower()) if word not in COMMON and not word.isdigit()]


def one_thread() -> Any:
    """A context in which linear algebra uses one thread: sums in another order would give other bytes."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(limits=1)


def unit(rows: Matrix) -> Matrix:
    """Each row brought to length one; a row of zeros stays."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, length, out=np.zeros_like(rows), where=length > 1e-9)


@dataclass(frozen=True)
class Space:
    """A fitted space: the place of each stem, and what one occurrence adds in letters and in company."""

    place: dict[str, int]
    letters: Matrix
    company: Matrix
    common: Matrix
    known: Matrix = ()

    def vectors(self, documents: Iterable[Sequence[str]]) -> Matrix:
        """One row of unit length a document (a list of words in lower case); zeros where no word is known."""
        return self.of_counts(count_matrix(documents, self.place))

    def of_texts(self, texts: Texts, rows: Matrix) -> Matrix:
        """The same for the texts with these places among many."""
        from scipy.sparse import csr_matrix

        places = self._places(texts)
        numbers, ends = texts.chosen(rows)
        columns = places[numbers]
        known = columns >= 0
        kept = np.concatenate([[0], np.cumsum(known)])[ends]
        ones = np.ones(int(known.sum()), dtype=np.float32)
        counts = csr_matrix((ones, columns[known], kept), shape=(len(rows), len(self.place)))
        counts.sum_duplicates()
        return self.of_counts(counts)

    def _places(self, texts: Texts) -> Matrix:
        if len(self.known) != len(texts.vocabulary):
            found = np.array([self.place.get(stem(word), -1) for word in texts.vocabulary], dtype=np.int64)
            object.__setattr__(self, "known", found)
        return self.known

    def of_counts(self, counts: Matrix) -> Matrix:
        """The vectors for a sparse matrix of how often each stem of `place` stands in each text."""
        spelt = counts.copy()
        spelt.data = 1 + np.log(spelt.data)
        letters = unit(spelt @ self.letters)
        company = unit(counts @ self.company)
        company = unit(company - (company @ self.common)[:, None] * self.common[None, :])
        return unit(np.hstack([letters, COMPANY * company]))


def count_matrix(documents: Iterable[Sequence[str]], place: dict[str, int]) -> Matrix:
    """How often each known stem stands in each document, as a sparse matrix."""
    from scipy.sparse import csr_matrix

    columns: list[int] = []
    ends = [0]
    known: dict[str, int] = {}
    for document in documents:
        for word in document:
            at = known.get(word)
            if at is None:
                at = known[word] = place.get(stem(word), -1)
            if at >= 0:
                columns.append(at)
        ends.append(len(columns))
    shape = (len(ends) - 1, len(place))
    found = csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), shape=shape)
    found.sum_duplicates()
    return found


def fit(documents: Sequence[Sequence[str]]) -> Space:
    """The space of these documents (lists of words in lower case)."""
    stemmed = [[stem(word) for word in document] for document in documents]
    counts = Counter(word for document in stemmed for word in document)
    least = 2 if len(documents) > 50 else 1
    vocabulary = sorted((word for word, n in counts.items() if n >= least), key=lambda word: (-counts[word], word))
    place = {word: number for number, word in enumerate(vocabulary[:MOST_WORDS])}
    if not place:
        nothing = np.zeros((0, 1), dtype=np.float32)
        return Space(place, nothing, nothing, np.zeros(1, dtype=np.float32))
    rows = count_matrix(documents, place)
    letters = _letters(list(place), rows)
    total = sum(counts.values())
    rarity = np.array([RARITY / (RARITY + counts[word] / total) for word in place], dtype=np.float32)
    company = _company(stemmed, place, counts) * rarity[:, None]
    means = unit(rows @ company)
    values, axes = np.linalg.eigh((means.T @ means).astype(np.float64))
    common = axes[:, int(np.argmax(values))].astype(np.float32) if len(documents) > 3 else np.zeros(company.shape[1])
    return Space(place, letters, company.astype(np.float32), common.astype(np.float32))


def _letters(vocabulary: Sequence[str], rows: Matrix) -> Matrix:
    """What a word adds by the pieces it is written with: rarity-weighted pieces, projected on their main axes."""
    pieces = _pieces(vocabulary)
    holds = (rows > 0).astype(np.float32) @ pieces
    spread = np.asarray((holds > 0).sum(axis=0)).ravel()
    keep = np.flatnonzero(spread >= 2)
    keep = np.sort(keep[np.argsort(-spread[keep], kind="stable")][:MOST_PIECES])
    if not len(keep):
        return np.zeros((len(vocabulary), 1), dtype=np.float32)
    rarity = (np.log((1 + rows.shape[0]) / (1 + spread[keep])) + 1).astype(np.float32)
    weighted = pieces[:, keep].multiply(rarity[None, :]).tocsr()
    spelt = rows.copy()
    spelt.data = 1 + np.log(spelt.data)
    full = spelt @ weighted
    lengths = np.sqrt(np.asarray(full.multiply(full).sum(axis=1)).ravel())
    full = _scaled(full, lengths)
    size = min(DIMENSIONS, min(full.shape) - 1) or 1
    return (weighted @ _axes(full, size)).astype(np.float32)


def _pieces(vocabulary: Sequence[str]) -> Matrix:
    """Which pieces of three to five characters each word holds, with its ends marked."""
    from scipy.sparse import csr_matrix

    known: dict[str, int] = {}
    columns: list[int] = []
    ends = [0]
    for word in vocabulary:
        marked = f" {word} "
        for size in (3, 4, 5):
            for at in range(max(1, len(marked) - size + 1)):
                columns.append(known.setdefault(marked[at : at + size], len(known)))
        ends.append(len(columns))
    found = csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), shape=(len(vocabulary), len(known)))
    found.sum_duplicates()
    return found


def _scaled(rows: Matrix, lengths: Matrix) -> Matrix:
    from scipy.sparse import diags_array

    return (diags_array(1 / np.maximum(lengths, 1e-9)).astype(np.float32) @ rows).tocsr()


def _axes(rows: Matrix, size: int) -> Matrix:
    """The `size` main axes of the rows, by subspace iteration from a fixed start (Halko et al. 2011)."""
    start = np.random.default_rng(0).standard_normal((rows.shape[1], min(size + 20, min(rows.shape))))
    basis = start.astype(np.float32)
    for _ in range(3):
        basis, _r = np.linalg.qr(rows.T @ (rows @ basis))
    projected = rows @ basis
    values, turn = np.linalg.eigh((projected.T @ projected).astype(np.float64))
    return basis @ turn[:, np.argsort(-values)[:size]].astype(np.float32)


def _company(documents: Sequence[Sequence[str]], place: dict[str, int], counts: Counter[str]) -> Matrix:
    """A vector of unit length for each word, from the company it keeps within WINDOW words."""
    from scipy.sparse import coo_matrix, diags_array

    size = len(place)
    together = _together(documents, place)
    together = (together + together.T + diags_array([float(counts[word]) for word in place])).tocoo()
    alone = np.asarray(together.sum(axis=1)).ravel()
    context = alone**0.75
    context /= context.sum()
    value = np.maximum(np.log(together.data / (alone[together.row] * context[together.col])), 0)
    ppmi = coo_matrix((value.astype(np.float32), (together.row, together.col)), shape=(size, size)).tocsr()
    ppmi = ((ppmi + ppmi.T) / 2).tocsr()
    width = max(1, min(DIMENSIONS, size - 2))
    start = np.random.default_rng(1).standard_normal((size, min(width + 30, size))).astype(np.float32)
    basis = start
    for _ in range(6):
        basis, _r = np.linalg.qr(ppmi @ basis)
    values, turn = np.linalg.eigh((basis.T @ (ppmi @ basis)).astype(np.float64))
    keep = np.argsort(-np.abs(values), kind="stable")[:width]
    return unit((basis @ turn[:, keep].astype(np.float32)) * np.sqrt(np.abs(values[keep])).astype(np.float32))


def _together(documents: Sequence[Sequence[str]], place: dict[str, int]) -> Matrix:
    """How often two words stand within WINDOW words of one another, each pair counted in one direction."""
    from scipy.sparse import csr_matrix

    size = len(place)
    known = [[place[word] for word in document if word in place] for document in documents]
    flat = np.array([word for row in known for word in row], dtype=np.int64)
    owner = np.repeat(np.arange(len(known)), [len(row) for row in known])
    total = csr_matrix((size, size), dtype=np.float64)
    for distance in range(1, WINDOW + 1):
        same = owner[distance:] == owner[:-distance]
        left, right = flat[:-distance][same], flat[distance:][same]
        total = total + csr_matrix((np.ones(len(left)), (left, right)), shape=(size, size))
    return total
