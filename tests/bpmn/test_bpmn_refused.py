"""A file whose flow cannot become a tree is refused with a picture that marks the spot."""

from __future__ import annotations

from pathlib import Path

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
