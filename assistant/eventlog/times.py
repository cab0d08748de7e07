"""Times, handoffs and rework of each case, and their figures for all cases and for each segment.

Cycle time: complete stamp of the last event − start of the first (its complete stamp where no start was recorded), on
the calendar clock. Working time: union of the spans from start to complete (only where every event has both); waiting
time = cycle time − working time. Flow efficiency is a ratio of sums. Rework: an activity seen again in a case, unless
it is repeated by plan. Handoff: two following events by different roles (resources where no role is recorded).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from assistant.errors import UsageError
from assistant.eventlog.ends import Ending, endings, open_cases
from assistant.eventlog.engine import Engine, moment
from assistant.eventlog.labels import plain_label
from assistant.eventlog.read_log import Event, Log
from assistant.eventlog.shares import Share, wilson
from assistant.intake.tables.scanned import quoted
from assistant.process.figures import noun, plural

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.eventlog.spark import Counter

LOOKED_AT = 200_000
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


class Cases(Sequence[Case]):
    """The closed cases in order of their end; one by one only where they are looked at so."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @cached_property
    def columns(self) -> dict[str, NDArray[Any]]:
        """Of each case: its end (seconds by the clock of the log) and cycle time, whether it holds rework, and the
        numbers of its segment and its way."""
        return self._engine.arrays(
            "SELECT until + 60 * clock AS until, cycle, rework, segment_no, way_no FROM cases JOIN ids USING (case_no) "
            "JOIN segments USING (case_no) ORDER BY cases.until, id"
        )

    @cached_property
    def segments(self) -> list[str]:
        """The names of the segments by their number."""
        rows = self._engine.ask("SELECT DISTINCT segment_no, segment FROM segments ORDER BY segment_no")
        return [row["segment"] for row in rows]

    @cached_property
    def _all(self) -> tuple[Case, ...]:
        parts = self._engine.parts(
            "SELECT id, segment, since, until, clock, cycle, work, wait, rework, handoffs, ping_pong, gaps FROM cases "
            "JOIN ids USING (case_no) JOIN segments USING (case_no) "
            "LEFT JOIN (SELECT case_no, list(gap ORDER BY nth) AS gaps FROM latencies GROUP BY case_no) "
            "USING (case_no) "
            "ORDER BY until, id"
        )
        return tuple(_told(row) for part in parts for row in part)

    @cached_property
    def _count(self) -> int:
        return int(self._engine.value("SELECT count(*) FROM cases"))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Case: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Case]: ...
    def __getitem__(self, at: int | slice) -> Case | Sequence[Case]:
        return self._all[at]


def _told(row: Sequence[Any]) -> Case:
    id_, segment, since, until, clock, cycle, work, wait, rework, handoffs, ping_pong, gaps = row
    begin, end = moment(since, clock), moment(until, clock)
    assert begin is not None  # stamps that no calendar holds were left out in reading
    assert end is not None
    return Case(id_, segment, begin, end, cycle, work, wait, rework, handoffs, ping_pong, tuple(gaps or ()))


