"""Whether the range of an effect holds the truth: the figures nobody gave are drawn anew, and the effect played.

The draws here are independent of those the range was made with, each figure anywhere in its range; the plays are longer
and on other random numbers. A range should hold at least nine in ten of them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from assistant.errors import AssistantError
from assistant.process.apply import apply
from assistant.redesign.effects import effects
from assistant.redesign.engine import Redesign
from assistant.redesign.recommending import same_changes
from assistant.redesign.shapes import Alternative, Effect
from assistant.redesign.unknowns import Unknowns
from assistant.simulation.run import simulate_all


@dataclass(frozen=True)
class Covered:
    """One effect: how many draws were played and how many of them lie within its range."""

    alternative: str
    dimension: str
    inside: int
    draws: int

    @property
    def share(self) -> float:
        """The part of the draws within the range (1 where none could be played)."""
        return self.inside / self.draws if self.draws else 1.0


def coverage(result: Redesign, draws: int = 100, cases: int = 400, seed: int = 4711) -> tuple[Covered, ...]:
    """For each effect that is given with a range, how many of the drawn truths it holds; those that change nothing
    are left out."""
    return tuple(
        covered
        for alternative in result.alternatives
        if alternative.proposals and not _seen(alternative, result)
        for covered in _covered(result, alternative, draws, cases, seed)
    )


def _seen(one: Alternative, result: Redesign) -> bool:
    """Whether an alternative before it takes the same changes."""
    before = result.alternatives[: result.alternatives.index(one)]
    return any(same_changes(one, other) for other in before)


def _covered(result: Redesign, one: Alternative, draws: int, cases: int, seed: int) -> list[Covered]:
    ranged = {name: effect for name, effect in one.effects.items() if effect.low is not None and effect.change}
    inside, played = dict.fromkeys(ranged, 0), dict.fromkeys(ranged, 0)
    for number in range(draws):
        drawn = _drawn(result, one, cases, seed + number)
        for name, effect in ranged.items():
            if drawn is None or drawn[name].change is None or drawn[name].measure != effect.measure:
                continue
            played[name] += 1
            inside[name] += _holds(effect, drawn[name])
    return [Covered(one.name, name, inside[name], played[name]) for name in ranged]


def _drawn(result: Redesign, one: Alternative, cases: int, seed: int) -> dict[str, Effect] | None:
    dice = random.Random(seed)
    places: dict[str, float] = {}

    def at(key: str) -> float:
        return places.setdefault(key, dice.random())

    unknowns = Unknowns(result.completed.process, result.filled)
    edits = [edit for proposal in one.proposals if not proposal.assumes for edit in proposal.edits]
    try:
        before = unknowns.drawn(result.completed.process, at)
        after = unknowns.sized(apply(before, edits), edits, at)  # what hangs on an answer is in no size (decision 0035)
        runs = simulate_all({"a": before, "b": after}, cases=cases, replications=4, seed=seed, workers=1)
    except AssistantError:
        return None
    return effects(before, after, (runs["a"], runs["b"]))


def _holds(effect: Effect, drawn: Effect) -> bool:
    """Whether a drawn truth lies in the range, as far as its own short play can tell (its 95 % interval)."""
    low, high = effect.low or 0.0, effect.high or 0.0
    slack = 1e-9 + 1e-6 * abs(drawn.change or 0.0)
    return (drawn.high or 0.0) + slack >= low and (drawn.low or 0.0) - slack <= high
