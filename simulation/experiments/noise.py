"""How much of the differences between the points of a sweep is mere chance of the evenings that were played there.

The same seeds are played at every point. What a seed does everywhere alike (an evening in which he happens to walk past the
right house) therefore tells nothing about points, and is taken out: an outcome is fitted as an effect of its point plus an
effect of its seed. What is left over, the seed doing something else at each point, is the noise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_MOST_ROUNDS = 1000
_CLOSE = 1e-12


def point_effects(outcomes: Floats) -> Floats:
    """Give the outcome of each point, averaged over its replications.

    Parameters
    ----------
    outcomes
        Points × replications, the same seeds at every point; nan where there is no value.

    Returns
    -------
    The means. Where values are missing they are corrected for the seeds that are: a point does not come out lower for lacking
    the seeds that come out high everywhere. nan for a point without any value.
    """
    effects, _ = _fitted(outcomes)
    return effects


def noise_variance(outcomes: Floats) -> float:
    """Estimate the variance of a point's averaged outcome that is due to chance, from the same table as `point_effects`.

    nan where there is too little to estimate it from: one point or one replication.
    """
    _, left = _fitted(outcomes)
    known = np.isfinite(outcomes)
    values = known.sum(axis=1)
    free = int(known.sum() - (values > 0).sum() - known.any(axis=0).sum()) + 1
    if free < 1:
        return float("nan")
    return float((left**2).sum() / free * (1 / values[values > 0]).mean())


def noise_share(outcomes: Floats) -> float:
    """Estimate which share of the variance between the points of a sweep is mere noise, from 0 to 1.

    It is what an analysis of variance without interaction calls 1 / F. With more replications it goes down; where it is near
    1, the sweep tells nothing. nan where there is too little to estimate it from, or all points come out alike.
    """
    effects = point_effects(outcomes)
    between = float(np.var(effects[np.isfinite(effects)], ddof=1)) if np.isfinite(effects).sum() > 1 else 0.0
    return float(np.minimum(1.0, noise_variance(outcomes) / between)) if between else float("nan")


def _fitted(outcomes: Floats) -> tuple[Floats, Floats]:
    """Fit effects of points and of replications by least squares, in turns; give the first, and what is left (0 for nan)."""
    known = np.isfinite(outcomes)
    in_rows, in_columns = known.sum(axis=1, keepdims=True), known.sum(axis=0, keepdims=True)
    rows = np.zeros(in_rows.shape)
    columns = np.zeros(in_columns.shape)
    values = np.where(known, outcomes, 0.0)
    scale = np.abs(values).max(initial=1.0)
    for _ in range(_MOST_ROUNDS):
        before = columns
        rows = ((values - columns) * known).sum(axis=1, keepdims=True) / np.maximum(in_rows, 1)
        columns = ((values - rows) * known).sum(axis=0, keepdims=True) / np.maximum(in_columns, 1)
        columns -= columns[in_columns > 0].mean() if known.any() else 0.0
        if np.abs(columns - before).max(initial=0.0) <= _CLOSE * scale:
            break
    effects: Floats = np.where(in_rows > 0, rows, np.nan)[:, 0]
    return effects, (values - rows - columns) * known
