"""The small values of library entries: lines, keys, chances, and times as `2-5-15 min (S1)`."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from assistant.process.durations import Basis, Model, Positive, Triangular, Unit

ESTIMATE = "author estimate"
Line = Annotated[str, Field(min_length=1, max_length=400)]
Prose = Annotated[str, Field(min_length=1, max_length=2000)]
Key = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Code = Annotated[str, Field(pattern=r"^[A-Z]{1,3}[0-9]{2,4}$")]
Chance = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Grade = Literal["A", "B", "C", "D"]
Sign = Literal["+", "-", "0"]
Waste = Literal[
    "waiting", "transport", "inventory", "motion", "over-production", "over-processing", "defects", "skills", "none"
]
_RANGE = re.compile(r"^\s*([\d.]+)\s*(?:-\s*([\d.]+)\s*-\s*([\d.]+))?\s*(s|min|h|d|w)\s*(?:\(([^()]{1,80})\))?\s*$")


def _range(value: Any) -> Any:
    """`2-5-15 min (S1)` is low, most often, high, unit and basis; `10 min` is always ten minutes."""
    if not isinstance(value, str):
        return value
    found = _RANGE.match(value)
    if not found:
        raise ValueError("a range is written LOW-MODE-HIGH UNIT, such as `2-5-15 min` or `1-3-10 d (S1)`")
    low, mode, high, unit, basis = found.groups()
    return {"low": low, "mode": mode or low, "high": high or low, "unit": unit, "basis": basis or ESTIMATE}


class Range(Model):
    """A typical time: `low`, `mode` (most often), `high`, in `unit`, and what it rests on."""

    low: Positive
    mode: Positive
    high: Positive
    unit: Unit
    basis: Line = ESTIMATE

    @model_validator(mode="after")
    def _rising(self) -> Range:
        if not self.low <= self.mode <= self.high:
            raise ValueError("low, mode and high must rise")
        return self

    def duration(self, origin: str) -> Triangular:
        """The range as a triangular duration with basis `library` and a note that says where it comes from."""
        return Triangular(
            low=self.low,
            mode=self.mode,
            high=self.high,
            unit=self.unit,
            basis=Basis.LIBRARY,
            note=f"{origin} ({self.basis})",
        )


Times = Annotated[
    Range,
    BeforeValidator(_range),
    WithJsonSchema(
        {"type": "string", "pattern": _RANGE.pattern, "description": "LOW-MODE-HIGH UNIT (SOURCE), such as 2-5-15 min."}
    ),
]

WaitCause = Literal[
    "batching", "contention", "prioritisation", "unavailability", "external", "transfer", "other", None
]  # fmt: skip
