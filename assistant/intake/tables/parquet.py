"""Parquet, read by DuckDB with nothing loaded from outside."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import UnreadableFile
from assistant.intake.tables.header import names_of
from assistant.intake.tables.separated import tabled
from assistant.intake.tables.shapes import Bounds, Table
from assistant.intake.tables.streams import Source

MEMORY = "500MB"
PART = 10_000


def read_parquet(source: Source, bounds: Bounds) -> Table:
    """The table of a Parquet file, every cell as text. Raises UnreadableFile."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder:  # a plain name: DuckDB takes * and ? in a name for a pattern
        path = Path(folder) / "table.parquet"
        path.write_bytes(source.all())
        try:
            with duckdb.connect(":memory:") as base:
                base.execute(f"SET memory_limit='{MEMORY}'; SET threads=1; SET TimeZone='UTC'")
                base.execute("SET autoinstall_known_extensions=false; SET autoload_known_extensions=false")
                columns = base.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
                names = names_of([str(column[0]) for column in columns], source.name, bounds.columns)
                base.execute("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet(?)", [str(path)])
                return tabled("Parquet", source.name, bounds, [list(names)], _rows(base, bounds))
        except duckdb.Error as error:
            why = str(error).splitlines()[0][:200].replace(str(path), source.name)
            raise UnreadableFile(f"{source.name} is no Parquet this program can read.", f"{why}.") from None


def _rows(base: Any, bounds: Bounds) -> Iterator[list[str]]:
    parts = iter(lambda: base.fetchmany(PART), [])
    for row in itertools.chain.from_iterable(parts):
        yield ["" if cell is None else str(cell)[: bounds.cell] for cell in row]
