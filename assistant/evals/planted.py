"""The processes with planted pains: reading them, and scoring findings against what was planted.

`evals/planted/README.md` says what a file holds. Recall is over planted pains, precision over findings: a finding is
right when a pain (planted, or one that is right to report) names its kind or one of its practices and an element of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import InvalidProcess
from assistant.process.codec import from_data
from assistant.process.durations import UNITS
from assistant.process.model import Process
from assistant.redesign.shapes import Finding
from assistant.settings import bundled, plain_yaml

_NUMBER = r"(\d+(?:\.\d+)?)"
_UNIT = r"\s*(s|min|h|d|w)$"
_FORMS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("fixed", ("value",), rf"^{_NUMBER}"),
    ("uniform", ("low", "high"), rf"^{_NUMBER}\.\.{_NUMBER}"),
    ("triangular", ("low", "mode", "high"), rf"^{_NUMBER}/{_NUMBER}/{_NUMBER}"),
    ("lognormal", ("mean", "sd"), rf"^{_NUMBER}\+-{_NUMBER}"),
)
_DURATIONS = frozenset({"work", "wait", "setup", "duration", "every", "valid_for", "between"})


@dataclass(frozen=True)
class Pain:
    """One pain: in words, where it sits, which practices or kinds of finding name it. `planted`: counts in recall."""

    text: str
    elements: frozenset[str]
    practices: frozenset[str]
    kinds: frozenset[str]
    planted: bool

    def met_by(self, finding: Finding) -> bool:
        """Whether a finding names this pain."""
        named = finding.kind in self.kinds or bool(self.practices & set(finding.practices))
        return named and bool(self.elements & set(finding.elements))


@dataclass(frozen=True)
class Planted:
    """One process with its pains (none: a clean one)."""

    name: str
    process: Process
    pains: tuple[Pain, ...]


@dataclass(frozen=True)
class Score:
    """How well findings met the planted pains of one process."""

    name: str
    planted: int
    met: int
    findings: int
    right: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def load_planted(folder: Path | None = None) -> list[Planted]:
    """All planted processes, by name. Raises InvalidProcess when a file breaks the schema."""
    place = folder or bundled("evals") / "planted"
    return [read_planted(path) for path in sorted(place.glob("*.yaml"))]


def read_planted(path: Path) -> Planted:
    """One planted process. Raises InvalidProcess."""
    try:
        data = plain_yaml(path.read_text(encoding="utf-8"))
        document, pains = data["process"], data["expect"]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise InvalidProcess(
            f"{path.name} is no planted process.", f"{error}", "See evals/planted/README.md."
        ) from None
    process = from_data({"schema": "process/1", **expanded(document)})
    return Planted(path.stem, process, tuple(_pain(pain) for pain in pains))


def _pain(data: dict[str, Any]) -> Pain:
    return Pain(
        text=data["pain"],
        elements=frozenset(data["elements"]),
        practices=frozenset(data.get("practices", ())),
        kinds=frozenset(data.get("kinds", ())),
        planted=not data.get("also", False),
    )


def expanded(data: Any) -> Any:
    """A document with its short forms written out: durations, volumes and calendars."""
    if isinstance(data, list):
        return [expanded(item) for item in data]
    if not isinstance(data, dict):
        return data
    return {key: _value(key, value) for key, value in data.items()}


def _value(key: str, value: Any) -> Any:
    if isinstance(value, str):
        if key in _DURATIONS:
            return duration(value)
        if key == "volume":
            count, unit = re.split(r"\s+per\s+", value)
            mean = UNITS[unit] / float(count)
            return {"between": {"kind": "exponential", "mean": mean, "unit": "s", "basis": "stated"}, "text": value}
        if key == "calendar":
            return [_hours(line) for line in value.split(";")]
    return expanded(value)


def duration(text: str) -> dict[str, Any]:
    """A duration from its short form; its basis is `stated`. Raises InvalidProcess."""
    for kind, fields, pattern in _FORMS:
        if found := re.match(pattern + _UNIT, text.strip()):
            *numbers, unit = found.groups()
            values = {field: float(number) for field, number in zip(fields, numbers, strict=True)}
            return {"kind": kind, **values, "unit": unit, "basis": "stated"}
    raise InvalidProcess(f"{text!r:.40} is no duration.", "Write `10 min`, `5..15 min`, `5/10/30 min` or `10+-12 min`.")


def _hours(line: str) -> dict[str, str]:
    days, times = line.split()
    start, end = times.split("-")
    return {"days": days, "from": start, "to": end}


def score(planted: Planted, findings: Iterable[Finding]) -> Score:
    """Compare findings with the pains of one process."""
    found = list(findings)
    wanted = [pain for pain in planted.pains if pain.planted]
    missed = [pain.text for pain in wanted if not any(pain.met_by(finding) for finding in found)]
    wrong = [
        f"{finding.id} {'/'.join(finding.practices)}"
        for finding in found
        if not any(p.met_by(finding) for p in planted.pains)
    ]
    return Score(
        planted.name,
        len(wanted),
        len(wanted) - len(missed),
        len(found),
        len(found) - len(wrong),
        tuple(missed),
        tuple(wrong),
    )
