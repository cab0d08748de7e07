"""What a case costs, what one more person would cost and bring, and whether something asked about is worth it."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from assistant.chat.basis import basis_of
from assistant.chat.by_how_much import by_how_much, felt
from assistant.chat.more_people import with_people
from assistant.chat.of_a_period import ASKED
from assistant.chat.people_meant import ANYBODY, MORE, how_many_more, stranger, worked_on
from assistant.chat.played import Played, amount, cases_a_week, length, named_roles, play, some_of, work_of_roles
from assistant.chat.reply import Fact
from assistant.chat.scenarios_asked import Asked, scenario_in
from assistant.chat.told_amounts import cost_told
from assistant.chat.what_was_told import Answer, asked_before, shown
from assistant.english.tables import worded
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Block, Loop, Task
from assistant.process.durations import Basis
from assistant.process.expected import visit_rates
from assistant.process.model import Role, open_spans
from assistant.process.tree import tasks
from assistant.workspace.session import Session

MOST_STEPS = 4
HOUR = 3600.0
PEOPLE = ("person", "group")
WEEKS_A_MONTH, WEEKS_A_YEAR = 52 / 12, 365 / 7
MISTAKES = re.compile(
    r"\b(?:errors?|mistakes?|faults?|defects?|wrong|rework|complaints?|returns?|"
    r"cracks?|cracked|br(?:eak|oke|oken)s?|spoil(?:s|ed|t)|fail(?:s|ed)?|(?:sent|comes?|goes) back)\b",
    re.I,
)
WHICH_STEP = re.compile(r"\b(?:which|what)(?:'s| is)?\b.{0,20}\b(?:step|part|bit|dearest|most expensive)\b", re.I)
WORTH = re.compile(
    r"\bworth\b|\bpa(?:ys?|id|ying) (?:it(?:self)? )?(?:off|back)\b|\bpay(?:s)? for (?:it|them)sel\w+|\bafford\b", re.I
)


def cost(session: Session, words: str) -> Answer:
    """What a case costs, and the steps that cost most of it; what one more person costs; whether it is worth it."""
    asked = scenario_in(words, session.process)
    if WORTH.search(words):
        return _worth(session, words, asked)
    if asked and asked.more > 0:
        return cost_of_more(session, asked)
    if asked is None and ANYBODY.search(words) and how_many_more(words) > 0:
        return _cost_of_anybody(session)
    played = play(session)[0]
    if so := cost_told(session.process, words, cases_a_week(played)):
        return so
    unit = session.process.currency
    whole = amount("cost per case", played.result.cost_per_case.mean, unit)
    work = length("work time", played.result.work_time.mean)
    lines = [f"A case costs about {shown(whole)}: {shown(work)} of work at the hourly rates of who does it."]
    facts = [whole, work]
    if (weekly := cases_a_week(played)) and ASKED.search(words):
        in_all, known = _in_time(whole, weekly * played.result.cost_per_case.mean)
        lines, facts = [*lines, f"That is {in_all} in all."], [*facts, *known]
    if MISTAKES.search(words):
        spoilt, known = _of_errors(session, played)
        lines, facts = [*spoilt, *lines], [*facts, *known]
    dearest = _of_steps(played)[:MOST_STEPS]
    if dearest and WHICH_STEP.search(words):
        lines.insert(0, f"The dearest is “{dearest[0].task.name}”, {dearest[0].doer}.")
    lines += ["Most of it goes here:"] if dearest else []
    for task, doer, seconds, money in dearest:
        own = [amount(f"cost, {task.name}", money, unit), length(f"work, {task.name}", seconds)]
        lines.append(f"- “{task.name}”, {doer}: {shown(own[0])} a case, for {shown(own[1])} of work")
        facts += own
    named, known = _of_the_named(played, words)
    if not named:
        named, known = _of_the_people(played, words)
    lines, facts = [*named, *lines], [*facts, *known]
    unpriced = [role for role in session.process.roles if role.kind in PEOPLE and role.cost_per_hour is None]
    for role in unpriced[:1]:
        price = _price(played, role)
        names = some_of([f"“{role.name}”" for role in unpriced], 8)
        lines.append(f"What an hour costs was not told for {names}: I took {shown(price)}, {_stand_in(played)}. "
                     f"Say “{role.name} costs 30 an hour”, and I reckon with that.")  # fmt: skip
        facts.append(price)
    basis, more = basis_of(played)
    return [*lines, basis], [*facts, *more]


def _of_errors(session: Session, played: Played) -> Answer:
    """What is paid for doing things again: the process as it is beside the same without errors and rework."""
    from assistant.simulation.scenarios import each_step, errors, together

    def once(step: Block) -> Block:
        return step.model_copy(update={"p": 0.0}) if isinstance(step, Loop) else step

    right = together(errors(0.0), each_step(once))
    if right(played.process) == played.process:
        return ["What errors cost I cannot say: for no step was told how often it goes wrong and is done again."], []
    then = play(session, ("right at once", right))[1][0]
    unit, lost = session.process.currency, played.result.cost_per_case.mean - then.cost_per_case.mean
    a_case = amount("cost of errors, a case", lost, unit)
    line, facts = f"What is done again costs about {shown(a_case)} of work a case on average", [a_case]
    if cases := cases_a_week(played):
        monthly = Fact("cost of errors, a month", _whole(cases * WEEKS_A_MONTH * lost), unit, "simulated")
        line, facts = f"{line}, {shown(monthly)} a month", [*facts, monthly]
    return [f"{line}; what it costs beside the work was not told."], facts


def cost_of_more(session: Session, asked: Asked) -> Answer:
    """What more people of a role cost a month, how much of their work there is, and what they bring."""
    played, before, then, assumed, counts = with_people(session, asked)
    lines, facts = list[str](), list[Fact]()
    for role in asked.roles:
        own, known = _monthly(played, role, asked.more_of(role))
        lines, facts = [*lines, *own], [*facts, *known]
    few, after = length("before", before.cycle_time.mean), length("then", then.cycle_time.mean)
    start = f"If {assumed}, that" if assumed else "That"
    if felt(before, then, asked.more):
        by, bounds = by_how_much(before, then)
        lines.append(f"{start} would bring a case from {shown(few)} to {shown(after)}: {by}.")
    else:
        bounds = []
        lines.append(f"{start} would bring no difference one would notice: a case takes {shown(few)} either way.")
    return lines, [*facts, *counts, few, after, *bounds, *basis_of(played)[1]]


def _monthly(played: Played, role: Role, more: int) -> tuple[list[str], list[Fact]]:
    """What more people of a role cost a month by price and hours, and how much work there is for them."""
    unit, known = played.process.currency, played.process.role(role.id) or role
    weekly, hours_told = _hours_a_week(known)
    monthly = round(more * weekly * WEEKS_A_MONTH)
    hours = Fact("hours a month", monthly, "h", "told" if hours_told else "assumed")
    price = _price(played, role)
    total = Fact("cost a month", _whole(monthly * (known.cost_per_hour or 0.0)), unit, price.basis)
    people = Fact("people more", more, "people", "asked")
    who = f"{shown(people)} more" if more > 1 else "One more"
    basis = "as you told" if price.basis == str(Basis.STATED) else f"{_stand_in(played)}, as nobody told it"
    a_week = Fact("hours a week", round(weekly), "h", hours.basis)
    week = f"{shown(a_week)} a week{'' if hours_told else ', as nobody told the hours'}"
    verb = "cost" if more > 1 else "costs"
    lines = [
        f"{who} for the work of “{role.name}” {verb} about {shown(total)} a month: {shown(hours)} (full time, {week}) "
        f"at {shown(price)} an hour ({basis})."
    ]
    facts = [total, hours, price, people, a_week, amount("one", 1, unit)]
    if price.basis != str(Basis.STATED):
        lines.append(f"For each {unit} an hour it is {hours.value} {unit} a month; say “{role.name} costs … an hour”.")
    if cases := cases_a_week(played):
        work = Fact("work a week", _whole(cases * work_of_roles(played).get(role.id, 0.0) / HOUR), "h", "simulated")
        lines.append(f"In this process there is {shown(work)} of work a week for “{role.name}” in all.")
        facts.append(work)
    return lines, facts


def _cost_of_anybody(session: Session) -> Answer:
    """One more person in no role named: which role is asked, and the price of each as far as it is known."""
    played = play(session)[0]
    lines, facts = prices(played)
    names = [role.name for role in session.process.roles if role.kind in PEOPLE]
    example = f"“what would one more {names[0]} cost?”" if names else "who it would be"
    return [f"In which role? Say {example}. What I reckon an hour with:", *lines], facts


def _worth(session: Session, words: str, asked: Asked | None) -> Answer:
    """Whether what was asked about last, or in these words, is worth its money, as far as figures say."""
    before = next(
        (scenario for text in asked_before(session) if (scenario := scenario_in(text, session.process))), None
    )
    asked = asked or before
    if asked is None and ANYBODY.search(words) and MORE.search(words):
        return _cost_of_anybody(session)
    if asked is None and (name := stranger(words, session.process)):
        return [f"I know nobody and nothing called “{name}” here, so I cannot say what that is worth."], []
    if asked is None:
        return ["Worth it against what? Ask with the change in it: “is one more clerk worth it?”.",
                "`propose` shows changes with what each would bring in time and money."], []  # fmt: skip
    if asked.more > 0:
        return _worth_more(session, asked)
    played, (then,) = play(session, (asked.title, asked.change))
    today, unit = played.result, session.process.currency
    costs = [amount("cost today", today.cost_per_case.mean, unit), amount("cost then", then.cost_per_case.mean, unit)]
    beside = f"instead of {shown(costs[0])}" if shown(costs[0]) != shown(costs[1]) else "as it does today"
    lines = [f"With {asked.title}, the work on a case costs {shown(costs[1])} {beside}."]
    facts = [Fact("asked", asked.title, "", "asked"), *costs]
    if felt(today, then):
        by, bounds = by_how_much(today, then)
        lines.append(f"And it is {by}. What the change itself costs was not told; set that against it.")
        facts += bounds
    else:
        lines.append("No difference in time that one would notice: I would not pay for it.")
    basis, more = basis_of(played)
    return [*lines, basis], [*facts, *more]


def _worth_more(session: Session, asked: Asked) -> Answer:
    lines, facts = cost_of_more(session, asked)
    played, before, then, *_ = with_people(session, asked)
    total = next(fact for fact in facts if fact.name == "cost a month")
    if not felt(before, then, asked.more):
        return ["By these figures no: it costs money every month, and nobody would notice it.", *lines], facts
    if cases := cases_a_week(played):
        a_case = amount("cost a case", float(total.value) / (cases * WEEKS_A_MONTH), session.process.currency)
        verdict = (
            f"That is {shown(a_case)} a case. Whether the time saved is worth that, only you and your customers know."
        )
        return [*lines, verdict], [*facts, a_case]
    return [*lines, "How many cases come was not told, so I cannot say what that is for each."], facts


def _stand_in(played: Played) -> str:
    """What a price that nobody told is: the mean of the others, or a round one of ours."""
    told = any(role.cost_per_hour and role.cost_basis is Basis.STATED for role in played.process.roles)
    return "the mean of those you told" if told else "a round typical price"


def _price(played: Played, role: Role) -> Fact:
    """What an hour of a role is reckoned with, and whether that was told."""
    known = played.process.role(role.id) or role
    basis = str(known.cost_basis or Basis.ESTIMATED) if role.cost_per_hour is None else str(Basis.STATED)
    fact = amount(f"price of an hour, {role.name}", known.cost_per_hour or 0.0, played.process.currency)
    return Fact(fact.name, fact.value, fact.unit, basis)


def _hours_a_week(role: Role) -> tuple[float, bool]:
    """The hours somebody of a role is at work in a week, and whether they were told."""
    from assistant.redesign.estimates import DAY_HOURS

    told = role.calendar not in (None, (), (DAY_HOURS,))
    calendar = role.calendar if role.calendar else (DAY_HOURS,)
    return sum(stop - start for start, stop in open_spans(calendar)) / HOUR, told


def _whole(value: float) -> float | int:
    """Money a month as one would say it: 6,933 is about 6930."""
    if value >= 1000:
        return int(round(value, -1))
    return round(value) if value >= 10 or abs(value - round(value)) < 0.05 else round(value, 1)


class Spent(NamedTuple):
    """What a step costs in a case on average: its seconds of work, and the money of it."""

    task: Task
    doer: str
    seconds: float
    money: float


def _of_steps(played: Played) -> list[Spent]:
    """Each step that costs something, the dearest first: the hours of who does it, and what it costs besides; a step
    that nobody is named for at the usual price of an hour."""
    rates, found = visit_rates(played.process), []
    for task in tasks(played.process):
        role, seen = played.process.role(task.role), played.result.tasks.get(task.id)
        if seen is None:
            continue
        own = role is not None and role.kind != "external"
        seconds = rates[task.id] * seen.work.mean
        money = rates[task.id] * (task.cost or 0.0)
        if role is not None and own:
            money += seconds / HOUR * (role.cost_per_hour or 0.0) + rates[task.id] * (role.cost_per_use or 0.0)
        if money > 0:
            found.append(Spent(task, f"by “{role.name}”" if role else "nobody named for it", seconds, money))
    return sorted(found, key=lambda spent: -spent.money)


def _in_time(a_case: Fact, a_week: float) -> tuple[str, list[Fact]]:
    """What costs so much a week, in a week and in a year."""
    week, year = (
        Fact(f"{a_case.name}, a {per}", _whole(a_week * weeks), a_case.unit, "simulated")
        for per, weeks in (("week", 1.0), ("year", WEEKS_A_YEAR))
    )
    return f"{shown(week)} a week, {shown(year)} a year", [week, year]


def _of_the_named(played: Played, words: str) -> Answer:
    """What the steps cost whose work the words name (`what does the ironing cost us in a year?`), a case and a year."""
    unit, weekly = played.process.currency, cases_a_week(played)
    named = {task.id for task in worked_on(words, played.process)}
    lines, facts = list[str](), list[Fact]()
    for task, doer, seconds, money in _of_steps(played):
        if task.id not in named:
            continue
        line, known = _work_costs(task.name, f"“{task.name}”, {doer},", money, seconds, unit, weekly)
        lines.append(line)
        facts += known
    return lines, facts


def _work_costs(
    name: str, called: str, money: float, seconds: float, unit: str, weekly: float | None
) -> tuple[str, list[Fact]]:
    """What some work costs a case, and in a week and a year where it is known how many cases come (`weekly`)."""
    a_case, work = amount(f"cost, {name}", money, unit), length(f"work, {name}", seconds)
    line = f"{called} costs about {shown(a_case)} a case, for {shown(work)} of work"
    if not weekly:
        return f"{line}.", [a_case, work]
    in_all, known = _in_time(a_case, weekly * money)
    return f"{line}: {in_all}.", [a_case, work, *known]


def _of_the_people(played: Played, words: str) -> Answer:
    """What the work of those whom the words name costs (`what do the porters cost us?`), a case, a week and a year."""
    unit, weekly = played.process.currency, cases_a_week(played)
    lines, facts = list[str](), list[Fact]()
    for role in named_roles(words, played.process):
        own = [spent for spent in _of_steps(played) if spent.task.role == role.id]
        money, seconds = sum(spent.money for spent in own), sum(spent.seconds for spent in own)
        if not money or role.kind not in PEOPLE:
            continue
        line, known = _work_costs(role.name, f"The work of “{role.name}”", money, seconds, unit, weekly)
        lines.append(line)
        facts += known
    return lines, facts


def price_asked(session: Session, words: str) -> Answer | None:
    """What an hour of those is reckoned with whom the words name; None where no hour's price is asked for."""
    if not PRICE.search(words) or figures_in(ONE_HOUR.sub(" ", words)) or scenario_in(words, session.process):
        return None
    named = {role.id for role in named_roles(words, session.process)}
    lines, facts = prices(play(session)[0], named)
    return (lines, facts) if lines else None


PRICE = re.compile(worded("price-of-an-hour"), re.IGNORECASE)
"""What an hour of somebody costs is asked."""
ONE_HOUR = re.compile(r"\b(?:an|one|per|each) hour\b", re.IGNORECASE)


def prices(played: Played, only: Container[str] | None = None) -> Answer:
    """What an hour of each role is reckoned with, and whether that was told; of some roles, where `only` names them."""
    lines, facts = [], []
    for role in played.process.roles:
        if only is not None and role.id not in only:
            continue
        if role.cost_per_hour and role.kind != "external":
            price = amount(f"price of an hour, {role.name}", role.cost_per_hour, played.process.currency)
            told = "as you told" if role.cost_basis is Basis.STATED else f"nobody told it, so it is {_stand_in(played)}"
            lines.append(f"- an hour of “{role.name}”: {shown(price)}; {told}")
            facts.append(price)
    return lines, facts
