"""Handovers: cases that go to and fro, steps nobody answers for, steps several answer for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.process.blocks import Task
from assistant.process.model import Role
from assistant.redesign.detectors.base import computed, finding, judged, seen
from assistant.redesign.shapes import Evidence, Finding
from assistant.redesign.view import View
from assistant.redesign.words import PASSIVE, is_control, listed, plural, says


def ping_pong(view: View) -> Iterator[Finding]:
    """A role gives the case away and gets it back (A, B, A), other than for an independent check."""
    path = [stop.step for stop in view.path if isinstance(stop.step, Task) and stop.together is None]
    path = [task for task in path if view.is_inside(task.role)]
    runs: list[list[Task]] = []
    for task in path:
        if runs and runs[-1][0].role == task.role:
            runs[-1].append(task)
        else:
            runs.append([task])
    returns: dict[str, list[int]] = {}
    for index in range(2, len(runs)):
        role = runs[index][0].role or ""
        before = [j for j in range(index - 1) if runs[j][0].role == role]
        if before and not _excused(view, runs, before[-1], index):
            returns.setdefault(role, [before[-1]]).append(index)
    if not returns:
        return
    touched = list(path)
    names = [view.name_of(role) for role in returns]
    ids = tuple(task.id for role in returns for i in returns[role] for task in runs[i][:1])
    yield finding(
        view,
        "ping_pong",
        ids,
        f"The case comes back to {listed(names)} after somebody else has had it",
        (
            computed(
                f"{plural(sum(len(r) - 1 for r in returns.values()), 'return')} on the usual path: "
                + ", ".join(view.name_of(run[0].role) for run in runs),
                sum(len(r) - 1 for r in returns.values()),
                "returns",
            ),
            *(_people(view, role) for role in returns),
        ),
        ("H13",),
        waste="transport",
        returns={role: tuple(runs[i][0].id for i in places) for role, places in returns.items()},
        tasks=tuple(task.id for task in touched),
    )


def _excused(view: View, runs: list[list[Task]], first: int, last: int) -> bool:
    """A return after an independent check, to what may be one person, or to the same performer is no ping-pong."""
    role = view.roles.get(runs[last][0].role or "")
    if role is None or not several(role) or runs[last][0].same_performer_as:
        return True
    between = [task for run in runs[first + 1 : last] for task in run]
    return all(is_control(task) or task.id in view.protection.reasons for task in between)


TEAM = re.compile(
    r"\b(team|desk|office|department|dept|group|unit|services?|support|warehouse|cent(er|re)|crew)\b", re.I
)
PLURAL = re.compile(r"[^s]s$")


def several(role: Role) -> bool:
    """Whether a role is several people, as far as one can tell: by its capacity, its kind, or a name in the plural."""
    if role.capacity is not None:
        return role.capacity > 1
    return role.kind == "group" or bool(TEAM.search(role.name) or PLURAL.search(role.name))


def _people(view: View, name: str) -> Evidence:
    role = view.roles[name]
    if role.capacity is not None:
        return seen(f"{role.capacity} people work as {role.name}, so it may be another one each time", role.capacity,
                    "people", role.capacity_basis)  # fmt: skip
    return judged(f"{role.name} sounds like several people, so it may be another one each time")


def unowned_steps(view: View) -> Iterator[Finding]:
    """Steps that nobody is named for, in a process where the other steps have somebody: one finding for all of them."""
    open_steps = [task for task in view.tasks.values() if not task.role and not task.accountable]
    doing = [task for task in open_steps if task.automation != "automatic" and not task.system]
    doing = [task for task in doing if not says(task.name, PASSIVE) and not view.party_of(task)]
    if not doing or not view.process.roles or len(doing) * 3 > len(view.tasks):
        return
    names = listed([task.name for task in doing])
    yield finding(
        view,
        "unowned_step",
        tuple(task.id for task in doing),
        f"Nobody is named for {names}",
        (
            seen(f"{names} {'has' if len(doing) == 1 else 'have'} no role and nobody accountable, while other steps "
                 "have"),
        ),
        ("H16",),
        waste="waiting",
    )  # fmt: skip


def shared_responsibility(view: View) -> Iterator[Finding]:
    """A step that two or more roles or departments answer for together."""
    for task in view.tasks.values():
        together = tuple(dict.fromkeys(r for r in (task.role, *task.with_roles) if r))
        units = {view.roles[r].unit for r in together if r in view.roles and view.roles[r].kind != "system"}
        if len(task.accountable) < 2 and not (len(together) >= 2 and len(units) >= 2 and not task.accountable):
            continue
        both = task.accountable if len(task.accountable) >= 2 else together
        yield finding(
            view,
            "shared_responsibility",
            (task.id,),
            f"{listed([view.name_of(role) for role in both])} answer together for {task.name}",
            (seen(f"{plural(len(both), 'role')} are accountable for {task.name}", len(both), "roles"),),
            ("H16", "H08"),
            waste="over-processing",
            roles=tuple(together),
            accountable=tuple(both),
        )
