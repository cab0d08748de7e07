"""The flow of one level as a net of places and edges, ready to be folded into a tree.

Implicit things are made explicit here: several flows out of a task are a split, several into it a merge; a gateway that
joins and splits becomes two; boundary events become decisions behind their step; all starts hang on one entry, all
ends on one exit. Edges carry the steps folded onto them so far.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from assistant.bpmn.raw import RawBody, RawFlow, RawNode

ENTRY, EXIT, LEAF, XOR, AND, OR = "entry", "exit", "leaf", "xor", "and", "or"
KINDS = {
    "exclusiveGateway": XOR, "eventBasedGateway": XOR, "parallelGateway": AND, "inclusiveGateway": OR,
    "complexGateway": OR,
}  # fmt: skip


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
    """A gateway, a step not yet folded, the entry or the exit. `dead` are branches that end by themselves."""

    kind: str
    node: RawNode
    ins: dict[Edge, None] = field(default_factory=dict)
    outs: dict[Edge, None] = field(default_factory=dict)
    dead: list[Way] = field(default_factory=list)


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


def build(body: RawBody, dropped: list[str], notes: list[str]) -> Net:
    """The net of a process's or subprocess's flow. What has no place in it is added to `dropped`."""
    return _Builder(body, dropped, notes).run()


class _Builder:
    def __init__(self, body: RawBody, dropped: list[str], notes: list[str]) -> None:
        self.body, self.dropped, self.notes = body, dropped, notes
        entry, leave = Place(ENTRY, RawNode("entry", ENTRY)), Place(EXIT, RawNode("exit", EXIT))
        self.net = Net({entry: None, leave: None}, entry, leave)
        self.outs: dict[str, list[RawFlow]] = {name: [] for name in body.nodes}
        self.ins: dict[str, list[RawFlow]] = {name: [] for name in body.nodes}
        self.boundary: dict[str, list[RawNode]] = {}
        self.into: dict[str, Place] = {}
        self.out_of: dict[str, Place] = {}
        self.order = 0

    def run(self) -> Net:
        for flow in self._flows():
            self.outs[flow.source].append(flow)
            self.ins[flow.target].append(flow)
        for node in self.body.nodes.values():
            if node.attached in self.body.nodes and node.attached:
                self.boundary.setdefault(node.attached, []).append(node)
        used = self._reachable()
        for name in used:
            if name not in self.into:
                self._places(self.body.nodes[name])
        for name in used:
            self._connect(self.body.nodes[name])
        self._enter(used)
        return self.net

    def _flows(self) -> list[RawFlow]:
        """The flows, with link events joined into one. Flows out of ends and into starts mean nothing."""
        nodes = self.body.nodes
        flows = []
        for flow in self.body.flows:
            if nodes[flow.source].tag == "endEvent" or nodes[flow.target].tag in ("startEvent", "boundaryEvent"):
                self.dropped.append(f"the flow {flow.name or flow.id}, which leaves an end or enters a start")
            else:
                flows.append(flow)
        catching = {node.link: node.id for node in nodes.values() if node.link and node.tag == "intermediateCatchEvent"}
        for node in nodes.values():
            if node.link and node.tag == "intermediateThrowEvent" and node.link in catching:
                flows.append(RawFlow(f"{node.id}_link", node.id, catching[node.link]))
        return flows

    def _starts(self) -> tuple[list[str], bool]:
        """The ids where a case can start, and whether only one of them starts it."""
        nodes = [n for n in self.body.nodes.values() if not n.attached and not n.by_event]
        begins = [n.id for n in nodes if n.tag == "startEvent"]
        loose = [n for n in nodes if not self.ins[n.id] and n.tag != "startEvent"]
        if not begins:
            return [n.id for n in loose], False
        for node in loose:
            if self.outs[node.id]:
                begins.append(node.id)
                self.notes.append(f"Nothing leads to {told(node)}; it was read as one more way in which a case starts.")
        return begins, True

    def _reachable(self) -> dict[str, None]:
        """The nodes that can run, in the order found; the others are dropped by name."""
        stack = list(reversed(self._starts()[0]))
        found: dict[str, None] = {}
        while stack:
            name = stack.pop()
            if name in found:
                continue
            found[name] = None
            after = [flow.target for flow in self.outs[name]]
            after += [event.id for event in self.boundary.get(name, ()) if "compensate" not in event.events]
            stack.extend(reversed(after))
        for name, node in self.body.nodes.items():
            if name not in found:
                what = "the event subprocess" if node.by_event else ""
                inside = f" with {node.inner.count()} elements" if node.inner else ""
                self.dropped.append(f"{what} {told(node)}{inside}, which no flow leads to".strip())
        return found

    def _places(self, node: RawNode) -> None:
        kind = KINDS.get(node.tag)
        if kind:
            joins, splits = len(self.ins[node.id]) > 1, len(self.outs[node.id]) > 1
            self.into[node.id] = place = self.net.place(kind, node)
            if joins and splits:
                self.out_of[node.id] = self.net.place(kind, node)
                self.net.connect(place, self.out_of[node.id])
            else:
                self.out_of[node.id] = place
            return
        if node.tag == "startEvent" or (node.tag == "boundaryEvent"):
            self.into[node.id] = last = self.net.place(XOR, node)
        else:
            last = self.net.place(LEAF, node)
            self.into[node.id] = last
            if len(self.ins[node.id]) > 1:
                self.into[node.id] = self.net.place(XOR, node)
                self.net.connect(self.into[node.id], last)
        self.out_of[node.id] = self._behind(node, self._watched(node, last))

    def _watched(self, node: RawNode, last: Place) -> Place:
        """The place behind a step with boundary events: there it is decided what happened meanwhile."""
        for event in self.boundary.get(node.id, ()):
            if "compensate" in event.events:
                self.dropped.append(f"the compensation of {told(node)}")
                continue
            title = event.name or " ".join(event.events) or "interrupted"
            asked = RawNode(f"{event.id}_during", "exclusiveGateway", f"{title}?")
            if event.interrupts:
                split = self.net.place(XOR, asked)
                self.net.connect(last, split)
                self._hang(split, event, title, 1)
                last = self._after(split, "otherwise", 0)
                continue
            fork = self.net.place(AND, RawNode(f"{event.id}_beside", "parallelGateway"))
            split = self.net.place(XOR, asked)
            self.net.connect(last, fork)
            self.net.connect(fork, split, order=1)
            self._hang(split, event, title, 0)
            self.net.connect(split, self.net.exit, "otherwise", order=1)
            last = self._after(fork, "", 0)
            self.notes.append(f"{title}, which may happen during {told(node)} without stopping it, runs once at most.")
        return last

    def _hang(self, split: Place, event: RawNode, title: str, order: int) -> None:
        place = self.into.get(event.id)
        if place is None:
            self._places(event)
            place = self.into[event.id]
        self.net.connect(split, place, title, event.id, order)

    def _after(self, split: Place, name: str, order: int) -> Place:
        rest = self.net.place(XOR, split.node)
        self.net.connect(split, rest, name, order=order)
        return rest

    def _behind(self, node: RawNode, last: Place) -> Place:
        """The place the flows of a step leave from: a split where there are several."""
        flows = self.outs[node.id]
        if len(flows) < 2:
            return last
        conditional = [flow for flow in flows if flow.condition or flow.id == node.default]
        kind = OR if conditional else AND
        if len(conditional) == len(flows) == 2 and node.default:
            kind = XOR
        split = self.net.place(kind, RawNode(f"{node.id}_split", "implicit", default=node.default))
        self.net.connect(last, split)
        return split

    def _connect(self, node: RawNode) -> None:
        source = self.out_of[node.id]
        flows = self.outs[node.id]
        for flow in flows:
            self.order += 1
            name = flow.name or flow.condition
            if not name and flow.id == node.default and len(flows) > 1:
                name = "otherwise"
            self.net.connect(source, self.into[flow.target], name, flow.id, self.order)
        if not flows:
            edge = self.net.connect(source, self.net.exit)
            if node.tag != "endEvent":
                edge.items.append(silent_end(node))

    def _enter(self, used: dict[str, None]) -> None:
        starts, one = self._starts()
        starts = [name for name in starts if name in used]
        if len(starts) == 1:
            self.net.connect(self.net.entry, self.into[starts[0]])
            return
        if not starts:
            return
        split = self.net.place(
            XOR if one else AND, RawNode("start_choice", "implicit", "What starts it?" if one else "")
        )
        self.net.connect(self.net.entry, split)
        for number, name in enumerate(starts):
            node = self.body.nodes[name]
            self.net.connect(split, self.into[name], node.name if node.tag == "startEvent" else "", name, number)


def silent_end(node: RawNode) -> LeafItem:
    """The end of a path that stops without an end event."""
    return LeafItem(RawNode(f"{node.id}_end", "endEvent", lane=node.lane))


def told(node: RawNode) -> str:
    """A node as it is named to a reader."""
    kind = {"startEvent": "the start", "endEvent": "the end"}.get(node.tag, "")
    kind = kind or ("the gateway" if node.tag in KINDS else "the event" if node.tag.endswith("Event") else "the step")
    return f"{kind} {node.name or node.id}"
