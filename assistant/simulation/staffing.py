"""How many people it takes: the smallest pools found with which enough cases are done in time."""

from __future__ import annotations

import math
from typing import NamedTuple

from assistant.errors import Undecided, UsageError
from assistant.process.model import Process
from assistant.simulation.results import Estimate, Result
from assistant.simulation.run import simulate
from assistant.simulation.scenarios import staffed

MOST_STEPS = 200


class Staffing(NamedTuple):
    """People by role id, the share of cases then done in time, and the simulation behind it."""

    capacities: dict[str, int]
    share: Estimate
    result: Result
    process: Process


def staffing(
    process: Process, *, within: float, share: float = 0.95, most: int = 1000,
    cases: int = 500, replications: int = 10, seed: int = 1, workers: int = 1,
) -> Staffing:  # fmt: skip
    """The pools with which at least `share` of the cases take at most `within` seconds, none larger than needed.

    Starts from the fewest people that can do the work at all, adds one where work waits longest in all until the level
    is met, then takes away whoever is not needed. Only roles with a capacity are changed. Raises UsageError without
    a volume or a limited role, and Undecided when the level is out of reach with `most` people in a role, because the
    time is lost elsewhere.
    """
    limited = [role for role in process.roles if role.capacity is not None]
    if process.volume is None or not limited:
        raise UsageError("Staffing needs a volume and at least one role with a number of people.")

    def played(people: dict[str, int]) -> Result:
        return simulate(
            staffed(people)(process), cases=cases, replications=replications, seed=seed, workers=workers
        )  # fmt: skip

    def met(result: Result) -> bool:
        return result.within(within).mean >= share

    people = _fewest(process, played({role.id: max(1, role.capacity or 1) for role in limited}), most)
    result = played(people)
    for _ in range(MOST_STEPS):
        if met(result):
            break
        short = _shortest(result, people, most)
        if short is None:
            break
        people = people | {short: people[short] + 1}
        result = played(people)
    if not met(result):
        raise Undecided(
            f"{share:.0%} of cases within that time cannot be reached by more people.",
            f"With {_said(people)} it is {result.within(within).mean:.0%}.",
            "The time is lost elsewhere: look at the waits and the work itself.",
        )
    for role in sorted(people, key=lambda name: -people[name]):
        while people[role] > 1 and met(fewer := played(people | {role: people[role] - 1})):
            people, result = people | {role: people[role] - 1}, fewer
    return Staffing(people, result.within(within), result, staffed(people)(process))


def _fewest(process: Process, result: Result, most: int) -> dict[str, int]:
    """The fewest people with whom every queue stays finite, by the work that comes."""
    found = {}
    for one in result.roles.values():
        role = process.role(one.id)
        if role is not None and role.capacity is not None:
            load = one.load.mean * max(1, role.capacity)
            found[role.id] = min(most, max(1, math.floor(load) + 1))
    return found


def _shortest(result: Result, people: dict[str, int], most: int) -> str | None:
    """The role for which cases wait longest in all; None when one more would change nothing."""
    waits = {
        one.id: one.queue_wait.mean * one.uses.mean
        for one in result.roles.values()
        if one.id in people and people[one.id] < most
    }
    worst = max(waits, key=lambda name: waits[name], default=None)
    return worst if worst is not None and waits[worst] > 0 else None


def _said(people: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in people.items())
