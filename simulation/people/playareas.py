"""The areas in which games are played: the streets of a map nearest to a middle, as one walks.

A street is as far away as its farthest metre. So all streets that are nearer than some distance hang together, whatever that
distance: the way to a street leads through nearer ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulation.people.places import locate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.scenario.model import Area, Scenario

    Floats = NDArray[np.float64]
    Point = tuple[int, float]
    Step = tuple[int, float, float]

_ROUNDING_M = 1e-6


class PlayArea(NamedTuple):
    """The area of a game.

    Parameters
    ----------
    middle
        Edge, and distance along it, metres.
    reach_m
        Every metre of its streets lies within this distance of the middle, as one walks.
    network
        The streets, with only those of the area to walk in.
    everywhere
        All streets.
    """

    middle: Point
    reach_m: float
    network: Network
    everywhere: Network

    def way_in(self, place: Point) -> tuple[list[Step], Point]:
        """Give the shortest way in, and where it comes in; from inside there are no steps."""
        steps, _ = self.everywhere.way(place, self.middle)
        walkable, length = self.network.walkable, self.network.dart_length
        for number, (dart, begin, _) in enumerate(steps):
            if walkable[dart // 2]:
                return steps[:number], (dart // 2, begin if dart % 2 == 0 else length.item(dart) - begin)
        return steps, self.middle

    def as_data(self) -> dict[str, Any]:
        """Give the fields of the area in the record of a game."""
        network = self.network
        (x, y), inside = network.position(*self.middle), np.flatnonzero(network.walkable).tolist()
        return {
            "x_m": round(x, 3),
            "y_m": round(y, 3),
            "reach_m": round(self.reach_m, 3),
            "length_m": round(network.edge_ends.item(-1), 3),
            "streets": sorted({network.street(edge) for edge in inside} - {""}),
        }


def play_areas(scenario: Scenario, network: Network) -> list[PlayArea | None]:
    """Give the area of each game; None where it is played everywhere."""
    return [None if game.area is None else play_area(network, game.area) for game in scenario.games]


def play_area(network: Network, area: Area) -> PlayArea:
    """Find an area on the map; made once and kept."""
    if area not in network.areas:
        network.areas[area] = _made(network, area)
    return network.areas[area]


def _made(network: Network, area: Area) -> PlayArea:
    middle = _middle(network) if area.around is None else locate(network, area.around)
    away = _metres_away(network, middle)
    if area.radius_m is not None:
        inside = away <= area.radius_m
    else:
        order = np.argsort(np.where(np.arange(len(away)) == middle[0], -1.0, away), kind="stable")
        metres = np.cumsum(network.edge_length[order])
        number = int(np.searchsorted(metres, (area.share or 0.0) * metres[-1] - _ROUNDING_M)) + 1
        inside = np.zeros(len(away), bool)
        inside[order[:number]] = np.isfinite(away[order[:number]])
    inside[middle[0]] = True
    return PlayArea(middle, float(away[inside].max()), network.within(inside), network)


def _middle(network: Network) -> Point:
    """Give the point of the streets nearest to the mean of all their metres."""
    pieces = network.map.streets.piece_xy
    across, up = pieces[:, 2] - pieces[:, 0], pieces[:, 3] - pieces[:, 1]
    length = np.sqrt(across * across + up * up)
    x, y = (float((length * (pieces[:, axis] + pieces[:, axis + 2])).sum() / (2.0 * length.sum())) for axis in (0, 1))
    return network.nearest(x, y)


def _metres_away(network: Network, middle: Point) -> Floats:
    """Give how far it is from a point to the farthest metre of each edge, as one walks; infinite where there is no way."""
    (edge, at), nodes = middle, network.metres_from(middle)
    away = (nodes[network.dart_tail[::2]] + nodes[network.dart_head[::2]] + network.edge_length) / 2.0
    away[edge] = max(at, network.edge_length.item(edge) - at)
    return np.asarray(away)
