"""Which cases are over: an end is told from "still open" by how long a case has been silent, not by how often its
last activity is the last of others.

For each activity two things are estimated together (a survival model with a share that never goes on, fitted by
expectation and maximisation): the share of cases that end with it for good, and how long the others take until their
next event. A case whose last event is a refusal, however rare, and that has been silent for longer than cases that go
on ever are, is over; one that is silent for less may go on. What goes on after an activity is taken from that activity,
and from all of them together where it is hardly ever seen to go on. Where all are recent, so that nothing can be
learned from silence, the share of cases with the activity that have it as their last decides.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.eventlog.labels import plain_label

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[Any]

ROUNDS, OPEN_FROM = 60, 0.15  # an end is claimed on good evidence only
BORROWED = 3.0  # gaps of the whole log that are added to those of one activity
PRIOR = 8.0  # cases that the usual share of ends weighs
TAIL = 0.1  # the longest tenth of the gaps gives the shape beyond the longest


class Step(NamedTuple):
    """What the model needs of one event: its activity (plain label) and its moment."""

    label: str
    at: datetime


def open_cases(traces: Mapping[str, Sequence[Step]]) -> frozenset[str]:
    """The cases with a fair chance to go on; each trace in order of time and not empty."""
    import numpy as np

    end = max((trace[-1].at for trace in traces.values()), default=None)
    if end is None:
        return frozenset()
    gaps: dict[str, list[float]] = {}
    silent: dict[str, list[tuple[float, str]]] = {}
    within = Counter(label for trace in traces.values() for label in {step.label for step in trace})
    for case, trace in traces.items():
        for step, after in itertools.pairwise(trace):
            gaps.setdefault(step.label, []).append((after.at - step.at).total_seconds())
        silent.setdefault(trace[-1].label, []).append(((end - trace[-1].at).total_seconds(), case))
    everything = np.sort(np.array([gap for values in gaps.values() for gap in values]))
    found: set[str] = set()
    for label, last in silent.items():
        times = np.array([time for time, _ in last])
        usual = len(last) / within[label]
        chances = _chances_open(np.array(gaps.get(label, [])), times, _beyond(everything, times), usual)
        found.update(case for (_, case), chance in zip(last, chances, strict=True) if chance >= OPEN_FROM)
    return frozenset(found)


def _chances_open(gaps: Values, silent: Values, others: Values, usual: float) -> Values:
    """For each silent case the chance that it goes on.

    `others`: the share of all gaps longer than each silence; `usual`: the share of cases in which the activity is last.
    """
    import numpy as np

    own = np.sort(gaps)
    chance = np.full(len(silent), 0.5)
    total = len(gaps) + len(silent)
    for _ in range(ROUNDS):
        ends = (float(np.sum(1 - chance)) + PRIOR * usual) / (total + PRIOR)
        longer = (len(own) * _survival(own, silent, chance) + BORROWED * others) / (len(own) + BORROWED)
        on = (1 - ends) * longer
        now = on / np.maximum(on + ends, 1e-300)
        if float(np.max(np.abs(now - chance), initial=0.0)) < 1e-6:
            return now
        chance = now
    return chance


def _survival(gaps: Values, silent: Values, chance: Values) -> Values:
    """The share of gaps longer than each silence (Kaplan and Meier): open cases count, by their chance, as gaps that
    were not seen to their end."""
    import numpy as np

    if not len(gaps):
        return np.zeros(len(silent))
    order = np.argsort(silent)
    weights = np.concatenate(([0.0], np.cumsum(chance[order])))
    censored = weights[-1] - weights[np.searchsorted(silent[order], gaps, side="left")]
    at_risk = np.arange(len(gaps), 0, -1) + censored
    steps = np.concatenate(([1.0], np.cumprod(1 - 1 / at_risk)))
    edge = _edge(gaps)
    level = float(steps[np.searchsorted(gaps, edge, side="right")])
    # beyond the longest gap only the tail counts: a level that never falls would explain every end as a long wait
    within = np.where(silent <= gaps[-1], steps[np.searchsorted(gaps, silent, side="right")], 0.0)
    return np.maximum(within, _tail(gaps, silent, edge, level))


def _beyond(gaps: Values, times: Values) -> Values:
    """The share of gaps that are longer than each time."""
    import numpy as np

    if not len(gaps):
        return np.zeros(len(times))
    share = 1 - np.searchsorted(gaps, times, side="right") / len(gaps)
    return np.maximum(share, _tail(gaps, times, _edge(gaps), TAIL))


def _edge(gaps: Values) -> float:
    import numpy as np

    return float(np.quantile(gaps, 1 - TAIL))


def _tail(gaps: Values, times: Values, edge: float, level: float) -> Values:
    """The exponential tail of gaps beyond an edge, where the share `level` of them lies; nothing below it."""
    import numpy as np

    over = gaps[gaps > edge]
    mean = max(float(np.mean(over - edge)) if len(over) else 0.0, 0.05 * edge, 1.0)
    return np.where(times > edge, level * np.exp(-np.maximum(times - edge, 0) / mean), 0.0)


class Ending(NamedTuple):
    """An activity with which cases end: its name, how many closed and how many open cases have it as their last."""

    activity: str
    closed: int
    open: int


def endings(last: Mapping[str, str], still_open: frozenset[str]) -> tuple[Ending, ...]:
    """How cases end, the most frequent first. `last`: the name of each case's last activity as recorded."""
    counts: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for case, name in sorted(last.items()):
        label = plain_label(name)
        names.setdefault(label, name)
        counts.setdefault(label, [0, 0])[case in still_open] += 1
    ordered = sorted(counts, key=lambda label: (-counts[label][0], -counts[label][1], label))
    return tuple(Ending(names[label], *counts[label]) for label in ordered)
