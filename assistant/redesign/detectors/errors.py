"""Errors: found long after their cause, found by the customer, or found so often that cases go round again."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.process.blocks import Loop
from assistant.process.durations import Basis, humane
from assistant.redesign.detectors.base import chance, computed, finding, seen
from assistant.redesign.detectors.told_waits import told_at_length
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View
from assistant.redesign.words import is_control, percent, plural


def late_errors(view: View) -> Iterator[Finding]:
    """An error comes to light two or more steps after its cause, with no check between."""
    path = [task.id for task in view.path_tasks]
    for task in view.tasks.values():
        rate = task.error_rate or 0.0
        if rate < view.settings.late_error_rate or task.found_at not in view.tasks or task.id not in path:
            continue
        if task.found_at not in path:
            continue
        first, last = path.index(task.id), path.index(task.found_at)
        between = [view.tasks[name] for name in path[first + 1 : last]]
        if last - first < view.settings.late_error_steps or any(is_control(passed) for passed in between):
            continue
        wasted = rate * sum(view.work_of(view.tasks[name]) for name in path[first : last + 1])
        yield finding(
            view,
            "late_error",
            (task.id, task.found_at),
            f"Errors made at {task.name} come to light at {view.name_of(task.found_at)}, "
            f"{plural(last - first, 'step')} later",
            (
                chance(f"{task.name} leaves an error in", rate, task.basis),
                computed(f"{plural(last - first, 'step')} between error and discovery", last - first, "steps"),
                computed(f"work between them wasted on errors: {humane(wasted)} a case", wasted, "s"),
            ),
            ("H23",),
            waste="defects",
            share=min(1.0, wasted / view.work) if view.work else None,
            share_of="cost",
            cost_late=wasted,
        )


def unchecked_outputs(view: View) -> Iterator[Finding]:
    """An error that nothing in the process finds, so that the customer does."""
    path = list(view.path_tasks)
    for index, task in enumerate(path):
        rate = task.error_rate or 0.0
        if rate < view.settings.late_error_rate or task.found_at in view.tasks:
            continue
        if any(is_control(later) for later in path[index + 1 :]):
            continue
        seen_by = "no check follows that was told" if told_at_length(view) else "the first to see it is the customer"
        yield finding(
            view,
            "unchecked_output",
            (task.id,),
            f"{percent(rate)} of what {task.name} delivers is wrong, and {seen_by}",
            (
                chance(f"{task.name} leaves an error in", rate, task.basis),
                seen("no check follows before the case ends"),
            ),
            ("H23",),
            waste="defects",
        )


def rework_loops(view: View) -> Iterator[Finding]:
    """Cases go round again often enough that the cause is worth a check at the source."""
    for loop in (step for step in view.steps.values() if isinstance(step, Loop)):
        p = loop.p or 0.0
        inner = list(view.inner_tasks(loop))
        if (
            not view.settings.rework_p <= p < 1  # always again: its end lies within, and rounds cannot be reckoned
            or not view.told(loop.id)
            or not inner
            or any(view.party_of(task) for task in inner)
        ):
            continue
        checks = [task for task in inner if is_control(task)]
        made = next((task for task in inner if not is_control(task)), None)
        if made is None or (not checks and not _told_again(view, loop)):
            continue
        seen_at = (checks or [made])[-1]
        again = p / (1 - p) * sum(view.work_of(task) for task in inner)
        yield finding(
            view,
            "rework_loop",
            tuple(dict.fromkeys((loop.id, made.id, seen_at.id))),
            f"{percent(p)} of cases go round again after {seen_at.name}",
            (
                chance("done again:", p, loop.p_basis),
                computed(f"repeated work {humane(again)} a case", again, "s"),
            ),
            ("H23",),
            waste="defects",
            share=min(1.0, again * view.rates[loop.id] / view.work) if view.work else None,
            share_of="cost",
            loop=loop.id,
            source=made.id,
        )


def _told_again(view: View, loop: Loop) -> bool:
    """Whether a loop without a check was told in a few sentences with how often it is gone round: told at length, it
    may be how the work is done ("until it fits")."""
    return loop.span is not None and not told_at_length(view) and loop.p_basis is Basis.STATED
