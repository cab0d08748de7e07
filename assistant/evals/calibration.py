"""Whether a judge (a model that rates answers by a rubric) agrees with people well enough to stand in for them.

A calibration holds for one judge: it is bound to the hash of the model's name, the prompt and the rubric. Change one of
them, and the judge only advises again: its scores are shown, and no verdict rests on them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.errors import StorageError, UnreadableFile
from assistant.evals.statistics import area_under_curve, kappa_interval, weighted_kappa

ACCEPTED = 0.67
"""Weighted kappa from which agreement is taken as reliable (Krippendorff's customary bound)."""
LEAST, MOST = 20, 2000
GOOD, BAD = 4, 2
FILE = "judges.json"


def judge_hash(model: str, prompt: str, rubric: str) -> str:
    """What a calibration is bound to: model, prompt and rubric, to the letter."""
    return hashlib.sha256(json.dumps([model, prompt, rubric]).encode()).hexdigest()[:16]


Marks = Callable[[str, str, str], int]
"""How a judge marks a pair (today, first, second): 1 the first is much better, 3 as good, 5 the second."""


def calibrate(path: Path, marks: Marks | None = None) -> dict[str, Any]:
    """Agreement of `judge` with `human` over a CSV: accepted, not accepted, or cannot tell (too few, or too wide).

    A file without the column judge holds the pairs themselves (today, first, second); `marks` then asks the judge.

    `base_rate` is the share people rated good (4 or 5): what a judge that always says so would get right. `auc`: how
    often the judge rates what people found good above what they found bad. Raises UnreadableFile when the file has not
    the columns, whole numbers from 1 to 5 in human and judge.
    """
    pairs = _pairs(path, marks)
    human, judge = [a for a, _ in pairs], [b for _, b in pairs]
    kappa = weighted_kappa(human, judge)
    low, high = kappa_interval(pairs)
    if len(pairs) < LEAST or len(set(human)) == 1 or (low < ACCEPTED <= kappa and high - low > 0.5):
        verdict = "cannot tell"
    else:
        verdict = "accepted" if kappa >= ACCEPTED else "not accepted"
    area = area_under_curve([b for a, b in pairs if a >= GOOD], [b for a, b in pairs if a <= BAD])
    return {
        "verdict": verdict, "kappa": round(kappa, 3), "low": round(low, 3), "high": round(high, 3),
        "cases": len(pairs), "base_rate": round(sum(a >= GOOD for a in human) / len(human), 3),
        "commonest": round(Counter(human).most_common(1)[0][1] / len(human), 3),
        "exact": round(sum(a == b for a, b in pairs) / len(pairs), 3),
        "auc": None if area is None else round(area, 3),
    }  # fmt: skip


def keep(folder: Path, judge: str, found: dict[str, Any]) -> Path:
    """Write a calibration down under the judge's hash. Raises StorageError."""
    path = folder / FILE
    known = calibrations(folder)
    known[judge] = found
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{path} cannot be written.", str(error.strerror or error)) from None
    return path


def calibrations(folder: Path) -> dict[str, Any]:
    """The calibrations that are kept, by the judge's hash. Raises UnreadableFile."""
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UnreadableFile(f"{path} cannot be read.", remedy="Mend it, or calibrate again.") from None
    return found


def may_gate(folder: Path, judge: str) -> bool:
    """Whether the judge of that hash was accepted; one that was never calibrated was not."""
    return bool(calibrations(folder).get(judge, {}).get("verdict") == "accepted")


def has_pairs(path: Path) -> bool:
    """Whether a file holds pairs of answers for the judge to mark, rather than its marks. Raises UnreadableFile, also
    for a pair that could not be marked: it is found before anybody is asked."""
    rows = _rows(path)
    if not rows or "judge" in rows[0]:
        return False
    _pairs(path, lambda *pair: 3)
    return True


def _pairs(path: Path, marks: Marks | None) -> list[tuple[int, int]]:
    rows = _rows(path)
    try:
        human = [int(row["human"]) for row in rows]
        _refuse_outside(path, human)
        if rows and "judge" not in rows[0] and marks is not None:
            judge = [marks(row["today"], row["first"], row["second"]) for row in rows]
        else:
            judge = [int(row["judge"]) for row in rows]
    except (ValueError, KeyError, TypeError):
        raise UnreadableFile(
            f"{path} has no ratings.",
            "A CSV with the columns human and judge is needed, or human, today, first and second.",
            "Whole numbers, 1 to 5.",
        ) from None
    _refuse_outside(path, judge)
    return list(zip(human, judge, strict=True))


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))[:MOST]
    except (OSError, ValueError, csv.Error) as error:
        raise UnreadableFile(f"{path} cannot be read.", str(getattr(error, "strerror", "") or "no CSV")) from None


def _refuse_outside(path: Path, values: list[int]) -> None:
    if not values or any(not 1 <= value <= 5 for value in values):
        raise UnreadableFile(f"{path} has ratings outside 1 to 5, or none.", remedy="Mend the file.")
