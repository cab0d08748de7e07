"""How long something takes: a distribution, its unit, and what the figure rests on.

Every duration carries its basis, so that no number reaches a reader without it. Internally all times are seconds;
`d` is 24 hours and `w` seven days of elapsed time (working hours are the business of calendars). What a month, a
quarter, a year, a working day and a calendar day are stands here and nowhere else.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

UNITS = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}
Unit = Literal["s", "min", "h", "d", "w"]
WORKING_DAY_HOURS, WORKING_WEEK_DAYS = 8.0, 5.0
"""What a day and a week hold when they are said of work: `five days of work` is forty hours at the desk."""


class Named(NamedTuple):
    """A unit of time as people name it: so many (`size`) of a unit that is stored."""

    unit: Unit
    size: float = 1.0


_NAMED = {
    Named("s"): "s sec secs second seconds",
    Named("min"): "min mins minute minutes",
    Named("h"): "h hr hrs hour hours",
    Named("d"): "d day days workday workdays night nights weekday weekdays",
    Named("w"): "w wk wks week weeks",
    Named("h", 0.5): "half-hour half-hours",
    Named("h", 0.25): "quarter-hour quarter-hours",
    Named("d", 0.5): "half-day half-days",
    Named("w", 2.0): "fortnight fortnights",
    Named("d", 30.0): "mo month months",
    Named("d", 91.0): "quarter quarters",
    Named("d", 365.0): "year years yr yrs",
}
NAMED = {word: named for named, words in _NAMED.items() for word in words.split()}
"""Every word for a unit of time. A month is 30 calendar days, a quarter 91, a year 365; a fortnight two weeks."""
Positive = Annotated[float, Field(ge=0, allow_inf_nan=False, le=1e9)]


class Basis(StrEnum):
    """What a figure rests on, strongest first."""

    MEASURED = "measured"
    STATED = "stated"
    ESTIMATED = "estimated"
    LIBRARY = "library"


class Model(BaseModel):
    """The base of every value here: immutable, with no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    def document(self) -> dict[str, Any]:
        """The value as plain JSON data, without what is unknown or left at its default."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)


class Span(Model):
    """Where in the words it was said: characters `start` to `end` of document `doc` (empty: the only one)."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    doc: str = ""


