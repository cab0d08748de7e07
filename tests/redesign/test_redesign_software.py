"""Technology first: drawn around what software can do, people where they are needed, and no promise of its price."""

from __future__ import annotations

import pytest
from redesign_kit import process, quick

from assistant.process.blocks import Task
from assistant.process.tree import by_id
from assistant.redesign.software import _kind

OFFICE = """
roles: [{id: clerk, name: Clerk}, {id: head, name: Head}]
flow:
- task: {id: enter, name: Enter order, role: clerk, work: {kind: fixed, value: 12, unit: min, basis: stated}}
- task: {id: reply, name: Write reply, role: clerk, work: {kind: fixed, value: 20, unit: min, basis: stated}}
- task: {id: weigh, name: Decide on complaint, role: clerk, judgement: true,
         work: {kind: fixed, value: 30, unit: min, basis: stated}}
- task: {id: sign, name: Sign contract, role: head, legal_basis: "trade act, section 4",
         work: {kind: fixed, value: 2, unit: min, basis: stated}}
"""
VOLUME = {"volume": {"between": {"kind": "exponential", "mean": 1, "unit": "h"}, "basis": "stated"}}


def test_technology_first_takes_routine_leaves_judgement_and_law_to_people():
    one = quick(process(OFFICE, **VOLUME)).alternative("technology first")
    given = {step.step for step in one.by_software}
    assert "Enter order" in given
    assert "Decide on complaint" not in given
    assert "Sign contract" not in given
    assert {"weigh", "sign"} <= set(by_id(one.process))
    assert any("trade act" in words for words in one.by_people)
    assert any("judgement" in words for words in one.by_people)


def test_each_step_says_accuracy_price_of_a_wrong_answer_break_even_and_watcher():
    one = quick(process(OFFICE, **VOLUME)).alternative("technology first")
    for step in one.by_software:
        assert "count it first" in step.accuracy
        assert step.wrong
        assert "of work" in step.pays
        assert step.watch.startswith("Clerk")
    unknown = quick(process(OFFICE)).alternative("technology first")
    assert all("how many cases" in step.pays for step in unknown.by_software)


def test_no_step_is_named_by_adding_software_to_it_and_the_map_keeps_the_exceptions():
    one = quick(process(OFFICE, **VOLUME)).alternative("technology first")
    names = [getattr(step, "name", "") or "" for step in by_id(one.process).values()]
    assert not any(name.endswith("by software") for name in names)
    assert "enter" in by_id(one.process)


def test_it_is_recommended_only_where_the_goal_asks_for_software():
    assert quick(process(OFFICE, **VOLUME)).recommended != "technology first"
    asked = quick(process(OFFICE, **VOLUME), goal="more software, less typing")
    assert asked.recommended == "technology first"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Prepare deceased", ""), ("prepare room", ""), ("Prepare salad", ""), ("Prepare horse", ""),
     ("Prepare contract", "draftable"), ("prepare monthly report", "draftable")],
)  # fmt: skip
def test_only_a_document_that_is_prepared_is_drafted_by_software(name: str, kind: str):
    assert _kind(Task(id="a", name=name)) == kind
