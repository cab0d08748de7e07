"""Who works when, and how many: hours and people of each role, as the stamps and names of a log show them.

Hours are told from stamps: days on which hardly anything happens are free, and the rest of the day is what holds all
but a hundredth of starts and ends. People are counted, never named: of those who work in a week, the median of the
weeks; without names, the most pieces of work that lie side by side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from assistant.eventlog.read_log import Event
from assistant.process.model import DAYS, Calendar, Hours

if TYPE_CHECKING:
    from assistant.simulation.clock import Clock

MONDAY = datetime(1970, 1, 5)
DAY, WEEK, HALF_HOUR = 86400, 604800, 1800
FEWEST_EVENTS, FEWEST_DAYS = 30, 5
FREE_DAY = 0.1  # of what a day of the week has on average
BEYOND = 0.005  # of the stamps may lie before, and as many after the hours
LONGEST_DAY = 20 * 3600


class Shift(NamedTuple):
    """One piece of work: start and end in seconds since a Monday midnight, and who did it."""

    start: float
    end: float
    person: str


@dataclass(frozen=True)
class Staff:
    """What is known of those who do some work: their hours (None: around the clock or unknown), how many they are."""

    calendar: Calendar | None = None
    people: int | None = None
    named: bool = False
    n: int = 0
    shifts: Sequence[Shift] = field(default=(), repr=False)

    def clock(self) -> Clock | None:
        """The hours as a clock; None for around the clock."""
        from assistant.simulation.clock import clock_of

        return clock_of(self.calendar, frozenset())

    def worked(self, start: datetime, end: datetime) -> float:
        """The seconds between two moments that lie within the hours."""
        clock = self.clock()
        if clock is None:
            return max(0.0, (end - start).total_seconds())
        return max(0.0, clock.elapsed(moment(end)) - clock.elapsed(moment(start)))


def moment(at: datetime) -> float:
    """Seconds since a Monday midnight by the clock on the wall."""
    return (at.replace(tzinfo=None) - MONDAY).total_seconds()


def shift(event: Event) -> Shift | None:
    """An event as a piece of work; None where its start is not recorded."""
    if event.start is None or event.complete is None or event.start > event.complete:
        return None
    return Shift(moment(event.start), moment(event.complete), event.resource)


def staff(shifts: Iterable[Shift]) -> Staff:
    """The hours and the people that some work shows."""
    ordered = sorted(shifts)
    calendar = hours([at for part in ordered for at in (part.start, part.end)])
    people, named = _people(ordered)
    return Staff(calendar, people, named, len(ordered), tuple(ordered))


def hours(stamps: Sequence[float]) -> Calendar | None:
    """The days and hours in which all but a hundredth of the stamps lie; None where they lie all around the clock."""
    if len(stamps) < FEWEST_EVENTS or len({at // DAY for at in stamps}) < FEWEST_DAYS:
        return None
    by_day = [0] * 7
    for at in stamps:
        by_day[int(at // DAY) % 7] += 1
    days = [day for day in range(7) if by_day[day] >= FREE_DAY * len(stamps) / 7]
    inside = sorted(at % DAY for at in stamps if int(at // DAY) % 7 in days)
    cut = int(BEYOND * len(inside))
    low = math.floor((inside[cut] + 60) / HALF_HOUR) * HALF_HOUR
    high = math.ceil((inside[-1 - cut] - 60) / HALF_HOUR) * HALF_HOUR
    if high - low >= LONGEST_DAY and len(days) == 7:
        return None
    if high - low >= LONGEST_DAY or high <= low:
        low, high = 0, DAY
    named = ",".join(_runs(days))
    return (Hours.model_validate({"days": named, "from": _clock(low), "to": _clock(high)}),)


def _runs(days: Sequence[int]) -> list[str]:
    """Days of the week as they are written: mon-fri, sun."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs]


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 3600:02}:{int(seconds) % 3600 // 60:02}"


def _people(shifts: Sequence[Shift]) -> tuple[int | None, bool]:
    """How many people do the work, and whether that is counted from names."""
    if len(shifts) < FEWEST_EVENTS:
        return None, False
    most = at_once(shifts)
    named = [part for part in shifts if part.person]
    if len(named) < 0.9 * len(shifts):
        return most, False
    weeks: dict[int, set[str]] = {}
    for part in named:
        weeks.setdefault(int(part.start // WEEK), set()).add(part.person)
    inner = [len(weeks[week]) for week in sorted(weeks)]
    inner = inner[1:-1] if len(inner) > 4 else inner  # the first and last week may be cut
    return max(1, round(median(inner))), True


def at_once(shifts: Sequence[Shift]) -> int:
    """The most pieces of work that lie side by side, but for the rarest hundredth of the time at work."""
    edges = sorted([(part.start, 1) for part in shifts] + [(part.end, -1) for part in shifts])
    spent: dict[int, float] = {}
    level, before = 0, edges[0][0]
    for at, step in edges:
        spent[level] = spent.get(level, 0.0) + at - before
        level, before = level + step, at
    spent.pop(0, None)
    total, left = sum(spent.values()), 0.0
    for height in sorted(spent, reverse=True):
        left += spent[height]
        if left >= 0.01 * total:
            return height
    return 1
