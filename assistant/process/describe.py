"""Edits in words: one plain sentence each, for the terminal, the report and the log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.process.blocks import ROLE_LISTS, AnyOf, Block, Call, Choice, End, Loop, Parallel, Task, Wait
from assistant.process.durations import Basis, how_often, humane
from assistant.process.edits import (
    HOW_FAR,
    AddBranch,
    Copy,
    Delete,
    DropData,
    DropRemark,
    DropRole,
    DropSubprocess,
    Edit,
    ExtractToCall,
    InlineCall,
    Insert,
    Merge,
    Move,
    Parallelise,
    Place,
    PutData,
    PutInSequence,
    PutRemark,
    PutRole,
    PutSubprocess,
    RemoveBranch,
    Rename,
    Replace,
    SetCondition,
    SetProcess,
    SetRole,
    SetValue,
    SplitTask,
    Swap,
    WrapInChoice,
    WrapInLoop,
)
from assistant.process.figures import listed
from assistant.process.model import Process
from assistant.process.remarks import Remark, heard
from assistant.process.tree import branches, by_id, parts, step_id
from assistant.process.values_in_words import durations, value_in_words, waits_told
from assistant.process.values_set import measures_told, of_role, percent, said_plainly

FIELDS = {
    "work": "hands-on time", "wait": "waiting time", "role": "role", "system": "system",
    "value_class": "value class", "legal_basis": "legal ground",
    "wait_cause": "cause of the wait", "contact": "outside contact", "reads": "data read", "writes": "data written",
    "with_roles": "others who take part", "or_roles": "roles that may do it instead", "batch": "batching",
    "duration": "length", "p": "chance", "automation": "automation", "medium": "medium", "cost": "cost per case",
    "found_at": "where its errors are found", "owner": "owner", "volume": "number of cases", "name": "name",
    "trigger": "trigger", "purpose": "purpose", "customers": "customers", "same_performer_as": "same person as",
}  # fmt: skip

ROLE_FIELDS = {
    "capacity": "number of people now", "cost_per_hour": "cost per hour now", "calendar": "working hours now",
    "unit": "department now", "name": "from now on called", "kind": "now",
}  # fmt: skip
COUNTED = re.compile(r"([\d.,]+) in a (month|quarter|year)\b")
"""How many cases were told for a longer period, as the note of a volume begins."""
MOST_WAYS = 3


def name_of(step: Block | None) -> str:
    """A step as a reader would call it, in quotes; 'a step' when there is none."""
    match step:
        case Task(name=name) | Call(name=name):
            return f"“{name}”"
        case Choice(question=question) | AnyOf(question=question):
            return f"the decision “{question}”" if question else "the decision"
        case Wait(name=name, duration=duration):
            length = f" ({humane(duration.mean_seconds)})" if duration else ""
            return (f"the wait “{name}”" if name else "the wait") + length
        case End(outcome=outcome):
            return f"the end “{outcome}”"
        case Parallel():
            return "the parallel work" + _held(step)
        case Loop(while_=condition):
            return f"the repetition while “{condition}”" if condition else "the repetition" + _held(step)
        case _:
            return "a step"


def _held(step: Parallel | Loop) -> str:
    inner = [step.do] if isinstance(step, Loop) else [branch.do for branch in step.branches]
    names = [name_of(item) for part in inner for item in part.items[:1]]
    return f" of {' and '.join(names[:3])}" if names else ""


def in_words(process: Process, edits: Iterable[Edit]) -> list[str]:
    """A sentence for each edit that a reader needs to see, told against the process as it stands before each.

    Half-way the process need not be one that could run: only the edits together make it whole.
    """
    from assistant.process.draft import Draft
    from assistant.process.flow_edits import do

    told: list[str] = []
    draft, edits, before = Draft(process), list(edits), by_id(process)
    kept = {id_ for edit in edits if isinstance(edit, Replace) for id_ in _kept(edit.blocks, before)}
    for edit in edits:
        if kept and isinstance(edit, Delete) and kept.intersection(edit.ids):  # it comes back elsewhere
            gone = tuple(id_ for id_ in edit.ids if id_ not in kept)
            sentence = describe(Delete(ids=gone), process) if gone else ""
        elif isinstance(edit, Replace) and edit.id in (
            there := _kept(edit.blocks, known := {**before, **by_id(process)})
        ):
            sentence = _put_into([known[id_] for id_ in there], edit.blocks)
        else:
            sentence = describe(edit, process)
        if sentence:
            told.append(sentence)
        do(edit, draft)
        process = draft.close()
    return told


def _kept(blocks: Iterable[Block], before: Mapping[str, Block]) -> list[str]:
    """The ids of the outermost steps inside new blocks that were there before."""
    found: list[str] = []
    for block in blocks:
        inside = (item for _, sequence in parts(block) for item in sequence.items)
        found += [step_id(block)] if step_id(block) in before else _kept(inside, before)
    return found


def _put_into(kept: Sequence[Block], blocks: Sequence[Block]) -> str:
    """Steps that were there and stand inside new blocks now."""
    if len(blocks) == 1 and isinstance(blocks[0], Parallel):
        return "Made parallel: " + " | ".join(_blocks(path.do.items) for path in blocks[0].branches) + "."
    return f"Put {_blocks(kept)} into {_blocks_with_ways(blocks)}."


def difference(a: Process, b: Process) -> list[str]:
    """What differs between two processes, a sentence each; empty only when they are equal."""
    from assistant.process.diff import diff

    edits = diff(a, b)
    if told := in_words(a, edits):
        return told
    unseen = [FIELDS.get(name, name.replace("_", " ")) for edit in edits for name in _unseen(edit)]
    return [f"Only what stands beside the flow differs: {_list(list(dict.fromkeys(unseen)))}."] if edits else []


def _unseen(edit: Edit) -> list[str]:
    """What an edit without a sentence of its own is about."""
    if isinstance(edit, SetProcess):
        return [edit.field]
    if isinstance(edit, PutData | DropData):
        return ["data"]
    if isinstance(edit, SetValue):
        return [edit.field]
    return ["roles"] if isinstance(edit, PutRole) else [edit.op]


def describe(edit: Edit, process: Process) -> str:
    """One edit as a sentence, told against the process it is about to change."""
    teller = _TELLERS.get(type(edit))
    return teller(edit, _Names(process)) if teller else ""


class _Names:
    """Names of the elements of one process, by id."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self._steps = by_id(process)
        self._branches = branches(process)

    def step(self, id_: str) -> str:
        if id_ in self._branches:
            _, branch = self._branches[id_]
            return f"the branch “{branch.when}”" if branch.when else "a branch"
        return name_of(self._steps.get(id_)) if id_ in self._steps else "a step"

    def all(self, ids: Iterable[str]) -> str:
        return _list([self.step(id_) for id_ in ids])

    def waited(self, ids: Iterable[str]) -> str:
        return waits_told(self._steps[id_] for id_ in ids if id_ in self._steps)

    def role(self, id_: str | None) -> str:
        found = self.process.role(id_)
        return found.name if found else (id_ or "nobody yet")

    def held(self, id_: str) -> set[str]:
        """The ids of the blocks that stand inside a decision."""
        step = self._steps.get(id_)
        ways = step.branches if isinstance(step, Choice | AnyOf) else ()
        return {block.id for branch in ways for block in branch.do.items}

    def condition(self, id_: str) -> str | None:
        """The condition of a way out of a decision, or of a repetition."""
        if id_ in self._branches:
            return self._branches[id_][1].when
        return getattr(self._steps.get(id_), "while_", None)

    def until(self, id_: str) -> str | None:
        """When a repetition ends."""
        return getattr(self._steps.get(id_), "until", None)

    def place(self, place: Place, at: str = "at") -> str:
        """Where something stands; `at` the end of a part, or `to` it."""
        if place.after:
            return f"after {self.step(place.after)}"
        if place.before:
            return f"before {self.step(place.before)}"
        where, target = "start" if place.at == "start" else "end", str(place.into)
        if target == "flow":
            return f"{at} the {where} of the process"
        loop = target.rsplit(".", 1)[0]
        inside = target if target in self._branches or loop not in self._steps else loop
        return f"{at} the {where} of {self.step(inside)}"


