"""From vectors to themes: found on a sample that holds every severe comment, then given to all.

What is severe, which step a comment speaks of and in which moments its customer met the process stand beside its words
as further directions, so that a small severe problem is not drawn into a big mild one, and comments about one thing in
other words come together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from assistant.feedback.corpus import Corpus
from assistant.feedback.few import FEW, by_shared_words, hold_together, meant
from assistant.feedback.grouping import Grouped, closest, group
from assistant.feedback.links import Ties
from assistant.feedback.moments import moment_rows
from assistant.feedback.nearness import as_said
from assistant.feedback.small import small_themes
from assistant.feedback.vectors import fit, unit

SAMPLE = 6000
MOST_SEVERE = 1500
SEVERE = 0.6
"""How much being severe (harm, law) weighs beside the words of a comment, whose vector has length one."""
STEP, READ_STEP = 1.0, 1.3
MOMENT = 0.7
"""How much the step a comment is tied to (more where it was read), and the moments it speaks of, weigh beside its
words."""
MEANING = 0.7
"""How much the place of a comment among the meanings of words weighs beside its words."""
SENTENCE, SPELT, MEANT = 1.3, 0.2, 0.4
"""Where comments are few and each is read as a sentence: how much that weighs, and beside it its words and what they
mean."""
TOPIC, HURTS = 1.0, 1.0
"""How much the general topics weigh that a comment which was read may speak of, and that it is severe."""
LEAST_ALIKE = 0.2
"""A comment less like the middle of its theme than this is in no theme."""
LEAST_THEME = 3
JOINS = 0.3
"""A comment that was read and is in no theme joins the one whose middle it is at least so like."""
SAME_STEP = 0.5
"""Comments of which this share speaks of one step are a theme, whatever words they use."""
MEANT_ALIKE = 0.1
"""Comments read as sentences that are on average so alike (mean cosine) are a theme, whatever words they use; those of
one topic are by 0.20 in the middle, in one of twenty topics by less than 0.12."""
HARM, COMMONLY, SELDOM = 2.5, 0.6, 0.05
"""Themes of at least this mean severity are one when a word stands in this share of both and in few other comments."""
LOOKED_AT = 200
CHUNK = 20_000
Matrix = Any


class Found(NamedTuple):
    """The theme of each unlike text (-1: none), the wider group of each theme, how alike each text is to the middle of
    its theme, and in small sets the number of the general topic of each theme (-1: of none)."""

    themes: Matrix
    wider: Matrix
    alike: Matrix
    about: Matrix | None = None


def find_themes(corpus: Corpus, ties: Ties) -> Found:
    """Themes of the unlike texts of a corpus; `ties` are the steps they speak of.

    Praise and complaints about the same thing use the same words, so the themes of praise are found apart, unless there
    is too little praise to find any in beside enough of the rest.
    """
    n = len(corpus.words)
    if n == 0:
        return Found(np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros(0))
    if corpus.small:
        return _small(corpus, ties)
    sample = sampled(corpus.severity)
    space = fit([corpus.words[at] for at in sample])
    by_step = _by_step(ties)
    praise = np.array([kind == "praise" for kind in corpus.kinds], dtype=bool)
    if praise[sample].sum() < FEW <= (~praise[sample]).sum():
        praise[:] = False
    vectors = space.vectors([corpus.words[at] for at in sample])
    read = corpus.meant.sentences
    if read is None:
        points = _points(vectors, sample, corpus, by_step)
    else:
        points = _read_points(vectors, read, corpus, by_step)
    grouped = _grouped(corpus, sample, points, praise)
    if len(grouped.wider) == 0:
        return Found(np.full(n, -1), np.zeros(0, dtype=int), np.zeros(n))
    centres = _middles(points, grouped.themes, len(grouped.wider))
    labels, alike = np.full(n, -1), np.zeros(n)
    labels[sample] = grouped.themes
    sides = _sides(praise[sample], grouped)
    for start in range(0, n, CHUNK):
        rows = np.arange(start, min(n, start + CHUNK))
        if len(sample) == n:
            here = points[rows]
        else:
            known = slice(*np.searchsorted(sample, [start, start + len(rows)]))
            others = np.setdiff1d(rows, sample[known])
            here = np.empty((len(rows), points.shape[1]), dtype=np.float32)
            here[sample[known] - start] = points[known]
            here[others - start] = _points(space.of_texts(corpus.words, others), others, corpus, by_step)
            for side in (False, True):
                fresh = (labels[rows] < 0) & (praise[rows] == side)
                themes = np.flatnonzero(sides == side)
                if len(themes):
                    labels[rows[fresh]] = themes[closest(here[fresh], centres[themes])]
        nothing = np.abs(here).sum(axis=1) == 0
        labels[rows[nothing & (n >= FEW)]] = -1
        alike[rows] = np.where(nothing, 0, (here * centres[np.maximum(labels[rows], 0)]).sum(axis=1))
    if n >= FEW:
        labels[alike < LEAST_ALIKE] = -1
    found = _dropped(_one_harm(Found(labels, grouped.wider, alike), corpus), corpus, [link.step for link in ties.links])
    return found if read is None else _joined(found, points)


def places(corpus: Corpus, ties: Ties) -> Callable[[Matrix], Matrix]:
    """Where texts lie that are too many to be read, as themes are found by it: rows of unit length for the numbers of
    some texts."""
    by_step = _by_step(ties)
    space = fit([corpus.words[at] for at in sampled(corpus.severity)])
    return lambda rows: _points(space.of_texts(corpus.words, rows), rows, corpus, by_step)


def _small(corpus: Corpus, ties: Ties) -> Found:
    """The themes of a small set; each is its own wider group."""
    themes, clear, about = small_themes(corpus, ties.links)
    return Found(themes, np.arange(len(about)), clear, about)


def _grouped(corpus: Corpus, sample: Matrix, points: Matrix, praise: Matrix) -> Grouped:
    """The groups of the sample, those of praise numbered after the others."""
    themes = np.full(len(sample), -1)
    wider: list[Matrix] = []
    counts = np.bincount(praise[sample].astype(int), minlength=2) ** 0.5
    room = float(np.square(counts).sum() ** 0.5 / counts.sum())  # both together hold no more themes than all at once
    for side in (False, True):
        rows = np.flatnonzero(praise[sample] == side)
        if len(rows) < FEW:
            labels = by_shared_words([corpus.words[at] for at in sample[rows]])
            grouped = Grouped(labels, np.zeros(int(labels.max(initial=-1)) + 1, dtype=int))
        else:
            grouped = group(points[rows], apart=corpus.meant.sentences is not None, room=room)
        themes[rows] = np.where(grouped.themes < 0, -1, grouped.themes + sum(map(len, wider)))
        above = sum(int(some.max(initial=-1)) + 1 for some in wider[-1:])
        wider.append(grouped.wider + above)
    return Grouped(themes, np.concatenate(wider))


def _sides(praise: Matrix, grouped: Grouped) -> Matrix:
    """Whether each theme is one of praise."""
    sides = np.zeros(len(grouped.wider), dtype=bool)
    known = grouped.themes >= 0
    sides[grouped.themes[known]] = praise[known]
    return sides


def sampled(severity: Matrix) -> Matrix:
    """Which texts themes are found on: all where there are few; else every severe one, as far as there is room, and
    of the rest every so-manieth."""
    n = len(severity)
    if n <= SAMPLE:
        return np.arange(n)
    severe = np.flatnonzero(severity >= 3)
    if len(severe) > MOST_SEVERE:
        severe = severe[np.linspace(0, len(severe) - 1, MOST_SEVERE).astype(int)]
    rest = np.flatnonzero(severity < 3)
    wanted = min(len(rest), SAMPLE - len(severe))
    rest = rest[np.linspace(0, len(rest) - 1, wanted).astype(int)] if wanted else rest[:0]
    return np.sort(np.concatenate([severe, rest]))


def _by_step(ties: Ties) -> Matrix:
    """One row a text, a column for each step, sparse: how likely it is the one, of unit length where texts were read;
    else 1 for the step a text is tied to."""
    from scipy.sparse import csr_matrix

    if ties.shares is not None:
        return csr_matrix(np.sqrt(ties.shares))
    steps = [link.step for link in ties.links]
    order = {step: number for number, step in enumerate(sorted(set(steps) - {""}))}
    rows = [at for at, step in enumerate(steps) if step]
    columns = [order[steps[at]] for at in rows]
    ones = np.ones(len(rows), dtype=np.float32)
    return csr_matrix((ones, (rows, columns)), shape=(len(steps), len(order)))


def _points(vectors: Matrix, rows: Matrix, corpus: Corpus, by_step: Matrix) -> Matrix:
    """The vectors of texts with what stands beside their words."""
    severe = SEVERE * (corpus.severity[rows] >= 3)[:, None]
    known = np.abs(vectors).sum(axis=1, keepdims=True) > 0
    moments = MOMENT * unit(moment_rows(corpus.meant, rows))
    places = MEANING * corpus.meant.places(rows)
    beside = np.hstack([severe, STEP * by_step[rows].toarray(), moments]) * known
    return unit(np.hstack([vectors, places, beside]).astype(np.float32))


def _read_points(vectors: Matrix, read: Matrix, corpus: Corpus, by_step: Matrix) -> Matrix:
    """The same for texts that were read, which are all there are. What they have in common, being about one process,
    parts none from another: each is seen from their middle."""
    rows = np.arange(len(vectors))
    severe = HURTS * (corpus.severity >= 3)[:, None]
    weighed = [
        (SENTENCE, as_said(read)),
        (MEANT, corpus.meant.places(rows)),
        (READ_STEP, by_step.toarray()),
        (MOMENT, moment_rows(corpus.meant, rows)),
        (TOPIC, np.sqrt(corpus.topics)),
    ]
    seen = [weight * unit(part - part.mean(axis=0)) for weight, part in weighed]
    known = np.abs(read).sum(axis=1, keepdims=True) > 0
    return unit((np.hstack([SPELT * vectors, severe, *seen]) * known).astype(np.float32))


def _middles(points: Matrix, labels: Matrix, count: int) -> Matrix:
    middle = np.zeros((count, points.shape[1]), dtype=np.float32)
    known = labels >= 0
    np.add.at(middle, labels[known], points[known])
    return unit(middle)


def _one_harm(found: Found, corpus: Corpus) -> Found:
    """Severe themes that speak of the same thing, which few others speak of, made one: a danger told in three ways
    would else be three small themes."""
    known = found.themes >= 0
    sizes = np.bincount(found.themes[known], minlength=len(found.wider))
    hurt = np.bincount(found.themes[known], weights=corpus.severity[known], minlength=len(found.wider))
    severe = [theme for theme in range(len(found.wider)) if sizes[theme] and hurt[theme] >= HARM * sizes[theme]]
    if len(severe) < 2:
        return found
    spoken = {theme: _things(np.flatnonzero(found.themes == theme), corpus, COMMONLY) for theme in severe}
    everywhere = _things(np.arange(0, len(corpus.words), max(1, len(corpus.words) // 2000)), corpus, SELDOM)
    themes = found.themes.copy()
    for place, theme in enumerate(severe):
        same = next((first for first in severe[:place] if (spoken[first] & spoken[theme]) - everywhere), theme)
        themes[found.themes == theme] = same
        spoken[same] |= spoken.pop(theme) if same != theme else set()
        severe[place] = same
    return found._replace(themes=themes)


def _things(texts: Matrix, corpus: Corpus, share: float) -> set[str]:
    """The words that carry meaning and stand in at least this share of some texts."""
    counts = Counter(word for at in texts[:2000] for word in meant(corpus.words[at]))
    return {word for word, count in counts.items() if count >= share * min(len(texts), 2000)}


def _dropped(found: Found, corpus: Corpus, steps: Sequence[str]) -> Found:
    """Themes with too few comments, or whose comments share neither a word nor a step, are none; two are enough where
    both are severe. The others are numbered anew, largest first."""
    known = found.themes >= 0
    sizes = np.bincount(found.themes[known], weights=corpus.weight[known], minlength=len(found.wider))
    hurt = np.bincount(found.themes[known], weights=corpus.severity[known], minlength=len(found.wider))
    texts = np.bincount(found.themes[known], minlength=len(found.wider))
    least = np.where((hurt >= HARM * texts) | (corpus.weight.sum() <= 9), 2, LEAST_THEME)
    kept = [
        at
        for at in np.argsort(-sizes, kind="stable")
        if sizes[at] >= least[at] and _one_thing(found, int(at), corpus, steps)
    ]
    number = np.full(len(found.wider) + 1, -1)
    number[kept] = np.arange(len(kept))
    return Found(number[found.themes], found.wider[kept], found.alike)


def _joined(found: Found, points: Matrix) -> Found:
    """What is in no theme put into the one it is most like, where it is enough so: comments that were read are few, and
    each should be counted where somebody would look for it."""
    middles = _middles(points, found.themes, len(found.wider))
    alone = np.flatnonzero(found.themes < 0)
    if not (len(middles) and len(alone)):
        return found
    likeness = points[alone] @ middles.T
    joins = likeness.max(axis=1) >= JOINS
    themes, alike = found.themes.copy(), found.alike.copy()
    themes[alone[joins]] = likeness.argmax(axis=1)[joins]
    alike[alone[joins]] = likeness.max(axis=1)[joins]
    return Found(themes, found.wider, alike)


def _one_thing(found: Found, theme: int, corpus: Corpus, steps: Sequence[str]) -> bool:
    texts = np.flatnonzero(found.themes == theme)
    typical = texts[np.argsort(-found.alike[texts], kind="stable")][:LOOKED_AT]
    tied = Counter(steps[at] for at in typical if steps[at])
    if max(tied.values(), default=0) >= max(2, SAME_STEP * len(typical)):
        return True
    if (read := corpus.meant.sentences) is not None and len(texts) > 1:
        alike = float(np.square(read[texts].sum(axis=0)).sum()) - len(texts)
        if alike >= MEANT_ALIKE * len(texts) * (len(texts) - 1):
            return True
    return hold_together([corpus.words[at] for at in typical])
