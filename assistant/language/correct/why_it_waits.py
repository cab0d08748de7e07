"""Why a step waits, where that is told with how long: `a day and a half, because she only comes in on Tuesdays`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.english.tables import any_of, worded
from assistant.process.blocks import Task
from assistant.process.edits import Edit, SetValue
from assistant.process.model import Process
from assistant.process.tree import tasks

AWAY = re.compile(
    rf"\bonly (?:comes? in|comes?|works?|(?:is |are )?(?:in|here|there|with us))\b|\b(?:{worded('is-away')})\b|"
    rf"\b(?:is|are)(?: only)? (?:in|here|there) (?:only )?on {any_of('time-of-year')}",
    re.IGNORECASE,
)


def with_cause(words: str, edits: Sequence[Edit], process: Process) -> tuple[Edit, ...]:
    """The edits of a wait told, with its cause where the words say that somebody is not there and no cause is known."""
    caused = {edit.id for edit in edits if isinstance(edit, SetValue) and edit.field == "wait_cause"}
    known = {task.id for task in tasks(process) if isinstance(task, Task) and task.wait_cause}
    waits = [edit.id for edit in edits if isinstance(edit, SetValue) and edit.field == "wait" and edit.value]
    new = [id_ for id_ in waits if id_ not in caused | known] if AWAY.search(words) else []
    return (*edits, *(SetValue(id=id_, field="wait_cause", value="unavailability") for id_ in new))
