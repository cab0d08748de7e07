"""The outline reads back to the same process, whatever is in it, and takes what people add by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from strategies import processes

from assistant.errors import InvalidProcess
from assistant.process.codec import from_data
from assistant.process.outline import from_outline, is_outline, to_outline, to_plain_outline
from assistant.process.tree import by_id, tasks

SHOP = """# Serve customers

Trigger: customer arrives

## Steps
1. Serve customer [t1]
   by: Clerk
   work: exponential, mean 400 s (stated)
2. Choose: Complaint? [c1]
   - if yes (10 %):
     1. End: Complaint filed [e1]
   - otherwise (90 %): nothing

## Roles
- Clerk [clerk]
  capacity: 5
"""


@settings(max_examples=20, deadline=None)
@given(processes())
def test_reading_back_is_the_identity(process):
    text = to_outline(process)
    assert from_outline(text) == process
    assert from_outline(text.replace("\n", "\r\n")) == process


def test_it_looks_like_this():
    process = from_outline(SHOP)
    assert to_outline(process) == SHOP
    assert process.flow.items[1].branches[0].p == 0.1


NASTY = ["", " x ", "[t9]", "End: it", "repeat", "Wait", "a: nothing", '"quoted"', "line\nbreak", "1. no", "- if"]
NASTY += ["{}", "a, b", "x (10 %)", "\u2028", "   ", "ends:", "[", "Choose: me", "if", "otherwise", "é", "\x85", "# x"]


@pytest.mark.parametrize("text", NASTY)
def test_odd_texts_survive_everywhere(text):
    process = from_data({
        "schema": "process/1", "name": text or "P", "trigger": text,
        "roles": [{"id": "r]", "name": text}, {"id": "s", "name": text}],
        "flow": [
            {"task": {"id": "t[1]", "name": text, "role": "r]", "note": text, "channels": [text]}},
            {"choice": {"id": "c", "question": text,
                        "branches": [{"id": "w:", "when": text, "p": 0.07}, {"when": text}]}},
            {"wait": {"id": "w", "name": text}}, {"end": {"id": "e", "outcome": text}}]})  # fmt: skip
    assert from_outline(to_outline(process)) == process


def test_people_may_add_lines_without_ids_and_name_new_roles():
    text = SHOP.replace("2. Choose", "2. Check stock\n   by: Warehouse\n   work: 5 min\n3. Choose")
    process = from_outline(text)
    added = tasks(process)[1]
    assert (added.name, added.id, added.work.mean_seconds) == ("Check stock", "check_stock", 300)
    assert process.role(added.role).name == "Warehouse"
    assert by_id(process)["t1"] == by_id(from_outline(SHOP))["t1"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("   work: quick", "Line 8"),
        ("   colour: red", "not known"),
        ("   and something else", "neither a step"),
        ("   - if yes:", "a branch stands below"),
        ('   note: "open', "Line 8"),
        ("## Nonsense", "heading is not known"),
        ("2. Other [t1]", "used 2 times"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line, reason):
    with pytest.raises(InvalidProcess) as error:
        from_outline(SHOP.replace("   work: exponential, mean 400 s (stated)", line))
    assert reason in str(error.value)


@pytest.mark.parametrize("text", ["", "hello", "# X\n\n## Steps\n" + "".join(f"{' ' * n}- x:\n" for n in range(500))])
def test_what_is_no_outline_is_refused(text):
    with pytest.raises(InvalidProcess):
        from_outline(text)


def test_telling_an_outline_from_a_story():
    assert is_outline(SHOP)
    assert not is_outline("# How we work\n\nThe clerk checks the order.\n")


def told_process():
    return from_data({
        "schema": "process/1", "name": "Repair bikes", "flow": [
            {"task": {"id": "t1", "name": "Check bike", "found_at": "t2",
                      "work": {"kind": "fixed", "value": 20, "unit": "min", "basis": "stated", "note": "by, \"hand\"",
                               "span": {"start": 3, "end": 9, "doc": "a, b.txt"}}}},
            {"task": {"id": "t2", "name": "Call customer",
                      "wait": {"kind": "fixed", "value": 1, "unit": "d", "span": {"start": 1, "end": 2}},
                      "batch": {"every": {"kind": "fixed", "value": 1, "unit": "w", "note": "x, because \"y\""}}}}],
        "separations": [{"a": "t1", "b": "t2", "reason": "law"}], "protected": [{"id": "t1", "reason": "law"}],
        "remarks": [
            {"id": "remark_1", "kind": "late_check", "text": "It comes late.", "elements": ["t1"], "sure": False,
             "span": {"start": 0, "end": 14}, "figures": [{"value": 0.4, "unit": "share", "basis": "estimated"},
                                                          {"value": 1200, "unit": "s"}]},
            {"id": "other", "kind": "wish", "text": "ends: [so]", "figures": [{"value": 2, "unit": "a, b"}]},
            {"id": "remark_3", "kind": "complaint", "text": "It comes late."}]})  # fmt: skip


def test_remarks_and_notes_are_lines_that_read_back():
    text = to_outline(told_process())
    assert from_outline(text) == told_process()
    assert "## Remarks" in text
    assert "kind: late check" in text
    assert "remark_" not in text
    assert '"id"' not in text


def test_the_outline_to_read_has_names_and_no_ids():
    text = to_plain_outline(told_process())
    assert "found at: Call customer" in text
    assert "- Check bike: law" in text
    assert "- “It comes late.” (perhaps: a check that comes late, a complaint)" in text
    assert not [mark for mark in ("t1", "t2", "{", "[t", "remark_") if mark in text]
