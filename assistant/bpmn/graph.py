"""The flow as a graph: what BPMN draws and what a BPMN file holds, before and after it is a tree.

A node's `kind` is the element's name in BPMN (`task`, `exclusiveGateway`, `startEvent`, ...), `event` what an event
waits for or does (`timer`, `message`, `terminate`, `none`). Ids are XML ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
GATEWAYS = {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"}
START, END, CATCH, CALL = "startEvent", "endEvent", "intermediateCatchEvent", "callActivity"
EXCLUSIVE, INCLUSIVE, PARALLEL = "exclusiveGateway", "inclusiveGateway", "parallelGateway"
EVENT_BASED = "eventBasedGateway"


@dataclass(slots=True)
class Node:
    """One flow node. `lane` is a role id ("" for work nobody is named for), `block` the id of the tree's block."""

    id: str
    kind: str
    name: str = ""
    lane: str | None = None
    event: str = "none"
    block: str | None = None
    note: str | None = None

    @property
    def is_gateway(self) -> bool:
        """Whether it splits or joins paths."""
        return self.kind in GATEWAYS

    @property
    def is_event(self) -> bool:
        """Whether it is drawn as a circle."""
        return self.kind.endswith("Event")


@dataclass(slots=True)
class Flow:
    """A sequence flow; `name` is the condition under which it is taken, `branch` the tree's branch it begins."""

    id: str
    source: str
    target: str
    name: str = ""
    branch: str | None = None


@dataclass(slots=True)
class Graph:
    """The nodes by id and the sequence flows between them, in reading order."""

    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)

    def outgoing(self) -> dict[str, list[Flow]]:
        """The flows that leave each node."""
        found: dict[str, list[Flow]] = {name: [] for name in self.nodes}
        for flow in self.flows:
            found[flow.source].append(flow)
        return found

    def incoming(self) -> dict[str, list[Flow]]:
        """The flows that reach each node."""
        found: dict[str, list[Flow]] = {name: [] for name in self.nodes}
        for flow in self.flows:
            found[flow.target].append(flow)
        return found


class Names:
    """XML ids that are valid, used once, and the same for the same process."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._kept = {name for name in reserved if NCNAME.fullmatch(name)}
        self._taken = set(self._kept)
        self._next: dict[str, int] = {}

    def of(self, name: str) -> str:
        """The id of something that has a reserved name: the name itself where XML allows it."""
        return name if name in self._kept else self.new(name)

    def new(self, stem: str) -> str:
        """An id nobody else has, that reads like `stem`."""
        base = re.sub(r"[^A-Za-z0-9_.\-]+", "_", stem)
        if not base or not (base[0].isalpha() or base[0] == "_"):
            base = f"_{base}"
        if base not in self._taken:
            self._taken.add(base)
            return base
        number = self._next.get(base, 2)
        while f"{base}_{number}" in self._taken:
            number += 1
        self._next[base] = number + 1
        self._taken.add(f"{base}_{number}")
        return f"{base}_{number}"
