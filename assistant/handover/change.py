"""What differs between two processes: marks for the map of the newer one, and what is gone from the older."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assistant.bpmn.marks import Marks
from assistant.process.blocks import Block, Parallel, Sequence
from assistant.process.describe import FIELDS, name_of
from assistant.process.diff import diff
from assistant.process.edits import Delete, Edit, SetValue
from assistant.process.figures import listed
from assistant.process.model import Process
from assistant.process.tree import by_id, spots

ROLES = {"accountable": "Answers for", "consulted": "Advises on", "informed": "Hears of", "with_roles": "Takes part in",
         "or_roles": "May also do"}  # fmt: skip
HIDDEN = ("span", "do", "redo", "basis", "note", "id")


def marks_between(before: Process, after: Process) -> tuple[Marks, tuple[str, ...]]:
    """Marks for the map of `after` (added or changed, each with a note), and the names of what is gone from it."""
    old, new = by_id(before), by_id(after)
    kinds: dict[str, Any] = {}
    notes: dict[str, str] = {}
    for key, step in new.items():
        if key not in old:
            kinds[key], notes[key] = "added", "New"
        elif changed := differing(old[key], step):
            kinds[key], notes[key] = "changed", "Changed: " + listed(changed)
    for key in moved(before, after):
        if key not in kinds:
            kinds[key], notes[key] = "changed", "Moved"
    gone = tuple(_bare(name_of(step)) for key, step in old.items() if key not in new)
    return Marks(kinds=kinds, notes=notes), gone


def _bare(name: str) -> str:
    """A name without the marks around it; what is called by words of its own (the repetition while “…”) keeps them."""
    return name[1:-1] if name.startswith("“") and name.endswith("”") else name


def sentences(before: Process, edits: Iterable[Edit]) -> tuple[str, ...]:
    """What edits do, a sentence each, told against the process as it stands before each; nothing said twice.

    Roles are called by their names, and an attribute that is taken away is told as what no longer happens. What comes
    back inside a new block was never removed.
    """
    from assistant.process.apply import apply
    from assistant.process.describe import describe

    told, edits = list[str](), list(edits)
    stays = by_id(apply(before, edits))
    for edit in edits:
        if isinstance(edit, Delete) and stays.keys() & set(edit.ids):
            gone = tuple(name for name in edit.ids if name not in stays)
            told += [describe(Delete(ids=gone), before)] if gone else []
            before = apply(before, [edit])
            continue
        told.append(_attribute(edit, before) if isinstance(edit, SetValue) else describe(edit, before))
        before = apply(before, [edit])
    return tuple(dict.fromkeys(sentence for sentence in told if sentence))


def _attribute(edit: SetValue, process: Process) -> str:
    from assistant.process.describe import describe

    name = name_of(by_id(process).get(edit.id))
    if edit.value is None or edit.value in ([], ()):
        gone = {"batch": f"Cases no longer lie until a batch is full before {name}.", "wait": f"No wait before {name}."}
        return gone.get(edit.field, "")
    if edit.field in ROLES:
        roles = edit.value if isinstance(edit.value, list | tuple) else (edit.value,)
        found = tuple(role.name if (role := process.role(str(key))) else str(key) for key in roles)
        return f"{ROLES[edit.field]} {name}: {listed(found)}."
    if edit.field == "same_performer_as":
        return f"The same person does {name_of(by_id(process).get(str(edit.value)))} and {name}."
    return describe(edit, process)


def moved(before: Process, after: Process) -> tuple[str, ...]:
    """The elements in both processes that the difference between them puts elsewhere."""
    found: dict[str, None] = {}
    for edit in diff(before, after):
        if edit.op == "move":
            found.update(dict.fromkeys(edit.ids))
        elif edit.op == "swap":
            found.update({edit.a: None, edit.b: None})
    stays = spots(before).keys() & spots(after).keys()
    return tuple(key for key in found if key in stays)


def differing(old: Block, new: Block) -> tuple[str, ...]:
    """The attributes in which two versions of a block differ, without what they hold, in a reader's words."""
    a, b = _own(old), _own(new)
    return tuple(FIELDS.get(key, key.replace("_", " ")) for key in {**a, **b} if a.get(key) != b.get(key))


def _own(step: Block) -> dict[str, Any]:
    """A block's own attributes: without the blocks inside it, and without where it was said."""
    if isinstance(step, Sequence):
        return {}
    fields = step.document()
    for key in HIDDEN:
        fields.pop(key, None)
    if isinstance(step, Parallel):
        fields["branches"] = len(step.branches)
    elif "branches" in fields:
        fields["branches"] = [(branch["id"], branch.get("when"), branch.get("p")) for branch in fields["branches"]]
    return fields
