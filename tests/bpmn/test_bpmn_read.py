"""What is made of other people's diagrams: every construct, kept, listed as dropped or refused by name."""

from __future__ import annotations

import re
from collections import Counter

import behaviour
import drawn
import pytest

from assistant.bpmn.diagram import Imported
from assistant.bpmn.iso_durations import parse_duration
from assistant.bpmn.read import choose, read
from assistant.bpmn.source import read_source
from assistant.bpmn.xmlfile import open_xml
from assistant.errors import InvalidBpmn
from assistant.process.blocks import Task
from assistant.process.codec import broken_references
from assistant.process.tree import steps

COPIES = re.compile(r"(.+) can be reached on several paths and stands? (\d+) times\.")
TIMER = "|<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"


def seen(data: bytes, pool: str | None = None) -> Imported:
    """The file as read, after its graph and the tree made of it were played against each other."""
    imported = read(data, pool)
    file = read_source(open_xml(data))
    assert behaviour.compare(file, choose(file, pool), imported.process) == []
    assert list(broken_references(imported.process)) == []
    assert {name: times for name, times in standing(imported).items() if times > 1} == told_copies(imported)
    return imported


def standing(imported: Imported) -> Counter[str]:
    return Counter(step.name for step in steps(imported.process.flow) if isinstance(step, Task))


def told_copies(imported: Imported) -> dict[str, int]:
    """How often the notes say that a step stands in the tree; nothing for those that stand once."""
    copies = [COPIES.fullmatch(note) for note in imported.notes]
    named = [(re.findall(r"[Ss]tep ([A-Z]\w*)", copy[1]), int(copy[2])) for copy in copies if copy]
    return {name: times for names, times in named for name in names}


def test_the_note_counts_what_stands_more_than_once() -> None:
    """C is reached from A and B, D from C and from the start: it stands on three paths."""
    flows = "s>x x>a:one x>b:two x>k:three a>y y>j:one y>k:two b>j j>c c>k k>d d>e"
    assert told_copies(seen(drawn.file(part("xor x\nxor y\nxor j\nxor k", "ABCD"), flows))) == {"D": 3}


def tree(nodes: str, flows: str, extra: str = "", around: str = "") -> list:
    return drawn.outline(seen(drawn.file(nodes, flows, extra, around)).process.flow)


TASKS = "start s\nend e\n" + "\n".join(f"task {letter.lower()} {letter}" for letter in "ABCDEF")


def part(nodes: str, used: str) -> str:
    """The start, the end and the tasks used, with more nodes."""
    return "start s\nend e\n" + "\n".join(f"task {letter.lower()} {letter}" for letter in used) + "\n" + nodes


@pytest.mark.parametrize(
    ("nodes", "used", "flows", "expected"),
    [
        ("", "AB", "s>a a>b b>e", ["A", "B"]),
        ("xor x Ok?\nxor j", "AB", "s>x x>a:yes x>b:no a>j b>j j>e", [("choice", ("yes", ["A"]), ("no", ["B"]))]),
        ("xor x\nxor j", "AB", "s>x x>a:yes x>j:no a>j j>b b>e", [("choice", ("yes", ["A"]), ("no", [])), "B"]),
        ("and x\nand j", "AB", "s>x x>a x>b a>j b>j j>e", [("parallel", (None, ["A"]), (None, ["B"]))]),
        ("or x\nor j", "AB", "s>x x>a:p x>b:q a>j b>j j>e", [("any_of", ("p", ["A"]), ("q", ["B"]))]),
        # loops: tested after, with work on the way back, tested before
        ("xor j\nxor x", "AB", "s>j j>a a>x x>j:again x>b:done b>e", [("loop", ["A"], "again", []), "B"]),
        ("xor j\nxor x", "AB", "s>j j>a a>x x>b:again b>j x>e", [("loop", ["A"], "again", ["B"])]),
        ("xor j\nxor x", "AB", "s>j j>x x>a:again a>j x>b b>e", [("loop", [], "again", ["A"]), "B"]),
        # implicit splits and merges
        ("", "ABC", "s>a a>b a>c b>e c>e", ["A", ("parallel", (None, ["B"]), (None, ["C"]))]),
        ("xor x", "ABC", "s>x x>a:p x>b:q a>c b>c c>e", [("choice", ("p", ["A"]), ("q", ["B"])), "C"]),
        # a gateway that joins and splits
        ("xor x\nxor y\nxor j", "ABCD", "s>x x>a x>b a>y b>y y>c y>d c>j d>j j>e",
         [("choice", (None, ["A"]), (None, ["B"])), ("choice", (None, ["C"]), (None, ["D"]))]),
        # branches that meet before the others do
        ("xor x\nxor m\nxor j", "ABCD", "s>x x>a:p x>b:q x>c:r a>m b>m m>d d>j c>j j>e",
         [("choice", ("p or q", [("choice", ("p", ["A"]), ("q", ["B"])), "D"]), ("r", ["C"]))]),
    ],
)  # fmt: skip
def test_flows_become_blocks(nodes: str, used: str, flows: str, expected: list) -> None:
    assert tree(part(nodes, used), flows) == expected


