"""What the package is made from: the recommended alternative beside today's process, each with its simulation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.process.blocks import AnyOf, Choice, Loop, Task, Wait
from assistant.process.durations import Basis
from assistant.process.model import Process
from assistant.process.tree import walk
from assistant.process.volumes import arrivals_per_hour
from assistant.simulation.demand import arrivals_per_year

if TYPE_CHECKING:
    from assistant.simulation.results import Estimate, Result

WEAKEST = (Basis.LIBRARY, Basis.ESTIMATED, Basis.STATED, Basis.MEASURED)


@dataclass(frozen=True)
class Inputs:
    """Today (`as_is`, with `before` its simulation) and what is recommended (`to_be`, `after`).

    `played_before` and `played_after` are the same two with what nobody gave filled in: what the simulation played.
    Without a recommendation `to_be` is `as_is`, `after` is `before` and `alternative` is None.
    """

    as_is: Process
    to_be: Process
    played_before: Process
    played_after: Process
    before: Result | None
    after: Result | None
    alternative: Any | None
    findings: tuple[Any, ...]
    entry: Any | None
    goal: str | None
    library: Any | None
    overlooked: tuple[Any, ...] = ()

    @property
    def rests_on(self) -> str:
        """The weakest basis among the figures the simulation of today's process used."""
        return weakest(bases(self.played_before))

    @property
    def cases_a_day(self) -> float | None:
        """Cases a day, averaged over the week, as simulated; None when the volume is unknown."""
        return cases_a_day(self.played_before)


def bases(process: Process) -> list[Basis]:
    """The basis of every figure a simulation of the process uses: times, chances, volume, capacities."""
    found: list[Basis | None] = []
    for step in walk(process):
        if isinstance(step, Task):
            found += [duration.basis or step.basis for duration in (step.work, step.wait, step.setup) if duration]
        elif isinstance(step, Wait) and step.duration:
            found.append(step.duration.basis or step.basis)
        elif isinstance(step, Choice | AnyOf):
            found += [branch.p_basis for branch in step.branches if branch.p is not None]
        elif isinstance(step, Loop) and step.p is not None:
            found.append(step.p_basis)
    if process.volume:
        found.append(process.volume.rests_on)
    found += [role.capacity_basis for role in process.roles if role.capacity is not None]
    return [basis or Basis.STATED for basis in found]  # what is filled in says that it is


def weakest(found: list[Basis]) -> str:
    """The weakest of several bases, in a word; 'estimated' when there is none."""
    return next((basis.value for basis in WEAKEST if basis in found), Basis.ESTIMATED.value)


def cases_a_day(process: Process) -> float | None:
    """Cases a day, averaged over a week with its nights and days off; None when the volume is unknown."""
    hourly = arrivals_per_hour(process)
    return hourly * 24 if hourly else None


def yearly_cases(process: Process, played: Process) -> float | None:
    """Cases a year as somebody told them, counted as they are played: "twelve a day" is twelve on each day on which
    cases come. None when nobody told how many come.
    """
    told = process.volume is not None and process.volume.rests_on in (Basis.STATED, Basis.MEASURED)
    return arrivals_per_year(played) if told else None


def cases_a_working_day(process: Process) -> float | None:
    """Cases on a day on which cases come at all, as people count them; None when the volume is unknown."""
    average = cases_a_day(process)
    calendar = process.volume.calendar if process.volume else None
    open_days = {day for hours in calendar for day in hours.weekdays()} if calendar else set(range(7))
    return average * 7 / len(open_days) if average else None


def estimate_of(result: Result | None, metric: str) -> Estimate | None:
    """One measure of a simulation, or None when it has none of that name."""
    return getattr(result, metric, None) if result is not None else None