def _list(names: list[str]) -> str:
    return listed(names) if names else "nothing"


def _blocks(blocks: Iterable[Block]) -> str:
    return _list([name_of(block) for block in blocks])


def _people(many: float) -> str:
    return "1 person" if many == 1 else f"{many:g} people"


def _put_role(edit: PutRole, names: _Names) -> str:
    before = names.process.role(edit.role.id)
    if before is None:
        many = f" ({_people(edit.role.capacity)})" if edit.role.capacity else ""
        return f"Added the role {edit.role.name}{many}."
    told = [
        f"{ROLE_FIELDS.get(field, field.replace('_', ' '))} {of_role(field, getattr(edit.role, field))}"
        for field in type(edit.role).model_fields
        if field not in ("id", "span") and not field.endswith("_basis")
        and getattr(before, field) != getattr(edit.role, field)
    ]  # fmt: skip
    return f"Changed the role {before.name}: {', '.join(told)}." if told else ""


def _insert(edit: Insert, names: _Names) -> str:
    return f"Added {_blocks_with_ways(edit.blocks)} {names.place(edit.place)}."


def _blocks_with_ways(blocks: Iterable[Block]) -> str:
    return _list([_with_ways(block) for block in blocks])


def _with_ways(block: Block) -> str:
    """A block that is added, a decision with what is done on its ways, a repetition with what is done before another
    round: so that it is seen to be taken in."""
    if isinstance(block, Loop):
        before = f"before another round: {_blocks(block.redo.items)}" if block.redo.items else ""
        held = ", ".join(filter(None, (_chance(block.p, ""), before)))
        return f"{name_of(block)} ({held})" if held else name_of(block)
    if not isinstance(block, Choice | AnyOf):
        return name_of(block)
    ways = [
        f"when “{branch.when}”{_chance(branch.p)}: {_blocks(branch.do.items)}"
        for branch in block.branches
        if branch.do.items
    ]
    return f"{name_of(block)} ({'; '.join(ways)})" if 0 < len(ways) <= MOST_WAYS else name_of(block)


