"""Walking up to a suspect: the first moment at which a walker can be within speaking distance of him, along the streets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from simulation.people.network import Network
    from simulation.people.shadows import Shadow


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
    (begin, last), (speed, speaking) = span, walker
    legs = shadow.legs
    rows = np.arange(shadow.leg_at(begin), min(shadow.leg_at(last) + 1, len(legs)))
    start, stop = np.maximum(legs.start[rows], begin), np.minimum(legs.stop[rows], last)
    piece = legs.piece[rows]
    edge, base = network.edge_of_piece[piece], network.map.streets.piece_at[piece] + legs.at[rows]
    at = [base + legs.along[rows] * (moment - legs.start[rows]) for moment in (start, stop)]
    best: float | None = None
    for near, far in _distances(network, here, edge, at):
        slack = [speed * (start - begin) + speaking - near, speed * (stop - begin) + speaking - far]
        reached = np.flatnonzero((np.maximum(slack[0], slack[1]) >= 0.0) & (stop > start))
        if len(reached):
            first = int(reached[0])
            gain = float(slack[1][first] - slack[0][first])
            share = 0.0 if slack[0][first] >= 0.0 else float(-slack[0][first]) / gain
            moment = float(start[first]) + share * float(stop[first] - start[first])
            best = moment if best is None else min(best, moment)
    return best


def _distances(
    network: Network,
    here: tuple[int, float],
    edge: np.ndarray[tuple[int], np.dtype[np.int64]],
    at: list[np.ndarray[tuple[int], np.dtype[np.float64]]],
) -> list[list[np.ndarray[tuple[int], np.dtype[np.float64]]]]:
    """Give the walking distances to the suspect at the begin and end of each leg, by each of the ways there may be, metres."""
    own, offset = here
    length = network.edge_length
    ends = network.map.streets.edge_nodes
    to_start, to_end = (np.array(network.ways_to(int(node)).metres) for node in ends[own])
    metres = np.minimum(offset + to_start, float(length[own]) - offset + to_end)
    by_start = [metres[ends[edge, 0]] + place for place in at]
    by_end = [metres[ends[edge, 1]] + length[edge] - place for place in at]
    direct = [np.where(edge == own, np.abs(place - offset), np.inf) for place in at]
    return [by_start, by_end, direct]