def test_an_early_end_leaves_the_main_line_flat() -> None:
    nodes = part("end stop Refused\nxor x Ok?", "AB")
    assert tree(nodes, "s>a a>x x>stop:no x>b:yes b>e") == ["A", ("choice", ("no", ["Refused"]), ("yes", [])), "B"]


def test_hundreds_of_early_ends_stay_flat() -> None:
    nodes, flows, last = ["start s", "end e"], [], "s"
    for n in range(300):
        nodes += [f"xor x{n}", f"end e{n} No", f"task t{n} T{n}"]
        flows += [f"{last}>x{n}", f"x{n}>e{n}:no", f"x{n}>t{n}:yes"]
        last = f"t{n}"
    process = read(drawn.file("\n".join(nodes), " ".join([*flows, f"{last}>e"]))).process
    assert len(process.flow.items) == 600


def test_an_end_shared_by_two_paths_stands_on_both() -> None:
    nodes = part("end stop No\nxor x\nxor y", "AB")
    expected = [("choice", ("no", ["No"]), ("yes", [])), "A", ("choice", ("no", ["No"]), ("yes", [])), "B"]
    assert tree(nodes, "s>x x>stop:no x>a:yes a>y y>stop:no y>b:yes b>e") == expected


def test_crossing_paths_copy_the_shared_tail_and_say_so() -> None:
    nodes = part("xor x\nxor y\nxor z\nxor m\nxor n\nxor j", "ABCDFG")
    flows = "s>x x>a x>b a>y y>m y>n b>z z>n z>j m>d n>f d>c c>j f>j j>g g>e"
    imported = seen(drawn.file(nodes, flows))
    assert any("stands" in note or "asked" in note for note in imported.notes)


def test_a_loop_left_in_two_places_is_kept() -> None:
    nodes = part("xor j\nxor x\nxor y\nend stop Gone", "ABC")
    assert tree(nodes, "s>j j>a a>x x>stop:gone x>b b>y y>j:again y>c c>e") == [
        ("loop", ["A", ("choice", ("gone", ["Gone"]), (None, [])), "B"], "again", []), "C"
    ]  # fmt: skip


def test_crossing_parallel_paths_become_their_orders() -> None:
    """C waits for A and B, D for B alone: an N, which no nesting of blocks says at once."""
    nodes = part("and x\nand y\nand j\nand k", "ABCD")
    imported = seen(drawn.file(nodes, "s>x x>a x>b b>y a>j y>j y>d j>c c>k d>k k>e"))
    assert imported.process.flow.items[0].question == "D before C?"
    assert any("cross" in note for note in imported.notes)


@pytest.mark.parametrize(
    ("nodes", "used", "flows", "why"),
    [
        ("xor x\nand j", "AB", "s>x x>a x>b a>j b>j j>e", "only one of them is taken"),
        ("xor j\nxor x", "A", "s>j j>a a>x x>j x>a", "comes to an end"),
        ("and x\nxor y Enough?\nand j", "ABC", "s>x x>a x>b b>y y>j:yes y>c:no c>e a>j j>e", "goes “no”, its other"),
        ("and x\nand j\nxor m\nxor y", "AB", "s>m m>x x>a x>b a>j b>y y>m:back y>j j>e", "cannot be nested"),
        ("complex x Two of three\nxor j\nxor k", "AB", "s>j j>x x>a x>b a>k b>j k>e", "Two of three"),
    ],
)
def test_what_cannot_nest_is_refused_by_name(nodes: str, used: str, flows: str, why: str) -> None:
    with pytest.raises(InvalidBpmn, match=why):
        read(drawn.file(part(nodes, used), flows))


