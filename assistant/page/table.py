"""The steps as a table: every figure of the process, with what it rests on, where each can be typed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.page.maps import called
from assistant.process.blocks import AnyOf, Block, Call, Choice, Loop, Task, Wait
from assistant.process.durations import how_often, humane
from assistant.process.expected import visit_rates
from assistant.process.figures import percent
from assistant.process.model import Process, Role
from assistant.process.tree import walk
from assistant.reports.format import badge


def table_view(process: Process) -> dict[str, Any]:
    """Every figure of the process, with what it rests on: of the steps, of the ways, of the people, of the whole."""
    rates = visit_rates(process)
    rows = [_row(process, step, rates[step.id]) for step in walk(process) if isinstance(step, Task | Wait | Call)]
    between = process.volume.between if process.volume else None
    every = how_often(between.mean_seconds, process.volume.per) if process.volume and between else ""
    told = process.volume.text if process.volume and process.volume.text else every
    basis = (process.volume.basis or (between.basis if between else None)) if process.volume else None
    return {
        "steps": rows,
        "roles": [role.name for role in process.roles],
        "ways": list(_ways(process)),
        "people": [_people(process, role) for role in process.roles if role.kind != "external"],
        "volume": _cell("volume", "volume", told, basis, bool(process.volume)),
        "currency": process.currency,
        "computed": badge("computed")._asdict(),
    }


def _cell(element: str, field: str, text: str, basis: Any, known: bool) -> dict[str, Any]:
    shown = badge(basis if known and basis else "stated" if known else None)
    return {"element": element, "field": field, "text": text, "badge": shown._asdict(), "known": known}


def _row(process: Process, step: Task | Wait | Call, rate: float) -> dict[str, Any]:
    role = process.role(step.role)
    is_task = isinstance(step, Task)
    lengths = {
        name: _length(step.id, name, getattr(step, name))
        for name in ("work", "wait", "duration")
        if hasattr(step, name)
    }
    errors, system = getattr(step, "error_rate", None), getattr(step, "system", None)
    told = "" if errors is None else percent(errors)
    who = role.name if role else ""
    return {
        "id": step.id,
        "name": called(step),
        "who": who,
        "role": _cell(step.id, "role", who, step.basis, role is not None),
        "title": _cell(step.id, "name", called(step), step.basis, True) if step.name else None,
        "often": f"{rate:.1f} times a case" if rate > 1.005 else percent(rate),
        "work": lengths.get("work"),
        "wait": lengths.get("wait") or lengths.get("duration"),
        "errors": _cell(step.id, "error_rate", told, step.basis, errors is not None) if is_task else None,
        "system": _cell(step.id, "system", system or "", step.basis, system is not None) if is_task else None,
    }  # fmt: skip


def _length(element: str, field: str, value: Any) -> dict[str, Any]:
    text = humane(value.mean_seconds) if value is not None else ""
    return _cell(element, field, text, value.basis if value is not None else None, value is not None)


def _ways(process: Process) -> Iterator[dict[str, Any]]:
    for step in walk(process):
        if isinstance(step, Choice | AnyOf):
            for branch in step.branches:
                yield _way(step, branch.when or "otherwise", branch.id, branch.p, branch.p_basis)
        elif isinstance(step, Loop):
            yield _way(step, f"again while {step.while_}" if step.while_ else "again", step.id, step.p, step.p_basis)


def _way(step: Block, when: str, element: str, chance: float | None, basis: Any) -> dict[str, Any]:
    text = percent(chance) if chance is not None else ""
    return {"at": called(step), "when": when, "p": _cell(element, "p", text, basis, chance is not None)}


def _people(process: Process, role: Role) -> dict[str, Any]:
    number = "" if role.capacity is None else str(role.capacity)
    price = "" if role.cost_per_hour is None else f"{role.cost_per_hour:g} {process.currency} an hour"
    return {
        "name": role.name,
        "capacity": _cell(role.id, "capacity", number, role.capacity_basis, role.capacity is not None),
        "cost": _cell(role.id, "cost_per_hour", price, role.cost_basis, role.cost_per_hour is not None),
    }
