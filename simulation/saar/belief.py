"""What a searcher believes: the suspect may be at every point of the streets that he can have reached since he was seen.

Within reach is what lies, along the streets, no further from the last place than a suspect walks in the time that has passed.
A metre of street towards the stated direction, that is within a right angle of it as seen from the last place, counts for more
than one that is not. So a belief spreads as time goes by, and news of another place makes another belief. It follows from the
map and the news alone: who acts on the same news believes the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulation.elementary import unit_vector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.people.network import Network

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Point = tuple[int, float]
    Place = tuple[float, float]

_AHEAD_M = 1e-6
"""How far ahead a point must lie to lie towards a direction, metres: rounding sends no side street there."""


@dataclass(frozen=True, eq=False)
class Belief:
    """Stretches of street, each wholly towards the stated direction or wholly not; K of them, in order along each edge.

    Parameters
    ----------
    edge
        (K,) the edge.
    begin, end
        (K,) distances along the edge, metres.
    to_ends
        (2, K) how far one walks from the last place to the begin and to the end of the stretch, coming from that side, metres.
    towards
        (K,) whether it lies towards the stated direction.
    weight
        (K,) what a metre of it counts.
    """

    edge: Indices
    begin: Floats
    end: Floats
    to_ends: Floats
    towards: Flags
    weight: Floats

    def total(self, reach_m: float) -> float:
        """Sum up the weights of all metres of street within reach."""
        return self._reached(reach_m)[0].item(-1)

    def share_towards(self, reach_m: float) -> float:
        """Give the share of that sum that lies towards the stated direction."""
        summed = self._reached(reach_m)[0]
        return float(np.diff(summed, prepend=0.0)[self.towards].sum()) / summed.item(-1)

    def points(self, reach_m: float, shares: Sequence[float]) -> list[Point]:
        """Give the points up to which these shares of that sum lie, going along all edges in order.

        Parameters
        ----------
        reach_m
            How far from the last place the suspect can be, metres.
        shares
            Numbers from (0, 1); numbers drawn evenly give points drawn by weight.

        Returns
        -------
        For each an edge, and the distance along it, metres.
        """
        summed, covered = self._reached(reach_m)
        points = []
        for share in shares:
            target = share * summed.item(-1)
            row = int(summed.searchsorted(target))
            left = (summed.item(row) - target) / self.weight.item(row)
            reached_from_end = left < reach_m - self.to_ends.item(1, row)
            at = self.end.item(row) if reached_from_end else self.begin.item(row) + covered.item(row)
            points.append((self.edge.item(row), at - left))
        return points

    def _reached(self, reach_m: float) -> tuple[Floats, Floats]:
        """Give the summed weights up to each stretch, and how much of each is within reach, metres."""
        return self._everywhere if reach_m >= self._farthest_m else self._within(reach_m)

    @cached_property
    def _length(self) -> Floats:
        return self.end - self.begin

    @cached_property
    def _farthest_m(self) -> float:
        """How far from the last place the farthest point of the streets lies, metres."""
        return float((self.to_ends[0] + self.to_ends[1] + self._length).max()) / 2.0

    @cached_property
    def _everywhere(self) -> tuple[Floats, Floats]:
        return self._within(self._farthest_m)

    def _within(self, reach_m: float) -> tuple[Floats, Floats]:
        from_ends = np.maximum(reach_m - self.to_ends, 0.0)
        covered = np.minimum(from_ends[0] + from_ends[1], self._length)
        return (covered * self.weight).cumsum(), covered


def believe(network: Network, place: Point, direction: float | None, factor: float) -> Belief:
    """Make the belief of who has heard of a place.

    Parameters
    ----------
    network
        The streets; only those that are walkable in it count.
    place
        Edge, and distance along it in metres, where the suspect was seen.
    direction
        Where he went, radians from the east; None for not told: then every metre counts the same.
    factor
        What a metre towards the direction counts, against one that is not.
    """
    length, metres, (own, at) = network.edge_length, network.metres_from(place), place
    ahead, cut_edge, cut_at, turns = _sides(network, place, direction)
    edge = np.concatenate([np.arange(len(length)), cut_edge, [own]])
    begin = np.concatenate([np.zeros(len(length)), cut_at, [at]])
    order = np.lexsort((begin, edge))
    edge, begin, end = edge[order], begin[order], np.empty(len(order))
    towards = np.concatenate([ahead, turns, [False]])[order]
    first = np.flatnonzero(order < len(length))
    end[:-1], end[first[1:] - 1], end[-1] = begin[1:], length[:-1], length[-1]
    to_ends = np.empty((2, len(order)))
    to_ends[0] = metres[network.dart_tail[::2]][edge] + begin
    to_ends[1] = (metres[network.dart_head[::2]] + length)[edge] - end
    for row in range(first.item(own), first.item(own + 1) if own + 1 < len(length) else len(order)):
        side = int(begin.item(row) < at)
        to_ends[side, row] = at - end.item(row) if side else begin.item(row) - at
    walkable = network.walkable[edge]
    edge, begin, end, towards = (column[walkable] for column in (edge, begin, end, towards))
    return Belief(edge, begin, end, to_ends[:, walkable], towards, np.where(towards, factor, 1.0))


def _sides(network: Network, place: Point, direction: float | None) -> tuple[Flags, Indices, Floats, Flags]:
    """Tell which edges begin towards a direction; give edges, and distances along them, where that changes, and to what."""
    corners = network.corners
    if direction is None:
        return np.zeros(len(corners.first), bool), np.zeros(0, np.int64), np.zeros(0), np.zeros(0, bool)
    (x, y), (dx, dy) = network.position(*place), unit_vector(direction)
    ahead = corners.x * dx + corners.y * dy - (x * dx + y * dy + _AHEAD_M)
    towards = ahead > 0.0
    cut = np.flatnonzero((towards[1:] != towards[:-1]) & corners.joined)
    before, after = ahead[cut], cut + 1
    at = corners.at[cut] + (corners.at[after] - corners.at[cut]) * (before / (before - ahead[after]))
    return towards[corners.first], corners.edge[cut], at, towards[after]


def nearest_of(network: Network, xy: Place, points: Sequence[Point]) -> tuple[Point, Place]:
    """Choose the nearest of some points as the crow flies, of equally near ones the first; give its x and y too, metres."""
    places = [network.position(*point) for point in points]
    squares = [(x - xy[0]) * (x - xy[0]) + (y - xy[1]) * (y - xy[1]) for x, y in places]
    nearest = squares.index(min(squares))
    return points[nearest], places[nearest]
