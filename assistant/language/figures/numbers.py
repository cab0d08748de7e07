"""Numbers in words and digits: "two", "a dozen", "twenty-five", "1,200", "two hundred and five", "1.2 million", "2½".

Values are floats. The reader of a number starts at a token and says how many tokens it used. A token of digits knows
its value, because only the whole text tells a decimal comma from one between thousands (see `separators`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.language.figures.figure import CURRENCY, SIGNS
from assistant.language.figures.separators import numeric
from assistant.language.offline.words.tokens import Token

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen""".split()
UNITS = {word: value for value, word in enumerate(_SMALL)}
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {"hundred": 100, "hundreds": 100, "thousand": 1000, "million": 1_000_000, "mio": 1_000_000, "dozen": 12,
          "dozens": 12}  # fmt: skip
LETTERS = {"k": 1000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}
PARTS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fourth": 0.25, "fifth": 0.2, "sixth": 1 / 6, "seventh": 1 / 7,
         "eighth": 0.125, "ninth": 1 / 9, "tenth": 0.1, "twelfth": 1 / 12, "hundredth": 0.01, "thousandth": 0.001,
         **{f"{word}th": 1 / UNITS[word] for word in ("eleven", *_SMALL[13:])},
         **{f"{word[:-1]}ieth": 1 / value for word, value in TENS.items()}}  # fmt: skip
FRACTIONS = PARTS | {f"{word}s": value for word, value in PARTS.items()} | {"halves": 0.5}
ORDINALS = {word: round(1 / share) for word, share in PARTS.items() if word not in ("half", "quarter")} | {"second": 2}
GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
NUMBER_WORDS = {*UNITS, *TENS, "hundred", "thousand", "million", "dozen"} | {
    f"{ten}-{unit}" for ten in TENS for unit in list(UNITS)[1:10]
}
COUNT_WORD = f"(?:{'|'.join(sorted([*list(UNITS)[1:], *TENS], key=len, reverse=True))})"
"""A pattern for one word that counts, from one to ninety; `value_of` reads it."""
MOST = 1e12
"""No number of a business process is larger; what is, gives no figure."""


class Number(NamedTuple):
    """A value and how many tokens it took."""

    value: float
    used: int


def value_of(word: str) -> float | None:
    """The value of one word or figure: "seven", "twenty-five", "1,200", "2.5"; None when it is no number."""
    low = word.lower()
    if low in UNITS:
        return float(UNITS[low])
    if low in TENS:
        return float(TENS[low])
    if "-" in low:
        return _hyphened(low)
    return numeric(low)


def number_named(word: str) -> int:
    """The whole number that a figure, a word or a place in a row names: "3", "three", "third"; 0 when it names none."""
    low = word.lower()
    return 1 if low == "first" else ordinal(low) or int(value_of(low) or 0)


def ordinal(word: str) -> int:
    """The place in a row that a word names: "third", "10th"; 0 when it names none."""
    digits = re.fullmatch(r"([1-9]\d{0,3})(?:st|nd|rd|th)", word)
    return int(digits[1]) if digits else ORDINALS.get(word, 0)


def _hyphened(word: str) -> float | None:
    """ "twenty-five", "thirty-odd", "two-and-a-half"."""
    head, _, tail = word.partition("-")
    if head in TENS and tail in UNITS:
        return float(TENS[head] + UNITS[tail])
    if tail == "odd":
        return value_of(head)
    if tail == "and-a-half" and head in UNITS:
        return UNITS[head] + 0.5
    return None


def number_at(tokens: list[Token], i: int) -> Number | None:
    """The number that starts at token `i`: "two hundred", "a dozen", "half a", "a couple of", "one and a half".

    None where no number starts, and where it belongs to a name (`B12`).
    """
    number = _number_at(tokens, i) if 0 <= i < len(tokens) and not _glued(tokens, i) else None
    loose = number is not None and (number.used >= 3 or tokens[i + number.used - 1].low == "couple")
    if number is None or not loose or i + number.used >= len(tokens):
        return number
    scale = SCALES.get(tokens[i + number.used].low, 0)  # "two and a half thousand", "a couple of hundred"
    return Number(number.value * scale, number.used + 1) if scale >= 100 and number.value < 100 else number


def _glued(tokens: list[Token], i: int) -> bool:
    """Whether digits are the end of a name: `B12`, `v2.1`, `COVID-19`."""
    if not i or tokens[i - 1].end != tokens[i].start or not tokens[i].low[0].isdigit():
        return False
    before = tokens[i - 1].low
    dashed = before == "-" and i > 1 and tokens[i - 2].end == tokens[i - 1].start and tokens[i - 2].low.isalpha()
    return dashed or (before.isalpha() and before not in ("eur", "usd", "gbp", "chf", "h", "hr"))


_OPENERS = ("half", "a", "an", "couple", "dozen")


