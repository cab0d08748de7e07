"""Lengths of time: "half an hour", "two to three working days", "an hour and twenty minutes", "a 40-minute call".

"a year" or "a month" is a length only where the words say that something takes or waits it; elsewhere it closes a rate
("900 a year") or tells a rhythm, and is never the time of a step.
"""

from __future__ import annotations

from typing import NamedTuple

from assistant.english.tables import classed
from assistant.language.figures.figure import (
    AFTER_FIGURE,
    CURRENCY,
    QUALITY,
    UNIT_WORDS,
    WORKING,
    Figure,
    make,
    unit_at,
    with_about,
    word_at,
    words_at,
)
from assistant.language.figures.numbers import PARTS, Number, number_at, value_of
from assistant.language.offline.words.tokens import Token
from assistant.process.durations import NAMED, UNITS, Named, Unit

ARTICLES = frozenset({"a", "an", "one", "another"})
LASTING = classed("measures", "lasting")
YEARLONG = frozenset(
    """takes take took taking taken lasts last lasted needs need needed waits wait waited waiting lies lie lay sits sit
    stays stay after for within about around roughly nearly almost than to until before whole least most maybe perhaps
    over under spend spends ( ,""".split()
)
"""What stands before "a year" or "a month" where it is a length."""
_RANGE = frozenset({"to", "-", "–", "—", "or", "and", "till", "until"})


class _Length(NamedTuple):
    """A length of time between tokens: from `low` to `high` of `unit`, up to token `end`."""

    low: float
    high: float
    unit: Unit
    end: int
    working: bool = False


def duration(tokens: list[Token], i: int) -> Figure | None:
    """The length of time that starts at token `i`, or None."""
    found = _length(tokens, i)
    if found is None or (word_at(tokens, i) in ("a", "an") and _closes_a_rate(tokens, i, _at_worst(tokens, found))):
        return None
    word = word_at(tokens, found.end)
    between = word == "and" and word_at(tokens, i - 1) in ("between", "from")
    if found.low == found.high and (word in _RANGE - {"and"} or between):
        further = _length(tokens, found.end + 1)
        if further and further.low == further.high and _seconds(further) > _seconds(found):
            low = found.low * UNITS[found.unit] / UNITS[further.unit]
            found = further._replace(low=low)
    return _closed(tokens, i, _at_worst(tokens, found))


_AT_WORST = classed("measures", "at-worst")


def _at_worst(tokens: list[Token], found: _Length) -> _Length:
    """ "two hours, sometimes three": two hours as a rule; the rest belongs to the same figure."""
    place = found.end + (word_at(tokens, found.end) in (",", "or"))
    if (most := _most(tokens, found, place)) is not None:
        return most
    if word_at(tokens, place) not in _AT_WORST or found.low != found.high:
        return found
    while word_at(tokens, place) in _AT_WORST:
        place += 1
    further = _length(tokens, place)
    if further is not None and further.low == further.high and _seconds(further) > _seconds(found):
        return found._replace(end=further.end)
    number = number_at(tokens, place)
    alone = number is not None and word_at(tokens, place + number.used) in _EDGES
    if number is None or not alone or number.value * UNITS[found.unit] <= _seconds(found):
        return found
    return found._replace(end=place + number.used)


def _most(tokens: list[Token], found: _Length, place: int) -> _Length | None:
    """ "Five minutes, ten at most", "20 minutes, at most half an hour", "a day, two tops": the upper end of a range."""
    named = next((words for words in _AT_MOST if words_at(tokens, place, len(words)) == words), None)
    place += len(named or ())
    further = _length(tokens, place)
    unit = unit_at(tokens, found.end - 1)
    number = number_at(tokens, place) if unit and not further else None
    if number is not None and unit is not None:
        further = _sized(number.value, number.value, unit, place + number.used, found.working)
    if further is None or found.low != found.high or further.low != further.high:
        return None
    closing = next((words for words in _AT_MOST if words_at(tokens, further.end, len(words)) == words), None)
    end = further.end + len(closing or ())
    if not (named or closing) or word_at(tokens, end) not in _EDGES or _seconds(further) <= _seconds(found):
        return None
    return further._replace(low=found.low * UNITS[found.unit] / UNITS[further.unit], end=end)


_AT_MOST = [
    words.split()
    for words in ("at most", "at the most", "max", "maximum", "tops", "at the outside", "at worst", "up to")
]


def _seconds(length: _Length) -> float:
    return length.high * UNITS[length.unit]


def _length(tokens: list[Token], i: int) -> _Length | None:
    return _parts_of_unit(tokens, i) or _part_of_unit(tokens, i) or _glued(tokens, i) or _counted(tokens, i)


