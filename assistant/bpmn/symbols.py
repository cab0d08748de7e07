"""The small signs of BPMN in SVG: what a gateway, event or task is, and the badges of marks."""

from __future__ import annotations

from math import cos, pi, sin

from assistant.bpmn.drawing import Point, Rect
from assistant.bpmn.graph import CALL, CATCH, END, EVENT_BASED, Node

FIFTHS = [turn * 2 * pi / 5 for turn in range(5)]


def number(value: float) -> str:
    """A coordinate without needless digits."""
    return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def gateway_symbol(kind: str, rect: Rect, style: str, stroke: str) -> list[str]:
    """A diamond with its sign: a cross for one way, a plus for all, a ring for any, a pentagon for what comes first."""
    x, y = rect.cx, rect.cy
    corners = [(x, rect.y), (rect.right, y), (x, rect.bottom), (rect.x, y)]
    points = " ".join(f"{number(a)},{number(b)}" for a, b in corners)
    parts = [f'<polygon points="{points}" {style} stroke-linejoin="round"/>']
    thick = f'stroke="{stroke}" stroke-width="2.6" fill="none"'
    if kind == "parallelGateway":
        parts.append(f'<path d="M{number(x - 10)} {number(y)}h20M{number(x)} {number(y - 10)}v20" {thick}/>')
    elif kind == "inclusiveGateway":
        parts.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="10" {thick}/>')
    elif kind == EVENT_BASED:
        parts += [
            f'<circle cx="{number(x)}" cy="{number(y)}" r="{r}" fill="none" stroke="{stroke}" stroke-width="1.2"/>'
            for r in (13, 10.5)
        ]
        five = " ".join(f"{number(x + 7 * sin(turn))},{number(y - 7 * cos(turn))}" for turn in FIFTHS)
        parts.append(f'<polygon points="{five}" fill="none" stroke="{stroke}" stroke-width="1.2"/>')
    else:
        parts.append(
            f'<path d="M{number(x - 7)} {number(y - 7)}l14 14M{number(x + 7)} {number(y - 7)}l-14 14" {thick}/>'
        )
    return parts


def event_symbol(node: Node, rect: Rect, style: str, stroke: str, fill: str) -> list[str]:
    """A circle: one line for a start, two for something awaited, thick for an end."""
    x, y = number(rect.cx), number(rect.cy)
    parts = [f'<circle cx="{x}" cy="{y}" r="{number(rect.w / 2)}" {style}/>']
    if node.kind == CATCH:
        parts.append(f'<circle cx="{x}" cy="{y}" r="14.5" fill="none" stroke="{stroke}" stroke-width="1.2"/>')
    if node.event == "timer":
        parts.append(f'<circle cx="{x}" cy="{y}" r="10" fill="none" stroke="{stroke}" stroke-width="1.2"/>')
        hands = f"M{x} {number(rect.cy - 7)}V{y}L{number(rect.cx + 5)} {number(rect.cy + 3)}"
        parts.append(f'<path d="{hands}" fill="none" stroke="{stroke}" stroke-width="1.4"/>')
    elif node.event == "message":
        left, top = number(rect.cx - 8), number(rect.cy - 5.5)
        parts.append(
            f'<path d="M{left} {top}h16v11h-16zl8 6.5l8 -6.5" fill="{fill}" stroke="{stroke}" stroke-width="1.2"/>'
        )
    elif node.kind == END and node.event == "terminate":
        parts.append(f'<circle cx="{x}" cy="{y}" r="10" fill="{stroke}"/>')
    return parts


def task_symbol(node: Node, rect: Rect, colour: str) -> list[str]:
    """A small sign in the corner: a person, a machine, or the plus of a process that is kept elsewhere."""
    x, y = rect.x + 12, rect.y + 12
    line = f'fill="none" stroke="{colour}" stroke-width="1.1"'
    if node.kind == "userTask":
        shoulders = f"M{number(x - 5)} {number(y + 6)}c0 -7 10 -7 10 0z"
        return [f'<circle cx="{number(x)}" cy="{number(y - 3)}" r="2.6" {line}/>', f'<path d="{shoulders}" {line}/>']
    if node.kind == "serviceTask":
        teeth = "".join(
            f"M{number(x + dx * 4)} {number(y + dy * 4)}l{number(dx * 2.4)} {number(dy * 2.4)}"
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7))
        )
        return [f'<circle cx="{number(x)}" cy="{number(y)}" r="4" {line}/>', f'<path d="{teeth}" {line}/>']
    if node.kind == "receiveTask":
        corner = f"{number(x - 7)} {number(y - 5)}"
        return [f'<path d="M{corner}h14v9h-14zl7 5.5l7 -5.5" {line}/>']
    if node.kind == CALL:
        left, top = rect.cx - 6, rect.bottom - 14
        return [
            f'<path d="M{number(left)} {number(top)}h12v12h-12zm6 2.5v7m-3.5 -3.5h7" {line}/>',
        ]
    return []


def badge(kind: str, at: Point, colour: str, page: str, number_in: str = "") -> str:
    """A round badge with a sign, so that a mark is not told by colour alone: its number in a list where it has one."""
    x, y = at
    disc = f'<circle cx="{number(x)}" cy="{number(y)}" r="8" fill="{colour}" stroke="{page}" stroke-width="1.5"/>'
    if number_in:
        return (
            f'{disc}<text x="{number(x)}" y="{number(y + 4)}" fill="{page}" font-size="11" font-weight="bold" '
            f'text-anchor="middle">{number_in}</text>'
        )
    sign = {
        "added": f"M{number(x - 4)} {number(y)}h8M{number(x)} {number(y - 4)}v8",
        "changed": f"M{number(x - 4.5)} {number(y + 1.5)}q2.2 -5 4.5 -1.5t4.5 -1.5",
        "removed": f"M{number(x - 4)} {number(y)}h8",
        "problem": f"M{number(x)} {number(y - 4.5)}v5M{number(x)} {number(y + 3)}v1.6",
    }[kind]
    return f'{disc}<path d="{sign}" fill="none" stroke="{page}" stroke-width="2"/>'
