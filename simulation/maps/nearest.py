"""The nearest point of the street network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TIE_M = 1e-6


@dataclass(frozen=True)
class Nearest:
    """For each point: the nearest edge, the distance along it, and the distance to it, metres."""

    edge: NDArray[np.int32]
    at: NDArray[np.float64]
    away: NDArray[np.float64]


def find_nearest(
    points: NDArray[np.float64], piece_xy: NDArray[np.float64], piece_at: NDArray[np.float64], edge_piece: NDArray[np.int32]
) -> Nearest:
    """Find the nearest edge for each of many points; of several within a micrometre the lowest piece wins.

    Parameters
    ----------
    points
        (M, 2) positions, metres.
    piece_xy, piece_at, edge_piece
        As in `streetmap.Streets`.
    """
    tree = shapely.STRtree(shapely.linestrings(piece_xy.reshape(-1, 2, 2)))
    spots = shapely.points(points)
    (_, away) = tree.query_nearest(spots, return_distance=True, all_matches=False)
    row, piece = tree.query(spots, predicate="dwithin", distance=away + _TIE_M)
    order = np.lexsort((piece, row))
    first = np.ones(len(order), dtype=bool)
    first[1:] = row[order][1:] != row[order][:-1]
    chosen = piece[order][first]
    along, distance = _project(points, piece_xy[chosen])
    edge = np.searchsorted(edge_piece, chosen, side="right") - 1
    return Nearest(edge.astype(np.int32), piece_at[chosen] + along, distance)


def _project(points: NDArray[np.float64], pieces: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give for each point the nearest place along its own piece and the distance to it, metres."""
    start, step = pieces[:, :2], pieces[:, 2:] - pieces[:, :2]
    length = np.hypot(step[:, 0], step[:, 1])
    offset = points - start
    share = np.clip((offset[:, 0] * step[:, 0] + offset[:, 1] * step[:, 1]) / length**2, 0.0, 1.0)
    gap = offset - share[:, None] * step
    return share * length, np.hypot(gap[:, 0], gap[:, 1])
