"""Roles that by their figures have more work than time, and how they are played all the same.

A queue that grows without end can be neither measured nor promised. Where somebody told how long cases lie before such
a role's work, that told wait is its queue: the role is played without a limit, so that the wait is not counted twice.
The same where the load comes from times that nobody gave: a guess shows no lack of people. Elsewhere the play stays as
it is and whoever shows its times has to say that they are not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.process.blocks import Block, Task
from assistant.process.durations import Basis
from assistant.process.expected import visit_rates
from assistant.process.figures import listed, percent
from assistant.process.model import Process, Role
from assistant.process.tree import tasks
from assistant.simulation.demand import utilisations
from assistant.simulation.results import RoleResult
from assistant.simulation.scenarios import each_step

TOLD = (Basis.STATED, Basis.MEASURED)
LEAST_WAIT = 3600.0
"""Seconds: a shorter told wait is no queue of somebody who cannot keep up."""
QUEUED = (None, "contention")
"""The causes of a told wait that more people end: nobody said why, or that they are busy."""
NOBODY_SAID = "estimate: nobody said"
"""How the note of a figure begins that was filled in because nobody gave one."""


def overloads(process: Process) -> dict[str, float]:
    """The roles that have more work than time by the figures, each with its load (1 and more)."""
    return _overloads(process, visit_rates(process))


def _overloads(process: Process, rates: Mapping[str, float]) -> dict[str, float]:
    return {name: load for name, load in utilisations(process, rates).items() if load >= 1}


def relieved(process: Process) -> tuple[Process, tuple[Role, ...]]:
    """The process with overloaded roles unlimited whose queue was told as a wait or whose load nobody told; and these
    roles as they were."""
    rates = visit_rates(process)
    busy = _overloads(process, rates)
    queued = {task.role for task in tasks(process) if task.role in busy and _told_wait(task)}
    queued |= {name for name in busy if not load_is_told(process, name, rates)}
    if not queued:
        return process, ()
    roles = tuple(
        role.model_copy(update={"capacity": None, "capacity_basis": None}) if role.id in queued else role
        for role in process.roles
    )
    return process.model_copy(update={"roles": roles}), tuple(role for role in process.roles if role.id in queued)


def with_told_loads(
    process: Process, roles: tuple[Role, ...], played: Mapping[str, RoleResult]
) -> dict[str, RoleResult]:
    """The results of a play with the load of roles with more work than time as the figures have it.

    That of `roles`, played without a limit, unless nobody told it; and that of the others where the figures are exact,
    as a short play comes near it only, and one load must not have two figures.
    """
    rates = visit_rates(process)
    busy = {name: load for name, load in _overloads(process, rates).items() if load_is_told(process, name, rates)}
    asked = {role.id for role in roles}
    inexact = {
        name for task in tasks(process) if task.or_roles or task.error_rate for name in (task.role, *task.or_roles)
    }

    def told(role: RoleResult) -> RoleResult:
        if role.id not in busy or (role.id in inexact and role.id not in asked):
            return role
        load = busy[role.id]
        return replace(role, load=replace(role.load, mean=load, low=load, high=load, p50=load, p90=load))

    return {name: told(role) for name, role in played.items()}


def without_told_queues(process: Process, today: Process, busy: tuple[Role, ...]) -> Process:
    """A process without the told waits that are the queue of roles too busy today (`busy`), where such a role has more
    people here and no longer more work than time: what still queues is played."""
    if not busy:
        return process
    still = overloads(process)
    free = {
        role.id for was in busy
        if (role := process.role(was.id)) is not None and role.id not in still
        and role.capacity is not None and role.capacity > (was.capacity or 0)
    }  # fmt: skip
    before = {task.id: task for task in tasks(today)}
    queued = {
        task.id for task in tasks(process)
        if task.role in free and _told_wait(task) and task.wait_cause in QUEUED and task.batch is None
        and (was := before.get(task.id)) is not None and was.wait == task.wait
    }  # fmt: skip
    if not queued:
        return process

    def let_go(step: Block) -> Block:
        return step.model_copy(update={"wait": None}) if isinstance(step, Task) and step.id in queued else step

    return each_step(let_go)(process)


def unsettled(process: Process) -> dict[str, float]:
    """The overloaded roles whose queue nobody told: no time can be computed with them. Names with their loads."""
    still = relieved(process)[0]
    return {role.name: load for name, load in overloads(still).items() if (role := still.role(name)) is not None}


def load_is_told(process: Process, role: str, rates: Mapping[str, float] | None = None) -> bool:
    """Whether at least half of a role's work in a case is time that somebody gave, measured or estimated.

    `rates` are the visit rates of the process, where they are at hand.
    """
    rates = visit_rates(process) if rates is None else rates
    told = every = 0.0
    for task in tasks(process):
        if role in (task.role, *task.with_roles) and task.work is not None:
            seconds = task.work.mean_seconds * rates.get(task.id, 0.0)
            every += seconds
            guessed = task.work.basis is Basis.LIBRARY or (task.work.note or "").startswith(NOBODY_SAID)
            told += 0.0 if guessed else seconds
    return told >= every / 2


def relief_note(process: Process, roles: tuple[Role, ...]) -> str:
    """What was played for these roles instead of a queue, in a sentence or two."""
    rates = visit_rates(process)
    busy = _overloads(process, rates)
    told = [f"{role.name} ({percent(busy[role.id])})" for role in roles if load_is_told(process, role.id, rates)]
    guessed = [role.name for role in roles if not load_is_told(process, role.id, rates)]
    parts = []
    if told:
        parts.append(f"By the figures told there is more work than time for {listed(told)}; the wait told is played.")
    if guessed:
        parts.append(f"How long the work of {listed(guessed)} takes nobody said, so no queue before it is played.")
    return " ".join(parts)


def _told_wait(task: Task) -> bool:
    return task.wait is not None and task.wait.basis in TOLD and task.wait.mean_seconds >= LEAST_WAIT
