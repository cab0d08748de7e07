"""Who does what, how busy that keeps them, and who has most or least to do."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.chat.basis import basis_of
from assistant.chat.more_people import in_each_role
from assistant.chat.people_meant import ANYBODY, how_many_more
from assistant.chat.played import (
    Played,
    amount,
    cases_a_week,
    named_roles,
    play,
    share,
    some_of,
    too_busy,
    work_of_roles,
    worked,
)
from assistant.chat.reply import Fact
from assistant.chat.what_was_told import Answer, shown
from assistant.handover.firm_size import one_person
from assistant.process.expected import visit_rates
from assistant.process.figures import noun, plural
from assistant.process.model import Role
from assistant.process.tree import tasks
from assistant.process.volumes import open_hours
from assistant.simulation.demand import demand
from assistant.workspace.session import Session

MOST = re.compile(
    r"\bbusiest\b|\bmost (?:to do|work|busy|loaded)\b|\bmost of the work\b|\bhands full\b|\boff \w+ feet\b|"
    r"\bover(?:work|load|stretch)\w*|\btoo much (?:to do|work|on)\b|\bdrown\w*|\bswamped\b|\brushed\b|"
    r"\bunder (?:the )?(?:most )?pressure\b|\benough (?:people|staff|hands)\b",
    re.I,
)
LEAST = re.compile(r"\bnothing\b|\bleast (?:to do|work|busy)\b|\blittle to do\b|\bidle\b|\bbored\b|\btwiddl\w+", re.I)
PERCENT = re.compile(r"\b(\d{2,4})\s*(?:%|per ?cent)", re.I)
HOUR, SUM = 3600.0, "worked out"


def people(session: Session, words: str) -> Answer:
    """Who does what, how busy that keeps them; asked for who has most or least to do, that one first."""
    if ANYBODY.search(words) and how_many_more(words) and not named_roles(words, session.process):
        return in_each_role(session, how_many_more(words))
    played, _none = play(session)
    does_it = {task.role for task in tasks(session.process) if f"“{task.name}”".lower() in words.lower()}
    doers = [role for role in session.process.roles if role.id in does_it]
    chosen = named_roles(words, session.process) or doers or session.process.roles
    busy_with = work_of_roles(played)
    # who has most to do stands first, and who is of another house last
    chosen = sorted(chosen, key=lambda role: (role.kind == "external", -busy_with.get(role.id, 0.0)))
    head, facts = _first(played, [role for role in chosen if role.kind in ("person", "group")], words)
    lines = [*head, "Who does what, and how busy that keeps them:"]
    for role in chosen:
        line, known = _of(session, played, role)
        lines, facts = [*lines, line], [*facts, *known]
    told, more = basis_of(played)
    return [*lines, told], [*facts, *more]


def _of(session: Session, played: Played, role: Role) -> tuple[str, list[Fact]]:
    """One role: its steps, its work on a case, and how busy that keeps it where somebody counted its people."""
    loads = {result.id: result for result in played.result.roles.values()}
    does = [f"“{task.name}”" for task in tasks(session.process) if task.role == role.id]
    line, facts = f"- “{role.name}”: {', '.join(does) or 'no step of its own'}", list[Fact]()
    if (seconds := work_of_roles(played).get(role.id, 0.0)) > 0:
        own = worked(f"work a case, {role.name}", seconds)
        line, facts = f"{line}; {shown(own)} of work a case", [own]
    if load := _if_alone(played, role):
        busy = share(f"load of one, {role.name}", load)
        line = f"{line}; as one person, as the name says, busy {shown(busy)} of the time{too_busy(load)}"
        return line, [*facts, busy]
    if role.capacity is None and role.kind in ("person", "group"):
        line += "; how many there are was not told"
    elif role.id in loads and role.kind != "external":
        load = loads[role.id].load.mean
        if facts and load <= 0:
            return f"{line}; how busy that keeps them hangs on times that nobody told", facts
        busy = share(f"load, {role.name}", load)
        line, facts = f"{line}; busy {shown(busy)} of the time{too_busy(load)}", [*facts, busy]
    return line, facts


def _if_alone(played: Played, role: Role) -> float:
    """How busy somebody called by a first name is, as the one person that is; 0 where it cannot be said."""
    weekly = cases_a_week(played)
    if role.capacity is not None or not weekly or not one_person(role):
        return 0.0
    hours = next((own.calendar for own in played.process.roles if own.id == role.id), None)
    return weekly * work_of_roles(played).get(role.id, 0.0) / HOUR / open_hours(hours)


def _of_one(played: Played, role: Role, seconds: float) -> tuple[list[str], list[Fact]]:
    """How much work there is in a week for one role, where it is asked whether that is too much."""
    weekly = cases_a_week(played)
    alone = _if_alone(played, role)
    if not weekly or role.capacity or alone:
        loads = {result.id: result.load.mean for result in played.result.roles.values()}
        loads |= {role.id: alone} if alone else {}
        return _overloaded([role], loads) if loads.get(role.id, 0.0) >= 1 else ([], [])
    week = Fact("work a week", round(weekly * seconds / HOUR), "h", "simulated")
    return [f"There is {shown(week)} of work a week here for “{role.name}”. Whether that is too much hangs on how many "
            "there are and what else they do, which was not told."], [week]  # fmt: skip


def _overloaded(over: list[Role], loads: Mapping[str, float]) -> tuple[list[str], list[Fact]]:
    """Who has more work than time by the figures told, whoever else was not counted."""
    over = sorted(over, key=lambda role: -loads[role.id])
    busy = [share(f"load, {role.name}", loads[role.id]) for role in over]
    told = some_of([f"“{role.name}” (busy {shown(load)} of the time)" for role, load in zip(over, busy, strict=True)])
    return [f"By these figures there is more work than time for {told}."], busy


def _first(played: Played, chosen: list[Role], words: str) -> tuple[list[str], list[Fact]]:
    """Who has most or least to do, where that is asked: by how busy they are if all are counted, else by their work."""
    alone = {role.id: _if_alone(played, role) for role in chosen}
    wanted = 1 if MOST.search(words) else -1 if LEAST.search(words) else 0
    work = work_of_roles(played)
    doing = [role for role in chosen if work.get(role.id)]
    if wanted and len(doing) == 1:
        return _of_one(played, doing[0], work[doing[0].id])
    if not wanted or len(doing) < 2:
        return [], []
    loads = {result.id: result.load.mean for result in played.result.roles.values()}
    loads |= {id_: load for id_, load in alone.items() if load}
    counted = [role for role in doing if role.capacity or alone[role.id]]
    if wanted > 0 and (over := [role for role in counted if loads.get(role.id, 0.0) >= 1]):
        return _overloaded(over, loads)
    word = "busiest" if wanted > 0 else "least busy"
    if len(counted) == len(doing):
        role = max(doing, key=lambda role: wanted * loads.get(role.id, 0.0))
        busy = share(f"load of the {word}", loads.get(role.id, 0.0))
        return [f"The {word} is “{role.name}”: at work {shown(busy)} of the time."], [busy]
    role = max(doing, key=lambda role: wanted * work[role.id])
    most = "most" if wanted > 0 else "least"
    own = worked(f"{most} work a case", work[role.id])
    part = share("of all work", work[role.id] / (sum(work.values()) or 1.0))
    line, facts = (
        f"The {most} work lies with “{role.name}”: {shown(own)} a case, {shown(part)} of all of it",
        [own, part],
    )
    if weekly := cases_a_week(played):
        week = worked("work a week", weekly * work[role.id])
        line, facts = f"{line}, {shown(week)} a week", [*facts, week]
    return [
        f"{line}. Who is busiest as a share of their time I cannot say until you tell how many people there are."
    ], facts


def why_so_busy(session: Session, words: str) -> Answer | None:
    """How a load that the words ask about (`why do you say 146 %?`) comes about: cases, work a case, people, hours.

    None where they name no share, or one that is nobody's load.
    """
    asked = {float(number) for number in PERCENT.findall(words)}
    played = play(session)[0] if asked else None
    weekly = cases_a_week(played) if played else None
    if played is None or not weekly:
        return None
    work, lines, facts = demand(played.process, visit_rates(played.process)), list[str](), list[Fact]()
    for seen in played.result.roles.values():
        role, load = played.process.role(seen.id), share("load", seen.load.mean)
        if role is None or not role.capacity or load.value not in asked:
            continue
        cases = amount("cases a week", weekly, "cases")
        each, week = worked("work a case", work[role.id]), Fact("work", round(weekly * work[role.id] / HOUR), "h", SUM)
        there = Fact("hours there are", round(role.capacity * open_hours(role.calendar)), "h", SUM)
        has = f"{plural(role.capacity, 'person', 'people')} {noun(role.capacity, 'has', 'have')}"
        lines.append(f"“{role.name}”: {shown(cases)} a week with {shown(each)} of work each make {shown(week)}; "
                     f"{has} {shown(there)} a week. That is {shown(load)}.")  # fmt: skip
        facts += [cases, each, week, there, load]
    if not lines:
        return None
    told, more = basis_of(played)
    return [*lines, told], [*facts, *more]
