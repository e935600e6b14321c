"""Messages, and when each reader reads them."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from simulation.channels.checks import CheckRhythm, check_times, next_checks
from simulation.channels.overload import Muting
from simulation.draws import stream_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from simulation.channels.groups import Channel

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Keys = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that people talk about.

    Parameters
    ----------
    x, y
        Map coordinates, metres.
    street
        Name of the street, or empty.
    """

    x: float
    y: float
    street: str

    def metres_to(self, other: Spot) -> float:
        """Give the distance to another place as the crow flies, metres."""
        across, up = self.x - other.x, self.y - other.y
        return sqrt(across * across + up * up)

    def as_data(self) -> dict[str, float | str]:
        """Give the place as it stands in a record."""
        return {"x_m": self.x, "y_m": self.y, "street": self.street}


NOWHERE = Spot(0.0, 0.0, "")


@dataclass(frozen=True, eq=False)
class Message:
    """One message, as sent.

    Parameters
    ----------
    content
        `sighting`, `hint`, `start`, `broadcast`, `close`, `correction` or `chatter`.
    suspect
        Number of the suspect it is about, from 0; -1 for none.
    place, direction, seen_s
        Where, in which direction (radians from the east, counter-clockwise) and when (seconds) he was seen; None where not
        told.
    elements
        Elements of the description that it tells.
    called
        Whether it says that the number has been called.
    true
        Whether its author did not mistake somebody else for the suspect. Known to the trace, never to readers.
    matter
        Id of the record that it goes back to, in whatever channel and however often it is told; with a number where more than
        one piece of news goes back to it; empty for its own post.
    forwarded
        Whether it was passed on.
    """

    content: str
    suspect: int = -1
    place: Spot | None = None
    direction: float | None = None
    seen_s: float | None = None
    elements: tuple[str, ...] = ()
    called: bool = False
    true: bool = True
    matter: str = ""
    forwarded: bool = False


class Phones:
    """When everybody looks at his phone, drawn when first needed.

    Somebody's checks read all that has come in every channel that he has not muted: one stream, whatever the channels are and
    whatever is sent. What comes in groups that he has muted he reads at the next check of a slower stream of its own, but not
    before the next usual check: to have muted a group never makes anybody read sooner.

    Parameters
    ----------
    seed
        Seed of the world.
    who
        (N,) keys of the people.
    player, muted
        (N,) who plays, and so looks more often; who had groups muted before the evening.
    parameters
        Values of the registry.
    span
        Seconds between which messages are sent and read.

    Attributes
    ----------
    muting
        Who has muted which group, and from when.
    """

    def __init__(
        self, seed: int, who: Keys, player: Flags, muted: Flags, parameters: Mapping[str, float], span: tuple[float, float]
    ) -> None:
        self._seed, self._who, self._span = seed, who, span
        self._kinds = [
            (chosen, CheckRhythm(parameters[f"{name}_median_s"], parameters[f"{name}_sigma"]))
            for chosen, name in ((~player, "read_delay_ordinary"), (player, "read_delay_player"))
        ]
        self._slower = {"check": 1.0, "check-muted": parameters["muted_delay_factor"]}
        self._checks: dict[tuple[str, str], list[tuple[Indices, Floats]]] = {}
        self.muting = Muting(seed, who, muted, parameters)

    def read_times(self, channel: Channel, sent: float) -> Floats:
        """Give for each person when he reads a message sent at a moment, seconds; infinite for not within the span."""
        times = self._next(channel, "check", sent)
        if channel.is_group:
            muted = self.muting.since(channel) <= sent
            if muted.any():
                times = np.where(muted, np.maximum(self._next(channel, "check-muted", sent), times), times)
        times[times > self._span[1]] = np.inf
        return times

    def _next(self, channel: Channel, stream: str, sent: float) -> Floats:
        """Give the first check of each reader of a channel after a moment, in one of the streams, seconds."""
        if (channel.key, stream) not in self._checks:
            self._checks[channel.key, stream] = list(self._draw(channel, stream))
        times = np.full(len(self._who), np.inf)
        for readers, checks in self._checks[channel.key, stream]:
            times[readers] = next_checks(checks, sent)
        return times

    def _draw(self, channel: Channel, stream: str) -> Iterator[tuple[Indices, Floats]]:
        key = np.array([stream_key(self._seed, stream)], np.uint64)
        for kind, rhythm in self._kinds:
            readers = channel.members[kind[channel.members]]
            if len(readers):
                own = CheckRhythm(self._slower[stream] * rhythm.median_s, rhythm.sigma)
                yield readers, check_times(key, self._who[readers], own, self._span)
