"""What if something were done right after what comes before it, the same day, or the day after, and not in rounds?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.chat.oftener import steps_meant, wait_before
from assistant.process.apply import apply
from assistant.process.blocks import Task
from assistant.process.durations import Basis, Fixed
from assistant.process.edits import Edit, SetValue
from assistant.process.model import Process
from assistant.process.tree import by_id

if TYPE_CHECKING:
    from assistant.simulation.scenarios import Scenario

NEXT_DAY = re.compile(
    r"\b(?:the (?:very )?(?:day after|next (?:working )?(?:day|morning))|(?:a|one) day later)\b", re.I
)
AT_ONCE = re.compile(
    r"\b(?:right (?:after\w*|away)|straight (?:after\w*|away)|at once|immediately|directly after\w*|on the spot|"
    r"(?:the|on the) same (?:day|morning|evening)|as (?:they|it) comes?(?: in)?|there and then)\b",
    re.I,
)


def at_once(words: str, process: Process) -> tuple[str, Scenario, str] | None:
    """The scenario in which the steps that words name wait no longer, or a day; None where no wait of theirs is
    known."""
    said = NEXT_DAY.search(words) or AT_ONCE.search(words)
    steps, named = steps_meant(words[: said.start()], process) if said else ((), True)
    if said is None or not steps:
        return None
    days = 1 if NEXT_DAY.search(words) else 0
    names = " and ".join(f"“{step.name}”" for step in steps)

    def change(today: Process) -> Process:
        return apply(today, [edit for step in steps for edit in _sooner(step.id, today, days)])

    return f"{names} done {said[0].lower()}", change, "" if named else names


def _sooner(id_: str, today: Process, days: int) -> list[Edit]:
    step = by_id(today).get(id_)
    if not isinstance(step, Task):
        return []
    wait = Fixed(value=days, unit="d", basis=Basis.STATED).document() if days else None
    edits: list[Edit] = [SetValue(id=id_, field="batch", value=None)] if step.batch is not None else []
    alone = wait_before(step, today)
    if alone is not None:
        edits.append(SetValue(id=alone.id, field="duration", value=wait))
        return [*edits, *([SetValue(id=id_, field="wait", value=None)] if step.wait is not None else [])]
    return [*edits, SetValue(id=id_, field="wait", value=wait)]
