"""What each edit of the flow does to a draft. Each refuses with its reason and leaves nothing half done to be kept."""

from __future__ import annotations

from functools import singledispatch
from typing import Any, TypeVar

from pydantic import ValidationError

from assistant.errors import EditRefused
from assistant.process import edits as e
from assistant.process.blocks import Block, Branch, Call, Choice, End, Loop, Parallel, Sequence, Task, wrapped
from assistant.process.draft import HELD, SPLITS, Draft, missing
from assistant.process.durations import Model
from assistant.process.model import Subprocess

M = TypeVar("M", bound=Model)


@singledispatch
def do(edit: e.Edit, draft: Draft) -> None:
    """Make one edit on a draft. Raises EditRefused when it does not fit; the draft is then of no more use."""
    raise TypeError(f"not an edit: {edit!r}")


@do.register
def _insert(edit: e.Insert, draft: Draft) -> None:
    address, index = draft.spot(edit.place)
    draft.put(edit.blocks, address, index)


@do.register
def _delete(edit: e.Delete, draft: Draft) -> None:
    for name in edit.ids:
        draft.step(name)
    draft.distinct(list(edit.ids))
    for name in edit.ids:
        draft.forget(name)


@do.register
def _move(edit: e.Move, draft: Draft) -> None:
    names = list(edit.ids)
    for name in names:
        draft.step(name)
    draft.distinct(names)
    moved = {inner for name in names for inner in draft.below(name)}
    anchor = edit.place.after or edit.place.before
    if anchor is not None:
        draft.step(anchor)
    address = draft.home[anchor] if anchor is not None else str(edit.place.into)
    draft.row(address)
    if anchor in moved or draft.holder.get(address) in moved:
        raise EditRefused(
            f"{draft.told(names)} cannot be moved next to or into itself.",
            "The place named is part of what is moved.",
            "Name a step outside of it.",
        )
    for name in names:
        draft.take(name)
    address, index = draft.spot(edit.place)
    draft.stand(names, address, index)


@do.register
def _swap(edit: e.Swap, draft: Draft) -> None:
    for name in (edit.a, edit.b):
        draft.step(name)
    draft.distinct([edit.a, edit.b])
    home_a, home_b = draft.home[edit.a], draft.home[edit.b]
    at_a, at_b = draft.rows[home_a].index(edit.a), draft.rows[home_b].index(edit.b)
    draft.rows[home_a][at_a], draft.rows[home_b][at_b] = edit.b, edit.a
    draft.home[edit.a], draft.home[edit.b] = home_b, home_a


@do.register
def _replace(edit: e.Replace, draft: Draft) -> None:
    draft.step(edit.id)
    address = draft.home[edit.id]
    index = draft.rows[address].index(edit.id)
    draft.forget(edit.id)
    draft.put(edit.blocks, address, index)


@do.register
def _rename(edit: e.Rename, draft: Draft) -> None:
    if edit.id in draft.subs:
        draft.subs[edit.id] = draft.subs[edit.id].model_copy(update={"name": edit.name})
        return
    step = draft.step(edit.id)
    field = next((f for f in ("name", "question", "outcome") if f in type(step).model_fields), None)
    if field is None:
        kind = step.block if not isinstance(step, Sequence) else "sequence"
        raise EditRefused(f"{draft.said(edit.id)} has no name.", f"It is a {kind} block.", "Rename a step inside it.")
    draft.steps[edit.id] = step.model_copy(update={field: edit.name})


@do.register
def _set(edit: e.SetValue, draft: Draft) -> None:
    if edit.id in draft.branches:
        draft.branches[edit.id] = _with_value(draft.branches[edit.id], edit.id, edit.field, edit.value)
    elif edit.id in draft.subs:
        draft.subs[edit.id] = _with_value(draft.subs[edit.id], edit.id, edit.field, edit.value)
    else:
        changed = _with_value(draft.step(edit.id), edit.id, edit.field, edit.value)
        if edit.field == "role":
            draft.known_role(getattr(changed, "role", None), edit.id)
        draft.steps[edit.id] = changed


def _called(thing: Any, name: str) -> str:
    label = getattr(thing, "name", "") or getattr(thing, "question", "") or getattr(thing, "outcome", "")
    return f"“{label}”" if label else name


def _with_value(thing: M, name: str, field: str, value: Any) -> M:
    """The block, branch or subprocess with one attribute set, checked by its own schema."""
    aliases = {info.alias: key for key, info in type(thing).model_fields.items() if info.alias}
    key = aliases.get(field, field)
    if key in HELD or key not in type(thing).model_fields:
        kind = getattr(thing, "block", type(thing).__name__.lower())
        known = [key for key in type(thing).model_fields if key not in HELD]
        raise EditRefused(
            f"{_called(thing, name)} has no attribute {field} to set.", f"A {kind} has {', '.join(known)}."
        )
    fields = {info.alias or k: getattr(thing, k) for k, info in type(thing).model_fields.items() if k != key}
    if value is not None:
        fields[type(thing).model_fields[key].alias or key] = value
    fields.pop("block", None)
    try:
        return type(thing).model_validate(fields)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        raise EditRefused(
            f"{field} of {_called(thing, name)} cannot be set to {value!r:.80}.", f"{fault['msg'][:200]}."
        ) from None


