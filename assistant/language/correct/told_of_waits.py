"""The words a wait was told in: `the batch rests for two days` makes `resting` a word for that wait, which no step is
called by."""

from __future__ import annotations

import re

from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import alike, content
from assistant.language.figures.figure import UNIT_WORDS
from assistant.language.figures.numbers import value_of
from assistant.process.durations import Span

BORDER = re.compile(r"[.;:!?](?=\s|$)|,\s|\n|\s(?:and|but)\s")


def told_of_waits(catalogue: Catalogue, told: str) -> dict[str, frozenset[str]]:
    """For each step that waits, the words of the clause its wait was told in that name nothing else of the process."""
    names = [step.name for step in catalogue.named] + [role.name for role in catalogue.process.roles]
    known = [word for name in names for word in content(name)]
    found = {}
    for step in catalogue.named:
        for field in ("wait", "duration"):
            span = getattr(getattr(step, field, None), "span", None)
            if span is None or span.end > len(told):
                continue
            said = words_around(told, span)
            own = frozenset(word for word in said if not any(alike(word, other) for other in known))
            found[step.id] = frozenset(word for word in own if word not in UNIT_WORDS and value_of(word) is None)
    return found


def words_around(told: str, span: Span) -> list[str]:
    """The words of the clause that a place in what was told stands in, without those of the place."""
    start = max((cut.end() for cut in BORDER.finditer(told, 0, span.start)), default=0)
    end = next((cut.start() for cut in BORDER.finditer(told, span.end)), len(told))
    return content(f"{told[start : span.start]} {told[span.end : end]}".lower())
