"""Load: roles that are too busy, roles that could help them, sites that queue apart, and how skills are spread."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from itertools import combinations

from assistant.process.blocks import Task
from assistant.process.durations import humane
from assistant.redesign.detectors.base import computed, finding, seen
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View
from assistant.redesign.words import SAME, alike, percent, plural, words
from assistant.simulation.relief import QUEUED, TOLD, load_is_told


def overloaded_roles(view: View) -> Iterator[Finding]:
    """A role so busy that work queues up before it; the busiest is the constraint of the process."""
    busiest = max(view.loads, key=lambda role: view.loads[role], default="")
    for role, load in view.loads.items():
        if load < view.settings.overload or view.roles[role].kind == "external":
            continue
        if load >= 1 and not load_is_told(view.process, role):
            continue  # a guess of ours shows no lack of people
        work = [task for task in view.tasks.values() if task.role == role]
        if not work:
            continue
        many = view.roles[role].capacity or 0
        queue = sum((view.queue_of(task) + told_queue(task, load)) * view.rates[task.id] for task in work)
        yield finding(
            view,
            "overloaded_role",
            (role, *(task.id for task in work)),
            f"{view.name_of(role)} is busy {percent(load)} of the time"
            if load < 1
            else f"By these figures {view.name_of(role)} would be busy {percent(load)} of the time: "
            "either work piles up without end or a figure is wrong",
            (
                computed(f"busy {percent(load)} of the time with {plural(many, 'person', 'people')}", load, "share"),
                seen(f"{plural(many, 'person', 'people')} as given", basis=view.roles[role].capacity_basis),
                *((computed(f"queueing {humane(queue)} a case", queue, "s"),) if queue else ()),
            ),
            ("H20",),
            waste="waiting",
            share=min(1.0, queue / view.elapsed) if queue and view.elapsed else None,
            role=role,
            load=load,
            constraint=role == busiest,
            counted=load >= 1 and counted(view, role) and (load <= BELIEVED or _spoken_of(view, work)),
        )


BELIEVED = 1.5
"""Above this load more likely a figure was read wrongly than that nobody said a word of it: it is asked about."""


def _spoken_of(view: View, work: list[Task]) -> bool:
    """Whether the teller says of a role's work that there is more of it than time."""
    own = {task.id for task in work}
    return any(remark.kind == "overloaded" and own & {*remark.elements} for remark in view.process.remarks)


def counted(view: View, role: str) -> bool:
    """Whether a role's load follows from what somebody gave: its people, the cases, and most of its work."""
    told = view.roles[role].capacity_basis in TOLD and view.told("process", "volume")
    return told and load_is_told(view.process, role)


def told_queue(task: Task, load: float) -> float:
    """The told wait before the work of somebody with more work than time: it is their queue, told in advance."""
    queued = load >= 1 and task.wait is not None and task.wait_cause in QUEUED and task.batch is None
    return task.wait.mean_seconds if queued and task.wait is not None else 0.0


def uneven_loads(view: View) -> Iterator[Finding]:
    """One role is stretched while another of the same department, of the same kind of people, has time."""
    for a, b in combinations(view.loads, 2):
        busy, idle = (a, b) if view.loads[a] >= view.loads[b] else (b, a)
        gap = view.loads[busy] - view.loads[idle]
        one, other = view.roles[busy], view.roles[idle]
        same = (
            one.unit is not None
            and one.unit == other.unit
            and one.kind == other.kind == "person"
            and one.site == other.site
        )
        if not same or gap < view.settings.flexible_gap or view.loads[busy] < view.settings.pool_utilisation:
            continue
        if view.loads[idle] <= 0 or not _could_help(view, busy, idle):
            continue
        work = [t for t in view.tasks.values() if t.role == busy and idle not in (*t.or_roles, *t.with_roles)
                and t.id not in view.protection.reasons]  # fmt: skip
        if not work:
            continue
        also = ("H21",) if gap >= view.settings.specialist_gap else ()
        yield finding(
            view,
            "uneven_load",
            (busy, idle, *(task.id for task in work)),
            f"{one.name} is busy {percent(view.loads[busy])}, "
            f"{other.name} in the same department {percent(view.loads[idle])}",
            (
                computed(f"utilisation {one.name} {percent(view.loads[busy])}", view.loads[busy], "share"),
                computed(f"utilisation {other.name} {percent(view.loads[idle])}", view.loads[idle], "share"),
            ),
            ("H14", *also),
            waste="skills",
            busy=busy,
            idle=idle,
            tasks=tuple(task.id for task in work),
        )


