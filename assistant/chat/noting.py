"""What is written down of a turn beside what it changed: its words, what was answered, whether it was surely meant."""

from __future__ import annotations

from assistant.chat.lost_figures import with_lost
from assistant.chat.reply import Reply
from assistant.chat.sureness import ONLY_LIKELY
from assistant.chat.weighing import TAKE_BACK
from assistant.projects.journal import New, Note
from assistant.workspace.session import Session


def noted(session: Session, words: str, reply: Reply) -> Reply:
    """The reply, once it is in the journal that the words were said, or that they were only likely meant so; with the
    figures of them that have no place."""
    if session.heard is None:
        session.hear(words, "talk")
        session.write([New(what=Note(text=reply.lines[0]))])
    elif TAKE_BACK in reply.lines:
        session.write([New(what=Note(text=ONLY_LIKELY))])
    return with_lost(session, reply)
