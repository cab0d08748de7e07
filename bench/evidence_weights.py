"""Learn what each class of words and each frame counts for each kind of remark, and write `weights.tsv`.

    python bench/evidence_weights.py

Learnt from: the first half of each file of `evals/spoken/hits`, half of `none` and of the near misses, the plain
sentences of `evals/spoken/plain`, the examples of the frames, and stories in which nothing hurts. The second halves are
for measuring (`bench/evidence.py`). A text shows what any of its sentences shows; the model is linear, with a bound on
its weights, so that no class counts for much alone.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from assistant.language.evidence_cues.frames import BEGIN, HERE, NOTHING, features, known, places_in
from assistant.language.evidence_cues.patterns import flat

ROOT = Path(__file__).parent.parent / "evals"
SPOKEN = ROOT / "spoken"
NEUTRAL = ("told/*.txt", "stories/*.txt", "told_pains/sound-[123].txt")
TIGHT = 3.0
"""How strongly weights are held near nothing."""
LEAST = 0.08
"""Weights nearer to nothing are left out."""
_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"'”’)]*(?=\s|$)|$)", re.S)


class Row(NamedTuple):
    """One text to learn from: its kind, what it shows, and how much it counts."""

    kind: str
    shows: frozenset[str]
    counts: float


def shown(text: str) -> list[frozenset[str]]:
    """What each sentence of a text shows."""
    places = [places_in(flat(match.group())) for match in _SENTENCE.finditer(text)]
    return [features(places, index) for index in range(len(places))]


def rows() -> list[Row]:
    """All that is learnt from."""
    found: list[Row] = []
    for path in sorted((SPOKEN / "hits").glob("*.txt")):
        lines = _lines(path)
        found += [_row(path.stem, line, 1.0) for line in lines[: len(lines) // 2]]
    for path in sorted((SPOKEN / "plain").glob("*.txt")):
        counts = 2.5 if path.stem == NOTHING else 1.5
        found += [_row(path.stem, line, counts) for line in _lines(path)]
    found += [_row(frame.kind, frame.example, 1.0) for frame in known().frames]
    found += [_row(NOTHING, line, 1.0) for line in _lines(SPOKEN / "none.txt")[::2]]
    for path in sorted((SPOKEN / "near_misses").glob("*.txt")):
        lines = _lines(path)
        found += [_row(NOTHING, line, 0.3) for line in lines[: len(lines) // 2]]
    for pattern in NEUTRAL:
        for path in sorted(ROOT.glob(pattern)):
            found += [Row(NOTHING, shows, 1.0) for shows in shown(path.read_text(encoding="utf-8"))]
    return found


def _row(kind: str, text: str, counts: float) -> Row:
    return Row(kind, frozenset().union(*shown(text)), counts)


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def learn(told: list[Row]) -> dict[str, dict[str, float]]:
    """The weights: for each class or frame what it adds for each kind."""
    kinds = sorted({row.kind for row in told})
    often = Counter(name for row in told for name in row.shows)
    names = sorted(name for name in often if often[name] >= 2)
    at = {name: place for place, name in enumerate(names)}
    pairs = [(place, at[name]) for place, row in enumerate(told) for name in row.shows if name in at]
    table = sparse.csr_matrix((np.ones(len(pairs)), tuple(zip(*pairs, strict=True))), shape=(len(told), len(names)))
    wanted = np.array([[row.kind == kind for kind in kinds] for row in told], dtype=float)
    counts = np.array([[row.counts] for row in told])

    def loss(flat_weights: np.ndarray) -> tuple[float, np.ndarray]:
        matrix = flat_weights.reshape(len(names) + 1, len(kinds))
        scores = table @ matrix[:-1] + matrix[-1]
        parts = np.exp(scores - scores.max(1, keepdims=True))
        parts /= parts.sum(1, keepdims=True)
        off = counts * (parts - wanted)
        cost = -(counts * wanted * np.log(parts + 1e-12)).sum() + 0.5 * TIGHT * (matrix[:-1] ** 2).sum()
        return cost, np.vstack([table.T @ off + TIGHT * matrix[:-1], off.sum(0)]).ravel()

    start = np.zeros((len(names) + 1) * len(kinds))
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
    matrix = best.reshape(len(names) + 1, len(kinds))
    return {
        name: {kind: float(weight) for kind, weight in zip(kinds, row, strict=True) if abs(weight) >= LEAST}
        for name, row in zip([BEGIN, *names], [matrix[-1], *matrix[:-1]], strict=True)
    }


def main() -> None:
    """Learn and write."""
    weights = learn(rows())
    lines = [
        f"{name}\t{' '.join(f'{kind}={weight:.2f}' for kind, weight in of.items())}"
        for name, of in weights.items()
        if of
    ]
    (HERE / "weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} classes and frames, {sum(len(of) for of in weights.values())} weights")


if __name__ == "__main__":
    main()
