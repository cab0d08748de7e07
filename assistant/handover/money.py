"""Benefit and cost in ranges, and what the payback hangs on. What nobody has priced is asked for, never guessed."""

from __future__ import annotations

from typing import Literal, NamedTuple

from assistant.handover.inputs import Inputs, estimate_of, yearly_cases
from assistant.handover.needs import proposals, roles_at
from assistant.handover.roles import inside_roles
from assistant.handover.shapes import UNKNOWN, Figure, Kpi, Money, MoneyLine, Rollout, Skill, SystemNeed
from assistant.process.figures import amount, count, interval, listed, plural
from assistant.process.model import Process
from assistant.redesign.estimates import priced

DAYS, DAY = 365.0, 86400.0
HOUR = 3600.0
OWNER_HOURS, MANAGER_HOURS = (2.0, 6.0), (0.5, 2.0)
SHEET_HOURS = (1.0, 2.0)
PERIODS = {"weekly": 52, "monthly": 12}


def money(
    inputs: Inputs,
    plan: Rollout,
    learn: tuple[Skill, ...],
    needed: tuple[SystemNeed, ...],
    sheet: tuple[Kpi, ...],
) -> Money:
    """The sheet of benefits, of what is paid once and of what is paid every year."""
    year = cases_a_year(inputs)
    benefits = _benefits(inputs, year)
    if inputs.alternative is None:
        return Money(benefits=(), costs=(), running=(), payback="Nothing is recommended, so there is nothing to pay.")
    rate = _rate(inputs.to_be)
    once = (_training(inputs, learn), _seat_time(inputs, plan, rate, inputs.as_is.currency), *_systems(needed))
    running = (_watching(sheet, rate, inputs.as_is.currency), *_upkeep(inputs))
    unknown = tuple(line.name for line in (*once, *running) if line.figure.low is None)
    return Money(
        benefits=benefits, costs=once, running=running, unknown=unknown,
        payback=_payback(benefits, once, running, unknown, inputs.as_is.currency) if year or not _priced(inputs)
        else "Nobody said how many cases come, so no payback can be said: ask.",
    )  # fmt: skip


def cases_a_year(inputs: Inputs) -> float | None:
    """Cases a year as somebody told them; None when nobody did."""
    return yearly_cases(inputs.as_is, inputs.played_before)


class _Benefit(NamedTuple):
    """A measure whose difference is worth something: per case into `unit` a year, told by whether it falls or rises."""

    metric: str
    factor: float
    unit: str
    per: Literal["a year", "at any time"]
    less: str
    more: str
    source: str
    note: str


def _benefits(inputs: Inputs, year: float | None) -> tuple[MoneyLine, ...]:
    """What is saved, as today minus recommended; what rises instead is named as that, with the same figures."""
    if inputs.before is None or inputs.after is None or inputs.alternative is None or not year:
        return ()
    volume, currency = f"{amount(year, 'cases')} a year", inputs.as_is.currency
    kinds = (
        _Benefit("work_time", year / HOUR, "h", "a year", "Working hours freed", "More working hours needed",
                 f"simulated work on a case × {volume}", "Worth money only where the hours are used otherwise"),
        _Benefit("cost_per_case", year, currency, "a year", "Lower cost of the cases", "Higher cost of the cases",
                 f"simulated cost a case × {volume}", "The same hours in money; not to be added to them"),
        _Benefit("cycle_time", year / DAYS / DAY, "cases", "at any time", "Fewer open cases", "More open cases",
                 "simulated time a case × cases a day", "Less to chase, and customers wait less"),
    )  # fmt: skip
    told = [_benefit(kind, inputs) for kind in kinds if kind.metric != "cost_per_case" or _priced(inputs)]
    # what stays as it is is no benefit; of money that is said all the same: the payback rests on it
    return tuple(line for line in told if line.figure.unit == currency or not _nothing(line.figure))


