"""Scenarios, playing until precise, staffing, and which unknown matters most."""

from __future__ import annotations

import json

import pytest
from simulation_reference import a_process, a_task, exponential, fixed, rework_process, station

from assistant.errors import Undecided, UsageError
from assistant.process.durations import Basis, Observed, Triangular
from assistant.simulation import scenarios
from assistant.simulation.precision import simulate_until
from assistant.simulation.results import difference
from assistant.simulation.run import simulate_all
from assistant.simulation.sensitivity import sensitivity, unknowns
from assistant.simulation.staffing import staffing


def test_scenarios_change_what_they_say_and_nothing_else() -> None:
    process = rework_process()
    more = scenarios.volume(1.25)(process)
    assert more.volume is not None
    assert more.volume.between.mean_seconds == pytest.approx(80)
    assert more.flow is process.flow
    fewer = scenarios.people("desk", -1)(process)
    assert fewer.role("desk").capacity == 3  # type: ignore[union-attr]
    assert scenarios.people("desk", -9)(process).role("desk").capacity == 1  # type: ignore[union-attr]
    assert scenarios.people("nobody", 1)(process) == process
    assert scenarios.work(1)(process) == process
    both = scenarios.together(scenarios.volume(2), scenarios.staffed({"lab": 9}))(process)
    assert both.role("lab").capacity == 9  # type: ignore[union-attr]


def test_half_the_errors_is_half_the_rework() -> None:
    process = a_process([a_task("a", work=10, error_rate=0.4, found_at="b"), a_task("b", work=5, wait=fixed(9))])
    results = simulate_all(
        {"as is": process, "half": scenarios.errors(0.5)(process), "no wait": scenarios.waits(0)(process)},
        cases=500, replications=5,
    )  # fmt: skip
    assert results["half"].rework.mean == pytest.approx(results["as is"].rework.mean / 2, rel=0.1)
    assert difference(results["as is"], results["no wait"], "cycle_time").mean == pytest.approx(-9)


def test_a_volume_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError):
        scenarios.volume(0)


def test_every_kind_of_duration_is_scaled() -> None:
    assert scenarios.scaled(Triangular(low=1, mode=2, high=3), 2) == Triangular(low=2, mode=4, high=6)
    assert scenarios.scaled(Observed(values=(1, 2), unit="h"), 3) == Observed(values=(3, 6), unit="h")


def test_the_chances_of_the_other_branches_shrink_in_proportion() -> None:
    branches = [{"id": "x", "p": 0.2}, {"id": "y", "p": 0.6}, {"id": "z"}]
    process = a_process([{"choice": {"id": "c", "branches": branches}}])
    changed = json.loads(json.dumps(scenarios.branch_chance("c", "x", 0.6)(process).document()))
    chances = [branch["p"] for branch in changed["flow"]["sequence"][0]["choice"]["branches"]]
    assert chances == pytest.approx([0.6, 0.3, 0.1])


def test_playing_goes_on_until_the_interval_is_narrow_enough() -> None:
    rough = simulate_until(station(1, 0.7), precision=0.5, cases=300)
    fine = simulate_until(station(1, 0.7), precision=0.1, cases=300)
    assert rough.reached
    assert fine.reached
    assert fine.width <= 0.1
    assert fine.result.replications > rough.result.replications
    spent = simulate_until(station(1, 0.7), precision=0.001, cases=100, most_replications=12)
    assert not spent.reached
    assert spent.result.replications == 12
    with pytest.raises(UsageError):
        simulate_until(station(1, 0.7), metric="beauty")


def test_staffing_finds_the_fewest_people_that_meet_the_level() -> None:
    process = scenarios.staffed({"desk": 1})(station(3, 0.8))
    found = staffing(process, within=400, share=0.9, cases=300, replications=6)
    assert found.capacities["desk"] >= 3
    assert found.share.mean >= 0.9
    fewer = staffing(process, within=2000, share=0.9, cases=300, replications=6)
    assert fewer.capacities["desk"] <= found.capacities["desk"]


@pytest.mark.parametrize("basis", ["stated", "estimated"])
def test_staffing_never_leaves_fewer_people_than_the_work_that_comes_asks_for(basis: str) -> None:
    work = {"kind": "fixed", "value": 280, "unit": "s", "basis": basis}
    busy = a_process([a_task("a", "desk", work=work)], [{"id": "desk", "capacity": 3}], gap=100)  # 2.8 people
    found = staffing(busy, within=9000, share=0.9, cases=60, replications=3)
    assert found.capacities == {"desk": 3}


def test_staffing_says_when_people_do_not_help() -> None:
    slow = a_process([a_task("a", "desk", 100, wait=fixed(900))], [{"id": "desk", "capacity": 1}], gap=300)
    with pytest.raises(Undecided, match="More people alone"):
        staffing(slow, within=600, most=4, cases=100, replications=3)
    with pytest.raises(UsageError):
        staffing(a_process([a_task("a", work=1)]), within=600)


def test_the_unknown_that_moves_the_time_most_comes_first() -> None:
    guess = {"kind": "fixed", "unit": "s", "basis": "estimated"}
    branches = [
        {"id": "y", "p": 0.1, "p_basis": "library", "do": a_task("rare", work={**guess, "value": 50})},
        {"id": "n"},
    ]
    process = a_process([
        a_task("known", work={**guess, "value": 5000, "basis": "measured"}),
        a_task("small", work={**guess, "value": 10}),
        a_task("big", work={**guess, "value": 1000}),
        {"choice": {"id": "c", "branches": branches}},
    ], volume={"between": exponential(60), "basis": "stated"})  # fmt: skip
    effects = sensitivity(process, by=0.5, cases=50, replications=3)
    assert [(one.element, one.field) for one in effects][:2] == [("big", "work"), ("small", "work")]
    assert effects[0].swing == pytest.approx(500)
    assert effects[0].lower.mean == pytest.approx(-500)
    assert effects[0].basis == Basis.ESTIMATED
    assert {one.element for one in effects} == {"small", "big", "rare", "c"}


def test_what_is_stated_or_measured_is_not_unknown() -> None:
    said = {"kind": "fixed", "value": 1, "basis": "stated"}
    flow = [a_task("a", work=said, error_rate=0.1), {"loop": {"id": "l", "p": 0.2, "do": [], "while": "?"}}]
    process = a_process(flow, [{"id": "r", "capacity": 2}, {"id": "s", "capacity": 2, "capacity_basis": "stated"}])
    assert [(one.element, one.field) for one in unknowns(process, 0.3)] == [
        ("volume", "between"), ("r", "capacity"), ("a", "error_rate"), ("l", "p"),
    ]  # fmt: skip


def test_the_last_way_follows_from_the_others_and_is_not_unknown() -> None:
    told = {"id": "y", "when": "illegible", "p": 0.1, "p_basis": "stated", "do": a_task("ask")}
    for branches in ([told, {"id": "n"}], [{"id": "n"}, told]):
        process = a_process([{"choice": {"id": "c", "branches": branches}}])
        assert "c" not in {one.element for one in unknowns(process, 0.3)}
