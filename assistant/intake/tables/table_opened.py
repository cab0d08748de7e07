"""The door: a path or bytes in, a table out; the kind is told by what the file holds, not by its name."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.intake.kinds import is_bpmn, tool_of
from assistant.intake.mail import is_mail
from assistant.intake.tables.shapes import KINDS, Bounds, Table
from assistant.intake.tables.streams import Source
from assistant.process.outline import is_outline

_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Excel or Office file (.xls)", "Save it as .xlsx or CSV."),
    (b"%PDF", "a PDF", "Export the table itself as CSV or .xlsx."),
    (b"BZh", "packed with bzip2", "Unpack it, or pack it with gzip."),
    (b"\xfd7zXZ", "packed with xz", "Unpack it, or pack it with gzip."),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", "Unpack it, or pack it with gzip."),
    (b"7z\xbc\xaf", "a packed archive (.7z)", "Unpack it first."),
    (b"Rar!", "a packed archive (.rar)", "Unpack it first."),
    (b"SQLite format 3", "a database", "Export the table as CSV."),
    (b"{\\rtf", "a rich text file (.rtf)", "Save the table in it as CSV or .xlsx."),
    (b"\x89PNG", "a picture", "Export the table itself as CSV or .xlsx."),
    (b"\xff\xd8\xff", "a picture", "Export the table itself as CSV or .xlsx."),
)


LARGE = 5_000_000
"""Bytes from which on the head of a file is looked at before the whole is read."""


def read_table(given: Path | bytes, bounds: Bounds | None = None, lines: bool = False) -> Table:
    """The table in a file (`-`: standard input) or in bytes; `lines`: a text has one cell a line and no header.

    Raises UnreadableFile, naming what it is instead.
    """
    bounds = bounds or Bounds()
    source = Source(given, bounds.size)
    return _reader(source, bounds, lines)


def first_rows(given: Path, bounds: Bounds, rows: int, lines: bool = False) -> Table | None:
    """The first rows of a large file, so that one of another kind is refused before all of it is read; of a file that
    is quick to read, or of standard input, None. Raises UnreadableFile as `read_table`."""
    try:
        large = given != Path("-") and given.stat().st_size > LARGE
    except OSError:
        return None
    return read_table(given, bounds._replace(rows=rows), lines) if large else None


def _reader(source: Source, bounds: Bounds, lines: bool) -> Table:
    head = source.head
    for magic, what, remedy in _OTHERS:
        if head.startswith(magic):
            raise UnreadableFile(f"{source.name} is {what}, not a table.", f"Read are {KINDS}.", remedy)
    if head.startswith(b"PK\x03\x04"):
        from assistant.intake.tables.workbook import read_workbook

        return read_workbook(source, bounds)
    if head.startswith(b"PAR1"):
        from assistant.intake.tables.parquet import read_parquet

        return read_parquet(source, bounds)
    refuse_others(source, lines)
    start = text_start(head)
    if lines:
        from assistant.intake.tables.separated import read_lines

        return read_lines(source, bounds)
    if start.startswith(("<?xml", "<log")):
        from assistant.intake.tables.xes import read_xes

        return read_xes(source, bounds)
    from assistant.intake.tables.separated import read_separated

    return read_separated(source, bounds)


def refuse_others(source: Source, lines: bool = False) -> None:
    """Raises UnreadableFile for a text that is no table, naming what it is."""
    other = _other_kind(text_start(source.head), lines)
    if other is not None:
        raise UnreadableFile(f"{source.name} is {other[0]}, not a table.", f"Read are {KINDS}.", other[1])


def _other_kind(start: str, lines: bool) -> tuple[str, str] | None:
    """What a text is that is no table, and what to do; a text of `lines` may hold marks and braces of its own."""
    low = start[:400].lower()
    if low.startswith(("<!doctype html", "<html", "<head", "<table")):
        return "a web page", "Open it in Excel and save it as CSV."
    if low.startswith("<") and (tool := tool_of(start)):
        return f"a drawing of {tool}", "Export the table itself as CSV."
    if is_bpmn(start) or (low.startswith("{") and '"process/' in low) or is_outline(start):
        return "a process", "Export comments or events as CSV; for a process use `assistant check`."
    if lines:
        return None
    if low.startswith(("{", "[{")):
        return "JSON", "Export it as CSV."
    return ("a mail", "Save the table in it as CSV.") if is_mail(start) else None


def text_start(head: bytes) -> str:
    """The first characters without a byte order mark, the zeros of UTF-16, and white space."""
    return head[:8000].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip().decode("ascii", "ignore")
