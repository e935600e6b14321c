"""Looking at a phone as a renewal process, by numerical integration and inversion.

What is known is the delay from an isolated message to the look that reads it: lognormal, but even below the point where the
even density meets the lognormal one. For a stationary stream the share of gaps longer than x is the density of that delay at
x, divided by the density at 0 (residual life, Cox 1962, Renewal Theory, ch. 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, eq=False)
class Phone:
    """Tables for drawing: a share of the delays, or of the gaps, is shorter than `seconds`."""

    seconds: Array
    delay_share: Array
    gap_share: Array

    def delays(self, rng: np.random.Generator, count: int) -> Array:
        """Draw the time from an arbitrary moment to the next look, seconds."""
        return np.interp(rng.random(count), self.delay_share, self.seconds)

    def gaps(self, rng: np.random.Generator, count: int) -> Array:
        """Draw the time between two looks, seconds."""
        return np.interp(rng.random(count), self.gap_share, self.seconds)


def phone(median_s: float, sigma: float) -> Phone:
    """Make the tables for a lognormal delay."""

    def share(seconds: float) -> float:
        return float(norm.cdf(np.log(seconds / median_s) / sigma))

    def density(seconds: Array | float) -> Any:
        return norm.pdf(np.log(np.asarray(seconds) / median_s) / sigma) / (sigma * np.asarray(seconds))

    turn = brentq(lambda at: share(at) - at * float(density(at)), median_s * np.exp(-(sigma**2)), median_s * np.exp(6 * sigma))
    late = np.geomspace(turn, median_s * np.exp(8.0 * sigma), 20_000)
    densities = density(late)
    piled = np.concatenate([[0.0], np.cumsum(np.diff(late) * (densities[1:] + densities[:-1]) / 2.0)]) + share(turn)
    return Phone(
        seconds=np.concatenate([[0.0], late]),
        delay_share=np.concatenate([[0.0], piled]),
        gap_share=np.concatenate([[0.0], 1.0 - densities / densities[0]]),
    )
