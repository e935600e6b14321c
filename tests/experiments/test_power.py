"""How many evenings are needed: as the noncentral t distribution has it, and found to have the power they promise."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nct, t, ttest_ind

from simulation.experiments.differences import Difference, difference_of_means, difference_of_shares
from simulation.experiments.power import POWERS, Needed, Pilot, needed, pilot
from tests.experiments.known import DEGENERATE, PAIRED, same, yes_no

if TYPE_CHECKING:
    from tests.experiments.known import Pair, Paired

NAN, INF = math.nan, math.inf
TESTS = 2_000


def spreads(paired: float, left: float = 1.0, right: float = 1.0) -> Pilot:
    return Pilot(Difference(0.0, NAN, NAN, 100, NAN), 100, paired, left, right)


def drawn(pairs: Paired, rng: np.random.Generator, count: int) -> list[Pair]:
    return [pairs.draw(rng, count) for _ in range(TESTS)]


def found(tests: list[Difference]) -> float:
    return sum(test.p <= 0.05 for test in tests) / len(tests)


def exact_power(count: float, size: float, sd: float, sides: int) -> float:
    """Give the power of a t test of pairs (one side) or of two sides, by the noncentral t distribution."""
    free, shift = sides * (count - 1), size / sd * math.sqrt(count / sides)
    limit = t.ppf(0.975, free)
    return float(nct.sf(limit, free, shift) + nct.cdf(-limit, free, shift))


@pytest.mark.parametrize("power", POWERS)
@pytest.mark.parametrize("size", [0.1, 0.25, 0.5, 1.0])
def test_the_numbers_are_the_smallest_that_suffice(size: float, power: float) -> None:
    numbers = needed(spreads(1.0), size, power)
    for count, sides in ((numbers.paired, 1), (numbers.independent, 2)):
        # The closed form is one off at times.
        assert exact_power(count + 1, size, 1.0, sides) >= power
        assert exact_power(count - 2, size, 1.0, sides) < power


def test_by_hand() -> None:
    # (1.960 + 0.842)² · 4 / 0.25 = 125.6 and 1.9 more; (1.960 + 0.842)² · 25 / 0.25 = 784.9 and 1.0 more.
    assert needed(spreads(2.0, 3.0, 4.0), 0.5, 0.8) == Needed(128.0, 786.0)
    assert needed(spreads(2.0, 3.0, 4.0), -0.5, 0.8) == Needed(128.0, 786.0)


@given(size=st.floats(0.01, 10.0), paired=st.floats(0.0, 10.0), power=st.sampled_from(POWERS))
def test_more_is_needed_for_less(size: float, paired: float, power: float) -> None:
    count = needed(spreads(paired), size, power).paired
    assert count >= needed(spreads(paired), 2.0 * size, power).paired
    assert count <= needed(spreads(2.0 * paired), size, power).paired
    assert count <= needed(spreads(paired), size, 0.95).paired


def test_what_cannot_be_told() -> None:
    assert needed(spreads(1.0), 0.0, 0.8) == Needed(INF, INF)
    assert same(needed(spreads(1.0), NAN, 0.8).paired, NAN)
    assert same(needed(spreads(NAN), 1.0, 0.8).paired, NAN)
    assert needed(spreads(NAN), 1.0, 0.8).independent > 0.0


@pytest.mark.parametrize("case", sorted(DEGENERATE))
def test_a_pilot_of_next_to_nothing_is_too_small(case: str) -> None:
    values = np.array(DEGENERATE[case])
    seen = pilot(values, values)
    assert seen.too_small
    assert seen.may_be_nought
    assert needed(seen, seen.difference.value, 0.8).paired != 0.0


def test_what_a_pilot_sees() -> None:
    left, right = np.array([1.0, 2.0, 3.0, NAN, 6.0]), np.array([1.0, 1.0, NAN, 5.0, 4.0])
    seen = pilot(left, right)
    assert seen.difference == difference_of_means(left, right)
    assert (seen.differing, seen.sd_paired) == (2, 1.0)
    assert (seen.sd_left, seen.sd_right) == (np.std([1, 2, 3, 6], ddof=1), np.std([1, 1, 5, 4], ddof=1))


@pytest.mark.parametrize(
    ("count", "differing", "too_small"), [(29, 29, True), (30, 10, False), (300, 9, True), (300, 10, False)]
)
def test_a_pilot_needs_pairs_and_pairs_that_differ(count: int, differing: int, *, too_small: bool) -> None:
    left = (np.arange(count) < differing) * 1.0
    assert pilot(left, np.zeros(count)).too_small is too_small


def test_a_difference_that_may_be_nought_is_named() -> None:
    alternating = np.arange(50) % 2 * 1.0
    assert pilot(alternating, alternating[::-1]).may_be_nought
    assert not pilot(alternating + 1.0, alternating[::-1]).may_be_nought
    assert not pilot(alternating, alternating[::-1] + 1.0).may_be_nought


@pytest.mark.parametrize("power", POWERS)
@pytest.mark.parametrize("kind", ["counts", "shares", "times"])
def test_so_many_pairs_find_a_mean_difference_as_often_as_promised(kind: str, power: float) -> None:
    rng, pairs = np.random.default_rng(17), PAIRED[kind]
    seen = pilot(*pairs.draw(rng, 100_000))
    size = 0.2 * seen.sd_paired
    count = int(needed(seen, size, power).paired)
    tests = [difference_of_means(left + size - pairs.truth, right) for left, right in drawn(pairs, rng, count)]
    assert found(tests) == pytest.approx(power, abs=0.04)


@pytest.mark.parametrize("power", POWERS)
@pytest.mark.parametrize("pairs", [yes_no(0.3, 0.1, 0.05), yes_no(0.01, 0.03, 0.005)], ids=["often", "seldom"])
def test_so_many_pairs_find_a_difference_of_shares_as_often_as_promised(pairs: Paired, power: float) -> None:
    rng = np.random.default_rng(17)
    count = int(needed(pilot(*pairs.draw(rng, 100_000)), pairs.truth, power).paired)
    assert found([difference_of_shares(*pair) for pair in drawn(pairs, rng, count)]) == pytest.approx(power, abs=0.04)


def test_seeds_of_their_own_have_the_power_they_promise() -> None:
    rng, pairs = np.random.default_rng(19), PAIRED["times"]
    numbers = needed(pilot(*pairs.draw(rng, 100_000)), pairs.truth, 0.8)
    left, right = (pairs.draw(rng, TESTS * int(numbers.independent))[side].reshape(TESTS, -1) for side in (0, 1))
    assert np.mean(ttest_ind(left, right, axis=1, equal_var=False).pvalue <= 0.05) == pytest.approx(0.8, abs=0.03)
    assert numbers.independent > 1.5 * numbers.paired
