"""When people look at their phone: one keyed stream of checks per person, independent of what is sent.

A check reads everything delivered so far, so that five messages in ten minutes do not multiply readers. The delay from a
message that arrives out of the blue to the next check must be the measured one. For a stationary stream of checks that delay
has a density that never rises (it is a residual life, Cox 1962, Renewal Theory, ch. 5); a lognormal density rises up to its
mode. The stream used here has the lognormal delay from a point `turn` onwards and, below it, the even density with the same
probability: the smallest change that makes a stream of checks possible. All quantiles above `turn` are exact (median
included); `turn` is about one minute. The intervals between checks follow in closed form.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from simulation.draws import combine, uniforms
from simulation.elementary import PI, exp, log, normal_quantile, normal_share, whole_microseconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Keys = NDArray[np.uint64]

_BISECTIONS = 60
_SOME, _MORE = 4, 1.3
"""Checks are drawn in blocks: some, and this many times what is expected."""


@dataclass(frozen=True, slots=True)
class CheckRhythm:
    """How often somebody looks at his phone.

    Parameters
    ----------
    median_s
        Median delay from an isolated message to the check that reads it, seconds.
    sigma
        Standard deviation of the logarithm of that delay.
    """

    median_s: float
    sigma: float

    @property
    def turn_s(self) -> float:
        """Delay below which the density is even, seconds."""
        return self.median_s * exp(self.sigma * _turn(self.sigma))

    @property
    def share_below(self) -> float:
        """Share of delays below `turn_s`."""
        return normal_share(_turn(self.sigma))

    @property
    def mean_interval_s(self) -> float:
        """Mean time between two checks, seconds."""
        return self.turn_s / self.share_below

    def delays(self, share: Floats) -> Floats:
        """Turn even numbers into delays from an arbitrary moment to the next check, seconds."""
        below = self.share_below
        late = self.median_s * exp(self.sigma * normal_quantile(np.maximum(share, below)))
        return np.where(share < below, share * self.mean_interval_s, late)

    def share_within(self, seconds: Floats) -> Floats:
        """Give the share of delays that are at most so long, the inverse of `delays`; 0 for negative times."""
        late = np.maximum(seconds, self.turn_s)
        beyond = np.array([normal_share(z) for z in (log(late / self.median_s) / self.sigma).ravel().tolist()])
        return np.where(seconds < self.turn_s, np.maximum(seconds, 0.0) / self.mean_interval_s, beyond.reshape(late.shape))

    def intervals(self, share: Floats) -> Floats:
        """Turn even numbers into intervals between two checks, seconds.

        The share of intervals longer than x is the density of the delay at x divided by that at 0.
        """
        turn = _turn(self.sigma)
        mode = -self.sigma
        spread = np.sqrt((turn - mode) * (turn - mode) - 2.0 * log(share))
        return self.median_s * exp(self.sigma * (mode + spread))


@cache
def _turn(sigma: float) -> float:
    """Solve Φ(z) = φ(z) / σ: there the even density meets the lognormal one. Rounded, so that it is the same everywhere."""
    low, high = -sigma, 8.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2.0
        density = exp(-middle * middle / 2.0) / float(np.sqrt(2.0 * PI))
        low, high = (middle, high) if normal_share(middle) < density / sigma else (low, middle)
    return round(low, 8)


def check_times(stream: Keys, who: Keys, rhythm: CheckRhythm, span: tuple[float, float]) -> Floats:
    """Draw everybody's checks.

    Parameters
    ----------
    stream, who
        (N,) keys of the draws.
    rhythm
        How often they look.
    span
        Seconds between which the checks must be known.

    Returns
    -------
    (N, K) seconds, rising in each row; the last column lies beyond the end of the span.
    """
    keys = combine(stream, who)[:, np.newaxis]
    checks = span[0] + rhythm.delays(uniforms(keys, 0))
    block = _SOME + int(_MORE * (span[1] - span[0]) / rhythm.mean_interval_s)
    while len(keys) and float(checks[:, -1].min()) <= span[1]:
        number = np.arange(checks.shape[1], checks.shape[1] + block)
        steps = np.concatenate([checks[:, -1:], rhythm.intervals(uniforms(keys, number))], axis=1)
        checks = np.concatenate([checks, np.cumsum(steps, axis=1)[:, 1:]], axis=1)
    return whole_microseconds(checks)


def next_checks(checks: Floats, after: float) -> Floats:
    """Give each person's first check after a moment, seconds; infinite where none is known."""
    number = np.argmax(checks > after, axis=1)
    times = checks[np.arange(len(checks)), number]
    return np.where(times > after, times, np.inf)
