"""Evenings drawn from distributions whose truth is known, and how often intervals hold that truth."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from simulation.experiments.estimates import Estimate, Values

    Pair = tuple[Values, Values]

REPETITIONS = 4_000
HORIZON_S = 7_200.0
SCALE_S = -HORIZON_S / math.log(0.4)
"""Mean of exponential moments of which 40 % come after the evening."""

# What no estimate may stumble over.
DEGENERATE = {
    "none": [],
    "one": [3.0],
    "two": [1.0, 2.0],
    "two alike": [2.0, 2.0],
    "all alike": [0.1] * 200,
    "all nought": [0.0] * 200,
    "nothing known": [math.nan] * 5,
    "one known": [math.nan, 1.0, math.nan],
    "never": [math.inf] * 5,
    "mostly never": [math.inf, 4.0, math.inf, math.nan],
}


@dataclass(frozen=True)
class Paired:
    """Pairs of evenings with a known mean difference of left minus right."""

    draw: Callable[[np.random.Generator, int], Pair]
    truth: float


def same(values: object, expected: object) -> bool:
    """Tell whether two numbers are equal; nan is nan."""
    return bool(np.array_equal(np.asarray(values, dtype=float), np.asarray(expected, dtype=float), equal_nan=True))


def coverage(estimates: Iterable[Estimate], truth: float) -> float:
    """Give the share of intervals that hold the truth."""
    held = [estimate.low <= truth <= estimate.high for estimate in estimates]
    return sum(held) / len(held)


def yes_no(both: float, left_only: float, right_only: float) -> Paired:
    """Make pairs of yes-no with given chances of a yes on both sides, and on one."""

    def draw(rng: np.random.Generator, count: int) -> Pair:
        chance = rng.random(count)
        return (chance < both + left_only) * 1.0, ((chance < both) | (chance >= 1.0 - right_only)) * 1.0

    return Paired(draw, left_only - right_only)


def _counts(rng: np.random.Generator, count: int) -> Pair:
    """Give skewed counts that share much of the evening: geometric with mean 4 against Poisson."""
    shared = rng.poisson(2.0, count)
    return shared + rng.geometric(0.2, count) - 1.0, shared + rng.poisson(1.0, count) * 1.0


def _seldom(rng: np.random.Generator, count: int) -> Pair:
    """Give counts that mostly do not differ: only in 15 % of the pairs, by a geometric number with mean 10 / 3."""
    shared = rng.poisson(5.0, count) * 1.0
    return shared + (rng.random(count) < 0.15) * rng.geometric(0.3, count), shared


def _shares(rng: np.random.Generator, count: int) -> Pair:
    """Give shares per evening, those on the right without a part of what is on the left."""
    left = rng.beta(2.0, 3.0, count)
    return left, left * rng.beta(2.0, 1.0, count)


def moments(rng: np.random.Generator, count: int) -> Pair:
    """Give exponential moments in s, inf after the evening; both sides share half of what brings them, the right is faster."""
    shared = rng.exponential(2.0 * SCALE_S, count)
    both = [np.minimum(shared, rng.exponential(mean, count)) for mean in (2.0 * SCALE_S, 1.2 * SCALE_S)]
    left, right = (np.where(times <= HORIZON_S, times, math.inf) for times in both)
    return left, right


def mean_within_evening(rate: float) -> float:
    """Give the mean of min(t, horizon) of exponential moments, in s."""
    return (1.0 - math.exp(-rate * HORIZON_S)) / rate


def _times(rng: np.random.Generator, count: int) -> Pair:
    left, right = moments(rng, count)
    return np.minimum(left, HORIZON_S), np.minimum(right, HORIZON_S)


LEFT_RATE, RIGHT_RATE = 1.0 / SCALE_S, 0.5 / SCALE_S + 1.0 / (1.2 * SCALE_S)
PAIRED = {
    "counts": Paired(_counts, 3.0),
    "seldom": Paired(_seldom, 0.5),
    "shares": Paired(_shares, 0.4 / 3.0),
    "times": Paired(_times, mean_within_evening(LEFT_RATE) - mean_within_evening(RIGHT_RATE)),
}
