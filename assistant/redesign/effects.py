"""What a change does to time, cost, quality and flexibility, each with its interval where it is simulated.

Time is the cycle time, cost the cost of a case (its hands-on time where nobody gave a price), quality the share of
cases that end without an undetected error (or, where nobody gave an error rate, the share done again). Flexibility is a
structural index from 0 to 100, the mean of three shares: of hands-on time that more than one person or software can do;
of roles that do more than one step; of capacity that is free at the busiest role. It is computed, not simulated, and
says only which way the structure moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.process.blocks import AnyOf, Loop, Parallel, Task
from assistant.process.durations import Basis
from assistant.process.expected import visit_rates
from assistant.process.model import Process
from assistant.process.tree import by_id, steps, tasks, walk
from assistant.process.volumes import WEEK_HOURS, arrivals_per_hour, open_hours
from assistant.redesign.endings import Endings, prevented
from assistant.redesign.estimates import WEAK, weakest
from assistant.redesign.shapes import COMPUTED, Effect
from assistant.redesign.verdict import counts
from assistant.settings import RedesignSettings
from assistant.simulation.demand import utilisations

if TYPE_CHECKING:
    from assistant.simulation.results import Result

SIMULATED = "simulated"
ALL_FOUND = 0.9999
"""Share of cases without an undetected error from which on only the repeated work tells changes apart."""
UNKNOWN = "unknown"
LOOKED_AT_LESS = "fewer cases are tested and less is found in all, which is no gain in quality"
INDEX_POINTS = 0.5
"""Points of the flexibility index from which on it has moved."""


def effects(
    before: Process, after: Process, runs: tuple[Result, Result], settings: RedesignSettings | None = None
) -> dict[str, Effect]:
    """The effect on each dimension. `runs` are the two simulations on common random numbers, before first.

    A change smaller than the tolerances of the verdict is neither better nor worse (`better` None, `small` True).
    """
    found = played(before, after, runs) | {"flexibility": _flexibility(before, after)}
    limits = settings or RedesignSettings()
    return {name: _weighed(effect, limits) for name, effect in found.items()}


def played(before: Process, after: Process, runs: tuple[Result, Result]) -> dict[str, Effect]:
    """The effects that a play shows: time, cost and quality, not yet weighed by the tolerances of the verdict."""
    order = list(Basis)
    rests = max((weakest(before), weakest(after)), key=order.index).value
    ends = prevented(before, after, runs)
    time = _simulated("time", "cycle_time", "cycle time of a case", runs, rests, lower_is_better=True)
    if ends is not None and time.better is (ends.change < 0):
        told = f"{time.reason}; not judged, because other cases reach the end than before"
        time = replace(time, better=None, reason=told)
    return {
        "time": time,
        "cost": _cost(before, after, runs, rests, ends),
        "quality": _quality(before, after, runs, rests, ends),
    }


def _weighed(one: Effect, limits: RedesignSettings) -> Effect:
    """The effect without a judgement where it is sure but too small to count, by the verdict's own tolerances."""
    if one.better is None or one.dimension == "flexibility" or counts(one, limits):
        return one
    return replace(one, better=None, small=True)


def _simulated(
    dimension: str, metric: str, words: str, runs: tuple[Result, Result], rests: str, *, lower_is_better: bool
) -> Effect:
    from assistant.simulation.results import difference

    a, b = getattr(runs[0], metric), getattr(runs[1], metric)
    gap = difference(runs[0], runs[1], metric)
    sure = gap.low > 0 or gap.high < 0
    better = None if not sure else (gap.mean < 0) == lower_is_better
    reason = f"{words}, 95 % interval of the paired difference over {runs[0].replications} replications"
    return Effect(
        dimension, metric, a.unit, a.mean, b.mean, gap.mean, gap.low, gap.high, better, SIMULATED, rests, reason
    )


