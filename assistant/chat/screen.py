"""How a reply looks: lines wrapped to the terminal with headings and questions set off, or plain lines elsewhere."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.chat.reply import Reply

BOLD, DIM, END = "\x1b[1m", "\x1b[2m", "\x1b[0m"
NARROWEST = 40
ASKED = "What I would like to know (answer in your words, or go on):"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ITEM = re.compile(r"^(\s*(?:[-•]|\(?\d+[.)])\s+|\s*)")
COLUMN = re.compile(r"^ {2,}\S(?:\S| (?! ))* {2,}(?=\S)")
"""A row of two columns, as `help` has them: what is wrapped goes under the second one."""
SET_IN = 6
"""Where what is wrapped goes instead when the second column begins too far to the right."""


@dataclass(frozen=True)
class Screen:
    """Where replies are shown. Without a width nothing is wrapped, so that programs get one thing a line."""

    width: int | None = None
    colour: bool = False
    spaced: bool = False

    def reply(self, reply: Reply) -> str:
        """A reply as text: its lines, then its questions with the reason for each set back."""
        parts = [self.lines(reply.lines)]
        if reply.questions:
            asked = [self._heading(ASKED)]
            for number, question in enumerate(reply.questions, 1):
                asked.append(self._wrapped(f"  {number}. {question.text}"))
                asked.append(self._dim(self._wrapped(f"     ({question.why})")))
            parts.append("\n".join(asked))
        if not self.spaced:
            return "\n".join(parts)
        return "\n" + "\n\n".join(part.rstrip() for part in parts) + "\n"

    def lines(self, lines: Sequence[str]) -> str:
        """Lines wrapped, those that head a list set off. What a user wrote cannot steer the terminal."""
        split = [CONTROL.sub("", line) for text in lines for line in text.split("\n")]
        shown = [
            self._heading(line) if self._heads(split, at) else self._wrapped(line) for at, line in enumerate(split)
        ]
        return "\n".join(shown)

    @staticmethod
    def _heads(lines: Sequence[str], at: int) -> bool:
        line = lines[at]
        below = lines[at + 1] if at + 1 < len(lines) else ""
        return line.startswith("#") or (
            bool(line) and not ITEM.match(line)[0] and bool(ITEM.match(below)[0])  # type: ignore[index]
        )

    def _wrapped(self, line: str) -> str:
        if self.width is None or len(line) < self.width:
            return line
        lead = COLUMN.match(line) or ITEM.match(line)
        width = max(NARROWEST, self.width - 1)
        hang = " " * (len(lead[0]) if lead else 0)
        if len(hang) > width // 2:
            hang = " " * SET_IN
        return textwrap.fill(line, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)

    def _heading(self, line: str) -> str:
        shown = self._wrapped(line)
        return "\n".join(f"{BOLD}{part}{END}" for part in shown.split("\n")) if self.colour else shown

    def _dim(self, shown: str) -> str:
        return "\n".join(f"{DIM}{part}{END}" for part in shown.split("\n")) if self.colour else shown
