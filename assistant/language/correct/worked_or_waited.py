"""A length of time told with a new step: how long it is worked on, or how long one waits for what comes of it."""

from __future__ import annotations

import math

from assistant.language.figures.figure import Figure
from assistant.language.figures.stated import as_duration
from assistant.process.durations import UNITS, Duration

ASKED_FOR = frozenset("order reorder request ask apply".split())
"""What is done in minutes and answered in days: `he orders it, four days`."""


def told_time(name: str, figure: Figure, most: float = math.inf) -> dict[str, Duration]:
    """The time of a step of some name, as the field it belongs in: the days behind what is only asked for are waited
    for, and so is what is longer than the `most` that anybody works through, in seconds."""
    asked = figure.seconds() >= UNITS["d"] and name.split()[0].lower() in ASKED_FOR
    waits = asked or figure.seconds() > most
    return {"wait" if waits else "work": as_duration(figure, not waits).model_copy(update={"span": None})}
