"""Figures in a sentence: durations, chances, rates, prices and rhythms, each with its tokens.

They are found before the grammar runs, so that "half an hour" or "one in five" cannot be taken for things that act.
Patterns work on lower-case tokens; what is vague ("a few days", "often") is no figure.
"""

from __future__ import annotations

from assistant.language.offline.numbers import NUMBER_WORDS, number_at
from assistant.language.offline.quantity import CURRENCY, QUALITY, UNIT, Quantity, make, unit_at, with_about, word_at
from assistant.language.offline.quantity_chances import chance
from assistant.language.offline.quantity_rates import rate, rhythm
from assistant.language.offline.tokens import Token
from assistant.process.durations import Unit

# Words a figure can start with; any other word is passed over at once.
OPENERS = NUMBER_WORDS | {
    "a",
    "an",
    "half",
    "one",
    "another",
    "couple",
    "every",
    "each",
    "on",
    "once",
    "twice",
    "€",
    "$",
    "£",
    "three",
}


def quantities(tokens: list[Token]) -> list[Quantity]:
    """All figures of a sentence in order; none overlaps another."""
    found: list[Quantity] = []
    i = 0
    while i < len(tokens):
        first = tokens[i].low
        if not (first[0].isdigit() or first in OPENERS):
            i += 1
            continue
        hit = rhythm(tokens, i) or chance(tokens, i) or rate(tokens, i) or _duration(tokens, i)
        if hit is None:
            i += 1
            continue
        found.append(hit)
        i = hit.end
    return found


# --- durations ---------------------------------------------------------------------------------------------------


def _duration(tokens: list[Token], i: int) -> Quantity | None:
    whole = _odd(tokens, i)
    if whole:
        return whole
    number = number_at(tokens, i)
    low = word_at(tokens, i)
    if number is None and low in ("a", "an", "one", "another"):
        value, j = 1.0, i + 1
    elif number is not None:
        value, j = number.value, i + number.used
    else:
        return None
    high = value
    if number is not None and word_at(tokens, j) in ("to", "-", "–", "—", "or", "and"):
        second = number_at(tokens, j + 1)
        if (
            second is not None
            and second.value > value
            and (word_at(tokens, j) != "and" or word_at(tokens, i - 1) == "between")
        ):
            high, j = second.value, j + 1 + second.used
    working = False
    while word_at(tokens, j) in QUALITY:
        working = working or word_at(tokens, j) in ("working", "business")
        j += 1
    unit = unit_at(tokens, j)
    if unit is None or (low in ("a", "an") and _rate_before(tokens, i)):
        return None
    name, size = unit
    j += 1
    if low in ("a", "an", "one") and word_at(tokens, j) == "or" and word_at(tokens, j + 1) == "two":
        high, j = 2.0, j + 2
    if low in ("a", "an", "one") and [word_at(tokens, j + k) for k in range(3)] == ["and", "a", "half"]:
        value = high = 1.5
        j += 3
    return _closed(tokens, i, j, value * size, high * size, name, working)


def _odd(tokens: list[Token], i: int) -> Quantity | None:
    """ "half an hour", "a quarter of an hour", "three quarters of an hour", "the whole day"."""
    words = [word_at(tokens, i + k) for k in range(6)]
    if words[0] == "half" and words[1] in ("a", "an"):
        shift = 1 if words[2] in QUALITY else 0
        unit = unit_at(tokens, i + 2 + shift)
        if unit:
            return _closed(
                tokens, i, i + 3 + shift, 0.5 * unit[1], 0.5 * unit[1], unit[0], words[2] in ("working", "business")
            )
    if words[0] == "a" and words[1] == "quarter" and words[2:4] == ["of", "an"] and words[4] == "hour":
        return _closed(tokens, i, i + 5, 0.25, 0.25, "h", False)
    if words[0] == "three" and words[1] == "quarters" and words[2:4] == ["of", "an"]:
        return _closed(tokens, i, i + 5, 0.75, 0.75, "h", False)
    return None


def _rate_before(tokens: list[Token], i: int) -> bool:
    """Whether "a day" here closes a rate: "40 orders a day", "twice a week"."""
    before = word_at(tokens, i - 1)
    return before in ("once", "twice", "times") or before in CURRENCY


def _closed(tokens: list[Token], i: int, j: int, low: float, high: float, unit: Unit, working: bool) -> Quantity:
    """Take in what belongs to the figure: "of work", "each", "an order", "on average", "or so"."""
    of_work = word_at(tokens, j) == "of" and word_at(tokens, j + 1) in ("work", "effort", "labour", "handling")
    if of_work:
        j += 2
    for words in (
        ("each",),
        ("on", "average"),
        ("or", "so"),
        ("per", "*"),
        ("apiece",),
        ("tops",),
        ("in", "total"),
        ("at", "most"),
        ("max",),
        ("flat",),
        ("a", "*"),
        ("an", "*"),
    ):
        if all(w == "*" or word_at(tokens, j + k) == w for k, w in enumerate(words)):
            if words[-1] == "*" and (
                j + 1 >= len(tokens)
                or word_at(tokens, j + 2) not in ("", ",", ";", "and", ":", ".", "or", "on", "but", ")")
                or word_at(tokens, j + 1) in UNIT
            ):
                continue
            j += len(words)
    return make(
        tokens, "duration", low, with_about(tokens, i), j, high=high, unit=unit, working=working, of_work=of_work
    )


# --- chances -----------------------------------------------------------------------------------------------------


# --- rates, prices, rhythms --------------------------------------------------------------------------------------