def _cost(before: Process, after: Process, runs: tuple[Result, Result], rests: str, ends: Endings | None) -> Effect:
    if not any(role.cost_per_hour or role.cost_per_use for role in (*before.roles, *after.roles)):
        reason = "no prices are known, so a case costs nothing on paper"
        return Effect(
            "cost", "cost_per_case", before.currency, None, None, None, None, None, None, UNKNOWN, rests, reason
        )
    if unpriced(before):
        words = "work on a case, as nobody gave a price"
        if not (_side_by_side(before) or _side_by_side(after)):
            return _simulated("cost", "work_time", words, runs, rests, lower_is_better=True)
        return replace(_simulated("cost", "effort", words, runs, rests, lower_is_better=True), measure="work_time")
    one = _simulated("cost", "cost_per_case", "cost of a case", runs, rests, lower_is_better=True)
    if ends is not None:
        one = _per_good_case(one, ends)
    idle = paid_more(before, after)
    if not idle or one.change is None or one.low is None or one.high is None:
        return one
    low, high = one.low + idle, one.high + idle
    return replace(
        one,
        after=(one.after or 0.0) + idle,
        change=one.change + idle,
        low=low,
        high=high,
        better=None if low <= 0 <= high else high < 0,
        reason=f"{one.reason}; with {idle:+.2f} a case for the hours of people added or no longer needed",
    )


def _side_by_side(process: Process) -> bool:
    """Whether two may work on a case at once: each is paid for it, though it takes no longer for that."""
    return any(isinstance(step, Parallel | AnyOf) for step in by_id(process).values())


def unpriced(process: Process) -> bool:
    """Whether every price in a process is our own estimate: then its cost is told as hands-on time."""
    roles = [role for role in process.roles if role.cost_per_hour or role.cost_per_use]
    told = any(task.cost and task.role is not None for task in tasks(process))
    return bool(roles) and not told and all(role.cost_basis in WEAK for role in roles)


def _per_good_case(one: Effect, ends: Endings) -> Effect:
    """The cost over the cases that end well, since other shares of cases do so before and after."""
    if one.before is None or one.after is None or one.change is None or one.low is None or one.high is None:
        return one
    if ends.before <= 0 or ends.after <= 0:
        return one
    before, after = one.before / ends.before, one.after / ends.after
    half = (one.high - one.low) / 2 / ends.after
    change = after - before
    better = None if abs(change) <= half else change < 0
    reason = one.reason.replace("cost of a case", "cost of a case that ends well")
    return replace(one, measure="cost_per_good_case", before=before, after=after, change=change, low=change - half,
                   high=change + half, better=better, reason=reason)  # fmt: skip


def paid_more(before: Process, after: Process) -> float:
    """What people added cost a case, whether they work or not: capacity times price times hours over cases."""
    hourly = arrivals_per_hour(before)
    if not hourly:
        return 0.0

    def paid(process: Process) -> float:
        return sum(
            (role.capacity or 0) * (role.cost_per_hour or 0.0) * open_hours(role.calendar) for role in process.roles
        )

    limited = {role.id for role in before.roles if role.capacity is not None}
    if any(role.capacity is not None and role.id not in limited for role in after.roles):
        return 0.0
    return round((paid(after) - paid(before)) / (hourly * WEEK_HOURS), 6)


def _quality(before: Process, after: Process, runs: tuple[Result, Result], rests: str, ends: Endings | None) -> Effect:
    both = (before, after)
    if any(task.error_rate for process in both for task in tasks(process)):
        if min(run.error_free.mean for run in runs) >= ALL_FOUND and max(run.rework.mean for run in runs) > 0:
            words = "share of cases with work done again, as every error that was told is found"
            return _done_again(words, both, runs, rests)
        words = "share of cases that end without an undetected error"
        return _simulated("quality", "error_free", words, runs, rests, lower_is_better=False)
    if ends is not None:
        better = None if ends.low <= 0 <= ends.high else ends.change > 0
        reason = "share of cases that end well, with every check asked as often as before"
        figures = (ends.before, ends.after, ends.change, ends.low, ends.high)
        return Effect("quality", "ends_well", "share", *figures, better, SIMULATED, rests, reason)
    if any(isinstance(step, Loop) for process in both for step in walk(process)):
        return _done_again("share of cases with work done again", both, runs, rests)
    reason = "no error rate and no loop is known, so the play cannot show a difference"
    return Effect("quality", "error_free", "share", None, None, None, None, None, None, UNKNOWN, rests, reason)


