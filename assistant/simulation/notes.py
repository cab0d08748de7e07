"""What a reader must know before believing the figures of a simulation, in words."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.process.blocks import AnyOf, Choice, Loop, Task, Wait
from assistant.process.describe import name_of
from assistant.process.figures import listed
from assistant.process.good_case import good_case
from assistant.process.model import Process
from assistant.process.tree import tasks, walk
from assistant.simulation.results import RoleResult

ALARM = 0.2  # of Little's law, as a share of the cases under way
NAMED = 5


def may_queue(process: Process) -> bool:
    """Whether cases can get in one another's way: a role with a number of people, or work done in batches."""
    return any(role.capacity is not None for role in process.roles) or any(task.batch for task in tasks(process))


def notes(process: Process, roles: Mapping[str, RoleResult], gap: float, unsettled: bool) -> list[str]:
    """The notes on a result: first what makes its figures depend on how it was played, then what is not known."""
    return [*_of_the_play(process, roles, gap, unsettled), *_unknown(process)]


def _of_the_play(process: Process, roles: Mapping[str, RoleResult], gap: float, unsettled: bool) -> list[str]:
    if process.volume is None:
        return [
            "How many cases come is not known: they are played one at a time, so nobody ever queues; utilisation and "
            "throughput are those of one case after the other."
        ]
    over = [name for name, role in roles.items() if role.load.mean >= 1]
    if over:
        return [
            f"More work comes than {listed(over, NAMED)} can do: the queue grows without end, and times depend on how "
            "long is played."
        ]
    told = []
    if unsettled:
        told.append("The process had not settled in the time played: play more cases before trusting its times.")
    if abs(gap) > ALARM and not may_queue(process):
        told.append(
            "The number of cases under way had not settled in the time played; the times of a case are right, because "
            "nobody queues."
        )
    elif abs(gap) > ALARM:
        told.append(
            "Cases under way do not fit arrivals times cycle time: the time played is short against the time a case "
            "takes, so pools look less busy than they are. Play more cases."
        )
    return told


def _unknown(process: Process) -> list[str]:
    """What counts as nothing, or as even, because nobody said it."""
    steps = list(walk(process))
    idle = [name_of(step) for step in steps if isinstance(step, Task) and step.work is None]
    waits = [name_of(step) for step in steps if isinstance(step, Wait) and step.duration is None]
    even = [
        name_of(step)
        for step in steps
        if isinstance(step, Choice | AnyOf)
        and all(branch.p is None for branch in step.branches)
        and good_case(step) is None
    ]
    loops = [name_of(step) for step in steps if isinstance(step, Loop) and step.p is None]
    told = (
        (idle, "Tasks without a work time count as taking none"),
        (waits, "Waits without a duration count as none"),
        (even, "Choices without chances are taken evenly"),
        (loops, "Loops without a chance are not repeated"),
    )
    return [f"{text}: {listed(list(dict.fromkeys(unknown)), NAMED)}." for unknown, text in told if unknown]
