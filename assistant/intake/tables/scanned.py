"""A large separated text or Parquet file as a relation of an embedded database: it is not taken into memory.

The same rules as for a small one say where the header is and what separates cells; a file on which the database
stumbles (a quote never closed, rows of different length) is read by the small one's reader, as far as its bounds go.
"""

from __future__ import annotations

import codecs
import itertools
import shutil
from pathlib import Path
from typing import NamedTuple

from assistant.intake.tables.header import names_of
from assistant.intake.tables.separated import Layout, layout
from assistant.intake.tables.shapes import Bounds, Cells
from assistant.intake.tables.streams import Source

LARGEST = 40_000_000_000
"""Bytes of a file that is read as a relation."""


class Scan(NamedTuple):
    """A relation: its kind, the names of its columns, the SQL that yields them as text (c0, c1 …), and remarks."""

    kind: str
    header: Cells
    sql: str
    notes: tuple[str, ...] = ()


def scanned(path: Path, bounds: Bounds, folder: Path) -> Scan | None:
    """The relation in a file; None where it must be read otherwise (a workbook, XES). `folder`: where a packed file is
    unpacked to, within the bounds. Raises UnreadableFile."""
    source = Source(path, LARGEST)
    if source.zipped:
        source = Source(path, bounds.size)
    if source.head.startswith(b"PAR1"):
        return _parquet(_plain(source, path, folder, None), source.name, bounds)
    if source.head.startswith(b"PK") or source.head[:400].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t").startswith(b"<"):
        return None
    told = layout(source, bounds)
    return _separated(_plain(source, path, folder, told.encoding), told) if told else None


def _plain(source: Source, path: Path, folder: Path, encoding: str | None) -> Path:
    """The file, or a copy without gzip and in UTF-8 where it is not so; a name with * or ? would be taken for many."""
    strange = any(sign in str(path) for sign in "*?[")
    recoded = encoding is not None and not encoding.startswith("utf-8")
    if not (source.zipped or recoded or strange):
        return path
    copy = folder / "table"
    with source.open() as file, copy.open("wb") as out:
        if recoded and encoding is not None:
            decoder = codecs.getincrementaldecoder(encoding)("replace")
            while data := file.read(1 << 20):
                out.write(decoder.decode(data).encode())
        else:
            shutil.copyfileobj(file, out)
    return copy


def _separated(path: Path, told: Layout) -> Scan:
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(told.header)))
    mark = {"\t": "\\t"}.get(told.separator, told.separator)
    quote = "'\"'" if told.quotes else "''"
    escape = ("'\\'" if told.backslash else "'\"'") if told.quotes else "''"
    sql = (
        f"SELECT * FROM read_csv({quoted(str(path))}, auto_detect=false, header=false, skip={told.skip}, "
        f"columns={{{columns}}}, delim={quoted(mark)}, quote={quote}, escape={escape}, max_line_size=4000000)"
    )
    return Scan("CSV", told.header, sql, told.notes)


def _parquet(path: Path, name: str, bounds: Bounds) -> Scan | None:
    import duckdb

    try:
        with duckdb.connect(":memory:") as base:
            columns = base.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error:
        return None
    names = names_of([str(column[0]) for column in columns], name, bounds.columns)
    cells = ", ".join(
        f'CAST("{str(column[0]).replace(chr(34), chr(34) * 2)}" AS VARCHAR) AS c{at}'
        for at, column in zip(itertools.count(), columns)
    )
    return Scan("Parquet", names, f"SELECT {cells} FROM read_parquet({quoted(str(path))})")


def quoted(words: str) -> str:
    """A text as SQL writes it."""
    return "'" + words.replace("'", "''") + "'"
