"""What a turn says besides of what it wants: why it is so, what it is like these days.

Taken away before anything else of the turn is read: none of it is a step, a condition or a role.
"""

from __future__ import annotations

import re

from assistant.language.figures.reading import figures_in

REASON = re.compile(
    r"[\s,;–-]+(?:(?:because|cos|cuz|so that|so (?:there(?:'s| is| are)|no|nobody|nothing|none|"
    r"(?:it|we|they|he|she|you|people) (?:can|could|can't|cannot|don't|doesn't|won't|isn't|aren't|needn't)))\b|"
    r"depends on\b)[^.;!?]*|(?P<else>(?:[.;!–-]+\s*(?:otherwise|or else)|[\s,]+otherwise (?=there|we|"
    r"he|she|they|nobody|nothing))\b[^.;!?]*)",
    re.IGNORECASE,
)
"""Why it is so (`so nobody trips over it`, `otherwise we go there for nothing`): nothing that is done."""
UNDER = re.compile(r"\b(?:if|when|unless|in case)\b", re.IGNORECASE)
WHO = r"(?:they|we|he|she|it|you|everybody|everyone|people|most)"
NOW = r"(?:these days|nowadays|since (?!it\b|they\b|we\b|he\b|she\b)[a-z0-9]+(?: \d+)?)"
GOES_ON = r"(?: and (?:it|they|that)\b[^,;.!?]*)?"
BESIDE = re.compile(
    rf"[\s,]+since (?:{WHO}|the|our|my)\b[^,;.!?]*|"
    rf"(?:^|[,;.!?–-]+\s*|\s(?=while\b))(?:and |but )?"
    rf"(?:{WHO} (?:all |both |only |just )?[a-z]+ [^,;.!?\d]*?\b{NOW}{GOES_ON}|"
    rf"while {WHO}(?:'s|'re| is| are) [^,;.!?]*\banyway|"
    r"(?:that|it|this)(?:'s| is) (?:just|only|purely) (?:an? |for (?:the )?)(?!\d)[a-z]+(?= so\b|[,;.!?]|$)|"
    r"(?:that|this) was (?:only |just )?(?:for|before|when|back)\b[^,;.!?]*)",
    re.IGNORECASE,
)
"""`since they moved`, `they all use the app these days`, `while he's there anyway`, `that's
just a formality`, `that was for small parties`."""
LEAST = 3
"""How many words must stand besides for something to be left that it is said of."""


def without_asides(text: str) -> str:
    """The words without what only says why, or how things are."""

    def gone(found: re.Match[str]) -> str:
        decided = found["else"] and UNDER.search(text[: found.start()])  # there it tells the other way
        return found[0] if decided or len(text[: found.start()].split()) < LEAST else " "

    text = REASON.sub(gone, text)
    for aside in reversed(list(BESIDE.finditer(text))):
        rest = f"{text[: aside.start()]},{text[aside.end() :]}"
        if len(rest.split()) >= LEAST and not any(said.kind != "number" for said in figures_in(aside[0])):
            text = rest.strip(" ,")
    return re.sub(r"\s+([,.])", r"\1", re.sub(r",(?:\s*[,.])+", ",", text))
