"""A long drawing cut into rows that fit a page or a projector.

Only pictures are cut: BPMN keeps the one long row its editors expect. A cut goes where few lines pass and nothing is
drawn; a line that is cut ends at a letter and goes on at the same letter. Each row shows the lanes and parties that
have something in it, at the height they need.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.bpmn import text
from assistant.bpmn.contacts import HEIGHT, place_parties, room_of
from assistant.bpmn.drawing import LANE_SIZE, LINK_SIZE, Band, Drawing, Label, Link, Part, Point, Rect
from assistant.bpmn.scene import Message

WIDEST, WISHED = 1400.0, 1200.0
MARGIN, LINK_ROOM, LINK_AT, ROW_SPACE = 12.0, 46.0, 22.0, 22.0
CLEAR, PAD, LEAST_LANE = 5.0, 14.0, 60.0


def in_rows(drawing: Drawing) -> list[Drawing]:
    """The drawing as rows from top to bottom, each a drawing at its place; itself alone where it is narrow enough."""
    if drawing.width <= WIDEST:
        return [drawing]
    crossing = _Crossing(drawing)
    cuts = _best_cuts(drawing, crossing)
    if not cuts:
        return [drawing]
    letters = crossing.letters(cuts)
    rows: list[Drawing] = []
    top = 0.0
    for number, share in enumerate(_shares(drawing, cuts)):
        ends = [place for place in letters if place[0] in (share.start, share.stop)]
        rows.append(_Row(drawing, share, {place: letters[place] for place in ends}, top).drawn())
        top = rows[number].height - MARGIN + ROW_SPACE
    width = max(row.width for row in rows)
    for row in rows:
        _widen(row, width)
    return rows


@dataclass(slots=True)
class _Share:
    """What lies between two cuts, still at its old place."""

    start: float
    stop: float
    shapes: dict[str, Rect] = field(default_factory=dict)
    documents: dict[str, Rect] = field(default_factory=dict)
    texts: dict[str, Label] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    messages: dict[str, list[Point]] = field(default_factory=dict)
    associations: dict[str, list[Point]] = field(default_factory=dict)
    flows: dict[str, list[list[Point]]] = field(default_factory=dict)


def _shares(drawing: Drawing, cuts: list[float]) -> list[_Share]:
    shares = [_Share(start, stop) for start, stop in pairwise([0.0, *cuts, drawing.width])]

    def at(x: float) -> int:
        return bisect_right(cuts, x)

    for name, rect in drawing.shapes.items():
        shares[at(rect.cx)].shapes[name] = rect
    for name, rect in drawing.documents.items():
        shares[at(rect.cx)].documents[name] = rect
    for name, label in drawing.texts.items():
        shares[at(label.rect.cx)].texts[name] = label
    for name, label in drawing.labels.items():
        shares[at(label.rect.cx)].labels[name] = label
    for name, points in drawing.associations.items():
        shares[at(points[0].x)].associations[name] = points
    for message in drawing.scene.messages:
        way = _inside(drawing, drawing.messages[message.id], message.sent)
        shares[at(way[0].x)].messages[message.id] = way
    for name, points in drawing.flows.items():
        xs = [point.x for point in points]
        for number in range(at(min(xs)), at(max(xs)) + 1):
            pieces = _between(points, shares[number].start, shares[number].stop)
            if pieces:
                shares[number].flows[name] = pieces
    return shares


def _inside(drawing: Drawing, points: list[Point], sent: bool) -> list[Point]:
    """The way of a message from its node to the edge of the process's pool."""
    assert drawing.pool is not None
    box = drawing.pool.rect
    outward = points if sent else points[::-1]
    way = [point for point in outward if box.y < point.y < box.bottom]
    last = outward[len(way)]
    return [*way, Point(way[-1].x, box.y if last.y <= box.y else box.bottom)]


