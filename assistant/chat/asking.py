"""Questions answered from computed facts: each number in an answer is among its facts, which is asserted here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.chat.advice import MONEY, NEXT, hurts, right_so, to_change
from assistant.chat.basis import basis_of
from assistant.chat.figure_from import figure_from
from assistant.chat.if_untouched import if_untouched
from assistant.chat.money import WHICH_STEP, cost, price_asked, prices
from assistant.chat.of_the_map import asked_back, on_the_map
from assistant.chat.open_cases import ASKED as OPEN
from assistant.chat.open_cases import open_cases
from assistant.chat.opening import begin
from assistant.chat.own_time import own_time
from assistant.chat.people_asked import people, why_so_busy
from assistant.chat.played import length, named_roles, parts, play, share, too_busy, work_of_roles, worked
from assistant.chat.recorded import recorded_of
from assistant.chat.reply import Fact, Reply
from assistant.chat.sureness import how_sure
from assistant.chat.the_next_step import how_to_go_on, how_to_print, on_monday
from assistant.chat.versions import compared, of_today, turns_told
from assistant.chat.waits_as_told import wait_as_told
from assistant.chat.what_if import what_if
from assistant.chat.what_was_told import (
    Answer,
    changed,
    decisions,
    feedback,
    how_many_come,
    lengths_of,
    meaning,
    missing,
    neighbour,
    of_steps,
    owner,
    ready,
    said,
    shares_of,
    shown,
    side_by_side,
    unread,
)
from assistant.chat.why_so import PROPOSAL, why_asked, why_of_steps, why_said
from assistant.language.change.catalogue import done_by
from assistant.language.figures.reading import figures_in
from assistant.language.turn.kinds import About
from assistant.language.turn.what_is_meant import SPARES
from assistant.process.blocks import Task
from assistant.process.durations import UNITS
from assistant.process.model import Role
from assistant.process.tree import tasks, walk
from assistant.workspace.session import Session

if TYPE_CHECKING:
    from assistant.chat.played import Played

MOST_STEPS = 4
AS_TODAY = "Today, without what was decided:"
PLAIN_MEASURES = {
    "cycle_time": "How long a case takes, from the day it comes in to the day it is done: note both days. Half of the "
    "cases are faster than the middle one",
    "promise": "The time nine of ten cases stay within: that is what you can promise",
    "right_first_time": "How many cases go through without anything being done again: mark each that does not",
    "cost_per_case": "What a case costs: the hours worked on it times the price of an hour",
}
VOLUME = re.compile(
    r"\bhow (?:many|often)\b(?!.*\b(?:if|people|staff|hours?|minutes?|times?|steps?|more|fewer)\b).*"
    r"\b(?:(?:a|per|each|every|in a) (?:day|week|month|year)|come in|do we get)\b|"
    r"\b(?:daily|weekly|monthly|yearly|our) volume\b",
    re.IGNORECASE,
)
"""How many cases come is asked."""
OWNS = re.compile(
    r"^\W*who (?:owns|answers for|is (?:responsible|in charge|accountable)(?: for| of)) "
    r"(?:it|this|that|all (?:of )?(?:it|this|that)|everything|the (?:whole|process))\b",
    re.I,
)
"""Who answers for the whole is asked."""
SAVES = re.compile(
    r"\b(?:how much|where|what)\b.{0,30}\b(?:can|could|do|would|will) (?:we|i|you)\b.{0,10}\bsave\b", re.IGNORECASE
)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
QUOTED = re.compile(r"“[^”]*”")
WHY_ASKED = re.compile(
    r"\b(?:you|program)\b[^?]*\b(?:need|want|ask\w*|have) (?:to know|me|us|about|for|all|so|that)\b", re.I
)
SAID_SO = re.compile(r"\b(?:say|said|think|believe|claim)\b|\bwhy\W*$|\bcome (?:up )?(?:to|with) that\b", re.I)
"""The reason of the last answer is asked for, not of anything in the work."""
TAKES_LONG = re.compile(r"\b(?:take[ns]?|taking|last\w*)\b.{0,30}\blong\b|\bso slow\b", re.I)
"""The time of the whole is asked for, not the wait of a step."""


def asked_about(session: Session, words: str, about: About) -> Reply:
    """The answer to a question, with the facts it rests on."""
    if session.empty:
        return Reply(begin(words))
    seen = of_today(session, words)
    if (told := on_the_map(seen.process, words)) is not None or (told := if_untouched(seen, words)) is not None:
        lines, facts = told
    elif OWNS.search(words):
        lines, facts = owner(seen, words)
    elif (price := price_asked(seen, words)) or (price := figure_from(seen, words)):
        lines, facts = price
    elif VOLUME.search(words) and about is not About.SAID and not OPEN.search(words):
        lines, facts = how_many_come(seen, words)
    elif SPARES.search(words) or SAVES.search(words):
        lines, facts = to_change(seen, words)
    else:
        lines, facts = open_cases(seen, words) or own_time(seen, words) or ANSWERS[about](seen, words)
    lines = lines if seen is session else [AS_TODAY, *lines]
    assert_stated(lines, facts)
    return Reply(tuple(lines), asked_back(seen.process, words), facts=tuple(facts))


def assert_stated(lines: Sequence[str], facts: Sequence[Fact]) -> None:
    """Every number in an answer, outside of quoted words, is the value of one of its facts. Raises AssertionError."""
    known = {float(number) for fact in facts for number in NUMBER.findall(f"{fact.value}")}
    for line in lines:
        for number in NUMBER.findall(QUOTED.sub("", line)):
            assert float(number) in known, f"{number} in “{line}” is no fact"


def _time(session: Session, words: str) -> Answer:
    if named := _lasting(session, words):
        return named
    played, _none = play(session)
    total = length("cycle time", played.result.cycle_time.mean)
    work = worked("work time", played.result.work_time.mean)
    lines = [f"A case takes about {shown(total)} from start to end; {shown(work)} of it is work."]
    if WHICH_STEP.search(words) and (most := parts(played)[:1]):
        lines.insert(
            0, f"The longest is “{most[0][0]}”, most of it {'waiting' if most[0][1] > most[0][2] else 'work'}."
        )
    facts = [total, work]
    lines.append("Most of it goes here:")
    for name, waiting, working, basis in parts(played)[:MOST_STEPS]:
        wait, busy = length(f"waiting, {name}", waiting, basis), worked(f"work, {name}", working, basis)
        beside, own = wait_as_told(session, name, waiting)
        spent = [f"{shown(wait)} of waiting{beside}"] if waiting > 0 else []
        spent += [f"{shown(busy)} of work"] if working > 0 else []
        lines.append(f"- “{name}”: {', '.join(spent)}")
        facts += [*([wait] if waiting > 0 else []), *([busy] if working > 0 else []), *own]
    short, missing = _less_than_told(session, played, total)
    told, more = basis_of(played)
    return [*lines, *short, told], [*facts, *missing, *more]


def _less_than_told(session: Session, played: Played, total: Fact) -> Answer:
    """What lies between the time told for the whole and that of the steps told, where it is most of it."""
    from assistant.redesign.contradictions import MOST_APART, told_time

    said, found = told_time(session.process), played.result.cycle_time.mean
    if said is None or played.result.endless or said - found < max(MOST_APART * said, UNITS["d"]):
        return [], []
    whole, rest = length("told in all", said, "stated"), length("not told where", said - found)
    line = (
        f"You said it takes {shown(whole)} in all, and the steps told come to {shown(total)}: about {shown(rest)} is "
        "waiting that nobody told yet. Before which step does it lie?"
    )
    return [line], [whole, rest]


def _lasting(session: Session, words: str) -> Answer | None:
    """`What takes four days there?`: the steps and waits that were told with that length."""
    asked = [figure for figure in figures_in(words) if figure.kind == "duration" and not figure.vague]
    lines: list[str] = []
    facts: list[Fact] = []
    before = ""
    for step in walk(session.process) if len(asked) == 1 else ():
        for field, what in (("work", "work"), ("wait", "waiting"), ("duration", "waiting")):
            told = getattr(step, field, None)
            meant = (asked[0].seconds(), asked[0].seconds(hands_on=True))
            if told is None or not any(abs(told.mean_seconds - seconds) <= 0.02 * seconds for seconds in meant):
                continue
            name = getattr(step, "name", "") or "the wait"
            fact = length(f"{what}, {name}", told.mean_seconds, str(told.basis))
            role = session.process.role(done_by(step) or "")
            by = f" by “{role.name}”" if role else f", beside “{before}”" if before else ""
            lines.append(f"- “{name}”{by}: {shown(fact)} of {what}")
            facts.append(fact)
        before = step.name if isinstance(step, Task) else before
    return (["You told that of this:", *lines], facts) if lines else None


def _waiting(session: Session, words: str) -> Answer:
    played, _none = play(session)
    total = length("waiting time", played.result.waiting_time.mean)
    lines, facts = [f"A case waits about {shown(total)} in all."], [total]
    names = {role.id: role.name for role in session.process.roles}
    doers = {task.name: names.get(task.role or "") for task in tasks(session.process)}
    named = [part for part in parts(played) if part[1] > 0]
    for name, waiting, _work, basis in sorted(named, key=lambda part: -part[1])[:MOST_STEPS]:
        wait = length(f"waiting, {name}", waiting, basis)
        beside, own = wait_as_told(session, name, waiting)
        by = doers.get(name)
        lines.append(f"- “{name}”{f' by “{by}”' if by else ''}: {shown(wait)}{beside}")
        facts += [wait, *own]
    if re.match(r"\W*(?:why|how come)\b", words, re.IGNORECASE):
        named_lines, own = of_steps(session, words)
        lines, facts = [*(line for line in named_lines if line.startswith("- ")), *lines], [*own, *facts]
        lines.append("Nobody has told the reason for it. If you know it, say it: “it waits because …”.")
    told, more = basis_of(played)
    return [*lines, told], [*facts, *more]


def _bottleneck(session: Session, words: str) -> Answer:
    played, _none = play(session)
    loads = sorted(played.result.roles.items(), key=lambda item: -item[1].load.mean)
    lines: list[str] = []
    facts: list[Fact] = []
    next_step: tuple[str, ...] = ()
    names = {role.id: role.name for role in played.process.roles}
    if loads and loads[0][1].load.mean > 0:
        key, result = loads[0]
        busy, queue = share("load", result.load.mean), length("queue", result.queue_wait.mean)
        name = names.get(result.id, key)
        over = too_busy(result.load.mean)
        queued = f"; work waits {shown(queue)} for it" if result.queue_wait.mean > 0 else ""
        lines.append(f"The busiest is “{name}”: busy {shown(busy)} of the time{over}{queued}.")
        facts += [busy, queue]
        next_step = (f"“What if we had one more {name}?” plays it; `propose` looks for more.",)
    elif own := sorted(work_of_roles(played).items(), key=lambda item: -item[1])[:1]:
        most = worked("work a case", own[0][1])
        lines.append(f"Most work lies with “{names.get(own[0][0], own[0][0])}”: {shown(most)} a case.")
        facts.append(most)
        beside = _work_of(played, [role for role in named_roles(words, session.process) if role.id != own[0][0]])
        lines, facts = [*lines, *beside[0]], [*facts, *beside[1]]
    slowest = parts(played)[:1]
    doers = {task.name: names.get(task.role or "") for task in tasks(session.process)}
    for name, waiting, working, basis in slowest:
        wait, work = length("waiting", waiting, basis), worked("work", working, basis)
        by = f" by “{doers[name]}”" if doers.get(name) else ""
        waits = f"{shown(wait)} of waiting and " if waiting > 0 else ""
        lines.append(f"The longest is “{name}”{by}: {waits}{shown(work)} of work.")
        facts += [wait, work]
    told, more = basis_of(played)
    return [*lines, told, *(next_step or (NEXT,))], [*facts, *more]


def _work_of(played: Played, roles: Sequence[Role]) -> Answer:
    """The work of a case that lies with these roles: what the most of it is held against."""
    works = [(role.name, worked("work a case", work)) for role in roles if (work := work_of_roles(played).get(role.id))]
    return [f"With “{name}” it is {shown(work)}." for name, work in works], [work for _, work in works]


def _why(session: Session, words: str) -> Answer:
    if reason := why_so_busy(session, words):
        return reason
    if SAID_SO.search(words) and (reason := why_said(session)):
        return reason
    if WHY_ASKED.search(words) and (reason := why_asked(session, words)):
        return reason
    number = PROPOSAL.search(words)
    if number is None and (reason := why_of_steps(session, words)):
        return reason
    if not session.proposals():
        if TAKES_LONG.search(words) and not _lasting(session, words):
            return _time(session, words)
        return _waiting(session, words)
    from assistant.chat.proposals import why_lines

    wanted = int(number[1] or number[2]) if number else min(session.numbers())
    lines = why_lines(session, session.proposal(wanted))
    return lines, [Fact("reason", line, "", "findings") for line in lines if line]


JUDGED = re.compile(r"\b(?:problems?|bottle ?-?neck|cause|reason|culprit)\b", re.IGNORECASE)


def _sure(session: Session, words: str) -> Answer:
    judged = JUDGED.search(words) is not None  # what a step takes says nothing of whether it is the problem
    named, own = prices(play(session)[0]) if MONEY.search(words) else ([], []) if judged else lengths_of(session, words)
    if re.search(r"\b(?:shares?|percent\w*|%|how often|chances?)|%", words, re.IGNORECASE):
        ways, shares = shares_of(session, words)
        named, own = [*named, *ways], [*own, *shares]
    lines, facts = how_sure(session, words)
    return [*named, *lines], [*own, *facts]


def _share(session: Session, words: str) -> Answer:
    """How often a way is taken, as it was told; the way that the words speak of, else all of them."""
    told = shares_of(session, words)
    return told if told[0] else of_steps(session, words)


def _measure(session: Session, _: str) -> Answer:
    """What to measure: each with what it is today, and how to take it down, in plain words."""
    from assistant.handover.inputs import Inputs
    from assistant.handover.kpis import kpis
    from assistant.process.figures import amount as in_words
    from assistant.redesign.estimates import nearest

    played, _none = play(session)
    library, process = session.bench.library(), session.process
    entry = nearest(library, process)
    inputs = Inputs(
        process, process, played.process, played.process, played.result, played.result, None, (), entry, None, library
    )  # fmt: skip
    lines = list[str]()
    for kpi in kpis(inputs):
        known = kpi.baseline.value is not None
        today = f"; today about {in_words(kpi.baseline.value, kpi.baseline.unit)}" if known else ""
        lines.append(f"- {PLAIN_MEASURES.get(kpi.id, f'{kpi.name} ({kpi.unit}): {kpi.formula}')}{today}")
    facts = [Fact("measure", line, "", "KPI sheet") for line in lines]
    return [f"What to measure for “{process.name}”:", *lines, "`export` writes the sheet with targets."], facts


def _others(session: Session, _: str) -> Answer:
    from assistant.library.match import CLEAR, match_process, paired

    library = session.bench.library()
    hits = match_process(library, session.process)
    entry = library.process(hits[0].id) if hits else None
    if entry is None:
        return ["The library has no ready template for this; nothing is close enough to compare with."], []
    if hits[0].score < CLEAR:
        far = Fact("template", f"{entry.code or entry.id} {entry.name}", "", f"library: {hits[0].why}")
        shares = "It shares too little with what you told to be a template for it."
        look = "`library WORDS` looks for others by words."
        return [f"Nothing in the library is close. The least far is “{far.value}”. {shares}", look], [far]
    shared = {pair.step.id for pair in paired(entry, session.process)}
    code = Fact("template", f"{entry.code or entry.id} {entry.name}", "", f"library: {hits[0].why}")
    other = [f"“{step.name}”" for step in entry.steps if step.id not in shared][:6]
    lines = [
        f"The nearest template in the library is {code.value}. Its usual steps:",
        *(f"- “{step.name}”" for step in entry.steps[:12]),
    ]
    lines += [f"Not told here: {', '.join(other)}."] if other else []
    lines.append(f"`assistant library show {entry.code or entry.id}` has its measures and sources.")
    return lines, [code]


def _customer(session: Session, _: str) -> Answer:
    """What somebody who waits for the result sees of it: the time from start to end, and the steps with them."""
    played, _none = play(session)
    waits_known: list[Fact] = []
    total, waits = (
        length("cycle time", played.result.cycle_time.mean),
        length("waiting", played.result.waiting_time.mean),
    )
    names = {customer.name.lower() for customer in session.process.customers}
    outside = {role.id for role in session.process.roles if role.name.lower() in names}
    outside = outside or {role.id for role in session.process.roles if role.kind == "external"}
    seen = [task.name for task in tasks(session.process) if task.role in outside or task.contact]
    nothing = f"for {shown(waits)} of that" if shown(waits) != shown(total) else "for nearly all of that"
    lines = [f"Who waits for the result waits {shown(total)} from start to end; {nothing} nothing happens."]
    for name, waiting, _working, basis in parts(played)[:1]:
        longest = length(f"waiting, {name}", waiting, basis)
        if waiting >= 0.3 * played.result.cycle_time.mean:
            lines.append(f"The longest of it is the wait for “{name}”, {shown(longest)}: they would notice that first.")
            waits_known.append(longest)
    if seen:
        lines.append(f"They have a part in {', '.join(f'“{name}”' for name in seen[:6])}.")
    else:
        lines.append("No step was told in which they have a part.")
    told, more = basis_of(played)
    return [*lines, told], [total, waits, *waits_known, *more]


def _hurts(session: Session, words: str) -> Answer:
    return hurts(session, words, cost if MONEY.search(words) else _bottleneck)


def _other(session: Session, words: str) -> Answer:
    if named_roles(words, session.process):
        return people(session, words)
    return of_steps(session, words)


ANSWERS: dict[About, Callable[[Session, str], Answer]] = {
    About.TIME: _time, About.COST: cost, About.WAITING: _waiting, About.BOTTLENECK: _bottleneck,
    About.PEOPLE: people, About.WHAT_IF: what_if, About.WHY: _why, About.SURE: _sure, About.OWNER: owner,
    About.MEASURE: _measure, About.OTHERS: _others, About.SAID: said, About.CHANGED: changed, About.OTHER: _other,
    About.READY: ready, About.UNREAD: unread, About.CUSTOMER: _customer,
    About.FEEDBACK: feedback, About.NEXT: neighbour, About.PARALLEL: side_by_side,
    About.LOG: recorded_of, About.WORD: meaning, About.FIRST: to_change, About.SHARE: _share,
    About.HURTS: _hurts, About.RIGHT: right_so, About.TURNS: turns_told, About.BESIDE: compared,
    About.MISSING: missing, About.DECIDED: decisions, About.MONDAY: on_monday, About.ONWARD: how_to_go_on,
    About.PRINT: how_to_print,
}  # fmt: skip
