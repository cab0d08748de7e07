"""Reads the elements of a BPMN file into plain values; what has no place there is listed, never lost in silence."""

from __future__ import annotations

from lxml import etree

from assistant.bpmn.address import NODES, SUBS, addresses, local, title
from assistant.bpmn.labels import plain
from assistant.bpmn.names import BPMN, OURS, XSI
from assistant.bpmn.node_names import placed, told
from assistant.bpmn.raw import RawBody, RawFile, RawFlow, RawLane, RawMessage, RawNode, RawPool, RawProcess
from assistant.errors import InvalidBpmn

QUIET = {
    "sequenceFlow", "laneSet", "extensionElements", "documentation", "dataObjectReference", "dataStoreReference",
    "dataObject", "textAnnotation", "association", "incoming", "outgoing", "participant", "messageFlow",
}  # fmt: skip
PARTS = QUIET | {
    "standardLoopCharacteristics", "multiInstanceLoopCharacteristics", "dataInputAssociation", "dataOutputAssociation",
}  # fmt: skip
VISITED = NODES | QUIET - {"documentation", "incoming", "outgoing"} | {
    "childLaneSet", "lane", "standardLoopCharacteristics", "multiInstanceLoopCharacteristics",
}  # fmt: skip
"""Parts that have a reading of their own, with what other tools added to them."""
TECHNICAL = {
    "ioSpecification": "technical fields for data (ioSpecification)", "property": "technical fields (property)",
    "script": "a script that a step runs", "performer": "who performs a step, as technical value (performer)",
    "potentialOwner": "who may perform a step, as technical value (potentialOwner)",
    "humanPerformer": "who performs a step, as technical value (humanPerformer)",
    "loopDataInputRef": "what a step is repeated for (loopDataInputRef)",
    "loopDataOutputRef": "where the results of a repeated step go (loopDataOutputRef)",
    "inputDataItem": "technical name of one item of a repeated step (inputDataItem)",
    "outputDataItem": "technical name of one result of a repeated step (outputDataItem)",
    "completionCondition": "when an ad-hoc part is complete (completionCondition)",
}  # fmt: skip
MAX_DEPTH = 40


