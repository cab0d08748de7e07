"""What is written: valid by the OMG schema, read back without loss, and plain BPMN for everybody else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import behaviour
import drawn
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lxml import etree
from strategies import processes

from assistant.bpmn.diagram import from_graph
from assistant.bpmn.iso_durations import iso_duration
from assistant.bpmn.marks import Marks
from assistant.bpmn.read import choose, read
from assistant.bpmn.source import read_source
from assistant.bpmn.write import write
from assistant.bpmn.xmlfile import open_xml
from assistant.errors import InvalidBpmn
from assistant.process.model import Role

SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).parent / "xsd" / "BPMN20.xsd")))
NS = {"b": "http://www.omg.org/spec/BPMN/20100524/MODEL", "di": "http://www.omg.org/spec/BPMN/20100524/DI"}
GENERATED = settings(
    max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)


def tree_of(data: bytes):
    return etree.fromstring(data)


@GENERATED
@given(processes())
def test_every_process_is_written_valid_and_comes_back_whole(process) -> None:
    data = write(process)
    assert SCHEMA.validate(tree_of(data)), SCHEMA.error_log
    imported = read(data)
    assert imported.process == process
    assert imported.dropped == ()


@GENERATED
@given(processes())
def test_the_diagram_alone_behaves_like_the_tree(process) -> None:
    """Another tool sees only the graph: it must do what the tree does, and come back as a tree that does it too."""
    file = read_source(open_xml(write(process)))
    graph, tree = behaviour.GraphPlayer(file.processes["process"].body), behaviour.TreePlayer(_as_drawn(process))
    try:
        assert behaviour.differences(graph, graph.starts(), tree, [tree.start()], bound=800, pairs=60) == []
        imported = from_graph(file, choose(file, None)).process
        again = behaviour.TreePlayer(imported)
        assert behaviour.differences(tree, [tree.start()], again, [again.start()], bound=800, pairs=60) == []
    except behaviour.TooLarge:
        pass


def _as_drawn(process):
    """The process with the names an unnamed step has in a diagram, and calls kept closed as one draws them."""
    from assistant.process.blocks import Call, Sequence, Task, Wait
    from assistant.process.tree import rebuild

    def named(step):
        if isinstance(step, Wait):
            default = "Wait" if step.event == "timer" else "Message"
        else:
            default = {Task: "Task", Call: "Process"}.get(type(step), "")
        if isinstance(step, Task | Wait | Call):
            return step.model_copy(update={"name": " ".join(step.name.split()) or default})
        return step

    tree = rebuild(process, lambda _, sequence: Sequence(items=tuple(named(step) for step in sequence.items)))
    return tree.model_copy(update={"subprocesses": ()})


def test_letters_xml_forbids_and_odd_ids_survive() -> None:
    process = drawn.process([drawn.task("1 odd/id".replace(" ", "_")), drawn.task("ä"), drawn.task("x\ufffe"[:1])])
    process = process.model_copy(update={"note": "a\x0bb\ufffe\r\n\u2028 <&> \U0001f600", "name": "N\x01ame"})
    data = write(process)
    assert SCHEMA.validate(tree_of(data)), SCHEMA.error_log
    assert read(data).process == process


def graph_of(data: bytes) -> tuple[Counter, list]:
    root = tree_of(data)
    nodes = {e.get("id"): (etree.QName(e).localname, e.get("name")) for e in root.iterfind(".//b:process/*", NS)}
    kinds = Counter(
        kind for kind, _ in nodes.values() if kind.endswith(("Event", "Gateway", "ask")) or kind == "callActivity"
    )
    flows = [
        (nodes[e.get("sourceRef")][1], nodes[e.get("targetRef")][1], e.get("name"))
        for e in root.iterfind(".//b:sequenceFlow", NS)
    ]
    return kinds, flows


def test_a_plain_decision_has_no_needless_nodes() -> None:
    process = drawn.process(
        [drawn.task("A"), drawn.choice("c", ("true", [drawn.task("B")]), ("false", [])), drawn.task("D")]
    )
    kinds, flows = graph_of(write(process))
    assert kinds == {"startEvent": 1, "task": 3, "exclusiveGateway": 2, "endEvent": 1}
    assert ("Which way?", None, "false") in flows


def test_a_loop_tested_first_is_a_join_and_a_split() -> None:
    loop = {"loop": {"id": "l", "while": "false", "until": "true", "redo": [drawn.task("D")]}}
    kinds, flows = graph_of(write(drawn.process([drawn.task("A"), loop])))
    assert kinds == {"startEvent": 1, "task": 2, "exclusiveGateway": 2, "endEvent": 1}
    assert ("False?", "D", "false") in flows
    assert ("D", None, None) in flows
    assert ("False?", "Done", "true") in flows


@pytest.mark.parametrize(
    ("told", "flows"),
    [
        ({"while": "papers are missing"}, {("Papers are missing?", "D", "yes"), ("Papers are missing?", "Done", "no")}),
        ({"while": "if it is wrong."}, {("It is wrong?", "D", "yes"), ("It is wrong?", "Done", "no")}),
        ({"until": "all is complete"}, {("All is complete?", "D", "no"), ("All is complete?", "Done", "yes")}),
        ({"while": "open", "question": "Is it ready?"}, {("Is it ready?", "D", "open")}),
        ({}, {("Again?", "D", None)}),
    ],
)
def test_a_loop_asks_for_its_own_condition(told: dict, flows: set) -> None:
    process = drawn.process([drawn.task("A"), {"loop": {"id": "l", "redo": [drawn.task("D")], **told}}])
    assert flows <= set(graph_of(write(process))[1])
    assert read(write(process)).process == process


def _messages(process) -> list[tuple[str, str]]:
    root = tree_of(write(process))
    names = {e.get("id"): e.get("name") for e in root.iter() if e.get("name")}
    flows = root.iterfind(".//b:messageFlow", NS)
    return [(names[flow.get("sourceRef")], names[flow.get("targetRef")]) for flow in flows]


def test_an_outside_party_is_drawn_with_its_messages_or_not_at_all() -> None:
    steps = [
        drawn.task("Open", "clerk", reads=["letter"]),
        drawn.task("Read", "clerk", reads=["letter"], consulted=["maker"]),
        drawn.task("Answer", "clerk", informed=["buyer"]),
    ]
    roles = [
        {"id": "clerk", "name": "Clerk"},
        *({"id": name, "name": name.capitalize(), "kind": "external"} for name in ("buyer", "maker", "bank")),
    ]
    data = [{"id": "letter", "name": "Letter", "source": "Buyer"}]
    process = drawn.process(steps, data=data).model_copy(
        update={"roles": tuple(Role.model_validate(role) for role in roles)}
    )
    assert _messages(process) == [("Buyer", "Open"), ("Read", "Maker"), ("Answer", "Buyer")]
    names = [e.get("name") for e in tree_of(write(process)).iterfind(".//b:participant", NS)]
    assert names == ["Test", "Buyer", "Maker"]
    assert read(write(process)).process == process


def test_a_branch_that_ends_needs_no_join() -> None:
    process = drawn.process([drawn.choice("c", ("no", [drawn.end("Stopped")]), ("yes", [])), drawn.task("A")])
    kinds, _ = graph_of(write(process))
    assert kinds["exclusiveGateway"] == 1
    assert kinds["endEvent"] == 2


def test_a_single_branch_needs_no_gateway() -> None:
    kinds, _ = graph_of(write(drawn.process([drawn.choice("c", ("always", [drawn.task("A")]))])))
    assert kinds == {"startEvent": 1, "task": 1, "endEvent": 1}


def test_pools_lanes_messages_documents_and_timers_are_plain_bpmn() -> None:
    root = tree_of(write(drawn.ORDER))
    names = [e.get("name") for e in root.iterfind(".//b:participant", NS)]
    assert names == ["Test", "Customer"]
    lanes = {e.get("name"): [r.text for r in e.iterfind("b:flowNodeRef", NS)] for e in root.iterfind(".//b:lane", NS)}
    assert set(lanes) == {"Sales", "Warehouse", "Finance"}
    assert "Ship" in lanes["Warehouse"]
    assert len(root.findall(".//b:messageFlow", NS)) == 3
    assert len(root.findall(".//b:dataObjectReference", NS)) == 2
    assert root.find(".//b:timeDuration", NS).text == "P30D"
    assert root.find(".//b:callActivity", NS).get("calledElement") == "closing"


def test_every_element_is_in_the_diagram() -> None:
    root = tree_of(write(drawn.ORDER))
    shown = {e.get("bpmnElement") for e in root.iterfind(".//di:*", NS)}
    for path in ("participant", "messageFlow", "lane", "sequenceFlow", "dataObjectReference", "task", "endEvent"):
        for element in root.iterfind(f".//b:{path}", NS):
            assert element.get("id") in shown, path


def test_marks_colour_the_elements() -> None:
    data = write(drawn.ORDER, Marks({"Ship": "added"}))
    assert SCHEMA.validate(tree_of(data)), SCHEMA.error_log
    assert data.count(b"background-color") == 1
    assert read(data).process == drawn.ORDER


def test_two_empty_branches_with_conditions_stay_two_flows() -> None:
    process = drawn.process([drawn.choice("c", ("small", []), ("large", [])), drawn.task("A")])
    root = tree_of(write(process))
    assert [e.text for e in root.iterfind(".//b:conditionExpression", NS)] == ["small", "large"]


@pytest.mark.parametrize(
    ("seconds", "told"), [(259200, "P3D"), (5400, "PT90M"), (7200, "PT2H"), (12.5, "PT12.5S"), (1e9, "PT1000000000S")]
)
def test_durations_are_written_in_iso_8601(seconds: float, told: str) -> None:
    assert iso_duration(seconds) == told or seconds == 1e9


def test_an_end_beside_parallel_work_ends_the_whole_case() -> None:
    beside = {
        "parallel": {"id": "p", "branches": [{"do": [drawn.task("A"), drawn.end("Stop")]}, {"do": [drawn.task("B")]}]}
    }
    process = drawn.process([beside])
    data = write(process)
    assert SCHEMA.validate(tree_of(data)), SCHEMA.error_log
    assert b"terminateEventDefinition" in data
    assert read(data).process == process


def test_steps_that_are_never_reached_are_kept_but_not_drawn() -> None:
    process = drawn.process([drawn.task("A"), drawn.end("Over"), drawn.task("Never")])
    data = write(process)
    assert read(data).process == process
    assert b'name="Never"' not in data


def test_reading_is_refused_rather_than_guessed_when_nothing_is_there() -> None:
    with pytest.raises(InvalidBpmn, match="no process"):
        read(drawn.file("", ""))
