"""What is to be played: which suites, which of their cases, how often."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.errors import UsageError
from assistant.evals.casefile import own_cases
from assistant.evals.runner import Plan, named
from assistant.evals.shapes import Case, Suite


def plan_for(
    names: Sequence[str],
    suites: Sequence[Suite],
    *,
    own: Path | None = None,
    only: int | None = None,
    sample: bool | None = None,
    repeats: int = 1,
    jobs: int = 1,
    most_cost: float | None = None,
    pace: float | None = None,
) -> Plan:
    """The plan for suites by name (`all`: each; `sample` None: only `all` is sampled), or for cases of one's own.

    Raises UsageError for an unknown suite or when nothing is left to play, UnreadableFile for a slip in a case.
    """
    chosen = named(suites, names)
    sampled = "all" in names if sample is None else sample
    if own is not None:
        found = own_cases(own)
        if "all" in names:
            chosen = [suite for suite in chosen if suite.name in found]
        parts = [(suite, tuple(found.get(suite.name, ()))) for suite in chosen]
    else:
        parts = [(suite, _sample(suite) if sampled else tuple(suite.load())) for suite in chosen]
    if only is not None:
        parts = [(suite, cases[:only]) for suite, cases in parts]
    parts = [(suite, cases) for suite, cases in parts if cases]
    if not parts:
        raise UsageError("There is no case to play.", remedy="`assistant eval list` shows the suites and their cases.")
    name = "all" if "all" in names else ",".join(suite.name for suite in chosen)
    return Plan(name, tuple(parts), repeats, jobs, most_cost, pace, own=own is not None)


def _sample(suite: Suite) -> tuple[Case, ...]:
    """Every so-manieth case, and all that guard something of their own in hand-written files."""
    cases = suite.load()
    return tuple(case for number, case in enumerate(cases) if number % suite.every == 0 or case.place)
