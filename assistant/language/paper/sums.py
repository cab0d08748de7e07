"""Sums that a model writes out, worked out again: `2,100 a year x 94% x 25 min = 823 h a year`.

A sum is believed only if its figures were told or are marked `[assumed]`, and if it comes out as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.process.durations import WORKING_DAY_HOURS, WORKING_WEEK_DAYS

TOLERANCE = 0.04
"""A result may be rounded: `60,000 x 2 min = 2,000 h`."""
SMALLER = frozenset({60.0, 3600.0, 24.0, WORKING_DAY_HOURS, 7.0})
"""By how much a unit of time is divided to get the next one."""
ROUNDED = 0.1
"""A result may be rounded to the digits it shows (`0.465` is `0.5`), as long as that moves it no further than this."""
ROUGHLY = 0.05
"""A small result may be rounded so far."""
MOST_ASSUMED = 2
WHOLE = frozenset(
    {1.0, 100.0, 1000.0, 12.0, 13.0, 52.0, 60.0, 24.0, 168.0, 365.0, 3600.0, 8760.0, 4.3, 4.33, 4.35, 30.4}
)
"""Nobody has to tell how many of these there are: hours in a week, weeks in a month, days in a year; one is every `a
week`."""
CALENDAR = frozenset({5, 7, *range(20, 24), *range(26, 32), *range(220, 262)})
"""Days of a week, of a month or a year, all of them or the working ones: nobody has to tell how many there are."""
COUNTED = 10
"""Up to so many things anybody counts who reads: three offices, four calls; no time, price or share."""
_UNITS = (
    (r"s|secs?|seconds?", (1.0,)),
    (r"min|mins|minutes?", (60.0,)),
    (r"h|hrs?|hours?", (3600.0,)),
    (r"d|days?|person-days?", (86400.0, 28800.0)),
    (r"w|weeks?", (604800.0, 144000.0)),
)
_UNIT = re.compile(r"\b(?:" + "|".join(pattern for pattern, _ in _UNITS) + r")\b")
_WORDS = r"(?:[^x×*/+−–=\d-]|(?<=[a-z])[x/-](?=[a-z])|(?<=[a-z])x|x(?=[a-z]))*"
"""What stands behind a number up to the next sign: an `x` or a hyphen within a word is no sign."""
_PART = re.compile(
    rf"\s*(?P<sign>[x×*/+−–-])?\s*[€$£]?\s*(?:EUR|USD|GBP)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)(?P<rest>{_WORDS})", re.I
)
_PRICE = re.compile(r"\s*(?:%|€|\$|£|EUR|USD|GBP|euros?|dollars?|pounds?|cents?|per cent|percent)", re.I)
_RATE = re.compile(r"\b(?:per|in|of|out of|in a|for every)\s*$", re.I)
"""What stands before the base of a rate."""
_OF_HUNDRED = re.compile(r"\b(?:per|in|of|out of|for every|in every)\s+100\b", re.I)
_PERIOD = re.compile(r"\b(?:a|per|each|every) (?:working )?(day|week|month|year)\b", re.I)
_PERIODS = {"day": CALENDAR | {365}, "week": {4.33, 52}, "month": {12}, "year": {1 / times for times in (12, 52, 365)}}
"""How many of a period there are in a longer one, or what part of a year the shorter one is."""
_SHARED_OUT = re.compile(r"\b(?:a|per|each|every) (?:working )?day\b|\d ?(?:w|weeks?|months?)\b", re.I)
_BEHIND = re.compile(r"(?:,|;|:| and)\s+(?=\D{0,4}\d)")
"""What ends a sum where another one follows, or a word on it."""
_GOES_ON = re.compile(r"(?<=[\s\d%])[x×*/+–−-](?=\s*(?:[€$£]|EUR|USD|GBP)?\s*\d)")
_BRACKETS = re.compile(r"\(([^()\[\]]*\d[^()]*?[-+x×*/–−][^()]*?\d[^()]*)\)")
_SHARE = re.compile(r"(\d[\d.,]*(?: ?%)?) (?:out )?of (?:the |every )?(\d[\d.,]*\d|\d)(?=[^=]*=)")
_ENDS = (
    r"(?P<low>\d[\d,]*(?:\.\d+)?)(?P<unit> ?(?:%|[a-z]+))?(?: (?:to|or) |(?<=\d)[-–](?=\d))(?P<high>\d[\d,]*(?:\.\d+)?)"
)
_SPANNED = re.compile(rf"{_ENDS}(?P<rest>(?: ?(?:%|[a-z]+))?)", re.I)
"""A range within a sum, with the unit behind each end."""
_BETWEEN = re.compile(r"\bbetween (\d[^=x×*/+]*?) and (?=\d)", re.I)
_LIMITS = (re.compile(r"^\s*at least\b", re.I), re.compile(r"^\s*(?:up to|at most|no more than)\b", re.I))
"""How a result begins that is the lower, or the upper, end alone."""
_ASSUMED = re.compile(r"\s*\[(?:assumed|estimate[d]?)\]", re.I)


@dataclass(frozen=True)
class Sum:
    """A sum that comes out right: its words without marks, its result's words, and the operands nobody told."""

    text: str
    result: str
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Operand:
    sign: str
    number: float
    words: str

    @property
    def value(self) -> float:
        return self.number / 100 if "%" in self.words[:2] else self.number

    @property
    def count(self) -> bool:
        return self.number in range(COUNTED + 1) and not _time(self.words) and not _PRICE.match(self.words)

    def told(self, figures: Set[float]) -> bool:
        """Whether it was told, to the digits it shows (two hours ten are `2.17 h`); of nothing nobody need tell."""
        if not self.number or self.number in figures:
            return True
        digits = len(f"{self.number:.10g}".partition(".")[2])
        return digits > 0 and any(figure % 1 and round(figure, digits) == self.number for figure in figures)

    def of_calendar(self, result: str) -> bool:
        """The days of a week, month or year: said to be days, or shared out to get what there is `a day`, weeks or
        months; or the hours of a working day that hours are shared out by."""
        days = self.words.strip().lower().startswith(("day", "working day"))
        shared = self.sign == "/" and _SHARED_OUT.search(result) is not None
        hours = self.sign == "/" and self.number == WORKING_DAY_HOURS and "day" in result.lower()
        return (self.number in CALENDAR and (days or shared)) or hours

    def two_told(self, together: Set[tuple[float, str]]) -> bool:
        """Whether two told times or prices come to it: two and a half hours and forty minutes are `190 min`."""
        return any((self.number, unit) in together for unit in _unit_names(self.words))

    @property
    def assumed(self) -> bool:
        return _ASSUMED.search(self.words) is not None


