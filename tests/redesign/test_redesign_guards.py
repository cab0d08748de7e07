"""The guards: each thing no proposal may do is refused with its reason, whoever proposes it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from redesign_kit import process, quick

from assistant.errors import EditRefused
from assistant.language.offline.story import read
from assistant.process.apply import apply
from assistant.process.blocks import Task
from assistant.process.edits import (
    Delete,
    ExtractToCall,
    Insert,
    Merge,
    Move,
    Parallelise,
    Place,
    Rename,
    SetRole,
    SetValue,
    WrapInChoice,
)
from assistant.process.tree import by_id, tasks
from assistant.redesign.alternatives import accept
from assistant.redesign.guards import faults
from assistant.redesign.proposals import as_offered
from assistant.redesign.protection import Protection, matching
from assistant.redesign.shapes import Needs, Proposal
from assistant.redesign.view import View
from assistant.settings import RedesignSettings

FLOW = """
roles: [{id: a, name: Clerk, unit: Office}, {id: b, name: Head, unit: Office}]
data: [{id: d, name: Form}, {id: r, name: Record}, {id: x, name: List}]
separations: [{a: enter, b: sign, reason: segregation of duties}]
flow:
  - task: {id: read, name: Read the form, role: a, reads: [d], writes: [x]}
  - task: {id: enter, name: Enter the record, role: a, reads: [x], writes: [r]}
  - task: {id: sign, name: Sign the record, role: b, reads: [r], control: true}
  - task: {id: check, name: Check the record by law, role: b, reads: [r], control: true, legal_basis: tax code}
  - task: {id: look, name: Check the list, role: b, reads: [x], control: true}
  - task: {id: sort, name: Sort the list, role: a, reads: [x], writes: [x]}
  - task: {id: send, name: Send the record, role: a, reads: [r], value_class: VA}
  - task: {id: log, name: Log the case, role: a}
  - end: {id: e, outcome: Record sent}
"""


@pytest.fixture
def view() -> View:
    return View(process(FLOW), RedesignSettings())


@pytest.mark.parametrize(
    ("edits", "word"),
    [
        ([Delete(ids=("check",))], "protected (legal basis: tax code)"),
        ([SetValue(id="check", field="automation", value="automatic")], "would be changed"),
        ([SetRole(ids=("sign",), role="a")], "protected"),
        ([Delete(ids=("enter",))], "separate hands"),
        ([WrapInChoice(ids=("check",), id="w", p=0.1)], "under other conditions"),
        ([ExtractToCall(ids=("check",), id="c", subprocess="s", name="Checks")], "under other conditions"),
        ([Move(ids=("send",), place=Place(before="check"))], "would come before"),
        ([Delete(ids=("look",))], "without saying what it caught"),
        ([Delete(ids=("e",))], "The outcome 'record sent' would be gone"),
        ([Parallelise(groups=(("look",), ("sort",)), id="p")], "not known to be independent"),
        ([Parallelise(groups=(("send",), ("log",)), id="p")], "not known to be independent"),
        ([SetRole(ids=("look",), role="a")], "those whose work it checks"),
        ([Move(ids=("e",), place=Place(before="log"))], "never reached"),
        ([Delete(ids=("nothing",))], "nothing"),
        ([Merge(ids=("enter", "sign"), task=Task(id="enter", name="Enter and sign"))], "protected"),
    ],
)  # fmt: skip
def test_what_must_not_be_is_refused_with_its_reason(view, edits, word):
    _, found = faults(view, edits)
    assert any(word in one for one in found), found


def test_what_may_be_passes(view):
    for edits in (
        [Delete(ids=("log",))],
        [Delete(ids=("look",))],
        [Move(ids=("log",), place=Place(before="send"))],
        [Insert(blocks=(Task(id="n", name="Note the case", role="a"),), place=Place(after="send"))],
    ):
        after, found = faults(view, edits, caught=("looked at the list",))
        assert after is not None
        assert found == []


def test_outcomes_may_change_only_when_asked_for(view):
    after, found = faults(view, [Delete(ids=("e",))], free_outcomes=True)
    assert after is not None
    assert found == []


def test_whoever_read_the_story_may_call_an_end_otherwise_and_nobody_else(view):
    edits = [Rename(id="e", name="record sent at once")]
    assert faults(view, edits, story_read=True)[1] == []
    assert "The outcome 'record sent' would be gone." in faults(view, edits)[1]


def test_keep_protects_the_step_it_names_and_says_when_none_is_called_so(view):
    one = view.process
    assert matching(one, "sort the list") == ["sort"]
    kept = Protection(one, ("Sort the list", "the dragon"))
    assert 'asked to keep "Sort the list"' in kept.reasons["sort"]
    assert kept.unmatched == ("the dragon",)


def test_keep_holds_through_a_whole_redesign():
    text = """
