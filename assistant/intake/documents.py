"""Files as stories: .txt, .md, .html, .docx, .pdf and pasted mail become plain text, bounded in size.

The kind is told by what the file holds, not by its name. Tables of steps (step, who, how long …) become sentences.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.intake.document_tables import Table, sentences_of

MOST_BYTES = 25_000_000
MOST_CHARACTERS = 2_000_000
MOST_PAGES = 300
MOST_UNZIPPED = 150_000_000
KINDS = ".txt, .md, .html, .docx or .pdf"
_PICTURES = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"BM": "a picture (BMP)",
    b"II*\x00": "a picture (TIFF)",
    b"MM\x00*": "a picture (TIFF)",
    b"\x00\x00\x01\x00": "a picture (ICO)",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"\xd0\xcf\x11\xe0": "an old Office file (.doc, .xls)",
    b"SQLite format 3": "a database",
    b"ID3": "a sound file",
    b"OggS": "a sound file",
}
_MAIL_HEADER = re.compile(
    r"^(From|To|Cc|Bcc|Sent|Date|Subject|Reply-To|Message-ID|Received|Content-[\w-]+|MIME-Version|"
    r"X-[\w-]+|Importance|Attachments?):[ \t]",
    re.MULTILINE,
)
_SIGNATURE = re.compile(
    r"^(?:--\s*|(?:(?:best|kind|warm|many)\s+)?(?:regards|wishes|thanks|greetings)\s*,?\s*|cheers,?\s*|"
    r"sincerely(?: yours)?,?\s*|yours (?:sincerely|faithfully),?\s*|sent from my .*)$",
    re.IGNORECASE,
)
_WROTE = re.compile(r"^(?:on .{5,120} wrote:|-{2,}\s*(?:original|forwarded) message\s*-{2,}|_{10,})\s*$", re.IGNORECASE)
_GREETING = re.compile(
    r"^(?:hi|hello|dear|hey|good (?:morning|afternoon|evening))\b[^.!?]{0,60}[,!]?\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain text: its kind (text, markdown, html, word, pdf, mail) and notes on what was left out."""

    text: str
    kind: str
    notes: tuple[str, ...] = ()


def read_document(source: Path | bytes | str) -> Document:
    """The words of a file (a path) or of its content (bytes). Raises UnreadableFile, naming the reason."""
    name = "The text" if isinstance(source, bytes) else str(source)
    data = source if isinstance(source, bytes) else _load(Path(source))
    if not data.strip():
        raise UnreadableFile(f"{name} is empty.", "", "Write down how the work runs, or choose another file.")
    document = _read(data, name)
    if len(document.text) > MOST_CHARACTERS:
        raise UnreadableFile(
            f"{name} holds {len(document.text):,} characters.",
            f"At most {MOST_CHARACTERS:,} are read.",
            "Give the part that tells the process.",
        )
    if not document.text.strip():
        raise UnreadableFile(
            f"{name} holds no words.", "Perhaps it holds pictures of text.", f"Give it as text ({KINDS})."
        )
    return document


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableFile(f"{path} is a folder.", "", f"Name a file: {KINDS}.")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UnreadableFile(
                f"{path} has {size:,} bytes.",
                f"At most {MOST_BYTES:,} are read.",
                "Give the part that tells the process.",
            )
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(
            f"{path} cannot be read.", f"{error.strerror or error}.", "Check the name and the rights."
        ) from None
    if len(data) > MOST_BYTES:
        raise UnreadableFile(
            f"{path} is too large.", f"At most {MOST_BYTES:,} bytes are read.", "Give the part that tells the process."
        )
    return data


def _read(data: bytes, name: str) -> Document:
    head = data[:16]
    for magic, what in _PICTURES.items():
        if head.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:400]):
            raise UnreadableFile(f"{name} is {what}, not text.", "", f"Give the story as {KINDS}.")
    if head[8:12] == b"WEBP" or head[4:8] == b"ftyp":
        raise UnreadableFile(f"{name} is a picture or film, not text.", "", f"Give the story as {KINDS}.")
    if head.startswith(b"%PDF"):
        return _pdf(data, name)
    if head.startswith(b"PK\x03\x04"):
        return _word(data, name)
    return _plain(_decoded(data, name), name)


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        strange = sum(1 for c in text[:20_000] if (ord(c) < 32 and c not in "\t\n\r\f") or c == "�")
        if strange > 0.005 * min(len(text), 20_000) + 2:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ")
    raise UnreadableFile(f"{name} is not text.", "It holds bytes that are no letters.", f"Give the story as {KINDS}.")


def _plain(text: str, name: str) -> Document:
    start = text[:3000].lstrip().lower()
    if start.startswith("<?xml") or "<bpmn:definitions" in start or "<definitions" in start[:500]:
        raise UnreadableFile(
            f"{name} is XML, not a story.", "", "Give a BPMN file its ending .bpmn; give a story as text."
        )
    if re.search(r"<(?:!doctype html|html|body|p|div|table|ul|ol|h[1-6])\b", start):
        return _html(text, name)
    if len(_MAIL_HEADER.findall(text[:2000])) >= 2:
        return Document(_mail(text), "mail")
    if re.search(r"^\s*#{1,6} |\*\*\w|^\s*\|.+\|\s*$|\]\(", text, re.MULTILINE):
        return Document(_markdown(text), "markdown")
    return Document(text, "text")


# --- kinds -------------------------------------------------------------------------------------------------------