def _could_help(view: View, busy: str, idle: str) -> bool:
    """Whether something says that the idle role can do the busy one's work: a task named so, alike titles or tasks."""
    own = [task for task in view.tasks.values() if task.role == busy]
    if any(idle in task.or_roles for task in own):
        return True
    titles = [words(view.roles[role].name)[-1:] for role in (busy, idle)]
    other = [task for task in view.tasks.values() if task.role == idle]
    return titles[0] == titles[1] or any(alike(a.name, b.name) >= SAME for a in own for b in other)


def separate_pools(view: View) -> Iterator[Finding]:
    """Sites with a queue of their own each do the same work, all busy or unevenly so."""
    done: set[frozenset[str]] = set()
    sited = [(task, role) for task in view.tasks.values() if (role := view.roles.get(task.role or "")) and role.site]
    for (first, a), (then, b) in combinations(sited, 2):
        if a.id == b.id or a.site == b.site:
            continue
        if alike(first.name, then.name) < 0.75 or frozenset((a.id, b.id)) in done:
            continue
        loads = [view.loads.get(a.id), view.loads.get(b.id)]
        if None in loads:
            continue
        low, high = min(x for x in loads if x is not None), max(x for x in loads if x is not None)
        if low < view.settings.pool_utilisation and high - low < view.settings.pool_imbalance:
            continue
        if view.protection.covers({first.id, then.id}):
            continue
        done.add(frozenset((a.id, b.id)))
        yield finding(
            view,
            "separate_pools",
            (a.id, b.id, first.id, then.id),
            f"{a.name} and {b.name} do the same work with a queue each",
            (
                seen(f"{first.name} is done at {a.site} and at {b.site}"),
                computed(f"utilisation {percent(view.loads[a.id])} and {percent(view.loads[b.id])}", high, "share"),
            ),
            ("H15",),
            waste="waiting",
            pools=(a.id, b.id),
        )


def skill_mix(view: View) -> Iterator[Finding]:
    """One task takes much of a generalist role's time and goes wrong more often than the role's other tasks."""
    for role in view.roles.values():
        work = [t for t in view.tasks.values() if t.role == role.id]
        rated = [t for t in work if t.error_rate is not None]
        total = sum(_time(view, t) for t in work)
        if len(work) < 3 or len(rated) < 2 or total <= 0 or role.kind != "person":
            continue
        middle = statistics.median(t.error_rate or 0.0 for t in rated)
        for task in rated:
            part, rate = _time(view, task) / total, task.error_rate or 0.0
            if part < view.settings.specialist_share or rate <= middle:
                continue
            yield finding(
                view,
                "one_task_for_specialists",
                (task.id, role.id),
                f"{task.name} takes {percent(part)} of {role.name}'s time and goes wrong more often than the rest",
                (
                    computed(f"{percent(part)} of the time of {plural(len(work), 'task')}", part, "share"),
                    seen(
                        f"errors in {percent(rate)}; the middle of the role's tasks is {percent(middle)}", rate, "share"
                    ),
                ),
                ("H21",),
                waste="skills",
                share=view.cost_share([task.id]),
                share_of="cost",
                role=role.id,
            )


def _time(view: View, task: Task) -> float:
    return view.work_of(task) * view.rates[task.id]
