"""Chances: "one in five", "20 percent of the cases", "a third of those", "every fifth order"; and loads.

A share of somebody's time ("booked at 96 percent", "eats 35 % of our hours") is a load: it says how busy people are,
and no case takes another way because of it.
"""

from __future__ import annotations

from assistant.english.forms import is_nounish, is_plural, verb_forms
from assistant.english.tables import classed
from assistant.language.figures.figure import (
    DAY_NAMES,
    UNIT_WORDS,
    Figure,
    make,
    unit_at,
    with_about,
    word_at,
    words_at,
)
from assistant.language.figures.numbers import FRACTIONS, GLYPHS, SCALES, Number, number_at, ordinal
from assistant.language.offline.words.tokens import Token

_LOADED = classed("measures", "loaded")
_HOURS = frozenset("time hours hour day days week capacity shift month workload".split())
_OWNERS = frozenset("our my his her their its your the".split())
_ROUND = frozenset("every 10 20 50 100 200 500 1000 1,000 ten hundred".split())
_COPULAS = classed("measures", "copulas")
_DATED = classed("measures", "months") | {"the", "each", "every", "a"}
_ENDS = frozenset({"", ",", ";", ".", ":", ")", "or", "and", "but"})


def chance(tokens: list[Token], i: int) -> Figure | None:
    """The chance or load that starts at token `i`, or None."""
    found = (
        out_of(tokens, i)
        or percent(tokens, i)
        or fractions(tokens, i)
        or fraction(tokens, i)
        or every_nth(tokens, i)
        or once_in(tokens, i)
        or evenly(tokens, i)
    )
    if found is not None and _is_load(tokens, found):
        return make(tokens, "load", found.low, found.start, found.end, high=found.high)
    return found


def _is_load(tokens: list[Token], found: Figure) -> bool:
    """Whether a share is how busy somebody is, or what part one kind of case makes up.

    `booked at 96 percent`, `97 % busy`, `eats 35 % of our hours`; `resets make up half of the calls`.
    """
    end = found.end - (found.noun == "cases" and word_at(tokens, found.end - 1) in ("time", "times"))
    before, behind = words_at(tokens, max(0, found.start - 4), min(4, found.start)), words_at(tokens, end, 4)
    if before[-2:] in (["make", "up"], ["makes", "up"], ["account", "for"], ["accounts", "for"]):
        return True
    at = [word for word in before[-3:] if word in _LOADED]
    if at and before[-1:] in (["at"], ["to"], ["of"], ["is"], ["with"], [at[-1]], ["by"]):
        return True
    if behind[0] in _LOADED or (behind[0] == "of" and behind[1] in ("capacity", "full")):
        return True
    owned = [word for word in words_at(tokens, end - 1, 4) if word in _OWNERS - {"the"}]
    said = bool(owned) and bool(set(words_at(tokens, end, 4)) & _HOURS)
    return said and words_at(tokens, end, 4)[0] not in ("time", "times")


def out_of(tokens: list[Token], i: int) -> Figure | None:
    """ "one in five", "35 of 100", "one order in ten", "nine times out of ten", "two or three in ten"."""
    number = number_at(tokens, i)
    if number is None or word_at(tokens, i) in ("a", "an", "half"):
        return None
    j, noun = i + number.used, ""
    top = number_at(tokens, j + 1) if word_at(tokens, j) in ("or", "to", "-", "–") else None
    j += 1 + top.used if top else 0
    most = top.value if top else number.value
    named = word_at(tokens, j)
    if named not in ("in", "out", "of") and word_at(tokens, j + 1) in ("in", "out") and named.isalpha():
        if named in UNIT_WORDS:
            return None
        noun, j = named, j + 1
    few = word_at(tokens, with_about(tokens, i) - 1) == "in" and number.value == 1  # "in one of eight slips …"
    place = _whole_at(tokens, j, few)
    total = number_at(tokens, place) if place else None
    if place and total is None and word_at(tokens, place) in ("hundred", "thousand"):
        total = Number(float(SCALES[word_at(tokens, place)]), 1)
    if place is None or total is None or not number.value <= most < total.value <= 100_000:
        return None
    if unit_at(tokens, place + total.used) is not None or (word_at(tokens, place) in ("a", "an") and total.value < 10):
        return None
    return as_share(tokens, i, place + total.used, number.value / total.value, noun, most / total.value)


def _whole_at(tokens: list[Token], j: int, inside: bool = False) -> int | None:
    """Where the whole stands behind "in", "out of", "of every"; behind a bare "of" only a number in digits or round."""
    words = words_at(tokens, j, 3)
    if words[:2] == ["out", "of"]:
        j += 2
    elif words[0] == "in" or (words[0] == "of" and (words[1] in _ROUND or words[2] in ("cases", "times") or inside)):
        j += 1
    else:
        return None
    return j + (word_at(tokens, j) == "every")


