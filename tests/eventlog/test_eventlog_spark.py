"""The SQL texts on Spark: where one can be started here the answers are compared; everywhere, what only DuckDB knows is
kept out of the texts."""

# ruff: noqa: E501 - rows of a table read better in one line
from __future__ import annotations

import hashlib
import importlib.util
import json
import random
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from assistant.cli.main import main
from assistant.eventlog.engine import portable, text

CHAIN = (
    ("timed", "SELECT case_no, activity, resource, role, complete, start, clock, 0 AS usual FROM events"),
    ("ordered", ""), ("arrived", "SELECT min(coalesce(began, done) + 60 * clock) AS since FROM ordered GROUP BY case_no"), ("kept", "SELECT * FROM ordered"), ("spans", "cases"), ("still_open", "SELECT case_no FROM spans WHERE 1 = 0"),
    ("planned", "SELECT code FROM activities WHERE 1 = 0"), ("gone", "ways_gone"), ("ways", "SELECT * FROM gone"),
    ("way_steps", ""), ("ways_again", ""),
    ("ways", "SELECT gone.signature, gone.cases, gone.example, gone.way_no, way, again FROM gone JOIN ways_again ON gone.way_no = ways_again.way_no"),
    ("union_of_work", ""), ("cases", "closed"), ("gaps", ""), ("latencies", ""),
    ("grouped", "SELECT cases.*, '' AS segment FROM cases"),
)  # fmt: skip
QUESTIONS = (
    "repeated", "pairs_checked", "usual", "within", "followed", "endings", "steps", "pairs", "ways", "back_and_forth", "arrivals", "load",
    "figures", "figures_of_hands", "beside",
)  # fmt: skip
NEEDS_SPARK = pytest.mark.skipif(
    any(importlib.util.find_spec(package) is None for package in ("pyspark", "grpc", "pyarrow"))
    or shutil.which("java") is None,
    reason="no local Spark: it needs pyspark[connect] and Java",
)
SERVER = """
import sys
from pyspark.sql import SparkSession
made = SparkSession.builder.remote("local[1]").getOrCreate()
print("ready", flush=True)
sys.stdin.read()
"""
NOT_IN_SPARK = (
    r"\b(quantile_cont|quantile_disc|string_agg|list|unnest|arg_max|arg_min|epoch|strftime|exclude|asof|rowid)\b|::"
)


def events() -> list[tuple[Any, ...]]:
    draw, found = random.Random(8), []
    for case in range(1, 90):
        at = 3_000_000.0 + 3_601.0 * case
        for _ in range(draw.randrange(2, 9)):
            start = at + draw.randrange(-200, 9_000)
            at = start + draw.randrange(1, 4_000)
            resource = draw.choice([None, 1, 2, 3])
            found.append((case, draw.randrange(1, 6), resource, draw.choice([None, 4, 5]), at, start, 60))
    return found


def hashed(rows: list[tuple[Any, ...]]) -> str:
    """One hash of all rows, numbers to six digits, in an order of their own."""
    plain = sorted(
        "|".join(
            f"{float(cell):.6g}" if isinstance(cell, int | float) and not isinstance(cell, bool) else str(cell)
            for cell in row
        )
        for row in rows
    )
    return hashlib.sha256("\n".join(plain).encode()).hexdigest()


def asked(
    keep: Callable[[str, str], None], ask: Callable[[str], list[tuple[Any, ...]]], words: Callable[[str], str]
) -> dict[str, str]:
    for table, sql in CHAIN:
        keep(table, sql if " " in sql else words(sql or table))
    return {question: hashed(ask(words(question))) for question in QUESTIONS}


NAMES = "(1, 'a', 'A'), (2, 'b', 'B'), (3, 'c', 'C'), (4, 'd', 'D'), (5, 'e', 'E')"
HANDS = "(1, 'ann'), (2, 'bob'), (3, 'cy'), (4, 'Desk'), (5, 'Risk')"
COLUMNS = "case_no BIGINT, activity INT, resource INT, role INT, complete DOUBLE, start DOUBLE, clock INT"


def plain(name: str) -> str:
    return re.sub(r"open_time\((.*?), clock\)", r"\1", portable(name))


