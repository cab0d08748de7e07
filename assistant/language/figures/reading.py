"""The one reader of figures: numbers, lengths of time, chances, loads, rates, prices, rhythms and counts of people.

`quantities` reads the tokens of a sentence, before the grammar of a story runs, so that "half an hour" or "one in five"
cannot be taken for things that act. `figures_in` reads any text and finds plain numbers, money, people and what is said
vaguely besides. `figure_from` reads an answer to a question for one kind of figure. What is vague ("a few days",
"often") is marked so and has no value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, lru_cache, partial
from typing import Literal, NamedTuple

from assistant.english.tables import classed
from assistant.language.figures.chances import chance, number_word
from assistant.language.figures.durations import duration, says_whole
from assistant.language.figures.figure import CURRENCY, SIGNS, TIME_KINDS, Figure, make, word_at, words_at
from assistant.language.figures.numbers import FRACTIONS, GLYPHS, MOST, NUMBER_WORDS, number_at
from assistant.language.figures.rates import money, rate, rhythm, smaller_coin
from assistant.language.figures.sense import with_sense
from assistant.language.figures.settled import settled
from assistant.language.figures.slips import mend
from assistant.language.figures.vague import vague_at
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.tokens import sentences as split
from assistant.process.durations import NAMED, seconds

OPENERS = NUMBER_WORDS | SIGNS | frozenset(GLYPHS) | classed("measures", "openers")  # fmt: skip
"""Words a figure can start with; any other word is passed over at once."""
LARGEST = {"duration": 1e9, "limit": 5e9, "total": 1e9, "people": 1e6, "rate": 1e9, "price": 1e6, "money": 1e12}
"""Bounds of sense: thirty years in seconds (a limit: 150), a million people, a million for an hour, 1e9 cases."""
_NAMING = classed("measures", "naming")
_MONTHS = classed("measures", "months")
_PEOPLE = classed("measures", "people")
_PERIOD = re.compile(r"\b(?:an?|per|each|every|one|the) (hour|day|week|month|quarter|year)\b")
_ASKED = re.compile(r"\bhow (?:many|often)\b", re.IGNORECASE)
Wanted = Literal["duration", "chance", "rate", "money", "people", "number"]


def quantities(tokens: list[Token]) -> list[Figure]:
    """The figures of a sentence that have a part in a story, in order; none overlaps another. Mistyped words of them
    are mended in the tokens."""
    return sensible_and_not(tokens)[0]


def sensible_and_not(tokens: list[Token]) -> tuple[list[Figure], list[Figure]]:
    """The same, and the figures that no process has."""
    found: list[Figure] = []
    mend(tokens)
    raw = cache(partial(_unnamed, tokens))  # gone through twice
    i = 0
    while i < len(tokens):
        hit = _sound(tokens, raw(i))
        if hit is None:
            i += 1
            continue
        if hit.kind != "money":
            found.append(hit)
        i = max(hit.end, i + 1)
    return settled(tokens, found), _senseless(tokens, raw)


def sentences(text: str) -> Iterator[list[Token]]:
    """The tokens of each sentence of a text, with the words of figures as they were meant."""
    return (mend(sentence.tokens) for sentence in split(text))


def figure_at(tokens: list[Token], i: int) -> Figure | None:
    """The figure that starts at token `i`; None when none does, or when it is beyond all sense."""
    return _sound(tokens, _unnamed(tokens, i))


def _sound(tokens: list[Token], raw: Figure | None) -> Figure | None:
    return with_sense(tokens, raw) if raw is not None and _sensible(raw) else None


def _unnamed(tokens: list[Token], i: int) -> Figure | None:
    """The figure at token `i`, however large; None where digits name a thing."""
    return None if _is_name(tokens, i) else raw_figure(tokens, i)


def raw_figure(tokens: list[Token], i: int) -> Figure | None:
    """The figure that starts at token `i`, however large."""
    first = tokens[i].low
    if first == "the" and says_whole(tokens, i):
        return duration(tokens, i)
    if not (first[0].isdigit() or first in OPENERS or "-" in first):
        return None
    return rhythm(tokens, i) or chance(tokens, i) or money(tokens, i) or rate(tokens, i) or duration(tokens, i)


def _sensible(figure: Figure) -> bool:
    value = seconds(figure.high, figure.unit) if figure.kind in TIME_KINDS else figure.high
    return value <= LARGEST.get(figure.kind, MOST) and figure.high <= MOST


def beyond_sense(text: str) -> list[str]:
    """The figures of a text that no process has (`8.1e23 minutes`, `9 million years`), in the words of the text."""
    return [text[figure.a : figure.b] for tokens in sentences(text) for figure in _senseless(tokens)]


def _senseless(tokens: list[Token], at: Callable[[int], Figure | None] | None = None) -> list[Figure]:
    """The figures of a sentence that no process has, in order; `at` tells which figure starts at a token."""
    at = at or partial(_unnamed, tokens)
    found: list[Figure] = []
    i = 0
    while i < len(tokens):
        raw = at(i)
        if raw is not None and not _sensible(raw):
            found.append(raw)
        i = raw.end if raw is not None and raw.end > i else i + 1
    return found


_TIMED = ("half", "quarter")
"""What may stand before the hour of a clock: "half past seven"."""


def _is_name(tokens: list[Token], i: int) -> bool:
    """Whether digits name a thing or a day and count nothing: `section 12`, `12 March`, `room 101`, `24/7`, `9:30`."""
    low = tokens[i].low
    if not low[0].isdigit() and low not in _TIMED and (not i or tokens[i - 1].low not in ("past", "to")):
        return False  # most tokens by far
    before, behind = word_at(tokens, i - 1), word_at(tokens, i + 1)
    if before in ("past", "to") and word_at(tokens, i - 2) in _TIMED and _is_hour(tokens, i):
        return True
    if low in _TIMED and behind in ("past", "to"):
        return _is_hour(tokens, i + 2)
    if not low[0].isdigit():
        return False
    if before in _NAMING or (before == "." and word_at(tokens, i - 2) in _NAMING):
        return True
    if behind in _MONTHS - {"may", "march"} or before in _MONTHS or low.endswith(("st", "nd", "rd", "th")):
        return True
    if behind in ("o'clock", "am", "pm") or (behind.isalpha() and _tied(tokens, i) and not _unit_like(behind)):
        return True
    dated = behind in ("may", "march") and not word_at(tokens, i + 2).isalpha()
    return dated or _punctuated(tokens, i)


def _is_hour(tokens: list[Token], i: int) -> bool:
    """Whether a clock's hour stands here: "half past seven"; "half to two thirds" and "half to one hour" are ranges."""
    number = number_at(tokens, i)
    counted = number is not None and (word_at(tokens, i + number.used) in NAMED or word_at(tokens, i + 1) in FRACTIONS)
    return number is not None and number.value in range(1, 25) and not counted


