"""A table on its way into the database: cells become numbers for cases, activities and hands, and stamps; start and
end rows become one event. What people are called leaves this room as a number only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from assistant.errors import UnreadableFile
from assistant.eventlog.clocks import read_odd, stamp_columns
from assistant.eventlog.columns import CLOCK_OF, ENDS, STARTS
from assistant.eventlog.engine import MONDAY, Engine, text
from assistant.eventlog.labels import plain_label
from assistant.eventlog.stamps import FAR, FIRST_YEAR, LAST_YEAR, Order, Way, way_of
from assistant.eventlog.stamps import SAMPLE as STAMPS
from assistant.intake.tables.scanned import quoted
from assistant.intake.tables.shapes import Cells
from assistant.process.figures import noun, plural

TIMES = ("complete", "start", "loaded")
MOST_ACTIVITIES = 200_000
CELL = 300
"""Characters of a cell; the rest is cut."""
_DATED = re.compile(r"[\s_-]+(date|time|date[ /_-]?time|time ?stamp|datum|zeit|at|on|dt|ts)$", re.I)
_SPACES = "chr(32) || chr(160)"
_YEARS = tuple((datetime(year, 1, 1, tzinfo=UTC) - MONDAY).total_seconds() for year in (FIRST_YEAR, LAST_YEAR))


class Raw(NamedTuple):
    """The cells of a table as the relation `raw` with columns c0, c1 …, and which of them stands for what."""

    header: tuple[str, ...]
    columns: Mapping[str, str]
    only: tuple[str, str] | None = None

    @property
    def table(self) -> str:
        """The rows that are taken, as a relation."""
        if self.only is None:
            return "raw"
        name, value = self.only
        return f"(SELECT * FROM raw WHERE lower(trim(c{self.header.index(name)})) = {quoted(value)}) raw"

    def cell(self, kind: str) -> str:
        """The column that stands for something, with its clock where that has a column; else an empty text."""
        if kind not in self.columns:
            return "''"
        cell, clock = f"c{self.header.index(self.columns[kind])}", CLOCK_OF.get(kind, "")
        if clock not in self.columns:
            return cell
        return f"trim(trim({cell}) || ' ' || trim(coalesce(c{self.header.index(self.columns[clock])}, '')))"

    @property
    def others(self) -> tuple[str, ...]:
        """The columns that stand for nothing."""
        return tuple(name for name in self.header if name not in self.columns.values())


def put_rows(engine: Engine, header: Sequence[str], rows: Iterable[Cells]) -> None:
    """The rows of a small table as the relation `raw`."""
    engine.fill("raw", ", ".join(f"c{at} VARCHAR" for at in range(len(header))), rows)


def put_long(engine: Engine, header: Sequence[str], case: str, wide: Sequence[str]) -> tuple[str, ...]:
    """One row a case turned into one row an event: each column of stamps is an activity. The new header."""
    rest = [name for name in header if name not in (case, *wide)]
    at = {name: f"c{place}" for place, name in enumerate(header)}
    kept = "".join(f", {at[name]} AS c{place}" for place, name in enumerate(rest, 3))
    parts = (
        f"SELECT {at[case]} AS c0, {quoted(label)} AS c1, {at[name]} AS c2{kept} FROM raw WHERE trim({at[name]}) <> ''"
        for name, label in zip(wide, _milestones(wide), strict=True)
    )
    engine.keep("long", " UNION ALL ".join(parts))
    engine.run("DROP VIEW IF EXISTS raw" if engine.is_view("raw") else "DROP TABLE raw")
    engine.run("ALTER TABLE long RENAME TO raw")
    return (case, "(name of the column)", "(cell of the column)", *rest)


def _milestones(names: Sequence[str]) -> list[str]:
    """What columns of stamps are called without the word that they are stamps: “Approved Date” is Approved."""
    short = [_DATED.sub("", name).strip(" _-") for name in names]
    return short if all(short) and len(set(short)) == len(short) else list(names)


def load(engine: Engine, raw: Raw, order: Order | None, file: str) -> list[str]:
    """The tables of a log from the relation `raw`: events, ids, spellings, activities, hands. Remarks on the reading.

    Raises UnreadableFile for more activities than any process has.
    """
    notes: list[str] = []
    ways = _ways(engine, raw, order)
    for numbers in {way.numbers for way in ways.values()} - {""}:
        notes.append(f"The stamps are numbers and were read as {numbers}.")
    engine.keep("words", _words(raw))
    _name_activities(engine, raw, file)
    engine.keep("hands", _named("kind > 0"))
    engine.keep("events", _events(raw, ways))
    for kind, way in ways.items():
        read_odd(engine, "events", kind, way)
    engine.keep("clocks", _doubts(raw, ways))
    _believe(engine)
    engine.keep(
        "ids",
        f"SELECT case_no, {clean('any_value(written)')} AS id FROM events WHERE case_no IS NOT NULL GROUP BY case_no",
    )
    if "lifecycle" in raw.columns:
        notes += _pair(engine, len(raw.others))
    for lost in ("written", "word", *(f"{kind}_odd" for kind in TIMES)):
        engine.run(f"ALTER TABLE events DROP COLUMN {lost}")
    engine.drop("words")
    return notes


def _ways(engine: Engine, raw: Raw, order: Order | None) -> dict[str, Way]:
    """One order of day and month for all columns of stamps; each its own kind of number."""
    texts = {
        kind: [str(row["cell"]) for row in engine.ask(
            f"SELECT coalesce(trim({raw.cell(kind)}), '') AS cell FROM {raw.table} LIMIT {STAMPS}"
        )]
        for kind in TIMES
        if kind in raw.columns
    }  # fmt: skip
    ways = {kind: way_of(cells, order) for kind, cells in texts.items()}
    together = way_of([cell for cells in texts.values() for cell in cells], order)
    return {kind: way._replace(days_first=together.days_first, shown=together.shown) for kind, way in ways.items()}


def _words(raw: Raw) -> str:
    """Each spelling of activities (kind 0), resources (1) and roles (2) with how often it is written."""
    parts = [
        f"coalesce({raw.cell(kind)}, '') AS w{at}" for at, kind in enumerate(("activity", "resource", "role"))
    ]  # fmt: skip
    return (
        "SELECT CASE sets WHEN 3 THEN 0 WHEN 5 THEN 1 ELSE 2 END AS kind, written, n, "
        f"{clean('written')} AS name FROM ("
        "SELECT coalesce(w0, w1, w2) AS written, GROUPING(w0, w1, w2) AS sets, count(*) AS n "
        f"FROM (SELECT {', '.join(parts)} FROM {raw.table}) GROUP BY GROUPING SETS ((w0), (w1), (w2)))"
    )


def clean(cell: str) -> str:
    """A cell on one line, without control characters: it is going to be shown on a screen."""
    return f"trim(regexp_replace(left({cell}, {CELL}), '[\\x00-\\x1f\\x7f-\\x{{9f}}]+', ' ', 'g'), {_SPACES})"


def _named(where: str) -> str:
    """Numbers for names, in the order of the names; what is empty has none."""
    return (
        "SELECT written, name, dense_rank() OVER (ORDER BY name) AS code FROM "
        f"(SELECT DISTINCT written, name FROM words WHERE {where} AND name <> '')"
    )


def _name_activities(engine: Engine, raw: Raw, file: str) -> None:
    """`spellings` (each with its label's number) and `activities` (each label with the spelling used most)."""
    count = engine.value("SELECT count(*) FROM words WHERE kind = 0 AND name <> ''")
    if count > MOST_ACTIVITIES:
        raise UnreadableFile(
            f"{file}: “{raw.columns['activity']}” holds {count:,} different activities.",
            f"No process has more than {MOST_ACTIVITIES:,}.", "Say with --activity which column says what was done.",
        )  # fmt: skip
    rows = engine.ask("SELECT written, name, n FROM words WHERE kind = 0 AND name <> '' ORDER BY written")
    used: dict[str, dict[str, int]] = {}
    for row in rows:
        spellings = used.setdefault(plain_label(row["name"]), {})
        spellings[row["name"]] = spellings.get(row["name"], 0) + row["n"]
    codes = {label: code for code, label in enumerate(sorted(used), 1)}
    numbers = {name: at for at, name in enumerate(sorted({row["name"] for row in rows}), 1)}
    engine.fill(
        "spellings", "written VARCHAR, name VARCHAR, spelling INTEGER, code INTEGER, n BIGINT",
        (
            (row["written"], row["name"], numbers[row["name"]], codes[plain_label(row["name"])], row["n"])
            for row in rows
        ),
    )  # fmt: skip
    engine.fill(
        "activities", "code INTEGER, label VARCHAR, name VARCHAR",
        ((codes[label], label, max(seen, key=lambda name: (seen[name], name))) for label, seen in used.items()),
    )  # fmt: skip


def _events(raw: Raw, ways: Mapping[str, Way]) -> str:
    """All rows as events, stamps read as far as SQL reads them."""
    cells = ", ".join(f"{raw.cell(kind)} AS {kind}_cell" for kind in ways)
    stamps = ", ".join(stamp_columns(kind, f"{kind}_cell", way) for kind, way in ways.items())
    none = "CAST(NULL AS DOUBLE) AS {0}, CAST(NULL AS INTEGER) AS {0}_shift, CAST(NULL AS VARCHAR) AS {0}_odd"
    times = ", ".join(
        f"{kind}_local - 60 * coalesce({kind}_shift, 0) AS {kind}, CAST({kind}_shift AS INTEGER) AS {kind}_shift, "
        f"CASE WHEN {kind}_local IS NULL THEN nullif(trim({kind}_text), '') END AS {kind}_odd"
        if kind in ways
        else none.format(kind)
        for kind in TIMES
    )
    others = "".join(f", c{raw.header.index(name)} AS o{at}" for at, name in enumerate(raw.others))
    kinds = ", ".join(f"{raw.cell(kind)} AS {kind}" for kind in ("activity", "resource", "role", "lifecycle"))
    case = f"trim(left({raw.cell('case')}, {CELL}), {_SPACES})"
    word = "coalesce(lower(trim(t.lifecycle)), '')" if "lifecycle" in raw.columns else "NULL"
    return (
        "SELECT nullif(t.written, '') AS written, "
        "CASE WHEN t.written <> '' THEN CAST(hash(t.written) >> 1 AS BIGINT) END "
        f"AS case_no, s.spelling, s.code AS activity, CAST(h.code AS INTEGER) AS resource, "
        f"CAST(r.code AS INTEGER) AS role, {times}{''.join(f', t.o{at}' for at in range(len(raw.others)))}, "
        f"{word} AS word "
        f"FROM (SELECT *, {stamps} FROM (SELECT {case} AS written, {kinds}, {cells}{others} FROM {raw.table})) t "
        "LEFT JOIN spellings s ON s.written = t.activity LEFT JOIN hands h ON h.written = t.resource "
        "LEFT JOIN hands r ON r.written = t.role"
    )


def _doubts(raw: Raw, ways: Mapping[str, Way]) -> str:
    """How many stamps there are, and how many could have day and month exchanged while nothing shows which is first."""
    unclear = [kind for kind in ("complete", "start") if kind in ways and not ways[kind].shown]
    swapped = " + ".join(_swapped(f"trim({raw.cell(kind)})") for kind in unclear) or "0"
    return (
        "SELECT (SELECT count(complete) + count(start) FROM events) AS n, 0 AS absurd, CAST([] AS VARCHAR[]) AS years, "
        + (f"(SELECT {swapped} FROM {raw.table}) AS swapped" if unclear else "0 AS swapped")
    )


def _swapped(cell: str) -> str:
    a, b = (
        f"TRY_CAST(regexp_extract({cell}, '^(\\d{{1,2}})[/-](\\d{{1,2}})[./-]\\d{{2}}', {at}) AS INTEGER)"
        for at in (1, 2)
    )
    return f"count(*) FILTER (WHERE {a} <> {b} AND {a} <= 12 AND {b} <= 12)"


def _believe(engine: Engine) -> None:
    """Stamps in years that cannot be are left out and counted: before 1980, after 2100, or more than ten years off
    nearly all others."""
    able = "SELECT unnest([complete, start]) AS stamp FROM events"
    first, last = _YEARS
    ends = engine.row(
        f"SELECT min(stamp) AS low, max(stamp) AS high FROM ({able}) WHERE stamp >= {first} AND stamp < {last}"
    )
    if ends["low"] is not None and ends["high"] - ends["low"] > FAR.total_seconds():
        usual = engine.row(
            f"SELECT quantile_disc(stamp, 0.02) AS low, quantile_disc(stamp, 0.98) AS high FROM ({able}) "
            f"WHERE stamp >= {first} AND stamp < {last}"
        )
        far = FAR.total_seconds()
        first, last = max(first, usual["low"] - far), min(last, usual["high"] + far)
    wrong = f"SELECT stamp FROM ({able}) WHERE stamp IS NOT NULL AND NOT (stamp >= {first} AND stamp < {last})"
    absurd = engine.value(f"SELECT count(*) FROM ({wrong})")
    if not absurd:
        return
    years = [row["year"] for row in engine.ask(
        f"SELECT DISTINCT CAST(year(make_timestamp(CAST((stamp + 345600) * 1e6 AS BIGINT))) AS VARCHAR) AS year "
        f"FROM ({wrong}) ORDER BY TRY_CAST(year AS INTEGER) LIMIT 3"
    )]  # fmt: skip
    engine.run("UPDATE clocks SET absurd = ?, years = ?", [absurd, years])
    for kind in ("complete", "start"):
        engine.run(
            f"UPDATE events SET {kind} = NULL, {kind}_shift = NULL WHERE NOT ({kind} >= {first} AND {kind} < {last})"
        )


def _pair(engine: Engine, others: int) -> list[str]:
    """Start and end rows of the same case and activity brought together in order of time, first in first out; `others`
    columns stand for nothing.

    A start with no end stays as an event with no end stamp; other transitions (assign, suspend) are left out.
    """
    starts, ends = (f"({', '.join(map(quoted, words))})" for words in (STARTS, (*ENDS, "")))
    if not engine.value(f"SELECT count(*) FROM events WHERE word IN ({', '.join(map(quoted, ENDS))})"):
        return []  # a column that tells something else
    left = engine.value(f"SELECT count(*) FROM events WHERE word NOT IN {starts} AND word NOT IN {ends}")
    engine.keep(
        "moves",
        f"SELECT *, rowid AS place, word IN {starts} AS begins FROM events WHERE word IN {starts} OR word IN {ends}",
    )
    said = [f"coalesce(nullif(trim(b.o{at}), ''), a.o{at}) AS o{at}" for at in range(others)]
    said += [f"coalesce(a.{who}, b.{who}) AS {who}" for who in ("resource", "role")]
    engine.keep("events", text("lifecycle").format(said=", ".join(said)))
    engine.drop("moves")
    notes = _moments(engine)
    if left:
        were = noun(left, "was", "were")
        notes.append(
            f"{plural(left, 'row')} {noun(left, 'is', 'are')} neither a start nor an end (assigned, suspended …) and "
            f"{were} left out: a pause counts as work."
        )
    return notes


def _moments(engine: Engine) -> list[str]:
    """Activities that are never recorded with a start, while others are, are moments: no work is done in them."""
    moments = (
        "SELECT activity FROM events WHERE activity IS NOT NULL GROUP BY activity HAVING count(start) = 0 "
        "AND count(complete) > 0"
    )
    if not engine.value("SELECT count(start) FROM events"):
        return []
    names = [row["name"] for row in engine.ask(f"SELECT name FROM activities WHERE code IN ({moments}) ORDER BY code")]
    if not names:
        return []
    engine.run(f"UPDATE events SET start = complete, start_shift = complete_shift WHERE activity IN ({moments})")
    named = ", ".join(f"“{name}”" for name in names[:6]) + (" …" if names[6:] else "")
    return [f"Never recorded with a start, and so taken as moments without work: {named}."]
