"""The arithmetic of intervals and tests, against hand-worked numbers, brute force and scipy."""

from __future__ import annotations

import inspect
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, permutation_test

from onrecord.scorers import resampling
from onrecord.scorers.counts import Tally
from onrecord.scorers.resampling import (
    POWER,
    defined_mean,
    detectable,
    f1,
    interval,
    mean_f1,
    permutation,
    resampled,
)

COUNTS = st.tuples(*[st.integers(0, 5)] * 4).map(
    lambda c: (c[0], c[1], min(c[2], c[0]), min(c[3], c[1]))
)


@given(COUNTS)
def test_f1_of_arrays_is_that_of_tallies(counts: tuple[int, int, int, int]) -> None:
    found, expected = f1(np.array(counts, dtype=float)), Tally(*counts).f1
    if expected is None:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(expected)


def test_a_mean_leaves_out_what_is_undefined() -> None:
    nan = np.nan
    values = np.array([[0.2, nan, 0.6], [nan, nan, nan], [0.5, 0.1, 0.3]])
    found = defined_mean(values, axis=-1)
    assert found[0] == pytest.approx(0.4)
    assert np.isnan(found[1])
    assert found[2] == pytest.approx(0.3)
    down = defined_mean(values, axis=0)
    assert down == pytest.approx([0.35, 0.1, 0.45])


def test_the_interval_holds_the_middle_95_percent() -> None:
    # Of 0, 1, …, 1000 the 2.5th percentile is 25 and the 97.5th is 975.
    values = np.append(np.arange(1001.0), [np.nan, np.nan])
    assert interval(values) == (25.0, 975.0)
    assert interval(np.array([np.nan])) is None


def test_the_power_is_that_of_the_normal_distribution() -> None:
    assert pytest.approx(norm.ppf(0.975) + norm.ppf(0.8), abs=0.005) == POWER
    # The standard deviation of 1, 2, 3 is 1, of 1 and 3 it is √2.
    assert detectable(np.array([1.0, 2.0, 3.0, np.nan])) == pytest.approx(POWER)
    assert detectable(np.array([1.0, 3.0])) == pytest.approx(POWER * 2**0.5)
    assert detectable(np.array([1.0, np.nan])) is None


def test_as_many_resamples_and_flips_as_are_documented() -> None:
    assert (resampling.RESAMPLES, resampling.FLIPS) == (1_000, 10_000)
    default = inspect.signature(permutation).parameters
    assert (default["flips"].default, default["seed"].default) == (10_000, 0)


def test_each_resample_is_a_sum_of_stories_drawn_as_the_seed_says() -> None:
    stories = np.arange(5 * 2 * 4, dtype=float).reshape(5, 2, 4)
    drawn = np.random.default_rng(7).integers(0, 5, size=(30, 5), dtype=np.int32)
    expected = np.stack([stories[row].sum(axis=0) for row in drawn])
    assert resampled(stories, 30, seed=7) == pytest.approx(expected)


def test_blocks_of_resamples_make_a_whole() -> None:
    # 3 million stories: a block holds one resample, so three are drawn in three blocks.
    stories = np.ones((3_000_000, 1, 4))
    assert (resampled(stories, 3, seed=0) == 3_000_000).all()


def stories(rng: np.random.Generator, n: int) -> np.ndarray:
    right = rng.integers(0, 5, size=n).astype(float)
    rows = [np.full(n, 5.0), np.full(n, 6.0), right, right]
    return np.stack(rows, axis=1)[:, None, :]


@pytest.mark.parametrize("n", [1, 2, 5, 7])
def test_few_stories_are_exchanged_in_every_way(n: int) -> None:
    rng = np.random.default_rng(n)
    first, second = stories(rng, n), stories(rng, n)
    observed = abs(mean_f1(first.sum(0)) - mean_f1(second.sum(0)))
    extreme = 0
    for exchanged in itertools.product([False, True], repeat=n):
        swap = np.array(exchanged)[:, None, None]
        a, b = np.where(swap, second, first), np.where(swap, first, second)
        extreme += abs(mean_f1(a.sum(0)) - mean_f1(b.sum(0))) >= observed - 1e-12
    assert permutation(first, second, mean_f1) == pytest.approx(extreme / 2**n)


@pytest.mark.parametrize("seed", range(4))
def test_many_stories_agree_with_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    first, second = stories(rng, 20), stories(rng, 20)

    def difference(x: np.ndarray, y: np.ndarray, axis: int) -> np.ndarray:
        return 2 * (x.sum(axis=axis) - y.sum(axis=axis)) / (20 * (5 + 6))

    peer = permutation_test(
        (first[:, 0, 2], second[:, 0, 2]),
        difference,
        permutation_type="samples",
        vectorized=True,
        n_resamples=9_999,
        rng=np.random.default_rng(1),
    )
    ours = permutation(first, second, mean_f1)
    assert ours == pytest.approx(peer.pvalue, abs=0.02)


def test_drawn_exchanges_count_the_observed_one() -> None:
    # 20 stories all better: hardly any drawn exchange is as extreme as what was observed.
    better = np.tile([5.0, 5.0, 5.0, 5.0], (20, 1, 1))
    worse = np.tile([5.0, 5.0, 1.0, 1.0], (20, 1, 1))
    assert permutation(better, worse, mean_f1, flips=100) == pytest.approx(1 / 100)
    assert permutation(worse, better, mean_f1, flips=100) == pytest.approx(1 / 100)
    # As many exchanges as there are: 2³ = 8 are all tried.
    assert permutation(better[:3], worse[:3], mean_f1, flips=8) == 2 / 8


def test_what_is_undefined_has_no_p_value() -> None:
    nothing = np.zeros((4, 1, 4))
    assert permutation(nothing, nothing, mean_f1) is None
    assert permutation(nothing[:0], nothing[:0], mean_f1) is None
