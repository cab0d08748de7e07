"""How busy each role is, from arrivals, visits, hands-on time and working hours: demand over capacity.

Utilisation rho = lambda * E[S] / c over a week (queueing theory); above 1 the queue grows without end.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.process.blocks import Call, Task
from assistant.process.model import Process
from assistant.process.runs import setup_a_case
from assistant.process.tree import walk
from assistant.process.volumes import WEEK_HOURS, arrivals_per_hour, open_hours

HOURS_A_YEAR = 8760.0


def arrivals_per_year(process: Process) -> float | None:
    """Cases a year, nights and days off counted as the calendar has them; None when the volume is unknown."""
    hourly = arrivals_per_hour(process)
    return None if hourly is None else hourly * HOURS_A_YEAR


def demand(process: Process, rates: Mapping[str, float]) -> dict[str, float]:
    """Hands-on seconds per case that each role is asked for (a task's first role; all that must be together)."""
    asked: dict[str, float] = {}
    setups = setup_a_case(process, rates)
    for step in walk(process):
        if not isinstance(step, Task | Call) or step.work is None:
            continue
        seconds = (step.work.mean_seconds + setups.get(step.id, 0.0)) * rates.get(step.id, 0.0)
        together = (step.role, *step.with_roles) if isinstance(step, Task) else (step.role,)
        for role in together:
            if role:
                asked[role] = asked.get(role, 0.0) + seconds
    return asked


def utilisations(process: Process, rates: Mapping[str, float]) -> dict[str, float]:
    """Utilisation of each role that has a capacity, where the volume is known (a task counts for its first role)."""
    hourly = arrivals_per_hour(process)
    if hourly is None:
        return {}
    asked = demand(process, rates)
    found = {}
    for role in process.roles:
        hours = open_hours(role.calendar)
        if role.capacity and hours > 0:
            found[role.id] = hourly * WEEK_HOURS * asked.get(role.id, 0.0) / 3600 / (role.capacity * hours)
    return found
