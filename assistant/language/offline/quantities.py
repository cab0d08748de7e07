"""Figures in a sentence: durations, chances, rates, prices and rhythms, each with its tokens.

They are found before the grammar runs, so that "half an hour" or "one in five" cannot be taken for things that act.
Patterns work on lower-case tokens; what is vague ("a few days", "often") is no figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.language.offline.numbers import FRACTIONS, number_at
from assistant.language.offline.tokens import Token
from assistant.process.durations import Unit

UNIT: dict[str, Unit] = {}
for _unit, _words in (("s", "seconds sec secs"), ("min", "minute minutes min mins"), ("h", "hour hours h hr hrs"),
                      ("d", "day days workday workdays"), ("w", "week weeks")):  # fmt: skip
    UNIT.update(dict.fromkeys(_words.split(), _unit))  # type: ignore[arg-type]
MONTHS = {"month", "months"}
YEARS = {"year", "years"}
DAY_NAMES = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
ABOUT = {"about", "around", "roughly", "approximately", "maybe", "perhaps", "some", "another", "nearly", "almost", "circa", "ca", "approx", "only",
         "just", "probably", "say", "easily", "usually", "typically", "~", "like", "between", "an", "extra", "good", "under", "over"}  # fmt: skip
_QUALITY = {"working", "business", "full", "calendar", "good", "more", "extra", "whole", "solid", "other", "long", "additional", "further", "odd"}
CURRENCY = {"euro": "EUR", "euros": "EUR", "eur": "EUR", "€": "EUR", "dollar": "USD", "dollars": "USD", "usd": "USD", "$": "USD", "pound": "GBP",
            "pounds": "GBP", "gbp": "GBP", "£": "GBP", "francs": "CHF", "chf": "CHF", "bucks": "USD", "quid": "GBP"}  # fmt: skip
_TIMES = {"once": 1.0, "twice": 2.0}

Kind = Literal["duration", "chance", "rate", "price", "rhythm"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: tokens `start` to `end` (exclusive) and characters `a` to `b`.

    duration: `low` to `high` of `unit`. chance: `low` is the share, `noun` what it is a share of. rate: `low` of `noun` per
    `unit`. price: `low` of `noun` (a currency) per `unit`. rhythm: every `low` `unit`.
    """

    kind: Kind
    low: float
    high: float
    unit: Unit
    noun: str
    start: int
    end: int
    a: int
    b: int
    working: bool = False
    of_work: bool = False
    those: bool = False


def quantities(tokens: list[Token]) -> list[Quantity]:
    """All figures of a sentence in order; none overlaps another."""
    found: list[Quantity] = []
    i = 0
    while i < len(tokens):
        hit = _rhythm(tokens, i) or _chance(tokens, i) or _rate(tokens, i) or _duration(tokens, i)
        if hit is None:
            i += 1
            continue
        found.append(hit)
        i = hit.end
    return found


