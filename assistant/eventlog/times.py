"""Times, handoffs and rework of each case, and their figures for all cases and for each segment.

Cycle time: complete stamp of the last event − start of the first (its complete stamp where no start was recorded), on
the calendar clock. Working time: union of the spans from start to complete (only where every event has both); waiting
time = cycle time − working time. Flow efficiency is a ratio of sums. Rework: an activity seen again in a case, unless
it is repeated by plan. Handoff: two following events by different roles (resources where no role is recorded).
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from assistant.errors import UsageError
from assistant.eventlog.ends import Ending, Step, endings, open_cases
from assistant.eventlog.labels import plain_label
from assistant.eventlog.read_log import Event, Log
from assistant.eventlog.shares import Share, wilson
from assistant.process.figures import noun, plural
from assistant.process.statistics import quantile

NOWHERE = "(not recorded)"


class Case(NamedTuple):
    """One closed case; times in seconds, `work` and `wait` None where starts are missing,
    `handoffs` None where nobody is recorded."""

    id: str
    segment: str
    begin: datetime
    end: datetime
    cycle: float
    work: float | None
    wait: float | None
    rework: bool
    handoffs: int | None
    ping_pong: int
    latencies: tuple[float, ...]


class Spread(NamedTuple):
    """Median and 90th percentile of n values (seconds, or a count); None where there is no value."""

    n: int
    p50: float | None
    p90: float | None


class Figures(NamedTuple):
    """What a group of closed cases shows. `efficiency` is the sum of work ÷ the sum of cycle times."""

    segment: str
    cycle: Spread
    work: Spread
    wait: Spread
    efficiency: float | None
    rework: Share
    handoffs: Spread
    ping_pong: Share
    latency: Spread


class Measured(NamedTuple):
    """Closed cases in order of their end, how many are open, the activities (plain labels) that end a case, how often
    each is the last of a closed and of an open case, whether the user named the ends, remarks, and the closed cases'
    events in order."""

    cases: tuple[Case, ...]
    open: int
    open_age: Spread
    ends: tuple[str, ...]
    notes: tuple[str, ...]
    endings: tuple[Ending, ...] = ()
    named: bool = False
    traces: Mapping[str, Sequence[Event]] = {}


def measure(log: Log, by: str | None = None, planned: Iterable[str] = (), ends: Iterable[str] = ()) -> Measured:
    """Every closed case measured. `by`: the column that gives a case's segment; `planned`: activities meant to repeat.

    `ends`: the activities with which a case is over (what follows in the case is left out); without them, a case is
    over when it has been silent for longer than cases that go on are (see `ends.py`). Open cases are left out and
    counted with their age at the log's last stamp. Raises UsageError for an end that no case has.
    """
    traces, repeated = traces_of(log)
    last = max((_moment(trace[-1]) for trace in traces.values()), default=None)
    notes = []
    if repeated:
        notes.append(f"{plural(repeated, 'event')} recorded twice {noun(repeated, 'was', 'were')} counted once.")
    wanted = _wanted(ends, traces)
    if wanted:
        traces, still_open, after = _cut(traces, wanted)
        if after:
            late = f"{plural(after, 'event')} after the end of {noun(after, 'its', 'their')} case"
            notes.append(f"{late} {noun(after, 'was', 'were')} left out.")
    else:
        steps = {
            key: [Step(plain_label(event.activity), _moment(event)) for event in trace]
            for key, trace in traces.items()
        }  # fmt: skip
        still_open = open_cases(steps)
    skip = frozenset(map(plain_label, planned))
    done = {key: trace for key, trace in traces.items() if key not in still_open}
    cases = sorted(
        (_case(key, trace, _segment(log, trace, by), skip) for key, trace in done.items()),
        key=lambda case: (case.end, case.id),
    )
    ages = [(last - _begin(traces[key])).total_seconds() for key in still_open] if last else []
    if by and (mixed := sum(_mixed(log, trace, by) for trace in done.values())):
        notes.append(
            f"{plural(mixed, 'case')} {noun(mixed, 'has', 'have')} more than one value in “{by}”; the first was taken."
        )
    told = endings({key: trace[-1].activity for key, trace in traces.items()}, still_open)
    closing = sorted(plain_label(ending.activity) for ending in told if ending.closed)
    return Measured(
        tuple(cases), len(ages), spread(ages), tuple(closing), tuple(notes), told, bool(wanted), done
    )  # fmt: skip


def _wanted(ends: Iterable[str], traces: dict[str, list[Event]]) -> frozenset[str]:
    """The plain labels of the ends the user named. Raises UsageError."""
    wanted = {plain_label(end): end for end in ends}
    there = {plain_label(event.activity): event.activity for trace in traces.values() for event in trace}
    for label, end in wanted.items():
        if label not in there:
            known = sorted(there.values())
            raise UsageError(
                f"No case has the activity “{end}”.",
                f"The activities are: {', '.join(known[:15])}{' …' if known[15:] else ''}.",
                "Name the end as it is written there.",
            )
    return frozenset(wanted)


def _cut(traces: dict[str, list[Event]], ends: frozenset[str]) -> tuple[dict[str, list[Event]], frozenset[str], int]:
    """Each case up to its last end; the cases that have none; and how many events were cut off."""
    found: dict[str, list[Event]] = {}
    still_open: set[str] = set()
    for key, trace in traces.items():
        at = max((at for at, event in enumerate(trace) if plain_label(event.activity) in ends), default=None)
        found[key] = trace if at is None else trace[: at + 1]
        if at is None:
            still_open.add(key)
    cut = sum(len(trace) - len(found[key]) for key, trace in traces.items())
    return found, frozenset(still_open), cut


def traces_of(log: Log) -> tuple[dict[str, list[Event]], int]:
    """The events of each case that have a complete stamp, in order of time, recorded doubles taken out."""
    traces: dict[str, list[Event]] = {}
    seen: set[tuple[object, ...]] = set()
    repeated = 0
    for event in log.events:
        if not event.case or not event.activity or event.complete is None:
            continue
        key = identity(event)
        repeated += key in seen
        if key not in seen:
            seen.add(key)
            traces.setdefault(event.case, []).append(event)
    usual = _usual_places(traces)
    for trace in traces.values():
        trace.sort(key=lambda event: _order(event, usual))
    return traces, repeated


def _usual_places(traces: dict[str, list[Event]]) -> dict[str, float]:
    """Where in a case an activity usually stands (0 first, 1 last): decides between events of the same second."""
    places: dict[str, list[float]] = {}
    for trace in traces.values():
        moments = sorted(_moment(event) for event in trace)
        ranks = {
            moment: (bisect_left(moments, moment) + bisect_right(moments, moment) - 1) / (2 * len(moments))
            for moment in set(moments)
        }
        for event in trace:
            places.setdefault(plain_label(event.activity), []).append(ranks[_moment(event)])
    return {label: math.fsum(ranks) / len(ranks) for label, ranks in places.items()}


def _order(event: Event, usual: dict[str, float]) -> tuple[object, ...]:
    """The order of events in a case, whatever the order of the rows."""
    label = plain_label(event.activity)
    return (_moment(event), event.start or _moment(event), round(usual[label], 9), label, event.resource, event.role)


def identity(event: Event) -> tuple[object, ...]:
    """What makes two lines the same event recorded twice."""
    return (event.case, plain_label(event.activity), event.complete, event.start, event.resource)


def _moment(event: Event) -> datetime:
    assert event.complete is not None  # traces hold no other
    return event.complete


def _begin(trace: Sequence[Event]) -> datetime:
    return min(event.start or _moment(event) for event in trace)


def _values(log: Log, trace: Sequence[Event], by: str) -> list[str]:
    return [value for event in trace if (value := log.value(event, by).strip())]


def _segment(log: Log, trace: Sequence[Event], by: str | None) -> str:
    return next(iter(_values(log, trace, by)), NOWHERE) if by else ""


def _mixed(log: Log, trace: Sequence[Event], by: str) -> bool:
    return len(set(_values(log, trace, by))) > 1


def _case(key: str, trace: Sequence[Event], segment: str, planned: frozenset[str]) -> Case:
    begin, end = _begin(trace), _moment(trace[-1])
    cycle = (end - begin).total_seconds()
    work = _work(trace)
    labels = [label for event in trace if (label := plain_label(event.activity)) not in planned]
    hands = [event.role or event.resource for event in trace]
    turns = [(a, b) for a, b in itertools.pairwise(trace) if _handed(a, b)]
    return Case(
        id=key,
        segment=segment,
        begin=begin,
        end=end,
        cycle=cycle,
        work=work,
        wait=None if work is None else max(0.0, cycle - work),
        rework=len(set(labels)) < len(labels),
        handoffs=len(turns) if any(hands) else None,
        ping_pong=sum(
            bool(a and b) and a == c != b for a, b, c in zip(hands, hands[1:], hands[2:], strict=False)
        ),
        latencies=tuple(max(0.0, (b.start - _moment(a)).total_seconds()) for a, b in turns if b.start),
    )  # fmt: skip


def _handed(a: Event, b: Event) -> bool:
    """Whether the case changed hands between two events; roles are compared where both have one."""
    if a.role and b.role:
        return a.role != b.role
    return bool(a.resource and b.resource) and a.resource != b.resource


def _work(trace: Sequence[Event]) -> float | None:
    """Seconds in which at least one event was being worked on; None where a start is missing or after its end."""
    spans = []
    for event in trace:
        if event.start is None or event.start > _moment(event):
            return None
        spans.append((event.start, _moment(event)))
    total, reached = 0.0, min(start for start, _ in spans)
    for start, end in sorted(spans):
        total += max(0.0, (end - max(start, reached)).total_seconds())
        reached = max(reached, end)
    return total


def spread(values: Iterable[float]) -> Spread:
    """Median and 90th percentile (between neighbours in proportion) with n."""
    ordered = sorted(values)
    return Spread(len(ordered), quantile(ordered, 0.5), quantile(ordered, 0.9)) if ordered else Spread(0, None, None)


def figures(cases: Sequence[Case], segment: str = "") -> Figures:
    """The figures of a group of cases."""

    def of(read: Callable[[Case], float | None]) -> Spread:
        return spread(value for case in cases if (value := read(case)) is not None)

    timed = [case for case in cases if case.work is not None]
    total = sum(case.cycle for case in timed)
    known = [case for case in cases if case.handoffs is not None]
    return Figures(
        segment=segment,
        cycle=of(lambda case: case.cycle),
        work=of(lambda case: case.work),
        wait=of(lambda case: case.wait),
        efficiency=sum(case.work or 0.0 for case in timed) / total if total else None,
        rework=wilson(sum(case.rework for case in cases), len(cases)),
        handoffs=of(lambda case: case.handoffs),
        ping_pong=wilson(sum(case.ping_pong > 0 for case in known), len(known)),
        latency=spread(value for case in cases for value in case.latencies),
    )


def by_segment(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """The cases of each segment, the largest segment first; order of time is kept."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        found.setdefault(case.segment, []).append(case)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))
