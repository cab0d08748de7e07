"""Diagram interchange: a shape for every element, an edge for every flow, bounds for every label."""

from __future__ import annotations

from lxml import etree

from assistant.bpmn.drawing import Drawing, Label, Point, Rect
from assistant.bpmn.graph import CALL, EXCLUSIVE, Node
from assistant.bpmn.marks import Marks
from assistant.bpmn.names import BPMNDI, COLOR, DC, DI
from assistant.bpmn.palette import LIGHT
from assistant.bpmn.symbols import number


def diagram(root: etree._Element, drawing: Drawing, plane_of: str, marks: Marks) -> None:
    """Add the diagram of `drawing` to the definitions `root`; `plane_of` is the collaboration or process drawn."""
    names = drawing.scene.names
    box = etree.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", id=names.new("diagram"))
    plane = etree.SubElement(box, f"{{{BPMNDI}}}BPMNPlane", id=names.new("plane"), bpmnElement=plane_of)
    _Diagram(drawing, plane, marks).fill()


class _Diagram:
    def __init__(self, drawing: Drawing, plane: etree._Element, marks: Marks) -> None:
        self.drawing, self.plane, self.marks = drawing, plane, marks

    def fill(self) -> None:
        d, made = self.drawing, self.drawing.scene
        if made.pool and d.pool:
            self._shape(made.pool, d.pool.rect, isHorizontal="true")
        for name, band in d.lanes.items():
            self._shape(name, band.rect, isHorizontal="true")
        for name, band in d.parties.items():
            self._shape(name, band.rect, isHorizontal="true")
        for node in made.graph.nodes.values():
            self._node(node)
        for name, rect in d.documents.items():
            self._label(self._shape(name, rect), d.labels.get(name))
        for flow in made.graph.flows:
            edge = self._edge(flow.id, d.flows[flow.id])
            self._label(edge, d.labels.get(flow.id))
            self._colour(edge, flow.branch)
        for name, points in (*d.messages.items(), *d.associations.items()):
            self._edge(name, points)

    def _node(self, node: Node) -> None:
        extra = {"isMarkerVisible": "true"} if node.kind == EXCLUSIVE else {}
        if node.kind == CALL:
            extra = {"isExpanded": "false"}
        shape = self._shape(node.id, self.drawing.shapes[node.id], **extra)
        if not node.id.endswith(("_join", "_again")):
            self._colour(shape, node.block)
        self._label(shape, self.drawing.labels.get(node.id))

    def _shape(self, name: str, rect: Rect, **extra: str) -> etree._Element:
        shape = etree.SubElement(self.plane, f"{{{BPMNDI}}}BPMNShape", id=self._id(name), bpmnElement=name)
        for key, value in extra.items():
            shape.set(key, value)
        _bounds(shape, rect)
        return shape

    def _edge(self, name: str, points: list[Point]) -> etree._Element:
        edge = etree.SubElement(self.plane, f"{{{BPMNDI}}}BPMNEdge", id=self._id(name), bpmnElement=name)
        for point in points:
            etree.SubElement(edge, f"{{{DI}}}waypoint", x=number(point.x), y=number(point.y))
        return edge

    def _id(self, name: str) -> str:
        return self.drawing.scene.names.new(f"{name}_di")

    def _colour(self, element: etree._Element, block: str | None) -> None:
        kind = self.marks.kinds.get(block) if block else None
        if kind:
            line, fill = LIGHT.mark(kind)
            element.set(f"{{{COLOR}}}border-color", line)
            if element.tag.endswith("Shape"):
                element.set(f"{{{COLOR}}}background-color", fill)

    def _label(self, element: etree._Element, label: Label | None) -> None:
        if label:
            _bounds(etree.SubElement(element, f"{{{BPMNDI}}}BPMNLabel"), label.rect)


def _bounds(parent: etree._Element, rect: Rect) -> None:
    etree.SubElement(
        parent, f"{{{DC}}}Bounds",
        x=number(rect.x), y=number(rect.y), width=number(rect.w), height=number(rect.h),
    )  # fmt: skip