def percent(tokens: list[Token], i: int) -> Figure | None:
    """The share in "20 %", "20 percent", "20 to 30 per cent"; a range keeps both ends."""
    low = word_at(tokens, i)
    number = number_at(tokens, i)
    sign = tokens[i].value if low.endswith("%") else None
    if (number is None and sign is None) or low in ("a", "an"):
        return None
    value, j = (sign, i + 1) if sign is not None else (number.value, i + number.used)  # type: ignore[union-attr]
    top = value
    between = word_at(tokens, j) == "and" and word_at(tokens, i - 1) == "between"
    if word_at(tokens, j) in ("to", "-", "–", "or") or between or _next_of_two(tokens, value, j):
        further = word_at(tokens, j + 1)
        if further.endswith("%") and (second := tokens[j + 1].value) and second > value:
            return _percent(tokens, i, j + 2, value, second)
        if sign is None and (last := number_at(tokens, j + 1)):
            if last.value <= value:
                return None
            top, j = last.value, j + 1 + last.used
    if sign is None:
        if words_at(tokens, j, 2) == ["per", "cent"]:
            j += 1
        elif word_at(tokens, j) not in ("%", "percent", "pct", "percents"):
            return None
        j += 1
    return _percent(tokens, i, j, value, top)


def _next_of_two(tokens: list[Token], value: float, j: int) -> bool:
    """Whether the second of two neighbours stands behind a comma: "20, 30 percent"."""
    second = number_at(tokens, j + 1) if word_at(tokens, j) == "," else None
    if second is None or not value < second.value <= 2 * value:
        return False
    return word_at(tokens, j + 1 + second.used) in ("percent", "pct", "per")


def _percent(tokens: list[Token], i: int, end: int, low: float, high: float) -> Figure | None:
    return as_share(tokens, i, end, low / 100, "", high / 100) if high <= 100 and not threshold(tokens, i) else None


def threshold(tokens: list[Token], i: int) -> bool:
    """ "above ten percent", "a discount of 10 %" is a limit, not a chance."""
    before = word_at(tokens, i - 1)
    if before in ("above", "over", "below", "under", "exceeds", "than", "least", "to", "by", "exceeding"):
        loaded = word_at(tokens, i - 2) in _LOADED
        return not loaded and (before != "over" or word_at(tokens, i - 2) not in ("well", "just"))
    return before == "of" and word_at(tokens, i - 2) not in ("case", "out") and word_at(tokens, i - 2) not in _LOADED


def fraction(tokens: list[Token], i: int) -> Figure | None:
    """ "half of the orders", "a third of those", "two thirds", "a quarter of them", "two-thirds are fine"."""
    low, after = word_at(tokens, i), word_at(tokens, i + 1)
    part = words_at(tokens, i + 2, 2)
    of_one = part[0] in ("it", "this", "that") or (part[0] in ("a", "an") and part[1] in UNIT_WORDS)
    of_time = after == "the" and part[0] != "time" and part[0] in UNIT_WORDS
    if low == "half" and ((after == "of" and of_one) or of_time):
        return (
            None  # "pays half of it", "half of an hour": a part of one thing; "away half the week": when, not how many
        )
    if low == "half" and (after in ("of", "the", "are", "is", "were") or (after in _ENDS and _stands_alone(tokens, i))):
        return as_share(tokens, i, i + 1, 0.5, "")
    if low == "a" and after == "good":
        i, after = i + 1, word_at(tokens, i + 2)
    count, share, end = 1, 0.0, i
    head, _, tail = low.partition("-")
    if head in ("one", "two", "three", "four", "nine") and tail in FRACTIONS:
        count, share, end = number_word(head), FRACTIONS[tail], i + 1
    elif low in ("a", "one", "two", "three", "four", "nine") and after in FRACTIONS and after not in ("half", "halves"):
        count, share, end = number_word(low), FRACTIONS[after], i + 2
    elif low in GLYPHS and after == "of" and word_at(tokens, i + 2) not in ("a", "an"):
        return as_share(tokens, i, i + 1, GLYPHS[low], "")
    follows = word_at(tokens, end)
    opens = _stands_alone(tokens, i) and any(form.form == "base" for form in verb_forms(follows))
    alone = (
        follows in _COPULAS
        or (opens and unit_at(tokens, end) is None and not is_nounish(follows))
        or (follows in _ENDS and (count > 1 or word_at(tokens, end - 1) != "quarter"))
    )
    whole = end > i and (follows == "of" or alone)
    if not whole or (follows == "of" and word_at(tokens, end + 1) in ("an", "a")) or share * count > 1:
        return None
    return as_share(tokens, i, end, share * count, "")


