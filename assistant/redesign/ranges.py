"""How far an effect may lie from its figure: over what nobody told, as well as over chance.

Each figure nobody gave is drawn from its range (`unknowns`), today's process and the changed one are played with the
same draws and the same random numbers, and the effect is bounded by the ends of the draws, widened by the chance in the
main play. Every figure goes evenly through its range, so the ends of 24 draws leave out about a 25th on each side.
Where every figure was told, chance is all there is.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from assistant.errors import AssistantError
from assistant.process.apply import apply
from assistant.process.blocks import End, Loop, Task
from assistant.process.edits import Edit
from assistant.process.expected import visit_rates
from assistant.process.model import Process
from assistant.process.tree import walk
from assistant.redesign.brief import DRAWS, LEAST_CASES, USUAL_SIZE
from assistant.redesign.effects import INDEX_POINTS, flexibility_index
from assistant.redesign.effects import played as played_effects
from assistant.redesign.endings import is_negative
from assistant.redesign.shapes import Effect, Filled
from assistant.redesign.unknown_effects import unknown
from assistant.redesign.unknowns import At, Unknowns
from assistant.redesign.verdict import counts
from assistant.settings import RedesignSettings
from assistant.simulation.relief import overloads

if TYPE_CHECKING:
    from assistant.simulation.results import Result

CASES = 80
FEWEST = 10
MOST_OFF = 2.0
TELLING, WIDE = 0.4, 0.2
"""How closely an unknown figure must go with the effect, and how wide the range must be, for it to be named."""


class Played(NamedTuple):
    """One draw: the process before and after under it, and the effects in a short play."""

    pair: tuple[Process, Process]
    effects: dict[str, Effect]


class Ranges:
    """The ranges of the effects of changes to one process, as it is played. `total` is the told time of a case, in
    seconds: for the time, draws that come nearest to it count, as it says something about the figures nobody gave.
    `rates_told` as in `Unknowns`."""

    def __init__(
        self, before: Process, filled: Sequence[Filled], seed: int, limits: RedesignSettings,
        total: float | None = None, draws: int | None = None, rates_told: bool = False,
    ) -> None:  # fmt: skip
        self.before, self.seed, self.limits, self.total = before, seed, limits, total
        self.unknowns = Unknowns(before, filled, rates_told)
        self.count = DRAWS if draws is None else draws
        self._places: dict[str, list[float]] = {}
        self._drawn: dict[int, tuple[Process, Result] | None] = {}

    def of(self, found: Mapping[str, Effect], after: Process, edits: Sequence[Edit]) -> dict[str, Effect]:
        """The effects with their ranges; `edits` lead from the process to `after`."""
        found = {
            name: replace(effect, chance_low=effect.low, chance_high=effect.high) for name, effect in found.items()
        }
        names = self.unknowns.names(after, edits) if edits and self.count else {}
        if not names:
            return found
        base = self._effects(self.before, self._play(self.before), after)
        played = {} if base is None else self._all(edits)
        if base is None or len(played) < FEWEST:
            return found
        pair = (self.before, after)
        ranged = {name: self._ranged(effect, pair, base, played, names) for name, effect in found.items()}
        if (index := ranged.get("flexibility")) is not None:
            ranged["flexibility"] = self._one_way(index, played, names)
        return ranged

    def _one_way(self, index: Effect, played: Mapping[int, Played], names: Mapping[str, str]) -> Effect:
        """The flexibility index, unknown where the draws move it either way."""
        moves = {number: moved_index(*draw.pair) for number, draw in played.items()}
        if index.better is None or all((move if index.better else -move) >= INDEX_POINTS for move in moves.values()):
            return index
        return unknown(index, either_way(self._decides(moves, names)))

    def _all(self, edits: Sequence[Edit]) -> dict[int, Played]:
        found: dict[int, Played] = {}
        for number in range(self.count):
            start = self._start(number)
            if start is None:
                continue
            try:
                after = self.unknowns.sized(apply(start[0], edits), edits, self._at(number))
            except AssistantError:
                continue
            if (effect := self._effects(start[0], start[1], after)) is not None:
                found[number] = Played((start[0], after), effect)
        return found

    def _start(self, number: int) -> tuple[Process, Result] | None:
        """Today's process under one draw, played once for all changes."""
        if number not in self._drawn:
            process = self.unknowns.drawn(self.before, self._at(number))
            run = self._play(process)
            self._drawn[number] = (process, run) if run is not None else None
        return self._drawn[number]

    def _near(self) -> list[int]:
        """The draws to count: all, or the half whose time of a case is nearest to the one told, where any is near."""
        numbers = list(range(self.count))
        if self.total is None:
            return numbers
        starts = {number: start[1].cycle_time.mean for number in numbers if (start := self._start(number))}
        if not starts or not min(starts.values()) <= self.total <= max(starts.values()):
            return numbers
        total = self.total
        return sorted(
            sorted(starts, key=lambda number: abs(starts[number] - total))[: max(FEWEST * 2, len(starts) // 2)]
        )

    def _effects(self, before: Process, run: Result | None, after: Process) -> dict[str, Effect] | None:
        then = self._play(after)
        if run is None or then is None:
            return None
        return played_effects(before, after, (run, then))

    def _play(self, process: Process) -> Result | None:
        from assistant.simulation.made_before import play_once
        from assistant.simulation.precision import cases_that_fit

        cases = cases_that_fit(process, CASES, USUAL_SIZE, LEAST_CASES // 2)
        lead = cases // 2 if any(role.capacity is not None for role in process.roles) else 0
        try:
            return play_once(process, cases=cases, seed=self.seed, lead=lead)
        except AssistantError:
            return None

    def _at(self, number: int) -> At:
        """Where each figure lies in its range in one draw: every figure goes evenly through its whole range."""

        def place(key: str) -> float:
            if key not in self._places:
                dice = random.Random(f"{self.seed}:{key}")
                slots = [(slot + dice.random()) / self.count for slot in range(self.count)]
                dice.shuffle(slots)
                self._places[key] = slots
            return self._places[key][number]

        return place

    def _ranged(
        self,
        one: Effect,
        pair: tuple[Process, Process],
        base: Mapping[str, Effect],
        played: Mapping[int, Played],
        names: Mapping[str, str],
    ) -> Effect:
        middle = base.get(one.dimension)
        if middle is None or one.change is None or one.low is None or one.high is None or middle.change is None:
            return one
        if one.dimension == "time":  # what was told of the whole says nothing of the work in it
            near = self._near()
            played = _settled({number: draw for number, draw in played.items() if number in near} or played)
        shifts = _shares(one, pair, played) if one.dimension == "quality" else {}
        shifts = shifts or {
            number: shift(one.change, middle.change, effect.change)
            for number, (_, effects) in played.items()
            if (effect := effects[one.dimension]).change is not None and effect.measure == middle.measure
        }
        if len(shifts) < FEWEST:
            return one
        ends = (min(shifts.values()), max(shifts.values()))
        low, high = min(one.low, one.low + ends[0]), max(one.high, one.high + ends[1])
        depends = self._decides(shifts, names) if ends[1] - ends[0] > WIDE * abs(one.change) else ""
        return judged(replace(one, low=low, high=high, depends=depends), self.limits)

    def _decides(self, shifts: Mapping[int, float], names: Mapping[str, str]) -> str:
        """The unknown figure that goes most closely with the effect, in words."""
        if max(shifts.values()) - min(shifts.values()) < 1e-9:
            return ""
        close = {key: abs(correlation([self._at(n)(key) for n in shifts], list(shifts.values()))) for key in names}
        best = max(close, key=lambda key: close[key])
        return names[best] if close[best] >= TELLING else ""


def _settled(played: Mapping[int, Played]) -> Mapping[int, Played]:
    """The draws in which nobody has more work than time, before or after: a queue that grows with every case played,
    or a told wait put in for it on one side, is no effect of the change on the time of a case. All of them, where too
    few are left."""
    left = {number: draw for number, draw in played.items() if not any(map(overloads, draw.pair))}
    return left if len(left) >= FEWEST else played


def moved_index(before: Process, after: Process) -> float:
    """By how many points a change moves the flexibility index."""
    return flexibility_index(after) - flexibility_index(before)


def either_way(what: str) -> str:
    """Why it is not known which way an effect goes: what decides it, if that is known, was given by nobody."""
    if not what:
        return "which way it goes rests on figures that nobody gave"
    return f"which way it goes rests on {what}, which nobody gave"


def shift(change: float, short: float, drawn: float) -> float:
    """How far a draw moves a change: by the play's own measure, which a short play gets in proportion.

    `short` and `drawn` are the short plays without and with the draw, on the same random numbers.
    """
    if short and 1 / MOST_OFF <= change / short <= MOST_OFF:
        return (drawn - short) * change / short
    return drawn - short


def _shares(one: Effect, pair: tuple[Process, Process], played: Mapping[int, Played]) -> dict[int, float]:
    """How the draws move a share of cases: in proportion to its closed form, as a short play counts too few cases.

    Empty where there is no closed form for the measure.
    """
    middle = [share_of_bad(process, one.measure) for process in pair]
    if one.before is None or one.after is None or one.change is None or not middle[0]:
        return {}
    sign = 1.0 if one.measure == "rework" else -1.0
    levels = [value if one.measure == "rework" else 1 - value for value in (one.before, one.after)]
    scale = [level / bad if bad else 1.0 for level, bad in zip(levels, middle, strict=True)]
    found = {}
    for number, (drawn, _) in played.items():
        before, after = (
            min(1.0, share_of_bad(process, one.measure) * by) for process, by in zip(drawn, scale, strict=True)
        )
        found[number] = sign * (after - before) - one.change
    return found


def share_of_bad(process: Process, measure: str) -> float:
    """The share of cases with work done again, with an error left, or with a bad end, as far as a formula gives it."""
    rates = visit_rates(process)
    steps = list(walk(process))
    if measure == "ends_well":
        return sum(rates[step.id] for step in steps if isinstance(step, End) and is_negative(step))
    good = 1.0
    for step in steps:
        if isinstance(step, Loop) and measure == "rework":
            good *= 1 - min(1.0, rates[step.id]) * (step.p or 0.0)
        elif isinstance(step, Task) and step.error_rate and (measure == "rework" or not step.found_at):
            good *= 1 - min(1.0, rates[step.id]) * step.error_rate
    return 1 - good


def judged(one: Effect, limits: RedesignSettings) -> Effect:
    """The effect judged again by its range: neither better nor worse where the range holds no change."""
    if one.low is None or one.high is None or one.better is None:
        return one
    if one.low <= 0 <= one.high:
        return replace(one, better=None)
    return one if counts(one, limits) else replace(one, better=None, small=True)


def correlation(a: Sequence[float], b: Sequence[float]) -> float:
    """Pearson's correlation of two rows of figures; 0 where one of them does not vary."""
    n = len(a)
    mean_a, mean_b = sum(a) / n, sum(b) / n
    top = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    below = (sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)) ** 0.5
    return top / below if below else 0.0
