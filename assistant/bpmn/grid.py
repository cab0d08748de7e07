"""Where everything stands on a grid: a column from left to right, a row within its lane.

Every part of the plan is measured once (how many columns it takes, and how many rows of each lane in each of them) and
then placed once. Paths side by side are packed lane by lane: each starts on the first row that is free over all the
columns it covers. Steps of one path always stand on the path's first row in their lane, so that it reads as a line.
The way back of a loop runs from right to left.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.bpmn.tree_to_graph import Fork, Leaf, Part, Ring, Series

Need = dict[int, list[int]]
Base = Mapping[int, int]


class Cell(NamedTuple):
    """A place: the column (0 left), the lane (0 top) and the row in that lane (0 top)."""

    column: int
    lane: int
    row: int


@dataclass(slots=True)
class Grid:
    """The place of every node; `detours` are the rows of flows that pass by their paths, by (source, target).

    `joins` says for each join from which side its paths come back: 1 from the left, -1 from the right; `loops` are
    the joins at which a loop begins.
    """

    cells: dict[str, Cell] = field(default_factory=dict)
    detours: dict[tuple[str, str], list[tuple[int, int]]] = field(default_factory=dict)
    joins: dict[str, int] = field(default_factory=dict)
    loops: set[str] = field(default_factory=set)
    columns: int = 0
    rows: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Size:
    """Columns taken, rows needed of each lane in each column, and where inner paths start in each lane."""

    width: int
    need: Need
    shifts: list[dict[int, int]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    end: int = 0


def arrange(plan: Series, lane_of: Mapping[str, int], lanes: int, ends: Collection[str]) -> Grid:
    """Place every node of the plan. `lane_of` gives the lane of each node; `ends` are the nodes no flow leaves."""
    work = _Work(lane_of, ends)
    size = work.series(plan)
    grid = work.grid
    grid.columns = size.width
    grid.rows = [max(size.need.get(lane, [1]), default=1) or 1 for lane in range(max(lanes, 1))]
    work.place(plan, 0, 1, {})
    return grid


def _put(need: Need, lane: int, start: int, rows: list[int], shift: int) -> None:
    """Enter the rows of a part that starts at column `start`, `shift` rows down."""
    have = need.setdefault(lane, [])
    if len(have) < start:
        have.extend([0] * (start - len(have)))
    if len(have) == start:
        have.extend([shift + row if row else 0 for row in rows])
        return
    overlap = min(len(have) - start, len(rows))
    for index in range(overlap):
        if rows[index]:
            have[start + index] = max(have[start + index], shift + rows[index])
    have.extend([shift + row if row else 0 for row in rows[overlap:]])


def _free(need: Need, inner: Need, start: int, width: int) -> dict[int, int]:
    """For each lane of `inner` the first row free over `width` columns from `start`."""
    return {lane: max(need[lane][start : start + width], default=0) if lane in need else 0 for lane in inner}


class _Work:
    def __init__(self, lane_of: Mapping[str, int], ends: Collection[str]) -> None:
        self.lane_of, self.ends = lane_of, ends
        self.sizes: dict[int, _Size] = {}
        self.grid = Grid()

    def _last(self, series: Series, otherwise: int) -> int:
        """The lane in which a series ends."""
        if not series.items:
            return otherwise
        last = series.items[-1]
        node = last.node if isinstance(last, Leaf) else last.join if isinstance(last, Fork) else last.split
        return self.lane_of[node]

    def series(self, series: Series) -> _Size:
        size = _Size(0, {})
        for item in series.items:
            inner = self.part(item)
            size.starts.append(size.width)
            for lane, rows in inner.need.items():
                _put(size.need, lane, size.width, rows, 0)
            size.width += inner.width
        size.end = size.width
        size.shifts = [{} for _ in series.hanging]
        order = sorted(range(len(series.hanging)), key=lambda i: -series.hanging[i][0])
        for index in order:
            after, side = series.hanging[index]
            start = size.starts[after] + 1
            inner = self.series(side)
            self._keep_line(series, size, start + inner.width)
            shift = _free(size.need, inner.need, start, inner.width)
            for lane, rows in inner.need.items():
                _put(size.need, lane, start, rows, shift[lane])
            size.shifts[index] = shift
            size.width = max(size.width, start + inner.width)
        self.sizes[id(series)] = size
        return size

    def _keep_line(self, series: Series, size: _Size, stop: int) -> None:
        """Where a side path is longer than the path it hangs on, keep the row on which that path goes on."""
        last = series.items[-1]
        if size.end < stop and not (isinstance(last, Leaf) and last.node in self.ends):
            _put(size.need, self._last(series, 0), size.end, [1] * (stop - size.end), 0)

    def part(self, part: Part) -> _Size:
        if isinstance(part, Leaf):
            return _Size(1, {self.lane_of[part.node]: [1]})
        size = self._fork(part) if isinstance(part, Fork) else self._ring(part)
        self.sizes[id(part)] = size
        return size

    def _fork(self, fork: Fork) -> _Size:
        inner = [self.series(path) for path in fork.paths]
        width = max((size.width for size in inner), default=0)
        here, there = self.lane_of[fork.split], self.lane_of[fork.join]
        size = _Size(width + 2, {})
        _put(size.need, here, 0, [1], 0)
        direct = True
        for path, measured in zip(fork.paths, inner, strict=True):
            if path.items:
                rows, start, span = self._stretched(path, measured, width, here), 1, width
            else:
                straight = here == there and not any(size.need[here][1:]) and direct
                direct = False
                start, span = (1, width) if straight else (0, width + 2)
                rows = {here: [1] * span}
            shift = _free(size.need, rows, start, span)
            for lane, line in rows.items():
                _put(size.need, lane, start, line, shift[lane])
            size.shifts.append(shift)
        _put(size.need, there, width + 1, [1], 0)
        return size

    def _stretched(self, path: Series, size: _Size, width: int, here: int) -> Need:
        """The rows of a path with the line from its last node on to the join."""
        lane = self._last(path, here)
        rows = {key: list(line) for key, line in size.need.items()}
        line = rows.setdefault(lane, [])
        line.extend([0] * (width - len(line)))
        for column in range(size.end, width):
            line[column] = max(line[column], 1)
        return rows

    def _ring(self, ring: Ring) -> _Size:
        do, back = self.series(ring.do), self.series(ring.back)
        width = max(do.width, back.width)
        first, last = self.lane_of[ring.join], self.lane_of[ring.split]
        size = _Size(width + 2, {})
        _put(size.need, first, 0, [1], 0)
        for lane, line in self._stretched(ring.do, do, width, first).items():
            _put(size.need, lane, 1, line, 0)
        _put(size.need, last, width + 1, [1], 0)
        if ring.back.items:
            rows = {
                k: line[::-1] for k, line in self._padded(self._stretched(ring.back, back, width, last), width).items()
            }
            start = 1
        else:
            rows, start = {last: [1] * (width + 2)}, 0
        shift = _free(size.need, rows, start, width if start else width + 2)
        for lane, line in rows.items():
            _put(size.need, lane, start, line, shift[lane])
        size.shifts = [shift]
        return size

    @staticmethod
    def _padded(need: Need, width: int) -> Need:
        return {lane: line + [0] * (width - len(line)) for lane, line in need.items()}

    def place(self, series: Series, column: int, step: int, base: Base) -> None:
        """Put a series at `column`, running right (`step` 1) or left (-1), from the rows of `base` down."""
        size = self.sizes[id(series)]
        for item, start in zip(series.items, size.starts, strict=True):
            at = column + step * start
            if isinstance(item, Leaf):
                self._set(item.node, at, base)
            elif isinstance(item, Fork):
                self._place_fork(item, at, step, base)
            else:
                self._place_ring(item, at, step, base)
        for (after, side), shift in zip(series.hanging, size.shifts, strict=True):
            self.place(side, column + step * (size.starts[after] + 1), step, _moved(base, shift))

    def _set(self, node: str, column: int, base: Base) -> None:
        lane = self.lane_of[node]
        self.grid.cells[node] = Cell(column, lane, base.get(lane, 0))

    def _place_fork(self, fork: Fork, column: int, step: int, base: Base) -> None:
        size = self.sizes[id(fork)]
        self._set(fork.split, column, base)
        self._set(fork.join, column + step * (size.width - 1), base)
        self.grid.joins[fork.join] = step
        here = self.lane_of[fork.split]
        for path, shift in zip(fork.paths, size.shifts, strict=True):
            if path.items:
                self.place(path, column + step, step, _moved(base, shift))
            else:
                row = base.get(here, 0) + shift[here]
                self.grid.detours.setdefault((fork.split, fork.join), []).append((here, row))

    def _place_ring(self, ring: Ring, column: int, step: int, base: Base) -> None:
        size = self.sizes[id(ring)]
        far = column + step * (size.width - 1)
        self._set(ring.join, column, base)
        self._set(ring.split, far, base)
        self.grid.joins[ring.join] = -step
        self.grid.loops.add(ring.join)
        self.place(ring.do, column + step, step, base)
        shift = size.shifts[0]
        if ring.back.items:
            self.place(ring.back, far - step, -step, _moved(base, shift))
        else:
            lane = self.lane_of[ring.split]
            self.grid.detours.setdefault((ring.split, ring.join), []).append((lane, base.get(lane, 0) + shift[lane]))


def _moved(base: Base, shift: Mapping[int, int]) -> dict[int, int]:
    """The rows of `base` with those of `shift` added. Lanes a path does not use need no row."""
    return {lane: base.get(lane, 0) + rows for lane, rows in shift.items()}
