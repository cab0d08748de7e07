"""How wide text is and how it breaks into lines, without a font at hand.

Widths are those of Helvetica and Arial (Adobe's font metrics, in thousandths of the size); a letter not listed counts
as wide as the widest common one, so that a line never turns out longer than reckoned.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WIDTHS = {
    222: "ijl'|",
    278: "I !,./:;ft\\[]()`",
    333: 'r-"*^',
    500: "ckvxyszJ",
    556: "abdeghnopqu0123456789_#$?L+=<>~",
    611: "FTZ",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    944: "W%@",
}
_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


def _letter(letter: str) -> int:
    known = _OF.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1000
    base = unicodedata.normalize("NFD", letter)[0]
    return _OF.get(base, 800)


@lru_cache(maxsize=20_000)
def width(text: str, size: float = 12) -> float:
    """The width of a line of text in pixels."""
    return sum(map(_letter, text)) * size / 1000


@lru_cache(maxsize=20_000)
def wrap(text: str, room: float, size: float = 12, most: int = 6) -> tuple[str, ...]:
    """`text` in at most `most` lines no wider than `room` pixels; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, room, size):
            longer = f"{line} {piece}" if line else piece
            if line and width(longer, size) > room:
                lines.append(line)
                line = piece
            else:
                line = longer
            if len(lines) > most:
                break
    if line:
        lines.append(line)
    if len(lines) > most:
        lines = lines[:most]
        last = lines[-1]
        while last and width(last + "…", size) > room:
            last = last[:-1]
        lines[-1] = last.rstrip() + "…"
    return tuple(lines)


def broken(text: str, room: float, size: float = 12) -> bool:
    """Whether a word of the text is too long for a line and would have to be cut where it has no hyphen."""
    return any(width(part, size) > room for word in text.split() for part in _PARTS.findall(word))


_PARTS = re.compile(r"[^-\u2010/]*[-\u2010/]+|[^-\u2010/]+")


def _pieces(word: str, room: float, size: float) -> list[str]:
    """A word too long for a line, in pieces: broken after its own hyphens, and only where these are too far apart
    by a hyphen of ours."""
    if width(word, size) <= room:
        return [word]
    pieces: list[str] = []
    for part in _PARTS.findall(word):
        if pieces and width(pieces[-1] + part, size) <= room:
            pieces[-1] += part
        else:
            pieces += _cut(part, room, size)
    return pieces


def _cut(word: str, room: float, size: float) -> list[str]:
    """A word without hyphens in pieces that end in one."""
    pieces: list[str] = []
    rest = word
    while rest and width(rest, size) > room and len(pieces) < 60:
        cut = len(rest)
        total = 0.0
        for index, letter in enumerate(rest):
            total += _letter(letter) * size / 1000
            if total + 0.333 * size > room:
                cut = max(index, 1)
                break
        joined = rest[:cut]
        pieces.append(joined if not joined[-1].isalnum() else joined + "-")
        rest = rest[cut:]
    return [*pieces, rest] if rest else pieces
