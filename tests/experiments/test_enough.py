"""Playing on until sure: where it looks and stops, and that the intervals hold the truth after stopping, too."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.experiments.differences import difference_of_means, difference_of_shares
from simulation.experiments.enough import LOOKS, looks, precise, until_sure
from simulation.experiments.estimates import Estimate
from tests.experiments.known import PAIRED, coverage, same, yes_no

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulation.experiments.differences import Difference
    from simulation.experiments.estimates import Values
    from tests.experiments.known import Paired

REPETITIONS = 2_000
MOST = 2_400


def test_the_looks_are_those_published() -> None:
    assert looks(650) == (200, 300, 400, 600, 650)
    assert looks(600) == (200, 300, 400, 600)
    assert looks(50) == (50,)
    assert looks(100_000)[:-1] == LOOKS
    assert all(later <= 1.5 * sooner for sooner, later in pairwise(LOOKS))


def wide(half_width: float, *, sound: bool = True) -> Estimate:
    return Estimate(0.0, -half_width, half_width, 9, sound=sound)


@pytest.mark.parametrize(
    ("widths", "count", "sure"),
    [
        ([1.0], 200, True),
        ([2.0, 1.1, 0.9], 400, True),
        ([math.nan, math.nan, 2.0, 1.1, 1.0], 650, True),
        ([2.0, 2.0, 2.0, 2.0, 1.1], 650, False),
    ],
)
def test_it_stops_at_the_first_precise_look_or_at_the_end(widths: list[float], count: int, *, sure: bool) -> None:
    asked: list[int] = []

    def estimates_at(count: int) -> list[Estimate]:
        asked.append(count)
        return [wide(0.1), wide(widths[len(asked) - 1])]

    stop = until_sure(estimates_at, 1.0, 650)
    assert (stop.count, stop.sure) == (count, sure)
    assert tuple(asked) == looks(650)[: len(widths)]
    assert same(stop.estimates[1].high, widths[-1])


def test_all_intervals_must_be_short_and_sound() -> None:
    assert precise([wide(1.0), wide(0.5)], 1.0)
    assert not precise([wide(1.1), wide(0.5)], 1.0)
    assert not precise([wide(1.0), wide(0.5, sound=False)], 1.0)
    assert not precise([wide(1.0), wide(math.nan)], 1.0)
    assert not precise([], 1.0)


@given(widths=st.lists(st.floats(0.1, 10.0), min_size=20, max_size=20), most=st.integers(1, 40_000))
def test_it_is_sure_of_what_is_precise_only(widths: list[float], most: int) -> None:
    left = iter(widths)
    stop = until_sure(lambda _: [wide(next(left))], 1.0, most)
    assert stop.sure is precise(stop.estimates, 1.0)
    assert stop.sure or stop.count == most
    assert stop.count in looks(most)


def stopped(pairs: Paired, estimate: Callable[[Values, Values], Difference], half_width: float) -> list[Difference]:
    """Play on until sure, again and again; give the differences where it stopped."""
    rng = np.random.default_rng(13)
    differences = []
    for _ in range(REPETITIONS):
        left, right = pairs.draw(rng, MOST)
        stop = until_sure(lambda count, left=left, right=right: [estimate(left[:count], right[:count])], half_width, MOST)
        assert stop.sure
        differences.append(stop.estimates[0])
    return differences


@pytest.mark.parametrize(
    ("pairs", "half_width"),
    [
        (PAIRED["counts"], 0.5),
        (PAIRED["counts"], 0.35),
        (PAIRED["seldom"], 0.2),
        (PAIRED["seldom"], 0.12),
        (PAIRED["shares"], 0.01),
        (PAIRED["times"], 300.0),
        (PAIRED["times"], 200.0),
        (yes_no(0.3, 0.1, 0.05), 0.05),
        (yes_no(0.3, 0.1, 0.05), 0.03),
        (yes_no(0.01, 0.03, 0.005), 0.02),
        (yes_no(0.01, 0.03, 0.005), 0.015),
    ],
)
def test_intervals_hold_the_truth_after_stopping(pairs: Paired, half_width: float) -> None:
    estimate = difference_of_means if pairs in PAIRED.values() else difference_of_shares
    assert 0.93 <= coverage(stopped(pairs, estimate, half_width), pairs.truth) <= 0.97
