"""What a model may say in figures: those of the story and the facts, and what follows from them in a sum it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set

from assistant.language.figures.numbers import value_of
from assistant.language.figures.reading import figures_in, numbers_in
from assistant.language.paper.derived import apart, between_clock_times, follows, spelled_out, spoken_prices, together
from assistant.language.paper.figures_stated import figures, results_in
from assistant.language.paper.sums import Sum, checked, rounded, worked

SUM_TOLERANCE = 0.06
"""A product shown in words may be rounded: `60,000 x 2 min = 2,000 hours`."""
SCALES = (1, 60, 3600, 24, 8, 7, 5, 1 / 60, 1 / 3600, 1 / 24, 1 / 8, 0.01, 52, 12, 250)
"""Between units of time, and between a share and a percentage."""
HOUR = 60
SMALL = frozenset(float(number) for number in range(11))
"""Counts that anybody makes of what stands there: three offices, asked twice."""
PROPOSED, UNTOLD = "(proposed)", "our own count, not told"
_FACT = re.compile(r"\s*\((?:[FHOP]\d+(?:,\s*)?)+\)|\s*\(?\bF\d+\b\)?")
_TIME = re.compile(
    r"\b(?P<part>half|quarter)\s+(?P<way>past|to)\s+(?P<hour>[a-z]+|\d{1,2})\b|\b(?P<h>\d{1,2})[:.](?P<min>[0-5]\d)\b",
    re.I,
)
_SMALLER = {"h": (60,), "w": (7, 5), "y": (12, 52)}
"""How a time may be told in the next smaller unit: three weeks are 21 days, or 15 of work."""
_HALF = re.compile(r"\bhalf\b(?![ -](?:an?|past|to|hours?|days?|years?)\b)", re.I)
"""Half of something (`nearly half in March`), and no half hour or half past four."""
_SAID = re.compile(r"\((?:stated|told)\b")
"""How a fact says that it was heard in the story."""
_CODES = re.compile(r"\b[HFP]\d+\b|\b(?:per|of|in|of every) (?:100|hundred|1,000|thousand)\b")
"""What holds a number and claims none: names of practices, facts and pains, and the base of a rate."""
_SUM = re.compile(r"\d[\d,.]*\s*%?|[x×*/+–-]|=")
_MONTH = frozenset({14.0, 15.0, 20.0, 30.0})
"""Days of a first month: when something is tried is a plan and no claim."""


class Told:
    """The figures of a story and its facts; `also` are texts whose sums have been worked out already."""

    def __init__(self, story: str, facts: Iterable[str] = (), also: Iterable[str] = ()) -> None:
        texts = (story, *facts, *also)
        self.known = frozenset().union(*(_said(text) | _digits(text) for text in texts))
        self.together = together(texts)
        self._plain = frozenset().union(*(_numbers(text) | _shares(text) | between_clock_times(text) for text in texts))
        self._apart = apart(story)
        self._words = " ".join(story.casefold().split())

    def bears_out(self, text: str, also: Set[float] = frozenset()) -> bool:
        """Whether every figure of a sentence was told or follows from two that were, the sum being shown. `also` are
        results of sums that stand beside it, which may be told rounded."""
        shown = _numbers(_CODES.sub("", text))
        known = self.known | also | rounded(also)
        unknown = {number for number in shown - known - _worked_out(text) if number not in SMALL}
        if unknown and "=" not in text:  # a figure worked out is shown with its sum
            return False
        return all(any(_follows(number, a, b) for a in shown for b in shown if a != number) for number in unknown)

    def asked(self, question: str) -> str:
        """A question whole; a figure in it that was neither told nor can be worked out is named behind it."""
        stated = list(figures(question))
        shown = {figure.value for figure in stated} & self.known - SMALL
        free_of_all: list[str] = []
        for figure in stated:
            free = figure.marked or figure.value in self.known | SMALL or figure.value in _worked_out(question)
            if free or follows(figure.value, shown, self._plain):
                shown.add(figure.value)
            else:
                free_of_all.append(question[figure.start : figure.end])
        return f"{question} ({' and '.join(free_of_all)}: {UNTOLD})" if free_of_all else question

    def why_not(self, text: str, also: Set[float] = frozenset()) -> str:
        """Why a sum is not believed; empty where it is."""
        found = worked(without_facts(text), self.known | also, self.together)
        return found if isinstance(found, str) else ""

    def sum(self, text: str, also: Set[float] = frozenset()) -> Sum | None:
        """The sum of a text, worked out again; None where a figure is nobody's or it does not come out. `also` are the
        results of other sums. What lies between two figures told together (`1,900 here, 640 there`) is spelled out."""
        tried = (without_facts(text), *spelled_out(without_facts(text), self._apart))
        return next((made for each in tried if (made := checked(each, self.known | also, self.together))), None)

    def results(self, sums: Iterable[str], also: Set[float] = frozenset()) -> set[float]:
        """What the sums that hold come to, whichever of them another one rests on."""
        found, left = set(also), list(sums)
        while held := [text for text in left if self.sum(text, found) is not None]:
            found |= results_in(map(without_facts, held))
            left = [text for text in left if text not in held]
        return found

    def proposed(self, text: str) -> str:
        """A rule or a step of a plan; a figure in it that nobody told is called what it is: a proposal."""
        plain = without_facts(text)
        strange = {number for number in _numbers(plain) - self.known if number not in SMALL | _MONTH}
        return f"{plain.rstrip('.')} {PROPOSED}" if strange else plain

    def names(self, name: str, roles: Iterable[str] = ()) -> bool:
        """Whether somebody is named in the story or among the roles by that name."""
        plain = re.sub(r"^(?:the|our|my|a|an)\s+", "", " ".join(name.casefold().split()))
        known = {role.casefold() for role in roles}
        return bool(plain) and (plain in known or re.search(rf"\b{re.escape(plain)}\b", self._words) is not None)


def unsaid(facts: Mapping[str, str]) -> Mapping[str, str]:
    """The facts that whoever has the story before them does not know from it: measured, counted, worked out."""
    return {name: text for name, text in facts.items() if not _SAID.search(text)}


def in_lines(facts: Mapping[str, str]) -> str:
    """Facts as a model is given them, one a line behind its id."""
    return "\n".join(f"{name} {text}" for name, text in facts.items())


def without_facts(text: str) -> str:
    """A sentence without the ids of facts, and without the codes of practices in brackets."""
    return _FACT.sub("", text).strip()


def _numbers(text: str) -> set[float]:
    """The numbers of a text, in figures and in words."""
    return set(numbers_in(text))


def _said(text: str) -> set[float]:
    """What a text lets one say in figures: its numbers, a time of two units in the smaller one (`an hour and forty` is
    100 min too), and a share in percent with what is left (`every fourth` is 25, and 75 for the others)."""
    found = _numbers(text)
    for figure in figures_in(text):
        if not figure.vague and figure.low < figure.high:
            found.add((figure.low + figure.high) / 2)  # "six or seven a week" may be reckoned with as 6.5
        if figure.kind == "duration" and not figure.vague:
            smaller = _SMALLER.get(figure.unit, ())
            found |= {length * size for length in (figure.low, figure.high) for size in (1, *smaller)}
            if figure.unit == "min" and figure.low > HOUR:  # two hours ten are 130 min, and 2.17 h
                found |= {length / HOUR for length in (figure.low, figure.high)}
        elif figure.kind == "chance":
            found |= {round(100 * share, 6) for share in (figure.low, 1 - figure.low)}
    return (
        found
        | _clock(text)
        | between_clock_times(text)
        | spoken_prices(text)
        | ({50.0} if _HALF.search(text) else set())
    )


def _shares(text: str) -> set[float]:
    return {round(100 * figure.low, 6) for figure in figures_in(text) if figure.kind == "chance" and not figure.vague}


def _clock(text: str) -> set[float]:
    """Times of the day in hours, before and after noon: `half past four` is 4.5 and 16.5, `7:15` is 7.25 and 19.25."""
    found: set[float] = set()
    for match in _TIME.finditer(text):
        hour = value_of(match["hour"] or match["h"])
        part = (
            int(match["min"]) / 60 if match["min"] else {"half": 0.5, "quarter": 0.25}.get(match["part"].lower(), 0.0)
        )
        if hour is not None and hour <= 24 and part < 1:
            at = hour - part if (match["way"] or "").lower() == "to" else hour + part
            found |= {round(at, 4), round(at + 12, 4)} if at < 12 else {round(at, 4)}
    return found


def _digits(text: str) -> set[float]:
    """The numbers that stand in figures, also where they read as part of a date (`in march 26 went back`)."""
    return {float(number.replace(",", "")) for number in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}


def _worked_out(text: str) -> set[float]:
    """The results of sums that are written out and come out right: `2,100 x 26 / 200 = 273` gives 273."""
    found: set[float] = set()
    value, operator = None, ""
    for match in _SUM.finditer(text):
        token = match[0].strip()
        if not token[0].isdigit():
            operator = token
            continue
        number = float(token.rstrip("% ").replace(",", "").rstrip(".")) / (100 if token.endswith("%") else 1)
        if operator == "=" and value is not None:
            if any(abs(value * scale - number) <= SUM_TOLERANCE * number for scale in SCALES):
                found.add(number)
            value = number
        elif value is None or operator == "":
            value = number
        elif operator in "x×*":
            value *= number
        elif operator == "/":
            value = value / number if number else None
        else:
            value += number if operator == "+" else -number
        operator = ""
    return found


def _follows(number: float, a: float, b: float) -> bool:
    """Whether a number is the product, quotient, sum or difference of two, units of time and shares considered."""
    plain = (a * b, a / b if b else 0.0, a + b, a - b)
    return any(
        abs(number - value * scale) <= SUM_TOLERANCE * abs(number) for value in plain for scale in SCALES if number
    )