@do.register
def _split(edit: e.SplitTask, draft: Draft) -> None:
    if not isinstance(draft.step(edit.id), Task):
        raise EditRefused(
            f"{draft.said(edit.id)} is not a task.", "Only a task is split into tasks.", "Use replace instead."
        )
    _replace(e.Replace(id=edit.id, blocks=edit.tasks), draft)


@do.register
def _merge(edit: e.Merge, draft: Draft) -> None:
    address, index, names = draft.neighbours(edit.ids)
    others = [name for name in names if not isinstance(draft.step(name), Task)]
    if others:
        raise EditRefused(
            f"{draft.said(others[0])} is not a task.", "Only tasks are merged into one.", "Name tasks only."
        )
    for name in names:
        draft.forget(name)
    draft.put([edit.task], address, index)


def _lift(draft: Draft, names: list[str]) -> list[Block]:
    """Take steps out of the draft, as blocks to be put elsewhere."""
    lifted = [draft.built(name) for name in names]
    for name in names:
        draft.forget(name)
    return lifted


@do.register
def _parallelise(edit: e.Parallelise, draft: Draft) -> None:
    address, index, _ = draft.neighbours([name for group in edit.groups for name in group])
    draft.free(edit.id)
    groups = [_lift(draft, list(group)) for group in edit.groups]
    branches = [
        Branch(id=draft.fresh_part(edit.id, number), do=Sequence(items=tuple(group)))
        for number, group in enumerate(groups, 1)
    ]
    draft.put([Parallel(id=edit.id, branches=tuple(branches))], address, index)


@do.register
def _in_sequence(edit: e.PutInSequence, draft: Draft) -> None:
    step = draft.step(edit.id)
    if not isinstance(step, SPLITS):
        raise EditRefused(f"{draft.said(edit.id)} has no branches.", "Only branches can be put one after the other.")
    ways = list(edit.order) or list(draft.ways[edit.id])
    if sorted(ways) != sorted(draft.ways[edit.id]):
        raise EditRefused(
            f"The order does not list each branch of {draft.said(edit.id)} once.",
            f"They are {draft.told(draft.ways[edit.id])}.",
        )
    items = [draft.built(name) for way in ways for name in draft.rows[way]]
    _replace(e.Replace(id=edit.id, blocks=tuple(items)), draft)


@do.register
def _wrap_choice(edit: e.WrapInChoice, draft: Draft) -> None:
    address, index, names = draft.neighbours(edit.ids)
    draft.free(edit.id)
    rest = None if edit.p is None else round(1 - edit.p, 12)
    done = Branch(
        id=draft.fresh_part(edit.id, 1), when=edit.when, p=edit.p, p_basis=edit.basis,
        do=Sequence(items=tuple(_lift(draft, names))),
    )  # fmt: skip
    other = Branch(
        id=draft.fresh_part(edit.id, 2), when=edit.otherwise_when, p=rest, p_basis=edit.basis, do=edit.otherwise
    )
    draft.put([Choice(id=edit.id, question=edit.question, branches=(done, other))], address, index)


@do.register
def _wrap_loop(edit: e.WrapInLoop, draft: Draft) -> None:
    address, index, names = draft.neighbours(edit.ids)
    draft.free(edit.id)
    if edit.as_part == "redo" and edit.redo.items:
        raise EditRefused("A loop cannot be given its redo part twice.", "The steps named are the redo part already.")
    body = Sequence(items=tuple(_lift(draft, names)))
    do, redo = (body, edit.redo) if edit.as_part == "do" else (Sequence(), body)
    loop = Loop(id=edit.id, do=do, while_=edit.while_, p=edit.p, p_basis=edit.basis, redo=redo)
    draft.put([loop], address, index)


@do.register
def _add_branch(edit: e.AddBranch, draft: Draft) -> None:
    if not isinstance(draft.step(edit.id), SPLITS):
        raise EditRefused(
            f"{draft.said(edit.id)} has no branches.", "Only choice, any-of and parallel blocks have.", "Wrap it first."
        )
    draft.add_branch(edit.id, edit.branch, edit.index)


@do.register
def _remove_branch(edit: e.RemoveBranch, draft: Draft) -> None:
    if edit.branch not in draft.branches:
        raise missing("branch", edit.branch, draft.branches)
    block = draft.holder[edit.branch]
    if len(draft.ways[block]) == 1:
        raise EditRefused(
            f"{draft.said(edit.branch)} is the only branch of {draft.said(block)}.",
            "A block keeps one at least.",
            f"Delete {draft.said(block)} instead.",
        )
    draft.forget_branch(edit.branch)


