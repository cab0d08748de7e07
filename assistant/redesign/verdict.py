"""The balanced rule: a gain in one dimension that costs another beyond tolerance is called that, never better."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.process.durations import humane
from assistant.process.figures import interval, joined, listed, noun, percent, widened
from assistant.redesign.shapes import Effect, Verdict
from assistant.settings import RedesignSettings

BETTER, WORSE, MIXED, NONE = "better", "worse", "mixed", "no evidence"
TWICE_THE_ERRORS = 1.2
"""Errors that grow by this factor are a loss even where they stay rare."""


def judge(effects: Mapping[str, Effect], settings: RedesignSettings) -> Verdict:
    """The verdict on a change.

    A dimension is won or lost when the interval of its difference leaves out zero and the change is more than a
    tolerance. Won and nothing lost: better. Nothing won but something lost, or quality lost for whatever gain: worse.
    Something won and another (not quality) lost: mixed. Neither: no evidence. Flexibility, which is computed and not
    simulated, decides nothing alone.
    """
    won = [effect for effect in effects.values() if gained(effect, settings) and effect.dimension != "flexibility"]
    lost = [effect for effect in effects.values() if lessened(effect, settings) and effect.dimension != "flexibility"]
    if not won and not lost:
        return Verdict(NONE, _nothing_moved(effects))
    side = effects.get("flexibility")
    moved = side is not None and side.better is not None and abs(side.change or 0) >= 1
    index = f"; {said(side)}" if side is not None and moved else ""
    gains, losses = ", ".join(said(effect) for effect in won), ", ".join(said(effect) for effect in lost)
    if not lost:
        return Verdict(BETTER, gains + index)
    if not won:
        return Verdict(WORSE, losses + index)
    if any(effect.dimension == "quality" for effect in lost):
        return Verdict(WORSE, f"{losses}, although {gains}{index}")
    return Verdict(MIXED, f"{gains}, but {losses}{index}")


def _nothing_moved(effects: Mapping[str, Effect]) -> str:
    """That nothing moved, said only of what is known on both sides."""
    asked = [name for name in ("time", "cost", "quality") if name in effects]
    unknown = [name for name in asked if effects[name].change is None]
    known = [name for name in asked if name not in unknown]
    if not known:
        return f"{listed(unknown)} {noun(len(unknown), 'is', 'are')} not known"
    rest = f"; {listed(unknown)} {noun(len(unknown), 'is', 'are')} not known" if unknown else ""
    return f"no difference in {joined(known, 'or')} that is more than chance or worth naming{rest}"


def gained(effect: Effect, settings: RedesignSettings) -> bool:
    """Whether a dimension is won by more than is worth naming."""
    if effect.better is not True or effect.change is None:
        return False
    if effect.dimension == "quality":
        return abs(effect.change) > settings.quality_tolerance
    return effect.before in (None, 0) or abs(effect.change) > settings.worth * abs(effect.before or 0)


def lessened(effect: Effect, settings: RedesignSettings) -> bool:
    """Whether a dimension is lost beyond tolerance."""
    if effect.better is not False or effect.change is None:
        return False
    if effect.dimension == "quality":
        return abs(effect.change) > settings.quality_tolerance or _error_factor(effect) > TWICE_THE_ERRORS
    return effect.before in (None, 0) or abs(effect.change) > settings.tolerance * abs(effect.before or 0)


def counts(effect: Effect, settings: RedesignSettings) -> bool:
    """Whether a change is large enough to be called better or worse."""
    return gained(effect, settings) if effect.better else lessened(effect, settings)


def _error_factor(effect: Effect) -> float:
    """How many times as many errors there are after the change."""
    if effect.before is None or effect.after is None:
        return 1.0
    bad, now = (1 - effect.before, 1 - effect.after) if effect.measure != "rework" else (effect.before, effect.after)
    return now / bad if bad > 0 else (99.0 if now > 0 else 1.0)


def said(effect: Effect) -> str:
    """An effect in a few words: `30 % faster`, `errors 2.0 times as often`."""
    share = abs(effect.relative or 0.0)
    up = (effect.change or 0) > 0
    if effect.dimension == "time":
        saved = humane(abs(effect.change or 0))
        if effect.depends and effect.low is not None and effect.high is not None and effect.low * effect.high > 0:
            ends = sorted(map(abs, widened(effect.low, effect.high, "s")))
            moved = f"{interval(ends[0], ends[1], 's')} a case {'slower' if up else 'faster'}"
            return f"{moved}, depending on {effect.depends}"
        return f"{percent(share)} {'slower' if up else 'faster'} ({saved} a case)"
    if effect.measure == "work_time":
        return f"{percent(share)} {'more' if up else 'less'} work"
    if effect.dimension == "cost":
        return f"{percent(share)} {'dearer' if up else 'cheaper'}"
    if effect.dimension == "quality":
        if effect.measure == "rework":
            return f"work done again in {percent(effect.after or 0)} of cases instead of {percent(effect.before or 0)}"
        if effect.measure == "ends_well":
            return f"{percent(effect.after or 0)} of cases end well instead of {percent(effect.before or 0)}"
        factor = _error_factor(effect)
        if up:
            return (
                f"undetected errors {percent(1 - (effect.after or 0))} instead of {percent(1 - (effect.before or 0))}"
            )
        return f"errors {factor:.1f} times as often" if factor < 50 else "errors where there were none"
    word = "easier" if up else "harder"
    return f"{word} to change ({effect.after:.0f} of 100 instead of {effect.before:.0f})"


WEIGHTS = {"time": 1.0, "cost": 1.0, "quality": 3.0, "flexibility": 0.1}
GOALS = {
    "time": ("fast", "quick", "time", "wait", "sooner", "speed", "days", "hours", "delay"),
    "cost": ("cost", "cheap", "saving", "money", "effort", "budget"),
    "quality": ("quality", "error", "mistake", "rework", "right", "complaint"),
    "flexibility": ("flexib", "scale", "grow", "peak"),
}


def weights(goal: str | None) -> dict[str, float]:
    """How much each dimension counts: what the goal names counts three times."""
    told = (goal or "").lower()
    return {name: w * (3.0 if any(word in told for word in GOALS[name]) else 1.0) for name, w in WEIGHTS.items()}


def worth(effects: Mapping[str, Effect], goal: str | None = None) -> float:
    """One figure for ranking only: the weighed sum of relative gains that are more than chance (losses negative)."""
    weight, total = weights(goal), 0.0
    for name, effect in effects.items():
        if effect.better is None or effect.change is None:
            continue
        size = (
            abs(effect.change)
            if name == "quality"
            else abs(effect.change) / abs(effect.before)
            if effect.before
            else 0.0
        )
        if name == "flexibility":
            size = abs(effect.change) / 100
        total += weight[name] * min(size, 1.0) * (1 if effect.better else -1)
    return total


def dominated(mine: Mapping[str, Effect], other: Mapping[str, Effect]) -> bool:
    """Whether another alternative is at least as good in every dimension and better in one, by its means."""
    signs = {"time": -1, "cost": -1, "quality": 1, "flexibility": 1}
    better = False
    for name, sign in signs.items():
        a, b = mine[name], other[name]
        if a.after is None or b.after is None:
            continue
        direction = -sign if a.measure == "rework" else sign
        gap = direction * (b.after - a.after)
        if gap < -1e-9:
            return False
        better = better or gap > 1e-9
    return better
