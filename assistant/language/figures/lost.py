"""Cases that are lost: `we lose about ten customers a week` says nothing of how many come."""

from __future__ import annotations

import re

from assistant.english.tables import any_of

LOST = re.compile(rf"\b{any_of('goes-amiss')}\b[^,;.:]*$", re.IGNORECASE)
BEHIND = re.compile(rf"^[^,;.:]{{0,40}}?\b(?:are|get|is|gets|go|goes)? ?{any_of('goes-amiss')}\b", re.IGNORECASE)


def lost(text: str, a: int, b: int) -> bool:
    """Whether the count from `a` to `b` in a text is one of those who are lost or turned away."""
    return LOST.search(text[:a]) is not None or BEHIND.match(text[b:]) is not None
