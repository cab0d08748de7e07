"""How much of somebody's own time a case takes, with what that makes in a week and in a year."""

from __future__ import annotations

import re

from assistant.chat.basis import basis_of
from assistant.chat.people_meant import myself
from assistant.chat.played import cases_a_week, named_roles, play, work_of_roles, worked
from assistant.chat.what_was_told import Answer, shown
from assistant.process.tree import tasks
from assistant.workspace.session import Session

ASKED = re.compile(
    r"\bhow (?:much|many)\b[^?]*\b(?:time|work|hours?|minutes?|days?)\b[^?]*"
    r"\b(?:goes? into|go into|spends?|spent|puts? in(?:to)?|works? on|needs? for|(?:a|per|in a) (?:week|month|year))\b",
    re.IGNORECASE,
)


def own_time(session: Session, words: str) -> Answer | None:
    """The work of those that words name, on one case, in a week and in a year; None where they ask for no such thing,
    or name nobody."""
    process = session.process
    roles = named_roles(words, process) or [role for role in [myself(words, process)] if role is not None]
    if not ASKED.search(words) or not roles:
        return None
    played, _none = play(session)
    busy, weekly = work_of_roles(played), cases_a_week(played)
    told, facts = basis_of(played)
    lines: list[str] = []
    for role in roles:
        each = worked(f"work a case, {role.name}", busy.get(role.id, 0.0))
        does = ", ".join(f"“{task.name}”" for task in tasks(process) if task.role == role.id)
        line, facts = (
            f"“{role.name}” has {shown(each)} of work on a case ({does or 'no step of its own'})",
            [*facts, each],
        )
        if weekly:
            week = worked("work a week", weekly * busy.get(role.id, 0.0))
            year = worked("work a year", weekly * busy.get(role.id, 0.0) * WEEKS)
            line, facts = f"{line}: {shown(week)} a week, {shown(year)} a year", [*facts, week, year]
        lines.append(f"{line}.")
    return [*lines, *([] if weekly else ["How many cases come was not told, so no week and no year."]), told], facts


WEEKS = 365 / 7
