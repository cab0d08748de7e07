"""Word files as text: paragraphs, lists, headings and tables of the document part, unpacked within bounds.

Only the part with the words and the one with the names of styles are unpacked; headers, footers, comments, pictures
and what a tracked change deleted are never looked at.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from assistant.errors import UnreadableFile
from assistant.intake.bounds import MOST_UNPACKED, PART, Clock
from assistant.intake.rows import Told, told

if TYPE_CHECKING:
    from lxml.etree import _Element

DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = frozenset(f"{_W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "footnoteReference"))


def word_text(data: bytes, name: str) -> Told:
    """The lines of a Word file. Raises UnreadableFile when it is damaged or unpacks to too much."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            document = _tree(_unpacked(archive, DOCUMENT, name))
            styles = _styles(archive, name)
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _damaged(name, error) from None
    except etree.XMLSyntaxError as error:
        raise _damaged(name, error) from None
    body = document.find(f"{_W}body")
    if body is None:
        raise _damaged(name, ValueError("no body"))
    found = Told()
    _blocks(body, styles, found, Clock(name))
    return found


def _damaged(name: str, error: Exception) -> UnreadableFile:
    return UnreadableFile(
        f"{name} is damaged or no Word document.", f"{type(error).__name__}.", "Save it again, or give it as text."
    )


def _unpacked(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """One part, read no further than the bound, whatever size the archive declares."""
    with archive.open(part) as stream:
        data = stream.read(MOST_UNPACKED + 1)
    if len(data) > MOST_UNPACKED:
        raise UnreadableFile(f"{name} unpacks to more than {MOST_UNPACKED:,} bytes of text.", "", PART)
    return data


def _tree(data: bytes) -> _Element:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _styles(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """The names of styles by id, in lower case: Word keeps them in English in every language."""
    if "word/styles.xml" not in archive.namelist():
        return {}
    names: dict[str, str] = {}
    for style in _tree(_unpacked(archive, "word/styles.xml", name)).iter(f"{_W}style"):
        told_as = style.find(f"{_W}name")
        if told_as is not None:
            names[style.get(f"{_W}styleId", "")] = str(told_as.get(f"{_W}val", "")).lower()
    return names


def _blocks(parent: _Element, styles: dict[str, str], found: Told, clock: Clock) -> None:
    """Paragraphs and tables in order; blocks that only wrap others are looked into."""
    for block in parent:
        clock.check()
        if block.tag == f"{_W}p":
            text = _text(block).strip()
            if text:
                found.lines += [_marked(block, text, styles), ""]
        elif block.tag == f"{_W}tbl":
            table = told([[_cell(cell) for cell in row.iter(f"{_W}tc")] for row in block.findall(f"{_W}tr")])
            found.lines += [*table.lines, ""]
            found.notes += table.notes
        elif block.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            _blocks(block, styles, found, clock)


def _cell(cell: _Element) -> str:
    return " ".join(text for paragraph in cell.iter(f"{_W}p") if (text := _text(paragraph).strip()))


def _text(paragraph: _Element) -> str:
    """The words of a paragraph as they are now: without what is deleted, or stands in a box inside it."""
    out: list[str] = []
    skip = 0
    from lxml import etree

    for event, part in etree.iterwalk(paragraph, events=("start", "end")):
        gone = part.tag in _LEFT_OUT
        if gone:
            skip += 1 if event == "start" else -1
        elif skip or event == "end":
            continue
        elif part.tag == f"{_W}t":
            out.append(part.text or "")
        elif part.tag in (f"{_W}br", f"{_W}cr", f"{_W}tab"):
            out.append(" " if part.tag == f"{_W}tab" else "\n")
    return "".join(out)


def _marked(paragraph: _Element, text: str, styles: dict[str, str]) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    style_id = str(style.get(f"{_W}val", "")) if style is not None else ""
    named = styles.get(style_id, style_id.lower())
    if named.startswith(("heading", "title", "toc")):
        return f"# {text}"
    listed = named.startswith("list") or paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    return f"- {text}" if listed else text
