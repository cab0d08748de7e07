"""Running a suite: every case scored by itself, a case that fails counted and named, the whole written down."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError, UnreadableFile, UsageError
from assistant.evals.statistics import detectable, estimate, interval

FORMAT = 1
LEAST_PAIRS = 5


@dataclass(frozen=True)
class Case:
    """One case with a known answer: its id, what is given, and what should come out."""

    id: str
    given: Any
    expected: Any


@dataclass(frozen=True)
class Suite:
    """Cases of one kind, how one is scored (0 to 1 a score), and which score decides a comparison."""

    name: str
    about: str
    main: str
    load: Callable[[], list[Case]]
    score: Callable[[Case, Any], dict[str, float]]


def run_suite(
    suite: Suite, model: Any, made_by: str, only: int | None = None, tell: Callable[[str], None] | None = None
) -> dict[str, Any]:
    """Play a suite: the document of `eval run --json`, with a row a case for comparing. `tell` hears how far it is."""
    cases = suite.load()[:only]
    started = time.perf_counter()
    rows: list[dict[str, Any]] = []
    errors: list[dict[str, str]] = []
    for number, case in enumerate(cases):
        if tell is not None:
            tell(f"{suite.name}: {number} of {len(cases)} cases played …")
        try:
            rows.append({"id": case.id, "scores": suite.score(case, model)})
        except AssistantError as error:
            errors.append({"id": case.id, "error": " ".join(str(error).split())})
            rows.append({"id": case.id, "scores": {}})
    names = list(dict.fromkeys(name for row in rows for name in row["scores"]))
    usage = getattr(model, "usage", None)
    return {
        "format": FORMAT,
        "suite": suite.name,
        "model": made_by,
        "main": suite.main,
        "cases": len(cases),
        "fingerprint": fingerprint(cases),
        "scores": {name: estimate([row["scores"].get(name, 0.0) for row in rows]) for name in names},
        "errors": errors,
        "cost": getattr(usage, "cost", 0.0) if model is not None else 0.0,
        "seconds": round(time.perf_counter() - started, 2),
        "rows": rows,
    }


def fingerprint(cases: Iterable[Case]) -> str:
    """A hash of the cases: runs on other cases cannot be compared."""
    text = json.dumps([[case.id, case.given, case.expected] for case in cases], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def compare_runs(a: dict[str, Any], b: dict[str, Any]) -> dict[str, Any]:
    """Whether run b is better than run a: paired by case on the suite's main score.

    better or worse: the 95 % interval of the mean difference leaves zero out; no evidence: it holds zero; cannot tell:
    other cases, another suite, or fewer than five pairs.
    """
    ours = {row["id"]: row["scores"].get(a["main"], 0.0) for row in a["rows"]}
    theirs = {row["id"]: row["scores"].get(a["main"], 0.0) for row in b["rows"]}
    shared = sorted(ours.keys() & theirs.keys())
    differences = [theirs[id_] - ours[id_] for id_ in shared]
    changes = [
        {"case": id_, "before": round(ours[id_], 4), "after": round(theirs[id_], 4)}
        for id_ in sorted(shared, key=lambda id_: theirs[id_] - ours[id_])
        if abs(theirs[id_] - ours[id_]) > 1e-9
    ]
    document = {
        "suite": a["suite"], "score": a["main"], "pairs": len(shared), "changes": changes,
        "detectable": round(detectable(differences), 4), "difference": estimate(differences),
    }  # fmt: skip
    if a["suite"] != b["suite"] or a["fingerprint"] != b["fingerprint"] or len(shared) < LEAST_PAIRS:
        why = "the runs were made on different cases" if len(shared) >= LEAST_PAIRS else "too few cases are shared"
        return {"verdict": "cannot tell", "why": why, **document}
    low, high = interval(differences)
    verdict = "better" if low > 0 else "worse" if high < 0 else "no evidence"
    return {"verdict": verdict, "why": f"mean difference between {low:+.3f} and {high:+.3f} (95 %)", **document}


def load_run(path: Path) -> dict[str, Any]:
    """A run from its file. Raises UnreadableFile when it is none."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != FORMAT or not isinstance(document["rows"], list):
            raise KeyError("format")
    except (OSError, ValueError, KeyError, TypeError):
        raise UnreadableFile(
            f"{path} is no eval run.", remedy="`assistant eval run SUITE --out FILE` makes one."
        ) from None
    return dict(document)


def named(suites: Iterable[Suite], name: str) -> Suite:
    """The suite of that name. Raises UsageError naming those there are."""
    found = {suite.name: suite for suite in suites}
    if name not in found:
        raise UsageError(f"There is no suite named {name!r}.", remedy=f"There are: {', '.join(found)}.")
    return found[name]
