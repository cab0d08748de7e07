"""Recovers a process of ours from its own file.

The file holds the process twice: as a diagram and, in full, as an extension value. While the diagram says what we
would write for that value, the value is the answer, to the last field. Where another tool changed the diagram, three
versions are compared: the value (kept), the diagram we would have written for it (base), and the diagram there is
(theirs). What theirs changed against base wins; everything else keeps its value.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.bpmn.diagram import Imported, from_graph
from assistant.bpmn.raw import LeftOut, RawBody, RawFile, RawProcess
from assistant.bpmn.source import read_source
from assistant.errors import InputError
from assistant.process.blocks import Block, Branch, Sequence, Split
from assistant.process.codec import loads
from assistant.process.durations import Model
from assistant.process.model import Process
from assistant.process.tree import branches, by_id, parts, rebuild, roots

_PARTS = {"do", "redo", "branches", "flow", "subprocesses", "roles", "data", "id", "block", "schema_"}
IGNORED = "the values another program wrote into our extension, which do not fit"


def adopted(file: RawFile, chosen: RawProcess) -> Imported | None:
    """The process whose values the file carries, as far as its diagram agrees; None when they cannot be used."""
    from assistant.bpmn.write import model

    try:
        kept = loads(chosen.ours)
        written = read_source(model(kept))
    except (InputError, RecursionError):
        file.dropped.add(IGNORED, f"{chosen.id}/pr:process")
        return None
    mine = next((process for process in written.processes.values() if process.ours), None)
    if mine is None:
        return None
    if _said(file, chosen) == _said(written, mine):
        return _listed(Imported(kept), file.dropped, written.dropped)
    theirs = from_graph(file, chosen)
    try:
        base = from_graph(written, mine).process
    except InputError:
        return theirs
    merged = Imported(_merged(kept, base, theirs.process), notes=theirs.notes)
    return _listed(merged, file.dropped, written.dropped)


def _listed(imported: Imported, dropped: LeftOut, own: LeftOut) -> Imported:
    """With what was left out, but for what our own diagram leaves out as well: that the values hold."""
    lines = {line: places for line, places in dropped.lines.items() if line not in own.lines}
    return replace(imported, dropped=tuple(lines), left_out=frozenset().union(*lines.values()))


def _said(file: RawFile, process: RawProcess) -> dict[str, Any]:
    """What a diagram says, in a form that does not depend on the order of its elements."""
    lanes = {lane.id: lane.name for lane in process.lanes}
    pools = {pool.id: pool.name for pool in file.pools}
    return {
        "name": process.name,
        "note": process.note,
        "body": _body(process.body, lanes, file.data),
        "messages": sorted((pools.get(a, a), pools.get(b, b)) for _, a, b, _ in file.messages),
        "pools": sorted(pools.values()),
        "remarks": {key: sorted(values) for key, values in file.notes.items()},
    }


def _body(body: RawBody, lanes: dict[str, str], data: dict[str, str]) -> dict[str, Any]:
    nodes = {
        node.id: (
            node.tag, node.name, node.note, node.events, node.timer, node.loop, node.attached, node.called,
            lanes.get(node.lane or "", ""), sorted(data.get(d, d) for d in node.reads),
            sorted(data.get(d, d) for d in node.writes), _body(node.inner, lanes, data) if node.inner else None,
        )
        for node in body.nodes.values()
    }  # fmt: skip
    return {"nodes": nodes, "flows": {f.id: (f.source, f.target, f.name, f.condition) for f in body.flows}}


def _merged(kept: Process, base: Process, theirs: Process) -> Process:
    """`kept` with what `theirs` changed against `base`."""
    theirs = _same_names(kept, theirs)
    base = _same_names(kept, base)
    known, before, after = by_id(kept), by_id(base), by_id(theirs)
    ways, ways_before, ways_after = branches(kept), branches(base), branches(theirs)

    def block(step: Block) -> Block:
        name = getattr(step, "id", "")
        old, was, now = known.get(name), before.get(name), after.get(name)
        if old is None or was is None or now is None or not type(old) is type(was) is type(now):
            return step
        changed = _changes(was, now)
        if isinstance(step, Split):
            changed["branches"] = tuple(branch(way) for way in step.branches)
        own = old if step is old else old.model_copy(update={key: getattr(step, key) for key in _inner(step)})
        return own.model_copy(update=changed) if changed else own

    def branch(way: Branch) -> Branch:
        if not all(way.id in book for book in (ways, ways_before, ways_after)):
            return way
        changed = _changes(ways_before[way.id][1], ways_after[way.id][1])
        return ways[way.id][1].model_copy(update={**changed, "do": way.do})

    same = _shape(base) == _shape(theirs)
    frame = kept if same else theirs
    tree = rebuild(frame, lambda _, sequence: Sequence(items=tuple(block(step) for step in sequence.items)))
    whole = _changes(base, theirs)
    roles = tuple(_role_values(kept, base, theirs)) if not same or base.roles != theirs.roles else kept.roles
    closed = tuple(sub for sub in kept.subprocesses if sub.id not in {drawn.id for drawn in tree.subprocesses})
    whole |= {"flow": tree.flow, "subprocesses": (*tree.subprocesses, *closed), "roles": roles}
    if base.data != theirs.data:
        whole["data"] = tuple({item.id: item for item in (*theirs.data, *kept.data)}.values())
    return kept.model_copy(update=whole)


def _inner(step: Block) -> tuple[str, ...]:
    """The fields of a block that hold other blocks."""
    return tuple(key for key in ("do", "redo", "branches") if hasattr(step, key))


def _changes(was: Model, now: Model) -> dict[str, Any]:
    """The fields that changed, those that hold other elements left out."""
    return {
        key: getattr(now, key)
        for key in type(now).model_fields
        if key not in _PARTS and getattr(was, key) != getattr(now, key)
    }


def _shape(process: Process) -> list[Any]:
    """Which blocks stand where, by id."""
    found: list[Any] = []
    stack: list[tuple[str, Sequence]] = list(roots(process))
    while stack:
        address, sequence = stack.pop()
        found.append((address, tuple((step.block, step.id) for step in sequence.items)))
        stack.extend(part for step in sequence.items for part in parts(step))
    return sorted(found)


def _same_names(kept: Process, process: Process) -> Process:
    """The process with the role and document ids of `kept`, where names agree: a lane knows only its name."""
    from assistant.bpmn.scene import UNASSIGNED

    roles = {role.name.casefold(): role.id for role in reversed(kept.roles)}
    data = {(item.name or item.id).casefold(): item.id for item in reversed(kept.data)}
    role_of: dict[str, str | None] = {r.id: roles.get(r.name.casefold(), r.id) for r in process.roles}
    role_of |= {r.id: None for r in process.roles if r.name == UNASSIGNED}
    data_of = {item.id: data.get(item.name.casefold(), item.id) for item in process.data}

    def renamed(step: Block) -> Block:
        update: dict[str, Any] = {}
        if getattr(step, "role", None):
            update["role"] = role_of.get(step.role, step.role)  # type: ignore[union-attr,arg-type]
        for key in ("reads", "writes"):
            if values := getattr(step, key, ()):
                update[key] = tuple(data_of.get(value, value) for value in values)
        return step.model_copy(update=update) if update else step

    tree = rebuild(process, lambda _, sequence: Sequence(items=tuple(renamed(step) for step in sequence.items)))
    kept_roles = [r.model_copy(update={"id": role_of[r.id]}) for r in process.roles if role_of[r.id]]
    items = tuple(item.model_copy(update={"id": data_of[item.id]}) for item in process.data)
    return tree.model_copy(update={"roles": tuple(kept_roles), "data": items})


def _role_values(kept: Process, base: Process, theirs: Process) -> list[Any]:
    """The roles there are now: kept ones with all their values, new ones as drawn; those never drawn stay."""
    drawn_before = {role.id for role in base.roles}
    now = {role.id: role for role in theirs.roles}
    found = [role for role in kept.roles if role.id in now or role.id not in drawn_before]
    known = {role.id for role in found}
    return [*found, *(role for name, role in now.items() if name not in known)]
