"""Guarded scores that fell in cases that are asked something else now: no pair says so, and it would pass unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.evals.runfile import Run
from assistant.evals.scores_by_case import TOUCH, Score, guarded, scores_by_case, shared_cases


def lower_asked_otherwise(old: Run, new: Run) -> list[dict[str, Any]]:
    """Suite, case, score, before and after for each guarded score that is lower in a case of the same name whose
    question changed. It may be the new question or the program: a reader has to look."""
    before, after = scores_by_case(old), scores_by_case(new)
    same = shared_cases(old, new)
    rows: list[dict[str, Any]] = []
    for score in sorted(before.keys() & after.keys()):
        for case in sorted((before[score].keys() & after[score].keys()) - same[score.suite]):
            then, now = before[score][case], after[score][case]
            if now < then - TOUCH and _counts(score, case, old, new):
                rows.append(
                    {"suite": score.suite, "case": case, "score": score.name, "before": round(then, 4),
                     "after": round(now, 4)}
                )  # fmt: skip
    return rows


def in_a_sentence(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows for a reader; empty when there are none."""
    if not rows:
        return ""
    told = ", ".join(
        f"{row['suite']}/{row['case'][:60]} {row['score']} {row['before']:.2f} -> {row['after']:.2f}"
        for row in rows[:3]
    )
    more = f" and {len(rows) - 3} more" if len(rows) > 3 else ""
    return f"Asked something else than before, and lower in what is guarded: {told}{more}."


def _counts(score: Score, case: str, old: Run, new: Run) -> bool:
    guards = new.cases[(score.suite, case)].guards or old.cases[(score.suite, case)].guards
    return guarded(score, old, new) or bool(guards and str(score) not in new.trends)
