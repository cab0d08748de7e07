"""Turns the items of a folded net into blocks of the tree, with the roles, documents and parties they name."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.bpmn.address import SUBS, TASKS
from assistant.bpmn.iso_durations import parse_duration
from assistant.bpmn.labels import is_code, plain, said
from assistant.bpmn.net import AND, OR, ForkItem, Item, LeafItem, RingItem, Way
from assistant.bpmn.net_of_a_level import build
from assistant.bpmn.net_to_tree import reduce_net
from assistant.bpmn.node_names import told
from assistant.bpmn.paths import finished
from assistant.bpmn.raw import LeftOut, RawBody, RawNode
from assistant.errors import InvalidBpmn
from assistant.process.blocks import AnyOf, Block, Branch, Call, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.durations import Basis
from assistant.process.figures import listed, noun, plural
from assistant.process.model import Subprocess
from assistant.process.tree import fresh_id

MAX_NESTING = 40
AUTOMATION = {"serviceTask": "automatic", "scriptTask": "automatic", "userTask": "assisted", "manualTask": "manual"}
_ID = re.compile(r"[^\s<>&\"'`\x00-\x1f]{1,120}")
_A = {"error": "an error", "escalation": "an escalation", "cancel": "a cancellation", "compensate": "a compensation"}


@dataclass(slots=True)
class Surroundings:
    """What blocks refer to: the role of each lane, documents by their references, parties by node, remarks by node."""

    roles: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    sends: dict[str, str] = field(default_factory=dict)
    hears: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, list[str]] = field(default_factory=dict)
    called: dict[str, RawBody] = field(default_factory=dict)
    itself: str = ""


class Folder:
    """Builds the tree of one file. `dropped` and `notes` collect what a reader should know."""

    def __init__(self, around: Surroundings, dropped: LeftOut, notes: list[str]) -> None:
        self.around, self.dropped, self.notes = around, dropped, notes
        self.ids: set[str] = {"flow"}
        self.subprocesses: list[Subprocess] = []
        self.noted: set[str] = set()
        self._subs: dict[str, str] = {}
        self._made: Counter[str] = Counter()
        self._titles: dict[str, str] = {}

    def body(self, body: RawBody, inner: bool = False) -> Sequence:
        """The tree of a flow; in a subprocess (`inner`) an end only leaves the subprocess."""
        net = build(body, self.dropped, self.notes)
        items = reduce_net(net, self.notes)
        if inner:
            items = finished(items, RawNode("sub", "subProcess"), joined_later=False)
        else:
            items = _without_plain_end(items)
        flow = Sequence(items=tuple(self.blocks(items, 0)))
        self._tell_copies(body)
        return flow

    def _tell_copies(self, body: RawBody) -> None:
        """Which steps of a flow stand more than once in the tree, and how often: counted, since copies are copied."""
        alike: dict[int, list[str]] = {}
        for name in body.nodes:
            if self._made[name] > 1:
                alike.setdefault(self._made[name], []).append(self._titles[name])
        for times, titles in alike.items():
            verb = noun(len(titles), "stands", "stand")
            self.notes.append(f"{_upper(listed(titles))} can be reached on several paths and {verb} {times} times.")

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
            return [Parallel(id=name, branches=branches, note=note)]
        question = _clip(node.name)
        if node.tag == "complexGateway":
            self.dropped.add(f"the rule of {told(node)}, read as any-of", f"{node.id}/activationCondition")
        if item.kind == OR:
            return [AnyOf(id=name, question=question, branches=branches, note=note)]
        if node.tag == "eventBasedGateway":
            return [Choice(id=name, question=question, branches=branches, note=note, event_based=True)]
        return [Choice(id=name, question=question, branches=branches, note=note)]

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
        elif node.tag in ("intermediateCatchEvent", "boundaryEvent", "startEvent"):
            block = self._wait(node)
        else:
            block = self._throw(node)
        if block is not None and node.tag != "endEvent":
            self._made[node.id] += 1
            self._titles[node.id] = told(node)
        return [self._repeated(block, node)] if block is not None else []

    def _end(self, node: RawNode) -> End:
        kinds = set(node.events)
        return End(
            id=self.id(node.id, node.name), outcome=_clip(node.name or (node.where if node.made else "")) or "End",
            negative=True if {"error", "cancel"} & kinds else None, terminates="terminate" in kinds,
            role=self._role(node), note=self._note(node),
        )  # fmt: skip

    def _task(self, node: RawNode) -> Task:
        return self._plain_task(node, _clip(node.name), AUTOMATION.get(node.tag))

    def _plain_task(self, node: RawNode, name: str, automation: str | None) -> Task:
        hears, sends = self.around.hears.get(node.id), self.around.sends.get(node.id)
        return Task(
            id=self.id(node.id, node.name), name=name, role=self._role(node), automation=automation,
            rule_based=True if node.tag == "businessRuleTask" else None, contact=sends or hears,
            receives=not sends and (bool(hears) or node.tag == "receiveTask"),
            reads=self._documents(node.reads), writes=self._documents(node.writes), note=self._note(node),
        )  # fmt: skip

    def _throw(self, node: RawNode) -> Task | None:
        """Something thrown on the way: a message sent is a task; an unnamed event without meaning is nothing."""
        kinds = [kind for kind in node.events if kind not in ("message", "link")]
        if node.link or (not node.name and not node.events):
            return None
        if kinds:
            what = _A.get(kinds[0], f"a {kinds[0]}")
            self.dropped.add(
                f"that {told(node)} throws {what}; it is kept as a task", f"{node.id}/{kinds[0]}EventDefinition"
            )
        return self._plain_task(node, _clip(node.name) or ("Send message" if not kinds else f"Throw {kinds[0]}"), None)

    def _wait(self, node: RawNode) -> Wait | None:
        if node.link or (not node.name and not node.events):
            return None
        kinds = [kind for kind in node.events if kind not in ("timer", "message")]
        if kinds:
            what = _A.get(kinds[0], f"a {kinds[0]}")
            self.dropped.add(
                f"that {told(node)} waits for {what}; it is kept as waiting for a message",
                *(f"{node.id}/{kind}EventDefinition" for kind in kinds),
            )
        timer = "timer" in node.events
        duration = parse_duration(node.timer) if timer else None
        if timer and node.timer and (duration is None or node.timer.strip().startswith("R")):
            self.dropped.add(f"the timer {node.timer[:60]} of {told(node)}", f"{node.id}/timerEventDefinition")
        return Wait(
            id=self.id(node.id, node.name), name=_clip(node.name), event="timer" if timer else "message",
            duration=duration, contact=self.around.hears.get(node.id), role=self._role(node), note=self._note(node),
        )  # fmt: skip

    def _call(self, node: RawNode) -> Call:
        name = self.id(node.id, node.name)
        process = node.called or None
        if node.inner and node.inner.nodes:
            process = self._sub(f"{node.id}_inside", node.name, node.inner)
        elif node.called in self.around.called:
            process = self._sub(node.called, node.name, self.around.called[node.called])
        elif node.called and node.called == self.around.itself:
            self.notes.append(f"{_upper(told(node))} calls this same process again; what that takes is not played.")
        if node.tag == "adHocSubProcess":
            self.dropped.add(
                f"that the steps inside {told(node)} may come in any order and number", f"{node.id}/@adhoc"
            )
        elif node.tag == "transaction":
            self.dropped.add(f"that {told(node)} is done as a whole or not at all", f"{node.id}/@transaction")
        return Call(id=name, name=_clip(node.name), process=process, role=self._role(node), note=self._note(node))

    def _sub(self, key: str, title: str, body: RawBody) -> str:
        """The id of a subprocess, read once."""
        if key not in self._subs:
            self._subs[key] = name = self.id(key, title)
            self.subprocesses.append(Subprocess(id=name, name=_clip(title), flow=self.body(body, inner=True)))
        return self._subs[key]

    def _repeated(self, block: Block, node: RawNode) -> Block:
        """A step with a loop marker is a loop around it; a number of times is kept as the chance of one more."""
        if not node.loop:
            return block
        again, code = _again(node)
        part = f"{node.id}/{'standard' if node.loop == 'standard' else 'multiInstance'}LoopCharacteristics"
        if node.loop == "side by side":
            times = plural(node.loop_count, "time") if node.loop_count else "for several items"
            self.dropped.add(f"that {told(node)} is done {times} side by side, not one after the other", part)
        chance = 1 - 1 / node.loop_count if node.loop_count else None
        if chance is not None:
            times = plural(node.loop_count or 0, "time")
            self.notes.append(f"{_upper(told(node))} is done {times}; that is played as a mean.")
        inner = Sequence(items=(block,))
        parts = {"redo": inner} if node.test_before else {"do": inner}
        basis = Basis.STATED if chance is not None else None
        return Loop(id=self.id(f"{node.id}_loop"), while_=again, p=chance, p_basis=basis, note=code, **parts)

    def _role(self, node: RawNode) -> str | None:
        return self.around.roles.get(node.lane or "")

    def _documents(self, names: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.around.documents[n] for n in names if n in self.around.documents))

    def _note(self, node: RawNode) -> str | None:
        self.noted.add(node.id)
        words = [node.note, *self.around.remarks.get(node.id, ()), *dict.fromkeys(node.codes)]
        return _clip("\n".join(filter(None, words))) or None


def _again(node: RawNode) -> tuple[str, str | None]:
    """When a step with a loop marker is done once more, in words, and the code that says so, where it is code."""
    more = _worded(node.loop_text) or ("once more" if node.loop == "standard" else "there is one more")
    codes = [f"again while: {node.loop_text}"] if is_code(node.loop_text) else []
    if node.loop_until:
        more += f" and not yet {_worded(node.loop_until) or 'enough are done'}"
        codes += [f"stops when: {node.loop_until}"] if is_code(node.loop_until) else []
    return _clip(more), _clip("\n".join(codes)) or None


def _worded(condition: str) -> str:
    """A condition in words; empty where it is code that cannot be said in words."""
    return (said(condition) or "") if is_code(condition) else plain(condition)


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


def _upper(text: str) -> str:
    """A sentence's beginning."""
    return text[:1].upper() + text[1:]
