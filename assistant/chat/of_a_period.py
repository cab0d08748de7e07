"""How many cases come in a day, a week, a month or a year, where it was told for another time."""

from __future__ import annotations

import re

from assistant.chat.reply import Fact
from assistant.english.tables import worded

ASKED = re.compile(
    rf"\b(?:an?|per|each|every|one|1) (?:(?:{worded('usual-day')}) )?(?P<per>day|week|month|year)\b|"
    r"\b(?P<ly>dai|week|month|year)ly\b",
    re.IGNORECASE,
)
DAYS = {"day": 1, "week": 7, "month": 365 / 12, "year": 365}
WORKING = 5


def in_period(seconds: float, told: str | None, words: str) -> tuple[list[str], list[Fact]]:
    """From the seconds between two cases, what comes in the period that words ask for; nothing where it was told for
    that one. For a day also what comes on each of five working days."""
    said = ASKED.search(words)
    asked = (said["per"] or said["ly"].replace("dai", "day")).lower() if said else ""
    if asked not in DAYS or asked == told:
        return [], []
    many = Fact(f"cases a {asked}", _short(DAYS[asked] * 86400 / seconds), f"a {asked}", "computed")
    if asked != "day":
        return [f"That is about {many.value} {many.unit}."], [many]
    week = Fact("working days", WORKING, "a week", "assumed")
    each = Fact("cases a working day", _short(DAYS["week"] * 86400 / seconds / WORKING), "on each", "computed")
    line = f"That is about {many.value} {many.unit}, weekends included; with {WORKING} working days a week {each.value}"
    return [f"{line} {each.unit}."], [many, week, each]


def _short(many: float) -> float | int:
    return round(many) if many >= 10 or abs(many - round(many)) < 0.05 else float(f"{many:.2g}")
