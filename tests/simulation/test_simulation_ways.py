"""The quick ways to play say what the plain way says: tails, errors looked for, several cores, clocks of arrays."""

from __future__ import annotations

import json
import os
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulation_reference import OFFICE_HOURS, a_process, a_task, exponential, fixed, rework_process

from assistant.process.model import Hours, Process
from assistant.simulation import cores
from assistant.simulation import figures as figures_module
from assistant.simulation import play as play_module
from assistant.simulation import tail as tail_module
from assistant.simulation.clock import FOREVER, WEEK, Clock, clock_of
from assistant.simulation.draws import BLOCK
from assistant.simulation.play import ERROR, REPEATED, Played, Run, play
from assistant.simulation.run import simulate, simulate_all, warm_up
from assistant.simulation.tail import Tails
from assistant.simulation.undetected import Undetected, finds

H = 3600.0
DAY = 24 * H
ROLES: list[dict[str, Any]] = [
    {"id": "desk", "capacity": 2, "calendar": OFFICE_HOURS, "cost_per_hour": 30},
    {"id": "boss", "calendar": OFFICE_HOURS, "cost_per_hour": 60, "cost_per_use": 1},
    {"id": "robot"},
]
VOLUME = {"between": exponential(1800), "calendar": OFFICE_HOURS}


def _tail() -> list[Any]:
    """Steps at which nobody waits for a person: hours, waits, setup, runs at fixed times, choices, an end."""
    stop = [a_task("refuse", "boss", exponential(900)), {"end": {"id": "out", "outcome": "Refused"}}]
    more = [a_task("more", "boss", exponential(4 * H), setup=exponential(300)), {"wait": {"id": "w"}}]
    inner = {"choice": {"id": "inner", "branches": [{"p": 0.5, "do": []}, {"do": more}]}}
    return [
        a_task("decide", "boss", exponential(5 * H), wait=exponential(DAY), with_roles=["robot"], cost=2),
        {"choice": {"id": "c", "branches": [{"p": 0.2, "do": stop}, {"p": 0.8, "do": [inner]}]}},
        a_task("invoice", "boss", exponential(600), batch={"every": fixed(WEEK)}),
        {"wait": {"id": "pay", "name": "Payment", "duration": exponential(3 * DAY)}},
        a_task("file", "robot", 5),
    ]


def _process(**more: Any) -> Process:
    """Before the tail a queue, in one branch a second one."""
    again = [a_task("call", "robot", 300), a_task("mend", "desk", exponential(600)), a_task("tell", "boss", 200)]
    check = {"choice": {"id": "check", "branches": [{"p": 0.3, "do": again}, {"do": []}]}}
    return a_process([a_task("take", "desk", exponential(900)), check, *_tail()], ROLES, volume=VOLUME, **more)


def _sums(one: Played) -> dict[tuple[str, bool], list[float]]:
    found = {}
    for tally in one.tallies:
        columns = one.sums[:, tally.at : tally.at + (2 if tally.lying else 3)]
        found[tally.element, tally.lying] = columns.sum(axis=0).tolist()
    return found


@pytest.mark.parametrize("holidays", [[], ["2026-01-06", "2026-01-07", "2026-01-12"]])
def test_a_tail_played_at_once_is_what_each_case_alone_would_be(holidays: list[str]) -> None:
    run = Run(3, 0, 300, 50, 50, 60)
    at_once = play(_process(holidays=holidays), run)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Tails, "takes", lambda *_: False)
        alone = play(_process(holidays=holidays), run)
    counted = slice(50, 350)
    assert np.allclose(at_once.ends[counted], alone.ends[counted], rtol=0, atol=1e-5)
    assert np.allclose(at_once.works[counted], alone.works[counted], rtol=0, atol=1e-5)
    assert np.allclose(at_once.costs[counted], alone.costs[counted], rtol=1e-6)
    assert [at_once.names[k] if k >= 0 else "" for k in at_once.outcomes[counted]] == [
        alone.names[k] if k >= 0 else "" for k in alone.outcomes[counted]
    ]
    sums, others = _sums(at_once), _sums(alone)
    assert sums.keys() == others.keys()
    assert all(np.allclose(sums[key], others[key], rtol=1e-9) for key in sums)
    assert at_once.queueing < alone.queueing  # what is past the last queue is known to be