def _done_again(words: str, both: tuple[Process, Process], runs: tuple[Result, Result], rests: str) -> Effect:
    """The share of cases with work done again; no gain where each check still finds as much of what it looks at, and
    only looks at fewer cases: what is not found is not better."""
    one = _simulated("quality", "rework", words, runs, rests, lower_is_better=True)
    if not one.better or not _looked_at_less(*both):
        return one
    return replace(one, before=None, after=None, change=None, low=None, high=None, better=None, basis=UNKNOWN,
                   reason=LOOKED_AT_LESS)  # fmt: skip


def _looked_at_less(before: Process, after: Process) -> bool:
    loops = {step.id: step for step in walk(before) if isinstance(step, Loop)}
    still = {step.id: step for step in walk(after) if isinstance(step, Loop)}
    if not loops or any(name not in still or still[name].p != loop.p for name, loop in loops.items()):
        return False
    first, then = visit_rates(before), visit_rates(after)
    return any(
        then.get(task.id, 0.0) < first.get(task.id, 0.0)
        for loop in loops.values()
        for task in steps(loop.do)
        if isinstance(task, Task)
    )


def _flexibility(before: Process, after: Process) -> Effect:
    a, b = flexibility(before), flexibility(after)
    first, then = _mean(a), _mean(b)
    change = round(then - first, 2)
    moved = [
        f"{name} {a[name] * 100:.0f} to {b[name] * 100:.0f}"
        for name in a
        if name in b and abs(a[name] - b[name]) >= 0.005
    ]
    reason = "structural index 0 to 100: " + ("; ".join(moved) if moved else "no part of it moves")
    better = None if abs(change) < INDEX_POINTS else change > 0
    measure, unit = "flexibility_index", "points"
    first, then = round(first, 2), round(then, 2)
    return Effect("flexibility", measure, unit, first, then, change, None, None, better, COMPUTED, COMPUTED, reason)


def flexibility_index(process: Process) -> float:
    """The flexibility index of a process, 0 to 100."""
    return _mean(flexibility(process))


def _mean(parts: Mapping[str, float]) -> float:
    return 100 * sum(parts.values()) / len(parts) if parts else 0.0


def flexibility(process: Process) -> dict[str, float]:
    """The parts of the flexibility index, each from 0 to 1; a part nobody can compute is left out."""
    rates = visit_rates(process)
    roles = {role.id: role for role in process.roles}
    parts: dict[str, float] = {}
    inside = [t for t in tasks(process) if t.role in roles and roles[t.role].kind != "external"]
    total = sum(_time(t, rates) for t in inside)
    if total > 0:
        shared = sum(_time(t, rates) for t in inside if _several(t, roles))
        parts["work more than one can do"] = shared / total
    busy = {t.role for t in inside if roles[t.role or ""].kind == "person"}
    if busy:
        many = sum(1 for role in busy if sum(role in (t.role, *t.or_roles) for t in inside) >= 2)
        parts["roles that do more than one step"] = many / len(busy)
    loads = [load for name, load in utilisations(process, rates).items() if name in busy]
    if loads:
        parts["free capacity at the busiest role"] = max(0.0, 1 - max(loads))
    return parts


def _time(task: Task, rates: Mapping[str, float]) -> float:
    return (task.work.mean_seconds if task.work else 60.0) * rates.get(task.id, 0.0)


def _several(task: Task, roles: Mapping[str, object]) -> bool:
    role = roles.get(task.role or "")
    capacity = getattr(role, "capacity", None)
    single = capacity == 1 or task.same_performer_as is not None
    return bool(task.or_roles) or getattr(role, "kind", "") == "system" or not single
