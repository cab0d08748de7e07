"""Turns the items of a folded net into blocks of the tree, with the roles, documents and parties they name."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.bpmn.net import AND, OR, ForkItem, Item, LeafItem, RingItem, Way, build
from assistant.bpmn.paths import finished
from assistant.bpmn.raw import RawBody, RawNode
from assistant.bpmn.reduce import reduce_net
from assistant.bpmn.source import SUBS, TASKS
from assistant.errors import InvalidBpmn
from assistant.process.blocks import AnyOf, Block, Branch, Call, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.durations import NAMED, UNITS, Fixed, Unit
from assistant.process.model import Subprocess
from assistant.process.tree import fresh_id

MAX_NESTING = 40
AUTOMATION = {"serviceTask": "automatic", "scriptTask": "automatic", "userTask": "assisted", "manualTask": "manual"}
_ID = re.compile(r"[^\s<>&\"'`\x00-\x1f]{1,120}")
_DURATION = re.compile(
    r"P(?:(?P<y>[\d.]+)Y)?(?:(?P<mo>[\d.]+)M)?(?:(?P<w>[\d.]+)W)?(?:(?P<d>[\d.]+)D)?"
    r"(?:T(?:(?P<h>[\d.]+)H)?(?:(?P<m>[\d.]+)M)?(?:(?P<s>[\d.]+)S)?)?"
)
_NAMES = {"y": "year", "mo": "month", "w": "w", "d": "d", "h": "h", "m": "min", "s": "s"}


@dataclass(slots=True)
class Surroundings:
    """What blocks refer to: the role of each lane, documents by their references, parties by node, remarks by node."""

    roles: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    sends: dict[str, str] = field(default_factory=dict)
    hears: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, list[str]] = field(default_factory=dict)
    called: dict[str, RawBody] = field(default_factory=dict)


class Folder:
    """Builds the tree of one file. `dropped` and `notes` collect what a reader should know."""

    def __init__(self, around: Surroundings, dropped: list[str], notes: list[str]) -> None:
        self.around, self.dropped, self.notes = around, dropped, notes
        self.ids: set[str] = {"flow"}
        self.subprocesses: list[Subprocess] = []
        self.copies = 0
        self._subs: dict[str, str] = {}

    def body(self, body: RawBody, inner: bool = False) -> Sequence:
        """The tree of a flow; in a subprocess (`inner`) an end only leaves the subprocess."""
        net = build(body, self.dropped, self.notes)
        items = reduce_net(net, self.notes)
        if inner:
            items = finished(items, RawNode("sub", "subProcess"), joined_later=False)
        else:
            items = _without_plain_end(items)
        return Sequence(items=tuple(self.blocks(items, 0)))

    def blocks(self, items: Iterable[Item], depth: int) -> list[Block]:
        """The blocks of items in order. Raises InvalidBpmn when they are nested too deep."""
        if depth > MAX_NESTING:
            raise InvalidBpmn(
                f"The flow is nested more than {MAX_NESTING} levels deep.", remedy="Move inner parts to subprocesses."
            )
        made: list[Block] = []
        for item in items:
            if isinstance(item, LeafItem):
                made += self._leaf(item.node)
            elif isinstance(item, ForkItem):
                made += self._fork(item, depth)
            else:
                made.append(self._ring(item, depth))
        return made

    def id(self, wanted: str, title: str = "") -> str:
        """An id for a block: that of the file where it is free and fits."""
        if _ID.fullmatch(wanted) and wanted not in self.ids:
            self.ids.add(wanted)
            return wanted
        name = fresh_id(title or wanted, self.ids)
        self.ids.add(name)
        return name

    def _fork(self, item: ForkItem, depth: int) -> list[Block]:
        if len(item.ways) == 1:
            return self.blocks(item.ways[0].items, depth)
        node = item.node
        name = self.id(node.id, node.name)
        branches = tuple(self._branch(way, name, number, depth) for number, way in enumerate(item.ways, 1))
        note = self._note(node)
        if item.kind == AND:
            if node.name and node.tag == "parallelGateway":
                self.dropped.append(f"the name {node.name} of a parallel gateway")
            return [Parallel(id=name, branches=branches, note=note)]
        if node.tag == "eventBasedGateway":
            self.notes.append(f"What happens first behind {node.name or node.id} is read as a choice.")
        elif node.tag == "complexGateway":
            self.dropped.append(f"the rule of the complex gateway {node.name or node.id}, read as any-of")
        if item.kind == OR:
            return [AnyOf(id=name, question=_clip(node.name), branches=branches, note=note)]
        return [Choice(id=name, question=_clip(node.name), branches=branches, note=note)]

    def _branch(self, way: Way, fork: str, number: int, depth: int) -> Branch:
        name = self.id(way.flow or f"{fork}.{number}", f"{fork}.{number}")
        return Branch(
            id=name, when=_clip(way.name) or None, do=Sequence(items=tuple(self.blocks(way.items, depth + 1)))
        )

    def _ring(self, item: RingItem, depth: int) -> Loop:
        name = self.id(item.node.id, item.node.name)
        do, redo = self.blocks(item.do, depth + 1), self.blocks(item.back, depth + 1)
        return Loop(
            id=name, do=Sequence(items=tuple(do)), while_=_clip(item.again), redo=Sequence(items=tuple(redo)),
            until=_clip(item.until) or None, question=_clip(item.node.name), note=self._note(item.node),
        )  # fmt: skip

    def _leaf(self, node: RawNode) -> list[Block]:
        block: Block | None
        if node.tag == "endEvent":
            block = self._end(node)
        elif node.tag in TASKS:
            block = self._task(node)
        elif node.tag in SUBS or node.tag == "callActivity":
            block = self._call(node)
        elif node.tag == "intermediateCatchEvent":
            block = self._wait(node)
        else:
            block = self._throw(node)
        return [self._repeated(block, node)] if block is not None else []

    def _end(self, node: RawNode) -> End:
        if hears := self.around.sends.get(node.id):
            self.dropped.append(f"the message that the end {node.name or node.id} sends to {hears}")
        negative = True if {"error", "cancel"} & set(node.events) else None
        return End(
            id=self.id(node.id, node.name), outcome=_clip(node.name) or "End", negative=negative,
            role=self._role(node), note=self._note(node),
        )  # fmt: skip

    def _task(self, node: RawNode) -> Task:
        if node.tag == "receiveTask":
            self.dropped.append(f"that {node.name or node.id} is a task that waits for a message")
        return self._plain_task(node, _clip(node.name), AUTOMATION.get(node.tag))

    def _plain_task(self, node: RawNode, name: str, automation: str | None) -> Task:
        return Task(
            id=self.id(node.id, node.name), name=name, role=self._role(node), automation=automation,
            rule_based=True if node.tag == "businessRuleTask" else None, contact=self._contact(node),
            reads=self._documents(node.reads), writes=self._documents(node.writes), note=self._note(node),
        )  # fmt: skip

    def _throw(self, node: RawNode) -> Task | None:
        """Something thrown on the way: a message sent is a task; an unnamed event without meaning is nothing."""
        kinds = [kind for kind in node.events if kind not in ("message", "link")]
        if node.link or (not node.name and not node.events):
            return None
        if kinds:
            self.dropped.append(f"that {node.name or node.id} throws a {kinds[0]}; it is kept as a task")
        return self._plain_task(node, _clip(node.name) or ("Send message" if not kinds else f"Throw {kinds[0]}"), None)

    def _wait(self, node: RawNode) -> Wait | None:
        if node.link or (not node.name and not node.events):
            return None
        kinds = [kind for kind in node.events if kind not in ("timer", "message")]
        if kinds:
            self.dropped.append(
                f"that {node.name or node.id} waits for a {kinds[0]}; it is kept as waiting for a message"
            )
        timer = "timer" in node.events
        duration = parse_duration(node.timer) if timer else None
        if timer and node.timer and duration is None:
            self.dropped.append(f"the timer {node.timer[:60]} of {node.name or node.id}")
        return Wait(
            id=self.id(node.id, node.name), name=_clip(node.name), event="timer" if timer else "message",
            duration=duration, contact=self._contact(node), role=self._role(node), note=self._note(node),
        )  # fmt: skip

    def _call(self, node: RawNode) -> Call:
        name = self.id(node.id, node.name)
        process = node.called or None
        if node.inner and node.inner.nodes:
            process = self._sub(f"{node.id}_inside", node.name, node.inner)
        elif node.called in self.around.called:
            process = self._sub(node.called, node.name, self.around.called[node.called])
        if node.tag in ("transaction", "adHocSubProcess"):
            self.dropped.append(f"that {node.name or node.id} is a {node.tag}")
        return Call(id=name, name=_clip(node.name), process=process, role=self._role(node), note=self._note(node))

    def _sub(self, key: str, title: str, body: RawBody) -> str:
        """The id of a subprocess, read once."""
        if key not in self._subs:
            self._subs[key] = name = self.id(key, title)
            self.subprocesses.append(Subprocess(id=name, name=_clip(title), flow=self.body(body, inner=True)))
        return self._subs[key]

    def _repeated(self, block: Block, node: RawNode) -> Block:
        """A step with a loop marker is a loop around it."""
        if not node.loop:
            return block
        again = node.loop_text or ("once more" if node.loop == "standard" else "there is one more")
        if node.loop == "side by side":
            self.dropped.append(f"that {node.name or node.id} is done for several items side by side")
        inner = Sequence(items=(block,))
        parts = {"redo": inner} if node.test_before else {"do": inner}
        return Loop(id=self.id(f"{node.id}_loop"), while_=_clip(again), **parts)

    def _role(self, node: RawNode) -> str | None:
        return self.around.roles.get(node.lane or "")

    def _contact(self, node: RawNode) -> str | None:
        sends, hears = self.around.sends.get(node.id), self.around.hears.get(node.id)
        if node.tag == "intermediateCatchEvent":
            return hears
        if hears and not sends:
            self.dropped.append(f"that {node.name or node.id} receives the message (of {hears}) rather than sends it")
        elif hears and hears != sends:
            self.dropped.append(f"the message from {hears} to {node.name or node.id}")
        return sends or hears

    def _documents(self, names: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.around.documents[n] for n in names if n in self.around.documents))

    def _note(self, node: RawNode) -> str | None:
        return _clip("\n".join(filter(None, [node.note, *self.around.remarks.get(node.id, ())]))) or None


def _without_plain_end(items: deque[Item]) -> deque[Item]:
    """An unnamed end at the very end of the flow says nothing."""
    whole = deque(items)
    if whole and isinstance(last := whole[-1], LeafItem) and last.node.tag == "endEvent":
        kinds = set(last.node.events) - {"terminate"}
        if not last.node.name and not kinds:
            whole.pop()
    return whole


def _clip(text: str) -> str:
    """Text no longer than the tree takes."""
    return text if len(text) <= 4000 else text[:3999] + "…"


def _seconds(name: str) -> float:
    named = NAMED[_NAMES[name]]
    return named.size * UNITS[named.unit]


def parse_duration(text: str) -> Fixed | None:
    """An ISO 8601 duration such as `P3D` as a fixed time (a year 365 days, a month 30); None if it is none."""
    match = _DURATION.fullmatch(text.strip())
    if not match or len(text) > 60:
        return None
    try:
        total = sum(float(value) * _seconds(unit) for unit, value in match.groupdict().items() if value)
    except ValueError:
        return None
    if not 0 < total <= 1e9:
        return None
    units: tuple[Unit, ...] = ("d", "h", "min")
    unit, size = next(((u, UNITS[u]) for u in units if total % UNITS[u] == 0), ("s", 1.0))
    return Fixed(value=total / size, unit=unit)
