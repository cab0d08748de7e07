"""How far the half of the cases that may be read while developing is ahead of the half that nobody tunes on.

A rule that was fitted to sentences does better on those that were looked at. The difference is always told; it fails
where the cases carry it (its whole 95 % interval lies above `FITTED`), unless the blessed run has both halves too and
the untouched one did not lose since. A model is never judged by it, since nobody fits one to these cases.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from assistant.evals.runfile import Run
from assistant.evals.statistics import standard_error
from assistant.process.figures import plural

TUNED, UNTOUCHED = "tuned", "untouched"
FITTED = 0.08
"""What a tuned half may be ahead for sure; `bench/map.py` holds published maps to the same."""
LEAST = 5
SPREAD = 1.96


def half_of(path: Path) -> str:
    """Which half a file belongs to, as `HELD.txt` beside it says by name."""
    held = (path.parent / "HELD.txt").read_text(encoding="utf-8").split()
    return UNTOUCHED if path.stem in held else TUNED


def halves(run: Run) -> list[dict[str, Any]]:
    """Each score that has cases of both halves: both means, what the tuned half is ahead with its 95 % interval."""
    found: dict[str, dict[str, dict[str, list[float]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for row in run.rows:
        half = run.cases[(row.suite, row.case)].half
        for name, value in row.scores.items() if half and not row.error else ():
            found[f"{row.suite}.{name}"][half][row.case].append(value)
    means = {
        score: {half: [fmean(values) for values in cases.values()] for half, cases in of.items()}
        for score, of in sorted(found.items())
    }
    return [
        _apart(score, of[TUNED], of[UNTOUCHED])
        for score, of in means.items()
        if min(len(of.get(half, ())) for half in (TUNED, UNTOUCHED)) >= LEAST
    ]


def _apart(score: str, tuned: Sequence[float], untouched: Sequence[float]) -> dict[str, Any]:
    ahead = fmean(tuned) - fmean(untouched)
    within = SPREAD * math.hypot(standard_error(tuned), standard_error(untouched))
    return {
        "score": score, "tuned": round(fmean(tuned), 4), "tuned_cases": len(tuned),
        "untouched": round(fmean(untouched), 4), "untouched_cases": len(untouched), "ahead": round(ahead, 4),
        "low": round(ahead - within, 4), "high": round(ahead + within, 4), "fitted": ahead - within > FITTED,
    }  # fmt: skip


def in_words(row: dict[str, Any]) -> str:
    """One score in a line."""
    mark = f"  <- more than {FITTED} for sure" if row["fitted"] else ""
    return (
        f"{row['score']:34} {row['tuned']:.3f} in {plural(row['tuned_cases'], 'case')} rules are made with, "
        f"{row['untouched']:.3f} in {row['untouched_cases']} they are only measured on: {row['ahead']:+.3f} "
        f"(95 % {row['low']:+.3f} to {row['high']:+.3f}){mark}"
    )
