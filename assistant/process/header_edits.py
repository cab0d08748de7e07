"""What the edits of a process's head do: its attributes, roles and data objects."""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError

from assistant.errors import EditRefused
from assistant.process import edits as e
from assistant.process.draft import Draft, missing
from assistant.process.durations import Model
from assistant.process.flow_edits import do
from assistant.process.model import Process

NOT_SET_HERE = {"schema", "schema_", "flow", "roles", "data", "subprocesses"}
M = TypeVar("M", bound=Model)


@do.register
def _process(edit: e.SetProcess, draft: Draft) -> None:
    if edit.field in NOT_SET_HERE or edit.field not in Process.model_fields:
        known = ", ".join(key for key in Process.model_fields if key not in NOT_SET_HERE)
        raise EditRefused(f"A process has no attribute {edit.field} to set.", f"It has {known}.")
    head = draft.header
    bare = {"name": head.name} | ({} if edit.value is None else {edit.field: edit.value})
    if edit.field == "name" and edit.value is None:
        raise EditRefused("A process keeps a name.", "It was to be taken away.", "Give it another one.")
    try:
        value = getattr(Process.model_validate(bare), edit.field)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        raise EditRefused(f"{edit.field} of the process cannot be set.", f"{fault['msg'][:200]}.") from None
    draft.header = head.model_copy(update={edit.field: value})


def _placed(rows: tuple[M, ...], one: M, index: int | None) -> tuple[M, ...]:
    """`rows` with `one` in the place of the row with its id, or last, or at `index`."""
    name = getattr(one, "id", "")
    old = next((i for i, row in enumerate(rows) if getattr(row, "id", "") == name), len(rows))
    rest = [row for row in rows if getattr(row, "id", "") != name]
    rest.insert(min(old if index is None else index, len(rest)), one)
    return tuple(rest)


@do.register
def _put_role(edit: e.PutRole, draft: Draft) -> None:
    roles = _placed(draft.header.roles, edit.role, edit.index)
    draft.header = draft.header.model_copy(update={"roles": roles})


@do.register
def _drop_role(edit: e.DropRole, draft: Draft) -> None:
    if draft.header.role(edit.id) is None:
        raise missing("role", edit.id, [role.id for role in draft.header.roles])
    user = next((name for name, step in draft.steps.items() if getattr(step, "role", None) == edit.id), None)
    if user is not None:
        raise EditRefused(
            f"The role {role.name if (role := draft.header.role(edit.id)) else edit.id} still has work.",
            f"{draft.told([user])} is done by it.",
            "Give its steps away first.",
        )
    roles = tuple(role for role in draft.header.roles if role.id != edit.id)
    draft.header = draft.header.model_copy(update={"roles": roles})


@do.register
def _put_data(edit: e.PutData, draft: Draft) -> None:
    data = _placed(draft.header.data, edit.data, edit.index)
    draft.header = draft.header.model_copy(update={"data": data})


@do.register
def _drop_data(edit: e.DropData, draft: Draft) -> None:
    if all(data.id != edit.id for data in draft.header.data):
        raise missing("data object", edit.id, [data.id for data in draft.header.data])
    data = tuple(document for document in draft.header.data if document.id != edit.id)
    draft.header = draft.header.model_copy(update={"data": data})


@do.register
def _put_remark(edit: e.PutRemark, draft: Draft) -> None:
    remarks = _placed(draft.header.remarks, edit.remark, edit.index)
    draft.header = draft.header.model_copy(update={"remarks": remarks})


@do.register
def _drop_remark(edit: e.DropRemark, draft: Draft) -> None:
    if all(remark.id != edit.id for remark in draft.header.remarks):
        raise missing("remark", edit.id, [remark.id for remark in draft.header.remarks])
    remarks = tuple(remark for remark in draft.header.remarks if remark.id != edit.id)
    draft.header = draft.header.model_copy(update={"remarks": remarks})
