"""A drawing: where every shape, line and label is, in pixels from the top left. SVG and BPMN are made from the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.bpmn.scene import Scene

LABEL_SIZE, TASK_SIZE, DATA_SIZE, LANE_SIZE = 11, 12, 10, 12
LINK_SIZE = 10.0
LABEL_LINE, TASK_LINE, DATA_LINE, LANE_LINE = 13.0, 15.0, 12.0, 15.0


class Point(NamedTuple):
    """A place in pixels."""

    x: float
    y: float


class Rect(NamedTuple):
    """A box in pixels: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.h

    @property
    def cx(self) -> float:
        """The x of its middle."""
        return self.x + self.w / 2

    @property
    def cy(self) -> float:
        """The y of its middle."""
        return self.y + self.h / 2


class Label(NamedTuple):
    """Text in its box, broken into lines."""

    rect: Rect
    lines: tuple[str, ...]


class Band(NamedTuple):
    """A pool or lane: its box and the strip on its left that carries the name, written upwards."""

    rect: Rect
    strip: float
    lines: tuple[str, ...]


class Part(NamedTuple):
    """A flow, or the part of it that one row shows; `arrives` where it reaches its target."""

    flow: str
    points: list[Point]
    arrives: bool


class Link(NamedTuple):
    """Where a line leaves a row or comes into it: a letter, and the short way to (`outward`) or from it."""

    at: Point
    letter: str
    way: tuple[Point, ...]
    outward: bool


@dataclass(slots=True)
class Drawing:
    """The whole: by the ids of the scene. `texts` are inside tasks, `labels` beside events, gateways and flows.

    A row of a long drawing has `parts` in place of `flows`, and `links` where they are cut.
    """

    scene: Scene
    width: float = 0
    height: float = 0
    pool: Band | None = None
    lanes: dict[str, Band] = field(default_factory=dict)
    parties: dict[str, Band] = field(default_factory=dict)
    shapes: dict[str, Rect] = field(default_factory=dict)
    texts: dict[str, Label] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    flows: dict[str, list[Point]] = field(default_factory=dict)
    messages: dict[str, list[Point]] = field(default_factory=dict)
    documents: dict[str, Rect] = field(default_factory=dict)
    associations: dict[str, list[Point]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
