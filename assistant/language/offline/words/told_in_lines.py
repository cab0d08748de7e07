"""A telling of lines without full stops, one sentence a line, as people type it in a chat or a list of their own.

A line that was broken though the next word would have fitted was broken on purpose; wrapped lines are not.
"""

from __future__ import annotations

from itertools import pairwise

from assistant.english.tables import classed

LEAST = 3
"""Fewer lines are no list of sentences."""
SHARE = 2 / 3
"""So many of the lines without a mark behind them were broken on purpose."""
NARROW = 40
"""Nobody wraps lines at fewer characters."""
_MARKS = (".", "!", "?", ";", ":", ",", "-", "–", "—", "|")
_GOES_ON = classed("reading", "line-goes-on")
"""What no sentence ends with, and what carries on the line above."""
_OPENS = frozenset("a an the my our his their".split())
"""What no sentence ends with, and many a one begins with."""


def told_in_lines(text: str) -> bool:
    """Whether each line of a text is a sentence of its own, though hardly one ends with a full stop."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < LEAST or sum(". " in line for line in lines) * 4 > len(lines):
        return False
    open_ = [(line, after) for line, after in pairwise(lines) if not line.endswith(_MARKS)]
    if len(open_) * 2 < len(lines) - 1 or any(line.split()[-1].lower() in _GOES_ON for line, _ in open_):
        return False
    widest = max(NARROW, *map(len, lines))
    return sum(len(line) + 1 + len(after.split()[0]) <= widest for line, after in open_) >= SHARE * len(open_)


def opens_a_line(line: str) -> bool:
    """Whether a line of such a telling begins a sentence, and does not carry on the one above."""
    return line.split()[0].lower() not in _GOES_ON - _OPENS
