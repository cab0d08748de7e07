"""What is only said of people and things (`the boards are bent and the van is old`), or of how they feel about it (`it
drives them mad`): nothing that anybody does."""

from __future__ import annotations

import re

from assistant.english.forms import verb_forms
from assistant.english.tables import any_of, classed, worded

_MADDENS = re.compile(rf"\b(?:{worded('drives-mad')})\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;]\s*(?:(?:and|but)\s+)?|\s+(?:and|but)\s+", re.IGNORECASE)
_HOW_IT_IS = re.compile(
    rf"(?:(?:the|our|my|his|her|their|all|most|some)\s+)*[\w'-]+(?:\s[\w'-]+)?\s(?:is|are)\s(?:{any_of('answer-filler')}\s)*"
    r"(?P<state>[a-z-]+)(?:\s(?:away|apart|too|as well|anyway|today))?",
    re.IGNORECASE,
)
_STATES = classed("reading", "mood") | classed("reading", "as-it-is")
"""Words for how somebody or something is that look like something done: bent, crowded, tired."""


def maddens(words: str) -> bool:
    """Whether words tell what somebody is driven to: `that drives the boss up the wall`."""
    return _MADDENS.search(words) is not None


def is_opinion(sentence: str) -> bool:
    """Whether a whole sentence tells only how it is, or what drives somebody mad."""
    return says_how_it_is(sentence) or (maddens(sentence) and not re.search(r"[,;]|\band\b", sentence))


def says_how_it_is(words: str) -> bool:
    """Whether every clause of two or more only says how somebody or something is."""
    parts = [_HOW_IT_IS.fullmatch(part) for part in _BETWEEN.split(words.strip(" .!"))]
    return len(parts) > 1 and all(part is not None and _is_state(part["state"].lower()) for part in parts)


def _is_state(word: str) -> bool:
    return word in _STATES or not any(form.form in ("en", "ed", "ing") for form in verb_forms(word))