def test_many_cases_are_played_and_added_up_in_slabs() -> None:
    run = Run(3, 0, 2500, 300, 200, 260)
    whole = play(_process(), run)
    with pytest.MonkeyPatch.context() as patch:
        for module in (tail_module, play_module, figures_module):
            patch.setattr(module, "SLAB", BLOCK)
        slabs = play(_process(), run)
        assert np.array_equal(slabs.ends, whole.ends, equal_nan=True)
        assert np.array_equal(slabs.costs, whole.costs)
        assert np.array_equal(slabs.outcomes, whole.outcomes)
        assert np.allclose(slabs.sums, whole.sums, rtol=1e-12)
        counted = slice(run.lead, run.lead + run.cases)
        cycles = np.sort(whole.ends[counted] - whole.starts[counted])
        part = figures_module.figures(_process(), slabs, 0)
    assert np.array_equal(part.cycle_times, cycles)
    assert part.cycle.mean == pytest.approx(cycles.mean())
    assert part.level == pytest.approx(figures_module.figures(_process(), whole, 0).level)
    assert whole.queueing == pytest.approx(slabs.queueing)


def test_the_beginning_is_as_long_as_cases_still_queue() -> None:
    need = warm_up(_process(), 1000, 1)
    assert 1 <= need.lead < need.fill  # they stay long after the last queue
    plain = warm_up(rework_process(), 1000, 1)
    assert plain.lead >= plain.fill
    assert abs(simulate(_process(), cases=1000, replications=8).little.mean) < 0.03


TASK = st.tuples(st.booleans(), st.sampled_from([0.0, 0.3]), st.sampled_from([None, "b2", "b4"]))
KIND = st.sampled_from(["sequence", "parallel", "choice", "loop"])
SHAPE = st.recursive(TASK, lambda inner: st.tuples(KIND, inner, inner), max_leaves=7)


def _flow(shape: Any, number: list[int]) -> Any:
    number[0] += 1
    name = f"b{number[0]}"
    if not isinstance(shape[0], str):
        control, rate, found = shape
        more = {"found_at": found} if found else {}
        return a_task(name, "desk", exponential(50), is_control=control, error_rate=rate, **more)
    kind, one, two = shape
    parts = [_flow(one, number), _flow(two, number)]
    if kind == "sequence":
        return {"sequence": parts}
    if kind == "loop":
        return {"loop": {"id": name, "p": 0.4, "while": "?", "do": parts[0], "redo": parts[1]}}
    return {kind: {"id": name, "branches": [{"do": part} for part in parts]}}


@given(SHAPE)
@settings(max_examples=40, deadline=None)
def test_errors_that_are_not_looked_for_cannot_be_there(shape: Any) -> None:
    process = a_process([_flow(shape, [0])], [{"id": "desk", "capacity": 2}], gap=300)
    quick = play(process, Run(1, 0, 80))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Undetected, "found_at", lambda self, task: [one for one in self._tasks if finds(task, one)])
        plain = play(process, Run(1, 0, 80))
    assert np.allclose(quick.ends, plain.ends, rtol=0, atol=1e-6)
    assert quick.marks == plain.marks


def test_what_a_control_misses_the_next_one_finds() -> None:
    flow = [
        a_task("make", "robot", 10, error_rate=0.5),
        a_task("look", "robot", 1, is_control=True, error_rate=0.5),
        a_task("look_again", "robot", 1, is_control=True),
    ]
    one = play(a_process(flow, [{"id": "robot"}]), Run(1, 0, 200))
    assert set(one.marks) == {0, REPEATED}
    assert set(np.round(one.ends - one.starts, 6)) == {12.0, 22.0}


