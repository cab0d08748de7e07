"""What a change does to the whole time somebody told, where the steps told add up to less of it.

A play knows the steps alone. A saving of 46 days is a large share of the 73 that the steps come to and a small one of
the 570 that a case is said to take: it is said of the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.process.model import Process
from assistant.redesign.contradictions import told_time
from assistant.redesign.shapes import Effect

if TYPE_CHECKING:
    from assistant.simulation.results import Result


OPEN = 0.2
"""Share of the time told for the whole that the steps told leave open, from which on a saving is said of the whole."""


def told_beyond(process: Process, today: Result | None) -> float | None:
    """The time told for the whole of a case, in seconds, where today's play leaves much of it open."""
    told = told_time(process)
    if told is None or today is None or today.endless or today.cycle_time.mean >= (1 - OPEN) * told:
        return None
    return told


def of_the_whole(effect: Mapping[str, Effect], process: Process, today: Result | None) -> dict[str, Effect]:
    """The effects, that on time as a part of the whole that was told."""
    told, time = told_beyond(process, today), effect.get("time")
    if told is None or time is None or time.change is None or time.measure != "cycle_time":
        return dict(effect)
    return {**effect, "time": replace(time, before=told, after=told + time.change)}
