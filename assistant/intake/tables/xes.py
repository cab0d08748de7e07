"""XES, the XML that process mining exchanges: one row an event; a case's own attributes come as `case:NAME`.

Read as a stream: no document type, no entities, no network, and every event is forgotten once it became a row.
"""

from __future__ import annotations

from lxml import etree

from assistant.errors import UnreadableFile
from assistant.intake.tables.shapes import Bounds, Table
from assistant.intake.tables.streams import HEAD, Source
from assistant.process.figures import plural

VALUES = ("string", "date", "int", "float", "boolean", "id")


def read_xes(source: Source, bounds: Bounds) -> Table:
    """The events of an XES log. Raises UnreadableFile for broken XML, a document type or too many attributes."""
    if b"<!DOCTYPE" in source.head.replace(b"\0", b"").upper():
        raise UnreadableFile(
            f"{source.name} has a document type declaration.", "XES needs none, and it can hide outside files.",
            "Remove the <!DOCTYPE ...> part and try again.",
        )  # fmt: skip
    reader = _Events(source.name, bounds)
    try:
        with source.open() as file:
            for at, element in etree.iterparse(
                file, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
                huge_tree=False, remove_comments=True, remove_pis=True,
            ):  # fmt: skip
                if not reader.take(at, element):
                    break
    except etree.XMLSyntaxError as error:
        what = "is cut off: it ends before its log does" if _cut_off(source) else "is broken XML"
        why = f"{str(error)[:200]}."
        raise UnreadableFile(f"{source.name} {what}.", why, "Export or copy the log again.") from None
    return reader.table()


def _cut_off(source: Source) -> bool:
    """Whether a file ends before its log does, as after a copy that was broken off."""
    end = b""
    with source.open() as file:
        while part := file.read(HEAD):
            end = (end + part)[-200:]
    return not end.replace(b"\0", b"").rstrip().endswith(b"log>")


class _Events:
    """Rows of events as the elements of the file go by."""

    def __init__(self, name: str, bounds: Bounds) -> None:
        self.name, self.bounds = name, bounds
        self.columns: dict[str, int] = {}
        self.rows: list[list[str]] = []
        self.case: dict[str, str] = {}
        self.same: dict[str, str] = {}
        self.depth: list[str] = []
        self.full = False

    def take(self, at: str, element: etree._Element) -> bool:
        """Take the start or end of an element; False when no more rows are read."""
        if at == "start":
            self.depth.append(etree.QName(element).localname)
            if self.depth[0] != "log":
                raise UnreadableFile(
                    f"{self.name} is XML, but no XES log.", f"Its root is <{self.depth[0][:40]}>, not <log>.",
                    "Export the log as XES or CSV.",
                )  # fmt: skip
            if self.depth[1:] == ["trace"]:
                self.case = {}
            return True
        inside = self.depth[1:]
        self.depth.pop()
        within_trace = len(inside) == 2 and inside[0] == "trace"
        if within_trace and inside[1] in VALUES:
            self.case.update(self._pairs([element], "case:"))
        elif inside in (["trace", "event"], ["event"]):
            self._row({**self.case, **self._pairs(list(element), "")})
        if within_trace or len(inside) == 1:  # what is done with is forgotten, or a long file would not fit into memory
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
        return not self.full

    def _pairs(self, elements: list[etree._Element], before: str) -> dict[str, str]:
        kinds = ((element, etree.QName(element).localname) for element in elements)
        return {
            before + str(element.get("key", ""))[:100]: str(element.get("value", ""))[: self.bounds.cell]
            for element, kind in kinds
            if kind in VALUES
        }

    def _row(self, pairs: dict[str, str]) -> None:
        if len(self.rows) >= self.bounds.rows:
            self.full = True
            return
        for name in pairs:
            self.columns.setdefault(name, len(self.columns))
        if len(self.columns) > self.bounds.columns:
            raise UnreadableFile(
                f"{self.name} has more than {self.bounds.columns} attributes.", remedy="Export only those needed."
            )
        row = [""] * len(self.columns)
        for name, value in pairs.items():
            row[self.columns[name]] = self.same.setdefault(value, value) if len(value) < 60 else value
        self.rows.append(row)

    def table(self) -> Table:
        """The table of all events."""
        if not self.columns:
            only = f"Its {plural(len(self.rows), 'event says', 'events say')} nothing." if self.rows else ""
            raise UnreadableFile(f"{self.name} holds no event.", only, "Export the log again.")
        notes = (f"Only the first {self.bounds.rows:,} events were read.",) if self.full else ()
        width = len(self.columns)
        rows = tuple((*row, *[""] * (width - len(row))) for row in self.rows)
        return Table("XES", tuple(self.columns), rows, notes)
