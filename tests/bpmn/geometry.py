"""What is wrong with a drawing, as a critical eye with a ruler would find it."""

from __future__ import annotations

from itertools import pairwise

from assistant.bpmn.drawing import Drawing, Point, Rect

SLACK = 0.6


def faults(drawing: Drawing) -> list[str]:
    """Every fault found: missing elements, overlaps, edges through shapes or over each other, labels in the way."""
    return [
        *missing(drawing), *overlaps(drawing), *outside(drawing), *crossed_shapes(drawing), *shared_lines(drawing),
        *label_faults(drawing),
    ]  # fmt: skip


def shapes(drawing: Drawing) -> dict[str, Rect]:
    return {**drawing.shapes, **drawing.documents}


def lines(drawing: Drawing) -> dict[str, list[Point]]:
    return {**drawing.flows, **drawing.messages, **drawing.associations}


def missing(drawing: Drawing):
    scene = drawing.scene
    for node in scene.graph.nodes.values():
        if node.id not in drawing.shapes:
            yield f"{node.id} is not drawn"
        if (node.is_event or node.is_gateway) and node.name.strip() and node.id not in drawing.labels:
            yield f"{node.id} has no label"
    for flow in scene.graph.flows:
        if len(drawing.flows.get(flow.id, ())) < 2:
            yield f"the flow {flow.id} is not drawn"
        elif flow.name.strip() and flow.id not in drawing.labels:
            yield f"the flow {flow.id} has no label"
    yield from missing_extras(drawing)


def missing_extras(drawing: Drawing):
    scene = drawing.scene
    for message in scene.messages:
        if len(drawing.messages.get(message.id, ())) < 2:
            yield f"the message {message.id} is not drawn"
    for document in scene.documents:
        if document.id not in drawing.documents:
            yield f"the document {document.id} is not drawn"
        for link in (document.reading, document.writing):
            if link and len(drawing.associations.get(link, ())) < 2:
                yield f"the association {link} is not drawn"


def hit(a: Rect, b: Rect, slack: float = SLACK) -> bool:
    return a.x < b.right - slack and b.x < a.right - slack and a.y < b.bottom - slack and b.y < a.bottom - slack


def overlaps(drawing: Drawing):
    boxes = sorted(shapes(drawing).items(), key=lambda pair: pair[1].x)
    for index, (name, box) in enumerate(boxes):
        for other, there in boxes[index + 1 :]:
            if there.x >= box.right:
                break
            if hit(box, there):
                yield f"{name} overlaps {other}"


def outside(drawing: Drawing):
    scene = drawing.scene
    lane_of = {lane.role: drawing.lanes[lane.id].rect for lane in scene.lanes}
    for node in scene.graph.nodes.values():
        box = drawing.shapes[node.id]
        frame = lane_of.get(node.lane) if scene.lanes else (drawing.pool.rect if drawing.pool else None)
        frame = frame or Rect(0, 0, drawing.width, drawing.height)
        if not (frame.x <= box.x and box.right <= frame.right and frame.y <= box.y and box.bottom <= frame.bottom):
            yield f"{node.id} is outside its lane"
    whole = Rect(0, 0, drawing.width, drawing.height)
    for name, label in drawing.labels.items():
        r = label.rect
        if r.x < 0 or r.y < 0 or r.right > whole.w or r.bottom > whole.h:
            yield f"the label of {name} is outside the page"
    lanes = list(drawing.lanes.values())
    for one, two in pairwise(lanes):
        if abs(one.rect.bottom - two.rect.y) > SLACK:
            yield "lanes do not meet"


def inside(a: Point, b: Point, box: Rect, slack: float = SLACK) -> bool:
    """Whether a level or upright line from a to b passes the inside of a box."""
    low_x, high_x, low_y, high_y = min(a.x, b.x), max(a.x, b.x), min(a.y, b.y), max(a.y, b.y)
    return (
        low_x < box.right - slack and high_x > box.x + slack and low_y < box.bottom - slack and high_y > box.y + slack
    )


def crossed_shapes(drawing: Drawing):
    boxes = sorted(shapes(drawing).items(), key=lambda pair: pair[1].x)
    for name, points in lines(drawing).items():
        for a, b in pairwise(points):
            if abs(a.x - b.x) > SLACK and abs(a.y - b.y) > SLACK:
                yield f"{name} is not level or upright"
            for other, box in boxes:
                if box.x > max(a.x, b.x):
                    break
                if inside(a, b, box):
                    yield f"{name} runs through {other}"
            for other, band in drawing.parties.items():
                if name in drawing.messages and inside(a, b, band.rect):
                    yield f"{name} runs through the pool {other}"


def shared_lines(drawing: Drawing):
    """Pieces of two flows on one line that have neither source nor target in common."""
    ends = {flow.id: (flow.source, flow.target) for flow in drawing.scene.graph.flows}
    upright: dict[float, list] = {}
    level: dict[float, list] = {}
    for name, points in {**drawing.flows, **drawing.messages}.items():
        for a, b in pairwise(points):
            if abs(a.x - b.x) < 0.1:
                upright.setdefault(round(a.x), []).append((min(a.y, b.y), max(a.y, b.y), name))
            else:
                level.setdefault(round(a.y), []).append((min(a.x, b.x), max(a.x, b.x), name))
    for book in (upright, level):
        for pieces in book.values():
            pieces.sort()
            for index, (_, high, name) in enumerate(pieces):
                for low2, high2, other in pieces[index + 1 :]:
                    if low2 >= high - 2:
                        break
                    alike = set(ends.get(name, (name,))) & set(ends.get(other, (other,)))
                    if name != other and not alike and min(high, high2) - low2 > 2:
                        yield f"{name} lies on {other}"


def label_faults(drawing: Drawing):
    labels = sorted(drawing.labels.items(), key=lambda pair: pair[1].rect.x)
    boxes = list(shapes(drawing).items())
    for index, (name, label) in enumerate(labels):
        r = label.rect
        for other, there in labels[index + 1 :]:
            if there.rect.x >= r.right:
                break
            if hit(r, there.rect):
                yield f"the label of {name} overlaps the label of {other}"
        for other, box in boxes:
            if hit(r, box):
                yield f"the label of {name} overlaps {other}"
        for other, points in lines(drawing).items():
            if any(inside(a, b, r) for a, b in pairwise(points)):
                yield f"the label of {name} is crossed by {other}"
        for band in (*drawing.lanes.values(), *([drawing.pool] if drawing.pool else [])):
            strip = Rect(band.rect.x, band.rect.y, band.strip, band.rect.h)
            if hit(r, strip):
                yield f"the label of {name} lies on a lane's name"
