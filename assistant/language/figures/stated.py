"""Figures as durations of the process, as replies of a model write them, and the ones a text really says.

A figure counts as stated only when the text near its quotation says it: `10 min` for "ten minutes", `20%` for "one in
five", `0.5 h` for "half an hour". Everything else a model may write is an estimate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.english.tables import classed
from assistant.language.figures.figure import DAY_NAMES, TIME_KINDS, Figure
from assistant.language.figures.numbers import value_of
from assistant.language.figures.reading import Count, counts_in, figure_from, figures_in, numbers_in
from assistant.language.figures.separators import numeric
from assistant.process.durations import (
    NAMED,
    UNITS,
    WORKING_DAY_HOURS,
    WORKING_WEEK_DAYS,
    Basis,
    Duration,
    Fixed,
    Span,
    Triangular,
    Uniform,
)
from assistant.process.model import DAYS

ROUNDED = 0.02
"""How far a share may be from what two counts come to, `1.4 %` for one in seventy, or a rhythm from what is said."""
FEW = 3
LEAST_BARE = 0.02
"""From what share on a bare number beside another percentage may be one: `one` and `two` count too many things."""
WEEK_DAYS = 7
PER_YEAR = re.compile(r"\bper y(?:r|ear)?\b\.?")
_TIMES_OF_DAY = frozenset({"evening", "morning", "night", "afternoon", "noon", "lunch"})
_PERIOD = r"(?P<period>day|week|month|quarter|year)"
_PLACE = r"(?:first|last|end|start|\d+[a-z]{2}|[a-z]+days?) of (?:the|each|every)"
_ONCE_IN = re.compile(
    rf"\b(?:{_PLACE}|every|each|once an?) {_PERIOD}\b|\b(?P<named>month|week|year)[- ]end\b"
    r"|\b(?P<adverb>dai|week|month|quarter|year)ly\b",
    re.IGNORECASE,
)
"""How often something is run, by its place in a period: `the last Friday of the month`, `at month-end`, `daily`."""
_TIMES_IN = re.compile(rf"\b(?P<times>twice|[\w-]+(?= times))(?: times)? in (?:an?|the|each) {_PERIOD}\b", re.I)
"""A count of runs in a period, as it is spoken: `four times in the year`."""
_THE_NEXT = re.compile(r"\b(?:next|following) (?:working |business )?(?P<period>day|week|month)\b", re.I)
"""A wait said by when it ends: `so, next day`."""
_SOMETIMES = re.compile(r"\b(?:sometimes|at times|now and then)\b.*", re.I)
"""The other end of a time that is told as it mostly is: `two days, sometimes four`."""
_MONTHS = classed("measures", "months")
_AMONG = re.compile(r"\b(?:of|in|among|out of|from)\s+(?:the\s+|these\s+|those\s+)?(?:a\s+)?[\w,.]+", re.I)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
_NUM = r"(\d+(?:[.,]\d+)*)"
_MORE = rf"(?:\s*(?:to|-|–|\.\.)\s*{_NUM})?"
_ABOUT = r"(?:(?:about|around|approximately|roughly|up to|at most|at least|within|max\.?|ca\.?) |~)?"
_RANGE = rf"{_ABOUT}{_NUM}{_MORE}{_MORE}\s*([a-z]+)"


def as_duration(figure: Figure, hands_on: bool = False) -> Duration:
    """A stated length of time: a range is uniform, a single figure fixed.

    Working days said of hands-on work become hours at the desk; the note says what was meant.
    """
    span, low, high, unit, note = Span(start=figure.a, end=figure.b), figure.low, figure.high, figure.unit, None
    if (figure.working or figure.of_work) and unit in ("d", "w"):
        if hands_on:
            days = 1.0 if unit == "d" else WORKING_WEEK_DAYS
            low, high, unit = low * days * WORKING_DAY_HOURS, high * days * WORKING_DAY_HOURS, "h"
            note = f"working days of {WORKING_DAY_HOURS:g} h"
        elif figure.working:
            note = "working days"
    if high > low:
        return Uniform(low=low, high=high, unit=unit, basis=Basis.STATED, span=span, note=note)
    return Fixed(value=low, unit=unit, basis=Basis.STATED, span=span, note=note)


def at_desk(duration: Duration, months: bool = False) -> Duration:
    """Hands-on work that was told in days or weeks, in hours at work: half a day of work is four hours, not twelve.

    `months`: its days are those of months, of which five in seven are worked.
    """
    days = {"d": WORKING_WEEK_DAYS / 7 if months else 1.0, "w": WORKING_WEEK_DAYS}.get(duration.unit)
    if days is None or not isinstance(duration, Fixed | Uniform | Triangular):
        return duration
    names = ("value", "low", "mode", "high")
    hours = {name: getattr(duration, name) * days * WORKING_DAY_HOURS for name in names if hasattr(duration, name)}
    return duration.model_copy(update={**hours, "unit": "h", "note": f"working days of {WORKING_DAY_HOURS:g} h"})


def in_days(duration: Duration) -> Duration:
    """Hours at work as the days they were told in: what `at_desk` made of them."""
    names = [name for name in ("value", "low", "mode", "high") if hasattr(duration, name)]
    days = {name: getattr(duration, name) / WORKING_DAY_HOURS for name in names}
    return duration.model_copy(update={**days, "unit": "d"}) if duration.unit == "h" else duration


def read_rate(text: str) -> Figure | None:
    """A rate as replies write it: `40 per d`, `900 per y`. None: no rate."""
    return figure_from(PER_YEAR.sub("per year", text), "rate")


def read_time(text: str) -> Duration | None:
    """A time as replies write it: `10 min`, `2 to 3 d`, `1 to 2 to 10 h` (least, most often, most). None: no time."""
    found = re.fullmatch(_RANGE, text.strip(), re.IGNORECASE)
    word = found.group(4).lower() if found else ""
    named = NAMED.get("min" if word == "m" else word)
    if not found or not named:
        return None
    numbers = [numeric(part, following=word) for part in found.groups()[:3] if part]
    figures = [value * named.size for value in numbers if value is not None]
    if len(figures) < len(numbers) or figures != sorted(figures) or figures[-1] > 1e9:
        return None
    if len(figures) == 3:
        return Triangular(low=figures[0], mode=figures[1], high=figures[2], unit=named.unit)
    if len(figures) == 2:
        return Uniform(low=figures[0], high=figures[1], unit=named.unit)
    return Fixed(value=figures[0], unit=named.unit)


def read_share(text: str) -> float | None:
    """A chance as replies write it, `20%` or `about 20 %`, as a share of one. None: unreadable."""
    found = re.fullmatch(rf"{_ABOUT}{_NUM}\s*%", text.strip(), re.IGNORECASE)
    value = numeric(found.group(1), following="%") if found else None
    return value / 100 if value is not None and value <= 100 else None


def figures_of(duration: Duration) -> tuple[float, ...]:
    """The seconds a duration names."""
    size = UNITS[duration.unit]
    values = [getattr(duration, name, None) for name in ("value", "mean", "low", "mode", "high")]
    return tuple(value * size for value in values if value is not None)


@dataclass(frozen=True)
class Said:
    """The figures a piece of text says: plain numbers, times in seconds, and shares of one.

    `ratios` are what two counts of one sentence come to: `five of forty`, `two in 11,400 cases`. `rhythms` are the
    seconds between two runs that go by names: `on Sunday`, `Tuesdays and Fridays`, `in the evening`.
    """

    numbers: frozenset[float]
    seconds: frozenset[float]
    shares: frozenset[float]
    ratios: frozenset[float] = frozenset()
    rhythms: frozenset[float] = frozenset()

    def has_time(self, duration: Duration) -> bool:
        """Whether every figure of the duration is said."""
        return all(_near(figure, self.seconds) for figure in figures_of(duration))

    def has_rhythm(self, duration: Duration) -> bool:
        """Whether it is said how often something is run: as a time, or by the names of days. Four times a year is
        every three months, though months have 30 days here."""
        said = self.seconds | self.rhythms
        return self.has_time(duration) or all(_near(figure, said, ROUNDED) for figure in figures_of(duration))

    def has_share(self, share: float) -> bool:
        """Whether a chance or what it leaves of one is said; `Fifteen per cent. – Twenty-two.` says both."""
        if _near(share, self.shares) or _near(1 - share, self.shares):
            return True
        if self.shares and share >= LEAST_BARE and _near(100 * share, self.numbers):
            return True
        near = [max(ROUNDED * ratio, min(_half_a_digit(share), ratio / 4)) for ratio in self.ratios]
        return any(
            abs(part - ratio) <= off
            for part in (share, 1 - share)
            for ratio, off in zip(self.ratios, near, strict=True)
        )

    def has_number(self, number: float) -> bool:
        """Whether a number is said."""
        return _near(number, self.numbers)


def _half_a_digit(share: float) -> float:
    """Half of the last digit that a chance shows in percent: `0.3%` may stand for three of nine hundred."""
    shown = f"{share * 100:.6g}".partition(".")[2]
    return 0.005 * 10.0 ** -len(shown)


def _near(value: float, said: frozenset[float], off: float = 0.01) -> bool:
    """Equal but for rounding, as `33 %` is a third."""
    return any(abs(value - other) <= off * max(abs(other), 0.5) for other in said)


def said_in(text: str) -> Said:
    """The figures a text says, in digits and in words."""
    seconds: set[float] = set()
    shares: set[float] = set()
    for figure in figures_in(text):
        if figure.vague:
            continue
        ends = {figure.low, figure.high, figure.middle} if figure.kind == "chance" else {figure.low, figure.high}
        if figure.kind in TIME_KINDS and (now_and_then := _SOMETIMES.search(text[figure.a : figure.b])):
            ends |= set(numbers_in(now_and_then[0]))
        if figure.kind in TIME_KINDS or figure.kind == "rhythm":
            seconds |= {value * UNITS[figure.unit] for value in ends}
        elif figure.kind in ("chance", "load"):
            shares |= ends
    seconds |= _in_the_unit_before(text) | {_length(match["period"] or "day") for match in _THE_NEXT.finditer(text)}
    ratios = frozenset(ratio for sentence in _SENTENCE.split(text) for ratio in _ratios(sentence))
    rhythms = frozenset(rhythm for sentence in _SENTENCE.split(text) for rhythm in _by_names(sentence))
    return Said(frozenset(numbers_in(text)), frozenset(seconds), frozenset(shares), ratios, rhythms)


def _in_the_unit_before(text: str) -> set[float]:
    """Bare numbers in the unit of the time told just before: `From the portal two minutes. From a photo, twelve.`"""
    seconds: set[float] = set()
    before: float | None = None
    for sentence in _SENTENCE.split(text):
        times = [figure for figure in figures_in(sentence) if figure.kind in TIME_KINDS and not figure.vague]
        for count in counts_in(sentence):
            unit = next((UNITS[time.unit] for time in reversed(times) if time.b <= count.a), before)
            if unit is not None and _bare(sentence, count):
                seconds.add(count.value * unit)
        before = UNITS[times[-1].unit] if times else None
    return seconds


def _bare(sentence: str, count: Count) -> bool:
    """Whether a number counts nothing that is named behind it."""
    return re.match(r"\s*(?:[.,;:!?)–-]|$|(?:and|or|but|if|when|at|by|from|on)\b)", sentence[count.b :]) is not None


def days_in(text: str) -> tuple[str, ...]:
    """The days of the week a text names, as calendars write them: `Tuesdays and Fridays` is tue, fri."""
    words = {word[:3] for word in re.findall(r"[a-z]+", text.lower()) if word.removesuffix("s") in {*DAY_NAMES, *DAYS}}
    return tuple(day for day in DAYS if day in words)


def _by_names(sentence: str) -> set[float]:
    """How often something is run whose days or times of day are named."""
    words = {word.removesuffix("s") for word in re.findall(r"[a-z]+", sentence.lower())}
    days = len(words & DAY_NAMES)
    found = {WEEK_DAYS / days * UNITS["d"]} if days else set()
    months = {name for name in re.findall(r"\b[A-Z][a-z]+\b", sentence) if name.lower() in _MONTHS}
    found |= {12 / len(months) * _length("month")} if len(months) > 1 else set()
    found |= {_length(next(filter(None, match.groups()))) for match in _ONCE_IN.finditer(sentence)}
    for match in _TIMES_IN.finditer(sentence):
        times = 2.0 if match["times"].lower() == "twice" else value_of(match["times"])
        found |= {_length(match["period"]) / times} if times else set()
    return found | ({UNITS["d"]} if words & _TIMES_OF_DAY else set())


def _length(period: str) -> float:
    """The seconds of a period by its name; a morning stands for a day, `dai` is what `daily` leaves."""
    named = NAMED[{"morning": "day", "dai": "day"}.get(period.lower(), period.lower())]
    return named.size * UNITS[named.unit]


def _ratios(sentence: str) -> set[float]:
    """What the counts of a sentence that speaks of some among many come to; times are no counts."""
    if not _AMONG.search(sentence):
        return set()
    times = {
        value for figure in figures_in(sentence) if figure.kind in TIME_KINDS for value in (figure.low, figure.high)
    }
    counts = set(numbers_in(sentence)) - times
    counts |= {1.0} if re.search(r"\b(?:once|one)\b", sentence, re.I) else set()
    return {some / many for many in counts for some in counts if 0 < some < many and many >= FEW}
