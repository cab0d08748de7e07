"""Reads one process out of the raw contents of a BPMN file, as its diagram shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.bpmn.address import TASKS
from assistant.bpmn.items_to_blocks import Folder, Surroundings
from assistant.bpmn.left_out_parts import Sweep
from assistant.bpmn.node_names import told
from assistant.bpmn.raw import RawFile, RawMessage, RawNode, RawPool, RawProcess, every_node
from assistant.english.tables import any_of
from assistant.process.model import DataObject, Process, Role
from assistant.process.tree import fresh_id


@dataclass(frozen=True, slots=True)
class Imported:
    """A process as read, what of the file is not in it, and what a reader should know about how it was read.

    `left_out` are the addresses of the elements that `dropped` speaks of (address.py).
    """

    process: Process
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()


def from_graph(file: RawFile, chosen: RawProcess) -> Imported:
    """The process as the diagram shows it."""
    return _Reading(file, chosen).run()


class _Reading:
    def __init__(self, file: RawFile, chosen: RawProcess) -> None:
        self.file, self.chosen = file, chosen
        self.dropped, self.notes = file.dropped, list[str]()
        self.around = Surroundings(remarks=file.notes, itself=chosen.id)
        self.roles: dict[str, Role] = {}
        self.data: dict[str, DataObject] = {}
        self.pool = next((item for item in file.pools if item.process == chosen.id), None)

    def run(self) -> Imported:
        self._lanes()
        self._documents()
        self._messages()
        self._markers()
        self.around.called = {
            name: process.body
            for name, process in self.file.processes.items()
            if process is not self.chosen and process.body.nodes
        }
        folder = Folder(self.around, self.dropped, self.notes)
        flow = folder.body(self.chosen.body)
        self._others(folder)
        starts = [
            n.name for n in self.chosen.body.nodes.values() if n.tag == "startEvent" and n.name and not n.triggered
        ]
        pool_name = self.pool.name if self.pool else ""
        process = Process(
            name=(self.chosen.name or pool_name or "Process")[:4000], purpose=self.chosen.note[:4000] or None,
            trigger=" / ".join(starts)[:4000] or None, roles=tuple(self.roles.values()),
            data=tuple(self.data.values()), flow=flow, subprocesses=tuple(folder.subprocesses),
        )  # fmt: skip
        Sweep(self.file, self.chosen, process, folder.noted, set(self.around.called) & set(folder._subs)).run()
        return Imported(process, tuple(self.dropped), tuple(dict.fromkeys(self.notes)), self.dropped.elements())

    def _markers(self) -> None:
        """Loop markers on every step, none with a condition, come from a mining tool and say nothing about rework."""
        steps = [node for node in every_node(self.chosen) if node.tag in TASKS | {"callActivity"}]
        bare = [n for n in steps if n.loop == "standard" and not n.loop_text]
        if len(steps) > 1 and len(bare) == len(steps):
            places = [f"{node.id}/standardLoopCharacteristics" for node in bare]
            self.dropped.add_all("the loop markers, which stand on every step and name no condition", places)
            for node in bare:
                node.loop = None

    def _role(self, name: str, unit: str = "", kind: str = "person") -> str:
        """The id of the role of that name; lanes of the same name are the same role."""
        key = name.casefold()
        if key not in self.roles:
            taken = {role.id for role in self.roles.values()}
            self.roles[key] = Role(id=fresh_id(name, taken), name=name[:4000], kind=kind, unit=unit[:4000] or None)
        return self.roles[key].id

    def _lanes(self) -> None:
        """Lanes are roles. A named pool without lanes is one role, beside others or when its name is that of a role."""
        named = [lane for lane in self.chosen.lanes if lane.name]
        for number, lane in enumerate(self.chosen.lanes, 1):
            if lane.name or len(self.chosen.lanes) > 1:
                self.around.roles[lane.id] = self._role(lane.name or f"Lane {number}", lane.within)
        title = self.pool.name if self.pool else ""
        party = len(self.file.pools) > 1 or names_a_role(title)
        if not named and title and party and title != self.chosen.name:
            self.around.roles[""] = self._role(title)

    def _documents(self) -> None:
        used = {name for node in every_node(self.chosen) for name in (*node.reads, *node.writes)}
        ids: dict[str, str] = {}
        for reference, name in self.file.data.items():
            if reference not in used:
                said = f"the document {name}" if name != "Document" else "a document without a name"
                self.dropped.add(f"{said}, which no step of this pool is tied to", reference)
                continue
            key = name.casefold()
            if key not in self.data:
                made = fresh_id(name, ids.values())
                ids[key] = made
                self.data[key] = DataObject(id=made, name=name[:4000])
            self.around.documents[reference] = self.data[key].id

    def _messages(self) -> None:
        """Messages over the border of the pool name an outside party; those elsewhere are not ours."""
        inside = {node.id: node for node in every_node(self.chosen)}
        owner = self._owners()
        mine = {self.pool.id} if self.pool else set()
        for message in self.file.messages:
            source, target = message.source, message.target
            if source in inside and target not in inside and target not in mine:
                self._message(self.around.sends, inside[source], owner.get(target), message)
            elif target in inside and source not in inside and source not in mine:
                if inside[target].tag == "startEvent":
                    party = self._party(owner.get(source))
                    self.dropped.add(f"that the message which starts it comes from {party}", message.id)
                else:
                    self._message(self.around.hears, inside[target], owner.get(source), message)
            else:
                self.dropped.add(self._elsewhere(message, inside, owner), message.id)

    def _elsewhere(self, message: RawMessage, inside: dict[str, RawNode], owner: dict[str, RawPool]) -> str:
        name = f" {message.name}" if message.name else ""
        if message.source in inside and message.target in inside:
            return (
                f"the message{name} from {told(inside[message.source])} to {told(inside[message.target])}, in one pool"
            )
        ends = [owner[end].name for end in (message.source, message.target) if end in owner and owner[end].name]
        return f"a message{name} of other pools" + (f" ({' to '.join(ends)})" if ends else "")

    def _owners(self) -> dict[str, RawPool]:
        """The pool each node of the file lies in."""
        found: dict[str, RawPool] = {item.id: item for item in self.file.pools}
        for item in self.file.pools:
            process = self.file.processes.get(item.process or "")
            if process and process is not self.chosen:
                found.update({node.id: item for node in every_node(process)})
        return found

    def _message(self, book: dict[str, str], node: RawNode, other: RawPool | None, message: RawMessage) -> None:
        party = self._party(other)
        if node.tag not in TASKS | {"intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}:
            way = "to" if book is self.around.sends else "from"
            name = f" {message.name}" if message.name else ""
            self.dropped.add(f"the message{name} {way} {party} at {told(node)}", message.id)
            return
        if message.name:
            self.dropped.add(f"the name {message.name} of a message between a step and {party}", f"{message.id}/@name")
        other_way = (self.around.hears if book is self.around.sends else self.around.sends).get(node.id)
        if book.setdefault(node.id, party) != party:
            self.dropped.add(
                f"that {told(node)} exchanges messages with {party} too, beside {book[node.id]}", message.id
            )
        elif other_way:
            self.dropped.add(f"that {told(node)} both sends and receives messages ({party}, {other_way})", message.id)

    def _party(self, other: RawPool | None) -> str:
        return (other.name if other else "") or "Outside party"

    def _others(self, folder: Folder) -> None:
        """The other pools: outside parties; steps drawn in them are not ours."""
        contacts = {*self.around.sends.values(), *self.around.hears.values()}
        for item in self.file.pools:
            process = self.file.processes.get(item.process or "")
            if item is self.pool:
                continue
            if process is not None and process is not self.chosen and process.body.nodes:
                count = process.body.count()
                self.dropped.add(f"the {count} elements of the other pool {item.name or item.id}", item.id, process.id)
            if item.name and (item.name in contacts or process is None or not process.body.nodes):
                self._role(item.name, kind="external")
            elif process is None or not process.body.nodes:
                self.dropped.add("a pool without a name", item.id)
        pooled = {item.process for item in self.file.pools}
        for name, process in self.file.processes.items():
            known = process is self.chosen or name in pooled or name in folder._subs
            if not known:
                count = process.body.count()
                self.dropped.add(f"the {count} elements of the other process {process.name or name}", name)
            elif not process.body.nodes and process is not self.chosen:
                self.dropped.add(f"the empty process {process.name or name}", name)


_ROLES = re.compile(
    rf"(?i)(?:\b(?:{any_of('pool-of-people')}|[a-z]{{3,}}(?:ician|ologist))s?|"
    rf"\b(?!{any_of('no-doer')})[a-z]{{2,}}(?:er|or|eer|ist)s?)$"
)


def names_a_role(title: str) -> bool:
    """Whether the name of a lone pool is that of people or of an office rather than of the process inside."""
    return bool(_ROLES.search(title.strip()))
