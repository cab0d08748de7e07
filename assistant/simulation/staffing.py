"""How many people it takes: the smallest pools found with which enough cases are done in time."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from assistant.errors import Undecided, UsageError
from assistant.process.describe import name_of
from assistant.process.durations import humane
from assistant.process.expected import visit_rates
from assistant.process.figures import listed
from assistant.process.model import Process
from assistant.process.tree import by_id, tasks
from assistant.simulation.demand import utilisations
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
    tell: Callable[[str], None] | None = None,
) -> Staffing:  # fmt: skip
    """The pools with which at least `share` of the cases take at most `within` seconds, none larger than needed.

    First it is played with as many people as anybody could want: what is out of reach then, no search will reach.
    Then it starts from the fewest people that can do the work at all, adds one where work waits longest in all until
    the level is met, and takes away whoever is not needed. Only roles with a capacity are changed. `tell` hears of
    each attempt. Raises UsageError without a volume or a limited role, and Undecided when the level is out of reach
    of people, naming what the time rests on instead.
    """
    limited = [role for role in process.roles if role.capacity is not None]
    if process.volume is None or not limited:
        raise UsageError(
            "Staffing needs the number of cases and at least one role with a number of people.",
            remedy="Say how many cases come and how many people work in a role.",
        )

    def played(people: Mapping[str, int | None]) -> Result:
        result = simulate(
            staffed(people)(process), cases=cases, replications=replications, seed=seed, workers=workers
        )  # fmt: skip
        if tell is not None:
            tell(f"{said(process, people)}: {result.within(within).mean:.0%} of the cases in time")
        return result

    def met(result: Result) -> bool:
        return result.within(within).mean >= share

    free = played({role.id: None for role in limited})
    if not met(free):
        raise Undecided(
            f"More people alone cannot bring {share:.0%} of the cases within that time.",
            f"With as many of every role as anybody could want it is {free.within(within).mean:.0%}. What the time "
            f"rests on instead: {rests_on(process, free)}.",
            "Look at these first: shorten or remove them, then ask again.",
        )
    least = fewest(process)
    today = played({role.id: max(1, role.capacity or 1) for role in limited})
    people = {name: min(most, max(number, least[name])) for name, number in _as_played(process, today).items()}
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
            f"No number of people was found that brings {share:.0%} of the cases within that time.",
            f"With {said(process, people)} it is {result.within(within).mean:.0%}. What the time rests on besides "
            f"queues: {rests_on(process, free)}.",
            "Allow more time or a smaller share.",
        )
    for role in sorted(people, key=lambda name: -people[name]):
        while people[role] > least[role] and met(fewer := played(people | {role: people[role] - 1})):
            people, result = people | {role: people[role] - 1}, fewer
    return Staffing(people, result.within(within), result, staffed(people)(process))


def rests_on(process: Process, free: Result, most: int = 3) -> str:
    """What the time of a case is made of when nobody queues: the longest parts by name, in words."""
    steps = by_id(process)
    parts = {f"waiting at {name_of(steps[name])}": wait.mean for name, wait in free.waits.items() if name in steps}
    parts |= {f"work in {name_of(steps[name])}": task.work.mean * task.count.mean / free.cases
              for name, task in free.tasks.items() if name in steps}  # fmt: skip
    closed = sum(task.queue.mean * task.count.mean / free.cases for task in free.tasks.values())
    parts["nights and days off"] = closed
    longest = sorted((part for part in parts.items() if part[1] > 0), key=lambda part: -part[1])[:most]
    return listed([f"{name} ({humane(seconds)} a case)" for name, seconds in longest]) if longest else "nothing known"


def fewest(process: Process) -> dict[str, int]:
    """The people of each limited role without whom more work comes than can be done, by the figures of the process.

    A short play does not show it: the queue grows, and the cases counted are over before it is long. Of work that
    others can do too, nobody in particular is needed.
    """
    loads = utilisations(process, visit_rates(process))
    shared = {name for task in tasks(process) if task.or_roles for name in (task.role, *task.or_roles)}
    return {
        role.id: 1 if role.id in shared else math.floor(loads.get(role.id, 0.0) * role.capacity) + 1
        for role in process.roles
        if role.capacity is not None
    }


def _as_played(process: Process, result: Result) -> dict[str, int]:
    """The fewest people with whom every queue stays finite, by the work that was done in a play."""
    found = {}
    for busy in result.roles.values():
        role = process.role(busy.id)
        if role is not None and role.capacity is not None:
            load = busy.load.mean * max(1, role.capacity)
            found[role.id] = max(1, math.floor(load) + 1)
    return found


def _shortest(result: Result, people: dict[str, int], most: int) -> str | None:
    """The role for which cases wait longest in all; None when one more would change nothing."""
    waits = {
        role.id: role.queue_wait.mean * role.uses.mean
        for role in result.roles.values()
        if role.id in people and people[role.id] < most
    }
    worst = max(waits, key=lambda name: waits[name], default=None)
    return worst if worst is not None and waits[worst] > 0 else None


def said(process: Process, people: Mapping[str, int | None]) -> str:
    """Pools in words: how many of each role, by its name."""
    names = {role.id: role.name for role in process.roles}
    return listed([f"{'any number' if number is None else number} × {names.get(name, name)}"
                   for name, number in people.items()], most=8)  # fmt: skip