def fractions(tokens: list[Token], i: int) -> Figure | None:
    """ "a third to a half", "between a quarter and a third of them"; "a quarter to half an hour" is a time."""
    least = _part(tokens, i)
    if least is None:
        return None
    joined = word_at(tokens, i + least.used)
    between = joined == "and" and word_at(tokens, i - 1) == "between"
    most = _part(tokens, i + least.used + 1) if joined in ("to", "or", "-", "–") or between else None
    if most is None or not least.value < most.value <= 1:
        return None
    end = i + least.used + 1 + most.used
    behind = words_at(tokens, end, 3)
    timed = behind[0] in ("a", "an", "past", "to") or unit_at(tokens, end) is not None
    if timed or (behind[0] == "of" and behind[1] in ("a", "an")):
        return None
    return as_share(tokens, i, end, least.value, "", most.value)


def _part(tokens: list[Token], i: int) -> Number | None:
    """ "a third", "two thirds", "half", "a half"."""
    low, after = word_at(tokens, i), word_at(tokens, i + 1)
    if low == "half":
        return Number(0.5, 1)
    if low in ("a", "one", "two", "three", "four") and after in FRACTIONS:
        return Number(number_word(low) * FRACTIONS[after], 2)
    return None


def evenly(tokens: list[Token], i: int) -> Figure | None:
    """ "fifty-fifty", "50/50", "50:50": of two ways each as often."""
    if word_at(tokens, i) not in ("50", "fifty-fifty", "50:50"):
        return None
    if word_at(tokens, i) != "50":
        return as_share(tokens, i, i + 1, 0.5, "")
    even = words_at(tokens, i, 3) in (["50", "/", "50"], ["50", "-", "50"], ["50", "–", "50"])
    apart = even and unit_at(tokens, i + 3) is None and word_at(tokens, i + 3) not in ("/", "-")
    return as_share(tokens, i, i + 3, 0.5, "") if apart else None


def _stands_alone(tokens: list[Token], i: int) -> bool:
    """Whether nothing of the clause stands before a figure: `(about half)`, `How often? Half.`"""
    return word_at(tokens, with_about(tokens, i) - 1) in ("", "(", ":")


def number_word(word: str) -> int:
    """The count of a fraction: "two" in two thirds."""
    return {"two": 2, "three": 3, "four": 4, "nine": 9}.get(word, 1)


def every_nth(tokens: list[Token], i: int) -> Figure | None:
    """ "every fifth order", "every second case", "every other one"."""
    low, after = word_at(tokens, i), word_at(tokens, i + 1)
    nth = 2 if after == "other" and low == "every" else ordinal(after)
    if low not in ("every", "each") or nth < 2:
        return None
    following = word_at(tokens, i + 2)
    if after[0].isdigit() and following in ("of", "and") and word_at(tokens, i + 3) in _DATED:
        return None  # "on every 15th of the month"
    if following in UNIT_WORDS or following in DAY_NAMES or following in ("quarter", "night", "weekday"):
        return None
    if following == "time":
        return make(tokens, "chance", round(1 / nth, 6), with_about(tokens, i), i + 3, noun="cases")
    return as_share(tokens, i, i + 2, 1 / nth, "")


def once_in(tokens: list[Token], i: int) -> Figure | None:
    """ "once in 25 moves", "once every 12 loads": of things, not of days."""
    number = number_at(tokens, i + 2) if word_at(tokens, i) == "once" else None
    if number is None or word_at(tokens, i + 1) not in ("in", "every", "per") or number.value < 2:
        return None
    end = i + 2 + number.used
    timed = unit_at(tokens, end) is not None or word_at(tokens, end) in DAY_NAMES
    things = word_at(tokens, end)
    if timed or not (is_nounish(things) or is_plural(things)):
        return None
    return make(tokens, "chance", round(1 / number.value, 6), with_about(tokens, i), end + 1)


def as_share(tokens: list[Token], i: int, j: int, share: float, noun: str, high: float | None = None) -> Figure:
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
    elif word_at(tokens, j) in ("cases", "case", "times", "one", "ones"):
        noun, j = "cases", j + 1
    elif word_at(tokens, j) == "the" and word_at(tokens, j + 1) in ("time", "cases"):
        noun, j = "cases", j + 2
    top = share if high is None else high
    return make(tokens, "chance", round(share, 6), with_about(tokens, i), j, high=round(top, 6), noun=noun, those=those)
