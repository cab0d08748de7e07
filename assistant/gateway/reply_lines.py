"""The grammar of lines that replies are written in: words first, indentation for what belongs inside.

    TASK Clerk: check order | work 10 min | "checks the order"

A line is a keyword in capitals, a text, fields between bars, and at the end perhaps a quotation. Deeper lines belong
to the line above. This module knows no process; it reads lines into a tree and says what is wrong with a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from assistant.gateway.port import ReplyFault

T = TypeVar("T")
MAX_LINES = 4000
MAX_DEPTH = 40
_QUOTED = re.compile(r"""[“"„](.*)[”"“]""", re.DOTALL)
_BARE = re.compile(r"\s*(?:[-*•]\s+|\d+[.)]\s+|#{1,6}\s+)?")
_BOLD = re.compile(r"^(\*\*|__)(.+?)\1")


@dataclass
class Line:
    """One line: its number, keyword, text, fields (without the quotation), quotation, and the lines inside it."""

    number: int
    word: str
    text: str = ""
    fields: tuple[str, ...] = ()
    quote: str = ""
    inside: list[Line] = field(default_factory=list)

    def fault(self, message: str) -> ReplyFault:
        """A mistake on this line, for the model to mend."""
        return ReplyFault(f"Line {self.number} ({self.word}): {message}")

    def below(self) -> Iterator[Line]:
        """This line and all inside it, in order."""
        yield self
        for line in self.inside:
            yield from line.below()


@dataclass(frozen=True)
class Grammar:
    """Which keywords exist, longest first when read, and which lines may stand inside which.

    `inside` names for a keyword those that may stand in it; keywords without an entry hold nothing. `partners` are
    lines that models like to write beside their block instead of inside it: `WHEN` after `CHOICE`. `other_words` turn a
    line of a word that means the same into one of ours: `ELSE` into `WHEN otherwise`. Lines of words in `anywhere` are
    about the whole and stand at the top, wherever they were written.
    """

    words: tuple[str, ...]
    inside: Mapping[str, frozenset[str]]
    partners: Mapping[str, frozenset[str]]
    other_words: Mapping[str, Callable[[Line], Line]] = field(default_factory=dict)
    anywhere: frozenset[str] = frozenset()

    def keyword(self, text: str) -> str | None:
        """The keyword a line begins with."""
        upper = text.upper()
        for word in sorted((*self.words, *self.other_words), key=len, reverse=True):
            if upper.startswith(word) and (len(text) == len(word) or not text[len(word)].isalnum()):
                return word
        return None


def read_lines(text: str, grammar: Grammar) -> list[Line]:
    """The lines at the top, each holding its own. Raises ReplyFault naming the line and the mistake."""
    rows = text.expandtabs(2).splitlines()
    if len(rows) > MAX_LINES:
        raise ReplyFault(f"The reply has {len(rows):,} lines; at most {MAX_LINES:,} are read.")
    top = Line(0, "")
    open_lines: list[tuple[int, Line]] = [(-1, top)]
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        indent = len(row) - len(row.lstrip())
        line = _read(number, row, grammar)
        if _closes(line, grammar):
            continue
        if line.word in grammar.anywhere:
            top.inside.append(line)
            continue
        while open_lines[-1][0] >= indent:
            open_lines.pop()
        holder = _holder(open_lines[-1][1], line, grammar)
        if len(open_lines) > MAX_DEPTH:
            raise line.fault(f"it is nested more than {MAX_DEPTH} deep.")
        _check_place(holder, line, grammar)
        holder.inside.append(line)
        open_lines.append((indent, line))
    return top.inside


def read_blocks(lines: Iterable[Line], read: Callable[[Line], T]) -> tuple[dict[int, T], dict[int, str]]:
    """What blocks mean, by their number from 0, and what is wrong with the others. Raises ReplyFault: none is right."""
    made: dict[int, T] = {}
    broken: dict[int, str] = {}
    for number, line in enumerate(lines):
        try:
            made[number] = read(line)
        except ReplyFault as fault:
            broken[number] = str(fault)
    if broken and not made:
        raise ReplyFault("\n".join(broken.values()), tuple(broken))
    return made, broken


def _closes(line: Line, grammar: Grammar) -> bool:
    """`END CHOICE`, `END LOOP`: a habit from programs. Indentation closes blocks; an outcome has another name."""
    return line.word == "END" and line.text in grammar.words


def _holder(above: Line, line: Line, grammar: Grammar) -> Line:
    """The line a new one belongs to: the open one above, or a block just before it whose partner it is."""
    allowed = grammar.inside.get(above.word, frozenset(grammar.words) if not above.word else frozenset())
    wanted = grammar.partners.get(line.word)
    if wanted and above.word not in wanted and above.inside and above.inside[-1].word in wanted:
        return above.inside[-1]
    if wanted and line.word not in allowed and above.inside and above.inside[-1].word in wanted:
        return above.inside[-1]
    return above


def _check_place(holder: Line, line: Line, grammar: Grammar) -> None:
    if not holder.word:
        return
    allowed = grammar.inside.get(holder.word)
    if allowed is None:
        raise line.fault(
            f"a {holder.word} holds no lines; write this one at the same indentation as the {holder.word}."
        )
    if line.word not in allowed:
        names = ", ".join(sorted(allowed))
        raise line.fault(f"it cannot stand inside the {holder.word} of line {holder.number}, which holds {names}.")


def _read(number: int, row: str, grammar: Grammar) -> Line:
    found = _BARE.match(row)
    body = _BOLD.sub(r"\2", row[found.end() if found else 0 :].rstrip())
    word = grammar.keyword(body)
    if word is None:
        known = ", ".join(grammar.words)
        raise ReplyFault(f"Line {number} begins with no known word: {body[:40]!r}. Lines begin with one of: {known}.")
    text, fields, quote = split_fields(body[len(word) :].lstrip(" :"))
    line = Line(number, word, text, fields, quote)
    other = grammar.other_words.get(word)
    return other(line) if other else line


def split_fields(body: str) -> tuple[str, tuple[str, ...], str]:
    """The text, the fields and the quotation of a line's body; a bar inside quotation marks divides nothing."""
    pieces = [piece.strip() for piece in _split_bars(body)]
    quote = ""
    kept: list[str] = []
    for piece in pieces:
        found = _QUOTED.fullmatch(piece)
        if found and kept:
            quote = quote or found.group(1).strip()
        else:
            kept.append(piece)
    return (kept[0] if kept else ""), tuple(piece for piece in kept[1:] if piece), quote


def _split_bars(body: str) -> list[str]:
    pieces, start, quoted = [], 0, False
    for place, char in enumerate(body):
        if char in '“"„”':
            before = body[:place].rstrip()
            if not quoted and (before.endswith("|") or not before):
                quoted = True
            elif quoted and (not body[place + 1 :].strip() or body[place + 1 :].lstrip().startswith("|")):
                quoted = False
        elif char == "|" and not quoted:
            pieces.append(body[start:place])
            start = place + 1
    pieces.append(body[start:])
    return pieces
