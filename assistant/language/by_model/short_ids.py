"""Short ids of the elements of a process (`s12`, a way of it `s12.1`) while a model is asked what hurts and what to do.

Every step is named there many times, in what is sent and in what comes back, and its name stands beside its id. An id
in an answer that is none of these is taken as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.gateway.reply_lines import Line

_HEAD = re.compile(r"^\s*\[([^\]\s]+)\]", re.M)
_LISTED = re.compile(r"\[([^\[\]]+)\]")
_SHORT = re.compile(r"(?<![\w.])s\d+(?:\.\d+)?(?!\w)")
_PART = re.compile(r"[^\s,]+")


class ShortIds:
    """The short ids of what an outline names, and what they stand for."""

    def __init__(self, outline: str) -> None:
        self._short: dict[str, str] = {}
        for name in _HEAD.findall(outline):
            block, _, way = name.rpartition(".")
            known = self._short.get(block) if way.isdigit() else None
            self._short[name] = f"{known}.{way}" if known else f"s{len(self._short) + 1}"
        if any(map(_SHORT.fullmatch, self._short)):  # its ids are as short already
            self._short = {}
        self._long = {short: name for name, short in self._short.items()}
        self.outline = self.written(outline)

    def written(self, text: str) -> str:
        """A text with the short ids for those that stand in square brackets."""

        def listed(match: re.Match[str]) -> str:
            return f"[{_PART.sub(lambda part: self._short.get(part[0], part[0]), match[1])}]"

        return _LISTED.sub(listed, text)

    def meant(self, text: str) -> str:
        """A text of an answer with the ids the short ones in it stand for."""
        return _SHORT.sub(lambda match: self._long.get(match[0], match[0]), text)

    def in_lines(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        """Lines of an answer, with all inside them, by the ids of the process."""
        return tuple(map(self._line, lines))

    def _line(self, line: Line) -> Line:
        fields = tuple(map(self.meant, line.fields))
        return replace(line, text=self.meant(line.text), fields=fields, inside=list(map(self._line, line.inside)))
