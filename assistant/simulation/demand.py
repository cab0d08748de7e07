"""How busy each role is, from arrivals, visits, hands-on time and working hours: demand over capacity.

Utilisation rho = lambda * E[S] / c over a week (queueing theory); above 1 the queue grows without end.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.process.blocks import Call, Task
from assistant.process.model import Calendar, Process, open_spans
from assistant.process.tree import walk

WEEK_HOURS, HOURS_A_YEAR = 168.0, 8760.0


def open_hours(calendar: Calendar | None) -> float:
    """Working hours a week of a calendar (None: around the clock, 168)."""
    if calendar is None:
        return WEEK_HOURS
    return sum(stop - start for start, stop in open_spans(calendar)) / 3600


def arrivals_per_hour(process: Process) -> float | None:
    """Cases per hour of the clock, averaged over a week; None when the volume is unknown."""
    volume = process.volume
    if volume is None or volume.between.mean_seconds <= 0:
        return None
    return 3600 / volume.between.mean_seconds * open_hours(volume.calendar) / WEEK_HOURS


def arrivals_per_year(process: Process) -> float | None:
    """Cases a year, nights and days off counted as the calendar has them; None when the volume is unknown."""
    hourly = arrivals_per_hour(process)
    return None if hourly is None else hourly * HOURS_A_YEAR


def demand(process: Process, rates: Mapping[str, float]) -> dict[str, float]:
    """Hands-on seconds per case that each role is asked for (a task's first role; all that must be together)."""
    asked: dict[str, float] = {}
    for step in walk(process):
        if not isinstance(step, Task | Call) or step.work is None:
            continue
        setup = step.setup.mean_seconds if isinstance(step, Task) and step.setup else 0.0
        seconds = (step.work.mean_seconds + setup) * rates.get(step.id, 0.0)
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
