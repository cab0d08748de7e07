"""Excel workbooks (.xlsx): the cells of one sheet as text, dates as ISO stamps; formulas give the value last saved.

Read as a stream by the XML inside, so that a sheet that claims a million columns or unpacks to gigabytes costs nothing.
"""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO

from lxml import etree

from assistant.errors import UnreadableFile
from assistant.intake.tables.header import LOOKED_AT
from assistant.intake.tables.separated import tabled
from assistant.intake.tables.serials import EPOCH, EPOCH_1904, serial_text
from assistant.intake.tables.shapes import KINDS, Bounds, Table
from assistant.intake.tables.streams import Source

MOST_STRINGS = 2_000_000
DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_DATE_FORMAT = re.compile(r"[dmyhs]", re.IGNORECASE)
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|General', re.IGNORECASE)
_LETTERS = re.compile(r"[A-Z]{1,3}")


def read_workbook(source: Source, bounds: Bounds) -> Table:
    """The table on the first sheet that has two rows. Raises UnreadableFile for other archives, and for too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.all())) as archive:
            return _Workbook(source, archive, bounds).table()
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadableFile(
            f"{source.name} is no Excel workbook this program can read.", f"{str(error)[:200] or 'It is broken'}.",
            "Save it again as .xlsx, without a password, or as CSV.",
        ) from None  # fmt: skip
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(f"{source.name} is a broken workbook.", f"{str(error)[:200]}.", "Save it again.") from None


def _other_archive(name: str, parts: Sequence[str]) -> UnreadableFile:
    """The refusal of what is packed as a workbook is, but is none: what it is, and what to do."""
    if "word/document.xml" in parts:
        what, remedy = "a Word document", "Save the table in it as CSV or .xlsx; comments also one a line as .txt."
    elif "content.xml" in parts:
        what, remedy = "an OpenDocument file", "Save it as .xlsx or CSV; comments also one a line as .txt."
    elif "ppt/presentation.xml" in parts:
        what, remedy = "a presentation", "Save the table in it as CSV or .xlsx."
    else:
        what, remedy = "a packed archive (.zip)", "Unpack it, and give the file in it."
    return UnreadableFile(f"{name} is {what}, not a table.", f"Read are {KINDS}.", remedy)


class _Workbook:
    """The parts of a workbook: its sheets, shared strings, and which cell styles mean a date."""

    def __init__(self, source: Source, archive: zipfile.ZipFile, bounds: Bounds) -> None:
        self.source, self.archive, self.bounds = source, archive, bounds
        if "xl/workbook.xml" not in archive.namelist():
            raise _other_archive(source.name, archive.namelist())
        if sum(part.file_size for part in archive.infolist()) > source.size:
            raise source.too_large("It unpacks to more.")
        self.epoch: datetime = EPOCH
        self.sheets = self._sheets()
        self.strings = list(self._strings())
        self.dates = self._date_styles()

    def table(self) -> Table:
        """The table on the first sheet with two rows or more (else on the first with one)."""
        rest: list[tuple[str, list[list[str]]]] = []
        for name, path in self.sheets:
            rows = self._rows(path)
            first = list(itertools.islice(rows, LOOKED_AT))
            if len(first) > 1:
                return self._told(name, tabled("Excel", self.source.name, self.bounds, first, rows))
            rest += [(name, first)] if first else []
        if not rest:
            raise UnreadableFile(f"{self.source.name} holds no row.", remedy="Save the sheet with the table.")
        name, first = rest[0]
        return self._told(name, tabled("Excel", self.source.name, self.bounds, first, iter(())))

    def _told(self, name: str, table: Table) -> Table:
        others = [f"“{other}”" for other, _ in self.sheets if other != name]
        note = f"Sheet “{name}” was read, not {', '.join(others[:5])}{' …' if others[5:] else ''}."
        return table._replace(notes=(*((note,) if others else ()), *table.notes))

    def _elements(self, path: str, wanted: str) -> Iterator[etree._Element]:
        """The elements of a name in one part, each forgotten after use. Raises UnreadableFile for a document type."""
        with self.archive.open(path) as file:
            bounded = _Part(self.source, file)
            for _, element in etree.iterparse(
                bounded, events=("end",), tag=f"{{*}}{wanted}", resolve_entities=False, no_network=True,
                load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
            ):  # fmt: skip
                yield element
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]

    def _sheets(self) -> list[tuple[str, str]]:
        self.epoch = (
            EPOCH_1904
            if any(e.get("date1904") in ("1", "true") for e in self._elements("xl/workbook.xml", "workbookPr"))
            else EPOCH
        )
        targets = {
            str(element.get("Id")): str(element.get("Target"))
            for element in self._elements("xl/_rels/workbook.xml.rels", "Relationship")
        }
        sheets = []
        for element in self._elements("xl/workbook.xml", "sheet"):
            link = next((value for key, value in element.attrib.items() if str(key).endswith("}id")), "")
            target = targets.get(str(link), "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            if path in self.archive.namelist():
                sheets.append((str(element.get("name", ""))[:60], path))
        return sheets

    def _strings(self) -> Iterator[str]:
        if "xl/sharedStrings.xml" not in self.archive.namelist():
            return
        for at, element in enumerate(self._elements("xl/sharedStrings.xml", "si")):
            if at >= MOST_STRINGS:
                raise self.source.too_large("It has too many different texts.")
            yield _text(element)[: self.bounds.cell]

    def _date_styles(self) -> frozenset[int]:
        """The places of the cell styles whose number format shows a date or a clock."""
        if "xl/styles.xml" not in self.archive.namelist():
            return frozenset()
        own = {
            int(element.get("numFmtId", "0"))
            for element in self._elements("xl/styles.xml", "numFmt")
            if _DATE_FORMAT.search(_NOT_FORMAT.sub("", str(element.get("formatCode", ""))))
        }
        cells = next((list(e) for e in self._elements("xl/styles.xml", "cellXfs")), [])
        return frozenset(at for at, cell in enumerate(cells) if int(cell.get("numFmtId", "0")) in DATES | own)

    def _rows(self, path: str) -> Iterator[list[str]]:
        for element in self._elements(path, "row"):
            row: list[str] = []
            for cell in element:
                at = _place(str(cell.get("r", "")), len(row))
                if at < len(row):
                    continue
                if at >= self.bounds.columns:
                    raise UnreadableFile(
                        f"{self.source.name} has more than {self.bounds.columns} columns.", "",
                        "Keep only those needed.",
                    )  # fmt: skip
                row += [""] * (at - len(row)) + [self._cell(cell)]
            if any(map(str.strip, row)):
                yield row

    def _cell(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(cell)[: self.bounds.cell]
        value = next((child.text or "" for child in cell if etree.QName(child).localname == "v"), "")
        if kind == "s":
            at = int(value) if value.isdecimal() else -1
            return self.strings[at] if 0 <= at < len(self.strings) else ""
        if kind == "n" and int(cell.get("s", "0")) in self.dates:
            return serial_text(value, self.epoch) or value
        if kind == "e":
            return ""
        return value[: self.bounds.cell]


class _Part:
    """A part of the archive, read no further than the source's size whatever its directory says."""

    def __init__(self, source: Source, file: IO[bytes]) -> None:
        self.source, self.file, self.left = source, file, source.size

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size if size >= 0 else self.left + 1)
        if self.left == self.source.size and b"<!DOCTYPE" in data:
            raise UnreadableFile(f"{self.source.name} has a document type inside; no workbook needs one.")
        self.left -= len(data)
        if self.left < 0:
            raise self.source.too_large("It unpacks to more.")
        return data


def _text(element: etree._Element) -> str:
    """All runs of a text; the phonetic help of Japanese texts is left out."""
    return "".join(
        node.text or ""
        for node in element.iter("{*}t")
        if not any(etree.QName(above).localname == "rPh" for above in node.iterancestors())
    )


def _place(reference: str, following: int) -> int:
    """The column's place (0 first) in a reference such as AB12; the following one where none is written."""
    letters = _LETTERS.match(reference)
    if not letters:
        return following
    place = 0
    for letter in letters[0]:
        place = 26 * place + ord(letter) - 64
    return place - 1
