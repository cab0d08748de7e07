"""A process written for a model to change: the grammar of stories, every line with the id by which it can be named."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.process.blocks import AnyOf, Block, Call, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.durations import Duration, Fixed, Triangular, Uniform
from assistant.process.model import Process, Role
from assistant.process.outline_values import calendar
from assistant.process.tree import roots, walk


def outline(process: Process, whole: bool = False, counts: bool = False) -> str:
    """The process as lines: header, roles, flow, subprocesses.

    A role of which nothing is known but its name stands at its steps alone. `whole`: with all roles and what only a
    conversation speaks of: owner, customers, volume, totals, hours, prices, what must stay. `counts`: with volume and
    totals, for whoever reckons with them.
    """
    names = {role.id: role.name for role in process.roles}
    lines = [f"PROCESS {_one_line(process.name)}"]
    if process.trigger:
        lines.append(f"TRIGGER {_one_line(process.trigger)}")
    lines += _beside(process) if whole else _counts(process) if counts else []
    working = {getattr(step, "role", None) for step in walk(process)}
    roles = [(role.id, list(_role(role, whole))) for role in process.roles]
    lines += [" | ".join(told) for id_, told in roles if whole or len(told) > 1 or id_ not in working]
    titles = {sub.id: sub.name for sub in process.subprocesses}
    for address, flow in roots(process):
        lines.append("FLOW" if address == "flow" else f"[{address}] SUBPROCESS {_one_line(titles[address])}")
        lines += ["  " + line for line in _sequence(flow, names)]
    return "\n".join(lines)


def _beside(process: Process) -> Iterator[str]:
    if process.owner:
        yield f"OWNER {_one_line(process.owner)}"
    yield from (f"CUSTOMER {_one_line(customer.name)}" for customer in process.customers)
    yield from _counts(process)
    yield from (f"MUST STAY {kept.id} | {_one_line(kept.reason)}" for kept in process.protected)


def _counts(process: Process) -> Iterator[str]:
    """How many cases come, and what was told of whole cases."""
    if process.volume is not None:
        words = _one_line(process.volume.text or "")
        yield f"VOLUME {words or 'one case every ' + _time('', process.volume.between)}"
    told = [measure for measure in process.measures if measure.value is not None]
    yield from (
        f"TOTAL {_one_line(measure.name)} | {measure.value:,.10g} {_one_line(measure.unit)}".rstrip()
        for measure in told
    )


def _role(role: Role, whole: bool) -> Iterator[str]:
    yield f"ROLE {_one_line(role.name)}"
    if role.capacity is not None:
        yield f"{role.capacity} people"
    if whole and role.cost_per_hour is not None:
        yield f"{role.cost_per_hour:g} per h"
    if whole and role.calendar is not None:
        yield calendar(role.calendar)
    if role.kind == "external":
        yield "external"


def _one_line(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


def _sequence(sequence: Sequence, names: dict[str, str]) -> Iterator[str]:
    for step in sequence.items:
        yield from _step(step, names)


def _step(step: Block, names: dict[str, str]) -> Iterator[str]:
    if isinstance(step, Sequence):
        yield from _sequence(step, names)
        return
    yield f"[{step.id}] " + " | ".join(part for part in _words(step, names) if part)
    if isinstance(step, Choice | AnyOf | Parallel):
        for branch in step.branches:
            word = "PATH" if isinstance(step, Parallel) else f"WHEN {_one_line(branch.when or '')}".rstrip()
            chance = f" | {_percent(branch.p)}" if branch.p is not None else ""
            yield f"  [{branch.id}] {word}{chance}"
            yield from ("    " + line for line in _sequence(branch.do, names))
    elif isinstance(step, Loop):
        yield from ("  " + line for line in _sequence(step.do, names))
        if step.redo.items:
            yield "  REDO"
            yield from ("    " + line for line in _sequence(step.redo, names))


def _words(step: Block, names: dict[str, str]) -> list[str]:
    if isinstance(step, Task):
        return [f"TASK {_who(step.role, names)}: {_one_line(step.name)}", f"in {step.system}" if step.system else "",
                *_work_of(step), _lying(step), _rhythm(step),
                f"{step.batch.size} at a time" if step.batch and step.batch.size else "",
                f"error {_percent(step.error_rate)}" if step.error_rate else "",
                f"with {', '.join(_who(role, names) for role in step.with_roles)}" if step.with_roles else "",
                "control" if step.is_control else ""]  # fmt: skip
    if isinstance(step, Choice | AnyOf):
        return [f"{'CHOICE' if isinstance(step, Choice) else 'ANYOF'} {_one_line(step.question)}".rstrip()]
    if isinstance(step, Loop):
        chance = _percent(step.p) if step.p is not None else ""
        until = f"until {_one_line(step.until)}" if step.until else ""
        return [f"LOOP while {_one_line(step.while_)}".rstrip(), until, chance]
    if isinstance(step, Wait):
        if step.event == "message":
            return [f"WAIT message from {step.contact or '?'}: {_one_line(step.name)}", _time("", step.duration)]
        return [f"WAIT {_time('', step.duration) or '?'}: {_one_line(step.name)}"]
    if isinstance(step, End):
        return [f"END {_one_line(step.outcome)}", "bad" if step.negative else ""]
    if isinstance(step, Call):
        return [
            f"CALL {_who(step.role, names)}: {_one_line(step.name)}",
            f"runs {step.process}" if step.process else "",
        ]
    return ["PARALLEL"]


def _work_of(task: Task) -> Iterator[str]:
    """The work on a case, and that on a run of cases; none on the case where all is done for the run."""
    if task.work is not None and (task.work.mean_seconds or task.batch is None):
        yield _time("work", task.work)
    if task.setup is not None and task.batch is not None:
        yield f"{_time('work', task.setup)} per run"


def _lying(task: Task) -> str:
    return "no wait" if task.wait is not None and not task.wait.mean_seconds else _time("wait", task.wait)


def _rhythm(task: Task) -> str:
    if task.batch is None:
        return ""
    return f"on {task.batch.on}" if task.batch.on else _time("every", task.batch.every)


def _percent(share: float) -> str:
    """A share to three figures that mean something: `33%`, `0.0175%`."""
    return f"{share * 100:.3g}%"


def _who(role: str | None, names: dict[str, str]) -> str:
    return _one_line(names.get(role or "", "?"))


def _time(word: str, duration: Duration | None) -> str:
    if duration is None:
        return ""
    if isinstance(duration, Uniform):
        said = f"{duration.low:g} to {duration.high:g} {duration.unit}"
    elif isinstance(duration, Triangular):
        said = f"{duration.low:g} to {duration.mode:g} to {duration.high:g} {duration.unit}"
    elif isinstance(duration, Fixed):
        said = f"{duration.value:g} {duration.unit}"
    else:
        said = f"{duration.mean_seconds / 60:g} min"
    return f"{word} {said}".strip()
