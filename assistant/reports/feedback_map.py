"""Themes on two axes: how many say it, and how much it hurts; what lies to the upper right weighs most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from assistant.feedback.shapes import Theme

WIDTH, HEIGHT = 640, 340
LEFT, RIGHT, TOP, BOTTOM = 46, 16, 14, 40
"""Room for the names of the axes, in the units of the drawing."""
WORST = 3.0
SMALLEST, LARGEST = 8.0, 15.0
"""Radius of a theme: its area grows with its impact (how many times how much it hurts)."""
STEPS = (1, 2, 3, 5)
ROOM = 1.2
"""How far the axis of counts goes beyond the smallest and the largest."""


def level(severity: float) -> str:
    """In which of three colours a theme is drawn."""
    return "high" if severity >= 1.5 else "some" if severity >= 0.7 else "low"


def weighed_map(themes: Sequence[Theme]) -> dict[str, Any]:
    """Where each theme and each mark of the axes is drawn; the largest first, so that no small one lies hidden.

    The number of comments runs on a logarithmic axis, since themes of ten and of ten thousand stand side by side.
    """
    if not themes:
        return {}
    counts = [theme.count for theme in themes]
    low, high = min(counts) / ROOM, max(max(counts), min(counts) + 1) * ROOM
    heaviest = max(theme.impact for theme in themes) or 1.0
    points = [
        {
            "id": theme.id, "name": theme.name, "count": theme.count, "severity": theme.severity, "number": number,
            "level": level(theme.severity), "x": round(_along(theme.count, low, high), 1),
            "y": round(_up(theme.severity), 1),
            "r": round(max(SMALLEST, LARGEST * math.sqrt(max(theme.impact, 0.0) / heaviest)), 1),
        }
        for number, theme in enumerate(themes, 1)
    ]  # fmt: skip
    return {
        "width": WIDTH, "height": HEIGHT, "left": LEFT, "right": WIDTH - RIGHT, "top": TOP, "bottom": HEIGHT - BOTTOM,
        "points": sorted(points, key=lambda point: (-point["r"], point["number"])),
        "across": [{"x": round(_along(count, low, high), 1), "name": f"{count:,}"} for count in _marks(low, high)],
        "up": [{"y": round(_up(hurt), 1), "name": str(hurt)} for hurt in range(4)],
    }  # fmt: skip


def _along(count: float, low: float, high: float) -> float:
    share = math.log(max(count, low) / low) / math.log(high / low)
    return LEFT + LARGEST + share * (WIDTH - LEFT - RIGHT - 2 * LARGEST)


def _up(severity: float) -> float:
    return HEIGHT - BOTTOM - LARGEST / 2 - severity / WORST * (HEIGHT - TOP - BOTTOM - 1.5 * LARGEST)


def _marks(low: float, high: float) -> list[int]:
    """Round numbers between the smallest and the largest, at most about eight."""
    marks = [step * 10**power for power in range(8) for step in STEPS if low <= step * 10**power <= high]
    return marks if len(marks) <= 8 else [mark for mark in marks if str(mark)[0] == "1"]
