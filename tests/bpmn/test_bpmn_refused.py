"""A file whose flow cannot become a tree is refused with a picture that marks the spot."""

from __future__ import annotations

from pathlib import Path

import drawn
import pytest
from lxml import etree

from assistant.bpmn.read import read
from assistant.bpmn.refused import as_drawn
from assistant.cli.main import main
from assistant.errors import InvalidBpmn

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DRAWN = 'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
SVG = "{http://www.w3.org/2000/svg}"
NODES = {
    "s": '<startEvent id="s" name="Alarm &lt;b&gt;"/>',
    "j": '<exclusiveGateway id="j"/>',
    "a": '<task id="a" name="Check machine"/>',
    "b": '<task id="b" name="Reset machine"/>',
}
FLOWS = (("s", "j"), ("j", "a"), ("a", "b"), ("b", "j"))


def circle(placed: bool) -> bytes:
    flows = "".join(f'<sequenceFlow id="{a}{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in FLOWS)
    shapes = "".join(
        f'<di:BPMNShape bpmnElement="{name}"><dc:Bounds x="{at * 200 - 5000}" y="40" width="90" height="70"/>'
        "</di:BPMNShape>"
        for at, name in enumerate(NODES)
    )
    picture = f"<di:BPMNDiagram><di:BPMNPlane>{shapes}</di:BPMNPlane></di:BPMNDiagram>" if placed else ""
    body = f'<process id="p" name="Alarms">{"".join(NODES.values())}{flows}</process>'
    return f'<definitions xmlns="{MODEL}" {DRAWN}>{body}{picture}</definitions>'.encode()


def fault_of(data: bytes) -> InvalidBpmn:
    with pytest.raises(InvalidBpmn) as caught:
        read(data)
    return caught.value


@pytest.mark.parametrize("placed", [True, False])
def test_the_spot_is_marked_and_everything_else_is_there(placed: bool) -> None:
    fault = fault_of(circle(placed))
    assert set(fault.spots) >= {"a", "b"}
    drawn = as_drawn(circle(placed), fault)
    root = etree.fromstring(drawn.encode())
    titles = [title.text or "" for title in root.iter(f"{SVG}title")]
    assert [title for title in titles if title.startswith("Check machine")] == [
        "Check machine (a problem: It runs in circles at the step Check machine, the step Reset machine.)"
    ]
    assert "Alarm" in titles
    assert "a problem" in "".join(root.itertext())
    assert 200 < float(root.get("width", "0")) < 2000  # wherever on the sheet the file has its diagram


def test_convert_draws_what_it_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("alarms.bpmn").write_bytes(circle(True))
    assert main(["convert", "alarms.bpmn", "alarms.svg"]) == 2
    assert "The spot is marked in the drawing alarms.svg." in capsys.readouterr().err
    assert "Reset machine" in Path("alarms.svg").read_text("utf-8")
    assert main(["convert", "alarms.bpmn", "alarms.svg"]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["convert", "alarms.bpmn", "alarms.json"]) == 2
    assert "`assistant convert FILE picture.svg` draws" in capsys.readouterr().err
    assert not Path("alarms.json").exists()


FORK = ("s Order came", "and f", "task a Check stock", "task b Check credit", "xor x Credit fine?", "task r Refuse",
        "end g Refused", "and j", "task c Ship", "end e Shipped")  # fmt: skip
WAITING = {
    "a way out of parallel work": (
        FORK, "s>f f>a f>b a>j b>x x>j:yes x>r:no r>g j>c c>e",
        "The parallel gateway after “Check stock” and “Credit fine?” can wait for ever.",
        "when the gateway Credit fine? goes “no”, its other way is not taken.",
        "Lead every way out of the gateway Credit fine? to that join", {"j", "x"},
    ),
    "behind a choice": (
        ("s", "xor x By post?", "task a Print", "task b Mail it", "and j", "xor k", "task o Call", "task d File",
         "end e"),
        "s>x x>a:yes x>b:no x>o:late a>j b>j j>k o>k k>d d>e",
        "The parallel gateway after “Print” and “Mail it” can wait for ever.",
        "nothing comes from the step Print.", "Join these paths with an exclusive gateway", {"j", "x"},
    ),
    "a choice that passes the split by": (
        ("s", "xor x Rush?", "and f", "task a Pack", "task b Bill", "task d Stand by", "and j", "task c Ship", "end e"),
        "s>x x>f:yes x>d:no f>a f>b a>j b>j d>j j>c c>e",
        "can wait for ever.", "goes “no”, nothing comes from the step Pack and the step Bill.",
        "Join what runs in parallel by itself first", {"j", "x"},
    ),
    "a way back": (
        ("s", "and f", "task a Write", "task b Draw", "xor x Good?", "task w Rework", "and j", "end e"),
        "s>f f>a f>b a>x x>j:yes x>w:no w>f b>j j>e",
        "The parallel gateway after “Rework” can wait for ever.", "which comes only after it.",
        "by an exclusive gateway before it", {"f"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("nodes", "flows", "what", "why", "remedy", "spots"), WAITING.values(), ids=WAITING)
def test_a_join_that_waits_for_ever_is_named_with_the_decision_that_starves_it(
    nodes: tuple[str, ...], flows: str, what: str, why: str, remedy: str, spots: set[str],
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    first, *rest = nodes
    monkeypatch.chdir(tmp_path)
    data = drawn.file("\n".join([f"start {first}", *rest]), flows)
    Path("waits.bpmn").write_bytes(data)
    assert main(["convert", "waits.bpmn", "waits.svg"]) == 2
    told = capsys.readouterr().err
    assert [words for words in (what, why, remedy) if words not in told] == []
    assert "nested" not in told
    assert set(fault_of(data).spots) == spots
    assert Path("waits.svg").read_text("utf-8").count("(a problem: It waits for every path into it") == len(spots)


def test_a_subprocess_that_ends_within_its_loop_is_no_parallel_work() -> None:
    inside = drawn.body(
        "start s2\nxor m\ntask a Try\nxor y Broken?\nend e2 Thrown away\nxor x Good?\nend e3",
        "s2>m m>a a>y y>e2:yes y>x:no x>m:no x>e3:yes",
    ).replace('"f', '"g')
    fault = fault_of(drawn.file(f"start s\nsub p Work|{inside}\ntask z Pack\nend e", "s>p p>z z>e"))
    assert "subprocess can end in the middle of a loop, at the gateway" in fault.what
    assert "parallel" not in f"{fault}"
