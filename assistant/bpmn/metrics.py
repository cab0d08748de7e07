"""How large things are: shapes by their text, then the columns, gaps, rows and lanes that must hold them."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush

from assistant.bpmn import text
from assistant.bpmn.drawing import DATA_SIZE, LABEL_LINE, LABEL_SIZE, TASK_LINE, TASK_SIZE
from assistant.bpmn.graph import CALL, Node
from assistant.bpmn.routes import Board, Riser, Route
from assistant.bpmn.scene import DataRef, Scene

TASK_WIDTH, TASK_HEIGHT, EVENT, GATEWAY = 112.0, 66.0, 36.0, 50.0
ICON_WIDTH, ICON_HEIGHT, ICON_STEP, ICON_GAP = 26.0, 34.0, 40.0, 14.0
SIGNED, SIGN_ROOM = {"userTask", "serviceTask", "receiveTask", CALL}, 20.0
COLUMN_GAP, ROW_GAP, SLOT, SLOT_SIDE, LANE_PAD = 34.0, 22.0, 12.0, 15.0, 16.0


@dataclass(slots=True)
class Face:
    """A node's shape and label: half its width and height, the lines of its text and where they stand.

    `side` is "in" for text inside, "below", "above", "left" or "right" (above, on that side of the middle).
    """

    half_width: float
    half_height: float
    lines: tuple[str, ...]
    side: str
    label_width: float = 0.0
    documents: list[DataRef] = field(default_factory=list)

    @property
    def label_height(self) -> float:
        """The height of the label outside the shape."""
        return 0.0 if self.side == "in" else len(self.lines) * LABEL_LINE


def task_face(node: Node) -> Face:
    """A task as wide and high as its name asks for, with room above and below for the sign of its type."""
    for room, most in ((TASK_WIDTH, 4), (160.0, 6), (220.0, 9)):
        lines = text.wrap(node.name, room - 16, TASK_SIZE, most)
        if room == 220.0 or not (_cut_off(lines) or text.broken(node.name, room - 16, TASK_SIZE)):
            break
    height = max(TASK_HEIGHT, len(lines) * TASK_LINE + (2 * SIGN_ROOM if node.kind in SIGNED else 18))
    return Face(room / 2, height / 2, lines, "in")


def label_lines(name: str, most: int = 4, room: float = 96.0) -> tuple[str, ...]:
    """A label outside a shape: narrow, wider when the text is long."""
    for width in (room, room * 1.4, room * 2):
        lines = text.wrap(name, width, LABEL_SIZE, most)
        if not (_cut_off(lines) or text.broken(name, width, LABEL_SIZE)):
            return lines
    return lines


def _cut_off(lines: tuple[str, ...]) -> bool:
    return bool(lines) and lines[-1].endswith("…")


def widest(lines: tuple[str, ...], size: float = LABEL_SIZE) -> float:
    """The width of the longest line, with a little room."""
    return max((text.width(line, size) for line in lines), default=0.0) + 4


def faces(scene: Scene, board: Board, routes: list[Route], messages: dict[str, set[int]]) -> dict[str, Face]:
    """The face of every node. `messages` says from which sides (-1 above, 1 below) messages reach a node."""
    touched: dict[str, set[int]] = {}
    for way in routes:
        for name, riser, outward in _ends(way):
            if riser.column == board.at[name][0]:
                down = riser.stop > riser.start
                touched.setdefault(name, set()).add(1 if down == outward else -1)
    found: dict[str, Face] = {}
    for node in scene.graph.nodes.values():
        if not (node.is_gateway or node.is_event):
            found[node.id] = task_face(node)
            continue
        half = (GATEWAY if node.is_gateway else EVENT) / 2
        lines = label_lines(node.name)
        sides = touched.get(node.id, set()) | messages.get(node.id, set())
        wish = ("above", "below") if node.is_gateway else ("below", "above")
        free = [side for side in wish if (-1 if side == "above" else 1) not in sides]
        found[node.id] = Face(half, half, lines, free[0] if free else "left", widest(lines) if lines else 0.0)
    for document in scene.documents:
        found[document.node].documents.append(document)
    return found


def _ends(way: Route) -> list[tuple[str, Riser, bool]]:
    """The nodes a route touches with its first and last riser; True where the riser leads away from the node."""
    if not way.risers:
        return []
    return [(way.flow.source, way.risers[0], True), (way.flow.target, way.risers[-1], False)]


@dataclass(slots=True)
class Sizes:
    """Half-widths of columns left and right of their middle, zones of gaps, heights of rows above and below theirs."""

    left: list[float]
    right: list[float]
    near: list[float]
    far: list[float]
    slots: list[int]
    ascent: list[float]
    descent: list[float]


def sizes(board: Board, routes: list[Route], found: dict[str, Face], extra: list[Riser]) -> Sizes:
    """The room that shapes, labels and risers need on the grid."""
    columns, rows = board.grid.columns, board.first_row[-1]
    made = Sizes(
        [0.0] * columns, [0.0] * columns, [0.0] * (columns + 1), [0.0] * (columns + 1), [0] * (columns + 1),
        [8.0] * rows, [8.0] * rows,
    )  # fmt: skip
    for node, (column, row) in board.at.items():
        _room_for(made, found[node], column, row)
    for way in routes:
        _label_room(made, board, way, found)
    _slots(made, [riser for way in routes for riser in way.risers] + extra)
    return made


def _room_for(made: Sizes, face: Face, column: int, row: int) -> None:
    left = right = max(face.half_width, face.label_width / 2)
    if face.side == "left":
        left, right = max(face.half_width, face.label_width + 8), face.half_width
    up = down = face.half_height
    if face.lines and face.side != "in":
        room = face.label_height + 5
        up, down = (up, down + room) if face.side == "below" else (up + room, down)
    if face.documents:
        up += ICON_GAP + ICON_STEP * len(face.documents)
        right = max(right, document_width(face) - face.half_width)
    made.left[column] = max(made.left[column], left)
    made.right[column] = max(made.right[column], right)
    made.ascent[row] = max(made.ascent[row], up)
    made.descent[row] = max(made.descent[row], down)


def document_lines(document: DataRef) -> tuple[str, ...]:
    """The name of a document beside its icon."""
    return text.wrap(document.name, 84, DATA_SIZE, 3)


def document_indent(face: Face) -> float:
    """How far from the task's left edge icons stand, so that lines pass on their left."""
    return 6 + 6 * sum(bool(d.reading) + bool(d.writing) for d in face.documents[1:])


