"""How far the difference of two processes may lie from its figure, over what nobody gave in either.

Two processes that were told apart have unknown figures of their own. Each is drawn from its range (`unknowns`), the
same figure of the same step alike on both sides, and the closed form says how far the difference moves. Where it goes
either way, the difference rests on what was filled in: it is not known, and what decides is named.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.process.describe import name_of
from assistant.process.expected import expected
from assistant.process.model import Process
from assistant.process.tree import branches, by_id
from assistant.redesign.effects import INDEX_POINTS, UNKNOWN
from assistant.redesign.ranges import correlation, either_way, judged, moved_index, share_of_bad, shift
from assistant.redesign.shapes import Completed, Effect
from assistant.redesign.unknown_effects import unknown
from assistant.redesign.unknowns import At, Unknowns
from assistant.redesign.words import listed
from assistant.settings import RedesignSettings

DRAWS = 48
TELLING = 0.3
"""How closely an unknown figure must go with the difference to be named."""
MEASURES = {"cycle_time": "elapsed", "cost_per_case": "cost", "cost_per_good_case": "cost", "work_time": "work"}
Sides = tuple[Completed, Completed]
Values = dict[str, list[float]]


def between(effects: Mapping[str, Effect], sides: Sides, seed: int, limits: RedesignSettings) -> dict[str, Effect]:
    """The effects with ranges over the unknown figures of both sides; unknown where these decide which way it goes."""
    places: Values = {}
    names: dict[str, str] = {}
    ours = _mine(sides)
    pairs = [tuple(_drawn(side, _at(ours[k], number, seed, places)) for k, side in enumerate(sides))
             for number in range(DRAWS)]  # fmt: skip
    for side, own in zip(sides, ours, strict=True):
        words = Unknowns(side.process, side.filled).names(side.process)
        names |= {own(key): told for key, told in words.items() if key != "volume"}
    if not names:
        return dict(effects)
    middle = (sides[0].process, sides[1].process)
    found = {}
    for name, effect in effects.items():
        if name == "flexibility" and effect.better is not None:
            moves = [moved_index(before, after) for before, after in pairs]
            sure = all((move if effect.better else -move) >= INDEX_POINTS for move in moves)
            found[name] = effect if sure else unknown(effect, either_way(_deciding(moves, places, names)))
            continue
        level = _level(effect)
        if level is None or effect.change is None:
            found[name] = effect
            continue
        base = level(middle[1]) - level(middle[0])
        shifts = [shift(effect.change, base, level(after) - level(before)) for before, after in pairs]
        found[name] = _ranged(effect, shifts, places, names, limits)
    return found


def _mine(sides: Sides) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """For each side how its figures are called: a figure of the same step has one name on both."""
    told = [_labels(side.process) for side in sides]
    shared = {name for name in told[0] if told[1].get(name) == told[0][name]}

    def after(key: str) -> str:
        return key if key.partition(":")[0] in shared else f"after:{key}"

    return str, after


def _labels(process: Process) -> dict[str, str]:
    """Steps, ways and roles by id, in words that tell one from another."""
    found = {name: f"{type(step).__name__} {name_of(step)}" for name, step in by_id(process).items()}
    found |= {name: f"way {way[1].when}" for name, way in branches(process).items()}
    return found | {role.id: f"role {role.name}" for role in process.roles}


def _at(own: Callable[[str], str], number: int, seed: int, places: Values) -> At:
    def place(key: str) -> float:
        name = own(key)
        if name not in places:
            dice = random.Random(f"{seed}:{name}")
            places[name] = [(slot + dice.random()) / DRAWS for slot in range(DRAWS)]
            dice.shuffle(places[name])
        return places[name][number]

    return place


def _drawn(side: Completed, at: At) -> Process:
    return Unknowns(side.process, side.filled).drawn(side.process, at)


def _level(one: Effect) -> Callable[[Process], float] | None:
    """The closed form of what an effect measures; None where there is none or nothing is known anyway."""
    if one.basis == UNKNOWN or one.low is None or one.high is None:
        return None
    if one.dimension == "quality":
        sign = 1.0 if one.measure == "rework" else -1.0
        return lambda process: sign * share_of_bad(process, one.measure)
    measure = MEASURES.get(one.measure)
    return (lambda process: float(getattr(expected(process), measure).value)) if measure else None


def _ranged(one: Effect, shifts: list[float], places: Values, names: Mapping[str, str],
            limits: RedesignSettings) -> Effect:  # fmt: skip
    if one.low is None or one.high is None or one.change is None:
        return one
    ends = (min(shifts), max(shifts))
    wide = replace(one, chance_low=one.low, chance_high=one.high, low=min(one.low, one.low + ends[0]),
                   high=max(one.high, one.high + ends[1]))  # fmt: skip
    seen = judged(wide, limits)
    least = limits.quality_tolerance if one.dimension == "quality" else limits.worth * abs(one.before or 0.0)
    either = one.change + ends[0] < -least and one.change + ends[1] > least
    if either or (one.better is not None and seen.better is None and not seen.small):
        what = _deciding(shifts, places, names)
        return unknown(one, either_way(what))
    return seen


def _deciding(shifts: list[float], places: Values, names: Mapping[str, str]) -> str:
    """The unknown figures that go most closely with the difference, in words."""
    close = {name: abs(correlation(places[name], shifts)) for name in names if name in places}
    ranked = sorted(close, key=lambda name: -close[name])
    told = [names[name] for name in ranked if close[name] >= TELLING] or [names[name] for name in ranked[:1]]
    return listed(list(dict.fromkeys(told)), 3)
