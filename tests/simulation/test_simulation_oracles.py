"""Against what is known otherwise: queueing formulas, closed forms, textbook numbers, Little's law and SimPy."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from simulation_reference import (
    a_process,
    a_task,
    erlang_wait,
    exponential,
    fixed,
    rework_process,
    simpy_rework,
    station,
)

from assistant.process.expected import expected
from assistant.process.statistics import student
from assistant.simulation.results import estimate
from assistant.simulation.run import simulate

STATIONS = [(servers, load) for servers in (1, 3, 5) for load in (0.5, 0.8)]


@pytest.mark.parametrize(("servers", "load"), STATIONS)
def test_the_wait_in_a_station_is_what_the_formula_says(servers: int, load: float) -> None:
    result = simulate(station(servers, load), cases=2000, replications=10, seed=11)
    assert result.waiting_time.low <= erlang_wait(servers, load) <= result.waiting_time.high
    assert result.roles["Desk"].utilisation.mean == pytest.approx(load, abs=0.03)
    assert result.roles["Desk"].queue_wait.mean == pytest.approx(result.waiting_time.mean)


def test_the_formula_gives_the_known_number() -> None:
    assert erlang_wait(5, 0.8, 400) == pytest.approx(221.65, abs=0.01)
    assert erlang_wait(1, 0.9, 480) == pytest.approx(72 * 60)


def test_pooling_two_queues_shortens_the_wait() -> None:
    apart = simulate(station(1, 0.8, 480), cases=2000, replications=8).waiting_time.mean
    pooled = simulate(station(2, 0.8, 480), cases=2000, replications=8).waiting_time.mean
    assert erlang_wait(1, 0.8, 480) == pytest.approx(32 * 60)
    assert erlang_wait(2, 0.8, 480) == pytest.approx(14.2 * 60, rel=0.01)
    assert pooled < 0.6 * apart


def test_simpy_agrees_on_rework_with_parallel_work() -> None:
    ours = simulate(rework_process(), cases=1000, replications=10)
    runs = [simpy_rework(1000, seed) for seed in range(6)]
    for k, here in enumerate((ours.cycle_time, ours.cost_per_case)):
        theirs = estimate([run[k] for run in runs], "")
        assert here.low <= theirs.high
        assert theirs.low <= here.high
        assert here.mean == pytest.approx(theirs.mean, rel=0.08)


@pytest.mark.parametrize(
    "process",
    [station(1, 0.5), station(5, 0.9), rework_process(), rework_process(hours=True, classes=True)],
    ids=["one", "five", "rework", "hours and classes"],
)
def test_cases_under_way_are_arrivals_times_cycle_time(process: Any) -> None:
    result = simulate(process, cases=1000, replications=5)
    assert abs(result.little.mean) < 0.05
    if not process.volume.calendar:
        rate = 1 / process.volume.between.mean_seconds
        assert result.wip.mean == pytest.approx(rate * result.cycle_time.mean, rel=0.1)


def parallel(*branches: Any) -> dict[str, Any]:
    return {"parallel": {"id": "p", "branches": list(branches)}}


def test_parallel_work_takes_longer_than_the_longest_mean() -> None:
    both = parallel(a_task("a", work=exponential(100)), a_task("b", work=exponential(100)))
    assert simulate(a_process([both]), cases=4000, replications=5).cycle_time.mean == pytest.approx(150, rel=0.02)
    bell = {"kind": "normal", "mean": 10, "sd": 3, "unit": "s"}
    both = parallel(a_task("a", work=bell), a_task("b", work=bell))
    assert simulate(a_process([both]), cases=4000, replications=5).cycle_time.mean == pytest.approx(11.7, rel=0.01)


def test_a_rework_loop_multiplies_by_one_over_one_minus_r() -> None:
    loop = {"loop": {"id": "l", "p": 0.3, "while": "wrong", "do": a_task("a", work=exponential(100))}}
    result = simulate(a_process([loop]), cases=4000, replications=5)
    assert result.cycle_time.mean == pytest.approx(142.9, rel=0.03)


def test_the_closed_form_is_met_where_it_is_exact() -> None:
    out = {"end": {"id": "e", "outcome": "Refused"}}
    refused = [a_task("b", "boss", exponential(200)), out]
    choice = {"choice": {"id": "c1", "branches": [{"p": 0.2, "do": refused}, a_task("c", "desk", 90), {"do": []}]}}
    subs = [{"id": "s", "name": "Sub", "flow": [a_task("x", "desk", exponential(30), setup=fixed(10))]}]
    loop = {"loop": {"id": "l", "p": 0.4, "while": "?", "do": a_task("d", "desk", 50), "redo": a_task("f", "boss", 20)}}
    both = parallel(a_task("g", "desk", 70, wait=fixed(5)), a_task("h", "boss", 60))
    roles = [{"id": "desk", "cost_per_hour": 30, "cost_per_use": 1}, {"id": "boss", "cost_per_hour": 90}]
    call = {"call": {"id": "k", "name": "K", "process": "s", "wait": exponential(40)}}
    flow = [a_task("a", "desk", exponential(100), cost=2), choice, call, loop, both]
    process = a_process(flow, roles, subprocesses=subs)
    known = expected(process)
    assert known.elapsed.exact
    assert known.cost.exact
    result = simulate(process, cases=3000, replications=10)
    assert result.cycle_time.mean == pytest.approx(known.elapsed.value, rel=0.015)
    assert result.cost_per_case.mean == pytest.approx(known.cost.value, rel=0.015)
    assert result.effort.mean == pytest.approx(known.work.value, rel=0.015)
    assert sum(one.mean for one in result.waits.values()) == pytest.approx(known.wait.value, rel=0.015)


def test_ninety_days_of_which_ten_are_work_is_a_flow_efficiency_of_eleven_percent() -> None:
    def days(mean: float) -> dict[str, Any]:
        return {"kind": "gamma", "mean": mean, "sd": mean / 3, "unit": "d"}

    flow = [a_task(f"t{n}", f"r{n}", days(2), wait=days(16)) for n in range(5)]
    process = a_process(flow, [{"id": f"r{n}"} for n in range(5)], volume={"between": days(0.2)})
    result = simulate(process, cases=1000, replications=6)
    assert result.cycle_time.mean / 86400 == pytest.approx(90, rel=0.01)
    assert result.work_time.mean / 86400 == pytest.approx(10, rel=0.01)
    assert result.flow_efficiency.mean == pytest.approx(1 / 9, rel=0.02)
    assert result.throughput_per_day.mean == pytest.approx(5, rel=0.05)
    assert result.wip.mean == pytest.approx(450, rel=0.03)
    short = simulate(process, cases=50, replications=2)
    assert any("had not settled" in note for note in short.notes)
    some = process.model_copy(update={"roles": tuple(r.model_copy(update={"capacity": 30}) for r in process.roles)})
    assert any("look less busy" in note for note in simulate(some, cases=50, replications=2).notes)


def test_intervals_are_those_of_student() -> None:
    for degrees, point in {1: 12.706, 9: 2.262, 19: 2.093, 30: 2.042, 40: 2.021, 60: 2.000, 120: 1.980}.items():
        assert student(0.975, degrees) == pytest.approx(point, abs=6e-4)
    one = estimate([1, 2, 3, 4, 5], "s")
    assert (one.mean, one.p50, one.p90) == (3, 3, 4.6)
    assert (one.low, one.high) == pytest.approx((3 - 1.9632, 3 + 1.9632), abs=1e-3)
    even = estimate([*range(20)], "s")
    assert even.high - 9.5 == pytest.approx(2.093 * 5.9161 / 20**0.5, rel=1e-3)


def test_an_interval_leans_to_the_side_on_which_the_values_are_far_off() -> None:
    """Means of lognormal values: the adjusted limits miss about as rarely as they should; Student's miss more often."""
    rng = np.random.default_rng(4)
    hits = 0
    for _ in range(2000):
        one = estimate(rng.lognormal(0, 0.8, 20).tolist(), "s")
        assert one.low < one.mean < one.high
        hits += one.low <= math.exp(0.32) <= one.high
    assert hits > 0.92 * 2000
