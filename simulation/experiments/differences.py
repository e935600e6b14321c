"""How two conditions differ, evening by evening: both were played with the same seeds, so each seed gives a pair.

A difference is that of the left condition minus the right one, over the seeds that have a value on both sides. Whatever both
evenings of a pair share (who is at home, where the suspect walks) falls out of it, so that far fewer evenings tell as much.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.experiments.estimates import Estimate, Z, mean_of, spread

if TYPE_CHECKING:
    from simulation.experiments.estimates import Values

_HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Difference(Estimate):
    """A difference of left minus right, with its interval.

    Parameters
    ----------
    p
        Chance of a difference at least as large if the conditions did not differ; two-sided.
    """

    p: float


def paired_differences(left: Values, right: Values) -> Values:
    """Give left minus right of the seeds that have a value on both sides; inf where one of them is endless."""
    left, right = _pairs(left, right)
    endless = np.isinf(left) | np.isinf(right)
    return np.where(endless, math.inf, np.where(endless, 0.0, left) - np.where(endless, 0.0, right))


def difference_of_means(left: Values, right: Values) -> Difference:
    """Give the mean of the differences per seed, with the t interval and the paired t test.

    For counts, means, shares per evening, and moments taken within the evening. Where every pair differs by the same amount,
    there is no spread to test against: the interval is that amount, and p is that of the sign test, 2 / 2^N (1 if it is
    nought).
    """
    differences = paired_differences(left, right)
    mean, sd = mean_of(differences), spread(differences)
    return Difference(mean.value, mean.low, mean.high, mean.count, _p_of_mean(mean, sd), sound=mean.sound)


def difference_of_shares(left: Values, right: Values) -> Difference:
    """Give the difference of two shares of evenings with a yes, with the score interval of Tango and the mid-p of McNemar.

    Only pairs that disagree count for the difference. The interval holds all differences that a score test does not refuse:
    Tango, T. (1998), Equivalence test and confidence interval for the difference in proportions for the paired-sample design.
    Statistics in Medicine 17, 891-908. It keeps its coverage when few pairs disagree, and is not of length nought when none
    does: that no pair of 200 disagreed does not mean that none ever will. The p value doubles the tail of the binomial
    distribution of the disagreeing pairs, counting what was found by half: Fagerland, M.W., Lydersen, S., Laake, P. (2013),
    The McNemar test for binary matched-pairs data. BMC Medical Research Methodology 13, 91.
    """
    left, right = _pairs(left, right)
    count = left.size
    if not count:
        return Difference(math.nan, math.nan, math.nan, 0, math.nan)
    more, fewer = int(np.count_nonzero(left > right)), int(np.count_nonzero(left < right))
    high, low = _tango_high(more, fewer, count), -_tango_high(fewer, more, count)
    return Difference((more - fewer) / count, low, high, count, _mid_p(more, fewer))


def holm(p_values: Values) -> Values:
    """Give p values adjusted for being many, in the order given; nan stays nan and does not count.

    Of m p values the smallest is multiplied by m, the next by m - 1, and so on; none may come below a smaller one, nor above
    1. Calling differences real where the adjusted value is at most 0.05 makes one false call or more in at most 5 % of
    studies: Holm, S. (1979), A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6,
    65-70.
    """
    adjusted = p_values.copy()
    order = np.argsort(p_values, kind="stable")[: np.count_nonzero(~np.isnan(p_values))]  # nan sorts last
    factors = np.arange(order.size, 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(p_values[order] * factors), 1.0)
    return adjusted


def _pairs(left: Values, right: Values) -> tuple[Values, Values]:
    """Keep the seeds that have a value on both sides."""
    both = ~(np.isnan(left) | np.isnan(right))
    return left[both], right[both]


def _p_of_mean(mean: Estimate, sd: float) -> float:
    """Give the p value of the t test of a mean of differences against nought."""
    from scipy.special import stdtr

    if math.isnan(mean.value):
        return math.nan
    if mean.count == 1 or sd == 0.0:
        return 1.0 if mean.value == 0.0 else 2.0 ** (1 - mean.count)
    return float(2.0 * stdtr(mean.count - 1, -abs(mean.value) * math.sqrt(mean.count) / sd))


def _mid_p(more: int, fewer: int) -> float:
    """Give the mid-p value of McNemar's test: the doubled tail less the chance of what was found."""
    from scipy.special import bdtr

    if more == fewer:
        return 1.0
    disagreeing, least = more + fewer, min(more, fewer)
    return float(bdtr(least, disagreeing, 0.5) + (bdtr(least - 1, disagreeing, 0.5) if least else 0.0))


def _tango_high(more: int, fewer: int, count: int) -> float:
    """Give the largest difference that the score test does not refuse, by halving: the score falls as the difference grows."""
    low, high = (more - fewer) / count, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        if _score(more, fewer, count, middle) >= -Z:
            low = middle
        else:
            high = middle
    return high


def _score(more: int, fewer: int, count: int, difference: float) -> float:
    """Give Tango's score of a supposed difference: how many standard errors the one found lies above it.

    The error supposes the likeliest share of pairs with a yes on the right alone, given the difference: the larger root of
    2 N q² + (d (2 N - more + fewer) - more - fewer) q - fewer d (1 - d) = 0.
    """
    linear = difference * (2 * count - more + fewer) - more - fewer
    constant = -fewer * difference * (1.0 - difference)
    alone = (math.sqrt(max(linear * linear - 8.0 * count * constant, 0.0)) - linear) / (4.0 * count)
    variance = count * (2.0 * alone + difference * (1.0 - difference))
    above = more - fewer - count * difference
    return above / math.sqrt(variance) if variance > 0.0 else math.copysign(math.inf, above) if above else 0.0
