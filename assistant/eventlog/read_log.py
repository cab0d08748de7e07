"""An event log from a table: one row an event, with the case, the activity and when it was done.

Rows are kept as they came, also broken ones: the data gate counts what is missing before anything is measured. Logs
that write the start and the end of an activity as two lines (a lifecycle column) are paired to one event. Nothing
depends on the order of the rows.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from assistant.errors import UnreadableFile
from assistant.eventlog.columns import ENDS, SAMPLE, STARTS, find_columns
from assistant.eventlog.stamps import Order, Way, believable, could_be_swapped, read_stamp, way_of
from assistant.intake.tables.door import first_rows, read_table
from assistant.intake.tables.shapes import Bounds, Cells, Table
from assistant.process.figures import noun, plural

BOUNDS = Bounds(cell=300)
TIMES = ("complete", "start", "loaded")
NEVER = datetime.max.replace(tzinfo=UTC)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


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


class Log(NamedTuple):
    """A log as read: its events, which column is what, all columns, remarks on the reading, and where it is from."""

    events: tuple[Event, ...]
    columns: Mapping[str, str]
    header: tuple[str, ...]
    others: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: Doubts = Doubts()
    source: str = ""

    def value(self, event: Event, column: str) -> str:
        """What an event says in a column of the file (its name as in the header, or what it stands for)."""
        if column in self.others:
            return event.other[self.others.index(column)]
        kind = next((kind for kind, name in self.columns.items() if column in (kind, name)), "")
        return str(getattr(event, kind, "") or "")

    def has(self, column: str) -> bool:
        """Whether there is a column of that name, or one that stands for it."""
        return column in self.others or column in self.columns or column in self.columns.values()


def read_log(path: Path, given: Mapping[str, str] | None = None, order: Order | None = None) -> Log:
    """The log in a file (CSV, Excel, Parquet or XES, also gzipped; `-`: standard input).

    `given`: the columns the user names (case, activity, complete, resource, lifecycle); `order`: whether day or month
    comes first. Raises UnreadableFile, UsageError.
    """
    if (head := first_rows(path, BOUNDS, SAMPLE)) is not None and head.rows:
        find_columns(head, path.name, given or {})
    table = read_table(path, BOUNDS)
    if not table.rows:
        raise UnreadableFile(f"{path.name} holds no event.", "Only a header was found.", "One line an event.")
    found = find_columns(table, path.name, given or {})
    notes = [*table.notes, *found.notes]
    columns = dict(found.columns)
    if found.wide:
        table, columns = _long(table, columns["case"], found.wide, columns)
    read = _Rows(table, columns, order, notes)
    others = tuple(name for name in table.header if name not in columns.values())
    source = f"{path.name} ({table.kind})" if path.name != "-" else f"standard input ({table.kind})"
    return Log(read.events(), columns, table.header, others, tuple(notes), read.doubts, source)


def _long(table: Table, case: str, wide: Sequence[str], kept: Mapping[str, str]) -> tuple[Table, dict[str, str]]:
    """One row a case turned into one row an event: each column of stamps is an activity."""
    rest = [name for name in table.header if name not in (case, *wide)]
    at = {name: table.header.index(name) for name in (case, *wide, *rest)}
    rows: list[Cells] = [
        (row[at[case]], name, row[at[name]], *(row[at[other]] for other in rest))
        for row in table.rows
        for name in wide
        if row[at[name]].strip()
    ]
    columns = {**kept, "case": case, "activity": "(name of the column)", "complete": "(cell of the column)"}
    return table._replace(header=(case, columns["activity"], columns["complete"], *rest), rows=tuple(rows)), columns


class _Rows:
    """The rows of a table as events; stamps that cannot be right are left out and counted in `doubts`."""

    def __init__(self, table: Table, columns: Mapping[str, str], order: Order | None, notes: list[str]) -> None:
        self.table, self.notes = table, notes
        self.place = {kind: table.header.index(name) for kind, name in columns.items()}
        self.rest = [at for at, name in enumerate(table.header) if name not in columns.values()]
        self.ways = self._ways(order)
        self.doubts = Doubts()

    def _ways(self, order: Order | None) -> dict[str, Way]:
        """One order of day and month for all columns of stamps; each its own kind of number."""
        texts = {kind: list(self._cells(kind)) for kind in TIMES if kind in self.place}
        ways = {kind: way_of(cells, order) for kind, cells in texts.items()}
        together = way_of([cell for cells in texts.values() for cell in cells], order)
        for numbers in {way.numbers for way in ways.values()} - {""}:
            self.notes.append(f"The stamps are numbers and were read as {numbers}.")
        return {kind: way._replace(days_first=together.days_first, shown=together.shown) for kind, way in ways.items()}

    def _cells(self, kind: str) -> Iterator[str]:
        at = self.place[kind]
        return (row[at].strip() for row in self.table.rows)

    def events(self) -> tuple[Event, ...]:
        """All events, starts and ends paired where a lifecycle column tells them."""
        events = [self._event(row) for row in self.table.rows]
        stamps = [at for event in events for at in (event.complete, event.start) if at]
        first, last = believable(stamps)
        wrong = [at for at in stamps if not first <= at < last]
        unclear = [kind for kind in ("complete", "start") if kind in self.ways and not self.ways[kind].shown]
        swapped = sum(could_be_swapped(cell) for kind in unclear for cell in self._cells(kind))
        years = tuple(str(year) for year in sorted({at.year for at in wrong})[:3])
        self.doubts = Doubts(len(stamps), len(wrong), years, swapped)
        if wrong:
            events = [_believed(event, first, last) for event in events]
        words = [cell.lower() for cell in self._cells("lifecycle")] if "lifecycle" in self.place else []
        if not any(word in ENDS for word in words):
            return tuple(events)  # no such column, or one that tells something else
        if left := sum(bool(word) and word not in (*STARTS, *ENDS) for word in words):
            self.notes.append(
                f"{plural(left, 'row')} {noun(left, 'is', 'are')} neither a start nor an end "
                f"(assigned, suspended …) and {noun(left, 'was', 'were')} left out."
            )
        return tuple(_paired(events, words))

    def _event(self, row: Cells) -> Event:
        def text(kind: str) -> str:
            return _plain(row[self.place[kind]]) if kind in self.place else ""

        def stamp(kind: str) -> tuple[datetime | None, bool]:
            way = self.ways.get(kind)
            found = read_stamp(row[self.place[kind]], way.days_first, way.numbers) if way else None
            return (found.at, found.zoned) if found else (None, False)

        complete, start, loaded = map(stamp, TIMES)
        return Event(
            text("case"), text("activity"), complete[0], start[0], text("resource"), text("role"), loaded[0],
            any(zoned for _, zoned in (complete, start, loaded)), tuple(_plain(row[at]) for at in self.rest),
        )  # fmt: skip


def _plain(cell: str) -> str:
    """A cell on one line, without control characters: it is going to be shown on a screen."""
    return _CONTROL.sub(" ", cell).strip()


def _believed(event: Event, first: datetime, last: datetime) -> Event:
    complete, start = (at if at and first <= at < last else None for at in (event.complete, event.start))
    return event._replace(complete=complete, start=start)


def _paired(events: list[Event], lifecycle: list[str]) -> list[Event]:
    """Start and end rows of the same case and activity brought together in order of time, first in first out.

    A start with no end stays as an event with no end stamp; other transitions (assign, suspend) are left out.
    """
    found: list[Event] = []
    waiting: dict[tuple[str, str], deque[int]] = {}
    pairs = sorted(
        zip(events, lifecycle, strict=True), key=lambda pair: (pair[0].complete or NEVER, pair[1] not in STARTS)
    )
    for event, word in pairs:
        key = (event.case, event.activity)
        if word in STARTS:
            waiting.setdefault(key, deque()).append(len(found))
            found.append(event._replace(start=event.complete, complete=None))
        elif word in ENDS or not word:
            if queue := waiting.get(key):
                at = queue.popleft()
                found[at] = found[at]._replace(complete=event.complete)
            else:
                found.append(event)
    return found
