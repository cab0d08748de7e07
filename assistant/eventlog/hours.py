"""Time in which somebody is at work: waits and cycle times counted in open hours, and the clock of a place.

Open hours repeat every week and are closed on holidays. A zone says what the clock on the wall shows: stamps with an
offset are shown by it, stamps without one are taken as read from it, so that no hour is lost or won when it changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assistant.errors import UsageError
from assistant.eventlog.engine import MONDAY, Engine
from assistant.process.figures import plural

if TYPE_CHECKING:
    from assistant.process.model import Calendar

DAY, WEEK = 86400, 604800
MOST_HOLIDAYS = 400


class OpenHours(NamedTuple):
    """The hours that count, and the days on which none does."""

    calendar: Calendar
    holidays: tuple[date, ...] = ()

    def sql(self, stamp: str, clock: str) -> str:
        """The open seconds up to a moment (seconds since a Monday midnight, on a clock shifted by minutes)."""
        from assistant.process.model import open_spans

        spans = open_spans(self.calendar)
        at = f"(({stamp}) + 60 * {clock})"
        week = f"floor({at} / {WEEK})"
        parts = [f"{week} * {sum(stop - start for start, stop in spans)}"]
        parts += [_clipped(f"({at} - {week} * {WEEK})", start, stop) for start, stop in spans]
        closed = [_clipped(at, start, stop) for day in self.holidays for start, stop in _on(day, spans)]
        return f"({' + '.join(parts)}{''.join(f' - {part}' for part in closed)})"

    def words(self) -> str:
        """What counts, for whoever reads the figures."""
        from assistant.process.outline_values import calendar as written

        off = f", {plural(len(self.holidays), 'holiday')} left out" if self.holidays else ""
        return (
            f"Cycle, working and waiting times count open hours only ({written(self.calendar)}{off}): a day in them is "
            "24 open hours. What is told of work by step, and the causes of waiting, are by the clock."
        )


def _clipped(at: str, start: float, stop: float) -> str:
    return f"least(greatest({at} - {start}, 0), {stop - start})"


def _on(day: date, spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The open hours of a day that would have been."""
    midnight = (day - MONDAY.date()).days * DAY
    own = day.weekday() * DAY
    return [(midnight + start - own, midnight + stop - own) for start, stop in spans if own <= start < own + DAY]


def open_hours(hours: str | None, holidays: str | None) -> OpenHours | None:
    """What --hours (`mon-fri 09:00-17:00; sat 09:00-12:00`) and --holidays (days with commas) say.

    None without hours. Raises UsageError.
    """
    if hours is None:
        if holidays:
            raise UsageError("--holidays needs the hours of the other days.", "", "Add --hours 'mon-fri 09:00-17:00'.")
        return None
    from pydantic import TypeAdapter, ValidationError

    from assistant.process.model import Calendar, open_spans
    from assistant.process.outline_values import read_calendar

    try:
        calendar: Calendar = TypeAdapter(Calendar).validate_python(read_calendar(hours))
    except (ValueError, ValidationError):
        calendar = ()
    if not calendar or not open_spans(calendar):
        raise UsageError(
            f"“{hours}” are no working hours.", "", "Write --hours 'mon-fri 09:00-17:00; sat 09:00-12:00'."
        )
    return OpenHours(calendar, _days(holidays or ""))


def _days(text: str) -> tuple[date, ...]:
    try:
        found = sorted({date.fromisoformat(part.strip()) for part in text.split(",") if part.strip()})
    except ValueError as error:
        raise UsageError(f"“{text}” are no holidays.", str(error), "Write --holidays 2026-01-01,2026-12-25.") from None
    if len(found) > MOST_HOLIDAYS:
        raise UsageError(f"{len(found)} holidays are too many.", "", f"Give {MOST_HOLIDAYS} at most.")
    return tuple(found)


def zone_of(name: str | None) -> ZoneInfo | None:
    """A zone by its name, such as Europe/Berlin. Raises UsageError."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"“{name}” is no zone that is known here.", "", "Write it as Europe/Berlin or UTC.") from None


def set_clock(engine: Engine, zone: ZoneInfo) -> str:
    """Set the stamps of `events` by the clock of a zone; what was done, in words."""
    row = engine.row(
        "SELECT least(min(start), min(complete)) AS low, greatest(max(start), max(complete)) AS high, "
        "count(*) FILTER (WHERE complete IS NOT NULL AND complete_shift IS NULL) AS bare FROM events"
    )
    if row["low"] is None:
        return ""
    changes = _changes(
        zone, MONDAY + timedelta(seconds=row["low"] - DAY), MONDAY + timedelta(seconds=row["high"] + DAY)
    )
    for kind in ("complete", "start", "loaded"):
        shift = f"coalesce({_shift(kind, changes)}, 0)"
        bare = _shift(kind, [(at + 60 * before, before, after) for at, before, after in changes])
        engine.run(
            f"UPDATE events SET {kind} = CASE WHEN {kind}_shift IS NULL THEN {kind} - 60 * ({bare}) ELSE {kind} END, "
            f"{kind}_shift = CASE WHEN {kind}_shift IS NULL THEN {bare} ELSE {shift} END WHERE {kind} IS NOT NULL"
        )
    taken = f"; {plural(row['bare'], 'stamp')} without an offset {'was' if row['bare'] == 1 else 'were'} taken as such"
    return f"Stamps are told by the clock of {zone.key}{taken if row['bare'] else ''}."


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> list[tuple[float, int, int]]:
    """When the clock changes between two moments: seconds since that Monday, minutes of shift before and after; first
    what holds from the beginning."""

    def shift(at: datetime) -> int:
        return round((at.astimezone(zone).utcoffset() or timedelta()).total_seconds() / 60)

    found = [(float("-inf"), shift(first), shift(first))]
    low = first
    while low < last:
        high = min(last, low + timedelta(days=7))
        if shift(low) != shift(high):
            found.append((_turn(low, high, shift(low), zone), shift(low), shift(high)))
        low = high
    return found


def _turn(low: datetime, high: datetime, before: int, zone: ZoneInfo) -> float:
    """The second at which the clock changes."""
    a, b = int(low.timestamp()), int(high.timestamp())
    while b - a > 1:
        middle = (a + b) // 2
        offset = datetime.fromtimestamp(middle, UTC).astimezone(zone).utcoffset() or timedelta()
        a, b = (middle, b) if round(offset.total_seconds() / 60) == before else (a, middle)
    return b - MONDAY.timestamp()


def _shift(kind: str, changes: list[tuple[float, int, int]]) -> str:
    """The minutes of shift at a stamp."""
    later = "".join(f"WHEN {kind} >= {at} THEN {after} " for at, _, after in reversed(changes[1:]))
    return f"CASE {later}ELSE {changes[0][2]} END" if later else str(changes[0][2])
