"""The picture of a file whose flow cannot become a tree: as its own diagram has it, the spot at fault marked.

Where the file holds no diagram, the steps stand in columns in the order in which the flow reaches them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from assistant.bpmn import text
from assistant.bpmn.drawing import LABEL_LINE, LANE_SIZE, TASK_LINE, TASK_SIZE, Band, Drawing, Label, Point, Rect
from assistant.bpmn.graph import Flow, Graph, Names, Node
from assistant.bpmn.marks import Marks
from assistant.bpmn.metrics import EVENT, GATEWAY, label_lines, task_face
from assistant.bpmn.names import BPMNDI, DC, DI
from assistant.bpmn.raw import RawBody, RawFile, RawProcess, every_node
from assistant.bpmn.read import choose
from assistant.bpmn.rows import in_rows
from assistant.bpmn.scene import Lane, Scene
from assistant.bpmn.source import read_source
from assistant.bpmn.svgparts import render
from assistant.bpmn.tree_to_graph import Series
from assistant.bpmn.xmlfile import open_xml
from assistant.errors import InvalidBpmn
from assistant.process.blocks import Sequence
from assistant.process.model import Process

COLUMN, ROW, MARGIN, STRIP = 190.0, 120.0, 24.0, 28.0
MOST = 20_000.0


def as_drawn(data: bytes, fault: InvalidBpmn, pool: str | None = None, dark: bool = False) -> str:
    """The file's diagram as SVG, the elements of `fault.spots` marked. Raises InvalidBpmn for what is not readable."""
    root = open_xml(data)
    file = read_source(root)
    chosen = choose(file, pool)
    shapes, ways = _shapes(root), _ways(root)
    graph = _graph(chosen, shapes)
    made = Scene(
        Process(name=chosen.name or "Process", flow=Sequence()), chosen.name or "Process", graph, Series([]), Names(),
        "process", None,
    )  # fmt: skip
    drawing = Drawing(made)
    if graph.nodes and all(name in shapes for name in graph.nodes):
        _bands(drawing, file, chosen, shapes)
        drawing.shapes = {name: shapes[name] for name in graph.nodes}
    else:
        graph.nodes = {name: node for name, node in graph.nodes.items() if name in chosen.body.nodes}
        drawing.shapes, ways = _in_columns(chosen.body, graph), {}
    graph.flows = [flow for flow in graph.flows if flow.source in drawing.shapes and flow.target in drawing.shapes]
    for flow in graph.flows:
        drawing.flows[flow.id] = ways.get(flow.id) or _way(drawing.shapes[flow.source], drawing.shapes[flow.target])
    _words(drawing)
    _bounds(drawing)
    kinds = {name: "problem" for name in fault.spots if name in drawing.shapes}
    notes = dict.fromkeys(kinds, fault.why or fault.what)
    return render(in_rows(drawing), Marks(kinds, notes), dark)  # type: ignore[arg-type]


def _number(value: str | None) -> float:
    try:
        given = float(value or "0")
    except ValueError:
        return 0.0
    return max(-MOST, min(MOST, given)) if given == given else 0.0


def _shapes(root: etree._Element) -> dict[str, Rect]:
    """The bounds of each element that the file's diagram places."""
    found: dict[str, Rect] = {}
    for shape in root.iter(f"{{{BPMNDI}}}BPMNShape"):
        bounds = shape.find(f"{{{DC}}}Bounds")
        if bounds is not None:
            sides = [_number(bounds.get(side)) for side in ("x", "y", "width", "height")]
            found[str(shape.get("bpmnElement", ""))] = Rect(*sides)
    return found


def _ways(root: etree._Element) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = {}
    for edge in root.iter(f"{{{BPMNDI}}}BPMNEdge"):
        points = [Point(_number(stop.get("x")), _number(stop.get("y"))) for stop in edge.iter(f"{{{DI}}}waypoint")]
        if len(points) > 1:
            found[str(edge.get("bpmnElement", ""))] = points
    return found


def _graph(chosen: RawProcess, shapes: Mapping[str, Rect]) -> Graph:
    """The nodes and flows of the process, those of a subprocess too where the diagram shows it open."""
    graph = Graph()
    for raw in every_node(chosen):
        if raw.id in chosen.body.nodes or raw.id in shapes:
            graph.nodes[raw.id] = Node(raw.id, raw.tag, raw.name, raw.lane, next(iter(raw.events), "none"), raw.id)
    bodies = [chosen.body, *(raw.inner for raw in every_node(chosen) if raw.inner)]
    graph.flows = [Flow(flow.id, flow.source, flow.target, flow.name) for body in bodies for flow in body.flows]
    return graph


def _bands(drawing: Drawing, file: RawFile, chosen: RawProcess, shapes: Mapping[str, Rect]) -> None:
    pool = next((item for item in file.pools if item.process == chosen.id and item.id in shapes), None)
    if pool:
        box = shapes[pool.id]
        drawing.pool = Band(box, STRIP, text.wrap(pool.name, max(box.h - 12, 40), LANE_SIZE, 1))
    for lane in chosen.lanes:
        if lane.id in shapes:
            box = shapes[lane.id]
            drawing.scene.lanes.append(Lane(lane.id, lane.id, lane.name))
            drawing.lanes[lane.id] = Band(box, STRIP, text.wrap(lane.name, max(box.h - 12, 40), LANE_SIZE, 3))


