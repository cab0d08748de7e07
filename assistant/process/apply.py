"""Edits applied to a process: pure, checked, and refused as a whole with the reason when one does not fit."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.errors import EditRefused
from assistant.process import header_edits  # noqa: F401  (registers what it can do)
from assistant.process.draft import Draft
from assistant.process.edits import Edit
from assistant.process.flow_edits import do
from assistant.process.model import Process
from assistant.process.unsound_trees import flaws


def apply(process: Process, edits: Iterable[Edit]) -> Process:
    """The process with the edits made, one after the other; the given process is not changed.

    Ids stay as they are. Raises EditRefused, saying which edit and why, when an edit names what is not there, uses an
    id or role that cannot be, or when the whole leaves steps that nothing reaches, an end where other branches still
    run, or blocks nested more than 40 deep.
    """
    draft = Draft(process)
    made = 0
    for number, edit in enumerate(edits, 1):
        try:
            do(edit, draft)
        except EditRefused as error:
            raise _numbered(error, number, edit) from None
        made += 1
    if not made:
        return process
    changed = draft.close()
    _still_sound(process, changed)
    return changed


def _numbered(error: EditRefused, number: int, edit: Edit) -> EditRefused:
    words = edit.op.replace("_", " ")
    return EditRefused(f"Edit {number} ({words}) does not fit: {error.what}", error.why, error.remedy)


def _still_sound(before: Process, after: Process) -> None:
    found = flaws(after)
    if not found:
        return
    known = {(flaw.kind, flaw.step) for flaw in flaws(before)}
    fresh = [flaw for flaw in found if (flaw.kind, flaw.step) not in known]
    if fresh:
        remedy = {
            "end": "Put the end after the block, or decide inside it and end behind it.",
            "unreachable": "Put it before the end, or make the end one branch of a choice.",
            "depth": "Extract the inner blocks to a subprocess.",
        }[fresh[0].kind]
        raise EditRefused("After these edits the process could not run.", fresh[0].text, remedy)
