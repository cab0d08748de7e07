"""Lays a process out: lanes, flows from left to right, labels, outside parties, documents.

Linear in the size of the process: grid.py places, routes.py finds the ways, metrics.py reckons the room needed, and
here it all gets its place in pixels.
"""

from __future__ import annotations

from assistant.bpmn import text
from assistant.bpmn.contacts import Contacts, plan_contacts
from assistant.bpmn.drawing import (
    DATA_LINE,
    LABEL_LINE,
    LANE_LINE,
    LANE_SIZE,
    TASK_LINE,
    Band,
    Drawing,
    Label,
    Point,
    Rect,
)
from assistant.bpmn.graph import END
from assistant.bpmn.grid import arrange
from assistant.bpmn.metrics import (
    ICON_GAP,
    ICON_HEIGHT,
    ICON_STEP,
    ICON_WIDTH,
    LANE_PAD,
    ROW_GAP,
    SLOT,
    SLOT_SIDE,
    Face,
    Sizes,
    document_indent,
    document_lines,
    faces,
    flow_lines,
    gap_width,
    label_is_far,
    label_start,
    sizes,
    widest,
)
from assistant.bpmn.routes import Board, Riser, Route, route
from assistant.bpmn.scene import Scene, scene
from assistant.process.collector import collector_at_rest
from assistant.process.model import Process, Subprocess

MARGIN, STRIP, EDGE = 12.0, 28.0, 26.0
LANE_MIN = 96.0


def lay_out(process: Process, subprocess: Subprocess | None = None) -> Drawing:
    """The drawing of a process, or of one of its subprocesses."""
    with collector_at_rest():
        return _draw(scene(process, subprocess))


def draw(made: Scene) -> Drawing:
    """The drawing of a scene."""
    with collector_at_rest():
        return _draw(made)


def _draw(made: Scene) -> Drawing:
    place = {lane.role: index for index, lane in enumerate(made.lanes)}
    lane_of = {node.id: place.get(node.lane or "", 0) for node in made.graph.nodes.values()}
    ends = {node.id for node in made.graph.nodes.values() if node.kind == END}
    board = Board(arrange(made.plan, lane_of, len(made.lanes), ends))
    ways = route(made.graph, board)
    contacts = plan_contacts(made, board)
    found = faces(made, board, ways, contacts.sides())
    space = sizes(board, ways, found, contacts.risers())
    return _Drafter(made, board, ways, contacts, found, space).run()


