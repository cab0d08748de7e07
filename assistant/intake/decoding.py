"""The one decoder: bytes of any usual encoding into clean text, for files and for what is typed or piped in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from io import BufferedIOBase

from assistant.errors import UnreadableFile

KINDS = "text, Markdown, HTML, Word (.docx), PDF or mail (.eml)"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SAMPLE = 20_000


def decode(data: bytes, name: str) -> str:
    """Text of bytes: UTF-8 (with or without mark), UTF-16, else cp1252. Raises UnreadableFile for what is no text."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        strange = sum(1 for c in sample if (ord(c) < 32 and c not in "\t\n\r\f") or c == "\ufffd")
        if strange <= 0.005 * len(sample) + 2:
            return cleaned(text)
    raise UnreadableFile(f"{name} is not text.", "It holds bytes that are no letters.", f"Give it as {KINDS}.")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith(_WIDE):
        return ("utf-16",)
    head = data[:400]
    if len(head) >= 8 and head.count(0) * 3 > len(head):  # every second byte is zero: UTF-16 without a mark
        return ("utf-16-le" if head[1:2] == b"\0" else "utf-16-be",)
    return ("utf-8-sig", "cp1252", "latin-1")


def cleaned(text: str) -> str:
    """Text as it can be kept and written back: one kind of line end, no half characters, no control characters.

    Halves of UTF-16 pairs (lone surrogates, as some terminals send them) are joined where both are there, and become
    the mark for an unreadable character where one is alone.
    """
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def line_reader(stream: BufferedIOBase, most: int) -> Callable[[], str]:
    """Reads one line after the other (at most `most` bytes each) from a pipe of any usual encoding.

    The reader returns "" at the end. Lines are decoded one by one, so that a conversation can wait for its answers.
    """
    wide = ""

    def read() -> str:
        nonlocal wide
        line = stream.readline(most)
        if line.startswith(_WIDE):
            wide = "utf-16-le" if line.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
            line = line[2:]
        if not wide:
            return _line(line)
        if wide == "utf-16-le" and line.endswith(b"\n"):
            line += stream.read(1)  # the second half of the line end
        return cleaned(line.decode(wide, "replace"))

    return read


def _line(line: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return cleaned(line.decode(encoding))
        except UnicodeDecodeError:
            continue
    return cleaned(line.decode("latin-1"))