def checked(text: str, known: Set[float], together: Set[tuple[float, str]] = frozenset()) -> Sum | None:
    """The sum a text holds, if its figures are `known` or marked as assumed and it comes out; else None."""
    found = worked(text, known, together)
    return found if isinstance(found, Sum) else None


def worked(text: str, known: Set[float], together: Set[tuple[float, str]] = frozenset()) -> Sum | str:
    """The sum a text holds; where it does not hold, why not, so that whoever wrote it can mend it.

    `together`: what two told times or prices come to, with the unit. Of several sums the first that holds is taken;
    one that goes on with its result (`46 EUR - 29 EUR = 17 EUR x 9,200 = 156,400 EUR`) is one sum with brackets.
    Words behind a result may hold told figures (`= 3 of the 5 days`) and the result told anew. A sum of ranges
    (`3 to 4 x 25 min = 75 to 100 min`) is worked out at both ends."""
    tried = [_between_ends(each, known, together) for each in several(text)]
    return next((made for made in tried if isinstance(made, Sum)), tried[0])


def several(text: str) -> list[str]:
    """The sums of a text, each for itself, without what is said behind them."""
    parts = _BEHIND.split(text)
    return [part for part in parts if "=" in part] if len(parts) > 1 and text.count("=") > 1 else [text]


