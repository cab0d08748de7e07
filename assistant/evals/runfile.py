"""A run as a file: one JSON object a line, so that what was played stays when the program is killed.

The first line is the head (who, when, with what), then a line for each case as it was asked, then a line a row. Nothing
is summed up in the file: means are computed when it is read. A last line that was cut off is left out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from assistant.errors import StorageError, UnreadableFile
from assistant.evals.shapes import ANSWERED, ANSWERED_MEANS, Case, Row
from assistant.evals.statistics import estimate
from assistant.settings import BUILT_IN

FORMAT = 2


@dataclass
class Run:
    """A run in memory. `head` is what does not change while it is played."""

    head: dict[str, Any]
    cases: dict[tuple[str, str], Case] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @property
    def suite(self) -> str:
        """The suite's name, or `all`, or several with commas."""
        return str(self.head["suite"])

    @property
    def guarded(self) -> frozenset[str]:
        """The guarded scores, as `suite.score`."""
        return frozenset(self.head.get("guarded", ()))

    @property
    def trends(self) -> frozenset[str]:
        """The scores that the guard of a single case does not speak of, as `suite.score`."""
        return frozenset(self.head.get("trends", ()))

    def meaning(self, suite: str, score: str) -> str:
        """What a score stands for, in a sentence; nothing for a run of a version that did not say."""
        return ANSWERED_MEANS if score == ANSWERED else str(self.head.get("means", {}).get(f"{suite}.{score}", ""))

    @property
    def certain(self) -> bool:
        """Whether the same run would come out again: the built-in rules made it, no model was asked."""
        return self.head.get("model") == BUILT_IN

    @property
    def errors(self) -> list[Row]:
        """The rows that ended in an error."""
        return [row for row in self.rows if row.error]

    @property
    def planned(self) -> int:
        """How many rows there are when the run is whole."""
        return len(self.cases) * int(self.head.get("repeats", 1))

    @property
    def whole(self) -> bool:
        """Whether every case was played as often as was asked."""
        return len(self.rows) >= self.planned

    @property
    def cost(self) -> float | None:
        """US dollars, None when the price of the model is not known."""
        prices = [row.cost for row in self.rows]
        return None if any(price is None for price in prices) else sum(price or 0.0 for price in prices)

    def outputs(self) -> dict[tuple[str, str], Any]:
        """What came out of each case (of its first repeat), or its error."""
        found: dict[tuple[str, str], Any] = {}
        for row in self.rows:
            found.setdefault((row.suite, row.case), {"error": row.error} if row.error else row.output)
        return found

    def values(self) -> dict[tuple[str, str], list[float]]:
        """Per suite and score the mean of each case over its repeats. Errors count in `answered` alone."""
        found: dict[tuple[str, str], dict[str, list[float]]] = {}
        for row in self.rows:
            scores = {ANSWERED: float(not row.error), **({} if row.error else row.scores)}
            for name, value in scores.items():
                found.setdefault((row.suite, name), {}).setdefault(row.case, []).append(value)
        return {key: [fmean(values) for values in cases.values()] for key, cases in found.items()}

    def about(self) -> dict[str, Any]:
        """What tells this run from another: date, code, model, prompts, library, cost."""
        keys = ("date", "commit", "version", "code", "model", "embeddings", "prompts", "library", "repeats", "seed")
        told = {key: self.head.get(key) for key in keys}
        return {**told, "cases": len(self.cases), "errors": len(self.errors), "cost": self.cost}

    def document(self) -> dict[str, Any]:
        """As `eval run --json` prints it: scores are named `suite.score` when several suites were played."""
        several = len({suite for suite, _ in self.cases}) > 1
        scores = {
            f"{suite}.{name}" if several else name: estimate(values)
            for (suite, name), values in sorted(self.values().items())
        }
        return {
            **self.about(),
            "suite": self.suite,
            "scores": scores,
            "errors": [
                {"suite": row.suite, "id": row.case, "repeat": row.repeat, "kind": row.error_kind, "error": row.error}
                for row in self.errors
            ],
            "cost": self.cost,
            "seconds": round(sum(row.seconds for row in self.rows), 2),
            "whole": self.whole,
            "played": len(self.rows),
            "planned": self.planned,
        }


def case_line(suite: str, case: Case) -> dict[str, Any]:
    """A case as a line of a run file."""
    return {"line": "case", "suite": suite, **case.__dict__}


def lines_of(run: Run) -> Iterator[str]:
    """The lines of a run file: head, cases, rows, in an order that does not depend on which was played first."""
    order = {key: number for number, key in enumerate(run.cases)}
    yield as_line({"line": "head", "format": FORMAT, **run.head})
    yield from (as_line(case_line(suite, case)) for (suite, _), case in run.cases.items())
    ranked = sorted(run.rows, key=lambda row: (order.get((row.suite, row.case), 0), row.repeat))
    yield from (as_line(row.document()) for row in ranked)


def as_line(data: dict[str, Any]) -> str:
    """One object as a line."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def load_run(path: Path) -> Run:
    """A run from its file; a line cut off at the end is left out. Raises UnreadableFile when it is none."""
    try:
        lines = lines_in(path)
    except (OSError, UnicodeError) as error:
        raise _no_run(path, str(getattr(error, "strerror", "") or "It is no text.")) from None
    run: Run | None = None
    for number, line in enumerate(lines, 1):
        try:
            data = json.loads(line)
            kind = data.pop("line")
            if kind == "head" and run is None and data.pop("format") == FORMAT:
                run = Run(data)
            elif kind == "case" and run is not None:
                suite = data.pop("suite")
                run.cases[(suite, data["id"])] = Case(**data)
            elif kind == "row" and run is not None:
                run.rows.append(_row(data))
            else:
                raise KeyError(kind)
        except (ValueError, KeyError, TypeError, AttributeError):
            if run is not None and number == len(lines) and not line.endswith("\n"):
                break
            raise _no_run(path, f"Line {number} cannot be read.") from None
    if run is None:
        raise _no_run(path, "It is empty.")
    run.rows = _once(run.rows)
    return run


def lines_in(path: Path) -> list[str]:
    """The lines of a file with their ends. Only a line feed ends one: texts hold other separators."""
    parts = path.read_text(encoding="utf-8").split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _row(data: dict[str, Any]) -> Row:
    scores = {str(name): float(value) for name, value in data["scores"].items()}
    if any(not 0 <= value <= 1 for value in scores.values()):
        raise ValueError("a score lies between 0 and 1")
    return Row(**{**data, "scores": scores, "prompts": tuple(data["prompts"])})


def _once(rows: Iterable[Row]) -> list[Row]:
    """Each row once, the first that was written."""
    found: dict[tuple[str, str, int], Row] = {}
    for row in rows:
        found.setdefault(row.key, row)
    return list(found.values())


def _no_run(path: Path, why: str) -> UnreadableFile:
    return UnreadableFile(f"{path} is no eval run.", why, "`assistant eval run SUITE --out FILE` makes one.")


def write_run(run: Run, path: Path) -> None:
    """Write a run in one step, so that nobody meets half of it. Raises StorageError."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text("".join(lines_of(run)), encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StorageError(f"{path} cannot be written.", str(error.strerror or error)) from None
