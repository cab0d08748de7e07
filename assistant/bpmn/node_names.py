"""How a node of a diagram is named to a reader: by its name, or by where it stands; never by its id."""

from __future__ import annotations

from assistant.bpmn.address import GATES, SUBS
from assistant.bpmn.raw import RawBody, RawNode


def placed(body: RawBody) -> None:
    """Say of each nameless node where it stands: after, or else before, the nearest step with a name."""
    for forward in (False, True):
        near: dict[str, list[str]] = {name: [] for name in body.nodes}
        for flow in body.flows:
            near[flow.source if forward else flow.target].append(flow.target if forward else flow.source)
        for node in body.nodes.values():
            if not node.name and not node.where:
                found = _nearest(node, body, near)
                node.where = f"{'before' if forward else 'after'} {' and '.join(found)}" if found else ""


def _nearest(node: RawNode, body: RawBody, near: dict[str, list[str]]) -> list[str]:
    """The names of the nearest named nodes on one side, three at most."""
    found: dict[str, None] = {}
    seen, stack = {node.id}, list(reversed(near[node.id]))
    if node.attached in body.nodes and node.attached:
        stack.append(node.attached)
    while stack and len(seen) < 40 and len(found) < 3:
        name = stack.pop()
        if name in seen:
            continue
        seen.add(name)
        if body.nodes[name].name:
            found[f"“{body.nodes[name].name}”"] = None
        else:
            stack.extend(reversed(near[name]))
    return list(found)


def told(node: RawNode) -> str:
    """A node as it is named to a reader: by its name, or by what it stands after or before; never by its id."""
    if node.made:
        return node.made
    kind = _KINDS.get(node.tag) or ("event" if node.tag.endswith("Event") else "step")
    if node.name:
        return f"the {kind} {node.name}"
    return f"the {kind} {node.where}" if node.where else f"a nameless {kind}"


_KINDS = {
    "startEvent": "start", "endEvent": "end", "parallelGateway": "parallel gateway",
    **dict.fromkeys(SUBS, "subprocess"),
    **dict.fromkeys(GATES - {"parallelGateway"}, "gateway"),
}  # fmt: skip
