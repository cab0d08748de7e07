"""Whether a redesign may go to rollout: not before somebody is named who answers for the process end to end."""

from __future__ import annotations

from typing import NamedTuple

from assistant.process.model import Process

NOBODY = frozenset({"", "?", "-", "–", "nobody", "none", "no one", "n/a", "na", "tbd", "tba", "to be named", "unknown"})


class Block(NamedTuple):
    """What holds a redesign back: the step of the programme it goes back to (1: mandate and owner), and why."""

    step: int
    text: str
    remedy: str


def blocked(process: Process) -> Block | None:
    """The block to step 1 while no owner is named; None when it may go on. A seat or a stand-in word is no name."""
    owner = " ".join((process.owner or "").lower().split())
    if owner not in NOBODY and owner != "process owner":
        return None
    return Block(
        step=1,
        text="Nobody is named yet who answers for the whole, so nothing may go beyond a trial.",
        remedy="Name one person who answers for the result from end to end and may decide between departments.",
    )
