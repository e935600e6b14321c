"""Sobol indices: which share of the variance of an outcome each factor accounts for, alone and together with others.

What chance does to them. At every point the outcome is an average over a few evenings, and so holds noise, of which the share
of the variance is told as `noise`. Where noise comes anew whenever a factor changes, it makes all first-order indices smaller
by that share, and draws total ones towards 1: a factor that decides nothing, but changes which evenings come about, then has
a total index of `noise`. Evenings that are nearly alike share their chance, so it is less in practice, and a factor by which
no evening changes has 0. Intervals are of the draw of the points, not of the seeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.draws import stream_key, uniforms
from simulation.errors import InputError
from simulation.experiments.estimates import Estimate
from simulation.experiments.noise import noise_share, point_effects
from simulation.scenario.factors import grade_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RESAMPLES = 1000
_INTERVAL = (0.025, 0.975)
_BOTH = 2
"""Matrices of points that are drawn; the others follow from them."""


@dataclass(frozen=True)
class Influence:
    """What one factor accounts for.

    Parameters
    ----------
    field
        The factor.
    grade
        How firm the number is, if it is one of the model; empty where the organiser decides.
    first
        Share of the variance that would go if the factor alone were known; its first-order index.
    total
        Share of the variance that would stay if all other factors were known; its total index.
    """

    field: str
    grade: str
    first: Estimate
    total: Estimate


@dataclass(frozen=True)
class Indices:
    """What all factors account for.

    Parameters
    ----------
    factors
        The largest total index first.
    noise
        Share of the variance that is mere chance of the evenings, from 0 to 1; nan with one replication.
    missing
        Share of the evenings in which the outcome has no value.
    """

    factors: tuple[Influence, ...]
    noise: float
    missing: float


def sobol_indices(fields: Sequence[str], outcomes: Floats, seed: int = 1) -> Indices:
    """Estimate the Sobol indices of some factors.

    Parameters
    ----------
    fields
        The factors, in the order of the design.
    outcomes
        (Factors + 2) × points rows as `points.saltelli` puts them, × replications, the same seeds at every point; nan where
        there is no value.
    seed
        Number from which the bootstrap is drawn.

    Returns
    -------
    The indices with bootstrap intervals; all are 0 where the outcome is the same everywhere.

    Raises
    ------
    InputError
        If the outcome has no value in any evening of some point.
    """
    if len(outcomes) % (len(fields) + _BOTH):
        raise ValueError(f"{len(fields)} factors and {len(outcomes)} points are not of one design with method: sobol-indices")
    known = np.isfinite(outcomes)
    empty = int((~known.any(axis=1)).sum())
    if empty:
        raise InputError(
            f"at {empty:,} of {len(outcomes):,} points this has no value in any evening, and Sobol indices need one at each; "
            "take a measure that always has one, such as found or calls, or more replications"
        )
    points = len(outcomes) // (len(fields) + _BOTH)
    blocks = point_effects(outcomes).reshape(-1, points)
    best, spread = _indices(blocks), _bootstrap(blocks, seed)
    low, high = np.quantile(spread, _INTERVAL, axis=0)
    found = [
        Influence(
            field,
            grade_of(field),
            *(Estimate(float(value), float(end), float(top), points) for value, end, top in zip(*rows, strict=True)),
        )
        for field, *rows in zip(fields, best.T, low.T, high.T, strict=True)
    ]
    ranked = tuple(sorted(found, key=lambda one: -one.total.value))
    return Indices(ranked, noise_share(outcomes[: _BOTH * points]), float(1 - known.mean()))


def _indices(blocks: Floats) -> Floats:
    """Give first-order and total indices, 2 × factors, of outcomes in blocks × points."""
    from scipy import stats

    first, second, crossed = blocks[:1], blocks[1:2], blocks[_BOTH:]
    if np.ptp(blocks[:_BOTH]) == 0:
        return np.zeros((2, len(crossed)))
    # SciPy gives no array for a single factor, so it is always handed one more.
    more = np.concatenate([crossed, first])[:, np.newaxis]
    found = stats.sobol_indices(func={"f_A": first, "f_B": second, "f_AB": more}, n=first.shape[1])
    return np.stack([found.first_order, found.total_order])[:, :-1]


def _bootstrap(blocks: Floats, seed: int) -> Floats:
    """Give the indices of points drawn again with replacement: resamples × 2 × factors. SciPy's own cannot be seeded."""
    points = blocks.shape[1]
    stream = stream_key(seed, "sobol-bootstrap")
    chosen = (uniforms(stream, resample, np.arange(points)) for resample in range(RESAMPLES))
    return np.stack([_indices(blocks[:, (shares * points).astype(np.int64)]) for shares in chosen])
