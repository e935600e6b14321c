"""The broadcast of the control room (Burgernet): who is enrolled, how each of them is reached, and how soon.

It rings: who gets it does not come upon it at one of the checks of his phone, but by a delay of its own, which hangs on
whether he is rung up, gets a text, or has the app.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.channels.groups import Channel
from simulation.draws import combine, stream_key, uniforms
from simulation.elementary import exp, normal_quantile, whole_microseconds
from simulation.scenario.structures import BROADCAST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Keys = NDArray[np.uint64]

WAYS = ("voice", "text", "app")
"""How the broadcast reaches somebody: he is rung up, gets a text, or has the app."""
_VOICE, _TEXT, _APP = range(len(WAYS))


class Broadcast:
    """Those whom a broadcast can reach, and when each of them has read or heard one.

    Parameters
    ----------
    seed
        Seed of the world.
    who
        (N,) keys of the people.
    members, apps
        Indices of those whom it can reach, rising; and of those among them who have the app in any case.
    parameters
        Values of the registry.
    until
        Seconds until which reading is followed.

    Attributes
    ----------
    channel
        Its channel.
    ways
        (M,) how each member is reached, an index into `WAYS`: a keyed trait.
    """

    def __init__(
        self, seed: int, who: Keys, members: Indices, apps: Indices, parameters: Mapping[str, float], until: float
    ) -> None:
        self.channel = Channel(BROADCAST, BROADCAST, members)
        self._keys, self._people, self._until = who[members], len(who), until
        self._stream = stream_key(seed, "broadcast-delay")
        voice, app = parameters["p_burgernet_voice"], parameters["p_burgernet_app"]
        share = uniforms(stream_key(seed, "broadcast-way"), self._keys) if len(members) else np.zeros(0)
        self.ways: Indices = np.where(share < voice, _VOICE, np.where(share < voice + app, _APP, _TEXT))
        self.ways[np.isin(members, apps)] = _APP
        factors = np.array([parameters["burgernet_voice_factor"], 1.0, parameters["burgernet_app_factor"]])
        self._median_s: Floats = parameters["burgernet_delivery_median_s"] * factors[self.ways]
        self._sigma = parameters["burgernet_delivery_sigma"]

    def heard_at(self, inside: Flags, sent: float, matter: int, n: int) -> Floats:
        """Give for each person when he has read or heard a broadcast, seconds; infinite for never.

        Parameters
        ----------
        inside
            (M,) to which members it goes.
        sent
            When, seconds.
        matter
            Key of what it is about.
        n
            The how-many-th broadcast about it, from 0.
        """
        times = np.full(self._people, np.inf)
        if inside.any():
            score = normal_quantile(uniforms(self._stream, combine(self._keys[inside], matter), n))
            times[self.channel.members[inside]] = whole_microseconds(sent + self._median_s[inside] * exp(self._sigma * score))
        times[times > self._until] = np.inf
        return times
