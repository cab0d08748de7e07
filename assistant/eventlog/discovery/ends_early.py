"""Cases that are over early: after one of several ways only, so that what follows is left out after that way and not
after any other.

The sequence cut alone makes what follows a thing that may be left out always, which allows cases nobody recorded: all
that is over although it went a way after which every case went on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import repeat

from assistant.eventlog.discovery.mined_tree import Node
from assistant.eventlog.discovery.splits_of_a_log import Way
from assistant.eventlog.discovery.together import EVIDENCE

Seen = Mapping[tuple[Way, bool], int]
"""How often each piece of a way was gone in a part, and whether the case was over after it."""


def with_ends(node: Node, seen: Seen, noise: float) -> Node | None:
    """A part after which cases may be over, with the ends in those of its branches in which they are; None where its
    branches do not tell. `noise`: share of the ends expected by chance in a branch that is left out."""
    before, choice = ([], node) if node.kind == "choice" else (node.parts[:-1], (node.parts or [node])[-1])
    if choice.kind != "choice" or (before and node.kind != "sequence"):
        return None
    by_branch = _by_branch(choice, seen)
    share = _over(seen) / sum(seen.values())
    usual = [share * sum(part.values()) for part in by_branch]
    goes_on = [_over(part) <= noise * expected for part, expected in zip(by_branch, usual, strict=True)]
    if all(goes_on):
        return None
    told = any(on and expected >= EVIDENCE for on, expected in zip(goes_on, usual, strict=True))
    if not told and not any(map(with_ends, choice.parts, by_branch, repeat(noise))):
        return None
    branches = [
        branch if on else _ended(branch, part, noise)
        for branch, part, on in zip(choice.parts, by_branch, goes_on, strict=True)
    ]
    made = Node("choice", choice.cases, parts=branches)
    return Node("sequence", node.cases, parts=[*before, made]) if before else made


def _over(seen: Seen) -> int:
    return sum(count for (_, over), count in seen.items() if over)


def _by_branch(choice: Node, seen: Seen) -> list[Counter[tuple[Way, bool]]]:
    """What was seen in each branch: the one with most of the way, or the one in which nothing is done."""
    names = [branch.names() for branch in choice.parts]
    found = [Counter[tuple[Way, bool]]() for _ in names]
    for (way, over), count in seen.items():
        shared = [sum(name in inside for name in way) for inside in names]
        best = max(shared)
        at = shared.index(best) if best else next((at for at, inside in enumerate(names) if not inside), 0)
        found[at][way, over] += count
    return found


def _ended(branch: Node, seen: Seen, noise: float) -> Node:
    """A branch with its ends: in one of its own last branches, or after it for a share of its cases."""
    further = with_ends(branch, seen, noise)
    if further is not None:
        return further
    cases, over = sum(seen.values()), _over(seen)
    end = Node("end", over)
    last = end if over == cases else Node("choice", cases, parts=[Node("nothing", cases - over), end])
    return Node("sequence", branch.cases, parts=[branch, last])
