"""An old run beside new expectations: where only the right answer of a case was put right, its old output counts."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from assistant.evals.runfile import Run
from assistant.evals.shapes import Case, Row, Suite
from assistant.evals.suites import by_name

Key = tuple[str, str]


class Rescored(NamedTuple):
    """A run whose outputs were scored anew for the cases that expect something else now, and which those are."""

    run: Run
    cases: tuple[Key, ...]


def rescored(old: Run, new: Run) -> Rescored:
    """The old run as the cases of the new one would have scored it, where the same was given.

    Its outputs are kept in its file, so nothing is played again. A case whose output cannot be scored by the suite of
    today (another version kept it otherwise) stays as it was, and is then left out of the pairs.
    """
    suites = by_name()
    other = {
        key: case for key, case in new.cases.items()
        if key in old.cases and old.cases[key].digest != case.digest and old.cases[key].given == case.given
        and key[0] in suites
    }  # fmt: skip
    if not other:
        return Rescored(old, ())
    rows: dict[Key, list[Row]] = {}
    for row in old.rows:
        rows.setdefault((row.suite, row.case), []).append(row)
    made = {key: found for key, case in other.items() if (found := _scored(suites[key[0]], case, rows.get(key, [])))}
    kept = [row for row in old.rows if (row.suite, row.case) not in made]
    again = [row for scored in made.values() for row in scored]
    cases = {key: other[key] if key in made else case for key, case in old.cases.items()}
    return Rescored(Run(old.head, cases, [*kept, *again]), tuple(sorted(made)))


def _scored(suite: Suite, case: Case, rows: list[Row]) -> list[Row]:
    """The rows of a case with the scores it gives now; none when one cannot be scored."""
    try:
        return [row if row.error else replace(row, scores=suite.scored(case, row.output)) for row in rows]
    except Exception:  # an output another version kept in another shape
        return []
