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


def calibrate(path: Path) -> dict[str, Any]:
    """Agreement of `judge` with `human` over a CSV: accepted, not accepted, or cannot tell (too few, or too wide).

    `base_rate` is the share people rated good (4 or 5): what a judge that always says so would get right. `auc`: how
    often the judge rates what people found good above what they found bad. Raises UnreadableFile when the file has not
    the columns human and judge, whole numbers from 1 to 5.
    """
    pairs = _pairs(path)
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


def _pairs(path: Path) -> list[tuple[int, int]]:
    try:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        pairs = [(int(row["human"]), int(row["judge"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        raise UnreadableFile(
            f"{path} has no ratings.", "A CSV with the columns human and judge is needed.", "Whole numbers, 1 to 5."
        ) from None
    if not pairs or any(not 1 <= value <= 5 for pair in pairs for value in pair):
        raise UnreadableFile(f"{path} has ratings outside 1 to 5, or none.", remedy="Mend the file.")
    return pairs[:MOST]
