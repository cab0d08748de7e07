"""The edits: the only way a process changes, whoever proposes it.

Each edit is a value. `apply` (assistant.process.apply) turns a process and a list of edits into a new process, or
refuses with the reason and changes nothing. Ids of blocks and branches stay the same, so evidence keeps its target.

A place is said in exactly one of three ways: `after` a step, `before` a step, or `into` a sequence: a branch id,
`LOOP.do`, `LOOP.redo`, a subprocess id, or `flow` for the process itself (there `at` says start or end).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, TypeAdapter, model_validator

from assistant.process.blocks import Branch, Id, Sequence, Share, Step, Task, Text, wrapped
from assistant.process.durations import Basis, Model
from assistant.process.model import DataObject, Role, Subprocess
from assistant.process.remarks import Remark

Steps = Annotated[tuple[Step, ...], PlainSerializer(lambda steps: [wrapped(step) for step in steps])]
Ids = Annotated[tuple[Id, ...], Field(min_length=1)]


class Place(Model):
    """Where something goes: exactly one of `after`, `before`, `into`."""

    after: Id | None = None
    before: Id | None = None
    into: Id | None = None
    at: Literal["start", "end"] = "end"

    @model_validator(mode="after")
    def _exactly_one(self) -> Place:
        if sum(value is not None for value in (self.after, self.before, self.into)) != 1:
            raise ValueError("a place is one of after, before, into")
        return self


HOW_FAR = "nobody said how much rarer it gets"
"""How the reason of a chance begins that falls no one knows how far."""


class _Edit(Model):
    """What every edit may carry: why it is made."""

    why: Text | None = None


class Insert(_Edit):
    """Put new blocks at a place."""

    op: Literal["insert"] = "insert"
    blocks: Annotated[Steps, Field(min_length=1)]
    place: Place


class Delete(_Edit):
    """Take blocks out, with all they hold. A branch or loop left empty stays empty."""

    op: Literal["delete"] = "delete"
    ids: Ids


class Move(_Edit):
    """Take blocks out and put them, in the order given, at a place."""

    op: Literal["move"] = "move"
    ids: Ids
    place: Place


class Swap(_Edit):
    """Exchange the places of two blocks, neither inside the other."""

    op: Literal["swap"] = "swap"
    a: Id
    b: Id


class Replace(_Edit):
    """Put other blocks where a block stands (none: the same as delete). The new ones may reuse its ids."""

    op: Literal["replace"] = "replace"
    id: Id
    blocks: Steps


class Rename(_Edit):
    """Give a block another name: a task's, wait's or call's name, a choice's question, an end's outcome."""

    op: Literal["rename"] = "rename"
    id: Id
    name: Text


class SetValue(_Edit):
    """Set one attribute of a block or branch (`value` null: unknown again). Not its id and not what it holds."""

    op: Literal["set"] = "set"
    id: Id
    field: str
    value: Any = None


class SplitTask(_Edit):
    """One task becomes several in a row; the first may keep its id."""

    op: Literal["split"] = "split"
    id: Id
    tasks: Annotated[tuple[Task, ...], Field(min_length=2)]


class Merge(_Edit):
    """Neighbouring tasks become one; it may keep the id of one of them."""

    op: Literal["merge"] = "merge"
    ids: Annotated[tuple[Id, ...], Field(min_length=2)]
    task: Task


class Parallelise(_Edit):
    """Neighbouring blocks run at the same time: each group of ids becomes a branch of a new parallel block."""

    op: Literal["parallelise"] = "parallelise"
    groups: Annotated[tuple[Ids, ...], Field(min_length=2)]
    id: Id


class PutInSequence(_Edit):
    """The branches of a parallel block run one after the other, in their order (or as `order` lists branch ids)."""

    op: Literal["put_in_sequence"] = "put_in_sequence"
    id: Id
    order: tuple[Id, ...] = ()


class WrapInChoice(_Edit):
    """Neighbouring blocks are done only when a condition holds; otherwise `otherwise` (usually nothing) is done."""

    op: Literal["wrap_in_choice"] = "wrap_in_choice"
    ids: Ids
    id: Id
    question: Text = ""
    when: Text | None = None
    p: Share | None = None
    otherwise: Sequence = Field(default_factory=Sequence)
    otherwise_when: Text | None = None
    basis: Basis | None = None


