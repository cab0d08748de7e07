"""How often cases come, from a count told for a period: `900 a year`, `40 a day`.

Where working hours are known the cases of a period fall on its working time: a working day is as long as the hours
say, a week holds the days they name, and a month or a year holds as many such weeks as fit into it. Where none are
known the period runs round the clock, and the volume keeps that hours are still to be told (`in_hours`). The note of
the figure says which was meant.
"""

from __future__ import annotations

from typing import Literal

from assistant.process.durations import UNITS, Basis, Exponential, Span, Unit
from assistant.process.model import Calendar, Process, Volume, open_spans

WEEK_DAYS, WEEK_HOURS = 7.0, 168.0
IN_HOURS, ROUND_THE_CLOCK = "in the working hours", "round the clock"
_PERIODS = {("h", 1.0): "an hour", ("d", 1.0): "a day", ("w", 1.0): "a week", ("d", 30.0): "a month of 30 days",
            ("d", 91.0): "a quarter of 91 days", ("d", 365.0): "a year of 365 days"}  # fmt: skip


def working_hours(process: Process) -> Calendar | None:
    """The hours in which cases come: those of the volume, or those all roles share; None when unknown."""
    if process.volume is not None and process.volume.calendar is not None:
        return process.volume.calendar
    calendars = {role.calendar for role in process.roles if role.calendar}
    return calendars.pop() if len(calendars) == 1 else None


def open_hours(calendar: Calendar | None) -> float:
    """Working hours a week of a calendar (None: around the clock, 168)."""
    if calendar is None:
        return WEEK_HOURS
    return sum(stop - start for start, stop in open_spans(calendar)) / 3600


def arrivals_per_hour(process: Process) -> float | None:
    """Cases per hour of the clock, averaged over a week; None when the volume is unknown."""
    volume = process.volume
    if volume is None or volume.between.mean_seconds <= 0:
        return None
    return 3600 / volume.between.mean_seconds * open_hours(volume.calendar) / WEEK_HOURS


def volume(
    count: float, unit: Unit, size: float = 1.0, calendar: Calendar | None = None, span: Span | None = None
) -> Volume:
    """The volume of `count` cases in every `size` `unit`, as the mean gap between two. `count` is above zero."""
    seconds = _open_seconds(unit, size, calendar) / count
    name: Unit = next((u for u in ("d", "h", "min") if seconds >= UNITS[u]), "s")
    between = Exponential(
        mean=round(seconds / UNITS[name], 6),
        unit=name,
        basis=Basis.STATED,
        span=span,
        note=_note(count, unit, size, calendar),
    )
    per: Literal["day", "week"] | None = None
    if not calendar and UNITS[unit] * size >= UNITS["d"]:
        per = "day" if unit == "d" and size < WEEK_DAYS else "week"
    return Volume(between=between, per=per, basis=Basis.STATED, calendar=calendar, span=span)


def in_hours(told: Volume, calendar: Calendar) -> Volume:
    """A count told for a day or longer without hours, its cases now coming in the hours of `calendar`."""
    between = told.between
    if told.per is None or not isinstance(between, Exponential):
        return told
    unit: Unit = "d" if told.per == "day" else "w"
    share = _open_seconds(unit, 1.0, calendar) / UNITS[unit]
    note = between.note.replace(ROUND_THE_CLOCK, IN_HOURS) if between.note else None
    gap = between.model_copy(update={"mean": round(between.mean * share, 6), "note": note})
    return told.model_copy(update={"between": gap, "calendar": calendar, "per": None})


def _open_seconds(unit: Unit, size: float, calendar: Calendar | None) -> float:
    """The seconds of a period in which cases can come."""
    whole = UNITS[unit] * size
    if not calendar or whole < UNITS["d"]:
        return whole
    week = sum(stop - start for start, stop in open_spans(calendar))
    days = len({day for line in calendar for day in line.weekdays()})
    if unit == "d" and size < WEEK_DAYS:
        return week / days * (1.0 if size != round(size) else size)
    return week * whole / UNITS["w"]


def _note(count: float, unit: Unit, size: float, calendar: Calendar | None) -> str | None:
    """What period was meant, where it is longer than a week."""
    period = _PERIODS.get((unit, size))
    if period is None or size == 1.0:
        return None
    when = IN_HOURS if calendar else ROUND_THE_CLOCK
    return f"{count:g} in {period}, spread evenly {when}"
