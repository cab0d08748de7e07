"""What would be if: the process played under other circumstances, and what of them cannot be played said with why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.chat.advice import MONEY, to_change
from assistant.chat.basis import basis_of
from assistant.chat.by_how_much import by_how_much, felt, no_end, where_it_goes
from assistant.chat.money import WHICH_STEP, cost_of_more
from assistant.chat.more_people import all_gone, in_each_role, nobody_left, uncounted, with_people
from assistant.chat.oftener import rhythm
from assistant.chat.people_meant import ANYBODY, device_meant, how_many_more, steps_meant, stranger
from assistant.chat.played import (
    SIMULATED,
    Played,
    cases_a_week,
    length,
    parts,
    play,
    share,
    some_of,
    too_busy,
    work_of_roles,
    worked,
)
from assistant.chat.reply import Fact
from assistant.chat.scenarios_asked import MANY, Asked, scenario_in, with_so_many
from assistant.chat.telling import short
from assistant.chat.waits_asked import no_such_wait
from assistant.chat.what_was_told import Answer, shown
from assistant.language.turn.what_is_meant import SPARES
from assistant.process.model import Process
from assistant.process.tree import tasks
from assistant.process.volumes import arrivals_per_hour
from assistant.workspace.session import Session

if TYPE_CHECKING:
    from assistant.simulation.results import Result

FULL, MOST_WAITS = 0.995, 3
FELT_WORK, LEAST_WORK, YEAR_HOURS = 0.03, 30.0, 365 * 24
"""From which share of the work on a case, and from how many seconds on, a change of it is told; hours in a year."""
NO_ERRORS = (
    "For no step was told how often it goes wrong. Say so (“one check in ten is wrong and done again”), and I play it."
)
PLAYABLE = (
    "What I can play: more or fewer people in a role, more or fewer cases, half or twice the errors, another time of a "
    "step or a wait, work done on more days of the week, and another share of a way."
)


def what_if(session: Session, words: str) -> Answer:
    """What a case takes under what the words ask for, beside today; where it cannot be played, what can."""
    asked = scenario_in(words, session.process)
    lines, facts = _played(session, words, asked)
    if asked is not None and asked.more > 0 and (thing := device_meant(words, session.process)):
        lines = [f"A {thing} is no person; I play it as if somebody more worked at it, so it holds only where somebody "
                 "is free to.", *lines]  # fmt: skip
    return lines, facts


def _played(session: Session, words: str, asked: Asked | None) -> Answer:
    if (asked is None or not asked.roles) and (name := stranger(words, session.process)):
        return _nobody_called(session, name)
    if asked is None:
        return _without_scenario(session, words)
    if gone := nobody_left(session, asked):
        return _and_the_others(session, words, asked, gone)
    if asked.more > 0 and MONEY.search(words):
        return cost_of_more(session, asked)
    if uncounted(asked) or asked.alone:
        return (_as_one_person_each if asked.alone else _with_people_assumed)(session, asked)
    played, (then,) = play(session, (asked.title, asked.change))
    if asked.change(played.process) == played.process:
        return _nothing_known(asked)
    if asked.cases and not any(role.capacity for role in played.process.roles if role.kind != "external"):
        return _more_work(played, asked)
    before = length("cycle time today", played.result.cycle_time.mean)
    lines, facts = _beside(played, played.result, then, asked, before)
    lines[0] = f"With {asked.title}, {lines[0]}"
    told, more_facts = basis_of(played)
    meant = [f"I take that for {asked.taken_for}."] if asked.taken_for else []
    return [*meant, *lines, told], [Fact("asked", asked.title, "", "asked"), *facts, *more_facts]


def _and_the_others(session: Session, words: str, asked: Asked, gone: Answer) -> Answer:
    """What stands still, and beside it what fewer people mean for those of whom somebody is left."""
    left = [role for role in asked.roles if role not in all_gone(asked)]
    if not left:
        return gone
    lines, facts = _played(session, words, with_so_many(left, {role.id: asked.more_of(role) for role in left}))
    return [*gone[0], "Of the others, taken for themselves:", *lines], [*gone[1], *facts]


def _without_scenario(session: Session, words: str) -> Answer:
    """What is said where the words ask for nothing that can be played as it stands."""
    if ANYBODY.search(words) and (more := how_many_more(words)):
        return in_each_role(session, more)
    if said := rhythm(words):
        return _no_wait_for(session, words, said[0])
    if MANY.search(words) and session.process.volume is None:
        return ["How many cases come was not told, so I cannot say what that many more would mean. Say it (“we get "
                "40 a week”), or ask it as a share (“what if a fifth more came?”)."], []  # fmt: skip
    if wait := no_such_wait(words, session.process):
        return [wait], []
    if WHICH_STEP.search(words) or SPARES.search(words):
        return to_change(session, words)
    return [f"I cannot play that: “{short(words, 80)}” names nothing I know how to change.", PLAYABLE], []


def _with_people_assumed(session: Session, asked: Asked) -> Answer:
    """More people where nobody told how many there are: today as it is told everywhere, and with the few assumed."""
    played, before, then, assumed, counts = with_people(session, asked)
    today, few = length("cycle time today", played.result.cycle_time.mean), length("few", before.cycle_time.mean)
    names = some_of([f"“{role.name}”" for role in uncounted(asked)])
    lines = [f"Today a case takes {shown(today)}, if nobody ever waits for {names}: how many there are was not told."]
    said, facts = _beside(played, before, then, asked, few)
    said[0] = f"If {assumed}, a case takes {shown(few)} today. With {asked.title}, {said[0]}"
    told, more = basis_of(played)
    return [*lines, *said, told], [Fact("asked", asked.title, "", "asked"), today, few, *counts, *facts, *more]


def _as_one_person_each(session: Session, asked: Asked) -> Answer:
    """What is asked of somebody called by a first name, whom nobody counted: played as the one person that is."""
    from assistant.simulation.scenarios import staffed, together

    one = staffed(dict.fromkeys(asked.alone, 1))
    played, (before, then) = play(session, ("one", one), ("then", together(one, asked.change)))
    today = length("cycle time of one", before.cycle_time.mean)
    said, facts = _beside(played, before, then, asked, today)
    names = some_of([f"“{role.name}”" for role in asked.roles if role.id in asked.alone])
    said[0] = f"I take {names} as one person, as the name says. With {asked.title}, {said[0]}"
    told, more = basis_of(played)
    return [*said, told], [Fact("asked", asked.title, "", "asked"), *facts, *more]


def _no_wait_for(session: Session, words: str, rhythm_said: str) -> Answer:
    """Another rhythm of what is not told to wait, or of nothing named: what does wait, to ask about instead."""
    named = steps_meant(words, session.process)
    longest = [name for name, waiting, working, _ in parts(play(session)[0]) if waiting > working][:MOST_WAITS]
    waiting = some_of([f"“{name}”" for name in longest])
    others = f" What waits longest is {waiting}: ask it of that one." if longest else ""
    if named:
        steps = some_of([f"“{name}”" for name in named])
        return [
            f"I was not told that {steps} has to wait for its day, so done {rhythm_said} it would bring nothing I know "
            f"of. If it waits, say how long (“it waits three days for that”).{others}"
        ], []
    return [f"I do not see which step shall be done {rhythm_said}.{others}"], []


def _nobody_called(session: Session, name: str) -> Answer:
    people = [f"“{role.name}”" for role in session.process.roles if role.kind != "external"]
    known = f"Those I know of are {some_of(people, 8)}." if people else "Nobody is named yet."
    return [f"I know nobody and nothing called “{name}” here, so I cannot play that. {known}",
            f"Say what “{name}” does, or ask it with one of those."], []  # fmt: skip


def _more_work(played: Played, asked: Asked) -> Answer:
    """More or fewer cases where nobody counted the people: how much work a week that makes, and for whom most."""
    today = length("cycle time with enough people", played.result.cycle_time.mean)
    lines = [
        f"With {asked.title} and enough people, a case takes {shown(today)} as today. Whether there are enough, "
        "or work would pile up and wait, I cannot say: how many people there are was not told. What there is to do in "
        "a week:"
    ]
    facts = [Fact("asked", asked.title, "", "asked"), today]
    now, later = cases_a_week(played) or 0.0, cases_a_week(played, asked.change(played.process)) or 0.0
    work = work_of_roles(played)
    if not now and not later:
        lines[0] = lines[0].replace("What there is to do in a week:", "How many cases come was not told either.")
    inside = [role for role in played.process.roles if role.kind in ("person", "group") and work.get(role.id)]
    for role in sorted(inside, key=lambda role: -work[role.id])[: MOST_WAITS if later else 0]:
        weeks = (("then", later), ("now", now))
        own = [worked(f"{when}, {role.name}", cases * work[role.id]) for when, cases in weeks if cases]
        beside = f" instead of {shown(own[1])}" if now else ""
        lines.append(f"- “{role.name}”: {shown(own[0])} of work a week{beside}")
        facts += own
    told, more = basis_of(played)
    return [*lines, told], [*facts, *more]


def _nothing_known(asked: Asked) -> Answer:
    """Where the question changes nothing that is known: what is missing for it."""
    lines = [f"With {asked.title}, nothing changes in what I know of the work."]
    if asked.errors:
        return [*lines, NO_ERRORS], [Fact("asked", asked.title, "", "asked")]
    if asked.roles:
        lines.append(f"How many people work as “{asked.roles[0].name}”? Say it, and I play it.")
    return lines, [Fact("asked", asked.title, "", "asked")]


def _beside(played: Played, today: Result, then: Result, asked: Asked, before: Fact) -> tuple[list[str], list[Fact]]:
    """What a case takes then beside today, and what it does to the people."""
    after = length("cycle time then", then.cycle_time.mean)
    own = {task.name for task in tasks(played.process) if task.role in {role.id for role in asked.roles}}
    bounds = list[Fact]()
    if today.endless or then.endless:
        lines = [no_end(shown(before), shown(after), today, then)]
    elif felt(today, then, asked.more):
        by, bounds = by_how_much(today, then)
        lines = [f"a case takes {shown(after)} instead of {shown(before)}: {by}."]
    else:
        reason, bounds = where_it_goes(played, own)
        lines = [f"a case takes {shown(before)} as it does today: no difference one would notice. {reason}".rstrip()]
        after = before
    facts = [before, after, *bounds]
    work, hours = _work_on_it(played.process, today, then)
    loads, known = _loads(played.process, today, then, asked)
    return [*lines, *work, *loads], [*facts, *hours, *known]


def _work_on_it(process: Process, today: Result, then: Result) -> Answer:
    """What changes of the work on a case, and how much that is in a year: a case that waits long may hide it."""
    was, now = today.effort.mean, then.effort.mean
    if not was or abs(now - was) < max(FELT_WORK * was, LEAST_WORK):
        return [], []
    old, new = worked("work today", was), worked("work then", now)
    line = f"The work on a case is {shown(new)} instead of {shown(old)}"
    hourly = arrivals_per_hour(process)
    if not hourly:
        return [f"{line}."], [old, new]
    year = Fact("work a year", round(abs(now - was) * hourly * YEAR_HOURS / 3600), "h", SIMULATED)
    return [f"{line}: about {shown(year)} {'less' if now < was else 'more'} in a year."], [old, new, year]


def _loads(process: Process, today: Result, then: Result, asked: Asked) -> tuple[list[str], list[Fact]]:
    """Whose load changes, and who is the busiest then; of a role nobody counted, that it cannot be said."""
    names = {role.id: role.name for role in process.roles}
    counted = {role.id for role in process.roles if role.capacity and role.kind != "external"}
    counted |= {role.id for role in asked.roles}
    lines, facts = list[str](), list[Fact]()
    for key, role in then.roles.items():
        was, now = today.roles[key].load.mean, role.load.mean
        if abs(now - was) >= 0.005 and role.id in counted:
            old, new = share("load today", was), share("load then", now)
            still = too_busy(now) and f"{too_busy(now)}{' all the same' if too_busy(was) else ''}"
            beside = f"busy {shown(new)} of the time instead of {shown(old)}{still}"
            lines.append(f"- “{names.get(role.id, key)}” is {beside}")
            facts += [old, new]
    loads = [role for role in then.roles.values() if role.id in counted and role.load.mean > 0]
    if asked.cases and not loads:
        everybody = some_of([f"“{role.name}”" for role in process.roles if role.kind in ("person", "group")])
        lines.append(f"Whether they cope I cannot say: how many there are of {everybody} was not told.")
    elif asked.cases:
        most = max(loads, key=lambda role: role.load.mean)
        busy, queue = share("load then", most.load.mean), length("queue then", most.queue_wait.mean)
        full = "; that is more than can be done, so work piles up" if most.load.mean >= FULL else ""
        lines.append(
            f"The first to have too much is “{names[most.id]}”: busy {shown(busy)} of the time, and work waits "
            f"{shown(queue)} for it, nights and days off included{full}."
        )
        facts += [busy, queue]
    return lines, facts