def text_of(element: etree._Element | None) -> str:
    """All text below an element, blanks squeezed."""
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""


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
        self.at = addresses(root)
        self.seen: set[str] = set()
        self.odd: dict[str, list[str]] = {}
        self.lane_of: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.links: list[tuple[str, str, str]] = []
        self.objects: dict[str, str] = {}
        self.nodes: dict[str, RawNode] = {}

    def run(self) -> None:
        for element in self.root.iter():
            tag = local(element)
            if tag == "textAnnotation":
                self.texts[self.at[element]] = plain(text_of(element))
            elif tag == "association":
                ends = (_bare(element.get("sourceRef", "")), _bare(element.get("targetRef", "")))
                self.links.append((self.at[element], *ends))
            elif tag in ("dataObject", "dataStore"):
                self.objects[self.at[element]] = _name(element)
        self._attributes(self.root)
        for element in self.root:
            tag = local(element)
            if tag == "process":
                self._process(element)
            elif tag == "collaboration":
                self._collaboration(element)
            elif tag == "extensionElements":
                self._extensions(element)
            elif tag and tag != "dataStore":
                self._odd(element, f"definition of {'an' if tag[0] in 'aeiou' else 'a'} {tag}")
        self._associations()
        self._objects()
        for name, places in sorted(self.odd.items()):
            times = f" ({len(places)} times)" if len(places) > 1 else ""
            self.file.dropped.add_all(f"{name}{times}", places)

    def _odd(self, element: etree._Element, words: str) -> None:
        self.odd.setdefault(words, []).append(self.at[element])

    def _rest(self, element: etree._Element, known: set[str]) -> None:
        """List the parts of an element that have no place here, what other tools added, and their attributes."""
        for child in element:
            tag = local(child)
            if tag == "extensionElements":
                self._extensions(child)
            elif tag and tag not in known and not tag.endswith("EventDefinition") and tag not in NODES:
                self._odd(child, TECHNICAL.get(tag, tag))
            elif not tag:
                self._foreign(child)
            elif tag not in VISITED:
                self._rest(child, {local(part) for part in child})  # read as a whole, but not what was added to it
        self._attributes(element)

    def _extensions(self, box: etree._Element) -> None:
        for value in box:
            if value.tag != f"{{{OURS}}}process":
                self._foreign(value)

    def _attributes(self, element: etree._Element) -> None:
        """Attributes of other tools: `camunda:assignee`."""
        for name in element.attrib:
            if str(name).startswith("{") and etree.QName(name).namespace not in (BPMN, XSI):
                words = f"values of another tool: {title(str(name), element)}"
                self.odd.setdefault(words, []).append(f"{self.at[element]}/@{title(str(name), element)}")

    def _collaboration(self, element: etree._Element) -> None:
        for item in element:
            tag = local(item)
            if tag == "participant":
                process = item.get("processRef")
                self.file.pools.append(RawPool(self.at[item], _name(item), _bare(process) if process else None))
            elif tag == "messageFlow":
                ends = (_bare(item.get("sourceRef", "")), _bare(item.get("targetRef", "")))
                self.file.messages.append(RawMessage(self.at[item], *ends, _name(item)))
            if tag in ("participant", "messageFlow", "textAnnotation", "association"):
                self._rest(item, {"text", "interfaceRef", "endPointRef", "incoming", "outgoing"})
        self._rest(element, QUIET)

    def _process(self, element: etree._Element) -> None:
        made = RawProcess(self.at[element], _name(element), RawBody(), note=_documentation(element))
        for extension in children(element, "extensionElements"):
            for value in extension:
                if value.tag == f"{{{OURS}}}process":
                    made.ours = "".join(map(str, value.itertext()))
        for lanes in children(element, "laneSet"):
            self._lanes(lanes, made, "", 0)
        made.body = self._body(element, 0, None)
        self.file.processes[made.id] = made

    def _foreign(self, value: etree._Element) -> None:
        if isinstance(value.tag, str):
            self._odd(value, f"values of another tool: {title(value.tag, value)}")

    def _lanes(self, lanes: etree._Element, made: RawProcess, within: str, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise InvalidBpmn("Lanes are nested too deep.", remedy="Use at most a few levels of lanes.")
        self._rest(lanes, {"lane"})
        for lane in children(lanes, "lane"):
            name, titled = self.at[lane], _name(lane)
            self._rest(lane, {"flowNodeRef", "childLaneSet"})
            members = [_bare(text_of(ref)) for ref in children(lane, "flowNodeRef")]
            inner = children(lane, "childLaneSet")
            for child in inner:
                self._lanes(child, made, titled, depth + 1)
            if not inner or any(member not in self.lane_of for member in members):
                made.lanes.append(RawLane(name, titled, within))
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
                body.nodes[node.id] = self.nodes[node.id] = node
            elif tag == "sequenceFlow":
                body.flows.append(self._flow(element))
            elif tag in ("dataObjectReference", "dataStoreReference"):
                self._reference(element)
            if tag in ("dataObject", "textAnnotation", "association"):
                self._rest(element, {"text"})
        self._rest(parent, PARTS)
        flows, body.flows = body.flows, []
        for flow in flows:
            if flow.source in body.nodes and flow.target in body.nodes:
                body.flows.append(flow)
        placed(body)
        for flow in flows:
            if flow.source not in body.nodes or flow.target not in body.nodes:
                self._loose(flow, body)
        return body

    def _loose(self, flow: RawFlow, body: RawBody) -> None:
        """A flow of which an end hangs in the air, by the step at its other end."""
        name = f" {flow.name}" if flow.name else ""
        if flow.target in body.nodes:
            told_so = f"the flow{name} into {told(body.nodes[flow.target])}, which comes from nowhere"
        elif flow.source in body.nodes:
            told_so = f"the flow{name} out of {told(body.nodes[flow.source])}, which leads nowhere"
        else:
            told_so = f"the flow{name or ' ' + flow.id}, which does not connect two steps of one pool"
        self.file.dropped.add(told_so, flow.id)

    def _id(self, element: etree._Element) -> str:
        name = element.get("id") or ""
        if not name:
            called = f" “{_name(element)}”" if _name(element) else ""
            raise InvalidBpmn(
                f"A {local(element)}{called} has no id.", "Flows could not be told to reach it.", "Export again."
            )
        self._once(name)
        return name

    def _once(self, name: str) -> None:
        if name in self.seen:
            raise InvalidBpmn(f"The id {name[:80]} is used twice.", remedy="Give every element an id of its own.")
        self.seen.add(name)

    def _flow(self, element: etree._Element) -> RawFlow:
        condition = next(iter(children(element, "conditionExpression")), None)
        source, target = _bare(element.get("sourceRef", "")), _bare(element.get("targetRef", ""))
        self._once(self.at[element])
        self._rest(element, {"conditionExpression"})
        return RawFlow(self.at[element], source, target, _name(element), text_of(condition))

    def _reference(self, element: etree._Element) -> None:
        refers = _bare(element.get("dataObjectRef") or element.get("dataStoreRef") or "")
        name = self.at[element]
        self.file.data[name] = _name(element) or self.objects.get(refers, "") or "Document"
        self.objects.pop(refers, None)
        for state in children(element, "dataState"):
            if _name(state):
                self.file.dropped.add(
                    f"the state {_name(state)} of the document {self.file.data[name]}", self.at[state]
                )
        self._rest(element, {"dataState"})

    def _objects(self) -> None:
        """Documents that are declared and drawn nowhere."""
        for place, name in self.objects.items():
            self.file.dropped.add(f"the document {name or 'without a name'}, which is drawn nowhere", place)

    def _node(self, element: etree._Element, tag: str, depth: int, lane: str | None) -> RawNode:
        node = RawNode(self._id(element), tag, _name(element), _documentation(element))
        node.lane = self.lane_of.get(node.id, lane)
        node.default = element.get("default")
        if element.get("attachedToRef"):
            node.attached = _bare(element.get("attachedToRef", ""))
            node.interrupts = element.get("cancelActivity", "true") != "false"
        node.called = _bare(element.get("calledElement", ""))
        node.by_event = element.get("triggeredByEvent") == "true"
        node.compensates = element.get("isForCompensation") == "true"
        node.refers = _bare(element.get("messageRef", ""))
        self._events(element, node)
        self._loop(element, node)
        self._data(element, node)
        if tag in SUBS:
            for lanes in children(element, "laneSet"):
                self._odd(lanes, "lanes inside a subprocess")
            node.inner = self._body(element, depth + 1, node.lane)
        else:
            self._rest(element, PARTS | {"eventDefinitionRef"})
        return node

    @staticmethod
    def _events(element: etree._Element, node: RawNode) -> None:
        kinds = []
        for child in element:
            tag = local(child)
            if tag.endswith("EventDefinition"):
                kind = tag.removesuffix("EventDefinition")
                kinds.append(kind)
                node.refers = node.refers or _bare(child.get(f"{kind}Ref", ""))
                if tag == "timerEventDefinition":
                    node.timer = text_of(child)
                elif tag == "linkEventDefinition":
                    node.link = _name(child) or node.name
            elif tag == "eventDefinitionRef":
                kinds.append("referenced")
        node.events = tuple(kinds)

    def _loop(self, element: etree._Element, node: RawNode) -> None:
        """Loop markers: while a condition holds, or once for each of several items until enough are done."""
        for child in children(element, "standardLoopCharacteristics"):
            node.loop = "standard"
            node.test_before = child.get("testBefore") == "true"
            node.loop_text = text_of(next(iter(children(child, "loopCondition")), None))
        for child in children(element, "multiInstanceLoopCharacteristics"):
            node.loop = "one after the other" if child.get("isSequential") == "true" else "side by side"
            node.loop_until = text_of(next(iter(children(child, "completionCondition")), None))
            number = text_of(next(iter(children(child, "loopCardinality")), None))
            node.loop_count = int(number) if number.isdecimal() and len(number) < 7 else None
            if number and node.loop_count is None:
                node.loop_text = number
        for child in children(element, "standardLoopCharacteristics", "multiInstanceLoopCharacteristics"):
            self._rest(child, {"loopCondition", "completionCondition", "loopCardinality"})

    def _data(self, element: etree._Element, node: RawNode) -> None:
        for link in children(element, "dataInputAssociation"):
            self._assigned(link)
            node.reads += [_bare(text_of(ref)) for ref in children(link, "sourceRef")]
        for link in children(element, "dataOutputAssociation"):
            self._assigned(link)
            node.writes += [_bare(text_of(ref)) for ref in children(link, "targetRef")]

    def _assigned(self, link: etree._Element) -> None:
        """A value that is given to a technical field is tied to no document."""
        if children(link, "assignment", "transformation") or not children(link, "sourceRef"):
            self._odd(link, "a value for a technical field of a step")

    def _associations(self) -> None:
        """Texts tied to an element become its notes, documents tied to a step what it reads or writes."""
        tied: set[str] = set()
        for place, a, b in self.links:
            text, other = (a, b) if a in self.texts else (b, a)
            if text in self.texts and other in self.seen and self.texts[text]:
                self.file.notes.setdefault(other, []).append(self.texts[text])
                self.file.ties.setdefault(other, []).extend((text, place))
                tied.add(text)
            elif a in self.file.data and b in self.nodes:
                self.nodes[b].reads.append(a)
            elif b in self.file.data and a in self.nodes:
                self.nodes[a].writes.append(b)
            elif not (a in self.nodes and b in self.nodes):
                self.odd.setdefault("a dotted line that ties no text or document to a step", []).append(place)
        for a, b in ((a, b) for _, a, b in self.links):
            if a in self.nodes and "compensate" in self.nodes[a].events and b in self.nodes:
                self.nodes[b].compensates = True
        for place, a, b in self.links:
            if a in self.nodes and b in self.nodes:
                self.file.dropped.add(f"the dotted line from {told(self.nodes[a])} to {told(self.nodes[b])}", place)
        for name, words in self.texts.items():
            if name not in tied:
                said = f'the remark "{words[:120]}"' if words else "an empty remark"
                self.file.dropped.add(f"{said}, which is tied to no step", name)


def _name(element: etree._Element) -> str:
    return plain(element.get("name", ""))


def _documentation(element: etree._Element) -> str:
    return "\n".join(filter(None, (plain(text_of(item)) for item in children(element, "documentation"))))


def _bare(name: str) -> str:
    """An id as it is declared: references may carry a namespace prefix."""
    return name.rsplit(":", 1)[-1].strip()
