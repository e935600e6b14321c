"""Paired differences: as scipy and the papers have them, mirrored by swapping sides, and their intervals hold the truth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import binomtest, ttest_rel

from simulation.experiments.differences import Difference, difference_of_means, difference_of_shares, holm
from simulation.experiments.estimates import Z
from tests.experiments.known import DEGENERATE, PAIRED, REPETITIONS, coverage, same, yes_no

if TYPE_CHECKING:
    from random import Random

    from tests.experiments.known import Pair, Paired

NAN, INF = math.nan, math.inf
P_VALUES = st.lists(st.one_of(st.floats(0.0, 1.0), st.just(NAN)), max_size=30)
COUNTS = st.integers(0, 40)


def disagreeing(more: int, fewer: int, count: int) -> Pair:
    """Make pairs of yes-no of which so many have a yes on the left only, and on the right only."""
    alike = [0.0] * (count - more - fewer)
    return np.array([1.0] * more + [0.0] * fewer + alike), np.array([0.0] * more + [1.0] * fewer + alike)


def repeated(pairs: Paired, count: int) -> list[Pair]:
    rng = np.random.default_rng(count)
    return [pairs.draw(rng, count) for _ in range(REPETITIONS)]


def numbers(difference: Difference) -> list[float]:
    return [difference.value, difference.low, difference.high, difference.count, difference.p]


def test_a_difference_of_means_is_that_of_scipy() -> None:
    rng = np.random.default_rng(3)
    left, right = rng.gamma(2.0, 3.0, 40), rng.gamma(2.0, 2.0, 40)
    test = ttest_rel(left, right)
    bounds = test.confidence_interval()
    difference = difference_of_means(np.append(left, [NAN, 1.0]), np.append(right, [5.0, NAN]))
    assert numbers(difference) == pytest.approx([(left - right).mean(), bounds.low, bounds.high, 40, test.pvalue], rel=1e-10)


def test_a_difference_of_shares_is_that_of_the_paper() -> None:
    # Fagerland, Lydersen & Laake (2014), Statistics in Medicine 33, 2850-2875: airway hyper-responsiveness of 21 children.
    difference = difference_of_shares(*disagreeing(1, 7, 21))
    assert numbers(difference) == pytest.approx([-0.286, -0.517, -0.026, 21, 0.039], abs=5e-4)


@pytest.mark.parametrize(("more", "fewer", "count"), [(5, 2, 100), (0, 0, 50), (1, 0, 200), (30, 45, 90), (0, 9, 9)])
def test_the_bounds_are_where_the_likeliest_spread_just_allows_what_was_found(more: int, fewer: int, count: int) -> None:
    difference = difference_of_shares(*disagreeing(more, fewer, count))
    for bound in {difference.low, difference.high} - {-1.0, 1.0}:

        def unlikely(right_only: float, bound: float = bound) -> float:
            chances = (right_only + bound, right_only, 1.0 - 2.0 * right_only - bound)
            found = zip((more, fewer, count - more - fewer), chances, strict=True)
            return -sum(times * math.log(max(chance, 1e-300)) for times, chance in found if times)

        best = minimize_scalar(unlikely, bounds=(max(0.0, -bound), (1.0 - bound) / 2.0), options={"xatol": 1e-12})
        variance = (2.0 * best.x + bound - bound * bound) / count
        assert abs(difference.value - bound) == pytest.approx(Z * math.sqrt(variance), rel=1e-4)


@given(more=COUNTS, fewer=COUNTS, alike=COUNTS)
def test_the_interval_holds_nought_when_mcnemar_sees_no_difference(more: int, fewer: int, alike: int) -> None:
    if not more + fewer + alike:
        return
    difference = difference_of_shares(*disagreeing(more, fewer, more + fewer + alike))
    statistic = (more - fewer) ** 2 / (more + fewer) if more + fewer else 0.0
    assert -1.0 <= difference.low <= difference.value <= difference.high <= 1.0
    assert (difference.low <= 0.0 <= difference.high) is (statistic <= Z**2)
    # Mid-p lies between nought and the exact p value, half the chance of what was found below it on either side.
    exact = binomtest(more, more + fewer).pvalue if more + fewer else 1.0
    chance = math.comb(more + fewer, more) / 2.0 ** (more + fewer)
    assert difference.p == pytest.approx(1.0 if more == fewer else exact - chance, abs=1e-12)


@given(sides=st.lists(st.tuples(st.floats(0.0, 1e4), st.floats(0.0, 1e4)), max_size=40))
def test_swapping_sides_mirrors_a_difference(sides: list[tuple[float, float]]) -> None:
    left, right = np.array(sides).reshape(-1, 2).T
    for function, one, other in (
        (difference_of_means, left, right),
        (difference_of_shares, (left > 10.0) * 1.0, (right > 10.0) * 1.0),
    ):
        there, back = function(one, other), function(other, one)
        assert same(numbers(there), [-back.value, -back.high, -back.low, back.count, back.p])


@given(
    sides=st.lists(st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000)), min_size=2, max_size=40),
    shift=st.integers(-1000, 1000),
)
def test_adding_to_one_side_shifts_a_difference(sides: list[tuple[int, int]], shift: int) -> None:
    left, right = np.array(sides, dtype=float).T
    before, after = difference_of_means(left, right), difference_of_means(left + shift, right)
    assert numbers(after)[:3] == pytest.approx([number + shift for number in numbers(before)[:3]], abs=1e-9)
    assert difference_of_means(left + shift, right + shift) == before


@pytest.mark.parametrize("count", [1, 2, 200])
def test_a_condition_does_not_differ_from_itself(count: int) -> None:
    values = np.random.default_rng(5).random(count)
    means, shares = difference_of_means(values, values), difference_of_shares(values.round(), values.round())
    assert (means.value, shares.value) == (0.0, 0.0)
    assert (means.p, shares.p) == (1.0, 1.0)
    assert same([means.low, means.high], [0.0, 0.0] if count > 1 else [NAN, NAN])
    # Pairs of yes-no that never disagreed may yet: about z² / N to either side.
    assert (shares.low, shares.high) == pytest.approx((-(Z**2) / (count + Z**2), Z**2 / (count + Z**2)))


@pytest.mark.parametrize(("amount", "count", "p"), [(2.0, 1, 1.0), (2.0, 2, 0.5), (-2.0, 5, 0.0625), (0.0, 5, 1.0)])
def test_differences_without_spread_are_judged_by_their_signs(amount: float, count: int, p: float) -> None:
    right = np.arange(count, dtype=float)
    difference = difference_of_means(right + amount, right)
    assert (difference.value, difference.p) == (amount, p)


@pytest.mark.parametrize("case", sorted(DEGENERATE))
def test_a_difference_says_no_more_than_is_known(case: str) -> None:
    left = np.array(DEGENERATE[case])
    right = np.where(np.isinf(left), left, left / 2.0)
    means, shares = difference_of_means(left, right), difference_of_shares(np.sign(left), np.zeros_like(left))
    assert means.count == shares.count == np.count_nonzero(~np.isnan(left))
    assert math.isnan(means.value) is (not means.count or bool(np.isinf(left).any()))
    assert math.isnan(shares.value) is math.isnan(shares.p) is (not shares.count)


def test_holm_by_hand() -> None:
    # Four known: 0.01 · 4, 0.03 · 2 = 0.06 raised by none, 0.02 · 3 = 0.06, 0.9 · 1.
    p_values = np.array([0.03, NAN, 0.01, 0.9, 0.02])
    assert holm(p_values) == pytest.approx([0.06, NAN, 0.04, 0.9, 0.06], nan_ok=True)
    # The second smallest may not come below the smallest, and none above one.
    assert holm(np.array([0.011, 0.01, 0.8, 0.7])) == pytest.approx([0.04, 0.04, 1.0, 1.0])
    assert not holm(np.array([])).size


@given(p_values=P_VALUES)
def test_adjusted_p_values_are_never_below_raw_ones_and_keep_their_order(p_values: list[float]) -> None:
    raw = np.array(p_values)
    before = raw.copy()
    adjusted = holm(raw)
    assert same(raw, before)
    assert same(np.isnan(adjusted), np.isnan(raw))
    found = ~np.isnan(raw)
    order = np.argsort(raw[found], kind="stable")
    assert (adjusted[found] >= raw[found]).all()
    assert (adjusted[found] <= 1.0).all()
    assert (np.diff(adjusted[found][order]) >= 0.0).all()


@given(p_values=P_VALUES, order=st.randoms(use_true_random=False))
def test_the_order_of_p_values_does_not_matter(p_values: list[float], order: Random) -> None:
    mixed = np.array(order.sample(range(len(p_values)), len(p_values)), dtype=int)
    raw = np.array(p_values)
    assert same(holm(raw[mixed]), holm(raw)[mixed])


@pytest.mark.parametrize("kind", sorted(set(PAIRED) - {"seldom"}))
def test_intervals_of_differences_of_means_hold_the_truth(kind: str) -> None:
    pairs = PAIRED[kind]
    assert 0.93 <= coverage((difference_of_means(*pair) for pair in repeated(pairs, 200)), pairs.truth) <= 0.97


@pytest.mark.parametrize(
    ("both", "left_only", "right_only"),
    [(0.02, 0.01, 0.01), (0.01, 0.02, 0.0), (0.01, 0.03, 0.005), (0.3, 0.05, 0.02), (0.25, 0.25, 0.25), (0.3, 0.3, 0.1)],
)
def test_intervals_of_differences_of_shares_hold_the_truth(both: float, left_only: float, right_only: float) -> None:
    pairs = yes_no(both, left_only, right_only)
    assert 0.93 <= coverage((difference_of_shares(*pair) for pair in repeated(pairs, 200)), pairs.truth) <= 0.97


def test_intervals_are_not_too_short_where_hardly_any_pair_disagrees() -> None:
    pairs = yes_no(0.5, 0.002, 0.001)
    assert coverage((difference_of_shares(*pair) for pair in repeated(pairs, 200)), pairs.truth) >= 0.95


def test_p_values_of_conditions_that_do_not_differ_are_small_as_seldom_as_they_say() -> None:
    pairs = repeated(yes_no(0.2, 0.1, 0.1), 200)
    p_values = np.array([difference_of_shares(*pair).p for pair in pairs])
    assert 0.035 <= np.mean(p_values <= 0.05) <= 0.06
