"""The flow of one level as a net of places and edges, ready to be folded into a tree.

All starts hang on one entry, all ends on one exit. Edges carry the steps folded onto them so far.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from assistant.bpmn.events import happened
from assistant.bpmn.node_names import told
from assistant.bpmn.raw import RawNode

ENTRY, EXIT, LEAF, XOR, AND, OR = "entry", "exit", "leaf", "xor", "and", "or"


@dataclass(eq=False, slots=True)
class LeafItem:
    """One step or end of the file."""

    node: RawNode


@dataclass(eq=False, slots=True)
class Way:
    """One branch: its condition, the flow it begins with, its steps, and whether the case ends in it for good."""

    name: str
    flow: str
    items: deque[Item]
    dead: bool
    order: int


@dataclass(eq=False, slots=True)
class ForkItem:
    """Branches of a choice (xor), a parallel block (and) or an any-of block (or)."""

    kind: str
    node: RawNode
    ways: list[Way]


@dataclass(eq=False, slots=True)
class RingItem:
    """A loop: what is done, under which condition again, by what way back, and the answer that ends it."""

    node: RawNode
    do: deque[Item]
    back: deque[Item]
    again: str
    until: str


Item = LeafItem | ForkItem | RingItem


@dataclass(eq=False, slots=True)
class Edge:
    """A way from one place to another, with the steps on it. `ends` when a case can end for good on it."""

    source: Place
    target: Place
    name: str = ""
    flow: str = ""
    order: int = 0
    items: deque[Item] = field(default_factory=deque)
    ends: bool = False


@dataclass(eq=False, slots=True)
class Place:
    """A gateway, a step not yet folded, the entry or the exit. `dead` are branches that end by themselves.

    `item` is what a step becomes where that is more than the step: the step with what runs beside it.
    """

    kind: str
    node: RawNode
    ins: dict[Edge, None] = field(default_factory=dict)
    outs: dict[Edge, None] = field(default_factory=dict)
    dead: list[Way] = field(default_factory=list)
    item: Item | None = None


@dataclass(slots=True)
class Net:
    """All places, with the entry and the exit."""

    places: dict[Place, None]
    entry: Place
    exit: Place

    def connect(self, source: Place, target: Place, name: str = "", flow: str = "", order: int = 0) -> Edge:
        """A new edge."""
        edge = Edge(source, target, name, flow, order)
        source.outs[edge] = None
        target.ins[edge] = None
        return edge

    def place(self, kind: str, node: RawNode) -> Place:
        """A new place."""
        made = Place(kind, node)
        self.places[made] = None
        return made


def silent_end(node: RawNode) -> LeafItem:
    """The end of a path that stops without an end event, named by where it stops."""
    title = happened(node) if node.tag.endswith("Event") else f"after {node.name}" if node.name else ""
    return LeafItem(RawNode(f"{node.id}_end", "endEvent", lane=node.lane, where=title, made=f"the end of {told(node)}"))
