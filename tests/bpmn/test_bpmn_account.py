"""Every construct of a file is in the process or in the list of what was left out, whatever tool wrote the file."""

from __future__ import annotations

import re
from dataclasses import replace

import accounted as accounting
import drawn
import pytest
import vendors
from accounted import account

from assistant.bpmn.read import read
from assistant.bpmn.refused import as_drawn
from assistant.errors import InvalidBpmn

FILES = vendors.files(100)


@pytest.mark.parametrize(("name", "data"), FILES, ids=[name for name, _ in FILES])
def test_read_and_listed_make_up_the_file(name: str, data: bytes) -> None:
    for tally in account(data):
        assert tally.lost == (), tally
        assert tally.read + tally.listed == tally.in_file


def test_the_files_hold_what_the_tools_write() -> None:
    kinds = {tally.kind for _, data in FILES for tally in account(data)}
    assert {"value of another tool", "boundaryEvent", "eventBasedGateway", "multiInstanceLoopCharacteristics"} <= kinds
    assert len(kinds) > 35


@pytest.mark.parametrize(
    "inside",
    [
        "<timerEventDefinition t:poll='1'><timeDuration>PT1H</timeDuration></timerEventDefinition>",
        "<timerEventDefinition><timeDuration t:language='feel'>PT1H</timeDuration></timerEventDefinition>",
        "<messageEventDefinition><extensionElements><t:subscription key='k'/></extensionElements>"
        "</messageEventDefinition>",
        "<messageEventDefinition><t:field name='topic'/></messageEventDefinition>",
        "<documentation t:format='html'>Look there</documentation><messageEventDefinition/>",
        "<incoming t:order='1'>f0</incoming><messageEventDefinition/>",
    ],
)
def test_what_other_tools_add_within_an_event_is_counted_and_listed(inside: str) -> None:
    data = drawn.file(f"start s\ncatch c Wait for it | {inside}\nend e", "s>c c>e")
    data = data.replace(b"<definitions ", b"<definitions xmlns:t='urn:tool' ")
    (added,) = (tally for tally in account(data) if tally.kind == "value of another tool")
    assert (added.in_file, added.listed, added.lost) == (1, 1, ())
    assert any("another tool" in line for line in read(data).dropped)


def test_what_other_tools_add_to_a_condition_and_to_lanes_is_counted_and_listed() -> None:
    condition = "<conditionExpression t:resource='x'>big</conditionExpression>"
    data = drawn.file("start s\ntask a A\nend e", "s>a", "<laneSet id='l' t:view='1'><lane id='w' name='Clerk'>"
                      "<flowNodeRef>a</flowNodeRef></lane></laneSet>"
                      f"<sequenceFlow id='f9' sourceRef='a' targetRef='e'>{condition}</sequenceFlow>")  # fmt: skip
    data = data.replace(b"<definitions ", b"<definitions xmlns:t='urn:tool' ")
    (added,) = (tally for tally in account(data) if tally.kind == "value of another tool")
    assert (added.in_file, added.listed, added.lost) == (2, 2, ())


def test_the_count_does_not_believe_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    data = drawn.file("start s\ntask a A\nend e", "s>a a>e", "<group id='g'/><task id='lone' name='Lonely'/>")
    assert all(not tally.lost for tally in account(data))
    monkeypatch.setattr(accounting, "read", lambda *given: replace(read(*given), left_out=frozenset()))
    lost = {tally.kind: tally.lost for tally in account(data) if tally.lost}
    assert lost == {"group": ("g",), "task": ("lone",)}


NESTED = vendors.nested_files(14)
LOOSE = vendors.nested_files(28, loose=True)


@pytest.mark.parametrize(("name", "data"), NESTED, ids=[name for name, _ in NESTED])
def test_idioms_within_one_another_are_read_and_nothing_of_them_is_lost(name: str, data: bytes) -> None:
    for tally in account(data):
        assert tally.lost == (), tally
        assert tally.read + tally.listed == tally.in_file


@pytest.mark.parametrize(("name", "data"), LOOSE, ids=[name for name, _ in LOOSE])
def test_what_does_not_nest_is_read_or_refused_by_what_stands_in_the_drawing(name: str, data: bytes) -> None:
    fault = refused(data)
    if fault is None:
        assert all(not tally.lost for tally in account(data))
        return
    assert not re.search(r"Activity_\d|sid-|_4E0|Id_0|_x\d+Q", str(fault))
    assert fault.spots
    assert "a problem" in as_drawn(data, fault)


def refused(data: bytes) -> InvalidBpmn | None:
    """Why a file is refused, if it is."""
    try:
        read(data)
    except InvalidBpmn as fault:
        return fault
    return None
