"""Rates, prices and rhythms: "40 orders a day", "35 euros an hour", "every Friday"."""

from __future__ import annotations

from assistant.language.offline.numbers import number_at
from assistant.language.offline.quantity import (
    CURRENCY,
    DAY_NAMES,
    TIMES,
    UNIT,
    Quantity,
    make,
    unit_at,
    with_about,
    word_at,
)
from assistant.language.offline.tokens import Token
from assistant.process.durations import Unit


def rate(tokens: list[Token], i: int) -> Quantity | None:
    """ "40 orders a day", "some 12,000 invoices per year", "35 euros an hour", "€35 an hour"."""
    place = i + 1 if word_at(tokens, i) in ("€", "$", "£") else i
    number = number_at(tokens, place)
    if number is None:
        return None
    j = place + number.used
    high = number.value
    if (
        word_at(tokens, j) in ("to", "-", "–", "or")
        and (second := number_at(tokens, j + 1))
        and second.value > number.value
    ):
        high, j = second.value, j + 1 + second.used
    money = CURRENCY.get(word_at(tokens, i), "") if place > i else CURRENCY.get(word_at(tokens, j), "")
    noun_end = j if place > i else end_of_noun(tokens, j)
    if noun_end is None or (noun_end == j and not money):
        return None
    noun = " ".join(t.text for t in tokens[j:noun_end] if t.low not in ("back", "in", "out"))
    k = noun_end
    while (
        word_at(tokens, k) in ("come", "in", "arrive", "each", ",", "for", "from", "customers")
        and k - noun_end < 2
        and not money
    ):
        k += 1
    if word_at(tokens, k) not in ("a", "an", "per", "each", "every", "the"):
        return front_rate(tokens, i, noun_end, number.value, high, noun) if not money else None
    k += 1
    working = word_at(tokens, k) in ("working", "business", "work")
    k += working
    unit = unit_at(tokens, k)
    if unit is None:
        return None
    size, name = _period(unit)
    low, high = number.value / size, high / size
    return make(
        tokens,
        "price" if money else "rate",
        low,
        with_about(tokens, i),
        k + 1,
        high=high,
        unit=name,
        noun=money or noun,
        working=working,
    )


def _period(unit: tuple[Unit, float]) -> tuple[float, Unit]:
    """Months and years as weeks, which hold whole working weeks; other units as they are."""
    return (unit[1] / 7, "w") if unit[1] > 1 else (1.0, unit[0])


def front_rate(tokens: list[Token], i: int, end: int, value: float, high: float, noun: str) -> Quantity | None:
    """ "On a normal day we get 90 incidents": the period stands in front."""
    for k in range(min(i, 5)):
        if word_at(tokens, k) in ("on", "in", "per", "every", "each") and (
            unit := next((unit_at(tokens, m) for m in range(k + 1, min(k + 4, i)) if unit_at(tokens, m)), None)
        ):
            if not noun.split()[-1].lower().endswith("s") or not frozenset(
                """
    we there get see have come receive
    """.split()
            ) & {t.low for t in tokens[k:i]}:
                return None
            size, name = _period(unit)
            return make(
                tokens, "rate", value / size, with_about(tokens, i), end, high=high / size, unit=name, noun=noun
            )
    return None


def end_of_noun(tokens: list[Token], j: int) -> int | None:
    """Where the plural noun group after a number ends ("new orders", "orders"); None when there is none."""
    k = j
    while k < len(tokens) and k - j < 4 and tokens[k].low.isalpha():
        low = tokens[k].low
        if low in UNIT or low in (
            "a",
            "an",
            "per",
            "each",
            "every",
            "of",
            "in",
            "to",
            "or",
            "and",
            "percent",
            "out",
            "the",
            "is",
            "are",
            "times",
        ):
            break
        k += 1
        if low.endswith("s") and word_at(tokens, k) in (
            "a",
            "an",
            "per",
            "each",
            "every",
            "come",
            "in",
            "arrive",
            "the",
            "for",
            "from",
        ):
            break
    return k if k > j else None


def rhythm(tokens: list[Token], i: int) -> Quantity | None:
    """ "every Friday", "once a week", "twice a day", "every two weeks", "on Fridays", "every hour"."""
    low, after = word_at(tokens, i), word_at(tokens, i + 1)
    if low in ("every", "each") and (after in DAY_NAMES or (after in ("weekday", "workday"))):
        return make(tokens, "rhythm", 1, i, i + 2, unit="d" if after in ("weekday", "workday") else "w")
    if low == "on" and after.endswith("s") and after[:-1] in DAY_NAMES:
        j = i + 2
        while word_at(tokens, j) in ("and", ",", "or") and word_at(tokens, j + 1)[:-1] in DAY_NAMES:
            j += 2
        return make(tokens, "rhythm", 2 / (j - i), i, j, unit="w")
    if low in ("every", "each") and after in ("night", "morning", "evening", "afternoon", "noon"):
        return make(tokens, "rhythm", 1, i, i + 2, unit="d")
    if low in ("every", "each"):
        number = number_at(tokens, i + 1)
        j = i + 1 + (number.used if number else 0)
        unit = unit_at(tokens, j)
        if unit and not (number is None and word_at(tokens, j + 1) in ("the",) and False):
            return make(tokens, "rhythm", (number.value if number else 1) * unit[1], i, j + 1, unit=unit[0])
        if low == "every" and after == "other" and (unit := unit_at(tokens, i + 2)):
            return make(tokens, "rhythm", 2 * unit[1], i, i + 3, unit=unit[0])
    times, j = TIMES.get(low), i + 1
    number = number_at(tokens, i)
    if times is None and number is not None and word_at(tokens, i + number.used) == "times":
        times, j = number.value, i + number.used + 1
    if times and word_at(tokens, j) in ("a", "per", "every", "each") and (unit := unit_at(tokens, j + 1)):
        return make(tokens, "rhythm", unit[1] / times, i, j + 2, unit=unit[0])
    return None
