"""How much of somebody's own time a case takes, with what that makes in a week and in a year."""

from __future__ import annotations

import re

from assistant.chat.basis import basis_of
from assistant.chat.people_meant import myself, worked_on
from assistant.chat.played import cases_a_week, named_roles, play, worked
from assistant.chat.what_was_told import Answer, asked_before, shown
from assistant.process.expected import visit_rates
from assistant.process.tree import tasks
from assistant.workspace.session import Session

ASKED = re.compile(
    r"\bhow (?:much|many)\b[^?]*\b(?:time|work|hours?|minutes?|days?)\b[^?]*"
    r"\b(?:goes? into|go into|spends?|spent|puts? in(?:to)?|works? on|needs? for|(?:a|per|in a) (?:week|month|year))\b",
    re.IGNORECASE,
)
OF_BEFORE = re.compile(r"\b(?:on|with|for|into) (?:that|it|this)\b", re.IGNORECASE)
"""What was asked about before is meant."""


def own_time(session: Session, words: str) -> Answer | None:
    """The work of those that words name, or of the step they name, on one case, in a week and in a year; None where
    they ask for no such thing, or name nobody."""
    process = session.process
    roles = named_roles(words, process) or [role for role in [myself(words, process)] if role is not None]
    if not ASKED.search(words) or not roles:
        return None
    played, _none = play(session)
    rates, weekly = visit_rates(played.process), cases_a_week(played)
    told, facts = basis_of(played)
    before = next(iter(asked_before(session)), "") if OF_BEFORE.search(words) else ""
    meant = worked_on(words, process) or worked_on(before, process)
    lines: list[str] = []
    for role in roles:
        own = [task for task in tasks(process) if task.role == role.id]
        own = [task for task in own if task in meant] or own
        seen = [(task, played.result.tasks[task.id].work.mean) for task in own if task.id in played.result.tasks]
        a_case = sum(rates[task.id] * seconds for task, seconds in seen)
        each = worked(f"work a case, {role.name}", a_case)
        does = ", ".join(f"“{task.name}”" for task in own)
        line, facts = (
            f"“{role.name}” has {shown(each)} of work on a case ({does or 'no step of its own'})",
            [*facts, each],
        )
        if weekly:
            week, year = worked("work a week", weekly * a_case), worked("work a year", weekly * a_case * WEEKS)
            line, facts = f"{line}: {shown(week)} a week, {shown(year)} a year", [*facts, week, year]
        lines.append(f"{line}.")
    return [*lines, *([] if weekly else ["How many cases come was not told, so no week and no year."]), told], facts


WEEKS = 365 / 7
