"""Reads the elements of a BPMN file into plain values; what has no place there is listed, never lost in silence."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from assistant.bpmn.names import BPMN, OURS
from assistant.bpmn.raw import RawBody, RawFile, RawFlow, RawLane, RawNode, RawPool, RawProcess
from assistant.errors import InvalidBpmn

TASKS = {"task", "userTask", "serviceTask", "manualTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask"}
SUBS = {"subProcess", "transaction", "adHocSubProcess"}
GATES = {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"}
EVENTS = {
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
    "implicitThrowEvent", "event",
}  # fmt: skip
NODES = TASKS | SUBS | GATES | EVENTS | {"callActivity"}
QUIET = {
    "sequenceFlow", "laneSet", "extensionElements", "documentation", "ioSpecification", "property", "dataObject",
    "dataObjectReference", "dataStoreReference", "textAnnotation", "association", "incoming", "outgoing",
    "dataInputAssociation", "dataOutputAssociation", "standardLoopCharacteristics", "completionCondition",
    "multiInstanceLoopCharacteristics", "supportedInterfaceRef", "auditing", "monitoring",
}  # fmt: skip
MAX_DEPTH = 40


def text_of(element: etree._Element | None) -> str:
    """All text below an element, blanks squeezed."""
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for one that is not BPMN."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    return name.localname if name.namespace in (BPMN, None) else ""


def children(element: etree._Element, *tags: str) -> list[etree._Element]:
    """The BPMN children of those names."""
    return [child for child in element if local(child) in tags]


def read_source(root: etree._Element) -> RawFile:
    """The file as plain values. Raises InvalidBpmn when ids are missing, doubled, or nothing is there."""
    file = RawFile()
    _Source(root, file).run()
    if not file.processes or not any(process.body.nodes for process in file.processes.values()):
        raise InvalidBpmn(
            "The file describes no process.", "It has no tasks, events or gateways.",
            "Draw the steps in the modelling tool and export again.",
        )  # fmt: skip
    return file


class _Source:
    def __init__(self, root: etree._Element, file: RawFile) -> None:
        self.root, self.file = root, file
        self.seen: set[str] = set()
        self.odd: Counter[str] = Counter()
        self.lane_of: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self.objects: dict[str, str] = {}

    def run(self) -> None:
        for element in self.root.iter():
            if local(element) == "textAnnotation":
                self.texts[element.get("id", "")] = text_of(element)
            elif local(element) == "association":
                self.links.append((element.get("sourceRef", ""), element.get("targetRef", "")))
            elif local(element) in ("dataObject", "dataStore"):
                self.objects[element.get("id", "")] = _name(element)
        for element in self.root:
            tag = local(element)
            if tag == "process":
                self._process(element)
            elif tag == "collaboration":
                self._collaboration(element)
            elif tag in ("choreography", "globalConversation"):
                self.file.dropped.append(f"the {tag} {_name(element) or element.get('id', '')}")
        self._annotations()
        for name, count in sorted(self.odd.items()):
            self.file.dropped.append(f"{name}{f' ({count} times)' if count > 1 else ''}")

    def _collaboration(self, element: etree._Element) -> None:
        for item in element:
            tag = local(item)
            if tag == "participant":
                process = item.get("processRef")
                self.file.pools.append(RawPool(item.get("id", ""), _name(item), _bare(process) if process else None))
                if children(item, "participantMultiplicity"):
                    self.file.dropped.append(f"that there are several of the pool {_name(item)}")
            elif tag == "messageFlow":
                ends = (_bare(item.get("sourceRef", "")), _bare(item.get("targetRef", "")))
                self.file.messages.append((*ends, _name(item)))
            elif tag and tag not in QUIET:
                self.odd[f"{tag} in the collaboration"] += 1

    def _process(self, element: etree._Element) -> None:
        name = element.get("id") or f"process{len(self.file.processes) + 1}"
        made = RawProcess(name, _name(element), RawBody(), note=_documentation(element))
        for extension in children(element, "extensionElements"):
            for value in extension:
                if value.tag == f"{{{OURS}}}process":
                    made.ours = "".join(map(str, value.itertext()))
                else:
                    self._foreign(value)
        for lanes in children(element, "laneSet"):
            self._lanes(lanes, made, "", 0)
        made.body = self._body(element, 0, None)
        self.file.processes[name] = made

    def _foreign(self, value: etree._Element) -> None:
        if isinstance(value.tag, str):
            self.odd[
                f"values of another tool: {value.prefix or ''}:{etree.QName(value).localname}".replace(" :", " ")
            ] += 1

    def _lanes(self, lanes: etree._Element, made: RawProcess, within: str, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise InvalidBpmn("Lanes are nested too deep.", remedy="Use at most a few levels of lanes.")
        for lane in children(lanes, "lane"):
            name, title = lane.get("id", ""), _name(lane)
            members = [_bare(text_of(ref)) for ref in children(lane, "flowNodeRef")]
            inner = children(lane, "childLaneSet")
            for child in inner:
                self._lanes(child, made, title, depth + 1)
            if not inner or any(member not in self.lane_of for member in members):
                made.lanes.append(RawLane(name, title, within))
            for member in members:
                self.lane_of.setdefault(member, name)

    def _body(self, parent: etree._Element, depth: int, lane: str | None) -> RawBody:
        if depth > MAX_DEPTH:
            raise InvalidBpmn(
                "Subprocesses are nested too deep.", f"More than {MAX_DEPTH} levels are not read.",
                "Save the inner ones as diagrams of their own.",
            )  # fmt: skip
        body = RawBody()
        for element in parent:
            tag = local(element)
            if tag in NODES:
                node = self._node(element, tag, depth, lane)
                body.nodes[node.id] = node
            elif tag == "sequenceFlow":
                body.flows.append(self._flow(element))
            elif tag in ("dataObjectReference", "dataStoreReference"):
                self._reference(element)
            elif tag and tag not in QUIET:
                self.odd[tag] += 1
        kept: list[RawFlow] = []
        for flow in body.flows:
            if flow.source in body.nodes and flow.target in body.nodes:
                kept.append(flow)
            else:
                self.file.dropped.append(
                    f"the flow {flow.name or flow.id}, which does not connect two steps of one pool"
                )
        body.flows = kept
        return body

    def _id(self, element: etree._Element) -> str:
        name = element.get("id") or ""
        if not name:
            raise InvalidBpmn(f"A {local(element)} has no id.", "Flows could not be told to reach it.", "Export again.")
        if name in self.seen:
            raise InvalidBpmn(f"The id {name[:80]} is used twice.", remedy="Give every element an id of its own.")
        self.seen.add(name)
        return name

    def _flow(self, element: etree._Element) -> RawFlow:
        condition = next(iter(children(element, "conditionExpression")), None)
        source, target = _bare(element.get("sourceRef", "")), _bare(element.get("targetRef", ""))
        return RawFlow(self._id(element), source, target, _name(element), text_of(condition))

    def _reference(self, element: etree._Element) -> None:
        refers = _bare(element.get("dataObjectRef") or element.get("dataStoreRef") or "")
        name = element.get("id", "")
        self.file.data[name] = _name(element) or self.objects.get(refers, "") or "Document"
        for state in children(element, "dataState"):
            if _name(state):
                self.file.dropped.append(f"the state {_name(state)} of the document {self.file.data[name]}")

    def _node(self, element: etree._Element, tag: str, depth: int, lane: str | None) -> RawNode:
        node = RawNode(self._id(element), tag, _name(element), _documentation(element))
        node.lane = self.lane_of.get(node.id, lane)
        node.default = element.get("default")
        if element.get("attachedToRef"):
            node.attached = _bare(element.get("attachedToRef", ""))
            node.interrupts = element.get("cancelActivity", "true") != "false"
        node.called = element.get("calledElement", "")
        node.by_event = element.get("triggeredByEvent") == "true"
        for extension in children(element, "extensionElements"):
            for value in extension:
                self._foreign(value)
        self._events(element, node)
        self._loop(element, node)
        self._data(element, node)
        if tag in SUBS:
            node.inner = self._body(element, depth + 1, node.lane)
        return node

    @staticmethod
    def _events(element: etree._Element, node: RawNode) -> None:
        kinds = []
        for child in element:
            tag = local(child)
            if tag.endswith("EventDefinition"):
                kinds.append(tag.removesuffix("EventDefinition"))
                if tag == "timerEventDefinition":
                    node.timer = text_of(child)
                elif tag == "linkEventDefinition":
                    node.link = _name(child) or node.name
            elif tag == "eventDefinitionRef":
                kinds.append("referenced")
        node.events = tuple(kinds)

    @staticmethod
    def _loop(element: etree._Element, node: RawNode) -> None:
        for child in children(element, "standardLoopCharacteristics"):
            node.loop = "standard"
            node.test_before = child.get("testBefore") == "true"
            node.loop_text = text_of(next(iter(children(child, "loopCondition")), None))
        for child in children(element, "multiInstanceLoopCharacteristics"):
            node.loop = "one after the other" if child.get("isSequential") == "true" else "side by side"

    @staticmethod
    def _data(element: etree._Element, node: RawNode) -> None:
        for link in children(element, "dataInputAssociation"):
            node.reads += [_bare(text_of(ref)) for ref in children(link, "sourceRef")]
        for link in children(element, "dataOutputAssociation"):
            node.writes += [_bare(text_of(ref)) for ref in children(link, "targetRef")]

    def _annotations(self) -> None:
        """Texts tied to an element become its notes; the others are listed."""
        tied: set[str] = set()
        for a, b in self.links:
            text, other = (a, b) if a in self.texts else (b, a)
            if text in self.texts and other in self.seen and self.texts[text]:
                self.file.notes.setdefault(other, []).append(self.texts[text])
                tied.add(text)
        for name, words in self.texts.items():
            if name not in tied and words:
                self.file.dropped.append(f'the remark "{words[:120]}", which is tied to no step')


def _name(element: etree._Element) -> str:
    return " ".join(element.get("name", "").split())


def _documentation(element: etree._Element) -> str:
    return "\n".join(filter(None, (text_of(item) for item in children(element, "documentation"))))


def _bare(name: str) -> str:
    """An id as it is declared: references may carry a namespace prefix."""
    return name.rsplit(":", 1)[-1].strip()
