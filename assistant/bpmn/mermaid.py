"""The process as Mermaid flowchart text, for wikis and readme files."""

from __future__ import annotations

from assistant.bpmn.graph import CALL, END, START, Node
from assistant.bpmn.scene import Scene, scene
from assistant.process.model import Process

_BRACKETS = {
    START: ("([", "])"), END: ("([", "])"), CALL: ("[[", "]]"), "exclusiveGateway": ("{", "}"),
    "eventBasedGateway": ("{", "}"),
    "inclusiveGateway": ("{{", "}}"), "parallelGateway": ("[/", "/]"), "intermediateCatchEvent": ("((", "))"),
}  # fmt: skip

_ENTITIES = str.maketrans({"#": "#35;", "&": "#amp;", '"': "#quot;", "<": "#lt;", "`": "#96;"})


def mermaid(process: Process) -> str:
    """A Mermaid `flowchart`, lanes as subgraphs. Names are quoted, so no text of theirs is read as Mermaid."""
    made = scene(process)
    ids = {name: f"n{number}" for number, name in enumerate(made.graph.nodes)}
    lines = ["flowchart LR"]
    if made.lanes:
        for number, lane in enumerate(made.lanes):
            lines.append(f'  subgraph lane{number}["{_quoted(lane.name)}"]')
            lines += [f"    {_node(n, ids)}" for n in made.graph.nodes.values() if n.lane == lane.role]
            lines.append("  end")
    else:
        lines += [f"  {_node(n, ids)}" for n in made.graph.nodes.values()]
    for flow in made.graph.flows:
        label = f'|"{_quoted(flow.name)}"|' if flow.name else ""
        lines.append(f"  {ids[flow.source]} -->{label} {ids[flow.target]}")
    return "\n".join([*lines, *_outside(made, ids)]) + "\n"


def _node(node: Node, ids: dict[str, str]) -> str:
    left, right = _BRACKETS.get(node.kind, ("[", "]"))
    sign = {"parallelGateway": "+", "inclusiveGateway": "o", "exclusiveGateway": "x", "eventBasedGateway": "first"}.get(
        node.kind, ""
    )
    return f'{ids[node.id]}{left}"{_quoted(node.name) or sign}"{right}'


def _outside(made: Scene, ids: dict[str, str]) -> list[str]:
    parties = {party.id: f"p{number}" for number, party in enumerate(made.parties)}
    lines = [f'  {parties[party.id]}["{_quoted(party.name)}"]' for party in made.parties]
    for message in made.messages:
        a, b = ids[message.node], parties[message.party]
        lines.append(f"  {a} -.-> {b}" if message.sent else f"  {b} -.-> {a}")
    return lines


def _quoted(text: str) -> str:
    """Text for a quoted Mermaid label: on one line, quotes and signs as Mermaid's entities."""
    return " ".join(text.split()).translate(_ENTITIES)
