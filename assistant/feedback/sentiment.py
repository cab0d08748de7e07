"""How a comment feels and what it wants, by counting words that judge, hurt, ask or praise.

A negation turns the next three words round ("no problems" is good). After a "but" words count double, because that is
where people put what they mean. The sum s is brought within ±1 as s / (|s| + 1.5).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.feedback.harm import (
    ASK,
    ASK_STARTS,
    ASK_VERBS,
    ASKED_OF,
    BETTER,
    CHURN,
    GONE,
    HARM,
    LAW,
    MONEY,
    NUISANCE,
    PRAISE,
    QUICK,
    REPEATED,
    URGENT,
    WISH,
)
from assistant.feedback.words import BAD, BAD_SIGNS, BUT, GOOD, GOOD_SIGNS, MOCKING, NEGATIONS, STRONG, TOKEN
from assistant.language.figures.numbers import COUNT_WORD

MOST = 4000
REACH = 3
NUISANCES = -0.25
"""What a nuisance told without a word that judges weighs ("three weeks until somebody came"); the opposite of speed."""
BETTERED = 0.4
"""What it weighs that something turned out better than it was to be ("less than offered")."""
HURT = -0.3
"""Harm, lost money, leaving, the law or asking for the nth time is told by nobody who is content."""
_SIGNS = re.compile("[" + GOOD_SIGNS + BAD_SIGNS + "]")
_CRY = re.compile(r"\s*(?:(?:oh|ah|yeah|how|just|really)[ ,]+)?(\w+)[,.:!…]+\s+(?=\S+\s+\S+)", re.I)
_CRIES = re.compile(r"\s*(?:well done|thanks a lot|nice one|good job|great (?:job|work|stuff))[,.:!…]+\s+(?=\S)", re.I)
_ENDS = re.compile(r"[^.!?\n]+[.!?]*")


class Judged(NamedTuple):
    """What was made of a comment: feeling -1 to 1, severity 0 to 3, kind, whether somebody must answer this customer
    now, and what makes it severe (harm, money, churn, law, repeated contact)."""

    feeling: float
    severity: int
    kind: str
    answer: bool
    why: tuple[str, ...]


def sentiment(raw: str) -> float:
    """From -1 (angry) to 1 (delighted); 0 when nothing in it judges."""
    return _feeling(TOKEN.findall(raw[:MOST].lower().replace("’", "'")), raw[:MOST])


def sentences(raw: str) -> list[tuple[int, int, float]]:
    """Start, end and feeling of each sentence, at most 200."""
    spans = [match.span() for match in _ENDS.finditer(raw[:MOST])][:200]
    return [(start, end, sentiment(raw[start:end])) for start, end in spans if raw[start:end].strip()]


def after_cry(raw: str) -> str:
    """What is told after a cry of praise at the beginning, which may mock it ("Great, third visit for the same leak");
    empty where there is none."""
    cry = _CRIES.match(raw[:MOST]) or _CRY.match(raw[:MOST])
    return raw[cry.end() : MOST] if cry and (not cry.re.groups or cry[1].lower() in MOCKING) else ""


def feeling_word(value: float) -> str:
    """A score as negative, neutral or positive."""
    return "negative" if value < -0.05 else "positive" if value > 0.05 else "neutral"


def judged(raw: str, words: Sequence[str] | None = None) -> Judged:
    """All that is judged about one comment."""
    text = raw[:MOST]
    words = words if words is not None else TOKEN.findall(text.lower().replace("’", "'"))
    feeling = _feeling(words, text)
    said = " " + " ".join(words[:300]) + " "
    heads = {word[:3] for word in words[:300]}
    why = tuple(name for name, turns in _SEVERE if turns.stand_in(said, heads))
    if feeling > 0.05 and (told := after_cry(text)):
        feeling = _after_cry(told, bool(why), feeling)
    if why and feeling <= 0.05:
        feeling = min(feeling, HURT)
    elif not feeling:
        feeling = _told(said, heads, text)
    elif feeling > 0 and WISH.stand_in(said, heads):
        feeling = 0.0  # “it would be nice to” praises nothing
    severity = _severity(feeling, why)
    kind = _kind(text, said, heads, feeling, why)
    return Judged(feeling, severity, kind, severity >= 2 and _answer(said, heads, text, severity, why), why)


_LENGTH = rf"^\W*(?!only\b|just\b)(?:(?:over|more than|nearly|almost|about|another|whole)\s)*(?:\d+|{COUNT_WORD}|an?)\s"
_SO_LONG = re.compile(
    _LENGTH + r"(?:whole\s)?"
    r"(?:(?:days?|weeks?|months?)\W*!|(?:hours|days|weeks?|months?) (?:for|to|until|till|before)\b)",
    re.IGNORECASE,
)
"""A length of time with nothing but what it was for is told by nobody whom it pleased: `three weeks for a key`."""


def _told(said: str, heads: set[str], text: str) -> float:
    """The feeling of what is told without a word that judges: what took long or went in circles, what was quick."""
    if text.rstrip().endswith("?"):
        return 0.0
    if BETTER.stand_in(said, heads):
        return BETTERED
    if NUISANCE.stand_in(said, heads) or _SO_LONG.match(text):
        return NUISANCES
    return -NUISANCES if QUICK.stand_in(said, heads) else 0.0


def _after_cry(told: str, severe: bool, feeling: float) -> float:
    """The feeling of what is praised in one cry: of what is told after it, where that is trouble."""
    words = TOKEN.findall(told.lower().replace("’", "'"))
    said = " " + " ".join(words[:300]) + " "
    bare = _feeling(words, told) or _told(said, {word[:3] for word in words[:300]}, told)
    return HURT if severe and bare <= 0 else bare if bare < 0 else feeling


_SEVERE = (
    ("harm", HARM), ("money", MONEY), ("churn", CHURN), ("law", LAW), ("repeated contact", REPEATED),
)  # fmt: skip


def _severity(feeling: float, why: tuple[str, ...]) -> int:
    """3: somebody is or could be harmed, or goes to law; 2: money is gone or the customer goes; 1: it annoys."""
    if "harm" in why or "law" in why:
        return 3
    if not why:
        return 0 if feeling >= -0.05 else 1 + (feeling < -0.5)
    base = 2 if "money" in why or "churn" in why or feeling < -0.3 else 1
    return 3 if base == 2 and len(why) > 1 and feeling < -0.5 else base


def _kind(text: str, said: str, heads: set[str], feeling: float, why: tuple[str, ...]) -> str:
    asks = text.rstrip().endswith("?") or _opens_as_question(said) or ASK.stand_in(said, heads)
    if feeling > 0.05 and not why and not asks:
        return "praise" if not WISH.stand_in(said, heads) else "request"
    if WISH.stand_in(said, heads):
        return "request"
    if asks and feeling >= -0.5:
        return "question"
    if feeling < -0.05 or why:
        return "complaint"
    return "praise" if PRAISE.stand_in(said, heads) else "question" if "?" in text else "remark"


def _opens_as_question(said: str) -> bool:
    """Whether it begins as a question does: “could I”, “how long”; not “would recommend”, “what a day”."""
    if not said.startswith(ASK_STARTS):
        return False
    first, second = [*said.split(maxsplit=2), "", ""][:2]
    return second in ASKED_OF if first in ASK_VERBS else second not in GOOD and second not in ("a", "an")


def _answer(said: str, heads: set[str], text: str, severity: int, why: tuple[str, ...]) -> bool:
    """Whether this customer waits for an answer now: harm, law, or money gone or leaving with a plea or for the nth
    time."""
    if "harm" in why or "law" in why or URGENT.stand_in(said, heads):
        return True
    return ("money" in why and "?" in text) or (severity == 3 and GONE.stand_in(said, heads))


def _feeling(words: Sequence[str], text: str) -> float:
    total = 0.0
    weight = 1.0
    negated_until = -1
    for place, word in enumerate(words):
        if word in _MATTER:
            if word in BUT:
                weight, total = 2.0, total * 0.5
            if word in NEGATIONS:
                negated_until = place + REACH
                total -= 0.4 * weight
                continue
            value = (word in GOOD) - (word in BAD)
            if word == "patient" and place and words[place - 1] in OF_SOMEBODY:
                continue
            if word == "like" and not (place and words[place - 1] in LIKING):
                continue
            if not value:
                continue
            size = 1.5 if place and words[place - 1] in STRONG else 1.0
            if place <= negated_until:
                total += 0.4 * weight + (-0.75 if value > 0 else 0.75) * weight
                negated_until = -1
            else:
                total += value * size * weight
    if not text.isascii():
        signs = set(_SIGNS.findall(text))
        total += sum(1 if sign in GOOD_SIGNS else -1 for sign in signs)
    return total / (abs(total) + 1.5)


LIKING = frozenset("i we they really also do both all people customers always you".split())
"""Before these “like” is a verb: “we like it”, not “treated like a thief”."""
OF_SOMEBODY = frozenset("the my our your his her their every each one this".split())
"""After these a “patient” is somebody: “my patient waits”, not “the nurse was patient”."""
_MATTER = GOOD | BAD | NEGATIONS | BUT
