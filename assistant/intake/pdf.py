"""PDF files as text: page after page, tables by their columns, running heads and feet left out."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from assistant.errors import UnreadableFile
from assistant.intake.bounds import MOST_BYTES, MOST_OPERATIONS, MOST_PAGES, MOST_STREAM, Clock
from assistant.intake.rows import Told, names_steps, told
from assistant.process.told_texts import MOST_CHARACTERS

if TYPE_CHECKING:
    from pypdf import PageObject

_EDGE = 3  # lines at the head and foot of a page that may be repeated
_COLUMNS = re.compile(r" {2,}")
_LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": MOST_BYTES,
    **{
        f"{way}_maximum_output_length": MOST_STREAM
        for way in ("array_based_stream", "lzw", "run_length", "zlib", "brotli", "jbig2")
    },
    "zlib_maximum_recovery_input_length": 100_000,
    "stream_decoding_work_maximum_length": 4 * MOST_STREAM,
    "stream_parsing_work_maximum_count": MOST_OPERATIONS,
    "xform_maximum_invocations_per_extraction": 200,
    "page_tree_maximum_entries": 20_000,
    "page_tree_maximum_page_entries": 200_000,
}
"""What the library may unpack and parse for one part of a file."""


def pdf_text(data: bytes, name: str) -> Told:
    """The lines of a PDF. Raises UnreadableFile when it is locked, damaged, takes too long or holds no words."""
    from pypdf import apply_configuration

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    found = Told()
    try:
        with apply_configuration(**_LIMITS):
            pages, count = _pages(data, name)
    except UnreadableFile:
        raise
    except Exception as error:  # a damaged file can fail anywhere in the library
        raise UnreadableFile(
            f"{name} is damaged or no PDF.", f"{type(error).__name__}.", "Save it again, or give it as text."
        ) from None
    if len(pages) < count:
        found.notes.append(f"Only the first {len(pages)} of {count} pages were read.")
    if not any(line.strip() for page in pages for line in page):
        raise UnreadableFile(
            f"{name} holds no words.", "It probably holds scanned pictures of text.", "Give the story as text."
        )
    for page in _without_running(pages):
        table = _with_tables(page)
        found.lines += table.lines
        found.notes += table.notes
    return found


def _pages(data: bytes, name: str) -> tuple[list[list[str]], int]:
    """The lines of each page, as many as are read, and the number of pages there are."""
    from pypdf import PdfReader

    clock = Clock(name)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFile(f"{name} is locked with a password.", "", "Save it without a password.")
    count, held = len(reader.pages), 0
    pages: list[list[str]] = []
    for number in range(min(count, MOST_PAGES)):
        clock.check()
        pages.append(_page(reader.pages[number], clock))
        held += sum(map(len, pages[-1]))
        if held > 2 * MOST_CHARACTERS:
            break
    return pages, count


def _page(page: PageObject, clock: Clock) -> list[str]:
    """The lines of a page; where it holds a table, as they stand beside one another."""

    def watch(*_: Any) -> None:
        clock.check()

    plain = page.extract_text(visitor_operand_before=watch)
    if any(_may_head(line) for line in plain.split("\n")):
        clock.check()
        spaced = page.extract_text(extraction_mode="layout")
        if any(names_steps(_COLUMNS.split(line.strip())) for line in spaced.split("\n")):
            return [line.rstrip() for line in spaced.split("\n")]
    return plain.split("\n")


def _may_head(line: str) -> bool:
    """Whether a line of a page may be the header of a table of steps."""
    words = line.split()
    return 1 < len(words) <= 15 and len(line) < 120 and line[-1:] not in (".", ",", ";") and names_steps(words)


def _without_running(pages: list[list[str]]) -> list[list[str]]:
    """The pages without the lines that stand at the head or foot of most of them, numbers aside."""
    if len(pages) < 2:
        return pages
    edges = [{_key(line) for line in [*page[:_EDGE], *page[-_EDGE:]] if line.strip()} for page in pages]
    seen = Counter(key for page in edges for key in page)
    running = {key for key, times in seen.items() if times >= max(2, 0.6 * len(pages))}
    return [
        [
            line
            for place, line in enumerate(page)
            if not (_key(line) in running and (place < _EDGE or place >= len(page) - _EDGE))
        ]
        for page in pages
    ]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _with_tables(page: list[str]) -> Told:
    """A page's lines, its tables of steps as rows."""
    found = Told()
    place = 0
    while place < len(page):
        header = _COLUMNS.split(page[place].strip())
        if names_steps(header):
            rows, place = _rows(page, place)
            table = told(rows)
            found.lines += ["", *table.lines, ""]
            found.notes += table.notes
        else:
            found.lines.append(" ".join(page[place].split()))
            place += 1
    found.lines = _unwrapped(found.lines)
    return found


def _rows(page: list[str], place: int) -> tuple[list[list[str]], int]:
    """The rows of the table whose header stands at `place`, and the place behind it."""
    header = page[place]
    starts = [match.start() for match in re.finditer(r"(?:(?<=  )|^ *)\S", header)]
    starts = [start + len(header[start:]) - len(header[start:].lstrip()) for start in starts]
    rows = [_COLUMNS.split(header.strip())]
    place += 1
    while place < len(page):
        line = page[place]
        if not line.strip():
            if place + 1 < len(page) and len(_COLUMNS.split(page[place + 1].strip())) > 1:
                place += 1
                continue
            break
        cells = _placed(line, starts)
        if sum(bool(cell) for cell in cells) < 2:
            only = next((at for at, cell in enumerate(cells) if cell), 0)
            if only == 0 or len(rows) < 2:
                break
            rows[-1][only] = f"{rows[-1][only]} {cells[only]}"  # a cell goes on in the next line
        else:
            rows.append(cells)
        place += 1
    return rows, place


def _placed(line: str, starts: list[int]) -> list[str]:
    """The pieces of a line in the columns whose heads they stand under."""
    cells = [""] * len(starts)
    for piece in re.finditer(r"\S+(?: \S+)*", line):
        column = min(range(len(starts)), key=lambda at: abs(starts[at] - piece.start()))
        cells[column] = f"{cells[column]} {piece.group()}".strip()
    return cells


def _unwrapped(lines: list[str]) -> list[str]:
    """Words parted at line ends put together."""
    return re.sub(r"(\w)-\n(?=[a-z])", r"\1", "\n".join(lines)).split("\n")
