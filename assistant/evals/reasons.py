"""Why a case has the scores it has, in words: said by its suite from what is kept in the run."""

from __future__ import annotations

from assistant.evals.runfile import Run
from assistant.evals.shapes import Case, Row
from assistant.evals.suites import by_name

MOST, LONGEST = 6, 240


def reasons(case: Case, row: Row) -> list[str]:
    """What is wrong with what came out, at most so many lines; nothing where all is right or its suite cannot say."""
    suite = by_name().get(row.suite)
    if row.error or suite is None or all(value >= 1 for value in row.scores.values()):
        return []
    try:
        told = list(dict.fromkeys(" ".join(line.split()) for line in suite.why(case, row.output)))
    except Exception:  # a run of another version: its outputs are shown as they are
        return []
    more = [f"and {len(told) - MOST} more"] if len(told) > MOST else []
    return [line if len(line) <= LONGEST else f"{line[:LONGEST]} …" for line in told[:MOST]] + more


def meaning(run: Run, suite: str, score: str) -> str:
    """What a score stands for, in a sentence: as its run says, or as its suite says today where the run is older."""
    known = by_name().get(suite)
    return run.meaning(suite, score) or (known.means.get(score, "") if known is not None else "")
