"""Edits on a process: what each does, what is refused and why, and that nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from strategies import processes

from assistant.errors import EditRefused
from assistant.process.apply import apply
from assistant.process.codec import dumps, from_data, loads
from assistant.process.edits import EDITS
from assistant.process.model import Process
from assistant.process.tree import by_id, sequences, step_id
from assistant.process.unsound_trees import flaws


def task(name: str, **more: object) -> dict[str, object]:
    return {"task": {"id": name, "name": f"Do {name}", **more}}


def made(*flow: object, **more: object) -> Process:
    return from_data(
        {"schema": "process/1", "name": "P", "flow": list(flow), "roles": [{"id": "r", "name": "R"}], **more}
    )


def shape(process: Process) -> dict[str, list[str]]:
    """Every sequence that holds something, by its address."""
    return {where: [step_id(s) for s in seq.items] for where, seq in sequences(process).items() if seq.items}


def edited(process: Process, *edits: dict[str, object]) -> Process:
    return apply(process, EDITS.validate_python(list(edits)))


CHOICE = {"choice": {"id": "c", "question": "Ok?", "branches": [
    {"when": "yes", "p": 0.9, "do": [task("x")]}, {"when": "no", "p": 0.1, "do": [task("y")]}]}}  # fmt: skip
CALLED = {"subprocesses": [{"id": "s", "name": "S", "flow": [task("s1"), task("s2")]}]}
LOOP = {"loop": {"id": "l", "do": [task("q")]}}

DONE = [
    ({"op": "insert", "blocks": [task("n")], "place": {"after": "a"}},
     {"flow": ["a", "n", "b", "c"], "c.1": ["x"], "c.2": ["y"]}),
    ({"op": "insert", "blocks": [task("n")], "place": {"into": "c.2", "at": "start"}},
     {"flow": ["a", "b", "c"], "c.1": ["x"], "c.2": ["n", "y"]}),
    ({"op": "insert", "blocks": [task("n")], "place": {"before": "y"}},
     {"flow": ["a", "b", "c"], "c.1": ["x"], "c.2": ["n", "y"]}),
    ({"op": "delete", "ids": ["a", "x"]}, {"flow": ["b", "c"], "c.2": ["y"]}),
    ({"op": "delete", "ids": ["c"]}, {"flow": ["a", "b"]}),
    ({"op": "move", "ids": ["y", "a"], "place": {"into": "c.1"}}, {"flow": ["b", "c"], "c.1": ["x", "y", "a"]}),
    ({"op": "swap", "a": "a", "b": "y"}, {"flow": ["y", "b", "c"], "c.1": ["x"], "c.2": ["a"]}),
    ({"op": "replace", "id": "c", "blocks": [task("c"), task("n")]}, {"flow": ["a", "b", "c", "n"]}),
    ({"op": "split", "id": "a", "tasks": [{"id": "a", "name": "A"}, {"id": "n", "name": "N"}]},
     {"flow": ["a", "n", "b", "c"], "c.1": ["x"], "c.2": ["y"]}),
    ({"op": "merge", "ids": ["a", "b"], "task": {"id": "a", "name": "Both"}},
     {"flow": ["a", "c"], "c.1": ["x"], "c.2": ["y"]}),
    ({"op": "parallelise", "groups": [["a"], ["b"]], "id": "p"},
     {"flow": ["p", "c"], "p.1": ["a"], "p.2": ["b"], "c.1": ["x"], "c.2": ["y"]}),
    ({"op": "put_in_sequence", "id": "c", "order": ["c.2", "c.1"]}, {"flow": ["a", "b", "y", "x"]}),
    ({"op": "wrap_in_choice", "ids": ["b"], "id": "w", "when": "late"},
     {"flow": ["a", "w", "c"], "w.1": ["b"], "c.1": ["x"], "c.2": ["y"]}),
    ({"op": "wrap_in_loop", "ids": ["b"], "id": "w", "while": "bad"},
     {"flow": ["a", "w", "c"], "w.do": ["b"], "c.1": ["x"], "c.2": ["y"]}),
    ({"op": "add_branch", "id": "c", "branch": {"id": "w", "do": [task("n")]}, "index": 1},
     {"flow": ["a", "b", "c"], "c.1": ["x"], "w": ["n"], "c.2": ["y"]}),
    ({"op": "remove_branch", "branch": "c.1"}, {"flow": ["a", "b", "c"], "c.2": ["y"]}),
    ({"op": "extract_to_call", "ids": ["a", "b"], "id": "k", "subprocess": "s", "name": "S"},
     {"flow": ["k", "c"], "c.1": ["x"], "c.2": ["y"], "s": ["a", "b"]}),
    ({"op": "copy", "id": "c", "place": {"after": "a"}, "ids": {"x": "z"}},
     {"flow": ["a", "c_2", "b", "c"], "c_2.1": ["z"], "c_2.2": ["y_2"], "c.1": ["x"], "c.2": ["y"]}),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "expected"), DONE, ids=[str(edit["op"]) for edit, _ in DONE])
def test_what_an_edit_does(edit, expected):
    process = made(task("a"), task("b"), CHOICE)
    before = dumps(process)
    assert shape(edited(process, edit)) == expected
    assert dumps(process) == before


def test_what_is_not_touched_stays_the_same_object():
    process = made(task("a"), CHOICE, LOOP)
    changed = edited(process, {"op": "rename", "id": "x", "name": "Other"})
    assert changed.flow.items[0] is process.flow.items[0]
    assert changed.flow.items[2] is process.flow.items[2]
    assert by_id(changed)["x"].name == "Other"


def test_inlining_the_only_call_keeps_the_ids():
    process = made({"call": {"id": "k", "name": "S", "process": "s"}}, **CALLED)
    changed = edited(process, {"op": "inline_call", "id": "k"})
    assert shape(changed) == {"flow": ["s1", "s2"]}
    assert changed.subprocesses == ()


def test_inlining_one_of_two_calls_copies():
    calls = [{"call": {"id": name, "name": "S", "process": "s"}} for name in ("k1", "k2")]
    changed = edited(made(*calls, **CALLED), {"op": "inline_call", "id": "k1"})
    assert shape(changed) == {"flow": ["s1_2", "s2_2", "k2"], "s": ["s1", "s2"]}


def test_values():
    changed = edited(
        made(task("a"), CHOICE, LOOP),
        {"op": "set", "id": "a", "field": "work", "value": {"kind": "fixed", "value": 3, "unit": "h"}},
        {"op": "set", "id": "c.1", "field": "p", "value": 0.7},
        {"op": "set_condition", "id": "l", "when": "not right", "p": 0.2, "basis": "stated"},
        {"op": "set", "id": "l", "field": "while", "value": "wrong"},
        {"op": "set_role", "ids": ["a", "x"], "role": "r"},
        {"op": "rename", "id": "c", "name": "Fine?"},
        {"op": "set_process", "field": "trigger", "value": "a call"},
        {"op": "put_data", "data": {"id": "d", "name": "Order"}},
    )
    steps = by_id(changed)
    assert steps["a"].work.mean_seconds == 3 * 3600
    assert [branch.p for branch in steps["c"].branches] == [0.7, 0.1]
    assert (steps["l"].while_, steps["l"].p, steps["l"].p_basis) == ("wrong", 0.2, "stated")
    assert steps["x"].role == "r"
    assert steps["c"].question == "Fine?"
    assert (changed.trigger, changed.data[0].name) == ("a call", "Order")
    assert edited(changed, {"op": "set", "id": "a", "field": "work", "value": None}).flow.items[0].work is None


REFUSED = [
    ({"op": "delete", "ids": ["chek"]}, "no step chek"),
    ({"op": "insert", "blocks": [task("a")], "place": {"into": "flow"}}, "used already"),
    ({"op": "insert", "blocks": [task("c.1")], "place": {"into": "flow"}}, "used already"),
    ({"op": "insert", "blocks": [task("n", role="nobody")], "place": {"into": "flow"}}, "not a role"),
    ({"op": "insert", "blocks": [task("n")], "place": {"into": "a"}}, "into “Do a” itself"),
    ({"op": "insert", "blocks": [{"end": {"id": "n", "outcome": "Over"}}], "place": {"before": "a"}}, "never reached"),
    ({"op": "insert", "blocks": [{"end": {"id": "n", "outcome": "Over"}}], "place": {"into": "p.1"}}, "still run"),
    ({"op": "move", "ids": ["c"], "place": {"into": "c.1"}}, "into itself"),
    ({"op": "move", "ids": ["c", "x"], "place": {"after": "a"}}, "stands inside"),
    ({"op": "swap", "a": "c", "b": "x"}, "stands inside"),
    ({"op": "merge", "ids": ["a", "x"], "task": {"id": "n", "name": "N"}}, "side by side"),
    ({"op": "parallelise", "groups": [["a"], ["q"]], "id": "n"}, "side by side"),
    ({"op": "split", "id": "c", "tasks": [{"id": "n", "name": "N"}, {"id": "m", "name": "M"}]}, "not a task"),
    ({"op": "set", "id": "a", "field": "id", "value": "z"}, "no attribute"),
    ({"op": "set", "id": "a", "field": "error_rate", "value": 7}, "cannot be set"),
    ({"op": "set", "id": "a", "field": "role", "value": "nobody"}, "not a role"),
    ({"op": "set_condition", "id": "a", "when": "x"}, "carries no condition"),
    ({"op": "rename", "id": "p", "name": "x"}, "has no name"),
    ({"op": "remove_branch", "branch": "o.1"}, "only branch"),
    ({"op": "inline_call", "id": "a"}, "not a call"),
    ({"op": "drop_role", "id": "r"}, "still has work"),
    ({"op": "set_process", "field": "flow", "value": []}, "no attribute"),
    ({"op": "extract_to_call", "ids": ["o"], "id": "n", "subprocess": "m", "name": "N"}, "cannot go into a subprocess"),
    ({"op": "put_in_sequence", "id": "p", "order": ["p.1"]}, "each branch"),
]


@pytest.mark.parametrize(("edit", "reason"), REFUSED, ids=[f"{edit['op']}: {reason}" for edit, reason in REFUSED])
def test_an_edit_that_does_not_fit_is_refused_with_the_reason(edit, reason):
    process = made(
        task("a", role="r"), CHOICE, {"parallel": {"id": "p", "branches": [[task("u")], [task("v")]]}}, task("q"),
        {"choice": {"id": "o", "branches": [{"do": [{"end": {"id": "e", "outcome": "Over"}}]}]}},
    )  # fmt: skip
    before = dumps(process)
    with pytest.raises(EditRefused) as refusal:
        edited(process, edit)
    assert reason in str(refusal.value)
    assert dumps(process) == before


def test_a_flaw_that_was_there_before_does_not_stop_another_edit():
    process = made({"end": {"id": "e", "outcome": "Over"}}, task("dead"), task("b"))
    assert shape(edited(process, {"op": "delete", "ids": ["b"]})) == {"flow": ["e", "dead"]}


def test_nesting_without_bound_is_refused():
    process = made(task("a"))
    wraps = [{"op": "wrap_in_loop", "ids": ["a" if n == 0 else f"l{n - 1}"], "id": f"l{n}"} for n in range(62)]
    with pytest.raises(EditRefused, match="could not run"):
        edited(process, *wraps)


def test_a_thousand_moves_of_a_thousand_tasks():
    process = made(*(task(f"t{n}") for n in range(1000)))
    moves = [{"op": "move", "ids": [f"t{n}"], "place": {"into": "flow", "at": "start"}} for n in range(1000)]
    assert shape(edited(process, *moves))["flow"] == [f"t{n}" for n in range(999, -1, -1)]


@settings(max_examples=10, deadline=None)
@given(processes())
def test_drawn_processes_are_sound_and_survive_json(process):
    assert flaws(process) == []
    assert loads(dumps(process)) == process