def _parts_of_unit(tokens: list[Token], i: int) -> _Length | None:
    """ "a quarter to half an hour", "half to three quarters of an hour": parts of the same unit."""
    place = i + (word_at(tokens, i) in ("a", "one"))
    share = PARTS.get(word_at(tokens, place))
    if share is None or word_at(tokens, place + 1) not in _RANGE:
        return None
    most = _part_of_unit(tokens, place + 2)
    named = unit_at(tokens, most.end - 1) if most else None
    if most is None or named is None or share * named.size >= most.high:
        return None
    return most._replace(low=share * named.size)


def _part_of_unit(tokens: list[Token], i: int) -> _Length | None:
    """ "half an hour", "half a working day", "a quarter of an hour", "three quarters of an hour", "¾ of an hour"."""
    words = words_at(tokens, i, 6)
    share, used = 0.0, 0
    if words[0] == "half" and words[1] in ("a", "an"):
        share, used = 0.5, 2
    elif words[0] in ("half", "quarter") and words[1] in ("hour", "day"):
        share, used = PARTS[words[0]], 1
    elif words[0] == "a" and words[1] in ("half", "quarter") and words[2] in ("hour", "day"):
        share, used = PARTS[words[1]], 2
    elif words[0] in PARTS and words[1] == "of" and words[2] in ("an", "a"):
        share, used = PARTS[words[0]], 3  # "on arrival, quarter of an hour"
    elif words[0] in ("a", "one") and words[1] in PARTS and words[2] == "of" and words[3] in ("an", "a"):
        share, used = PARTS[words[1]], 4
    elif (parts := _parts(words)) and words[parts.used] == "of" and words[parts.used + 1] in ("an", "a"):
        share, used = parts.value, parts.used + 2
    elif words[1] == "of" and words[2] in ("an", "a") and (number := number_at(tokens, i)) and 0 < number.value < 1:
        share, used = number.value, 3
    elif words[3] == "of" and words[4] in ("an", "a") and (number := number_at(tokens, i)) and number.used == 3:
        share, used = number.value, 5
    if not used:
        return None
    working = word_at(tokens, i + used) in WORKING
    used += word_at(tokens, i + used) in QUALITY
    unit = unit_at(tokens, i + used)
    if unit is None:
        return None
    value = share * unit.size
    return _Length(value, value, unit.unit, i + used + 1, working)


def _parts(words: list[str]) -> Number | None:
    """ "three quarters", "two-thirds"."""
    head, dashed, tail = words[0].partition("-")
    share = PARTS.get((tail if dashed else words[1]).rstrip("s"))
    count = {"two": 2, "three": 3}.get(head)
    return Number(share * count, 1 if dashed else 2) if share and count else None


def _glued(tokens: list[Token], i: int) -> _Length | None:
    """ "1h30", "1:30 hours", and "forty-minute" or "two-day" in front of a noun."""
    words = words_at(tokens, i, 4)
    if words[0].isdigit() and words[1] == "h" and words[2].isdigit() and len(words[2]) == 2:
        minutes = 60.0 * int(words[0]) + int(words[2])
        return _Length(minutes, minutes, "min", i + 3) if int(words[2]) < 60 else None
    head, _, tail = words[0].partition(":")
    if head.isdigit() and tail.isdigit() and len(tail) == 2 and words[1] in ("h", "hours", "hrs"):
        minutes = 60.0 * int(head) + int(tail)
        return _Length(minutes, minutes, "min", i + 2)
    front, _, unit = words[0].rpartition("-")
    if front and unit in UNIT_WORDS and (value := value_of(front)) is not None:
        return _Length(value * NAMED[unit].size, value * NAMED[unit].size, NAMED[unit].unit, i + 1)
    if words[0][:1].isdigit() and words[1] == "-" and words[2] in UNIT_WORDS and (number := number_at(tokens, i)):
        value = number.value * NAMED[words[2]].size
        return _Length(value, value, NAMED[words[2]].unit, i + 3)
    return None


def _counted(tokens: list[Token], i: int) -> _Length | None:
    """A number or two, and a unit: "two to three days", "a day or two", "an hour and a half", "2 h 15 min"."""
    number, low = number_at(tokens, i), word_at(tokens, i)
    low = "a" if says_whole(tokens, i) else low
    if low == "hour" and word_at(tokens, i + 1) == "and" and (minutes := _minutes_alone(tokens, i + 2)):
        return _Length(60 + minutes[0], 60 + minutes[0], "min", i + 2 + minutes[1])  # "about hour and forty", dictated
    if number is None and low not in ARTICLES:
        return None
    value, j = (number.value, i + number.used) if number else (1.0, i + 1)
    high, j = _up_to(tokens, i, value, j) if number else (value, j)
    j += 2 if number and words_at(tokens, j, 2) == ["or", "so"] else 0  # "fifteen or so minutes"
    if number and word_at(tokens, j) in _AND_MORE and unit_at(tokens, j + 1):
        j += 1
    working = False
    while word_at(tokens, j) in QUALITY or (word_at(tokens, j) == "-" and word_at(tokens, j + 1) in UNIT_WORDS):
        working = working or word_at(tokens, j) in WORKING
        j += 1
    unit = unit_at(tokens, j)
    if unit is None:
        return None
    working = working or word_at(tokens, j).startswith("workday")
    j += 1
    if low in ARTICLES and (more := _or_more(tokens, j)):
        return _sized(1.0, more, unit, j + 2, working)
    if high == value:
        value, j, unit = _with_rest(tokens, value, j, unit)
        high = value
    return _sized(value, high, unit, j, working)


