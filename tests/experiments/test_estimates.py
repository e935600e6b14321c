"""Means and shares of evenings: as scipy has them, sound for any data, and their intervals hold the truth 19 times in 20."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, ttest_1samp

from simulation.experiments.estimates import mean_of, share_of, spread
from tests.experiments.known import DEGENERATE, REPETITIONS, coverage, same

if TYPE_CHECKING:
    from collections.abc import Callable

NAN = math.nan
NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=50)


def test_a_mean_is_that_of_scipy() -> None:
    values = np.random.default_rng(1).gamma(2.0, 3.0, 40)
    test = ttest_1samp(values, 0.0).confidence_interval()
    estimate = mean_of(np.append(values, NAN))
    assert (estimate.value, estimate.count) == (values.mean(), 40)
    assert (estimate.low, estimate.high) == pytest.approx((test.low, test.high), rel=1e-12)


@pytest.mark.parametrize(("yes", "count"), [(0, 1), (1, 1), (0, 200), (6, 200), (100, 200), (199, 200), (200, 200)])
def test_a_share_is_that_of_scipy(yes: int, count: int) -> None:
    test = binomtest(yes, count).proportion_ci(method="wilson")
    estimate = share_of(np.array([1.0] * yes + [NAN] * 3 + [0.0] * (count - yes)))
    assert (estimate.value, estimate.count) == (yes / count, count)
    assert (estimate.low, estimate.high) == pytest.approx((test.low, test.high), abs=1e-12)
    assert estimate.low <= estimate.value <= estimate.high


@pytest.mark.parametrize(
    ("case", "value", "low", "high", "count"),
    [
        ("none", NAN, NAN, NAN, 0),
        ("one", 3.0, NAN, NAN, 1),
        ("two alike", 2.0, 2.0, 2.0, 2),
        ("all nought", 0.0, 0.0, 0.0, 200),
        ("nothing known", NAN, NAN, NAN, 0),
        ("one known", 1.0, NAN, NAN, 1),
        ("never", NAN, NAN, NAN, 5),
        ("mostly never", NAN, NAN, NAN, 3),
    ],
)
def test_a_mean_says_no_more_than_is_known(case: str, value: float, low: float, high: float, count: int) -> None:
    estimate = mean_of(np.array(DEGENERATE[case]))
    assert same([estimate.value, estimate.low, estimate.high, estimate.count], [value, low, high, count])


def test_nothing_known_has_no_share() -> None:
    estimate = share_of(np.array([NAN, NAN]))
    assert same([estimate.value, estimate.low, estimate.high, estimate.count, estimate.half_width], [NAN, NAN, NAN, 0, NAN])


def test_equal_values_have_no_spread_for_all_that_their_mean_is_rounded() -> None:
    assert np.full(3, 0.7).std(ddof=1) > 0.0
    assert spread(np.full(3, 0.7)) == 0.0
    assert mean_of(np.full(3, 0.7)).sound


@pytest.mark.parametrize(
    ("large", "count", "sound"), [(8, 32, False), (9, 36, True), (1, 600, False), (22, 600, False), (23, 600, True)]
)
def test_an_interval_of_skewed_values_is_sound_from_some_number_of_evenings_on(large: int, count: int, *, sound: bool) -> None:
    # A share p of large values, and nought otherwise, has the squared skewness (1 - 2 p)² / (p (1 - p)).
    share = large / count
    assert sound is (count >= 25.0 * (1.0 - 2.0 * share) ** 2 / (share * (1.0 - share)))
    values = (np.arange(count) < large) * 7.0
    assert [mean_of(side).sound for side in (values, -values, 1e-150 * values, 3.0 + values)] == [sound] * 4


@given(values=NUMBERS, shift=st.floats(-1e6, 1e6))
def test_adding_to_all_values_shifts_the_interval(values: list[float], shift: float) -> None:
    before, after = mean_of(np.array(values)), mean_of(np.array(values) + shift)
    found = np.array([after.value, after.low, after.high]) - np.array([before.value, before.low, before.high])
    assert found == pytest.approx([shift] * 3, abs=1e-6)


@given(values=NUMBERS, factor=st.floats(0.01, 100.0))
def test_another_unit_stretches_the_interval(values: list[float], factor: float) -> None:
    before, after = mean_of(np.array(values)), mean_of(np.array(values) * factor)
    assert after.half_width == pytest.approx(before.half_width * factor, rel=1e-6, abs=1e-6)


@given(yes=st.integers(0, 300), no=st.integers(1, 300))
def test_the_share_of_no_mirrors_that_of_yes(yes: int, no: int) -> None:
    values = np.array([1.0] * yes + [0.0] * no)
    one, other = share_of(values), share_of(1.0 - values)
    assert (one.value, one.low, one.high) == pytest.approx((1.0 - other.value, 1.0 - other.high, 1.0 - other.low), abs=1e-12)
    assert 0.0 <= one.low <= one.value <= one.high <= 1.0


@pytest.mark.parametrize("count", [100, 200, 500, 1_000])
@pytest.mark.parametrize("share", [0.03, 0.1, 0.5, 0.97])
def test_intervals_of_shares_hold_the_truth(share: float, count: int) -> None:
    # No need to draw: every number of yeses counts by its chance.
    estimates = [share_of((np.arange(count) < yes) * 1.0) for yes in range(count + 1)]
    holding = [yes for yes, estimate in enumerate(estimates) if estimate.low <= share <= estimate.high]
    assert 0.93 <= binom.pmf(holding, count, share).sum() <= 0.97


@pytest.mark.parametrize("count", [50, 200])
@pytest.mark.parametrize(
    ("draw", "truth"),
    [
        (lambda rng, size: rng.geometric(0.2, size) - 1.0, 4.0),
        (lambda rng, size: rng.poisson(0.8, size) * 1.0, 0.8),
        (lambda rng, size: rng.beta(0.5, 2.0, size), 0.2),
    ],
    ids=["geometric", "poisson", "shares"],
)
def test_intervals_of_skewed_means_hold_the_truth(draw: Callable[..., Any], truth: float, count: int) -> None:
    values = draw(np.random.default_rng(7), (REPETITIONS, count))
    assert 0.93 <= coverage(map(mean_of, values), truth) <= 0.97
