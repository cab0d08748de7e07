"""What the words of a told finding speak of, where that calls for a remedy of its own: offers nobody answers, dates
that are looked for by mail."""

from __future__ import annotations

import re

from assistant.english.tables import any_of
from assistant.redesign.shapes import Finding

OFFERS, DATES, NOT_REACHED = "offers", "dates", "not_reached"
_SPOKEN_OF = (
    (OFFERS, "work_ahead", re.compile(rf"\b{any_of('asks-for-offer')}\b", re.IGNORECASE)),
    (DATES, "many_contacts", re.compile(rf"\b{any_of('to-and-fro')}\b.*\b{any_of('looks-for-date')}\b", re.I | re.S)),
    (NOT_REACHED, "not_reached", re.compile("")),
)


def about(finding: Finding) -> str:
    """What it is of: offers, dates or somebody who is not reached; empty for anything else."""
    words = " ".join([*(quote.text for quote in finding.quotes), finding.title])
    return next((what for what, kind, said in _SPOKEN_OF if finding.kind == kind and said.search(words)), "")
