"""Comments in: a table, JSON lines, a text or mail becomes comments with ids, bounded and untouched.

Quotes are cut from `raw`, so what was read stays as it came; what was not said by the customer is left out only where
words are counted (`spoken`).
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.english.alike import stem
from assistant.errors import UnreadableFile
from assistant.feedback.mailbox import MAIL, from_folder, from_mail, from_mbox, is_mbox
from assistant.feedback.segments import joined
from assistant.feedback.shapes import BOUNDS, Comment, Read
from assistant.intake.loading import load
from assistant.intake.tables.header import LOOKED_AT
from assistant.intake.tables.separated import Lines, encodings
from assistant.intake.tables.shapes import Table
from assistant.intake.tables.streams import Source
from assistant.intake.tables.table_opened import first_rows, read_table, refuse_others, text_start
from assistant.process.figures import in_quotes

TEXT_COLUMNS = ("comment", "comments", "text", "review", "message", "body", "feedback", "review_text", "content",
                "kommentar", "bewertung", "nachricht")  # fmt: skip
ID_COLUMNS = ("id", "comment_id", "review_id", "key", "number", "nummer")
OTHER_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("date", "created", "created_at", "timestamp", "time", "at", "datum", "submitted", "received"),
    "rating": ("rating", "stars", "score", "nps", "csat", "sterne", "note", "review_rating", "satisfaction"),
    "channel": ("channel", "source", "kanal", "medium", "origin"),
    "customer": ("customer", "customer_id", "user_id", "client", "account", "kunde", "kundennummer", "contact_id"),
}
SEGMENT_COLUMNS = ("segment", "customer_segment", "tier", "product", "plan", "region", "country", "branch", "tenure",
                   "customer_type", "value", "customer_value", "lifetime_value", "clv", "churn", "churned")  # fmt: skip
LINES = (".txt", ".md", ".text", "")
MOST_LIST = 50_000_000
"""Bytes of a JSON list at most, which can only be read as a whole; one object a line is read line by line."""


def read_comments(path: Path, column: str | None = None) -> list[Comment]:
    """The comments of a file or folder. Raises UnreadableFile."""
    return read_feedback(path, column).comments


def read_feedback(path: Path, column: str | None = None) -> Read:
    """The comments of a table with a column of text (CSV, Excel, Parquet), JSON lines or a JSON list, a text with one
    comment a line, mail (one file, an mbox, a folder or a Maildir); also gzipped. Raises UnreadableFile."""
    if path.is_fifo():
        return _piped(path, column)
    if path.is_dir():
        found = from_folder(path)
    elif path.suffix.lower() in MAIL:
        found = Read([from_mail(path, path.stem)])
    elif is_mbox(path):
        found = from_mbox(path, path.name)
    elif _is_json(path):
        found = _from_records(_json_rows(path), path.name, column)
    else:
        lines = path.suffix.lower() in LINES
        bounds = BOUNDS._replace(free=(_plain(column),) if column else TEXT_COLUMNS)
        head = first_rows(path, bounds, LOOKED_AT, lines)
        if head is not None and head.kind != "lines":
            _text_column(head.header, path.name, column)
        table = read_table(path, bounds, lines)
        found = _from_lines(table, path.name) if table.kind == "lines" else _from_table(table, path.name, column)
    if not found.comments:
        raise UnreadableFile(f"{path.name} holds no comment.", remedy="One comment a line, or a CSV with a column.")
    return found


def _piped(path: Path, column: str | None) -> Read:
    """What somebody writes to a pipe, as a file: it can be read once, and what it is shows in it."""
    data = load(path, BOUNDS.size)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, path.name)
        copy.write_bytes(data)
        return read_feedback(copy, column)


def own_id(source: str, row: int, raw: str) -> str:
    """The id of a comment that came without one: its file, its row (counted from 1) and eight digits of its hash, so
    that another file or a changed comment never has the same."""
    return f"{source}:{row}:{hashlib.blake2s(raw.encode('utf-8', 'replace'), digest_size=4).hexdigest()}"


def _from_lines(table: Table, name: str) -> Read:
    lines = [(number, line.strip()) for number, (line,) in enumerate(table.rows, 1) if line.strip()]
    found = [Comment(own_id(name, number, line), line) for number, line in lines]
    return Read(found, len(table.rows) - len(found), table.notes)


def _text_column(header: Sequence[str], name: str, column: str | None) -> str:
    """The column with the comments. Raises UnreadableFile when there is none."""
    chosen = _column(header, (column,) if column else TEXT_COLUMNS)
    if chosen is None:
        wanted = f"named {column!r}" if column else f"named one of {', '.join(TEXT_COLUMNS)}"
        raise UnreadableFile(
            f"{name} has no column {wanted}.",
            f"The line with the names of its columns has: {', '.join(map(in_quotes, header[:10]))}.",
            "Name it with --column.",
        )
    return chosen


def _from_table(table: Table, name: str, column: str | None) -> Read:
    chosen = _text_column(table.header, name, column)
    at = table.header.index(chosen)
    id_column = _column(table.header, ID_COLUMNS)
    others = {
        key: _column([header for header in table.header if header != chosen], names)
        for key, names in OTHER_COLUMNS.items()
    }
    id_at = table.header.index(id_column) if id_column is not None else None
    places = [(key, table.header.index(column)) for key, column in others.items() if column is not None]
    parts = [(number, header) for number, header in enumerate(table.header) if header != chosen and _plain(header) in
             SEGMENT_COLUMNS]  # fmt: skip
    found = Read(list(_rows(table.rows, name, at, id_at, places, parts)), 0, table.notes)
    return found._replace(empty=len(table.rows) - len(found.comments))


def _rows(
    rows: Sequence[Sequence[str]],
    name: str,
    at: int,
    id_at: int | None,
    places: Sequence[tuple[str, int]],
    parts: Sequence[tuple[int, str]],
) -> Iterator[Comment]:
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        raw = row[at]
        if not raw or raw.isspace():
            continue
        key = (row[id_at] if id_at is not None else "") or own_id(name, number, raw)
        while key in seen:
            key += "'"
        seen.add(key)
        if not places and not parts:
            yield Comment(key, raw)
            continue
        more = {what: row[place].strip()[:200] for what, place in places}
        if parts:
            more["segment"] = joined([(header.strip(), row[place].strip()[:200]) for place, header in parts])
        if "day" in more:
            more["day"] = _day(more["day"])
        yield Comment(key, raw, **more)


def _is_json(path: Path) -> bool:
    return path.name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson", ".json"))


def _json_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of JSON lines one by one, so that only their text is kept, or of a JSON list. Raises
    UnreadableFile."""
    source = Source(path, BOUNDS.size)
    refuse_others(source, lines=True)
    listed = text_start(source.head).startswith("[")
    if listed:
        source = Source(path, MOST_LIST)
    try:
        with source.open() as raw, io.TextIOWrapper(raw, encoding=encodings(source.head)[0], errors="replace") as text:
            lines = (line for line in Lines(source.name, text, BOUNDS.line) if line.strip())
            rows = json.load(text) if listed else map(json.loads, lines)
            for row in itertools.islice(rows, BOUNDS.rows + 1):
                yield row if isinstance(row, dict) else {"comment": row}
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{path.name} is no JSON lines this program can read.", f"{error}."[:200]) from None


