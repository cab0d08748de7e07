"""Learn what each thing a passage shows counts for each kind of remark, and write `weights.npz`.

    python bench/evidence_weights.py

Learnt from: `evals/spoken` (hits, passages, plain sentences, half of `none`, and the near misses, which count little),
the examples of the frames, and stories in which nothing hurts. A multinomial logistic regression with a bound on its
weights, so that nothing counts for much alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from assistant.language.evidence_cues.cue_frames import HERE, NOTHING, known
from assistant.language.evidence_cues.patterns import flat
from assistant.language.evidence_cues.windows import Learnt, Shown, shown_in, together

ROOT = Path(__file__).parent.parent / "evals"
SPOKEN = ROOT / "spoken"
NEUTRAL = ("told/*.txt", "stories/*.txt", "parallel/*.txt", "told_pains/sound-[123].txt")
TIGHT = 5.0
"""How strongly weights are held near nothing."""
NAMED, WORDED = 2, 5
"""How often a class, frame or cue, and a word or pair, must be shown to be given a weight."""
LEAST = 0.02
"""Weights nearer to nothing are left out."""
TOLD, OURS, PLAIN, LIKE = 1.0, 2.0, 6.0, 0.3
"""What counts how much: lines of others and of ours, passages that say nothing, and near misses."""
_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"'”’)]*(?=\s|$)|$)", re.S)


class Row(NamedTuple):
    """One text to learn from: its kind, what it shows, and how much it counts."""

    kind: str
    shows: Shown
    counts: float


def shown(text: str) -> list[Shown]:
    """What each sentence of a text shows."""
    texts = [match.group() for line in text.split("\n") for match in _SENTENCE.finditer(line)]
    return shown_in(texts, [flat(text) for text in texts])


def rows() -> list[Row]:
    """All that is learnt from."""
    return [Row(kind, together(shows), counts) for kind, shows, counts in (*_said(), *_neutral()) if shows]


def _said() -> Iterator[tuple[str, list[Shown], float]]:
    for path in sorted((SPOKEN / "hits").glob("*.txt")):
        yield from ((path.stem, shown(line), TOLD) for line in _lines(path))
    for folder in ("plain", "passages"):
        for path in sorted((SPOKEN / folder).glob("*.txt")):
            counts = PLAIN if path.stem == NOTHING else OURS
            yield from ((path.stem, shown(line), counts) for line in _lines(path))
    yield from ((frame.kind, shown(frame.example), TOLD) for frame in known().frames)


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


def learn(told: list[Row]) -> Learnt:
    """The weights of each thing shown for each kind, and for saying anything."""
    kinds = sorted({row.kind for row in told})
    named = Counter(name for row in told for name in row.shows.names)
    worded = Counter(name for row in told for name in row.shows.words)
    names = {name for name, often in named.items() if often >= NAMED}
    names |= {name for name, often in worded.items() if often >= WORDED}
    column = {name: at for at, name in enumerate(sorted(names))}
    width = len(column) + len(told[0].shows.place) + 2
    empty = Learnt(column, tuple(kinds), np.zeros((width, 1)), np.zeros(0))
    table: Any = sparse.csr_matrix(empty.table([row.shows for row in told]), dtype=np.float64)
    wanted = np.array([[row.kind == kind for kind in kinds] for row in told], dtype=float)
    counts = np.array([[row.counts] for row in told])
    matrix = fitted(table, wanted, counts)
    anything = wanted[:, [kinds.index(NOTHING)]]
    besides = sparse.hstack([table[:, : len(column)], table[:, -2:]]).tocsr()
    likely = counts * (counts > LIKE)  # near misses say something, if not that
    first = fitted(besides, np.hstack([anything, 1 - anything]), likely)
    return Learnt(column, tuple(kinds), np.where(np.abs(matrix) < LEAST, 0.0, matrix), first[:, 1] - first[:, 0])


def fitted(table: Any, wanted: Any, counts: Any) -> Any:
    """The weights of a multinomial logistic regression, held near nothing save those of the last column."""
    width, kinds = table.shape[1], wanted.shape[1]
    held = np.full((width, 1), TIGHT)
    held[-1] = 0.0

    def loss(flat_weights: np.ndarray) -> tuple[float, np.ndarray]:
        matrix = flat_weights.reshape(width, kinds)
        scores = table @ matrix
        parts = np.exp(scores - scores.max(1, keepdims=True))
        parts /= parts.sum(1, keepdims=True)
        cost = -(counts * wanted * np.log(parts + 1e-12)).sum() + 0.5 * (held * matrix**2).sum()
        return cost, (table.T @ (counts * (parts - wanted)) + held * matrix).ravel()

    best = minimize(loss, np.zeros(width * kinds), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    return best.reshape(width, kinds)


def main() -> None:
    """Learn and write."""
    told = rows()
    by = learn(told)
    by.write()
    print(f"{len(told)} texts, {len(by.column)} things shown, {(HERE / 'weights.npz').stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
