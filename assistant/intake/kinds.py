"""What a file is: told by what it holds, and only then by its name. What is none of ours is refused with the reason."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal, TypeAlias

from assistant.errors import UnreadableFile
from assistant.intake.decoding import KINDS
from assistant.intake.mail import is_mail

Kind: TypeAlias = Literal["bpmn", "json", "outline", "pdf", "word", "html", "mail", "markdown", "text", "table"]
_STRANGERS = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"BM": "a picture (BMP)",
    b"II*\x00": "a picture (TIFF)",
    b"MM\x00*": "a picture (TIFF)",
    b"\x00\x00\x01\x00": "a picture (ICO)",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"SQLite format 3": "a database",
    b"ID3": "a sound file",
    b"OggS": "a sound file",
    b"{\\rtf": "a rich text file (.rtf)",
}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
BPMN_ENDINGS = (".bpmn", ".bpmn2", ".bpmn20", ".xml")
TABLE_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".parquet", ".xes", ".gz")
EXPORTS = {
    "Bizagi": "In Bizagi Modeler: Publish or Export → BPMN, which gives a .bpmn file.",
    "Visio": "In Visio: Process → Export → BPMN (in newer ones File → Export → BPMN 2.0); or redraw it in a BPMN tool.",
    "an XPDL tool": "Open it in the tool that wrote it and export BPMN 2.0 instead of XPDL.",
    "draw.io": "draw.io writes no BPMN: export the steps as text and tell them, or redraw it in a BPMN tool.",
    "ARIS": "In ARIS: right-click the model → Export → BPMN 2.0.",
    "an EPC tool": "Convert the EPC to BPMN in the tool that wrote it, and export BPMN 2.0.",
    "a Petri net tool": "Export BPMN 2.0 from the tool that wrote it.",
}
"""How each tool gives BPMN."""
_BY_ENDING = {
    ".bpm": "Bizagi", ".bpmi": "Bizagi", ".vsdx": "Visio", ".vsd": "Visio", ".vdx": "Visio", ".vsdm": "Visio",
    ".xpdl": "an XPDL tool", ".drawio": "draw.io", ".dio": "draw.io", ".aml": "ARIS", ".epml": "an EPC tool",
    ".pnml": "a Petri net tool",
}  # fmt: skip
_BY_ROOT = {
    "mxfile": "draw.io", "mxgraphmodel": "draw.io", "package": "an XPDL tool", "visiodocument": "Visio", "aml": "ARIS",
    "epml": "an EPC tool", "pnml": "a Petri net tool",
}  # fmt: skip
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?([\w.-]{1,60})")
_BEFORE_ROOT = (("<?", "?>"), ("<!--", "-->"), ("<!", ">"))
_PAGE = re.compile(r"<(?:!doctype html|html|body|p|div|table|ul|ol|h[1-6])\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"^\s{0,3}#{1,6} |\*\*\w|^\s*\|.+\|\s*$|\]\(", re.MULTILINE)


def packed_kind(data: bytes, name: str) -> Kind | None:
    """What bytes that are no text are, or None for text. Raises UnreadableFile for what is not read at all."""
    head = data[:16]
    for magic, what in _STRANGERS.items():
        if head.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:400]):
            raise UnreadableFile(f"{name} is {what}, not text.", "", f"Give it as {KINDS}.")
    if head[8:12] == b"WEBP" or head[4:8] == b"ftyp":
        raise UnreadableFile(f"{name} is a picture or film, not text.", "", f"Give it as {KINDS}.")
    if head.startswith(_OLD_OFFICE):
        if _ending(name) in _BY_ENDING:
            raise other_tool(name, _BY_ENDING[_ending(name)])
        raise UnreadableFile(
            f"{name} is an old Office file (.doc, .xls).", "", "Save it as .docx or .xlsx, or give it as text."
        )
    if head.startswith(b"%PDF"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data, name)
    if head.startswith((b"\x1f\x8b", b"PAR1")):
        if _ending(name) in TABLE_ENDINGS or head.startswith(b"PAR1"):
            return "table"
        raise UnreadableFile(f"{name} is a compressed file, not text.", "", "Unpack it first.")
    return None


def _zipped(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        if _ending(name) in _BY_ENDING:
            raise other_tool(name, _BY_ENDING[_ending(name)]) from None
        raise UnreadableFile(
            f"{name} is a damaged archive or Office file.", "", "Save it again, or give it as text."
        ) from None
    if "word/document.xml" in names:
        return "word"
    if "xl/workbook.xml" in names:
        return "table"
    if any(part.startswith("visio/") for part in names):
        raise other_tool(name, "Visio")
    if any(part.endswith((".diag", ".diagx")) for part in names) or _ending(name) == ".bpm":
        raise other_tool(name, "Bizagi")
    if "ppt/presentation.xml" in names:
        raise UnreadableFile(f"{name} is a presentation, not text.", "", "Save it as PDF, or copy its words to text.")
    if "content.xml" in names:
        raise UnreadableFile(f"{name} is an OpenDocument file.", "", "Save it as .docx or .pdf.")
    raise UnreadableFile(
        f"{name} is an archive or another Office file, not a Word document.", "", f"Give it as {KINDS}."
    )


def text_kind(text: str, name: str) -> Kind:
    """What a text is: a process in one of its forms, a page, a mail, a table, or words.

    Raises UnreadableFile for the files of other tools, and for XML that is none of ours.
    """
    start = text[:8000].lstrip("\ufeff \t\r\n")
    ending = _ending(name)
    if start.startswith("{") or (ending == ".json" and start.startswith("[")):
        return "json"
    if start.startswith("<"):
        return _marked(start, name)
    if is_mail(text):
        return "mail"
    if _is_outline(text):
        return "outline"
    return _named(text, name, ending)


def _marked(start: str, name: str) -> Kind:
    tag = _root(start)
    if is_bpmn(start):
        return "bpmn"
    if tool := tool_of(start):
        raise other_tool(name, tool)
    if tag == "log" and ("xes" in start.lower() or _ending(name) == ".xes"):
        return "table"
    if tag in ("html", "body") or (not start.startswith("<?xml") and _PAGE.search(start[:3000])):
        return "html"
    if _ending(name) in _BY_ENDING:
        raise other_tool(name, _BY_ENDING[_ending(name)])
    if _ending(name) in BPMN_ENDINGS[:-1]:
        return "bpmn"  # its reader says what is wrong with it
    if start.startswith("<?xml") or _ending(name) == ".xml":
        raise UnreadableFile(
            f"{name} is XML, but no BPMN.",
            f"It begins with <{tag[:40]}>." if tag else "",
            "Export BPMN 2.0, or tell the work in words.",
        )
    return "html" if _PAGE.search(start) else "text"


def is_bpmn(start: str) -> bool:
    """Whether marked-up text is a BPMN file."""
    return start.startswith("<") and (_root(start) == "definitions" or "omg.org/spec/BPMN" in start)


def tool_of(start: str) -> str:
    """The tool whose drawing marked-up text is, by its first tag; empty for none we know."""
    tag = _root(start)
    return _BY_ROOT.get(tag, "") if tag != "package" or "xpdl" in start.lower() else ""


def _root(start: str) -> str:
    """The first tag of marked-up text in lower case, behind declarations and remarks; empty when there is none."""
    place = 0
    while place < len(start):
        ends = next((end for begin, end in _BEFORE_ROOT if start.startswith(begin, place)), None)
        if ends is None:
            found = _ROOT.match(start, place)
            return found.group(1).lower() if found else ""
        close = start.find(ends, place)
        if close < 0:
            return ""
        place = close + len(ends)
        while place < len(start) and start[place].isspace():
            place += 1
    return ""


def _is_outline(text: str) -> bool:
    from assistant.process.outline import is_outline

    return is_outline(text)


def _named(text: str, name: str, ending: str) -> Kind:
    """What only the name tells."""
    if ending in _BY_ENDING:
        raise other_tool(name, _BY_ENDING[ending])
    if ending in BPMN_ENDINGS:
        return "bpmn"
    if ending == ".json":
        return "json"
    if ending in TABLE_ENDINGS:
        return "table"
    if ending in (".html", ".htm", ".xhtml") or _PAGE.search(text[:3000]):
        return "html"
    if ending == ".eml":
        return "mail"
    return "markdown" if _MARKDOWN.search(text) else "text"


def other_tool(name: str, tool: str) -> UnreadableFile:
    """The refusal of another tool's file, with how that tool gives BPMN."""
    what = f"{name} is a file of {tool}, which is not BPMN."
    return UnreadableFile(what, "Of drawings only BPMN 2.0 can be read.", EXPORTS[tool])


def _ending(name: str) -> str:
    found = re.search(r"\.[A-Za-z0-9]{1,8}$", name)
    return found.group().lower() if found else ""
