"""A figure in a sentence and its units: the value that the readers of durations, chances and rates return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.language.offline.tokens import Token
from assistant.process.durations import Unit

UNIT: dict[str, Unit] = {}


for _unit, _words in (
    ("s", "seconds sec secs"),
    ("min", "minute minutes min mins"),
    ("h", "hour hours h hr hrs"),
    ("d", "day days workday workdays"),
    ("w", "week weeks"),
):
    UNIT.update(dict.fromkeys(_words.split(), _unit))  # type: ignore[arg-type]
QUALITY = frozenset(
    """
    working business full calendar good more extra whole solid other long additional further odd
    """.split()
)
CURRENCY = {
    "euro": "EUR",
    "euros": "EUR",
    "eur": "EUR",
    "€": "EUR",
    "dollar": "USD",
    "dollars": "USD",
    "usd": "USD",
    "$": "USD",
    "pound": "GBP",
    "pounds": "GBP",
    "gbp": "GBP",
    "£": "GBP",
    "francs": "CHF",
    "chf": "CHF",
    "bucks": "USD",
    "quid": "GBP",
}
TIMES = {"once": 1.0, "twice": 2.0}
MONTHS = {"month", "months"}


YEARS = {"year", "years"}


DAY_NAMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday
    """.split()
)


ABOUT = frozenset(
    """
    about around roughly approximately maybe perhaps some another nearly almost circa ca approx only just probably
    say easily usually typically ~ like between an extra good under over
    """.split()
)


Kind = Literal["duration", "chance", "rate", "price", "rhythm"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: tokens `start` to `end` (exclusive) and characters `a` to `b`.

    duration: `low` to `high` of `unit`. chance: `low` is the share, `noun` what it is one of. rate: `low` of `noun` per
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


def word_at(tokens: list[Token], i: int) -> str:
    """The token at `i` in lower case; empty outside the sentence."""
    return tokens[i].low if 0 <= i < len(tokens) else ""


def make(
    tokens: list[Token],
    kind: Kind,
    low: float,
    start: int,
    end: int,
    *,
    high: float | None = None,
    unit: Unit = "d",
    noun: str = "",
    working: bool = False,
    of_work: bool = False,
    those: bool = False,
) -> Quantity:
    """A figure from tokens `start` to `end`."""
    return Quantity(
        kind,
        low,
        low if high is None else high,
        unit,
        noun,
        start,
        end,
        tokens[start].start,
        tokens[end - 1].end,
        working,
        of_work,
        those,
    )


def with_about(tokens: list[Token], i: int) -> int:
    """The first token that belongs to a figure, "about" and the like included."""
    while i > 0 and (
        tokens[i - 1].low
        in ABOUT
        - frozenset(
            """
    an say like some over under
    """.split()
        )
        or (tokens[i - 1].low == "say" and i > 1 and tokens[i - 2].low in (",", "("))
    ):
        i -= 1
    if (
        i > 1
        and tokens[i - 1].low in ("to", "than", "least", "most")
        and tokens[i - 2].low in ("up", "more", "less", "at")
    ):
        i -= 2
    return i


def unit_at(tokens: list[Token], i: int) -> tuple[Unit, float] | None:
    """The unit a token names and how many of it one is: month → (d, 30)."""
    low = word_at(tokens, i)
    if low in UNIT:
        return UNIT[low], 1.0
    if low in MONTHS:
        return "d", 30.0
    if low in YEARS:
        return "d", 365.0
    return None
