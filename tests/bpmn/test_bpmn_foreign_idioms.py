"""Idioms of other tools' diagrams that were once misread: each comes through as it was drawn, or is told by name."""

from __future__ import annotations

from pathlib import Path

import drawn
import pytest
from accounted import account
from lxml import etree
from typer.testing import CliRunner

from assistant.bpmn.layout import lay_out
from assistant.bpmn.names import BPMN
from assistant.bpmn.read import read
from assistant.bpmn.svg import svg
from assistant.bpmn.write import write
from assistant.cli.main import cli
from assistant.errors import InvalidBpmn
from assistant.process.blocks import Task
from assistant.process.codec import dumps, loads
from assistant.process.model import Process
from assistant.process.outline import from_outline, to_outline
from assistant.process.tree import walk

TASKS = "start s\nend e\ntask a A\ntask b B\ntask c C"
TIME = "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"


def flow_of(nodes: str, flows: str, extra: str = "") -> list:
    return drawn.outline(read(drawn.file(nodes, flows, extra)).process.flow)


def boundary(inner: str, stops: str = "true", name: str = "Late") -> str:
    return f'<boundaryEvent id="w" name="{name}" attachedToRef="a" cancelActivity="{stops}">{inner}</boundaryEvent>'


def test_a_flow_without_an_id_is_legal() -> None:
    data = drawn.file("start s\ntask a A\nend e", "").replace(
        b"</process>",
        b'<sequenceFlow sourceRef="s" targetRef="a"/><sequenceFlow sourceRef="a" targetRef="e"/></process>',
    )
    assert [step.name for step in read(data).process.flow.items] == ["A"]


def test_the_time_of_a_boundary_timer_is_kept_and_one_that_is_no_duration_listed() -> None:
    found = read(drawn.file(TASKS, "s>a a>b b>e w>c c>e", boundary(TIME.format("P2D")))).process
    late = next(way for way in found.flow.items[1].branches if way.when == "Late")
    assert late.do.items[0].duration.mean_seconds == 2 * 86400
    told = read(drawn.file(TASKS, "s>a a>b b>e w>c c>e", boundary(TIME.format("${due}")))).dropped
    assert any("${due}" in line for line in told)


def test_a_reminder_stays_with_its_step_and_its_named_end_is_told() -> None:
    imported = read(
        drawn.file(TASKS + "\nend e2 Reminded", "s>a a>b b>e w>c c>e2", boundary(TIME.format("P2D"), "false"))
    )
    beside, after = imported.process.flow.items
    assert (beside.block, after.name) == ("parallel", "B")
    assert any("Reminded" in line for line in imported.dropped)


def test_the_number_of_a_multi_instance_is_played() -> None:
    inner = '<multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>4</loopCardinality>'
    loop = read(drawn.file(f"start s\nend e\ntask a A|{inner}</multiInstanceLoopCharacteristics>", "s>a a>e")).process
    assert loop.flow.items[0].p == pytest.approx(0.75)


def test_an_event_based_gateway_stays_one_in_the_tree_in_bpmn_and_in_the_picture() -> None:
    nodes = "start s\nend e\nrace r\nreceiveTask m Answer\ncatch t Week|" + TIME.format("P7D") + "\nxor j"
    process = read(drawn.file(nodes, "s>r r>m r>t m>j t>j j>e")).process
    assert process.flow.items[0].event_based
    root = etree.fromstring(write(process))
    assert len(root.findall(f".//{{{BPMN}}}eventBasedGateway")) == 1
    assert len(root.findall(f".//{{{BPMN}}}receiveTask")) == 1
    assert read(write(process)).process == process
    assert from_outline(to_outline(process)) == process
    assert 'r="13"' in svg(process)


def test_nameless_branches_are_not_all_otherwise() -> None:
    told = to_outline(read(drawn.file(TASKS + "\nxor x\nxor j", "s>x x>a x>b a>j b>j j>e")).process)
    assert "otherwise" not in told


def test_a_message_keeps_its_direction() -> None:
    around = (
        "<collaboration><participant id='q' name='We' processRef='p'/><participant id='o' name='Bank'/>"
        "<messageFlow id='m' sourceRef='o' targetRef='a'/></collaboration>"
    )
    process = read(drawn.file("start s\nend e\ntask a A", "s>a a>e", "", around)).process
    (message,) = etree.fromstring(write(process)).findall(f".//{{{BPMN}}}messageFlow")
    assert message.get("targetRef") == "a"
    points = next(iter(lay_out(process).messages.values()))
    assert points[-1].y > points[0].y


