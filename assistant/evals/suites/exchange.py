"""exchange: processes written as BPMN, JSON, outline and picture, and what is left of them when they are read again."""

from __future__ import annotations

from collections import Counter
from typing import Any

from lxml import etree

from assistant.bpmn.read import read
from assistant.bpmn.svg import svg
from assistant.bpmn.write import write
from assistant.evals.casefile import bundled_cases
from assistant.evals.compact import compact
from assistant.evals.door import Door
from assistant.evals.maps import follows
from assistant.evals.planted import expanded
from assistant.evals.shapes import Case, Suite
from assistant.evals.suites.pains import planted_cases
from assistant.process.blocks import Choice, Parallel
from assistant.process.codec import dumps, from_data, loads
from assistant.process.model import Process
from assistant.process.outline import from_outline, to_outline
from assistant.process.tree import tasks, walk

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def _load() -> list[Case]:
    cases = [
        Case(case.id, case.given, {}, case.origin, "no step, role or figure is lost on the way out or in")
        for case in planted_cases()
    ]
    return [*cases, *bundled_cases("exchange")]


def _play(door: Door, case: Case) -> dict[str, Any]:
    given = case.given
    process = (
        door.read(given["story"])
        if given.get("story")
        else from_data({"schema": "process/1", **expanded(given["process"])})
    )
    written = write(process)
    back, bare = read(written).process, read(without_extras(written)).process
    names = [task.name for task in tasks(process)]
    drawn = svg(process)
    return {
        "json": [] if loads(dumps(process)) == process else ["the process is another"],
        "outline": _apart(process, from_outline(to_outline(process)), False),
        "bpmn": _apart(process, back, True),
        "foreign": _apart(process, bare, False),
        "elements": _lost(names, [node.get("name") or "" for node in _task_nodes(written)]),
        "one_start": _ends_apart(written),
        "picture": [name for name in names if name.split()[0] not in drawn],
    }  # fmt: skip


def _task_nodes(data: bytes) -> list[etree._Element]:
    """What stands for a task in a BPMN file, of whatever kind."""
    return [node for node in etree.fromstring(data).iter() if str(node.tag).lower().endswith("task")]


def without_extras(data: bytes) -> bytes:
    """BPMN as another program would have written it: without our own extension elements."""
    root = etree.fromstring(data)
    for extra in list(root.iter(f"{BPMN}extensionElements")):
        parent = extra.getparent()
        if parent is not None:
            parent.remove(extra)
    return bytes(etree.tostring(root))


def _ends_apart(data: bytes) -> list[str]:
    """What is wrong with where the process in a BPMN file begins and ends: one start, and each end by its outcome."""
    root = etree.fromstring(data)
    told = []
    for process in root.iter(f"{BPMN}process"):
        starts, ends = process.findall(f"{BPMN}startEvent"), process.findall(f"{BPMN}endEvent")
        told += [f"{len(starts)} starts"] if len(starts) > 1 else []
        told += ["starts, and never ends"] if starts and not ends else []
        told += ["an end without a name" for end in ends if len(ends) > 1 and not end.get("name")]
    return told if root.find(f".//{BPMN}startEvent") is not None else ["no start"]


def _lost(wanted: list[str], found: list[str]) -> list[str]:
    return sorted((Counter(wanted) - Counter(found)).elements())


def _apart(a: Process, b: Process, figures: bool) -> list[str]:
    """What differs between two forms of a process: steps, who does them, what follows what, decisions, figures."""
    told = [f"step lost: {name}" for name in _lost([t.name for t in tasks(a)], [t.name for t in tasks(b)])]
    told += [f"step made up: {name}" for name in _lost([t.name for t in tasks(b)], [t.name for t in tasks(a)])]
    told += [f"doer differs: {name}" for name in _lost(_doers(a), _doers(b))]
    told += ["what follows what differs"] if _follows(a) != _follows(b) else []
    told += ["decisions differ"] if _splits(a) != _splits(b) else []
    if figures and not told:
        told += [] if compact(a) == compact(b) else ["figures or attributes differ"]
    return told


def _doers(process: Process) -> list[str]:
    roles = {role.id: role.name for role in process.roles}
    return [f"{task.name}: {roles.get(task.role or '', '')}" for task in tasks(process)]


def _follows(process: Process) -> set[tuple[str, str]]:
    names = {task.id: task.name for task in tasks(process)}
    return {(names[a], names[b]) for a, b in follows(process)}


def _splits(process: Process) -> Counter[tuple[str, int]]:
    return Counter((type(s).__name__, len(s.branches)) for s in walk(process) if isinstance(s, Choice | Parallel))


def _score(case: Case, output: Any) -> dict[str, float]:
    return {name: float(not faults) for name, faults in output.items()}


def _why(case: Case, output: Any) -> list[str]:
    return [f"{name}: {fault}" for name, faults in output.items() for fault in faults]


MEANS = {
    "json": "1 when the process is the same after it was written as JSON and read again.",
    "outline": "1 when steps, doers, order and decisions are the same after it was written as an outline and read.",
    "bpmn": "1 when nothing at all is lost after it was written as BPMN and read.",
    "foreign": "1 when steps, doers, order and decisions survive in the BPMN another program would have written.",
    "elements": "1 when every step is a task in the BPMN file.",
    "one_start": "1 when the BPMN has one start, and each end says what came out.",
    "picture": "1 when every step is named in the picture.",
}


SUITES = (
    Suite(
        "exchange", "Processes written as files and read again: nothing lost, nothing made up.", _load, _play, _score,
        (), frozenset({"json", "bpmn", "elements", "picture", "one_start"}), every=2, why=_why,
        means=MEANS,
    ),
)  # fmt: skip
