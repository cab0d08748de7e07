"""What it means to drop a step of the map somewhere: on a lane, on an arrow, on another step, beside its neighbours."""

from __future__ import annotations

from assistant.bpmn.graph import Flow, Node
from assistant.bpmn.layout import draw
from assistant.bpmn.scene import Scene, scene
from assistant.errors import EditRefused
from assistant.process.edits import Edit, Move, Place, SetRole
from assistant.process.model import Process
from assistant.process.tree import by_id, sequences, spots, step_id

IN_WORDS = "Say in words on the left what you want, such as “move it before the check”."


def dropped(process: Process, step: str, target: str, x: float | None) -> list[Edit]:
    """The edits of a step dropped on the shape or arrow `target` of its map; `x` is where, in the map's own pixels.

    On another lane it changes hands, in its own lane it goes where it was put among its neighbours, on an arrow it
    goes there, on a step it goes behind it, on a split before it. Raises EditRefused where that is no edit.
    """
    made = scene(process)
    lane = next((lane for lane in made.lanes if lane.id == target), None)
    if lane is not None:
        own = getattr(by_id(process)[step], "role", None) or ""
        return _along(made, step, x) if lane.role == own else _handed(process, step, lane.role)
    if any(party.id == target for party in made.parties):
        raise EditRefused(
            "This is somebody outside, who does no work of this process.", "Messages go there, steps do not.", IN_WORDS
        )
    flow = next((flow for flow in made.graph.flows if flow.id == target), None)
    if flow is not None:
        return _on_arrow(made, step, flow)
    if target in made.graph.nodes:
        return _moved(process, step, _at(process, made.graph.nodes[target]))
    raise EditRefused(
        "There is nothing to drop it on here.", "A step goes onto a lane, an arrow or another step.", IN_WORDS
    )


def _handed(process: Process, step: str, role: str) -> list[Edit]:
    if "role" not in type(by_id(process)[step]).model_fields:
        raise EditRefused(
            "A decision is nobody's work, so it cannot change hands.", "It stands in the lane of what leads to it.",
            "Drag the step that is to be done by somebody else.",
        )  # fmt: skip
    return [SetRole(ids=(step,), role=role or None)]


def _along(made: Scene, step: str, x: float | None) -> list[Edit]:
    """Moved in its own lane: behind the neighbours it was dragged past."""
    spot = spots(made.process)[step]
    row = [step_id(block) for block in sequences(made.process)[spot.sequence].items]
    others = [name for name in row if name != step]
    middles = _middles(made)
    at = sum(1 for name in others if x is not None and middles.get(name, 0.0) < x)
    if x is None or at == spot.position:
        raise EditRefused(
            "It stays where it is.", "It was not dragged past a step of its way.",
            "Drag it past another step, onto an arrow, or onto another lane.",
        )  # fmt: skip
    return [Move(ids=(step,), place=Place(before=others[at]) if at < len(others) else Place(after=others[-1]))]


def _middles(made: Scene) -> dict[str, float]:
    """The middle of each block in the drawing, over all the shapes it is drawn with."""
    spans: dict[str, tuple[float, float]] = {}
    shapes = draw(made).shapes
    for node in made.graph.nodes.values():
        if node.block:
            rect = shapes[node.id]
            low, high = spans.get(node.block, (rect.x, rect.x + rect.w))
            spans[node.block] = min(low, rect.x), max(high, rect.x + rect.w)
    return {block: (low + high) / 2 for block, (low, high) in spans.items()}


def _on_arrow(made: Scene, step: str, flow: Flow) -> list[Edit]:
    source, target = made.graph.nodes[flow.source], made.graph.nodes[flow.target]
    if step in (source.block, target.block):
        raise EditRefused("It is there already.", "This arrow begins or ends at it.", "Drop it on another arrow.")
    return _moved(made.process, step, _behind(source, target, flow.branch))


def _behind(source: Node, target: Node, branch: str | None) -> Place:
    """The place that an arrow stands for: the beginning of a way, of what is repeated, or behind what it leaves."""
    if branch and not branch.endswith(".until"):
        return Place(into=branch, at="start")
    if source.id.endswith("_again"):
        return Place(into=f"{source.block}.do", at="start")
    return Place(after=source.block) if source.block else Place(before=target.block)


def _at(process: Process, node: Node) -> Place:
    """Dropped on a shape: behind it; on a split or the start, before what follows."""
    if node.block in by_id(process):
        return Place(before=node.block) if node.is_gateway and not _joins(node) else Place(after=node.block)
    return Place(before=step_id(process.flow.items[0]))


def _joins(node: Node) -> bool:
    return node.id.endswith(("_join", "_again"))


def _moved(process: Process, step: str, place: Place) -> list[Edit]:
    if step in (place.after, place.before):
        raise EditRefused("It is there already.", "It was dropped on itself.", "Drop it on another step.")
    return [Move(ids=(step,), place=place)]
