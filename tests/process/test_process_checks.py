"""Checks, measures, closed-form expectations and questions on small processes whose figures are known by hand."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from strategies import processes

from assistant.process.blocks import AnyOf, Call, Choice, End, Loop, Parallel, Sequence, Task
from assistant.process.checks import check
from assistant.process.codec import from_data
from assistant.process.expected import again, branch_chances, expected, visit_rates
from assistant.process.handoffs import following, handoffs
from assistant.process.measures import structure
from assistant.process.model import Process
from assistant.process.questions import open_questions
from assistant.process.words import verb_object


def task(name: str, label: str | None = None, mean: float | None = None, **more: object) -> dict[str, object]:
    work = {"work": {"kind": "exponential", "mean": mean, "unit": "s"}} if mean is not None else {}
    return {"task": {"id": name, "name": label or f"Check part {name}", **work, **more}}


def made(*flow: object, **more: object) -> Process:
    return from_data({"schema": "process/1", "name": "P", "flow": list(flow), **more})


ROLES = {
    "roles": [{"id": "a", "name": "A", "unit": "Sales", "cost_per_hour": 36}, {"id": "b", "name": "B", "unit": "Ops"}]
}
END = {"end": {"id": "e", "outcome": "Refused"}}

FOUND = [
    ("unreachable-step", "error", made(END, task("t"))),
    ("end-in-parallel", "error", made({"parallel": {"id": "p", "branches": [[task("t"), END], [task("u")]]}})),
    ("no-work", "error", made()),
    ("chances-do-not-add-up", "error", made({"choice": {"id": "c", "branches": [{"p": 0.6}, {"p": 0.6}]}})),
    ("endless-loop", "error", made({"loop": {"id": "l", "do": [task("t")], "p": 1}})),
    ("nobody-in-role", "error", made(task("t", role="r"), roles=[{"id": "r", "name": "R", "capacity": 0}])),
    ("separation-broken", "error", made(task("t", role="r"), task("u", role="r"), separations=[{"a": "t", "b": "u"}],
                                        roles=[{"id": "r", "name": "R", "capacity": 1}])),
    ("missing-condition", "warning", made({"choice": {"id": "c", "branches": [[task("t")], []]}})),
    ("same-condition", "warning", made({"choice": {"id": "c", "branches": [{"when": "Yes"}, {"when": "yes "}]}})),
    ("task-without-role", "warning", made(task("t"))),
    ("too-large", "warning", made(*(task(f"t{n}") for n in range(31)))),
    ("deep-nesting", "warning", made({"loop": {"do": [{"loop": {"do": [{"loop": {"do": [{"loop": {"do": [
        {"loop": {"do": [task("t")]}}]}}]}}]}}]}})),
    ("label-repeated", "warning", made(task("t", "Check it"), task("u", "check it"))),
    ("unowned-interface", "warning", made(task("t", role="a"), task("u", role="b"), **ROLES)),
    ("duties-not-separated", "warning", made(
        task("t", "Request budget", role="a"), task("u", "Approve budget", role="a"), **ROLES)),
    ("data-never-written", "warning", made(task("t", reads=["d"]), data=[{"id": "d", "name": "Order"}])),
    ("reference-to-nothing", "warning", made(task("t"), protected=[{"id": "gone", "reason": "law"}])),
    ("subprocess-not-called", "warning", made(task("t"), subprocesses=[{"id": "s", "name": "S", "flow": []}])),
    ("label-style", "hint", made(task("t", "Order entry"))),
    ("label-joined", "hint", made(task("t", "Check and approve order"))),
    ("role-without-task", "hint", made(task("t", role="a"), **ROLES)),
    ("data-never-read", "hint", made(task("t", writes=["d"]), data=[{"id": "d", "name": "Order"}])),
    ("missing-chance", "hint", made({"choice": {"id": "c", "branches": [{"when": "yes"}, {"when": "no"}]}})),
    ("inclusive-gateway", "hint", made({"any_of": {"id": "c", "branches": [[task("t")], [task("u")]]}})),
    ("wait-without-length", "hint", made(task("t"), {"wait": {"id": "w"}})),
]  # fmt: skip


@pytest.mark.parametrize(("name", "severity", "process"), FOUND, ids=[row[0] for row in FOUND])
def test_what_a_check_finds(name, severity, process):
    found = [issue for issue in check(process) if issue.id == name]
    assert [issue.severity for issue in found[:1]] == [severity]
    assert found[0].remedy
    assert found[0].text.endswith(".")


def test_a_complete_process_has_nothing_to_mend():
    process = made(
        task("t", "Check order", 60, role="a", writes=["d"]),
        {"choice": {"id": "c", "question": "Complete?", "branches": [
            {"when": "yes", "p": 0.9, "do": [task("u", "Ship goods", 90, role="b", reads=["d"])]},
            {"when": "no", "p": 0.1, "do": [END]}]}},
        **ROLES, data=[{"id": "d", "name": "Order"}], owner="Head of sales", trigger="Order arrives",
        customers=["Buyer"], volume={"between": {"kind": "fixed", "value": 5}},
    )  # fmt: skip
    assert check(process) == []


@pytest.mark.parametrize(
    "label", ["Check order", "Re-enter the claim", "Digitalize contract", "Send offer to customer"]
)
def test_good_labels(label):
    assert verb_object(label)


@pytest.mark.parametrize("label", ["Order entry", "Approval", "Invoice processing", "Check", "The clerk", ""])
def test_poor_labels(label):
    assert not verb_object(label)


def test_structure_counts_what_bpmn_draws():
    found = structure(made(
        task("t", role="a"),
        {"choice": {"id": "c", "branches": [[task("u", role="b"), END], [], [task("v", role="a")]]}},
        {"parallel": {"id": "p", "branches": [[task("x")], [task("y")]]}},
        {"loop": {"id": "l", "do": [task("z", role="a")]}},
        **ROLES,
    ))  # fmt: skip
    assert (found.size, found.gateways, found.events, found.flows) == (15, 6, 3, 17)
    assert (found.cfc, found.nesting, found.handoffs, found.department_changes) == (3 + 1 + 2, 1, 1, 1)


def test_what_follows_what():
    process = made(
        task("t", role="a"), {"choice": {"id": "c", "branches": [[task("u", role="b")], []]}},
        {"loop": {"id": "l", "do": [task("v", role="a")], "redo": [task("w", role="b")]}}, **ROLES,
    )  # fmt: skip
    pairs = {(edge.before.id, edge.after.id) for edge in following(process)}
    assert pairs == {("t", "u"), ("t", "v"), ("u", "v"), ("v", "w"), ("w", "v")}
    assert len(handoffs(process)) == 4


def test_expected_figures_by_hand():
    process = made(
        task("t", mean=10, role="a"),
        {"choice": {"id": "c", "branches": [{"p": 0.25, "do": [task("u", mean=8), END]}, {}]}},
        {"loop": {"id": "l", "do": [task("v", mean=3)], "p": 0.5, "redo": [task("w", mean=1)]}},
        {"wait": {"id": "x", "duration": {"kind": "uniform", "low": 2, "high": 6, "unit": "s"}}},
        **ROLES,
    )
    rates = visit_rates(process)
    assert (rates["u"], rates["c.2"], rates["v"], rates["w"]) == (0.25, 0.75, 1.5, 0.75)
    found = expected(process)
    assert found.work.value == pytest.approx(10 + 2 + 4.5 + 0.75)
    assert found.wait.value == pytest.approx(0.75 * 4)
    assert found.elapsed.value == pytest.approx(found.work.value + found.wait.value)
    assert found.cost.value == pytest.approx(10 / 3600 * 36)
    assert all(figure.exact for figure in (found.work, found.wait, found.elapsed, found.cost))


def test_parallel_times_are_exact_only_when_fixed():
    def both(a: dict[str, object], b: dict[str, object]) -> Process:
        work = [{"task": {"id": n, "name": n, "work": {**d, "unit": "s"}}} for n, d in (("t", a), ("u", b))]
        return made({"parallel": {"id": "p", "branches": [[work[0]], [work[1]]]}})

    fixed, random_ = {"kind": "fixed", "value": 5}, {"kind": "exponential", "mean": 7}
    assert (expected(both(fixed, fixed)).elapsed.value, expected(both(fixed, fixed)).elapsed.exact) == (5, True)
    assert not expected(both(fixed, random_)).elapsed.exact


def play(process: Process, rng: random.Random) -> dict[str, int]:
    """One case walked through, counting its steps."""
    subs = {sub.id: sub.flow for sub in process.subprocesses}
    count: dict[str, int] = {}

    def through(sequence: Sequence) -> bool:
        return all(step_(step) for step in sequence.items)

    def step_(step: object) -> bool:
        count[step.id] = count.get(step.id, 0) + 1
        if isinstance(step, End):
            return False
        if isinstance(step, Choice):
            return through(rng.choices(step.branches, branch_chances(step))[0].do)
        if isinstance(step, AnyOf | Parallel):
            chances = branch_chances(step) if isinstance(step, AnyOf) else (1.0,) * len(step.branches)
            drawn = [b for b, p in zip(step.branches, chances, strict=True) if rng.random() < p]
            return [through(branch.do) for branch in drawn].count(False) == 0
        if isinstance(step, Loop):
            going = through(step.do)
            while going and rng.random() < again(step):
                going = through(step.redo) and through(step.do)
            return going
        if isinstance(step, Call) and step.process in subs:
            through(subs[step.process])
        return True

    through(process.flow)
    return count


def test_visit_rates_agree_with_playing():
    process = made(
        {"loop": {"id": "l", "p": 0.4, "redo": [task("t")], "do": [
            {"choice": {"id": "c", "branches": [{"p": 0.3, "do": [task("u"), END]}, {"do": [task("v")]}]}}]}},
        {"any_of": {"id": "o", "branches": [{"p": 0.5, "do": [task("w")]}, {"p": 0.2}]}},
        {"call": {"id": "k", "name": "S", "process": "s"}},
        subprocesses=[{"id": "s", "name": "S", "flow": [task("x")]}],
    )  # fmt: skip
    rng, rates, runs = random.Random(1), visit_rates(process), 8000
    seen: dict[str, int] = {}
    for _ in range(runs):
        for name, times in play(process, rng).items():
            seen[name] = seen.get(name, 0) + times
    for name in ("t", "u", "v", "w", "k", "x", "c", "l", "e"):
        assert seen[name] / runs == pytest.approx(rates[name], abs=0.03), name


@settings(max_examples=12, deadline=None)
@given(processes())
def test_nothing_breaks_on_any_process(process):
    assert not [
        issue for issue in check(process) if issue.id in ("unreachable-step", "end-in-parallel", "broken-reference")
    ]
    assert structure(process).tasks == sum(isinstance(step, Task) for step in _steps(process))
    rates = visit_rates(process)
    assert all(rate >= 0 for rate in rates.values())
    assert expected(process).work.value >= 0
    questions = open_questions(process)
    assert len({question.id for question in questions}) == len(questions)
    assert all(0 <= question.weight <= 1 and question.why for question in questions)


def _steps(process: Process) -> list[object]:
    from assistant.process.tree import walk

    return list(walk(process))


def test_questions_name_the_step_and_the_weightiest_comes_first():
    process = made(
        task("t", "Check order", 5, role="a"), task("u", "Pack goods", role="a"), task("v", "Ship goods", 5),
        {"choice": {"id": "c", "question": "Paid?", "branches": [
            {"when": "yes", "p": 0.8}, {"when": "not paid", "p": 0.2}]}},
        {"loop": {"id": "l", "do": [task("w", "Weigh parcel", 1, role="a")]}}, **ROLES,
    )  # fmt: skip
    asked = {question.id: question for question in open_questions(process)}
    assert asked["who:v"].text == "Who does “Ship goods”?"
    assert asked["work:u"].elements == ("u",)
    assert asked["rejected:c.2"].field == "do"
    assert "Weigh parcel" in asked["repeat:l"].text
    assert {"volume", "customers", "owner", "capacity:a"} <= set(asked)
    assert "chance:c" not in asked
    weights = [question.weight for question in open_questions(process)]
    assert weights == sorted(weights, reverse=True)


def test_what_the_text_answers_is_not_asked():
    process = made(task("t", "Check order", 5, role="a"), **ROLES)
    text = "The process owner is Ann. About 40 orders come per day from customers. It starts when an order arrives."
    asked = {question.id for question in open_questions(process, text)}
    assert not asked & {"volume", "owner", "customers", "trigger"}


def test_an_empty_process_asks_for_its_steps_only():
    assert [question.id for question in open_questions(made())] == ["flow"]
