"""Branches: rare ones that burden the main flow, other kinds of work inside it, and variants that are the same."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.process.blocks import Branch, Choice, End, Task
from assistant.process.tree import ids_below, steps
from assistant.redesign.detectors.base import chance, computed, finding, seen
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View
from assistant.redesign.words import SAME, alike, listed, percent, plural

MOST_NODES = 0.5


def rare_branches(view: View) -> Iterator[Finding]:
    """A branch seldom taken that is another kind of work (H04), or that carries much of the main flow (H12)."""
    for choice in (step for step in view.steps.values() if isinstance(step, Choice)):
        for branch in choice.branches:
            inner = [step for step in steps(branch.do) if isinstance(step, Task)]
            p = branch.p if view.told(branch.id) else None
            if (
                p is None
                or not inner
                or isinstance(branch.do.items[0], End)
                or p > max(view.settings.case_type_p, view.settings.exception_p)
            ):
                continue
            if _other_kind(view, branch, inner):
                yield _case_type(view, choice, branch, inner, p)
            elif (told := _burden(view, branch, inner)) is not None:
                yield _exception(view, choice, branch, inner, p, told)


def _other_kind(view: View, branch: Branch, inner: list[Task]) -> bool:
    if (branch.p or 0) > view.settings.case_type_p or len(inner) < view.settings.case_type_steps:
        return False
    return shared_part(view, inner) <= view.settings.case_type_shared


def shared_part(view: View, inner: list[Task]) -> float:
    """The share of the roles and data of these tasks that the rest of the process uses too (1 when none are known)."""
    ids = {task.id for task in inner}
    own = {("role", t.role) for t in inner if t.role} | {("data", n) for t in inner for n in (*t.reads, *t.writes)}
    rest = [task for task in view.tasks.values() if task.id not in ids]
    used = {("role", t.role) for t in rest if t.role} | {("data", n) for t in rest for n in (*t.reads, *t.writes)}
    return len(own & used) / len(own) if own else 1.0


def _case_type(view: View, choice: Choice, branch: Branch, inner: list[Task], p: float) -> Finding:
    shared = shared_part(view, inner)
    return finding(
        view,
        "another_case_type",
        (choice.id, *(task.id for task in inner)),
        f"“{branch.when or 'One branch'}” ({percent(p)} of cases) is another kind of work inside {view.process.name}",
        (
            chance("it is taken in", p, branch.p_basis),
            computed(f"it shares {percent(shared)} of its roles and data with the rest", shared, "share"),
        ),
        ("H04",),
        waste="motion",
        share=view.cost_share([task.id for task in inner]),
        share_of="cost",
        branch=branch.id,
        steps=tuple(step.id for step in branch.do.items if not isinstance(step, End)),
        owner=inner[0].role,
    )


def _burden(view: View, branch: Branch, inner: list[Task]) -> str | None:
    p = branch.p or 0.0
    if p > view.settings.exception_p or len(inner) < view.settings.exception_steps:
        return None
    nodes = len(ids_below(branch.do)) / max(1, len(view.steps))
    effort = view.cost_share([task.id for task in inner])
    if nodes > MOST_NODES:  # what holds most of the steps is no exception, however seldom it is said to come
        return None
    if nodes >= view.settings.exception_nodes:
        return f"it holds {percent(nodes)} of all steps"
    return f"it takes {percent(effort)} of the effort" if effort >= view.settings.exception_effort else None


def _exception(view: View, choice: Choice, branch: Branch, inner: list[Task], p: float, told: str) -> Finding:
    return finding(
        view,
        "exception_in_main_flow",
        (choice.id, *(task.id for task in inner)),
        f"“{branch.when or 'A rare branch'}” comes in {percent(p)} of cases and burdens the main flow",
        (
            chance("it is taken in", p, branch.p_basis),
            computed(f"{told} ({plural(len(inner), 'task')})", len(inner), "tasks"),
        ),
        ("H12",),
        waste="motion",
        share=view.cost_share([task.id for task in inner]),
        share_of="cost",
        branch=branch.id,
        steps=tuple(step.id for step in branch.do.items if not isinstance(step, End)),
        owner=inner[0].role,
    )


def same_variants(view: View) -> Iterator[Finding]:
    """Two branches that hold the same work by the same role in about the same time."""
    for choice in (step for step in view.steps.values() if isinstance(step, Choice)):
        lone = [b.do.items[0] for b in choice.branches if len(b.do.items) == 1]
        variants = [task for task in lone if isinstance(task, Task)]
        if len(variants) < 2 or len(variants) != len(choice.branches):
            continue
        first, times = variants[0], [view.work_of(task) for task in variants]
        same = all(task.role == first.role and task.system == first.system for task in variants)
        same = same and all(alike(first.name, task.name) >= SAME for task in variants[1:]) and min(times) > 0
        if not same or max(times) - min(times) > view.settings.variants_alike * max(times):
            continue
        if view.protection.covers({task.id for task in variants}) or _value_differs(variants):
            continue
        yield finding(
            view,
            "same_variants",
            (*(task.id for task in variants), choice.id),
            f"{listed([task.name for task in variants])} are the same work in two variants",
            (
                seen(f"same role {view.name_of(first.role)}"),
                computed(
                    f"their times differ by {percent(1 - min(times) / max(times))}",
                    1 - min(times) / max(times),
                    "share",
                ),
            ),
            ("H07",),
            waste="motion",
            choice=choice.id,
            variants=tuple(task.id for task in variants),
        )


def _value_differs(variants: list[Task]) -> bool:
    return len({(t.reads, t.writes, t.contact, t.automation) for t in variants}) > 1


def mixed_cases(view: View) -> Iterator[Finding]:
    """One step serves kinds of cases whose times differ widely, and the kind is known from the start."""
    classes = view.process.volume.classes if view.process.volume else ()
    for task in view.tasks.values():
        if task.work is None or task.id in view.protection.reasons or len(classes) < 2:
            continue
        spread = _spread(view, task)
        inside = view.spots[task.id].sequence in {
            b.id for s in view.steps.values() if isinstance(s, Choice) for b in s.branches
        }
        if spread is None or inside:
            continue
        share = view.cost_share([task.id])
        yield finding(
            view,
            "mixed_cases",
            (task.id,),
            f"{task.name} serves {listed([case_class.name for case_class in classes])} cases alike, though their "
            "times differ widely",
            (
                seen(spread, basis=task.work.basis),
                seen(
                    f"kinds known at entry: {listed([f'{c.name} {percent(c.share)}' for c in classes])}",
                    len(classes),
                    "kinds",
                ),
            ),
            ("H07",),
            waste="waiting",
            share=share,
            share_of="cost",
        )


def _spread(view: View, task: Task) -> str | None:
    work = task.work
    if work is None or work.mean_seconds <= 0 or work.kind == "exponential":
        return None
    if work.kind == "observed":
        values = sorted(getattr(work, "values", ()))
        p50, p90 = values[len(values) // 2], values[min(len(values) - 1, int(len(values) * 0.9))]
        if p50 > 0 and p90 / p50 >= view.settings.triage_spread:
            return f"one case in ten takes {p90 / p50:.1f} times as long as the middle one"
    cv = work.sd_seconds / work.mean_seconds
    return f"working time varies by {cv:.1f} times its mean" if cv >= view.settings.triage_cv else None
