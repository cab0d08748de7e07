"""The good case told alone: "if everything fits, she hands it over", and not a word of what happens otherwise."""

from __future__ import annotations

import re

from assistant.english.tables import any_of
from assistant.process.blocks import AnyOf, Branch, Choice

_WELL = re.compile(rf"\b{any_of('all-is-well')}\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not?|never|nothing|nobody)\b|n't\b", re.IGNORECASE)


def good_case(step: Choice | AnyOf) -> Branch | None:
    """The branch that is taken as always so: all is well in it, no share is given and nothing is done otherwise.

    A case for which it is not so would be over without a word; to say that of half of them is worse than to ask."""
    if not isinstance(step, Choice) or len(step.branches) != 2 or any(branch.p is not None for branch in step.branches):
        return None
    told = [branch for branch in step.branches if branch.do.items]
    if len(told) != 1 or not _WELL.search(told[0].when or "") or _NOT.search(told[0].when or ""):
        return None
    return told[0]
