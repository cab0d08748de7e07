"""How much of somebody's own time a case takes, with what that makes in a week and in a year."""

from __future__ import annotations

import re

from assistant.chat.basis import basis_of
from assistant.chat.of_a_period import ASKED as PERIOD
from assistant.chat.people_meant import myself, worked_on
from assistant.chat.played import cases_a_week, named_roles, play, worked
from assistant.chat.reply import Fact
from assistant.chat.what_was_told import Answer, asked_before, shown
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import alike, content
from assistant.language.correct.parts_of_a_turn import steps_in
from assistant.language.correct.sentence_said import Sentence
from assistant.process.blocks import Task
from assistant.process.durations import PERIODS
from assistant.process.expected import visit_rates
from assistant.process.model import Process
from assistant.process.tree import tasks
from assistant.workspace.session import Session

ASKED = re.compile(
    r"\bhow (?:long\b|(?:much|many)\b[^?]*\b(?:time|work|hours?|minutes?|days?)\b)[^?]*"
    r"\b(?:goes? into|go into|spends?|spent|puts? in(?:to)?|works? on|needs? for|daily|weekly|monthly|yearly|"
    r"(?:a|an|per|in a|each|every) (?:day|week|month|year))\b",
    re.IGNORECASE,
)
OF_BEFORE = re.compile(r"\b(?:on|with|for|into) (?:that|it|this)\b", re.IGNORECASE)
"""What was asked about before is meant."""


SPENT_ON = re.compile(r"\b(?:into|for|on|with|of) (?P<what>[^?]+)", re.IGNORECASE)
DAYS = 5
"""The working days of a week, where cases were not told for a day."""


def own_time(session: Session, words: str) -> Answer | None:
    """The work of those that words name, or of the step they name, on one case, in a week and in a year; None where
    they ask for no such thing, or name nobody and no step."""
    process = session.process
    if not ASKED.search(words):
        return None
    roles = named_roles(words, process) or [role for role in [myself(words, process)] if role is not None]
    before = next(iter(asked_before(session)), "") if OF_BEFORE.search(words) else ""
    meant = worked_on(words, process) or worked_on(before, process) or _spent_on(process, words)
    groups = [(role.name, [task for task in tasks(process) if task.role == role.id]) for role in roles]
    groups = [(name, [task for task in own if task in meant] or own) for name, own in groups]
    if not roles:
        groups = [(task.name, [task]) for task in meant]
    if not groups:
        return None
    played, _none = play(session)
    rates, weekly = visit_rates(played.process), cases_a_week(played)
    told, facts = basis_of(played)
    lines: list[str] = []
    for name, own in groups:
        seen = [(task, played.result.tasks[task.id].work.mean) for task in own if task.id in played.result.tasks]
        a_case = sum(rates[task.id] * seconds for task, seconds in seen)
        each = worked(f"work a case, {name}", a_case)
        does = ", ".join(f"“{task.name}”" for task in own) or "no step of its own"
        line = f"“{name}” is {shown(each)} of work a case"
        line = f"“{name}” has {shown(each)} of work on a case ({does})" if roles else line
        in_all, known = _in_all(process, a_case, weekly, words) if weekly else ("", [])
        lines.append(f"{line}{in_all}.")
        facts = [*facts, each, *known]
    return [*lines, *([] if weekly else ["How many cases come was not told, so no week and no year."]), told], facts


def _spent_on(process: Process, words: str) -> list[Task]:
    """The steps that the time goes into by the words behind `for`, `on` or `into`; a case alone is none."""
    said, case = SPENT_ON.search(words), content(f"{process.trigger or ''} {process.name}")
    if said is None:
        return []
    people = [part for role in named_roles(words, process) for part in content(role.name)]
    what = [word for word in content(PERIOD.sub(" ", said["what"].lower()))
            if not any(alike(word, part) for part in (*case, *people))]  # fmt: skip
    named = steps_in(Sentence(Catalogue(process), " ".join(what)), " ".join(what)) if what else ()
    return [task for task in tasks(process) if task.id in named]


def _in_all(process: Process, a_case: float, weekly: float, words: str) -> tuple[str, list[Fact]]:
    """What work on a case makes in the period asked for, in a week and in a year."""
    week, year = worked("work a week", weekly * a_case), worked("work a year", weekly * a_case * WEEKS)
    line, facts = f"{shown(week)} a week, {shown(year)} a year", [week, year]
    asked = PERIOD.search(words)
    per = (asked["per"] or asked["ly"].replace("dai", "day")).lower() if asked else ""
    if per == "month":
        month = worked("work a month", weekly * a_case * WEEKS / 12)
        return f": {shown(month)} a month, {line}", [month, *facts]
    if per != "day":
        return f": {line}", facts
    cases = process.volume
    if cases is not None and cases.per == "day":
        day = worked("work a day", a_case * PERIODS["day"] / cases.between.mean_seconds)
        return f": {shown(day)} a day, {line}", [day, *facts]
    day, week_days = worked("work a day", a_case * weekly / DAYS), Fact("working days", DAYS, "working days", "assumed")
    return f": {shown(day)} on each of {shown(week_days)}, {line}", [day, week_days, *facts]


WEEKS = 365 / 7