class Measured:
    """A measured log: the closed cases, how many are open and their age, the activities (plain labels) that end a
    case, how often each is the last of a closed and of an open case, whether the user named the ends, remarks.

    `engine` holds `kept` (the closed cases' events in order), `gaps`, `cases`, `ways`, `way_steps` and `arrived` (when
    every case began, open ones too); `counter` is what is asked for figures: the engine, or a server that holds the
    same.
    """

    def __init__(
        self, engine: Engine, open_age: Spread, notes: tuple[str, ...], told: tuple[Ending, ...], named: bool
    ) -> None:
        self.engine, self.open_age, self.notes, self.endings, self.named = engine, open_age, notes, told, named
        self.counter: Counter = engine
        self.cases = Cases(engine)
        self.open = open_age.n
        self.ends = tuple(sorted(plain_label(ending.activity) for ending in told if ending.closed))

    def figures(self, segments: bool = False) -> tuple[Figures, ...]:
        """The figures of all closed cases together, or of each segment, the largest first."""
        told = "SELECT case_no, segment FROM segments" if segments else "SELECT case_no, '' AS segment FROM cases"
        self.counter.keep(
            "grouped",
            f"SELECT cases.*, segment FROM cases JOIN ({told}) told ON told.case_no = cases.case_no",
            view=True,
        )
        hands = {
            row["segment"]: Spread(row["n"], row["p50"], row["p90"]) for row in self.counter.ask("figures_of_hands")
        }
        nothing = Spread(0, None, None)
        found = tuple(
            _figures(row, hands.get(row["segment"], nothing)) for row in self.counter.ask("figures")
        )  # fmt: skip
        return (
            found
            if found or segments
            else (Figures("", nothing, nothing, nothing, None, wilson(0, 0), nothing, wilson(0, 0), nothing),)
        )

    @cached_property
    def ways(self) -> list[tuple[str, ...]]:
        """The names of the steps of each way, the most frequent first; a way's number counts from 1."""
        names = {row["code"]: row["name"] for row in self.engine.ask("SELECT code, name FROM activities")}
        rows = self.engine.ask("SELECT way FROM ways ORDER BY way_no")
        return [tuple(names[int(code)] for code in row["way"].split()) for row in rows]

    def by_way(self) -> tuple[dict[tuple[str, ...], list[Case]], dict[tuple[str, ...], list[Sequence[Event]]]]:
        """The cases that go each way, and the events of so many of them, evenly chosen, as are looked at one by one."""
        cases: dict[tuple[str, ...], list[Case]] = {way: [] for way in self.ways}
        traces: dict[tuple[str, ...], list[Sequence[Event]]] = {way: [] for way in self.ways}
        for case, way_no in zip(self.cases, self.cases.columns["way_no"].tolist(), strict=True):
            cases[self.ways[way_no - 1]].append(case)
        for trace in self.traces.values():
            traces[tuple(event.activity for event in trace)].append(trace)
        return cases, traces

    @cached_property
    def begins(self) -> list[datetime]:
        """When each case began, the open ones too, in order."""
        rows = self.engine.ask("SELECT since - 60 * clock AS since, clock FROM arrived ORDER BY 1, 2")
        return [begin for row in rows if (begin := moment(row["since"], row["clock"]))]

    @cached_property
    def traces(self) -> dict[str, list[Event]]:
        """The events of closed cases in order, under the usual spelling of their activities; of a large log evenly
        chosen cases, LOOKED_AT events in all."""
        names = {row["code"]: row["name"] for row in self.engine.ask("SELECT code, name FROM activities")}
        hands: dict[int | None, str] = {None: ""}
        hands |= {row["code"]: row["name"] for row in self.engine.ask("SELECT DISTINCT code, name FROM hands")}
        each = 1 + int(self.engine.value("SELECT count(*) FROM kept")) // LOOKED_AT
        found: dict[str, list[Event]] = {}
        for part in self.engine.parts(
            "SELECT id, activity, done, began, kept.clock, resource, role FROM kept JOIN ids USING (case_no) "
            f"JOIN cases USING (case_no) WHERE case_no % {each} = 0 ORDER BY until, id, nth"
        ):
            for id_, activity, done, began, clock, resource, role in part:
                found.setdefault(id_, []).append(
                    Event(id_, names[activity], moment(done, clock), moment(began, clock), hands[resource], hands[role])
                )
        return found


def _figures(row: Mapping[str, Any], latency: Spread) -> Figures:
    def of(name: str, n: int) -> Spread:
        return Spread(n, row[f"{name}_p50"], row[f"{name}_p90"])

    return Figures(
        segment=row["segment"],
        cycle=of("cycle", row["n"]),
        work=of("work", row["work_n"]),
        wait=of("wait", row["work_n"]),
        efficiency=row["work_total"] / row["cycle_total"] if row["cycle_total"] else None,
        rework=wilson(row["rework"], row["n"]),
        handoffs=of("handoffs", row["handoffs_n"]),
        ping_pong=wilson(row["ping_pong"], row["handoffs_n"]),
        latency=latency,
    )


def measure(log: Log, by: str | None = None, planned: Iterable[str] = (), ends: Iterable[str] = ()) -> Measured:
    """Every closed case measured. `by`: the column that gives a case's segment; `planned`: activities meant to repeat.

    `ends`: the activities with which a case is over (what follows in the case is left out); without them, a case is
    over when it has been silent for longer than cases that go on are (see `ends.py`). Open cases are left out and
    counted with their age at the log's last stamp. Raises UsageError for an end that no case has.
    """
    engine, notes = log.engine.branch(), list[str]()
    log.order()
    if log.repeated:
        notes.append(
            f"{plural(log.repeated, 'event')} recorded twice {noun(log.repeated, 'was', 'were')} counted once."
        )
    wanted = _wanted(ends, engine)
    engine.fill("planned", "code INTEGER", ((code,) for code in _codes(engine, planned)))
    if wanted:
        after = _cut(engine, wanted)
        if after:
            late = f"{plural(after, 'event')} after the end of {noun(after, 'its', 'their')} case"
            notes.append(f"{late} {noun(after, 'was', 'were')} left out.")
    else:
        engine.keep("kept", "SELECT * FROM ordered", view=True)
    engine.keep(
        "arrived",
        "SELECT min(coalesce(began, done) + 60 * clock) AS since, arg_min(clock, coalesce(began, done)) AS clock "
        "FROM ordered GROUP BY case_no",
        view=True,
    )
    engine.keep("spans", "cases")
    engine.fill("still_open", "case_no BIGINT", ())
    if wanted:
        engine.keep("still_open", "SELECT case_no FROM spans WHERE last NOT IN (SELECT code FROM named_ends)")
    else:
        _ways(engine)
        notes += open_cases(engine)
    _closed(engine)
    if by:
        notes += _segments(engine, log, by)
    else:
        engine.keep("segments", "SELECT case_no, '' AS segment, 1 AS segment_no FROM cases")
    ages = engine.row(
        "SELECT count(*) AS n, quantile_cont(age, 0.5) AS p50, quantile_cont(age, 0.9) AS p90 FROM (SELECT "
        "(SELECT max(done) FROM ordered) - since AS age FROM spans WHERE case_no IN (SELECT case_no FROM still_open))"
    )
    return Measured(engine, Spread(**ages), tuple(notes), endings(engine), bool(wanted))


