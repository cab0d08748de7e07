"""A process: who it is for, what starts it, who works in it, how many cases come, and its flow as a tree of blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from assistant.process.blocks import Id, Sequence, Share, Text
from assistant.process.durations import Basis, Duration, Model, Positive, Span
from assistant.process.remarks import Remark

SCHEMA = "process/1"
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
DAY_SECONDS = 86400.0
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Hours(Model):
    """One line of a working calendar: on which days (`mon-fri`, `sat`, `mon,wed`), from when to when.

    A shift that ends at an earlier hour than it starts ends on the day after: `mon-fri 22:00-06:00`.
    """

    days: Annotated[str, Field(pattern=r"^(?:(?:mon|tue|wed|thu|fri|sat|sun)(?:-(?:mon|tue|wed|thu|fri|sat|sun))?)(?:,(?:mon|tue|wed|thu|fri|sat|sun)(?:-(?:mon|tue|wed|thu|fri|sat|sun))?)*$")]  # fmt: skip # noqa: E501
    from_: Clock = Field(alias="from")
    to: Clock

    @model_validator(mode="after")
    def _forward(self) -> Hours:
        if self.to == self.from_ or self.from_ == "24:00":
            raise ValueError("a shift has a start and another end; write around the clock as 00:00 to 24:00")
        return self

    def weekdays(self) -> tuple[int, ...]:
        """The days as numbers, Monday 0, each once and in order."""
        found: set[int] = set()
        for part in self.days.split(","):
            first, _, last = part.partition("-")
            a, b = DAYS.index(first), DAYS.index(last or first)
            found.update(range(a, b + 1) if a <= b else [*range(a, 7), *range(b + 1)])
        return tuple(sorted(found))

    def spans(self) -> Iterator[tuple[float, float]]:
        """The open hours of a week in seconds from Monday 00:00, cut at midnight; Sunday night ends on Monday."""
        start, stop = _seconds(self.from_), _seconds(self.to)
        for day in self.weekdays():
            if stop > start:
                yield day * DAY_SECONDS + start, day * DAY_SECONDS + stop
                continue
            yield day * DAY_SECONDS + start, (day + 1) * DAY_SECONDS
            if stop:
                yield (day + 1) % 7 * DAY_SECONDS, (day + 1) % 7 * DAY_SECONDS + stop


def _seconds(clock: str) -> float:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 3600.0 + int(minutes) * 60.0


Calendar = tuple[Hours, ...]


def open_spans(calendar: Calendar) -> list[tuple[float, float]]:
    """The open hours of a week in seconds from Monday 00:00, in order, overlaps merged, none across midnight."""
    merged: list[tuple[float, float]] = []
    for start, stop in sorted(span for line in calendar for span in line.spans()):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


class Role(Model):
    """Who does the work: a pool of `capacity` people or machines (None: unlimited) with hours and a price.

    `unit` is the department; `site` the place; `external` the customer, a supplier or an authority.
    """

    id: Id
    name: Text
    kind: Literal["person", "system", "external", "group"] = "person"
    unit: Text | None = None
    site: Text | None = None
    capacity: int | None = Field(default=None, ge=0, le=1_000_000)
    capacity_basis: Basis | None = None
    cost_per_hour: Positive | None = None
    cost_basis: Basis | None = None
    cost_per_use: Positive | None = None
    calendar: Calendar | None = None
    span: Span | None = None


class DataObject(Model):
    """A document or record the work reads and writes. `source` is the outside party that supplies it."""

    id: Id
    name: Text
    source: Text | None = None
    changes_rarely: bool | None = None
    valid_for: Duration | None = None
    system: Text | None = None


class CaseClass(Model):
    """A kind of case: its share of all cases and its priority (a higher one is served first)."""

    name: Text
    share: Share
    priority: int = 0


class Volume(Model):
    """How many cases come: the time `between` two arrivals, when they come, and of which kinds.

    `per` stands where a count was told for a day, or for a week or longer, and nobody said in which hours its cases
    come: `between` then runs round the clock.
    """

    between: Duration
    per: Literal["day", "week"] | None = None
    basis: Basis | None = None
    calendar: Calendar | None = None
    by_hour: tuple[Positive, ...] | None = Field(default=None, min_length=24, max_length=24)
    by_weekday: tuple[Positive, ...] | None = Field(default=None, min_length=7, max_length=7)
    classes: tuple[CaseClass, ...] = ()
    span: Span | None = None
    text: Text | None = None

    @property
    def rests_on(self) -> Basis:
        """What the count rests on, wherever that is said; what a process was given with is stated where nothing is."""
        return self.basis or self.between.basis or Basis.STATED


class Subprocess(Model):
    """A flow of its own that `Call` blocks refer to by id."""

    id: Id
    name: Text
    owner: Text | None = None
    flow: Sequence


class Separation(Model):
    """Two steps that one person must never do in the same case (segregation of duties), with the reason."""

    a: Id
    b: Id
    reason: Text = ""


class Protected(Model):
    """A step that must stay as it is, and why."""

    id: Id
    reason: Text


class Assumption(Model):
    """Something taken as given that nobody said, and the elements that rest on it."""

    text: Text
    elements: tuple[Id, ...] = ()
    basis: Basis = Basis.ESTIMATED


class Customer(Model):
    """Somebody the process serves: inside or outside, first or second in line, and what they need of it."""

    name: Text
    kind: Literal["external", "internal"] = "external"
    primary: bool = True
    needs: tuple[Text, ...] = ()
    span: Span | None = None


OF_A_PART = " (of a part)"
"""What ends the unit of a measure that is of no whole case: it calibrates nothing."""


class Measure(Model):
    """A figure somebody gave about the whole process: 'cycle time 90 d', 'satisfaction 3.4 of 5'."""

    id: Id
    name: Text
    value: float | None = None
    unit: Text = ""
    target: float | None = None
    basis: Basis = Basis.STATED
    span: Span | None = None


def _customers(value: Any) -> Any:
    """A bare name is a customer."""
    if isinstance(value, list | tuple):
        return tuple({"name": item} if isinstance(item, str) else item for item in value)
    return value


def _assumptions(value: Any) -> Any:
    """A bare sentence is an assumption."""
    if isinstance(value, list | tuple):
        return tuple({"text": item} if isinstance(item, str) else item for item in value)
    return value


class Process(Model):
    """A process as it runs or as it should run. `schema_` is the shape's version."""

    schema_: Literal["process/1"] = Field(default="process/1", alias="schema")
    name: Text = Field(min_length=1)
    purpose: Text | None = None
    trigger: Text | None = None
    owner: Text | None = None
    level: Literal["person", "department", "end-to-end"] | None = None
    customers: Annotated[tuple[Customer, ...], BeforeValidator(_customers)] = ()
    roles: tuple[Role, ...] = ()
    data: tuple[DataObject, ...] = ()
    volume: Volume | None = None
    currency: Annotated[str, Field(max_length=8)] = "EUR"
    holidays: tuple[Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")], ...] = ()
    flow: Sequence = Field(default_factory=Sequence)
    subprocesses: tuple[Subprocess, ...] = ()
    separations: tuple[Separation, ...] = ()
    protected: tuple[Protected, ...] = ()
    measures: tuple[Measure, ...] = ()
    remarks: tuple[Remark, ...] = ()
    assumptions: Annotated[tuple[Assumption, ...], BeforeValidator(_assumptions)] = ()
    span: Span | None = None
    note: Text | None = None

    def document(self) -> dict[str, Any]:
        """The process as plain JSON data; its flow is always written, even where it is empty."""
        data = super().document()
        return data if "flow" in data else {**data, "flow": self.flow.document()}

    def role(self, role_id: str | None) -> Role | None:
        """The role with that id, or None."""
        return next((role for role in self.roles if role.id == role_id), None)
