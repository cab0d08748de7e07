"""What a change does to the time of the cases that run through, where others end on the way.

Who is turned away on the first day counts in the mean: a mean of cases that end at once and of cases that take weeks is
the time of neither, and a change that turns people away sooner would make all others look quicker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from assistant.errors import AssistantError
from assistant.process.blocks import Block, Choice, End, Sequence
from assistant.process.expected import branch_chances
from assistant.process.model import Process
from assistant.redesign.brief import Play
from assistant.redesign.endings import is_negative
from assistant.redesign.shapes import Alternative
from assistant.simulation.scenarios import each_step

APART = 0.05
"""By how much of it the change of those who run through differs from that of the mean before it is worth a word."""
FEWER = 4
"""How many times fewer replications are played: it is told as a rough figure."""


def with_those_who_run_through(
    alternatives: tuple[Alternative, ...], played: Mapping[str, Process], play: Play, today: str
) -> tuple[Alternative, ...]:
    """The alternatives, their effect on time with what it is for the cases that run through, where others do not."""
    from assistant.simulation.made_before import simulate_all

    timed = [each.name for each in alternatives if each.proposals and _change(each) is not None]
    whole = {name: run_through(played[name]) for name in (today, *timed)}
    if not timed or all(whole[name] is played[name] for name in whole):
        return alternatives
    shorter = replace(play, replications=max(2, play.replications // FEWER))
    try:
        results = simulate_all(whole, **asdict(shorter))
    except AssistantError:
        return alternatives
    if any(result.endless for result in results.values()):
        return alternatives
    before = results[today].cycle_time.mean
    return tuple(
        _with(each, results[each.name].cycle_time.mean - before) if each.name in timed else each
        for each in alternatives
    )


def run_through(process: Process) -> Process:
    """The process in which no case ends on the way; the same process where none does."""
    return each_step(_going_on)(process)


def _going_on(step: Block) -> Block:
    """A choice without the ways that end a case while others go on; of ways that all end one, without the bad ends."""
    if not isinstance(step, Choice):
        return step
    ending = [_ends(branch.do) for branch in step.branches]
    if all(ending):
        ending = [_ends(branch.do, bad=True) for branch in step.branches]
    chances = branch_chances(step)
    left = sum(chance for chance, ends in zip(chances, ending, strict=True) if not ends)
    if not any(ending) or left <= 0 or left >= 1:
        return step
    branches = tuple(
        branch.model_copy(update={"p": 0.0 if ends else chance / left})
        for branch, chance, ends in zip(step.branches, chances, ending, strict=True)
    )
    return step.model_copy(update={"branches": branches})


def _ends(way: Sequence, bad: bool = False) -> bool:
    """Whether a case that goes this way ends on it; `bad`: with a refusal or failure."""
    last = way.items[-1] if way.items else None
    if isinstance(last, End):
        return is_negative(last) or not bad
    return isinstance(last, Choice) and all(_ends(branch.do, bad) for branch in last.branches)


def _change(alternative: Alternative) -> float | None:
    time = alternative.effects.get("time")
    return time.change if time is not None and time.measure == "cycle_time" else None


def _with(alternative: Alternative, change: float) -> Alternative:
    mean = _change(alternative)
    if mean is None or abs(change - mean) <= APART * abs(mean):
        return alternative
    time = replace(alternative.effects["time"], through=change)
    return replace(alternative, effects={**alternative.effects, "time": time})