roles: [{id: a, name: Clerk, cost_per_hour: 30}]
volume: 5 per h
flow:
  - task: {id: w, name: Do the work, role: a, work: 10 min, value_class: VA}
  - task: {id: c, name: Copy the form, role: a, work: 9 min, value_class: NVA}
  - end: {id: e, outcome: Done}
"""
    free = quick(process(text))
    assert "c" not in by_id(free.alternatives[0].process)
    held = quick(process(text), keep=("copy the form",))
    assert all("c" in by_id(one.process) for one in held.alternatives)
    assert any("asked to keep" in guard for guard in held.alternatives[0].guards)


def test_accept_takes_over_or_refuses_and_findings_follow():
    result = quick(
        process("""
roles: [{id: a, name: Clerk, cost_per_hour: 30}]
volume: 5 per h
flow:
  - task: {id: w, name: Do the work, role: a, work: 10 min, value_class: VA}
  - task: {id: c, name: Copy the form, role: a, work: 9 min, value_class: NVA}
  - end: {id: e, outcome: Done}
""")
    )
    proposal = result.alternatives[0].proposals[0]
    after = accept(result.as_is, proposal)
    assert after == result.alternatives[0].process
    assert "no_value_work" not in {one.kind for one in quick(after).findings}
    with pytest.raises(EditRefused):
        accept(after, proposal)
    with pytest.raises(EditRefused, match="cannot be taken over"):
        accept(result.as_is, proposal, keep=("copy the form",))


def test_a_proposal_from_elsewhere_passes_the_same_gates(view):
    made_up = Proposal(
        id="X", practice="H05", name="x", title="Drop the legal check", elements=("check",),
        edits=(Delete(ids=("check",)),), because=(), effects={}, tier="proposal", risks=(), failure=(), needs=Needs(),
        caught=("nothing",),
    )  # fmt: skip
    with pytest.raises(EditRefused, match="cannot be taken over"):
        accept(view.process, made_up)


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("The head nurse has to sign it, that's the law.", "Sign care plan"),
        ("The signature is a legal matter.", "Sign care plan"),
        ("The authorities insist on the signature.", "Sign care plan"),
        ("Without her signature we may not give it out.", "Sign care plan"),
        ("The counting is prescribed.", "Count drugs"),
        ("The count is compulsory.", "Count drugs"),
        ("Counting is not our idea, it's the drug act.", "Count drugs"),
        ("We'd lose our licence if nobody counted the drugs.", "Count drugs"),
        ("The vet prescribes a drug that the nurse hands out.", ""),
    ],
)
def test_a_step_of_which_the_teller_said_that_a_rule_asks_for_it_is_protected(words: str, step: str) -> None:
    told = read(
        "The clerk notes the visit. The vet writes the care plan. The head nurse signs the care plan. The nurse counts "
        f"the drugs. {words} The owner pays the bill."
    ).process
    kept = Protection(told).reasons
    assert {task.name for task in tasks(told) if task.id in kept} == ({step} if step else set())


def test_who_takes_one_rule_takes_no_other_that_was_noted_at_the_same_step(view):
    first, second, third = (
        Proposal(
            id=name, practice="H05", name=name, title=name, elements=("check",),
            edits=(SetValue(id="check", field="note", value=note),), because=(), effects={}, tier="proposal", risks=(),
            failure=(), needs=Needs(),
        )
        for name, note in (("A", "Look at all."), ("B", "Look at all. Somebody stands in."),
                           ("C", "Look at all. Somebody stands in. By noon."))
    )  # fmt: skip
    way = SimpleNamespace(proposals=(first, second, third, first))
    offered = as_offered((way,), view.process)
    assert [each.edits[0].value for each in offered] == ["Look at all.", "Somebody stands in.", "By noon."]
    taken = apply(view.process, offered[0].edits)
    assert [each.edits[0].value for each in as_offered((way,), taken)] == [
        "Look at all.", "Look at all. Somebody stands in.", "Look at all. By noon."
    ]  # fmt: skip
