"""How the elements of a BPMN file are spoken of: by their ids, or by their kind and the element around them."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from assistant.bpmn.names import BPMN, BPMNDI

TASKS = {"task", "userTask", "serviceTask", "manualTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask"}
SUBS = {"subProcess", "transaction", "adHocSubProcess"}
GATES = {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"}
EVENTS = {
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
    "implicitThrowEvent", "event",
}  # fmt: skip
NODES = TASKS | SUBS | GATES | EVENTS | {"callActivity"}
NAMED = NODES | {
    "process", "participant", "lane", "sequenceFlow", "messageFlow", "textAnnotation", "association", "group",
    "dataObject", "dataStore", "dataObjectReference", "dataStoreReference",
}  # fmt: skip
"""The elements that are spoken of by their own id; all others belong to the element around them."""


DIAGRAM = f"{{{BPMNDI}}}BPMNDiagram"


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for one that is not BPMN."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    name = etree.QName(tag)
    return name.localname if name.namespace in (BPMN, None) else ""


def title(name: str, element: etree._Element) -> str:
    """A qualified name as the file writes it: `camunda:assignee`."""
    made = etree.QName(name)
    prefix = next((key for key, value in element.nsmap.items() if key and value == made.namespace), "")
    return f"{prefix}:{made.localname}" if prefix else made.localname


def addresses(root: etree._Element) -> dict[etree._Element, str]:
    """The address of every element, those of the picture left out.

    Elements without an id that should have one are numbered in the element around them.
    """
    found: dict[etree._Element, str] = {root: ""}
    numbers: dict[tuple[str, str], int] = {}
    for element in root.iter():
        parent = element.getparent()
        if parent not in found or not isinstance(element.tag, str) or element.tag == DIAGRAM:
            continue
        around, tag = found[parent], local(element)
        if tag in NAMED and (name := element.get("id")):
            found[element] = name
        elif tag in NAMED:
            count = numbers[around, tag] = numbers.get((around, tag), 0) + 1
            found[element] = f"{around}.{tag}{count}"
        elif local(parent) == "extensionElements":
            found[element] = f"{found[parent].rpartition('/')[0]}/{title(element.tag, element)}"
        else:
            found[element] = f"{around}/{tag or title(element.tag, element)}"
    return found