def _nothing(figure: Figure) -> bool:
    return figure.value == figure.low == figure.high == 0


def _priced(inputs: Inputs) -> bool:
    cost = estimate_of(inputs.before, "cost_per_case")
    return cost is not None and cost.mean > 0 and priced(inputs.as_is)


def _benefit(kind: _Benefit, inputs: Inputs) -> MoneyLine:
    """What one measure gains in the year; not known where the effect is not."""
    effects = inputs.alternative.effects if inputs.alternative else {}
    effect = effects.get("time" if kind.metric == "cycle_time" else "cost")
    if effect is not None and effect.change is None:
        return MoneyLine(name=kind.less, figure=Figure(source=effect.reason), per=kind.per, note=UNKNOWN)
    low, mean, high = (value * kind.factor for value in _gain(inputs, kind.metric))
    name, note = kind.less, kind.note
    if high < 0:
        name, note, low, mean, high = kind.more, "A price of the gains elsewhere", -high, -mean, -low
    elif low <= 0:
        note = "Cannot be told from chance"
    figure = Figure(value=mean, low=low, high=high, unit=kind.unit, basis="computed", rests_on=inputs.rests_on,
                    source=kind.source)  # fmt: skip
    return MoneyLine(name=name, figure=figure, per=kind.per, note=note)


def _gain(inputs: Inputs, metric: str) -> tuple[float, float, float]:
    """Low, mean and high of what is saved a case (today − recommended): the effect's own range where there is one."""
    effects = inputs.alternative.effects.values() if inputs.alternative else ()
    for effect in effects:
        if (
            effect.measure == metric
            and effect.change is not None
            and effect.low is not None
            and effect.high is not None
        ):
            return (-effect.high, -effect.change, -effect.low)
    from assistant.simulation.results import difference

    if inputs.before is None or inputs.after is None:
        return (0.0, 0.0, 0.0)
    change = difference(inputs.before, inputs.after, metric)
    return (-change.high, -change.mean, -change.low)


def _rate(process: Process) -> tuple[float, float] | None:
    """The lowest and highest hourly rate of the people in the process, where any is known."""
    rates = [role.cost_per_hour for role in inside_roles(process) if role.cost_per_hour]
    return (min(rates), max(rates)) if rates else None


def _training(inputs: Inputs, learn: tuple[Skill, ...]) -> MoneyLine:
    roles = {role.name: role for role in inside_roles(inputs.to_be)}
    low = high = 0.0
    unpriced: list[str] = []
    for skill in learn:
        role = roles.get(skill.role)
        if role is None or not role.capacity or not role.cost_per_hour:
            unpriced.append(skill.role)
            continue
        low += role.capacity * role.cost_per_hour * (skill.hours.low or 0)
        high += role.capacity * role.cost_per_hour * (skill.hours.high or 0)
    if unpriced or not learn:
        missing = listed(tuple(dict.fromkeys(unpriced)))
        return MoneyLine(name="Training", figure=Figure(source=f"people or hourly rate unknown: {missing}"),
                         per="once", note=UNKNOWN)  # fmt: skip
    figure = Figure(low=low, high=high, unit=inputs.as_is.currency, basis="estimated", rests_on="estimated",
                    source="people × 2 to 8 hours a topic × hourly rate")  # fmt: skip
    return MoneyLine(name="Training", figure=figure, per="once")


