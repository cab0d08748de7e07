"""Figures that follow from told ones without a sum being shown: how long it is from one time of the day to another, two
times or prices together or apart, two figures of a sentence apart, the months from one to another, a length in another
unit, a price as it is spoken, and a result told to two figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import combinations, pairwise

from assistant.language.figures.figure import CURRENCY
from assistant.language.figures.numbers import COUNT_WORD, value_of
from assistant.language.figures.reading import figures_in, numbers_in
from assistant.language.paper.figures_stated import MONTHS, Figure, figures
from assistant.language.paper.sums import CALENDAR

_TIME = r"(?:(?P<{0}part>half|quarter) (?P<{0}way>past|to) )?(?P<{0}hour>[a-z]+|\d{{1,2}})(?:[:.](?P<{0}min>[0-5]\d))?"
_FROM_TO = re.compile(
    rf"\b(?:from|between) {_TIME.format('a')}(?: o'clock| am)? (?:to|until|till|and) {_TIME.format('b')}\b"
    r"(?! (?:past|minutes?|hours?|days?|weeks?|months?|years?|times|per|people|euros?)\b|[.,:]?\d)",
    re.IGNORECASE,
)
_LENGTHS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 604800}
_SHORT = ("s", "min", "h")
"""Lengths told in these units are added up across them: two and a half hours and forty minutes are 190 min."""
HALF_DAY, DAY, MINUTES = 12.0, 24.0, 60
LARGE, MANY = 10, 100
"""Of small numbers any other follows: only larger ones are worked with, and only a large or broken result says whence
it comes."""
_MONTH = re.compile(rf"\b(?:{MONTHS})\b")
_NAMES = MONTHS.split("|")
_DAYS = {"d": 1.0, "w": 7.0, "mo": 365 / 12, "y": 365.0}
_CONVERTED, _WHOLE = 0.02, 0.1
"""How far a length in another unit may be off: in any case, and where it is told in whole ones (41 days: six weeks)."""
_SPOKEN = re.compile(
    rf"(?<!at )(?<!by )(?<!past )(?<!until )\b({COUNT_WORD}) ({COUNT_WORD})\b"
    r"(?! (?:o'clock|per cent|percent|minutes?|hours?|days?|weeks?|months?|years?))",
    re.IGNORECASE,
)
_CENTS = re.compile(rf"\b(\d+|{COUNT_WORD}(?:[- ]{COUNT_WORD})?) (?:cents?|pence)\b", re.IGNORECASE)
_COINS = "|".join(filter(str.isalpha, CURRENCY))
_PRICED = re.compile(rf"[€$£]|\b(?:{_COINS}|costs?|pric\w+|charg\w+|pays?|paid|told me|a ?piece|each)\b", re.I)
_ENDED = re.compile(r"(?<=[.!?])\s+|\n{2,}")
_SHOWN = re.compile(r"(?<![\w.,(])\d[\d,]*(?:\.\d+)?(?! ?(?:%|\[))")
MOST_TOGETHER = 12
"""Figures in two sentences from which on they are a table and any other figure lies between two of them."""
NEAR, COINS = 60, 10
"""How far from a spoken price a word of money may stand, and how many coins it names at least: `three twenty`."""


def between_clock_times(text: str) -> set[float]:
    """The hours and minutes from one told time of the day to another: 690 `from half past six until six`."""
    found: set[float] = set()
    for match in _FROM_TO.finditer(text):
        start, end = _hour(match, "a"), _hour(match, "b")
        if start is not None and end is not None and start != end:
            long = (end - start) % (DAY if max(start, end) > HALF_DAY else HALF_DAY)
            found |= {long, long * MINUTES}
    return found


def _hour(match: re.Match[str], side: str) -> float | None:
    hour = value_of(match[f"{side}hour"].lower())
    if hour is None or hour > DAY:
        return None
    part = {"half": 0.5, "quarter": 0.25}.get((match[f"{side}part"] or "").lower(), 0.0)
    past = hour - part if (match[f"{side}way"] or "").lower() == "to" else hour + part
    return past + int(match[f"{side}min"] or 0) / MINUTES


def together(texts: Iterable[str]) -> frozenset[tuple[float, str]]:
    """What two told times, or two told prices, come to together and apart, each with its unit (`money` for a price)."""
    told: dict[str, set[float]] = {}
    for text in texts:
        for figure in figures_in(text):
            if figure.kind == "duration" and not figure.vague:
                size = _LENGTHS.get(figure.unit, 0) if figure.unit in _SHORT else 1
                told.setdefault("short" if figure.unit in _SHORT else figure.unit, set()).add(figure.low * size)
            elif figure.kind == "money":
                told.setdefault("money", set()).add(figure.low)
    pairs = ((unit, a, b) for unit, values in told.items() for a, b in combinations(values, 2))
    return frozenset(both for unit, a, b in pairs for both in _two(unit, a, b))


def _two(unit: str, a: float, b: float) -> Iterator[tuple[float, str]]:
    for value in (a + b, abs(a - b)):
        if unit == "short":
            yield from ((round(value / _LENGTHS[name], 2), name) for name in _SHORT)
        else:
            yield (round(value, 2), unit)


def apart(story: str) -> Mapping[float, str]:
    """What lies between two larger figures of a story told in one sentence or two, each as it is worked out."""
    found: dict[float, str] = {}
    numbers = [{number for number in numbers_in(part) if number > LARGE} for part in _ENDED.split(story)]
    for here, there in pairwise([*numbers, set()]):
        near = sorted(here | there)
        for low, high in combinations(near, 2) if len(near) <= MOST_TOGETHER else ():
            found.setdefault(round(high - low, 6), f"({high:,.10g} - {low:,.10g})")
    return found


def spelled_out(text: str, made: Mapping[float, str]) -> Iterator[str]:
    """A sum with a figure that is `made` of two told ones as that is worked out, for each such figure."""
    left = text.partition("=")[0]
    for match in _SHOWN.finditer(left):
        if written := made.get(float(match[0].replace(",", ""))):
            yield f"{text[: match.start()]}{written}{text[match.end() :]}"


def spoken_prices(text: str) -> set[float]:
    """Prices without their coin: `nine euros here, they told me three twenty` is 3.20, `thirty cents` are 0.30."""
    found = {round(cents / 100, 4) for match in _CENTS.finditer(text) if (cents := value_of(match[1].lower()))}
    for match in _SPOKEN.finditer(text):
        whole, coins = value_of(match[1].lower()), value_of(match[2].lower())
        near = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        if whole and coins and coins >= COINS and _PRICED.search(near):
            found.add(round(whole + coins / 100, 2))
    return found


def months_named(text: str) -> frozenset[int]:
    """The months that a text names, by their place in the year."""
    return frozenset(_NAMES.index(name) for name in _MONTH.findall(text))


def lengths(texts: Iterable[str]) -> frozenset[float]:
    """The told lengths of a day and more, in days; of a sum its result as well."""
    told = (figure for text in texts for figure in figures_in(text) if figure.kind in ("duration", "total", "limit"))
    known = {end * _DAYS[each.unit] for each in told if each.unit in _DAYS for end in (each.low, each.high)}
    ends = (figure for text in texts if "=" in text for figure in figures(text.rpartition("=")[2]))
    return frozenset(known | {length for figure in ends if (length := _in_days(figure))})


def converted(figure: Figure, known: Set[float]) -> bool:
    """Whether a length in days, weeks, months or years is a known one, in days, in another unit."""
    one = _in_days(figure) / figure.value if figure.value else 0.0
    if not one:
        return False
    pairs = ((figure.value, length / one) for length in known)
    return any(
        abs(value - length) <= _CONVERTED * value or (round(length) == value and abs(value - length) <= _WHOLE * value)
        for value, length in pairs
    )


def between_months(figure: Figure, here: Set[int], told: Set[int]) -> bool:
    """Whether so many months lie between one named beside the figure and another: April to October are six."""
    apart = {(a - b) % 12 for a in here for b in here | told} | {(b - a) % 12 for a in here for b in here | told}
    return figure.unit.startswith("month") and figure.value in apart - {0}


def _in_days(figure: Figure) -> float:
    """The days of a length; 0 where it is none, or shorter."""
    name = {"da": "d", "d": "d", "we": "w", "mo": "mo", "ye": "y"}.get(figure.unit[:2], "")
    return figure.value * _DAYS.get(name, 0.0)


def follows(number: float, shown: Set[float], known: Set[float]) -> bool:
    """Whether a number is worked out of told ones, to the digits it shows: `340 changed at 45 a day, one rotten in ten,
    are 76 days`. Two that stand beside it and a share, or one and the days of a calendar; where none does, a told
    figure and a share, or two large ones of which one is shared out."""
    shares = {each / 100 for each in known if 0 < each < 100}
    pairs = {value for a in shown for b in shown if a != b for value in ((a * b, a / b, a + b, abs(a - b)))}
    made = pairs | {value for first in pairs | shown for share in shares for value in (first * share, first / share)}
    made |= {value for a in shown for days in CALENDAR for value in (a / days, a * days)}
    if number >= MANY or number % 1:
        large = {each for each in known if each >= LARGE}
        made |= {a * share for a in large for share in shares} | {a / b for a in large for b in large}
    digits = len(f"{number:.10g}".partition(".")[2])
    near = 0.51 * 10.0**-digits
    return any(abs(value - number) <= near for value in made | {value / MINUTES for value in pairs})
