"""A table as read, and how much of one is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

Cells = tuple[str, ...]
KINDS = "CSV, Excel (.xlsx), Parquet or XES, each also as .gz"


class Bounds(NamedTuple):
    """How much is read: bytes (also after unpacking), rows, columns, characters of a cell (the rest is cut), and
    characters of a line (a longer one is no table). `free` are names of columns (in lower case) of free text, in which
    people leave the separator unquoted: such a cell is put together again, and such a column may stand alone."""

    size: int = 300_000_000
    rows: int = 1_000_000
    columns: int = 200
    cell: int = 20_000
    line: int = 1_000_000
    free: Cells = ()


class Table(NamedTuple):
    """A table: its kind, the names of its columns (none twice), its rows (as long as the header), and remarks.

    `decimal` is the mark its numbers have, "." or ",".
    """

    kind: str
    header: Cells
    rows: tuple[Cells, ...]
    notes: tuple[str, ...] = ()
    decimal: str = "."

    def column(self, name: str) -> Iterator[str]:
        """The cells of a column. Raises ValueError for one that is not there."""
        at = self.header.index(name)
        return (row[at] for row in self.rows)
