"""Working hours: when a role is at work, when a piece of work begun now will be done.

Time 0 of a play is a Monday at 00:00; with holidays it is the first Monday of the year of the first holiday. Work
pauses outside the hours and goes on at the next opening.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from assistant.process.model import Calendar, open_spans

DAY = 86400.0
WEEK = 7 * DAY
HORIZON_DAYS = 20 * 366
MANY_WEEKS = 520
FOREVER = 1e14  # seconds, three million years: from here on clocks are not looked at any more
Floats = NDArray[np.float64]
Segments = list[tuple[float, float]]


def holiday_days(dates: Iterable[str]) -> frozenset[int]:
    """Holidays as numbers of days from time 0. A date that does not exist, or lies decades ahead, is passed over."""
    days = sorted(day for text in dates if (day := _date(text)))
    if not days:
        return frozenset()
    first = date(days[0].year, 1, 1)
    monday = first + timedelta(days=(7 - first.weekday()) % 7)
    return frozenset(n for day in days if 0 <= (n := (day - monday).days) <= HORIZON_DAYS)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class Clock:
    """Open hours that repeat every week, but for holidays. `segments` must not be empty."""

    __slots__ = ("_at", "_holidays", "_last", "_start", "_starts", "_stop", "_stops", "_week", "open_week")

    def __init__(self, segments: Segments, holidays: frozenset[int] = frozenset()) -> None:
        self._starts = [start for start, _ in segments]
        self._stops = [stop for _, stop in segments]
        self._holidays = holidays
        self._last = (max(holidays) + 1) * DAY if holidays else 0.0
        self._start = self._stop = -1.0  # the open span found last, where most questions fall again
        self._week, self._at = 0.0, 0  # where that one stands: the start of its week, and its number in it
        self.open_week = sum(stop - start for start, stop in segments)

    @property
    def holidays(self) -> frozenset[int]:
        """The days on which nobody works, counted from time 0."""
        return self._holidays

    def segments(self) -> Segments:
        """The open hours of an ordinary week."""
        return list(zip(self._starts, self._stops, strict=True))

    def _span(self, t: float) -> None:
        """Set the remembered span to the one that holds `t`, or the next one after it."""
        while True:
            week = t // WEEK * WEEK
            at = bisect_right(self._stops, t - week)
            if at == len(self._stops):
                t = week + WEEK
                continue
            start = week + self._starts[at]
            if self._holidays and (day := int(start // DAY)) in self._holidays:
                t = (day + 1) * DAY
                continue
            self._start, self._stop = start, week + self._stops[at]
            self._week, self._at = week, at
            return

    def _next(self) -> None:
        """Set the remembered span to the one after it: work of days goes through many, one after the other."""
        week, at = self._week, self._at + 1
        if at == len(self._stops):
            week, at = week + WEEK, 0
        start = week + self._starts[at]
        if self._holidays and start // DAY in self._holidays:
            self._span(start)
            return
        self._start, self._stop = start, week + self._stops[at]
        self._week, self._at = week, at

    def span(self, t: float) -> tuple[float, float]:
        """The open hours that hold `t`, or the next ones after it; from FOREVER on there is no closing any more."""
        if t >= FOREVER:
            return t, float("inf")
        if not self._start <= t < self._stop:
            self._span(t)
        return self._start, self._stop

    def _spans_of(self, t: Floats) -> tuple[Floats, Floats]:
        """`span` for many moments at once: the openings and the closings."""
        starts, stops, holidays = np.array(self._starts), np.array(self._stops), list(self._holidays)
        low, high = t.copy(), np.full(len(t), np.inf)
        left = np.flatnonzero(t < FOREVER)
        moments = t[left]
        while len(left):
            week = moments // WEEK * WEEK
            at = np.searchsorted(stops, moments - week, side="right")
            over = at == len(stops)
            week[over] += WEEK
            at[over] = 0
            low[left], high[left] = week + starts[at], week + stops[at]
            days = low[left] // DAY
            closed = np.isin(days, holidays)
            left, moments = left[closed], (days[closed] + 1) * DAY
        return low, high

    def worked(self, asked: Floats, work: Floats) -> tuple[Floats, Floats]:
        """`begin` and `finish` for many pieces of work at once."""
        low, high = self._spans_of(asked)
        start = np.maximum(asked, low)
        end = start + work
        for late in np.flatnonzero(end > high).tolist():
            end[late] = self.finish(float(start[late]), float(work[late]))
        return start, end

    def begin(self, t: float) -> float:
        """The first moment from `t` on at which it is open."""
        if self._start <= t < self._stop:
            return t
        if t >= FOREVER:
            return t
        self._span(t)
        return t if t > self._start else self._start

    def finish(self, t: float, work: float) -> float:
        """When `work` seconds of work begun at `t` (or at the next opening) are done."""
        t = self.begin(t)
        while work > self._stop - t and t + work < FOREVER:
            work -= self._stop - t
            self._next()
            t = self._start
            if work > self.open_week and t >= self._last:  # whole weeks need not be walked through day by day
                weeks = work // self.open_week
                work -= weeks * self.open_week
                t = self.begin(t + weeks * WEEK)
        return t + work

    def spans(self, start: float, end: float) -> Segments:
        """The open parts of the time from `start` to `end`; of many years only their length, in one piece."""
        if end - start > MANY_WEEKS * WEEK:
            return [(start, start + self.elapsed(end) - self.elapsed(start))]
        found: Segments = []
        while start < end:
            start = self.begin(start)
            if start >= end:
                break
            found.append((start, min(end, self._stop)))
            start = self._stop
        return found

    def elapsed(self, t: float) -> float:
        """The open seconds from time 0 to `t`."""
        week, rest = divmod(t, WEEK)
        total = week * self.open_week + _within(self.segments(), 0.0, rest)
        for day in self._holidays:
            if day * DAY < t:
                first = (day % 7) * DAY
                total -= _within(self.segments(), first, min(first + DAY, first + t - day * DAY))
        return float(total)


def _within(segments: Segments, low: float, high: float) -> float:
    return sum(max(0.0, min(stop, high) - max(start, low)) for start, stop in segments)


def together(first: Clock, second: Clock) -> Clock | None:
    """The hours in which both are at work; None when they never are."""
    common = [
        (max(a, c), min(b, d)) for a, b in first.segments() for c, d in second.segments() if max(a, c) < min(b, d)
    ]
    return Clock(sorted(common), first.holidays | second.holidays) if common else None


def clock_of(calendar: Calendar | None, holidays: frozenset[int]) -> Clock | None:
    """The clock of a calendar; None for around the clock."""
    return Clock(open_spans(calendar), holidays) if calendar else None