class _Drafter:
    """Turns rows and columns into pixels."""

    def __init__(
        self, made: Scene, board: Board, ways: list[Route], contacts: Contacts, found: dict[str, Face], space: Sizes
    ) -> None:
        self.scene, self.board, self.ways, self.contacts = made, board, ways, contacts
        self.faces, self.space = found, space
        self.out = Drawing(made)
        self.xs: list[float] = []
        self.ys: list[float] = []
        self.gaps: list[float] = []

    def run(self) -> Drawing:
        head = STRIP if self.scene.pool else 0.0
        top = MARGIN + self.contacts.height_above()
        self._rows(top)
        strip = self._lane_strip()
        left = MARGIN + head + (strip if self.scene.lanes else 0.0) + (EDGE if self.scene.pool else 0.0)
        right = self._columns(left) + (EDGE if self.scene.pool else 0.0)
        self._bands(top, right, head, strip)
        for node in self.board.at:
            self._shape(node)
        self._risers()
        for way in self.ways:
            self.out.flows[way.flow.id] = self._points(way)
            self._flow_label(way)
        self.contacts.draw(self.out, self.xs, self.ys, self.gap_x, (MARGIN, right))
        self.out.width = right + MARGIN
        self.out.height = self.bottom + self.contacts.height_below() + MARGIN
        return self.out

    def _rows(self, top: float) -> None:
        """The y of every row and the height of every lane."""
        self.heights: list[float] = []
        y, number = top, 0
        for rows in self.board.grid.rows:
            start = y
            y += LANE_PAD if self.scene.pool else 0.0
            for index in range(rows):
                y += self.space.ascent[number] + (ROW_GAP if index else 0.0)
                self.ys.append(y)
                y += self.space.descent[number]
                number += 1
            y += LANE_PAD if self.scene.pool else 0.0
            lack = max(LANE_MIN - (y - start), 0.0) if self.scene.pool else 0.0
            if lack:
                self.ys[number - rows :] = [value + lack / 2 for value in self.ys[number - rows :]]
                y += lack
            self.heights.append(y - start)
        self.bottom = y

    def _lane_strip(self) -> float:
        lines = [
            len(text.wrap(lane.name, height - 12, LANE_SIZE, 3))
            for lane, height in zip(self.scene.lanes, self.heights, strict=False)
        ]
        return max(STRIP, max(lines, default=1) * LANE_LINE + 12)

    def _columns(self, left: float) -> float:
        """The x of the middle of every column; returns the right end."""
        x = left
        for column in range(self.board.grid.columns):
            x += self.space.left[column]
            self.xs.append(x)
            x += self.space.right[column]
            self.gaps.append(x)
            x += gap_width(self.space, column) if column < self.board.grid.columns - 1 else self._last_gap(column)
        return x

    def _last_gap(self, column: int) -> float:
        used = self.space.slots[column] or self.space.near[column] or self.space.far[column]
        return gap_width(self.space, column) if used else 0.0

    def gap_x(self, riser: Riser) -> float:
        """The x of a riser that stands in a gap."""
        assert riser.gap is not None
        return self.gaps[riser.gap] + self.space.near[riser.gap] + SLOT_SIDE + riser.x * SLOT

    def _bands(self, top: float, right: float, head: float, strip: float) -> None:
        if not self.scene.pool:
            return
        box = Rect(MARGIN, top, right - MARGIN, self.bottom - top)
        lines = text.wrap(self.scene.name, box.h - 12, LANE_SIZE, 1)
        self.out.pool = Band(box, head, lines)
        y = top
        for lane, height in zip(self.scene.lanes, self.heights, strict=False):
            lines = text.wrap(lane.name, height - 12, LANE_SIZE, 3)
            self.out.lanes[lane.id] = Band(Rect(MARGIN + head, y, right - MARGIN - head, height), strip, lines)
            y += height

    def _shape(self, node: str) -> None:
        column, row = self.board.at[node]
        x, y, face = self.xs[column], self.ys[row], self.faces[node]
        box = Rect(x - face.half_width, y - face.half_height, 2 * face.half_width, 2 * face.half_height)
        self.out.shapes[node] = box
        if face.side == "in":
            height = len(face.lines) * TASK_LINE
            self.out.texts[node] = Label(Rect(box.x + 4, y - height / 2, box.w - 8, height), face.lines)
            self._documents(face, box)
        elif face.lines:
            self.out.labels[node] = Label(self._beside(face, x, y), face.lines)

    @staticmethod
    def _beside(face: Face, x: float, y: float) -> Rect:
        w, h = face.label_width, face.label_height
        if face.side == "below":
            return Rect(x - w / 2, y + face.half_height + 4, w, h)
        return Rect(x - 6 - w if face.side == "left" else x - w / 2, y - face.half_height - 4 - h, w, h)

    def _documents(self, face: Face, box: Rect) -> None:
        """Icons above a task, the lines of the upper ones passing the lower on the left."""
        indent = document_indent(face) if face.documents else 0.0
        track = indent
        for index, document in enumerate(face.documents):
            x, y = box.x + indent, box.y - ICON_GAP - index * ICON_STEP - ICON_HEIGHT
            self.out.documents[document.id] = Rect(x, y, ICON_WIDTH, ICON_HEIGHT)
            lines = document_lines(document)
            height = len(lines) * DATA_LINE
            place = Rect(x + ICON_WIDTH + 4, y + (ICON_HEIGHT - height) / 2, widest(lines, 10), height)
            self.out.labels[document.id] = Label(place, lines)
            both = bool(document.reading and document.writing)
            for kind, name in (("read", document.reading), ("write", document.writing)):
                if not name:
                    continue
                shift = (-5.0 if kind == "read" else 5.0) if both else 0.0
                if index == 0:
                    start, way = Point(x + ICON_WIDTH / 2 + shift, y + ICON_HEIGHT), []
                    stop = Point(start.x, box.y)
                else:
                    track -= 6
                    side = box.x + track
                    start, way = Point(x, y + ICON_HEIGHT / 2 + shift), [Point(side, y + ICON_HEIGHT / 2 + shift)]
                    stop = Point(side, box.y)
                points = [start, *way, stop]
                self.out.associations[name] = points if kind == "read" else points[::-1]

    def _risers(self) -> None:
        for way in self.ways:
            for riser in way.risers:
                riser.x = self.xs[riser.column] if riser.column is not None else self.gap_x(riser)

    def _points(self, way: Route) -> list[Point]:
        source, target = self.out.shapes[way.flow.source], self.out.shapes[way.flow.target]
        points: list[Point] = []
        first, last = (way.risers[0], way.risers[-1]) if way.risers else (None, None)
        if first is not None and first.column == self.board.at[way.flow.source][0]:
            points.append(Point(source.cx, source.bottom if first.stop > first.start else source.y))
        else:
            right = (way.direction == 1) != way.behind
            points.append(Point(source.right if right else source.x, source.cy))
        for riser in way.risers:
            points += [Point(riser.x, self.ys[riser.start]), Point(riser.x, self.ys[riser.stop])]
        if last is not None and last.column == self.board.at[way.flow.target][0]:
            points.append(Point(target.cx, target.y if last.stop > last.start else target.bottom))
        else:
            left = (way.direction == 1) != way.beyond
            points.append(Point(target.x if left else target.right, target.cy))
        return _straightened(points, source, target)

    def _flow_label(self, way: Route) -> None:
        lines = flow_lines(way)
        if not lines:
            return
        column = self.board.at[way.flow.source][0]
        w, h = widest(lines), len(lines) * LABEL_LINE
        y = self.ys[way.label_row] - 3 - h
        ahead = way.direction == 1
        if label_is_far(way):
            gap = column if ahead else column - 1
            inner = self.gaps[gap] + self.space.near[gap]
            x = self.gaps[gap] + gap_width(self.space, gap) - self.space.far[gap] if ahead else inner - w
        else:
            start = label_start(way, self.faces, self.space.right[column] if ahead else self.space.left[column])
            x = self.xs[column] + start if ahead else self.xs[column] - start - w
        self.out.labels[way.flow.id] = Label(Rect(x, y, w, h), lines)


def _straightened(points: list[Point], source: Rect, target: Rect) -> list[Point]:
    """Without doubled points, points on a straight line, and points inside the shapes at its ends."""
    kept: list[Point] = []
    for index, point in enumerate(points):
        inner = 0 < index < len(points) - 1
        if inner and (_within(point, source) or _within(point, target)):
            continue
        if kept and abs(kept[-1].x - point.x) < 0.01 and abs(kept[-1].y - point.y) < 0.01:
            continue
        while len(kept) > 1 and _aligned(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _within(point: Point, box: Rect) -> bool:
    return box.x < point.x < box.right and box.y < point.y < box.bottom


def _aligned(a: Point, b: Point, c: Point) -> bool:
    upright = abs(a.x - b.x) < 0.01 and abs(b.x - c.x) < 0.01
    level = abs(a.y - b.y) < 0.01 and abs(b.y - c.y) < 0.01
    return upright or level
