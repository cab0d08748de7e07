"""What an hour of somebody costs, in whatever period and form it was told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.english.tables import any_of, worded
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.process.durations import UNITS, WORKING_DAY_HOURS, WORKING_WEEK_DAYS

T = TypeVar("T")
_PAID_FOR = re.compile(r"(?:an|one|per|each|every|the|a) (?:hour|day)|hourly|daily", re.IGNORECASE)
LIMIT = re.compile(r"\b(?:over|above|under|below|than|least|most|beyond|up to|until)\s+[€$£]?$")
"""What stands before an amount that bounds something: no price."""
_A_THING = re.compile(worded("a-thing"), re.IGNORECASE)
_BOUGHT = re.compile(rf"\b(?:{any_of('paid-for')})\b", re.IGNORECASE)
_HOURLY = re.compile(r"\b(?:hours?|hourly|hrs?|wages?|salary|salaries|earns?)\b|/ ?h\b", re.IGNORECASE)
_A_DAY = re.compile(r"\b(?:an?|one|per|the|each|every) day\b|\bdaily\b", re.IGNORECASE)


def hour_of(figure: Figure) -> float:
    """What an hour costs at a price of any period: a day has eight working hours, a week five such days."""
    worked = {"h": 1.0, "d": WORKING_DAY_HOURS, "w": WORKING_DAY_HOURS * WORKING_WEEK_DAYS}.get(figure.unit)
    if worked is None:
        return figure.middle * UNITS["h"] / UNITS[figure.unit]
    if figure.unit == "d" and figure.size > 1:
        worked *= WORKING_WEEK_DAYS / 7  # of the days of a month or a year, those that are worked
    return figure.middle / worked


def of_a_thing(words: str, amount: Figure) -> bool:
    """Whether an amount of money is the price of a thing or of one case ("6 euros a piece", "the courier, 9 euros"),
    and no price of somebody's hour."""
    if not bounds_nothing(words, amount):
        return False
    return _A_THING.match(words, amount.b) is not None or _BOUGHT.search(words) is not None


def bounds_nothing(words: str, amount: Figure) -> bool:
    """Whether an amount is a price, but none of an hour, and no bound ("orders over 500 euros")."""
    return not LIMIT.search(words[: amount.a].lower()) and not _HOURLY.search(words)


def hours_told(parts: Iterable[str]) -> Iterator[float | None]:
    """What an hour costs by the one figure of each part: "1,250 euros an hour", "39.50", "480 euros a day".

    An amount without a period is for that of the part before, at first for an hour ("the clerk costs 480 euros a day,
    the lawyer 900"). None where a part tells no price, several ones, or also how long something takes.
    """
    period = Figure("price", 0.0, 0.0, "h", "", 0, 0, 0, 0)
    for part in parts:
        figure = _told(part)
        if figure is None:
            yield None
        elif figure.kind == "price":
            period = figure
            yield hour_of(figure)
        else:
            period = replace(period, unit="d", size=1.0) if _A_DAY.search(part) else period
            low, high = figure.low / period.size, figure.high / period.size
            yield hour_of(replace(figure, low=low, high=high, unit=period.unit, size=period.size))


KNOWN_BESIDE = 2
"""How many in a list of prices are known where another is not."""
PRICED = re.compile(r"\s*(?:;|,(?!\d)|\.(?!\d))\s*|\s+and\s+")


def shared_prices(text: str, named: Callable[[str], Sequence[T]]) -> list[tuple[T, float]]:
    """Who costs what an hour, in a list: "Rosi costs 25 euros an hour, Toni and Ali 20"; whoever is `named` without a
    price has that of the next. A price of somebody nobody knows is left out of a list in which two or more are known.
    Empty where a part of the list names several or no price."""
    figures = figures_in(text)
    cuts = [cut for cut in PRICED.finditer(text) if not any(f.a < cut.start() < f.b for f in figures)]
    ends = [0, *(place for cut in cuts for place in cut.span()), len(text)]
    parts = [part for a, b in zip(ends[::2], ends[1::2], strict=True) if (part := text[a:b]).strip()]
    told: list[tuple[T, float]] = []
    sharing: list[T] = []
    strangers = 0
    for part, value in zip(parts, hours_told(parts), strict=True):
        who = named(part)
        if len(who) > 1 or (value is None and (not who or figures_in(part))):
            return []
        strangers += not who
        sharing += who
        if value is not None:
            told += [(whoever, value) for whoever in sharing]
            sharing = []
    return [] if sharing or (strangers and len(told) < KNOWN_BESIDE) else told


def _told(text: str) -> Figure | None:
    """The one price, else the one amount; "34 an hour" is a price, "an hour" beside an amount its period."""
    told = [figure for figure in figures_in(text) if not figure.vague]
    told = [figure for figure in told if not _PAID_FOR.fullmatch(text[figure.a : figure.b])]
    if any(figure.kind not in ("price", "money", "rate", "number", "people") for figure in told):
        return None
    hourly = [figure for figure in told if figure.kind == "rate" and figure.unit == "h" and not figure.noun]
    told = [replace(figure, kind="price") if figure in hourly else figure for figure in told]
    for kind in ("price", "money", "number"):
        meant = [figure for figure in told if figure.kind == kind]
        if len(meant) == 1:
            return meant[0]
    return None
