"""Learn what each thing a passage shows counts for each kind of remark, and write `weights.npz`.

    python bench/evidence_weights.py

Learnt from: `evals/spoken` (hits, passages, plain sentences, half of `none`, and the near misses, which count little),
the examples of the frames, stories in which nothing hurts, and told stories (`evidence_told.py`): the words that give a
pain away, and all other sentences as they stand there. A pain is planted for a practice, which several kinds of remark
may tell of: it counts for each as far as what is learnt from the rest says so. A multinomial logistic regression with a
bound on its weights, so that nothing counts for much alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from evidence_told import Story, stories
from scipy import sparse
from scipy.optimize import minimize

from assistant.language.evidence_cues.cue_frames import HERE, NOTHING, REASSURED, known
from assistant.language.evidence_cues.patterns import flat
from assistant.language.evidence_cues.windows import LONGEST, Learnt, Shown, shown_in, together

ROOT = Path(__file__).parent.parent / "evals"
SPOKEN = ROOT / "spoken"
NEUTRAL = ("told/*.txt", "stories/*.txt", "parallel/*.txt", "told_pains/sound-[123].txt")
TIGHT = 5.0
"""How strongly weights are held near nothing."""
NAMED, WORDED = 2, 5
"""How often a class, frame or cue, and a word or pair, must be shown to be given a weight."""
LEAST = 0.02
"""Weights nearer to nothing are left out."""
TOLD, OURS, PLAIN, LIKE = 0.4, 0.8, 2.4, 0.12
"""What counts how much: lines of others and of ours, passages that say nothing, and near misses."""
PAIN, AROUND, REST, TRAP = 4.0, 0.5, 1.0, 2.0
"""What counts how much in a told story: the words that give a pain away, of these what they count with the sentence
before or after, a passage that tells of none, and one that says why what looks like a pain is none."""
_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"'”’)]*(?=\s|$)|$)", re.S)


class Row(NamedTuple):
    """One text to learn from: how far it is of each kind, what it shows, and how much it counts."""

    kinds: Mapping[str, float]
    shows: Shown
    counts: float


def shown(text: str) -> list[Shown]:
    """What each sentence of a text shows."""
    texts = [match.group() for line in text.split("\n") for match in _SENTENCE.finditer(line)]
    return shown_in(texts, [flat(text) for text in texts])


def spoken() -> list[Row]:
    """All single lines and passages that are learnt from."""
    return [Row({kind: 1.0}, together(shows), counts) for kind, shows, counts in (*_said(), *_neutral()) if shows]


def told_in(story: Story, by: Learnt) -> Iterator[Row]:
    """What a told story holds, the kind of a pain as far as these weights tell it."""
    beside: set[int] = set()
    for pain in story.pains:
        beside |= {index + step for index in pain.at for step in (-1, 0, 1)}
        others = {at for other in story.pains if other is not pain for at in other.at}
        for first, last, counts in _around(pain.at, len(story.shows)) if pain.quoted else ():
            if counts == 1.0 or others.isdisjoint(range(first, last)):
                shows = together(story.shows[first:last])
                yield Row(_kinds(shows, pain.kinds, by), shows, PAIN * counts)
    for at in range(len(story.shows)) if all(pain.quoted for pain in story.pains) else ():
        passage = range(at, min(at + 1 + at % LONGEST, len(story.shows)))
        if beside.isdisjoint(passage):
            counts = REST if story.reassured.isdisjoint(passage) else TRAP
            yield Row({NOTHING: 1.0}, together(story.shows[passage.start : passage.stop]), counts)


def _around(at: frozenset[int], many: int) -> Iterator[tuple[int, int, float]]:
    """The passage that tells a pain, with the sentence before and after it where that makes none too long."""
    first, last = min(at), max(at) + 1
    if last - first > LONGEST:
        yield from ((begin, begin + LONGEST, AROUND) for begin in range(first, last - LONGEST + 1))
        return
    yield first, last, 1.0
    if last - first < LONGEST:
        if first > 0:
            yield first - 1, last, AROUND
        if last < many:
            yield first, last + 1, AROUND


def _kinds(shows: Shown, kinds: list[str], by: Learnt) -> dict[str, float]:
    likely = by.likely([shows])[0]
    shares = {kind: float(likely[by.kinds.index(kind)]) + LEAST_KIND for kind in kinds}
    return {kind: share / sum(shares.values()) for kind, share in shares.items()}


LEAST_KIND = 0.001
"""How far a pain is at least of each kind that may tell it."""


def _said() -> Iterator[tuple[str, list[Shown], float]]:
    for path in sorted((SPOKEN / "hits").glob("*.txt")):
        yield from ((path.stem, shown(line), TOLD) for line in _lines(path))
    for folder in ("plain", "passages"):
        for path in sorted((SPOKEN / folder).glob("*.txt")):
            counts = PLAIN if path.stem == NOTHING else OURS
            yield from ((path.stem, shown(line), counts) for line in _lines(path))
    yield from (
        (NOTHING if frame.kind == REASSURED else frame.kind, shown(frame.example), TOLD) for frame in known().frames
    )


def _neutral() -> Iterator[tuple[str, list[Shown], float]]:
    yield from ((NOTHING, shown(line), OURS) for line in _lines(SPOKEN / "none.txt")[::2])
    for path in sorted((SPOKEN / "near_misses").glob("*.txt")):
        yield from ((NOTHING, shown(line), LIKE) for line in _lines(path))
    for pattern in NEUTRAL:
        for path in sorted(ROOT.glob(pattern)):
            sentences = shown(path.read_text(encoding="utf-8"))
            yield from ((NOTHING, sentences[at : at + 1 + at % 4], OURS) for at in range(len(sentences)))


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def learnt_from(lines: list[Row], told: Sequence[Story], by: Learnt) -> Learnt:
    """The weights learnt from lines and stories; by those learnt from lines alone the kinds of their pains are told."""
    return learn(lines + [row for story in told for row in told_in(story, by)])


def learn(told: list[Row]) -> Learnt:
    """The weights of each thing shown for each kind, and for saying anything."""
    kinds = sorted({kind for row in told for kind in row.kinds})
    named = Counter(name for row in told for name in row.shows.names)
    worded = Counter(name for row in told for name in row.shows.words)
    names = {name for name, often in named.items() if often >= NAMED}
    names |= {name for name, often in worded.items() if often >= WORDED}
    column = {name: at for at, name in enumerate(sorted(names))}
    empty = Learnt(column, tuple(kinds), np.zeros((len(column) + len(told[0].shows.place) + 2, 1)), np.zeros(0))
    table: Any = empty.table([row.shows for row in told])
    held, dense = sparse.csr_matrix(table[:, : len(column)]), table[:, len(column) :]
    wanted = np.array([[row.kinds.get(kind, 0.0) for kind in kinds] for row in told], dtype=np.float32)
    counts = np.array([[row.counts] for row in told], dtype=np.float32)
    matrix = fitted(held, dense, wanted, counts)
    anything = wanted[:, [kinds.index(NOTHING)]]
    likely = counts * (counts > LIKE)  # near misses say something, if not that
    first = fitted(held, dense[:, -2:], np.hstack([anything, 1 - anything]), likely)
    return Learnt(column, tuple(kinds), np.where(np.abs(matrix) < LEAST, 0.0, matrix), first[:, 1] - first[:, 0])


def fitted(held: Any, dense: Any, wanted: Any, counts: Any) -> Any:
    """The weights of a multinomial logistic regression, held near nothing save those of the last column.

    The columns are those of `held`, of which a text shows few, then those of `dense`."""
    few, width, kinds = held.shape[1], held.shape[1] + dense.shape[1], wanted.shape[1]
    tight = np.full((width, 1), TIGHT, dtype=np.float32)
    tight[-1] = 0.0
    turned = held.T.tocsr()

    def loss(flat_weights: np.ndarray) -> tuple[float, np.ndarray]:
        matrix = flat_weights.reshape(width, kinds).astype(np.float32)
        scores = held @ matrix[:few] + dense @ matrix[few:]
        parts = np.exp(scores - scores.max(1, keepdims=True))
        parts /= parts.sum(1, keepdims=True)
        apart = counts * (parts - wanted)
        cost = -float((counts * wanted * np.log(parts + 1e-9)).sum()) + 0.5 * float((tight * matrix**2).sum())
        slope = np.vstack([turned @ apart, dense.T @ apart]) + tight * matrix
        return cost, slope.ravel().astype(np.float64)

    best = minimize(loss, np.zeros(width * kinds), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return best.reshape(width, kinds)


def main() -> None:
    """Learn and write."""
    lines, told = spoken(), stories()
    by = learnt_from(lines, told, learn(lines))
    by.write()
    size = (HERE / "weights.npz").stat().st_size // 1000
    print(f"{len(lines)} lines, {len(told)} stories, {len(by.column)} things shown, {size} kB")


if __name__ == "__main__":
    main()
