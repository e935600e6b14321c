"""How many evenings a difference needs: worked out beforehand, from the spread of the differences in a pilot.

For a two-sided test at 5 %, in evenings under each condition, paired (the same seeds under both conditions) and, beside it,
with seeds of their own for each condition: what the pairing saves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from simulation.experiments.differences import Difference, difference_of_means, paired_differences
from simulation.experiments.estimates import Z, known, spread

if TYPE_CHECKING:
    from simulation.experiments.estimates import Values

POWERS = (0.8, 0.9)
"""Chances of finding the difference for which numbers are usually given."""

FEWEST_PAIRS = 30
"""With fewer pairs the spread is so uncertain that two thirds more evenings may be needed than it says."""

FEWEST_DIFFERING = 10
"""With fewer pairs that differ at all, a spread rests on a few lucky or unlucky evenings."""


@dataclass(frozen=True, slots=True)
class Pilot:
    """What some paired evenings tell of the spread of a measure, in its unit.

    Parameters
    ----------
    difference
        Left minus right as seen, with the t interval.
    differing
        Pairs of evenings whose values differ.
    sd_paired
        Standard deviation of the differences per seed.
    sd_left, sd_right
        Standard deviations of the evenings of both conditions.
    """

    difference: Difference
    differing: int
    sd_paired: float
    sd_left: float
    sd_right: float

    @property
    def too_small(self) -> bool:
        """Tell whether too few pairs, or too few that differ, were played to trust the spread: play more before planning."""
        return self.difference.count < FEWEST_PAIRS or self.differing < FEWEST_DIFFERING

    @property
    def may_be_nought(self) -> bool:
        """Tell whether the true difference may be nought, so that no number can be given for the difference as seen."""
        return not (self.difference.low > 0.0 or self.difference.high < 0.0)


@dataclass(frozen=True, slots=True)
class Needed:
    """Evenings under each condition that find a difference with some chance: inf if it is nought, nan if nothing is known.

    Parameters
    ----------
    paired
        With the same seeds under both conditions.
    independent
        With seeds of their own under each condition.
    """

    paired: float
    independent: float


def pilot(left: Values, right: Values) -> Pilot:
    """Take in the evenings of two conditions, paired by seed; yes-no as 1.0 and 0.0, moments within the evening."""
    differences = paired_differences(left, right)
    return Pilot(
        difference_of_means(left, right),
        int(np.count_nonzero(differences)),
        spread(differences),
        spread(known(left)),
        spread(known(right)),
    )


def needed(seen: Pilot, size: float, power: float) -> Needed:
    """Give the evenings that find a difference of some size with some chance, from the spreads of a pilot.

    N = (z(0.975) + z(power))² s² / size² + z(0.975)² / 2 for pairs; for seeds of their own s² is the sum of both variances and
    the last term, which makes up for the unknown spread, is half as large: Guenther, W.C. (1981), Sample size formulas for
    normal theory t tests. The American Statistician 35, 243-244. It leans on the central limit theorem: for strongly skewed
    measures numbers below some fifty are too hopeful.
    """
    quantiles = (Z + NormalDist().inv_cdf(power)) ** 2
    both = seen.sd_left**2 + seen.sd_right**2
    return Needed(_whole(quantiles * seen.sd_paired**2, size, Z**2 / 2.0), _whole(quantiles * both, size, Z**2 / 4.0))


def _whole(scale: float, size: float, more: float) -> float:
    """Give scale / size² + more, rounded up to a whole number of evenings."""
    if math.isnan(scale) or math.isnan(size):
        return math.nan
    ratio = scale / size / size if size else math.inf
    return ratio if math.isinf(ratio) else float(math.ceil(ratio + more))
