"""Reads any BPMN 2.0 file into a process: one pool of it, its graph structured into the tree.

What cannot be kept is listed in `dropped`, what had to be interpreted in `notes`. A flow that cannot be nested is
refused by naming it. A file of ours comes back exactly while its diagram still agrees with the values inside it; where
another tool changed the diagram, the diagram is right and the values of what it left alone are kept (adopt.py).
"""

from __future__ import annotations

from assistant.bpmn.diagram import Imported, from_graph
from assistant.bpmn.own_files import adopted
from assistant.bpmn.raw import RawFile, RawProcess
from assistant.bpmn.source import read_source
from assistant.bpmn.xmlfile import open_xml
from assistant.errors import InvalidBpmn


def read(data: bytes, pool: str | None = None) -> Imported:
    """The process of a BPMN file: of the pool with that name or id, or else of the one with most elements.

    Raises InvalidBpmn when the file is broken or hostile, has no such pool, or its flow cannot become a tree.
    """
    file = read_source(open_xml(data))
    chosen = choose(file, pool)
    kept = adopted(file, chosen) if chosen.ours else None
    return kept or from_graph(file, chosen)


def choose(file: RawFile, pool: str | None) -> RawProcess:
    """The process that is read of a file. Raises InvalidBpmn when there is no such pool."""
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
