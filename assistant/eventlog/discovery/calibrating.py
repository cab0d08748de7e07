"""The measured process played, and how far the play is from what was recorded, before anything is tried on it.

Two processes are measured: one with the people and hours that were recorded, whose queues are played, and one whose
waits are those that were recorded, queues and nights included. The first can tell what more people would bring; it is
taken where its play comes as close to the log as is promised; where neither does, the closer one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from assistant.errors import AssistantError
from assistant.eventlog.discovery.doing import Doing
from assistant.eventlog.discovery.looking import look
from assistant.eventlog.discovery.measuring import FEWEST, Measured, measured
from assistant.eventlog.discovery.replay import Account
from assistant.eventlog.discovery.splits_of_a_log import Way
from assistant.eventlog.read_log import Event
from assistant.process.durations import humane
from assistant.process.model import Process
from assistant.process.statistics import quantile

MEDIAN_WITHIN, NINETY_WITHIN = 0.05, 0.10
"""How far a play may be from the log."""
KOLMOGOROV = 1.36
MOST_CASES, LEAST_CASES, REPLICATIONS = 1000, 200, 10


class Fit(NamedTuple):
    """The cycle time played beside the one recorded, in seconds; `distance`: the largest difference between the shares
    of cases done by any moment (Kolmogorov), 0 to 1; `people`: whether people and hours are played."""

    played_p50: float
    played_p90: float
    recorded_p50: float
    recorded_p90: float
    distance: float
    people: bool
    n: int

    @property
    def off(self) -> tuple[float, float]:
        """How far median and nine of ten are off, as shares of what was recorded."""
        return (
            abs(self.played_p50 - self.recorded_p50) / max(1.0, self.recorded_p50),
            abs(self.played_p90 - self.recorded_p90) / max(1.0, self.recorded_p90),
        )

    @property
    def close(self) -> bool:
        """Whether both are as near as is promised."""
        return self.off[0] <= MEDIAN_WITHIN and self.off[1] <= NINETY_WITHIN

    @property
    def by_chance(self) -> bool:
        """Whether so many recorded cases lie as far from a play of the same process once in twenty times (Kolmogorov,
        Smirnov); the play is counted as if it had no chance in it."""
        return self.distance <= KOLMOGOROV / math.sqrt(self.n)

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return {**self._asdict(), "close": self.close, "by_chance": self.by_chance}


class Calibrated(NamedTuple):
    """The measured process and how its play compares; no fit where it cannot be played."""

    measured: Measured
    fit: Fit | None


def calibrated(
    process: Process, accounts: Sequence[Account], cases: Mapping[Way, Sequence[Sequence[Event]]], seen: Doing,
    cycles: Sequence[float], begins: Sequence[datetime],
) -> Calibrated:  # fmt: skip
    """The process measured both ways, the better one taken; `cycles`: the recorded cycle times, in seconds;
    `begins`: when cases began, in order."""
    ways = [
        Calibrated(made, fitted(made.process, cycles, people))
        for people in (True, False)
        for made in [measured(process, look(process, accounts, cases, seen, people), seen, begins, people)]
    ]
    with_people, as_recorded = ways
    if with_people.fit is None or as_recorded.fit is None:
        return with_people if with_people.fit else as_recorded
    if not any(role.capacity or role.calendar for role in with_people.measured.process.roles):
        return as_recorded
    if with_people.fit.close or as_recorded.fit.close:
        return with_people if with_people.fit.close else as_recorded
    return min(ways, key=lambda way: way.fit.distance if way.fit else 1.0)


def fitted(process: Process, cycles: Sequence[float], people: bool) -> Fit | None:
    """A play of a process beside recorded cycle times; None where it cannot be played or too little was recorded."""
    import numpy as np

    from assistant.simulation.run import simulate

    if len(cycles) < FEWEST:
        return None
    many = min(MOST_CASES, max(LEAST_CASES, len(cycles)))
    try:
        played = simulate(process, cases=many, replications=REPLICATIONS, workers=1)
    except AssistantError:
        return None
    times, recorded = np.sort(np.concatenate(played.cycle_times)), np.sort(np.array(cycles))
    edges = np.concatenate((times, recorded))
    shares = [np.searchsorted(values, edges, side="right") / len(values) for values in (times, recorded)]
    return Fit(
        played_p50=quantile(times, 0.5),
        played_p90=quantile(times, 0.9),
        recorded_p50=quantile(recorded, 0.5),
        recorded_p90=quantile(recorded, 0.9),
        distance=float(np.abs(shares[0] - shares[1]).max()),
        people=people,
        n=len(cycles),
    )


def fit_lines(fit: Fit) -> list[str]:
    """The play beside the log, as a person reads it."""
    how = (
        "with the people and hours recorded, so queues are played"
        if fit.people
        else "with the waits recorded, queues and nights in them, so more people change nothing in a play"
    )
    verdict = "too far apart to trust a what-if on it: the log holds more than the process tells"
    if fit.close:
        verdict = "close enough to try changes on"
    elif fit.by_chance:
        verdict = f"no more than chance gives with {fit.n:,} cases, so changes can be tried on it"
    return [
        f"  Played with these figures ({how}): median {humane(fit.played_p50)}, nine of ten within "
        f"{humane(fit.played_p90)}; recorded {humane(fit.recorded_p50)} and {humane(fit.recorded_p90)} "
        f"(n = {fit.n:,}).",
        f"  At no moment are the shares of cases done more than {100 * fit.distance:.0f} % apart: {verdict}.",
    ]