def test_a_flow_that_nothing_starts_is_refused() -> None:
    with pytest.raises(InvalidBpmn, match="Nothing starts"):
        read(drawn.file("task a A\ntask b B", "a>b b>a"))


def test_a_ladder_of_crossing_decisions_is_refused_in_bounded_work() -> None:
    size = 400
    nodes = "\n".join(["start s", "end e", *(f"xor g{n}\ntask t{n} T{n}" for n in range(size))])
    flows = ["s>g0", f"t{size - 1}>e", *(f"g{n}>t{n}" for n in range(size))]
    flows += [f"t{n}>g{n + 1}" for n in range(size - 1)]
    flows += [f"g{n}>g{n + 2 + n * 7 % 4}" for n in range(size - 6)]
    with pytest.raises(InvalidBpmn, match="cross so often"):
        read(drawn.file(nodes, " ".join(flows)))


def test_several_starts_are_a_choice_of_what_starts_it() -> None:
    nodes = "start s1 Letter came\nstart s2 Call came\ntask a A\ntask b B\nend e"
    imported = seen(drawn.file(nodes, "s1>a s2>b a>b b>e"))
    assert imported.process.trigger == "Letter came / Call came"
    assert drawn.outline(imported.process.flow) == [("choice", ("Letter came", ["A"]), ("Call came", [])), "B"]


def test_several_ends_keep_their_names_and_an_unnamed_last_end_says_nothing() -> None:
    nodes = part("xor x\nend e2 Refused", "AB")
    assert tree(nodes, "s>x x>a:yes x>b:no a>e b>e2") == [("choice", ("yes", ["A", "End"]), ("no", ["B", "Refused"]))]


def test_parallel_paths_that_each_run_to_their_end_are_one_block() -> None:
    nodes = part("and x\nend e2 Filed", "ABC")
    assert tree(nodes, "s>x x>a x>b a>e b>c c>e2") == [("parallel", (None, ["A"]), (None, ["B", "C"]))]


def test_what_follows_a_decision_that_ends_deep_inside_stands_in_each_way_that_goes_on() -> None:
    nodes = part("and p\nxor x\nxor y\nxor m\nend e2\nend e3 Given up", "ABCDF")
    flows = "s>p p>a a>e p>x x>y:yes x>c:no y>d:yes y>e3:no d>m c>m m>f f>e2"
    inner = ("choice", ("yes", ["D", "F"]), ("no", []))
    goes_on = ("choice", ("yes", [inner]), ("no", ["C", "F"]))
    assert tree(nodes, flows) == [("parallel", (None, ["A"]), (None, [goes_on]))]


def test_an_inclusive_join_goes_on_without_a_path_that_ends_and_says_so() -> None:
    nodes = part("or x\nxor y\nor j\nend e2 Given up", "ABC")
    imported = read(drawn.file(nodes, "s>x x>a:left x>y:right y>b:fine y>e2:bad a>j b>j j>c c>e"))
    inner = ("choice", ("fine", ["B"]), ("bad", []))
    assert drawn.outline(imported.process.flow)[:2] == [("any_of", ("left", ["A"]), ("right", [inner])), "C"]
    assert any("can end by itself" in note for note in imported.notes)
    assert any("Given up" in line for line in imported.dropped)


def test_an_event_based_gateway_is_a_choice_of_waits() -> None:
    nodes = part(f"race r\ncatch m Answer|<messageEventDefinition/>\ncatch t A week{TIMER.format('P7D')}\nxor j", "AB")
    imported = seen(drawn.file(nodes, "s>r r>m r>t m>a a>j t>b b>j j>e"))
    choice = imported.process.flow.items[0]
    first, second = (branch.do.items[0] for branch in choice.branches)
    assert (first.event, second.event, second.duration.mean_seconds) == ("message", "timer", 7 * 86400)
    assert choice.event_based
    assert [branch.when for branch in choice.branches] == ["Answer", "A week"]


