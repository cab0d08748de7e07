"""What edits can move at all: nothing to play, no chances, or only less waiting and work than today."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import TypeAdapter

from assistant.process.durations import Duration
from assistant.process.edits import Edit
from assistant.redesign.shapes import Proposal
from assistant.redesign.view import View

DURATION: TypeAdapter[Duration] = TypeAdapter(Duration)
STRUCTURAL = {"extract_to_call", "rename", "put_data", "set_process"}
TIMES_AND_PEOPLE = STRUCTURAL | {"set_role", "put_role", "drop_role", "move", "swap", "parallelise", "put_in_sequence"}
TIMES_FIELDS = {"role", "or_roles", "work", "wait", "duration", "batch", "setup", "wait_cause", "system", "contact"}
QUIET_FIELDS = {
    "accountable",
    "consulted",
    "informed",
    "same_performer_as",
    "channels",
    "digital_input",
    "contact",
    "system",
    "note",
}


def quiet(edits: Sequence[Edit]) -> bool:
    """Whether edits change no time, order or chance, so that there is nothing to play."""
    return all(edit.op in STRUCTURAL or (edit.op == "set" and edit.field in QUIET_FIELDS) for edit in edits)


def same_odds(edits: Sequence[Edit]) -> bool:
    """Whether edits leave steps, ways and chances as they are: what a short play says of errors then is chance."""
    return all(edit.op in TIMES_AND_PEOPLE or (edit.op == "set" and edit.field in TIMES_FIELDS) for edit in edits)


def only_less(view: View, proposal: Proposal) -> bool:
    """Whether edits only take waits and work away that is no control, which cannot make a case slower or dearer."""
    for edit in proposal.edits:
        if edit.op == "set" and edit.field in QUIET_FIELDS:
            continue
        if edit.op == "set" and edit.field in ("wait", "duration", "batch") and edit.value is None:
            continue
        if edit.op == "delete" and not proposal.caught and all(name in view.tasks for name in edit.ids):
            continue
        if edit.op == "set" and edit.field in ("wait", "duration") and _shorter(view, edit.id, edit.field, edit.value):
            continue
        return False
    return True


def _shorter(view: View, name: str, field_: str, value: object) -> bool:
    now = getattr(view.steps.get(name), field_, None)
    then = DURATION.validate_python(value)
    return now is not None and then.mean_seconds <= now.mean_seconds
