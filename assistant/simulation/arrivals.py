"""When cases come: gaps between arrivals, laid out over the hours and weekdays on which they come.

The gap of the volume is the mean over the time in which cases come: with a calendar only its open hours count. Rates by
hour and by weekday are weights; they move arrivals to other hours of that time and leave the mean gap as it is.
(Inversion of the cumulative rate: Çinlar, Introduction to Stochastic Processes, 1975, section 4.7.)
"""

from __future__ import annotations

import numpy as np

from assistant.process.model import Process, Volume, open_spans
from assistant.simulation.clock import DAY, WEEK, Segments, clock_of, holiday_days
from assistant.simulation.draws import BLOCK, Draws, Floats, moved, sampler, stream_key

HOUR = 3600.0


class Arrivals:
    """The arrivals of one replication, in seconds from time 0, a block of cases at a time."""

    def __init__(self, process: Process, draws: Draws) -> None:
        assert process.volume is not None
        self._gap = sampler(process.volume.between)
        self._key = stream_key(draws.seed, draws.replication, "arrivals")
        self._pattern = _Pattern(process.volume, process) if _uneven(process.volume) else None
        self._reached = 0.0

    def block(self, number: int) -> list[float]:
        """The arrivals of block `number`; to be asked for in order."""
        times = self._reached + np.cumsum(self._gap(moved(self._key, number), BLOCK))
        self._reached = float(times[-1])
        found: list[float] = (self._pattern.moments(times) if self._pattern else times).tolist()
        return found


class Starts:
    """Where no volume is known: each case starts when the one before is over.

    With calendars it starts at a random moment of the open hours of the week that follows, so that the figures do not
    hang on the time of day at which the case before happened to end.
    """

    def __init__(self, process: Process, draws: Draws) -> None:
        used = [hours for role in process.roles if role.calendar for hours in role.calendar]
        self._clock = clock_of(tuple(used), holiday_days(process.holidays))
        self._key = stream_key(draws.seed, draws.replication, "starts")
        self._shares: list[float] = []

    def after(self, number: int, t: float) -> float:
        """The start of case `number`, the one before having ended at `t`."""
        if self._clock is None:
            return t
        if number % BLOCK == 0:
            self._shares = moved(self._key, number // BLOCK).random(BLOCK).tolist()
        return self._clock.finish(t, self._shares[number % BLOCK] * self._clock.open_week)


def _uneven(volume: Volume) -> bool:
    return bool(volume.calendar or volume.by_hour or volume.by_weekday)


class _Pattern:
    """The cumulative rate over a week, and over the weeks up to the last holiday."""

    def __init__(self, volume: Volume, process: Process) -> None:
        segments = open_spans(volume.calendar) if volume.calendar else [(d * DAY, (d + 1) * DAY) for d in range(7)]
        edges = sorted({h * HOUR for h in range(169)} | {edge for segment in segments for edge in segment})
        points = np.array(edges)
        rates = np.array([_rate(volume, segments, edge) for edge in edges[:-1]])
        lengths = np.diff(points)
        open_seconds = sum(stop - start for start, stop in segments)
        total = float((rates * lengths).sum())
        if total <= 0:
            rates = np.array([float(_open(segments, edge)) for edge in edges[:-1]])
            total = float((rates * lengths).sum())
        self._week = open_seconds
        grown = rates * lengths * (open_seconds / total)
        self._points, self._reached = points, np.concatenate(([0.0], np.cumsum(grown)))
        holidays = holiday_days(process.holidays) if volume.calendar else frozenset()
        self._head_points, self._head_reached = self._head(points, grown, holidays)

    def _head(self, points: Floats, grown: Floats, holidays: frozenset[int]) -> tuple[Floats, Floats]:
        """The weeks up to the last holiday, written out, with nothing coming on holidays."""
        weeks = max(holidays) // 7 + 1 if holidays else 0
        moments = (np.arange(weeks)[:, None] * WEEK + points[:-1][None, :]).ravel()
        amounts = np.tile(grown, weeks)
        amounts[np.isin((moments // DAY).astype(np.int64), list(holidays))] = 0.0
        return np.append(moments, weeks * WEEK), np.concatenate(([0.0], np.cumsum(amounts)))

    def moments(self, reached: Floats) -> Floats:
        """The moments at which the cumulative rate reaches these amounts."""
        head = float(self._head_reached[-1])
        past = np.maximum(reached - head, 0.0)
        weeks, rest = np.divmod(past, self._week)
        tail = float(self._head_points[-1]) + weeks * WEEK + np.interp(rest, self._reached, self._points)
        early = np.interp(reached, self._head_reached, self._head_points)
        found: Floats = np.where(reached < head, early, tail)
        return found


def _open(segments: Segments, moment: float) -> bool:
    return any(start <= moment < stop for start, stop in segments)


def _rate(volume: Volume, segments: Segments, moment: float) -> float:
    if not _open(segments, moment):
        return 0.0
    by_hour = volume.by_hour[int(moment % DAY // HOUR)] if volume.by_hour else 1.0
    by_day = volume.by_weekday[int(moment // DAY)] if volume.by_weekday else 1.0
    return by_hour * by_day
