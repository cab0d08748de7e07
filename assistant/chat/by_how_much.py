"""By how much two plays of a process differ, as a person would say it: between so much and so much, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.chat.played import Played, length, parts
from assistant.chat.reply import Fact
from assistant.chat.what_was_told import shown

if TYPE_CHECKING:
    from assistant.simulation.results import Result

LEAST_FELT = 0.01
"""The share of a case's time below which nobody notices a difference."""


def felt(today: Result, then: Result, more: int = 0) -> int:
    """Whether a case takes noticeably longer (1) or shorter (-1), or neither (0).

    With `more` people it never takes longer, with fewer never less: what looks so is chance.
    """
    from assistant.simulation.results import difference

    by = difference(today, then, "cycle_time")
    if by.low <= 0 <= by.high or abs(by.mean) < LEAST_FELT * today.cycle_time.mean:
        return 0
    sign = 1 if by.mean > 0 else -1
    return 0 if more * sign > 0 else sign


def by_how_much(today: Result, then: Result) -> tuple[str, list[Fact]]:
    """`between 3.6 and 4.3 h shorter`, where the difference is felt."""
    from assistant.simulation.results import difference

    by = difference(today, then, "cycle_time")
    low, high = sorted((abs(by.low), abs(by.high)))
    least, most = length("change at least", low), length("change at most", high)
    word = "shorter" if by.mean < 0 else "longer"
    if shown(least) == shown(most):
        return f"about {shown(most)} {word}", [most]
    first = f"{least.value}" if least.unit == most.unit else shown(least)
    return f"between {first} and {shown(most)} {word}", [least, most]


def no_end(before: str, after: str, today: Result, then: Result) -> str:
    """What can be said of times where somebody has more work than time, today, then or both."""
    if not then.endless:
        return f"a case takes {after}. Today work piles up without end, so today's time cannot be held against it."
    if not today.endless:
        return f"work would pile up without end, which it does not today: a case takes {before} now."
    return "work piles up without end all the same, so no time of a case can be said, neither today's nor that one."


def where_it_goes(played: Played, own: set[str]) -> tuple[str, list[Fact]]:
    """Where the time of a case goes, as the reason why a change to the steps `own` has no effect."""
    name, waiting, working, basis = next(iter(parts(played)), ("", 0.0, 0.0, ""))
    if waiting <= working:
        return "", []
    lost = length(f"waiting, {name}", waiting, basis)
    if name in own:
        told = f"{shown(lost)} of it is waiting for “{name}”, which I take as told, however many people do it."
        return f"{told} If it would be shorter then, say by how much.", [lost]
    return f"The time goes elsewhere: {shown(lost)} of it is waiting for “{name}”, and that stays.", [lost]
