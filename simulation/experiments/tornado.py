"""The tornado: what one factor at a time makes of an outcome, from its low to its high end, the largest swing first."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.experiments.estimates import Estimate, known, mean_of, spread
from simulation.scenario.factors import grade_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.scenario.sweeps import Point

    Floats = NDArray[np.float64]

_UNSURE = 0.05


@dataclass(frozen=True)
class End:
    """One value of a factor, against the scenario as it is.

    Parameters
    ----------
    value
        The value, as a scenario file has it.
    difference
        How much more the outcome is than that of the scenario as it is, on average over the seeds with an outcome at both.
    clear
        Whether it is more than chance. Of a whole tornado without any effect one in twenty has an end that is called clear.
    """

    value: Any
    difference: Estimate
    clear: bool = False


@dataclass(frozen=True)
class Bar:
    """One factor of a tornado.

    Parameters
    ----------
    field
        The factor.
    grade
        How firm the number is, if it is one of the model; empty where the organiser decides.
    ends
        Its values: low and high, or its levels.
    swing
        From the lowest to the highest outcome among these and the scenario as it is. Chance makes it larger, never smaller.
    """

    field: str
    grade: str
    ends: tuple[End, ...]
    swing: float

    @property
    def clear(self) -> bool:
        """Whether any of its values does more than chance."""
        return any(end.clear for end in self.ends)


def tornado(points: Sequence[Point], outcomes: Floats) -> tuple[Bar, ...]:
    """Rank factors by what they do to an outcome.

    Every difference is between evenings of the same seed, so that what both owe to chance falls out; its interval is that of a
    paired t test. `clear` shares the doubt over all ends (Bonferroni).

    Parameters
    ----------
    points
        Of a design with the method `one-at-a-time`: first the scenario as it is, then points of one factor each.
    outcomes
        Points × replications, the same seeds at every point; nan where there is no value.

    Returns
    -------
    A bar for each factor, the largest swing first; those without any pair of outcomes last.
    """
    if points[0] or any(len(point) != 1 for point in points[1:]) or len(points) != len(outcomes):
        raise ValueError("a tornado takes the points of a design with method: one-at-a-time, and an outcome for each")
    doubt = _UNSURE / max(1, len(points) - 1)
    ends: dict[str, list[End]] = {}
    for ((field, value),), outcome in zip(points[1:], outcomes[1:], strict=True):
        ends.setdefault(field, []).append(_end(value, outcome - outcomes[0], doubt))
    bars = [Bar(field, grade_of(field), tuple(found), _swing(found)) for field, found in ends.items()]
    return tuple(sorted(bars, key=lambda bar: np.inf if np.isnan(bar.swing) else -bar.swing))


def _end(value: Any, differences: Floats, doubt: float) -> End:  # noqa: ANN401 - whatever the field takes
    """Compare one value with the scenario as it is; `doubt` is the chance with which nothing may be called clear."""
    from scipy.special import stdtrit

    mean, pairs = mean_of(differences), len(known(differences))
    if math.isnan(mean.low):
        return End(value, mean)
    error = spread(known(differences)) / pairs**0.5
    # Differences that are all alike have no spread to judge by: then a sign test must be able to tell.
    sure = abs(mean.value) > float(stdtrit(pairs - 1, 1 - doubt / 2)) * error
    return End(value, mean, sure and (error > 0 or 2.0 ** (1 - pairs) <= doubt))


def _swing(ends: Sequence[End]) -> float:
    """Give the distance from the lowest to the highest outcome, that of the scenario as it is included."""
    means = [end.difference.value for end in ends if end.difference.count]
    return max(0.0, *means) - min(0.0, *means) if means else float("nan")
