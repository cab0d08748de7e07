"""Before and after a change: the same measures on both sides with intervals, and charts that go on from before.

Cases that began lately and are closed already are the quick ones: a case counts only if it began so long before the log
ends that nine of ten cases of before would have been over, so that both sides are cut alike.

The chart fits the kind of data: durations go on an XmR chart of the medians of their logarithms, shares on a p chart
(p′ where periods differed beyond chance before). Limits are those of before
the change and stay as they are; a signal after it is a shift, whether wanted or not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.eventlog.engine import MONDAY
from assistant.eventlog.periods import LONGEST, log_time
from assistant.eventlog.promise import run_length, share_run_length
from assistant.eventlog.shares import share_chart, wilson
from assistant.eventlog.spc import BASELINE, FACTOR, FEWEST, run_ends, xmr
from assistant.eventlog.stratify import level_ratio
from assistant.eventlog.times import Case
from assistant.eventlog.where_time_goes import FEWEST as FEWEST_TOLD
from assistant.process.durations import humane
from assistant.process.statistics import quantile

if TYPE_CHECKING:
    from assistant.eventlog.periods import Values

OVER = 0.9


class Change(NamedTuple):
    """One measure before and after, in its unit, with the 95 % interval of the change (as a ratio, or as a difference
    of shares); `differs`: the interval leaves no change out."""

    measure: str
    unit: str
    n: tuple[int, int]
    before: float
    after: float
    low: float
    high: float
    ratio: bool

    @property
    def differs(self) -> bool:
        """Beyond chance."""
        none = 1.0 if self.ratio else 0.0
        return self.low > none or self.high < none


class Watch(NamedTuple):
    """A chart with limits of before: its kind, what a point is, how many points before and after, the first alarm (0
    first, None: none), whether it is above, and what the chart promises: points to a false alarm, and to a shift of one
    standard deviation."""

    measure: str
    kind: str
    unit: str
    baseline: int
    points: int
    alarm: int | None
    when: date | None
    above: bool
    false_alarm: float
    sees_within: float


class Control(NamedTuple):
    """Both sides of a day."""

    since: date
    before: int
    after: int
    too_late: int
    changes: tuple[Change, ...]
    charts: tuple[Watch, ...]

    @property
    def drifted(self) -> bool:
        """Whether any chart alarms after the day."""
        return any(chart.alarm is not None for chart in self.charts)


def control(cases: Sequence[Case], since: date, last: datetime) -> Control:
    """Closed cases of a whole log compared before and after a day; `last`: the last stamp of the log."""
    early = [case for case in cases if case.begin.date() < since]
    late = [case for case in cases if case.begin.date() >= since]
    usual = quantile(sorted(case.cycle for case in early), OVER) if early else 0.0
    latest = last - timedelta(seconds=usual)
    before, after = early, [case for case in late if case.begin <= latest]
    changes = [change for change in (*_durations(before, after), *_shares(before, after)) if change]
    return Control(
        since, len(before), len(after), len(late) - len(after), tuple(changes), tuple(_charts(before, after))
    )


def _durations(before: Sequence[Case], after: Sequence[Case]) -> list[Change | None]:
    kinds: tuple[tuple[str, Callable[[Case], float | None]], ...] = (
        ("cycle time", lambda case: case.cycle), ("working time", lambda case: case.work),
        ("waiting time", lambda case: case.wait),
    )  # fmt: skip
    return [
        _duration(name, *([value for case in part if (value := read(case)) is not None] for part in (before, after)))
        for name, read in kinds
    ]


def _duration(name: str, before: Sequence[float], after: Sequence[float]) -> Change | None:
    """The ratio of the typical (geometric mean) times, beside both medians."""
    if min(len(before), len(after)) < FEWEST_TOLD:
        return None
    ratio = level_ratio([log_time(value) for value in after], [log_time(value) for value in before])
    was, became = (quantile(sorted(part), 0.5) for part in (before, after))
    return Change(name, "s", (len(before), len(after)), was, became, ratio.low, ratio.high, ratio=True)


def _shares(before: Sequence[Case], after: Sequence[Case]) -> list[Change | None]:
    """Shares with the interval of their difference (Newcombe 1998, from the score intervals)."""
    if min(len(before), len(after)) < FEWEST_TOLD:
        return []
    a, b = (wilson(sum(case.rework for case in part), len(part)) for part in (before, after))
    if None in (a.value, a.low, a.high, b.value, b.low, b.high):
        return []
    p, q = a.value or 0.0, b.value or 0.0
    low = q - p - math.hypot(q - (b.low or 0.0), (a.high or 0.0) - p)
    high = q - p + math.hypot((b.high or 0.0) - q, p - (a.low or 0.0))
    return [Change("cases with rework", "share", (a.n, b.n), p, q, low, high, ratio=False)]


def _charts(before: Sequence[Case], after: Sequence[Case]) -> list[Watch]:
    """The longest period that gives a full baseline before: months, weeks or days."""
    if not before or not after:
        return []
    for fewest in (BASELINE, FEWEST):
        for unit, key in LONGEST:
            sides = [_grouped(part, key) for part in (before, after)]
            full = [[group for group in side if len(group) >= FEWEST_TOLD] for side in sides]
            if len(full[0]) >= fewest and full[1]:
                return [*_duration_chart(unit, *full), *_share_chart(unit, *full)]
    return []


def _grouped(cases: Sequence[Case], key: Callable[[Values], Values]) -> list[list[Case]]:
    """Cases by the period in which they began, in order."""
    import numpy as np

    ordered = sorted(cases, key=lambda case: case.begin)
    began = np.array(
        [(case.begin.replace(tzinfo=None) - MONDAY.replace(tzinfo=None)).total_seconds() for case in ordered]
    )
    found: dict[float, list[Case]] = {}
    for case, period in zip(ordered, key(began).tolist(), strict=True):
        found.setdefault(period, []).append(case)
    return list(found.values())


def _duration_chart(unit: str, before: list[list[Case]], after: list[list[Case]]) -> list[Watch]:
    values = [median(log_time(case.cycle) for case in group) for group in (*before, *after)]
    baseline = len(before)
    alarm, above = watch(values, baseline)
    when = after[alarm][0].begin.date() if alarm is not None else None
    promised = run_length(baseline), run_length(baseline, 1.0)
    return [Watch("cycle time", "XmR", unit, baseline, len(after), alarm, when, above, *promised)]


def watch(values: Sequence[float], baseline: int) -> tuple[int | None, bool]:
    """The first alarm after a baseline (0 is the first point after it) and whether it is above; None without one.

    Limits come from the baseline; runs are counted from its end on.
    """
    chart = xmr(values[:baseline])
    half, rest = FACTOR * chart.mean_range, values[baseline:]
    slack = 1e-9 * max(1.0, abs(chart.centre), chart.mean_range)
    runs = run_ends(rest, chart.centre, slack)
    beyond = (at for at, value in enumerate(rest) if abs(value - chart.centre) > half + slack)
    alarms = [*runs[:1], *list(beyond)[:1]]
    if not alarms:
        return None, False
    return min(alarms), rest[min(alarms)] > chart.centre


def _share_chart(unit: str, before: list[list[Case]], after: list[list[Case]]) -> list[Watch]:
    counts, sizes = ([len([case for case in group if case.rework]) for group in before], [len(g) for g in before])
    base = share_chart(counts, sizes)
    if not 0 < base.centre < 1:
        return []
    spread = base.spread if base.kind == "p′" else 1.0
    alarm, above = None, False
    for at, group in enumerate(after):
        low, high = share_limits(base.centre, len(group), spread)
        share = sum(case.rework for case in group) / len(group)
        if not low - 1e-9 <= share <= high + 1e-9:
            alarm, above = at, share > high
            break
    size = round(median(sizes))
    promised = (
        (run_length(len(before), 0.0, 0), run_length(len(before), 1.0, 0))
        if spread > 1
        else tuple(share_run_length(base.centre, size, sum(sizes), shift) for shift in (0.0, 1.0))
    )
    when = after[alarm][0].begin.date() if alarm is not None else None
    return [
        Watch("cases with rework", base.kind, unit, len(before), len(after), alarm, when, above, promised[0],
              promised[1])
    ]  # fmt: skip


def share_limits(centre: float, size: int, spread: float) -> tuple[float, float]:
    """Three standard deviations round a share of so many cases; `spread`: Laney's, 1 for chance alone."""
    half = 3 * spread * math.sqrt(centre * (1 - centre) / size)
    return max(0.0, centre - half), min(1.0, centre + half)