def document_width(face: Face) -> float:
    """The width icons and their names take, from the task's left edge."""
    names = max(widest(document_lines(d), DATA_SIZE) for d in face.documents)
    return document_indent(face) + ICON_WIDTH + 4 + names + 8


def flow_lines(way: Route) -> tuple[str, ...]:
    """The condition on a flow as lines."""
    return label_lines(way.flow.name, 3, 88.0) if way.flow.name else ()


def label_start(way: Route, found: dict[str, Face], reach: float) -> float:
    """How far from the middle of its source's column a flow's label begins; `reach` is that column's half-width."""
    face = found[way.flow.source]
    if way.behind or (way.risers and way.risers[0].column is not None and way.label_row == way.risers[0].stop):
        return 8.0
    crowded = face.lines and face.side != "below" and len(flow_lines(way)) > 1
    return (reach if crowded else face.half_width) + 4


def label_is_far(way: Route) -> bool:
    """Whether a flow's label stands on the far side of the gap, after its riser."""
    return bool(way.risers) and not way.behind and way.risers[0].column is None and way.label_row == way.risers[0].stop


def _label_room(made: Sizes, board: Board, way: Route, found: dict[str, Face]) -> None:
    lines = flow_lines(way)
    if not lines:
        return
    column = board.at[way.flow.source][0]
    made.ascent[way.label_row] = max(made.ascent[way.label_row], len(lines) * LABEL_LINE + 6)
    ahead = way.direction == 1
    gap = column if ahead else column - 1
    if label_is_far(way):
        zone = made.far if ahead else made.near
        zone[gap] = max(zone[gap], widest(lines) + 14)
        return
    reach = made.right[column] if ahead else made.left[column]
    need = label_start(way, found, reach) + widest(lines) + 8 - reach
    zone = made.near if ahead else made.far
    zone[gap] = max(zone[gap], need)


def _slots(made: Sizes, risers: list[Riser]) -> None:
    """Give the risers of each gap places side by side, so that no two of different nets touch."""
    gaps: dict[int, dict[str, list[Riser]]] = {}
    for riser in risers:
        if riser.gap is not None:
            gaps.setdefault(riser.gap, {}).setdefault(riser.net, []).append(riser)
    for gap, nets in gaps.items():
        spans = sorted((min(r.low for r in group), max(r.high for r in group), net) for net, group in nets.items())
        ends: list[tuple[int, int]] = []
        count = 0
        for low, high, net in spans:
            if ends and ends[0][0] < low:
                slot = heappop(ends)[1]
            else:
                slot, count = count, count + 1
            heappush(ends, (high, slot))
            for riser in nets[net]:
                riser.x = slot
        made.slots[gap] = count


def gap_width(made: Sizes, gap: int) -> float:
    """The width of a gap: room for labels, risers and arrowheads."""
    count = made.slots[gap]
    upright = 2 * SLOT_SIDE + (count - 1) * SLOT if count else 0.0
    labels = made.near[gap] + made.far[gap]
    return max(COLUMN_GAP, labels + max(upright, 18.0 if labels else 0.0))