_AND_MORE = frozenset({"+", "plus", "something", "odd"})
"""What stands between a number and its unit where it is a little more: "40+ minutes", "thirty something days"."""


def _or_more(tokens: list[Token], j: int) -> float | None:
    """What ends "a day or two", "a minute or three"; None for "a day or three people"."""
    if word_at(tokens, j) != "or" or word_at(tokens, j + 1) not in ("two", "three", "four", "five"):
        return None
    behind = word_at(tokens, j + 2)
    closes = not behind.isalpha() or behind in AFTER_FIGURE or word_at(tokens, j + 1) == "two"
    return value_of(word_at(tokens, j + 1)) if closes else None


def says_whole(tokens: list[Token], i: int) -> bool:
    """Whether "the whole day" starts here and is how long something takes, not when it is done; or "the hour and a
    half"."""
    if word_at(tokens, i) == "the" and unit_at(tokens, i + 1) and words_at(tokens, i + 2, 2) == ["and", "a"]:
        return word_at(tokens, i + 4) in PARTS
    if word_at(tokens, i) != "the" or word_at(tokens, i + 1) not in ("whole", "entire", "full"):
        return False
    before = word_at(tokens, i - 1)
    return before in YEARLONG | {":"} or (not before and len(tokens) == i + 3)


def _sized(low: float, high: float, unit: Named, end: int, working: bool) -> _Length:
    return _Length(low * unit.size, high * unit.size, unit.unit, end, working)


def _up_to(tokens: list[Token], i: int, value: float, j: int) -> tuple[float, int]:
    """The upper end of a range and the place behind it: "two to three", "between 10 and 20", "10-15", "two, three"."""
    word = word_at(tokens, j)
    if (word != "," or _one_length(tokens, i, j)) and (spoken := _spoken_range(tokens, value, j + (word == ","))):
        return spoken
    if word not in _RANGE | {","} or (word == "and" and word_at(tokens, i - 1) not in ("between", "from")):
        return value, j
    if word == ",":
        return _third(tokens, value, j)
    at = j + 1
    while word_at(tokens, at) in ("maybe", "even", "sometimes", "up", "at", "most", "perhaps", "to") and at < j + 3:
        at += 1
    second = number_at(tokens, at)
    if second is None or second.value <= value or unit_at(tokens, j - 1):
        return value, j
    return second.value, at + second.used


_COUNTED = frozenset("the first last next best top other these those all".split())


def _one_length(tokens: list[Token], i: int, j: int) -> bool:
    """Whether two numbers with a comma between may be one length: not "rings the first five, ten minutes each", nor
    "picks one, 2 hours"."""
    figure_behind = word_at(tokens, j + 1)[:1].isdigit() and not word_at(tokens, i)[:1].isdigit()
    return not figure_behind and word_at(tokens, i - 1) not in _COUNTED


def _third(tokens: list[Token], value: float, j: int) -> tuple[float, int]:
    """The upper end of "two, three or four days" and the place behind it."""
    second = number_at(tokens, j + 1)
    place = j + 1 + (second.used if second else 0)
    third = number_at(tokens, place + 1) if second and word_at(tokens, place) in ("or", "to", "-", "–") else None
    if second is None or third is None or not value < second.value < third.value <= 2 * value + 1:
        return value, j
    behind = place + 1 + third.used
    return (third.value, behind) if unit_at(tokens, behind) else (value, j)


def _spoken_range(tokens: list[Token], value: float, at: int) -> tuple[float, int] | None:
    """The upper end of a range said without "or": "two, three hours", "two, maybe three hours"; None where the second
    number is no neighbour of the first, or no unit follows it."""
    at += word_at(tokens, at) in ("maybe", "perhaps", "sometimes", "even")
    second = number_at(tokens, at)
    if second is None or not value < second.value <= 2 * value or not unit_at(tokens, at + second.used):
        return None
    return second.value, at + second.used


