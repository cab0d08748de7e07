"""The maths of control charts and shares, against published values and properties that must hold."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eventlog.shares import share_chart, wilson
from assistant.eventlog.spc import chart, fewest_crossings, longest_run, run_ends, xmr
from assistant.eventlog.stratify import level_ratio, variation_ratio
from assistant.process.statistics import student

values = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=12, max_size=60)
few = settings(max_examples=50, deadline=None)


def test_golden_15_wrong_of_1000_is_one_and_a_half_per_cent_with_its_interval() -> None:
    share = wilson(15, 1000)
    assert share.value == 0.015
    assert (round(100 * share.low, 2), round(100 * share.high, 2)) == (0.91, 2.46)


@pytest.mark.parametrize(("hits", "n", "low", "high"), [(3, 20, 5, 36), (150, 1000, 13, 17), (0, 10, 0, 28)])
def test_wilson_gives_the_known_intervals(hits: int, n: int, low: int, high: int) -> None:
    share = wilson(hits, n)
    assert (round(100 * share.low), round(100 * share.high)) == (low, high)


@few
@given(st.integers(0, 500), st.integers(0, 500))
def test_wilson_holds_the_share_and_is_a_mirror(hits: int, misses: int) -> None:
    if not hits + misses:
        assert wilson(0, 0).value is None
        return
    share, mirror = wilson(hits, hits + misses), wilson(misses, hits + misses)
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert share.low == pytest.approx(1 - mirror.high, abs=1e-12)


def test_a_share_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="share"):
        wilson(3, 2)


def test_xmr_by_hand() -> None:
    found = xmr([10, 12, 11, 13])
    assert found.centre == 11.5
    assert found.mean_range == pytest.approx(5 / 3)
    assert found.high == pytest.approx(11.5 + 2.66 * 5 / 3)
    assert found.provisional


@few
@given(values, st.floats(-1000, 1000), st.floats(0.01, 100))
def test_limits_move_and_stretch_with_the_values(points: list[float], shift: float, factor: float) -> None:
    found, moved = xmr(points), xmr([value * factor + shift for value in points])
    assert found.low <= found.centre <= found.high
    assert moved.centre == pytest.approx(found.centre * factor + shift, abs=1e-3)
    assert moved.high - moved.low == pytest.approx((found.high - found.low) * factor, rel=1e-6, abs=1e-3)


@few
@given(values)
def test_what_is_beyond_lies_outside_and_a_flat_line_is_stable(points: list[float]) -> None:
    found = xmr(points)
    assert all(not found.low <= points[i] <= found.high for i in found.beyond)
    assert xmr([points[0]] * len(points)).stable


def test_frozen_limits_show_a_shift_that_limits_from_all_points_would_swallow() -> None:
    draw = random.Random(1)
    points = [draw.gauss(0, 1) for _ in range(20)] + [draw.gauss(6, 1) for _ in range(20)]
    assert len(xmr(points, baseline=20).beyond) >= 15
    assert not xmr(points[:20]).provisional


def test_eight_on_one_side_are_a_signal_seven_are_not() -> None:
    assert run_ends([1] * 7 + [-1], 0) == ()
    assert run_ends([-1, *[1] * 9], 0) == (8, 9)
    assert run_ends([1] * 5 + [0] + [1] * 5, 0) == ()


def test_false_alarms_come_about_as_rarely_as_computed() -> None:
    draw, alarms, n = random.Random(7), 0, 300
    for _ in range(n):
        alarms += not chart([draw.gauss(0, 1) for _ in range(40)], baseline=20).stable
    assert 0.05 < alarms / n < 0.45  # 23 % in the next 20 points, some in the first 20


@pytest.mark.parametrize(("n", "run", "crossings"), [(20, 7, 6), (24, 8, 8)])
def test_anhoej_limits(n: int, run: int, crossings: int) -> None:
    assert (longest_run(n), fewest_crossings(n)) == (run, crossings)


def test_below_twelve_points_there_are_no_limits() -> None:
    drift = chart([float(i) for i in range(11)])
    assert drift.kind == "run chart"
    assert drift.low is None
    assert drift.shifted
    assert not chart([1.0, 3.0, 1.0, 3.0, 1.0, 3.0]).shifted
    with pytest.raises(ValueError, match="no point"):
        chart([])


def test_p_chart_becomes_laneys_where_periods_differ_beyond_chance() -> None:
    draw = random.Random(3)
    sizes = [2000] * 30
    calm = [sum(draw.random() < 0.1 for _ in range(2000)) for _ in sizes]
    wild = [round(2000 * max(0.02, draw.gauss(0.1, 0.03))) for _ in sizes]
    assert share_chart(calm, sizes).kind == "p"
    found = share_chart(wild, sizes)
    assert found.kind == "p′"
    assert found.spread > 2
    assert not found.beyond


@few
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=40))
def test_share_charts_stay_between_none_and_all(pairs: list[tuple[int, int]]) -> None:
    counts, sizes = [a for a, _ in pairs], [a + b for a, b in pairs]
    if not any(sizes):
        with pytest.raises(ValueError, match="no period"):
            share_chart(counts, sizes)
        return
    found = share_chart(counts, sizes)
    assert all(0 <= low <= found.centre <= high <= 1 for low, high in zip(found.low, found.high, strict=True))


@pytest.mark.parametrize(("freedom", "known"), [(11, 2.201), (30, 2.042), (1000, 1.962)])
def test_student_quantiles(freedom: int, known: float) -> None:
    assert student(0.975, freedom) == pytest.approx(known, abs=0.004)


@few
@given(st.integers(0, 10_000), st.floats(0.5, 4))
def test_ratios_do_not_mind_the_unit(seed: int, factor: float) -> None:
    draw = random.Random(seed)
    a, b = ([draw.gauss(0, 1) for _ in range(30)] for _ in range(2))
    level, longer = level_ratio(a, b), level_ratio([x + math.log(factor) for x in a], b)
    assert longer.value == pytest.approx(level.value * factor)
    variation, moved = variation_ratio(a, [b]), variation_ratio([x + math.log(factor) for x in a], [b])
    assert variation is not None
    assert moved is not None
    assert moved.value == pytest.approx(variation.value)
    assert variation.low <= variation.value <= variation.high


def test_intervals_of_like_segments_hold_one_about_as_often_as_they_say() -> None:
    draw, missed, n = random.Random(11), 0, 200
    for _ in range(n):
        a, b = ([draw.gauss(0, 0.5) for _ in range(25)] for _ in range(2))
        level, variation = level_ratio(a, b), variation_ratio(a, [b])
        missed += not level.low <= 1 <= level.high
        missed += variation is None or not variation.low <= 1 <= variation.high
    assert missed / (2 * n) < 0.1