def _low(tokens: list[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _make(tokens: list[Token], kind: Kind, low: float, start: int, end: int, *, high: float | None = None, unit: Unit = "d", noun: str = "",
          working: bool = False, of_work: bool = False, those: bool = False) -> Quantity:  # fmt: skip
    return Quantity(kind, low, low if high is None else high, unit, noun, start, end, tokens[start].start, tokens[end - 1].end, working, of_work, those)


def _with_about(tokens: list[Token], i: int) -> int:
    """The first token that belongs to a figure, "about" and the like included."""
    while i > 0 and (tokens[i - 1].low in ABOUT - {"an", "say", "like", "some", "over", "under"} or (tokens[i - 1].low == "say" and i > 1 and tokens[i - 2].low in (",", "("))):
        i -= 1
    if i > 1 and tokens[i - 1].low in ("to", "than", "least", "most") and tokens[i - 2].low in ("up", "more", "less", "at"):
        i -= 2
    return i


# --- durations ---------------------------------------------------------------------------------------------------


def unit_at(tokens: list[Token], i: int) -> tuple[Unit, float] | None:
    """The unit a token names and how many of it one is: month → (d, 30)."""
    low = _low(tokens, i)
    if low in UNIT:
        return UNIT[low], 1.0
    if low in MONTHS:
        return "d", 30.0
    if low in YEARS:
        return "d", 365.0
    return None


def _duration(tokens: list[Token], i: int) -> Quantity | None:
    whole = _odd(tokens, i)
    if whole:
        return whole
    number = number_at(tokens, i)
    low = _low(tokens, i)
    if number is None and low in ("a", "an", "one", "another"):
        value, j = 1.0, i + 1
    elif number is not None:
        value, j = number.value, i + number.used
    else:
        return None
    high = value
    if number is not None and _low(tokens, j) in ("to", "-", "–", "—", "or", "and"):
        second = number_at(tokens, j + 1)
        if second is not None and second.value > value and (_low(tokens, j) != "and" or _low(tokens, i - 1) == "between"):
            high, j = second.value, j + 1 + second.used
    working = False
    while _low(tokens, j) in _QUALITY:
        working = working or _low(tokens, j) in ("working", "business")
        j += 1
    unit = unit_at(tokens, j)
    if unit is None or (low in ("a", "an") and _rate_before(tokens, i)):
        return None
    name, size = unit
    j += 1
    if low in ("a", "an", "one") and _low(tokens, j) == "or" and _low(tokens, j + 1) == "two":
        high, j = 2.0, j + 2
    if low in ("a", "an", "one") and [_low(tokens, j + k) for k in range(3)] == ["and", "a", "half"]:
        value = high = 1.5
        j += 3
    return _closed(tokens, i, j, value * size, high * size, name, working)


def _odd(tokens: list[Token], i: int) -> Quantity | None:
    """"half an hour", "a quarter of an hour", "three quarters of an hour", "the whole day"."""
    words = [_low(tokens, i + k) for k in range(6)]
    if words[0] == "half" and words[1] in ("a", "an"):
        shift = 1 if words[2] in _QUALITY else 0
        unit = unit_at(tokens, i + 2 + shift)
        if unit:
            return _closed(tokens, i, i + 3 + shift, 0.5 * unit[1], 0.5 * unit[1], unit[0], words[2] in ("working", "business"))
    if words[0] == "a" and words[1] == "quarter" and words[2:4] == ["of", "an"] and words[4] == "hour":
        return _closed(tokens, i, i + 5, 0.25, 0.25, "h", False)
    if words[0] == "three" and words[1] == "quarters" and words[2:4] == ["of", "an"]:
        return _closed(tokens, i, i + 5, 0.75, 0.75, "h", False)
    return None


def _rate_before(tokens: list[Token], i: int) -> bool:
    """Whether "a day" here closes a rate: "40 orders a day", "twice a week"."""
    before = _low(tokens, i - 1)
    return before in ("once", "twice", "times") or before in CURRENCY


def _closed(tokens: list[Token], i: int, j: int, low: float, high: float, unit: Unit, working: bool) -> Quantity:
    """Take in what belongs to the figure: "of work", "each", "an order", "on average", "or so"."""
    of_work = _low(tokens, j) == "of" and _low(tokens, j + 1) in ("work", "effort", "labour", "handling")
    if of_work:
        j += 2
    for words in (("each",), ("on", "average"), ("or", "so"), ("per", "*"), ("apiece",), ("tops",), ("in", "total"), ("at", "most"), ("max",), ("flat",), ("a", "*"), ("an", "*")):
        if all(w == "*" or _low(tokens, j + k) == w for k, w in enumerate(words)):
            if words[-1] == "*" and (j + 1 >= len(tokens) or _low(tokens, j + 2) not in ("", ",", ";", "and", ":", ".", "or", "on", "but", ")") or _low(tokens, j + 1) in UNIT):
                continue
            j += len(words)
    return _make(tokens, "duration", low, _with_about(tokens, i), j, high=high, unit=unit, working=working, of_work=of_work)


# --- chances -----------------------------------------------------------------------------------------------------


def _chance(tokens: list[Token], i: int) -> Quantity | None:
    return _out_of(tokens, i) or _percent(tokens, i) or _fraction(tokens, i) or _every_nth(tokens, i)


def _out_of(tokens: list[Token], i: int) -> Quantity | None:
    """"one in five", "one out of every ten orders", "one order in ten", "nine times out of ten"."""
    number = number_at(tokens, i)
    if number is None or _low(tokens, i) in ("a", "an", "half"):
        return None
    j = i + number.used
    noun = ""
    if _low(tokens, j) not in ("in", "out", "of") and _low(tokens, j + 1) in ("in", "out") and tokens[j].low.isalpha() and _low(tokens, j) not in UNIT:
        noun, j = _low(tokens, j), j + 1
    if _low(tokens, j) == "out" and _low(tokens, j + 1) == "of":
        j += 2
    elif _low(tokens, j) == "in":
        j += 1
    else:
        return None
    if _low(tokens, j) == "every":
        j += 1
    total = number_at(tokens, j)
    if total is None or total.value <= number.value or total.value > 100_000:
        return None
    if unit_at(tokens, j + total.used) is not None:
        return None
    return _share(tokens, i, j + total.used, number.value / total.value, noun)


def _percent(tokens: list[Token], i: int) -> Quantity | None:
    low = _low(tokens, i)
    if low.endswith("%"):
        from assistant.language.offline.numbers import value_of

        value = value_of(low[:-1])
        return _share(tokens, i, i + 1, value / 100, "") if value is not None and value <= 100 and not _threshold(tokens, i) else None
    number = number_at(tokens, i)
    if number is None or _low(tokens, i) in ("a", "an"):
        return None
    j, value = i + number.used, number.value
    if _low(tokens, j) in ("to", "-", "–") and (second := number_at(tokens, j + 1)):
        if second.value <= value:
            return None
        value, j = (value + second.value) / 2, j + 1 + second.used
    if _low(tokens, j) == "per" and _low(tokens, j + 1) == "cent":
        j += 1
    elif _low(tokens, j) not in ("%", "percent", "pct"):
        return None
    return _share(tokens, i, j + 1, value / 100, "") if value <= 100 and not _threshold(tokens, i) else None


def _threshold(tokens: list[Token], i: int) -> bool:
    """"above ten percent", "a discount of 10 %" is a limit, not a chance."""
    before = _low(tokens, i - 1)
    if before in ("above", "over", "below", "under", "exceeds", "than", "least", "to", "by", "exceeding"):
        return before != "over" or _low(tokens, i - 2) not in ("well", "just")
    return before == "of" and _low(tokens, i - 2) not in ("case", "out")


def _fraction(tokens: list[Token], i: int) -> Quantity | None:
    """"half of the orders", "a third of those", "two thirds", "a quarter of them"."""
    low, after = _low(tokens, i), _low(tokens, i + 1)
    if low == "half" and after in ("of", "the"):
        return _share(tokens, i, i + 1, 0.5, "")
    if low in ("a", "one", "two", "three") and after in FRACTIONS and after != "half" and _low(tokens, i + 2) == "of":
        share = FRACTIONS[after] * {"two": 2, "three": 3}.get(low, 1)
        if _low(tokens, i + 3) in ("an", "a") or share > 1:
            return None
        return _share(tokens, i, i + 2, share, "")
    return None


def _every_nth(tokens: list[Token], i: int) -> Quantity | None:
    """"every fifth order", "every second case"."""
    nth = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10, "twentieth": 20, "hundredth": 100, "eighth": 8}
    if _low(tokens, i) != "every" or _low(tokens, i + 1) not in nth:
        return None
    if unit_at(tokens, i + 2) or _low(tokens, i + 2) in DAY_NAMES:
        return None
    return _share(tokens, i, i + 2, 1 / nth[tokens[i + 1].low], "")


def _share(tokens: list[Token], i: int, j: int, share: float, noun: str) -> Quantity:
    """A chance with what it is a share of: "of the orders", "of those", "orders"."""
    those = False
    if _low(tokens, j) == "of":
        place = j + 1
        if _low(tokens, place) in ("all", "the", "our", "my", "such"):
            place += 1
        those = _low(tokens, place) in ("those", "these", "them", "which")
        j = j + 1 if those else place
        if not those and _low(tokens, place) in ("time", "cases", "case", "times"):
            noun, j = "cases", place + 1
    elif _low(tokens, j) in ("cases", "case", "times"):
        noun, j = "cases", j + 1
    start = _with_about(tokens, i)
    return _make(tokens, "chance", round(share, 6), start, j, noun=noun, those=those)


# --- rates, prices, rhythms --------------------------------------------------------------------------------------


def _rate(tokens: list[Token], i: int) -> Quantity | None:
    """"40 orders a day", "some 12,000 invoices per year", "35 euros an hour", "€35 an hour"."""
    place = i + 1 if _low(tokens, i) in ("€", "$", "£") else i
    number = number_at(tokens, place)
    if number is None:
        return None
    j = place + number.used
    high = number.value
    if _low(tokens, j) in ("to", "-", "–", "or") and (second := number_at(tokens, j + 1)) and second.value > number.value:
        high, j = second.value, j + 1 + second.used
    money = CURRENCY.get(_low(tokens, i), "") if place > i else CURRENCY.get(_low(tokens, j), "")
    noun_end = j if place > i else _noun_end(tokens, j)
    if noun_end is None or (noun_end == j and not money):
        return None
    noun = " ".join(t.text for t in tokens[j:noun_end])
    k = noun_end
    while _low(tokens, k) in ("come", "in", "arrive", "each", ",", "for", "from", "customers") and k - noun_end < 2 and not money:
        k += 1
    if _low(tokens, k) not in ("a", "an", "per", "each", "every", "the"):
        return _front_rate(tokens, i, noun_end, number.value, high, noun) if not money else None
    k += 1
    working = _low(tokens, k) in ("working", "business", "work")
    k += working
    unit = unit_at(tokens, k)
    if unit is None:
        return None
    size, name = (unit[1] / 7, "w") if unit[1] > 1 else (1.0, unit[0])  # months and years as weeks, which hold whole working weeks
    low, high = number.value / size, high / size
    return _make(tokens, "price" if money else "rate", low, _with_about(tokens, i), k + 1, high=high, unit=name, noun=money or noun, working=working)  # type: ignore[arg-type]


def _front_rate(tokens: list[Token], i: int, end: int, value: float, high: float, noun: str) -> Quantity | None:
    """"On a normal day we get 90 incidents": the period stands in front."""
    for k in range(min(i, 5)):
        if _low(tokens, k) in ("on", "in", "per", "every", "each") and (unit := next((unit_at(tokens, m) for m in range(k + 1, min(k + 4, i)) if unit_at(tokens, m)), None)):
            if not noun.split()[-1].lower().endswith("s") or not {"we", "there", "get", "see", "have", "come", "receive"} & {t.low for t in tokens[k:i]}:
                return None
            size, name = (unit[1] / 7, "w") if unit[1] > 1 else (1.0, unit[0])
            return _make(tokens, "rate", value / size, _with_about(tokens, i), end, high=high / size, unit=name, noun=noun)  # type: ignore[arg-type]
    return None


def _noun_end(tokens: list[Token], j: int) -> int | None:
    """Where the plural noun group after a number ends ("new orders", "orders"); None when there is none."""
    k = j
    while k < len(tokens) and k - j < 4 and tokens[k].low.isalpha():
        low = tokens[k].low
        if low in UNIT or low in ("a", "an", "per", "each", "every", "of", "in", "to", "or", "and", "percent", "out", "the", "is", "are", "times"):
            break
        k += 1
        if low.endswith("s") and _low(tokens, k) in ("a", "an", "per", "each", "every", "come", "in", "arrive", "the", "for", "from"):
            break
    return k if k > j else None


def _rhythm(tokens: list[Token], i: int) -> Quantity | None:
    """"every Friday", "once a week", "twice a day", "every two weeks", "on Fridays", "every hour"."""
    low, after = _low(tokens, i), _low(tokens, i + 1)
    if low in ("every", "each") and (after in DAY_NAMES or (after in ("weekday", "workday"))):
        return _make(tokens, "rhythm", 1, i, i + 2, unit="d" if after in ("weekday", "workday") else "w")
    if low == "on" and after.endswith("s") and after[:-1] in DAY_NAMES:
        j = i + 2
        while _low(tokens, j) in ("and", ",", "or") and _low(tokens, j + 1)[:-1] in DAY_NAMES:
            j += 2
        return _make(tokens, "rhythm", 2 / (j - i), i, j, unit="w")
    if low in ("every", "each"):
        number = number_at(tokens, i + 1)
        j = i + 1 + (number.used if number else 0)
        unit = unit_at(tokens, j)
        if unit and not (number is None and _low(tokens, j + 1) in ("the",) and False):
            return _make(tokens, "rhythm", (number.value if number else 1) * unit[1], i, j + 1, unit=unit[0])
        if low == "every" and after == "other" and (unit := unit_at(tokens, i + 2)):
            return _make(tokens, "rhythm", 2 * unit[1], i, i + 3, unit=unit[0])
    times, j = _TIMES.get(low), i + 1
    number = number_at(tokens, i)
    if times is None and number is not None and _low(tokens, i + number.used) == "times":
        times, j = number.value, i + number.used + 1
    if times and _low(tokens, j) in ("a", "per", "every", "each") and (unit := unit_at(tokens, j + 1)):
        return _make(tokens, "rhythm", unit[1] / times, i, j + 2, unit=unit[0])
    return None
