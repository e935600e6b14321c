"""What a searcher believes: the suspect may be at every point of the streets that he can have reached since he was seen.

Within reach is what lies, along the streets, no further from the last place than a suspect walks in the time that has passed.
A metre of street towards the stated direction, that is within a right angle of it as seen from the last place, counts for more
than one that is not. So a belief spreads as time goes by, and news of another place makes another belief. It follows from the
map and the news alone: who acts on the same news believes the same.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    to_begin, to_end
        (K,) how far one walks from the last place to either end of the stretch, coming from that side, metres.
    towards
        (K,) whether it lies towards the stated direction.
    weight
        (K,) what a metre of it counts.
    """

    edge: Indices
    begin: Floats
    end: Floats
    to_begin: Floats
    to_end: Floats
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
        summed, covered, behind = self._reached(reach_m)
        points = []
        for share in shares:
            target = share * summed.item(-1)
            row = int(summed.searchsorted(target))
            left = (summed.item(row) - target) / self.weight.item(row)
            at = self.end.item(row) if left < behind.item(row) else self.begin.item(row) + covered.item(row)
            points.append((self.edge.item(row), at - left))
        return points

    def _reached(self, reach_m: float) -> tuple[Floats, Floats, Floats]:
        """Give the summed weights up to each stretch, how much of each is within reach, and how much of that at its end."""
        length = self.end - self.begin
        before = np.minimum(np.maximum(reach_m - self.to_begin, 0.0), length)
        behind = np.minimum(np.maximum(reach_m - self.to_end, 0.0), length)
        covered = np.minimum(before + behind, length)
        return np.cumsum(covered * self.weight), covered, behind


def believe(network: Network, place: Point, direction: float | None, factor: float) -> Belief:
    """Make the belief of who has heard of a place.

    Parameters
    ----------
    network
        The streets.
    place
        Edge, and distance along it in metres, where the suspect was seen.
    direction
        Where he went, radians from the east; None for not told: then every metre counts the same.
    factor
        What a metre towards the direction counts, against one that is not.
    """
    edges, (own, at) = len(network.edge_length), place
    ahead, cut_edge, cut_at = _sides(network, place, direction)
    edge = np.concatenate([np.arange(edges), cut_edge, [own]])
    begin = np.concatenate([np.zeros(edges), cut_at, [at]])
    order = np.lexsort((begin, edge))
    first, crossed = np.flatnonzero(order < edges), np.cumsum((order >= edges) & (order < len(edge) - 1))
    edge, begin = edge[order], begin[order]
    end = np.append(begin[1:], 0.0)
    end[np.append(first[1:], len(edge)) - 1] = network.edge_length
    towards = ahead[edge] ^ ((crossed - crossed[first][edge]) % 2 == 1)
    metres = network.metres_from(place)
    to_begin = metres[network.dart_tail[2 * edge]] + begin
    to_end = metres[network.dart_head[2 * edge]] + network.edge_length[edge] - end
    here = slice(first.item(own), first.item(own) + int(np.count_nonzero(edge == own)))
    to_begin[here] = np.where(begin[here] >= at, begin[here] - at, to_begin[here])
    to_end[here] = np.where(end[here] <= at, at - end[here], to_end[here])
    return Belief(edge, begin, end, to_begin, to_end, towards, np.where(towards, factor, 1.0))


def _sides(network: Network, place: Point, direction: float | None) -> tuple[Flags, Indices, Floats]:
    """Tell which edges begin towards a direction; give the edges, and the distances along them, where that changes."""
    streets = network.map.streets
    if direction is None:
        return np.zeros(len(network.edge_length), bool), np.zeros(0, np.int64), np.zeros(0)
    (x, y), (dx, dy) = network.position(*place), unit_vector(direction)
    corners, ends = streets.piece_xy, streets.node_xy[streets.edge_nodes[:, 1]]
    begins = (corners[:, 0] - x) * dx + (corners[:, 1] - y) * dy - _AHEAD_M
    last = streets.edge_piece[1:] - 1
    finishes = np.append(begins[1:], 0.0)
    finishes[last] = (ends[:, 0] - x) * dx + (ends[:, 1] - y) * dy - _AHEAD_M
    cut = np.flatnonzero((begins > 0.0) != (finishes > 0.0))
    until = np.append(streets.piece_at[1:], 0.0)
    until[last] = network.edge_length
    share = begins[cut] / (begins[cut] - finishes[cut])
    at = streets.piece_at[cut] + share * (until[cut] - streets.piece_at[cut])
    return begins[streets.edge_piece[:-1]] > 0.0, network.edge_of_piece[cut], at


def next_goal(network: Network, here: Point, points: Sequence[Point]) -> Point:
    """Choose where to go of several points: the nearest as the crow flies; of equally near ones the first."""
    x, y = network.position(*here)

    def square(point: Point) -> float:
        across, up = network.position(*point)
        return (across - x) * (across - x) + (up - y) * (up - y)

    return min(points, key=square)
