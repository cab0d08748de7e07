"""Waiting: which waits make up the time of a case, what causes them, and how little of the time is work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.process.blocks import Block, Call, Task, Wait
from assistant.process.durations import humane
from assistant.redesign.detectors.base import computed, finding, judged, lasting, seen
from assistant.redesign.shapes import Evidence, Finding
from assistant.redesign.view import View
from assistant.redesign.words import listed, percent

ANSWERS: dict[str, tuple[str, ...]] = {
    "batching": ("H06",),
    "contention": ("H20", "H14", "H15"),
    "prioritisation": ("H07", "H20"),
    "unavailability": ("H20", "H14", "H22"),
    "external": ("H24", "H29", "H02", "H03"),
    "transfer": ("H16", "H19", "H13"),
    "other": ("H16",),
}
CAUSES = {
    "batching": "cases are collected before the step is done",
    "contention": "the people who do it are busy with other cases",
    "prioritisation": "other cases are served first",
    "unavailability": "the people who do it are not there",
    "external": "somebody outside has to answer",
    "transfer": "the case lies between two roles",
    "other": "no cause is known",
}


ANSWER = re.compile(r"\b(answer|reply|respon|feedback|decision|release|sign)", re.I)
PRESCRIBED = re.compile(
    r"\b(objection|deadline|notice period|cooling[- ]off|statutory|by law|legal|term of|probation)", re.I
)


def prescribed(step: Block) -> bool:
    """Whether a wait is one that law or contract prescribes, by its name or note."""
    return bool(PRESCRIBED.search(f"{getattr(step, 'name', '')} {getattr(step, 'note', '') or ''}"))


class Lying(NamedTuple):
    """One wait: at which step, for how many seconds each time, why, and the share of the elapsed time it makes up."""

    step: Task | Wait | Call
    seconds: float
    cause: str
    share: float
    guessed: bool
    queue: bool = False


def waits(view: View) -> list[Lying]:
    """All waits of a process, the biggest share first."""
    found: list[Lying] = []
    for name, step in view.steps.items():
        if not isinstance(step, Task | Wait | Call):
            continue
        if (own := view.wait_of(step)) > 0 and not _starts(view, step):
            cause, guessed = cause_of(view, step)
            found.append(Lying(step, own, cause, view.time_share(own, name), guessed))
        if isinstance(step, Task) and (queue := view.queue_of(step)) > 0:
            found.append(Lying(step, queue, "contention", view.time_share(queue, name), False, queue=True))
    return sorted(found, key=lambda one: -one.share)


def _starts(view: View, step: Block) -> bool:
    """A message the flow begins with is what starts the case, not a wait of the case."""
    return isinstance(step, Wait) and step.event == "message" and view.process.flow.items[:1] == (step,)


def cause_of(view: View, step: Task | Wait | Call) -> tuple[str, bool]:
    """Why a case waits before a step, and whether that is our guess."""
    stated = getattr(step, "wait_cause", None)
    if stated and stated != "other":
        return stated, False
    if isinstance(step, Task) and step.batch is not None:
        return "batching", False
    if isinstance(step, Wait) and ANSWER.search(step.name) and not view.party_of(step):
        return "transfer", True
    if view.party_of(step) or (isinstance(step, Wait) and step.event == "message"):
        return "external", True
    if isinstance(step, Task) and any(later.id == step.id for _, later in view.handoffs):
        return "transfer", True
    return "other", not stated


def long_waits(view: View) -> Iterator[Finding]:
    """Each wait that is long in itself and as a share of the elapsed time."""
    for one in waits(view):
        if one.share < view.settings.long_wait_share or one.seconds < view.settings.long_wait_seconds:
            continue
        name = one.step.id
        crossing = _crossing(view, one)
        kind = "white_space" if crossing else ("queue" if one.cause == "contention" else "long_wait")
        because = [
            _told(view, one, "a case waits"),
            computed(f"that is {percent(one.share)} of the elapsed time", one.share, "share"),
            judged(f"cause, as far as one can tell: {CAUSES[one.cause]}")
            if one.guessed
            else (computed if one.queue else seen)(f"cause: {CAUSES[one.cause]}"),
        ]
        if crossing:
            because.append(seen(f"it lies between {crossing[0]} and {crossing[1]}, and nobody there answers for it"))
        yield finding(
            view,
            kind,
            (name,),
            f"Cases wait {humane(one.seconds)} before {view.name_of(name)}: {CAUSES[one.cause]}",
            tuple(because),
            ANSWERS[one.cause],
            waste="waiting",
            share=one.share,
            cause=one.cause,
            seconds=one.seconds,
        )


def _told(view: View, one: Lying, words: str) -> Evidence:
    """A wait as evidence: as it was given, or as the simulation shows it for a queue."""
    name = view.name_of(one.step.id)
    if one.queue:
        return computed(f"{words} in the queue before {name}: {humane(one.seconds)}, simulated", one.seconds, "s")
    given = getattr(one.step, "wait", None) or getattr(one.step, "duration", None)
    if given is None:  # a batch of which only the size or the time between runs is known
        return computed(f"{words} before {name}: {humane(one.seconds)}", one.seconds, "s")
    return lasting(f"{words} before {name}:", one.seconds, given.basis)


def _crossing(view: View, one: Lying) -> tuple[str, str] | None:
    """The two departments a transfer wait lies between, when nobody answers for the step that receives."""
    if one.cause != "transfer" or not isinstance(one.step, Task) or one.step.accountable:
        return None
    for giver, taker in view.handoffs:
        if taker.id == one.step.id and (a := view.unit_of(giver)) and (b := view.unit_of(taker)) and a != b:
            return a, b
    return None


def low_flow_efficiency(view: View) -> Iterator[Finding]:
    """Hands-on time is a small part of the elapsed time: the waits that make it so are named, the biggest first."""
    found = [one for one in waits(view) if one.seconds >= view.settings.long_wait_seconds]
    if not found or view.elapsed <= 0 or view.work <= 0:
        return
    efficiency = min(1.0, view.work / view.elapsed)
    if efficiency >= view.settings.low_flow_efficiency:
        return
    total, named, reached = sum(one.share for one in found), [], 0.0
    for one in found:
        named.append(one)
        reached += one.share
        if reached >= view.settings.pareto_share * total:
            break
    ids = tuple(dict.fromkeys(one.step.id for one in named))
    yield finding(
        view,
        "low_flow_efficiency",
        ids,
        f"Only {percent(efficiency)} of the time is work; the rest is waiting, most of it before "
        f"{listed([view.name_of(name) for name in ids], 3)}",
        (
            computed(f"flow efficiency {percent(efficiency)}: hands-on over elapsed time", efficiency, "share"),
            computed(f"hands-on {humane(view.work)} of {humane(view.elapsed)} elapsed", view.work, "s"),
            *(_told(view, one, "waiting") for one in named),
        ),
        tuple(dict.fromkeys(code for one in named for code in ANSWERS[one.cause])),
        waste="waiting",
        share=min(1.0, total),
    )