@pytest.mark.parametrize(
    ("title", "role"), [("Claims clerk", True), ("Purchasing department", True), ("Order handling", False)]
)
def test_a_lone_pool_named_by_a_role_gives_that_role(title: str, role: bool) -> None:
    around = f"<collaboration><participant id='q' name='{title}' processRef='p'/></collaboration>"
    process = read(drawn.file("start s\nend e\ntask a A", "s>a a>e", "", around)).process
    assert [r.name for r in process.roles] == ([title] if role else [])


def test_a_start_that_the_first_path_sets_off_is_no_either_or() -> None:
    nodes = (
        "start s Guest orders\ntask a Pass on\ncatch w Meal ready|<messageEventDefinition/>\nend e\n"
        "start s2 Order in kitchen|<messageEventDefinition/>\ntask b Cook\nend e2"
    )
    imported = read(drawn.file(nodes, "s>a a>w w>e s2>b b>e2"))
    assert [step.block for step in imported.process.flow.items] == ["parallel"]
    assert imported.process.trigger == "Guest orders"


def test_event_subprocess_and_compensation_have_their_own_reason() -> None:
    extra = (
        "<subProcess id='ev' name='On cancel' triggeredByEvent='true'><startEvent id='es' name='Customer cancels'/>"
        "</subProcess><task id='u' name='Undo' isForCompensation='true'/>"
    )
    told = " | ".join(read(drawn.file("start s\nend e\ntask a A", "s>a a>e", extra)).dropped)
    assert "which runs when Customer cancels" in told
    assert "which undoes a step" in told
    assert "no flow leads to" not in told


def test_loop_markers_on_every_step_are_no_rework() -> None:
    mark = "|<standardLoopCharacteristics/>"
    imported = read(drawn.file(f"start s\nend e\ntask a A{mark}\ntask b B{mark}", "s>a a>b b>e"))
    assert [step.block for step in imported.process.flow.items] == ["task", "task"]
    assert any("loop markers" in line for line in imported.dropped)


def test_a_refusal_names_what_stands_in_the_drawing() -> None:
    nodes = "start s\nend e\nend f\nand sid-7EEF\nand sid-8AAB\nxor sid-9\nxor m\n" + "task a A\ntask b B\ntask c C"
    flows = "s>sid-7EEF sid-7EEF>a sid-7EEF>b sid-7EEF>sid-9 a>m b>m m>sid-8AAB sid-9>c sid-9>f c>sid-8AAB sid-8AAB>e"
    with pytest.raises(InvalidBpmn) as refused:
        read(drawn.file(nodes, flows))
    assert "sid-" not in str(refused.value)
    assert "“A”" in str(refused.value)


def test_code_in_a_condition_becomes_words_and_stays_in_the_note() -> None:
    data = drawn.file(TASKS + "\nxor x Which?\nxor j", "s>x x>a:one x>b:two x>c a>j b>j c>j j>e").decode()
    for name, code in (("one", "${orderAmount &gt; 5}"), ("two", 'return KieFunctions.equalsTo(s, "exists");')):
        target = f'targetRef="{"a" if name == "one" else "b"}"'
        inner = f"<conditionExpression>{code}</conditionExpression></sequenceFlow>"
        data = data.replace(f' name="{name}"', "").replace(f"{target}/>", f"{target}>{inner}", 1)
    imported = read(data.encode())
    choice = imported.process.flow.items[0]
    assert [branch.when for branch in choice.branches[:2]] == ["order amount over 5", "condition 1"]
    assert "KieFunctions" in choice.note
    assert any("condition 1" in note for note in imported.notes)


def test_html_in_labels_is_read_and_signs_are_kept() -> None:
    nodes = "start s\nend e\ntask a Check&nbsp;order<br>twice\ntask b amount < 5 & <VAT>"
    names = [step.name for step in read(drawn.file(nodes, "s>a a>b b>e")).process.flow.items]
    assert names == ["Check order twice", "amount < 5 & <VAT>"]


