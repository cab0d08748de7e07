"""Times, chances and numbers as a reply writes them, and the ones a text really says.

A figure counts as stated only when the text near its quotation says it: `10 min` for "ten minutes", `20%` for "one in
five", `0.5 h` for "half an hour". Everything else a model may write is an estimate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.process.durations import UNITS, Duration, Fixed, Triangular, Uniform, Unit

_UNIT_WORDS: dict[str, tuple[Unit, float]] = {
    "s": ("s", 1), "sec": ("s", 1), "second": ("s", 1), "min": ("min", 1), "minute": ("min", 1), "h": ("h", 1),
    "hr": ("h", 1), "hour": ("h", 1), "d": ("d", 1), "day": ("d", 1), "night": ("d", 1), "w": ("w", 1), "wk": ("w", 1),
    "week": ("w", 1), "fortnight": ("w", 2), "month": ("d", 30), "quarter": ("d", 91), "year": ("d", 365),
}  # fmt: skip
_NUMBER_WORDS: dict[str, float] = {
    "zero": 0, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "dozen": 12, "couple": 2, "half": 0.5,
    "third": 1 / 3, "quarter": 0.25, "once": 1, "twice": 2, "both": 2, "single": 1,
}  # fmt: skip
_UNIT = (
    r"(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|nights?|d|weeks?|wks?|w|fortnights?"
    r"|months?|quarters?|years?)"
    r"(?![A-Za-z])"
)
_NUM = r"(\d+(?:[.,]\d+)?)"
_MORE = rf"(?:\s*(?:to|-|–|\.\.)\s*{_NUM})?"
_ABOUT = r"(?:(?:about|around|approximately|roughly|up to|at most|at least|within|max\.?|ca\.?) |~)?"
_RANGE = rf"{_ABOUT}{_NUM}{_MORE}{_MORE}\s*{_UNIT}"
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")


def unit_of(word: str) -> tuple[Unit, float] | None:
    """The unit a word names and how many of it: `hours` is one h, `month` 30 d."""
    plain = word.lower()
    if plain in ("m", "mins"):
        plain = "min"
    return _UNIT_WORDS.get(plain) or _UNIT_WORDS.get(plain.removesuffix("s"))


def read_time(text: str) -> Duration | None:
    """A time as replies write it: `10 min`, `2 to 3 d`, `1 to 2 to 10 h` (least, most often, most). None: no time."""
    found = re.fullmatch(_RANGE, text.strip(), re.IGNORECASE)
    unit = unit_of(found.group(4)) if found else None
    if not found or not unit:
        return None
    name, times = unit
    figures = [float(part.replace(",", ".")) * times for part in found.groups()[:3] if part]
    if figures != sorted(figures) or figures[-1] > 1e9:
        return None
    if len(figures) == 3:
        return Triangular(low=figures[0], mode=figures[1], high=figures[2], unit=name)
    if len(figures) == 2:
        return Uniform(low=figures[0], high=figures[1], unit=name)
    return Fixed(value=figures[0], unit=name)


def read_share(text: str) -> float | None:
    """A chance as replies write it, `20%` or `about 20 %`, as a share of one. None: unreadable."""
    found = re.fullmatch(rf"{_ABOUT}(\d+(?:\.\d+)?)\s*%", text.strip(), re.IGNORECASE)
    value = float(found.group(1)) / 100 if found else None
    return value if value is not None and value <= 1 else None


def figures_of(duration: Duration) -> tuple[float, ...]:
    """The seconds a duration names."""
    size = UNITS[duration.unit]
    values = [getattr(duration, name, None) for name in ("value", "mean", "low", "mode", "high")]
    return tuple(value * size for value in values if value is not None)


@dataclass(frozen=True)
class Said:
    """The figures a piece of text says: plain numbers, times in seconds, and shares of one."""

    numbers: frozenset[float]
    seconds: frozenset[float]
    shares: frozenset[float]

    def has_time(self, duration: Duration) -> bool:
        """Whether every figure of the duration is said."""
        return all(_near(figure, self.seconds) for figure in figures_of(duration))

    def has_share(self, share: float) -> bool:
        """Whether a chance or what it leaves of one is said."""
        return _near(share, self.shares) or _near(1 - share, self.shares)

    def has_number(self, number: float) -> bool:
        """Whether a number is said."""
        return _near(number, self.numbers)


def _near(value: float, said: frozenset[float]) -> bool:
    """Equal but for rounding, as `33 %` is a third."""
    return any(abs(value - one) <= 0.01 * max(abs(one), 0.5) for one in said)


_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|%")


def said_in(text: str) -> Said:
    """The figures a text says, in digits and in words."""
    tokens = [(m.group(), _number(m.group())) for m in _TOKEN.finditer(text)]
    spans = _joined(tokens)
    numbers = {value for value, _, _ in spans}
    seconds: set[float] = set()
    shares = {float(m.group(1)) / 100 for m in _PERCENT.finditer(text)}
    pending: list[float] = []
    for position, (value, _, end) in enumerate(spans):
        pending.append(value)
        unit = _unit_after(tokens, end)
        if unit:
            name, times = unit
            seconds |= {one * times * UNITS[name] for one in pending}
            pending = []
        elif not _range_goes_on(tokens, end, spans, position):
            pending = []
        word = tokens[end][0].lower() if end < len(tokens) else ""
        if word in ("percent", "per") and value <= 100:
            shares.add(value / 100)
    shares |= _ratios(tokens, spans)
    seconds |= _halves(text)
    return Said(frozenset(numbers), frozenset(seconds), frozenset(shares))


def _number(token: str) -> float | None:
    if token[0].isdigit():
        plain = re.sub(r"[.,](?=\d{3}(?!\d))", "", token).replace(",", ".")
        return float(plain) if plain.count(".") <= 1 else None
    return _NUMBER_WORDS.get(token.lower())


def _joined(tokens: list[tuple[str, float | None]]) -> list[tuple[float, int, int]]:
    """Numbers with the places of their first token and behind their last: `two hundred and five` is one."""
    found: list[tuple[float, int, int]] = []
    at = 0
    while at < len(tokens):
        value = tokens[at][1]
        if value is None:
            at += 1
            continue
        end = at + 1
        while (more := _goes_on(tokens, end, value)) is not None:
            value, end = more
        found.append((value, at, end))
        at = end
    return found


def _goes_on(tokens: list[tuple[str, float | None]], at: int, value: float) -> tuple[float, int] | None:
    """The number with its next word taken in, and the place behind it: `two hundred`, `twenty five`, `and five`."""
    if at >= len(tokens) or tokens[at - 1][0].isdigit():
        return None
    if tokens[at][0].lower() == "and" and value >= 100 and at + 1 < len(tokens):
        rest = tokens[at + 1][1]
        return (value + rest, at + 2) if rest is not None and 1 < rest < 100 else None
    word, following = tokens[at]
    if following is None or word.isdigit() or word.lower() in ("a", "an"):
        return None
    if following in (100, 1000, 12):
        return value * following, at + 1
    small = 0 < following < 10 <= value and value % 10 == 0
    return (value + following, at + 1) if small or (value % 100 == 0 and 10 <= following < 100 <= value) else None


def _unit_after(tokens: list[tuple[str, float | None]], at: int) -> tuple[Unit, float] | None:
    """The unit behind a number, a few small words between allowed: `two working days`, `a couple of hours`."""
    for place in range(at, min(at + 3, len(tokens))):
        word = tokens[place][0].lower()
        if len(word) > 1 or word in ("h", "d", "s", "w"):
            unit = unit_of(word)
            if unit:
                return unit
        if word not in (
            "of",
            "or",
            "so",
            "working",
            "business",
            "calendar",
            "full",
            "whole",
            "more",
            "a",
            "an",
            "good",
        ):
            return None
    return None


def _range_goes_on(
    tokens: list[tuple[str, float | None]], end: int, spans: list[tuple[float, int, int]], position: int
) -> bool:
    if position + 1 >= len(spans):
        return False
    start = spans[position + 1][1]
    between = [tokens[place][0].lower() for place in range(end, start)]
    return len(between) <= 2 and all(word in ("to", "or", "and", "maybe", "until", "sometimes") for word in between)


def _ratios(tokens: list[tuple[str, float | None]], spans: list[tuple[float, int, int]]) -> set[float]:
    """`one in five`, `two out of ten`, `every third`, `a quarter of`, `half of`."""
    found: set[float] = set()
    for (a, _, end), (b, start, _) in pairwise(spans):
        between = [tokens[place][0].lower() for place in range(end, start)]
        if between in (["in"], ["out", "of"], ["of"], ["of", "every"], ["in", "every"]) and 0 < a <= b:
            found.add(a / b)
    found |= {value for value, _, _ in spans if 0 < value < 1}
    ordinals = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
                "tenth": 10, "twentieth": 20, "hundredth": 100}  # fmt: skip
    for (first, _), (then, _) in pairwise(tokens):
        if first.lower() in ("every", "each", "one", "a") and then.lower().removesuffix("s") in ordinals:
            found.add(1 / ordinals[then.lower().removesuffix("s")])
    return found


def _halves(text: str) -> set[float]:
    """`half an hour`, `half a day`, `an hour and a half`, `two and a half hours`."""
    found: set[float] = set()
    for m in re.finditer(rf"\b(half|quarter)(?: of)? an? {_UNIT}", text, re.I):
        unit = unit_of(m.group(2))
        if unit:
            found.add((0.5 if m.group(1).lower() == "half" else 0.25) * unit[1] * UNITS[unit[0]])
    for m in re.finditer(rf"\b(\w+)(?: {_UNIT})? and a half(?: {_UNIT})?", text, re.I):
        number, unit = _number(m.group(1)), unit_of(m.group(2) or m.group(3) or "")
        if number and unit:
            found.add((number + 0.5) * unit[1] * UNITS[unit[0]])
    return found
