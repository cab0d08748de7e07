"""What cases and their steps cost, from the column of a log that says so.

Where each event has its own amount, a case costs their sum. Where a column says the same in all events of a case and
something else in other cases, it tells of the case (what was ordered, what was claimed): it then counts once a case.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.errors import UsageError
from assistant.eventlog.columns import column_named, plain_name
from assistant.eventlog.times import Spread

if TYPE_CHECKING:
    from assistant.eventlog.engine import Engine
    from assistant.eventlog.read_log import Log
    from assistant.eventlog.times import Measured

FEWEST = 5
"""What is seen of fewer cases is not told."""
MOSTLY, THROUGHOUT = 0.8, 0.95
"""Share of the filled cells that are numbers in a column of costs; share of the cases that have one amount throughout
where it tells of the case."""
MOST_STEPS, SAMPLE = 5, 50_000
"""Steps that are told; events that show how the numbers are written."""
CALLED = re.compile(r"\b(total|event|activity|step|unit)? ?(costs?|kosten|costos?|costi|costes?|couts?|custos?)\b")
NOT_CALLED = re.compile(r"\b(cent(er|re)s?|types?|codes?|id|nr|group|currency)\b")
CURRENCIES = frozenset(
    ("currency", "costcurrency", "currencycode", "wahrung", "waehrung", "devise", "moneda", "valuta")
)
_MARK = re.compile(r"\b(EUR|USD|GBP|CHF|JPY|CNY|SEK|NOK|DKK|PLN|CZK|AUD|CAD|INR|BRL)\b|[€$£¥]", re.I)


class StepCost(NamedTuple):
    """What a step cost: so many events with an amount, in so many cases; the median and the sum of the amounts."""

    activity: str
    n: int
    cases: int
    p50: float
    total: float


class Costs(NamedTuple):
    """Cost a case, in the unit of a column (`unit` is empty where it is not recorded). `per`: whether each event has
    its amount, or the case has one. `steps`: the dearest first; none where the case has one amount."""

    column: str
    unit: str
    per: str
    case: Spread
    total: float
    steps: tuple[StepCost, ...]


def costs(log: Log, measured: Measured, named: str | None = None) -> Costs | None:
    """What the closed cases cost; None where no column says so, or one in several currencies. `named`: the column, as
    the user says. Raises UsageError for one that is not there or holds no amounts of one currency."""
    column = column_named(log.others, named, "cost") if named else _column(log)
    if column is None:
        return None
    engine = measured.engine
    engine.keep("amounts", _amounts(log, engine, column))
    filled, read = engine.row("SELECT count(*) AS filled, count(cost) AS read FROM amounts WHERE cell <> ''").values()
    unit = _unit(log, column)
    if not read or read < MOSTLY * filled or unit is None:
        if named:
            why = (
                "Amounts in several currencies are not summed." if unit is None else "Most of its cells are no numbers."
            )
            raise UsageError(f"“{column}” tells no cost.", why, "Name a column of amounts in one currency.")
        return None
    engine.keep("costs", "costs")
    return _counted(engine, column, unit)


def _column(log: Log) -> str | None:
    """The column called after costs, where there is one."""
    for name in log.others:
        words = re.sub(r"([a-z])([A-Z])|[\W_]+", r"\1 \2", name).lower()
        if CALLED.search(words) and not NOT_CALLED.search(words) and plain_name(name) not in CURRENCIES:
            return name
    return None


def _amounts(log: Log, engine: Engine, column: str) -> str:
    """Each event with its cell and what number that is: a mark that stands before other than three digits somewhere in
    the column divides the decimals, the other the thousands."""
    cell = log.cell(column)
    plain = f"regexp_replace({cell}, '[^0-9.,-]+', '', 'g')"
    seen = engine.row(
        f"SELECT {_marked(plain, ',', '[.]')} AS commas, {_marked(plain, '[.]', ',')} AS points "
        f"FROM (SELECT * FROM events LIMIT {SAMPLE}) events"
    )
    decimal = "," if seen["commas"] > seen["points"] else "." if seen["points"] else ""
    number = plain
    for mark in ",.":
        if mark != decimal:
            number = f"replace({number}, '{mark}', '')"
    number = f"TRY_CAST(replace({number}, ',', '.') AS DOUBLE)"
    if decimal == ".":  # most cells are numbers as they stand, which is read sooner
        number = f"coalesce(TRY_CAST({cell} AS DOUBLE), {number})"
    return f"SELECT case_no, activity, complete, start, resource, {cell} AS cell, {number} AS cost FROM events"


def _marked(plain: str, mark: str, other: str) -> str:
    """How many numbers show that a mark divides their decimals."""
    form = f"{mark}([0-9]{{1,2}}|[0-9]{{4,}})$|{other}[0-9]{{3}}{mark}[0-9]+$"
    return f"count(*) FILTER (WHERE regexp_matches({plain}, '{form}'))"


def _unit(log: Log, column: str) -> str | None:
    """The currency, from the column's name, a column of currencies or the cells; None where there are several."""
    if named := _MARK.search(column):
        return named[0].upper()
    beside = next((name for name in log.others if plain_name(name) in CURRENCIES), None)
    said = log.values(beside, 3) if beside else set()
    if not said:
        said = {found[0].upper() for cell in log.values(column, 1_000) if (found := _MARK.search(cell))}
    return None if len(said) > 1 else next(iter(said), "")


