"""Chances: "one in five", "20 percent of the cases", "a third of those", "every fifth order"."""

from __future__ import annotations

from assistant.language.offline.numbers import FRACTIONS, number_at
from assistant.language.offline.quantity import (
    DAY_NAMES,
    UNIT,
    Quantity,
    make,
    unit_at,
    with_about,
    word_at,
)
from assistant.language.offline.tokens import Token


def chance(tokens: list[Token], i: int) -> Quantity | None:
    """The chance that starts at token `i`, or None."""
    return out_of(tokens, i) or percent(tokens, i) or fraction(tokens, i) or every_nth(tokens, i)


def out_of(tokens: list[Token], i: int) -> Quantity | None:
    """ "one in five", "one out of every ten orders", "one order in ten", "nine times out of ten"."""
    number = number_at(tokens, i)
    if number is None or word_at(tokens, i) in ("a", "an", "half"):
        return None
    j = i + number.used
    noun = ""
    if (
        word_at(tokens, j) not in ("in", "out", "of")
        and word_at(tokens, j + 1) in ("in", "out")
        and tokens[j].low.isalpha()
        and word_at(tokens, j) not in UNIT
    ):
        noun, j = word_at(tokens, j), j + 1
    if word_at(tokens, j) == "out" and word_at(tokens, j + 1) == "of":
        j += 2
    elif word_at(tokens, j) == "in":
        j += 1
    else:
        return None
    if word_at(tokens, j) == "every":
        j += 1
    total = number_at(tokens, j)
    if total is None or total.value <= number.value or total.value > 100_000:
        return None
    if unit_at(tokens, j + total.used) is not None:
        return None
    return as_share(tokens, i, j + total.used, number.value / total.value, noun)


def percent(tokens: list[Token], i: int) -> Quantity | None:
    """The share in "20 %", "20 percent", "20 to 30 per cent": a range counts with its middle."""
    low = word_at(tokens, i)
    if low.endswith("%"):
        from assistant.language.offline.numbers import value_of

        value = value_of(low[:-1])
        return (
            as_share(tokens, i, i + 1, value / 100, "")
            if value is not None and value <= 100 and not threshold(tokens, i)
            else None
        )
    number = number_at(tokens, i)
    if number is None or word_at(tokens, i) in ("a", "an"):
        return None
    j, value = i + number.used, number.value
    if word_at(tokens, j) in ("to", "-", "–") and (second := number_at(tokens, j + 1)):
        if second.value <= value:
            return None
        value, j = (value + second.value) / 2, j + 1 + second.used
    if word_at(tokens, j) == "per" and word_at(tokens, j + 1) == "cent":
        j += 1
    elif word_at(tokens, j) not in ("%", "percent", "pct"):
        return None
    return as_share(tokens, i, j + 1, value / 100, "") if value <= 100 and not threshold(tokens, i) else None


def threshold(tokens: list[Token], i: int) -> bool:
    """ "above ten percent", "a discount of 10 %" is a limit, not a chance."""
    before = word_at(tokens, i - 1)
    if before in ("above", "over", "below", "under", "exceeds", "than", "least", "to", "by", "exceeding"):
        return before != "over" or word_at(tokens, i - 2) not in ("well", "just")
    return before == "of" and word_at(tokens, i - 2) not in ("case", "out")


def fraction(tokens: list[Token], i: int) -> Quantity | None:
    """ "half of the orders", "a third of those", "two thirds", "a quarter of them"."""
    low, after = word_at(tokens, i), word_at(tokens, i + 1)
    if low == "half" and after == "of" and word_at(tokens, i + 2) in ("it", "this", "that"):
        return None  # "pays half of it": a part of one thing
    if low == "half" and after in ("of", "the"):
        return as_share(tokens, i, i + 1, 0.5, "")
    if (
        low in ("a", "one", "two", "three")
        and after in FRACTIONS
        and after != "half"
        and word_at(tokens, i + 2) == "of"
    ):
        share = FRACTIONS[after] * {"two": 2, "three": 3}.get(low, 1)
        if word_at(tokens, i + 3) in ("an", "a") or share > 1:
            return None
        return as_share(tokens, i, i + 2, share, "")
    return None


def every_nth(tokens: list[Token], i: int) -> Quantity | None:
    """ "every fifth order", "every second case"."""
    nth = {
        "second": 2,
        "third": 3,
        "fourth": 4,
        "fifth": 5,
        "sixth": 6,
        "tenth": 10,
        "twentieth": 20,
        "hundredth": 100,
        "eighth": 8,
    }
    if word_at(tokens, i) != "every" or word_at(tokens, i + 1) not in nth:
        return None
    if unit_at(tokens, i + 2) or word_at(tokens, i + 2) in DAY_NAMES:
        return None
    return as_share(tokens, i, i + 2, 1 / nth[tokens[i + 1].low], "")


def as_share(tokens: list[Token], i: int, j: int, share: float, noun: str) -> Quantity:
    """A chance with what it is a share of: "of the orders", "of those", "orders"."""
    those = False
    if word_at(tokens, j) == "of":
        place = j + 1
        if word_at(tokens, place) in ("all", "the", "our", "my", "such"):
            place += 1
        those = word_at(tokens, place) in ("those", "these", "them", "which")
        j = j + 1 if those else place
        if not those and word_at(tokens, place) in ("time", "cases", "case", "times"):
            noun, j = "cases", place + 1
    elif word_at(tokens, j) in ("cases", "case", "times"):
        noun, j = "cases", j + 1
    start = with_about(tokens, i)
    return make(tokens, "chance", round(share, 6), start, j, noun=noun, those=those)
