"""Comments in: a CSV or text file becomes comments with ids, bounded and untouched (quotes are cut from `raw`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.errors import UnreadableFile
from assistant.intake.tables.door import read_table
from assistant.intake.tables.shapes import Bounds, Table

TEXT_COLUMNS = ("comment", "text", "review", "message", "body", "kommentar", "bewertung", "nachricht")
ID_COLUMNS = ("id", "comment_id", "review_id", "key", "number", "nummer")
DATE_COLUMNS = ("date", "created", "created_at", "timestamp", "time", "at", "datum")
BOUNDS = Bounds(rows=2_000_000, cell=20_000)
LINES = (".txt", ".md", ".text", "")


class Comment(NamedTuple):
    """One comment: its id, the words as they came, and the day if one was given (ISO date or empty)."""

    id: str
    raw: str
    day: str = ""


def read_comments(path: Path, column: str | None = None) -> list[Comment]:
    """The comments of a file: a table with a column of text (CSV, Excel, Parquet; also gzipped), or a text with one
    comment a line. Raises UnreadableFile."""
    plain = path.suffix.lower() in LINES
    table = read_table(path, BOUNDS, lines=plain)
    found = list(_from_table(table, path.name, column) if table.kind != "lines" else _from_lines(table))
    if not found:
        raise UnreadableFile(f"{path.name} holds no comment.", remedy="One comment a line, or a CSV with a column.")
    return found


def _from_lines(table: Table) -> Iterator[Comment]:
    for number, (line,) in enumerate(table.rows, 1):
        if line.strip():
            yield Comment(str(number), line.strip())


def _from_table(table: Table, name: str, column: str | None) -> Iterator[Comment]:
    chosen = _column(table.header, (column,) if column else TEXT_COLUMNS)
    if chosen is None:
        wanted = f"named {column!r}" if column else f"named one of {', '.join(TEXT_COLUMNS)}"
        raise UnreadableFile(
            f"{name} has no column {wanted}.", f"It has: {', '.join(table.header[:10])}.", "Name it with --column."
        )
    id_column, day_column = _column(table.header, ID_COLUMNS), _column(table.header, DATE_COLUMNS)
    places = [None if key is None else table.header.index(key) for key in (chosen, id_column, day_column)]
    seen: set[str] = set()
    for number, row in enumerate(table.rows, 1):
        raw, given, day = ("" if place is None else row[place] for place in places)
        if not raw.strip():
            continue
        key = given or str(number)
        while key in seen:
            key += "'"
        seen.add(key)
        yield Comment(key, raw, _day(day))


def _column(header: Sequence[str], wanted: Sequence[str]) -> str | None:
    plain = {name.strip().lower(): name for name in header}
    return next((plain[name.lower()] for name in wanted if name.lower() in plain), None)


def _day(text: str) -> str:
    found = re.search(r"\d{4}-\d{2}-\d{2}", text)
    return found.group() if found else ""


def plain_key(raw: str) -> str:
    """What two comments share when they say the same: case, spaces and doubled marks aside; emoji stay."""
    text = unicodedata.normalize("NFKC", raw).casefold()
    text = re.sub(r"([^\w\s])\1+", r"\1", text)
    return " ".join(re.sub(r"[.,;:!?\"'’“”()\[\]-]+", " ", text).split()) or " ".join(raw.split())
