"""Shadows: the whole evening of somebody whose every step is known, a suspect or an innocent walker.

The word is that of detectives, who shadow people.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from simulation.light import seen_share
from simulation.people.legs import cut
from simulation.people.rows import distinct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from simulation.light import Light
    from simulation.people.legs import Legs
    from simulation.people.network import Network

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Point = tuple[int, float]

NO_STOP = -1
INNOCENT = -1
"""What stands for the game of somebody who plays in none."""
_ROUNDING_S = 1e-6


@dataclass(frozen=True, slots=True)
class Stop:
    """A moment at which a suspect stands still.

    Parameters
    ----------
    start, until
        Seconds of play.
    act
        What he does there; empty for a mere pause.
    conspicuousness
        Factor on being noticed while it lasts.
    """

    start: float
    until: float
    act: str
    conspicuousness: float


@dataclass(frozen=True, eq=False)
class Shadow:
    """One person's evening, of whom every step is known.

    Parameters
    ----------
    key
        `suspect-1`, `suspect-2`, … over all games of the evening; `passer-by-1`, … or the key of a resident for innocents.
    game
        Index of the game in which he is to be found; `INNOCENT` for who is none of the suspects.
    description
        Elements of his appearance, as the scenario states them; nothing for innocents.
    shares
        Share of the people in the street of whom each of those elements is the same.
    causes
        What his way follows from: a fact and a draw, if there is any.
    begin, end
        Seconds of play between which he is outside.
    legs
        His movements in order of time, pauses included; `owner` is 0.
    stop_of_leg
        Index into `stops` for each leg at rest, else -1.
    stops
        Pauses and acts, in order of time.
    light
        (L,) how well he is seen on each leg, against by day.
    """

    key: str
    game: int
    description: Mapping[str, str]
    shares: Mapping[str, float]
    causes: tuple[str, ...]
    begin: float
    end: float
    legs: Legs
    stop_of_leg: NDArray[np.int64]
    stops: tuple[Stop, ...]
    light: Floats

    @cached_property
    def _starts(self) -> list[float]:
        return list(self.legs.start.tolist())

    def since(self, time: float) -> Shadow:
        """Give what is still to come of his evening after `time`, seconds."""
        rows = np.flatnonzero(self.legs.stop > time)
        legs = cut(self.legs, np.maximum(self.legs.start[rows], time), self.legs.stop[rows])
        return replace(self, legs=legs, stop_of_leg=self.stop_of_leg[rows], light=self.light[rows])

    def leg_at(self, time: float) -> int:
        """Give the index of the leg on which he is at `time`, seconds."""
        return max(bisect_right(self._starts, time) - 1, 0)

    def light_at(self, time: float) -> float:
        """Give how well he is seen at `time`, seconds, against by day."""
        return self.light.item(self.leg_at(time))

    def stop_at(self, time: float) -> Stop:
        """Give the pause or act during which he stands still at `time`, seconds."""
        return max((stop for stop in self.stops if stop.start <= time + _ROUNDING_S), key=attrgetter("start"))

    def position(self, time: float) -> tuple[float, float]:
        """Give x and y, metres, at `time`, seconds."""
        leg, legs = self.leg_at(time), self.legs
        passed = min(time, legs.stop.item(leg)) - self._starts[leg]
        return legs.x.item(leg) + passed * legs.vx.item(leg), legs.y.item(leg) + passed * legs.vy.item(leg)

    def place_at(self, network: Network, time: float) -> Point:
        """Give the edge on which he is at `time`, seconds, and how far along it, metres."""
        leg = self.leg_at(time)
        passed = min(time, self.legs.stop.item(leg)) - self._starts[leg]
        piece = self.legs.piece.item(leg)
        on_piece = self.legs.at.item(leg) + passed * self.legs.along.item(leg)
        return network.edge_of_piece.item(piece), network.map.streets.piece_at.item(piece) + on_piece

    def heading(self, time: float) -> tuple[float, float]:
        """Give the direction in which he walks at `time`, or walked last, as a vector in metres per second."""
        for leg in range(self.leg_at(time), -1, -1):
            if self.legs.along.item(leg):
                return self.legs.vx.item(leg), self.legs.vy.item(leg)
        return 0.0, 0.0


def in_light(
    legs: Legs, stop_of_leg: Indices, network: Network, light: Light, parameters: Mapping[str, float]
) -> tuple[Legs, Indices, Floats]:
    """Cut somebody's legs where the daylight changes, and work out how well he is seen on each.

    Returns
    -------
    The legs, the stop of each, and how well he is seen on each, against by day.
    """
    changes = light.begin[(light.begin > legs.start[0]) & (light.begin < legs.stop[-1])]
    if len(changes):
        start = distinct(np.concatenate([legs.start, changes]))
        stop_of_leg = stop_of_leg[np.searchsorted(legs.start, start, side="right") - 1]
        legs = cut(legs, start, np.append(start[1:], legs.stop[-1]))
    lit = network.map.streets.edge_lit[network.edge_of_piece[legs.piece]]
    return legs, stop_of_leg, seen_share(light.at(legs.start), lit, parameters)