def _number_at(tokens: list[Token], i: int) -> Number | None:
    if (low := tokens[i].low) not in _OPENERS and low not in GLYPHS:  # most tokens by far
        value = None if low.endswith("%") else _value(tokens[i])
        return None if value is None else _cardinal(tokens, i, value)
    words = [token.low for token in tokens[i : i + 5]] + [""] * 5
    if words[0] == "half" and words[1] in ("a", "an"):
        return Number(0.5 * SCALES[words[2]], 3) if words[2] in ("dozen", "hundred", "million") else Number(0.5, 2)
    if words[0] == "a" and words[1] == "half" and words[2] == "dozen":
        return Number(6.0, 3)
    if words[0] in ("a", "an"):
        return _after_article(tokens, i, words[1:])
    if words[0] in ("couple", "dozen"):
        return Number(2.0 if words[0] == "couple" else 12.0, 2 if words[1] == "of" else 1)
    if words[0] in GLYPHS:
        return Number(GLYPHS[words[0]], 1)
    value = _value(tokens[i])  # "half" where neither "a" nor "an" follows
    return None if value is None else _cardinal(tokens, i, value)


def _value(token: Token) -> float | None:
    return token.value if token.value is not None else value_of(token.low)


def _after_article(tokens: list[Token], i: int, words: list[str]) -> Number | None:
    if words[0] == "couple" or (words[0] in ("good", "further") and words[1] == "couple"):
        used = 2 + (words[0] != "couple")
        return Number(2.0, used + (words[used - 1] == "of"))
    if words[0] == "single":
        return Number(1.0, 2)
    skipped = 1 if words[0] in ("good", "whole", "full", "further") and words[1] in SCALES else 0
    if words[skipped] in SCALES and not words[skipped].endswith("s"):
        scaled = _cardinal(tokens, i + 1 + skipped, 1.0, used=0)
        return Number(scaled.value, scaled.used + 1 + skipped)
    return None


def _cardinal(tokens: list[Token], i: int, value: float, used: int = 1) -> Number:
    """Take in what follows: "hundred", "thousand", "k", "and five", "five" after "twenty", "and a half", "1/2", and
    the "m" of "€3m"."""
    digits = used == 1 and tokens[i].low[0].isdigit()
    total = 0.0
    while i + used < len(tokens):
        low = tokens[i + used].low
        if low in SCALES:
            total, value = (total + value * SCALES[low], 0.0) if SCALES[low] >= 1000 else (total, value * SCALES[low])
        elif digits and used == 1 and (letter := _letter(tokens, i)):
            return Number(value * letter, 2)
        else:
            break
        used += 1
        if not digits and (more := _below_hundred(tokens, i + used)) and low != "dozen":
            value, used = value + more.value, used + more.used
    total += value
    word = tokens[i].low
    if word in TENS and used == 1 and i + 1 < len(tokens) and 0 < UNITS.get(tokens[i + 1].low, 0) < 10:
        total, used = total + UNITS[tokens[i + 1].low], 2
    return _with_part(tokens, i, total, used, digits)


def _letter(tokens: list[Token], i: int) -> int:
    """What a letter behind digits stands for: `12k`; beside a currency also `€3m`, `10 k€`. 0: it is none of them."""
    low, after = tokens[i + 1].low, tokens[i + 2].low if i + 2 < len(tokens) else ""
    tied = tokens[i].end == tokens[i + 1].start
    paid = after in CURRENCY or (i > 0 and tokens[i - 1].low in SIGNS and tied)
    return LETTERS.get(low, 0) if paid or (tied and low == "k") else 0


def _below_hundred(tokens: list[Token], i: int) -> Number | None:
    """What may follow a scale: "and twenty-five", "fifty", and also "two hundred" after "one thousand"."""
    joined = i < len(tokens) and tokens[i].low == "and"
    place = i + joined
    value = _value(tokens[place]) if place < len(tokens) and tokens[place].low[0].isalpha() else None
    if value is None or value >= 100:
        return None
    used = 1
    following = tokens[place + 1].low if place + 1 < len(tokens) else ""
    if tokens[place].low in TENS and 0 < UNITS.get(following, 0) < 10:
        value, used = value + UNITS[following], 2
    return Number(value, used + joined)


def _with_part(tokens: list[Token], i: int, value: float, used: int, digits: bool) -> Number:
    """ "and a half", "and a quarter", "and three quarters", "1/2", "2 1/2", "2½"."""
    words = [token.low for token in tokens[i + used : i + used + 4]] + [""] * 4
    if words[0] == "and" and words[1] in ("a", "one") and words[2] in ("half", "quarter") and words[3] != "of":
        return Number(value + PARTS[words[2]], used + 3)
    if words[:3] == ["and", "a", "bit"] and words[3] != "of":
        return Number(value, used + 3)  # "two and a bit hours"
    if words[0] == "and" and words[1] == "three" and words[2].rstrip("s") == "quarter":
        return Number(value + 0.75, used + 3)
    if words[0] in GLYPHS:
        return Number(value + GLYPHS[words[0]], used + 1)
    if digits and used == 1 and (part := _slashed(tokens, i + 1)) and value < 1000 and part.value < 1:
        return Number(value + part.value, 1 + part.used)
    if digits and used == 1 and (part := _slashed(tokens, i)):
        return part
    return Number(value, used)


def _slashed(tokens: list[Token], i: int) -> Number | None:
    """ "1/2", "3/4": a proper fraction of small numbers; "24/7" and "3/12" are none."""
    if i + 2 >= len(tokens) or tokens[i + 1].low != "/":
        return None
    match = re.fullmatch(r"([1-9]) / ([2-9])", " ".join(token.low for token in tokens[i : i + 3]))
    close = tokens[i].end == tokens[i + 1].start and tokens[i + 1].end == tokens[i + 2].start
    if not match or not close or int(match[1]) >= int(match[2]):
        return None
    return Number(int(match[1]) / int(match[2]), 3)
