"""The paper for the boss as a model writes it: Markdown of a small safe subset, cleaned and bounded.

Headings, paragraphs, lists, tables and block quotes, each in one line; no HTML, links, pictures or code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from assistant.gateway.port import ReplyFault, TextReply

FEWEST_WORDS, WANTED_WORDS, LONG_WORDS, MOST_WORDS, MOST_CHARS, MOST_TABLES = 120, 950, 1080, 2200, 18_000, 6
"""Of a paper: what is no paper, what is asked for, what is sent back once (a seventh more is no fault), and what is
not read."""
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z!][^<>]*>", re.S)
_OPEN = re.compile(r"<(?=[A-Za-z/!?])")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f]")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"*(])")
_AGAIN = re.compile(r"^\s*(?:[-*]\s*)?\**LINE (\d+)\**[:.]?\s(.+)$")
FIGURES = re.compile(r"^\W*FIGURES\W*$")
"""The line between what is read and the sums behind it."""
RULED = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
"""The line below the head of a table."""


@dataclass(frozen=True)
class Paper(TextReply):
    """A paper by its lines, cleaned; an empty line stands between two blocks."""

    kind: ClassVar[str] = "Markdown"
    lines: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> Paper:
        """The paper of an answer. Raises ReplyFault where it is empty, too short, too long or has no heading."""
        if counted(text) > MOST_WORDS or len(text) > MOST_CHARS:
            raise ReplyFault(too_long(text))
        lines = cleaned(text)
        if sum(len(line.split()) for line in lines) < FEWEST_WORDS:
            raise ReplyFault("This is no paper: write headings and paragraphs, some 500 words.")
        if not lines[0].startswith("# "):
            raise ReplyFault("The answer begins with its heading: a line that starts with `# `.")
        if sum(bool(RULED.match(line)) and "|" in line for line in lines) > MOST_TABLES:
            raise ReplyFault(f"The answer has more than {MOST_TABLES} tables.")
        return cls(lines)

    @property
    def markdown(self) -> str:
        """What is read, as it is written into files."""
        return "\n".join(letter(self.lines)).strip()

    @property
    def sums(self) -> tuple[str, ...]:
        """The sums behind it, a line each."""
        behind = self.lines[len(letter(self.lines)) + 1 :]
        return tuple(line.lstrip("-*• ") for line in behind if "=" in line)

    @classmethod
    def again(cls, fault: ReplyFault) -> str:
        """How lines that are wrong are asked for again."""
        return (
            f"Some lines of your paper do not hold:\n{str(fault)[:4000]}\n\nSend only these lines again, each whole, "
            "in one line that begins with LINE and its number, with this put right or the claim left out. "
            "All else is kept."
        )

    @classmethod
    def mended(cls, old: str, new: str) -> str:
        """The old paper with the lines that were sent again; a whole new paper stands for itself."""
        fresh = {int(match[1]): match[2].strip() for line in new.splitlines() if (match := _AGAIN.match(line))}
        if not fresh:
            return new if new.lstrip().startswith("# ") else old
        lines = [fresh.get(number, line) for number, line in enumerate(cleaned(old))]
        return "\n".join(lines)


def sentences(line: str) -> list[str]:
    """The sentences of a line; the number of an item belongs to the sentence behind it."""
    parts: list[str] = []
    for part in _SENTENCES.split(line):
        if parts and len(parts[-1].split()) == 1:
            parts[-1] += f" {part}"
        elif part:
            parts.append(part)
    return parts


def counted(text: str) -> int:
    """The words of a paper; bars and rules of its tables are none, nor is the list of sums behind it."""
    return sum(any(map(str.isalnum, word)) for line in letter(text.splitlines()) for word in line.split())


def letter(lines: Sequence[str]) -> Sequence[str]:
    """The lines of a paper up to its list of sums."""
    return lines[: next((place for place, line in enumerate(lines) if FIGURES.match(line)), len(lines))]


def too_long(text: str) -> str:
    """What is said of a paper that is longer than a boss reads."""
    return (
        f"The answer has {counted(text):,} words; at most {WANTED_WORDS:,} are wanted. Shorten it: say nothing "
        "twice; keep what decides, what makes the changes safe, the tables and the words to use."
    )


def cleaned(text: str) -> tuple[str, ...]:
    """The lines of a Markdown text without tags, links, code, rules and hidden characters."""
    plain = _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    plain = _OPEN.sub("< ", _TAG.sub("", plain))
    plain = _LINK.sub(r"\1", plain).replace("`", "")
    lines: list[str] = []
    for line in plain.split("\n"):
        bare = line.strip()
        if re.fullmatch(r"(?:[-*_] ?){3,}|~{3,}", bare):
            bare = ""
        if bare or (lines and lines[-1]):
            lines.append(bare)
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines) or ("",)
