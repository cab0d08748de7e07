"""What an order or a decision is about, by classes of words: which command is meant, which proposals and how.

Used where a turn is known to be one and no fixed wording of it fits.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.english.tables import classed, worded
from assistant.language.figures.numbers import COUNT_WORD, number_named
from assistant.language.figures.reading import figures_in
from assistant.language.turn.kinds import Command, Decision

NAMED = {
    "anew": "again", "take-back": "undo", "forth": "redo", "to-file": "export", "to-log": "log", "to-ask": "questions",
    "to-see": "show", "to-propose": "propose", "to-help": "help", "to-leave": "quit",
}  # fmt: skip
"""Which command each class of words means; of two that fit alike, the first."""
NUMBER = re.compile(
    r"(?<![\w.,])(?:#|no\.? ?)?(?P<n>\d{1,2}(?![\d.,]*\d)|first|second|third|fourth|fifth|sixth|"
    rf"(?<=number ){COUNT_WORD}|(?<!st )(?<!nd )(?<!rd )(?<!th )"
    rf"\b{COUNT_WORD}(?= (?:it is|is|makes|sounds|won't|can't|yes|no)\b))(?:st|"
    r"nd|rd|th)?\b"
    r"(?!\s+(?:of all|and foremost|cases?|percent|%|times?|years?|months?|weeks?|days?|hours?|pairs?|thing))",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[,;.!–—](?!\d)\s*|\s+-+\s+|\s+(?=(?:but|and|because|since)\s)", re.IGNORECASE)
STOP = re.compile(r"\b(?:stop|quit|don't|do not|no more|not so|less|fewer|enough)\b(?! here)", re.IGNORECASE)
ALL = re.compile(worded("what-is-meant-all"), re.IGNORECASE)
SPARES = re.compile(worded("what-is-meant-spares"), re.IGNORECASE)
"""Money, time or work saved, and no file."""
MOST_BESIDE = 2
"""How many words beside its numbers a clause may have that only counts on."""
BACK = re.compile(r"\b(?:it|that|this|them)\b", re.IGNORECASE)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    longest = sorted(classed("orders", kind), key=len, reverse=True)
    return re.compile(rf"(?<![\w'])(?:{'|'.join(map(re.escape, longest))})(?![\w])", re.IGNORECASE)


def has(kind: str, text: str) -> int:
    """How many words of a class a text has, the longest first."""
    return len(_pattern(kind).findall(text.replace("’", "'")))


def command_meant(words: str) -> Command | None:
    """The command an order means; None where no class of words, or only what may mean anything, is in it."""
    if STOP.search(words) and not has("take-back", words):
        return None
    counts = {kind: has(kind, words) for kind in NAMED}
    if SPARES.search(words):
        counts["to-file"] = 0
    if counts["take-back"] and not has("just-said", words):
        counts["take-back"] = 0
    if counts["anew"]:
        return Command("again")
    if counts["take-back"]:
        return Command("undo")
    most = max(counts.values())
    return next((Command(NAMED[kind]) for kind, count in counts.items() if count == most), None) if most else None


def decision_meant(words: str, offered: int = 0) -> Decision | None:
    """Which numbers words take, turn down or put off, or all that is `offered`; None where they name none."""
    sides: dict[int, str] = {}
    said_of: set[int] = set()
    reasons: list[str] = []
    counts = any(figure.kind != "number" for figure in figures_in(words))
    for clause in filter(None, map(str.strip, CLAUSE.split(words))):
        named = [number_named(match["n"]) for match in NUMBER.finditer(clause)]
        side = _side(clause)
        for number in named:
            sides[number] = side
        if named and not side and sides and len(clause.split()) > len(named) + MOST_BESIDE:
            said_of |= set(named)  # `…, 2 would upset the designers` says something of its own
        if not named and side and sides and BACK.search(clause) and not list(sides.values())[-1]:
            sides[list(sides)[-1]] = side
        elif not named and sides and has("asks-first", clause):
            sides = dict.fromkeys(sides, "later")  # `but only if she agrees`
        elif not named and sides:
            reasons.append(re.sub(r"^(?:but|and|because|since)\s+", "", clause))
    whole = _side(words)
    if not sides and whole and ALL.search(words):
        sides = dict.fromkeys(range(1, offered + 1), whole)
    if not sides and not offered and whole and ALL.search(words):
        return Decision((), (), words)  # all of nothing: that is said
    if not whole and not any(sides.values()) and counts:
        return None  # `5 minutes` counts something else
    decided = {number: side or (whole if number not in said_of else "") or "later" for number, side in sides.items()}
    by = {side: tuple(number for number, own in decided.items() if own == side) for side in ("for", "no", "later")}
    return Decision(by["for"], by["no"], ", ".join(reasons), by["later"]) if decided else None


def _side(text: str) -> str:
    if has("later", text):
        return "later"
    if has("against", text):
        return "no"
    return "for" if has("in-favour", text) else ""
