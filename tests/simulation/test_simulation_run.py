"""Simulating through the public functions: shapes, reproducibility, shared random numbers, refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.errors import InvalidProcess, UsageError
from assistant.process.codec import from_data
from assistant.process.model import Process
from assistant.simulation import made_before, run
from assistant.simulation.results import METRICS, difference
from assistant.simulation.run import simulate, simulate_all

SHOP: dict[str, Any] = {
    "schema": "process/1", "name": "Serve customers", "trigger": "customer arrives",
    "roles": [{"id": "clerk", "name": "Clerk", "kind": "person", "capacity": 5, "cost_per_hour": 30}],
    "volume": {"between": {"kind": "exponential", "mean": 100, "unit": "s"}, "basis": "stated"},
    "flow": {"sequence": [
        {"task": {"id": "t1", "name": "Serve customer", "role": "clerk",
                  "work": {"kind": "exponential", "mean": 400, "unit": "s", "basis": "stated"}}},
        {"choice": {"id": "c1", "question": "Complaint?", "branches": [
            {"when": "yes", "p": 0.1, "do": {"end": {"id": "e1", "outcome": "Complaint filed"}}},
            {"when": "no", "p": 0.9, "do": {"sequence": []}}]}}]},
}  # fmt: skip


def shop(**changes: Any) -> Process:
    return from_data({**SHOP, **changes})


def test_the_document_has_the_promised_shape() -> None:
    document = json.loads(json.dumps(simulate(shop(), cases=200, replications=4).document()))
    assert {"cases", "replications", "seed", "seconds", "roles", "tasks", "outcomes"} <= set(document)
    for name in ("cycle_time", "waiting_time", "work_time", "cost_per_case", "throughput_per_day", "flow_efficiency"):
        assert set(document[name]) == {"mean", "low", "high", "p50", "p90", "unit"}
        assert document[name]["low"] <= document[name]["mean"] <= document[name]["high"]
    assert set(document["roles"]["Clerk"]) >= {"utilisation", "queue_wait"}
    assert set(document["tasks"]["t1"]) >= {"count", "wait", "work"}
    assert document["tasks"]["t1"]["count"]["mean"] == 200
    assert set(document["outcomes"]) == {"Complaint filed", "completed"}


def test_figures_of_the_shop_fit_what_was_said() -> None:
    result = simulate(shop(), cases=1000, replications=10, seed=3)
    assert result.work_time.mean == pytest.approx(400, rel=0.03)
    assert result.cost_per_case.mean == pytest.approx(400 / 3600 * 30, rel=0.03)
    assert result.roles["Clerk"].utilisation.mean == pytest.approx(0.8, abs=0.03)
    assert result.throughput_per_day.mean == pytest.approx(864, rel=0.03)
    assert result.outcomes["Complaint filed"].mean == pytest.approx(0.1, abs=0.01)
    assert result.waiting_time.mean == pytest.approx(result.cycle_time.mean - result.work_time.mean)
    assert result.flow_efficiency.mean == pytest.approx(result.work_time.mean / result.cycle_time.mean, rel=0.02)
    assert result.error_free.mean == 1.0
    assert result.rework.mean == 0.0


def test_the_same_seed_gives_the_same_bytes_whatever_the_workers() -> None:
    alone = json.dumps(simulate(shop(), cases=60, replications=5, seed=7).document())
    shared = json.dumps(simulate(shop(), cases=60, replications=5, seed=7, workers=2).document())
    other = json.dumps(simulate(shop(), cases=60, replications=5, seed=8).document())
    assert alone == shared
    assert alone != other


def test_alternatives_share_their_random_numbers() -> None:
    twin = shop(name="The same under another name")
    results = simulate_all({"as is": shop(), "to be": twin}, cases=150, replications=4, seed=2)
    for metric in METRICS:
        change = difference(results["as is"], results["to be"], metric)
        assert (change.mean, change.low, change.high) == (0, 0, 0)


def test_today_has_the_figures_of_a_play_of_its_own_whatever_stands_beside_it() -> None:
    busier = from_data(json.loads(json.dumps(SHOP).replace("400", "480")))
    overfull = from_data(json.loads(json.dumps(SHOP).replace("400", "600")))
    for beside in (busier, overfull):
        alone = simulate(shop(), cases=200, replications=4, seed=2)
        results = simulate_all({"today": shop(), "then": beside}, cases=200, replications=4, seed=2)
        for metric in METRICS:
            assert getattr(results["today"], metric) == getattr(alone, metric)
            before, after = (getattr(results[name], metric).mean for name in ("today", "then"))
            change = difference(results["today"], results["then"], metric)
            assert after - before == pytest.approx(change.mean, abs=1e-6 * max(1.0, before))
        turned = simulate_all({"then": beside, "today": shop()}, cases=200, replications=4, seed=2)
        back = difference(turned["then"], turned["today"], "cycle_time")
        assert back.mean == pytest.approx(-difference(results["today"], results["then"], "cycle_time").mean)


def test_an_interval_on_the_difference_is_narrower_than_on_its_parts() -> None:
    quicker = from_data(json.loads(json.dumps(SHOP).replace("400", "380")))
    results = simulate_all({"a": shop(), "b": quicker}, cases=500, replications=8, seed=5)
    change = difference(results["a"], results["b"], "cycle_time")
    assert change.high < 0
    assert change.high - change.low < results["a"].cycle_time.high - results["a"].cycle_time.low
    assert change.unit == "s"


def test_a_comparison_needs_the_same_seed_and_number() -> None:
    a, b = (simulate(shop(), cases=20, replications=2, seed=seed) for seed in (1, 2))
    with pytest.raises(ValueError, match="same seed"):
        difference(a, b, "cycle_time")


@pytest.mark.parametrize("numbers", [{"cases": 0}, {"replications": 1}, {"workers": 0}])
def test_numbers_that_make_no_sense_are_refused(numbers: dict[str, int]) -> None:
    with pytest.raises(UsageError):
        simulate(shop(), **numbers)


def test_a_role_without_people_is_refused_by_name() -> None:
    empty = shop(roles=[{"id": "clerk", "name": "Clerk", "capacity": 0}])
    with pytest.raises(InvalidProcess, match="Serve customer"):
        simulate(empty, cases=10, replications=2)


def test_without_a_volume_cases_come_one_at_a_time_and_the_reader_is_told() -> None:
    one = {key: value for key, value in SHOP.items() if key != "volume"}
    result = simulate(from_data(one), cases=100, replications=3)
    assert result.waiting_time.mean == pytest.approx(0, abs=1e-9)
    assert result.wip.mean == 1
    assert any("one at a time" in note for note in result.notes)


def test_what_is_not_known_is_told() -> None:
    choice = {"choice": {"id": "c", "branches": [{"do": []}, {"do": [{"wait": {"id": "w"}}]}]}}
    loop = {"loop": {"id": "l", "do": [choice], "while": "?"}}
    flow = [{"task": {"id": f"t{n}", "name": f"Do {n}"}} for n in range(7)]
    result = simulate(shop(flow={"sequence": [*flow, loop]}), cases=5, replications=2)
    assert result.notes == (
        "Tasks without a work time count as taking none: “Do 0”, “Do 1”, “Do 2”, “Do 3”, “Do 4” and 2 more.",
        "Waits without a duration count as none: the wait.",
        "Choices without chances are taken evenly: the decision.",
        "Loops without a chance are not repeated: the repetition while “?”.",
    )


@pytest.mark.parametrize("volume", [SHOP["volume"], None])
def test_a_process_without_steps_takes_no_time(volume: Any) -> None:
    result = simulate(shop(flow={"sequence": []}, volume=volume), cases=1, replications=2)
    assert (result.cycle_time.mean, result.cost_per_case.mean, result.flow_efficiency.mean) == (0, 0, 1)
    json.dumps(result.document(), allow_nan=False)


def test_all_cases_at_once_can_be_played() -> None:
    result = simulate(shop(volume={"between": {"kind": "fixed", "value": 0}}), cases=30, replications=2)
    assert result.cycle_time.mean > 400
    json.dumps(result.document(), allow_nan=False)


def test_more_work_than_people_is_told() -> None:
    result = simulate(shop(roles=[{"id": "clerk", "name": "Clerk", "capacity": 3}]), cases=300, replications=3)
    assert result.roles["Clerk"].utilisation.mean == pytest.approx(1, abs=0.02)
    assert result.roles["Clerk"].load.mean > 1.2
    assert any("More work comes than Clerk can do" in note for note in result.notes)


def test_what_was_played_before_is_not_played_again_and_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = {"cases": 30, "replications": 2, "seed": 5}
    together = {"today": shop(), "then": shop(name="Serve guests")}
    kept = made_before.simulate_all(together, **numbers)
    assert kept == simulate_all(together, **numbers)
    assert made_before.play_once(shop(), cases=30, seed=5) == run.play_once(shop(), cases=30, seed=5)
    monkeypatch.setattr(run, "simulate_all", lambda *_, **asked: asked)
    assert made_before.simulate_all(together, **numbers) == kept
    asked = {**numbers, "workers": None, "alone": None}
    assert made_before.simulate_all(together, **{**numbers, "seed": 6}) == {**asked, "seed": 6}, "another seed"
    assert made_before.simulate_all({"today": shop(name="Serve guests")}, **numbers) == asked, "another process"
    made_before.forget()
    assert made_before.simulate_all(together, **numbers) == asked
    made_before.forget()
