"""Who really does a step and how long it really takes, against what was told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean, median, stdev
from typing import NamedTuple

from assistant.eventlog.discovery.matching import SURE, likeness
from assistant.eventlog.discovery.replay import Account
from assistant.eventlog.discovery.splits_of_a_log import Way
from assistant.eventlog.discovery.staff import Shift, Staff, shift, staff
from assistant.eventlog.labels import plain_label
from assistant.eventlog.read_log import Event
from assistant.eventlog.where_time_goes import FEWEST
from assistant.process.durations import Basis, Duration, humane
from assistant.process.model import Process
from assistant.process.statistics import student
from assistant.process.tree import tasks

MATTERS = 1.25
"""A time told is another one where the recorded one is longer or shorter by a quarter at least, beyond chance."""
ALPHA = 0.05
ASSUMED = (Basis.LIBRARY, Basis.ESTIMATED)
Cases = Mapping[Way, Sequence[Sequence[Event]]]


class Doing(NamedTuple):
    """The events of each step, the hours and people of each told role, which told role a recorded one is, and the step
    of each activity; `besides`: the events of activities that stand for no step."""

    events: Mapping[str, Sequence[Event]]
    staff: Mapping[str, Staff]
    roles: Mapping[str, str]
    steps: Mapping[str, str] = {}
    besides: Mapping[str, Sequence[Event]] = {}

    def role_of(self, event: Event, told: str | None) -> str:
        """Which told role did it: as recorded, else as told."""
        return (self.roles.get(plain_label(event.role), "") if event.role else "") or (told or "")


class Differs(NamedTuple):
    """A difference: its id, its kind, of how many of how many times, and the sentence; `more`: seconds of work more
    than told, each time; `assumed`: nobody told what it differs from."""

    id: str
    kind: str
    hits: int
    n: int
    text: str
    more: float = 0.0
    assumed: bool = False


def doing(process: Process, accounts: Sequence[Account], cases: Cases, steps: Mapping[str, str]) -> Doing:
    """What was recorded of each step of the process."""
    events: dict[str, list[Event]] = {}
    besides: dict[str, list[Event]] = {}
    for account in accounts:
        for at in account.besides:
            if (name := account.way[at]) not in steps:
                besides.setdefault(name, []).extend(trace[at] for trace in cases[account.way])
        for at, step in account.matched():
            events.setdefault(step, []).extend(trace[at] for trace in cases[account.way])
    parts = (*events.values(), *besides.values())
    recorded = Counter(event.role for part in parts for event in part if event.role)
    roles = _same_roles(process, recorded)
    told = {task.id: task.role for task in tasks(process)}
    found = Doing(events, {}, roles, steps, besides)
    shifts: dict[str, list[Shift]] = {}
    for step, part in events.items():
        for event in part:
            role, piece = found.role_of(event, told.get(step)), shift(event)
            if role and piece:
                shifts.setdefault(role, []).append(piece)
    return found._replace(staff={role: staff(part) for role, part in shifts.items()})


def _same_roles(process: Process, recorded: Counter[str]) -> dict[str, str]:
    """The told role of each recorded one (by its plain label), where one is named like it."""
    found: dict[str, str] = {}
    for label in recorded:
        scores = sorted(((likeness(label, role.name), role.id) for role in process.roles), reverse=True)
        if scores and scores[0][0] >= SURE and (len(scores) == 1 or scores[1][0] < scores[0][0]):
            found[plain_label(label)] = scores[0][1]
    return found


def differences(process: Process, seen: Doing, alpha: float = ALPHA) -> Iterator[Differs]:
    """Steps that somebody else does than was told, and steps that take longer or shorter than was told."""
    yield from _who(process, seen)
    yield from _how_long(process, seen, alpha)


def _who(process: Process, seen: Doing) -> Iterator[Differs]:
    names = {role.id: role.name for role in process.roles}
    named = set(seen.roles.values())
    for task in tasks(process):
        events = [event for event in seen.events.get(task.id, ()) if event.role]
        told = {task.role, *task.or_roles, *task.with_roles} - {None}
        if not told or len(events) < FEWEST:
            continue
        others = Counter(event.role for event in events if seen.roles.get(plain_label(event.role), "") not in told)
        hits = others.total()
        # A name that is told nowhere may be the system's word for the role that was told.
        known = [other for other in others if plain_label(other) in seen.roles]
        if hits < FEWEST or not (known or told & named):
            continue
        other, _ = others.most_common(1)[0]
        share = 100 * hits / len(events)
        said = " or ".join(names[role] for role in (task.role, *task.or_roles) if role in names)
        rest = " (and others)" if len(others) > 1 else ""
        often = "always" if hits == len(events) else f"in {share:.0f} % of the times"
        yield Differs(
            f"who:{task.id}", "who", hits, len(events),
            f"You said that {said} does “{task.name}”: recorded is {other}{rest} {often} "
            f"({hits:,} of {len(events):,}).",
        )  # fmt: skip


def _how_long(process: Process, seen: Doing, alpha: float) -> Iterator[Differs]:
    told = {task.id: task for task in tasks(process)}
    timed = {step: worked(seen, step, told[step].role) for step in seen.events if step in told and told[step].work}
    for step, times in timed.items():
        work = told[step].work
        if work is None or len(times) < FEWEST:
            continue
        mean, said = fmean(times), work.mean_seconds
        half = student(1 - alpha / 2 / max(1, len(timed)), len(times) - 1) * stdev(times) / len(times) ** 0.5
        larger, smaller = max(mean, said), min(mean, said)
        if larger < MATTERS * smaller or mean - half <= said <= mean + half or larger < 60:
            continue
        yield Differs(
            f"time:{step}", "time", len(times), len(times),
            f"{_source(work)} “{told[step].name}” takes {humane(said)} of work: recorded are {humane(mean)} on average "
            f"(median {humane(median(times))}, n = {len(times):,}), {_times(mean, said)}.",
            mean - said, work.basis in ASSUMED,
        )  # fmt: skip


def worked(seen: Doing, step: str, role: str | None) -> list[float]:
    """The time at work on each execution of a step, without the hours in which nobody of the role works."""
    free = Staff()
    return [
        seen.staff.get(seen.role_of(event, role), free).worked(event.start, event.complete)
        for event in seen.events[step]
        if event.start is not None and event.complete is not None and event.start <= event.complete
    ]


def _source(work: Duration) -> str:
    return "It was assumed that" if work.basis in ASSUMED else "You said that"


def _times(mean: float, said: float) -> str:
    if mean >= said:
        ratio = mean / said if said else 0.0
        return f"{ratio:,.0f} times as long" if ratio >= 10 else f"{ratio:.1f} times as long" if said else "longer"
    return f"{100 * mean / said:.0f} % of it"
