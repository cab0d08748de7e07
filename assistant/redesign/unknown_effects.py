"""Which effects are known at all: one that lies in figures alone that nobody gave is called unknown and judged by none.

A play needs every figure, so what nobody gave is filled in. Where two processes differ in nothing but such figures, the
difference the play shows is our own guess coming back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.process.blocks import Block, Call, Choice, End, Loop, Task, Wait
from assistant.process.expected import expected, untold_ways
from assistant.process.figures import percent
from assistant.process.missing import any_time
from assistant.process.model import Process
from assistant.process.tree import by_id, tasks, walk
from assistant.redesign.contradictions import told_time
from assistant.redesign.effects import INDEX_POINTS, UNKNOWN, flexibility_index
from assistant.redesign.estimates import WEAK, resting
from assistant.redesign.shapes import Effect
from assistant.simulation.relief import unsettled
from assistant.simulation.scenarios import each_step

Pair = tuple[Process, Process]
SAME = 0.005
"""Share of a closed-form figure below which two of them are the same."""
NO_TIME = "nobody gave a single time"
MOSTLY = 0.5
WIDE = 4
TOO_WIDE = "what was not told moves it too far for a figure"
ALL_OF_IT = 0.8
TOO_MUCH = "it would save nearly all of the time told for the whole, so something in it is not waited for: ask first"
TOO_LITTLE = "most of the times that make up a case were not told"
SOME_LEAVE = "how many cases go the new way, which ends them there, was not told"
HANGS_ON_ANSWERS = "what it saves hangs on answers that are still open"
GUESSED = "the difference lies in figures alone that nobody gave"


def known(effect: Mapping[str, Effect], given: Pair, played: Pair, firm: bool = False) -> dict[str, Effect]:
    """The effects, those unknown that rest on filled-in figures alone. `given` is before and after as it was told.

    `firm`: the change brings no figure of its own, so that what every draw of the unknown figures shows is so, however
    large it is. Of time, nothing is known where somebody would have more work than time.
    """
    told = (given[0], _as_told(*given))
    busy = _overloaded(played)

    def reason(name: str, one: Effect) -> str:
        if name == "time" and busy:
            return busy
        pair = given if one.better is False else told  # a price that is only estimated is a price all the same
        rests_on = {"time": _time, "cost": _cost, "flexibility": _flexibility}.get(name)
        why = rests_on(pair, played) if rests_on else ""
        sure = firm and one.better is not None and why == GUESSED
        return "" if sure else why

    found = {name: unknown(dimension, reason(name, dimension)) for name, dimension in effect.items()}
    if "quality" in found:
        found["quality"] = unknown(found["quality"], _quality(effect, given))
    return found


def shown_by_words(effect: Mapping[str, Effect], today: Process, told: Pair) -> dict[str, Effect]:
    """The effects of changes that rest on what was told, those unknown whose play rests mostly on filled-in figures.

    What the teller's own figures come to stands with each pain; a sum of guesses beside it would only shake it. `told`
    is before and after as it was told.
    """
    leaving = _leaving(*told)
    elapsed, work = resting(today)
    weak = {"time": elapsed >= MOSTLY, "cost": work >= MOSTLY, "quality": elapsed >= MOSTLY}
    whole = told_time(today)

    def reason(name: str, one: Effect) -> str:
        if weak.get(name):
            return TOO_LITTLE
        if name in ("time", "cost") and leaving:
            return SOME_LEAVE
        if name == "time" and whole is not None and -(one.change or 0.0) > ALL_OF_IT * whole:
            return TOO_MUCH
        return TOO_WIDE if _wide(one) else ""

    return {name: unknown(dimension, reason(name, dimension)) for name, dimension in effect.items()}


def _leaving(before: Process, after: Process) -> bool:
    """Whether a new decision ends the way of a share of cases that nobody told: an average over both says nothing."""
    old = by_id(before)
    new = (block for block in walk(after) if isinstance(block, Choice) and block.id not in old)
    return any(isinstance(step, End) for block in new for way in untold_ways(block) for step in way.do.items)


def _wide(one: Effect) -> bool:
    """Whether what nobody told moves an effect by more than four times its smallest size."""
    ends = sorted(abs(end) for end in (one.low, one.high) if end is not None)
    return one.better is not None and len(ends) == 2 and ends[0] < ends[1] / WIDE


def _overloaded(played: Pair) -> str:
    """That somebody would have more work than time by these figures, which is a question first; else empty."""
    for process in played:
        for name, load in unsettled(process).items():
            return f"by what was told {name} would be busy {percent(load)} of the time: ask first"
    return ""


def _as_told(before: Process, after: Process) -> Process:
    """The process after the change without the estimates that stand where nobody gave a figure before."""
    told = by_id(before)

    def stripped(step: Block) -> Block:
        if not isinstance(step, Task | Wait | Call):
            return step
        old = told.get(step.id)
        fields = ("work", "wait", "setup", "duration")
        guessed = [
            name for name in fields
            if (now := getattr(step, name, None)) is not None and now.basis in WEAK and getattr(old, name, None) is None
        ]  # fmt: skip
        return step.model_copy(update=dict.fromkeys(guessed)) if guessed else step

    return each_step(stripped)(after)


def unknown(one: Effect, reason: str) -> Effect:
    """The effect without its figures when there is a reason to, else as it is."""
    if not reason or one.basis == UNKNOWN:
        return one
    return replace(one, before=None, after=None, change=None, low=None, high=None, better=None, basis=UNKNOWN,
                   reason=reason, small=False)  # fmt: skip


def _time(given: Pair, played: Pair) -> str:
    if not any_time(given[0]):
        return NO_TIME
    return GUESSED if _moves(played, "elapsed") and not _moves(given, "elapsed") else ""


def _cost(given: Pair, played: Pair) -> str:
    """Cost follows work and prices: it is a guess where neither of them, as given, is moved by the change."""
    if not any_time(given[0]):
        return NO_TIME
    if _moves(played, "cost") and not (_moves(given, "cost") or _moves(given, "work")):
        return GUESSED
    return ""


def _flexibility(given: Pair, played: Pair) -> str:
    """Load and shares of work rest on times, people and volume: where the index, as given, goes another way or
    nowhere, its difference is a guess."""
    before, after = (flexibility_index(process) for process in played)
    first, then = (flexibility_index(process) for process in given)
    up, told = after - before, then - first
    return GUESSED if abs(up) >= INDEX_POINTS and (abs(told) < INDEX_POINTS or up * told < 0) else ""


def _quality(effect: Mapping[str, Effect], given: Pair) -> str:
    """Work done again and cases that end well rest on shares; without one that was told they say nothing."""
    if "quality" not in effect or effect["quality"].measure == "error_free":
        return ""
    shares = any(
        getattr(part, "p", None) is not None
        for process in given
        for step in walk(process)
        for part in (*getattr(step, "branches", ()), *((step,) if isinstance(step, Loop) else ()))
    )
    erring = any(task.error_rate for process in given for task in tasks(process))
    return "" if shares or erring else "nobody gave a share of cases"


def _moves(pair: Pair, measure: str) -> bool:
    before, after = (float(getattr(expected(process), measure).value) for process in pair)
    return abs(after - before) > SAME * max(abs(before), abs(after))
