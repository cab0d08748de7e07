"""Writes a process as BPMN 2.0 with diagram interchange; what BPMN has no place for goes into an extension.

The flow, lanes, parties, messages, documents, conditions and timers are plain BPMN that any tool reads. The whole
process document stands once more in an extension element, so that a file of ours comes back without loss; `read`
uses it only as far as the diagram still agrees with it.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import Any

from lxml import etree

from assistant.bpmn.di import diagram
from assistant.bpmn.graph import CALL, CATCH, END, Node
from assistant.bpmn.iso_durations import iso_duration
from assistant.bpmn.layout import draw
from assistant.bpmn.marks import Marks
from assistant.bpmn.names import BPMN, BPMNDI, DC, DI, OURS, XSI, bpmn, ours
from assistant.bpmn.scene import DataRef, Scene, scene
from assistant.process.blocks import Call, Wait
from assistant.process.durations import Fixed
from assistant.process.model import Process
from assistant.process.tree import by_id

NAMESPACES: Any = {None: BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "xsi": XSI, "pr": OURS}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(process: Process, marks: Marks | None = None) -> bytes:
    """The process as a BPMN 2.0 XML document in UTF-8, valid by the OMG schema. `marks` colour its elements."""
    made, root, plane = _model(process)
    diagram(root, draw(made), plane, marks or Marks())
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def model(process: Process) -> etree._Element:
    """The same document without its diagram: what it says, not how it looks."""
    return _model(process)[1]


def _model(process: Process) -> tuple[Scene, etree._Element, str]:
    made = scene(process)
    root = etree.Element(bpmn("definitions"), nsmap=NAMESPACES)
    root.set("id", made.names.new("definitions"))
    root.set("targetNamespace", "urn:process-redesign-assistant:diagram")
    root.set("exporter", "process-redesign-assistant")
    writer = _Writer(made, root)
    writer.collaboration()
    writer.process()
    return made, root, writer.collaboration_id or made.process_id


def xml_text(value: str) -> str:
    """Text without the letters XML forbids."""
    return _FORBIDDEN.sub("", value)


class _Writer:
    def __init__(self, made: Scene, root: etree._Element) -> None:
        self.scene, self.root = made, root
        self.collaboration_id: str | None = None
        self.blocks = by_id(made.process)

    def collaboration(self) -> None:
        """Pools and messages, where there is a pool at all."""
        made = self.scene
        if not made.pool:
            return
        self.collaboration_id = made.names.new("collaboration")
        box = _add(self.root, "collaboration", id=self.collaboration_id)
        _add(box, "participant", id=made.pool, name=made.name, processRef=made.process_id)
        for party in made.parties:
            _add(box, "participant", id=party.id, name=party.name)
        for message in made.messages:
            ends = (message.node, message.party) if message.sent else (message.party, message.node)
            _add(box, "messageFlow", id=message.id, sourceRef=ends[0], targetRef=ends[1])

    def process(self) -> None:
        """The process itself: its values, lanes, documents, nodes and flows."""
        made = self.scene
        box = _add(self.root, "process", id=made.process_id, name=made.name, isExecutable="false")
        if made.process.purpose:
            _add(box, "documentation").text = xml_text(made.process.purpose)
        values = etree.SubElement(_add(box, "extensionElements"), ours("process"))
        values.set("version", "1")
        values.text = _document(made.process)
        self._lanes(box)
        for name in made.data:
            title = next((item.name for item in made.process.data if item.id == name), name)
            _add(box, "dataObject", id=made.data[name], name=title)
        for document in made.documents:
            _add(box, "dataObjectReference", id=document.id, name=document.name, dataObjectRef=made.data[document.data])
        self._nodes(box)
        doubled = self._doubled()
        for flow in made.graph.flows:
            line = _add(box, "sequenceFlow", id=flow.id, name=flow.name, sourceRef=flow.source, targetRef=flow.target)
            if flow.source in doubled:
                condition = _add(line, "conditionExpression")
                condition.set(f"{{{XSI}}}type", "tFormalExpression")
                condition.text = xml_text(flow.name)

    def _doubled(self) -> set[str]:
        """The splits with two flows to the same place: these need conditions to be told apart."""
        count = Counter((flow.source, flow.target) for flow in self.scene.graph.flows)
        return {source for (source, _), number in count.items() if number > 1}

    def _lanes(self, box: etree._Element) -> None:
        if not self.scene.lanes:
            return
        members = defaultdict(list)
        for node in self.scene.graph.nodes.values():
            members[node.lane].append(node.id)
        lanes = _add(box, "laneSet", id=self.scene.names.new("lanes"))
        for lane in self.scene.lanes:
            made = _add(lanes, "lane", id=lane.id, name=lane.name)
            for member in members[lane.role]:
                _add(made, "flowNodeRef").text = member

    def _nodes(self, box: etree._Element) -> None:
        outgoing, incoming = self.scene.graph.outgoing(), self.scene.graph.incoming()
        documents: dict[str, list[DataRef]] = defaultdict(list)
        for document in self.scene.documents:
            documents[document.node].append(document)
        for node in self.scene.graph.nodes.values():
            made = _add(box, node.kind, id=node.id, name=node.name)
            if node.kind == CALL:
                self._called(made, node)
            if node.note:
                _add(made, "documentation").text = xml_text(node.note)
            for flow in incoming[node.id]:
                _add(made, "incoming").text = flow.id
            for flow in outgoing[node.id]:
                _add(made, "outgoing").text = flow.id
            self._associations(made, documents[node.id])
            self._event(made, node)

    def _called(self, made: etree._Element, node: Node) -> None:
        block = self.blocks.get(node.block or "")
        if isinstance(block, Call) and block.process and re.fullmatch(r"[A-Za-z_][\w.\-]*", block.process, re.ASCII):
            made.set("calledElement", block.process)

    def _associations(self, made: etree._Element, documents: list[DataRef]) -> None:
        """Documents read and written. BPMN wants a place in the task for what is read: a property."""
        read = [document for document in documents if document.reading]
        if read:
            slot = self.scene.names.new("input")
            _add(made, "property", id=slot, name="__targetRef_placeholder")
        for document in read:
            link = _add(made, "dataInputAssociation", id=document.reading)
            _add(link, "sourceRef").text = document.id
            _add(link, "targetRef").text = slot
        for document in documents:
            if document.writing:
                link = _add(made, "dataOutputAssociation", id=document.writing)
                _add(link, "targetRef").text = document.id

    def _event(self, made: etree._Element, node: Node) -> None:
        if node.kind == END and node.event == "terminate":
            _add(made, "terminateEventDefinition", id=self.scene.names.new("terminate"))
        if node.kind != CATCH:
            return
        if node.event == "message":
            _add(made, "messageEventDefinition", id=self.scene.names.new("awaited"))
            return
        timer = _add(made, "timerEventDefinition", id=self.scene.names.new("timer"))
        block = self.blocks.get(node.block or "")
        duration = block.duration if isinstance(block, Wait) else None
        length = _add(timer, "timeDuration")
        length.set(f"{{{XSI}}}type", "tFormalExpression")
        length.text = iso_duration(duration.mean_seconds) if duration else "PT0S"
        if not duration:
            timer.remove(length)
        elif not isinstance(duration, Fixed):
            length.set("id", self.scene.names.new("mean_duration"))


def _document(process: Process) -> str:
    """The process as JSON; letters XML forbids are written as JSON escapes, so that none is lost."""
    data = {"schema": process.schema_, **process.document()}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _FORBIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _add(parent: etree._Element, tag: str, **attributes: str | None) -> etree._Element:
    made = etree.SubElement(parent, bpmn(tag))
    for name, value in attributes.items():
        if value:
            made.set(name, xml_text(value))
    return made