def test_a_terminate_end_in_parallel_work_can_be_redesigned(tmp_path: Path, short_plays: None) -> None:
    nodes = TASKS + "\nand x\nand j\nxor q Cancelled?\nend t Stopped|<terminateEventDefinition/>"
    source = tmp_path / "own.bpmn"
    source.write_bytes(drawn.file(nodes, "s>x x>a x>b b>q q>t:yes q>j:no a>j j>c c>e"))
    made = CliRunner().invoke(cli, ["redesign", str(source), "--out", str(tmp_path / "out")])
    assert made.exit_code == 0, made.output
    assert loads(dumps(read(source.read_bytes()).process)).flow.items[0].block == "parallel"


def test_an_empty_process_can_be_read_again() -> None:
    assert loads(dumps(Process(name="Empty"))).flow.items == ()


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize(("ending", "magic"), [(".png", b"\x89PNG"), (".pdf", b"%PDF")])
def test_convert_draws_pictures(tmp_path: Path, ending: str, magic: bytes) -> None:
    source, target = tmp_path / "own.bpmn", tmp_path / f"own{ending}"
    source.write_bytes(drawn.file("start s\nend e\ntask a A", "s>a a>e"))
    result = CliRunner().invoke(cli, ["convert", str(source), str(target)])
    assert result.exit_code == 0, result.output
    assert target.read_bytes().startswith(magic)


def test_long_names_break_at_their_hyphens_and_no_sign_lies_on_them() -> None:
    nodes = (
        "start s\nend e\nserviceTask a Second-longer-branchline-maintenance of the work done in four or more lines here"
    )
    process = read(drawn.file(nodes, "s>a a>e")).process
    drawing = lay_out(process)
    label, box = drawing.texts["a"], drawing.shapes["a"]
    assert label.lines[0].endswith("-")
    assert label.rect.y - box.y >= 18


def converted(tmp_path: Path, data: bytes) -> tuple[Process, str]:
    """What `convert` makes of a file, and what it says of it."""
    (tmp_path / "in.bpmn").write_bytes(data)
    found = CliRunner().invoke(cli, ["convert", str(tmp_path / "in.bpmn"), str(tmp_path / "out.json")])
    assert found.exit_code == 0, found.output
    return loads((tmp_path / "out.json").read_text("utf-8")), found.output


def test_a_step_with_a_stopping_and_a_reminding_event_keeps_both(tmp_path: Path) -> None:
    events = boundary("<signalEventDefinition/>") + (
        '<boundaryEvent id="v" name="Asked" attachedToRef="a" cancelActivity="false"><messageEventDefinition/>'
        "</boundaryEvent>"
    )
    nodes = "start s\nend e\nend e2\ntask a Fill form\ntask b Book\ntask c Cancel\ntask d Answer question"
    process, told = converted(tmp_path, drawn.file(nodes, "s>a a>b b>e w>c c>e v>d d>e2", events))
    names = [step.name for step in walk(process) if isinstance(step, Task)]
    assert sorted(names) == ["Answer question", "Book", "Cancel", "Fill form"]
    assert "Answer question" not in told


def test_what_ends_a_repetition_is_no_reason_to_go_on_and_code_is_kept_as_a_note(tmp_path: Path) -> None:
    marker = (
        '<multiInstanceLoopCharacteristics isSequential="true"><loopDataInputRef>people</loopDataInputRef>'
        '<inputDataItem id="one"/><completionCondition>found == true</completionCondition>'
        "</multiInstanceLoopCharacteristics>"
    )
    data = drawn.file(f"start s\nend e\ntask a Interview|{marker}", "s>a a>e")
    process, told = converted(tmp_path, data)
    loop = process.flow.items[0]
    assert loop.while_ == "there is one more and not yet found"
    assert loop.note == "stops when: found == true"
    assert "what a step is repeated for (loopDataInputRef)" in told
    assert all(not tally.lost for tally in account(data))


def test_the_collection_another_tool_repeats_for_is_told(tmp_path: Path) -> None:
    marker = '<multiInstanceLoopCharacteristics xmlns:f="urn:f" f:collection="slips"/>'
    _, told = converted(tmp_path, drawn.file(f"start s\nend e\ntask a Check|{marker}", "s>a a>e"))
    assert "f:collection" in told


def test_a_value_given_to_a_technical_field_is_told(tmp_path: Path) -> None:
    field = (
        "<dataInputAssociation><targetRef>x</targetRef><assignment><from>1</from><to>x</to></assignment>"
        "</dataInputAssociation>"
    )
    data = drawn.file(f"start s\nend e\ntask a Check|{field}", "s>a a>e")
    assert "a value for a technical field of a step" in converted(tmp_path, data)[1]
    assert all(not tally.lost for tally in account(data))
