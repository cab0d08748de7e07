"""What was taken out comes back (`put the bill back`), what was told goes again (`take back the washing`), and what to
do where somebody only says that it is wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from assistant.chat.reply import Reply
from assistant.chat.telling import grouped, listed
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import sure
from assistant.process.describe import in_words
from assistant.process.diff import diff
from assistant.process.model import Process
from assistant.workspace.session import Session

LEAD = r"^\W*(?:(?:no|oh|ah|hm+|wait|sorry|please|ok|okay|but|can you|could you|actually|then)\b\W*)*"
BACK = re.compile(
    rf"{LEAD}(?:(?:put|bring|get|add|take|have) (?:the |our )?(?:step )?(?P<a>[^,;?]{{2,50}}?) (?:back|again)(?: in)?|"
    r"(?:put|bring|get) back (?:the |our )?(?:step )?(?P<b>[^,;?]{2,50}?)(?: again)?|"
    r"(?:leave|keep) (?:the |our )?(?:step )?(?P<c>[^,;?]{2,50}?) (?:in|there|where it (?:is|was)|as it was)|"
    r"restore (?:the |our )?(?:step )?(?P<d>[^,;?]{2,50}?))(?:,? please)?\W*$",
    re.IGNORECASE,
)
WRONG = re.compile(
    rf"{LEAD}(?:(?:that|this|it|all (?:of )?(?:that|this|it)|everything)(?:'?s| is| was)(?: all| completely| totally|"
    r" just| simply| quite)? (?:wrong|not right|incorrect|nonsense|rubbish|not (?:so|true|correct)|"
    r"not what i (?:said|meant))(?: again| now)?|you (?:got|have|understood|took) (?:it|that|this|me) (?:all )?wrong|"
    r"you(?:'ve| have)? (?:muddled|mixed|messed) (?:it|that|this|everything)(?: all)? up)\W*$",
    re.IGNORECASE,
)


def put_right(talk: Any, words: str) -> Reply | None:
    """The reply to such words; None for all others, and where nothing that was taken out is meant."""
    session, said = talk.session, words.replace("’", "'")
    if session.empty:
        return None
    if WRONG.match(said):
        return _what_is_wrong(session)
    found = BACK.match(said)
    what = next((name for name in found.groups() if name), "") if found else ""
    return _back(session, what.strip(' "“”').lower()) if what else None


def _back(session: Session, what: str) -> Reply | None:
    """The turn that took such a step out, taken back; the latest of several."""
    if sure(Catalogue(session.process), what) is not None:
        return None
    for turn in reversed(session.state.turns_changed()):
        before, after = session.state.at(turn - 1), session.state.at(turn)
        step = sure(Catalogue(before), what)
        if step is None or step in Catalogue(after).by_id:
            continue
        change = session.undo(turn)
        return Reply(("Put back:", *listed(grouped(change.lines))), kinds=("correction",))
    return None


def _what_is_wrong(session: Session) -> Reply:
    """What the last change was, and how to take it back or put it right."""
    turn = session.state.last_change()
    lines = _done(session.state.at(turn - 1), session.state.at(turn)) if turn is not None else []
    ask = "What should it be? Say it in a sentence (“no, the clerk does that”); `undo` takes the last change back."
    head = ("The last change was:", *listed(lines)) if lines else ()
    return replace(Reply((*head, ask)), kinds=("correction", "unclear"))


def _done(before: Process, after: Process) -> list[str]:
    return grouped(in_words(before, diff(before, after)))