class _Duration(Model):
    kind: str
    unit: Unit = "min"
    basis: Basis | None = None
    span: Span | None = None
    note: str | None = None

    @model_serializer(mode="wrap")
    def _with_kind_and_unit(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Kind and unit are always written: a duration without them means nothing to a reader."""
        fields: dict[str, Any] = handler(self)
        return {"kind": self.kind, **fields, "unit": self.unit}

    def _mean(self) -> float:
        raise NotImplementedError

    def _sd(self) -> float:
        return 0.0

    @property
    def mean_seconds(self) -> float:
        """The expected value, in seconds."""
        return self._mean() * UNITS[self.unit]

    @property
    def sd_seconds(self) -> float:
        """The standard deviation, in seconds."""
        return self._sd() * UNITS[self.unit]


class Fixed(_Duration):
    """Always `value`."""

    kind: Literal["fixed"] = "fixed"
    value: Positive

    def _mean(self) -> float:
        return self.value


class Exponential(_Duration):
    """Memoryless with the given `mean`."""

    kind: Literal["exponential"] = "exponential"
    mean: Positive

    def _mean(self) -> float:
        return self.mean

    def _sd(self) -> float:
        return self.mean


class Uniform(_Duration):
    """Anything from `low` to `high`, equally likely."""

    kind: Literal["uniform"] = "uniform"
    low: Positive
    high: Positive

    @model_validator(mode="after")
    def _ordered(self) -> Uniform:
        if self.high < self.low:
            raise ValueError("high must not be below low")
        return self

    def _mean(self) -> float:
        return (self.low + self.high) / 2

    def _sd(self) -> float:
        return (self.high - self.low) / math.sqrt(12)


class Triangular(_Duration):
    """From `low` to `high`, most often `mode`."""

    kind: Literal["triangular"] = "triangular"
    low: Positive
    mode: Positive
    high: Positive

    @model_validator(mode="after")
    def _ordered(self) -> Triangular:
        if not self.low <= self.mode <= self.high:
            raise ValueError("low, mode and high must rise")
        return self

    def _mean(self) -> float:
        return (self.low + self.mode + self.high) / 3

    def _sd(self) -> float:
        a, c, b = self.low, self.mode, self.high
        return math.sqrt(max(0.0, (a * a + b * b + c * c - a * b - a * c - b * c) / 18))


class Normal(_Duration):
    """Bell-shaped with `mean` and `sd`, cut at zero: a draw below zero is drawn again.

    The mean and deviation of what is drawn are those of the normal distribution truncated at zero
    (Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, 13.10.1).
    """

    kind: Literal["normal"] = "normal"
    mean: Positive
    sd: Positive

    def _tail(self) -> float:
        """The hazard at the cut: density over survival of the standard normal at -mean/sd."""
        a = -self.mean / self.sd
        survival = 0.5 * math.erfc(a / math.sqrt(2))
        return math.exp(-a * a / 2) / math.sqrt(2 * math.pi) / survival

    def _mean(self) -> float:
        return self.mean + self.sd * self._tail() if self.sd else self.mean

    def _sd(self) -> float:
        if not self.sd:
            return 0.0
        a, tail = -self.mean / self.sd, self._tail()
        return self.sd * math.sqrt(max(0.0, 1 + a * tail - tail * tail))


class Lognormal(_Duration):
    """Skewed to the right, with the given `mean` and `sd` of the duration itself (not of its logarithm)."""

    kind: Literal["lognormal"] = "lognormal"
    mean: Positive
    sd: Positive

    def _mean(self) -> float:
        return self.mean

    def _sd(self) -> float:
        return self.sd


class Gamma(_Duration):
    """Skewed to the right, with the given `mean` and `sd`."""

    kind: Literal["gamma"] = "gamma"
    mean: Positive
    sd: Positive

    def _mean(self) -> float:
        return self.mean

    def _sd(self) -> float:
        return self.sd


class Observed(_Duration):
    """Drawn from the `values` somebody recorded, each as likely as the others."""

    kind: Literal["observed"] = "observed"
    values: tuple[Positive, ...] = Field(min_length=1, max_length=100_000)

    def _mean(self) -> float:
        return math.fsum(self.values) / len(self.values)

    def _sd(self) -> float:
        mean = self._mean()
        return math.sqrt(math.fsum((v - mean) ** 2 for v in self.values) / len(self.values))


Duration = Annotated[
    Fixed | Exponential | Uniform | Triangular | Normal | Lognormal | Gamma | Observed,
    Field(discriminator="kind"),
]


AMOUNTS = ("value", "mean", "sd", "low", "mode", "high")


def scaled(duration: Duration, factor: float, note: str | None = None) -> Duration:
    """A duration `factor` times as long, of the same kind and basis."""
    changes: dict[str, Any] = {
        name: round(getattr(duration, name) * factor, 9) for name in AMOUNTS if hasattr(duration, name)
    }
    if isinstance(duration, Observed):
        changes = {"values": tuple(value * factor for value in duration.values)}
    return duration.model_copy(update={**changes, **({"note": note} if note else {})})


def seconds(value: float, unit: Unit) -> float:
    """`value` of `unit` in seconds."""
    return value * UNITS[unit]


def working_seconds(value: float, unit: Unit) -> float:
    """`value` of `unit` in seconds at work: a working day has 8 hours, a working week five such days."""
    hours = {"d": WORKING_DAY_HOURS, "w": WORKING_WEEK_DAYS * WORKING_DAY_HOURS}.get(unit)
    return value * UNITS[unit] if hours is None else value * hours * UNITS["h"]


def humane(secs: float) -> str:
    """Seconds as a person would say them, with a unit: '12 min', '3.5 h', '11 days'."""
    if secs < 0:
        return "-" + humane(-secs)
    for size, single, many in ((86400, "day", "days"), (3600, "h", "h"), (60, "min", "min")):
        if secs >= size:
            amount = secs / size
            text = f"{amount:,.0f}" if amount >= 10 or abs(amount - round(amount)) < 0.05 else f"{amount:.1f}"
            return f"{text} {single if text == '1' else many}"
    return f"{secs:.0f} s"


def as_told(duration: Duration) -> str:
    """A length of time as a person would say it; a range stays one, in the unit it was told in: `6 to 8 weeks`."""
    if not isinstance(duration, Uniform | Triangular):
        return humane(duration.mean_seconds)
    many = {"d": "days", "w": "weeks"}.get(duration.unit, duration.unit)
    return f"{duration.low:g} to {duration.high:g} {many}"


PERIODS = {"day": 86400.0, "week": 7 * 86400.0}


def how_often(seconds: float, per: str | None = None) -> str:
    """How often something comes, from the seconds between two: counted by the day or the week where it was told so."""
    return f"{PERIODS[per] / seconds:.3g} a {per}" if per else f"one every {humane(seconds)}"


def one_after_the_other(times: Sequence[_Duration]) -> _Duration:
    """Times that follow each other as one, on the weakest of their bases. `times` is not empty."""
    if len(times) == 1:
        return times[0]
    weakest = max((time.basis or Basis.STATED for time in times), key=list(Basis).index)
    return Fixed(value=sum(time.mean_seconds for time in times) / UNITS["h"], unit="h", basis=weakest)