def _with_rest(tokens: list[Token], value: float, j: int, unit: Named) -> tuple[float, int, Named]:
    """What may follow the unit: "and a half", "and a quarter", "and twenty minutes", "15 min"."""
    words = words_at(tokens, j, 4)
    if words[0] == "and" and words[1] == "a" and words[2] in ("half", "quarter"):
        return value + PARTS[words[2]], j + 3, unit
    if words[0] == "and" and words[1:3] == ["three", "quarters"]:
        return value + 0.75, j + 3, unit
    place = j + (words[0] == "and")
    number = number_at(tokens, place)
    smaller = unit_at(tokens, place + number.used) if number else None
    if smaller is None and unit.unit == "h" and unit.size == 1 and (minutes := _minutes_alone(tokens, place)):
        return value * 60 + minutes[0], place + minutes[1], Named("min", 1.0)
    if number is None or smaller is None or word_at(tokens, place) in ("half", "couple"):
        return value, j, unit
    size, small = unit.size * UNITS[unit.unit], smaller.size * UNITS[smaller.unit]
    if small >= size or number.value * small >= size or (words[0] == "and" and size > 3 * UNITS["d"]):
        return value, j, unit
    return (value * size + number.value * small) / small, place + number.used + 1, Named(smaller.unit, smaller.size)


def _minutes_alone(tokens: list[Token], place: int) -> tuple[float, int] | None:
    """The minutes behind hours that are not called so: "an hour and forty", "two hours twenty"."""
    number = number_at(tokens, place)
    fits = number is not None and 5 <= number.value < 60 and number.value % 5 == 0
    if number is None or not fits or word_at(tokens, place) in ("a", "half", "couple"):
        return None
    behind = word_at(tokens, place + number.used)
    return (number.value, number.used) if not behind.isalpha() or behind in AFTER_FIGURE else None


def _closes_a_rate(tokens: list[Token], i: int, found: _Length) -> bool:
    """Whether "a day" here closes a rate ("40 orders a day", "ten minutes a week"), or "a year" tells no length."""
    before = word_at(tokens, i - 1)
    if word_at(tokens, found.end) in _LATER:
        return False  # "it arrives a week later"
    if found.low % 1 and not before[:1].isdigit() and value_of(before) is None:
        return False  # "a day and a half" is no "so many a day"
    if before in ("once", "twice", "times") or before in CURRENCY or before in UNIT_WORDS or before[:1].isdigit():
        return True
    if value_of(before) is not None or (before.endswith("s") and before.isalpha() and before not in LASTING | {"its"}):
        return True
    long = found.end - i == 2 and NAMED[word_at(tokens, i + 1)].size >= 30
    alone = i == 0 and found.end >= len(tokens)
    return long and not alone and before not in YEARLONG


_LATER = frozenset({"later", "afterwards", "earlier"})
_BEHIND = (
    ("each",), ("on", "average"), ("or", "so"), ("per", "*"), ("apiece",), ("tops",), ("in", "total"), ("at", "most"),
    ("max",), ("flat",), ("a", "*"), ("an", "*"),
)  # fmt: skip
_EDGES = ("", ",", ";", "and", ":", ".", "or", "on", "but", ")")


def _many(word: str) -> bool:
    return word.isalpha() and word.endswith("s") and word not in UNIT_WORDS


def _behind_a_heap(tokens: list[Token], j: int) -> int:
    """The place behind "for all of them", "for the whole lot": said of a heap of cases, and part of no name."""
    words = words_at(tokens, j, 5)
    if words[0] not in ("for", "over"):
        return j
    if words[1:4] == ["all", "of", "them"]:
        return j + 4
    if words[1] == "the" and words[2] in ("whole", "entire") and words[4] in _EDGES:
        return j + 4
    number = number_at(tokens, j + 1)
    place = j + 1 + (number.used if number else 0)
    if number and number.value > 2 and _many(word_at(tokens, place)) and word_at(tokens, place + 1) in _EDGES:
        return place + 1
    if words[1:3] in (["them", "all"], ["the", "lot"]):
        return j + 3
    return j


def _closed(tokens: list[Token], i: int, found: _Length) -> Figure:
    """Take in what belongs to the figure: "of work", "each", "an order", "a week", "on average", "or so"."""
    j = found.end
    of_work = word_at(tokens, j) == "of" and word_at(tokens, j + 1) in ("work", "effort", "labour", "handling")
    if of_work:
        j += 2
    for words in _BEHIND:
        if not all(word == "*" or word_at(tokens, j + place) == word for place, word in enumerate(words)):
            continue
        if words[-1] == "*" and (j + 1 >= len(tokens) or word_at(tokens, j + 2) not in _EDGES):
            continue
        j += len(words)
    j = _behind_a_heap(tokens, j)
    start = with_about(tokens, i)
    start -= found.high > found.low and word_at(tokens, start - 1) == "from"
    return make(tokens, "duration", found.low, start, j, high=found.high, unit=found.unit,
                working=found.working, of_work=of_work)  # fmt: skip