def _tied(tokens: list[Token], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i].end == tokens[i + 1].start


def _unit_like(word: str) -> bool:
    """Whether letters tied to a number are its unit (`5h`, `12k`, `40EUR`), not part of a name (`27b`)."""
    return word in NAMED or word in CURRENCY or word in ("k", "m", "mio", "pct", "percent", "x") or word in GLYPHS


def _punctuated(tokens: list[Token], i: int) -> bool:
    """A date, a phone number, a clock hour or `24/7`: digits tied to digits by signs, not a range with a unit."""
    low = tokens[i].low
    if ":" in low and word_at(tokens, i + 1) not in ("h", "hours", "hrs"):
        return True
    if low.count(".") + low.count(",") > 1 and tokens[i].value is None:
        return True
    if len(low) > 1 and low[0] == "0" and low.rstrip("%").isdigit():
        return True
    tied = words_at(tokens, i, 5)
    if tied[:3] == ["50", "/", "50"] and tied[3] != "/":
        return False
    if tied[1] == "/" and tied[2].isdigit():
        return not (tied[0] in "123456789" and tied[2] in "23456789" and int(tied[0]) < int(tied[2]))
    return tied[1] == "-" and tied[2].isdigit() and tied[3] == "-" and tied[4].isdigit()


# --- any text ----------------------------------------------------------------------------------------------------


def figures_in(text: str) -> list[Figure]:
    """All figures of a text in order, none overlapping another: also plain numbers, money, people and vague ones."""
    return list(_figures_of(text))


@lru_cache(maxsize=4096)
def _figures_of(text: str) -> tuple[Figure, ...]:
    """The same, kept: the words of a turn are gone through for each of the ways they may be meant."""
    return tuple(figure for tokens in sentences(text) for figure in _all(tokens))


class Count(NamedTuple):
    """A number and the characters `a` to `b` that say it."""

    value: float
    a: int
    b: int