@do.register
def _condition(edit: e.SetCondition, draft: Draft) -> None:
    chance = {} if edit.p is None else {"p": edit.p, "p_basis": edit.basis}
    if edit.id in draft.branches:
        words = {} if edit.when is None else {"when": edit.when}
        draft.branches[edit.id] = draft.branches[edit.id].model_copy(update={**words, **chance})
        return
    step = draft.step(edit.id)
    if not isinstance(step, Loop):
        raise EditRefused(
            f"{draft.said(edit.id)} carries no condition.", "Only branches and loops do.", "Name the branch."
        )
    words = {} if edit.when is None else {"while_": edit.when}
    draft.steps[edit.id] = step.model_copy(update={**words, **chance})


@do.register
def _extract(edit: e.ExtractToCall, draft: Draft) -> None:
    address, index, names = draft.neighbours(edit.ids)
    draft.free(edit.id)
    ends = [inner for name in names for inner in draft.below(name) if isinstance(draft.steps[inner], End)]
    if ends:
        raise EditRefused(
            f"{draft.said(ends[0])} cannot go into a subprocess.",
            "There it would end only the subprocess, no longer the whole case.",
            "Leave the end outside.",
        )
    flow = Sequence(items=tuple(_lift(draft, names)))
    if edit.subprocess in draft.subs:
        raise EditRefused(f"There is a subprocess {edit.subprocess} already.", remedy="Choose another id.")
    draft.open_sub(Subprocess(id=edit.subprocess, name=edit.name, owner=edit.owner, flow=flow), None)
    draft.put([Call(id=edit.id, name=edit.name, process=edit.subprocess)], address, index)


@do.register
def _inline(edit: e.InlineCall, draft: Draft) -> None:
    call = draft.step(edit.id)
    if not isinstance(call, Call):
        raise EditRefused(f"{draft.said(edit.id)} is not a call.", "Only a call can be opened in its place.")
    sub = call.process
    if sub not in draft.subs:
        raise EditRefused(
            f"{draft.said(edit.id)} calls a process that is not kept here.",
            "Its steps are not known.",
            "Insert its steps instead.",
        )
    if any(inner == edit.id for name in draft.rows[sub] for inner in draft.below(name)):
        raise EditRefused(f"{draft.said(edit.id)} stands in the process it calls.", "It would be opened without end.")
    address = draft.home[edit.id]
    index = draft.rows[address].index(edit.id)
    last = sum(isinstance(s, Call) and s.process == sub for s in draft.steps.values()) == 1
    names = list(draft.rows[sub])
    draft.forget(edit.id)
    if last:
        for name in names:
            draft.take(name)
        draft.stand(names, address, index)
        drop_sub(e.DropSubprocess(id=sub), draft)
    else:
        draft.put(_copies(draft, names, {}), address, index)


def _copies(draft: Draft, names: list[str], wanted: dict[str, str]) -> list[Block]:
    """Copies of steps with new ids, `wanted` where it names them; references among them follow."""
    new: dict[str, str] = {}
    for name in names:
        for inner in draft.below(name):
            new[inner] = wanted.get(inner) or draft.fresh(inner, new.values())
            for part in draft.ways.get(inner, ()):
                stem = new[inner] + part[len(inner) :] if part.startswith(f"{inner}.") else part
                free = stem not in new.values() and stem not in draft.steps and stem not in draft.rows
                new[part] = wanted.get(part) or (stem if free else draft.fresh(stem, new.values()))
    return [_renamed_ids(draft.built(name), new) for name in names]


def _renamed_ids(step: Block, new: dict[str, str]) -> Block:
    def change(node: Any) -> Any:
        if isinstance(node, list):
            return [change(item) for item in node]
        if not isinstance(node, dict):
            return node
        known = {k: new[v] for k, v in node.items() if k in ("id", "found_at", "same_performer_as") and v in new}
        return {key: known.get(key) or change(value) for key, value in node.items()}

    return Sequence.model_validate(change(wrapped(step))).items[0]


@do.register
def _copy(edit: e.Copy, draft: Draft) -> None:
    draft.step(edit.id)
    address, index = draft.spot(edit.place)
    draft.put(_copies(draft, [edit.id], edit.ids), address, index)


@do.register
def _role(edit: e.SetRole, draft: Draft) -> None:
    for name in edit.ids:
        step = draft.step(name)
        if "role" not in type(step).model_fields:
            raise EditRefused(
                f"{draft.said(name)} is done by nobody.", "Only tasks, waits, ends and calls have a role."
            )
        draft.known_role(edit.role, name)
        draft.steps[name] = step.model_copy(update={"role": edit.role})


@do.register
def _put_sub(edit: e.PutSubprocess, draft: Draft) -> None:
    draft.open_sub(edit.subprocess, edit.index)


@do.register
def drop_sub(edit: e.DropSubprocess, draft: Draft) -> None:
    if edit.id not in draft.subs:
        raise missing("subprocess", edit.id, draft.subs)
    user = next((n for n, s in draft.steps.items() if isinstance(s, Call) and s.process == edit.id), None)
    if user is not None:
        raise EditRefused(
            f"The subprocess {edit.id} is still called.", f"{draft.said(user)} calls it.", "Delete or inline the call."
        )
    for name in list(draft.rows[edit.id]):
        draft.forget(name)
    del draft.rows[edit.id], draft.subs[edit.id]
