"""Which recorded activity is which told step: by their names, by what the user says, and never by guessing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.errors import UsageError
from assistant.eventlog.discovery.replay import Account, account_of
from assistant.eventlog.discovery.tree_as_net import Net
from assistant.eventlog.labels import alike, plain_label
from assistant.language.offline.sentences.same_step import content
from assistant.process.blocks import Task, Wait
from assistant.process.model import Process
from assistant.process.tree import walk

SURE, MAYBE, HARDLY = 0.6, 0.3, 0.2
NEARLY = 0.9
"""In so many of its cases an activity must stand where a step was told, to be asked about."""
KIN = 5
"""Letters with which words of one family begin alike."""
MOST_TRIED, MOST_WAYS = 5, 40


class Matching(NamedTuple):
    """The step of each activity that is one; activities that may be one, with the steps that they may be."""

    steps: dict[str, str]
    unsure: dict[str, tuple[str, ...]]

    def document(self) -> dict[str, object]:
        """As JSON data."""
        return {"steps": self.steps, "unsure": {name: list(ids) for name, ids in self.unsure.items()}}


def matched(activities: Sequence[str], process: Process, said: Mapping[str, str] | None = None) -> Matching:
    """Activities (the most frequent first) matched to tasks and named waits, each at most once.

    `said`: what the user says, activity to step name or id; an empty step says that it is none of them. Raises
    UsageError for an activity or step that is not there.
    """
    names = {step.id: step.name for step in walk(process) if isinstance(step, Task | Wait) and step.name}
    found, left_out = _said(activities, names, said or {})
    scores = sorted(
        (
            (-score, at, id_)
            for at, activity in enumerate(activities)
            if activity not in found and activity not in left_out
            for id_, name in names.items()
            if id_ not in found.values() and (score := likeness(activity, name)) >= HARDLY
        ),
    )
    unsure: dict[str, list[str]] = {}
    taken = set(found.values())
    for score, at, id_ in scores:
        activity = activities[at]
        if activity in found or id_ in taken:
            continue
        rival = any(
            other != id_ and -s > -score - 0.15 and a == at and other not in taken for s, a, other in scores
        )  # fmt: skip
        if -score >= SURE and not (rival and -score < 1):
            found[activity] = id_
            taken.add(id_)
        else:
            unsure.setdefault(activity, []).append(id_)
    # Where nothing is surely a step, weak likenesses are asked about too: else there would be nothing to compare.
    least = MAYBE if found else HARDLY
    near = {(activities[at], id_) for score, at, id_ in scores if -score >= least}
    rest = {
        name: tuple(id_ for id_ in ids if id_ not in taken and (name, id_) in near)
        for name, ids in unsure.items()
        if name not in found
    }
    return Matching(found, {name: ids for name, ids in rest.items() if ids})


def likeness(activity: str, name: str) -> float:
    """How much two labels say the same, from 0 to 1: the same words, or a share of what both say."""
    a, b = plain_label(activity), plain_label(name)
    if a == b:
        return 1.0
    if alike(a, b):
        return 0.9
    said, told = content(a), content(b)
    if not said or not told:
        return 0.0
    told = frozenset(next((word for word in said if _kin(word, other)), other) for other in told)
    return 0.89 * len(said & told) / min(len(said | told), len(said) + len(told) - 1) if said & told else 0.0


def _kin(word: str, other: str) -> bool:
    """Words of one family: receipt and receive, approval and approve."""
    return word == other or (min(len(word), len(other)) >= KIN and word[:KIN] == other[:KIN])


def _said(
    activities: Sequence[str], names: Mapping[str, str], said: Mapping[str, str]
) -> tuple[dict[str, str], set[str]]:
    known = {plain_label(activity): activity for activity in activities}
    steps = {plain_label(name): id_ for id_, name in names.items()} | {plain_label(id_): id_ for id_ in names}
    found: dict[str, str] = {}
    none: set[str] = set()
    for activity, step in said.items():
        recorded, meant = known.get(plain_label(activity)), steps.get(plain_label(step))
        if recorded is None:
            raise UsageError(f"The log has no activity “{activity}”.", f"It has: {', '.join(activities[:12])}.", "")
        if step.strip() and meant is None:
            raise UsageError(f"The process has no step “{step}”.", f"It has: {', '.join(names.values())[:300]}.", "")
        if meant is None:
            none.add(recorded)
        else:
            found[recorded] = meant
    return found, none


def by_place(
    process: Process, net: Net, accounts: Sequence[tuple[Account, int]], matching: Matching
) -> dict[str, tuple[str, ...]]:
    """Activities that nothing told is named like, each with the step that it may be: one that nothing recorded is named
    like, told where the activity is found in nearly all of its cases."""
    known = {*matching.steps.values(), *(id_ for ids in matching.unsure.values() for id_ in ids)}
    unseen = [step.id for step in walk(process) if isinstance(step, Task) and step.id not in known]
    strange = Counter[str]()
    for account, count in accounts:
        names = set(account.way) - set(matching.steps) - set(matching.unsure)
        strange.update(dict.fromkeys(names, count))
    found: dict[str, tuple[str, ...]] = {}
    for name, _ in strange.most_common(MOST_TRIED):
        of_it = [(account, count) for account, count in accounts if name in account.way][:MOST_WAYS]
        for step in unseen[:MOST_TRIED]:
            fits = sum(count for account, count in of_it if _fits(net, account, {**matching.steps, name: step}))
            if fits >= NEARLY * sum(count for _, count in of_it):
                found[name] = (*found.get(name, ()), step)
    return found


def _fits(net: Net, account: Account, steps: Mapping[str, str]) -> bool:
    """Whether a way is explained better with these steps."""
    better = account_of(net, account.way, steps)
    return better is not None and better.cost < account.cost
