"""Which cases are over: an end is told from "still open" by how long a case has been silent, not by how often its
last activity is the last of others.

For each activity two things are estimated together (a survival model with a share that never goes on, fitted by
expectation and maximisation): the share of cases that end with it for good, and how long the others take until their
next event. A case whose last event is a refusal, however rare, and that has been silent for longer than cases that go
on ever are, is over; one that is silent for less may go on. What goes on after an activity is taken from that activity,
and from all of them together where it is hardly ever seen to go on. Where all are recent, so that nothing can be
learned from silence, the share of cases with the activity that have it as their last decides; two of two are no
certainty.

A young log shows the short waits only: whoever waits longer than the log is old is not seen to go on. Where cases take
a third as long to go on as the log has followed the activity, or longer, and hardly any has been silent for longer than
the longest gap, a share that ends there cannot be told from a wait that is longer still (Maller and Zhou 1992: the
follow-up is not sufficient), and nobody is called over who has not been silent for much longer than any wait seen.
Where no case was seen to go on, and others take longer than the log has followed, the ends stand, with a remark; so do
those of a log in which no case would be over otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.eventlog.engine import Engine
from assistant.eventlog.where_time_goes import FEWEST
from assistant.process.durations import humane
from assistant.process.figures import joined, plural

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[Any]

ROUNDS, OPEN_FROM = 60, 0.15  # an end is claimed on good evidence only
BORROWED = 3.0  # gaps of the whole log that are added to those of one activity
PRIOR = 8.0  # cases that the usual share of ends weighs
DOUBT = 0.5  # cases added to those that end with an activity and to those that go on from it
LOOKED_AT = 5_000_000  # events; of a longer log the gaps of evenly chosen cases stand for all
MOST = 4_000  # values that stand for all where there are more
TAIL = 0.1  # the longest tenth of the gaps gives the shape beyond the longest
ENOUGH = 3.0  # times as long as nine of ten gaps a log must have followed an activity to tell ends from waits,
BEYOND_ALL = 0.2  # or such a share of the silent cases be silent for longer than any gap
MOST_TOLD = 3
SEEN = 3  # gaps that show how long an activity takes to go on


def open_cases(engine: Engine) -> list[str]:
    """The table `still_open` of the cases with a fair chance to go on; remarks where the log is too young to tell."""
    import numpy as np

    each = 1 + int(engine.value("SELECT count(*) FROM ordered")) // LOOKED_AT
    gaps = engine.arrays(
        "SELECT before AS activity, done - done_before AS gap FROM ordered "
        f"WHERE before IS NOT NULL AND case_no % {each} = 0"
    )
    last = engine.arrays("last_steps")
    within = {row["activity"]: row["cases"] for row in engine.ask("within")}
    followed = {row["activity"]: row["seconds"] for row in engine.ask("followed")}
    by_activity = _parted(gaps["activity"], gaps["gap"])
    everything = _thin(np.sort(gaps["gap"]))
    going_on: list[Values] = []
    unlearned: list[Values] = []
    stopped = _parted(last["activity"], last["silent"])
    doubt = DOUBT if len(stopped) > 1 else 0.0  # where all cases stop after the same activity, that is the end
    for activity, silent in stopped.items():
        cases = last["case_no"][last["activity"] == activity]
        own = by_activity.get(activity, np.array([]))
        usual = (len(silent) + doubt) / (within[activity] + 2 * doubt)
        still = chances_open(own, silent, everything, usual, each) >= OPEN_FROM
        going_on.append(cases[still])
        if len(own) and len(stopped) > 1 and not _learned(own, silent, followed[activity]):
            unlearned.append(cases[~still & (silent <= ENOUGH * np.max(own))])
    guessed = sum(map(len, (*going_on, *unlearned))) == len(last["case_no"])
    found = np.concatenate([*going_on, *(() if guessed else unlearned)]) if going_on else np.array([], dtype=np.int64)
    engine.fill("still_open", "case_no BIGINT", ((int(case),) for case in np.sort(found)))
    if guessed and unlearned:
        return [
            f"The log is young: it tells of {humane(max(followed.values()))}, and cases go on after waits nearly as "
            "long, so which are over is a guess; name the real ends with --end."
        ]
    return _too_young(engine, by_activity, {activity: len(silent) for activity, silent in stopped.items()}, followed)


def _learned(gaps: Values, silent: Values, followed: float) -> bool:
    """Whether a log has followed an activity for long enough to tell its ends from long waits: much longer than most
    gaps, or with many cases that have been silent for longer than any gap."""
    import numpy as np

    return ENOUGH * _ninety(gaps) <= followed or float(np.mean(silent > np.max(gaps))) >= BEYOND_ALL


def _too_young(
    engine: Engine, gaps: Mapping[int, Values], stopped: Mapping[int, int], followed: Mapping[int, float]
) -> list[str]:
    """A remark on the activities after which nothing was seen in a shorter time than others take to go on."""
    usual = max((_ninety(gap) for gap in gaps.values() if len(gap) >= SEEN), default=0.0)
    young = [code for code in stopped if code not in gaps and stopped[code] >= FEWEST and followed[code] < usual]
    if not young or len(stopped) == 1:
        return []
    names = {row["code"]: row["name"] for row in engine.ask("SELECT code, name FROM activities")}
    told = joined([f"“{names[code]}” ({plural(stopped[code], 'case')})" for code in sorted(young)[:MOST_TOLD]])
    return [
        f"The log is young: nothing was seen to follow {told}, but it tells of no more than "
        f"{humane(max(followed[code] for code in young))} after that, and other steps take up to {humane(usual)} to go "
        "on. These cases count as closed; name the real ends with --end where they are not."
    ]


def _ninety(gaps: Values) -> float:
    import numpy as np

    return float(np.quantile(gaps, 0.9))


def _parted(keys: Values, values: Values) -> dict[int, Values]:
    """The values of each key."""
    import numpy as np

    if not len(keys):
        return {}
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    return dict(zip(keys[starts].tolist(), np.split(values, starts[1:]), strict=True))


def _thin(ordered: Values) -> Values:
    """So many of many values, evenly spread over their order: enough to tell how long things take."""
    import numpy as np

    return ordered if len(ordered) <= MOST else ordered[np.linspace(0, len(ordered) - 1, MOST).astype(int)]


def chances_open(gaps: Values, silent: Values, everything: Values, usual: float, each: int = 1) -> Values:
    """For each case that is silent after an activity the chance that it goes on.

    `gaps`: how long the others took to go on, each standing for so many (`each`); `everything`: the gaps of all
    activities in order; `usual`: the share of cases in which the activity is last. Of very many values evenly spread
    ones stand for all, by their weight.
    """
    import numpy as np

    if not len(silent):
        return np.array([])
    order = np.argsort(silent)
    times, own = _thin(silent[order]), _thin(np.sort(gaps))
    weights = (len(silent) / len(times), each * len(gaps) / len(own) if len(own) else 1.0)
    chances = _chances_open(own, times, _beyond(everything, times), usual, weights)
    if len(times) == len(silent):
        spread = chances
    else:
        spread = np.interp(silent[order], times, chances)
    back = np.empty(len(silent))
    back[order] = spread
    return back


def _chances_open(
    own: Values, silent: Values, others: Values, usual: float, weights: tuple[float, float]
) -> Values:  # fmt: skip
    """For each silence the chance that it ends.

    `others`: the share of all gaps longer than each silence; `weights`: how many cases and gaps a value stands for.
    """
    import numpy as np

    chance = np.full(len(silent), 0.5)
    cases, gaps = weights[0] * len(silent), weights[1] * len(own)
    for _ in range(ROUNDS):
        ends = (weights[0] * float(np.sum(1 - chance)) + PRIOR * usual) / (cases + gaps + PRIOR)
        longer = (gaps * _survival(own, silent, chance, weights) + BORROWED * others) / (gaps + BORROWED)
        on = (1 - ends) * longer
        now = on / np.maximum(on + ends, 1e-300)
        if float(np.max(np.abs(now - chance), initial=0.0)) < 1e-6:
            return now
        chance = now
    return chance


def _survival(gaps: Values, silent: Values, chance: Values, each: tuple[float, float]) -> Values:
    """The share of gaps longer than each silence (Kaplan and Meier): open cases count, by their chance, as gaps that
    were not seen to their end."""
    import numpy as np

    if not len(gaps):
        return np.zeros(len(silent))
    order = np.argsort(silent)
    weights = np.concatenate(([0.0], np.cumsum(chance[order]))) * each[0]
    censored = weights[-1] - weights[np.searchsorted(silent[order], gaps, side="left")]
    at_risk = np.arange(len(gaps), 0, -1) * each[1] + censored
    steps = np.concatenate(([1.0], np.cumprod(1 - each[1] / at_risk)))
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


def endings(engine: Engine) -> tuple[Ending, ...]:
    """How cases end, the most frequent first."""
    return tuple(Ending(row["activity"], row["closed"], row["open"]) for row in engine.ask("endings"))