def _mail(text: str) -> str:
    """The words of a mail: the subject, then what was written, without headers, quotes, greeting and signature."""
    subject = re.search(r"^Subject:[ \t]*(?:(?:re|fw|fwd|aw|wg):\s*)*(.*)$", text, re.MULTILINE | re.IGNORECASE)
    kept: list[str] = []
    for line in text.split("\n"):
        bare = line.strip()
        if _SIGNATURE.match(bare) and sum(map(len, kept)) > 200:
            break
        if _MAIL_HEADER.match(line) or _WROTE.match(bare) or bare.startswith(">") or _GREETING.match(bare):
            continue
        kept.append(line)
    title = f"# {subject.group(1).strip()}\n\n" if subject and subject.group(1).strip() else ""
    return title + "\n".join(kept).strip() + "\n"


def _markdown(text: str) -> str:
    """Markdown without its marks; tables of steps as sentences."""
    out: list[str] = []
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if re.match(r"^\s*\|.*\|\s*$", line):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells if cell):
                rows.append(cells)
            continue
        if rows:
            out += sentences_of(Table(rows))
            rows = []
        line = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", line)
        line = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line)
        out.append(re.sub(r"(\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|`)", "", line))
    return "\n".join(out)


def _html(text: str, name: str) -> Document:
    from bs4 import BeautifulSoup
    from bs4.element import Tag

    if text.count("<") > 200_000:
        raise UnreadableFile(f"{name} has too many tags.", "", "Save the page as text.")
    try:
        soup = BeautifulSoup(text, "html.parser")
        for tag in soup(["script", "style", "template", "head", "noscript", "nav", "svg", "iframe"]):
            tag.decompose()
        for tag in soup.find_all(True):
            if isinstance(tag, Tag) and not tag.decomposed and _hidden(tag.attrs):
                tag.decompose()
        for table in soup.find_all("table"):
            if isinstance(table, Tag):
                rows = [
                    [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])]
                    for row in table.find_all("tr")
                ]
                table.replace_with("\n" + "\n".join(sentences_of(Table(rows))) + "\n")
        for tag in soup.find_all(["p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "section"]):
            mark = {"li": "\n- ", "h1": "\n\n# ", "h2": "\n\n# ", "h3": "\n\n# "}.get(
                tag.name, "\n\n" if tag.name == "p" else "\n"
            )
            tag.insert_before(mark)
            tag.insert_after("\n")
        words = soup.get_text()
    except RecursionError:
        raise UnreadableFile(f"{name} is nested too deep to read.", "", "Save the page as text.") from None
    return Document(re.sub(r"\n\s*\n\s*\n+", "\n\n", words).strip() + "\n", "html")


def _hidden(attrs: Mapping[str, object]) -> bool:
    style = str(attrs.get("style", "")).replace(" ", "").lower()
    return (
        "hidden" in attrs
        or attrs.get("aria-hidden") == "true"
        or any(mark in style for mark in ("display:none", "visibility:hidden", "font-size:0", "opacity:0"))
    )


def _word(data: bytes, name: str) -> Document:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "word/document.xml" not in archive.namelist():
                raise UnreadableFile(
                    f"{name} is an archive or another Office file, not a Word document.",
                    "",
                    f"Give the story as {KINDS}.",
                )
            if sum(info.file_size for info in archive.infolist()) > MOST_UNZIPPED:
                raise UnreadableFile(
                    f"{name} unpacks to more than {MOST_UNZIPPED:,} bytes.", "", "Give the part that tells the process."
                )
        import docx
        from docx.table import Table as WordTable

        document = docx.Document(io.BytesIO(data))
        lines: list[str] = []
        for item in document.iter_inner_content():
            if isinstance(item, WordTable):
                lines += sentences_of(Table([[cell.text.strip() for cell in row.cells] for row in item.rows[:500]]))
            elif item.text.strip():
                lines.append(_word_line(item.text, str(item.style.name if item.style is not None else "")))
    except UnreadableFile:
        raise
    except Exception as error:  # a damaged file can fail anywhere in the library
        raise UnreadableFile(
            f"{name} is damaged or no Word document.",
            f"{type(error).__name__}.",
            f"Save it again, or give it as {KINDS}.",
        ) from None
    return Document("\n\n".join(lines) + "\n", "word")


def _word_line(text: str, style: str) -> str:
    if style.startswith(("Heading", "Title")):
        return f"# {text}"
    return f"- {text}" if style.startswith("List") else text


def _pdf(data: bytes, name: str) -> Document:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    notes: tuple[str, ...] = ()
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(f"{name} is locked with a password.", "", "Save it without a password.")
        count = len(reader.pages)
        pages = [reader.pages[i].extract_text() for i in range(min(count, MOST_PAGES))]
        if count > MOST_PAGES:
            notes = (f"Only the first {MOST_PAGES} of {count} pages were read.",)
    except UnreadableFile:
        raise
    except Exception as error:  # as above
        raise UnreadableFile(
            f"{name} is damaged or no PDF.", f"{type(error).__name__}.", f"Give the story as {KINDS}."
        ) from None
    text = "\n".join(_unwrapped(page) for page in pages)
    if not text.strip():
        raise UnreadableFile(
            f"{name} holds no words.", "It probably holds scanned pictures of text.", f"Give the story as {KINDS}."
        )
    return Document(text, "pdf", notes)


def _unwrapped(page: str) -> str:
    """A page with words parted at line ends put together, and page numbers left out."""
    page = re.sub(r"(\w)-\n(?=[a-z])", r"\1", page)
    return "\n".join(
        line
        for line in page.split("\n")
        if not re.fullmatch(r"\s*(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*", line, re.IGNORECASE)
    )
