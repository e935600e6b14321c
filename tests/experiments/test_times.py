"""Moments that may never come: curves, medians and means by hand and as scipy has them, and intervals that hold the truth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf, logrank

from simulation.experiments.differences import difference_of_means, difference_of_shares
from simulation.experiments.estimates import Estimate, mean_of, share_of
from simulation.experiments.times import curve, happened, log_rank_p, median_of, within_evening
from tests.experiments.known import (
    DEGENERATE,
    HORIZON_S,
    LEFT_RATE,
    REPETITIONS,
    RIGHT_RATE,
    SCALE_S,
    coverage,
    mean_within_evening,
    moments,
    same,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.experiments.known import Pair

NAN, INF = math.nan, math.inf
EVENINGS = np.array([600.0, INF, 60.0, NAN, 600.0, 4_000.0, 3_600.0])
MOMENTS = st.lists(st.one_of(st.floats(0.0, 4_000.0), st.just(INF), st.just(NAN)), max_size=40)


def pairs() -> Iterator[Pair]:
    rng = np.random.default_rng(11)
    return (moments(rng, 200) for _ in range(REPETITIONS))


def censored(values: list[float], horizon_s: float) -> CensoredData:
    came = [value for value in values if value <= horizon_s]
    never = [horizon_s for value in values if value > horizon_s]
    return CensoredData(uncensored=came, right=never)


def test_an_evening_by_hand() -> None:
    assert same(happened(EVENINGS, 3_600.0), [1, 0, 1, NAN, 1, 0, 1])
    assert same(within_evening(EVENINGS, 3_600.0), [600, 3_600, 60, NAN, 600, 3_600, 3_600])
    steps = curve(EVENINGS, 3_600.0)
    assert same(steps.times, [0, 60, 600, 3_600])
    assert steps.share == pytest.approx([1.0, 5 / 6, 3 / 6, 2 / 6])
    assert median_of(EVENINGS, 3_600.0) == Estimate(600.0, 60.0, INF, 6)


def test_the_median_is_where_half_has_come() -> None:
    assert median_of(np.array([5.0, 1.0, INF, INF]), 10.0).value == 5.0
    assert median_of(np.array([5.0, INF, INF]), 10.0).value == INF
    assert median_of(np.array([5.0, 1.0, 20.0, INF]), 10.0).value == 5.0
    assert same(bounds(median_of(np.array([5.0, 1.0, 2.0, 3.0, 4.0]), 10.0)), [3.0, NAN, NAN, 5])


def bounds(estimate: Estimate) -> list[float]:
    return [estimate.value, estimate.low, estimate.high, estimate.count]


def test_the_curve_is_that_of_scipy() -> None:
    values = np.random.default_rng(2).exponential(SCALE_S, 60).round(-2).tolist()
    theirs = ecdf(censored(values, HORIZON_S)).sf
    ours = curve(np.array([*values, NAN]), HORIZON_S)
    assert ours.share == pytest.approx(theirs.evaluate(ours.times), abs=1e-12)
    assert set(theirs.quantiles) <= set(ours.times)


@given(values=MOMENTS)
def test_the_curve_falls_within_its_band_and_its_area_is_the_mean(values: list[float]) -> None:
    found, horizon_s = np.array(values, dtype=float), 3_000.0
    steps, share = curve(found, horizon_s), share_of(happened(found, horizon_s))
    if not share.count:
        assert not steps.times.size
        return
    assert (np.diff(steps.times) > 0.0).all()
    assert (np.diff(steps.share) <= 0.0).all()
    assert ((steps.low <= steps.share) & (steps.share <= steps.high)).all()
    assert (steps.times[-1], steps.share[-1]) == pytest.approx((horizon_s, 1.0 - share.value))
    assert (steps.low[-1], steps.high[-1]) == pytest.approx((1.0 - share.high, 1.0 - share.low))
    area = (steps.share[:-1] * np.diff(steps.times)).sum()
    assert area == pytest.approx(mean_of(within_evening(found, horizon_s)).value, abs=1e-6)


@given(values=MOMENTS)
def test_the_median_lies_where_the_curve_crosses_one_half(values: list[float]) -> None:
    found, horizon_s = np.array(values, dtype=float), 3_000.0
    median, steps = median_of(found, horizon_s), curve(found, horizon_s)
    if not median.count:
        assert math.isnan(median.value)
    elif math.isinf(median.value):
        assert steps.share[-1] > 0.5
    else:
        assert (steps.share[steps.times >= median.value] <= 0.5).all()
        assert (steps.share[steps.times < median.value] > 0.5).all()
    assert math.isnan(median.low) is math.isnan(median.high) is (median.count < 6)
    assert median.count < 6 or median.low <= median.value <= median.high


def test_the_log_rank_test_is_that_of_scipy() -> None:
    left, right = moments(np.random.default_rng(4), 80)
    theirs = logrank(censored(left.tolist(), HORIZON_S), censored(right.tolist(), HORIZON_S))
    assert 0.0 < theirs.pvalue < 1.0
    assert log_rank_p(np.append(left, NAN), right, HORIZON_S) == theirs.pvalue
    assert log_rank_p(left, left, HORIZON_S) == 1.0


@pytest.mark.parametrize(
    ("left", "right", "p"),
    [
        ([], [1.0], NAN),
        ([NAN], [1.0], NAN),
        ([INF], [INF], 1.0),
        ([INF] * 20, [20.0] * 5, 1.0),
        ([4.0] * 20, [4.0] * 5, 1.0),
        ([4.0], [4.0], 1.0),
    ],
)
def test_the_log_rank_test_of_curves_that_do_not_part(left: list[float], right: list[float], p: float) -> None:
    assert same(log_rank_p(np.array(left), np.array(right), 10.0), p)


@pytest.mark.parametrize("case", sorted(DEGENERATE))
def test_moments_say_no_more_than_is_known(case: str) -> None:
    values = np.array(DEGENERATE[case])
    count = np.count_nonzero(~np.isnan(values))
    assert median_of(values, 10.0).count == mean_of(within_evening(values, 10.0)).count == count
    assert (curve(values, 10.0).times.size > 0) is bool(count)
    assert same(log_rank_p(values, values, 10.0), 1.0 if count else NAN)


def test_intervals_of_one_condition_hold_the_truth() -> None:
    left = [one for one, _ in pairs()]
    assert np.mean(np.isinf(left)) == pytest.approx(0.4, abs=0.005)
    assert 0.93 <= coverage((share_of(happened(one, HORIZON_S)) for one in left), 0.6) <= 0.97
    within = (mean_of(within_evening(one, HORIZON_S)) for one in left)
    assert 0.93 <= coverage(within, mean_within_evening(LEFT_RATE)) <= 0.97
    assert 0.93 <= coverage((median_of(one, HORIZON_S) for one in left), SCALE_S * math.log(2.0)) <= 0.97


def test_bands_of_curves_hold_the_truth() -> None:
    for time in (60.0, 1_800.0, 7_000.0):
        points = []
        for one, _ in pairs():
            steps = curve(one, HORIZON_S)
            at = np.searchsorted(steps.times, time, side="right") - 1
            points.append(Estimate(steps.share[at], steps.low[at], steps.high[at], 200))
        assert 0.93 <= coverage(points, math.exp(-LEFT_RATE * time)) <= 0.97


def test_intervals_of_differences_hold_the_truth() -> None:
    means = (difference_of_means(*(within_evening(side, HORIZON_S) for side in pair)) for pair in pairs())
    truth = mean_within_evening(LEFT_RATE) - mean_within_evening(RIGHT_RATE)
    assert 0.93 <= coverage(means, truth) <= 0.97
    shares = (difference_of_shares(*(happened(side, HORIZON_S) for side in pair)) for pair in pairs())
    truth = math.exp(-RIGHT_RATE * HORIZON_S) - math.exp(-LEFT_RATE * HORIZON_S)
    assert 0.93 <= coverage(shares, truth) <= 0.97
