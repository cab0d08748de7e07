"""The embedded database in which a log is read, ordered and counted: one set of SQL texts, one question a file.

The texts stand in sql/ and are plain SELECTs in words that DuckDB and Spark both know (see `portable`). Times are
seconds since a Monday midnight, so that days and hours can be counted without a time zone. Names of people are held as
numbers once a log is read; what does not fit into memory is laid down in a private folder that is gone with the engine.
"""

from __future__ import annotations

import itertools
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

MONDAY = datetime(1970, 1, 5, tzinfo=UTC)
MEMORY, MEMORY_FOR_LARGE = 1100, 2600
"""Megabytes that the database holds in memory at most; beyond it works on disk. More for a log of a gigabyte and more,
which would be written to disk and read again several times, where the machine has twice as much."""
LARGE = 1_000_000_000
CHUNK = 50_000
_MEDIAN_AND_NINETY = re.compile(
    r"percentile_cont\(0\.5\) WITHIN GROUP \(ORDER BY ([^()]+)\) AS (\w+),\s+"
    r"percentile_cont\(0\.9\) WITHIN GROUP \(ORDER BY \1\) AS (\w+)"
)
_BOTH = r"quantile_cont(\1, [0.5, 0.9])[1] AS \2, quantile_cont(\1, [0.5, 0.9])[2] AS \3"
_LISTAGG = re.compile(r"listagg\((.+), ' '\) WITHIN GROUP \(ORDER BY (\w+)\)")


@cache
def text(name: str) -> str:
    """The SQL text of a question as DuckDB reads it: the standard's listagg is called string_agg there, and a median
    and the nine of ten of the same values are asked for together, so that the values are held once."""
    return _MEDIAN_AND_NINETY.sub(_BOTH, _LISTAGG.sub(r"string_agg(\1, ' ' ORDER BY \2)", portable(name)))


@cache
def portable(name: str) -> str:
    """The SQL text of a question as it stands in its file."""
    return files("assistant.eventlog").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def by_the_clock(stamp: str, _clock: str) -> str:
    """All seconds count, nights and weekends too."""
    return stamp


