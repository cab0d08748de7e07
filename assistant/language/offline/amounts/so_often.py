"""How often all that was told happens: "that happens three times a week", "we do this twice a day"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.language.figures.figure import Figure
from assistant.language.offline.sentences.statements import Condition, Said

_IT = r"(?:(?:all (?:of )?)?(?:this|that|it)|the whole (?:thing|lot|business)|such (?:a thing|a case|cases))"
_HAPPENS = rf"{_IT}\s+(?:all\s+)?(?:happens?|comes? up|occurs?|goes on|is done|we do|comes in)"
_WE_DO = rf"(?:we|i)\s+(?:do|have|get|go through|see)\s+{_IT}"
_TIMES = r"(?:[\w-]+\s+times|once|twice)\b"
SO_OFTEN = re.compile(
    rf"^\W*(?:(?:and|so|well|now|oh),?\s+)*(?:{_HAPPENS}|{_WE_DO}|all (?:of )?this|in all|so)"
    rf"(?:\s+(?:about|some|maybe|roughly|around|up to|only|just|perhaps|like))*\s+{_TIMES}[^,;]{{0,40}}$",
    re.IGNORECASE,
)
"""A sentence that says no more than how often what was told happens."""


def how_often_all(text: str, told: Sequence[Said]) -> list[Figure]:
    """How many cases come, by a sentence that says how often it all happens. Behind one that tells what is done under a
    condition it says how often that is so: this is noted there."""
    found = []
    for place, said in enumerate(told):
        rhythm = next((mark.quantity for mark in said.marks if mark.quantity.kind == "rhythm"), None)
        if rhythm is None or rhythm.low <= 0 or not SO_OFTEN.match(text[said.span.start : said.span.end]):
            continue
        condition = _condition_before(told[:place])
        if condition is None:
            found.append(replace(rhythm, kind="rate", low=1 / rhythm.high, high=1 / rhythm.low))
        elif condition.p is None and condition.every is None:
            condition.every = rhythm.seconds()
    return found


def _condition_before(told: Sequence[Said]) -> Condition | None:
    items = told[-1].items if told else []
    return next((item.condition for item in items if item.kind == "if"), None)
