"""What is told with a `this must stay` behind it: the new step, and that nobody may take it out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from assistant.chat.reply import Reply
from assistant.english.ruled import denies_rule
from assistant.process.edits import SetProcess
from assistant.process.tree import tasks
from assistant.settings import BUILT_IN

STAYS = re.compile(
    r"[,;.–-]\s*(?:and )?(?:this|that|it|which) (?:must|has to|needs to) (?:always )?(?:stay|remain)\b.*$",
    re.IGNORECASE,
)


def kept_too(talk: Any, words: str, reply: Reply) -> Reply:
    """The reply to words by which one step came in, with that step kept where they say it must stay."""
    session, said = talk.session, STAYS.search(words)
    known = {task.id for task in tasks(talk.before)}
    new = [task for task in tasks(session.process) if task.id not in known]
    if said is None or len(new) != 1 or denies_rule(words):
        return reply
    value = [pinned.document() for pinned in session.process.protected]
    reason = said[0].strip(" ,;.–-")
    value.append({"id": new[0].id, "reason": reason[:200]})
    kept = session.change((SetProcess(field="protected", value=value),), "correction", BUILT_IN)
    told = [f"- {line}" for line in kept.lines]
    at = max((n for n, line in enumerate(reply.lines) if line.startswith("- ")), default=len(reply.lines) - 1)
    return replace(reply, lines=(*reply.lines[: at + 1], *told, *reply.lines[at + 1 :]))