def test_boundary_events_are_decided_behind_their_step_or_run_beside_it() -> None:
    late = '<boundaryEvent id="w" name="Late" attachedToRef="a"><timerEventDefinition/></boundaryEvent>'
    assert tree(part("", "ABC"), "s>a a>b b>e w>c c>e", late) == [
        "A", ("choice", ("otherwise", ["B"]), ("Late", ["C"]))
    ]  # fmt: skip
    beside = late.replace("attachedToRef", 'cancelActivity="false" attachedToRef')
    found = tree(part("end e2", "ABC"), "s>a a>b b>e w>c c>e2", beside)
    assert found == [("parallel", (None, ["A"]), (None, [("choice", ("Late", ["C"]), ("otherwise", []))])), "B"]


def test_loop_and_multi_instance_markers_are_loops() -> None:
    nodes = part("task l L|<standardLoopCharacteristics testBefore='true'/>\n"
                 "task m M|<multiInstanceLoopCharacteristics isSequential='true'/>", "")  # fmt: skip
    assert tree(nodes, "s>l l>m m>e") == [("loop", [], "once more", ["L"]), ("loop", ["M"], "there is one more", [])]


def test_subprocesses_keep_their_flow() -> None:
    inner = drawn.body("start is\ntask ia Inner\nend ie", "is>ia ia>ie").replace('id="f', 'id="i')
    imported = seen(drawn.file(part(f"sub p Part|{inner}", "A"), "s>p p>a a>e"))
    call = imported.process.flow.items[0]
    assert (call.block, call.name) == ("call", "Part")
    assert drawn.outline(imported.process.subprocesses[0].flow) == ["Inner"]
    assert call.process == imported.process.subprocesses[0].id


def test_a_call_of_a_process_in_the_same_file_brings_its_flow() -> None:
    other = f"<process id='q' name='Other'>{drawn.body('start qs', '')}</process>"
    called = "<callActivity id='c' name='Call it' calledElement='q'/>"
    data = drawn.file(part("", "AB"), "s>a a>b b>c c>e", called, other)
    imported = seen(data)
    assert imported.process.flow.items[-1].process == "q"


def test_links_join_two_places() -> None:
    nodes = part("throw t To B|<linkEventDefinition name='L'/>\ncatch c From A|<linkEventDefinition name='L'/>", "AB")
    assert tree(nodes, "s>a a>t c>b b>e") == ["A", "B"]


def test_conditional_flows_out_of_a_step_are_any_of_or_with_a_default_a_choice() -> None:
    condition = "<conditionExpression>x</conditionExpression>"
    flow = '<sequenceFlow id="{}" sourceRef="a" targetRef="{}" name="{}">{}</sequenceFlow>'
    two = flow.format("p", "b", "big", condition) + flow.format("q", "c", "late", condition)
    assert tree(part("", "ABC"), "s>a b>e c>e", two) == ["A", ("any_of", ("big", ["B"]), ("late", ["C"]))]


POOLS = (
    "<collaboration id='k'><participant id='p1' name='Shop' processRef='p'/><participant id='p2' name='Customer'/>"
    "<participant id='p3' name='Bank' processRef='q'/>"
    "<messageFlow id='m1' sourceRef='a' targetRef='p2'/><messageFlow id='m2' sourceRef='p2' targetRef='w'/>"
    "<messageFlow id='m3' sourceRef='b' targetRef='qa' name='order'/></collaboration>"
    f"<process id='q'>{drawn.body('start qs', '')}<task id='qa' name='Pay'/></process>"
)
LANES = (
    "<laneSet id='ls'><lane id='l1' name='Sales'><flowNodeRef>a</flowNodeRef></lane>"
    "<lane id='l2' name='Back office'><childLaneSet id='cs'><lane id='l3' name='Clerk'><flowNodeRef>b</flowNodeRef>"
    "<flowNodeRef>w</flowNodeRef></lane></childLaneSet></lane></laneSet>"
)


