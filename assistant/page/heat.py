"""What the map shows of the simulation: where cases wait, what steps cost, who is busy, and the way of each case."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.page.whatif import enough
from assistant.process.blocks import Block, Call, Task, Wait
from assistant.process.describe import name_of
from assistant.process.durations import humane
from assistant.process.expected import cost_of, visit_rates
from assistant.process.figures import amount, percent
from assistant.process.model import Process
from assistant.process.runs import setup_a_case
from assistant.process.tree import walk

if TYPE_CHECKING:
    from assistant.redesign.shapes import Completed
    from assistant.simulation.results import Result

REPLICATIONS = 5
MOST_CASES, LEAST_CASES, VISITS = 200, 40, 5000
"""Enough to see where it is hot; the report plays longer."""
SHOWN_CASES = 40
"""Cases that are shown on their way; more would hide one another."""
KINDS = {"waiting": "Waiting", "cost": "Cost", "load": "Load"}
STEPS = 5
"""Shades from cool to hot."""
BUSY = 0.85
"""The load from which on queues grow quickly: the hottest shades are above it."""


class Warmth(NamedTuple):
    """How hot a step is: its figure, that figure for the map, and how it is told."""

    value: float
    short: str
    told: str


def heat(filled: Completed, by: str, seed: int) -> dict[str, Any]:
    """How hot each step is by `waiting`, `cost` or `load`, each with its figure. Raises InvalidProcess."""
    from assistant.redesign.estimates import filled_in_words
    from assistant.simulation.made_before import simulate

    process = filled.process
    cases = enough(process, VISITS, LEAST_CASES, MOST_CASES)
    result = simulate(process, cases=cases, replications=REPLICATIONS, seed=seed, workers=1)
    found = dict(MEASURES[by](process, result))
    most = 1.0 if by == "load" else max((warmth.value for warmth in found.values()), default=0.0)
    shades = {step: _shade(warmth.value, most, by) for step, warmth in found.items()}
    return {
        "by": KINDS[by],
        "steps": {
            step: {"shade": shades[step], "text": warmth.short, "told": warmth.told}
            for step, warmth in found.items() if warmth.value > 0
        },
        "told": _sentence(by, process, found),
        "play": f"Simulated, {REPLICATIONS} times {cases} cases, seed {seed}. {filled_in_words(filled)}".strip(),
    }  # fmt: skip


def _shade(value: float, most: float, by: str) -> int:
    """A shade from 1 to STEPS. A load is hot by what it is, the others by their part of the largest."""
    if by == "load":
        return min(STEPS, 1 + sum(value >= limit for limit in (0.3, 0.6, BUSY, 0.95)))
    return max(1, math.ceil(STEPS * value / most)) if most > 0 else 1


def _sentence(by: str, process: Process, found: Mapping[str, Warmth]) -> str:
    """The hottest step in words, for those who see no colours."""
    hottest = max(found, key=lambda step: found[step].value, default="")
    if not hottest or found[hottest].value <= 0:
        return {"cost": "No cost of anybody's hour is known, so no step has a cost.",
                "load": "Nobody's number is known, so no load can be told."}.get(by, "No step waits.")  # fmt: skip
    steps = {getattr(step, "id", ""): step for step in walk(process)}
    return f"Most at {name_of(steps[hottest])}: {found[hottest].told}."


def _visits(result: Result, step: str) -> float:
    return result.tasks[step].count.mean / result.cases if step in result.tasks else 0.0


def _waiting(process: Process, result: Result) -> Iterator[tuple[str, Warmth]]:
    rates = visit_rates(process)
    for step in walk(process):
        if isinstance(step, Wait):
            each, visits = step.duration.mean_seconds if step.duration else 0.0, rates[step.id]
        elif isinstance(step, Task | Call) and step.id in result.tasks:
            each, visits = result.tasks[step.id].wait.mean, _visits(result, step.id)
        else:
            continue
        told = f"{humane(each)} each time, {humane(each * visits)} for a case on average"
        yield step.id, Warmth(each * visits, humane(each), told)


def _cost(process: Process, result: Result) -> Iterator[tuple[str, Warmth]]:
    roles = {role.id: role for role in process.roles}
    setups = setup_a_case(process, visit_rates(process))
    for step in _done(process, result):
        each = cost_of(step, roles, setups) * _visits(result, _id(step))
        short = amount(each, process.currency)
        yield _id(step), Warmth(each, short, f"{short} for a case on average")


def _load(process: Process, result: Result) -> Iterator[tuple[str, Warmth]]:
    by_role = {role.id: role for role in result.roles.values()}
    for step in _done(process, result):
        role = process.role(getattr(step, "role", None))
        if role is not None and role.capacity and role.id in by_role:
            load = by_role[role.id].load.mean
            yield _id(step), Warmth(load, percent(load), f"{role.name} is busy {percent(load)} of the time there is")


def _done(process: Process, result: Result) -> Iterator[Block]:
    return (step for step in walk(process) if isinstance(step, Task | Call) and step.id in result.tasks)


def _id(step: Block) -> str:
    return str(getattr(step, "id", ""))


MEASURES = {"waiting": _waiting, "cost": _cost, "load": _load}


def played(filled: Completed, seed: int) -> dict[str, Any]:
    """The way of each of some cases in one play, for showing them on the map. Raises InvalidProcess."""
    from assistant.redesign.estimates import filled_in_words
    from assistant.simulation.trace import trace

    seen = trace(filled.process, cases=SHOWN_CASES, seed=seed)
    ends = [None if math.isnan(end) else end for end in seen.ends]
    return {
        "visits": [list(visit) for visit in seen.visits],
        "starts": list(seen.starts),
        "ends": ends,
        "told": (
            f"One play of the simulation: {SHOWN_CASES} cases, the first into an empty process, seed {seed}. "
            f"{filled_in_words(filled)}"
        ).strip(),
        "notes": list(seen.notes),
    }
