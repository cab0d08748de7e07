"""Stamps read in SQL: the common ways of writing one. What is written otherwise is read by `stamps.read_stamp`, each
text once, so that both read the same."""

from __future__ import annotations

from assistant.eventlog.engine import MONDAY, Engine
from assistant.eventlog.stamps import Stamp, Way, read_stamp

_CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d"
_ISO = rf"[12]\d{{3}}-\d\d-\d\d([T ]{_CLOCK}([.]\d{{1,9}})?)?(Z|[+-]\d\d:?\d\d)?)?"
_PARTS = rf"\d{{1,2}}[./-]\d{{1,2}}[./-][12]\d{{3}}( {_CLOCK})?)?"
_HALF = r"\d{1,2}[./-]\d{1,2}[./-][12]\d{3} \d{1,2}:[0-5]\d(:[0-5]\d)? ?[AaPp][Mm]"
_NUMBER = r"\d{1,13}([.,]\d{1,12})?"
_ZONE = r".*[+-]\d\d:?\d\d"
_MONDAY = int(MONDAY.timestamp()) * 1_000_000
_EPOCHS = {"seconds since 1970": 1, "milliseconds since 1970": 1000}


def stamp_columns(kind: str, cell: str, way: Way) -> str:
    """The columns of a stamp in SQL: `kind_local` in seconds by the clock that wrote it, `kind_shift` that clock's
    minutes ahead of UTC (NULL: none was written), `kind_odd` the text that is to be read otherwise."""
    date = "%d.%m.%Y" if way.days_first else "%m.%d.%Y"
    whole, half = ([f"{date}{clock}" for clock in clocks] for clocks in (
        (" %H:%M:%S", " %H:%M", ""), (" %I:%M:%S %p", " %I:%M %p", " %I:%M:%S%p", " %I:%M%p"),
    ))  # fmt: skip
    told = f"trim({cell})"
    dotted = f"translate({told}, '/-', '..')"
    number = f"regexp_full_match({told}, '{_NUMBER}')"
    read = [
        f"WHEN regexp_full_match({told}, '{_ISO}') THEN epoch_us(TRY_CAST({told} AS TIMESTAMP))",
        f"WHEN regexp_full_match({told}, '{_PARTS}') THEN epoch_us(try_strptime({dotted}, {whole}))",
        f"WHEN regexp_full_match({told}, '{_HALF}') THEN epoch_us(try_strptime({dotted}, {half}))",
    ]
    shift = [
        f"WHEN length({told}) < 17 OR length({told}) = 19 THEN NULL",
        f"WHEN right({told}, 1) = 'Z' THEN 0",
        f"WHEN regexp_full_match({told}, '{_ZONE}') THEN CAST(replace({told}, ':', '')[-5] || '1' AS INTEGER) * "
        f"(60 * CAST(replace({told}, ':', '')[-4:-3] AS INTEGER) + CAST({told}[-2:] AS INTEGER))",
    ]
    if way.numbers:
        scale = _EPOCHS.get(way.numbers, 0)
        value = f"CAST(least(CAST(replace({told}, ',', '.') AS DOUBLE) / {scale or 1}, 1e10) * 1e6 AS BIGINT)"
        read.insert(0, f"WHEN {number} THEN {value if scale else 'NULL'}")
        shift.insert(0, f"WHEN {number} THEN {0 if scale else 'NULL'}")
    usual = f"{cell} LIKE '____-__-__ __:__:__' AND {cell}[12:13] <> '24'"
    read.insert(0, f"WHEN {usual} THEN epoch_us(TRY_CAST({cell} AS TIMESTAMP))")
    shift.insert(0, f"WHEN {usual} THEN NULL")
    local = f"CASE {' '.join(read)} END"
    ahead = f"CASE {' '.join(shift)} END"
    return f"({local} - {_MONDAY}) / 1e6 AS {kind}_local, {ahead} AS {kind}_shift, {cell} AS {kind}_text"


def read_odd(engine: Engine, table: str, kind: str, way: Way) -> None:
    """Fill in the stamps of a table that SQL did not read: each text once, by the rules for single stamps."""
    odd = f"SELECT DISTINCT {kind}_odd FROM {table} WHERE {kind}_odd IS NOT NULL"
    if engine.value(f"SELECT 1 FROM {table} WHERE {kind}_odd IS NOT NULL LIMIT 1") is None:
        return
    rows = (
        (written, *_numbers(stamp))
        for part in engine.parts(odd)
        for (written,) in part
        if (stamp := read_stamp(written, way.days_first, way.numbers))
    )
    engine.fill("odd", "written VARCHAR, stamp DOUBLE, shift INTEGER", rows)
    engine.run(
        f"UPDATE {table} SET {kind} = odd.stamp, {kind}_shift = odd.shift FROM odd WHERE {kind}_odd = odd.written"
    )
    engine.drop("odd")


def _numbers(stamp: Stamp) -> tuple[float, int | None]:
    """Seconds since that Monday and the minutes the clock was ahead of UTC (None where no zone was written)."""
    ahead = stamp.at.utcoffset() if stamp.zoned else None
    seconds = (stamp.at.replace(tzinfo=None) - MONDAY.replace(tzinfo=None)).total_seconds()
    return seconds - (ahead.total_seconds() if ahead else 0.0), round(
        ahead.total_seconds() / 60
    ) if ahead is not None else None
