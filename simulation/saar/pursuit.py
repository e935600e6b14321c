"""Walking up to a suspect: the first moment at which a walker can be within speaking distance of him, along the streets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.people.shadows import Shadow

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]


def catch_up(
    network: Network, shadow: Shadow, here: tuple[int, float], span: tuple[float, float], walker: tuple[float, float]
) -> float | None:
    """Find when a walker reaches a suspect.

    Parameters
    ----------
    network
        The streets.
    shadow
        The suspect.
    here
        Edge, and distance along it in metres, from which the walker sets out.
    span
        Seconds between which he must reach him.
    walker
        Speed, metres per second, and speaking distance, metres.

    Returns
    -------
    The moment, seconds; None where he is out of reach.
    """
    begin, (speed, speaking) = span[0], walker
    start, stop, edge, at = movements(network, shadow, span)
    best: float | None = None
    for near, far in distances(network, here, edge, at):
        slack = [speed * (start - begin) + speaking - near, speed * (stop - begin) + speaking - far]
        reached = np.flatnonzero((np.maximum(slack[0], slack[1]) >= 0.0) & (stop > start))
        if len(reached):
            first = int(reached[0])
            gain = float(slack[1][first] - slack[0][first])
            share = 0.0 if slack[0][first] >= 0.0 else float(-slack[0][first]) / gain
            moment = float(start[first]) + share * float(stop[first] - start[first])
            best = moment if best is None else min(best, moment)
    return best


def movements(
    network: Network, shadow: Shadow, span: tuple[float, float]
) -> tuple[Floats, Floats, Indices, tuple[Floats, Floats]]:
    """Give a suspect's legs within a span of time: start and stop, seconds, edge, and where on it at both, metres."""
    legs, (begin, last) = shadow.legs, span
    rows = np.arange(shadow.leg_at(begin), min(shadow.leg_at(last) + 1, len(legs)))
    start, stop = np.maximum(legs.start[rows], begin), np.minimum(legs.stop[rows], last)
    piece = legs.piece[rows]
    base = network.map.streets.piece_at[piece] + legs.at[rows]
    from_at, to_at = (base + legs.along[rows] * (moment - legs.start[rows]) for moment in (start, stop))
    return start, stop, network.edge_of_piece[piece], (from_at, to_at)


def distances(network: Network, here: tuple[int, float], edge: Indices, at: Sequence[Floats]) -> list[list[Floats]]:
    """Give the walking distances to points of edges, for each row of `at`, by each of the ways there may be, metres."""
    own, offset = here
    length, ends = network.edge_length, network.map.streets.edge_nodes
    metres = network.metres_from(here)
    by_start = [metres[ends[edge, 0]] + place for place in at]
    by_end = [metres[ends[edge, 1]] + length[edge] - place for place in at]
    direct = [np.where(edge == own, np.abs(place - offset), np.inf) for place in at]
    return [by_start, by_end, direct]
