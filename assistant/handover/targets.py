"""Where a target comes from: between what is needed and what simulation shows possible, never ten times, never tiny.

The shares here are planning choices, said in every reason: four fifths of a simulated gain when nobody said what is
needed, halfway between need and possibility when somebody did, at most a factor of five at once, and no target at all
(a guard instead) for a change of less than a twentieth.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from assistant.handover.shapes import Figure, Target
from assistant.language.figures.figure import TIME_KINDS
from assistant.language.figures.reading import figures_in
from assistant.process.durations import NAMED, seconds
from assistant.process.figures import SPACE, TIME, amount
from assistant.process.model import Measure, Process

GAIN_SHARE = 0.8
LARGEST_FACTOR = 5.0
SMALLEST_SHARE = 0.05
_CUT = re.compile(r"(?:by|minus|cut|reduce[a-z]*|-)\s*(?:about |at least )?(\d{1,2}(?:\.\d+)?)\s*(?:%|per ?cent)", re.I)
_TIME_WORDS = re.compile(r"time|fast|quick|speed|wait|lead|days|hours|turnaround|soon", re.I)


class Need(NamedTuple):
    """What somebody needs: the figure (None: only words), and who said it in which words."""

    value: float | None
    text: str


def seconds_in(text: str) -> float | None:
    """The first length of time in a text, in seconds: 'answered within 5 days' is 432,000."""
    times = [figure for figure in figures_in(text) if figure.kind in TIME_KINDS and not figure.vague]
    return seconds(times[0].low, times[0].unit) if times else None


def measure_seconds(measure: Measure, value: float | None) -> float | None:
    """A stated figure of the process in seconds, when its unit is one of time."""
    named = NAMED.get(measure.unit.strip().lower())
    return seconds(value * named.size, named.unit) if value is not None and named else None


def time_need(process: Process, goal: str | None, baseline: float | None) -> Need:
    """How fast it has to be, and who said so: a stated target, the goal, a customer's need; else that nobody said."""
    for measure in process.measures:
        wanted = measure_seconds(measure, measure.target)
        if wanted is not None:
            return Need(wanted, f"stated target for “{measure.name}”")
    if goal and _TIME_WORDS.search(goal):
        cut = _CUT.search(goal)
        if cut and baseline:
            return Need(baseline * (1 - float(cut[1]) / 100), f"the goal “{goal}”")
        if re.search(r"\bhal(f|ve|ving)\b", goal, re.I) and baseline:
            return Need(baseline / 2, f"the goal “{goal}”")
        wanted = seconds_in(goal)
        if wanted is not None:
            return Need(wanted, f"the goal “{goal}”")
    for customer in process.customers:
        for need in customer.needs:
            wanted = seconds_in(need)
            if wanted is not None:
                return Need(wanted, f"{customer.name}: “{need}”")
    return Need(None, "Nobody has said what is needed: ask")


class Aim(NamedTuple):
    """Two ends of a target: today's figure and what is possible; `lower` says whether less is better."""

    baseline: float
    possible: float
    unit: str
    lower: bool

    @property
    def size(self) -> float:
        """What a change is compared with: today's figure, for shares the smaller of the share and what it lacks."""
        if self.unit == "share":
            return min(abs(self.baseline), 1.0 - self.baseline) or self.badness(self.baseline)
        return abs(self.baseline)

    def badness(self, value: float) -> float:
        """The figure on a scale where less is better and 0 is perfect."""
        return value if self.lower else (1.0 - value if self.unit == "share" else -value)

    def figure(self, badness: float) -> float:
        """Back from that scale."""
        return badness if self.lower else (1.0 - badness if self.unit == "share" else -badness)


def target(aim: Aim, possible: Figure, need: Need) -> Target:
    """The target for a measure whose baseline and possible figure are known."""
    now, best = aim.badness(aim.baseline), aim.badness(aim.possible)
    if now <= 0 or now - best < SMALLEST_SHARE * aim.size:
        return hold(aim, possible, need)
    goal, reason = _between(aim, now, best, need)
    floor = now / LARGEST_FACTOR
    if not aim.lower and aim.unit == "share":
        floor = max(floor, aim.badness(min(1.0, LARGEST_FACTOR * aim.baseline)))
    if goal < floor:
        goal = floor
        reason = f"A first step of a factor of {LARGEST_FACTOR:.0f}; more looks possible once it is met."
    wanted = aim.badness(need.value) if need.value is not None else now
    value = _rounded(aim.figure(goal), aim, best, wanted if goal <= wanted < now else now)
    needed = Figure(value=need.value, unit=aim.unit, basis="stated", source=need.text) if need.value else None
    return Target(
        figure=Figure(value=value, unit=aim.unit, basis="computed", rests_on=possible.rests_on, source=reason),
        need=need.text, needed=needed, possible=possible, reason=reason,
    )  # fmt: skip


def _between(aim: Aim, now: float, best: float, need: Need) -> tuple[float, str]:
    if need.value is not None and (wanted := aim.badness(need.value)) < now:
        if best <= wanted:
            reason = (
                f"Halfway between what is needed ({amount(need.value, aim.unit)}) and what the simulation shows "
                f"possible ({amount(aim.possible, aim.unit)}), so that the need is met in a bad month too."
            )
            return (wanted + best) / 2, reason
        reason = (
            f"All that the simulation shows possible. It does not reach what is needed "
            f"({amount(need.value, aim.unit)}): this redesign alone is not enough."
        )
        return best, reason
    met = "By this measure the need is met today; " if need.value is not None else "Nobody has said what is needed; "
    reason = f"{met}four fifths of the simulated gain, to {amount(aim.possible, aim.unit)}, leaves room for learning."
    return now - GAIN_SHARE * (now - best), reason


def hold(aim: Aim, possible: Figure, need: Need) -> Target:
    """A guard: the measure is to stay at least where it is."""
    word = "longer" if aim.unit == "s" else "higher" if aim.lower else "lower"
    small, value = f"{SMALLEST_SHARE * 100:.0f}{SPACE}%", aim.baseline
    reason = f"The simulation shows no gain of more than {small} here, so it is a guard: not {word} than today."
    kindest = possible.low if aim.lower else possible.high
    kindest = kindest if kindest is not None else possible.value
    if kindest is not None and aim.badness(kindest) > aim.badness(aim.baseline) + SMALLEST_SHARE * aim.size:
        value = possible.value if possible.value is not None else kindest
        reason = f"A price of the gains elsewhere: {amount(value, aim.unit)} is simulated, not {word} is accepted."
    needed = Figure(value=need.value, unit=aim.unit, basis="stated", source=need.text) if need.value else None
    figure = Figure(value=value, unit=aim.unit, basis="computed", rests_on=possible.rests_on, source=reason)
    return Target(figure=figure, need=need.text, needed=needed, possible=possible, reason=reason, hold=True)


def _rounded(value: float, aim: Aim, best: float, worst: float) -> float:
    """Two figures that can be said aloud, as long as they stay between what is possible and the `worst` accepted."""
    size = next((scale for scale, _, _ in TIME if abs(value) >= scale), 1.0) if aim.unit == "s" else 1.0
    scaled = value / size
    if not scaled:
        return value
    digits = 1 - math.floor(math.log10(abs(scaled)))
    short = round(scaled, digits) * size
    return short if best <= aim.badness(short) <= worst and short != aim.baseline else value
