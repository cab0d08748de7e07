"""The one door: a file, standard input or bytes become words, a process or a table, within bounds, or are refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.intake.bounds import MOST_BYTES, too_long
from assistant.intake.clutter import without_clutter
from assistant.intake.decoding import KINDS, decode
from assistant.intake.given import Given, ProcessFile, Table, Words
from assistant.intake.kinds import packed_kind, text_kind
from assistant.intake.loading import TYPED, load
from assistant.intake.rows import Told, is_log, names_steps, told
from assistant.process.told_texts import MOST_CHARACTERS, is_row

TYPED_NAME = "The input"
MOST_LOOKED_AT = 1000
"""Rows of a table that are looked at for steps; a longer one tells events or comments."""


def take_in(source: Path) -> Given:
    """What a file (`-`: standard input) gives. Raises UnreadableFile, naming the reason and what to do."""
    return sort_out(load(source), TYPED_NAME if source == TYPED else source.name)


def together(given: Sequence[Given]) -> Words | ProcessFile:
    """Several files as one: words of all of them, in the order given, or the only process.

    Raises UnreadableFile for tables, and for a process beside other files.
    """
    for part in given:
        if isinstance(part, Table):
            raise UnreadableFile(
                f"{part.name} is a table that names no steps.",
                "A process can be read from a table whose first row says step, who and how long.",
                "For an event log use `assistant log`, for customer comments `assistant feedback`.",
            )
    if len(given) == 1:
        assert not isinstance(given[0], Table)
        return given[0]
    words = [part for part in given if isinstance(part, Words)]
    if len(words) < len(given):
        name = next(part.name for part in given if isinstance(part, ProcessFile))
        raise UnreadableFile(
            f"{name} is a whole process, so it cannot be one of several documents.",
            "Several files are read as one process told in words.",
            "Give it alone, or give only documents in words.",
        )
    text, whole = (
        "\n\n".join(told.strip() for told in texts) + "\n"
        for texts in ([part.text for part in words], [part.whole or part.text for part in words])
    )
    _bounded(whole, "All files together")
    notes, left = (
        tuple(f"{part.name}: {note}" for part in words for note in getattr(part, kind)) for kind in ("notes", "left")
    )
    return Words(words[0].name, text, "several", notes, whole if left else "", left)


def read_text(source: Path) -> str:
    """A file's text as it stands, whatever it tells: for lists and batches. Raises UnreadableFile."""
    name = TYPED_NAME if source == TYPED else source.name
    return decode(load(source), name)


def sort_out(data: bytes, name: str) -> Given:
    """What some bytes give; `name` decides only where their content does not. Raises UnreadableFile."""
    kind = packed_kind(data, name)
    if kind == "table":
        return _table(data, name, "table")
    if kind == "pdf":
        from assistant.intake.pdf import pdf_text

        return _words(pdf_text(data, name), "pdf", name)
    if kind == "word":
        from assistant.intake.word import word_text

        return _words(word_text(data, name), "word", name)
    text = decode(data, name)
    if not text.strip():
        raise UnreadableFile(f"{name} is empty.", "", "Write down how the work runs, or choose another file.")
    kind = text_kind(text, name)
    if kind == "bpmn":
        return ProcessFile(name, "bpmn", data)
    if kind == "json" or kind == "outline":
        return ProcessFile(name, kind, data, text)
    if kind == "table":
        return _table(data, name, "csv")
    if kind == "html":
        from assistant.intake.pages import page_text

        return _words(page_text(text, name), "html", name)
    if kind == "mail":
        from assistant.intake.mail import mail_text

        mail = mail_text(data, name)
        return _words(Told(mail.lines, mail.notes), "mail", name)
    _bounded(text, name)
    return (
        _words(markdown(text), "markdown", name) if kind == "markdown" else _words(Told(text.split("\n")), "text", name)
    )


def _words(found: Told, kind: str, name: str) -> Words:
    lines, left = without_clutter(found.lines)
    text, whole = _joined(lines), _joined(without_clutter(found.lines, whole=True)[0])
    if not text:
        raise UnreadableFile(f"{name} holds no words.", "Perhaps it holds pictures of text.", f"Give it as {KINDS}.")
    _bounded(whole, name)
    more = (whole, tuple(left)) if whole != text else ("", ())
    return Words(name, text, kind, tuple(dict.fromkeys([*found.notes, *left])), *more)


def _joined(lines: list[str]) -> str:
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return f"{text}\n" if text else ""


def _bounded(text: str, name: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise too_long(name, len(text), MOST_CHARACTERS)


def _table(data: bytes, name: str, kind: str) -> Given:
    """A table: steps are told words, wherever its header stands; everything else is for the tables' own door."""
    from assistant.intake.tables.shapes import Bounds
    from assistant.intake.tables.table_opened import read_table

    try:
        table = read_table(data, Bounds(size=MOST_BYTES, rows=MOST_LOOKED_AT))
    except UnreadableFile:
        return Table(name, kind)
    if not names_steps(table.header) or is_log(table.header):
        return Table(name, kind)
    steps = told([table.header, *table.rows])
    return _words(Told(steps.lines, [*table.notes, *steps.notes]), "table", name)


def markdown(text: str) -> Told:
    """Markdown without its marks; tables of steps as rows."""
    found = Told()
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if re.match(r"^\s*\|.*\|\s*$", line) and not is_row(line):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells if cell):
                rows.append([_unmarked(cell) for cell in cells])
            continue
        if rows:
            table = told(rows)
            found.lines += ["", *table.lines, ""]
            found.notes += table.notes
            rows = []
        found.lines.append(line if is_row(line) else _unmarked(line))
    return found


def _unmarked(line: str) -> str:
    line = re.sub(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,300}\)", "", line)
    line = re.sub(r"\[([^\]\n]{0,300})\]\([^)\n]{0,300}\)", r"\1", line)
    return re.sub(r"(\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|`)", "", line)
