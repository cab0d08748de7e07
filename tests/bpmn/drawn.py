"""Small BPMN files for tests, written as a few lines of text, and processes to draw."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from assistant.process.codec import from_data

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:test">'
)
TAGS = {
    "start": "startEvent", "end": "endEvent", "xor": "exclusiveGateway", "and": "parallelGateway",
    "or": "inclusiveGateway", "race": "eventBasedGateway", "complex": "complexGateway", "task": "task",
    "catch": "intermediateCatchEvent", "throw": "intermediateThrowEvent", "sub": "subProcess", "call": "callActivity",
}  # fmt: skip


def body(nodes: str, flows: str, extra: str = "") -> str:
    """Nodes are lines `kind id name`, with `<...>` children after a bar; flows are words `a>b` or `a>b:condition`."""
    parts = []
    for line in filter(None, (line.strip() for line in nodes.splitlines())):
        told, _, inner = line.partition("|")
        kind, name, *title = told.split(None, 2)
        tag = TAGS.get(kind, kind)
        parts.append(f'<{tag} id="{name}" name={quoteattr(title[0].strip() if title else "")}>{inner}</{tag}>')
    for number, flow in enumerate(flows.split()):
        ends, _, condition = flow.partition(":")
        a, b = ends.split(">")
        told = f" name={quoteattr(condition.replace('_', ' '))}" if condition else ""
        parts.append(f'<sequenceFlow id="f{number}" sourceRef="{a}" targetRef="{b}"{told}/>')
    return "".join(parts) + extra


def file(nodes: str, flows: str, extra: str = "", around: str = "") -> bytes:
    """A whole file with one process `p`; `around` goes before it."""
    return f"{HEAD}{around}<process id='p'>{extra}{body(nodes, flows)}</process></definitions>".encode()


def process(flow: list, **more: object):
    """A process from JSON blocks, with roles for every role named."""
    roles: dict[str, None] = {}

    def look(value: object) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("role"), str):
                roles.setdefault(value["role"])
            for inner in value.values():
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)

    look(flow)
    declared = [{"id": role, "name": role.capitalize()} for role in roles]
    return from_data({"schema": "process/1", "name": "Test", "roles": declared, "flow": flow, **more})


def task(name: str, role: str | None = None, **more: object) -> dict:
    """A task block whose id is its name without blanks."""
    return {"task": {"id": name.replace(" ", "_"), "name": name, **({"role": role} if role else {}), **more}}


def choice(name: str, *branches: tuple[str, list], **more: object) -> dict:
    """A choice block."""
    return {"choice": {"id": name, "branches": [{"when": when, "do": do} for when, do in branches], **more}}


def end(name: str) -> dict:
    """An end block."""
    return {"end": {"id": name.replace(" ", "_"), "outcome": name}}


def outline(sequence) -> list:
    """A sequence as nested lists of names, to compare structures by."""
    found: list = []
    for step in sequence.items:
        if step.block in ("choice", "any_of", "parallel"):
            found.append((step.block, *[(way.when, outline(way.do)) for way in step.branches]))
        elif step.block == "loop":
            found.append(("loop", outline(step.do), step.while_, outline(step.redo)))
        else:
            found.append(step.outcome if step.block == "end" else step.name)
    return found


ORDER = process(
    [
        task("Enter order", "sales", reads=["order"]),
        choice("stock", ("no", [task("Reject", "sales", contact="Customer"), end("Rejected")]), ("yes", []),
               question="In stock?"),
        {"parallel": {"id": "par", "branches": [
            {"do": [task("Pick", "warehouse"), task("Ship", "warehouse")]},
            {"do": [task("Send invoice", "finance", writes=["invoice"], contact="Customer"),
                    {"wait": {"id": "paid", "name": "Payment", "event": "message", "contact": "Customer"}}]},
        ]}},
        {"loop": {"id": "check", "do": [task("Check file", "finance")], "question": "Complete?", "while": "incomplete",
                  "until": "complete", "redo": [task("Ask sales", "sales")]}},
        {"wait": {"id": "rest", "name": "30 days", "duration": {"kind": "fixed", "value": 30, "unit": "d"}}},
        {"call": {"id": "close", "name": "Close the order", "process": "closing"}},
        end("Order closed"),
    ],
    data=[{"id": "order", "name": "Order"}, {"id": "invoice", "name": "Invoice"}],
    subprocesses=[{"id": "closing", "name": "Closing", "flow": [task("Archive")]}],
    trigger="Order received",
)  # fmt: skip
