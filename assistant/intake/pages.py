"""Web pages as text: what a reader would see, tables as rows.

Read as a stream, so that no nesting makes it slow or large.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import UnreadableFile
from assistant.intake.bounds import MOST_DEPTH, MOST_MARKS, MOST_MARKUP, Clock, too_long
from assistant.intake.rows import Told, told

_SKIPPED = frozenset("script style template head noscript nav svg iframe footer math object select textarea".split())
_BLOCKS = frozenset(
    "p div br h1 h2 h3 h4 h5 h6 ul ol li tr section article header main aside dl dt dd pre hr figure form".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HEADS = frozenset("h1 h2 h3 h4 h5 h6".split())
_PIECE = 65_536


def page_text(text: str, name: str, quotes: bool = True) -> Told:
    """The lines of a web page and what was left out; without `quotes`, what a mail quotes is left out too.

    Raises UnreadableFile for pages with too many tags, or nested too deep.
    """
    from lxml import etree

    if len(text) > MOST_MARKUP:
        raise too_long(name, len(text), MOST_MARKUP)
    page, clock = _Page(name, quotes), Clock(name)
    target: Any = page
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, recover=True)
    data = text.encode("utf-8", "replace")
    try:
        for start in range(0, len(data), _PIECE):
            clock.check()
            if page.refused is not None:
                raise page.refused
            parser.feed(data[start : start + _PIECE])
        parser.close()
    except etree.LxmlError:
        raise UnreadableFile(f"{name} is no web page that can be read.", "", "Save the page as text.") from None
    if page.refused is not None:
        raise page.refused
    return page.told()


@dataclass
class _Grid:
    """A table being read: its rows, and the text of the cell that is open."""

    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] | None = None
    arranges: bool = False  # holds a table or a heading in a cell


class _Page:
    """Takes the events of the parser and gathers lines. Never raises inside the parser: `refused` tells."""

    def __init__(self, name: str, quotes: bool) -> None:
        self.name, self.quotes = name, quotes
        self.out: list[str] = []
        self.notes: list[str] = []
        self.grids: list[_Grid] = []
        self.depth = self.marks = 0
        self.hidden = 0  # depth at which a hidden part began
        self.refused: UnreadableFile | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        self.marks += 1
        if self.refused is not None:
            return
        if self.marks > MOST_MARKS:
            self.refused = UnreadableFile(f"{self.name} has too many tags.", "", "Save the page as text.")
        elif self.depth > MOST_DEPTH:
            self.refused = UnreadableFile(f"{self.name} is nested too deep to read.", "", "Save the page as text.")
        if self.hidden or self.refused is not None:
            return
        if tag in _SKIPPED or _is_hidden(attributes) or (not self.quotes and _quotes(tag, attributes)):
            self.hidden = self.depth
            return
        self._open(tag)

    def _open(self, tag: str) -> None:
        if tag == "table":
            if self.grids:
                self.grids[-1].arranges = True
            self.grids.append(_Grid())
        elif self.grids and tag == "tr":
            self._end_cell()
            self.grids[-1].rows.append([])
        elif self.grids and tag in ("td", "th"):
            self._end_cell()
            self.grids[-1].cell = []
        elif tag in _HEADS:
            if self.grids:
                self.grids[-1].arranges = True
            self._put("\n\n# ")
        elif tag == "li":
            self._put("\n- ")
        elif tag in _BLOCKS:
            self._put("\n\n" if tag == "p" else "\n")

    def end(self, tag: str) -> None:
        here, self.depth = self.depth, self.depth - 1
        if self.hidden:
            if here <= self.hidden:
                self.hidden = 0
            return
        if self.refused is not None:
            return
        if tag == "table" and self.grids:
            self._end_grid()
        elif tag in ("td", "th") and self.grids:
            self._end_cell()
        elif tag in _BLOCKS and tag not in _VOID:
            self._put("\n")

    def data(self, text: str) -> None:
        if not self.hidden and self.refused is None:
            self._put(re.sub(r"\s+", " ", text))

    def comment(self, text: str) -> None:
        pass

    def close(self) -> None:
        while self.grids:
            self._end_grid()

    def told(self) -> Told:
        """Lines and remarks of the whole page."""
        text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(self.out))
        return Told(re.sub(r"\n{3,}", "\n\n", text).strip().split("\n"), self.notes)

    def _put(self, text: str) -> None:
        if not self.grids:
            self.out.append(text)
        elif self.grids[-1].cell is not None:
            self.grids[-1].cell.append(text)

    def _end_cell(self) -> None:
        grid = self.grids[-1]
        if grid.cell is not None:
            if not grid.rows:
                grid.rows.append([])
            grid.rows[-1].append("".join(grid.cell).strip())
            grid.cell = None

    def _end_grid(self) -> None:
        self._end_cell()
        grid = self.grids.pop()
        if grid.arranges:
            lines = [cell for row in grid.rows for cell in row if cell]
        else:
            found = told(grid.rows)
            lines = found.lines
            self.notes += found.notes
        self._put("\n\n" + "\n".join(lines) + "\n\n")


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    style = str(attributes.get("style", "")).replace(" ", "").lower()
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or any(mark in style for mark in ("display:none", "visibility:hidden", "font-size:0", "opacity:0"))
    )


def _quotes(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether a part of a mail's page is the mail it answers."""
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower()
    return tag == "blockquote" or any(mark in names for mark in ("gmail_quote", "moz-cite", "yahoo_quoted"))