def _seat_time(inputs: Inputs, plan: Rollout, rate: tuple[float, float] | None, currency: str) -> MoneyLine:
    """What the owner and the managers of the departments whose steps change give to it, week by week."""
    touched = [element for proposal in proposals(inputs) for element in proposal.elements]
    managers = len(roles_at(inputs.to_be, touched))
    low, high = (
        (owner + managers * manager) * plan.weeks for owner, manager in zip(OWNER_HOURS, MANAGER_HOURS, strict=True)
    )
    source = f"{plan.weeks} weeks × (owner 2 to 6 h + {plural(managers, 'manager')} ½ to 2 h a week; planning figures)"
    if rate is None:
        figure = Figure(low=low, high=high, unit="h", basis="estimated", rests_on="estimated", source=source)
        return MoneyLine(name="Time of the owner and the managers", figure=figure, per="once", note="Rate: ask")
    figure = Figure(low=low * rate[0], high=high * rate[1], unit=currency, basis="estimated", rests_on="estimated",
                    source=source + " × the hourly rates in the process")  # fmt: skip
    return MoneyLine(name="Time of the owner and the managers", figure=figure, per="once")


def _systems(needed: tuple[SystemNeed, ...]) -> tuple[MoneyLine, ...]:
    return tuple(
        MoneyLine(
            name=f"To build or buy: {need.name}", figure=Figure(source="no price was given"), per="once", note=UNKNOWN
        )
        for need in needed
        if need.state in ("new", "to clarify")
    )


def _watching(sheet: tuple[Kpi, ...], rate: tuple[float, float] | None, currency: str) -> MoneyLine:
    times = max((PERIODS.get(kpi.cadence, 12) for kpi in sheet), default=0)
    low, high = (hours * times for hours in SHEET_HOURS)
    source = f"{plural(len(sheet), 'measure')} on one sheet, {times} times a year × one to two hours (planning figure)"
    if rate is None:
        figure = Figure(low=low, high=high, unit="h", basis="estimated", rests_on="estimated", source=source)
        return MoneyLine(name="Collecting and reviewing measures", figure=figure, per="a year", note="Rate: ask")
    figure = Figure(low=low * rate[0], high=high * rate[1], unit=currency, basis="estimated", rests_on="estimated",
                    source=source + " × the hourly rates in the process")  # fmt: skip
    return MoneyLine(name="Collecting and reviewing measures", figure=figure, per="a year")


def _upkeep(inputs: Inputs) -> tuple[MoneyLine, ...]:
    """What software that does or helps the work costs a year: running it, overriding, watching and retraining it."""
    return tuple(
        MoneyLine(
            name=f"Running, overriding, monitoring and renewing: {proposal.title}",
            figure=Figure(source="no price was given"), per="a year", note=UNKNOWN,
        )
        for proposal in proposals(inputs)
        if proposal.enablers or proposal.practice == "H25"
    )  # fmt: skip


def _payback(
    benefits: tuple[MoneyLine, ...],
    once: tuple[MoneyLine, ...],
    running: tuple[MoneyLine, ...],
    unknown: tuple[str, ...],
    currency: str,
) -> str:
    """When it has paid for itself, or what it may cost at most to do so within a year."""
    saved = next((line.figure for line in benefits if line.figure.unit == currency), None)
    if saved is not None and any(line.name.startswith("Higher cost") for line in benefits):
        return "It costs more a case than today; the case rests on time, quality and the customer."
    if saved is None:
        return "No cost per case is known, so no payback can be said: ask for hourly rates."
    if saved.low is None or saved.high is None or saved.low <= 0:
        return "No saving in money that can be told from chance; the case rests on time, quality and the customer."
    run_low, run_high = _total(running, currency)
    net = (saved.low - run_high, saved.high - run_low)
    if net[0] <= 0:
        return "In the worse case the running cost eats the saving; the case rests on time, quality and the customer."
    cost = _total(once, currency)
    told = f"After {interval(12 * cost[0] / net[1], 12 * cost[1] / net[0], 'months')} on what is priced"
    if unknown:
        return f"{told}; {count(len(unknown), 'price')} unknown: ask, since what they cost comes on top."
    return f"{told}."


def _total(lines: tuple[MoneyLine, ...], currency: str) -> tuple[float, float]:
    priced = [line.figure for line in lines if line.figure.unit == currency and line.figure.low is not None]
    return sum(figure.low or 0 for figure in priced), sum(figure.high or 0 for figure in priced)
