"""A process as a reader wants it: without the notes of where each thing was said."""

from __future__ import annotations

from typing import Any

from assistant.process.codec import from_data
from assistant.process.model import Process

HIDDEN = ("span",)


def without_sources(process: Process) -> Process:
    """The same process without the places in the text its elements came from, and without `stated` on steps.

    Figures keep their basis (a reader must see what a number rests on) but not their notes.
    """
    return from_data(_stripped({"schema": process.schema_, **process.document()}))


def _stripped(node: Any) -> Any:
    if isinstance(node, list):
        return [_stripped(item) for item in node]
    if not isinstance(node, dict):
        return node
    figure = "kind" in node and "unit" in node
    step = "id" in node and node.get("basis") == "stated" and not figure
    kept = {key: value for key, value in node.items() if key not in HIDDEN and not (step and key == "basis")}
    return {key: _stripped(value) for key, value in kept.items() if not (figure and key == "note")}
