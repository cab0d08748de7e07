"""Wishes that name no change: what they come up against today, with the way on."""

from __future__ import annotations

from dataclasses import replace

from assistant.chat.asking import asked_about
from assistant.chat.reply import Reply
from assistant.chat.scenarios_asked import scenario_in
from assistant.chat.what_was_told import lengths_of
from assistant.errors import AssistantError
from assistant.language.figures.reading import figures_in
from assistant.language.turn.kinds import About
from assistant.workspace.session import Session

OR_SAY = "Or say which step or branch should change, and how."


def with_what_hurts(session: Session, words: str, asked: Reply) -> Reply:
    """A wish that names no change: what it comes up against today, and how to get at ways to fulfil it."""
    if "unclear" not in asked.kinds or session.empty:
        return asked
    try:
        plays = scenario_in(words, session.process) is not None and bool(figures_in(words))
        found = asked_about(session, words, About.WHAT_IF if plays else About.HURTS)
    except AssistantError:
        return asked
    own, facts = lengths_of(session, words)
    told = ("What was told of it:", *own) if own else ()
    head = asked.lines if any(line.startswith("(1)") for line in asked.lines) else ()
    tail = () if head else (OR_SAY,)
    lines = (*head, *(("",) if head else ()), *told, *found.lines, *tail)
    return replace(asked, lines=lines, facts=(*asked.facts, *facts, *found.facts))
