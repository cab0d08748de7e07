"""Points and commas in numbers: which of them is the decimal sign, and which only sets thousands apart.

"1,5 hours" and "10.000 Euro" are written the continental way, "1.5 hours" and "10,000 euros" the English way. A number
that could be either is read as the other numbers of its text are written; where they do not tell, three digits behind
a comma or a point are thousands, except that a point before a unit of time or a per cent sign is decimal.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.process.durations import NAMED

Style = Literal["continental", "english", ""]
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_LONE = re.compile(r"(?<![\d.,:/-])\d+(?:[.,]\d+)+(?![\d:/-])(?![.,]\d)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
_SPACES = re.compile(r"(?<=\d)['’\s](?=\d{3}(?!\d))")
_GROUPED = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+)")


def style_of(text: str) -> Style:
    """How a text writes its numbers, by those that can be read in one way only; empty where they do not tell."""
    continental = english = 0
    for word in _LONE.findall(text):
        if _THOUSANDS.fullmatch(word):
            continue
        sign = _decimal_sign(word)
        continental += sign == ","
        english += sign == "."
    return "continental" if continental > english else "english" if english > continental else ""


def _decimal_sign(word: str) -> str:
    """The decimal sign of a number that can be read in one way only: the last one, when it stands once."""
    sign = max(word.rfind(","), word.rfind("."))
    return word[sign] if word.count(word[sign]) == 1 else ""


def numeric(word: str, style: Style = "", following: str = "") -> float | None:
    """The value of digits and what parts them: `1,200`, `2.5`, `1.250,50`, `1'250`, `1.2e3`; None when it is none."""
    if not word[:1].isdigit():
        return None  # most words by far
    word = _SPACES.sub("", word)
    if re.fullmatch(r"\d+(?:\.\d+)?e\+?\d{1,3}", word):
        return float(word)
    if not _DIGITS.fullmatch(word):
        return None
    if _THOUSANDS.fullmatch(word):
        return float(_either(word, style, following))
    signs = {sign for sign in word if sign in ".,"}
    if not signs:
        return float(word) if len(word) < 16 else float("inf")
    sign = _decimal_sign(word)
    whole, _, rest = word.rpartition(sign) if sign else (word, "", "")
    if not sign or (len(signs) == 2 and not _GROUPED.fullmatch(whole)):
        return None  # 1.2.3 is a version or a date
    return float(re.sub("[.,]", "", whole) + "." + rest)


def _either(word: str, style: Style, following: str) -> str:
    """A number such as `2.125` or `60.000`, as the text's other numbers are written. Nobody writes `60.000` for 60."""
    together = re.sub("[.,]", "", word)
    signs = [sign for sign in word if sign in ".,"]
    decimal = word.replace(",", ".")
    if len(signs) > 1 or word.endswith("000"):
        return together
    if style:
        return decimal if (signs[0] == ",") == (style == "continental") else together
    return decimal if signs[0] == "." and (following in NAMED or following[:1] == "%") else together
