"""The map as lines of text: the steps from top to bottom, who does them, and where ways part and meet again.

Lines are short enough for 60 columns where names are; what is longer is wrapped by the screen under its own text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.process.blocks import AnyOf, Block, Call, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.durations import humane
from assistant.process.model import Process

IN, BAR = "  ", "│ "
KINDS = {Choice: "?", AnyOf: "any of", Parallel: "at the same time"}


def map_lines(process: Process, changed: Iterable[str] = ()) -> list[str]:
    """The process as a drawing in text; steps whose ids are in `changed` are marked with a star."""
    new = frozenset(changed)
    lines = [process.name, ""]
    if process.trigger:
        lines.append(f"( ) {process.trigger}")
    lines += _row(process, process.flow, "", new)
    lines.append("(o) end")
    for sub in process.subprocesses:
        lines += ["", f"{sub.name}:", *_row(process, sub.flow, "", new)]
    if any(line.lstrip("│ ").startswith("[*") for line in lines):
        lines += ["", "* changed in the last turn"]
    return lines


def _row(process: Process, row: Sequence, lead: str, new: frozenset[str]) -> Iterator[str]:
    for item in row.items:
        yield from _step(process, item, lead, new)


def _step(process: Process, step: Block, lead: str, new: frozenset[str]) -> Iterator[str]:
    star = getattr(step, "id", "") in new
    if isinstance(step, Task | Call):
        yield f"{lead}[{'*' if star else ' '}] {step.name}{_beside(process, step)}"
    elif isinstance(step, Wait):
        length = f" ({humane(step.duration.mean_seconds)})" if step.duration else ""
        yield f"{lead}{'[*]' if star else '[…]'} {step.name or 'wait'}{length}"
    elif isinstance(step, End):
        yield f"{lead}(o) {step.outcome or 'end'}"
    elif isinstance(step, Loop):
        share = f", {step.p:.0%}" if step.p is not None else ""
        yield f"{lead}<↻> again while {step.while_ or 'needed'}{share}:"
        yield from _row(process, step.do, lead + BAR, new)
        if step.redo and step.redo.items:
            yield f"{lead}{BAR}before it is done again:"
            yield from _row(process, step.redo, lead + BAR + IN, new)
    elif isinstance(step, Choice | AnyOf | Parallel):
        yield from _ways(process, step, lead, new)


def _beside(process: Process, step: Task | Call) -> str:
    """Who does a step, how long they work, how long it waits, how often it is done, and its cost besides."""
    role = process.role(step.role or "")
    beside = [other.name for id_ in getattr(step, "with_roles", ()) if (other := process.role(id_))]
    who = f" — {' with '.join([role.name, *beside])}" if role else ""
    if not isinstance(step, Task):
        return who
    work = f"{humane(step.work.mean_seconds)} work" if step.work else ""
    wait = f"waits {humane(step.wait.mean_seconds)}" if step.wait else ""
    days = f"every {humane(step.batch.every.mean_seconds)}" if step.batch and step.batch.every else ""
    cost = f"{step.cost:g} {process.currency} a case" if step.cost else ""
    times = ", ".join(filter(None, (work, wait, days, cost)))
    return who + (f" ({times})" if times else "")


def _ways(process: Process, step: Choice | AnyOf | Parallel, lead: str, new: frozenset[str]) -> Iterator[str]:
    name = getattr(step, "question", "") or KINDS[type(step)]
    yield f"{lead}<{'+' if isinstance(step, Parallel) else '?'}> {name}"
    for branch in step.branches:
        share = f" ({branch.p:.0%})" if branch.p is not None else ""
        said = branch.when or ("at the same time" if isinstance(step, Parallel) else "otherwise")
        nothing = "" if branch.do.items else ": straight on"
        yield f"{lead}├ {said}{share}{nothing}"
        yield from _row(process, branch.do, lead + BAR + IN, new)
    yield f"{lead}└"
