"""Everything a diagram shows of a process: the flow with its lanes, the outside parties, messages and documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.bpmn.graph import Graph, Names
from assistant.bpmn.tree_to_graph import NOBODY, Series, unfold
from assistant.process.blocks import Call, Task, Wait
from assistant.process.model import Process, Subprocess
from assistant.process.tree import steps

UNASSIGNED = "Not assigned"


@dataclass(slots=True)
class Lane:
    """A lane: its XML id, the role it stands for ("" for nobody) and its name."""

    id: str
    role: str
    name: str


@dataclass(slots=True)
class Party:
    """An outside party, drawn as a pool one cannot look into."""

    id: str
    name: str


@dataclass(slots=True)
class Message:
    """A message between a node and a party; `sent` when the process sends it."""

    id: str
    node: str
    party: str
    sent: bool


@dataclass(slots=True)
class DataRef:
    """A document beside the task that reads or writes it. `reading` and `writing` are the ids of its associations."""

    id: str
    node: str
    data: str
    name: str
    reading: str | None = None
    writing: str | None = None


@dataclass(slots=True)
class Scene:
    """What is drawn and written. `pool` is None where neither lanes nor parties call for one."""

    process: Process
    name: str
    graph: Graph
    plan: Series
    names: Names
    process_id: str
    pool: str | None
    lanes: list[Lane] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    documents: list[DataRef] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)


def scene(process: Process, subprocess: Subprocess | None = None) -> Scene:
    """The scene of a process, or of one of its subprocesses."""
    unfolded = unfold(process, subprocess)
    names = unfolded.names
    titles = {role.id: role.name or role.id for role in process.roles}
    made = Scene(
        process, subprocess.name if subprocess else process.name, unfolded.graph, unfolded.plan, names,
        names.new("process"), None,
    )  # fmt: skip
    # Lanes stand in the order in which the work reaches them; work nobody is named for comes last.
    made.lanes = [
        Lane(names.new(f"lane_{role or 'nobody'}"), role, titles.get(role, role) if role else UNASSIGNED)
        for role in sorted(unfolded.lanes, key=lambda role: role == NOBODY)
    ]
    by_block = {node.block: node.id for node in made.graph.nodes.values() if not node.is_gateway}
    flow = subprocess.flow if subprocess else process.flow
    reached = [
        (step, by_block[step.id]) for step in steps(flow) if isinstance(step, Task | Wait) and step.id in by_block
    ]
    _parties(made, reached)
    _documents(made, reached)
    if made.lanes or made.parties:
        made.pool = names.new("pool")
    return made


def _parties(made: Scene, reached: list[tuple[Task | Wait, str]]) -> None:
    """Pools for those outside with whom a message goes to and fro; nobody without one: an empty pool says nothing."""
    drawn = {lane.role for lane in made.lanes}
    roles = {key.casefold(): role for role in made.process.roles for key in (role.name, role.id)}
    inside = {key for key, role in roles.items() if role.id in drawn}
    found: dict[str, Party] = {}
    for node, name, sent in dict.fromkeys((*_contacts(reached), *_told_or_asked(made.process, reached))):
        key = " ".join(name.split()).casefold()
        if not key or key in inside:
            continue
        title = roles[key].name if key in roles else " ".join(name.split())
        if title.casefold() not in found:
            found[title.casefold()] = Party(made.names.new(f"party_{title[:40]}"), title)
        made.messages.append(Message(made.names.new("message"), node, found[title.casefold()].id, sent))
    made.parties = list(found.values())


def _contacts(reached: list[tuple[Task | Wait, str]]) -> Iterator[tuple[str, str, bool]]:
    """Node, party and direction of each message a step was said to send or to get."""
    for step, node in reached:
        if step.contact and (isinstance(step, Task) or step.event == "message"):
            yield node, step.contact, isinstance(step, Task) and not step.receives


def _told_or_asked(process: Process, reached: list[tuple[Task | Wait, str]]) -> Iterator[tuple[str, str, bool]]:
    """The messages that follow from what is known of outside roles: what they bring, and what they are told or asked.

    What comes from them reaches the first step that reads it.
    """
    outside = {role.id: role.name for role in process.roles if role.kind == "external"}
    names = {name.casefold(): name for name in outside.values()}
    sources = {item.id: (item.source or "").casefold() for item in process.data}
    brought = {key: names[source] for key, source in sources.items() if source in names}
    for step, node in reached:
        if not isinstance(step, Task):
            continue
        for key in step.reads:
            if key in brought:
                yield node, brought.pop(key), False
        for role in (*step.informed, *step.consulted):
            if role in outside:
                yield node, outside[role], True


def _documents(made: Scene, reached: list[tuple[Task | Wait, str]]) -> None:
    titles = {item.id: item.name or item.id for item in made.process.data}
    made.data = {key: made.names.new(f"data_{key}") for key in titles}
    for step, node in reached:
        if not isinstance(step, Task):
            continue
        for key in dict.fromkeys((*step.reads, *step.writes)):
            if key not in made.data:
                made.data[key] = made.names.new(f"data_{key}")
            made.documents.append(DataRef(
                made.names.new(f"{node}_{key}"), node, key, titles.get(key, key),
                made.names.new("reads") if key in step.reads else None,
                made.names.new("writes") if key in step.writes else None,
            ))  # fmt: skip


def calls(process: Process) -> Counter[str]:
    """How often each subprocess is called."""
    flows = (process.flow, *(sub.flow for sub in process.subprocesses))
    return Counter(s.process for flow in flows for s in steps(flow) if isinstance(s, Call) and s.process)
