"""How easy a map is to read, apart from whether it is right: size, gateways, complexity, nesting, conditions.

The limits are those of the seven guidelines of process modelling (Mendling et al. 2010) and of the thresholds for
control-flow complexity (Sánchez-González et al. 2010), as the domain notes give them. A score is 1 within its limit.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.process.blocks import AnyOf, Block, Choice, Loop, Parallel
from assistant.process.measures import structure
from assistant.process.model import Process
from assistant.process.tree import walk

EASY_NODES, MOST_NODES = 30, 50
MOST_ARROWS, MEAN_ARROWS = 5, 3.0
MOST_LEVELS = 4
EASY, HARD = (6, 1, 1), (46, 14, 7)
"""Exclusive, inclusive and parallel splits: up to these a map is very easy to read, from those on very hard."""
NEAR_ONE = 0.01

MEANS = {
    "size": f"1 up to {EASY_NODES} nodes, 0 from {MOST_NODES} on: larger maps hold errors and belong in parts.",
    "arrows": f"At most {MOST_ARROWS} arrows at a gateway and {MEAN_ARROWS:.0f} on average; less by the share beyond.",
    "no_inclusive": "1 when no gateway stands for “one or more of these”, which readers seldom read alike.",
    "complexity": "1 up to 6 exclusive, 1 inclusive and 1 parallel split, 0 from 46, 14 and 7 on; the worst counts.",
    "nesting": f"1 up to {MOST_LEVELS} levels of blocks in blocks; less by the share beyond.",
    "conditions": "Share of decisions each way of which says when it is taken, and whose chances, if given, add up.",
}


def style_scores(process: Process) -> dict[str, float]:
    """The scores of `MEANS`, each between 0 and 1."""
    made, steps = structure(process), list(walk(process))
    exclusive = sum(isinstance(step, Choice | Loop) for step in steps)
    parallel = sum(isinstance(step, Parallel) for step in steps)
    counts = (exclusive, made.inclusive, parallel)
    return {
        "size": _between(made.size, EASY_NODES, MOST_NODES),
        "arrows": min(_within(made.largest_degree, MOST_ARROWS), _within(made.mean_degree, MEAN_ARROWS)),
        "no_inclusive": float(made.inclusive == 0),
        "complexity": min(_between(*limits) for limits in zip(counts, EASY, HARD, strict=True)),
        "nesting": _within(made.nesting, MOST_LEVELS),
        "conditions": _share([_conditions(step) for step in steps if isinstance(step, Choice | AnyOf | Loop)]),
    }


def style_faults(process: Process) -> list[str]:
    """What is beyond a limit, in words."""
    made = structure(process)
    scores = style_scores(process)
    words = {
        "size": f"the map has {made.size} nodes",
        "arrows": f"a gateway has {made.largest_degree} arrows, {made.mean_degree:.1f} on average",
        "no_inclusive": "a gateway stands for one or more ways",
        "complexity": f"its control-flow complexity is {made.cfc}",
        "nesting": f"blocks stand {made.nesting} deep in each other",
        "conditions": "a decision does not say when each way is taken, or its chances do not add up",
    }
    return [words[name] for name, value in scores.items() if value < 1]


def _between(value: float, easy: float, hard: float) -> float:
    return min(1.0, max(0.0, (hard - value) / (hard - easy)))


def _within(value: float, most: float) -> float:
    return min(1.0, most / value) if value else 1.0


def _share(of: Sequence[bool]) -> float:
    return sum(of) / len(of) if of else 1.0


def _conditions(step: Block) -> bool:
    """Whether a decision says when each of its ways is taken; the chances of a choice add up to one."""
    if isinstance(step, Loop):
        return bool(step.while_ or step.until or step.question)
    if not isinstance(step, Choice | AnyOf):
        return True
    told = all(branch.when for branch in step.branches) or getattr(step, "event_based", False)
    chances = [branch.p for branch in step.branches if branch.p is not None]
    whole = isinstance(step, AnyOf) or len(chances) < len(step.branches) or abs(sum(chances) - 1) <= NEAR_ONE
    return told and whole
