"""What a BPMN file says, as plain values: nodes and flows as they stand, before anything is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class LeftOut:
    """What of a file is not in the process: lines in words, each with the addresses of the elements it speaks of.

    An address is an element's id, or `ID/part` for a part of one (address.py); an id stands for all that is inside.
    """

    def __init__(self) -> None:
        self.lines: dict[str, set[str]] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def add(self, line: str, *elements: str) -> None:
        """List something, in words, with the elements meant."""
        self.lines.setdefault(line, set()).update(elements)

    def add_all(self, line: str, elements: Iterable[str]) -> None:
        """As `add`, for many elements."""
        self.lines.setdefault(line, set()).update(elements)

    def elements(self) -> frozenset[str]:
        """The addresses of everything listed."""
        return frozenset(name for names in self.lines.values() for name in names)


@dataclass(slots=True)
class RawNode:
    """A flow node. `events` are its event definitions (`timer`, `message`, ...), `loop` its marker if any.

    `where` says in words where it stands, for one without a name; `made` names what is drawn, for one that is not.
    `triggered` is set for a start that the process itself sets off; `codes` are conditions in code behind it.
    """

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
    loop_until: str = ""
    loop_count: int | None = None
    test_before: bool = False
    default: str | None = None
    called: str = ""
    by_event: bool = False
    compensates: bool = False
    refers: str = ""
    where: str = ""
    made: str = ""
    triggered: bool = False
    codes: list[str] = field(default_factory=list)
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


class RawMessage(NamedTuple):
    """A message flow between two elements."""

    id: str
    source: str
    target: str
    name: str = ""


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
    """A whole file. `data` are the names of documents by the ids of their references.

    `notes` are the remarks tied to an element, `ties` the addresses of these remarks and of the lines that tie them.
    """

    processes: dict[str, RawProcess] = field(default_factory=dict)
    pools: list[RawPool] = field(default_factory=list)
    messages: list[RawMessage] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    ties: dict[str, list[str]] = field(default_factory=dict)
    dropped: LeftOut = field(default_factory=LeftOut)


def every_node(process: RawProcess) -> list[RawNode]:
    """All nodes of a process, those of subprocesses included."""
    found: list[RawNode] = []
    stack = [process.body]
    while stack:
        body = stack.pop()
        for node in body.nodes.values():
            found.append(node)
            if node.inner:
                stack.append(node.inner)
    return found
