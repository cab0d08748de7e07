"""The scores of a run by case, which cases two runs share, and which scores are guarded."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from typing import NamedTuple

from assistant.evals.runfile import Run
from assistant.evals.shapes import ANSWERED

TOUCH = 1e-9
"""What a score may move by without having moved: the last digit of a float."""


class Score(NamedTuple):
    """A score of a suite."""

    suite: str
    name: str

    def __str__(self) -> str:
        return f"{self.suite}.{self.name}"


def scores_by_case(run: Run) -> dict[Score, dict[str, float]]:
    """The mean over repeats of each score of each case. An error counts in `answered` and in no other score."""
    found: dict[Score, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in run.rows:
        found[Score(row.suite, ANSWERED)][row.case].append(float(not row.error))
        for name, value in row.scores.items() if not row.error else ():
            found[Score(row.suite, name)][row.case].append(value)
    return {score: {case: fmean(values) for case, values in cases.items()} for score, cases in found.items()}


def shared_cases(old: Run, new: Run) -> dict[str, set[str]]:
    """Cases of each suite that both runs were asked, with the same question and answer."""
    shared: dict[str, set[str]] = defaultdict(set)
    for key, case in new.cases.items():
        if key in old.cases and old.cases[key].digest == case.digest:
            shared[key[0]].add(key[1])
    return shared


def guarded(score: Score, old: Run, new: Run) -> bool:
    """`answered` always is: a case that ends in an error is lost for whatever it should have shown."""
    return score.name == ANSWERED or str(score) in {*old.guarded, *new.guarded}
