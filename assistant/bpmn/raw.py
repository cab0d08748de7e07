"""What a BPMN file says, as plain values: nodes and flows as they stand, before anything is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class RawNode:
    """A flow node. `events` are its event definitions (`timer`, `message`, ...), `loop` its marker if any."""

    id: str
    tag: str
    name: str = ""
    note: str = ""
    events: tuple[str, ...] = ()
    timer: str = ""
    link: str = ""
    attached: str | None = None
    interrupts: bool = True
    loop: str | None = None
    loop_text: str = ""
    test_before: bool = False
    default: str | None = None
    called: str = ""
    by_event: bool = False
    inner: RawBody | None = None
    reads: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    lane: str | None = None


@dataclass(slots=True)
class RawFlow:
    """A sequence flow; `condition` is its expression, where it has one."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""


@dataclass(slots=True)
class RawBody:
    """The nodes and flows of a process or subprocess, in the order of the file."""

    nodes: dict[str, RawNode] = field(default_factory=dict)
    flows: list[RawFlow] = field(default_factory=list)

    def count(self) -> int:
        """How many nodes there are, those of subprocesses included."""
        return sum(1 + (node.inner.count() if node.inner else 0) for node in self.nodes.values())


@dataclass(slots=True)
class RawPool:
    """A participant: a pool, with the process inside it (None: one cannot look into it)."""

    id: str
    name: str
    process: str | None


@dataclass(slots=True)
class RawLane:
    """A lane that holds nodes; `within` is the name of the lane around it."""

    id: str
    name: str
    within: str = ""


@dataclass(slots=True)
class RawProcess:
    """A process of the file."""

    id: str
    name: str
    body: RawBody
    lanes: list[RawLane] = field(default_factory=list)
    note: str = ""
    ours: str = ""


@dataclass(slots=True)
class RawFile:
    """A whole file. `data` are the names of documents by the ids of their references."""

    processes: dict[str, RawProcess] = field(default_factory=dict)
    pools: list[RawPool] = field(default_factory=list)
    messages: list[tuple[str, str, str]] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
