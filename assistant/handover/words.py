"""A figure of the package as it stands in a sentence. Numbers are written by `assistant.process.figures`."""

from __future__ import annotations

from assistant.handover.shapes import UNKNOWN, Figure
from assistant.process.figures import amount, interval


def say(figure: Figure) -> str:
    """A figure as it stands in a sentence: its value, or its range when there is no middle, or that it is unknown."""
    if figure.value is None:
        return interval(figure.low, figure.high, figure.unit) or UNKNOWN
    return amount(figure.value, figure.unit)
