"""An event log from a table: one row an event, with the case, the activity and when it was done.

The rows go into an embedded database as they came, also broken ones: the data gate counts what is missing before
anything is measured. Logs that write the start and the end of an activity as two lines (a lifecycle column) are paired
to one event. Nothing depends on the order of the rows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from assistant.errors import UnreadableFile
from assistant.eventlog.columns import Found, find_columns
from assistant.eventlog.engine import Engine, moment
from assistant.eventlog.hours import OpenHours, set_clock
from assistant.eventlog.loading import CELL, Raw, clean, load, put_long, put_rows
from assistant.eventlog.looking_at import SAMPLE
from assistant.eventlog.ordering import put_in_order
from assistant.eventlog.stamps import Order
from assistant.intake.tables.scanned import LARGEST, scanned
from assistant.intake.tables.shapes import Bounds, Table
from assistant.intake.tables.table_opened import first_rows, read_table

BOUNDS = Bounds(cell=CELL)
FEW_ROWS, FEW_BYTES = 20_000, 2_000_000
"""A log up to this size is counted by one thread: several take about twice the processor time for the same answer."""


class Event(NamedTuple):
    """One event as recorded; a stamp that is missing or cannot be read is None. `other` are the unnamed columns."""

    case: str
    activity: str
    complete: datetime | None
    start: datetime | None = None
    resource: str = ""
    role: str = ""
    loaded: datetime | None = None
    zoned: bool = False
    other: tuple[str, ...] = ()


class Doubts(NamedTuple):
    """Of `n` stamps: how many lie in years that cannot be (such as 1970; they are left out), with examples, and how
    many could have day and month exchanged while nothing shows which comes first."""

    n: int = 0
    absurd: int = 0
    examples: tuple[str, ...] = ()
    swapped: int = 0


class Log:
    """A log as read: its events in a database, which column is what, all columns, remarks, and where it is from."""

    def __init__(self, engine: Engine, raw: Raw, notes: tuple[str, ...], doubts: Doubts, source: str) -> None:
        self.engine, self.notes, self.doubts, self.source = engine, notes, doubts, source
        self.columns, self.header, self.others = dict(raw.columns), raw.header, raw.others
        self._raw = raw

    @cached_property
    def size(self) -> int:
        """How many events there are."""
        return int(self.engine.value("SELECT count(*) FROM events"))

    @cached_property
    def cases(self) -> int:
        """How many cases there are."""
        return int(self.engine.value("SELECT count(DISTINCT case_no) FROM events"))

    @cached_property
    def repeated(self) -> int:
        """How many events were recorded twice; `ordered` is then there, which counts them once."""
        return put_in_order(self.engine)

    def order(self) -> None:
        """See to it that the events are ordered."""
        _ = self.repeated

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All events, one by one: for a closer look at a small log."""
        return tuple(self._events())

    def _events(self) -> Iterator[Event]:
        names = {0: "", None: ""}
        names |= {row["code"]: row["name"] for row in self.engine.ask("SELECT DISTINCT code, name FROM hands")}
        spellings = self.engine.ask("SELECT DISTINCT spelling, name FROM spellings")
        spelled = {None: "", **{row["spelling"]: row["name"] for row in spellings}}
        others = "".join(f", {self.cell(name)}" for name in self.others)
        for part in self.engine.parts(
            "SELECT coalesce(id, ''), spelling, complete, complete_shift, start, start_shift, resource, role, loaded, "
            f"loaded_shift{others} FROM events LEFT JOIN ids USING (case_no)"
        ):
            for case, spelling, done, done_shift, start, start_shift, resource, role, loaded, shift, *rest in part:
                yield Event(
                    case, spelled[spelling], moment(done, done_shift), moment(start, start_shift), names[resource],
                    names[role], moment(loaded, shift), not done_shift is start_shift is shift is None, tuple(rest),
                )  # fmt: skip

    def has(self, column: str) -> bool:
        """Whether there is a column of that name, or one that stands for it."""
        return column in self.others or column in self.columns or column in self.columns.values()

    def cell(self, column: str) -> str:
        """The SQL of what an event says in a column of the file (its name, or what it stands for), as text."""
        if column in self.others:
            return f"coalesce({clean(f'events.o{self.others.index(column)}')}, '')"
        kind = next((kind for kind, name in self.columns.items() if column in (kind, name)), "")
        if kind in ("resource", "role"):
            return f"coalesce((SELECT any_value(name) FROM hands WHERE code = events.{kind}), '')"
        if kind == "activity":
            return "coalesce((SELECT any_value(name) FROM spellings s WHERE s.spelling = events.spelling), '')"
        if kind in ("complete", "start", "loaded"):
            return f"coalesce(CAST(make_timestamp(CAST((events.{kind} + 345600) * 1e6 AS BIGINT)) AS VARCHAR), '')"
        return "''"

    def values(self, column: str, most: int) -> set[str]:
        """So many different values of a column at most, what is empty aside."""
        cell = self.cell(column)
        rows = self.engine.ask(f"SELECT DISTINCT {cell} AS value FROM events WHERE {cell} <> '' LIMIT {most}")
        return {row["value"] for row in rows}

    def pairs(self, column: str, other: str, most: int) -> set[tuple[str, str]]:
        """So many different pairs of what two columns say at most, where both say something."""
        a, b = self.cell(column), self.cell(other)
        rows = self.engine.ask(
            f"SELECT DISTINCT {a} AS a, {b} AS b FROM events WHERE {a} <> '' AND {b} <> '' LIMIT {most}"
        )
        return {(row["a"], row["b"]) for row in rows}

    def empty(self) -> set[str]:
        """What there is a column for in which no event says anything."""
        kinds = ("complete", "start", "loaded", "resource", "role", "activity")
        there = self.engine.row(
            f'SELECT {", ".join(f"count({kind}) AS {kind}" for kind in kinds)}, count(case_no) AS "case" FROM events'
        )
        return {kind for kind in self.columns if not there.get(kind, 1)}

    def span(self) -> tuple[datetime, datetime] | None:
        """The first and the last stamp."""
        row = self.engine.row(
            "SELECT least(min(start), min(complete)) AS low, greatest(max(start), max(complete)) AS high FROM events"
        )
        low, high = moment(row["low"]), moment(row["high"])
        return (low, high) if low and high else None

    def since(self, day: date) -> tuple[Log, int, datetime | None]:
        """The log without the cases that began before a day (no case is cut in two), how many those are, and when the
        last case began."""
        local = "least(complete + 60 * coalesce(complete_shift, 0), start + 60 * coalesce(start_shift, 0))"
        engine = self.engine.branch()
        engine.keep(
            "begins", f"SELECT case_no, min({local}) AS since FROM events WHERE case_no IS NOT NULL GROUP BY case_no"
        )
        first = (day - date(1970, 1, 5)).days * 86_400
        early, left, last = engine.row(
            f"SELECT count(*) FILTER (WHERE since < {first}) AS early, count(since) AS n, max(since) AS high "
            "FROM begins"
        ).values()
        if left == early:
            return self, early, moment(last)
        engine.keep(
            "events",
            f"SELECT events.* FROM events LEFT JOIN begins USING (case_no) WHERE since >= {first} OR since IS NULL",
        )
        return Log(engine, self._raw, self.notes, self.doubts, self.source), early, moment(last)


