"""One time for two deeds to one thing (`stains and glazes the crown, 45 minutes`): it is shared, half each."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.english.forms import base_of
from assistant.language.offline.sentences.statements import Act, Said
from assistant.process.durations import Duration, scaled

_TWO = re.compile(r"\b(?P<a>[a-z]+) and (?P<b>[a-z]+) (?:the|an?|it|them|this|that|each|every|all|our|his|her)\b", re.I)
_EACH = re.compile(r"\W*(?:each|apiece|for each|every time)\b", re.IGNORECASE)


def share_joint_times(text: str, told: list[Said]) -> None:
    """The time of the second of two such deeds becomes half of it for each, where the first has none of its own."""
    for said in told:
        both = [
            (match["a"].lower(), match["b"].lower()) for match in _TWO.finditer(text, said.span.start, said.span.end)
        ]
        for first, second in pairwise(said.acts()) if both else ():
            work: Duration | None = second.facts.get("work")
            if work is None or work.span is None or "work" in first.facts or not _told_together(first, second, both):
                continue
            if not _EACH.match(text, work.span.end) and "each" not in text[work.span.start : work.span.end]:
                half = scaled(work, 0.5, "told for two steps together, half each")
                first.facts["work"], second.facts["work"] = half, half


def _told_together(first: Act, second: Act, both: list[tuple[str, str]]) -> bool:
    """Whether two deeds share their thing and whoever does them, and stand side by side in the words."""
    same = first.role == second.role and first.thing == second.thing
    return same and any(_is(a, first.verb) and _is(b, second.verb) for a, b in both)


def _is(word: str, verb: str) -> bool:
    return verb in (word, base_of(word))
