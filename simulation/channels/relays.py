"""How surely and how soon a message is passed on over one hop: from a channel to another, by whoever sits in both.

In closed form, for one isolated message that is always judged with the chance `p_admin_forward`: one of the organisers', or
news so fresh, near, well told and called about that nothing lowers it. With q that chance, and s stewards who all take part
(`p_steward_available` 1) and judge each for himself (`judgement_shared` 0), the hop succeeds with chance 1 - (1 - q)^s. In
general a steward takes part with chance a (an official while he is on duty or replaced), and with chance ρ shares the verdict
that lies in the message, which is yes with chance q. So given yes each passes on with chance a (ρ + (1 - ρ) q), given no with
a (1 - ρ) q, independently of the others.

The time is that of the first who passes on: his delay until he reads, as `simulation.channels.checks` has it, in a group that
he muted the later of two such delays; and that from reading to passing on, which is lognormal. Its mean is an integral over t,
summed on a fixed grid (error below one in a thousand). Left out are the end of the evening, after which nobody passes anything
on, other messages, because of which members mute a group, and the seconds that it takes to pass on to more groups than go at a
time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import prod
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


_DECIDING = (
    "read_delay_ordinary_median_s",
    "read_delay_ordinary_sigma",
    "read_delay_player_median_s",
    "read_delay_player_sigma",
    "muted_delay_factor",
    "admin_relay_median_s",
    "admin_relay_sigma",
)
"""The parameters that decide how soon people read and pass on."""


class Reader(NamedTuple):
    """What decides how soon somebody reads a channel.

    Parameters
    ----------
    player
        Whether he plays, and so looks more often.
    muted
        Whether he has muted it.
    official
        Whether he lives elsewhere: then he passes messages on while on duty, or replaced.
    """

    player: bool
    muted: bool
    official: bool = False

    @property
    def rhythm(self) -> tuple[bool, bool]:
        """What tells how soon he reads."""
        return self.player, self.muted


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


class Curves(NamedTuple):
    """How soon each kind of reader reads, and passes on.

    Parameters
    ----------
    times
        The times of the grid, rising, seconds.
    read, ready
        By rhythm, the share of messages that he has read, and that he is ready to pass on, at those times.
    """

    times: Floats
    read: dict[tuple[bool, bool], Floats]
    ready: dict[tuple[bool, bool], Floats]

    def mean(self, later: Floats) -> float:
        """Sum the share that is later than each time over all times."""
        steps = (self.times[1:] - self.times[:-1]) * (later[1:] + later[:-1]) / 2.0
        return float(self.times[0] * (1.0 + later[0]) / 2.0 + steps.sum())


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
        """For the shared verdict yes and no: its chance, and the chance that who takes part passes on given it."""
        q, shared = self.chance, self.shared
        return (q, shared + (1.0 - shared) * q), (1.0 - q, (1.0 - shared) * q)

    @property
    def chance(self) -> float:
        """Chance of a yes, q."""
        return self.parameters["p_admin_forward"]

    @property
    def shared(self) -> float:
        """Chance that a steward judges as the message lies, ρ."""
        return self.parameters["judgement_shared"]

    def takes_part(self, reader: Reader) -> float:
        """Give the chance that somebody passes anything on this evening, a."""
        if not reader.official:
            return self.parameters["p_steward_available"]
        on_duty = self.parameters["p_official_on_duty"]
        return on_duty + (1.0 - on_duty) * self.parameters["p_official_replaced"]

    def passed(self, readers: Iterable[Reader]) -> float:
        """Give the chance that any of some stewards passes a message on."""
        shares = [self.takes_part(reader) for reader in readers]
        return sum(chance * (1.0 - prod(1.0 - judged * share for share in shares)) for chance, judged in self.verdicts)

    def first_read_s(self, readers: Iterable[Reader]) -> float:
        """Give the mean time until the first of some people reads a message, seconds."""
        curves = self._curves
        unread = np.ones_like(curves.times)
        for reader in readers:
            unread *= 1.0 - curves.read[reader.rhythm]
        return curves.mean(unread)

    def passed_on(self, readers: Iterable[Reader], judged: float) -> Passed:
        """Tell how soon the first of some stewards passes a message on.

        Parameters
        ----------
        readers
            The stewards.
        judged
            Chance that each passes it on if he takes part, more than 0.
        """
        curves = self._curves
        waiting, never = np.ones_like(curves.times), 1.0
        for reader in readers:
            each = judged * self.takes_part(reader)
            waiting *= 1.0 - each * curves.ready[reader.rhythm]
            never *= 1.0 - each
        later = np.maximum(waiting - never, 0.0) / (1.0 - never)
        return Passed(1.0 - never, curves.mean(later), np.interp(_SHARES, 1.0 - later, curves.times))

    @property
    def _curves(self) -> Curves:
        """How soon people read and pass on."""
        return _made(tuple(self.parameters[name] for name in _DECIDING))


@lru_cache(maxsize=8)
def _made(values: tuple[float, ...]) -> Curves:
    """Work out how soon people read and pass on, from the values of `_DECIDING`; this takes longer than all that uses it."""
    ordinary, player, factor, relay = values[:2], values[2:4], values[4], values[5:]
    rhythms = {
        (plays, muted): [CheckRhythm(median_s * slower, sigma) for slower in ((1.0, factor) if muted else (1.0,))]
        for plays, (median_s, sigma) in ((False, ordinary), (True, player))
        for muted in (False, True)
    }
    times = np.asarray(min(ordinary[0], player[0]) * exp(_LOGS))
    delays, weights = relay[0] * exp(relay[1] * _SCORES), exp(-_SCORES * _SCORES / 2.0)
    weights /= weights.sum()
    ready = {rhythm: np.zeros_like(times) for rhythm in rhythms}
    for rhythm, both in rhythms.items():
        for delay, weight in zip(delays.tolist(), weights.tolist(), strict=True):
            ready[rhythm] += weight * _within(both, times - delay)
    return Curves(times, {rhythm: _within(both, times) for rhythm, both in rhythms.items()}, ready)


def _within(rhythms: list[CheckRhythm], seconds: Floats) -> Floats:
    """Give the share of messages that are followed by a check of each rhythm within so long."""
    share = np.ones_like(seconds)
    for rhythm in rhythms:
        share *= rhythm.share_within(seconds)
    return share


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