def _chance(p: float | None, before: str = ", ") -> str:
    return "" if p is None else f"{before}in {percent(p)} of cases"


def _replace(edit: Replace, names: _Names) -> str:
    held = names.held(edit.id)
    if edit.blocks and all(block.id in held for block in edit.blocks):
        return f"Removed {names.step(edit.id)}; {_blocks(edit.blocks)} stays, in every case."
    return f"Replaced {names.step(edit.id)} by {_blocks_with_ways(edit.blocks)}."


def _wrap_in_loop(edit: WrapInLoop, names: _Names) -> str:
    again = f" while “{edit.while_}”" if edit.while_ else ""
    return f"Repeat {names.all(edit.ids)}{again}{_chance(edit.p)}."


def _set(edit: SetValue, names: _Names) -> str:
    same = edit.field == "until" and edit.value == names.until(edit.id)
    if same or edit.field == "span" or edit.field.endswith("basis"):
        return ""  # where it was said and what it rests on are seen with the figure
    if plainly := said_plainly(edit.field, edit.value, names.step(edit.id), names.role):
        return plainly[:1].upper() + plainly[1:]
    if edit.field == "batch" and not edit.value:
        return f"{names.step(edit.id)} is done for each case as it comes, no longer in batches."
    if edit.field == "batch" and (told := _told(edit, names).rstrip(".")).startswith(("every ", "on ")):
        return f"{names.step(edit.id)} is done {told}."
    field = FIELDS.get(edit.field, edit.field.replace("_", " "))
    if edit.value in (None, [], ()):
        return f"Cleared the {field} of {names.step(edit.id)}."
    if edit.field == "note" and edit.value:
        return f"Noted at {names.step(edit.id)}, without a change of the steps: “{_told(edit, names).rstrip('.')}”."
    return f"Set the {field} of {names.step(edit.id)} to {_told(edit, names).rstrip('.')}."


def _told(edit: SetValue, names: _Names) -> str:
    if edit.field == "role":
        return names.role(edit.value)
    if edit.field in ROLE_LISTS:
        return _list([names.role(id_) for id_ in edit.value])
    if edit.field in ("found_at", "same_performer_as"):
        return names.step(str(edit.value))
    return value_in_words(edit.value)


def _condition(edit: SetCondition, names: _Names) -> str:
    why = f": {edit.why}" if (edit.why or "").startswith(HOW_FAR) else ""
    basis = f" ({Basis(edit.basis).value}{why})" if edit.basis else ""
    if edit.p is not None and edit.when in (None, names.condition(edit.id)):
        return f"Set the chance of {names.step(edit.id)} to {percent(edit.p)}{basis}."
    parts = [f"to “{edit.when}”"] if edit.when is not None else []
    parts += [f"with a chance of {percent(edit.p)}{basis}"] if edit.p is not None else []
    return f"Set the condition of {names.step(edit.id)} {' '.join(parts)}."


