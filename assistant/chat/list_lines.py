"""A line of a numbered list, told by itself: `2. planner types ticket (5 min)`. Its number is no figure, and where the
words behind it answer nothing that was asked under it, no answer either."""

from __future__ import annotations

import re
from typing import Any

from assistant.chat.answers import answer_edits
from assistant.chat.in_pieces import would_tell
from assistant.language.turn.intent import unknown
from assistant.process.edits import Insert

LINE = re.compile(r"^\s*\(?(?P<number>\d{1,2})[).](?!\d)\s+(?P<words>\S[^\n;]*)$")
LEAST = 3
"""Words a line has at least that tells something."""


def without_number(talk: Any, words: str) -> str:
    """The words of such a line without its number; all others as they are."""
    line = LINE.match(words)
    if line is None or talk.session.empty or len(line["words"].split()) < LEAST or unknown(line["words"]):
        return words
    number, told = int(line["number"]), line["words"]
    if number > len(talk.asked):
        return told
    if number and answer_edits(talk.asked[number - 1], told, talk.session.process):
        return words
    new = any(isinstance(edit, Insert) for edit in would_tell(talk.session, told))
    return told if new else words
