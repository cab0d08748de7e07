"""What a simulation says: figures with 95 % intervals over replications.

Definitions. Cycle time: end minus start of a case. Work time: the time somebody works on the case, parallel work
counted once, pauses outside working hours left out. Waiting time: cycle time minus work time. Flow efficiency: the sum
of work times over the sum of cycle times (a ratio of sums, not a mean of ratios). Effort: work without the union,
counted once for every role that takes part. Error-free: the share of cases that end with no undetected error. Rework:
the share of cases in which some work was done again (a loop went round or an error was mended).

An interval is Student's t over the means of the replications, which are independent of one another (Law, Simulation
Modeling and Analysis, 5th ed., 9.4.1). Waiting times lean to one side, so that a plain t misses more often than one
time in twenty; from ten replications on the limits are adjusted for that lean (Willink, A confidence interval and test
for the mean of an asymmetric distribution, Communications in Statistics 34:4, 2005).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from assistant.process.statistics import quantile, student

METRICS = (
    "cycle_time",
    "waiting_time",
    "work_time",
    "cost_per_case",
    "flow_efficiency",
    "throughput_per_day",
    "error_free",
    "rework",
)
ENOUGH_FOR_SKEWNESS = 10


@dataclass(frozen=True)
class Estimate:
    """A figure: its mean over the replications with a 95 % interval, the median and the 90th percentile.

    `p50` and `p90` are over cases where the figure belongs to a case (cycle, waiting and work time, cost), otherwise
    over replications.
    """

    mean: float
    low: float
    high: float
    p50: float
    p90: float
    unit: str

    def document(self) -> dict[str, Any]:
        """The figure as plain JSON data."""
        return {spec.name: getattr(self, spec.name) for spec in fields(self)}


def estimate(
    values: Sequence[float], unit: str, *, least: float = -math.inf, most: float = math.inf,
    p50: Sequence[float] | None = None, p90: Sequence[float] | None = None,
) -> Estimate:  # fmt: skip
    """The estimate of the mean of independent `values`, one a replication, cut to what is possible.

    `p50` and `p90` are the percentiles over cases, one a replication; without them those of `values` are taken. With
    fewer than two values there is no interval: it is the mean alone.
    """
    n = len(values)
    if not n:
        return Estimate(0.0, 0.0, 0.0, 0.0, 0.0, unit)
    mean = math.fsum(values) / n
    low, high = _limits(values, mean)
    in_order = values if n == 1 else sorted(values) if not (p50 and p90) else ()
    middle = math.fsum(p50) / len(p50) if p50 else quantile(in_order, 0.5)
    upper = math.fsum(p90) / len(p90) if p90 else quantile(in_order, 0.9)
    return Estimate(mean, max(least, low), min(most, high), middle, upper, unit)


def _limits(values: Sequence[float], mean: float) -> tuple[float, float]:
    """The 95 % limits of the mean: Student's, with enough values adjusted for their skewness."""
    n = len(values)
    if n == 1:
        return mean, mean
    sd = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))
    if sd == 0:
        return mean, mean
    t, error = student(0.975, n - 1), sd / math.sqrt(n)
    if n < ENOUGH_FOR_SKEWNESS:
        return mean - t * error, mean + t * error
    skewness = n / ((n - 1) * (n - 2)) * math.fsum(((value - mean) / sd) ** 3 for value in values)
    lean = skewness / (6 * math.sqrt(n))
    if abs(lean) < 1e-6:
        return mean - t * error, mean + t * error

    def adjusted(point: float) -> float:
        return (math.cbrt(1 + 6 * lean * (point - lean)) - 1) / (2 * lean)

    return mean - adjusted(t) * error, mean - adjusted(-t) * error


@dataclass(frozen=True)
class RoleResult:
    """How busy a role is. `load` is the work that comes over what the pool can do (above 1: too much for it).

    `utilisation` is the load cut at 1, and 0 where a told wait was played for the queue of a role with too much
    work; `busy` the people at work on average; `uses` the pieces of work a case brings; `queue_wait` the seconds
    each waits for the role, by queue or outside its hours.
    """

    id: str
    utilisation: Estimate
    queue_wait: Estimate
    load: Estimate
    busy: Estimate
    uses: Estimate