def read_log(
    path: Path, given: Mapping[str, str] | None = None, order: Order | None = None, zone: ZoneInfo | None = None,
    hours: OpenHours | None = None,
) -> Log:  # fmt: skip
    """`read_as_written`, its stamps by the clock of a zone and its times counted in open hours, where these are said.

    Raises UnreadableFile, UsageError.
    """
    log = read_as_written(path, given, order)
    if zone is not None and (said := set_clock(log.engine, zone)):
        log.notes = (*log.notes, said)
    if hours is not None:
        log.engine.count_time(hours.sql)
        log.notes = (*log.notes, hours.words())
    return log


def read_as_written(path: Path, given: Mapping[str, str] | None = None, order: Order | None = None) -> Log:
    """The log in a file (CSV, Excel, Parquet or XES, also gzipped; `-`: standard input).

    `given`: the columns the user names (case, activity, complete, resource, lifecycle); `order`: whether day or month
    comes first. Raises UnreadableFile, UsageError.
    """
    given = given or {}
    head = first_rows(path, BOUNDS._replace(size=LARGEST), SAMPLE)
    if head is not None and head.rows:
        found = find_columns(head, path.name, given)
        with tempfile.TemporaryDirectory(prefix="log-") as folder:
            log = _large(path, head, found, order, Path(folder))
        if log is not None:
            return log
    table = read_table(path, BOUNDS)
    if len(table.header) == 1:
        raise UnreadableFile(
            f"{path.name} is no table of events.", "Nothing divides its lines into columns.",
            "Export a CSV with a column each for case, activity and time; for a story in words use `assistant map`.",
        )  # fmt: skip
    if not table.rows:
        only = ", ".join(table.header)
        raise UnreadableFile(
            f"{path.name} holds no event.", f"Its only row is: {only[:80]}{'…' if only[80:] else ''}",
            "One line an event, under the names of the columns; for a story in words use `assistant map`.",
        )  # fmt: skip
    engine = Engine(small=len(table.rows) <= FEW_ROWS)
    put_rows(engine, table.header, table.rows)
    found = find_columns(table, path.name, given)
    source = f"{path.name} ({table.kind})" if path.name != "-" else f"standard input ({table.kind})"
    notes, header = table.notes, table.header
    del table
    return _loaded(engine, header, found, order, notes, source, path.name)


def _large(path: Path, head: Table, found: Found, order: Order | None, folder: Path) -> Log | None:
    """The log in a large file, read by the database itself; None where it stumbles."""
    import duckdb

    scan = scanned(path, BOUNDS, folder)
    if scan is None or scan.header != head.header:
        return None
    size = path.stat().st_size
    engine = Engine(small=size <= FEW_BYTES, size=size)
    try:
        engine.keep("raw", scan.sql, view=True)
        return _loaded(engine, scan.header, found, order, scan.notes, f"{path.name} ({scan.kind})", path.name)
    except (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.IOException):
        return None


def _loaded(
    engine: Engine, header: tuple[str, ...], found: Found, order: Order | None, notes: tuple[str, ...], source: str,
    file: str,
) -> Log:  # fmt: skip
    columns = dict(found.columns)
    if found.wide:
        header = put_long(engine, header, columns["case"], found.wide)
        columns |= {"activity": header[1], "complete": header[2]}
    raw = Raw(header, columns, found.only)
    told = [*notes, *found.notes, *load(engine, raw, order, file)]
    engine.run("DROP VIEW raw" if engine.is_view("raw") else "DROP TABLE raw")
    row: dict[str, Any] = engine.row("SELECT * FROM clocks")
    doubts = Doubts(row["n"], row["absurd"], tuple(row["years"]), row["swapped"])
    return Log(engine, raw, tuple(told), doubts, source)
