"""Outside parties and the messages to them: pools above or below the process, side by side, and dashed lines.

A message runs straight up or down where nothing is in its column, otherwise through the gap on the right. Between the
process and the parties it may turn once, on a level of its own.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.bpmn import text
from assistant.bpmn.drawing import LANE_SIZE, Band, Drawing, Point, Rect
from assistant.bpmn.routes import Board, Riser
from assistant.bpmn.scene import Message, Party, Scene

HEIGHT, ROOM, LEVEL, LEAST = 54.0, 34.0, 9.0, 150.0


@dataclass(slots=True)
class _Line:
    """One message: from which row it sets out, and the riser it takes when its column is not free."""

    message: Message
    column: int
    row: int
    above: bool
    order: int
    riser: Riser | None = None


@dataclass(slots=True)
class Contacts:
    """The parties above and below, from left to right, and the lines to them."""

    above: list[Party] = field(default_factory=list)
    below: list[Party] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)

    def sides(self) -> dict[str, set[int]]:
        """From which sides (-1 above, 1 below) messages leave each node straight up or down."""
        found: dict[str, set[int]] = {}
        for line in self.lines:
            found.setdefault(line.message.node, set()).add(-1 if line.above else 1)
        return found

    def risers(self) -> list[Riser]:
        """The risers that stand in gaps."""
        return [line.riser for line in self.lines if line.riser]

    def _room(self, above: bool) -> float:
        return room_of(sum(line.above == above for line in self.lines))

    def height_above(self) -> float:
        """The height of the parties above with the room below them; 0 without."""
        return HEIGHT + self._room(True) if self.above else 0.0

    def height_below(self) -> float:
        """The height of the parties below with the room above them; 0 without."""
        return HEIGHT + self._room(False) if self.below else 0.0

    def draw(
        self, out: Drawing, xs: list[float], ys: list[float], gap_x: Callable[[Riser], float], span: tuple[float, float]
    ) -> None:
        """Enter the parties' pools and the messages into the drawing."""
        assert out.pool is not None or not (self.above or self.below)
        if out.pool is None:
            return
        for parties, above in ((self.above, True), (self.below, False)):
            mine = [line for line in self.lines if line.above == above]
            ways = {line.message.id: self._start(line, out, gap_x) for line in mine}
            place_parties(out, parties, [line.message for line in mine], ways, above, span)

    @staticmethod
    def _start(line: _Line, out: Drawing, gap_x: Callable[[Riser], float]) -> list[Point]:
        """The way from the node to the open, at the level of the pool's edge."""
        assert out.pool is not None
        box = out.shapes[line.message.node]
        edge = out.pool.rect.y if line.above else out.pool.rect.bottom
        x = box.cx if box.w < 60 else box.right - 10 - 12 * line.order
        start = Point(x, box.y if line.above else box.bottom)
        if line.riser is None:
            return [start, Point(x, edge)]
        away = 8 + 5 * line.order
        level = box.y - away if line.above else box.bottom + away
        across = gap_x(line.riser)
        return [start, Point(x, level), Point(across, level), Point(across, edge)]


def room_of(messages: int) -> float:
    """The height of the room between the process and the parties on one side of it."""
    return ROOM + LEVEL * messages


def place_parties(
    out: Drawing, parties: list[Party], messages: list[Message], ways: dict[str, list[Point]], above: bool,
    span: tuple[float, float],
) -> None:  # fmt: skip
    """Draw the pools of `parties` on one side of the process, and the messages to them.

    `ways` leads each message, by its id, from its node to the edge of the process's pool.
    """
    if not parties or out.pool is None:
        return
    room = room_of(len(messages))
    y = out.pool.rect.y - room - HEIGHT if above else out.pool.rect.bottom + room
    _pools(out, parties, messages, {key: way[-1].x for key, way in ways.items()}, y, span)
    taken: dict[str, list[float]] = {}
    for number, message in enumerate(sorted(messages, key=lambda item: ways[item.id][-1].x)):
        level = (ROOM / 2 + LEVEL * number) * (-1 if above else 1)
        turn = (out.pool.rect.y if above else out.pool.rect.bottom) + level
        out.messages[message.id] = _finish(message, above, ways[message.id], out.parties, turn, taken)


def _pools(
    out: Drawing, parties: list[Party], messages: list[Message], xs: dict[str, float], y: float,
    span: tuple[float, float],
) -> None:  # fmt: skip
    """Parties side by side, each over the messages it takes part in as far as that goes."""
    left, right = span
    right = max(right, left + LEAST * len(parties))
    reach = {
        party.id: [xs[item.id] for item in messages if item.party == party.id] or [(left + right) / 2]
        for party in parties
    }
    for index, party in enumerate(parties):
        rest = len(parties) - index - 1
        end = right
        if rest:
            border = (max(reach[party.id]) + min(reach[parties[index + 1].id])) / 2
            end = min(max(border, left + LEAST), right - (LEAST + 20) * rest)
        box = Rect(left, y, end - left - (10 if rest else 0), HEIGHT)
        out.parties[party.id] = Band(box, 0.0, text.wrap(party.name, box.w - 16, LANE_SIZE, 2))
        left = end + (10 if rest else 0)


def _finish(
    message: Message, above: bool, way: list[Point], pools: dict[str, Band], turn: float, taken: dict[str, list[float]]
) -> list[Point]:
    """The rest of the way to the party's pool, not on the place of another message."""
    box = pools[message.party].rect
    x = min(max(way[-1].x, box.x + 12), box.right - 12)
    others = taken.setdefault(message.party, [])
    step = -10.0 if x > box.cx else 10.0
    while _near(others, x) and box.x + 6 <= x + step <= box.right - 6:
        x += step
    insort(others, x)
    y = box.bottom if above else box.y
    last = way[-1]
    points = [*way[:-1], *([Point(last.x, turn), Point(x, turn)] if abs(x - last.x) > 0.5 else []), Point(x, y)]
    if abs(x - last.x) <= 0.5:
        points[-1] = Point(last.x, y)
    return points if message.sent else points[::-1]


def _near(places: list[float], x: float) -> bool:
    """Whether one of the sorted places is closer than 8 pixels."""
    index = bisect_left(places, x - 8)
    return index < len(places) and places[index] < x + 8


def plan_contacts(made: Scene, board: Board) -> Contacts:
    """Which party goes above or below, and which messages run straight."""
    found = Contacts()
    if not made.parties:
        return found
    rows = max(board.first_row[-1], 1)
    spread: dict[str, list[tuple[int, int]]] = {party.id: [] for party in made.parties}
    for message in made.messages:
        spread[message.party].append(board.at[message.node])
    for party in made.parties:
        places = spread[party.id]
        low = bool(places) and sum(row for _, row in places) / len(places) > (rows - 1) / 2 and rows > 1
        (found.below if low else found.above).append(party)
    for parties in (found.above, found.below):
        parties.sort(key=lambda p: sum(c for c, _ in spread[p.id]) / len(spread[p.id]) if spread[p.id] else 0)
    documented = {document.node for document in made.documents}
    upper = {party.id for party in found.above}
    counts: dict[tuple[str, bool], int] = {}
    for message in made.messages:
        column, row = board.at[message.node]
        above = message.party in upper
        order = counts.get((message.node, above), 0)
        counts[message.node, above] = order + 1
        line = _Line(message, column, row, above, order)
        covered = above and message.node in documented
        free = not covered and (board.clear(column, 0, row - 1) if above else board.clear(column, row + 1, rows - 1))
        if not free:
            line.riser = Riser(row, -1 if above else rows, None, column, message.id)
        found.lines.append(line)
    return found
