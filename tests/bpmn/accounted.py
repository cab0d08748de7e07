"""Accounts for every construct of a BPMN file: in the process, or in the list of what was left out.

What the file holds is counted from its raw XML, by walking it and not by asking the reader. A construct counts as
listed when the reader's list speaks of it or of what it stands in, as read when its words (its name, its text, its
condition) stand in the process, or when it has none and is part of the structure; anything else is lost. The picture
(diagram interchange) is not counted: it is laid out anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from assistant.bpmn.address import NAMED, NODES, SUBS, TASKS, addresses, local, title
from assistant.bpmn.iso_durations import parse_duration
from assistant.bpmn.labels import plain
from assistant.bpmn.left_out_parts import texts
from assistant.bpmn.names import BPMN, BPMNDI, OURS, XSI
from assistant.bpmn.read import read
from assistant.bpmn.xmlfile import open_xml
from assistant.process.blocks import Loop
from assistant.process.model import Process
from assistant.process.tree import walk

_FRAME = {"laneSet", "childLaneSet", "collaboration", "extensionElements"}
_REFERENCES = {
    "incoming", "outgoing", "flowNodeRef", "text", "eventDefinitionRef", "supportedInterfaceRef", "interfaceRef",
    "endPointRef",
}  # fmt: skip
STEPS = TASKS | SUBS | {"callActivity"}
_REPEATED = {"standardLoopCharacteristics", "multiInstanceLoopCharacteristics"}
_OPEN = NAMED | _FRAME | _REPEATED | {"definitions"}
"""The elements looked into; others are one construct with all that is in them, but for what other tools added."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many constructs of one kind a file holds, and what became of them; `lost` names those in neither."""

    kind: str
    in_file: int
    read: int
    listed: int
    lost: tuple[str, ...] = ()


class _Construct(NamedTuple):
    kind: str
    address: str
    around: tuple[str, ...]
    element: etree._Element | None


def account(data: bytes, pool: str | None = None) -> tuple[Tally, ...]:
    """What became of each kind of construct of a file. Raises InvalidBpmn as `read` does."""
    imported = read(data, pool)
    listed = imported.left_out
    words = "\n".join(texts(imported.process.document()))
    totals, found, told = Counter[str](), Counter[str](), Counter[str]()
    lost: dict[str, list[str]] = {}
    for construct in _constructs(open_xml(data)):
        totals[construct.kind] += 1
        places = (construct.address, f"{construct.address}/@name", *construct.around)
        if any(place in listed for place in places):
            told[construct.kind] += 1
        elif _is_read(construct, words, imported.process):
            found[construct.kind] += 1
        else:
            lost.setdefault(construct.kind, []).append(construct.address)
    return tuple(Tally(k, totals[k], found[k], told[k], tuple(lost.get(k, ()))) for k in sorted(totals))


def _constructs(root: etree._Element) -> Iterator[_Construct]:
    """Every construct with its address and those of the elements around it, in the order of the file."""
    at = addresses(root)
    drawn = {e.get("dataObjectRef") or e.get("dataStoreRef") for e in root.iter() if local(e).endswith("Reference")}
    stack: list[tuple[etree._Element, tuple[str, ...], bool]] = [(root, (), True)]
    while stack:
        element, around, opened = stack.pop()
        tag, here = local(element), (*around, at[element])
        for name in element.attrib:
            space = etree.QName(str(name)).namespace
            if space not in (None, BPMN, XSI):
                holders = around if opened else here
                yield _Construct("value of another tool", f"{at[element]}/@{title(str(name), element)}", holders, None)
        for child in element:
            inner = local(child)
            space = etree.QName(child).namespace if isinstance(child.tag, str) else BPMNDI
            if space in (BPMNDI, OURS):
                continue
            if not inner:
                yield _Construct("value of another tool", at[child], here, None)
                continue
            declared = inner in ("dataObject", "dataStore") and child.get("id") in drawn
            quiet = inner in _FRAME | _REFERENCES or declared or (tag == "definitions" and inner == "dataStore")
            if opened and not quiet:
                yield _Construct(inner, at[child], here, child)
            stack.append((child, here, opened and inner in _OPEN))


def _is_read(construct: _Construct, words: str, process: Process) -> bool:
    """Whether the process says what the construct says."""
    element = construct.element
    if element is None:
        return False
    kind, name = construct.kind, plain(element.get("name", ""))
    if kind == "group":
        return False
    if kind in STEPS and not name:
        return element.get("id", "") in words
    if kind in NODES or kind in NAMED:
        if kind == "textAnnotation":
            return plain(" ".join("".join(map(str, element.itertext())).split())) in words
        return name[:3999].casefold() in words.casefold()
    said = " ".join("".join(map(str, element.itertext())).split())
    check = _PARTS.get(kind)
    if check:
        return check(said, words, process)
    return kind.endswith("EventDefinition") and _event(kind, said, element)


def _event(kind: str, said: str, element: etree._Element) -> bool:
    """Event definitions that the tree holds: what is awaited, thrown or ends the case, times that are durations."""
    around = element.getparent()
    host = local(around) if around is not None else ""
    if kind == "timerEventDefinition":
        held = host in ("intermediateCatchEvent", "boundaryEvent", "startEvent")
        return held and (not said or parse_duration(said) is not None)
    if kind == "messageEventDefinition":
        return host in ("intermediateCatchEvent", "intermediateThrowEvent", "startEvent")
    if kind == "linkEventDefinition":
        return host in ("intermediateCatchEvent", "intermediateThrowEvent")
    return host == "endEvent" and kind in ("errorEventDefinition", "cancelEventDefinition", "terminateEventDefinition")


def _looped(_: str, __: str, process: Process) -> bool:
    """Whether loops are there; what stands inside is counted on its own."""
    return any(isinstance(step, Loop) for step in walk(process))


def _numbered(said: str, words: str, process: Process) -> bool:
    """Whether a loop has the number of this one as the chance of one more, or in words."""
    return said in words or any(isinstance(step, Loop) and step.p is not None for step in walk(process))


def _worded(said: str, words: str, _: Process) -> bool:
    """Whether a condition stands in the process, as code or in the words a reader gets."""
    return said in words or plain(said) in words


def _tied(_: str, __: str, process: Process) -> bool:
    """Whether documents are there to which steps are tied."""
    return bool(process.data)


_PARTS: dict[str, Callable[[str, str, Process], bool]] = {
    "documentation": lambda said, words, _: plain(said) in words,
    "conditionExpression": lambda said, words, _: said in words,
    "loopCondition": _worded,
    "completionCondition": _worded,
    "loopCardinality": _numbered,
    "standardLoopCharacteristics": _looped,
    "multiInstanceLoopCharacteristics": _looped,
    "dataInputAssociation": _tied,
    "dataOutputAssociation": _tied,
}
