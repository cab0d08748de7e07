"""Sentences turned round to orders: `the branch is removed`, `task C is no longer needed` - `remove ...`."""

from __future__ import annotations

import re

from assistant.english.tables import any_of

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
WHAT = (
    r"(?P<what>(?:the |a |whole |entire |task |path |branch |option |case |condition )*<[sbg]\w*>(?:(?:,| and| or)*"
    r" (?:the )?<[sb]\d+>)*(?: branch| path| option| case)?)"
)
PLAIN = (
    (rf"{WHAT} (?:is|are) (?:not|no longer|no more|never) (?:really )?(?:needed|required|necessary|used|relevant|"
     rf"wanted)(?: any ?more| any longer)?", r"remove \g<what>"),
    (rf"{WHAT} (?:is|are|becomes?) (?:now )?(?:superfluous|obsolete|unnecessary|redundant)", r"remove \g<what>"),
    (rf"(?:we |you |i )?(?:do not|don't|no longer|won't|will not) (?:need|want|require|have)(?: to do| to execute| "
     rf"to have)? {WHAT}(?: any ?more| any longer)?", r"remove \g<what>"),
    (rf"(?:do not|don't|never) (?:execute|perform|do|run|use) {WHAT}(?: any ?more| any longer)?", r"remove \g<what>"),
    (rf"\b(?:take|get|leave|throw|pull) {WHAT} out(?= of| from|,|$| and)(?: of)?", r"remove \g<what> from"),
    (rf"\bget rid of {WHAT}", r"remove \g<what>"),
    (r"(?P<where><b\d+>[\w -]*?) should (?:not|no longer) (?:contain|include|have) (?P<what>(?:the )?<s\d+>)",
        r"remove \g<what> from \g<where>"),
)  # fmt: skip


def active(sentence: str) -> str:
    """A marked sentence that says what is to be done in the passive or as what is not needed, turned into an order."""
    for pattern, order in PLAIN:
        sentence = re.sub(pattern, order, sentence)
    found = PASSIVE.match(sentence)
    if not found or ORDERS.search(found["lead"] + found["what"]):
        return sentence
    verb = ACTIVE.get(found["verb"], found["verb"].removesuffix("ed"))
    return f"{found['lead']} {verb} {found['what']} {found['rest']}".strip()