def counts_in(text: str) -> list[Count]:
    """Every number that counts something in units of its own, in order: none of a time, a share or a price."""
    inside = [(f.a, f.b) for f in figures_in(text) if f.kind not in ("people", "number", "rate") and not f.vague]
    return [count for count in _numbers(text) if not any(a <= count.a < b for a, b in inside)]


def numbers_in(text: str) -> set[float]:
    """Every number a text says, whatever it counts; digits that name a thing or a day are none."""
    return {count.value for count in _numbers(text)}


@lru_cache(maxsize=4096)
def _numbers(text: str) -> tuple[Count, ...]:
    """The numbers of a text, kept: the same sentence is asked for them by each rule that looks at it."""
    return tuple(count for tokens in sentences(text) for count in _numbers_of(tokens))


def _numbers_of(tokens: list[Token]) -> Iterator[Count]:
    i = 0
    while i < len(tokens):
        number = None if _is_name(tokens, i) else number_at(tokens, i)
        if number:
            yield Count(number.value, tokens[i].start, tokens[range_end(tokens, i + number.used) - 1].end)
            if small := smaller_coin(tokens, i + number.used + 1):
                yield Count(number.value + small / 100, tokens[i].start, tokens[i + number.used].end)
        elif tokens[i].low.endswith("%") and tokens[i].value is not None:
            yield Count(tokens[i].value or 0.0, tokens[i].start, tokens[i].end)
        i = max(i + (number.used if number else 1), _named_until(tokens, i))


def range_end(tokens: list[Token], j: int) -> int:
    """The place behind a range whose lower number ends before `j`: "two or three"."""
    second = number_at(tokens, j + 1) if word_at(tokens, j) in ("or", "to", "-", "–") else None
    return j + 1 + second.used if second else j


def _all(tokens: list[Token]) -> list[Figure]:
    found: list[Figure] = []
    i = 0
    while i < len(tokens):
        hit = vague_at(tokens, i) or figure_at(tokens, i)
        if hit is None and (senseless := raw_figure(tokens, i)) and not _sensible(senseless):
            i = senseless.end
            continue
        hit = hit or _people(tokens, i) or _plain(tokens, i)
        if hit is not None:
            found.append(hit)
        skipped = _named_until(tokens, i) if hit is None else i
        i = max(hit.end if hit else i + 1, skipped)
    return settled(tokens, found)


def _named_until(tokens: list[Token], i: int) -> int:
    """The place behind digits that are a name, with all that is tied to them (`2026-03-12`, `0800 123 456`)."""
    if not tokens[i].low[0].isdigit() or not (_is_name(tokens, i) or (number_at(tokens, i) is None)):
        return i
    j = i + 1
    while j < len(tokens) and (tokens[j].low in ("-", "/", ".") or tokens[j].low.isdigit()):
        j += 1
    return j


def _people(tokens: list[Token], i: int) -> Figure | None:
    """ "three people", "two or three of us", "a team of six"."""
    if words_at(tokens, i - 2, 2) in (["team", "of"], ["crew", "of"], ["group", "of"]) and (n := number_at(tokens, i)):
        return make(tokens, "people", n.value, i, i + n.used, noun="people")
    number = number_at(tokens, i)
    if number is None or _is_name(tokens, i) or (word_at(tokens, i) in ("a", "an") and number.used == 1):
        return None
    j, high = i + number.used, number.value
    if word_at(tokens, j) in ("or", "to", "-", "–") and (second := number_at(tokens, j + 1)) and second.value > high:
        high, j = second.value, j + 1 + second.used
    if words_at(tokens, j, 2) == ["of", "us"]:
        return make(tokens, "people", number.value, i, j + 2, high=high, noun="us")
    end = next((k + 1 for k in range(j, min(j + 3, len(tokens))) if tokens[k].low in _PEOPLE), None)
    if end is None or not all(tokens[k].low.isalpha() for k in range(j, end)):
        return None
    figure = make(tokens, "people", number.value, i, end, high=high, noun=tokens[end - 1].low)
    return figure if _sensible(figure) else None


