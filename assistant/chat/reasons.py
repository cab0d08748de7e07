"""Whether the reason for a decision speaks of the proposal whose number was said."""

from __future__ import annotations

from typing import Any

from assistant.chat.reply import Reply
from assistant.chat.telling import short
from assistant.process.model import Process
from assistant.process.tree import tasks
from assistant.redesign.words import content


def of_another(talk: Any, number: int, reason: str) -> Reply | None:
    """Asked back where the reason speaks of another proposal than the number: nothing is turned down by a slip."""
    shown = talk.session.numbers()
    each = {other: _words_of(talk.session.process, proposal) for other, proposal in shown.items()}
    said = content(reason) - frozenset.intersection(*each.values()) if each else content(reason)
    left = {talk.session.number(proposal) for proposal in talk.session.undecided()}
    meant = [other for other, stems in each.items() if said & stems and other in left]
    if not meant or number in meant:
        return None
    ask = f"“{short(reason)}” does not speak of {number}. Nothing was turned down. Which one do you mean?"
    titles = [f"  {other}. {shown[other].title}" for other in sorted((number, *meant[:3])) if other in shown]
    return Reply((ask, *titles, f"Say `reject {meant[0]}`, or `reject {number}` if it is that one."))


def _words_of(process: Process, proposal: Any) -> frozenset[str]:
    """The stems of the steps that a proposal's title names and of who does them."""
    named = [task for task in tasks(process) if task.name and task.name.lower() in proposal.title.lower()]
    roles = [role.name for task in named if (role := process.role(task.role))]
    return frozenset(content(" ".join((*(task.name for task in named), *roles))))
