"""Work done before a check that often makes it useless, where the check cannot move but the work can."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.process.blocks import Block, Task
from assistant.process.durations import humane
from assistant.redesign.detectors.base import chance, computed, finding
from assistant.redesign.detectors.checks import Gate, gates, late_knockouts
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View
from assistant.redesign.words import listed, percent


def work_before_check(view: View) -> Iterator[Finding]:
    """Steps before a refusing check that neither the check nor anything before it needs: they can wait for it."""
    known = gates(view)
    moved = {knockout.elements[0] for knockout in late_knockouts(view)}
    for gate in known.values():
        if gate.task.id in moved or gate.p < view.settings.knockout_p:
            continue
        row, place = view.row_of(gate.task.id), view.spots[gate.task.id].position
        before = row[:place]
        plain = [step for step in before if isinstance(step, Task) and step.id not in known]
        later = _can_wait(view, gate, before, known)
        lost = sum(view.work_of(step) for step in later) * gate.p
        if len(plain) < view.settings.knockout_before or not later or lost <= 0:
            continue
        yield finding(
            view,
            "work_before_check",
            (gate.task.id, gate.choice.id, *(step.id for step in later)),
            f"{listed([step.name for step in later])} is done before {gate.task.name}, which refuses {percent(gate.p)}",
            (
                chance(f"{gate.task.name} refuses", gate.p),
                computed(f"{humane(lost)} of work a case is wasted on refused ones", lost, "s"),
            ),
            ("H11",),
            waste="over-processing",
            share=min(1.0, lost * view.rates[gate.task.id] / view.work) if view.work else None,
            share_of="cost",
            postpone=tuple(step.id for step in later),
            after=gate.choice.id,
        )


def _can_wait(view: View, gate: Gate, before: tuple[Block, ...], known: dict[str, Gate]) -> list[Task]:
    """The tasks right up to the check whose results nothing before its outcome reads, known by their data."""
    exits = list(view.inner_tasks(gate.choice))
    found: list[Task] = []
    for index in range(len(before) - 1, -1, -1):
        step = before[index]
        if not isinstance(step, Task):
            break
        following = [task for other in before[index + 1 :] for task in view.inner_tasks(other) if task not in found]
        needed = [gate.task, *exits, *following]
        told = step.reads or step.writes
        free = told and all(view.depends(step, needed_step) is False for needed_step in needed)
        if free and step.id not in view.protection.reasons and step.id not in known:
            found.insert(0, step)
    return found
