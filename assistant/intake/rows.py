"""Tables in documents: rows of steps and rows of people become lines that are read cell by cell; others are listed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.process.told_texts import row_line

COLUMNS: dict[str, tuple[str, ...]] = {
    "step": (
        "step", "activity", "task", "what", "action", "process step", "description", "work step", "to do", "operation",
        "what happens", "what is done", "work",
    ),
    "who": (
        "who", "role", "responsible", "department", "owner", "performed by", "done by", "person", "actor", "by whom",
        "team", "unit",
    ),
    "work": ("effort", "work time", "working time", "processing time", "hands-on", "hands on", "touch time"),
    "wait": ("wait", "waits", "waiting", "waiting time", "lies", "idle", "lead time", "queue", "lying time",
             "wait time", "queue time", "idle time"),
    "time": (
        "how long", "duration", "time", "takes", "minutes", "minute", "mins", "min", "hours", "hour", "hrs", "h",
        "days", "day", "weeks",
    ),
    "system": ("system", "tool", "software", "application", "it system", "where", "medium"),
    "when": ("condition", "if", "when", "only if", "case"),
    "chance": ("how often", "share", "frequency", "%", "percent"),
    "people": ("how many", "number of people", "people", "headcount", "head count", "fte", "ftes", "count", "staff"),
    "number": ("no", "no.", "nr", "nr.", "#", "number", "id", "step no", "step no.", "pos"),
}  # fmt: skip
"""Kinds of columns and the headings they go by; what says more stands first: "wait (hours)" is a wait."""
MOST_ROWS = 500
_EMPTY = frozenset(("", "-", "–", "—", "n/a", "na", "none", "/", "?"))
_UNIT = re.compile(r"\b(min(?:ute)?s?|hours?|hrs?|h|days?|d|weeks?|w)\b")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_BARE = re.compile(r"^(?:~|ca\.?|about)?\s*\d+(?:[.,]\d+)?(?:\s*(?:-|–|to)\s*\d+(?:[.,]\d+)?)?\s*$")
LONG_CELL = 200
"""Characters of a cell that is a text of its own: such a table only arranges the page."""


@dataclass
class Told:
    """What a document's tables give: lines for the text, and remarks on what was left out."""

    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def told(rows: Sequence[Sequence[str]]) -> Told:
    """The lines of a table whose first row is the header. Nothing of it is lost: what is not read is in the notes."""
    filled = [[" ".join(cell.split()) for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return Told()
    if _arranges(filled):
        return Told([cell for row in filled for cell in dict.fromkeys(row) if cell])
    columns = columns_of(filled[0])
    if "step" in columns and len(filled) > 1:
        return _steps(filled, columns)
    if "people" in columns and "who" in columns and len(filled) > 1:
        return _people(filled, columns)
    shown = "; ".join(", ".join(cell for cell in row if cell) for row in filled[:3])
    more = f" … ({len(filled)} rows)" if len(filled) > 3 else ""
    return Told(
        notes=[
            f"A table was left out, because its first row names no step: “{shown[:200]}”{more}. "
            "Head its columns step, who and how long to have it read."
        ]
    )


def names_steps(header: Sequence[str]) -> bool:
    """Whether a header row names steps and something about them."""
    return "step" in (found := columns_of(header)) and len(found) > 1


def is_log(header: Sequence[str]) -> bool:
    """Whether a header row is that of an event log: each line an event of a case, with its moment."""
    return any(
        re.fullmatch(
            r"case(?:[ _:-]?(?:id|key|no|number|concept:name))?|time ?stamp.*|.*:timestamp", cell.strip(), re.I
        )
        for cell in header
    )


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by the words of its heading; the exact word goes before a part of it."""
    found: dict[str, int] = {}
    titles = [re.sub(r"\(.*?\)|\[.*?\]", "", cell).strip(" :*.").lower() for cell in header]
    for place, title in enumerate(titles):
        kind = next((kind for kind, names in COLUMNS.items() if title in names), None)
        if kind and kind not in found:
            found[kind] = place
    for place, title in enumerate(titles):
        words = set(re.findall(r"\w+", title))
        kind = next(
            (
                kind
                for kind, names in COLUMNS.items()
                if any((len(name) > 2 and set(name.split()) <= words) for name in names)
            ),
            None,
        )
        if kind and kind not in found and place not in found.values():
            found[kind] = place
    return found


def _arranges(rows: list[list[str]]) -> bool:
    """Whether a table only arranges the page: one column, or cells as long as paragraphs in its first row."""
    widest = max(len({cell for cell in row if cell}) for row in rows)
    return widest < 2 or any(len(cell) > LONG_CELL for cell in rows[0])


def _steps(rows: list[list[str]], columns: dict[str, int]) -> Told:
    told = Told()
    units = {kind: unit_of(rows[0][columns[kind]]) for kind in ("time", "work", "wait") if kind in columns}
    for row in rows[1 : MOST_ROWS + 1]:
        cells = _cells(row, columns)
        if len({cell for cell in row if cell}) == 1 and len(row) > 2:  # one cell over all columns is a heading
            told.notes.append(f"A row of a table names no step and was left out: “{row[0][:80]}”.")
            continue
        if not cells.get("step"):
            told.notes.append(f"A row without a step was left out: “{', '.join(cell for cell in row if cell)[:120]}”.")
            continue
        read = {kind: cells.get(kind, "") for kind in ("step", "who", "time", "work", "wait", "system", "when")}
        read["step"] = read["step"].rstrip(" .;")
        read["when"] = re.sub(r"^(?:if|when|only if)\s+", "", read["when"], flags=re.IGNORECASE)
        for kind, unit in units.items():
            read[kind] = _figure(read[kind], unit, read["step"], rows[0][columns[kind]], told)
        read["chance"] = _share(cells.get("chance", ""))
        told.lines.append(row_line(read))
        told.notes += _unread(row, columns, rows[0], read["step"])
    if len(rows) > MOST_ROWS + 1:
        told.notes.append(f"Only the first {MOST_ROWS} rows of a table were read; {len(rows) - 1 - MOST_ROWS} are not.")
    return told


def _people(rows: list[list[str]], columns: dict[str, int]) -> Told:
    told = Told()
    for row in rows[1 : MOST_ROWS + 1]:
        cells = _cells(row, columns)
        if not cells.get("who") or not cells.get("people"):
            told.notes.append(f"A row of a table was left out: “{', '.join(cell for cell in row if cell)[:120]}”.")
            continue
        told.lines.append(row_line({"role": cells["who"], "people": cells["people"]}))
        told.notes += _unread(row, columns, rows[0], cells["who"])
    return told


def _cells(row: list[str], columns: dict[str, int]) -> dict[str, str]:
    return {
        kind: row[place] for kind, place in columns.items() if place < len(row) and row[place].lower() not in _EMPTY
    }


def _unread(row: list[str], columns: dict[str, int], header: list[str], step: str) -> list[str]:
    """Cells of columns that say nothing the reader knows."""
    known = set(columns.values())
    left = [
        (header[place][:40] if place < len(header) else "a cell", cell[:100])
        for place, cell in enumerate(row)
        if place not in known and cell.lower() not in _EMPTY and cell != step
    ]
    return [f"Left out of the table, at “{step[:60]}”: {title} “{cell}”." for title, cell in left]


def unit_of(title: str) -> str:
    """The unit a heading names, such as "hours" in "Hours" or "How long (min)"; empty when it names none."""
    match = _UNIT.search(title.lower())
    return _UNITS[match.group(1)[0]] if match else ""


def _figure(text: str, unit: str, step: str, title: str, told: Told) -> str:
    if not _BARE.match(text):
        return text
    if not unit:
        told.notes.append(f"No unit, so left out of the table, at “{step[:60]}”: {title[:40]} “{text[:100]}”.")
        return ""
    return f"{text} {unit}"


def _share(text: str) -> str:
    """A share as it can be read: "30" and "30%" as "30 %"."""
    number = re.fullmatch(r"(?:~|ca\.?|about)?\s*(\d{1,3}(?:[.,]\d+)?)\s*(?:%|percent)?(?:\s+of (?:all )?cases)?", text)
    return f"{number.group(1)} %" if number else text
