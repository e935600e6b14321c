"""Chatter: what groups talk about besides the exercise. It tells nothing and is nothing but load.

Each member chats as a Poisson process of his own, so that a group chats in proportion to its size, its authors are drawn
evenly from its members, and somebody says the same at the same moments whichever group the alert structure puts him in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.draws import exponentials
from simulation.elementary import whole_microseconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Keys = NDArray[np.uint64]

PER_MEMBERS = 100
"""The rates of the registry are those of a group of this many members."""
_HOUR_S = 3600.0


class Chatter(NamedTuple):
    """Messages of chatter, C of them.

    Parameters
    ----------
    member
        (C,) index of the author among the members.
    nth
        (C,) the how-many-th of this author each is, from 0.
    time
        (C,) when, seconds.
    """

    member: Indices
    nth: Indices
    time: Floats


def chatter_times(stream: int, who: Keys, per_hour: float, until: float) -> Chatter:
    """Draw when members chat.

    Parameters
    ----------
    stream
        Key of the draws.
    who
        (M,) keys of the members.
    per_hour
        Messages per hour of a group of `PER_MEMBERS` members.
    until
        Seconds at which the evening ends; it begins at 0.
    """
    members = np.arange(len(who) if per_hour > 0.0 else 0)
    mean_s = _HOUR_S * PER_MEMBERS / (per_hour or 1.0)
    times, nth = np.zeros(len(members)), 0
    parts = [Chatter(members[:0], members[:0], times[:0])]
    while len(members):
        times = times + mean_s * exponentials(stream, who[members], nth)
        members, times = members[times < until], times[times < until]
        parts.append(Chatter(members, np.full(len(members), nth), whole_microseconds(times)))
        nth += 1
    return Chatter(*(np.concatenate(column) for column in zip(*parts, strict=True)))
