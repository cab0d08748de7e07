"""Playing until the interval is narrow enough, or until the budget is spent."""

from __future__ import annotations

from typing import NamedTuple

from assistant.errors import UsageError
from assistant.process.model import Process
from assistant.process.tree import walk
from assistant.simulation.results import METRICS, Result
from assistant.simulation.run import simulate

FIRST = 10
HUGE, FEWEST = 250, 10
"""Blocks of a process from which the least number of cases shrinks too, so that it takes no longer; and how far."""


def cases_that_fit(process: Process, cases: int, usual: int, least: int) -> int:
    """So many cases that a process takes about as long to play as one of `usual` blocks with `cases`, at least `least`.

    What a case takes is a sum over its steps: where there are more of them, its mean is as sure from fewer cases.
    """
    size = sum(1 for _ in walk(process))
    return min(cases, max(least_of(size, least), cases * usual // max(usual, size)))


def least_of(size: int, least: int) -> int:
    """The least number of cases for a process of `size` blocks: `least`, and of a huge one fewer, down to ten."""
    return least if size <= HUGE else max(FEWEST, least * HUGE // size)


class Precise(NamedTuple):
    """The last result, how wide its interval is (half of it over the mean), and whether that was narrow enough."""

    result: Result
    width: float
    reached: bool


def simulate_until(
    process: Process, *, precision: float = 0.05, metric: str = "cycle_time", cases: int = 1000,
    most_replications: int = 200, seed: int = 1, workers: int = 1,
) -> Precise:  # fmt: skip
    """Play more and more replications until half the 95 % interval of `metric` is at most `precision` of its mean.

    The budget is a number of replications, not of seconds, so that the same seed gives the same answer. The number for
    the next attempt is what the width so far asks for (Law, Simulation Modeling and Analysis, 5th ed., 9.4.1). Raises
    UsageError for an unknown metric or a precision that is not above zero.
    """
    if metric not in METRICS or precision <= 0:
        raise UsageError(f"Known metrics: {', '.join(METRICS)}; the precision is a share above zero.")
    number = max(2, min(FIRST, most_replications))
    while True:
        result = simulate(process, cases=cases, replications=number, seed=seed, workers=workers)
        width = relative_width(result, metric)
        if width <= precision or number >= most_replications:
            return Precise(result, width, width <= precision)
        needed = int(number * (width / precision) ** 2) + 1
        number = min(most_replications, max(needed, number + number // 4 + 1), number * 4)


def relative_width(result: Result, metric: str) -> float:
    """Half the interval of a metric over its mean; 0 when both are 0."""
    figure = getattr(result, metric)
    half = (figure.high - figure.low) / 2
    return 0.0 if half == 0 else half / abs(figure.mean) if figure.mean else float("inf")
