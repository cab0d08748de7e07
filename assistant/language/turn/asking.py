"""Questions to the program: whether words ask something, and what about."""

from __future__ import annotations

import re

from assistant.english.tables import any_of, worded, wordings
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.turn.kinds import About

AUX = rf"{any_of('auxiliary')}(?:n'?t)?"
WH = r"(?:what|where|who|whom|whose|why|how|which|when)"
HOW = re.compile(r"\b(?:hw|hwo|howw)\b(?= (?:many|much|long|often))", re.IGNORECASE)
LEAD_IN = re.compile(worded("lead-in"), re.IGNORECASE)
FORM = re.compile(
    rf"^(?:{WH}(?:'?s|'re|s|\s+{AUX}\b)|what\s+(?:(?:if|about|happens|would|else|share|percentage|"
    rf"percent|proportion|part)\b|%)|(?:on|at|with|by|to) (?:whose|which|what)\b|how\s+(?:long|many|much|"
    rf"often|sure|come|about|"
    rf"good|bad|well|fast)\b|(?:why|who|which|whose)\b(?!\s+(?:is|ever)\s+\w+\s+that)|{AUX}\s+(?:the|a|"
    rf"an|we|i|it|you|he|"
    rf"she|they|there|this|that|these|those|our|my|your|\w[\w.,%-]*\s+\w+)|"
    r"can'?t\s+(?:the|our|my|he|she|they)\b.*\b(?:himself|herself|themselves|instead)\b)",
    re.IGNORECASE,
)
FORBIDS = re.compile(worded("asking-forbids"), re.IGNORECASE)
"""`don't ship it before ...` is an order; `don't you ...`, `do not the ...` ask."""
TURNED = re.compile(r"^(?:is|are|was|were|does|did)(?:n'?t)? (?:it|he|she|they|we|there)\b", re.IGNORECASE)
"""A verb before whom it is said of: a question however long, with or without its mark."""
BARE = re.compile(r"^(?:what|where|who|why|how|which)\b", re.IGNORECASE)
LEADS_UP = re.compile(worded("leads-up"), re.IGNORECASE)
"""`from the moment a car pulls in, how long till it is off`."""
TAG = re.compile(
    rf",?\s*(?:right|ok(?:ay)?|correct|you know|understood|got it|{AUX}\s+(?:it|he|she|they|we|"
    rf"there))\s*\?+\s*$",
    re.IGNORECASE,
)
TOLD_YOU = re.compile(worded("told-you"), re.I)
"""`I told you about the visa, right?`"""
DOUBTS_A_FIGURE = (
    rf"^(?:is|are|was|were|would|can|could)\b[^?]*(?:\d|\b{COUNT_WORD}\b|\ban? (?:hour|day|week|minute|month)\b)[^?]*"
    r"\b(?:right|correct|true|realistic|accurate|plausible|believable)\W*$"
)
"""`is 1.2 days for the sorting right`: what the figure rests on is asked, and none is told."""
_TOLD = [(About(topic), re.compile(cue, re.IGNORECASE)) for topic, cue in wordings("asks-about")]
ABOUT = (*_TOLD[:2], (About.SURE, re.compile(DOUBTS_A_FIGURE, re.IGNORECASE)), *_TOLD[2:])
"""What a question is about, by its cues, in the order they are tried."""


def without_lead_in(words: str) -> str:
    """Words without what leads up to the question (`so, can you tell me …`)."""
    return LEAD_IN.sub("", words, count=1).strip()


def asks(words: str) -> bool:
    """Whether a sentence asks the program something; a statement with a tag (`…, right?`) does not."""
    bare = without_lead_in(HOW.sub("how", words))
    if re.match(r"were (?:open|closed|working|only)\b", bare, re.IGNORECASE):
        return False
    marked = words.rstrip(" )!\"'").endswith("?")
    if not marked and FORBIDS.match(bare):
        return False
    if TURNED.match(bare) or re.match(DOUBTS_A_FIGURE, bare, re.IGNORECASE):
        return True
    if TOLD_YOU.match(bare) or LEADS_UP.match(bare):
        return True
    if FORM.match(bare):
        return marked or not re.match(rf"^(?:{AUX})\b", bare, re.IGNORECASE) or len(bare.split()) < 12
    return marked and (not TAG.search(words) or bool(BARE.match(bare)))


def about(words: str) -> About:
    """What a question is about."""
    bare = without_lead_in(words)
    return next((topic for topic, cue in ABOUT if cue.search(bare)), About.OTHER)
