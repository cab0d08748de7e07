"""Waiting: which waits make up the time of a case, what causes them, and how little of the time is work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.process.blocks import Task
from assistant.process.durations import Basis, humane
from assistant.redesign.detectors.base import computed, finding, judged, lasting, seen
from assistant.redesign.detectors.causes import CAUSES, Lying, acting, off_hours, placed, reason_told, spoken, waits
from assistant.redesign.detectors.told_waits import told_at_length
from assistant.redesign.shapes import Evidence, Finding
from assistant.redesign.view import STRENGTH, View
from assistant.redesign.words import listed, percent

ANSWERS: dict[str, tuple[str, ...]] = {
    "batching": ("H06",),
    "contention": ("H20", "H14", "H15"),
    "prioritisation": ("H07", "H20"),
    "unavailability": ("H20", "H14", "H22"),
    "external": ("H24", "H29", "H02", "H03"),
    "prescribed": (),
    "transfer": ("H16", "H19", "H13"),
    "postponed": ("H06",),
    "other": ("H16",),
}


MOST_LINES = 5
LEAST_SURE = STRENGTH[Basis.LIBRARY]
"""How certain the efficiency is when nobody gave a single hands-on time."""
MOST_OF_IT = 0.5
FEWER, MORE = 0.95, 1.05
"""Times a case comes to a step from which on it is told that not every case does so once."""


def long_waits(view: View) -> Iterator[Finding]:
    """Each wait that is long in itself and as a share of the elapsed time; prescribed ones hurt but are no finding."""
    told: set[str] = set()
    for wait in waits(view):
        if wait.share < view.settings.long_wait_share or wait.seconds < view.settings.long_wait_seconds:
            continue
        name = wait.step.id
        if wait.cause == "prescribed" or name in told:
            continue
        told.add(name)
        crossing = _crossing(view, wait)
        asked = wait.cause == "other" and told_at_length(view)  # whoever tells at length would have said why
        kind = "white_space" if crossing else ("queue" if wait.cause == "contention" else "long_wait")
        because = [
            _told(view, wait, "a case waits"),
            computed(f"that is {percent(wait.share)} of the elapsed time{_reached(view, name)}", wait.share, "share"),
            _why(view, wait),
        ]
        if crossing:
            because.append(seen(f"it lies between {crossing[0]} and {crossing[1]}, and nobody there answers for it"))
        yield finding(
            view,
            kind,
            (name,),
            f"Cases wait {humane(wait.seconds)} {placed(view, name)}: {_cause(view, wait)}",
            tuple(because),
            ANSWERS[wait.cause],
            waste="waiting",
            share=wait.share,
            cause=wait.cause,
            seconds=wait.seconds,
            causes=(wait.cause,),
            guessed=wait.guessed,
            why=reason_told(view, wait.step),
            asked=asked,
        )


def _reached(view: View, name: str) -> str:
    """How many cases a time at a step is for, where it is not every case once: else it fits no time of a case."""
    rate = view.rates.get(name, 0.0)
    if 0 < rate < FEWER:
        return f", as {percent(rate)} of the cases get there"
    return f", as a case gets there {rate:.2g} times" if rate > MORE else ""


def _cause(view: View, one: Lying) -> str:
    party = acting(view, one.step)
    if one.cause == "other" or (one.cause == "transfer" and one.guessed):
        why = reason_told(view, one.step)
        return f"“{why}”" if why else CAUSES["other"]
    return f"it depends on {party}" if one.cause == "external" and party else CAUSES[one.cause]


def _why(view: View, one: Lying) -> Evidence:
    if one.cause == "other" and not reason_told(view, one.step):
        return judged("nobody said why cases wait there")
    if one.guessed and not reason_told(view, one.step):
        return judged(f"cause, as far as one can tell: {_cause(view, one)}")
    return (computed if one.queue else seen)(f"cause: {_cause(view, one)}")


def _told(view: View, one: Lying, words: str) -> Evidence:
    """A wait as evidence: as it was given, or as the simulation shows it for a queue."""
    where = placed(view, one.step.id)
    if one.queue:
        return computed(f"{words} in the queue {where}: {humane(one.seconds)}, simulated", one.seconds, "s")
    given = getattr(one.step, "wait", None) or getattr(one.step, "duration", None)
    if given is None:  # a batch of which only the size or the time between runs is known
        return computed(f"{words} {where}: {humane(one.seconds)}", one.seconds, "s")
    return lasting(f"{words} {where}:", one.seconds, given.basis)


def _crossing(view: View, one: Lying) -> tuple[str, str] | None:
    """The two departments a transfer wait lies between, when nobody answers for the step that receives."""
    if one.cause != "transfer" or not isinstance(one.step, Task) or one.step.accountable:
        return None
    for giver, taker in view.handoffs:
        if taker.id == one.step.id and (a := view.unit_of(giver)) and (b := view.unit_of(taker)) and a != b:
            return a, b
    return None


def low_flow_efficiency(view: View) -> Iterator[Finding]:
    """Hands-on time is a small part of the elapsed time: the waits that make it so are named, the biggest first.

    Waits that the house can shorten come first; those of others and prescribed ones are named apart.
    """
    found = [wait for wait in waits(view) if wait.seconds >= view.settings.long_wait_seconds]
    if not found or view.elapsed <= 0 or view.hands_on <= 0 or any(load >= 1 for load in view.loads.values()):
        return  # where somebody has more work than time a queue grows without end, and the share says nothing
    efficiency = min(1.0, view.hands_on / view.elapsed)
    if efficiency >= view.settings.low_flow_efficiency:
        return
    totals = _told_in_whole(view)
    if told_at_length(view) and not totals and sum(wait.share for wait in found) < MOST_OF_IT:
        return  # what fills the time is in good part no wait
    ours, theirs = (
        _biggest(view, [delay for delay in found if delay.ours]),
        [delay for delay in found if not delay.ours],
    )
    theirs = _biggest(view, theirs)
    named = ours or theirs
    night = off_hours(view)
    made = finding(
        view,
        "low_flow_efficiency",
        tuple(dict.fromkeys(delay.step.id for delay in named)),
        f"Only {percent(efficiency)} of the time is work; {_title(view, ours, theirs)}",
        (
            computed(f"somebody works on a case in {percent(efficiency)} of the time it takes", efficiency, "share"),
            computed(f"{humane(view.hands_on)} of work in {humane(view.elapsed)}", view.hands_on, "s"),
            *_lines(view, ours, "waiting"),
            *_lines(view, theirs, "not in your hands: waiting"),
            *((computed(f"nights and days off before a step can go on: {humane(night)} a case, simulated", night, "s"),)
              if night >= view.settings.long_wait_seconds else ()),
        ),
        tuple(dict.fromkeys(code for delay in named for code in ANSWERS[delay.cause])),
        waste="waiting",
        share=min(1.0, sum(delay.share for delay in found if delay.ours == bool(ours))),
        causes=tuple(delay.cause for delay in named),
        totals=totals,
    )  # fmt: skip
    yield replace(made, confidence=min(made.confidence, LEAST_SURE + (made.confidence - LEAST_SURE) * _told_work(view)))


def _told_work(view: View) -> float:
    """The share of the hands-on time that somebody gave: what was filled in makes the efficiency less certain."""
    works = [(view.work_of(task) * view.rates.get(name, 0.0), name) for name, task in view.tasks.items()]
    total = sum(work for work, _ in works)
    return sum(work for work, name in works if view.told(name, "work")) / total if total else 0.0


def _told_in_whole(view: View) -> bool:
    """Whether the teller says of the whole how long cases wait, or how little of the time is work."""
    told = {measure.id for measure in view.process.measures if measure.basis is Basis.STATED}
    return "waiting_time" in told or {"cycle_time", "work_time"} <= told


def _title(view: View, ours: list[Lying], theirs: list[Lying]) -> str:
    names = listed([spoken(view, name) for name in dict.fromkeys(delay.step.id for delay in ours or theirs)], 3)
    if not ours:
        return f"the rest is waiting, nearly all of it for others: {names}"
    if theirs:
        return f"the rest is waiting; of what is in your own hands, most lies before {names}"
    return f"the rest is waiting, most of it before {names}"


def _biggest(view: View, found: list[Lying]) -> list[Lying]:
    """The biggest waits, until they explain the share of these waits that a reader has to see."""
    total, named, reached = sum(delay.share for delay in found), [], 0.0
    for delay in found:
        named.append(delay)
        reached += delay.share
        if reached >= view.settings.pareto_share * total:
            break
    return named


def _lines(view: View, found: list[Lying], words: str) -> Iterator[Evidence]:
    """One line a step, however its wait came to be; many steps are summed up."""
    names = list(dict.fromkeys(delay.step.id for delay in found))
    shown = names if len(names) <= MOST_LINES + 1 else names[:MOST_LINES]
    rest = [delay for delay in found if delay.step.id not in shown]
    for name in shown:
        parts = [delay for delay in found if delay.step.id == name]
        first = _told(view, parts[0], words)
        queue = next((part for part in parts[1:] if part.queue), None)
        told = "" if queue is None else f", and {humane(queue.seconds)} in the queue (simulated)"
        yield replace(first, text=first.text + told + _reached(view, name))
    if rest:
        total = sum(delay.seconds * view.rates.get(delay.step.id, 0.0) for delay in rest)
        yield computed(
            f"{words} before {len(names) - len(shown)} more steps: {humane(total)} a case in all", total, "s"
        )
