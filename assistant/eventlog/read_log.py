"""An event log from a CSV file: one line an event, with the case, the activity and when it was complete.

Columns are found by the names exports usually give them. Rows are kept as they came, also broken ones: the data gate
counts what is missing before anything is measured. Logs that write the start and the end of an activity as two lines
(a lifecycle column) are paired to one event.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from assistant.errors import UnreadableFile
from assistant.eventlog.stamps import day_first, read_stamp

MAX_BYTES = 300_000_000
MAX_EVENTS = 1_000_000
MAX_COLUMNS = 200
MAX_TEXT = 300
NAMES: Mapping[str, tuple[str, ...]] = {
    kind: tuple(names.split())
    for kind, names in {
        "case": "case caseid caseconceptname casekey casenumber traceid orderid ticketid ticket order incidentid",
        "activity": "activity activityname conceptname task taskname step event eventname action",
        "complete": "complete tscomplete completetimestamp completetime completed completedat end endtime endtimestamp "
        "endedat finish finished timestamp timetimestamp eventtime datetime time date",
        "start": "start tsstart starttimestamp starttime started startedat begin begintime",
        "resource": "resource orgresource user username employee agent performer worker doneby",
        "role": "role orgrole unit department orggroup group team",
        "lifecycle": "lifecycle lifecycletransition transition",
        "loaded": "loaded loadedat ingested ingestedat ingestiontime recorded recordedat",
    }.items()
}
NEEDED = ("case", "activity", "complete")
STARTS, ENDS = ("start", "started", "begin"), ("complete", "completed", "end", "finish")


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


class Log(NamedTuple):
    """A log as read: events in the file's order, which column is what, all columns, and remarks on the reading."""

    events: tuple[Event, ...]
    columns: Mapping[str, str]
    header: tuple[str, ...]
    others: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def value(self, event: Event, column: str) -> str:
        """What an event says in a column of the file (its name as in the header, or what it stands for)."""
        if column in self.others:
            return event.other[self.others.index(column)]
        kind = next((kind for kind, name in self.columns.items() if column in (kind, name)), "")
        return str(getattr(event, kind, "") or "")

    def has(self, column: str) -> bool:
        """Whether there is a column of that name, or one that stands for it."""
        return column in self.others or column in self.columns or column in self.columns.values()


def read_log(path: Path) -> Log:
    """The log in a CSV file (commas, semicolons, tabs or bars). Raises UnreadableFile."""
    text = _text(path)
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text[:20_000].split("\n", 1)[0], delimiters=",;\t|")
    except csv.Error:
        dialect = "excel"
    try:
        rows = csv.reader(io.StringIO(text, newline=""), dialect=dialect)
        header = tuple(name.strip() for name in next(rows, []))
        columns = _columns(header, path.name)
        events, notes = _events(rows, header, columns)
    except csv.Error as error:
        raise UnreadableFile(f"{path.name} is no CSV this program can read.", str(error)) from None
    if not events:
        raise UnreadableFile(f"{path.name} holds no event.", "Only a header was found.", "One line an event.")
    others = tuple(name for name in header if name not in columns.values())
    return Log(tuple(events), columns, header, others, tuple(notes))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(f"{path.name} has more than {MAX_BYTES:,} bytes.", remedy="Export fewer months.")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read.", str(error.strerror)) from None
    if b"\0" in data[:4000]:
        raise UnreadableFile(f"{path.name} is no text.", "It holds binary data.", "Export the log as CSV in UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def plain_name(name: str) -> str:
    """A column's name without case, spaces and marks: `Case ID` and `case_id` are the same."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _columns(header: tuple[str, ...], file: str) -> dict[str, str]:
    """Which column of the file is the case, the activity, and so on. Raises UnreadableFile."""
    if len(header) > MAX_COLUMNS:
        raise UnreadableFile(f"{file} has more than {MAX_COLUMNS} columns.", remedy="Export only those needed.")
    plain: dict[str, str] = {}
    for name in header:
        plain.setdefault(plain_name(name), name)
    found: dict[str, str] = {}
    for kind, names in NAMES.items():
        column = next((plain[name] for name in names if name in plain and plain[name] not in found.values()), None)
        if column is not None:
            found[kind] = column
    missing = [kind for kind in NEEDED if kind not in found]
    if missing:
        raise UnreadableFile(
            f"{file} has no column for the {' and the '.join(missing)}.",
            f"It has: {', '.join(header[:12]) or 'none'}.",
            "Name the columns case, activity and complete (a time stamp); start, resource and role are welcome.",
        )
    return found


def _events(
    rows: Iterable[list[str]], header: tuple[str, ...], columns: Mapping[str, str]
) -> tuple[list[Event], list[str]]:
    notes: list[str] = []
    lines: list[list[str]] = []
    for row in rows:
        if any(cell.strip() for cell in row):
            lines.append(row)
        if len(lines) >= MAX_EVENTS:
            notes.append(f"Only the first {MAX_EVENTS:,} events were read.")
            break
    place = {kind: header.index(name) for kind, name in columns.items()}
    first, shown = day_first(_cell(row, place["complete"]) for row in lines)
    if not shown:
        notes.append("The stamps do not show whether day or month comes first; the day was taken.")
    rest = [at for at, name in enumerate(header) if name not in columns.values()]
    read = [_event(row, place, rest, first) for row in lines]
    words = [_cell(row, place["lifecycle"]).lower() for row in lines] if "lifecycle" in place else []
    if not any(word in ENDS for word in words):
        return read, notes  # no such column, or one that tells something else
    if left := sum(bool(word) and word not in (*STARTS, *ENDS) for word in words):
        notes.append(f"{left:,} lines are neither a start nor an end (assigned, suspended …) and were left out.")
    return _paired(read, words), notes


def _event(row: list[str], place: Mapping[str, int], rest: list[int], days_first: bool) -> Event:
    def text(kind: str) -> str:
        return _cell(row, place[kind]) if kind in place else ""

    stamps = {kind: read_stamp(text(kind), days_first) for kind in ("complete", "start", "loaded")}
    complete, start, loaded = (stamp.at if stamp else None for stamp in stamps.values())
    zoned = any(stamp.zoned for stamp in stamps.values() if stamp)
    other = tuple(_cell(row, at) for at in rest)
    return Event(text("case"), text("activity"), complete, start, text("resource"), text("role"), loaded, zoned, other)


def _cell(row: list[str], at: int) -> str:
    return row[at].strip()[:MAX_TEXT] if at < len(row) else ""


def _paired(events: list[Event], lifecycle: list[str]) -> list[Event]:
    """Start and end lines of the same case and activity brought together, first in first out.

    A start with no end stays as an event with no end stamp; other transitions (assign, suspend) are left out.
    """
    found: list[Event] = []
    waiting: dict[tuple[str, str], deque[int]] = {}
    for event, word in zip(events, lifecycle, strict=True):
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
