"""What must stay: which steps nobody may drop or do more rarely, and whether a change would."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.chat.what_was_told import Answer
from assistant.errors import EditRefused
from assistant.handover.rollout import protected_steps
from assistant.process.apply import apply
from assistant.process.describe import name_of
from assistant.process.edits import Edit
from assistant.process.expected import visit_rates
from assistant.process.figures import joined
from assistant.process.model import Process
from assistant.process.tree import by_id

LESS = 1e-9
"""By how much less often a step may come before it counts as done less."""
ASKED = re.compile(
    r"\bwhat (?:all |else )?(?:must|has to|have to|should|is to|needs to)"
    r"(?: not be (?:touched|changed|dropped)| stay)\b|"
    r"\b(?:what|which (?:steps?|parts?|tasks?|rules?)) (?:is|are|did i (?:say|ask)(?: you)? (?:to|must)) "
    r"(?:protected|locked|kept|fixed|not to be (?:touched|changed)|keep|stay)\b",
    re.IGNORECASE,
)


def touched(process: Process, edits: Sequence[Edit]) -> str:
    """The names of steps that must stay and that edits take away or make rarer; empty where none is."""
    if not process.protected or not edits:
        return ""
    try:
        after = apply(process, edits)
    except EditRefused:
        return ""
    there, still = visit_rates(process), visit_rates(after)
    kept = [step.id for step in process.protected if step.id in there]
    return joined([name_of(by_id(process)[id_]) for id_ in kept if still.get(id_, 0.0) < there[id_] - LESS])


def all_the_same(process: Process, edits: Sequence[Edit]) -> str:
    """The question whether edits are wanted although they touch what must stay; empty where they touch nothing."""
    names = touched(process, edits)
    return f"You said that {names} must stay as it is. Shall it be changed all the same?" if names else ""


def stays_so(process: Process, readings: Sequence[Any]) -> str:
    """The same of the first of several readings."""
    return all_the_same(process, readings[0].edits) if readings else ""


def what_stays(process: Process, words: str) -> Answer | None:
    """The steps that must stay and why; None where the words do not ask for it."""
    if not ASKED.search(words):
        return None
    kept = protected_steps(process)
    if not kept:
        return ["Nothing was named that must stay. Say it: “the check of the form must stay”."], []
    return ["This must stay as it is:", *(f"- {name}: {reason}" for name, reason in kept)], []
