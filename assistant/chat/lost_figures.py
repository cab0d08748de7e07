"""Figures that were told and stand nowhere in the process: named with the turn, and asked for later. None is silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.chat.reply import Reply
from assistant.chat.telling import NOT_TAKEN
from assistant.language.told_nowhere import nowhere, nowhere_in
from assistant.process.figures import joined
from assistant.projects.journal import Edits, Said
from assistant.workspace.session import STORY_BREAK, Session

MOST_NAMED = 4
PUT_RIGHT = ("correction", "answer", "request")
NO_PLACE = "These figures have no place yet; say of which step or of whom each is:"


def with_lost(session: Session, reply: Reply) -> Reply:
    """The reply, and the figures of this turn's words that stand nowhere in the process."""
    turn = session.heard.turn if session.heard else 0
    if not turn or not session.state.changed_in(turn):
        return reply
    said = " ".join(line for line in reply.lines if line.startswith(NOT_TAKEN))
    figures = [figure for figure in lost_in(session, turn) if figure not in said]
    if not figures:
        return reply
    named = joined([f"“{figure}”" for figure in figures[:MOST_NAMED]])
    more = f" and {len(figures) - MOST_NAMED} more" if len(figures) > MOST_NAMED else ""
    return replace(reply, lines=(*reply.lines, f"{NO_PLACE} {named}{more}."))


def lost(session: Session) -> list[str]:
    """All figures told so far that stand nowhere in the process, in the order told."""
    turns = dict.fromkeys(entry.turn for entry in session.state.entries if isinstance(entry.what, Said))
    return list(dict.fromkeys(figure for turn in turns for figure in lost_in(session, turn)))


def lost_in(session: Session, turn: int) -> list[str]:
    """The figures of one turn's words that stand nowhere: of the story by its places, of other words by what they
    changed; what was put right since is lost no more."""
    state = session.state
    said = [entry.what for entry in state.entries if entry.turn == turn and isinstance(entry.what, Said)]
    if not said or not state.changed_in(turn):
        return []
    words = said[-1].text
    if said[-1].source in PUT_RIGHT:
        return list(nowhere_in(words, _edits(session, turn), state.at(turn - 1)))
    if said[-1].source != "story" or session.reads_by_model:
        return []
    at = 0
    for text in state.said():
        if text == words:
            missing = nowhere(words, state.story, at)
            later = [edit for other in _later(session, turn) for edit in _edits(session, other)]
            return [figure for figure in missing if not later or nowhere_in(figure, later, state.story)]
        at += len(text) + len(STORY_BREAK)
    return []


def _later(session: Session, turn: int) -> Iterator[int]:
    for entry in session.state.entries:
        if entry.turn > turn and isinstance(entry.what, Said) and entry.what.source in PUT_RIGHT:
            yield entry.turn


def _edits(session: Session, turn: int) -> Iterator[dict[str, object]]:
    for entry in session.state.entries:
        if entry.turn == turn and isinstance(entry.what, Edits):
            yield from entry.what.edits
