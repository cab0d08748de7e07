"""The order of work: independent steps done in a row, and steps done before anybody knows whether they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.process.blocks import Choice, Sequence, Task
from assistant.process.durations import humane
from assistant.process.tree import steps
from assistant.redesign.detectors.base import chance, computed, finding, seen
from assistant.redesign.detectors.checks import gates
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View
from assistant.redesign.words import content, is_control, listed, percent

SAME_ROLE_SECONDS = 1800.0


def independent_in_row(view: View) -> Iterator[Finding]:
    """Neighbouring steps that need nothing of each other but are done one after the other."""
    refusing = gates(view)
    for row in view.rows.values():
        for chain in _independent(view, row, refusing):
            times = sorted(view.work_of(task) + view.wait_of(task) for task in chain)
            saved = sum(times) - times[-1]
            share = view.time_share(saved, chain[0].id)
            if share < view.settings.parallel_gain:
                continue
            ids = tuple(task.id for task in chain)
            yield finding(
                view,
                "independent_in_row",
                ids,
                f"{listed([task.name for task in chain])} wait for each other without need",
                (
                    seen("none of them reads or changes what another one writes"),
                    computed(f"one after the other they take {humane(sum(times))}, the longest {humane(times[-1])}",
                             saved, "s"),
                    computed(f"{percent(share)} of the elapsed time", share, "share"),
                ),
                ("H10",),
                waste="waiting",
                share=share,
            )  # fmt: skip


def _independent(view: View, row: Sequence, refusing: Mapping[str, object]) -> Iterator[list[Task]]:
    """The longest chains of neighbours in a row that are pairwise independent, known by their data."""
    chain: list[Task] = []
    for item in (*row.items, None):
        fits = isinstance(item, Task) and item.id not in refusing and _may_overlap(view, item)
        if fits and isinstance(item, Task) and all(_apart(view, around, item) for around in chain):
            chain.append(item)
            continue
        if len(chain) >= 2:
            yield chain
        chain = [item] if fits and isinstance(item, Task) else []


def _may_overlap(view: View, task: Task) -> bool:
    busy = view.loads.get(task.role or "", 0.0) < view.settings.parallel_utilisation
    return busy and task.id not in view.protection.reasons and task.automation != "automatic"


def _apart(view: View, first: Task, then: Task) -> bool:
    """Whether two tasks may run at once and somebody is there to do so."""
    if view.depends(first, then) is not False or (view.party_of(first) and view.party_of(first) == view.party_of(then)):
        return False
    if is_control(first) and is_control(then) and set(first.reads) == set(then.reads):
        return False
    role = view.roles.get(first.role or "")
    if first.role != then.role:
        return first.role is not None and then.role is not None
    spare = role is not None and (role.capacity or 0) >= 2
    return spare and min(view.work_of(first), view.work_of(then)) >= SAME_ROLE_SECONDS


def needed_on_one_branch(view: View) -> Iterator[Finding]:
    """A step done for every case whose result only one branch of a later choice uses."""
    for row in view.rows.values():
        for index, task in enumerate(row.items):
            if not isinstance(task, Task) or not task.writes or task.id in view.protection.reasons:
                continue
            for place, later in enumerate(row.items[index + 1 :], index + 1):
                if isinstance(later, Choice):
                    yield from _only_branch(view, row, place, task, later)
                    break
                if set(task.writes) & {n for inner in view.inner_tasks(later) for n in (*inner.reads, *inner.writes)}:
                    break


def _only_branch(view: View, row: Sequence, place: int, task: Task, choice: Choice) -> Iterator[Finding]:
    """`place` is where the choice stands in the row."""
    made = set(task.writes)
    users = [b for b in choice.branches if made & {n for s in steps(b.do) if isinstance(s, Task) for n in s.reads}]
    if len(users) != 1 or is_control(task):
        return
    if any(made & set(inner.reads) for step in row.items[place + 1 :] for inner in view.inner_tasks(step)):
        return
    branch = users[0]
    p = view.chance(choice, branch)
    decides = content(choice.question) & {w for name in task.writes for w in content(_data(view, name))}
    if p > view.settings.used_on_branch_p or decides:
        return
    spared = (view.work_of(task) + view.wait_of(task)) * (1 - p)
    yield finding(
        view,
        "needed_on_one_branch",
        (task.id, choice.id),
        f"{task.name} is done for every case and used in {percent(p)}",
        (
            seen(f"only the branch {branch.when or branch.id} reads what it writes"),
            chance("that branch is taken in", p, branch.p_basis),
            computed(f"{humane(spared)} a case could be spared", spared, "s"),
        ),
        ("H09",),
        waste="over-production",
        share=view.time_share(spared, task.id),
        branch=branch.id,
    )


def _data(view: View, name: str) -> str:
    return next((document.name for document in view.process.data if document.id == name), name)


def system_ping_pong(view: View) -> Iterator[Finding]:
    """One person leaves a system for another and comes back, with set-up each time, though the order is free."""
    for row in view.rows.values():
        for a, b, c in zip(row.items, row.items[1:], row.items[2:], strict=False):
            if not (isinstance(a, Task) and isinstance(b, Task) and isinstance(c, Task)):
                continue
            same = a.role == b.role == c.role and a.system and a.system == c.system != b.system and c.setup
            if same and view.depends(b, c) is False:
                yield finding(
                    view,
                    "set_up_twice",
                    (a.id, b.id, c.id),
                    f"{view.name_of(a.role)} leaves {a.system} for {b.name} and comes back for {c.name}",
                    (seen(f"{c.name} needs a new set-up in {a.system}"),),
                    ("H09",),
                    waste="motion",
                    move=c.id,
                    after=a.id,
                )