class Engine:
    """A database, or a branch of one: a branch sees the tables of its trunk and keeps its own.

    `small`: there are few rows; handing them round between several threads costs more than the questions themselves.
    `size`: of the file, in bytes.
    """

    def __init__(self, trunk: Engine | None = None, *, small: bool = False, size: int = 0) -> None:
        import duckdb

        self._branches: Iterator[int] = trunk._branches if trunk else itertools.count(1)
        self._path: tuple[str, ...] = ("main",)
        self.open_time: Callable[[str, str], str] = trunk.open_time if trunk else by_the_clock
        if trunk is None:
            self._folder = tempfile.TemporaryDirectory(prefix="log-")
            self._db: DuckDBPyConnection = duckdb.connect(
                ":memory:", config={"memory_limit": f"{_memory(size)}MB", "temp_directory": self._folder.name}
            )
            for setting in ("autoinstall_known_extensions", "autoload_known_extensions", "enable_progress_bar"):
                self._db.execute(f"SET {setting}=false")
            if small:
                self._db.execute("SET threads=1")
            self._db.execute("CREATE MACRO xxhash64(a) AS hash(a)")
            self.count_time(by_the_clock)
        else:
            self._folder, self._db = trunk._folder, trunk._db.cursor()
            own = f"branch_{next(self._branches)}"
            self._db.execute(f"CREATE SCHEMA {own}")
            self._path = (own, *trunk._path)
        self._db.execute(f"SET search_path='{','.join(self._path)}'; SET TimeZone='UTC'")

    def branch(self) -> Engine:
        """Another engine that sees what this one holds and keeps its own tables apart."""
        return Engine(self)

    def count_time(self, open_time: Callable[[str, str], str]) -> None:
        """From now on times are counted so: SQL of the seconds up to a stamp on a clock shifted by minutes."""
        self.open_time = open_time
        self._db.execute(f"CREATE OR REPLACE MACRO main.open_time(t, clock) AS {open_time('t', 'clock')}")

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """A statement with nothing to answer."""
        self._db.execute(sql, list(values) or None)

    def keep(self, table: str, sql: str, view: bool = False) -> None:
        """The rows of a SELECT (or of the text of that name) as a table or a view of this branch."""
        kind = "VIEW" if view else "TABLE"
        self._db.execute(f"CREATE OR REPLACE {kind} {self._path[0]}.{table} AS {_sql(sql)}")

    def is_view(self, name: str) -> bool:
        """Whether a relation is a view, not a table."""
        return bool(
            self.value(
                "SELECT count(*) FROM duckdb_views() WHERE view_name = ? AND schema_name = ?", [name, self._path[0]]
            )
        )

    def drop_view(self, name: str) -> None:
        """Let go of a view."""
        self._db.execute(f"DROP VIEW IF EXISTS {self._path[0]}.{name}")

    def replace(self, table: str, new: str) -> None:
        """Another table of this branch in the place of a relation of it."""
        name = f"{self._path[0]}.{table}"
        self._db.execute(f"DROP {'VIEW' if self.is_view(table) else 'TABLE'} {name}")
        self._db.execute(f"ALTER TABLE {self._path[0]}.{new} RENAME TO {table}")

    def drop(self, *tables: str) -> None:
        """Let go of tables that are no longer needed."""
        for table in tables:
            self._db.execute(f"DROP TABLE IF EXISTS {self._path[0]}.{table}")

    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """The rows that answer a SELECT (or the text of that name), each by column."""
        answer = self._db.execute(_sql(sql), list(values) or None)
        columns = [column[0] for column in answer.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]

    def row(self, sql: str, values: Sequence[Any] = ()) -> dict[str, Any]:
        """The only row of an answer."""
        return self.ask(sql, values)[0]

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The only value of an answer; None where there is none."""
        row = self._db.execute(_sql(sql), list(values) or None).fetchone()
        return row[0] if row else None

    def arrays(self, sql: str) -> dict[str, NDArray[Any]]:
        """The columns of an answer as arrays, missing numbers as NaN."""
        import numpy as np

        columns = self._db.execute(_sql(sql)).fetchnumpy()
        return {name: _filled(column, np) for name, column in columns.items()}

    def parts(self, sql: str) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of an answer, some thousands at a time; other questions may be asked in between."""
        answer = self._db.cursor().execute(f"SET search_path='{','.join(self._path)}'").execute(_sql(sql))
        return iter(lambda: answer.fetchmany(CHUNK), [])

    def arrow(self, sql: str, rows: int) -> Iterator[Any]:
        """The answer as Arrow tables of so many rows at most, one of them at least. Needs pyarrow."""
        import pyarrow

        reader: Any = self._db.sql(sql).to_arrow_reader(rows)
        seen = False
        for batch in reader:
            seen = True
            yield pyarrow.Table.from_batches([batch])
        if not seen:
            yield reader.schema.empty_table()

    def fill(self, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
        """A table of this branch with these columns (`name TYPE, …`), filled with rows some thousands at a time."""
        self._db.execute(f"CREATE OR REPLACE TABLE {self._path[0]}.{table} ({columns})")
        marks = ", ".join("unnest(?)" for _ in columns.split(","))
        rest = iter(rows)
        while chunk := list(itertools.islice(rest, CHUNK)):
            self._db.execute(
                f"INSERT INTO {self._path[0]}.{table} SELECT {marks}",
                [list(cells) for cells in zip(*chunk, strict=True)],
            )


def _memory(size: int) -> int:
    """Megabytes for a log of so many bytes."""
    if size < LARGE or not hasattr(os, "sysconf"):
        return MEMORY
    there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000
    return MEMORY_FOR_LARGE if there >= 2 * MEMORY_FOR_LARGE else MEMORY


def _sql(sql: str) -> str:
    return sql if " " in sql else text(sql)


def _filled(column: Any, np: Any) -> NDArray[Any]:
    if isinstance(column, np.ma.MaskedArray):
        column = column.filled(np.nan) if column.dtype.kind == "f" else column.filled()
    whole: NDArray[Any] = np.asarray(column)
    return whole


def moment(seconds: float | None, shift: int | None = None) -> datetime | None:
    """The moment of so many seconds since that Monday, on a clock shifted by minutes; None where none can be."""
    if seconds is None or seconds != seconds:
        return None
    try:
        at = MONDAY + timedelta(seconds=seconds)
        return at.astimezone(_zone(shift)) if shift else at
    except (OverflowError, ValueError):
        return None


@cache
def _zone(shift: int) -> Any:
    from datetime import timezone

    return timezone(timedelta(minutes=shift))
