"""Which unknown number matters most: each figure nobody measured or said is varied, and the cycle time watched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from assistant.process.blocks import Block, Call, Choice, Loop, Task, Wait
from assistant.process.describe import name_of
from assistant.process.durations import Basis
from assistant.process.expected import branch_chances
from assistant.process.model import Process
from assistant.process.tree import by_id, replaced, walk
from assistant.simulation.results import Estimate, difference
from assistant.simulation.run import simulate_all
from assistant.simulation.scenarios import Scenario, branch_chance, durations, staffed, volume

UNSURE = (None, Basis.ESTIMATED, Basis.LIBRARY)


class Unknown(NamedTuple):
    """A figure that rests on an estimate or the library: its element and field, and the process with less and more."""

    element: str
    field: str
    basis: Basis | None
    lower: Scenario
    higher: Scenario


class Effect(NamedTuple):
    """How the mean cycle time (seconds) changes when a figure is lower or higher; `swing` the wider of the two."""

    element: str
    field: str
    basis: Basis | None
    lower: Estimate
    higher: Estimate
    swing: float


def sensitivity(
    process: Process, *, by: float = 0.3, cases: int = 300, replications: int = 6, seed: int = 1,
    workers: int = 1, most: int = 60,
) -> tuple[Effect, ...]:  # fmt: skip
    """The unsure figures of a process, the one that moves the cycle time most first.

    Each duration, chance, volume and number of people that is not measured or stated is made `by` smaller and larger
    (0.3: 30 %; people by one), all on the same random numbers. At most `most` figures are tried, in reading order.
    """
    found = list(unknowns(process, by))[:most]
    variants = {"": process}
    for number, unsure in enumerate(found):
        variants[f"{number}-"] = unsure.lower(process)
        variants[f"{number}+"] = unsure.higher(process)
    results = simulate_all(variants, cases=cases, replications=replications, seed=seed, workers=workers)
    effects = []
    for number, unsure in enumerate(found):
        lower, higher = (difference(results[""], results[f"{number}{sign}"], "cycle_time") for sign in "-+")
        swing = max(abs(lower.mean), abs(higher.mean))
        effects.append(Effect(unsure.element, unsure.field, unsure.basis, lower, higher, swing))
    return tuple(sorted(effects, key=lambda effect: -effect.swing))


def named(process: Process, effects: Iterable[Effect]) -> list[dict[str, Any]]:
    """The effects as plain JSON data, each with the name of what it belongs to (seconds of cycle time)."""
    steps = by_id(process)
    return [
        {
            "element": effect.element,
            "name": name_of(steps[effect.element]) if effect.element in steps else effect.element,
            "field": effect.field,
            "basis": effect.basis.value if effect.basis else "unknown",
            "moves_cycle_time_by_seconds": effect.swing,
        }
        for effect in effects
    ]


def unknowns(process: Process, by: float) -> Iterator[Unknown]:
    """The figures of a process that rest on an estimate or the library, or on nothing known, in reading order."""
    if process.volume is not None and (process.volume.basis or process.volume.between.basis) in UNSURE:
        yield Unknown("volume", "between", process.volume.basis, volume(1 - by), volume(1 + by))
    for role in process.roles:
        if role.capacity and role.capacity_basis in UNSURE:
            fewer, more = staffed({role.id: max(1, role.capacity - 1)}), staffed({role.id: role.capacity + 1})
            yield Unknown(role.id, "capacity", role.capacity_basis, fewer, more)
    for step in walk(process):
        yield from _of_step(step, by)


def _of_step(step: Block, by: float) -> Iterator[Unknown]:
    if isinstance(step, Task | Wait | Call):
        for name in ("work", "wait", "setup", "duration"):
            duration = getattr(step, name, None)
            if duration is not None and (duration.basis or step.basis) in UNSURE and duration.mean_seconds > 0:
                lower, higher = durations({name}, 1 - by, step.id), durations({name}, 1 + by, step.id)
                yield Unknown(step.id, name, duration.basis, lower, higher)
    if isinstance(step, Task) and step.error_rate and step.basis in UNSURE:
        yield Unknown(step.id, "error_rate", step.basis, _errs(step, 1 - by), _errs(step, 1 + by))
    if isinstance(step, Loop) and step.p and step.p_basis in UNSURE:
        lower, higher = (branch_chance(step.id, None, min(0.99, step.p * f)) for f in (1 - by, 1 + by))
        yield Unknown(step.id, "p", step.p_basis, lower, higher)
    if isinstance(step, Choice) and len(step.branches) > 1:
        yield from _of_choice(step, by)


def _of_choice(step: Choice, by: float) -> Iterator[Unknown]:
    """Each branch whose chance is unsure; of two branches one says it all, and the last one follows from the others."""
    chances = branch_chances(step)
    if sum(branch.p is None or branch.p_basis in UNSURE for branch in step.branches) < 2:
        return
    pairs = list(zip(step.branches, chances, strict=True))
    for branch, p in pairs[:1] if len(pairs) == 2 else pairs:
        if branch.p_basis in UNSURE and 0 < p < 1:
            lower, higher = (branch_chance(step.id, branch.id, min(1.0, p * f)) for f in (1 - by, 1 + by))
            yield Unknown(step.id, f"p of {branch.id}", branch.p_basis, lower, higher)


def _errs(task: Task, factor: float) -> Scenario:
    rate = min(1.0, (task.error_rate or 0.0) * factor)

    def change(step: Block) -> Block:
        if isinstance(step, Task) and step.id == task.id:
            return step.model_copy(update={"error_rate": rate})
        return step

    return lambda process: replaced(process, task.id, change)