def test_pools_lanes_and_messages_are_parties_roles_and_contacts() -> None:
    nodes = part("catch w Reply|<messageEventDefinition/>", "AB")
    imported = seen(drawn.file(nodes, "s>a a>b b>w w>e", LANES, POOLS))
    process = imported.process
    roles = {role.name: role for role in process.roles}
    assert roles["Clerk"].unit == "Back office"
    assert roles["Customer"].kind == roles["Bank"].kind == "external"
    a, b, wait, *_ = process.flow.items
    assert (a.contact, b.contact, wait.contact) == ("Customer", "Bank", "Customer")
    assert (a.role, b.role) == (roles["Sales"].id, roles["Clerk"].id)
    assert any("Bank" in item for item in imported.dropped)
    assert any("order" in item for item in imported.dropped)


def test_the_pool_can_be_chosen() -> None:
    data = drawn.file(part("", "AB"), "s>a a>b b>e", "", POOLS)
    assert read(data, "bank").process.name == "Bank"
    with pytest.raises(InvalidBpmn, match="no pool Customer"):
        read(data, "Customer")


def test_documents_are_read_and_written() -> None:
    task = (
        "<task id='a' name='A'><property id='slot'/><dataInputAssociation id='i'><sourceRef>d1</sourceRef>"
        "<targetRef>slot</targetRef></dataInputAssociation><dataOutputAssociation id='o'><targetRef>d2</targetRef>"
        "</dataOutputAssociation></task><dataObject id='x'/>"
        "<dataObjectReference id='d1' name='Order' dataObjectRef='x'/>"
        "<dataStoreReference id='d2' name='Ledger'/><dataObjectReference id='d3' name='Lost' dataObjectRef='x'/>"
    )
    imported = seen(drawn.file("start s\nend e", "s>a a>e", task))
    a = imported.process.flow.items[0]
    assert ([d.name for d in imported.process.data], a.reads, a.writes) == (
        ["Order", "Ledger"],
        ("order",),
        ("ledger",),
    )
    assert any("Lost" in item for item in imported.dropped)


def test_types_of_tasks_say_how_the_work_is_done() -> None:
    nodes = "start s\nend e\nuserTask u U\nserviceTask v V\nmanualTask m M\nbusinessRuleTask r R\nreceiveTask w W"
    imported = seen(drawn.file(nodes, "s>u u>v v>m m>r r>w w>e"))
    u, v, m, r, _ = imported.process.flow.items
    assert (u.automation, v.automation, m.automation, r.rule_based) == ("assisted", "automatic", "manual", True)
    assert imported.process.flow.items[-1].receives
    assert not v.receives


def test_nothing_is_lost_in_silence() -> None:
    extra = (
        "<textAnnotation id='t1'><text>Only on Mondays</text></textAnnotation>"
        "<association id='as' sourceRef='a' targetRef='t1'/>"
        "<textAnnotation id='t2'><text>Floating remark</text></textAnnotation><group id='g'/>"
        "<subProcess id='ev' name='On error' triggeredByEvent='true'><startEvent id='es'/></subProcess>"
        "<task id='lone' name='Lonely'/><task id='x' name='X'><extensionElements><y:z xmlns:y='urn:y'/>"
        "</extensionElements></task>"
    )
    imported = seen(drawn.file(part("", "A"), "s>a a>x x>e", extra))
    assert imported.process.flow.items[0].note == "Only on Mondays"
    told = " | ".join(imported.dropped)
    for piece in ("Floating remark", "group", "On error", "Lonely", "y:z"):
        assert piece in told


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("P3D", 259200), ("PT90M", 5400), ("P1W", 604800), ("P1DT2H", 93600), ("PT0S", 0), ("tomorrow", 0)],
)
def test_iso_durations(text: str, seconds: float) -> None:
    found = parse_duration(text)
    assert (found.mean_seconds if found else 0) == seconds


def test_reading_twice_gives_the_same() -> None:
    nodes = part("and x\nand y\nand j\nand k", "ABCD")
    data = drawn.file(nodes, "s>x x>a x>b b>y a>j y>j y>d j>c c>k d>k k>e")
    assert read(data) == read(data)
