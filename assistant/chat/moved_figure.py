"""`No, that was the invoice`: the figure set last is another step's; the one that had it gets its old one back."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from assistant.chat.reply import Reply
from assistant.language.change.catalogue import Catalogue
from assistant.language.correct.sentence_said import one_step
from assistant.process.blocks import Task
from assistant.process.edits import SetValue
from assistant.projects.journal import Edits

THAT_WAS = re.compile(
    r"^\W*(?:no|nope|sorry|oh|wait|not that one)\b[\s,.–-]*"
    r"(?:i meant |i mean |(?:that|this|it)(?:'s| is| was) (?:for |about |of )?)"
    r"(?P<what>(?:the |our )?[\w -]{3,40}?)\W*$",
    re.IGNORECASE,
)
FIELDS = ("work", "wait", "error_rate", "cost")


def moved_figure(talk: Any, words: str) -> Reply | None:
    """The reply to such words; None where the last change was no figure of one step, or they name no other step."""
    said = THAT_WAS.match(words)
    session = talk.session
    if said is None or session.empty:
        return None
    last = next((entry.what for entry in reversed(session.state.entries) if isinstance(entry.what, Edits)), None)
    made = [edit for edit in last.edits if edit.get("op") == "set"] if last else []
    if last is None or len(made) != 1 or len(last.edits) != 1 or made[0].get("field") not in FIELDS:
        return None
    catalogue = Catalogue(session.process)
    step = one_step(catalogue, said["what"].lower())
    if step is None or step == made[0]["id"] or not isinstance(catalogue.by_id[step], Task):
        return None
    back = session.undo()
    change = session.correct(words, (SetValue(id=step, field=made[0]["field"], value=made[0]["value"]),))
    reply: Reply = talk.changed(replace(change, lines=(*back.lines, *change.lines)))
    return replace(reply, kinds=("correction", *reply.kinds))
