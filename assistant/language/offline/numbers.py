"""Numbers in words and digits: "two", "a dozen", "twenty-five", "1,200", "half a".

Values are floats. The reader of a number starts at a token and says how many tokens it used.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.language.offline.tokens import Token

UNITS = dict(
    zip(
        """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
    """.split(),
        range(20),
        strict=True,
    )
)
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12, "hundreds": 100}
FRACTIONS = {
    "half": 0.5,
    "third": 1 / 3,
    "quarter": 0.25,
    "thirds": 1 / 3,
    "quarters": 0.25,
    "fifth": 0.2,
    "fourth": 0.25,
    "tenth": 0.1,
}
NUMBER_WORDS = {*UNITS, *TENS, "hundred", "thousand", "million", "dozen"} | {
    f"{ten}-{unit}" for ten in TENS for unit in list(UNITS)[1:10]
}
VAGUE = {"couple": 2.0}
_DIGITS = re.compile(r"^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$")


class Number(NamedTuple):
    """A value and how many tokens it took."""

    value: float
    used: int


def value_of(word: str) -> float | None:
    """The value of one word or figure: "seven", "twenty-five", "1,200", "2.5"; None when it is no number."""
    if word in UNITS:
        return float(UNITS[word])
    if word in TENS:
        return float(TENS[word])
    if "-" in word:
        ten, _, unit = word.partition("-")
        if ten in TENS and unit in UNITS:
            return float(TENS[ten] + UNITS[unit])
    match = _DIGITS.match(word)
    if match:
        return float(match.group(1).replace(",", "") + "." + (match.group(2) or "0"))
    if re.fullmatch(r"\d+,\d{1,2}", word):
        return float(word.replace(",", "."))
    return None


def number_at(tokens: list[Token], i: int) -> Number | None:
    """The number that starts at token `i`: "two hundred", "a dozen", "half a", "a couple of", "one and a half"."""
    low = tokens[i].low if i < len(tokens) else ""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if low == "half" and after in ("a", "an"):
        return Number(0.5, 2)
    if low in ("a", "an"):
        return _after_article(tokens, i, after)
    if low == "couple" or low == "dozen":
        return Number(VAGUE.get(low, 12.0), 2 if after == "of" else 1)
    value = value_of(low)
    if value is None:
        return None
    used = 1
    while i + used < len(tokens) and (tokens[i + used].low in SCALES):
        value *= SCALES[tokens[i + used].low]
        used += 1
    if tokens[i].low in TENS and i + used < len(tokens) and 0 < UNITS.get(tokens[i + used].low, 0) < 10:
        value += UNITS[tokens[i + used].low]
        used += 1
    if value >= 100 and used > 1 and i + used + 1 < len(tokens) and tokens[i + used].low == "and":
        rest = value_of(tokens[i + used + 1].low)
        if rest is not None and rest < 100:
            return Number(value + rest, used + 2)
    if _words(tokens, i + used, 3) == ["and", "a", "half"]:
        return Number(value + 0.5, used + 3)
    return Number(value, used)


def _after_article(tokens: list[Token], i: int, after: str) -> Number | None:
    if after in SCALES:
        return Number(float(SCALES[after]), 2)
    if after == "couple":
        return Number(2.0, 3 if i + 2 < len(tokens) and tokens[i + 2].low == "of" else 2)
    return None


def _words(tokens: list[Token], i: int, count: int) -> list[str]:
    return [token.low for token in tokens[i : i + count]]
