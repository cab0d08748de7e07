"""How many cases are under way at any time: as many as come while one runs through."""

from __future__ import annotations

import re

from assistant.chat.basis import basis_of
from assistant.chat.played import amount, cases_a_week, length, play
from assistant.chat.what_was_told import Answer, shown
from assistant.workspace.session import Session

ASKED = re.compile(
    r"\bhow many\b[^?]*\b(?:open|under way|underway|in progress|in hand|in the works|going on|unfinished|"
    r"at (?:any|one|the same|a) time|at once|on (?:the|our|my) desks?)\b",
    re.IGNORECASE,
)
WEEK = 7 * 86400.0


def open_cases(session: Session, words: str) -> Answer | None:
    """Little's law in plain words; None where the words ask for something else."""
    if not ASKED.search(words):
        return None
    played, _none = play(session)
    weekly, total = cases_a_week(played), length("cycle time", played.result.cycle_time.mean)
    told, facts = basis_of(played)
    if not weekly:
        return [f"A case takes about {shown(total)}. How many are open at a time hangs on how many come, which was not "
                "told; say it (“20 a week”).", told], [total, *facts]  # fmt: skip
    if played.result.endless:
        return ["More come than are finished, so the number of open ones grows without end.", told], facts
    come, many = amount("cases a week", weekly, "cases"), weekly * played.result.cycle_time.mean / WEEK
    there = amount("open cases", many, "cases")
    line = (
        f"About {shown(there)} are open at any time: {shown(come)} come in a week, and each takes about {shown(total)}."
    )
    return [line, told], [there, come, total, *facts]
