"""What sets cases apart: values of their attributes; and cases far from all others.

Every value of every attribute is set against all other cases; since so many are looked at, the interval of each is made
wider for their number (Bonferroni), and only what lies beyond chance and matters is told.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.eventlog.costs import Costs, of_cases
from assistant.eventlog.loading import clean
from assistant.eventlog.people import names_people
from assistant.eventlog.periods import log_times
from assistant.eventlog.read_log import Log
from assistant.eventlog.shares import Share, wilson
from assistant.eventlog.spc import FEWEST
from assistant.eventlog.stratify import ALPHA, Ratio, level_ratio
from assistant.eventlog.times import Measured
from assistant.process.durations import humane
from assistant.process.statistics import quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_VALUES, MOST_ATTRIBUTES, MOST_TOLD = 20, 30, 6
FAR = 3.0
"""A case is far from others beyond so many interquartile ranges of the log times above the upper quartile (Tukey)."""


class Differs(NamedTuple):
    """The cases with one value of an attribute against all others: how many times their time, how many hold rework."""

    attribute: str
    value: str
    n: int
    level: Ratio
    rework: Share
    rework_of_others: Share


class Apart(NamedTuple):
    """What sets cases apart, in how many comparisons it was looked for; and how many cases are far from all others,
    beyond how many seconds."""

    differs: tuple[Differs, ...]
    comparisons: int
    far: int
    beyond: float | None


def apart(log: Log, measured: Measured) -> Apart:
    """What sets the closed cases apart."""
    import numpy as np

    columns = measured.cases.columns
    values = log_times(columns["cycle"])
    found = [(name, *_values(measured, at)) for at, name in _attributes(log, measured)]
    pairs = [
        (name, words[code - 1], codes == code)
        for name, codes, words in found
        for code in range(1, len(words) + 1)
        if min(int((codes == code).sum()), int((codes != code).sum())) >= FEWEST
    ]
    alpha = ALPHA / max(1, len(pairs))
    told = [_differs(name, word, inside, values, columns["rework"], alpha) for name, word, inside in pairs]
    kept = [differs for differs in told if differs.level.differs]
    kept.sort(key=lambda differs: -abs(math.log(differs.level.value)) * math.sqrt(differs.n))
    beyond = _beyond(values)
    far = int(np.sum(values > math.log(beyond))) if beyond else 0
    return Apart(tuple(kept), len(pairs), far, beyond)


def _attributes(log: Log, measured: Measured) -> list[tuple[int, str]]:
    """The columns that say the same throughout nearly every case, in few values, and name nobody."""
    if not log.others or not len(measured.cases):
        return []
    asked = ", ".join(
        f"avg(CASE WHEN low{at} = high{at} THEN 1.0 ELSE 0 END) AS same{at}, count(DISTINCT low{at}) AS values{at}"
        for at in range(len(log.others))
    )
    held = ", ".join(
        f"min(nullif(o{at}, '')) AS low{at}, max(nullif(o{at}, '')) AS high{at}" for at in range(len(log.others))
    )
    row = measured.engine.row(f"SELECT {asked} FROM (SELECT case_no, {held} FROM events GROUP BY case_no)")
    return [
        (at, name)
        for at, name in enumerate(log.others)
        if (row[f"same{at}"] or 0) >= 0.9 and 2 <= row[f"values{at}"] <= MOST_VALUES and not names_people(log, name)
    ][:MOST_ATTRIBUTES]


def _values(measured: Measured, at: int) -> tuple[NDArray[Any], list[str]]:
    """The value of an attribute in each closed case (numbered from 1; 0 where none is said), and the values."""
    cell = clean(f"any_value(o{at})")
    measured.engine.keep(
        "held", f"SELECT case_no, {cell} AS value FROM events WHERE o{at} <> '' GROUP BY case_no"
    )  # fmt: skip
    words = [row["value"] for row in measured.engine.ask("SELECT DISTINCT value FROM held ORDER BY value")]
    codes = measured.engine.arrays(
        "SELECT coalesce(code, 0) AS code FROM cases JOIN ids USING (case_no) LEFT JOIN held USING (case_no) LEFT JOIN "
        "(SELECT value, row_number() OVER (ORDER BY value) AS code FROM (SELECT DISTINCT value FROM held)) "
        "USING (value) "
        "ORDER BY until, id"
    )["code"]
    return codes, words


def _differs(
    name: str, word: str, inside: NDArray[Any], values: NDArray[Any], rework: NDArray[Any], alpha: float
) -> Differs:  # fmt: skip
    shares = [wilson(int(rework[part].sum()), int(part.sum())) for part in (inside, ~inside)]
    return Differs(name, word, int(inside.sum()), level_ratio(values[inside], values[~inside], alpha), *shares)


def _beyond(values: NDArray[Any]) -> float | None:
    """The seconds beyond which a case is far from the others; None for few cases."""
    import numpy as np

    if len(values) < FEWEST:
        return None
    low, high = (quantile(np.sort(values), share) for share in (0.25, 0.75))
    return math.exp(min(700.0, high + FAR * (high - low)))


def lines(found: Apart) -> list[str]:
    """What sets cases apart, as a person reads it."""
    told: list[str] = []
    if found.differs:
        told += ["", f"Cases that differ beyond chance ({found.comparisons} comparisons were made):"]
        told += [f"  {_difference(differs)}" for differs in found.differs[:MOST_TOLD]]
        if len(found.differs) > MOST_TOLD:
            told.append(f"  and {len(found.differs) - MOST_TOLD} more, in --json")
    if found.far and found.beyond:
        word = "case is" if found.far == 1 else "cases are"
        told += ["", f"{found.far:,} {word} far from all others: longer than {humane(found.beyond)} (in cases.csv)."]
    return told


def _difference(differs: Differs) -> str:
    value, low, high = differs.level
    word = "slower" if value > 1 else "faster"
    much = f"{value:.2f} times the time of the others (interval {low:.2f} to {high:.2f})"
    again = _again(differs.rework, differs.rework_of_others)
    return f"{differs.attribute} “{differs.value}” is {word}: {much}, n = {differs.n:,}{again}"


def _again(own: Share, others: Share) -> str:
    """How much more often steps are done again, where that is beyond chance."""
    if None in (own.low, own.high, others.low, others.high):
        return ""
    assert own.low is not None
    assert own.high is not None
    assert others.low is not None
    assert others.high is not None
    if own.low <= others.high and others.low <= own.high:
        return ""
    return f"; a step is done again in {100 * (own.value or 0):.0f} %, elsewhere in {100 * (others.value or 0):.0f} %"


def document(found: Apart) -> dict[str, Any]:
    """As JSON data."""
    return {
        "differs": [
            {**differs._asdict(), "level": differs.level._asdict(), "rework": differs.rework._asdict(),
             "rework_of_others": differs.rework_of_others._asdict()}
            for differs in found.differs
        ],
        "comparisons": found.comparisons,
        "far": {"cases": found.far, "beyond": found.beyond},
    }  # fmt: skip


def cases_table(measured: Measured, beyond: float | None, cost: Costs | None = None) -> bytes:
    """Every closed case as a line of CSV: its span, times in seconds, rework, handoffs, way and, where it is recorded,
    cost. Nobody is named."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = (
        "case", "began", "ended", "cycle_seconds", "work_seconds", "wait_seconds", "rework", "handoffs", "way",
        "far_from_others",
    )  # fmt: skip
    writer.writerow((*names, f"cost_{cost.unit}" if cost.unit else "cost") if cost else names)
    stamp = "strftime(make_timestamp(CAST(({0} + 60 * clock + 345600) * 1e6 AS BIGINT)), '%Y-%m-%d %H:%M:%S')"
    far = f"cycle > {beyond}" if beyond else "false"
    for part in measured.engine.parts(
        f"SELECT id, {stamp.format('since')}, {stamp.format('until')}, cycle, work, wait, rework, handoffs, way_no, "
        f"{far}{', cost' if cost else ''} FROM cases JOIN ids USING (case_no) "
        f"{f'LEFT JOIN ({of_cases(cost)}) USING (case_no) ' if cost else ''}ORDER BY until, id"
    ):
        writer.writerows([(_safe(row[0]), *row[1:]) for row in part])
    return out.getvalue().encode()


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell
