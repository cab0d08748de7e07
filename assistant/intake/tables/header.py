"""Which row names the columns: it need not be the first, and there may be none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.errors import UnreadableFile
from assistant.intake.tables.shapes import Cells

LOOKED_AT = 60
ENOUGH = 3
_NUMBER = re.compile(r"[-+]?\d[\d.,:/ T+Z-]*(?:[AaPp][Mm])?")


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The place of the row with the names among the first rows; None where every row is data.

    Titles and remarks above a table fill a cell or two, the names three at least (or as many as the table has). A row
    is data when it has a number or a date where nearly all rows below have one.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    widths = Counter(length for length, row in zip(filled, rows, strict=True) if row)
    usual = max(widths, key=lambda length: (widths[length] * (length > 1), length), default=1)
    at = next((at for at, length in enumerate(filled) if length >= min(ENOUGH, usual)), 0)
    return None if _is_data(rows[at], rows[at + 1 :]) else at


def _is_data(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    for at, cell in enumerate(row):
        under = [other[at] for other in below if at < len(other) and other[at].strip()]
        if _NUMBER.fullmatch(cell.strip()) and under:
            return sum(bool(_NUMBER.fullmatch(other.strip())) for other in under) >= 0.8 * len(under)
    return False


def names_of(row: Sequence[str], file: str, most: int) -> Cells:
    """The names of the columns, each once; a column without one is called by its place. Raises UnreadableFile."""
    cells = list(row)
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > most:
        raise UnreadableFile(
            f"{file} has {len(cells):,} columns.", f"At most {most} are read.", "Export only those needed."
        )
    names: list[str] = []
    for at, cell in enumerate(cells, 1):
        plain = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", cell).split())[:100] or f"column {at}"
        times = sum(name == plain or name.startswith(f"{plain} (") for name in names)
        names.append(f"{plain} ({times + 1})" if times else plain)
    return tuple(names)