def _remarks(edit: SetProcess, names: _Names) -> str:
    """What was heard anew; what is no longer counted only where nothing is. The same words read again, with other steps
    to them by now, are no news."""
    before = names.process.remarks
    now = tuple(Remark.model_validate(remark) for remark in edit.value or ())
    known, kept = {(remark.kind, remark.text) for remark in before}, {(remark.kind, remark.text) for remark in now}
    if new := [remark for remark in now if (remark.kind, remark.text) not in known]:
        return f"Heard: {heard(new)}."
    gone = [remark for remark in before if (remark.kind, remark.text) not in kept]
    return f"No longer kept in mind: {heard(gone)}." if gone else ""


def _drop_remark(edit: DropRemark, names: _Names) -> str:
    gone = [remark for remark in names.process.remarks if remark.id == edit.id]
    return f"No longer kept in mind: {heard(gone)}." if gone else ""


def _process(edit: SetProcess, names: _Names) -> str:
    if edit.field == "remarks":
        return _remarks(edit, names)
    if edit.field in ("assumptions", "span", "note", "holidays", "separations"):
        return ""
    if edit.field == "measures":
        return measures_told(names.process.measures, edit.value)
    if edit.field == "protected":
        kept = [pinned["id"] if isinstance(pinned, dict) else pinned.id for pinned in edit.value or ()]
        return f"Not to be changed: {names.all(tuple(kept))}." if kept else "Nothing is kept from being changed."
    if edit.field == "volume" and isinstance(edit.value, dict):
        between = durations().validate_python(edit.value["between"])
        told = COUNTED.match(between.note or "")
        often = f"{told[1]} a {told[2]}" if told else how_often(between.mean_seconds, edit.value.get("per"))
        return f"Set how often a case comes: {often} on average{f' ({between.basis.value})' if between.basis else ''}."
    if edit.field == "customers":
        return f"The work is done for: {value_in_words(edit.value)}." if edit.value else "Nobody is named as customer."
    return f"Set the {FIELDS.get(edit.field, edit.field)} of the process to {value_in_words(edit.value)}."


_TELLERS: dict[type, Any] = {
    Insert: _insert,
    Delete: lambda e, n: f"Removed {n.all(e.ids)}{n.waited(e.ids)}.",
    Move: lambda e, n: f"Moved {n.all(e.ids)} {n.place(e.place, 'to')}.",
    Swap: lambda e, n: f"Swapped {n.step(e.a)} and {n.step(e.b)}.",
    Replace: _replace,
    Rename: lambda e, n: f"Renamed {n.step(e.id)} to “{e.name}”.",
    SetValue: _set,
    SplitTask: lambda e, n: f"Split {n.step(e.id)} into {_blocks(e.tasks)}.",
    Merge: lambda e, n: f"Merged {n.all(e.ids)} into “{e.task.name}”.",
    Parallelise: lambda e, n: "Made parallel: " + " | ".join(n.all(group) for group in e.groups) + ".",
    PutInSequence: lambda e, n: f"Put {n.step(e.id)} in sequence.",
    WrapInChoice: lambda e, n: f"Made {n.all(e.ids)} depend on “{e.when or e.question}”{_chance(e.p)}.",
    WrapInLoop: _wrap_in_loop,
    AddBranch: lambda e, n: f"Added the branch “{e.branch.when or 'otherwise'}” to {n.step(e.id)}.",
    RemoveBranch: lambda e, n: f"Removed {n.step(e.branch)}.",
    SetCondition: _condition,
    ExtractToCall: lambda e, n: f"Moved {n.all(e.ids)} into a process of its own, “{e.name}”.",
    InlineCall: lambda e, n: f"Brought {n.step(e.id)} back into the flow.",
    Copy: lambda e, n: f"Copied {n.step(e.id)} {n.place(e.place)}.",
    SetRole: lambda e, n: f"Gave {n.all(e.ids)} to {n.role(e.role)}.",
    SetProcess: _process,
    PutRole: lambda e, n: _put_role(e, n),
    DropRole: lambda e, n: f"Removed the role {n.role(e.id)}.",
    PutData: lambda e, n: "",
    DropData: lambda e, n: "",
    PutRemark: lambda e, n: f"Heard: {heard([e.remark])}.",
    DropRemark: _drop_remark,
    PutSubprocess: lambda e, n: f"Put the process “{e.subprocess.name}” beside this one.",
    DropSubprocess: lambda e, n: f"Removed the subprocess {e.id}.",
}
