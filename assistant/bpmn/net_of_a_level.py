"""Draws the net of one level out of its raw flow.

Implicit things are made explicit here: several flows out of a task are a split, several into it a merge; a gateway that
joins and splits becomes two; boundary events that stop their step become decisions behind it, the others run beside
it; all starts hang on one entry, all ends on one exit.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from assistant.bpmn.events import happened, waited
from assistant.bpmn.labels import is_code, plain, said
from assistant.bpmn.net import (
    AND,
    ENTRY,
    EXIT,
    LEAF,
    OR,
    XOR,
    ForkItem,
    Item,
    LeafItem,
    Net,
    Place,
    Way,
    silent_end,
)
from assistant.bpmn.net_to_tree import reduce_net
from assistant.bpmn.node_names import told
from assistant.bpmn.paths import finished
from assistant.bpmn.raw import LeftOut, RawBody, RawFlow, RawNode

KINDS = {
    "exclusiveGateway": XOR, "eventBasedGateway": XOR, "parallelGateway": AND, "inclusiveGateway": OR,
    "complexGateway": OR,
}  # fmt: skip


def build(body: RawBody, dropped: LeftOut, notes: list[str]) -> Net:
    """The net of a process's or subprocess's flow. What has no place in it is added to `dropped`."""
    return _Builder(body, dropped, notes).run()


class _Builder:
    def __init__(self, body: RawBody, dropped: LeftOut, notes: list[str]) -> None:
        self.body, self.dropped, self.notes = body, dropped, notes
        entry, leave = Place(ENTRY, RawNode("entry", ENTRY)), Place(EXIT, RawNode("exit", EXIT))
        self.net = Net({entry: None, leave: None}, entry, leave)
        self.outs: dict[str, list[RawFlow]] = {name: [] for name in body.nodes}
        self.ins: dict[str, list[RawFlow]] = {name: [] for name in body.nodes}
        self.boundary: dict[str, list[RawNode]] = {}
        self.into: dict[str, Place] = {}
        self.out_of: dict[str, Place] = {}
        self.order = 0
        self.regions: dict[str, dict[str, None]] = {}
        self.flows: list[RawFlow] = []

    def run(self) -> Net:
        self.flows = self._flows()
        for flow in self.flows:
            self.outs[flow.source].append(flow)
            self.ins[flow.target].append(flow)
        for node in self.body.nodes.values():
            if node.attached in self.body.nodes and node.attached:
                self.boundary.setdefault(node.attached, []).append(node)
        self._trigger()
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
                ends = (told(nodes[flow.source]), told(nodes[flow.target]))
                self.dropped.add(
                    f"the flow from {ends[0]} to {ends[1]}, which leaves an end or enters a start", flow.id
                )
            else:
                flows.append(flow)
        catching = {node.link: node.id for node in nodes.values() if node.link and node.tag == "intermediateCatchEvent"}
        for node in nodes.values():
            if node.link and node.tag == "intermediateThrowEvent" and node.link in catching:
                flows.append(RawFlow(f"{node.id}_link", node.id, catching[node.link]))
        return flows

    def _starts(self) -> tuple[list[str], bool]:
        """The ids where a case can start, and whether only one of them starts it."""
        nodes = [n for n in self.body.nodes.values() if not n.attached and not n.by_event and not n.compensates]
        begins = [n.id for n in nodes if n.tag == "startEvent"]
        loose = [n for n in nodes if not self.ins[n.id] and n.tag != "startEvent"]
        if not begins:
            return [n.id for n in loose], False
        for node in loose:
            if self.outs[node.id]:
                begins.append(node.id)
                self.notes.append(f"Nothing leads to {told(node)}; it was read as one more way in which a case starts.")
        return begins, True

    def _after(self, name: str, beside: bool) -> list[str]:
        """What can come right after a node; `beside` counts what runs beside it without stopping it."""
        events = [e for e in self.boundary.get(name, ()) if "compensate" not in e.events and (beside or e.interrupts)]
        return [*(flow.target for flow in self.outs[name]), *(event.id for event in events)]

    def _walk(self, starts: list[str], beside: bool) -> dict[str, None]:
        """The nodes reached from some, in the order found."""
        stack = list(reversed(starts))
        found: dict[str, None] = {}
        while stack:
            name = stack.pop()
            if name not in found:
                found[name] = None
                stack.extend(reversed(self._after(name, beside)))
        return found

    def _reachable(self) -> dict[str, None]:
        """The nodes that can run, in the order found, but for those that only run beside a step; others are listed."""
        starts = self._starts()[0]
        main = self._walk(starts, beside=False)
        everything = self._walk(starts, beside=True)
        for host in list(everything):
            for event in self.boundary.get(host, ()):
                if host not in main or event.interrupts or "compensate" in event.events:
                    continue
                region = self._walk([event.id], beside=True)
                stops = any("terminate" in self.body.nodes[name].events for name in region)
                others = set(main).union(*(names for key, names in self.regions.items() if key != event.id))
                if not stops and not others & set(region):
                    self.regions[event.id] = region
        own = {name for region in self.regions.values() for name in region}
        self._unreached({name for name in self.body.nodes if name not in everything})
        return {name: None for name in everything if name not in own}

    def _unreached(self, names: set[str]) -> None:
        """List what cannot run by itself, each for its own reason."""
        for name in names:
            node = self.body.nodes[name]
            inside = f" with {node.inner.count()} elements" if node.inner else ""
            if node.by_event:
                starts = [n for n in node.inner.nodes.values() if n.tag == "startEvent"] if node.inner else []
                when = next((f" {n.name}" for n in starts if n.name), " something happens")
                title = node.name or node.where
                self.dropped.add(
                    f"the event subprocess {title}{inside}, which runs when{when}".replace("  ", " "), name
                )
            elif node.compensates:
                self.dropped.add(f"the compensation {node.name or told(node)}{inside}, which undoes a step", name)
            elif "compensate" in node.events and node.attached in self.body.nodes and node.attached:
                self.dropped.add(f"the compensation of {told(self.body.nodes[node.attached])}", name)
            else:
                self.dropped.add(f"{told(node)}{inside}, which no flow leads to", name)
        for flow in self.body.flows:
            if flow.source in names or flow.target in names:
                ends = (told(self.body.nodes[flow.source]), told(self.body.nodes[flow.target]))
                self.dropped.add(f"the flow from {ends[0]} to {ends[1]}", flow.id)

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
        passed = node.tag == "startEvent" and not node.triggered
        if passed or (node.tag == "boundaryEvent" and waited(node) is None):
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
        step = last
        for event in self.boundary.get(node.id, ()):
            if "compensate" in event.events:
                continue
            title = happened(event)
            asked = RawNode(f"{event.id}_during", "exclusiveGateway", f"{title}?", lane=node.lane)
            asked.made = f"the event {title} at {told(node)}"
            if not event.interrupts:
                self.notes.append(
                    f"{title}, which may happen during {told(node)} without stopping it, runs once at most."
                )
            if event.id in self.regions:
                step.item = self._beside(step.item or LeafItem(node), event, asked, title)
            elif event.interrupts:
                split = self.net.place(XOR, asked)
                self.net.connect(last, split)
                self._hang(split, event, title, 1)
                last = self._on(split, "otherwise", 0)
            else:
                last = self._forked(last, event, asked, title)
        return last

    def _beside(self, step: Item, event: RawNode, asked: RawNode, title: str) -> Item:
        """A step, and what an event sets off beside it: both end before the case goes on."""
        names = self.regions[event.id]
        nodes = {name: self.body.nodes[name] for name in names}
        nodes |= {name: node for name, node in self.body.nodes.items() if node.attached in names}
        nodes[event.id] = replace(event, attached=None)
        inner = RawBody(nodes, [flow for flow in self.flows if flow.source in nodes and flow.target in nodes])
        items = reduce_net(build(inner, self.dropped, self.notes), self.notes)
        ways = [
            Way(title, event.id, finished(items, asked, joined_later=False), False, 0),
            Way("otherwise", "", deque(), False, 1),
        ]
        other: Item = ForkItem(XOR, asked, ways)
        beside = RawNode(f"{event.id}_beside", "parallelGateway", made=asked.made)
        return ForkItem(AND, beside, [Way("", "", deque([step]), False, 0), Way("", "", deque([other]), False, 1)])

    def _forked(self, last: Place, event: RawNode, asked: RawNode, title: str) -> Place:
        """What an event sets off without stopping its step, where that leads back into the flow."""
        fork = self.net.place(AND, RawNode(f"{event.id}_beside", "parallelGateway", made=asked.made))
        split = self.net.place(XOR, asked)
        self.net.connect(last, fork)
        self.net.connect(fork, split, order=1)
        self._hang(split, event, title, 0)
        self.net.connect(split, self.net.exit, "otherwise", order=1)
        return self._on(fork, "", 0)

    def _hang(self, split: Place, event: RawNode, title: str, order: int) -> None:
        place = self.into.get(event.id)
        if place is None:
            self._places(event)
            place = self.into[event.id]
        self.net.connect(split, place, title, event.id, order)

    def _on(self, split: Place, name: str, order: int) -> Place:
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
        asked = RawNode(f"{node.id}_split", "implicit", default=node.default, made=f"the ways out of {told(node)}")
        split = self.net.place(kind, asked)
        self.net.connect(last, split)
        return split

    def _connect(self, node: RawNode) -> None:
        source = self.out_of[node.id]
        flows = self.outs[node.id]
        for flow in flows:
            self.order += 1
            name = flow.name or (self._condition(flow, source.node) if len(flows) > 1 else "")
            if flow.name and flow.condition and flow.condition != flow.name and len(flows) > 1:
                source.node.codes.append(f"{flow.name}: {flow.condition}")
            if not name and flow.id == node.default and len(flows) > 1:
                name = "otherwise"
            if not name and node.tag == "eventBasedGateway":
                name = happened(self.body.nodes[flow.target])
            self.net.connect(source, self.into[flow.target], name, flow.id, self.order)
        if not flows:
            edge = self.net.connect(source, self.net.exit)
            if node.tag != "endEvent":
                edge.items.append(silent_end(node))

    def _condition(self, flow: RawFlow, split: RawNode) -> str:
        """A condition as a reader can take it: code in words, or else as condition 1 with its code in the note."""
        if not flow.condition or not is_code(flow.condition):
            return plain(flow.condition)
        words = said(flow.condition)
        if words is None:
            words = f"condition {sum(code.startswith('condition ') for code in split.codes) + 1}"
            self.notes.append(
                f"“{words}” at {told(split)} is code in the file and kept in its note; say in words when it holds."
            )
        split.codes.append(f"{words}: {flow.condition}")
        return words

    def _enter(self, used: dict[str, None]) -> None:
        starts, one = self._starts()
        starts = [name for name in starts if name in used]
        beside = [name for name in starts if self.body.nodes[name].triggered]
        first = [name for name in starts if name not in beside]
        entry = self.net.entry
        if beside:
            fork = self.net.place(AND, RawNode("start_beside", "implicit", made="the starts"))
            self.net.connect(entry, fork)
            for number, name in enumerate(beside, 1):
                self.net.connect(fork, self.into[name], "", name, number)
            entry = fork
        if len(first) == 1:
            self.net.connect(entry, self.into[first[0]])
        elif first:
            asked = RawNode("start_choice", "implicit", "What starts it?" if one else "", made="the starts")
            split = self.net.place(XOR if one else AND, asked)
            self.net.connect(entry, split)
            for number, name in enumerate(first):
                node = self.body.nodes[name]
                self.net.connect(split, self.into[name], node.name if node.tag == "startEvent" else "", name, number)

    def _trigger(self) -> None:
        """Mark the starts that the process itself sets off: a path of its own that a message of the first starts."""
        starts = [name for name in self._starts()[0] if self.body.nodes[name].tag == "startEvent"]
        nodes = self.body.nodes
        first = next((name for name in starts if not SENT & set(nodes[name].events)), starts[0] if starts else "")
        if len(starts) < 2:
            return
        main = self._walk([first], beside=True)
        talks = any(SENT & set(nodes[n].events) or nodes[n].tag in TALKING for n in main if n != first)
        for name in starts:
            apart = name != first and not set(main) & set(self._walk([name], beside=True))
            if apart and talks and SENT & set(nodes[name].events):
                nodes[name].triggered = True
                title = told(nodes[name])
                self.notes.append(
                    f"{title[:1].upper()}{title[1:]} was read as set off by the process itself: "
                    f"its path runs beside that of {told(nodes[first])}."
                )


SENT, TALKING = {"message", "signal", "conditional", "escalation"}, {"sendTask", "receiveTask"}
