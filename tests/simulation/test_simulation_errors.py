"""Errors that are made, found, mended or never found, and work that goes before other work."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulation_reference import OFFICE_HOURS, a_process, a_task, exponential, fixed

from assistant.process.model import Process
from assistant.simulation import jobs
from assistant.simulation.play import Run, play
from assistant.simulation.results import Result
from assistant.simulation.run import simulate


def result_of(*flow: Any, **more: Any) -> Result:
    return simulate(a_process(list(flow), volume={"between": fixed(1000)}, **more), cases=500, replications=4)


def test_an_error_found_later_is_mended_by_doing_the_work_again() -> None:
    result = result_of(a_task("enter", work=10, error_rate=0.3, found_at="ship"), a_task("ship", work=20))
    assert result.cycle_time.mean == pytest.approx(30 + 0.3 * 10, abs=0.4)
    assert result.tasks["enter"].count.mean == pytest.approx(650, abs=20)
    assert result.tasks["ship"].count.mean == 500
    assert result.rework.mean == pytest.approx(0.3, abs=0.04)
    assert result.error_free.mean == 1


def test_an_error_nobody_finds_is_there_at_the_end() -> None:
    nowhere = result_of(a_task("enter", work=10, error_rate=0.2), a_task("ship", work=20))
    assert nowhere.error_free.mean == pytest.approx(0.8, abs=0.03)
    assert nowhere.cycle_time.mean == pytest.approx(30)
    other_way = {"choice": {"id": "c", "branches": [{"p": 0.5, "do": a_task("ship", work=20)}, {"p": 0.5, "do": []}]}}
    half = result_of(a_task("enter", work=10, error_rate=0.2, found_at="ship"), other_way)
    assert half.error_free.mean == pytest.approx(0.9, abs=0.03)


def test_a_control_catches_what_has_no_other_place_to_be_found() -> None:
    enter, late = a_task("enter", work=10, error_rate=0.2), a_task("post", work=5, error_rate=0.3, found_at="pay")
    control, pay = a_task("check", work=1, is_control=True), a_task("pay", work=2)
    result = result_of(enter, late, control, pay)
    assert result.error_free.mean == 1
    assert result.cycle_time.mean == pytest.approx(18 + 2 + 1.5, abs=0.6)
    without = result_of(enter, late, pay)
    assert without.error_free.mean == pytest.approx(0.8, abs=0.03)
    before = result_of(control, enter, late, pay)
    assert before.error_free.mean == pytest.approx(0.8, abs=0.03)


def test_a_control_that_errs_finds_nothing_that_time() -> None:
    result = result_of(
        a_task("enter", work=10, error_rate=0.5), a_task("check", work=1, is_control=True, error_rate=0.4)
    )
    assert result.error_free.mean == pytest.approx(1 - 0.5 * 0.4, abs=0.04)


def test_work_done_again_in_a_loop_replaces_what_was_wrong() -> None:
    wrong_then_right = {"loop": {"id": "l", "p": 0.9, "while": "?", "do": a_task("enter", work=1, error_rate=0.5)}}
    assert result_of(wrong_then_right).error_free.mean == pytest.approx(0.5, abs=0.05)


def test_an_error_found_where_it_was_made_is_mended_at_once() -> None:
    result = result_of(a_task("enter", work=10, error_rate=0.25, found_at="enter"))
    assert result.error_free.mean == 1
    assert result.cycle_time.mean == pytest.approx(12.5, abs=0.4)


def test_urgent_cases_go_first_and_the_others_pay_for_it() -> None:
    classes = [{"name": "urgent", "share": 0.3, "priority": 9}, {"name": "plain", "share": 0.7}]
    desk = [{"id": "desk", "capacity": 1}]

    def waits(given: list[dict[str, Any]]) -> tuple[float, float]:
        volume = {"between": exponential(100), "classes": given}
        one = play(a_process([a_task("a", "desk", exponential(80))], desk, volume=volume), Run(1, 0, 4000))
        waited = np.sort(one.ends - one.starts - one.works)
        return float(waited.mean()), float(waited[int(0.95 * 4000)])

    plain, ranked = waits([]), waits(classes)
    assert ranked[0] == pytest.approx(plain[0], rel=0.1)  # the same work is waited for in another order
    assert ranked[1] > 1.2 * plain[1]


def test_the_task_with_the_higher_priority_is_done_first() -> None:
    both = {"parallel": {"id": "p", "branches": [
        a_task("now", "desk", 10), a_task("low", "desk", 10), a_task("high", "desk", 10, priority=5)]}}  # fmt: skip
    result = simulate(
        a_process([both], [{"id": "desk", "capacity": 1}], volume={"between": fixed(100)}), cases=5, replications=2
    )
    assert result.tasks["now"].wait.mean == 0
    assert result.tasks["high"].wait.mean == 10
    assert result.tasks["low"].wait.mean == 20


def test_an_urgent_case_that_comes_at_night_is_first_in_the_morning() -> None:
    volume = {"between": fixed(3600), "classes": [{"name": "urgent", "share": 0.5, "priority": 1}]}
    roles = [{"id": "desk", "capacity": 1, "calendar": OFFICE_HOURS}]
    one = play(a_process([a_task("a", "desk", 60)], roles, volume=volume), Run(1, 0, 9))
    order = np.argsort(one.ends)[:8]  # the ninth comes when the office opens
    assert one.ends[order].tolist() == [9 * 3600 + 60 * (k + 1) for k in range(8)]
    assert order.tolist() != sorted(order.tolist())


ROLE = st.integers(0, 2)
TASK = st.builds(
    lambda role, other, mean, wait: (role, other, mean, wait), ROLE, st.none() | ROLE, st.sampled_from([40, 90, 200]),
    st.booleans(),
)  # fmt: skip
KIND = st.sampled_from(["sequence", "parallel", "choice", "loop"])
SHAPE = st.recursive(TASK, lambda inner: st.tuples(KIND, inner, inner), max_leaves=6)
HOURS = [{"days": "mon-sun", "from": "06:00", "to": "16:00"}]
POOL = st.tuples(st.sampled_from([1, 2, 3, None]), st.booleans())


def _flow(shape: Any, number: list[int]) -> Any:
    number[0] += 1
    name = f"b{number[0]}"
    if len(shape) == 4:
        role, other, mean, wait = shape
        more = {"with_roles": [f"r{other}"]} if other is not None else {}
        more |= {"wait": exponential(50)} if wait else {}
        return a_task(name, f"r{role}", exponential(mean), error_rate=0.2, found_at="b2", **more)
    kind, one, two = shape
    parts = [_flow(one, number), _flow(two, number)]
    match kind:
        case "sequence":
            return {"sequence": parts}
        case "loop":
            return {"loop": {"id": name, "p": 0.3, "while": "?", "do": parts[0], "redo": parts[1]}}
        case _:
            return {kind: {"id": name, "branches": [{"do": part} for part in parts]}}


def _process(shape: Any, pools: tuple[tuple[int | None, bool], ...]) -> Process:
    roles: list[dict[str, Any]] = [
        {"id": f"r{k}", "capacity": capacity, "calendar": HOURS if hours else None}
        for k, (capacity, hours) in enumerate(pools)
    ]
    return a_process([_flow(shape, [0])], roles, gap=400)


@given(shape=SHAPE, pools=st.tuples(POOL, POOL, POOL))
@settings(max_examples=40, deadline=None)
def test_real_queues_and_the_short_way_agree_when_nobody_goes_before(shape: Any, pools: Any) -> None:
    """Both ways to play pools are written apart; on processes without priorities they must not differ at all."""
    process = _process(shape, pools)
    short = play(process, Run(1, 0, 60))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "is_ordered", lambda *_: True)
        real = play(process, Run(1, 0, 60))
    assert np.allclose(short.ends, real.ends, rtol=0, atol=1e-5)
    assert np.allclose(short.works, real.works, rtol=0, atol=1e-5)
    assert np.allclose(short.sums, real.sums, rtol=0, atol=1e-4)
    assert (short.works <= short.ends - short.starts + 1e-5).all()
