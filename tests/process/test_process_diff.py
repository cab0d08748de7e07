"""What changed between two processes: always complete, and in ordinary cases one edit for one change."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from strategies import processes

from assistant.process.apply import apply
from assistant.process.codec import from_data
from assistant.process.describe import difference, in_words
from assistant.process.diff import diff
from assistant.process.edits import EDITS, edit_document
from assistant.process.model import Process
from assistant.process.questions import open_questions


def task(name: str, **more: object) -> dict[str, object]:
    return {"task": {"id": name, "name": f"Do {name}", **more}}


def made(*flow: object, **more: object) -> Process:
    return from_data(
        {"schema": "process/1", "name": "P", "flow": list(flow), "roles": [{"id": "r", "name": "R"}], **more}
    )


FIVE = [task(name) for name in "abcde"]


@settings(max_examples=12, deadline=None)
@given(processes(), processes())
def test_applying_the_difference_gives_the_other(a, b):
    assert apply(a, diff(a, b)) == b


@settings(max_examples=10, deadline=None)
@given(processes(), processes())
def test_what_differs_is_always_said_in_words(a, b):
    told = difference(a, b)
    assert bool(told) == (a != b)
    assert all(sentence.endswith(".") and len(sentence) > 8 for sentence in told)


HEAD = [field for field in Process.model_fields if field not in ("schema_", "flow", "roles", "data", "subprocesses")]


@pytest.mark.parametrize("field", HEAD)
@settings(max_examples=2, deadline=None)
@given(a=processes(max_steps=3), b=processes(max_steps=3))
def test_a_single_difference_in_the_head_is_said(field, a, b):
    b = a.model_copy(update={field: getattr(b, field)})
    assert bool(difference(a, b)) == (a != b)


@settings(max_examples=6, deadline=None)
@given(processes(max_steps=8), processes(max_steps=8))
def test_a_difference_survives_being_written_as_json(a, b):
    edits = EDITS.validate_python([edit_document(edit) for edit in diff(a, b)])
    assert apply(a, edits) == b


@settings(max_examples=6, deadline=None)
@given(processes())
def test_no_difference_no_edits(a):
    assert diff(a, a) == ()


CHANGES = [
    ({"op": "move", "ids": ["d"], "place": {"before": "a"}}, "move"),
    ({"op": "rename", "id": "c", "name": "Check it"}, "rename"),
    ({"op": "set", "id": "c", "field": "cost", "value": 4}, "set"),
    ({"op": "set_role", "ids": ["c", "d"], "role": "r"}, "set_role"),
    ({"op": "delete", "ids": ["c"]}, "delete"),
    ({"op": "insert", "blocks": [task("n"), task("m")], "place": {"after": "b"}}, "insert"),
    ({"op": "swap", "a": "a", "b": "e"}, "swap"),
    ({"op": "wrap_in_choice", "ids": ["b", "c"], "id": "x", "when": "yes", "p": 0.3}, "wrap_in_choice"),
    ({"op": "wrap_in_loop", "ids": ["b"], "id": "x", "while": "wrong", "as_part": "redo"}, "wrap_in_loop"),
    ({"op": "parallelise", "groups": [["b"], ["c"]], "id": "x"}, "parallelise"),
    ({"op": "extract_to_call", "ids": ["b", "c"], "id": "x", "subprocess": "s", "name": "Sub"}, "extract_to_call"),
    ({"op": "set_process", "field": "trigger", "value": "a letter comes"}, "set_process"),
    ({"op": "put_role", "role": {"id": "boss", "name": "Boss"}}, "put_role"),
]


@pytest.mark.parametrize(("change", "op"), CHANGES, ids=[op for _, op in CHANGES])
def test_one_change_is_one_edit(change, op):
    a = made(*FIVE)
    found = diff(a, apply(a, EDITS.validate_python([change])))
    assert [edit.op for edit in found] == [op]


def test_a_condition_is_one_edit():
    a = made({"choice": {"id": "c", "branches": [{"when": "yes", "do": [task("a")]}, {"when": "no"}]}})
    change = EDITS.validate_python([{"op": "set_condition", "id": "c.1", "when": "always", "p": 0.4}])
    assert diff(a, apply(a, change)) == change


def test_a_task_moved_into_a_branch_keeps_its_identity():
    flow = [task("a"), {"choice": {"id": "c", "branches": [{"when": "yes", "do": [task("b")]}, {"when": "no"}]}}]
    a = made(*flow)
    b = apply(a, EDITS.validate_python([{"op": "move", "ids": ["a"], "place": {"into": "c.2"}}]))
    assert [edit.op for edit in diff(a, b)] == ["move"]


def test_nesting_turned_inside_out():
    inner = {"loop": {"id": "l", "do": [task("a")]}}
    a = made({"choice": {"id": "c", "branches": [[inner], []]}})
    b = made({"loop": {"id": "l", "do": [{"choice": {"id": "c", "branches": [[task("a")], []]}}]}})
    assert apply(a, diff(a, b)) == b


def test_a_step_that_becomes_another_kind_of_block():
    a = made(task("a"), task("b"))
    b = made(task("a"), {"parallel": {"id": "b", "branches": [[task("c")], [task("d")]]}})
    assert apply(a, diff(a, b)) == b


def test_branches_in_another_order():
    ways = [{"id": "w1", "do": [task("a")]}, {"id": "w2", "do": [task("b")]}]
    a, b = (made({"choice": {"id": "c", "branches": order}}) for order in (ways, ways[::-1]))
    assert apply(a, diff(a, b)) == b


def test_a_remark_is_told_in_its_words_and_not_as_data():
    remark = {
        "id": "m",
        "kind": "late_check",
        "text": "It lies there for days.",
        "figures": [{"value": 600.0, "unit": "s"}],
    }
    edits = EDITS.validate_python([{"op": "set_process", "field": "remarks", "value": [remark]}])
    assert in_words(made(task("a")), edits) == ["Heard: “It lies there for days.” (a check that comes late)."]


def test_edits_are_told_as_a_reader_would_put_them():
    big = {"choice": {"id": "big", "question": "over 80 pages?", "branches": [
        {"id": "big.1", "when": "over 80 pages", "do": [task("bind")]},
        {"id": "big.2", "when": "not over 80 pages", "do": []},
    ]}}  # fmt: skip
    again = {"loop": {"id": "again", "while": "torn", "until": "whole", "do": [task("mend")]}}
    before, ill = made(task("a"), task("b"), big, again), {"id": "ill", "question": "ill?"}
    wanted = [
        {"op": "set_condition", "id": "big.1", "when": "over 80 pages", "p": 0.2, "basis": "stated"},
        {"op": "set", "id": "again", "field": "until", "value": "mended"},
        {"op": "move", "ids": ["a"], "place": {"into": "big.1", "at": "end"}},
        {"op": "insert", "place": {"after": "b"}, "blocks": [{"choice": {**ill, "branches": [
            {"id": "ill.1", "when": "ill", "p": 0.1, "do": [task("rest")]}, {"id": "ill.2", "when": "well", "do": []},
        ]}}]},
    ]  # fmt: skip
    assert in_words(before, EDITS.validate_python(wanted)) == [
        "Set the chance of the branch “over 80 pages” to 20% (stated).",
        "The repetition while “torn” ends when “mended”.",
        "Moved “Do a” to the end of the branch “over 80 pages”.",
        "Added the decision “ill?” (when “ill”, in 10% of cases: “Do rest”) after “Do b”.",
    ]
    asked = [question.text for question in open_questions(before)]
    assert not any("what happens when" in text for text in asked)  # “not over 80 pages” only says which way