def _widen(row: Drawing, width: float) -> None:
    """Give every row the same right edge."""
    more = width - row.width
    row.width = width
    row.pool = _wider(row.pool, more) if row.pool else None
    row.lanes = {name: _wider(band, more) for name, band in row.lanes.items()}
    for level in {band.rect.y for band in row.parties.values()}:
        # The party on the right reaches as far as the pool does.
        name = max((n for n, band in row.parties.items() if band.rect.y == level), key=lambda n: row.parties[n].rect.x)
        row.parties[name] = _wider(row.parties[name], more)


def _wider(band: Band, more: float) -> Band:
    rect = band.rect
    return Band(Rect(rect.x, rect.y, rect.w + more, rect.h), band.strip, band.lines)


class _Crossing:
    """Which flows pass a place from left to right or back, and where a cut would hit something."""

    def __init__(self, drawing: Drawing) -> None:
        self.levels: list[tuple[float, float, float, bool]] = []
        for points in drawing.flows.values():
            for a, b in pairwise(points):
                if abs(a.y - b.y) < 0.5:
                    self.levels.append((min(a.x, b.x), max(a.x, b.x), round(a.y, 1), b.x > a.x))
        self.levels.sort()
        self.starts = [level[0] for level in self.levels]
        self.longest = max((stop - start for start, stop, *_ in self.levels), default=0.0)

    def at(self, x: float) -> list[tuple[float, bool]]:
        """The heights of the lines that pass `x`, from the top, each with whether it runs to the right."""
        first, last = bisect_left(self.starts, x - self.longest), bisect_right(self.starts, x)
        return sorted({(y, ahead) for start, stop, y, ahead in self.levels[first:last] if start < x < stop})

    def letters(self, cuts: list[float]) -> dict[tuple[float, float, bool], str]:
        """The letter of every line that is cut, by the cut, the height and the direction."""
        places = [(cut, y, ahead) for cut in cuts for y, ahead in self.at(cut)]
        return {place: letter(number) for number, place in enumerate(places)}


def letter(number: int) -> str:
    """A to Z, then AA and so on."""
    named = ""
    while number >= 0:
        named = chr(ord("A") + number % 26) + named
        number = number // 26 - 1
    return named


def _candidates(drawing: Drawing) -> list[float]:
    """The middles of the gaps in which no shape, label, message or upright line stands."""
    taken: list[tuple[float, float]] = [
        (rect.x - CLEAR, rect.right + CLEAR)
        for rect in (
            *drawing.shapes.values(), *drawing.documents.values(), *(label.rect for label in drawing.labels.values()),
        )
    ]  # fmt: skip
    sent = {message.id: message.sent for message in drawing.scene.messages}
    ways = [_inside(drawing, points, sent[name]) for name, points in drawing.messages.items()]
    for points in (*ways, *drawing.associations.values()):
        xs = [point.x for point in points]
        taken.append((min(xs) - CLEAR, max(xs) + CLEAR))
    for points in drawing.flows.values():
        taken += [(a.x - CLEAR, a.x + CLEAR) for a, b in pairwise(points) if abs(a.x - b.x) < 0.5]
    taken.sort()
    found: list[float] = []
    reached = taken[0][1] if taken else 0.0
    for start, stop in taken:
        if start > reached:
            found.append((start + reached) / 2)
        reached = max(reached, stop)
    return found


def _best_cuts(drawing: Drawing, crossing: _Crossing) -> list[float]:
    """Few rows, cut where few lines pass, of about the same length."""
    room = WISHED - _lead(drawing) - 2 * MARGIN - LINK_ROOM
    places = [_left(drawing), *_candidates(drawing), drawing.width]
    cost, back = [0.0], [0]
    for number, place in enumerate(places[1:], 1):
        passing = len(crossing.at(place)) if number < len(places) - 1 else 0
        options: list[tuple[float, int]] = []
        for before in range(number - 1, -1, -1):
            width = place - places[before]
            if width > room and options:
                break
            over = max(width - room, 0) / 100
            options.append((cost[before] + ((room - width) / room) ** 2 + over, before))
        best, before = min(options)
        cost.append(best + 1.0 + 0.3 * max(passing - 1, 0))
        back.append(before)
    cuts: list[float] = []
    at = back[-1]
    while at > 0:
        cuts.append(places[at])
        at = back[at]
    return cuts[::-1]


