"""What each block and attribute means when it is played."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from simulation_reference import OFFICE_HOURS, a_process, a_task, exponential, fixed

from assistant.errors import InvalidProcess
from assistant.simulation.play import Played, Run, play
from assistant.simulation.results import Result, moved
from assistant.simulation.run import simulate

H = 3600.0


def played(flow: list[Any], roles: list[dict[str, Any]] | None = None, cases: int = 50, **more: Any) -> Played:
    more.setdefault("volume", {"between": fixed(1000)})
    return play(a_process(flow, roles, **more), Run(1, 0, cases))


def cycles(one: Played) -> list[float]:
    return [round(float(t), 6) for t in one.ends - one.starts]


def end(name: str, outcome: str) -> dict[str, Any]:
    return {"end": {"id": name, "outcome": outcome}}


def test_parallel_branches_take_as_long_as_the_longest_and_work_is_counted_once() -> None:
    both = {"parallel": {"id": "p", "branches": [a_task("a", work=30), [a_task("b", work=20), a_task("c", work=25)]]}}
    one = played([a_task("first", work=5), both, a_task("last", work=7)])
    assert set(cycles(one)) == {57.0}
    assert set(one.works.tolist()) == {57.0}
    result = simulate(a_process([both]), cases=20, replications=2)
    assert result.effort.mean == pytest.approx(75)
    assert result.work_time.mean == pytest.approx(45)
    assert result.flow_efficiency.mean == pytest.approx(1)


def test_chances_that_are_missing_share_what_is_left() -> None:
    branches = [{"p": 0.5, "do": end("x", "X")}, {"do": end("y", "Y")}, {"do": end("z", "Z")}]
    result = simulate(a_process([{"choice": {"id": "c", "branches": branches}}]), cases=2000, replications=5)
    shares = {name: one.mean for name, one in result.outcomes.items()}
    assert shares == pytest.approx({"X": 0.5, "Y": 0.25, "Z": 0.25}, abs=0.03)


def test_any_of_takes_at_least_one_branch() -> None:
    branches = [{"p": 0.1, "do": a_task("a", work=10)}, {"p": 0.1, "do": a_task("b", work=30)}]
    one = played([{"any_of": {"id": "o", "branches": branches}}], cases=1000)
    assert set(cycles(one)) == {10.0, 30.0}


def test_a_loop_repeats_by_its_chance_and_redoes_in_between() -> None:
    loop = {"loop": {"id": "l", "p": 0.5, "do": a_task("a", work=10), "redo": a_task("fix", work=1), "while": "wrong"}}
    result = simulate(a_process([loop]), cases=2000, replications=5)
    assert result.tasks["a"].count.mean == pytest.approx(4000, rel=0.04)
    assert result.tasks["fix"].count.mean == pytest.approx(2000, rel=0.08)
    assert result.cycle_time.mean == pytest.approx(21, rel=0.04)
    assert result.rework.mean == pytest.approx(0.5, abs=0.03)
    once = simulate(a_process([{"loop": {"id": "l", "do": a_task("a", work=10), "while": "?"}}]), replications=2)
    assert once.cycle_time.mean == pytest.approx(10)


def test_a_loop_that_never_ends_is_bounded_and_told() -> None:
    loop = {"loop": {"id": "l", "p": 1, "do": a_task("a", work=1), "while": "for ever"}}
    result = simulate(a_process([loop]), cases=5, replications=2)
    assert any("for ever" in note for note in result.notes)
    assert result.tasks["a"].count.mean > 100


def test_an_end_in_a_loop_in_a_choice_ends_the_case() -> None:
    out = {"choice": {"id": "c", "branches": [{"p": 0.5, "do": end("e", "Out")}, {"p": 0.5, "do": []}]}}
    one = played([{"loop": {"id": "l", "p": 0.9, "while": "?", "do": [a_task("a", work=10), out]}}, end("f", "Done")])
    assert set(one.outcomes.tolist()) == {one.names.index("Out"), one.names.index("Done")}


def test_an_end_in_a_parallel_branch_lets_the_others_finish_and_then_ends_the_case() -> None:
    inner = {"parallel": {"id": "q", "branches": [[a_task("c", work=40)], [a_task("d", work=5), end("e", "Stopped")]]}}
    both = {"parallel": {"id": "p", "branches": [[inner, a_task("never", work=99)], a_task("b", work=60)]}}
    one = played([both, a_task("after", work=1000)])
    assert set(cycles(one)) == {60.0}
    assert one.names == ("Stopped",)
    assert set(one.outcomes.tolist()) == {0}


def test_an_end_in_a_called_process_ends_only_that() -> None:
    subs = [{"id": "s", "name": "Sub", "flow": [a_task("x", work=10), end("e", "Sub over"), a_task("y", work=99)]}]
    call = {"call": {"id": "k", "name": "Run it", "process": "s", "wait": fixed(3)}}
    one = played([call, call | {"call": {**call["call"], "id": "k2"}}, a_task("z", work=1)], subprocesses=subs)
    assert set(cycles(one)) == {27.0}
    assert one.names == ()


def test_a_process_that_calls_itself_is_entered_once_and_told() -> None:
    inner = {"call": {"id": "again", "name": "Again", "process": "s"}}
    subs = [{"id": "s", "name": "Sub", "flow": [a_task("x", work=10), inner]}]
    result = simulate(
        a_process([{"call": {"id": "k", "name": "K", "process": "s"}}], subprocesses=subs), cases=5, replications=2
    )
    assert result.cycle_time.mean == pytest.approx(10)
    assert any("“Again” calls" in note for note in result.notes)


def test_calls_that_open_to_millions_of_steps_are_refused() -> None:
    def twice(n: int) -> list[Any]:
        return [{"call": {"id": f"c{n}{k}", "name": "Call", "process": f"s{n + 1}"}} for k in "ab"]

    subs = [{"id": f"s{n}", "name": "Sub", "flow": twice(n)} for n in range(25)]
    subs.append({"id": "s25", "name": "Sub", "flow": [a_task("x", work=1)]})
    with pytest.raises(InvalidProcess, match="too large"):
        played([{"call": {"id": "k", "name": "K", "process": "s0"}}], subprocesses=subs)


def test_calls_within_calls_within_calls_are_refused_before_they_overflow() -> None:
    subs = [
        {"id": f"s{n}", "name": "Sub", "flow": [{"call": {"id": f"c{n}", "name": "Call", "process": f"s{n + 1}"}}]}
        for n in range(800)
    ]
    subs.append({"id": "s800", "name": "Sub", "flow": [a_task("x", work=1)]})
    with pytest.raises(InvalidProcess, match="too deep"):
        played([{"call": {"id": "k", "name": "K", "process": "s0"}}], subprocesses=subs)


def test_a_long_row_of_steps_that_take_no_time_can_be_played() -> None:
    flow: list[Any] = [
        {"choice": {"id": f"c{n}", "branches": [{"p": 0.5, "do": []}, {"p": 0.5, "do": []}]}} for n in range(1000)
    ]
    deep: list[Any] = []
    for n in range(14):
        branches = [{"do": [*deep, *flow[n * 8 : n * 8 + 8]]}, {"do": []}]
        deep = [{"parallel": {"id": f"p{n}", "branches": branches}}]
    assert set(cycles(played([*flow[200:], *deep], cases=2))) == {0.0}


def test_waits_are_waiting_and_a_call_that_is_only_named_is_work() -> None:
    wait = {"wait": {"id": "w", "name": "Reply", "event": "message", "duration": fixed(70)}}
    call = {"call": {"id": "k", "name": "Elsewhere", "work": fixed(4), "wait": fixed(6)}}
    result = simulate(a_process([wait, call, a_task("a", work=10, wait=fixed(10))]), cases=10, replications=2)
    assert result.cycle_time.mean == pytest.approx(100)
    assert result.work_time.mean == pytest.approx(14)
    assert result.flow_efficiency.mean == pytest.approx(0.14)
    assert {name: round(one.mean) for name, one in result.waits.items()} == {"w": 70, "k": 6, "a": 10}
    assert result.tasks["a"].wait.mean == pytest.approx(10)


def test_costs_are_those_of_all_roles_of_each_use_and_of_the_task() -> None:
    roles = [
        {"id": "boss", "cost_per_hour": 100, "cost_per_use": 2},
        {"id": "clerk", "cost_per_hour": 20},
        {"id": "robot", "cost_per_use": 0.5},
    ]
    one = played([a_task("a", "boss", 1800, with_roles=["clerk", "robot"], cost=3, setup=fixed(1800))], roles)
    assert set(one.costs.tolist()) == {125.5}


def test_roles_needed_together_start_together_and_keep_each_other_waiting() -> None:
    roles = [{"id": "x", "capacity": 1}, {"id": "y", "capacity": 1}]
    flow = [{"parallel": {"id": "p", "branches": [
        a_task("long", "x", 50), [a_task("meet", "y", 10, with_roles=["x"])], [a_task("late", "y", 5)]]}}]  # fmt: skip
    one = played(flow, roles)
    assert set(cycles(one)) == {65.0}  # y waits for x before it does what came after


def test_roles_that_are_never_at_work_together_are_refused() -> None:
    roles = [
        {"id": "x", "calendar": [{"days": "mon-fri", "from": "08:00", "to": "12:00"}]},
        {"id": "y", "calendar": [{"days": "mon-fri", "from": "12:00", "to": "16:00"}]},
    ]
    with pytest.raises(InvalidProcess, match="Nobody can do"):
        played([a_task("meet", "y", 10, with_roles=["x"])], roles)


def test_the_first_of_the_alternative_roles_that_is_free_does_the_work() -> None:
    roles = [{"id": "x", "capacity": 1, "cost_per_hour": 3600}, {"id": "y", "capacity": 1, "cost_per_hour": 7200}]
    one = played([a_task("a", "x", 150, or_roles=["y"])], roles, volume={"between": fixed(100)}, cases=100)
    assert set(cycles(one)) == {150.0}
    assert one.costs.tolist() == [150.0, 300.0] * 50
    alone = played([a_task("a", "none", 150, or_roles=["y"])], [{"id": "none", "capacity": 0}, roles[1]], cases=5)
    assert set(alone.costs.tolist()) == {300.0}


def test_a_full_batch_is_done_together_with_one_setup() -> None:
    task = a_task("a", work=10, batch={"size": 4}, setup=fixed(7))
    one = played([task], volume={"between": fixed(100)}, cases=8)
    assert cycles(one) == [317.0, 210.0, 110.0, 10.0] * 2
    rest = played([task], volume={"between": fixed(100)}, cases=6)
    assert cycles(rest)[4:] == [117.0, 10.0]  # nobody comes any more: the rest is let go


def test_a_batch_waits_for_half_of_itself_on_average() -> None:
    process = a_process([a_task("a", work=0, batch={"size": 6})], gap=100)
    assert simulate(process, cases=3000, replications=6).cycle_time.mean == pytest.approx(5 / 2 * 100, rel=0.04)


def test_a_daily_run_takes_what_has_come() -> None:
    one = played([a_task("a", work=10, batch={"every": fixed(24 * H)})], volume={"between": fixed(10 * H)}, cases=6)
    assert cycles(one) == [14 * H + 10, 4 * H + 10, 18 * H + 10, 8 * H + 10, 22 * H + 10, 12 * H + 10]
    both = played([a_task("a", work=0, batch={"size": 2, "every": fixed(24 * H)})], volume={"between": fixed(20 * H)})
    assert cycles(both)[:2] == [4 * H, 8 * H]


def test_runs_at_random_distances_follow_one_another() -> None:
    process = a_process([a_task("a", work=0, batch={"every": exponential(600)})], gap=50)
    assert simulate(process, cases=4000, replications=6).cycle_time.mean == pytest.approx(600, rel=0.1)


def test_without_a_volume_a_batch_cannot_be_waited_for_and_that_is_told() -> None:
    result = simulate(a_process([a_task("a", work=10, batch={"size": 5})], gap=None), cases=10, replications=2)
    assert result.cycle_time.mean == pytest.approx(10)
    assert any("full batch" in note for note in result.notes)


def test_without_a_volume_cases_start_in_the_opening_hours() -> None:
    process = a_process([a_task("a", "desk", H)], [{"id": "desk", "calendar": OFFICE_HOURS}], gap=None)
    result = simulate(process, cases=400, replications=3)
    assert result.work_time.mean == pytest.approx(H)
    assert result.cycle_time.p50 == pytest.approx(H)
    assert H < result.cycle_time.mean < 5 * H  # one in eight runs into the evening


def test_a_case_goes_along_with_a_run_of_the_same_day_and_waits_for_another_day() -> None:
    def row(*batches: dict[str, Any]) -> list[Any]:
        return [a_task(f"s{number}", "desk", 60, batch=batch) for number, batch in enumerate(batches)]

    weekly, monday, thursday = ({"every": fixed(168 * H)} | on for on in ({}, {"on": "mon"}, {"on": "thu"}))
    desk, gap = [{"id": "desk"}], {"between": fixed(10 * H)}
    again = cycles(played(row(weekly, weekly), desk, volume=gap))
    assert again == [round(60 + t, 6) for t in cycles(played(row(weekly), desk, volume=gap))]
    days = played(row(monday, monday, thursday), desk, volume=gap)
    assert max(cycles(days)) == pytest.approx(10 * 24 * H - 2 * H + 60)
    assert {float(t) % (168 * H) for t in days.ends} == {72 * H + 60}


def test_a_run_of_which_nobody_said_the_day_takes_half_its_rhythm_however_many_cases_come() -> None:
    monthly = a_process([a_task("bill", work=0, batch={"every": fixed(720 * H)})], gap=600)
    result = simulate(monthly, cases=300, replications=30)
    assert result.cycle_time.mean == pytest.approx(360 * H, rel=0.1)
    assert result.cycle_time.p50 == pytest.approx(360 * H, rel=0.15)
    assert result.cycle_time.p90 == pytest.approx(648 * H, rel=0.1)


def test_a_moved_result_keeps_its_spread_where_two_plays_would_cross_it() -> None:
    result = simulate(a_process([a_task("a", work=60)]), cases=20, replications=2)

    def shown(p50: float, p90: float) -> Result:
        return replace(result, cycle_time=replace(result.cycle_time, p50=p50, p90=p90))

    time = moved(shown(20, 24), shown(20, 47), shown(21, 27)).cycle_time
    assert (time.p50, time.p90) == (21, 25)