def _between_ends(text: str, known: Set[float], together: Set[tuple[float, str]]) -> Sum | str:
    """A sum with ranges, held at the ends that its result names, or in their middle where that is one figure."""
    text = _BETWEEN.sub(r"\1 to ", text)
    left, _, right = text.rpartition("=")
    spans = [match for match in _SPANNED.finditer(text) if _is_range(match)]
    first = re.search(r"\d", right)
    ranged = first is not None and any(match.start() == len(left) + 1 + first.start() for match in spans)
    limited = [end for end, limit in zip((0.0, 1.0), _LIMITS, strict=True) if limit.search(right)]
    ends = limited or ([0.0, 1.0] if ranged else [0.5])
    if ends == [0.5]:  # without a range in the result a dash takes away
        spans = [match for match in spans if " " in match[0]]
    if not any(match.start() < len(left) for match in spans):
        return _link_by_link(text, known, together)
    made = [_link_by_link(_at(end, text, spans), known, together) for end in ends]
    held = [result for result in made if isinstance(result, Sum)]
    if len(held) < len(made):
        return next(fault for fault in made if isinstance(fault, str))
    pairs = zip(held[0].assumed, held[-1].assumed, strict=True)
    assumed = tuple(low if low == high else f"{low.split()[0]} to {high}" for low, high in pairs)
    plain, result = (" ".join(_ASSUMED.sub("", part).split()) for part in (text, right))
    return Sum(plain, result.rstrip(". "), assumed)


def _is_range(match: re.Match[str]) -> bool:
    units = match["unit"] is None or match["unit"] == match["rest"]
    return units and _number(match["low"]) < _number(match["high"])


def _number(shown: str) -> float:
    return float(shown.replace(",", ""))


def _at(end: float, text: str, spans: list[re.Match[str]]) -> str:
    """A sum with one figure for each of its ranges, from 0 (all at their lower end) to 1: what is taken away or divided
    by makes little of much."""
    pieces, at = [], 0
    for match in spans:
        low, high = _number(match["low"]), _number(match["high"])
        turned = text[: match.start()].rstrip(" €$£")[-1:] in tuple("-–−/")
        value = low + (high - low) * (1 - end if turned else end)
        pieces += [text[at : match.start()], f"{value:.10g}"]
        at = match.end("high")
    return "".join([*pieces, text[at:]])


def _link_by_link(text: str, known: Set[float], together: Set[tuple[float, str]]) -> Sum | str:
    """A sum that goes on with its result, each part of it held for itself."""
    first, *links = text.split("=")
    for link in links[:-1]:
        sign = _GOES_ON.search(link)
        held = _worked_once(f"{first}={link[: sign.start()] if sign else link}", known, together)
        if isinstance(held, str):
            return held
        if sign:  # else the next result is the same in another unit
            first = f"({first.strip()}) {link[sign.start() :]}"
    return _worked_once(f"{first}={links[-1]}" if links else text, known, together)


def _worked_once(text: str, known: Set[float], together: Set[tuple[float, str]]) -> Sum | str:
    left, mark, right = _shares_taken(text).partition("=")
    told = known | WHOLE | {100 - number for number in known if 0 < number < 100}
    flat = _without_brackets(left, told)
    if flat.fault:
        return flat.fault
    operands, shown = _counted(flat.text), _counted(right)
    alone = bool(shown) and not shown[0].assumed and not any(each.sign or each.assumed for each in shown[1:])
    if not mark or len(operands) < 2 or not alone:
        return "write figures with x, /, + or - between them, then = and one result with its unit"
    result, *beside = shown
    assumed = [*flat.assumed, *(operand for operand in operands if operand.assumed)]
    if len(assumed) > MOST_ASSUMED:
        return f"at most {MOST_ASSUMED} figures of a sum may be assumed"
    free = [each for each in operands if not (each.of_calendar(right) or each.two_told(together))]
    behind = [each for each in beside if not _told_anew(each, result)]
    if fault := _untold([*free, *behind], told | flat.made):
        return fault
    value, wanted = _worked_out(operands), result.value
    near = max(TOLERANCE * abs(wanted), min(_rounded(right), ROUNDED * abs(wanted)))
    scales = _scales(operands, result) | ({100.0} if _OF_HUNDRED.search(right) else set())
    tried = list(_in_one_unit(operands, result))
    if value is not None and (not tried or _converted(operands, result)):
        tried += [value * scale for scale in scales]
    if not any(abs(outcome - wanted) <= near + 1e-9 for outcome in tried):
        comes = "" if value is None else f": it comes to {value:,.6g}"
        return f"the result is not what the sum gives{comes}; mind the units"
    plain = " ".join(_ASSUMED.sub("", text).split())
    return Sum(plain, " ".join(right.split()).rstrip(". "), tuple(_said(operand) for operand in assumed))


