"""Our own files, opened and changed by other tools: what they changed holds, everything else keeps its value."""

from __future__ import annotations

import re

import drawn
from lxml import etree

from assistant.bpmn.read import read
from assistant.bpmn.write import write
from assistant.process.tree import by_id

NS = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
WORK = {"kind": "fixed", "value": 12, "unit": "min", "basis": "stated"}


def order():
    """The order process with durations and chances, which only the extension holds."""
    process = drawn.ORDER
    data = process.document()
    flow = data["flow"]["sequence"]
    flow[0]["task"]["work"] = WORK
    flow[1]["choice"]["branches"][0]["p"] = 0.1
    flow[1]["choice"]["branches"][1]["p"] = 0.9
    from assistant.process.codec import from_data

    return from_data({"schema": "process/1", **data})


def changed(*edits: tuple[str, str]) -> bytes:
    """The written file with pieces of its text replaced, in the diagram only."""
    head, rest = write(order()).decode().split("</extensionElements>", 1)
    for old, new in edits:
        assert old in rest, old
        rest = rest.replace(old, new)
    return f"{head}</extensionElements>{rest}".encode()


def test_an_untouched_file_comes_back_to_the_last_field() -> None:
    assert read(write(order())).process == order()


def test_a_renamed_step_keeps_its_values() -> None:
    process = read(changed(('name="Enter order"', 'name="Type in order"'))).process
    step = by_id(process)["Enter_order"]
    assert step.name == "Type in order"
    assert step.work == by_id(order())["Enter_order"].work
    assert process.flow.items[1] == order().flow.items[1]


def test_a_new_condition_keeps_the_chance() -> None:
    process = read(changed(('name="no"', 'name="sold out"'))).process
    branch = by_id(process)["stock"].branches[0]
    assert (branch.when, branch.p) == ("sold out", 0.1)


def test_a_step_moved_to_another_lane_changes_its_role() -> None:
    ref = "<flowNodeRef>Pick</flowNodeRef>"
    data = changed(
        (ref, ""), ("<flowNodeRef>Enter_order</flowNodeRef>", f"<flowNodeRef>Enter_order</flowNodeRef>{ref}")
    )
    process = read(data).process
    assert by_id(process)["Pick"].role == "sales"
    assert by_id(process)["Ship"].role == "warehouse"


def test_a_step_taken_out_is_gone_and_the_rest_keeps_its_values() -> None:
    root = etree.fromstring(write(order()))
    process = root.find(f"{NS}process")
    flows = {f.get("sourceRef"): f for f in process.iterfind(f"{NS}sequenceFlow")}
    before = next(f for f in process.iterfind(f"{NS}sequenceFlow") if f.get("targetRef") == "Ship")
    before.set("targetRef", flows["Ship"].get("targetRef"))
    process.remove(flows["Ship"])
    process.remove(next(t for t in process if t.get("id") == "Ship"))
    read_back = read(etree.tostring(root)).process
    assert "Ship" not in by_id(read_back)
    assert by_id(read_back)["Enter_order"].work == by_id(order())["Enter_order"].work
    assert read_back.subprocesses == order().subprocesses
    assert by_id(read_back)["stock"].branches[0].p == 0.1


def test_a_step_added_by_another_tool_joins_the_tree() -> None:
    data = write(order()).decode()
    flow = re.search(r'<sequenceFlow id="(\w+)" sourceRef="Pick" targetRef="Ship"/>', data)
    new = (
        '<task id="new" name="Weigh"/><sequenceFlow id="n1" sourceRef="Pick" targetRef="new"/>'
        '<sequenceFlow id="n2" sourceRef="new" targetRef="Ship"/>'
    )
    process = read(data.replace(flow.group(0), new).encode()).process
    names = [step.name for step in by_id(process)["par"].branches[0].do.items]
    assert names == ["Pick", "Weigh", "Ship"]
    assert by_id(process)["Enter_order"].work is not None


def test_without_our_values_the_diagram_alone_gives_the_same_flow() -> None:
    data = re.sub(rb"<extensionElements>.*?</extensionElements>", b"", write(order()), flags=re.DOTALL)
    process = read(data).process
    assert drawn.outline(process.flow) == drawn.outline(order().flow)
    assert [role.name for role in process.roles if role.kind == "person"] == ["Sales", "Warehouse", "Finance"]
