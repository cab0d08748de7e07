"""What told words may hold besides sentences: a row of a table as one line, and how long a told text may be.

A table in a document is no prose. Each row becomes one line that says what each cell is, such as
`| Step: Check warranty | Who: Service agent | Time: 10 min |`. People and models can read it, and the built-in rules
read it cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

MOST_CHARACTERS = 60_000
"""Characters of one told text at most: about 10,000 words or twenty pages, read within five seconds."""
MOST_CELL = 300
CELLS = {
    "step": "Step",
    "who": "Who",
    "time": "Time",
    "work": "Work",
    "wait": "Wait",
    "system": "In",
    "when": "If",
    "chance": "Share",
    "role": "Role",
    "people": "People",
}
"""The kinds of cells and the word each stands behind."""
_KINDS = {word: kind for kind, word in CELLS.items()}
_CELL = re.compile(r"\|\s*(Step|Who|Time|Work|Wait|In|If|Share|Role|People): ([^|\n]*?)\s*(?=\|)")


class Cell(NamedTuple):
    """What a cell says and the place of its first character in the line."""

    text: str
    start: int


def row_line(cells: Mapping[str, str]) -> str:
    """One row of a table as a line, its cells by kind (see CELLS) in the order given; empty cells are left out."""
    told = {kind: " ".join(text.replace("|", "/").split())[:MOST_CELL] for kind, text in cells.items()}
    return "| " + " | ".join(f"{CELLS[kind]}: {text}" for kind, text in told.items() if text) + " |"


def is_row(line: str) -> bool:
    """Whether a line is a row as `row_line` writes it."""
    return line.lstrip().startswith(("| Step: ", "| Role: "))


def row_cells(line: str) -> dict[str, Cell]:
    """The cells of a line that `row_line` wrote, by kind."""
    return {_KINDS[match.group(1)]: Cell(match.group(2), match.start(2)) for match in _CELL.finditer(line)}
