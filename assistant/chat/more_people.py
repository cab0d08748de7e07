"""More people or fewer: in a role nobody counted, in each role where none was named, and with nobody left in one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.chat.basis import basis_of
from assistant.chat.by_how_much import by_how_much, felt
from assistant.chat.played import Played, cases_a_week, length, play, share, some_of, too_busy, work_of_roles, worked
from assistant.chat.reply import Fact
from assistant.chat.scenarios_asked import Asked, Scenario
from assistant.chat.what_was_told import Answer, shown
from assistant.handover.firm_size import one_person
from assistant.process.expected import visit_rates
from assistant.process.model import Process, Role
from assistant.process.tree import tasks
from assistant.workspace.session import Session

if TYPE_CHECKING:
    from assistant.simulation.results import Result

MOST_STEPS, MOST_ROLES = 4, 5


def uncounted(asked: Asked) -> list[Role]:
    """The roles people are put into though nobody told how many there are."""
    new = asked.more > 0 or asked.people is not None
    return [role for role in asked.roles if role.capacity is None] if new else []


def with_people(session: Session, asked: Asked) -> tuple[Played, Result, Result, str, list[Fact]]:
    """Today (with as few as can do the work where nobody counted), and what is asked for; what of it is assumed."""
    from assistant.simulation.scenarios import staffed

    counts, roles = dict[str, int](), asked.roles

    def few(process: Process) -> Process:
        counts.update(_counts(process, roles))
        return staffed(counts)(process)

    def then(process: Process) -> Process:
        more = {role.id: asked.people or counts[role.id] + asked.more_of(role) for role in roles}
        return staffed(more)(few(process))

    played, (before, after) = play(session, ("few", few), ("then", then))
    said, facts = list[str](), list[Fact]()
    for role in uncounted(asked):
        count = Fact(f"people assumed, {role.name}", counts[role.id], "people", "the fewest that can do the work")
        alone = "1 person" if count.value == 1 else shown(count)
        why = "as the name says" if one_person(role) and count.value == 1 else "the fewest that can do the work"
        said.append(f"“{role.name}” is {alone}, {why}")
        facts.append(count)
    return played, before, after, some_of(said), facts


def in_each_role(session: Session, more: int) -> Answer:
    """More or fewer people in each role in turn, on the same cases: where it counts, and where it does not."""
    from assistant.simulation.scenarios import staffed, together

    own = [role for role in session.process.roles if role.kind in ("person", "group")]
    played = play(session)[0]
    busy = work_of_roles(played)
    own = sorted((role for role in own if busy.get(role.id)), key=lambda role: -busy[role.id])[:MOST_ROLES]
    if not own:
        return ["In which role? Nobody is named yet who does the work; say who does what."], []
    counts = _counts(played.process, own)
    left = [role for role in own if counts[role.id] + more >= 1]
    count = Fact("people", abs(more), "people", "asked")
    word = f"{count.value} {'person' if abs(more) == 1 else 'people'} {'more' if more > 0 else 'fewer'}"
    lines, facts = [f"In which role? You named none, so I tried {word} in each."], [count]
    few = staffed(counts)

    def changed(role: Role) -> Scenario:
        return together(few, staffed({role.id: counts[role.id] + more}))

    known = [f"“{role.name}”" for role in own if role.capacity is None]
    played, (today, *then) = play(session, ("few", few), *((role.name, changed(role)) for role in left))
    before, least = length("cycle time today", played.result.cycle_time.mean), length("few", today.cycle_time.mean)
    if known and left:
        lines.append(
            f"How many work as {some_of(known)} was not told. With the fewest that can do the work a case takes "
            f"{shown(least)} today ({shown(before)} if nobody ever waited for them). From these {shown(least)} on:"
        )
        facts += [before, least]
    elif left and today.endless:
        lines.append("Today work piles up without end, so no time of a case can be said; then:")
    elif left:
        lines.append(f"Today a case takes {shown(before)}; then:")
        facts.append(before)
    for role, result in sorted(zip(left, then, strict=True), key=lambda pair: pair[1].cycle_time.mean):
        if today.endless and not result.endless:
            after = length(f"cycle time, {role.name}", result.cycle_time.mean)
            lines.append(f"- “{role.name}”: a case takes {shown(after)}, and nobody has more work than time")
            facts.append(after)
            continue
        if today.endless or not felt(today, result, more):
            line, loads = _over_all_the_same(role, today, result)
            lines.append(f"- “{role.name}”: no difference one would notice{line}")
            facts += loads
            continue
        after, (by, bounds) = length(f"cycle time, {role.name}", result.cycle_time.mean), by_how_much(today, result)
        told = "" if shown(after) == shown(least) else f"{shown(after)}, "
        lines.append(f"- “{role.name}”: {told}{by}")
        facts += [*([after] if told else []), *bounds]
    for role in own:
        if role not in left:
            part = share(f"of all work, {role.name}", busy[role.id] / (sum(busy.values()) or 1.0))
            if_one = "" if role.capacity or one_person(role) else "if it is one person, "
            does = some_of([f"“{task.name}”" for task in tasks(session.process) if task.role == role.id])
            lines.append(f"- “{role.name}”: {if_one}nobody is left for {does}; {shown(part)} of all work hangs on it")
            facts.append(part)
    told, rest = basis_of(played)
    return [*lines, told], [*facts, *rest]


def _over_all_the_same(role: Role, today: Result, then: Result) -> tuple[str, list[Fact]]:
    """That somebody still has more work than time, where so many people more change nothing."""
    was, now = (next((seen.load.mean for seen in result.roles.values() if seen.id == role.id), 0.0)
                for result in (today, then))  # fmt: skip
    if now < 1:
        return "", []
    old, new = share(f"load today, {role.name}", was), share(f"load then, {role.name}", now)
    return f"; busy {shown(new)} of the time instead of {shown(old)}{too_busy(now)} all the same", [old, new]


def _counts(process: Process, roles: Sequence[Role]) -> dict[str, int]:
    """How many people work in each role: as told, else the fewest that can do the work."""
    from assistant.simulation.scenarios import staffed
    from assistant.simulation.staffing import fewest

    capacity = {role.id: role.capacity for role in process.roles}
    unknown: dict[str, int | None] = {role.id: 1 for role in roles if capacity[role.id] is None}
    few = fewest(staffed(unknown)(process)) if unknown else {}
    return {role.id: capacity[role.id] or few.get(role.id, 1) for role in roles}


def all_gone(asked: Asked) -> list[Role]:
    """The roles in which nobody is left."""
    return [role for role in asked.roles if asked.more_of(role) < 0 and (role.capacity or 1) <= -asked.more_of(role)]


def nobody_left(session: Session, asked: Asked) -> Answer | None:
    """What stands still when the last one of a role is gone; None where somebody is left everywhere, or nobody goes."""
    gone = all_gone(asked)
    if not gone:
        return None
    played = play(session)[0]
    work, lines, facts = work_of_roles(played), list[str](), list[Fact]()
    every = sum(work.values()) or 1.0
    for role in gone:
        own = worked(f"work a case, {role.name}", work.get(role.id, 0.0))
        part = share(f"of all work, {role.name}", work.get(role.id, 0.0) / every)
        steps = [task for task in tasks(session.process) if task.role == role.id]
        names = some_of([f"“{task.name}”" for task in steps], MOST_STEPS) or "no step of its own"
        sure = role.capacity is not None or one_person(role)
        head = "Without" if one_person(role) else "With nobody left as" if sure else "If there is only one"
        tail = "" if sure else " and they go"
        verb = "stands" if len(steps) < 2 else "stand"
        lines.append(f"{head} “{role.name}”{tail}, {names} {verb} still until somebody stands in.")
        lines.append(f"That is {shown(own)} of work a case, {shown(part)} of all the work there is.")
        facts += [own, part]
        if (weekly := cases_a_week(played)) and steps:
            piled = Fact("cases a week", _whole(weekly * visit_rates(played.process)[steps[0].id]), "cases", "told")
            lines.append(f"Each week that lasts, about {shown(piled)} pile up in front of “{steps[0].name}”.")
            facts.append(piled)
        if not sure:
            lines.append(f"How many work as “{role.name}” was not told; say it, and I play it with the others.")
    return lines, facts


def _whole(value: float) -> float | int:
    return round(value) if value >= 3 else round(value, 1)
