"""Parties: how many roles and departments touch a case, and whether somebody answers for the whole."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.process.blocks import Task
from assistant.redesign.detectors.base import computed, finding, seen
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View
from assistant.redesign.words import listed, percent, plural


def many_parties(view: View) -> Iterator[Finding]:
    """Many roles or departments touch a usual case; those with the smallest part of the work are named."""
    inside = [task for task in view.path_tasks if view.is_inside(task.role)]
    roles = list(dict.fromkeys(task.role for task in inside if task.role))
    units = {view.unit_of(task) for task in inside} - {None}
    if len(roles) < view.settings.roles_per_case and len(units) < view.settings.units_per_case:
        return
    parts = {role: view.cost_share([t.id for t in view.tasks.values() if t.role == role]) for role in roles}
    small = sorted(roles, key=lambda role: parts[role])[: max(1, len(roles) - 3)]
    movable = tuple(t.id for t in inside if t.role in small and t.id not in view.protection.reasons)
    yield finding(
        view,
        "many_parties",
        (*movable, *small),
        f"{plural(len(roles), 'role')}{_where(view, inside, len(units))} touch a usual case",
        (
            computed(f"{plural(len(roles), 'role')} on the usual path: {listed([view.name_of(r) for r in roles], 8)}",
                     len(roles), "roles"),
            *(computed(f"{view.name_of(role)} does {percent(parts[role])} of the work", round(parts[role], 3), "share")
              for role in small),
        ),
        ("H18",),
        waste="transport",
        tasks=movable,
    )  # fmt: skip


def _where(view: View, inside: list[Task], units: int) -> str:
    """The departments, when every role's is known; else nothing is said of them."""
    return f" in {plural(units, 'department')}" if units and all(view.unit_of(task) for task in inside) else ""


def bystanders(view: View) -> Iterator[Finding]:
    """Parties that are asked or informed at a step and do next to none of the work."""
    for task in view.tasks.values():
        idle = [r for r in (*task.consulted, *task.informed) if _part(view, r) <= view.settings.bystander_share]
        asked = [role for role in idle if role in task.consulted]
        if len(idle) < 2 or task.id in view.protection.reasons:
            continue
        yield finding(
            view,
            "bystanders",
            (task.id,),
            f"{plural(len(idle), 'party', 'parties')} are asked or told at {task.name} without work of their own",
            (seen(f"{listed([view.name_of(role) for role in idle])} hear of every case", len(idle), "parties"),),
            ("H18",),
            waste="over-processing",
            idle=tuple(idle),
            asked=tuple(asked),
        )


def _part(view: View, role: str) -> float:
    return view.cost_share([task.id for task in view.tasks.values() if task.role == role])


def department_hops(view: View) -> Iterator[Finding]:
    """A usual case changes department often enough that one team for it is worth a question."""
    hops = [
        (a, b) for a, b in view.handoffs if view.unit_of(a) and view.unit_of(b) and view.unit_of(a) != view.unit_of(b)
    ]
    units = {view.unit_of(task) for pair in hops for task in pair}
    if len(hops) < view.settings.team_handoffs or len(units) < 3:
        return
    ids = tuple(dict.fromkeys(task.id for pair in hops for task in pair))
    yield finding(
        view,
        "department_hops",
        ids,
        f"A usual case changes department {len(hops)} times",
        (
            computed(
                " to ".join([str(view.unit_of(hops[0][0])), *(str(view.unit_of(b)) for _, b in hops)]),
                len(hops),
                "changes",
            ),
        ),
        ("H17",),
        waste="transport",
    )


def no_case_owner(view: View) -> Iterator[Finding]:
    """Several handovers and several contacts with the same outside world, and no one who answers for the case."""
    contacts = [stop.step for stop in view.path if view.party_of(stop.step)]
    if len(view.handoffs) < view.settings.manager_handoffs or len(contacts) < view.settings.manager_contacts:
        return
    everyone = {role for task in view.tasks.values() for role in task.accountable}
    if len(everyone) == 1 and all(task.accountable for task in view.tasks.values()):
        return
    yield finding(
        view,
        "no_case_owner",
        tuple(dict.fromkeys(task.id for pair in view.handoffs for task in pair)),
        f"Nobody is named for the whole case, which changes hands {plural(len(view.handoffs), 'time')} and has "
        f"{plural(len(contacts), 'contact')} with the outside",
        (
            computed(f"{plural(len(view.handoffs), 'handoff')} on the usual path", len(view.handoffs), "handoffs"),
            computed(f"{plural(len(contacts), 'contact')} with "
                     f"{listed(sorted({str(view.party_of(c)) for c in contacts}))}",
                     len(contacts), "contacts"),
            computed("no role was named as accountable for all steps"),
        ),
        ("H19",),
        waste="waiting",
        contacts=tuple(step.id for step in contacts if isinstance(step, Task)),
    )  # fmt: skip
