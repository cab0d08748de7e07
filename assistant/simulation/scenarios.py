"""What if: the same process under other circumstances, as functions from process to process.

`Scenario = Callable[[Process], Process]`; the helpers here make the usual ones. None of them changes the flow, so that
every scenario plays on the same random numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.errors import UsageError
from assistant.process.blocks import Block, Call, Choice, Loop, Sequence, Task, Wait
from assistant.process.durations import scaled
from assistant.process.expected import branch_chances
from assistant.process.model import Process
from assistant.process.tree import rebuild, replaced

Scenario = Callable[[Process], Process]


def volume(factor: float) -> Scenario:
    """`factor` times as many cases: 1.3 for 30 % more. Raises UsageError when it is not above zero."""
    if factor <= 0:
        raise UsageError("A volume is multiplied by a number above zero.", f"Asked for: {factor:g}.")

    def change(process: Process) -> Process:
        if process.volume is None:
            return process
        between = scaled(process.volume.between, 1 / factor)
        return process.model_copy(update={"volume": process.volume.model_copy(update={"between": between})})

    return change


def people(role: str, more: int) -> Scenario:
    """`more` people in a role (negative: fewer, but at least one stays). An unlimited pool stays unlimited."""

    def change(process: Process) -> Process:
        known = process.role(role)
        if known is None or known.capacity is None:
            return process
        return staffed({role: max(1, known.capacity + more)})(process)

    return change


def staffed(capacities: Mapping[str, int | None]) -> Scenario:
    """So many people in these roles, by id (None: as many as anybody could want)."""

    def change(process: Process) -> Process:
        roles = tuple(
            role.model_copy(update={"capacity": capacities[role.id]}) if role.id in capacities else role
            for role in process.roles
        )
        return process.model_copy(update={"roles": roles})

    return change


def errors(factor: float) -> Scenario:
    """Error rates `factor` times what they are (at most 1): 0.5 for half the errors."""

    def change(step: Block) -> Block:
        if isinstance(step, Task) and step.error_rate:
            return step.model_copy(update={"error_rate": min(1.0, step.error_rate * factor)})
        return step

    return each_step(change)


def work(factor: float, only: str | None = None) -> Scenario:
    """Work times `factor` times what they are, everywhere or in the step `only`."""
    return durations({"work"}, factor, only)


def waits(factor: float, only: str | None = None) -> Scenario:
    """Waits `factor` times what they are (those before tasks and those of their own), everywhere or in one step."""
    return durations({"wait", "duration"}, factor, only)


def durations(names: set[str], factor: float, only: str | None = None) -> Scenario:
    """The named durations of steps `factor` times what they are, everywhere or in the step `only`."""

    def change(step: Block) -> Block:
        if not isinstance(step, Task | Wait | Call) or (only is not None and step.id != only):
            return step
        known = {name: getattr(step, name, None) for name in names}
        found = {name: scaled(duration, factor) for name, duration in known.items() if duration is not None}
        return step.model_copy(update=found) if found else step

    return each_step(change) if only is None else lambda process: replaced(process, only, change)


def each_step(change: Callable[[Block], Block]) -> Scenario:
    """`change` applied to every step of the process and its subprocesses."""

    def each(_address: str, sequence: Sequence) -> Sequence:
        items = tuple(change(step) for step in sequence.items)
        if all(a is b for a, b in zip(items, sequence.items, strict=True)):
            return sequence
        return sequence.model_copy(update={"items": items})

    return lambda process: rebuild(process, each)


def branch_chance(block: str, branch: str | None, p: float) -> Scenario:
    """Another chance of one branch of a choice, the others in proportion; of a loop (`branch` None) to repeat."""

    def change(step: Block) -> Block:
        if isinstance(step, Sequence) or step.id != block:
            return step
        if isinstance(step, Loop):
            return step.model_copy(update={"p": p})
        if not isinstance(step, Choice):
            return step
        chances = {way.id: chance for way, chance in zip(step.branches, branch_chances(step), strict=True)}
        rest = sum(chance for name, chance in chances.items() if name != branch)
        share = (1 - p) / rest if rest > 0 else 0.0
        changed = tuple(
            way.model_copy(update={"p": p if way.id == branch else chances[way.id] * share}) for way in step.branches
        )
        return step.model_copy(update={"branches": changed})

    return lambda process: replaced(process, block, change)


def together(*scenarios: Scenario) -> Scenario:
    """One scenario after the other."""

    def change(process: Process) -> Process:
        for scenario in scenarios:
            process = scenario(process)
        return process

    return change
