"""A length of time that somebody asks for: the limit within which cases are to be done."""

from __future__ import annotations

from assistant.errors import UsageError
from assistant.language.figures.reading import figure_from
from assistant.process.durations import seconds


def time_limit(within: str) -> float:
    """The seconds meant by `2 d`, `90 min` or `two working weeks`. Raises UsageError when it is no length of time."""
    figure = figure_from(within, "duration")
    if figure is None:
        raise UsageError(f"“{within}” is no length of time.", remedy="Write a number and a unit: 90 min, 4 h, 2 days.")
    return seconds(figure.high, figure.unit)