def _counted(engine: Engine, column: str, unit: str) -> Costs | None:
    sums = "count(*) AS n, min(cost) AS low, max(cost) AS high, sum(cost) AS cost"
    by_case = f"SELECT case_no, {sums} FROM costs GROUP BY case_no"
    seen = engine.row(
        "SELECT count(*) FILTER (WHERE n > 1) AS several, count(*) FILTER (WHERE n > 1 AND low = high) AS same, "
        f"count(DISTINCT low) AS amounts FROM ({by_case})"
    )
    once = seen["several"] >= FEWEST and seen["same"] >= THROUGHOUT * seen["several"] and seen["amounts"] > 1
    whole = engine.row(
        "SELECT count(*) AS n, quantile_cont(cost, 0.5) AS p50, quantile_cont(cost, 0.9) AS p90, sum(cost) AS total "
        f"FROM (SELECT {'low' if once else 'cost'} AS cost FROM ({by_case}))"
    )
    if whole["n"] < FEWEST:
        return None
    steps = [] if once else engine.ask(
        "SELECT name AS activity, count(*) AS n, count(DISTINCT case_no) AS cases, quantile_cont(cost, 0.5) AS p50, "
        "sum(cost) AS total FROM costs JOIN activities ON code = activity GROUP BY name ORDER BY total DESC, name"
    )  # fmt: skip
    told = tuple(StepCost(**row) for row in steps if row["cases"] >= FEWEST)
    spread = Spread(whole["n"], whole["p50"], whole["p90"])
    return Costs(column, unit, "case" if once else "event", spread, whole["total"], told)


def of_cases(found: Costs) -> str:
    """The SQL of what each case cost, where an amount is recorded."""
    return f"SELECT case_no, {'min' if found.per == 'case' else 'sum'}(cost) AS cost FROM costs GROUP BY case_no"


def lines(found: Costs | None) -> list[str]:
    """What cases cost, and the dearest steps, as a person reads it."""
    if found is None:
        return []
    unit = f" {found.unit}" if found.unit else ""
    how = (
        "the same in all events of a case, so counted once a case" if found.per == "case" else "summed over its events"
    )
    told = [
        f"Cost a case: median {_number(found.case.p50)}{unit}, nine of ten within {_number(found.case.p90)}{unit}; "
        f"{_number(found.total)}{unit} in all (n = {found.case.n:,} with an amount; “{found.column}”, {how}"
        f"{'' if unit else '; its unit is not recorded'})."
    ]
    told += [
        f"  {100 * step.total / found.total:3.0f} %  “{step.activity}”: {_number(step.total)}{unit} "
        f"(median {_number(step.p50)}{unit} each time, n = {step.n:,})"
        for step in found.steps[:MOST_STEPS]
        if found.total > 0
    ]
    return told


def _number(value: float | None) -> str:
    """With two decimals, or none where they say nothing: `1,038`, `29.83`."""
    return "unknown" if value is None else f"{value:,.2f}".removesuffix(".00")


def document(found: Costs | None) -> dict[str, Any] | None:
    """As JSON data, amounts in the unit of the column."""
    if found is None:
        return None
    return {**found._asdict(), "case": found.case._asdict(), "steps": [step._asdict() for step in found.steps]}