def _in_columns(body: RawBody, graph: Graph) -> dict[str, Rect]:
    """Each node one column behind the first that leads to it, as a walk from the starts meets them."""
    targets: dict[str, list[str]] = {}
    reached = set()
    for flow in body.flows:
        targets.setdefault(flow.source, []).append(flow.target)
        reached.add(flow.target)
    column = {name: 0 for name in graph.nodes if name not in reached}
    queue = list(column) or list(graph.nodes)[:1]
    column |= dict.fromkeys(queue, 0)
    for name in queue:
        for target in targets.get(name, ()):
            if target in graph.nodes and target not in column:
                column[target] = column[name] + 1
                queue.append(target)
    filled: dict[int, int] = {}
    placed: dict[str, Rect] = {}
    for name, node in graph.nodes.items():
        at = column.get(name, 0)
        row = filled[at] = filled.get(at, -1) + 1
        w, h = _size(node)
        placed[name] = Rect(at * COLUMN + (COLUMN - w) / 2, row * ROW + (ROW - h) / 2, w, h)
    return placed


def _size(node: Node) -> tuple[float, float]:
    if node.is_gateway or node.is_event:
        side = GATEWAY if node.is_gateway else EVENT
        return side, side
    face = task_face(node)
    return 2 * face.half_width, 2 * face.half_height


def _way(source: Rect, target: Rect) -> list[Point]:
    """A line with right angles between two shapes; a way back runs below both."""
    if target.x > source.right:
        middle = (source.right + target.x) / 2
        start, stop = Point(source.right, source.cy), Point(target.x, target.cy)
        return [start, Point(middle, start.y), Point(middle, stop.y), stop] if start.y != stop.y else [start, stop]
    low = max(source.bottom, target.bottom) + 18
    return [
        Point(source.cx, source.bottom),
        Point(source.cx, low),
        Point(target.cx, low),
        Point(target.cx, target.bottom),
    ]


def _words(drawing: Drawing) -> None:
    for node in drawing.scene.graph.nodes.values():
        box = drawing.shapes[node.id]
        if node.is_gateway or node.is_event:
            lines = label_lines(node.name)
            if lines:
                drawing.labels[node.id] = Label(Rect(box.cx - 48, box.bottom + 4, 96, len(lines) * LABEL_LINE), lines)
            continue
        lines = text.wrap(node.name, max(box.w - 12, 40), TASK_SIZE, max(1, int(box.h // TASK_LINE)))
        height = len(lines) * TASK_LINE
        drawing.texts[node.id] = Label(Rect(box.x + 4, box.cy - height / 2, box.w - 8, height), lines)
    for flow in drawing.scene.graph.flows:
        lines = label_lines(flow.name, 2)
        if lines:
            first, second = drawing.flows[flow.id][:2]
            middle = Point((first.x + second.x) / 2, (first.y + second.y) / 2)
            drawing.labels[flow.id] = Label(Rect(middle.x - 40, middle.y - 4 - len(lines) * LABEL_LINE, 80, 0), lines)


def _bounds(drawing: Drawing) -> None:
    """Move everything to the upper left corner of a page that holds it all."""
    boxes = [*drawing.shapes.values(), *(band.rect for band in _all_bands(drawing))]
    boxes += [label.rect for label in drawing.labels.values()]
    points = [point for way in drawing.flows.values() for point in way]
    left = min([box.x for box in boxes] + [point.x for point in points], default=0.0) - MARGIN
    top = min([box.y for box in boxes] + [point.y for point in points], default=0.0) - MARGIN

    def moved(box: Rect) -> Rect:
        return Rect(box.x - left, box.y - top, box.w, box.h)

    drawing.width = max([box.right for box in boxes] + [point.x for point in points], default=0.0) - left + MARGIN
    drawing.height = max([box.bottom for box in boxes] + [point.y for point in points], default=0.0) - top + MARGIN
    drawing.shapes = {name: moved(box) for name, box in drawing.shapes.items()}
    drawing.texts = {name: Label(moved(label.rect), label.lines) for name, label in drawing.texts.items()}
    drawing.labels = {name: Label(moved(label.rect), label.lines) for name, label in drawing.labels.items()}
    drawing.flows = {name: [Point(p.x - left, p.y - top) for p in way] for name, way in drawing.flows.items()}
    if drawing.pool:
        drawing.pool = Band(moved(drawing.pool.rect), STRIP, drawing.pool.lines)
    drawing.lanes = {name: Band(moved(band.rect), STRIP, band.lines) for name, band in drawing.lanes.items()}


def _all_bands(drawing: Drawing) -> Iterable[Band]:
    return [*drawing.lanes.values(), *([drawing.pool] if drawing.pool else [])]
