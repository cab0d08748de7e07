"""A process as an eval keeps it: what a map shows and a score needs, without places in the text and remarks."""

from __future__ import annotations

from typing import Any

from assistant.process.codec import from_data
from assistant.process.model import SCHEMA, Process
from assistant.redesign.shapes import process_document

LEFT_OUT = frozenset({"span", "basis", "p_basis", "capacity_basis", "cost_basis", "note", "assumptions", "remarks",
                      "schema", "text", "measures"})  # fmt: skip


def compact(process: Process) -> dict[str, Any]:
    """The process as JSON data, short."""
    found: dict[str, Any] = _bare(process_document(process))
    return found


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if key not in LEFT_OUT}
    return [_bare(item) for item in value] if isinstance(value, list) else value


def opened(data: dict[str, Any]) -> Process:
    """The process again. Raises InvalidProcess."""
    return from_data({"schema": SCHEMA, **data})