def _from_records(rows: Iterator[dict[str, Any]], name: str, column: str | None) -> Read:
    head = list(itertools.islice(rows, 1000))
    header = tuple(dict.fromkeys(str(key) for row in head for key in row))[: BOUNDS.columns]
    every = itertools.chain(head, rows)
    cells = tuple(tuple(_cell(row.get(key)) for key in header) for row in itertools.islice(every, BOUNDS.rows))
    more = next(every, None) is not None
    notes = (f"Only the first {BOUNDS.rows:,} rows were read.",) if more else ()
    return _from_table(Table("JSON", header, cells, notes), name, column)


def _cell(value: Any) -> str:
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    return text[: BOUNDS.cell]


def _column(header: Sequence[str], wanted: Sequence[str]) -> str | None:
    plain = {_plain(name): name for name in header}
    return next((plain[key] for key in map(_plain, wanted) if key in plain), None)


def _plain(name: str) -> str:
    """The name of a column as it is compared."""
    return name.strip().lower().replace(" ", "_")


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_FIRST = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")


def _day(text: str) -> str:
    found = _ISO.search(text)
    if found:
        return found.group()
    german = _DAY_FIRST.search(text)
    return f"{german[3]}-{int(german[2]):02}-{int(german[1]):02}" if german else ""


_DOUBLED = re.compile(r"([^\w\s])\1+")
_MARKS = re.compile(r"[.,;:!?\"'’“”()\[\]-]+")


def plain_key(raw: str) -> str:
    """What two comments share when they say the same: case, spaces and doubled marks aside; emoji stay."""
    text = (raw if raw.isascii() else unicodedata.normalize("NFKC", raw)).casefold()
    return " ".join(_MARKS.sub(" ", _DOUBLED.sub(r"\1", text)).split()) or " ".join(raw.split())


def near_key(raw: str) -> str:
    """What two comments share when they say nearly the same: the stems of their words, in whatever order or number."""
    words = plain_key(raw).split()
    return " ".join(sorted({stem(word) for word in words if not word.isdigit()})) or " ".join(words)
