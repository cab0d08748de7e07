"""Sentences turned round to orders: `the branch is removed`, `task C is no longer needed` - `remove ...`."""

from __future__ import annotations

import re

from assistant.english.tables import any_of, wordings

PASSIVE = re.compile(
    r"^(?P<lead>(?:[^<.;]*,)?\s*(?:(?:after|before|behind|following|between|in|on|at)\b[^,.;]*,\s*)?)"
    r"(?P<what>[^.;,]*?<[snbg]\w*>[^.;]*?),? "
    r"(?:should|must|shall|has to|have to|needs? to|can|could|will|would|to|is|are|was|were|gets?|got|been|be|"
    r"being|now|also|"
    r"then|completely|fully|entirely| )+ "
    rf"(?P<verb>{any_of('changed-in-passive')})\b"
    r"(?P<rest>.*)$"
)
ACTIVE = {
    "eliminated": "eliminate", "dropped": "drop", "included": "include", "removed": "remove", "deleted": "delete",
    "moved": "move", "relocated": "relocate", "skipped": "skip", "omitted": "omit",
}  # fmt: skip
ORDERS = re.compile(rf"\b{any_of('request-goes-on')}\b")
PLAIN = wordings("said-as-order")


def active(sentence: str) -> str:
    """A marked sentence that says what is to be done in the passive or as what is not needed, turned into an order."""
    for order, pattern in PLAIN:
        sentence = re.sub(pattern, order, sentence)
    found = PASSIVE.match(sentence)
    if not found or ORDERS.search(found["lead"] + found["what"]):
        return sentence
    verb = ACTIVE.get(found["verb"], found["verb"].removesuffix("ed"))
    return f"{found['lead']} {verb} {found['what']} {found['rest']}".strip()