def _codes(engine: Engine, names: Iterable[str]) -> list[int]:
    """The numbers of the activities of these names."""
    labels = {plain_label(name) for name in names}
    return [row["code"] for row in engine.ask("SELECT code, label FROM activities") if row["label"] in labels]


def _wanted(ends: Iterable[str], engine: Engine) -> list[int]:
    """The numbers of the ends the user named. Raises UsageError."""
    wanted = {plain_label(end): end for end in ends}
    if not wanted:
        return []
    there = {
        row["label"]: (row["code"], row["name"])
        for row in engine.ask("SELECT * FROM activities WHERE code IN (SELECT activity FROM ordered)")
    }
    for label, end in wanted.items():
        if label not in there:
            known = sorted(name for _, name in there.values())
            raise UsageError(
                f"No case has the activity “{end}”.",
                f"The activities are: {', '.join(known[:15])}{' …' if known[15:] else ''}.",
                "Name the end as it is written there.",
            )
    return [there[label][0] for label in wanted]


def _cut(engine: Engine, ends: Iterable[int]) -> int:
    """`kept`: each case up to its last end; how many events were cut off."""
    engine.fill("named_ends", "code INTEGER", ((code,) for code in ends))
    engine.keep(
        "over",
        "SELECT case_no, max(nth) AS nth FROM ordered WHERE activity IN (SELECT code FROM named_ends) GROUP BY case_no",
    )  # fmt: skip
    engine.keep(
        "kept",
        "SELECT ordered.* FROM ordered LEFT JOIN over USING (case_no) "
        "WHERE over.nth IS NULL OR ordered.nth <= over.nth",
    )  # fmt: skip
    return int(engine.value("SELECT (SELECT count(*) FROM ordered) - (SELECT count(*) FROM kept)"))


def _ways(engine: Engine) -> None:
    """The ways of the cases that are not open, step by step."""
    engine.keep("ways", "ways_gone")
    engine.keep("way_steps", "way_steps")


def _closed(engine: Engine) -> None:
    """`cases`, and `kept` without the open ones."""
    _ways(engine)
    engine.keep("ways_again", "ways_again")
    engine.keep("ways", "SELECT ways.*, way, again FROM ways JOIN ways_again USING (way_no)")
    engine.keep("union_of_work", "union_of_work")
    engine.keep("cases", "closed")
    if engine.value("SELECT count(*) FROM still_open"):
        engine.keep("done", "SELECT * FROM kept WHERE case_no NOT IN (SELECT case_no FROM still_open)")
        engine.replace("kept", "done")
    engine.keep("gaps", "gaps", view=True)
    engine.keep("latencies", "latencies", view=True)


def _segments(engine: Engine, log: Log, by: str) -> list[str]:
    """`segments`: the first value of a column in each case; a remark where cases have several."""
    cell = log.cell(by)
    said = f"(SELECT case_no, complete, rowid AS place, trim({cell}) AS value FROM events WHERE complete IS NOT NULL)"
    engine.keep(
        "segments",
        f"SELECT case_no, coalesce(first, {quoted(NOWHERE)}) AS segment, coalesce(lowest <> highest, false) AS mixed, "
        f"dense_rank() OVER (ORDER BY coalesce(first, {quoted(NOWHERE)})) AS segment_no FROM cases LEFT JOIN "
        "(SELECT case_no, arg_min(value, (complete, place)) AS first, min(value) AS lowest, max(value) AS highest "
        f"FROM {said} WHERE value <> '' GROUP BY case_no) USING (case_no)",
    )
    mixed = int(engine.value("SELECT count(*) FROM segments WHERE mixed"))
    if not mixed:
        return []
    return [f"{plural(mixed, 'case')} {noun(mixed, 'has', 'have')} more than one value in “{by}”; the first was taken."]
