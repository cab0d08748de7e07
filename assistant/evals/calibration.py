"""Whether a judge (a model that rates answers) agrees with people well enough to stand in for them."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableFile
from assistant.evals.statistics import ROUNDS, weighted_kappa

ACCEPTED = 0.67
"""Weighted kappa from which agreement is taken as reliable (Krippendorff's customary bound)."""
LEAST = 20


def calibrate(path: Path) -> dict[str, Any]:
    """Agreement of `judge` with `human` over a CSV: accepted, not accepted, or cannot tell (too few, or too wide).

    Raises UnreadableFile when the file has not these two columns of whole numbers from 1 to 5.
    """
    pairs = _pairs(path)
    human, judge = [a for a, _ in pairs], [b for _, b in pairs]
    kappa = weighted_kappa(human, judge)
    draw = random.Random(20260101)
    drawn = [draw.choices(pairs, k=len(pairs)) for _ in range(ROUNDS // 4)]
    kappas = sorted(weighted_kappa([a for a, _ in one], [b for _, b in one]) for one in drawn)
    low, high = kappas[int(0.025 * len(kappas))], kappas[int(0.975 * len(kappas)) - 1]
    if len(pairs) < LEAST or (low < ACCEPTED <= kappa and high - low > 0.5):
        verdict = "cannot tell"
    else:
        verdict = "accepted" if kappa >= ACCEPTED else "not accepted"
    return {
        "verdict": verdict,
        "kappa": round(kappa, 3),
        "low": round(low, 3),
        "high": round(high, 3),
        "cases": len(pairs),
    }


def _pairs(path: Path) -> list[tuple[int, int]]:
    try:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        pairs = [(int(row["human"]), int(row["judge"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        raise UnreadableFile(
            f"{path} has no ratings.", "A CSV with the columns human and judge is needed.", "Whole numbers, 1 to 5."
        ) from None
    if not pairs or any(not 1 <= value <= 5 for pair in pairs for value in pair):
        raise UnreadableFile(f"{path} has ratings outside 1 to 5, or none.", remedy="Mend the file.")
    return pairs[:2000]