def _plain(tokens: list[Token], i: int) -> Figure | None:
    """A number that stands for itself; an article is none."""
    if word_at(tokens, i) in ("a", "an", "half", "couple") or _is_name(tokens, i):
        number = number_at(tokens, i) if word_at(tokens, i + 1) in ("hundred", "thousand", "dozen", "couple") else None
    else:
        number = number_at(tokens, i)
    if number is None:
        return None
    j, high = i + number.used, number.value
    second = number_at(tokens, j + 1) if word_at(tokens, j) in ("or", "to", "-", "–") else None
    if second and second.value > high:
        high, j = second.value, j + 1 + second.used
    figure = make(tokens, "number", number.value, i, j, high=high)
    return figure if _sensible(figure) else None


def is_vague(text: str) -> bool:
    """Whether a text tells no figure but speaks of one: "a few days", "often", "it takes long"."""
    found = figures_in(text)
    return bool(found) and all(figure.vague for figure in found)


# --- answers -----------------------------------------------------------------------------------------------------

_AS: dict[Wanted, frozenset[str]] = {
    "duration": frozenset({"duration", "limit", "total"}),
    "chance": frozenset({"chance", "load"}),
    "rate": frozenset({"rate", "rhythm"}),
    "money": frozenset({"price", "money"}),
    "people": frozenset({"people"}),
    "number": frozenset({"number", "people"}),
}


def figure_from(answer: str, kind: Wanted, per: str = "") -> Figure | None:
    """The one figure of `kind` that an answer gives; None when it gives none or only a vague one.

    A bare number is an answer where the kind leaves no doubt: so many people, so much money, so many of a hundred
    cases ("a third" and "half" are chances then too), and so many in every `per` ("year") where that was asked. A
    rhythm ("twice a day") is a rate.
    """
    found = figures_in(answer)
    if any(figure.vague and figure.kind == "duration" for figure in found) and kind == "duration":
        return None
    hit = next((figure for figure in found if figure.kind in _AS[kind] and not figure.vague), None)
    if hit is None and kind == "chance" and answer.strip(" .,!").lower() == "never":
        return _never(answer)
    if hit is not None:
        return _as_rate(hit) if hit.kind == "rhythm" else hit
    if any(figure.kind != "number" and not figure.vague for figure in found):
        return None
    bare = _bare(answer, found, "number" if kind == "rate" and per else kind)
    if bare is None or kind != "rate":
        return bare
    period = NAMED[per]
    return replace(bare, kind="rate", unit=period.unit, size=period.size)


def asked_period(question: str) -> str:
    """The one period a question asks a number for ("How many come in a year?"); empty for none or several."""
    asked = _ASKED.search(question)
    periods = set(_PERIOD.findall(question.lower())) if asked else set()
    return periods.pop() if len(periods) == 1 else ""


def _never(answer: str) -> Figure:
    tokens = next(sentences(answer))
    return make(tokens, "chance", 0.0, 0, 1)


def _as_rate(figure: Figure) -> Figure | None:
    """Every two hours: one case in every two hours."""
    if figure.low <= 0:
        return None
    return replace(figure, kind="rate", low=1.0, high=1.0, size=figure.low, noun="cases")


def _bare(answer: str, found: list[Figure], kind: Wanted) -> Figure | None:
    """A bare number, or for a chance a bare fraction, as the answer."""
    numbers = [figure for figure in found if figure.kind == "number" and not figure.vague]
    if kind == "chance":
        part = _bare_fraction(answer)
        if part is not None:
            return part
        if len(numbers) == 1 and numbers[0].high <= 100 and not found[0].vague:
            low, high = numbers[0].low / 100, numbers[0].high / 100
            return replace(numbers[0], kind="chance", low=low, high=high)
    if kind in ("people", "money", "number") and len(numbers) == 1:
        figure = replace(numbers[0], kind=kind)
        return figure if _sensible(figure) else None
    return None


def _bare_fraction(answer: str) -> Figure | None:
    """ "half", "about a third", "a quarter", "never", "every one"."""
    for tokens in sentences(answer):
        for i, token in enumerate(tokens):
            at_end = (
                i + 1 >= len(tokens) or not tokens[i + 1].low.isalpha() or tokens[i + 1].low in ("or", "maybe", "i")
            )
            if token.low == "half" and word_at(tokens, i + 1) not in ("a", "an", "past"):
                return make(tokens, "chance", 0.5, i, i + 1)
            counted = word_at(tokens, i - 1) in ("a", "one", "two", "three", "four", "good")
            if token.low in FRACTIONS and counted and at_end:
                share = round(FRACTIONS[token.low] * number_word(word_at(tokens, i - 1)), 6)
                return make(tokens, "chance", share, i - 1, i + 1) if share <= 1 else None
    return None
