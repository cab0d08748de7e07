"""The log in an embedded database: one set of SQL texts answers where time goes, which ways are gone, what comes again.

The texts stand in sql/, one question a file. Times are seconds since a Monday midnight, so that days and hours can be
counted without a time zone. People are never put in: a role only, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from assistant.eventlog.labels import plain_label
from assistant.eventlog.read_log import Event

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MONDAY = datetime(1970, 1, 5, tzinfo=UTC)
BETWEEN = "\x1f"
CHUNK = 50_000


@cache
def text(name: str) -> str:
    """The SQL text of a question."""
    return files("assistant.eventlog").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


class Engine:
    """The events of closed cases, in order, ready for questions."""

    def __init__(self, traces: Mapping[str, Sequence[Event]]) -> None:
        import duckdb

        self._db: DuckDBPyConnection = duckdb.connect(":memory:", config={"threads": 2})
        self._db.execute(
            "CREATE TABLE events (case_id VARCHAR, activity VARCHAR, role VARCHAR, nth INTEGER, began DOUBLE, "
            "done DOUBLE)"
        )
        names = usual_names(traces)
        for rows in _chunks(_rows(traces, names)):
            columns = list(zip(*rows, strict=True))
            self._db.execute(
                "INSERT INTO events SELECT unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)",
                [list(column) for column in columns],
            )
        self._db.execute(text("events"))

    def ask(self, name: str) -> list[dict[str, Any]]:
        """The rows that answer a question (the name of its text), each by column."""
        answer = self._db.execute(text(name))
        columns = [column[0] for column in answer.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]

    def ways(self) -> dict[tuple[str, ...], int]:
        """How many cases go each way, the most frequent first."""
        return {tuple(row["way"].split(BETWEEN)): row["cases"] for row in self.ask("ways")}

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()


def usual_names(traces: Mapping[str, Sequence[Event]]) -> dict[str, str]:
    """The spelling used most of each activity, by its plain label."""
    counts: dict[str, dict[str, int]] = {}
    for trace in traces.values():
        for event in trace:
            spellings = counts.setdefault(plain_label(event.activity), {})
            spellings[event.activity] = spellings.get(event.activity, 0) + 1
    return {label: max(seen, key=lambda name: (seen[name], name)) for label, seen in counts.items()}


def _rows(traces: Mapping[str, Sequence[Event]], names: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    for case, trace in traces.items():
        for nth, event in enumerate(trace):
            yield (
                case, names[plain_label(event.activity)].replace(BETWEEN, " "), event.role, nth,
                _seconds(event.start), _seconds(event.complete),
            )  # fmt: skip


def _seconds(at: datetime | None) -> float | None:
    if at is None:
        return None
    return (at - (MONDAY if at.tzinfo else MONDAY.replace(tzinfo=None))).total_seconds()


def _chunks(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    chunk: list[tuple[Any, ...]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