@dataclass(frozen=True)
class TaskResult:
    """How often a step runs among the counted cases, and the seconds one execution waits and works.

    `wait` is everything from the moment the case gets there to the start of work: lying, batch, queue and closing
    hours; `queue` the part of it spent on queue and closing hours.
    """

    count: Estimate
    wait: Estimate
    work: Estimate
    queue: Estimate


@dataclass(frozen=True)
class WarmUp:
    """How the beginning was dealt with: `lead` cases ran before the counted ones, `cut` counted ones were left out."""

    lead: int
    cut: int
    method: str


@dataclass(frozen=True)
class Result:
    """The outcome of a simulation; all times in seconds. `seconds` is the simulated time of one replication.

    `series` holds the metrics replication by replication, for paired comparison; `cycle_times` the sorted cycle times
    of the counted cases of each replication.
    """

    cases: int
    replications: int
    seed: int
    seconds: float
    cycle_time: Estimate
    waiting_time: Estimate
    work_time: Estimate
    cost_per_case: Estimate
    throughput_per_day: Estimate
    flow_efficiency: Estimate
    error_free: Estimate
    rework: Estimate
    effort: Estimate
    wip: Estimate
    little: Estimate
    roles: Mapping[str, RoleResult]
    tasks: Mapping[str, TaskResult]
    waits: Mapping[str, Estimate]
    outcomes: Mapping[str, Estimate]
    warm_up: WarmUp
    notes: tuple[str, ...] = ()
    series: Mapping[str, tuple[float, ...]] = field(default_factory=dict, repr=False)
    cycle_times: tuple[Any, ...] = field(default=(), repr=False, compare=False)

    @property
    def endless(self) -> bool:
        """Whether a queue that was played grows with every case: no time of such a play says anything."""
        return any(role.load.mean >= 1 and role.utilisation.mean > 0 for role in self.roles.values())

    def within(self, limit: float) -> Estimate:
        """The share of cases whose cycle time is at most `limit` seconds."""
        shares = [float(times.searchsorted(limit, side="right")) / len(times) for times in self.cycle_times]
        return estimate(shares, "share", least=0.0, most=1.0)

    def document(self) -> dict[str, Any]:
        """The result as plain JSON data: what `assistant simulate --json` prints. Same seed, same bytes."""
        hidden = {"series", "cycle_times"}
        return {spec.name: _plain(getattr(self, spec.name)) for spec in fields(self) if spec.name not in hidden}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Estimate):
        return value.document()
    if isinstance(value, RoleResult | TaskResult | WarmUp):
        return {spec.name: _plain(getattr(value, spec.name)) for spec in fields(value)}
    return value


def difference(a: Result, b: Result, metric: str) -> Estimate:
    """`b` minus `a` in a metric of METRICS, paired over replications (which share their random numbers).

    Raises KeyError for an unknown metric and ValueError when the two were not played as often or with another seed.
    """
    if a.replications != b.replications or a.seed != b.seed:
        raise ValueError("two results are compared replication by replication: same seed, same number")
    unit: str = getattr(a, metric).unit if metric in METRICS else ""
    pairs = zip(a.series[metric], b.series[metric], strict=True)
    return estimate([after - before for before, after in pairs], unit)


def moved(result: Result, there: Result, here: Result) -> Result:
    """A result moved by what another process' figures are here over what they were `there`, shares kept possible."""
    spans: dict[str, Any] = {
        name: _moved(getattr(result, name), getattr(there, name), getattr(here, name)) for name in METRICS
    }
    outcomes = {
        name: _moved(share, there.outcomes[name], here.outcomes[name])
        if name in there.outcomes and name in here.outcomes
        else share
        for name, share in result.outcomes.items()
    }
    return replace(result, **spans, outcomes=outcomes)


def _moved(one: Estimate, there: Estimate, here: Estimate) -> Estimate:
    most = 1.0 if one.unit == "share" else math.inf
    by = {name: getattr(here, name) - getattr(there, name) for name in ("mean", "p50", "p90")}
    by["low"] = by["high"] = by["mean"]
    found: dict[str, Any] = {name: min(most, max(0.0, getattr(one, name) + shift)) for name, shift in by.items()}
    if found["p90"] < found["p50"]:  # the shifts are of two plays and may cross: what was played lies so far apart
        found["p90"] = min(most, found["p50"] + one.p90 - one.p50)
    return replace(one, **found)
