"""The last look over what was read: what of the steps, flows and pools kept has no place in the tree is listed too."""

from __future__ import annotations

from typing import Any

from assistant.bpmn.address import TASKS
from assistant.bpmn.events import waited
from assistant.bpmn.node_names import told
from assistant.bpmn.raw import RawBody, RawFile, RawNode, RawProcess, every_node
from assistant.process.model import Process

_SET_OFF = {"error": "an error", "escalation": "an escalation", "cancel": "a cancellation"}


def texts(data: Any) -> list[str]:
    """Every text in plain data, keys not counted."""
    found: list[str] = []
    stack = [data]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return found


class Sweep:
    """Lists what is lost of a process that was read. `noted` are the nodes whose notes were kept."""

    def __init__(self, file: RawFile, chosen: RawProcess, process: Process, noted: set[str], called: set[str]) -> None:
        self.file, self.chosen, self.noted = file, chosen, noted
        self.dropped = file.dropped
        self.lines = set(texts(process.document()))
        self.words = "\n".join(self.lines)
        self.read = [chosen, *(file.processes[name] for name in called)]

    def _said(self, text: str) -> bool:
        """Whether the process says a text, as a whole or within one of its own (`yes or no`)."""
        return text in self.lines or text in self.words

    def run(self) -> None:
        """Look over nodes, flows and pools."""
        gone = self.dropped.elements()
        for process in self.read:
            self._body(process.body, gone, process is self.chosen)
        for process in self.read[1:]:
            if process.name and not self._said(process.name):
                self.dropped.add(f"the name {process.name} of a process that is called", process.id + "/@name")
        self._pools()
        nodes = {node.id for process in self.read for node in every_node(process)}
        for name, remarks in self.file.notes.items():
            if name not in self.noted and not (name in gone and name in nodes):
                for remark in remarks:
                    self.dropped.add_all(f'the remark "{remark[:120]}"', self.file.ties[name])

    def _body(self, body: RawBody, gone: frozenset[str], top: bool) -> None:
        for node in body.nodes.values():
            if node.id in gone:
                continue
            self._node(node, top)
            self._events(node)
            self._documents(node)
            if node.note and node.id not in self.noted:
                self.dropped.add(f'the description "{node.note[:120]}" of {told(node)}', f"{node.id}/documentation")
            if node.inner:
                self._body(node.inner, gone, False)
        for flow in body.flows:
            if flow.id in gone:
                continue
            if flow.name and not self._said(flow.name):
                self.dropped.add(f"the name {flow.name} of a flow out of {told(body.nodes[flow.source])}", flow.id)
            if flow.condition and not self._said(flow.condition):
                where = told(body.nodes[flow.source])
                self.dropped.add(
                    f"the condition {flow.condition[:80]} of a flow out of {where}", f"{flow.id}/conditionExpression"
                )

    def _node(self, node: RawNode, top: bool) -> None:
        if not node.name or self._said(node.name[:3999]):
            return
        if node.tag == "endEvent":
            self.dropped.add(f"{told(node)}, where only a path beside or inside others ends", node.id)
        elif node.tag == "startEvent":
            self.dropped.add(f"{told(node)}, the name of a start {'' if top else 'inside a part'}".rstrip(), node.id)
        else:
            self.dropped.add(f"the name {node.name} of {told(node).rpartition(node.name)[0].strip()}", node.id)

    def _events(self, node: RawNode) -> None:
        """What a start, an end or an event on a border is set off by or sets off."""
        for kind in node.events:
            place, what = f"{node.id}/{kind}EventDefinition", _SET_OFF.get(kind, f"a {kind}")
            if node.tag == "startEvent" and not node.triggered:
                value = f" ({node.timer[:60]})" if kind == "timer" and node.timer else ""
                self.dropped.add(f"that {told(node)} is set off by {what}{value}", place)
            elif node.tag == "boundaryEvent":
                if kind == "timer" and waited(node) is None:
                    self.dropped.add(f"the time {node.timer[:60]} of {told(node)}".replace("  ", " "), place)
                elif kind != "timer":
                    self.dropped.add(f"that {told(node)} is set off by {what}", place)
            elif node.tag == "endEvent" and kind not in ("error", "cancel", "terminate"):
                self.dropped.add(f"that {told(node)} sends {what}", place)

    def _documents(self, node: RawNode) -> None:
        """Documents tied to what is no task."""
        keeps = node.tag in TASKS or node.tag == "intermediateThrowEvent"
        for names, part in ((node.reads, "dataInputAssociation"), (node.writes, "dataOutputAssociation")):
            lost = [name for name in names if not keeps or name not in self.file.data]
            if lost:
                titles = ", ".join(dict.fromkeys(self.file.data.get(name, "a technical field") for name in lost))
                self.dropped.add(f"that {told(node)} is tied to {titles}", f"{node.id}/{part}")

    def _pools(self) -> None:
        for pool in self.file.pools:
            if pool.process == self.chosen.id and pool.name and not self._said(pool.name):
                self.dropped.add(f"the name {pool.name} of the pool", pool.id)
