"""Who sends back what was sent: "she sends the contract to the customer. He signs it and sends it back": the customer.
Every word keeps its place in the text."""

from __future__ import annotations

from itertools import pairwise

from assistant.english.forms import verb_forms
from assistant.english.tables import classed
from assistant.language.offline.words.tokens import Sentence, Token
from assistant.language.offline.words.word_tables import SMALL

_SENDING = classed("reading", "sending-to")
_WHO = frozenset("he she they".split())
_MOST = 4


def told_of_receivers(parts: list[Sentence]) -> list[Sentence]:
    """The sentences, those in which "he" sends something back told of whoever it was sent to."""
    told = list(parts)
    for place, (part, following) in enumerate(pairwise(parts), 1):
        who = _receiver(part.tokens)
        first = next((at for at, token in enumerate(following.tokens[:2]) if token.low in _WHO), None)
        if who and first is not None and _returns(following.tokens):
            at = following.tokens[first].start
            named = [Token(word.text, word.low, at, at) for word in who]
            told[place] = following._replace(tokens=[*following.tokens[:first], *named, *following.tokens[first + 1 :]])
    return told


def _receiver(tokens: list[Token]) -> list[Token]:
    """Whoever something is sent to at the end of a sentence."""
    to = next((at for at in range(len(tokens) - 1, 1, -1) if tokens[at].low == "to"), None)
    who = tokens[to + 1 :] if to is not None else []
    sends = any({form.base for form in verb_forms(token.low)} & _SENDING for token in tokens[:to])
    named = (
        who and SMALL.get(who[0].low) == "D" and not any(SMALL.get(token.low) or token.low == "," for token in who[1:])
    )
    return who if sends and named and len(who) <= _MOST else []


def _returns(tokens: list[Token]) -> bool:
    """Whether something is sent back."""
    for token, thing in pairwise(tokens):
        bases = {form.base for form in verb_forms(token.low)}
        if bases & {"return"} and thing.low in ("it", "them", "the"):
            return True
        if bases & (_SENDING | {"bring"}) and any(word.low == "back" for word in tokens):
            return True
    return False