def _left(drawing: Drawing) -> float:
    """Where the work begins, on the right of the names of pool and lanes."""
    return MARGIN + _lead(drawing) if drawing.pool else 0.0


def _lead(drawing: Drawing) -> float:
    strips = [band.strip for band in drawing.lanes.values()]
    return (drawing.pool.strip if drawing.pool else 0.0) + max(strips, default=0.0)


@dataclass(slots=True)
class _Heights:
    """What of the height stays: bands of the old drawing, from top to bottom, set close."""

    bands: list[tuple[float, float]]
    top: float

    def at(self, y: float) -> float:
        """The new height of an old one; what fell out shrinks to the line where it was."""
        new = self.top
        for start, stop in self.bands:
            if y <= start:
                return new
            new += min(y, stop) - start
            if y <= stop:
                return new
        return new


class _Row:
    """One row: what lies between two cuts, moved to its place."""

    def __init__(
        self, whole: Drawing, share: _Share, letters: dict[tuple[float, float, bool], str], top: float
    ) -> None:
        self.whole, self.share, self.letters = whole, share, letters
        first, last = share.start == 0.0, share.stop == whole.width
        self.shift = 0.0 if first else MARGIN + _lead(whole) + LINK_ROOM - share.start
        self.right = share.stop + self.shift + (-MARGIN if last else LINK_ROOM)
        self.out = Drawing(whole.scene)
        self.sides = {above: self._messages(above) for above in (True, False)}
        self.heights = _Heights(self._kept(), MARGIN + top + self._outside(True))

    def drawn(self) -> Drawing:
        """The row as a drawing; its height is the lower edge of the row."""
        share, out = self.share, self.out
        self._bands()
        out.shapes = {name: self._rect(rect) for name, rect in share.shapes.items()}
        out.documents = {name: self._rect(rect) for name, rect in share.documents.items()}
        out.texts = {name: self._label(label) for name, label in share.texts.items()}
        out.labels = {name: self._label(label) for name, label in share.labels.items()}
        out.associations = {name: self._points(points) for name, points in share.associations.items()}
        for name, pieces in share.flows.items():
            goal = self.whole.flows[name][-1]
            out.parts += [Part(name, self._points(piece), piece[-1] == goal) for piece in pieces]
        self._links()
        out.width = self.right + MARGIN
        out.height = self.heights.at(float("inf")) + self._outside(False) + MARGIN
        for above, messages in self.sides.items():
            ways = {item.id: self._points(share.messages[item.id]) for item in messages}
            places = {party: sum(xs) / len(xs) for party, xs in _reach(messages, ways).items()}
            parties = [party for party in self.whole.scene.parties if party.id in places]
            parties.sort(key=lambda party: places[party.id])
            place_parties(out, parties, messages, ways, above, (MARGIN, self.right))
        return out

    def _messages(self, above: bool) -> list[Message]:
        """The messages of this row to parties above or below."""
        ways = self.share.messages
        here = [message for message in self.whole.scene.messages if message.id in ways] if ways else []
        return [message for message in here if (ways[message.id][-1].y < ways[message.id][0].y) == above]

    def _outside(self, above: bool) -> float:
        messages = self.sides[above]
        return HEIGHT + room_of(len(messages)) if messages else 0.0

    def _kept(self) -> list[tuple[float, float]]:
        """The bands of the height in which this row shows something, and a lane's least height."""
        joined: list[list[float]] = []
        for low, high in sorted((low - PAD, high + PAD) for low, high in self._used()):
            if joined and low <= joined[-1][1]:
                joined[-1][1] = max(joined[-1][1], high)
            else:
                joined.append([low, high])
        if not self.whole.pool:
            return [(low, high) for low, high in joined]
        frames = [band.rect for band in self.whole.lanes.values()] or [self.whole.pool.rect]
        return [band for frame in frames for band in _in_frame(joined, frame)]

    def _used(self) -> Iterable[tuple[float, float]]:
        share = self.share
        rects = [*share.shapes.values(), *share.documents.values(), *(label.rect for label in share.labels.values())]
        yield from ((rect.y, rect.bottom) for rect in rects)
        for piece in (piece for pieces in share.flows.values() for piece in pieces):
            yield from ((a.y, a.y) for a, b in pairwise(piece) if abs(a.y - b.y) < 0.5)

    def _bands(self) -> None:
        whole, out = self.whole, self.out
        if not whole.pool:
            return
        at = self.heights.at
        for name, band in whole.lanes.items():
            top, bottom = at(band.rect.y), at(band.rect.bottom)
            if bottom - top > 1:
                rect = Rect(band.rect.x, top, self.right - band.rect.x, bottom - top)
                lines = text.wrap(" ".join(band.lines), rect.h - 12, LANE_SIZE, max(len(band.lines), 2))
                out.lanes[name] = Band(rect, band.strip, lines)
        top, bottom = at(whole.pool.rect.y), at(whole.pool.rect.bottom)
        rect = Rect(MARGIN, top, self.right - MARGIN, bottom - top)
        out.pool = Band(rect, whole.pool.strip, text.wrap(" ".join(whole.pool.lines), rect.h - 12, LANE_SIZE, 1))

    def _links(self) -> None:
        """The letters at the cuts, and the lines that lead to and from them."""
        for (cut, y, ahead), named in self.letters.items():
            leaves = cut == self.share.stop
            side = 1 if leaves else -1
            at, edge = Point(cut + self.shift + side * LINK_AT, self.heights.at(y)), cut + self.shift
            near = Point(at.x - side * LINK_SIZE, at.y)
            outward = leaves == ahead
            way = [Point(edge, at.y), near] if outward else [near, Point(edge, at.y)]
            self.out.links.append(Link(at, named, tuple(way), outward))

    def _point(self, point: Point) -> Point:
        return Point(point.x + self.shift, self.heights.at(point.y))

    def _points(self, points: list[Point]) -> list[Point]:
        return [self._point(point) for point in points]

    def _rect(self, rect: Rect) -> Rect:
        return Rect(rect.x + self.shift, self.heights.at(rect.y), rect.w, rect.h)

    def _label(self, label: Label) -> Label:
        return Label(self._rect(label.rect), label.lines)


