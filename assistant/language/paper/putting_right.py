"""A free answer put right: the model sends the lines it changes, adds or drops, and the sums.

All other lines stand as they were written, freely and from the story alone: an answer that was written anew with
everybody's notes beside it read worse (docs/decisions/0023-answered-freely-first-then-put-right.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple

from assistant.gateway.port import ReplyFault, TextReply
from assistant.language.paper.figures_stated import is_row
from assistant.language.paper.markdown import FIGURES, LONG_WORDS, MOST_CHARS, cleaned, counted, sentences

MOST_EDITS = 60
MARKED = 3
"""Sentences from which on those of a line are marked, so that one can be changed without the others."""
TITLE = "# What hurts, and what to decide"
_EDIT = re.compile(r"^\s*(?:[-*]\s+)?\**(LINE|AFTER|DROP)\s+(\d+)(?:\s?\[(\d+)\])?\**[:.]?\**\s*(.*)$")
_OF_DRAWN = re.compile(r"^\s*(?:[-*]\s+)?\**(?:(NOT|TITLE|RULE|UNLESS|RISK|NEEDS)\s+(\d+)|MORE)\**[:.]?\**\s+(\S.*)$")
MOST_OF_DRAWN, LONG_OF_DRAWN = 12, 300
"""Lines on the changes of colleagues that are read, and letters of one."""
_ITEM = re.compile(r"^(?:(?:[-*+]|\d+[.)])\s|>|☐)")


class Edit(NamedTuple):
    """A line sent: `LINE 4` stands instead of line 4, `AFTER 4` behind it, `DROP 4` takes it out; with a `sentence`
    (`LINE 4[2]`) that of the line alone."""

    word: str
    number: int
    text: str
    sentence: int = 0

    @property
    def name(self) -> str:
        """How it is called in a reply."""
        return f"{self.word} {self.number}{f'[{self.sentence}]' if self.sentence else ''}"


class OfDrawn(NamedTuple):
    """What the answer makes of the changes drawn beside it, so that both say the same: `RULE 2`, `TITLE 2`, `UNLESS 2`,
    `RISK 2` and `NEEDS 2` stand instead of those of change 2, `NOT 2` says why the answer leaves it out, `MORE` (0) is
    one of its own."""

    word: str
    number: int
    text: str

    @property
    def name(self) -> str:
        """How it is called in a reply."""
        return f"{self.word} {self.number}" if self.number else self.word


@dataclass(frozen=True)
class FirstAnswer(TextReply):
    """What a model answers to the story alone, by its lines, cleaned and bounded."""

    kind: ClassVar[str] = "Markdown"
    lines: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> FirstAnswer:
        """The answer with a heading on top. Raises ReplyFault where there is none."""
        if not text.strip():
            raise ReplyFault("The answer is empty: write it whole.")
        lines = cleaned(text[:MOST_CHARS])
        if lines[0].startswith("#"):
            return cls((f"# {lines[0].lstrip('# ')}", *lines[1:]))
        return cls((TITLE, "", *lines))

    @property
    def text(self) -> str:
        """The answer as it was written."""
        return "\n".join(self.lines)

    @property
    def numbered(self) -> str:
        """The lines that are not empty, each behind its number, the sentences of a long one marked."""
        return "\n".join(f"{number}: {_marked(line)}" for number, line in enumerate(self.lines) if line)


@dataclass(frozen=True)
class Review(TextReply):
    """What is put right in an answer, and the sums that stand behind it."""

    kind: ClassVar[str] = "lines"
    edits: tuple[Edit, ...]
    sums: tuple[str, ...]
    drawn: tuple[OfDrawn, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Review:
        """The edits of a reply. Raises ReplyFault where a line is no edit or there are too many."""
        parts = _parts(text)
        if parts.strange:
            raise ReplyFault(f"No line of a review: “{parts.strange[0]:.80}”. Write LINE n:, AFTER n: or DROP n.")
        if len(parts.edits) > MOST_EDITS:
            raise ReplyFault(f"At most {MOST_EDITS} lines can be changed; change what matters most.")
        return cls(tuple(parts.edits), tuple(parts.sums), tuple(parts.drawn[:MOST_OF_DRAWN]))

    @classmethod
    def again(cls, fault: ReplyFault) -> str:
        """How what is wrong is asked for again."""
        return (
            f"Some lines of the answer as it would stand do not hold:\n{str(fault)[:4000]}\n\nSend only these lines "
            "again, as LINE n: or AFTER n:, each whole and in one line, with this put right or the claim left out. "
            "Where it is too long, DROP lines and sentences (DROP 12[3]) instead of writing any anew. Where a sum is "
            "wrong or missing, send the list FIGURES again as a whole. All else is kept."
        )

    @classmethod
    def mended(cls, old: str, new: str) -> str:
        """The old review with what was sent again: a line anew stands for all that was sent of that line before."""
        before, fresh = _parts(old), _parts(new)
        sent: tuple[Edit | OfDrawn, ...] = (*fresh.edits, *fresh.drawn)
        anew = {each.name for each in sent}
        whole = {edit.number for edit in fresh.edits if edit.word != "AFTER" and not edit.sentence}
        kept = [edit for edit in before.edits if edit.name not in anew and not (edit.sentence and edit.number in whole)]
        lines = [*kept, *(line for line in before.drawn if line.name not in anew), *sent]
        return "\n".join([*(f"{each.name}: {each.text}" for each in lines), "FIGURES", *(fresh.sums or before.sums)])

    def fitted(self, first: FirstAnswer) -> Review:
        """The review without its last additions, as many as make the answer longer than a boss reads."""
        fits = self
        while counted("\n".join(fits.applied(first).values())) > LONG_WORDS:
            added = [place for place, edit in enumerate(fits.edits) if edit.word == "AFTER"]
            if not added:
                break
            fits = replace(fits, edits=(*fits.edits[: added[-1]], *fits.edits[added[-1] + 1 :]))
        return fits

    def applied(self, first: FirstAnswer) -> Mapping[str, str]:
        """The lines of the answer by what each is called: `LINE 4`, `AFTER 4`, `AFTER 4 (2)`, `FIGURES (1)`."""
        unknown = [edit for edit in self.edits if not edit.number < len(first.lines)]
        if unknown:
            raise ReplyFault(f"The answer has no line {unknown[0].number}.")
        whole = [edit for edit in self.edits if not edit.sentence]
        instead = _by_sentence(first.lines, [edit for edit in self.edits if edit.sentence])
        instead |= {edit.number: edit.text for edit in whole if edit.word == "LINE"}
        dropped = {edit.number for edit in whole if edit.word == "DROP"}
        found: dict[str, str] = {}
        for number, line in enumerate(first.lines):
            if number not in dropped:
                found[f"LINE {number}"] = instead.get(number, line)
            behind = [edit.text for edit in whole if edit.word == "AFTER" and edit.number == number and edit.text]
            for place, text in enumerate(behind, 1):
                if not _together(next(reversed(found.values()), ""), text):
                    found[f"(gap before {number}, {place})"] = ""
                found[f"AFTER {number}" if place == 1 else f"AFTER {number} ({place})"] = text
            if behind and number + 1 < len(first.lines) and not _together(behind[-1], first.lines[number + 1]):
                found[f"(gap behind {number})"] = ""
        if self.sums:
            found |= {"(gap)": "", "FIGURES": "FIGURES"}
            found |= {f"FIGURES ({place})": line for place, line in enumerate(self.sums, 1)}
        return found


class _Parts(NamedTuple):
    """What a reply holds: edits, sums, what becomes of the changes drawn, and the lines that are none of these."""

    edits: list[Edit]
    sums: list[str]
    drawn: list[OfDrawn]
    strange: list[str]


def _parts(text: str) -> _Parts:
    whole = [line for line in text.splitlines() if line.strip() and not line.strip().startswith("```")]
    drawn = [
        OfDrawn(match[1] or "MORE", int(match[2] or 0), _line(match[3])[:LONG_OF_DRAWN])
        for line in whole
        if (match := _OF_DRAWN.match(line))
    ]
    lines = [line for line in whole if not _OF_DRAWN.match(line)]
    at = next((place for place, line in enumerate(lines) if FIGURES.match(line)), len(lines))
    edits, strange = list[Edit](), list[str]()
    for line in lines[:at]:
        if match := _EDIT.match(line):
            edits.append(Edit(match[1], int(match[2]), _line(match[4]), int(match[3] or 0)))
        elif line.strip().strip("*.").upper() not in ("NOTHING", "NONE"):
            strange.append(line)
    return _Parts(edits, list(_sums(lines[at + 1 :])), drawn, strange)


def _marked(line: str) -> str:
    """A line as a model is given it: behind the first sentence of many each has its number in front."""
    parts = sentences(line)
    if is_row(line) or len(parts) < MARKED:
        return line
    return " ".join(part if place == 1 else f"[{place}] {part}" for place, part in enumerate(parts, 1))


def _by_sentence(lines: Sequence[str], edits: Sequence[Edit]) -> dict[int, str]:
    """The lines of which single sentences are changed, added or dropped, whole."""
    found: dict[int, str] = {}
    for number in dict.fromkeys(edit.number for edit in edits):
        parts = [[sentence] for sentence in sentences(lines[number])]
        for edit in (edit for edit in edits if edit.number == number):
            if edit.sentence > len(parts):
                raise ReplyFault(f"Line {number} has no sentence {edit.sentence}.")
            part = parts[edit.sentence - 1]
            part[0] = edit.text if edit.word == "LINE" else "" if edit.word == "DROP" else part[0]
            part += [edit.text] if edit.word == "AFTER" else []
        found[number] = " ".join(text for part in parts for text in part if text)
    return found


def _line(text: str) -> str:
    return " ".join(line for line in cleaned(text) if line)


def _sums(lines: Sequence[str]) -> Iterator[str]:
    yield from (line for raw in lines if "=" in (line := _line(raw)))


def _together(line: str, following: str) -> bool:
    """Whether two lines are one block of Markdown: rows of a table, items of a list."""
    rows = is_row(line) and is_row(following)
    return not line or not following or rows or bool(_ITEM.match(line) and _ITEM.match(following))
