"""The tree while it grows: nodes that can still be moved, before they become the blocks of a process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from assistant.language.offline.sentences.statements import Act, Condition
from assistant.language.offline.words.word_tables import REFUSE

NodeKind = Literal["task", "choice", "parallel", "loop", "wait", "end", "back"]


@dataclass(slots=True, eq=False)
class Arm:
    """A branch: its condition (None: the other one, or a parallel branch) and its steps."""

    condition: Condition | None = None
    nodes: list[Node] = field(default_factory=list)
    label: str = ""
    p: float | None = None


@dataclass(slots=True, eq=False)
class Node:
    """A step. `act` for task and wait; `arms` for choice and parallel; `arms[0]` do and `arms[1]` redo for a loop.

    `text` is the outcome of an end, the target of a back jump, the question of a choice or the "until" of a loop.
    """

    kind: NodeKind
    act: Act | None = None
    arms: list[Arm] = field(default_factory=list)
    condition: Condition | None = None
    text: str = ""
    negative: bool | None = None
    p: float | None = None
    inclusive: bool = False
    sentence: int = 0


def below(nodes: list[Node]) -> Iterator[Node]:
    """Every node of a list and below it, in reading order."""
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        yield node
        for arm in reversed(node.arms):
            stack.extend(reversed(arm.nodes))


def tasks(nodes: list[Node]) -> Iterator[Node]:
    """Every task node below."""
    return (node for node in below(nodes) if node.kind == "task")


def ends(nodes: list[Node]) -> bool:
    """Whether a list of steps always ends the case."""
    if not nodes:
        return False
    last = nodes[-1]
    if last.kind in ("end", "back"):
        return True
    return last.kind == "choice" and len(last.arms) > 1 and all(ends(arm.nodes) for arm in last.arms)


_SENDS_OFF = frozenset({("turn", "down"), ("send", "away"), ("knock", "back")})


def refuses(nodes: list[Node]) -> bool:
    """Whether the last step of a branch turns the case away: "rejects the claim", "turns the client down"."""
    act = nodes[-1].act if nodes and nodes[-1].kind == "task" else None
    if act is None:
        return False
    words = act.name.lower().split()
    off = words[2:3] == ["home"] or words[-1] in ("home", "away")  # "sends him home with a leaflet"
    homeward = act.verb == "send" and off and "to" not in words
    return homeward or act.verb in REFUSE or (act.verb, *words[1:2]) in _SENDS_OFF
