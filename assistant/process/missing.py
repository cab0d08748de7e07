"""Which figures of a process nobody gave, as a table that a person can fill in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.process.blocks import AnyOf, Block, Call, Choice, Loop, Task, Wait
from assistant.process.describe import name_of
from assistant.process.expected import untold_ways
from assistant.process.figures import plural
from assistant.process.model import Process
from assistant.process.tree import tasks, walk

HEAD = ("Where", "What is missing", "Unit", "Your figure")
MOST = 60


class Missing(NamedTuple):
    """One figure nobody gave: the element's id and field, and for a reader where it is, what it is and its unit."""

    element: str
    field: str
    where: str
    what: str
    unit: str


def missing(process: Process) -> list[Missing]:
    """The figures a play needs that nobody gave, in reading order; those of the whole process come last."""
    return [*_of_steps(process), *_of_frame(process)]


def _of_steps(process: Process) -> Iterator[Missing]:
    for step in walk(process):
        where = _where(process, step)
        if isinstance(step, Task) and step.work is None:
            yield Missing(step.id, "work", where, "hands-on time", "min")
        elif isinstance(step, Wait) and step.duration is None:
            yield Missing(step.id, "duration", where, "how long it lasts", "h or days")
        elif isinstance(step, Choice | AnyOf):
            for branch in untold_ways(step):
                if len(step.branches) > 1:
                    what = f"share of “{branch.when}”" if branch.when else "share of the other cases"
                    yield Missing(branch.id, "p", where, what, "of 100 cases")
        elif isinstance(step, Loop) and step.p is None:
            yield Missing(step.id, "p", where, "how often it goes round again", "of 100 cases")


def _of_frame(process: Process) -> Iterator[Missing]:
    busy = {name for task in tasks(process) for name in (task.role, *task.with_roles, *task.or_roles)}
    for role in process.roles:
        if role.id in busy and role.kind in ("person", "group") and role.capacity is None:
            yield Missing(role.id, "capacity", role.name, "how many people", "people")
    if process.volume is None:
        yield Missing("process", "volume", "the whole process", "how many cases come", "a day or a week")


def _where(process: Process, step: Block) -> str:
    role = process.role(getattr(step, "role", None))
    return f"{name_of(step)}, {role.name}" if role else name_of(step)


def any_time(process: Process) -> bool:
    """Whether anybody gave a single length of time for anything in the process."""
    fields = ("work", "wait", "setup", "duration")
    return any(
        getattr(step, field, None) is not None
        for step in walk(process)
        for field in fields
        if isinstance(step, Task | Wait | Call)
    ) or any(task.batch is not None and task.batch.every is not None for task in tasks(process))


def table(rows: list[Missing]) -> str:
    """The rows as a Markdown table with an empty column to write into."""
    shown = [(row.where, row.what, row.unit, "") for row in rows[:MOST]]
    cells = [HEAD, *shown]
    widths = [max(len(_cell(row[column])) for row in cells) for column in range(len(HEAD))]
    lines = ["| " + " | ".join(_cell(cell).ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
             for row in cells]  # fmt: skip
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    if len(rows) > MOST:
        lines.append(f"and {plural(len(rows) - MOST, 'more figure')}")
    return "\n".join(lines)


def listed(rows: list[Missing]) -> str:
    """The rows as a list for a narrow place: where each figure is missing, and below it what is, to write behind."""
    lines: list[str] = []
    where = None
    for row in rows[:MOST]:
        if row.where != where:
            where = row.where
            lines.append(f"  {where}")
        lines.append(f"    {row.what}, {row.unit}: ___")
    if len(rows) > MOST:
        lines.append(f"and {plural(len(rows) - MOST, 'more figure')}")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ")
