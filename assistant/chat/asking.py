"""Questions answered from computed facts: each number in an answer is among its facts, which is asserted here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from assistant.chat.played import Played, amount, length, named_roles, parts, play, scenario_in, share
from assistant.chat.reply import Fact, Reply
from assistant.chat.telling import entry_line, short
from assistant.language.change.catalogue import Catalogue
from assistant.language.correct.said import likely
from assistant.language.figures.reading import figures_in
from assistant.language.turn.shapes import About
from assistant.process.blocks import Task
from assistant.process.tree import tasks, walk
from assistant.projects.journal import Said
from assistant.workspace.session import Session

MOST_STEPS = 4
TOLD = ("story", "request", "correction", "answer")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
QUOTED = re.compile(r"“[^”]*”")
ANSWERABLE = (
    "I can answer: where the time goes, what it costs, what waits, the bottleneck, who does what, “what if we lose a "
    "clerk?”, who should own it, what to measure, how others do it, how sure this is, what is still open."
)


def asked_about(session: Session, words: str, about: About) -> Reply:
    """The answer to a question, with the facts it rests on."""
    if session.empty:
        return Reply(("Nothing is told yet, so I cannot say. Tell me first how the work runs today.",))
    lines, facts = ANSWERS[about](session, words)
    assert_stated(lines, facts)
    return Reply(tuple(lines), facts=tuple(facts))


def assert_stated(lines: Sequence[str], facts: Sequence[Fact]) -> None:
    """Every number in an answer, outside of quoted words, is the value of one of its facts. Raises AssertionError."""
    known = {float(number) for fact in facts for number in NUMBER.findall(f"{fact.value}")}
    for line in lines:
        for number in NUMBER.findall(QUOTED.sub("", line)):
            assert float(number) in known, f"{number} in “{line}” is no fact"


Answer = tuple[list[str], list[Fact]]


def _shown(fact: Fact) -> str:
    return f"{fact.value}{'' if fact.unit == '%' else ' '}{fact.unit}".strip()


def _basis(played: Played) -> tuple[str, list[Fact]]:
    """How sure the figures are, in one line."""
    from assistant.redesign.estimates import filled_in_words

    told = filled_in_words(played.completed)
    if not told:
        return "All figures it takes were told; the rest is simulated from them.", []
    return told, [Fact("filled in", told, "", "estimates of the library and typical figures")]


def _time(session: Session, words: str) -> Answer:
    if named := _lasting(session, words):
        return named
    played, _none = play(session)
    total = length("cycle time", played.result.cycle_time.mean)
    work = length("work time", played.result.work_time.mean)
    lines = [f"A case takes about {_shown(total)} from start to end; {_shown(work)} of it is work."]
    facts = [total, work]
    lines.append("Most of it goes here:")
    for name, waiting, working, basis in parts(played)[:MOST_STEPS]:
        wait, busy = length(f"waiting, {name}", waiting, basis), length(f"work, {name}", working, basis)
        lines.append(f"- “{name}”: {_shown(wait)} of waiting, {_shown(busy)} of work")
        facts += [wait, busy]
    told, more = _basis(played)
    return [*lines, told], [*facts, *more]


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
            if told is None or not any(abs(told.mean_seconds - one) <= 0.02 * one for one in meant):
                continue
            name = getattr(step, "name", "") or "the wait"
            fact = length(f"{what}, {name}", told.mean_seconds, str(told.basis))
            role = session.process.role(getattr(step, "role", None) or "")
            by = f" by “{role.name}”" if role else f", beside “{before}”" if before else ""
            lines.append(f"- “{name}”{by}: {_shown(fact)} of {what}")
            facts.append(fact)
        before = step.name if isinstance(step, Task) else before
    return (["You told that of this:", *lines], facts) if lines else None


def _cost(session: Session, _: str) -> Answer:
    played, _none = play(session)
    cost = amount("cost per case", played.result.cost_per_case.mean, session.process.currency)
    work = length("work time", played.result.work_time.mean)
    lines = [f"A case costs about {_shown(cost)}: {_shown(work)} of work at the hourly rates of who does it."]
    unpriced = [role.name for role in session.process.roles if role.kind == "person" and role.cost_per_hour is None]
    if unpriced:
        lines.append(f"The price of an hour was not told for {', '.join(f'“{name}”' for name in unpriced)}.")
    told, more = _basis(played)
    return [*lines, told], [cost, work, *more]


def _waiting(session: Session, words: str) -> Answer:
    played, _none = play(session)
    total = length("waiting time", played.result.waiting_time.mean)
    lines, facts = [f"A case waits about {_shown(total)} in all."], [total]
    named = [part for part in parts(played) if part[1] > 0]
    for name, waiting, _work, basis in sorted(named, key=lambda part: -part[1])[:MOST_STEPS]:
        wait = length(f"waiting, {name}", waiting, basis)
        lines.append(f"- “{name}”: {_shown(wait)}")
        facts.append(wait)
    if re.match(r"\W*why\b", words, re.IGNORECASE):
        named_lines, own = _of_steps(session, words)
        lines, facts = [*(line for line in named_lines if line.startswith("- ")), *lines], [*own, *facts]
        lines.append("Nobody has told the reason for it. If you know it, say it: “it waits because …”.")
    told, more = _basis(played)
    return [*lines, told], [*facts, *more]


def _bottleneck(session: Session, _: str) -> Answer:
    played, _none = play(session)
    loads = sorted(played.result.roles.items(), key=lambda item: -item[1].utilisation.mean)
    lines: list[str] = []
    facts: list[Fact] = []
    names = {role.id: role.name for role in played.process.roles}
    if loads and loads[0][1].utilisation.mean > 0:
        key, result = loads[0]
        busy, queue = share("load", result.utilisation.mean), length("queue", result.queue_wait.mean)
        name = names.get(result.id, key)
        lines.append(f"The busiest is “{name}”: at work {_shown(busy)} of the time; work waits {_shown(queue)} for it.")
        facts += [busy, queue]
    slowest = parts(played)[:1]
    for name, waiting, working, basis in slowest:
        wait, work = length("waiting", waiting, basis), length("work", working, basis)
        lines.append(f"The longest is “{name}”: {_shown(wait)} of waiting and {_shown(work)} of work.")
        facts += [wait, work]
    told, more = _basis(played)
    return [*lines, told], [*facts, *more]


def _people(session: Session, words: str) -> Answer:
    played, _none = play(session)
    by_id = {result.id: result for result in played.result.roles.values()}
    chosen = named_roles(words, session.process) or session.process.roles
    lines: list[str] = []
    facts: list[Fact] = []
    for role in chosen:
        does = [f"“{task.name}”" for task in tasks(session.process) if task.role == role.id]
        line = f"- “{role.name}”: {', '.join(does) or 'no step of its own'}"
        if role.capacity is None and role.kind in ("person", "group"):
            line += "; how many there are was not told"
        elif role.id in by_id and role.kind != "external":
            busy = share(f"load, {role.name}", by_id[role.id].utilisation.mean)
            line, facts = f"{line}; busy {_shown(busy)} of the time", [*facts, busy]
        lines.append(line)
    told, more = _basis(played)
    return ["Who does what, and how busy that keeps them:", *lines, told], [*facts, *more]


def _what_if(session: Session, words: str) -> Answer:
    from assistant.simulation.results import difference

    found = scenario_in(words, session.process)
    if found is None:
        return [f"I cannot play that: “{short(words, 80)}”. I can play fewer or more people in a role, more or fewer "
                "cases in percent, and half or twice the errors."], []  # fmt: skip
    title, change = found
    played, (result,) = play(session, (title, change))
    if change(played.process) == played.process:
        named = [role.name for role in named_roles(words, session.process)]
        who = (
            f" How many people work as “{named[0]}”? With one or an unknown number there is none to spare."
            if named
            else ""
        )
        return [f"That changes nothing that I know of (“{title}”).{who}"], []
    before = length("cycle time today", played.result.cycle_time.mean)
    after = length("cycle time then", result.cycle_time.mean)
    by = difference(played.result, result, "cycle_time")
    low, high = length("change at least", by.low), length("change at most", by.high)
    sure = "no evidence of a change" if by.low <= 0 <= by.high else f"a change of {_shown(low)} to {_shown(high)}"
    interval = share("interval", 0.95)
    lines = [
        f"“{title}”: a case takes {_shown(after)} instead of {_shown(before)}; {sure} ({_shown(interval)} interval)."
    ]
    facts = [before, after, low, high, interval]
    names = {role.id: role.name for role in played.process.roles}
    for key, role in result.roles.items():
        was = played.result.roles[key].utilisation.mean
        if abs(role.utilisation.mean - was) >= 0.005:
            old, new = share("load today", was), share("load then", role.utilisation.mean)
            lines.append(f"- “{names.get(role.id, key)}” is busy {_shown(new)} of the time instead of {_shown(old)}")
            facts += [old, new]
    if loads := sorted(result.roles.items(), key=lambda item: -item[1].utilisation.mean)[:1]:
        key, role = loads[0]
        busy, queue = share("load then", role.utilisation.mean), length("queue then", role.queue_wait.mean)
        lines.append(
            f"Then “{names.get(role.id, key)}” is the busiest, {_shown(busy)}; work waits {_shown(queue)} for it."
        )
        facts += [busy, queue]
    told, more = _basis(played)
    return [*lines, told], [*facts, *more]


def _why(session: Session, words: str) -> Answer:
    if not session.proposals():
        return _waiting(session, words)
    from assistant.chat.proposals import why_lines

    number = re.search(r"\b\d{1,2}\b", words)
    lines = why_lines(session, session.proposal(int(number[0]) if number else 1))
    return lines, [Fact("reason", line, "", "findings") for line in lines if line]


def _sure(session: Session, _: str) -> Answer:
    told, facts = _basis(play(session)[0])
    return [told, "`questions` shows what would make it surer."], facts


def _owner(session: Session, _: str) -> Answer:
    from assistant.handover.roles import owner_of

    told = session.process.owner
    if told:
        return [f"The owner is “{told}”, as you told."], [Fact("owner", told, "", "told")]
    who, work = owner_of(session.process), _inside(session)
    most = max(dict.fromkeys(work), key=work.count, default=None)
    role = session.process.role(most)
    count = Fact("steps", work.count(most), "steps", "the process") if role and most else None
    lines = [
        "Nobody is named who answers for the whole. The owner should be a manager who can decide over all its steps."
    ]
    lines.append(f"The hand-over names “{who}”.")
    if role and count:
        lines.append(f"Most steps lie with “{role.name}” ({_shown(count)}): the manager there is the first to ask.")
    return lines, [count] if count else []


def _inside(session: Session) -> list[str]:
    """The roles of all steps done in the house."""
    outside = {role.id for role in session.process.roles if role.kind == "external"}
    return [task.role for task in tasks(session.process) if task.role and task.role not in outside]


def _measure(session: Session, _: str) -> Answer:
    from assistant.handover.inputs import Inputs
    from assistant.handover.kpis import kpis
    from assistant.redesign.estimates import nearest

    played, _none = play(session)
    library, process = session.bench.library(), session.process
    entry = nearest(library, process)
    inputs = Inputs(
        process, process, played.process, played.process, played.result, played.result, None, (), entry, None, library
    )  # fmt: skip
    sheet = kpis(inputs)
    lines = [f"- {kpi.name} ({kpi.unit}): {kpi.formula}" for kpi in sheet]
    facts = [Fact(kpi.id, f"{kpi.name} ({kpi.unit}): {kpi.formula}", "", "KPI sheet") for kpi in sheet]
    return [f"What to measure for “{process.name}”:", *lines], facts


def _others(session: Session, _: str) -> Answer:
    from assistant.library.match import match_process, paired

    library = session.bench.library()
    hits = match_process(library, session.process)
    entry = library.process(hits[0].id) if hits else None
    if entry is None:
        return ["The library has no ready template for this; nothing is close enough to compare with."], []
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


def _said(session: Session, _: str) -> Answer:
    return [
        "You told:",
        *(
            f"“{short(entry.what.text.replace('“', '').replace('”', ''))}”"
            for entry in session.state.entries[-60:]
            if isinstance(entry.what, Said) and entry.what.source in TOLD
        ),
    ], []


def _changed(session: Session, _: str) -> Answer:
    lines = [entry_line(entry) for entry in session.state.entries[-8:]]
    return lines, [Fact("log", line, "", "journal") for line in lines]


def _ready(session: Session, _: str) -> Answer:
    """The seven steps of a redesign, each with what is settled and what is still open."""
    from assistant.handover.readiness import blocked

    process, decided = session.process, list(session.state.decided.values())
    every = list(tasks(process))
    untimed = [task for task in every if task.work is None]
    nobody = [task for task in every if task.role is None]
    block = blocked(process)
    marks = (
        ("somebody who answers for it", process.owner if block is None else "", "name the owner"),
        ("customers and what they need", ", ".join(one.name for one in process.customers), "say who gets the result"),
        ("the map of today", "" if nobody or not every else "every step has somebody", "say who does each step"),
        ("measures and targets", "" if untimed or process.volume is None else "times and cases are told",
         "say how long the steps take and how many cases come"),
        ("what is to change", "accepted" if "accepted" in decided else "", "`propose`, then accept or reject"),
        ("technology and people", "accepted" if "accepted" in decided else "", "`export` writes what it needs"),
        ("rollout and control", "", "`export` writes the plan and the KPI sheet"),
    )  # fmt: skip
    lines = ["What is settled and what is still open:"]
    lines += [f"- {name}: {f'settled (“{value}”)' if value else f'open; {remedy}'}" for name, value, remedy in marks]
    lines.append(
        "`questions` shows what to tell next."
        if block is None
        else "Not ready: nobody is named who answers for the whole."
    )
    return lines, [Fact(name, value or "open", "", "the process and the journal") for name, value, _ in marks]


def _unread(session: Session, _: str) -> Answer:
    """What was said and came to nothing, in the words it was said in."""
    state = session.state
    said = [entry for entry in state.entries if isinstance(entry.what, Said) and entry.what.source in TOLD]
    nothing = [entry for entry in said if not state.changed_in(entry.turn)]
    texts = [entry.what.text for entry in nothing if isinstance(entry.what, Said)]
    notes = [f"- “{short(text.replace('“', '').replace('”', ''))}”" for text in texts[-8:]]
    if not notes:
        return ["I made something of all you told me."], []
    return ["Of this I could make nothing, or nothing new. Say it another way if it matters:", *notes], []


def _customer(session: Session, _: str) -> Answer:
    """What somebody who waits for the result sees of it: the time from start to end, and the steps with them."""
    played, _none = play(session)
    total, waits = (
        length("cycle time", played.result.cycle_time.mean),
        length("waiting", played.result.waiting_time.mean),
    )
    outside = {role.id for role in session.process.roles if role.kind == "external"}
    names = {customer.name.lower() for customer in session.process.customers}
    outside |= {role.id for role in session.process.roles if role.name.lower() in names}
    seen = [task.name for task in tasks(session.process) if task.role in outside or task.contact]
    lines = [
        f"Who waits for the result waits {_shown(total)} from start to end; {_shown(waits)} of that nothing happens."
    ]
    if seen:
        lines.append(f"They have a part in {', '.join(f'“{name}”' for name in seen[:6])}.")
    else:
        lines.append("No step was told in which they have a part.")
    told, more = _basis(played)
    return [*lines, told], [total, waits, *more]


def _feedback(session: Session, words: str) -> Answer:
    """A conversation holds no comments of customers: how they are asked."""
    question = " ".join(re.sub(r"[^\w\s'’?,-]|\d", " ", words).split())[:120]
    lines = [
        "I hold no comments of customers here. With a file of them (a CSV, a text with one comment a line) I can say:",
        f"  assistant project export {session.project} PROCESS.json",
        f'  assistant feedback COMMENTS.csv --process PROCESS.json --ask "{question}"',
        "The answer counts the comments and quotes them to the letter. "
        "`assistant redesign STORY --feedback COMMENTS.csv` puts them beside the findings.",
    ]
    return lines, [Fact("project", session.project, "", "its name")]


def _parallel(session: Session, _: str) -> Answer:
    """Neighbouring steps of different people: what could run side by side if none needs what the other brings."""
    process = session.process
    row = [step for step in process.flow.items if isinstance(step, Task)]
    pairs = [
        (a, b) for a, b in pairwise(row) if a.role and b.role and a.role != b.role and not set(a.writes) & set(b.reads)
    ]
    if not pairs:
        return ["None that I see: each step follows one of the same people, or nobody is named."], []
    lines = [f"- “{a.name}” and “{b.name}”" for a, b in pairs[:MOST_STEPS]]
    return ["Next to each other and done by different people, so side by side if the later one needs nothing of the "
            "earlier one (nobody told whether it does):", *lines], []  # fmt: skip


def _next(session: Session, words: str) -> Answer:
    """The steps before or after the one that words name."""
    catalogue = Catalogue(session.process)
    side = re.search(r"\b(before|after)\b(?P<what>.*)", words, re.IGNORECASE)
    named = likely(catalogue, side["what"].lower()) if side else []
    if side is None or len(named) != 1:
        return _of_steps(session, words)
    before = side[1].lower() == "before"
    order = [step.id for step in catalogue.named]
    at = order.index(named[0]) + (-1 if before else 1)
    name = catalogue.name(named[0])
    if not 0 <= at < len(order):
        return [f"Nothing comes {side[1].lower()} “{name}”: it is the {'first' if before else 'last'} step."], []
    return [f"{side[1].capitalize()} “{name}” comes “{catalogue.name(order[at])}”."], []


def _word(_: Session, words: str) -> Answer:
    """What a word of the trade means."""
    said = words.lower().replace("-", "").replace(" ", "")
    term = next((term for term in sorted(WORDS, key=len, reverse=True) if term.replace(" ", "") in said), None)
    return ([f"{WORDS[term]}"] if term else [ANSWERABLE]), []


WORDS = {
    "gateway": "A gateway is a point of decision in the map: the work goes one way or another (a branch), or splits.",
    "lane": "A lane is the row of one role in the map: all steps in it are done by that role.",
    "cycle time": "Cycle time is how long one case takes from its start to its end, work and waiting together.",
    "lead time": "Lead time is how long one case takes from its start to its end, work and waiting together.",
    "handoff": "A handoff is where the work goes from one role to another; it often waits there.",
    "handover": "A handover is where the work goes from one role to another; it often waits there.",
    "utilisation": "Utilisation is the share of their working time that people are busy with this work.",
    "utilization": "Utilization is the share of their working time that people are busy with this work.",
    "bottleneck": "The bottleneck is the role or step that work piles up in front of; it sets the pace of the whole.",
    "rework": "Rework is work done again because something was wrong or missing.",
    "bpmn": "BPMN is the usual notation for maps of processes: steps, decisions (gateways), lanes for roles.",
    "kpi": "A KPI is a figure by which the process is measured, with a target.",
    "asis": "As-is is how the work runs today.",
    "tobe": "To-be is how the work is to run after the redesign.",
    "owner": "The process owner is the manager who answers for the whole, across all its steps.",
    "trigger": "The trigger is what starts a case: a call, an order, a date.",
    "role": "A role is who does steps of the work: a person, a group, a firm or a system.",
    "step": "A step is one thing somebody does in the work, with its time.",
    "waitingtime": "Waiting time is when a case lies and nobody works on it.",
    "waittime": "Waiting time is when a case lies and nobody works on it.",
    "worktime": "Work time is when somebody has a case in hand.",
    "handsontime": "Hands-on time is when somebody has a case in hand.",
    "capacity": "The capacity of a role is how many people work in it.",
    "template": "A template is the usual form of a process like this one, from the library.",
    "practice": "A practice is a way to improve a process that worked elsewhere, with what it usually brings.",
    "finding": "A finding is something in the process that hurts, with the figures that show it.",
    "branch": "A branch is one of the ways on from a decision; the word is also used for a second version of "
    "the whole.",
    "loop": "A loop is a part that is done again until something holds.",
}


def _first(session: Session, words: str) -> Answer:
    """What weighs most, and how to see what could be done about it."""
    lines, facts = _bottleneck(session, words)
    return [
        "First where most of it is lost:",
        *lines,
        "`propose` looks for what would be better, with its effect.",
    ], facts


def _other(session: Session, words: str) -> Answer:
    if named_roles(words, session.process):
        return _people(session, words)
    return _of_steps(session, words)


def _of_steps(session: Session, words: str) -> Answer:
    """What was told of the steps that words name."""
    catalogue = Catalogue(session.process)
    meant = set(
        likely(
            catalogue, re.sub(r"^\W*(?:do|does|is|are|can|could|should|why|what|how|we|i|need)\b", " ", words.lower())
        )
    )
    lines: list[str] = []
    facts: list[Fact] = []
    for task in tasks(session.process):
        if task.id in meant:
            role = session.process.role(task.role)
            work = length("work", task.work.mean_seconds, str(task.work.basis)) if task.work else None
            time = f"{_shown(work)} of work" if work else "nobody told how long it takes"
            lines.append(f"- “{task.name}”: by “{role.name if role else 'nobody named'}”; {time}")
            facts += [work] if work else []
    return ["I have no computed answer to that.", *lines, ANSWERABLE], facts


ANSWERS: dict[About, Callable[[Session, str], Answer]] = {
    About.TIME: _time, About.COST: _cost, About.WAITING: _waiting, About.BOTTLENECK: _bottleneck,
    About.PEOPLE: _people, About.WHAT_IF: _what_if, About.WHY: _why, About.SURE: _sure, About.OWNER: _owner,
    About.MEASURE: _measure, About.OTHERS: _others, About.SAID: _said, About.CHANGED: _changed, About.OTHER: _other,
    About.READY: _ready, About.UNREAD: _unread, About.CUSTOMER: _customer,
    About.FEEDBACK: _feedback, About.NEXT: _next, About.PARALLEL: _parallel, About.WORD: _word, About.FIRST: _first,
}  # fmt: skip