def by_duckdb() -> dict[str, str]:
    import duckdb

    base = duckdb.connect()
    base.execute(f"CREATE TABLE events ({COLUMNS}); CREATE MACRO xxhash64(a) AS hash(a)")
    base.execute("CREATE MACRO open_time(t, clock) AS t")
    base.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", events())
    base.execute(f"CREATE TABLE activities AS SELECT * FROM (VALUES {NAMES}) t(code, label, name)")
    base.execute(f"CREATE TABLE hands AS SELECT * FROM (VALUES {HANDS}) t(code, name)")
    return asked(
        lambda table, sql: base.execute(f"CREATE OR REPLACE TABLE {table} AS {sql}") and None,
        lambda sql: base.execute(sql).fetchall(), text,
    )  # fmt: skip


def test_the_texts_use_no_word_that_spark_does_not_know() -> None:
    names = {sql or table for table, sql in CHAIN if " " not in sql} | set(QUESTIONS)
    for name in names:
        words = re.sub(r"--.*", "", portable(name))
        assert not re.search(NOT_IN_SPARK, words, re.IGNORECASE), name


@NEEDS_SPARK
def test_spark_answers_as_the_embedded_database_does(tmp_path) -> None:
    from pyspark.sql import SparkSession

    made = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    made = made.config("spark.sql.shuffle.partitions", "1").config("spark.sql.warehouse.dir", str(tmp_path))
    spark = made.getOrCreate()
    try:
        spark.createDataFrame(events(), COLUMNS).createOrReplaceTempView("events")
        spark.sql(f"SELECT * FROM (VALUES {NAMES}) t(code, label, name)").createOrReplaceTempView("activities")
        spark.sql(f"SELECT * FROM (VALUES {HANDS}) t(code, name)").createOrReplaceTempView("hands")

        def keep(table: str, sql: str) -> None:
            spark.sql(sql).localCheckpoint().createOrReplaceTempView(table)

        got = asked(keep, lambda sql: [tuple(row) for row in spark.sql(sql).collect()], plain)
    finally:
        spark.stop()
    assert got == by_duckdb()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--engine", "spark"], "--url sc://localhost:15002"),
        (["--engine", "spark", "--url", "http://localhost"], "“http://localhost” is none"),
        (["--engine", "polars"], "Take duckdb or spark"),
        (["--url", "sc://localhost"], "Add --engine spark"),
    ],
)
def test_engines_that_are_not_there_are_refused_before_anything_is_read(options, says, capsys) -> None:
    assert main(["log", "not-there.csv", *options]) == 2
    assert says in capsys.readouterr().err


def test_no_server_or_no_client_is_said_with_what_to_do(tmp_path, capsys) -> None:
    log = tmp_path / "log.csv"
    log.write_text("case,activity,complete\n1,A,2026-01-05 10:00\n")
    with socket.socket() as closed:
        closed.bind(("localhost", 0))
        url = f"sc://localhost:{closed.getsockname()[1]}/;token=secret"
    assert main(["log", str(log), "--engine", "spark", "--url", url]) == 3
    said = capsys.readouterr().err
    assert "pip install" in said or "start-connect-server" in said
    assert "secret" not in said


@NEEDS_SPARK
def test_a_log_counted_by_a_server_says_the_same(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("SPARK_CONNECT_AUTHENTICATE_TOKEN", "for-this-test")
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path))
    settings = ("spark.sql.shuffle.partitions 1", "spark.ui.enabled false", "spark.ui.showConsoleProgress false")
    (tmp_path / "spark-defaults.conf").write_text("\n".join(settings))
    log = tmp_path / "log.csv"
    rows = [
        f"C{case},{'ABCDE'[activity - 1]},{stamp(start)},{stamp(done)},Ann {who},{'Desk' if role == 4 else ''}"
        for case, activity, who, role, done, start, _ in events()
        if start <= done
    ]
    log.write_text("\n".join(["case,activity,start,complete,resource,role", *rows]))
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout
            assert server.stdout.readline().strip() == "ready"
            told = []
            for options in ([], ["--engine", "spark", "--url", "sc://localhost:15002"]):
                main(["log", str(log), "--json", *options])
                told.append(rounded(json.loads(capsys.readouterr().out)))
        finally:
            _let_go()
            server.communicate("")
    assert told[0] == told[1]


def _let_go() -> None:
    """The client's session ended while its server is there: else it asks for minutes, at the end of all tests, for one
    that is gone."""
    from pyspark.sql.connect.session import SparkSession

    if (session := SparkSession.getActiveSession()) is not None:
        session.stop()


def stamp(seconds: float) -> str:
    return f"{datetime(2026, 1, 5) + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S}"


def rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: rounded(item) for name, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value
