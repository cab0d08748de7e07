"""A figure in a text and its units: the value that the readers of durations, chances and rates return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.english.tables import classed
from assistant.language.offline.words.tokens import Token
from assistant.process.durations import NAMED, UNITS, Named, Unit, working_seconds

QUALITY = classed("measures", "quality")
WORKING = frozenset({"working", "business", "work"})
AFTER_FIGURE = classed("measures", "after-figure")
"""What may stand behind an amount or a time; a noun there is what its last number counts."""
CURRENCY = {
    word: code
    for code, words in (
        ("EUR", "euro euros eur €"),
        ("USD", "dollar dollars usd $ bucks"),
        ("GBP", "pound pounds gbp £ quid"),
        ("CHF", "franc francs chf"),
        ("", ",- ,-- ,– ,— .- .-- .– .—"),  # `52,-`: money of whatever country
    )
    for word in words.split()
}
SIGNS = frozenset({"€", "$", "£", "eur", "usd", "gbp", "chf"})
"""What may stand before the number of an amount."""
NO_LENGTH = frozenset("quarter quarters night nights weekday weekdays".split())
BEHIND_DIGITS = frozenset("s d w mo second".split())
UNIT_WORDS = frozenset(NAMED) - NO_LENGTH - BEHIND_DIGITS
TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
DAY_NAMES = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
ABOUT = frozenset(
    """about around roughly approximately maybe perhaps some another nearly almost circa ca approx only just probably
    easily usually typically ~ between extra good""".split()
)

Kind = Literal[
    "duration", "limit", "total", "chance", "load", "rate", "rhythm", "price", "money", "people", "number"
]  # fmt: skip
TIME_KINDS = frozenset({"duration", "limit", "total"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: tokens `start` to `end` (exclusive) and characters `a` to `b`.

    duration, limit (validity, deadline), total (of the whole case): `low` to `high` of `unit`. chance, load (how busy
    somebody is): a share of one; `noun` what it is one of. rate: `low` to `high` of `noun` in every `size` `unit`
    (a year: 365 d). rhythm: every `low` `unit`. price: of `noun` (a currency) per `unit`, told for `size` of them.
    money: an amount of `noun`. people: how many of `noun`. number: any other. `vague`: said without a figure ("a few
    days"); `low` is 0 then.
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
    size: float = 1.0
    vague: bool = False

    @property
    def middle(self) -> float:
        """The middle of a range, or the figure itself."""
        return (self.low + self.high) / 2

    def seconds(self, hands_on: bool = False) -> float:
        """The middle of a length of time in seconds; working days said of hands-on work have eight hours."""
        if hands_on and (self.working or self.of_work):
            return working_seconds(self.middle, self.unit)
        return self.middle * UNITS[self.unit]


def word_at(tokens: list[Token], i: int) -> str:
    """The token at `i` in lower case; empty outside the sentence."""
    return tokens[i].low if 0 <= i < len(tokens) else ""


def words_at(tokens: list[Token], i: int, count: int) -> list[str]:
    """The next `count` tokens in lower case; empty ones outside the sentence."""
    if i < 0:
        return [word_at(tokens, i + place) for place in range(count)]
    words = [token.low for token in tokens[i : i + count]]
    return words + [""] * (count - len(words))


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
    size: float = 1.0,
    vague: bool = False,
) -> Figure:
    """A figure from tokens `start` to `end`."""
    top = low if high is None else high
    a, b = tokens[start].start, tokens[end - 1].end
    return Figure(kind, low, top, unit, noun, start, end, a, b, working, of_work, those, size, vague)


def with_about(tokens: list[Token], i: int) -> int:
    """The first token that belongs to a figure, "about" and the like included."""
    while i > 0 and (
        tokens[i - 1].low in ABOUT or (word_at(tokens, i - 1) == "say" and word_at(tokens, i - 2) in ",(")
    ):
        i -= 1
    pair = (word_at(tokens, i - 2), word_at(tokens, i - 1))
    if pair[0] in ("up", "more", "less", "at", "fewer") and pair[1] in ("to", "than", "least", "most"):
        i -= 2
    return i


def unit_at(tokens: list[Token], i: int) -> Named | None:
    """The unit a token names and how many of it one is: month → (d, 30). A quarter is one only behind "per"."""
    low = word_at(tokens, i)
    if low in NO_LENGTH or (low in BEHIND_DIGITS and not word_at(tokens, i - 1)[:1].isdigit()):
        return None
    return NAMED.get(low)


def period_at(tokens: list[Token], i: int) -> Named | None:
    """The unit behind "per", "a" or "every": a quarter is one here."""
    return NAMED.get(word_at(tokens, i))