def lines(found: Control) -> list[str]:
    """Both sides as a person reads them."""
    told = ["", f"Before and after {found.since} ({found.before:,} and {found.after:,} closed cases):"]
    if found.too_late:
        told.append(
            f"  {found.too_late:,} that began too late are left out: the slow ones of their time are still open."
        )
    if min(found.before, found.after) < FEWEST_TOLD:
        return [*told, "  Too few on one side to say anything."]
    told += [f"  {_change_words(change)}" for change in found.changes]
    told += [f"  {watch_words(chart)}" for chart in found.charts]
    if not found.charts:
        told.append("  No chart: there are fewer than 12 periods with five cases each before the change.")
    return told


def _change_words(change: Change) -> str:
    n = f"n = {change.n[0]:,} and {change.n[1]:,}"
    if change.ratio:
        name = f"{change.measure:18} median {humane(change.before)} before, {humane(change.after)} after"
        interval = f"{_percent(change.low)} to {_percent(change.high)}"
    else:
        name = f"{change.measure:18} {100 * change.before:.1f} % before, {100 * change.after:.1f} % after"
        interval = f"{100 * change.low:+.1f} to {100 * change.high:+.1f} points"
    verdict = f"changed by {interval}" if change.differs else f"no change beyond chance ({interval})"
    return f"{name}: {verdict} (95 % interval; {n})"


def _percent(ratio: float) -> str:
    return f"{100 * (ratio - 1):+.0f} %"


def watch_words(chart: Watch) -> str:
    """What a chart shows after the day, and what it promises."""
    if chart.alarm is None:
        seen = f"nothing but chance in {chart.points} {chart.unit}s after"
    else:
        side = "above" if chart.above else "below"
        seen = f"shifted {side} what it was, seen at {chart.unit} {chart.alarm + 1} ({chart.when})"
    return (
        f"{chart.measure} ({chart.kind} chart by {chart.unit}, limits of {chart.baseline} before): {seen}. Such a "
        f"chart alarms by chance once in about {chart.false_alarm:,.0f} {chart.unit}s and sees a shift of one standard "
        f"deviation after about {chart.sees_within:,.0f}, on average."
    )


def document(found: Control) -> dict[str, Any]:
    """As JSON data; times in seconds."""
    return {
        "since": found.since.isoformat(),
        "before": found.before,
        "after": found.after,
        "too_late": found.too_late,
        "drifted": found.drifted,
        "changes": [{**change._asdict(), "differs": change.differs} for change in found.changes],
        "charts": [
            {**chart._asdict(), "when": chart.when.isoformat() if chart.when else None} for chart in found.charts
        ],
    }