class WrapInLoop(_Edit):
    """Neighbouring blocks are repeated while a condition holds.

    `as_part` do: they come first and again after each `redo` (test after). `as_part` redo: the condition is tested
    first and they run only while it holds (test before).
    """

    op: Literal["wrap_in_loop"] = "wrap_in_loop"
    ids: Ids
    id: Id
    while_: Text = Field(default="", alias="while")
    p: Share | None = None
    as_part: Literal["do", "redo"] = "do"
    redo: Sequence = Field(default_factory=Sequence)
    basis: Basis | None = None


class AddBranch(_Edit):
    """Add a branch to a choice, any-of or parallel block, at `index` (None: last)."""

    op: Literal["add_branch"] = "add_branch"
    id: Id
    branch: Branch
    index: int | None = Field(default=None, ge=0)


class RemoveBranch(_Edit):
    """Remove a branch with what it holds. The last two branches left are not refused: a block may keep one."""

    op: Literal["remove_branch"] = "remove_branch"
    branch: Id


class SetCondition(_Edit):
    """Set the condition and chance of a branch or loop; a value that is None is left as it is."""

    op: Literal["set_condition"] = "set_condition"
    id: Id
    when: Text | None = None
    p: Share | None = None
    basis: Basis | None = None


class ExtractToCall(_Edit):
    """Neighbouring blocks become a subprocess of their own, called from where they stood."""

    op: Literal["extract_to_call"] = "extract_to_call"
    ids: Ids
    id: Id
    subprocess: Id
    name: Text
    owner: Text | None = None


class InlineCall(_Edit):
    """A call is replaced by the flow it runs; the subprocess goes when nothing else calls it."""

    op: Literal["inline_call"] = "inline_call"
    id: Id


class Copy(_Edit):
    """Copy a block to a place; `ids` maps old ids to new ones (those not named get fresh ones)."""

    op: Literal["copy"] = "copy"
    id: Id
    place: Place
    ids: dict[str, str] = Field(default_factory=dict)


class SetRole(_Edit):
    """Give blocks to another role (None: to nobody known)."""

    op: Literal["set_role"] = "set_role"
    ids: Ids
    role: Id | None = None


class SetProcess(_Edit):
    """Set one attribute of the process itself (`value` null: unknown or empty). Not its flow, roles or data."""

    op: Literal["set_process"] = "set_process"
    field: str
    value: Any = None


class PutRole(_Edit):
    """Add a role, or replace the one with that id, at `index` (None: in its place, or last)."""

    op: Literal["put_role"] = "put_role"
    role: Role
    index: int | None = Field(default=None, ge=0)


class DropRole(_Edit):
    """Remove a role that no step names any more."""

    op: Literal["drop_role"] = "drop_role"
    id: Id


class PutData(_Edit):
    """Add a data object, or replace the one with that id, at `index` (None: in its place, or last)."""

    op: Literal["put_data"] = "put_data"
    data: DataObject
    index: int | None = Field(default=None, ge=0)


class DropData(_Edit):
    """Remove a data object."""

    op: Literal["drop_data"] = "drop_data"
    id: Id


class PutRemark(_Edit):
    """Add something the teller said, or replace the remark with that id, at `index` (None: in its place, or last)."""

    op: Literal["put_remark"] = "put_remark"
    remark: Remark
    index: int | None = Field(default=None, ge=0)


class DropRemark(_Edit):
    """Remove a remark."""

    op: Literal["drop_remark"] = "drop_remark"
    id: Id


class PutSubprocess(_Edit):
    """Add a subprocess, or replace the one with that id."""

    op: Literal["put_subprocess"] = "put_subprocess"
    subprocess: Subprocess
    index: int | None = Field(default=None, ge=0)


class DropSubprocess(_Edit):
    """Remove a subprocess that nothing calls."""

    op: Literal["drop_subprocess"] = "drop_subprocess"
    id: Id


Edit = Annotated[
    Insert | Delete | Move | Swap | Replace | Rename | SetValue | SplitTask | Merge | Parallelise | PutInSequence
    | WrapInChoice | WrapInLoop | AddBranch | RemoveBranch | SetCondition | ExtractToCall | InlineCall | Copy | SetRole
    | SetProcess | PutRole | DropRole | PutData | DropData | PutRemark | DropRemark | PutSubprocess | DropSubprocess,
    Field(discriminator="op"),
]  # fmt: skip

EDITS: TypeAdapter[tuple[Edit, ...]] = TypeAdapter(tuple[Edit, ...])


def edit_document(edit: Edit) -> dict[str, Any]:
    """An edit as plain JSON data, its `op` first."""
    return {"op": edit.op, **edit.document()}
