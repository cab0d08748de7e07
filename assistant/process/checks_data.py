"""Checks of data and figures: what is read must come from somewhere, and what a simulation needs must be known."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.process.issues import Issue, Limits, hint, quoted, warning
from assistant.process.model import Process
from assistant.process.tree import tasks


def flow_of_data(process: Process, limits: Limits) -> Iterator[Issue]:
    """Data read but never written, written but never read, named but not declared."""
    known = {document.id: document for document in process.data}
    readers = {name: task for task in reversed(tasks(process)) for name in task.reads}
    writers = {name: task for task in reversed(tasks(process)) for name in task.writes}
    for name, task in readers.items():
        one = known.get(name)
        if name not in writers and (one is None or one.source is None):
            label = one.name if one else name
            yield warning(
                "data-never-written",
                (task.id,),
                f"“{task.name}” reads “{label}”, but nothing writes it and no source is named.",
                "Say where it comes from.",
            )
    for name, task in writers.items():
        if name not in readers:
            label = known[name].name if name in known else name
            yield hint(
                "data-never-read",
                (task.id,),
                f"“{task.name}” writes “{label}”, but nothing reads it.",
                "Say who needs it, or stop writing it.",
            )
    for name in sorted({*readers, *writers} - set(known)):
        user = readers.get(name) or writers[name]
        yield warning(
            "unknown-data",
            (user.id,),
            f"“{user.name}” names the data object {name}, which is not declared.",
            "Declare it.",
        )
    for name in known:
        if name not in readers and name not in writers:
            yield hint(
                "data-without-use", (name,), f"No step reads or writes “{known[name].name}”.", "Say where it is used."
            )


def figures(process: Process, limits: Limits) -> Iterator[Issue]:
    """Tasks of which nobody knows how long they take."""
    bare = [task for task in tasks(process) if task.work is None and task.automation != "automatic"]
    if bare:
        yield hint(
            "task-without-time",
            tuple(task.id for task in bare),
            f"How long it takes is not known for {quoted([task.name for task in bare])}.",
            "Say it, if only roughly.",
        )


CHECKS = (flow_of_data, figures)