def _shares_taken(text: str) -> str:
    """`3 of 200 = 1.5%` shares out, and `20% of 340` takes a part: `of` between two figures is no sum of them."""
    return _SHARE.sub(lambda match: f"{match[1]} {'x' if '%' in match[1] else '/'} {match[2]}", text)


class _Flat(NamedTuple):
    """A side of a sum with what stands in brackets worked out: the numbers made, what was assumed, or what is wrong."""

    text: str
    made: frozenset[float] = frozenset()
    assumed: tuple[_Operand, ...] = ()
    fault: str = ""


def _without_brackets(left: str, told: Set[float]) -> _Flat:
    """`3,000 x (20 - 2 [assumed]) min` is `3,000 x 18 min`; brackets in brackets from the inside."""
    made, assumed = set[float](), list[_Operand]()
    while match := _BRACKETS.search(left):
        operands = _counted(match[1])
        if fault := _untold(operands, told | made):
            return _Flat(left, fault=fault)
        value = _worked_out(operands)
        if value is None:
            return _Flat(left, fault="it divides by nothing")
        made.add(float(f"{abs(value):.12g}"))
        assumed += [operand for operand in operands if operand.assumed]
        unit = "" if re.match(r"\s*[a-z%]", left[match.end() :], re.I) else f" {operands[-1].words.strip(' %')}"
        left = f"{left[: match.start()]}{abs(value):.12g}{_ASSUMED.sub('', unit)}{left[match.end() :]}"
    return _Flat(left, frozenset(made), tuple(assumed))


def _untold(operands: list[_Operand], told: Set[float]) -> str:
    """Which operand nobody told; empty where all were, or are marked, or are counts that anybody makes."""
    strange = (each for each in operands if not (each.assumed or each.told(told) or each.count or each.of_calendar("")))
    operand = next(strange, None)
    return f"nobody told {operand.number:,g}; mark it as [assumed] or take a figure of the story" if operand else ""


def _told_anew(one: _Operand, result: _Operand) -> bool:
    """Whether what stands behind a result is the same once more: rounded, in another unit (`= 300 min, 5 hours`) or
    over another period (`= 617 a month, about 28 a working day`)."""
    mine, its = _time(one.words), _time(result.words)
    sizes = {a / b for a in mine for b in its} if mine and its else set[float]() if mine or its else {1.0}
    if (period := _PERIOD.search(one.words)) and len(sizes) == 1:
        sizes |= {size * times for size in tuple(sizes) for times in _PERIODS[period[1].lower()]}
    return any(abs(one.number * size - result.number) <= ROUGHLY * result.number for size in sizes)


def _rounded(result: str) -> float:
    """Half of the last digit that a result shows; a share is shown in percent."""
    shown = re.search(r"\d[\d,]*(?:\.(\d+))?\s*(%)?", result)
    digits = len(shown[1] or "") if shown else 0
    return 0.5 * 10.0**-digits / (100 if shown and shown[2] else 1)


def _counted(text: str) -> list[_Operand]:
    """The figures of one side; a base of a rate (`13 per 100 calls`) is no figure of its own."""
    found: list[_Operand] = []
    base = False
    for operand in _operands(text):
        if not (base and not operand.sign and operand.number in WHOLE):
            found.append(operand)
        base = _RATE.search(operand.words) is not None
    return found


def _operands(text: str) -> Iterator[_Operand]:
    for match in _PART.finditer(text):
        yield _Operand((match["sign"] or "").strip(), _number(match["number"]), match["rest"])


def _said(operand: _Operand) -> str:
    return f"{operand.number:,g}{_ASSUMED.sub('', operand.words)}".strip()


def _worked_out(operands: list[_Operand]) -> float | None:
    """Products and quotients before sums and differences, from left to right."""
    terms: list[float] = []
    for operand in operands:
        if operand.sign in ("x", "X", "×", "*") and terms:
            terms[-1] *= operand.value
        elif operand.sign == "/" and terms:
            if not operand.value:
                return None
            terms[-1] /= operand.value
        else:
            terms.append(-operand.value if operand.sign and operand.sign in "-–−" else operand.value)
    return sum(terms) if terms else None


