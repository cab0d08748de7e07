"""A process under other conditions: more cases, fewer errors, one person fewer, beside what it is today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.process.model import Process
from assistant.simulation import scenarios
from assistant.simulation.results import Estimate, Result, difference
from assistant.simulation.run import simulate_all
from assistant.simulation.scenarios import Scenario

TODAY = "as it is"


@dataclass(frozen=True)
class Condition:
    """The process as played under one condition, and what its cycle time (seconds) gains or loses against today."""

    name: str
    result: Result
    change: Estimate

    def document(self) -> dict[str, Any]:
        """The condition as plain JSON data."""
        return {
            "scenario": self.name,
            "change_in_cycle_time": self.change.document(),
            "notes": list(self.result.notes),
            "cycle_time": self.result.cycle_time.document(),
            "cost_per_case": self.result.cost_per_case.document(),
        }


def usual(process: Process, volume: float, errors: float) -> dict[str, Process]:
    """Today and the conditions most people ask about, each with its process; one that changes nothing is left out.

    `volume` times as many cases, `errors` times as many errors, and one person fewer in each role of several.
    """
    asked: dict[str, Scenario] = {
        f"{volume - 1:+.0%} cases": scenarios.volume(volume),
        f"errors × {errors:g}": scenarios.errors(errors),
    }
    for role in process.roles:
        if role.capacity is not None and role.capacity > 1:
            asked[f"one fewer: {role.name}"] = scenarios.people(role.id, -1)
    changed = {name: scenario(process) for name, scenario in asked.items()}
    return {TODAY: process, **{name: variant for name, variant in changed.items() if variant != process}}


def played(variants: Mapping[str, Process], *, cases: int, replications: int, seed: int) -> tuple[Condition, ...]:
    """Each variant on the same random numbers, compared with the one of today. Raises InvalidProcess."""
    results = simulate_all(dict(variants), cases=cases, replications=replications, seed=seed)
    today = results[TODAY]
    return tuple(Condition(name, result, difference(today, result, "cycle_time")) for name, result in results.items())
