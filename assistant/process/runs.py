"""What a run of collected cases costs one of them: the setting up is done once for all that are in it."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.process.blocks import Task
from assistant.process.model import Process
from assistant.process.tree import tasks
from assistant.process.volumes import arrivals_per_hour


def setup_a_case(process: Process, rates: Mapping[str, float]) -> dict[str, float]:
    """The seconds of setting up that one execution of a task bears, by id; nothing where nobody told how many cases a
    run holds. `rates`: how often a case runs each step."""
    return {task.id: task.setup.mean_seconds / cases_in_a_run(task, process, rates)
            for task in tasks(process) if task.setup is not None}  # fmt: skip


def cases_in_a_run(task: Task, process: Process, rates: Mapping[str, float]) -> float:
    """How many cases are set up for together: 1 without a batch; endless where that cannot be said."""
    batch = task.batch
    if batch is None:
        return 1.0
    held = [float(batch.size)] if batch.size else []
    hourly = arrivals_per_hour(process)
    if batch.every is not None and hourly is not None:
        held.append(batch.every.mean_seconds / 3600 * hourly * rates.get(task.id, 1.0))
    return max(1.0, min(held)) if held else float("inf")
