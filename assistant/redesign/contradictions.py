"""What was told of the whole against what follows from the parts: where they disagree, one of them is wrong.

No headline stands on such a figure; it is the first question.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import TYPE_CHECKING, NamedTuple

from assistant.process.durations import UNITS, humane
from assistant.process.figures import percent
from assistant.process.model import Measure, Process
from assistant.process.questions import Question

if TYPE_CHECKING:
    from assistant.simulation.results import Result

MOST_APART = 0.3
"""Share of the told figure by which the computed one may differ."""
MOST_FILLED = 0.3
"""Share of the hands-on time that may be filled in where a told one is held against it."""
MOST_GUESSED = 0.5
"""Share of the time of a case that may be filled in where a told one is held against it."""
TIMES = (
    ("waiting_time", re.compile(r"\bwait", re.I)),
    ("work_time", re.compile(r"\b(work|hands[- ]on|effort|touch)", re.I)),
    ("cycle_time", re.compile(r"\b(cycle|lead|throughput|turnaround|total|overall|end[- ]to[- ]end|elapsed)", re.I)),
)
BUSY = re.compile(r"\b(utili[sz]|busy|booked|load(ed)?|occupied|occupancy)", re.I)


class Contradiction(NamedTuple):
    """A told figure and the computed one, in words with their units, and which measure it is."""

    measure: Measure
    told: str
    computed: str

    @property
    def text(self) -> str:
        """The contradiction in a sentence."""
        return f"You said {_name(self.measure)} is {self.told}; by the single figures it is {self.computed}."

    @property
    def question(self) -> Question:
        """What has to be asked before anything else."""
        return Question(
            id=f"contradiction:{self.measure.id}",
            text=f"{self.text} Which of them is right, and what was left out or read wrongly?",
            why="A redesign of figures that contradict each other promises what nobody can hold.",
            weight=1.0,
            field="measures",
        )


def contradictions(
    process: Process, today: Result | None, filled: float = 0.0, elapsed: float = 0.0
) -> tuple[Contradiction, ...]:
    """The told totals and loads that today's play misses by more than `MOST_APART`.

    `filled` and `elapsed` (0 to 1) are how much of the hands-on time and of the time of a case nobody told: what we
    filled in ourselves contradicts nobody.
    Where more comes than can be done, queues grow with every case played, and no time of that play says anything.
    """
    if today is None:
        return ()
    endless = today.endless
    silent = {"work_time"} if filled > MOST_FILLED else set()
    silent |= {"waiting_time", "cycle_time"} if endless or elapsed > MOST_GUESSED else set()
    found = (_against(process, measure, today, silent) for measure in process.measures)
    return tuple(against for against in found if against is not None)


def _against(process: Process, measure: Measure, today: Result, silent: Set[str]) -> Contradiction | None:
    if measure.value is None or measure.value <= 0:
        return None
    seconds = UNITS.get(measure.unit)
    if seconds is not None:
        name = next((name for name, words in TIMES if words.search(measure.name)), None)
        if name is None or name in silent:
            return None
        told, found = measure.value * seconds, float(getattr(today, name).mean)
        # parts that add up to less than the whole are what nobody told yet; parts that exceed it cannot be right
        return Contradiction(measure, humane(told), humane(found)) if found > told and _apart(told, found) else None
    if not BUSY.search(measure.name) or measure.unit not in ("%", "share", "percent"):
        return None
    load = _load(process, measure, today)
    told = measure.value if measure.unit == "share" else measure.value / 100
    # people have other work beside this: less than was told is what nobody told yet, more cannot be right
    return Contradiction(measure, percent(told), percent(load)) if load and load > told and _apart(told, load) else None


def told_time(process: Process) -> float | None:
    """The time somebody gave for the whole of a case, in seconds; None when nobody did."""
    for measure in process.measures:
        size = UNITS.get(measure.unit)
        if measure.value and size and TIMES[2][1].search(measure.name):
            return measure.value * size
    return None


def _load(process: Process, measure: Measure, today: Result) -> float | None:
    """The computed load of the role a measure names; None where nobody said how many people it has."""
    limited = {role.id for role in process.roles if role.capacity}
    named = [role for name, role in today.roles.items() if role.id in limited and name.lower() in measure.name.lower()]
    return float(named[0].load.mean) if len(named) == 1 else None


def _apart(told: float, computed: float) -> bool:
    return abs(computed - told) > MOST_APART * told


def _name(measure: Measure) -> str:
    return f"the {measure.name[:1].lower()}{measure.name[1:]}"
