"""The points of a sweep: which values its factors take together. The same file gives the same points, everywhere."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from simulation.scenario.factors import Factor
    from simulation.scenario.sweeps import Point, SweepDesign

    Floats = NDArray[np.float64]


def design_points(design: SweepDesign) -> tuple[Point, ...]:
    """Give all points of a design.

    Returns
    -------
    For `factorial` all combinations, the last factor varying fastest. For `one-at-a-time` the scenario as it is, which is the
    empty point, and then each factor at its low and high end, or at its levels. For `latin-hypercube` and `sobol` as many as
    the design says. For `sobol-indices` the matrices of `saltelli`, one below the other.
    """
    factors = design.factors
    if design.method == "factorial":
        return factorial(factors)
    if design.method == "one-at-a-time":
        return one_at_a_time(factors)
    if design.method == "latin-hypercube":
        shares = latin_hypercube(len(factors), design.points, design.seed)
    elif design.method == "sobol":
        shares = sobol_sequence(len(factors), design.points, design.seed)
    else:
        shares = saltelli(len(factors), design.points, design.seed)
    return points_at(factors, shares)


def factorial(factors: Sequence[Factor]) -> tuple[Point, ...]:
    """Combine every level of each factor with every level of the others."""
    levels = product(*(factor.ends for factor in factors))
    return tuple(_point(factors, values) for values in levels)


def one_at_a_time(factors: Sequence[Factor]) -> tuple[Point, ...]:
    """Change nothing, and then one factor at a time."""
    changed = (((factor.field, value),) for factor in factors for value in factor.ends)
    return ((), *changed)


def points_at(factors: Sequence[Factor], shares: Floats) -> tuple[Point, ...]:
    """Give the points at shares of the factors' ranges or levels, points × factors, from 0 to below 1."""
    return tuple(
        _point(factors, (factor.at(share) for factor, share in zip(factors, row, strict=True))) for row in shares.tolist()
    )


def latin_hypercube(factors: int, points: int, seed: int) -> Floats:
    """Spread points so that each of as many equal parts of every factor's range holds one: points × factors."""
    from scipy.stats import qmc

    shares: Floats = qmc.LatinHypercube(factors, rng=seed).random(points)
    return shares


def sobol_sequence(factors: int, points: int, seed: int) -> Floats:
    """Spread points by a scrambled Sobol sequence; their number is a power of two: points × factors."""
    from scipy.stats import qmc

    shares: Floats = qmc.Sobol(factors, scramble=True, rng=seed).random_base2(points.bit_length() - 1)
    return shares


def saltelli(factors: int, points: int, seed: int) -> Floats:
    """Give the shares from which Sobol indices follow: (factors + 2) matrices of points × factors, one below the other.

    The first, A, and the second, B, are halves of one Sobol sequence; each of the others is A with the column of one factor
    from B, in the order of the factors. After Saltelli et al. (2010), doi:10.1016/j.cpc.2009.09.018.
    """
    halves = sobol_sequence(2 * factors, points, seed)
    first, second = halves[:, :factors], halves[:, factors:]
    crossed = [np.where(np.arange(factors) == column, second, first) for column in range(factors)]
    return np.concatenate([first, second, *crossed])


def _point(factors: Sequence[Factor], values: Iterable[object]) -> Point:
    return tuple((factor.field, value) for factor, value in zip(factors, values, strict=True))
