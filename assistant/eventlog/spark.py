"""The questions of a log asked on a Spark server (Spark Connect): the same SQL texts, counted there instead of here.

The log is read, cleaned and put in order here; what is sent are numbers for cases, activities and hands with their
stamps, and the names of activities and roles. Ids of cases and names of people stay here.
"""

from __future__ import annotations

import importlib.util
import re
import socket
import warnings
from collections.abc import Callable
from typing import Any, Protocol

from assistant.addresses import parts_of
from assistant.errors import ServiceError, UsageError
from assistant.eventlog.engine import Engine, portable

PORT, PATIENCE = 15002, 5.0
"""Spark Connect's usual port, and the seconds in which the server has to answer at all."""
CHUNK = 500_000
NAMES = ("duckdb", "spark")
INSTALL = 'Install it with: pip install "pyspark[connect]"'
_OPEN = re.compile(r"open_time\((.*?), clock\)")
_TYPES = {"int32": "INT", "int64": "BIGINT", "double": "DOUBLE", "string": "STRING"}
_DETAILS = re.compile(r'details = "(.*)"')
SENT = {
    "kept": (
        "SELECT case_no, activity, resource, role, done, began, clock, nth, before, done_before, began_before, "
        "resource_before, role_before, hand_before_that FROM kept"
    ),
    "activities": "SELECT code, label, name FROM activities",
    "hands": "SELECT DISTINCT code, name FROM hands WHERE code IN (SELECT role FROM kept)",
    "planned": "SELECT code FROM planned",
    "segments": "SELECT case_no, segment, segment_no FROM segments",
    "arrived": "SELECT since FROM arrived",
}
"""What is sent, by its name there."""
MADE = (
    ("spans", "cases"), ("still_open", "SELECT case_no FROM spans WHERE 1 = 0"), ("gone", "ways_gone"),
    ("ways", "SELECT * FROM gone"), ("way_steps", "way_steps"), ("ways_again", "ways_again"),
    ("ways", "SELECT gone.*, way, again FROM gone JOIN ways_again ON gone.way_no = ways_again.way_no"),
    ("union_of_work", "union_of_work"), ("cases", "closed"), ("gaps", "gaps"), ("latencies", "latencies"),
)  # fmt: skip
"""What is counted there before questions are asked, in this order, as it is here."""


class Counter(Protocol):
    """What answers questions about a log: the embedded database, or a server."""

    def ask(self, sql: str) -> list[dict[str, Any]]:
        """The rows that answer a SELECT (or the text of that name), each by column."""
        ...

    def keep(self, table: str, sql: str, view: bool = False) -> None:
        """The rows of a SELECT (or of the text of that name) under a name."""
        ...


class Spark:
    """A session on a Spark server that holds the closed cases of one log. Raises UsageError, ServiceError."""

    def __init__(self, url: str, engine: Engine) -> None:
        # Its remarks on the versions of other packages say nothing to whoever reads a log.
        warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession

        self._open_time = engine.open_time
        self.server, self._failure = _reached(url), PySparkException
        try:
            self._session: Any = SparkSession.builder.remote(url).getOrCreate()
            for name, sql in SENT.items():
                self._send(name, sql, engine)
            for name, sql in MADE:
                self.keep(name, sql)
        except PySparkException as error:
            raise self._refused(error) from None

    def ask(self, sql: str) -> list[dict[str, Any]]:
        """The rows that answer a SELECT (or the text of that name), each by column."""
        try:
            return [row.asDict() for row in self._session.sql(_text(sql, self._open_time)).collect()]
        except self._failure as error:
            raise self._refused(error) from None

    def keep(self, table: str, sql: str, view: bool = False) -> None:
        """The rows of a SELECT (or of the text of that name) under a name, counted once unless it is a view."""
        rows = self._session.sql(_text(sql, self._open_time))
        (rows if view else rows.localCheckpoint()).createOrReplaceTempView(table)

    def _send(self, name: str, sql: str, engine: Engine) -> None:
        whole = None
        for part in engine.arrow(sql, CHUNK):
            rows = self._session.createDataFrame(part) if part.num_rows else self._nothing(part.schema)
            whole = rows if whole is None else whole.union(rows)
        assert whole is not None  # an empty answer is one part without rows
        whole.localCheckpoint().createOrReplaceTempView(name)

    def _nothing(self, schema: Any) -> Any:
        columns = (f"CAST(NULL AS {_TYPES[str(field.type)]}) AS {field.name}" for field in schema)
        return self._session.sql(f"SELECT {', '.join(columns)} WHERE 1 = 0")

    def _refused(self, error: Exception) -> ServiceError:
        said = str(error)
        detail = _DETAILS.search(said)
        why = detail[1] if detail else next((line for line in said.splitlines() if line.strip()), "It said no more.")
        return ServiceError(
            f"Spark at {self.server} could not count the log.", why.strip()[:300],
            "See the server's own log, or leave --engine out: the embedded database counts the same.",
        )  # fmt: skip


def check(url: str | None) -> str:
    """The address of a server, where Spark can be asked at all. Raises UsageError, ServiceError."""
    if not url or parts_of(url, ("sc",)) is None:
        raise UsageError(
            "--engine spark needs the address of a Spark Connect server.", f"“{url}” is none." if url else "",
            f"Write --url sc://localhost:{PORT}",
        )  # fmt: skip
    if not all(_there(package) for package in ("pyspark", "grpc", "pyarrow", "pandas")):
        raise ServiceError("The Spark client is not installed.", "--engine spark asks by Spark Connect.", INSTALL)
    return url


def _there(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _reached(url: str) -> str:
    """The server without what stands behind its port (a token may). Raises ServiceError where nobody listens: Spark's
    own client would go on trying for minutes."""
    address = parts_of(url, ("sc",))
    host, port = (address.hostname, address.port or PORT) if address else (None, PORT)
    server = f"sc://{host}:{port}"
    try:
        socket.create_connection((host, port), PATIENCE).close()
    except OSError as error:
        raise ServiceError(
            f"Nobody answers at {server}.", str(error),
            "Start the server (start-connect-server.sh in Spark's sbin) or give its address with --url sc://HOST:PORT.",
        ) from None  # fmt: skip
    return server


def _text(sql: str, open_time: Callable[[str, str], str]) -> str:
    """A text with its times counted as the engine does."""
    return _OPEN.sub(lambda found: open_time(found[1], "clock"), sql if " " in sql else portable(sql))


def counter_of(name: str, url: str | None) -> Callable[[Engine], Counter] | None:
    """What counts: None for `duckdb`, the embedded database; for `spark` the server at an address.

    Raises UsageError, ServiceError before anything is read.
    """
    if name not in NAMES:
        raise UsageError(f"There is no engine “{name}”.", "", f"Take {' or '.join(NAMES)}.")
    if name != "spark":
        if url is not None:
            raise UsageError("--url is the address of a Spark server.", "The engine is duckdb.", "Add --engine spark.")
        return None
    checked = check(url)
    return lambda engine: Spark(checked, engine)
