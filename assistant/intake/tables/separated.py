"""Text with a separator: commas, semicolons, tabs or bars, in the encodings that office programs write."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from assistant.errors import UnreadableFile
from assistant.intake.tables.header import LOOKED_AT, header_row, names_of
from assistant.intake.tables.shapes import Bounds, Cells, Table
from assistant.intake.tables.streams import Source
from assistant.process.figures import joined, noun, plural

SEPARATORS = ",;\t|"
ALONE = "\x1f"
"""The separator of a table of one column: none that anybody types."""
MOST_AGREE = 0.5
"""In a table with a line or two above it at least such a share of lines have as many cells as its header."""
TOLD = 5
"""So many lines are named that have more cells than there are columns."""
_SEP_LINE = re.compile(r'\ufeff?"?sep=(.)"?\s*', re.IGNORECASE)
csv.field_size_limit(20_000_000)  # one limit for the process; lines are bounded before they come to it


class Dialect(NamedTuple):
    """How the cells stand in a line: the separator, whether quotes inside are written with a backslash, and whether
    quotes hold cells together at all."""

    separator: str = ","
    backslash: bool = False
    quotes: bool = True


class OpenQuoteError(Exception):
    """A quote that is never closed would swallow the rest of the table; the number of its line."""


def encodings(head: bytes) -> tuple[str, ...]:
    """The encodings to try, by the first bytes: a byte order mark or the zeros of UTF-16 decide, else UTF-8, cp1252."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    even, odd = head[0:2000:2].count(0), head[1:2000:2].count(0)
    half = max(1, len(head[:2000]) // 2)
    if odd > 0.4 * half and even < 0.1 * half:
        return ("utf-16-le",)
    if even > 0.4 * half and odd < 0.1 * half:
        return ("utf-16-be",)
    return ("utf-8-sig", "cp1252")


class Layout(NamedTuple):
    """How a separated text is laid out: its encoding and dialect, the names of its columns, the lines above its first
    row, and remarks."""

    encoding: str
    separator: str
    backslash: bool
    quotes: bool
    header: Cells
    skip: int
    notes: tuple[str, ...]


def layout(source: Source, bounds: Bounds) -> Layout | None:
    """The layout of a text by its first lines; None where they cannot be read so. Raises UnreadableFile."""
    encoding = encodings(source.head)[0]
    try:
        with source.open() as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
            lines, dialect, _ = _begun(source.name, text, bounds)
            start, first, ends = lines.number, [], []
            for record in itertools.islice(_records(lines, dialect, bounds), LOOKED_AT):
                first.append(record)
                ends.append(lines.number)
    except (UnicodeDecodeError, OpenQuoteError, csv.Error):
        return None
    if not first:
        return None
    at = header_row(first)
    table = tabled("CSV", source.name, bounds, first[:LOOKED_AT], iter(()))
    skip = start if at is None else ends[at]
    return Layout(encoding, *dialect, table.header, skip, table.notes)


def read_separated(source: Source, bounds: Bounds) -> Table:
    """The table in a text. Raises UnreadableFile for binary data, endless lines, no row."""
    return _decoded(source, lambda encoding, errors: _read_quoted(source, bounds, encoding, errors))


def read_lines(source: Source, bounds: Bounds) -> Table:
    """A text as a table of one column without a header, a line a row. Raises UnreadableFile as `read_separated`."""

    def read(encoding: str, errors: str) -> Table:
        with source.open() as raw, io.TextIOWrapper(raw, encoding=encoding, errors=errors, newline="") as text:
            lines = itertools.islice(Lines(source.name, text, bounds.line), bounds.rows)
            return Table("lines", ("line",), tuple((line.rstrip("\r\n")[: bounds.cell],) for line in lines))

    return _decoded(source, read)


def _decoded(source: Source, read: Callable[[str, str], Table]) -> Table:
    """What is read with the first encoding that fits; with the last one whatever does not fit is replaced."""
    tried = encodings(source.head)
    if b"\0" in source.head and len(tried) > 1:
        raise UnreadableFile(f"{source.name} is no text.", "It holds binary data.", "Export it as CSV in UTF-8.")
    for encoding in tried:
        try:
            return read(encoding, "strict")
        except UnicodeDecodeError:
            continue
    return read(tried[-1], "replace")


def _read(source: Source, bounds: Bounds, encoding: str, errors: str, quotes: bool = True) -> Table:
    with source.open() as raw, io.TextIOWrapper(raw, encoding=encoding, errors=errors, newline="") as text:
        lines, dialect, sample = _begun(source.name, text, bounds)
        if not quotes:
            dialect = dialect._replace(quotes=False)
        try:
            return _table(lines, dialect, bounds, sample)
        except csv.Error as error:
            raise UnreadableFile(f"{source.name} is no CSV this program can read.", f"{error}.") from None


def _begun(name: str, text: io.TextIOWrapper, bounds: Bounds) -> tuple[Lines, Dialect, list[str]]:
    """The lines of a text from its first row of cells on, its dialect, and the lines that showed it."""
    lines = Lines(name, text, bounds.line)
    first = next(lines, "")
    told = _SEP_LINE.fullmatch(first)
    sample = [] if told else [first]
    sample += itertools.islice(lines, LOOKED_AT)
    dialect = sniffed(sample)
    if _plain(next(filter(str.strip, sample), "")) in bounds.free:
        dialect = dialect._replace(separator=ALONE)
    elif told:
        dialect = Dialect(told[1])
    lines.again(sample)
    return lines, dialect, sample


def _read_quoted(source: Source, bounds: Bounds, encoding: str, errors: str) -> Table:
    """The table; where a quote is never closed, read once more with quotes as ordinary characters."""
    try:
        return _read(source, bounds, encoding, errors)
    except OpenQuoteError as error:
        table = _read(source, bounds, encoding, errors, quotes=False)
        note = f"A quote opened on line {error.args[0]:,} is never closed; quotes were taken as ordinary characters."
        return table._replace(notes=(*table.notes, note))


class Lines(Iterator[str]):
    """The lines of a text, each bounded; remembers where a record began and whether its quotes are closed."""

    def __init__(self, name: str, text: io.TextIOWrapper, longest: int) -> None:
        self.name, self.text, self.longest = name, text, longest
        self.number, self.began, self.quotes = 0, 1, 0
        self.back: list[str] = []
        self.heed = False

    def again(self, lines: list[str]) -> None:
        """Give these lines once more."""
        self.back, self.number = list(reversed(lines)), self.number - len(lines)
        self.record()

    def record(self) -> None:
        """A record is complete: the next line begins another."""
        self.began, self.quotes = self.number + 1, 0

    def __next__(self) -> str:
        line = self.back.pop() if self.back else self.text.readline(self.longest)
        if not line:
            if self.heed and self.quotes % 2 and self.number > self.began:
                raise OpenQuoteError(self.began)
            raise StopIteration
        self.number += 1
        self.quotes += line.count('"')
        if len(line) >= self.longest:
            raise UnreadableFile(
                f"{self.name} has a line of more than {self.longest:,} characters (line {self.number:,}).",
                "A table has one short line a row.", "Export it again as CSV.",
            )  # fmt: skip
        if "\0" in line:
            raise UnreadableFile(
                f"{self.name} is no text.", f"Line {self.number:,} holds binary data.", "Export it as CSV in UTF-8."
            )
        return line


def _records(lines: Lines, dialect: Dialect, bounds: Bounds) -> Iterator[list[str]]:
    lines.heed = dialect.quotes
    reader = csv.reader(
        lines, delimiter=dialect.separator, escapechar="\\" if dialect.backslash else None,
        doublequote=not dialect.backslash, quoting=csv.QUOTE_MINIMAL if dialect.quotes else csv.QUOTE_NONE,
    )  # fmt: skip
    for row in reader:
        lines.record()
        if any(map(str.strip, row)):
            yield [cell[: bounds.cell] for cell in row]


def _plain(name: str) -> str:
    """The name of a column as `Bounds.free` has it."""
    return name.strip('\ufeff" \t\r\n').lower().replace(" ", "_")


def _table(lines: Lines, dialect: Dialect, bounds: Bounds, sample: list[str]) -> Table:
    records = _records(lines, dialect, bounds)
    first, ends = [], []
    for record in itertools.islice(records, LOOKED_AT):
        first.append(record)
        ends.append(lines.number)
    if not first:
        raise UnreadableFile(f"{lines.name} holds no row.", remedy="Export the table again.")
    beyond = Beyond(dialect.separator, lambda at: ends[at] if at < len(ends) else lines.number)
    return tabled("CSV", lines.name, bounds, first, records, beyond)._replace(decimal=_decimal(sample))


class Beyond:
    """The rows with more cells than there are columns, of which nothing is lost where a column holds free text."""

    def __init__(self, separator: str = "", line: Callable[[int], int] | None = None) -> None:
        self.separator, self.line = separator, line
        self.lines: list[int] = []
        self.count, self.joined = 0, ""

    def mended(self, at: int, row: list[str], header: Cells, free: Cells) -> list[str]:
        """The cells of the row with this number (from 0), as many as there are columns at most where that can be."""
        while len(row) > len(header) and not row[-1].strip():
            row = row[:-1]
        more = len(row) - len(header)
        if more <= 0:
            return row
        self.count += 1
        if self.line and len(self.lines) < TOLD:
            self.lines.append(self.line(at))
        place = next((place for place, name in enumerate(header) if _plain(name) in free), None)
        if place is None or not self.separator:
            return row[: len(header)]
        self.joined = header[place]
        end = place + more + 1
        return [*row[:place], self.separator.join(row[place:end]), *row[end:]]

    def notes(self) -> list[str]:
        """What was made of them, and where they are."""
        if not self.count:
            return []
        named = [f"{line:,}" for line in self.lines] + [f"{self.count - len(self.lines):,} more"] * (
            self.count > len(self.lines)
        )
        where = f" ({noun(self.count, 'line', 'lines')} {joined(named)})" if self.lines else ""
        done = f"taken as part of “{self.joined}”" if self.joined else "left out"
        have = plural(self.count, "row has", "rows have")
        return [f"{have} more cells than there are columns{where}; what is beyond was {done}."]


def tabled(
    kind: str,
    name: str,
    bounds: Bounds,
    first: list[list[str]],
    records: Iterator[list[str]],
    beyond: Beyond | None = None,
) -> Table:
    """The table of rows whose header is to be found among the first. Raises UnreadableFile for too many columns."""
    beyond = beyond or Beyond()
    notes: list[str] = []
    at = header_row(first)
    if at is None:
        header = names_of([f"column {n}" for n in range(1, max(map(len, first)) + 1)], name, bounds.columns)
        notes.append("No row names the columns; they are called column 1, column 2 and so on.")
    else:
        header = names_of(first[at], name, bounds.columns)
        if at:
            notes.append(f"{at} {'line' if at == 1 else 'lines'} above the names of the columns {_was(at)} left out.")
    width, start = len(header), 0 if at is None else at + 1
    same: dict[str, str] = {}
    rows: list[Cells] = []
    for number, row in enumerate(itertools.chain(first[start:], records), start):
        if len(rows) >= bounds.rows:
            notes.append(f"Only the first {bounds.rows:,} rows were read.")
            break
        kept = row if len(row) <= width else beyond.mended(number, row, header, bounds.free)
        cells = [same.setdefault(cell, cell) if len(cell) < 60 else cell for cell in kept]
        rows.append((*cells, *[""] * (width - len(cells))))
    return Table(kind, header, tuple(rows), (*notes, *beyond.notes()))


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def sniffed(sample: list[str]) -> Dialect:
    """The dialect under which most lines have the same number of cells, the larger number first. Where the first line
    is one cell and no half of the lines agree on more, the lines are one column with marks of writing in it."""
    text = "".join(sample)
    backslash = '\\"' in text and '""' not in text
    best, score = ",", (0.0, 0)
    alone = True
    for separator in SEPARATORS:
        try:
            reader = csv.reader(sample, delimiter=separator, escapechar="\\" if backslash else None)
            sizes = [len(row) for row in reader if row]
        except csv.Error:
            continue
        widths = Counter(sizes)
        width, rows = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]), default=(1, 0))
        now = (rows / max(1, widths.total()) if width > 1 else 0.0, width)
        if now > score:
            best, score, alone = separator, now, sizes[:1] == [1] and now[0] < MOST_AGREE
    return Dialect(ALONE if score[1] > 1 and alone else best, backslash)


def _decimal(sample: list[str]) -> str:
    text = "".join(sample)
    commas, points = (len(re.findall(rf"(?<![\d.,])\d+{mark}\d+(?![\d.,])", text)) for mark in (",", r"\."))
    return "," if commas > points and ";" in text else "."
