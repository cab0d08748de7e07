"""What is to be pointed out in a drawing: which elements are new, changed, gone or a problem, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["added", "changed", "removed", "problem"]


@dataclass(frozen=True)
class Marks:
    """Marks on elements by block id: `kinds` says of which kind, `notes` (optional) a sentence about it, `signs`
    (optional) the number under which a list tells of it."""

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)
