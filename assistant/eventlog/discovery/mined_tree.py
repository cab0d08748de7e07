"""The parts of a mined tree."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Node:
    """A part of the tree: `activity`, `nothing`, `end` (the case is over), `sequence`, `choice`, `parallel` or `loop`
    (what is done, way back).

    `cases`: how often it is entered; `again`: how often a loop is gone round, a count of its ways back.
    """

    kind: str
    cases: float
    name: str = ""
    parts: list[Node] = field(default_factory=list)
    again: float = 0.0

    def names(self) -> frozenset[str]:
        """The activities in it."""
        return frozenset({self.name} if self.kind == "activity" else ()).union(*(part.names() for part in self.parts))


def simple(node: Node) -> Node:
    """Blocks of the same kind inside each other as one; choices of nothing at all as nothing."""
    parts = [simple(part) for part in node.parts]
    if node.kind in ("sequence", "parallel"):
        parts = [inner for part in parts for inner in (part.parts if part.kind == node.kind else [part])]
        parts = [part for part in parts if part.kind != "nothing"]
        if len(parts) == 1:
            return parts[0]
    if node.kind == "choice":
        flat = [inner for part in parts for inner in (part.parts if part.kind == "choice" else [part])]
        empty = sum(part.cases for part in flat if part.kind == "nothing")
        parts = [part for part in flat if part.kind != "nothing"]
        if empty and parts:
            parts.append(Node("nothing", empty))
        if len(parts) == 1:
            return parts[0]
    if node.kind in ("sequence", "choice", "parallel") and not parts:
        return Node("nothing", node.cases)
    return Node(node.kind, node.cases, node.name, parts, node.again)