def test_an_error_made_later_in_another_branch_is_not_found_though_that_branch_is_played_first() -> None:
    branches = [a_task("make", "robot", 100, error_rate=1), a_task("look", "robot", 10, is_control=True)]
    one = play(a_process([{"parallel": {"id": "p", "branches": branches}}], [{"id": "robot"}]), Run(1, 0, 20))
    assert set(one.marks) == {ERROR}


def test_cases_still_open_when_the_last_counted_one_is_over_have_no_end() -> None:
    wait = {"wait": {"id": "w", "name": "Reply", "duration": exponential(5000)}}
    one = play(a_process([wait], gap=100), Run(1, 0, 40, 40, 40))
    counted = one.ends[40:80]
    assert not np.isnan(counted).any()
    assert np.nanmax(one.ends) == counted.max()


def test_of_parallel_ends_the_one_reached_first_counts_though_the_other_is_played_first() -> None:
    branches = [
        [a_task("slow", "robot", 100), {"end": {"id": "e1", "outcome": "Late"}}],
        [a_task("quick", "robot", 10), {"end": {"id": "e2", "outcome": "Early"}}],
    ]
    one = play(a_process([{"parallel": {"id": "p", "branches": branches}}], [{"id": "robot"}]), Run(1, 0, 20))
    assert {one.names[k] for k in one.outcomes} == {"Early"}
    assert set(np.round(one.ends - one.starts, 6)) == {100.0}


def test_a_long_row_of_tasks_that_need_nobody_can_be_played_one_at_a_time() -> None:
    flow = [a_task(f"t{n}", "robot", 1, wait=fixed(1)) for n in range(2000)]
    result = simulate(a_process(flow, [{"id": "robot"}], gap=None), cases=3, replications=2)
    assert result.cycle_time.mean == pytest.approx(4000)


@given(
    st.lists(st.tuples(st.floats(0, 60 * DAY), st.floats(0, 40 * H)), min_size=1, max_size=20),
    st.frozensets(st.integers(0, 40), max_size=12),
)
@settings(max_examples=50, deadline=None)
def test_the_clock_says_the_same_of_many_pieces_of_work(pieces: list[tuple[float, float]], off: frozenset[int]) -> None:
    lines = [{"days": "mon-thu", "from": "08:00", "to": "12:00"}, {"days": "mon-sat", "from": "13:00", "to": "17:30"}]
    hours = tuple(Hours(**line) for line in lines)
    clock = clock_of(hours, off)
    assert clock is not None
    asked, work = (np.array(column) for column in zip(*[*pieces, (FOREVER * 2, 5.0)], strict=True))
    start, end = clock.worked(asked, work)
    other = Clock(clock.segments(), off)
    for k, (t, seconds) in enumerate(zip(asked.tolist(), work.tolist(), strict=True)):
        assert start[k] == other.begin(t)
        assert end[k] == pytest.approx(other.finish(t, seconds), abs=1e-6)


def test_nobody_said_how_many_cores() -> None:
    processes = {"a": _process(), "b": rework_process(hours=True)}
    texts = {
        json.dumps([one.document() for one in simulate_all(processes, cases=40, replications=4, workers=n).values()])
        for n in (None, 1, 2, 3)
    }
    assert len(texts) == 1
    assert cores.cores([_process()], [Run(1, 0, 100)]) == 1  # too little to play


def _dies_at_once(*_: Any) -> None:
    os._exit(3)


def _does_nothing(answer: Any, *_: Any) -> None:
    answer.send(None)


def _dies_while_it_answers(answer: Any, *_: Any) -> None:
    answer.send((b"", [8]))
    os._exit(3)


HELPERS = (_dies_at_once, _does_nothing, _dies_while_it_answers)


@pytest.mark.skipif(not cores._may_fork(), reason="helpers are started anew here, which takes a second each")
@pytest.mark.parametrize("helper", HELPERS)
def test_a_helper_that_dies_or_does_nothing_changes_nothing(helper: Any) -> None:
    expected = simulate(rework_process(), cases=40, replications=4, workers=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cores, "_help", helper)
        assert simulate(rework_process(), cases=40, replications=4, workers=2).document() == expected.document()
