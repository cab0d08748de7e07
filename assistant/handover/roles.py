"""The people side: who does and answers for each step, which seats must be filled, and what is unclear about roles."""

from __future__ import annotations

from assistant.handover.shapes import RaciLine, RoleToName
from assistant.process.blocks import Task
from assistant.process.figures import listed
from assistant.process.model import Process, Role
from assistant.process.tree import sequences, tasks

OWNER = "Process owner"


def owner_of(process: Process) -> str:
    """The process owner's name, or the seat when nobody is named."""
    return process.owner or OWNER


def unit_of(role: Role) -> str:
    """The department a role belongs to; the role itself where no department was named."""
    return role.unit or role.name


def manager_of(process: Process, role: Role) -> str:
    """The seat that answers for a department's part of the process; where none was named, the process owner's."""
    return f"Process manager, {role.unit}" if role.unit else owner_of(process)


def lead_of(process: Process, role: Role) -> str:
    """Who leads a change to a role's steps: the department's seat, else the role itself, called as it was told."""
    return manager_of(process, role) if role.unit else role.name


def is_outside(process: Process, role: Role) -> bool:
    """Whether nobody here manages a role: it is external, software, or a customer of the process by name."""
    customers = {singular(customer.name) for customer in process.customers}
    return role.kind in ("external", "system") or singular(role.name) in customers


def singular(name: str) -> str:
    """A name to compare by, in small letters and without a plural's s."""
    return name.casefold().removesuffix("s")


def inside_roles(process: Process) -> tuple[Role, ...]:
    """The roles inside the house that have a step."""
    used = {role for task in tasks(process) for role in (task.role, *task.with_roles) if role}
    return tuple(role for role in process.roles if role.id in used and not is_outside(process, role))


def raci(process: Process) -> tuple[RaciLine, ...]:
    """One line a task, in reading order, with exactly one accountable.

    Where nobody is named, the process manager of the doing role's department answers for the step; where no department
    was named, and for a step done outside, by software or by nobody known, the process owner does (a `proposed` line).
    """
    receivers = _receivers(process)
    return tuple(_line(process, task, receivers.get(task.id, ())) for task in tasks(process))


def _line(process: Process, task: Task, receivers: tuple[str, ...]) -> RaciLine:
    doers = tuple(_name(process, role) for role in (task.role, *task.with_roles) if role)
    accountable, proposed = _accountable(process, task)
    informed = dict.fromkeys((*(_name(process, role) for role in task.informed), *receivers))
    return RaciLine(
        step=task.id,
        name=task.name,
        responsible=doers or ("nobody named",),
        accountable=accountable,
        consulted=tuple(_name(process, role) for role in task.consulted),
        informed=tuple(name for name in informed if name not in doers),
        proposed=proposed,
    )


def _accountable(process: Process, task: Task) -> tuple[str, bool]:
    if len(task.accountable) == 1:
        return _name(process, task.accountable[0]), False
    if len(task.accountable) > 1:
        chosen = task.role if task.role in task.accountable else task.accountable[0]
        return _name(process, chosen), True
    role = process.role(task.role)
    if role is None or is_outside(process, role):
        return owner_of(process), True
    return manager_of(process, role), True


def _name(process: Process, role_id: str | None) -> str:
    role = process.role(role_id)
    return role.name if role else role_id or "nobody named"


def _receivers(process: Process) -> dict[str, tuple[str, ...]]:
    """For each task the role that works on the case next in the same row, when it is another one (a handoff)."""
    found: dict[str, tuple[str, ...]] = {}
    for sequence in sequences(process).values():
        for step, following in zip(sequence.items, sequence.items[1:], strict=False):
            if isinstance(step, Task) and isinstance(following, Task) and following.role not in (None, step.role):
                found[step.id] = (_name(process, following.role),)
    return found


def seats(process: Process) -> tuple[RoleToName, ...]:
    """The seats to fill: one process owner, and one process manager for each department that was named."""
    duty = "Answers for the result end to end, leads the review, decides between departments"
    found = [RoleToName(title=OWNER, unit="whole process", duty=duty, holder=process.owner)]
    units: dict[tuple[str, str], list[str]] = {}
    for role in inside_roles(process):
        if role.unit:
            units.setdefault((role.unit, manager_of(process, role)), []).append(role.name)
    for (unit, title), roles in units.items():
        duty = f"Answers for the steps of {listed(tuple(roles))} and for the handoffs to and from them"
        found.append(RoleToName(title=title, unit=unit, duty=duty))
    return tuple(found)


def role_gaps(process: Process) -> tuple[str, ...]:
    """What is missing, double or contradictory about roles, each as one sentence."""
    found: list[str] = []
    if not process.owner:
        found.append("Nobody is named as process owner.")
    for task in tasks(process):
        if task.role is None:
            found.append(f"“{task.name}” has no role that does it.")
        if len(task.accountable) > 1:
            both = listed(tuple(_name(process, role) for role in task.accountable))
            found.append(f"{both} all answer for “{task.name}”: name one.")
    working = {role for task in tasks(process) for role in (task.role, *task.with_roles, *task.or_roles) if role}
    inside = [role for role in process.roles if not is_outside(process, role)]
    if no_unit := tuple(role.name for role in inside if role.unit is None and role.id in working):
        found.append(
            f"No department was named for {listed(no_unit)}; {owner_of(process)} answers for their steps till then."
        )
    found.extend(f"{role.name} has no step in the process." for role in inside if role.id not in working)
    return tuple(found)
