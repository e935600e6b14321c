"""Moments that may never come: when a suspect is found, or a first call made, within evenings that end.

A moment is in seconds from the start of play, `inf` where it never came, nan where the evening says nothing of it. An evening
plays until `horizon_s`; what has not come by then is censored: it may have come later, or never, and leaving it out would make
every structure look faster than it is. As every evening ends at the same horizon, two plain questions lose nothing, and
`estimates` and `differences` answer them: did it come (`happened`), and how long did it take, counting the whole evening where
it did not come (`within_evening`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.experiments.estimates import CONFIDENCE, Estimate, known, wilson

if TYPE_CHECKING:
    from simulation.experiments.estimates import Values


@dataclass(frozen=True, slots=True)
class Curve:
    """A share through the evening, as steps: each holds from its time to the next.

    Parameters
    ----------
    times
        Seconds from the start of play, ascending.
    share
        The share at that time.
    low, high
        Bounds of the share, point by point, with 95 % confidence.
    """

    times: Values
    share: Values
    low: Values
    high: Values


def happened(moments: Values, horizon_s: float) -> Values:
    """Say of every evening whether it came within the evening: 1.0 or 0.0, for `share_of` and `difference_of_shares`."""
    return np.where(np.isnan(moments), math.nan, np.where(moments <= horizon_s, 1.0, 0.0))


def within_evening(moments: Values, horizon_s: float) -> Values:
    """Give the time it took within the evening, min(t, horizon) in s, for `mean_of` and `difference_of_means`.

    Its mean is the area under the curve of what has not come yet, the restricted mean: Royston, P., Parmar, M.K.B. (2013),
    Restricted mean survival time: an alternative to the hazard ratio. BMC Medical Research Methodology 13, 152.
    """
    return np.minimum(moments, horizon_s)


def curve(moments: Values, horizon_s: float) -> Curve:
    """Give the share of evenings in which it has not come yet, nor at that very moment; empty without evenings.

    It has a step at the start and the end of the evening, and wherever it came.

    This is the curve of Kaplan & Meier (1958): when all evenings end together it is one minus the share that it has come to.
    So the band is that of a share (Wilson), which unlike Greenwood's also holds where nothing or everything has come.
    """
    found = known(moments)
    if not found.size:
        return Curve(found, found, found, found)
    came = np.sort(found[found <= horizon_s])
    times = np.unique(np.concatenate(([0.0], came, [horizon_s])))
    left = found.size - np.searchsorted(came, times, side="right").astype(np.float64)
    low, high = wilson(left, found.size)
    return Curve(times, left / found.size, low, high)


def median_of(moments: Values, horizon_s: float) -> Estimate:
    """Give the moment by which it has come in half of the evenings, in s; inf when it never came in more than half of them.

    The bounds are two of the moments themselves, so far from the middle that the binomial distribution leaves at most 2.5 % on
    either side, whatever the distribution of the moments: Conover, W.J. (1999), Practical nonparametric statistics, section
    3.2. A bound may be inf; both are nan for fewer than six evenings.
    """
    from scipy.special import bdtr

    found = known(moments)
    if not found.size:
        return Estimate(math.nan, math.nan, math.nan, 0)
    in_order = np.sort(np.where(found <= horizon_s, found, math.inf))
    value = float(in_order[(found.size - 1) // 2])
    beyond = int(np.count_nonzero(bdtr(np.arange(found.size), found.size, 0.5) <= (1.0 - CONFIDENCE) / 2.0))
    if not beyond:
        return Estimate(value, math.nan, math.nan, found.size)
    return Estimate(value, float(in_order[beyond - 1]), float(in_order[-beyond]), found.size)


def log_rank_p(left: Values, right: Values, horizon_s: float) -> float:
    """Give the p value of the log-rank test: whether it comes sooner under one condition than under the other.

    The test takes the evenings of both sides as unrelated. With the same seeds on both sides they are alike, so that it calls
    a difference too seldom: judge by the paired differences, and give this one beside them for who asks for it. One where it
    came on neither side, nan without evenings on a side. Mantel, N. (1966), Cancer Chemotherapy Reports 50, 163-170.
    """
    from scipy.stats import logrank

    if not known(left).size or not known(right).size:
        return math.nan
    with np.errstate(invalid="ignore", divide="ignore"):  # nothing came, or all at once: no curve is above the other
        test = logrank(_censored(left, horizon_s), _censored(right, horizon_s))
    return float(test.pvalue) if math.isfinite(test.statistic) else 1.0


def _censored(moments: Values, horizon_s: float) -> object:
    """Give moments as scipy takes them: those that came, and the end of the evening for those that did not."""
    from scipy.stats import CensoredData

    found = known(moments)
    came = found <= horizon_s
    return CensoredData(uncensored=found[came], right=np.full(np.count_nonzero(~came), horizon_s))
