"""The differences of values: attributes of matched steps and branches, the head of the process, its roles and data."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from assistant.process import edits as e
from assistant.process.blocks import Block, Branch
from assistant.process.draft import HELD
from assistant.process.model import DataObject, Process, Role, Subprocess

NAMES = ("name", "question", "outcome")
HEADS = ("schema_", "flow", "roles", "data", "subprocesses")


def header_edits(a: Process, b: Process) -> Iterator[e.Edit]:
    """What changed in the process's own attributes."""
    for field in Process.model_fields:
        if field not in HEADS and getattr(a, field) != getattr(b, field):
            yield e.SetProcess(field=field, value=b.document().get(field))


def value_edits(old: Block | Branch | Subprocess, new: Block | Branch | Subprocess) -> Iterator[e.Edit]:
    """What changed in a step's, branch's or subprocess's own attributes, its role aside."""
    fields = [
        field for field in type(new).model_fields
        if field not in HELD and field != "role" and getattr(old, field) != getattr(new, field)
    ]  # fmt: skip
    if not fields:
        return
    name: str = getattr(new, "id", "")
    if isinstance(new, Branch) and (condition := _condition(fields, new)) is not None:
        yield condition
        fields = [field for field in fields if field not in ("when", "p", "p_basis")]
    values = new.document() if fields else {}
    for field in fields:
        if field in NAMES:
            yield e.Rename(id=name, name=getattr(new, field))
        else:
            alias = type(new).model_fields[field].alias or field
            yield e.SetValue(id=name, field=alias, value=values.get(alias))


def _condition(fields: list[str], new: Branch) -> e.SetCondition | None:
    """One edit for condition and chance of a branch, when it can say them."""
    chance = bool({"p", "p_basis"} & set(fields))
    if not ("when" in fields or chance) or ("when" in fields and new.when is None) or (chance and new.p is None):
        return None
    return e.SetCondition(
        id=new.id,
        when=new.when if "when" in fields else None,
        p=new.p if chance else None,
        basis=new.p_basis if chance else None,
    )


def row_edits(
    have: tuple[Role, ...] | tuple[DataObject, ...],
    wanted: tuple[Role, ...] | tuple[DataObject, ...],
    put: Any,
    field: str,
) -> Iterator[e.Edit]:
    """The puts that bring roles or data objects to their values and order; what is no more is dropped later."""
    order = [item.id for item in have]
    values = {item.id: item for item in have}
    keep = longest_kept(order, [item.id for item in wanted])
    before: str | None = None
    for item in wanted:
        if item.id not in keep:
            if item.id in order:
                order.remove(item.id)
            index = order.index(before) + 1 if before is not None else 0
            yield put(**{field: item}, index=None if index == len(order) and item.id not in values else index)
            order.insert(index, item.id)
        elif values[item.id] != item:
            yield put(**{field: item})
        before = item.id


def longest_kept(have: list[str], wanted: list[str]) -> set[str]:
    """The most names of `have` that stand in the order of `wanted` already (longest increasing subsequence)."""
    order = {name: index for index, name in enumerate(wanted)}
    tails: list[int] = []
    last: list[str] = []
    back: dict[str, str | None] = {}
    for name in have:
        if name not in order:
            continue
        at = bisect_left(tails, order[name])
        back[name] = last[at - 1] if at else None
        tails[at : at + 1] = [order[name]]
        last[at : at + 1] = [name]
    kept: set[str] = set()
    name_back = last[-1] if last else None
    while name_back is not None:
        kept.add(name_back)
        name_back = back[name_back]
    return kept
