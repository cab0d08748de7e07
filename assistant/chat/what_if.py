"""What would be if: the process played under other circumstances, and what of them cannot be played said with why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.chat.played import (
    FEWER,
    MORE,
    basis_of,
    length,
    named_roles,
    people_said,
    play,
    scenario_in,
    share,
    work_of_roles,
    worked,
)
from assistant.chat.reply import Fact
from assistant.chat.telling import short
from assistant.chat.what_was_told import Answer, shown
from assistant.language.figures.numbers import number_named
from assistant.process.model import Process, Role
from assistant.process.tree import tasks
from assistant.workspace.session import Session

if TYPE_CHECKING:
    from assistant.simulation.results import Estimate
    from assistant.simulation.scenarios import Scenario

MOST_STEPS, MOST_ROLES = 4, 5
NO_ERRORS = (
    " For no step was told how often it goes wrong. Say so (“one check in ten is wrong and done again”), and I play it."
)


def what_if(session: Session, words: str) -> Answer:
    """What a case takes under what the words ask for, beside today; where it cannot be played, what can."""
    from assistant.simulation.results import difference

    found = scenario_in(words, session.process)
    if found is None:
        if anybody := _more_people(words):
            return _in_each_role(session, anybody)
        return [f"I cannot play that: “{short(words, 80)}”. I can play fewer or more people in a role, more or fewer "
                "cases in percent, half or twice the errors, another time of a step, how often a week it is done, and "
                    "another share of a way."], []  # fmt: skip
    title, change = found[0].replace("“", "").replace("”", ""), found[1]
    if gone := _nobody_left(session, title):
        return gone
    played, (result,) = play(session, (title, change))
    today, assumed = played.result, ("", list[Fact]())
    if change(played.process) == played.process or PEOPLE.match(title):
        uncounted = _uncounted(words, played.process, title, change)
        if uncounted is not None:
            people, assumed = uncounted
            played, (today, result) = play(session, ("today as assumed", people[0]), (title, people[1]))
        elif change(played.process) == played.process:
            spare = NO_ERRORS if title.startswith("errors times") else _none_to_spare(words, session.process)
            return [f"That changes nothing that I know of (“{title}”).{spare}"], []
    before = length("cycle time today", today.cycle_time.mean)
    after = length("cycle time then", result.cycle_time.mean)
    by = difference(today, result, "cycle_time")
    instead = "as it does today" if shown(after) == shown(before) else f"instead of {shown(before)}"
    sure, bounds = _changed_by(by)
    lines = [f"“{title}”: a case takes {shown(after)} {instead}; {sure}."]
    lines += [assumed[0]] if assumed[0] else []
    facts = [before, after, *bounds, *assumed[1]]
    names = {role.id: role.name for role in played.process.roles}
    for key, role in result.roles.items():
        was = today.roles[key].utilisation.mean
        if abs(role.utilisation.mean - was) >= 0.005:
            old, new = share("load today", was), share("load then", role.utilisation.mean)
            lines.append(f"- “{names.get(role.id, key)}” is busy {shown(new)} of the time instead of {shown(old)}")
            facts += [old, new]
    staffed = {role.id: bool(role.capacity) for role in played.process.roles if role.kind != "external"}
    own = [(key, role) for key, role in result.roles.items() if role.id in staffed]
    loads = [(key, role) for key, role in own if staffed[role.id] and role.utilisation.mean > 0]
    if own and not loads:  # of a role nobody counted the people of, nobody knows how busy it is
        everybody = ", ".join(f"“{names.get(role.id, key)}”" for key, role in own[:MOST_STEPS])
        lines.append(f"Whether they cope I cannot say: how many there are of {everybody} was not told.")
    elif loads:
        key, role = max(loads, key=lambda item: item[1].utilisation.mean)
        busy, queue = share("load then", role.utilisation.mean), length("queue then", role.queue_wait.mean)
        lines.append(
            f"Then “{names.get(role.id, key)}” is the busiest, {shown(busy)}; work waits {shown(queue)} for it."
        )
        facts += [busy, queue]
    told, more = basis_of(played)
    return [*lines, told], [*facts, *more]


def _changed_by(by: Estimate) -> tuple[str, list[Fact]]:
    """By how much two plays on the same cases differ, as far as chance lets one say."""
    if by.low <= 0 <= by.high:
        return "no more than chance may bring", []
    least, most = sorted((abs(by.low), abs(by.high)))
    bounds = [length("change at least", least), length("change at most", most)]
    interval = share("interval", 0.95)
    word = "shorter" if by.high < 0 else "longer"
    said = f"{word} by {shown(bounds[0])} to {shown(bounds[1])}, chance included ({shown(interval)})"
    return said, [*bounds, interval]


PEOPLE = re.compile(r"(?P<more>one|\d+) more: |\d+ of ")
"""How the title of a scenario begins that puts people into a role."""
Assumed = tuple[tuple["Scenario", "Scenario"], tuple[str, list[Fact]]]


def _uncounted(words: str, process: Process, title: str, change: Scenario) -> Assumed | None:
    """More people in a role nobody counted: as few as can do the work against what is asked for, which is assumed."""
    from assistant.simulation.scenarios import staffed
    from assistant.simulation.staffing import fewest

    role = next((role for role in named_roles(words, process) if role.kind != "external"), None)
    if role is None or role.capacity is not None or not PEOPLE.match(title):
        return None
    people = fewest(staffed({role.id: 1})(process))[role.id]
    count = Fact(f"people assumed, {role.name}", people, "people", "the fewest that can do the work")
    line = f"How many work as “{role.name}” was not told: {shown(count)} assumed, the fewest that can do the work."
    few = staffed({role.id: people})
    asked = PEOPLE.match(title)
    then = staffed({role.id: people + number_named(asked["more"])}) if asked and asked["more"] else change
    return (few, then), (line, [count])


def _none_to_spare(words: str, process: Process) -> str:
    named = [role.name for role in named_roles(words, process)]
    ask = " How many people work as “{}”? With one or an unknown number there is none to spare."
    return ask.format(named[0]) if named else ""


ANYBODY = re.compile(
    r"\b(?:person|people|persons|staff|hands?|colleagues?|helpers?|workers?|employees?|men|women|somebody|someone|"
    r"anybody|of us|of them)\b",
    re.I,
)


def _more_people(words: str) -> int:
    """How many more people (or fewer, below zero) words speak of that name no role; 0 where they speak of none."""
    if not ANYBODY.search(words) or not (FEWER.search(words) or MORE.search(words)):
        return 0
    many = people_said(words) or 1
    return -many if FEWER.search(words) else many


def _in_each_role(session: Session, more: int) -> Answer:
    """More or fewer people in each role in turn, on the same cases: where it counts, and where it does not."""
    from assistant.simulation.results import difference
    from assistant.simulation.scenarios import staffed, together

    own = [role for role in session.process.roles if role.kind in ("person", "group")]
    busy = work_of_roles(play(session)[0])
    own = sorted((role for role in own if busy.get(role.id)), key=lambda role: -busy[role.id])[:MOST_ROLES]
    if not own:
        return ["In which role? Nobody is named yet who does the work; say who does what."], []

    def counted(process: Process) -> Process:
        return staffed(_counts(process, own))(process)

    def changed(role: Role) -> Scenario:
        return lambda process: staffed({role.id: max(1, _counts(process, own)[role.id] + more)})(counted(process))

    played, (today, *then) = play(session, ("today", together(counted)), *((role.name, changed(role)) for role in own))
    counts = _counts(played.process, own)
    count = Fact("people", abs(more), "people", "asked")
    before = length("cycle time today", today.cycle_time.mean)
    word = "more" if more > 0 else "fewer"
    lines, facts = [f"In which role? {count.value} {word} in each, one after the other; today a case takes "
                    f"{shown(before)}:"], [count, before]  # fmt: skip
    for role, result in sorted(zip(own, then, strict=True), key=lambda pair: pair[1].cycle_time.mean):
        if counts[role.id] + more < 1:
            lines.append(f"- “{role.name}”: then nobody would be left")
            continue
        after = length(f"cycle time, {role.name}", result.cycle_time.mean)
        by = difference(today, result, "cycle_time")
        felt = (by.high < 0 if more > 0 else by.low > 0) and shown(after) != shown(before)
        lines.append(f"- “{role.name}”: {shown(after) if felt else 'nothing that would be felt'}")
        facts.append(after)
    uncounted = [f"“{role.name}”" for role in own if role.capacity is None]
    if uncounted:
        lines.append(f"How many work as {', '.join(uncounted)} was not told: the fewest that can do the work assumed.")
    told, known = basis_of(played)
    return [*lines, told], [*facts, *known]


def _counts(process: Process, roles: list[Role]) -> dict[str, int]:
    """How many people work in each role: as told, else the fewest that can do the work."""
    from assistant.simulation.scenarios import staffed
    from assistant.simulation.staffing import fewest

    capacity = {role.id: role.capacity for role in process.roles}
    unknown: dict[str, int | None] = {role.id: 1 for role in roles if capacity[role.id] is None}
    few = fewest(staffed(unknown)(process)) if unknown else {}
    return {role.id: capacity[role.id] or few.get(role.id, 1) for role in roles}


def _nobody_left(session: Session, title: str) -> Answer | None:
    """What stops when the last one of a role is gone; None where somebody is left, or nobody goes."""
    going = re.match(r"(?P<n>one|\d+) fewer: (?P<name>.+)", title)
    role = next((role for role in session.process.roles if going and role.name == going["name"]), None)
    if going is None or role is None or (role.capacity or 1) > (1 if going["n"] == "one" else int(going["n"])):
        return None
    played = play(session)[0]
    work = work_of_roles(played)
    own = worked("work a case", work.get(role.id, 0.0))
    part = share("of all work", work.get(role.id, 0.0) / (sum(work.values()) or 1.0))
    steps = [f"“{task.name}”" for task in tasks(session.process) if task.role == role.id] or ["no step of its own"]
    names = ", ".join(steps[:MOST_STEPS]) + (" and others" if len(steps) > MOST_STEPS else "")
    lines = [f"With nobody left as “{role.name}”, these stop until somebody stands in: {names}.",
             f"That is {shown(own)} of work a case, {shown(part)} of all of it."]  # fmt: skip
    if role.capacity is None:
        lines.append(f"How many work as “{role.name}” was not told; say it, and I play it with the others.")
    told, known = basis_of(played)
    return [*lines, told], [own, part, *known]