def _in_one_unit(operands: list[_Operand], result: _Operand) -> Iterator[float]:
    """What terms of several units of time come to in that of the result: `3 weeks + 13 days = 34 days`, or 28 of
    work."""
    ends, units = _time(result.words), {unit for operand in operands for unit in _unit_names(operand.words)} - {"money"}
    if not ends or len(units) < 2 or not any(operand.sign and operand.sign in "+-–−" for operand in operands):
        return
    for way in (0, -1):
        sizes = [(_time(operand.words) or ends)[way] / ends[way] for operand in operands]
        made = [replace(operand, number=operand.number * size) for operand, size in zip(operands, sizes, strict=True)]
        if (value := _worked_out(made)) is not None:
            yield value


def _scales(operands: list[_Operand], result: _Operand) -> set[float]:
    """What the units may do to the figure: minutes that become hours, so much a month that becomes a year's."""
    scales = {1.0}
    units = [unit for operand in operands for unit in _time(operand.words)]
    ends = _time(result.words)
    if units and ends:
        scales = {unit / end for unit in units for end in ends}
        shared_out = any(operand.sign == "/" and _time(operand.words) for operand in operands)  # `200 h / 8 h = 25 d`
        scales |= {1.0} if shared_out or _converted(operands, result) else set()
    words = " ".join(operand.words for operand in operands).lower()
    yearly = "year" in result.words.lower() and "year" not in words
    times = {12.0} if "month" in words else {52.0} if "week" in words else set()
    return scales | ({scale * rate for scale in scales for rate in times} if yearly else set())


def _converted(operands: list[_Operand], result: _Operand) -> bool:
    """Whether a sum turns a unit of time into another by itself: `90 min x 52 / 60 = 78 h`, `2 h x 60 =
    120 min`, `5 x 52 weeks = 260 d`."""
    factors = {each.number for each in operands if each.sign not in tuple("+-–−") and not _time(each.words)}
    units = {name for each in (*operands, result) for name in _unit_names(each.words)}
    return bool(factors & SMALLER) or (WORKING_WEEK_DAYS in factors and {"d", "w"} <= units)


def _unit_names(words: str) -> tuple[str, ...]:
    """The unit behind a number as told figures name it: a time's, or `money`."""
    if _PRICE.match(words) and not re.match(r"\s*(?:%|per ?cent)", words, re.I):
        return ("money",)
    told = _UNIT.match(_ASSUMED.sub("", words).strip().lower())
    return (next(pattern.partition("|")[0] for pattern, _ in _UNITS if re.fullmatch(pattern, told[0])),) if told else ()


def rounded(results: Iterable[float]) -> set[float]:
    """How results may be told: `about 3,940` of 3,938, `some 22` of 22.5, `1.2 million` of 1,216,000."""
    found: set[float] = set()
    for result in results:
        found |= {float(int(result)), float(int(result) + 1)} if result >= 10 else set()
        found |= {float(round(result))} if abs(result - round(result)) <= ROUGHLY * result else set()
        found |= {float(round(result, -1))} if result >= 100 else set()
        found |= {float(round(result, -2))} if result >= 1000 else set()
        found |= {float(round(result, -3))} if result >= 10_000 else set()
        found |= {float(round(result, -4)), round(result / 1e6, 1), round(result / 1e6, 2)} if result >= 1e5 else set()
    return found


def partial(text: str) -> Iterator[float]:
    """The results of the first parts of a sum: `9,200 x 25% x 3 h = 6,900 h` holds 2,300."""
    operands = _counted(text.partition("=")[0])
    for end in range(2, len(operands)):
        value = _worked_out(operands[:end])
        if value is not None and not any(operand.sign in "+-–−" for operand in operands[1:end]):
            yield value


def _time(words: str) -> tuple[float, ...]:
    """The seconds of the unit of time that stands right behind a number; not that of a rate (`a day`)."""
    told = _UNIT.match(_ASSUMED.sub("", words).strip().lower())
    if told is None:
        return ()
    return next(seconds for pattern, seconds in _UNITS if re.fullmatch(pattern, told[0]))
