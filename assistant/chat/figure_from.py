"""Where a figure comes from that words name: the sentence it was told in."""

from __future__ import annotations

import re

from assistant.chat.telling import short
from assistant.chat.what_was_told import MOST_STEPS, Answer
from assistant.english.tables import worded
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.language.offline.words.tokens import sentences
from assistant.workspace.session import Session

ASKED = re.compile(worded("figure-from"), re.IGNORECASE)
"""What a figure rests on is asked, or whether somebody said it."""
EXACTLY = 0.001


def figure_from(session: Session, words: str) -> Answer | None:
    """The sentences a figure was told in; None where none or several are named, or it was told nowhere."""
    asked = [figure for figure in figures_in(words) if not figure.vague] if ASKED.search(words) else []
    if len(asked) != 1:
        return None
    turns = [text.replace("“", "").replace("”", "") for text in session.state.said()]
    told = [turn[part.start : part.end] for turn in turns for part in sentences(turn)]
    found = [text for text in told if any(_same(asked[0], figure) for figure in figures_in(text))]
    return (["You told it:", *(f"“{short(text, 200)}”" for text in found[:MOST_STEPS])], []) if found else None


def _same(one: Figure, other: Figure) -> bool:
    if one.kind != other.kind:
        return False
    a, b = (figure.seconds() if figure.kind == "duration" else figure.middle for figure in (one, other))
    return abs(a - b) <= EXACTLY * max(abs(a), abs(b))
