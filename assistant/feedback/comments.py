"""Comments in: a CSV or text file becomes comments with ids, bounded and untouched (quotes are cut from `raw`)."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.errors import UnreadableFile

TEXT_COLUMNS = ("comment", "text", "review", "message", "body")
ID_COLUMNS = ("id", "comment_id", "review_id", "key", "number")
DATE_COLUMNS = ("date", "created", "created_at", "timestamp", "time", "at")
MAX_BYTES = 500_000_000
MAX_COMMENT = 20_000
MAX_COMMENTS = 2_000_000


class Comment(NamedTuple):
    """One comment: its id, the words as they came, and the day if one was given (ISO date or empty)."""

    id: str
    raw: str
    day: str = ""


def read_comments(path: Path, column: str | None = None) -> list[Comment]:
    """The comments of a file: CSV with a text column, or one comment a line. Raises UnreadableFile."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(f"{path.name} has more than {MAX_BYTES:,} bytes.", remedy="Split it.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"There is no file {path}.", remedy="Check the name and the folder.") from None
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read.", str(error.strerror)) from None
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in data[:4000] and not wide:
        raise UnreadableFile(f"{path.name} is no text.", "It holds binary data.", "Export the comments as CSV.")
    text = _decode(data)
    if not text.strip():
        raise UnreadableFile(f"{path.name} is empty.", remedy="One comment a line, or a CSV with a column of comments.")
    found = _from_csv(text, path.name, column) if path.suffix.lower() in (".csv", ".tsv") else _from_lines(text)
    if not found:
        raise UnreadableFile(f"{path.name} holds no comment.", remedy="One comment a line, or a CSV with a column.")
    return found[:MAX_COMMENTS]


def _decode(data: bytes) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _from_lines(text: str) -> list[Comment]:
    return [Comment(str(n), line.strip()[:MAX_COMMENT]) for n, line in enumerate(text.splitlines(), 1) if line.strip()]


def _from_csv(text: str, name: str, column: str | None) -> list[Comment]:
    csv.field_size_limit(10_000_000)
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = "excel"
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), dialect=dialect)
        header = [str(field) for field in rows.fieldnames or []]
        chosen = _column(header, (column,) if column else TEXT_COLUMNS)
        if chosen is None:
            wanted = f"named {column!r}" if column else f"named one of {', '.join(TEXT_COLUMNS)}"
            raise UnreadableFile(
                f"{name} has no column {wanted}.", f"It has: {', '.join(header[:10])}.", "Name it with --column."
            )
        id_column, day_column = _column(header, ID_COLUMNS), _column(header, DATE_COLUMNS)
        return list(_comments(rows, chosen, id_column, day_column))
    except csv.Error as error:
        raise UnreadableFile(f"{name} is no CSV this program can read.", str(error)) from None


def _comments(
    rows: Iterable[dict[str, str]], chosen: str, id_column: str | None, day_column: str | None
) -> Iterable[Comment]:
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        raw = (row.get(chosen) or "")[:MAX_COMMENT]
        if not raw.strip():
            continue
        key = str(row.get(id_column) or number) if id_column else str(number)
        while key in seen:
            key += "'"
        seen.add(key)
        yield Comment(key, raw, _day(row.get(day_column) or "") if day_column else "")


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