def _in_frame(joined: list[list[float]], frame: Rect) -> list[tuple[float, float]]:
    """The used bands inside a lane, and as much more as the lane needs for its name."""
    inside = [(max(low, frame.y), min(high, frame.bottom)) for low, high in joined]
    inside = [(low, high) for low, high in inside if high - low > PAD + 1]
    if not inside:
        return []
    lack = min(LEAST_LANE, frame.h) - sum(high - low for low, high in inside)
    if lack > 0:
        inside[-1] = _grown(*inside[-1], lack, frame)
    return inside


def _grown(low: float, high: float, lack: float, frame: Rect) -> tuple[float, float]:
    low = max(frame.y, low - lack / 2)
    return (low, min(frame.bottom, high + lack / 2))


def _reach(messages: list[Message], ways: dict[str, list[Point]]) -> dict[str, list[float]]:
    """Where the messages to each party leave the process."""
    found: dict[str, list[float]] = {}
    for message in messages:
        found.setdefault(message.party, []).append(ways[message.id][-1].x)
    return found


def _between(points: list[Point], start: float, stop: float) -> list[list[Point]]:
    """The parts of a line between two places; cuts go through its level stretches only."""
    pieces: list[list[Point]] = []
    ends_here = False
    for a, b in pairwise(points):
        first = Point(min(max(a.x, start), stop), a.y)
        last = Point(min(max(b.x, start), stop), b.y)
        upright = abs(a.x - b.x) < 0.5
        if (upright and not start <= a.x < stop) or (not upright and first.x == last.x):
            ends_here = False
            continue
        if not (ends_here and pieces):
            pieces.append([first])
        pieces[-1].append(last)
        ends_here = last == b
    return pieces
