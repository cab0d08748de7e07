"""A verdict is given only where the cases carry it: false alarms, real drops, few cases, guards, margins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.evals.comparing import compare_runs
from assistant.evals.halves import TUNED, UNTOUCHED, halves, in_words
from assistant.evals.judging import Judged
from assistant.evals.runfile import Run
from assistant.evals.shapes import Case, Row
from assistant.evals.statistics import chance_of, corrected, detectable, estimate
from assistant.process.statistics import student
from assistant.settings import BUILT_IN

HEAD = {"suite": "fake", "repeats": 1, "guarded": ["fake.safe"]}
SCORES = ("task", "flow", "role", "split", "safe")


def run(table: dict[str, list[list[float]]], model: str = "fake:noisy", guards: str = "", **head: object) -> Run:
    """A run from scores by name: a list a case, of a list of repeats."""
    count = len(next(iter(table.values())))
    cases = {("fake", str(n)): Case(str(n), {"n": n}, {}, guards=guards) for n in range(count)}
    repeats = len(next(iter(table.values()))[0])
    rows = [
        Row("fake", str(n), r + 1, {name: float(values[n][r]) for name, values in table.items()}, {"said": n})
        for n in range(count)
        for r in range(repeats)
    ]
    return Run({**HEAD, "model": model, **head}, cases, rows)


def noisy(draw: np.random.Generator, hard: np.ndarray, repeats: int, less: float = 0.0) -> dict[str, list[list[float]]]:
    """Scores of a system that answers each case rightly with a chance of its own."""
    return {
        name: (draw.random((len(hard), repeats)) < np.clip(hard - less, 0, 1)[:, None]).astype(float).tolist()
        for name in SCORES
    }


def test_two_runs_of_the_same_noisy_system_are_seldom_called_different():
    draw = np.random.default_rng(1)
    hard = draw.beta(4, 2, 40)
    verdicts = [compare_runs(run(noisy(draw, hard, 2)), run(noisy(draw, hard, 2)))["verdict"] for _ in range(60)]
    assert sum(verdict in ("better", "worse") for verdict in verdicts) <= 5, "bench/verdicts.py counts over 500"


def test_a_real_drop_of_ten_points_is_seen_on_two_hundred_cases():
    draw = np.random.default_rng(2)
    hard = np.clip(draw.beta(4, 2, 200), 0.1, 1)
    verdicts = [compare_runs(run(noisy(draw, hard, 3)), run(noisy(draw, hard, 3, 0.1)))["verdict"] for _ in range(6)]
    assert verdicts.count("worse") >= 5


def test_eight_cases_cannot_tell():
    draw = np.random.default_rng(3)
    old, new = noisy(draw, np.full(8, 0.9), 3), noisy(draw, np.full(8, 0.2), 3)
    found = compare_runs(run(old), run(new))
    assert found["verdict"] == "cannot tell"
    assert found["code"] == 4


def test_a_prompt_that_changed_and_was_put_to_no_model_cannot_be_told_of():
    rows = {"task": [[0.5]] * 30}
    old, new = (run(rows, BUILT_IN, prompts={"map": label, "turn": "turn@1"}) for label in ("map@1", "map@2"))
    found = compare_runs(old, new)
    assert (found["verdict"], found["code"]) == ("cannot tell", 4)
    assert "the prompt map changed and no model was asked" in found["why"]
    assert compare_runs(new, new)["verdict"] == "no evidence"


def test_half_a_run_may_not_go_out_however_good_it_looks():
    old = run({"task": [[0.2]] * 30, "safe": [[1.0]] * 30})
    new = run({"task": [[0.9]] * 30, "safe": [[1.0]] * 30})
    assert compare_runs(old, new)["verdict"] == "better"
    cut = Run(new.head, new.cases, new.rows[:20])
    found = compare_runs(old, cut)
    assert (found["verdict"], found["code"]) == ("cannot tell", 4)
    assert "only 20 of 30 cases" in found["why"]


def test_a_gain_that_costs_a_guarded_score_is_worse():
    low, high = [[0.2]] * 40, [[0.9]] * 40
    old = {"task": low, "safe": [[1.0]] * 40}
    new = {"task": high, "safe": [[0.0]] * 20 + [[1.0]] * 20}
    assert compare_runs(run(old), run(new))["verdict"] == "worse"
    assert compare_runs(run(old), run({"task": high, "safe": [[1.0]] * 40}))["verdict"] == "better"


def test_any_score_that_falls_counts_not_only_one():
    old = {"task": [[1.0]] * 30, "flow": [[0.8]] * 30}
    assert compare_runs(run(old), run({"task": [[1.0]] * 30, "flow": [[0.0]] * 30}))["verdict"] == "worse"


def test_rules_that_lose_one_guarded_case_have_lost_it_for_certain():
    old, new = {"safe": [[1.0]] * 5}, {"safe": [[1.0]] * 4 + [[0.0]]}
    found = compare_runs(run(old, "built-in rules"), run(new, "built-in rules"))
    assert found["verdict"] == "worse"
    assert found["lost_guards"][0]["case"] == "4"
    guarded_case = compare_runs(
        run({"task": [[1.0]] * 5}, "built-in rules", guards="a control stays"),
        run({"task": [[1.0]] * 4 + [[0.5]]}, "built-in rules", guards="a control stays"),
    )
    assert guarded_case["verdict"] == "worse"
    assert compare_runs(run(old), run(new))["verdict"] == "cannot tell"


def test_not_worse_by_rules_a_loss_out_or_says_that_it_cannot():
    draw = np.random.default_rng(5)
    base = draw.random((300, 1))
    near = np.clip(base + draw.normal(0, 0.05, (300, 1)), 0, 1)
    old, new = run({"task": base.tolist()}), run({"task": near.tolist()})
    assert compare_runs(old, new, not_worse_by=0.05)["verdict"] == "not worse"
    assert compare_runs(old, new, not_worse_by=0.0001)["verdict"] == "cannot tell"
    fallen = run({"task": np.clip(base - 0.4, 0, 1).tolist()})
    assert compare_runs(old, fallen, not_worse_by=0.05)["verdict"] == "worse"


def test_only_cases_with_the_same_question_and_answer_are_paired():
    old, new = run({"task": [[1.0]] * 20}), run({"task": [[1.0]] * 25})
    new.cases[("fake", "3")] = Case("3", {"n": "another"}, {})
    found = compare_runs(old, new)
    assert found["pairs"] == 19
    assert found["unpaired"] == {"only_old": 1, "only_new": 6}


def test_a_guarded_score_that_fell_where_the_question_changed_is_named():
    old, new = run({"task": [[1.0]] * 20, "safe": [[1.0]] * 20}), run({"task": [[1.0]] * 20, "safe": [[1.0]] * 20})
    new.cases[("fake", "3")] = Case("3", {"n": "another"}, {})
    new.rows[3] = replace(new.rows[3], scores={"task": 0.0, "safe": 0.5})
    found = compare_runs(old, new)
    assert found["verdict"] == "no evidence"
    assert found["asked_otherwise"] == [
        {"suite": "fake", "case": "3", "score": "safe", "before": 1.0, "after": 0.5},
    ], "only what is guarded, and only there"


def test_errors_are_no_fails_but_more_of_them_is_worse():
    old, new = run({"task": [[1.0]] * 60}), run({"task": [[1.0]] * 60})
    new.rows = [
        row if n % 3 else Row("fake", row.case, 1, {}, None, "no answer", "ModelUnreachable")
        for n, row in enumerate(new.rows)
    ]
    found = compare_runs(old, new)
    assert found["verdict"] == "worse"
    assert "answered" in found["why"]
    task = next(row for row in found["scores"] if row["score"] == "fake.task")
    assert task["after"] == 1.0
    assert task["pairs"] == 40


def test_a_tenth_in_error_is_told_as_a_tenth():
    made = run({"task": [[1.0]] * 50})
    made.rows = [
        row if n % 10 else Row("fake", row.case, 1, {}, None, "no answer", "ModelUnreachable")
        for n, row in enumerate(made.rows)
    ]
    document = made.document()
    assert document["scores"]["answered"]["mean"] == pytest.approx(0.9)
    assert document["scores"]["task"]["mean"] == 1.0
    assert len(document["errors"]) == 5


def judged(accepted: bool, preferred: float, count: int = 40) -> Judged:
    return Judged("j", "fake:judge", accepted, {("fake", str(n)): preferred for n in range(count)})


def test_a_judge_that_was_not_accepted_decides_nothing():
    old, new = run({"task": [[0.5]] * 40}), run({"task": [[0.5]] * 40})
    unsure = compare_runs(old, new, judged=judged(False, 0.0))
    assert unsure["verdict"] == "no evidence"
    assert unsure["advice"][0]["score"] == "fake.judged_better"
    assert unsure["advice"][0]["after"] == 0
    assert unsure["judge"]["accepted"] is False
    assert compare_runs(old, new, judged=judged(True, 0.0))["verdict"] == "worse"
    assert compare_runs(old, new, judged=judged(True, 1.0))["verdict"] == "better"
    assert compare_runs(old, new, judged=judged(True, 0.5))["verdict"] == "no evidence"


def test_flipped_signs_give_an_exact_chance():
    assert chance_of([1.0] * 5) == pytest.approx(2 / 32)
    assert chance_of([0.0] * 9) == 1.0
    assert chance_of([1.0, -1.0] * 10) > 0.9


def test_the_correction_raises_the_smallest_most():
    assert corrected({"a": 0.01, "b": 0.02, "c": 0.5}) == pytest.approx({"a": 0.03, "b": 0.04, "c": 0.5})


def test_more_pairs_show_smaller_differences_and_more_scores_larger_ones():
    noise = [0.1, -0.1, 0.05, -0.05]
    assert detectable(noise * 10) < detectable(noise * 2)
    assert detectable(noise * 10, 20) > detectable(noise * 10, 1)


@pytest.mark.parametrize(("freedom", "value"), [(5, 2.015), (10, 1.812), (30, 1.697), (100, 1.660)])
def test_students_quantiles(freedom: int, value: float):
    assert student(0.95, freedom) == pytest.approx(value, abs=0.01)


def test_an_interval_holds_its_mean():
    found = estimate([0.0, 1.0, 1.0, 0.5])
    assert found["low"] <= found["mean"] <= found["high"]


def test_a_verdict_names_all_that_got_worse_and_not_only_what_is_guarded():
    old = {"safe": [[1.0]] * 40, "task": [[0.9]] * 40, "flow": [[0.5]] * 40, "role": [[0.2]] * 40}
    new = {"safe": [[0.0]] + [[1.0]] * 39, "task": [[0.2]] * 40, "flow": [[0.4]] + [[0.5]] * 39, "role": [[0.9]] * 40}
    why = compare_runs(run(old, "built-in rules"), run(new, "built-in rules"))["why"]
    assert "lost in fake/0 (safe -1.00)" in why
    assert "fake.task (-0.700) fell more than chance" in why
    assert "within chance: fake.flow" in why
    assert "fake.role (+0.700) rose does not make up" in why


def test_a_guard_of_a_case_does_not_speak_of_trends():
    old, new = {"task": [[1.0]] * 5, "size": [[1.0]] * 5}, {"task": [[1.0]] * 5, "size": [[0.5]] * 5}
    head = {"model": "built-in rules", "guards": "a control stays"}
    assert compare_runs(run(old, **head), run(new, **head))["verdict"] == "worse"
    assert compare_runs(run(old, **head), run(new, **head, trends=["fake.size"]))["verdict"] == "cannot tell"


def test_an_old_run_is_scored_by_what_a_case_expects_now():
    def about(answers: list[str], expected: str) -> Run:
        cases = {("retrieval", str(n)): Case(str(n), {"query": f"q{n}"}, {"any_of": [expected]}) for n in range(12)}
        rows = [
            Row("retrieval", str(n), 1, {"first": float(said == expected), "first_five": float(said == expected)},
                {"results": [{"id": said, "code": said, "name": said}], "notes": []})
            for n, said in enumerate(answers)
        ]  # fmt: skip
        return Run({"suite": "retrieval", "repeats": 1, "model": "built-in rules"}, cases, rows)

    before, after = about(["P01"] * 12, "P01"), about(["P02"] * 12, "P02")
    found = compare_runs(before, after)
    assert len(found["rescored"]) == 12
    assert (found["verdict"], found["scores"][1]["before"], found["scores"][1]["after"]) == ("better", 0.0, 1.0)
    assert all(row.scores["first"] == 1.0 for row in before.rows), "the run itself stays what it was"
    other = about(["P02"] * 12, "P02")
    other.cases = {key: Case(case.id, {"query": "another"}, case.expected) for key, case in other.cases.items()}
    assert "asked something else" in compare_runs(before, other)["why"]


def test_a_half_that_was_tuned_on_and_is_far_ahead_is_told_and_fails_where_the_cases_carry_it():
    scores = {"task": [[1.0]] * 40 + [[0.0]] * 30 + [[1.0]] * 10, "safe": [[1.0]] * 80}
    new = run(scores, model=BUILT_IN)
    for number, (key, case) in enumerate(new.cases.items()):
        new.cases[key] = replace(case, half=TUNED if number < 40 else UNTOUCHED)
    found = compare_runs(run(scores, model=BUILT_IN), new)
    assert (found["verdict"], [row["score"] for row in found["halves"] if row["fitted"]]) == ("worse", ["fake.task"])
    assert compare_runs(new, new)["verdict"] != "worse", "it was so before, and the untouched half lost nothing"
    assert "1.000 in 40 cases rules are made with, 0.250 in 40 they are only measured on: +0.750" in in_words(
        found["halves"][1]
    )
    few = {key: case for number, (key, case) in enumerate(new.cases.items()) if 28 <= number % 40 < 34}
    assert not halves(Run(new.head, few, [row for row in new.rows if ("fake", row.case) in few]))[1]["fitted"]
    assert compare_runs(run(scores), run(scores))["halves"] == []
