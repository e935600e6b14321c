"""How surely and how soon a message is passed on over one hop: from a channel to another, by whoever sits in both.

In closed form, for one isolated message that is always judged with the chance `p_admin_forward`: one of the organisers', or
news so fresh, near, well told and called about that nothing lowers it. With q that chance, and s stewards who all take part
(`p_steward_available` 1) and judge each for himself (`judgement_shared` 0), the hop succeeds with chance 1 - (1 - q)^s. In
general a steward takes part with chance a, and with chance ρ shares the verdict that lies in the message, which is yes with
chance q. So given yes each passes on with chance a (ρ + (1 - ρ) q), given no with a (1 - ρ) q, independently of the others.

The time is that of the first who passes on: his delay until he reads, as `simulation.channels.checks` has it, and that from
reading to passing on, which is lognormal. Its mean is an integral over t, summed on a fixed grid (error below one in a
thousand). Left out are the end of the evening, after which nobody passes anything on, other messages, because of which members
mute a group, and the seconds that it takes to pass on to more groups than go at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.channels.checks import CheckRhythm
from simulation.elementary import exp

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LOGS = np.linspace(-4.0, 20.0, 1201)
"""Logarithms of the times at which shares are known, relative to the quickest median: from a fiftieth to practically never."""

_SCORES = np.linspace(-6.0, 6.0, 49)
"""Standard normal values over which the delay between reading and passing on is summed; so many are exact to eight digits."""


_SHARES = (np.arange(200) + 0.5) / 200.0
"""Shares of the cases for which the times are kept of which the median is made."""


class Reader(NamedTuple):
    """What decides how soon somebody reads a channel.

    Parameters
    ----------
    player
        Whether he plays, and so looks more often.
    muted
        Whether he has muted it.
    """

    player: bool
    muted: bool


class Passed(NamedTuple):
    """How soon a message is passed on, if it is.

    Parameters
    ----------
    chance
        Chance that it is.
    expected_s
        Mean time, seconds.
    times
        Times within which it is in even shares of the cases, rising, seconds.
    """

    chance: float
    expected_s: float
    times: Floats


@dataclass(frozen=True)
class Relay:
    """The numbers of passing on.

    Parameters
    ----------
    parameters
        Values of the registry.
    """

    parameters: Mapping[str, float]

    @property
    def verdicts(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """For the shared verdict yes and no: its chance, and the chance that a steward passes on given it."""
        q, shared, takes_part = self.chance, self.shared, self.takes_part
        return (q, takes_part * (shared + (1.0 - shared) * q)), (1.0 - q, takes_part * (1.0 - shared) * q)

    @property
    def chance(self) -> float:
        """Chance of a yes, q."""
        return self.parameters["p_admin_forward"]

    @property
    def shared(self) -> float:
        """Chance that a steward judges as the message lies, ρ."""
        return self.parameters["judgement_shared"]

    @property
    def takes_part(self) -> float:
        """Chance that a steward passes anything on this evening, a."""
        return self.parameters["p_steward_available"]

    def passed(self, stewards: int) -> float:
        """Give the chance that any of some stewards passes a message on."""
        return sum(chance * (1.0 - (1.0 - each) ** stewards) for chance, each in self.verdicts)

    def first_read_s(self, readers: Iterable[Reader]) -> float:
        """Give the mean time until the first of some people reads a message, seconds."""
        unread = np.ones_like(self._times)
        for reader in readers:
            unread *= 1.0 - self._read[reader]
        return self._mean(unread)

    def passed_on(self, readers: Iterable[Reader], each: float) -> Passed:
        """Tell how soon the first of some stewards passes a message on.

        Parameters
        ----------
        readers
            The stewards.
        each
            Chance that each passes it on, more than 0.
        """
        waiting, never = np.ones_like(self._times), 1.0
        for reader in readers:
            waiting *= 1.0 - each * self._ready[reader]
            never *= 1.0 - each
        later = np.maximum(waiting - never, 0.0) / (1.0 - never)
        return Passed(1.0 - never, self._mean(later), np.interp(_SHARES, 1.0 - later, self._times))

    def _mean(self, later: Floats) -> float:
        """Sum the share that is later than each time over all times."""
        steps = (self._times[1:] - self._times[:-1]) * (later[1:] + later[:-1]) / 2.0
        return float(self._times[0] * later[0] + steps.sum())

    @cached_property
    def _rhythms(self) -> dict[Reader, CheckRhythm]:
        """How often each kind of reader looks."""
        rhythms = {}
        for player, name in ((False, "read_delay_ordinary"), (True, "read_delay_player")):
            median_s, sigma = self.parameters[f"{name}_median_s"], self.parameters[f"{name}_sigma"]
            for muted, factor in ((False, 1.0), (True, self.parameters["muted_delay_factor"])):
                rhythms[Reader(player, muted)] = CheckRhythm(factor * median_s, sigma)
        return rhythms

    @cached_property
    def _times(self) -> Floats:
        """The times of the grid, seconds."""
        shortest = min([rhythm.median_s for rhythm in self._rhythms.values()])
        return np.asarray(shortest * exp(_LOGS))

    @cached_property
    def _read(self) -> dict[Reader, Floats]:
        """The share of messages that each kind of reader has read at the times of the grid."""
        return {reader: rhythm.share_within(self._times) for reader, rhythm in self._rhythms.items()}

    @cached_property
    def _ready(self) -> dict[Reader, Floats]:
        """The share of messages that each kind of reader has read and is ready to pass on."""
        delays = self.parameters["admin_relay_median_s"] * exp(self.parameters["admin_relay_sigma"] * _SCORES)
        weights = exp(-_SCORES * _SCORES / 2.0)
        ready = {reader: np.zeros_like(self._times) for reader in self._rhythms}
        for reader, rhythm in self._rhythms.items():
            for delay, weight in zip(delays.tolist(), (weights / weights.sum()).tolist(), strict=True):
                ready[reader] += weight * rhythm.share_within(self._times - delay)
        return ready


def added(one: Floats, other: Floats) -> Floats:
    """Add two independent times, each given by even shares of the cases."""
    sums = np.sort((one[:, np.newaxis] + other).ravel())
    return np.asarray(sums[len(other) // 2 :: len(other)])


def middle(weights: list[float], times: list[Floats]) -> float:
    """Give the median of a mixture of times, each given by even shares of the cases."""
    values, shares = (
        np.concatenate(times),
        np.concatenate([np.full(len(some), weight) for weight, some in zip(weights, times, strict=True)]),
    )
    order = np.argsort(values, kind="stable")
    below = np.cumsum(shares[order])
    return float(values[order][np.searchsorted(below, below[-1] / 2.0)])
