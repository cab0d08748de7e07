"""The outline reads back to the same process, whatever is in it, and takes what people add by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from strategies import processes

from assistant.errors import InvalidProcess
from assistant.process.codec import from_data
from assistant.process.outline import from_outline, is_outline, to_outline
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


@settings(max_examples=40, deadline=None)
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
