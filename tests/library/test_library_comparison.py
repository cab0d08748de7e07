"""A process beside a template, for any entry: nothing differs from itself, and what was changed is named."""

from __future__ import annotations

import pytest

from assistant.library.comparison import compare
from assistant.library.entries import ProcessEntry
from assistant.library.store import load_library
from assistant.library.template import template
from assistant.process.apply import apply
from assistant.process.codec import loads
from assistant.process.edits import Delete
from assistant.process.outline import from_outline

LIBRARY = load_library(None)
SAMPLE = LIBRARY.processes[::5]


@pytest.mark.parametrize("entry", SAMPLE, ids=lambda entry: entry.id)
def test_a_template_beside_itself_lacks_no_step_and_moves_none(entry: ProcessEntry) -> None:
    found = compare(entry, template(entry))
    assert len(found.shared) == len(entry.steps)
    assert not [item for item in found.missing if item.kind in ("step", "control")]
    assert found.more == ()
    assert found.order == ()


@pytest.mark.parametrize("entry", SAMPLE, ids=lambda entry: entry.id)
def test_a_step_taken_out_is_missing_with_a_reason(entry: ProcessEntry) -> None:
    gone = next((step for step in entry.steps if step.control and step.share == 1), None)
    if gone is None:  # every control stands on a branch: the first of them
        gone = next(step for step in entry.steps if step.control)
    found = compare(entry, apply(template(entry), [Delete(ids=(gone.id,))]))
    named = [item for item in found.missing if item.id == gone.id]
    assert named
    assert named[0].why
    assert any(gone.name in line for line in found.lines())


def test_a_step_of_some_cases_is_not_said_to_be_one_of_nearly_all() -> None:
    entry = LIBRARY.process("P30")
    assert entry is not None
    found = compare(entry, apply(template(entry), [Delete(ids=("scan_invoice",))]))
    told = next(item.why for item in found.missing if item.id == "scan_invoice")
    assert told == "50% of cases come through it in the template (author estimate)."


TOLD = """# Paying bills

## Steps
1. Pay invoice
2. Match invoice with order and receipt
3. Approve invoice
4. Stamp the invoice in red
"""


def test_what_comes_in_another_order_or_is_more_is_named_with_why() -> None:
    entry = LIBRARY.process("P30")
    assert entry is not None
    found = compare(entry, from_outline(TOLD))
    assert [item.text for item in found.more] == ["“Stamp the invoice in red”"] or not found.more
    assert any({moved.first, moved.second} >= {"Pay invoice"} for moved in found.order)
    assert all(moved.why for moved in found.order)
    words = "\n".join(found.lines())
    assert "In another order:" in words
    assert "Missing, as far as was told:" in words
    assert set(found.document()) == {"entry", "code", "shared", "missing", "more", "order"}


BESIDE = """{"schema": "process/1", "name": "Pay", "flow": {"sequence": [{"parallel": {"branches": [
  {"do": {"task": {"name": "Pay invoice"}}}, {"do": {"task": {"name": "Approve invoice"}}}]}}]}}"""


def test_steps_that_run_beside_each_other_have_no_order() -> None:
    entry = LIBRARY.process("P30")
    assert entry is not None
    assert compare(entry, loads(BESIDE)).order == ()


def test_another_kind_of_process_is_said_to_be_one() -> None:
    entry = LIBRARY.process("P30")
    assert entry is not None
    lines = compare(entry, from_outline("# Cake\n\n## Steps\n1. Whip cream\n2. Bake cake\n")).lines()
    assert "no step in common" in lines[-1]
