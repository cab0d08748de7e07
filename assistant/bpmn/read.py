"""Reads any BPMN 2.0 file into a process: one pool of it, its graph structured into the tree.

What cannot be kept is listed in `dropped`, what had to be interpreted in `notes`. A flow that cannot be nested is
refused by naming it. A file of ours comes back exactly while its diagram still agrees with the values inside it; where
another tool changed the diagram, the diagram is right and the values of what it left alone are kept (adopt.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.bpmn.fold import Folder, Surroundings
from assistant.bpmn.raw import RawFile, RawNode, RawPool, RawProcess
from assistant.bpmn.source import read_source
from assistant.bpmn.xmlfile import open_xml
from assistant.errors import InvalidBpmn
from assistant.process.model import DataObject, Process, Role
from assistant.process.tree import fresh_id


@dataclass(frozen=True, slots=True)
class Imported:
    """A process as read, what of the file is not in it, and what a reader should know about how it was read."""

    process: Process
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read(data: bytes, pool: str | None = None) -> Imported:
    """The process of a BPMN file: of the pool with that name or id, or else of the one with most elements.

    Raises InvalidBpmn when the file is broken or hostile, has no such pool, or its flow cannot become a tree.
    """
    from assistant.bpmn.adopt import adopted

    file = read_source(open_xml(data))
    chosen = _choose(file, pool)
    kept = adopted(file, chosen) if chosen.ours else None
    return kept or from_graph(file, chosen)


def _choose(file: RawFile, pool: str | None) -> RawProcess:
    names: dict[str, RawProcess] = {}
    for process in file.processes.values():
        if process.body.nodes:
            names.setdefault(process.name.casefold(), process)
            names.setdefault(process.id.casefold(), process)
    for item in file.pools:
        inside = file.processes.get(item.process or "")
        if inside and inside.body.nodes:
            names[item.name.casefold()] = inside
            names.setdefault(item.id.casefold(), inside)
    if pool is None:
        return max((p for p in file.processes.values() if p.body.nodes), key=lambda p: p.body.count())
    found = names.get(" ".join(pool.split()).casefold())
    if found is None:
        options = [item.name or item.id for item in file.pools] or [p.name or p.id for p in file.processes.values()]
        raise InvalidBpmn(
            f"The file has no pool {pool[:80]} with steps in it.", f"It has: {', '.join(options)[:300]}.",
            "Name one of these.",
        )  # fmt: skip
    return found


def from_graph(file: RawFile, chosen: RawProcess) -> Imported:
    """The process as the diagram shows it."""
    return _Reading(file, chosen).run()


class _Reading:
    def __init__(self, file: RawFile, chosen: RawProcess) -> None:
        self.file, self.chosen = file, chosen
        self.dropped, self.notes = list(file.dropped), list[str]()
        self.around = Surroundings(remarks=file.notes)
        self.roles: dict[str, Role] = {}
        self.data: dict[str, DataObject] = {}
        self.pool = next((item for item in file.pools if item.process == chosen.id), None)

    def run(self) -> Imported:
        self._lanes()
        self._documents()
        self._messages()
        self.around.called = {
            name: process.body
            for name, process in self.file.processes.items()
            if process is not self.chosen and process.body.nodes
        }
        folder = Folder(self.around, self.dropped, self.notes)
        flow = folder.body(self.chosen.body)
        self._others(folder)
        starts = [n.name for n in self.chosen.body.nodes.values() if n.tag == "startEvent" and n.name]
        pool_name = self.pool.name if self.pool else ""
        process = Process(
            name=(self.chosen.name or pool_name or "Process")[:4000], purpose=self.chosen.note[:4000] or None,
            trigger=" / ".join(starts)[:4000] or None, roles=tuple(self.roles.values()),
            data=tuple(self.data.values()), flow=flow, subprocesses=tuple(folder.subprocesses),
        )  # fmt: skip
        return Imported(process, tuple(dict.fromkeys(self.dropped)), tuple(dict.fromkeys(self.notes)))

    def _role(self, name: str, unit: str = "", kind: str = "person") -> str:
        """The id of the role of that name; lanes of the same name are the same role."""
        key = name.casefold()
        if key not in self.roles:
            taken = {role.id for role in self.roles.values()}
            self.roles[key] = Role(id=fresh_id(name, taken), name=name[:4000], kind=kind, unit=unit[:4000] or None)
        return self.roles[key].id

    def _lanes(self) -> None:
        """Lanes are roles. A named pool without lanes, beside others, is one role."""
        named = [lane for lane in self.chosen.lanes if lane.name]
        for number, lane in enumerate(self.chosen.lanes, 1):
            if lane.name or len(self.chosen.lanes) > 1:
                self.around.roles[lane.id] = self._role(lane.name or f"Lane {number}", lane.within)
        title = self.pool.name if self.pool else ""
        if not named and title and len(self.file.pools) > 1 and title != self.chosen.name:
            self.around.roles[""] = self._role(title)

    def _documents(self) -> None:
        used = {name for node in _every(self.chosen) for name in (*node.reads, *node.writes)}
        ids: dict[str, str] = {}
        for reference, name in self.file.data.items():
            if reference not in used:
                if name != "Document":
                    self.dropped.append(f"the document {name}, which no step of this pool is tied to")
                continue
            key = name.casefold()
            if key not in self.data:
                made = fresh_id(name, ids.values())
                ids[key] = made
                self.data[key] = DataObject(id=made, name=name[:4000])
            self.around.documents[reference] = self.data[key].id

    def _messages(self) -> None:
        """Messages over the border of the pool name an outside party; those elsewhere are not ours."""
        inside = {node.id: node for node in _every(self.chosen)}
        owner = self._owners()
        mine = {self.pool.id} if self.pool else set()
        for source, target, name in self.file.messages:
            if source in inside and target not in inside and target not in mine:
                self._message(self.around.sends, source, owner.get(target), name)
            elif target in inside and source not in inside and source not in mine:
                if inside[target].tag == "startEvent":
                    self.dropped.append(f"that the message which starts it comes from {self._party(owner.get(source))}")
                else:
                    self._message(self.around.hears, target, owner.get(source), name)

    def _owners(self) -> dict[str, RawPool]:
        """The pool each node of the file lies in."""
        found: dict[str, RawPool] = {item.id: item for item in self.file.pools}
        for item in self.file.pools:
            process = self.file.processes.get(item.process or "")
            if process and process is not self.chosen:
                found.update({node.id: item for node in _every(process)})
        return found

    def _message(self, book: dict[str, str], node: str, other: RawPool | None, name: str) -> None:
        party = self._party(other)
        if name:
            self.dropped.append(f"the name {name} of a message between a step and {party}")
        if book.setdefault(node, party) != party:
            self.dropped.append(f"that a step exchanges messages with {party} too, beside {book[node]}")

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
                self.dropped.append(f"the {count} elements of the other pool {item.name or item.id}")
            if item.name and (item.name in contacts or process is None or not process.body.nodes):
                self._role(item.name, kind="external")
        pooled = {item.process for item in self.file.pools}
        for name, process in self.file.processes.items():
            known = process is self.chosen or name in pooled or name in folder._subs
            if not known and process.body.nodes:
                self.dropped.append(f"the {process.body.count()} elements of the other process {process.name or name}")


def _every(process: RawProcess) -> list[RawNode]:
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
