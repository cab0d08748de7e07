"""Rates, amounts of money and rhythms: "40 orders a day", "about 900 a year", "35 euros an hour", "every Friday"."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.language.figures.figure import (
    AFTER_FIGURE,
    CURRENCY,
    DAY_NAMES,
    SIGNS,
    TIMES,
    UNIT_WORDS,
    WORKING,
    Figure,
    make,
    period_at,
    unit_at,
    with_about,
    word_at,
    words_at,
)
from assistant.language.figures.numbers import number_at, ordinal
from assistant.language.offline.words.tokens import Token
from assistant.process.durations import NAMED, UNITS, WORKING_WEEK_DAYS, Named, Unit

_PER = frozenset({"a", "an", "per", "each", "every", "the", "/"})
EVERY = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
         "yearly": "year", "annually": "year", "p.a": "year"}  # fmt: skip
"""Words behind a count that say its period."""
_BETWEEN = frozenset("come comes coming in arrive arrives each , for from customers them".split())
_COMING = frozenset("we there get see have come receive".split())
_CAME = frozenset("had did got saw received came come handled".split())
_NO_NOUN = UNIT_WORDS | frozenset(
    """a an per each every of in to or and percent out the is are times / time % it until till before after when
    second seconds night nights takes take took needs need lasts last""".split()
)


class _Count(NamedTuple):
    """A number or a range of them: `low` to `high`, up to token `end`."""

    low: float
    high: float
    end: int


def _count(tokens: list[Token], i: int) -> _Count | None:
    number = number_at(tokens, i)
    if number is None:
        return None
    j, high = i + number.used, number.value
    word = word_at(tokens, j)
    second = number_at(tokens, j + 1)
    between = word == "and" and word_at(tokens, i - 1) == "between"
    if (word in ("to", "-", "–", "or") or between) and second and second.value > number.value:
        high, j = second.value, j + 1 + second.used
    return _Count(number.value, high, j)


def money(tokens: list[Token], i: int) -> Figure | None:
    """An amount of money ("€ 12.50", "10.000 Euro"), or with a time behind it a price: "EUR 40 an hour"."""
    ahead = word_at(tokens, i) in SIGNS
    count = _count(tokens, i + ahead)
    if count is None:
        return None
    currency = CURRENCY.get(word_at(tokens, i) if ahead else word_at(tokens, count.end))
    if currency is None:
        return None
    j = count.end if ahead else count.end + 1
    small = 0 if ahead or count.high > count.low else smaller_coin(tokens, j)
    if small:
        count, j = count._replace(low=count.low + small / 100, high=count.low + small / 100), j + _coin_words(tokens, j)
    if word_at(tokens, j) in _PER and (period := period_at(tokens, j + 1)):
        size = period.size
        return make(tokens, "price", count.low / size, with_about(tokens, i), j + 2, high=count.high / size,
                    unit=period.unit, noun=currency, size=size)  # fmt: skip
    if (spoken := adverb_at(tokens, j)) is not None:
        return make(tokens, "price", count.low / spoken.size, with_about(tokens, i), j + 1,
                    high=count.high / spoken.size, unit=spoken.unit, noun=currency, size=spoken.size)  # fmt: skip
    return make(tokens, "money", count.low, with_about(tokens, i), j, high=count.high, noun=currency)


def smaller_coin(tokens: list[Token], j: int) -> float:
    """The hundredths behind a currency, "two francs sixty", "3 euros 20": 0 where something else is counted there."""
    number = number_at(tokens, j)
    if number is None or number.value not in range(5, 100) or word_at(tokens, j - 1) not in CURRENCY:
        return 0.0
    behind = word_at(tokens, j + number.used)
    counted = behind.isalpha() and behind not in AFTER_FIGURE
    return 0.0 if counted or unit_at(tokens, j + number.used) else number.value


def _coin_words(tokens: list[Token], j: int) -> int:
    number = number_at(tokens, j)
    return number.used if number else 0


def rate(tokens: list[Token], i: int) -> Figure | None:
    """ "40 orders a day", "some 12,000 invoices per year", "about 900 a year", "30 of them in a week"."""
    count = _count(tokens, i)
    if count is None or (word_at(tokens, i) == "half" and count.low < 1):
        return None
    if words_at(tokens, count.end, 2) == ["or", "so"]:
        count = count._replace(end=count.end + 2)
    noun_end = end_of_noun(tokens, count.end) or count.end
    noun = " ".join(t.text for t in tokens[count.end : noun_end] if t.low not in ("back", "in", "out"))
    k = noun_end
    if word_at(tokens, k) == "of" and word_at(tokens, k + 1) in ("them", "those", "these"):
        k += 2
    while word_at(tokens, k) in _BETWEEN and k - noun_end < 2 and not _per_at(tokens, k, noun):
        k += 1
    per = _per_at(tokens, k, noun) or _last_year(tokens, i, count.end)
    if per is None:
        return front_rate(tokens, i, noun_end, count.low, count.high, noun) if noun else None
    if not noun and per.unit == "h" and per.size == 1 and (currency := _currency_beside(tokens, i)):
        return make(tokens, "price", count.low, with_about(tokens, i), per.end, high=count.high, unit="h",
                    noun=currency)  # fmt: skip
    return make(tokens, "rate", count.low, with_about(tokens, i), per.end, high=count.high, unit=per.unit, noun=noun,
                working=per.working, size=per.size)  # fmt: skip


def _currency_beside(tokens: list[Token], i: int) -> str:
    """The currency of a sentence that lists prices, for a bare one in it: "the clerk 38 EUR, the driver 22 an hour"."""
    if word_at(tokens, i - 1) in _COMING | _CAME:
        return ""
    return next((CURRENCY[token.low] for token in tokens if token.low in CURRENCY), "")


class _Per(NamedTuple):
    """The period of a rate: `size` of `unit`, up to token `end`; `working` when working days are meant."""

    unit: Unit
    size: float
    end: int
    working: bool


def _per_at(tokens: list[Token], k: int, noun: str) -> _Per | None:
    """The period behind a count: "a day", "per working day", "each week", "daily", "per annum"."""
    if words_at(tokens, k, 2) == ["per", "annum"]:
        return _Per("d", 365.0, k + 2, False)
    if (spoken := adverb_at(tokens, k)) is not None:
        return _Per(spoken.unit, spoken.size, k + 1, False)
    if word_at(tokens, k) not in _PER or (word_at(tokens, k) == "the" and not noun):
        return None
    k += 1
    working = word_at(tokens, k) in WORKING
    k += working or word_at(tokens, k) in ("calendar", "single", "normal")
    period = period_at(tokens, k)
    if period is None:
        return None
    size = 7 / WORKING_WEEK_DAYS if working and period.unit == "d" and period.size == 1 else period.size
    return _Per(period.unit, size, k + 1, working)


def _last_year(tokens: list[Token], i: int, end: int) -> _Per | None:
    """ "We had 340 last year", "340 enquiries came in last year": what came is told of one year."""
    behind = next(
        (k for k in range(end, min(end + 5, len(tokens))) if words_at(tokens, k, 2) == ["last", "year"]), None
    )
    if behind is None:
        return None
    around = {token.low for token in (*tokens[max(0, i - 2) : i], *tokens[end:behind])}
    return _Per("d", 365.0, behind + 2, False) if around & _CAME else None


def adverb_at(tokens: list[Token], k: int) -> Named | None:
    """The period of "40 a piece, daily": None where the word goes with what follows ("ten daily reports")."""
    word, behind = word_at(tokens, k), word_at(tokens, k + 1)
    closes = not behind.isalpha() or behind in AFTER_FIGURE
    return NAMED[EVERY[word]] if word in EVERY and closes else None


_YEAR = re.compile(r"(?:19|20)\d\d")
_SEASONS = frozenset("summer winter spring autumn season".split())


def front_rate(tokens: list[Token], i: int, end: int, low: float, high: float, noun: str) -> Figure | None:
    """ "On a normal day we get 90 incidents": the period stands in front."""
    if word_at(tokens, 0) in ("every", "each", "in") and word_at(tokens, 1) in _SEASONS and noun.endswith("s"):
        return make(tokens, "rate", low, with_about(tokens, i), end, high=high, unit="d", noun=noun, size=365.0)
    first = noun.partition(" ")[0]
    if word_at(tokens, i - 2) == "in" and _YEAR.fullmatch(word_at(tokens, i - 1)) and first.endswith("s"):
        return make(tokens, "rate", low, i, i + 2, high=high, unit="d", noun=first, size=365.0)
    for k in range(min(i, 5)):
        if word_at(tokens, k) in ("on", "in", "per", "every", "each") and (
            unit := next((unit_at(tokens, m) for m in range(k + 1, min(k + 4, i)) if unit_at(tokens, m)), None)
        ):
            if not noun.split()[-1].lower().endswith("s") or not _COMING & {t.low for t in tokens[k:i]}:
                return None
            return make(tokens, "rate", low, with_about(tokens, i), end, high=high, unit=unit.unit, noun=noun,
                        size=unit.size)  # fmt: skip
    return None


def end_of_noun(tokens: list[Token], j: int) -> int | None:
    """Where the plural noun group after a number ends ("new orders", "orders"); None when there is none."""
    k = j
    while k < len(tokens) and k - j < 4 and tokens[k].low.isalpha():
        low = tokens[k].low
        if low in _NO_NOUN or low in EVERY:
            break
        k += 1
        if low.endswith("s") and word_at(tokens, k) in (
            "a", "an", "per", "each", "every", "come", "in", "arrive", "the", "for", "from", "/", *EVERY
        ):  # fmt: skip
            break
    return k if k > j else None


def rhythm(tokens: list[Token], i: int) -> Figure | None:
    """ "every Friday", "once a week", "twice a day", "every two weeks", "on Fridays", "every hour"."""
    low, after = word_at(tokens, i), word_at(tokens, i + 1)
    if low in ("every", "each"):
        return _every(tokens, i, after)
    if low == "on" and after.endswith("s") and after[:-1] in DAY_NAMES:
        j = i + 2
        while word_at(tokens, j) in ("and", ",", "or") and word_at(tokens, j + 1)[:-1] in DAY_NAMES:
            j += 2
        return make(tokens, "rhythm", 2 / (j - i), i, j, unit="w")
    if low == "on" and after in DAY_NAMES and word_at(tokens, i + 2) in _PARTS_OF_DAYS:
        return make(tokens, "rhythm", 1, i, i + 3, unit="w")
    if low in ("on", "the") and (named := _day_of(tokens, i + (low == "on"))):
        return make(tokens, "rhythm", named.size, i, i + 6 + (low == "on") - 1, unit=named.unit)
    if low in ("at", "until", "till", "by") and words_at(tokens, i + 1, 3) in (
        ["the", "end", "of"],
        ["end", "of", "the"],
    ):
        place = i + 4 + (word_at(tokens, i + 4) in ("the", "each", "every"))
        unit = period_at(tokens, place)
        if unit is not None and unit.unit in ("w", "d") and unit.size * UNITS[unit.unit] >= 7 * UNITS["d"]:
            return make(tokens, "rhythm", unit.size, i, place + 1, unit=unit.unit)
    times, j = TIMES.get(low), i + 1
    count = None if times else _count(tokens, i)
    if count is not None and word_at(tokens, count.end) in ("times", "x"):
        times, j = (count.low + count.high) / 2, count.end + 1
    if times and (spoken := adverb_at(tokens, j)) is not None:
        return make(tokens, "rhythm", spoken.size / times, i, j + 1, unit=spoken.unit)
    if times and word_at(tokens, j) in ("a", "per", "every", "each") and (unit := period_at(tokens, j + 1)):
        return make(tokens, "rhythm", unit.size / times, i, j + 2, unit=unit.unit)
    return None


_PARTS_OF_DAYS = frozenset("mornings afternoons evenings nights".split())


def _day_of(tokens: list[Token], i: int) -> Named | None:
    """The period of "the first Thursday of the month", of "the last day of each month"."""
    the, which, day, of, each = words_at(tokens, i, 5)
    fits = the == "the" and which in _WHICH and (day in DAY_NAMES or day == "day") and of == "of"
    return period_at(tokens, i + 5) if fits and each in ("the", "each", "every") else None


_WHICH = frozenset("first second third fourth last".split())


def _every(tokens: list[Token], i: int, after: str) -> Figure | None:
    """ "every Friday", "every weekday", "each morning", "every two weeks", "every other day", "every quarter"."""
    if after in DAY_NAMES or after in ("weekday", "workday"):
        return make(tokens, "rhythm", 1, i, i + 2, unit="w" if after in DAY_NAMES else "d")
    if after in ("night", "morning", "evening", "afternoon", "noon"):
        return make(tokens, "rhythm", 1, i, i + 2, unit="d")
    nth = 2 if after == "other" else ordinal(after)
    if nth and word_at(tokens, i + 2).removesuffix("s") in DAY_NAMES:
        return make(tokens, "rhythm", nth, i, i + 3, unit="w")
    if nth and (unit := unit_at(tokens, i + 2)):
        return make(tokens, "rhythm", nth * unit.size, i, i + 3, unit=unit.unit)
    number = number_at(tokens, i + 1)
    j = i + 1 + (number.used if number else 0)
    named = unit_at(tokens, j) or (period_at(tokens, j) if after == "quarter" else None)
    if named is None:
        return None
    return make(tokens, "rhythm", (number.value if number else 1) * named.size, i, j + 1, unit=named.unit)
