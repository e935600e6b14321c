"""What N evenings tell of one measure: a mean or a share, with its 95 % interval.

Values come as arrays with one place per evening (seed): nan where an evening has no such value, yes-no as 1.0 and 0.0. Values
and bounds have the unit of the measure. Where too little is known to say anything, the value or its bounds are nan.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

CONFIDENCE = 0.95
"""Share of the intervals that hold the truth, if all is well."""

_COCHRAN = 25.0
_UPPER = 0.5 + CONFIDENCE / 2.0
Z = NormalDist().inv_cdf(_UPPER)
"""Quantile of the normal distribution that goes with it: 1.96."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What was found, and between which bounds the truth lies with 95 % confidence.

    Parameters
    ----------
    value
        The mean, share, median or difference that was found.
    low, high
        Bounds of the interval.
    count
        Evenings, or pairs of evenings, that it rests on.
    sound
        Whether these are many enough for so skewed values: if not, the interval is too short (see `mean_of`).
    """

    value: float
    low: float
    high: float
    count: int
    sound: bool = field(default=True, kw_only=True)

    @property
    def half_width(self) -> float:
        """Give half the length of the interval; nan without an interval."""
        return (self.high - self.low) / 2.0


def known(values: Values) -> Values:
    """Give the values of the evenings that have one, in the order of the evenings."""
    return values[~np.isnan(values)]


def spread(values: Values) -> float:
    """Give the standard deviation (divisor N - 1) of known values; nan for fewer than two of them, and for endless values.

    Equal values have the spread nought, without the rounding of their mean.
    """
    if values.size < 2 or not np.isfinite(values).all():  # noqa: PLR2004 - one value has no spread
        return math.nan
    return 0.0 if values.min() == values.max() else float(values.std(ddof=1))


def mean_of(values: Values) -> Estimate:
    """Give the mean over evenings, with the t interval mean ± t(N - 1) · sd / √N.

    The interval is called sound where N ≥ 25 · skewness²: with fewer evenings of skewed values (mostly nought and sometimes
    large, say) it holds the truth less often than it says: Cochran, W.G. (1977), Sampling techniques, third edition, section
    2.15. Moments that may never happen are endless and have no mean: take them within the evening first
    (`times.within_evening`).
    """
    found = known(values)
    if not found.size or not np.isfinite(found).all():
        return Estimate(math.nan, math.nan, math.nan, found.size)
    mean, half = float(found.mean()), _t_quantile(found.size) * spread(found) / math.sqrt(found.size)
    return Estimate(mean, mean - half, mean + half, found.size, sound=_sound(found))


def share_of(values: Values) -> Estimate:
    """Give the share of evenings with a yes, with the interval of Wilson (see `wilson`)."""
    found = known(values)
    if not found.size:
        return Estimate(math.nan, math.nan, math.nan, 0)
    yes = float(np.count_nonzero(found))
    low, high = wilson(yes, found.size)
    return Estimate(yes / found.size, float(low), float(high), found.size)


def wilson(yes: float | Values, count: int) -> tuple[Values, Values]:
    """Give the bounds of one or many shares `yes / count`; count is at least one.

    All shares p with |yes / count - p| ≤ z √(p (1 - p) / count): Wilson, E.B. (1927), Probable inference, the law of
    succession, and statistical inference. Journal of the American Statistical Association 22, 209-212. It never leaves 0 to 1
    and tells something even when nobody or everybody said yes.
    """
    share, strength = yes / count, Z**2 / count
    middle = (share + strength / 2.0) / (1.0 + strength)
    half = np.sqrt(strength * (share * (1.0 - share) + strength / 4.0)) / (1.0 + strength)
    # At 0 and 1 the bound is the share itself; rounding may put it a hair's breadth beyond.
    return np.minimum(np.maximum(middle - half, 0.0), share), np.maximum(np.minimum(middle + half, 1.0), share)


def _sound(values: Values) -> bool:
    """Tell whether there are at least 25 times the squared skewness of values, m3² / m2³ of their central moments."""
    if values.min() == values.max():
        return True
    deviations = values - values.mean()
    deviations /= np.abs(deviations).max()  # so that no power of them vanishes
    second, third = (deviations**2).mean(), (deviations**3).mean()
    return bool(values.size * second**3 >= _COCHRAN * third**2)


def estimate_data(estimate: Estimate | None) -> dict[str, float | None]:
    """Give an estimate as plain data: None for what is unknown or endless, and nothing where there is none."""
    if estimate is None:
        return {}
    value, low, high = (finite(number) for number in (estimate.value, estimate.low, estimate.high))
    return {"value": value, "low": low, "high": high, "n": estimate.count}


def finite(number: float) -> float | None:
    """Give a number, or None where it is unknown or endless."""
    return number if math.isfinite(number) else None


def _t_quantile(count: int) -> float:
    """Give the quantile of Student's t for a mean of so many values; nan for fewer than two."""
    from scipy.special import stdtrit

    return float(stdtrit(count - 1, _UPPER)) if count > 1 else math.nan
