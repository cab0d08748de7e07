"""The pieces of an SVG drawing: bands, shapes, lines, labels, marks and the legend."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from html import escape

from assistant.bpmn import text
from assistant.bpmn.drawing import (
    DATA_LINE,
    DATA_SIZE,
    LABEL_LINE,
    LABEL_SIZE,
    LANE_LINE,
    LANE_SIZE,
    LINK_SIZE,
    TASK_LINE,
    TASK_SIZE,
    Band,
    Drawing,
    Part,
    Point,
    Rect,
)
from assistant.bpmn.graph import CALL, END, START, Node
from assistant.bpmn.marks import Marks
from assistant.bpmn.palette import DARK, LIGHT, Palette
from assistant.bpmn.symbols import badge, event_symbol, gateway_symbol, number, task_symbol

FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
ROWS_SAY = "Read row by row: a line that ends at a letter goes on at the same letter."
NUMBERED = "a problem, by its number in the list of what hurts"
LEGEND = {"added": "added", "changed": "changed", "removed": "removed", "problem": "a problem"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def tidy(value: str) -> str:
    """Text made safe for SVG: escaped, and without letters XML forbids."""
    return escape(_FORBIDDEN.sub("", value))


def render(rows: Sequence[Drawing], marks: Marks, dark: bool, live: bool = False) -> str:
    """The whole document with its rows; `live` as in `svg`."""
    return _Sheet(rows, marks, DARK if dark else LIGHT, live).document()


def _path(points: Iterable[Point]) -> str:
    return " ".join(f"{'L' if i else 'M'}{number(p.x)} {number(p.y)}" for i, p in enumerate(points))


def _rounded(points: list[Point], radius: float = 6) -> str:
    """A path with rounded corners."""
    if len(points) < 3:
        return _path(points)
    parts = [f"M{number(points[0].x)} {number(points[0].y)}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        a, b = _towards(corner, before, radius), _towards(corner, after, radius)
        parts.append(f"L{number(a.x)} {number(a.y)}")
        parts.append(f"Q{number(corner.x)} {number(corner.y)} {number(b.x)} {number(b.y)}")
    parts.append(f"L{number(points[-1].x)} {number(points[-1].y)}")
    return " ".join(parts)


def _towards(corner: Point, other: Point, radius: float) -> Point:
    dx, dy = other.x - corner.x, other.y - corner.y
    length = abs(dx) + abs(dy)
    share = min(radius, length / 2) / length if length else 0
    return Point(corner.x + dx * share, corner.y + dy * share)


class _Sheet:
    def __init__(self, rows: Sequence[Drawing], marks: Marks, palette: Palette, live: bool) -> None:
        self.rows, self.marks, self.palette, self.live = rows, marks, palette, live
        self.drawing = rows[-1]
        self.scene = self.drawing.scene
        self.parts: list[str] = []
        self.used: dict[str, None] = {}

    def document(self) -> str:
        for row in self.rows:
            self.drawing = row
            self._bands()
            self._lines()
            for node in self.scene.graph.nodes.values():
                if node.id in row.shapes:
                    self._node(node)
            self._documents()
            self._labels()
            self._links()
        legend = self._legend()
        width, height = self.drawing.width, self.drawing.height + (34 if legend else 0)
        if legend:
            width = max(width, 20 + 150 * len(self.used))
        w, h = number(width), number(height)
        title, desc = tidy(self.scene.name), tidy(self._description())
        key = f"d{zlib.crc32((desc + ''.join(self.parts)).encode('utf-8', 'replace')):08x}"
        p = self.palette
        style = "" if self.live else f' style="max-width:100%;height:auto;background:{p.page}"'
        role = "group" if self.live else "img"
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="{role}" '
            f'aria-labelledby="{key}t {key}d" font-family="{FONT}" font-size="{TASK_SIZE}"{style}>\n'
            f'<title id="{key}t">{title}</title>\n<desc id="{key}d">{desc}</desc>\n'
            f'<rect width="{w}" height="{h}" fill="{p.page}"/>\n'
        )
        return head + "\n".join([*self.parts, *legend]) + "\n</svg>\n"

    def _description(self) -> str:
        """The map in words: who does what, in order, and how it can end."""
        lanes = {lane.role: lane.name for lane in self.scene.lanes}
        said: list[str] = []
        for node in self.scene.graph.nodes.values():
            if node.is_gateway and not node.name:
                continue
            who = f"{lanes[node.lane]}: " if node.lane in lanes and not node.is_gateway else ""
            kind = {START: "starts with ", END: "ends with "}.get(node.kind, "decides: " if node.is_gateway else "")
            said.append(f"{kind}{who}{node.name}")
            if sum(map(len, said)) > 3000:
                said.append("and more")
                break
        marked = [f"{kind} {len([1 for k in self.marks.kinds.values() if k == kind])}" for kind in LEGEND]
        note = f" Marked: {', '.join(m for m in marked if not m.endswith(' 0'))}." if self.marks.kinds else ""
        return f"Process map of {self.scene.name}. In order: {'; '.join(said)}.{note}"

    def _bands(self) -> None:
        p = self.palette
        for band in self.drawing.parties.values():
            self._box(band.rect, p.strip, p.frame)
            self._lines_of_text(band.lines, band.rect, LANE_SIZE, LANE_LINE, p.text, weight="bold")
        if self.drawing.pool:
            self._box(self.drawing.pool.rect, p.lane, p.frame)
            self._strip(self.drawing.pool, bold=True)
        roles = {lane.id: lane.role for lane in self.scene.lanes}
        for name, lane in self.drawing.lanes.items():
            role = roles.get(name) if self.live else None
            self._box(lane.rect, p.lane, p.frame, f' data-lane="{tidy(role)}"' if role else "")
            self._strip(lane)

    def _box(self, rect: Rect, fill: str, stroke: str, more: str = "") -> None:
        self.parts.append(
            f'<rect x="{number(rect.x)}" y="{number(rect.y)}" width="{number(rect.w)}" height="{number(rect.h)}" '
            f'fill="{fill}" stroke="{stroke}"{more}/>'
        )

    def _strip(self, band: Band, bold: bool = False) -> None:
        """The name of a pool or lane, written upwards in its strip."""
        box = Rect(band.rect.x, band.rect.y, band.strip, band.rect.h)
        self._box(box, self.palette.strip, self.palette.frame)
        start = box.cx - (len(band.lines) - 1) * LANE_LINE / 2
        weight = ' font-weight="bold"' if bold else ""
        for index, line in enumerate(band.lines):
            x = number(start + index * LANE_LINE)
            self.parts.append(
                f'<text transform="translate({x} {number(box.cy)}) rotate(-90)" text-anchor="middle" dy=".35em" '
                f'fill="{self.palette.text}"{weight}>{tidy(line)}</text>'
            )

    def _lines_of_text(
        self, lines: tuple[str, ...], rect: Rect, size: int, line: float, fill: str, weight: str = "normal",
        anchor: str = "middle",
    ) -> None:  # fmt: skip
        x = rect.cx if anchor == "middle" else rect.x
        top = rect.cy - len(lines) * line / 2 + line * 0.76
        bold = f' font-weight="{weight}"' if weight != "normal" else ""
        spans = "".join(
            f'<tspan x="{number(x)}" y="{number(top + index * line)}">{tidy(part)}</tspan>'
            for index, part in enumerate(lines)
        )
        self.parts.append(f'<text text-anchor="{anchor}" font-size="{size}" fill="{fill}"{bold}>{spans}</text>')

    def _mark_of(self, name: str | None) -> str | None:
        kind = self.marks.kinds.get(name) if name else None
        if kind:
            self.used.setdefault(kind)
        return kind

    def _lines(self) -> None:
        p = self.palette
        branches = {flow.id: flow.branch for flow in self.scene.graph.flows}
        for name, points, arrives in self._flow_parts():
            branch = branches[name]
            kind = self._mark_of(branch)
            stroke = p.mark(kind)[0] if kind else p.line
            dash = ' stroke-dasharray="7 4"' if kind == "removed" else ""
            weight = "2.4" if kind else "1.4"
            self.parts.append(
                f'<path d="{_rounded(points)}" fill="none" stroke="{stroke}" stroke-width="{weight}"{dash}>'
                f"{self._note(branch)}</path>"
            )
            if arrives:
                self.parts.append(_arrow(points, stroke, filled=True))
        for points in self.drawing.messages.values():
            self.parts.append(
                f'<path d="{_path(points)}" fill="none" stroke="{p.soft}" stroke-width="1.2" stroke-dasharray="6 4"/>'
            )
            first = points[0]
            self.parts.append(
                f'<circle cx="{number(first.x)}" cy="{number(first.y)}" r="3.5" fill="{p.page}" stroke="{p.soft}"/>'
            )
            self.parts.append(_arrow(points, p.soft, filled=False, page=p.page))
        for points in self.drawing.associations.values():
            self.parts.append(
                f'<path d="{_path(points)}" fill="none" stroke="{p.soft}" stroke-width="1.2" stroke-dasharray="1.5 3"/>'
            )
            self.parts.append(_open_arrow(points, p.soft))

    def _flow_parts(self) -> list[Part]:
        drawn = self.drawing.flows
        whole = [Part(flow.id, drawn[flow.id], True) for flow in self.scene.graph.flows if flow.id in drawn]
        return whole + self.drawing.parts

    def _links(self) -> None:
        """The letters at which a line leaves this row or comes into it."""
        p = self.palette
        for at, letter, way, outward in self.drawing.links:
            x, y = number(at.x), number(at.y)
            said = "goes on" if outward else "comes from"
            self.parts.append(
                f"<g><title>The line {said} where {letter} stands again</title>"
                f'<path d="{_path(way)}" fill="none" stroke="{p.line}" stroke-width="1.4"/>'
                f'<circle cx="{x}" cy="{y}" r="{number(LINK_SIZE)}" fill="{p.strip}" stroke="{p.line}"/>'
                f'<text x="{x}" y="{y}" dy=".35em" text-anchor="middle" font-size="{LABEL_SIZE}" font-weight="bold" '
                f'fill="{p.text}">{letter}</text></g>'
            )
            if outward:
                self.parts.append(_arrow(list(way), p.line, filled=True))

    def _note(self, name: str | None) -> str:
        note = self.marks.notes.get(name) if name else None
        return f"<title>{tidy(note)}</title>" if note else ""

    def _node(self, node: Node) -> None:
        rect, p = self.drawing.shapes[node.id], self.palette
        named = not node.is_gateway or bool(node.name) or node.kind == "parallelGateway"
        kind = self._mark_of(node.block) if named and not node.id.endswith(("_join", "_again")) else None
        stroke, fill = p.mark(kind) if kind else (p.line, self._fill(node))
        weight = (2.4 if kind else 1.4) + (1.4 if node.kind in (END, CALL) else 0)
        dash = ' stroke-dasharray="7 4"' if kind == "removed" else ""
        style = f'fill="{fill}" stroke="{stroke}" stroke-width="{number(weight)}"{dash}'
        told = self.marks.notes.get(node.block or "") if kind else None
        whole = f"{node.name} ({LEGEND[kind]}{': ' + told if told else ''})" if kind else node.name
        chosen = self._chosen(node, named)
        self.parts.append(f"<g{chosen}><title>{tidy(whole)}</title>" if whole else f"<g{chosen}>")
        if node.is_gateway:
            self.parts += gateway_symbol(node.kind, rect, style, stroke)
        elif node.is_event:
            self.parts += event_symbol(node, rect, style, stroke, fill)
        else:
            self.parts.append(
                f'<rect x="{number(rect.x)}" y="{number(rect.y)}" width="{number(rect.w)}" height="{number(rect.h)}" '
                f'rx="8" {style}/>'
            )
            self.parts += task_symbol(node, rect, p.soft)
        if kind:
            corner, sign = (
                Point(rect.right - (0 if node.is_event else 4), rect.y + 2),
                self.marks.signs.get(node.block or ""),
            )
            self.parts.append(badge(kind, corner, stroke, p.page, sign or ""))
        self.parts.append("</g>")

    def _chosen(self, node: Node, named: bool) -> str:
        """What makes a shape one that can be chosen; a join and what the drawing adds of its own cannot."""
        if not self.live or not node.block or not named or node.id.endswith(("_join", "_again")):
            return ""
        return f' data-block="{tidy(node.block)}" role="button" tabindex="0"'

    def _fill(self, node: Node) -> str:
        p = self.palette
        if node.is_gateway:
            return p.gateway
        return {START: p.start, END: p.end}.get(node.kind, p.shape)

    def _documents(self) -> None:
        p = self.palette
        for rect in self.drawing.documents.values():
            x, y, r, b, fold = rect.x, rect.y, rect.right, rect.bottom, 8
            self.parts.append(
                f'<path d="M{number(x)} {number(y)}H{number(r - fold)}L{number(r)} {number(y + fold)}V{number(b)}'
                f'H{number(x)}ZM{number(r - fold)} {number(y)}V{number(y + fold)}H{number(r)}" '
                f'fill="{p.page}" stroke="{p.soft}" stroke-width="1.2"/>'
            )

    def _labels(self) -> None:
        d, p = self.drawing, self.palette
        for label in d.texts.values():
            self._lines_of_text(label.lines, label.rect, TASK_SIZE, TASK_LINE, p.text)
        for name, label in d.labels.items():
            if name in d.documents:
                self._lines_of_text(label.lines, label.rect, DATA_SIZE, DATA_LINE, p.soft, anchor="start")
            else:
                self._lines_of_text(label.lines, label.rect, LABEL_SIZE, LABEL_LINE, p.text)

    def _legend(self) -> list[str]:
        """What the marks mean, where there are any."""
        parts: list[str] = []
        x, y = 24.0, self.drawing.height + 12
        for kind in LEGEND:
            if kind not in self.used:
                continue
            stroke, fill = self.palette.mark(kind)
            dash = ' stroke-dasharray="4 3"' if kind == "removed" else ""
            parts.append(
                f'<rect x="{number(x)}" y="{number(y - 8)}" width="26" height="16" rx="4" fill="{fill}" '
                f'stroke="{stroke}" stroke-width="2"{dash}/>'
            )
            parts.append(badge(kind, Point(x + 26, y - 8), stroke, self.palette.page))
            words = NUMBERED if kind == "problem" and self.marks.signs else LEGEND[kind]
            parts.append(f'<text x="{number(x + 40)}" y="{number(y + 4)}" fill="{self.palette.text}">{words}</text>')
            x += 70 + text.width(words) + 20
        if len(self.rows) > 1:
            parts.append(f'<text x="{number(x)}" y="{number(y + 4)}" fill="{self.palette.text}">{ROWS_SAY}</text>')
        return parts


def _arrow(points: list[Point], colour: str, filled: bool, page: str = "") -> str:
    a, b = points[-2], points[-1]
    dx, dy = _unit(a, b)
    back, half = 9.0, 4.2
    tips = [
        b,
        Point(b.x - dx * back - dy * half, b.y - dy * back + dx * half),
        Point(b.x - dx * back + dy * half, b.y - dy * back - dx * half),
    ]
    shape = " ".join(f"{number(p.x)},{number(p.y)}" for p in tips)
    fill = f'fill="{colour}"' if filled else f'fill="{page}" stroke="{colour}"'
    return f'<polygon points="{shape}" {fill}/>'


def _open_arrow(points: list[Point], colour: str) -> str:
    a, b = points[-2], points[-1]
    dx, dy = _unit(a, b)
    one = Point(b.x - dx * 6 - dy * 4, b.y - dy * 6 + dx * 4)
    two = Point(b.x - dx * 6 + dy * 4, b.y - dy * 6 - dx * 4)
    return f'<path d="{_path([one, b, two])}" fill="none" stroke="{colour}" stroke-width="1.2"/>'


def _unit(a: Point, b: Point) -> tuple[float, float]:
    dx, dy = b.x - a.x, b.y - a.y
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    return dx / length, dy / length
