"""What is drawn has the moments it should have, is never negative, and belongs to its element and case."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulation_reference import a_process, a_task, exponential

from assistant.process import durations as d
from assistant.process.durations import Duration
from assistant.simulation.draws import BLOCK, Block, Draws, Whole, generator, moved, one_of, sampler, some_of
from assistant.simulation.play import Run, play

KINDS: list[Duration] = [
    d.Fixed(value=10, unit="h"),
    d.Exponential(mean=10),
    d.Uniform(low=2, high=9, unit="s"),
    d.Triangular(low=1, mode=2, high=12),
    d.Triangular(low=1, mode=12, high=12),
    d.Normal(mean=10, sd=2),
    d.Normal(mean=3, sd=5),
    d.Normal(mean=0, sd=5),
    d.Lognormal(mean=10, sd=6, unit="d"),
    d.Gamma(mean=10, sd=7),
    d.Gamma(mean=10, sd=15),
    d.Observed(values=(1, 2, 3, 5, 8, 40)),
]


@pytest.mark.parametrize("duration", KINDS, ids=lambda one: f"{one.kind}-{one.mean_seconds:.0f}")
def test_the_moments_are_within_one_percent(duration: Duration) -> None:
    drawn = sampler(duration)(generator(2, 0), 400_000)
    assert drawn.min() >= 0
    assert drawn.mean() == pytest.approx(duration.mean_seconds, rel=0.01)
    assert drawn.std() == pytest.approx(duration.sd_seconds, rel=0.01, abs=1e-9)


@pytest.mark.parametrize(
    "duration",
    [d.Triangular(low=4, mode=4, high=4), d.Normal(mean=4, sd=0), d.Gamma(mean=4, sd=0), d.Lognormal(mean=4, sd=0)],
)
def test_a_distribution_without_spread_is_a_constant(duration: Duration) -> None:
    assert set(sampler(duration)(generator(1, 0), 50)) == {240.0}


@pytest.mark.parametrize("duration", [None, d.Gamma(mean=0, sd=3), d.Lognormal(mean=0, sd=3), d.Exponential(mean=0)])
def test_what_takes_no_time_or_is_unknown_counts_as_nothing(duration: Duration | None) -> None:
    assert set(sampler(duration)(generator(1, 0), 50)) == {0.0}


def test_a_triangular_duration_is_not_a_constant() -> None:
    drawn = sampler(d.Triangular(low=1, mode=2, high=12))(generator(1, 0), 1000)
    assert len(set(drawn.tolist())) > 900


def test_draws_scale_with_the_mean() -> None:
    for kind in (d.Exponential, lambda mean: d.Uniform(low=0, high=mean), lambda mean: d.Gamma(mean=mean, sd=mean / 2)):
        one, two = (sampler(kind(mean=mean))(generator(5, 3), 100) for mean in (10, 20))
        assert np.allclose(2 * one, two)


@given(shares=st.lists(st.floats(0.01, 1), min_size=1, max_size=6), seed=st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_branches_are_always_there(shares: list[float], seed: int) -> None:
    total = sum(shares)
    chosen = one_of([share / total for share in shares])(generator(seed, 0), 200)
    assert set(chosen.tolist()) <= set(range(len(shares)))
    masks = some_of(shares)(generator(seed, 0), 200)
    assert all(0 < mask < 2 ** len(shares) for mask in masks)


def test_a_row_is_the_same_however_it_is_reached() -> None:
    draws = Draws(1, 0)
    draws.column(0, "a", sampler(d.Exponential(mean=1)))
    draws.column(0, "b", sampler(d.Uniform(low=0, high=1)))
    again = Draws(1, 0)
    again.column(0, "b", sampler(d.Uniform(low=0, high=1)))
    for index in (0, BLOCK - 1):
        assert Block(draws, 3).row(0, 0, index)[1] == Block(again, 3).row(0, 0, index)[0]
        assert Block(draws, 3).row(0, 2, index)[1] == Block(again, 3).row(0, 2, index)[0]
    assert Block(draws, 3).row(0, 0, 5) != Block(draws, 3).row(0, 1, 5) != Block(draws, 4).row(0, 1, 5)


def test_an_edit_elsewhere_does_not_shift_the_draws() -> None:
    """The second task keeps its times, case by case, when steps are put in before it and around it."""
    second = a_task("b", work=exponential(60))
    plain = a_process([a_task("a", work=exponential(30)), second])
    choice = {
        "choice": {"id": "c", "branches": [{"p": 0.5, "do": a_task("x", work=exponential(9))}, {"p": 0.5, "do": []}]}
    }
    edited = a_process([choice, second, a_task("a", work=exponential(30))])
    one, two = (play(process, Run(1, 0, 300)) for process in (plain, edited))
    sums = [{t.element: played.sums[:, t.at + 2].sum() for t in played.tallies} for played in (one, two)]
    assert sums[0]["a"] == pytest.approx(sums[1]["a"], rel=1e-12)
    assert sums[0]["b"] == pytest.approx(sums[1]["b"], rel=1e-12)
    assert json.dumps(one.starts.tolist()) == json.dumps(two.starts.tolist())


@pytest.mark.parametrize("kind", KINDS, ids=lambda duration: f"{duration.kind}-{duration.mean_seconds:.0f}")
def test_fewer_draws_are_the_first_of_more_and_a_moved_generator_draws_what_a_new_one_does(
    kind: Duration,
) -> None:
    draw = sampler(kind)
    whole = draw(generator(77 << 70, 3, 2), BLOCK)
    assert list(draw(moved(77 << 70, 3, 2), BLOCK)) == list(whole)
    if not isinstance(draw, Whole):
        assert list(draw(moved(77 << 70, 3, 2), 100)) == list(whole[:100])
