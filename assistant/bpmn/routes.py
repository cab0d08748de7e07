"""Which way each flow runs over the grid, before anything has a size.

A flow leaves along its source's row, changes rows on risers (upright pieces), and arrives along its target's row. A
riser stands either in the middle of a gateway's own column, where nothing else is in the way, or in the gap between
two columns, which holds no shapes at all. So no flow can pass through a shape.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from assistant.bpmn.graph import Flow, Graph
from assistant.bpmn.grid import Grid


@dataclass(slots=True)
class Riser:
    """An upright piece from global row `start` to row `stop`.

    It stands in the middle of `column` (a gateway's), or else in `gap`, the room to the right of that column.
    Risers with the same `net` may lie on each other: they leave the same split or meet at the same join.
    """

    start: int
    stop: int
    column: int | None
    gap: int | None
    net: str
    x: float = 0.0

    @property
    def low(self) -> int:
        """The upper of its two rows."""
        return min(self.start, self.stop)

    @property
    def high(self) -> int:
        """The lower of its two rows."""
        return max(self.start, self.stop)


@dataclass(slots=True)
class Route:
    """A flow's way: its risers in order, and the direction it runs in (1 right, -1 left).

    `behind` and `beyond` say that it leaves its source, or reaches its target, on the side away from that direction:
    where it cannot meet a gateway from above or below, it goes round it rather than against the flow.
    """

    flow: Flow
    direction: int
    risers: list[Riser] = field(default_factory=list)
    label_row: int = 0
    behind: bool = False
    beyond: bool = False


class Board:
    """The grid with global rows: what stands in each column, and which risers its middle already carries."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.first_row = [0]
        for rows in grid.rows:
            self.first_row.append(self.first_row[-1] + rows)
        self.at: dict[str, tuple[int, int]] = {}
        self.shapes: list[list[int]] = [[] for _ in range(grid.columns)]
        self._risers: list[list[tuple[int, int, str]]] = [[] for _ in range(grid.columns)]
        for node, cell in grid.cells.items():
            row = self.first_row[cell.lane] + cell.row
            self.at[node] = (cell.column, row)
            self.shapes[cell.column].append(row)
        for column in self.shapes:
            column.sort()

    def empty(self, column: int, low: int, high: int) -> bool:
        """Whether no shape stands in `column` on rows `low` to `high`, both included."""
        rows = self.shapes[column]
        index = bisect_left(rows, low)
        return index == len(rows) or rows[index] > high

    def claim(self, column: int, low: int, high: int, net: str) -> bool:
        """Keep the middle of a column for a riser; False when another one is there already."""
        taken = self._risers[column]
        first = bisect_left(taken, low, key=lambda riser: riser[1])
        last = first
        while last < len(taken) and taken[last][0] <= high:
            if taken[last][2] != net:
                return False
            low, high = min(low, taken[last][0]), max(high, taken[last][1])
            last += 1
        taken[first:last] = [(low, high, net)]
        return True

    def clear(self, column: int, low: int, high: int) -> bool:
        """Whether neither shapes nor risers are in the middle of a column on these rows."""
        return self.empty(column, low, high) and all(b < low or a > high for a, b, _ in self._risers[column])


def route(graph: Graph, board: Board) -> list[Route]:
    """The way of every flow."""
    splits = {name for name, flows in graph.outgoing().items() if len(flows) > 1}
    detours = {key: list(rows) for key, rows in board.grid.detours.items()}
    found: list[Route] = []
    for flow in graph.flows:
        rows = detours.get((flow.source, flow.target))
        if rows:
            lane, row = rows.pop(0)
            found.append(_detour(flow, board, board.first_row[lane] + row))
        else:
            found.append(_direct(flow, board, flow.source in splits))
    return found


def _direct(flow: Flow, board: Board, from_split: bool) -> Route:
    (c1, r1), (c2, r2) = board.at[flow.source], board.at[flow.target]
    direction = 1 if c2 > c1 else -1
    made = Route(flow, direction, label_row=r2)
    if r1 == r2:
        return made
    closing = board.grid.joins.get(flow.target) == direction
    if closing and (riser := _middle(board, c2, r1, r2, r1, flow.target)):
        made.risers = [riser]
        made.label_row = r1
    elif from_split and not closing and (riser := _middle(board, c1, r1, r2, r2, flow.source)):
        made.risers = [riser]
    else:
        late = closing or abs(c2 - c1) > 1
        gap = _gap(c2, -direction) if late else _gap(c1, direction)
        net = flow.target if closing else flow.source if from_split else flow.id
        made.risers = [Riser(r1, r2, None, gap, net)]
        made.label_row = r1 if closing else r2
    return made


def _middle(board: Board, column: int, start: int, stop: int, far: int, net: str) -> Riser | None:
    """A riser in the middle of a gateway's column; `far` is the row away from the gateway, whose cell must be empty."""
    low, high = min(start, stop), max(start, stop)
    near = stop if far == start else start
    inner = (low, high - 1) if near == high else (low + 1, high)
    if board.empty(column, *inner) and board.claim(column, low, high, net):
        return Riser(start, stop, column, None, net)
    return None


def _gap(column: int, direction: int) -> int:
    """The gap next to a column on the right (1) or left (-1); a gap is named by the column on its left."""
    return column if direction == 1 else column - 1


def _detour(flow: Flow, board: Board, row: int) -> Route:
    """A flow that passes by on a row of its own."""
    (c1, r1), (c2, r2) = board.at[flow.source], board.at[flow.target]
    direction = 1 if c2 > c1 else -1
    made = Route(flow, direction, label_row=row)
    against = flow.target in board.grid.loops
    if row != r1:
        out = _middle(board, c1, r1, row, row, flow.source)
        made.behind = out is None and against
        made.risers.append(out or Riser(r1, row, None, _gap(c1, -direction if against else direction), flow.source))
    if row != r2:
        back = _middle(board, c2, row, r2, row, flow.target)
        made.beyond = back is None and against
        made.risers.append(back or Riser(row, r2, None, _gap(c2, direction if against else -direction), flow.target))
    return made
