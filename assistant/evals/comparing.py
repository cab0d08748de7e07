"""Whether a new run is better or worse than an old one: paired by case, over all scores together.

Nothing but rows is believed: every mean is computed again from the scores of the cases. Cases both runs share, with the
same question and the same right answer, are paired; repeats are averaged within a case. The built-in rules give the
same output twice, so with them a guarded score that a case lost is lost for certain; with a language model a
difference counts only when chance does not explain it, corrected over all scores.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from assistant.evals.asked_otherwise import lower_asked_otherwise
from assistant.evals.halves import halves
from assistant.evals.judging import Judged
from assistant.evals.rescoring import rescored
from assistant.evals.runfile import Run
from assistant.evals.scores_by_case import TOUCH, Score, guarded, scores_by_case, shared_cases
from assistant.evals.shapes import ANSWERED
from assistant.evals.statistics import ALPHA, chance_of, corrected, detectable, interval, lower_bound
from assistant.evals.what_differs import another_library, unasked

LEAST_PAIRS = 10
"""Pairs below which a test on them could hardly reach 5 % after correction: then it cannot be told."""
PREFERRED = "judged_better"
"""The score of a judge who was asked which of two answers is better."""
CODES = {"better": 0, "not worse": 0, "worse": 1, "no evidence": 4, "cannot tell": 4}


@dataclass(frozen=True)
class Change:
    """What one score did: paired differences, new minus old, by case."""

    score: Score
    differences: dict[str, float]
    before: float
    after: float
    guarded: bool
    chance: float
    corrected: float
    detectable: float

    @property
    def values(self) -> list[float]:
        """The differences, in the order of the cases."""
        return list(self.differences.values())

    @property
    def effect(self) -> float:
        """The mean difference."""
        return fmean(self.values)

    @property
    def significant(self) -> bool:
        """Whether chance does not explain it, with enough pairs and after the correction over all scores."""
        return len(self.differences) >= LEAST_PAIRS and self.corrected <= ALPHA

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        low, high = interval(self.values)
        return {
            "score": str(self.score), "pairs": len(self.differences), "before": round(self.before, 4),
            "after": round(self.after, 4), "effect": round(self.effect, 4), "low": round(low, 4),
            "high": round(high, 4), "p": round(self.chance, 5), "p_corrected": round(self.corrected, 5),
            "detectable": round(self.detectable, 4), "guarded": self.guarded, "significant": self.significant,
        }  # fmt: skip


def compare_runs(old: Run, new: Run, not_worse_by: float | None = None, judged: Judged | None = None) -> dict[str, Any]:
    """The document of `eval compare --json`: verdict, why, every score with effect and interval, the cases that moved.

    better, worse: chance does not explain it (over all scores together), or a guarded case was lost for certain.
    no evidence: it does. cannot tell: too few pairs, or a prompt changed and no model was asked. With `not_worse_by`,
    the verdict is `not worse` when every score lies above that loss with 95 % confidence. What a judge prefers
    (`judged`) decides only when that judge was calibrated and accepted; else it is told as advice. Where only what a
    case expects differs, the old outputs are scored by what it expects now (`rescored`).
    """
    old, again = rescored(old, new)
    gates = judged is not None and judged.accepted
    changes = _changes(old, new, judged if gates else None)
    advice = [] if gates or judged is None else _together(_preferences(judged), old, new)
    exact = old.certain and new.certain
    lost = [row for change in changes if exact for row in _guard_losses(change, old, new)]
    moved = _moved(changes, old, new)
    apart = halves(new) if new.certain else []
    verdict, why = _verdict(changes, lost, not_worse_by) if _decides(changes) else ("cannot tell", _apart(old, new))
    before = {row["score"]: row["untouched"] for row in halves(old)} if old.certain else {}
    # What was far ahead before fails again only where the half that nobody tunes on lost: else no gain could be kept.
    if fitted := [row["score"] for row in apart if row["fitted"] and row["untouched"] < before.get(row["score"], 2.0)]:
        verdict, why = "worse", f"{', '.join(fitted)}: rules were fitted to the half that was looked at; {why}"
    if verdict != "worse" and (silent := unasked(old, new)):
        verdict, why = "cannot tell", silent if verdict == "cannot tell" else f"{silent} (by the rules: {verdict})"
    if verdict != "worse" and not new.whole:
        half = (
            f"only {len(new.rows)} of {new.planned} cases of the new run were played, and what is missing may be lost"
        )
        verdict, why = "cannot tell", f"{half}; the same `eval run` command goes on with it"
    pairs = len({(change.score.suite, case) for change in changes for case in change.differences})
    return {
        "verdict": verdict, "why": why, "suite": new.suite, "pairs": pairs, "library": another_library(old, new),
        "unpaired": _unpaired(old, new), "rescored": ["/".join(key) for key in again], "certain": exact,
        "scores": [change.document() for change in changes],
        "halves": apart, "advice": [change.document() for change in advice],
        "judge": judged.document() if judged is not None else None,
        "lost_guards": lost, "asked_otherwise": lower_asked_otherwise(old, new), "changes": moved,
        "detectable": round(max((change.detectable for change in changes), default=1.0), 4),
        "old": old.about(), "new": new.about(), "code": CODES[verdict],
    }  # fmt: skip


Pairs = dict[Score, dict[str, tuple[float, float]]]


def _changes(old: Run, new: Run, judged: Judged | None) -> list[Change]:
    """Every score both runs have, and what a judge who may decide prefers; the correction runs over all of them."""
    before, after = scores_by_case(old), scores_by_case(new)
    shared = shared_cases(old, new)
    pairs: Pairs = _preferences(judged) if judged is not None else {}
    for score in before.keys() & after.keys():
        both = sorted(shared[score.suite] & before[score].keys() & after[score].keys())
        if both:
            pairs[score] = {case: (before[score][case], after[score][case]) for case in both}
    return _together(pairs, old, new)


def _preferences(judged: Judged) -> Pairs:
    """What a judge prefers, as a score: a half is as good, 1 is the new answer."""
    pairs: Pairs = defaultdict(dict)
    for (suite, case), value in judged.preferred.items():
        pairs[Score(suite, PREFERRED)][case] = (0.5, value)
    return pairs


def _together(pairs: Pairs, old: Run, new: Run) -> list[Change]:
    """The change of each score, its chance corrected over all of them."""
    differences = {score: {case: b - a for case, (a, b) in rows.items()} for score, rows in sorted(pairs.items())}
    chances = {score: chance_of(list(values.values())) for score, values in differences.items()}
    raised = corrected(chances)
    return [
        Change(
            score, values, fmean(a for a, _ in pairs[score].values()), fmean(b for _, b in pairs[score].values()),
            guarded(score, old, new), chances[score], raised[score],
            detectable(list(values.values()), len(differences)),
        )
        for score, values in differences.items()
    ]  # fmt: skip


def _unpaired(old: Run, new: Run) -> dict[str, int]:
    both = sum(len(cases) for cases in shared_cases(old, new).values())
    return {"only_old": len(old.cases) - both, "only_new": len(new.cases) - both}


def _guard_losses(change: Change, old: Run, new: Run) -> list[dict[str, Any]]:
    """Cases that lost a guarded score, or any score of a case that says what it guards."""
    rows: list[dict[str, Any]] = []
    for case, difference in change.differences.items():
        guards = new.cases[(change.score.suite, case)].guards or old.cases[(change.score.suite, case)].guards
        if difference < -TOUCH and (change.guarded or (guards and str(change.score) not in new.trends)):
            rows.append({
                "suite": change.score.suite, "case": case, "score": change.score.name, "guards": guards,
                "change": round(difference, 4),
            })  # fmt: skip
    return rows


def _decides(changes: Sequence[Change]) -> bool:
    """Whether there is a score that may decide: whether a case was answered at all says nothing of how."""
    return any(change.score.name != ANSWERED for change in changes)


def _apart(old: Run, new: Run) -> str:
    """Why two runs cannot be compared, and what to do."""
    if old.cases.keys() & new.cases.keys():
        return (
            "the runs share no case: those with the same names are asked something else (`given`) or their old "
            "outputs cannot be scored any more; play the old version of the program with the cases of today"
        )
    return "the runs share no case: none of the new run's has the suite and id of one of the old"


def _verdict(changes: Sequence[Change], lost: Sequence[Any], not_worse_by: float | None) -> tuple[str, str]:
    down = [change for change in changes if change.significant and change.effect < 0]
    up = [change for change in changes if change.significant and change.effect > 0]
    if lost or any(change.guarded for change in down):
        return "worse", _losses(changes, down, up, lost)
    if not_worse_by is not None:
        return _margin(changes, not_worse_by)
    if down:
        return "worse", _losses(changes, down, up, lost)
    if up:
        return "better", f"{_listed(up)} rose more than chance explains, and nothing guarded was lost"
    if all(len(change.differences) < LEAST_PAIRS for change in changes):
        most = max(len(change.differences) for change in changes)
        several = len({change.score.suite for change in changes}) > 1
        shared = f"{most}{' in a suite' if several else ''}"
        return "cannot tell", f"too few shared cases: {shared}, and at least {LEAST_PAIRS} are needed"
    return "no evidence", "what moved is no more than chance explains"


def _margin(changes: Sequence[Change], margin: float) -> tuple[str, str]:
    if few := [change for change in changes if len(change.differences) < LEAST_PAIRS]:
        need = f"at least {LEAST_PAIRS} shared cases a score are needed to rule a loss out"
        return (
            "cannot tell",
            f"{need}; {', '.join(str(change.score) for change in few)} {'has' if len(few) == 1 else 'have'} fewer",
        )
    open_ = [change for change in changes if lower_bound(change.values) <= -margin]
    sure = [change for change in open_ if change.significant and change.effect < -margin]
    if sure:
        return "worse", f"{_listed(sure)} fell by more than {margin:g}"
    if open_:
        return "cannot tell", f"a loss of more than {margin:g} is not ruled out for {_listed(open_)}"
    return "not worse", f"a loss of more than {margin:g} is ruled out for every score (95 %)"


def _losses(
    changes: Sequence[Change], down: Sequence[Change], up: Sequence[Change], lost: Sequence[dict[str, Any]]
) -> str:
    """All that got worse in one sentence: what was guarded, what fell for sure, what fell within chance."""
    guarded = [change for change in down if change.guarded]
    others = [change for change in down if not change.guarded]
    named = {f"{row['suite']}.{row['score']}" for row in lost}
    within = [c for c in changes if c.effect < -TOUCH and c not in down and str(c.score) not in named]
    told = [f"the guarded {_listed(guarded)} fell more than chance explains"] if guarded else []
    if lost:
        cases: dict[str, list[str]] = {}
        for row in lost:
            cases.setdefault(f"{row['suite']}/{row['case'][:60]}", []).append(f"{row['score']} {row['change']:+.2f}")
        lines = [f"{case} ({', '.join(scores)})" for case, scores in cases.items()]
        told.append(f"what is guarded was lost in {_first(lines)}")
    told += [f"{_listed(others)} fell more than chance explains"] if others else []
    told += [f"lower too, but within chance: {_first([_listed([c]) for c in within])}"] if within else []
    told += [f"that {_listed(up)} rose does not make up for it"] if up else []
    return "; ".join(told)


def _first(texts: Sequence[str], most: int = 3) -> str:
    return ", ".join(texts[:most]) + (f" and {len(texts) - most} more" if len(texts) > most else "")


def _listed(changes: Iterable[Change]) -> str:
    return ", ".join(f"{change.score} ({change.effect:+.3f})" for change in changes)


def _both(before: Any, after: Any, score: Score, case: str, difference: float) -> list[float]:
    """The score of a case before and after; a judge's preference is no row of a run, a half is as good."""
    if score.name == PREFERRED:
        return [0.5, round(0.5 + difference, 4)]
    return [round(before[score][case], 4), round(after[score][case], 4)]


def _moved(changes: Sequence[Change], old: Run, new: Run) -> list[dict[str, Any]]:
    """The cases any score of which moved, those that lost most first, with both outputs."""
    scores: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(dict)
    before, after = scores_by_case(old), scores_by_case(new)
    then, now = old.outputs(), new.outputs()
    for change in changes:
        for case, difference in change.differences.items():
            if abs(difference) > TOUCH:
                pair = _both(before, after, change.score, case, difference)
                scores[(change.score.suite, case)][change.score.name] = pair
    ranked = sorted(scores.items(), key=lambda item: (sum(b - a for a, b in item[1].values()), item[0]))
    return [
        {
            "suite": suite, "case": case, "scores": moved, "before": then.get((suite, case)),
            "after": now.get((suite, case)), "guards": new.cases[(suite, case)].guards,
        }
        for (suite, case), moved in ranked
    ]  # fmt: skip
