"""Walls as they stand around a viewpoint, sorted by direction, so that few of them need be tried per line of sight.

Directions are only used to choose what to try: they are widened by a hair, and no result depends on their last digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from simulation.maps.spans import count_off, starts_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.maps.spans import Floats, Numbers
    from simulation.maps.walls import Walls

SECTORS = 360
"""Number of equal parts into which the directions around a viewpoint are divided."""
_SECTOR = 2 * np.pi / SECTORS
_HAIR = 1e-9


class Views(NamedTuple):
    """Viewpoints with what they can see: the points q with `(q - line_xy) · normal >= 0`; K viewpoints.

    Parameters
    ----------
    xy
        (K, 2) position, metres.
    line_xy, normal
        (K, 2) a point of the line before which it sees, metres, and the direction in which it looks; a normal of (0, 0) stands
        for a viewpoint that sees all round.
    """

    xy: Floats
    line_xy: Floats
    normal: Floats


class Around(NamedTuple):
    """Walls around viewpoints that may block a sight line; a wall stands in one or more sectors, in no order within one.

    Parameters
    ----------
    start
        (K * SECTORS + 1,) the entries of sector s of viewpoint v are from `start[v * SECTORS + s]` on.
    wall
        Number of the wall, per entry.
    opens
        Whether the wall begins in this sector, per entry.
    """

    start: Numbers
    wall: Numbers
    opens: NDArray[np.bool_]


def look_around(views: Views, walls: Walls, tree: shapely.STRtree, range_m: float, ignored: Numbers) -> Around:
    """Sort the walls around each viewpoint by direction.

    A wall that turns its inner side to the viewpoint is left out: the sight line meets the building at another wall before.

    Parameters
    ----------
    views
        The viewpoints.
    walls, tree
        All walls, and a tree of them.
    range_m
        How far the viewpoints see, metres.
    ignored
        Sorted numbers `viewpoint * buildings + building` of buildings that do not block.

    Returns
    -------
    The walls within range of each viewpoint, by sector.
    """
    view, wall = tree.query(shapely.box(*(views.xy - range_m).T, *(views.xy + range_m).T))
    begin, end = walls.begin[wall] - views.xy[view], walls.end[wall] - views.xy[view]
    rows = np.flatnonzero(cross(begin, end) < 0)
    # One test after the other, each on what the one before has left: this is most of the work.
    rows = rows[_before(begin[rows], end[rows], views, view[rows])]
    rows = rows[_nearest_squared(begin[rows], end[rows]) <= range_m**2]
    rows = rows[~in_sorted(view[rows] * len(walls.polygons) + walls.building[wall[rows]], ignored)]
    view, wall, begin, end = view[rows], wall[rows], begin[rows], end[rows]
    first, count = sectors(begin, end)
    owner, rank = count_off(count)
    sector = view[owner] * SECTORS + (first[owner] + rank) % SECTORS
    order = np.argsort(sector)
    return Around(starts_of(sector, len(views.xy) * SECTORS), wall[owner][order], (rank == 0)[order])


def sectors(one: Floats, other: Floats) -> tuple[Numbers, Numbers]:
    """Give the sectors between two directions, the short way round.

    Parameters
    ----------
    one, other
        (N, 2) vectors from the viewpoint; one of length 0, to the viewpoint itself, has the direction of the other.

    Returns
    -------
    Number of the first sector, to be taken modulo `SECTORS`, and how many sectors there are, anticlockwise.
    """
    one, other = _or_else(one, other), _or_else(other, one)
    turn = cross(one, other)
    right = np.where((turn >= 0)[:, None], one, other)
    begin = np.arctan2(right[:, 1], right[:, 0])
    width = np.arctan2(np.abs(turn), one[:, 0] * other[:, 0] + one[:, 1] * other[:, 1])
    first = np.floor((begin - _HAIR) / _SECTOR).astype(np.int64)
    last = np.floor((begin + width + _HAIR) / _SECTOR).astype(np.int64)
    return first, np.minimum(last - first + 1, SECTORS)


def sector_of(directions: Floats) -> Numbers:
    """Give the sector in which each direction lies."""
    return np.floor(np.arctan2(directions[:, 1], directions[:, 0]) / _SECTOR).astype(np.int64) % SECTORS


def cross(one: Floats, other: Floats) -> Floats:
    """Give the cross products of rows: positive where `other` lies to the left of `one`."""
    return one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]


def in_sorted(values: Numbers, table: Numbers) -> NDArray[np.bool_]:
    """Tell which values occur in a sorted table."""
    place = np.searchsorted(table, values)
    found: NDArray[np.bool_] = np.append(table, -1)[place] == values
    return found


def _or_else(vectors: Floats, others: Floats) -> Floats:
    """Give the vectors, and the other one where a vector is of length 0."""
    return np.where((vectors == 0).all(axis=1)[:, None], others, vectors)


def _before(begin: Floats, end: Floats, views: Views, view: Numbers) -> NDArray[np.bool_]:
    """Tell which walls, given from their viewpoint, lie at least in part before its line."""
    normal = views.normal
    back = (views.line_xy - views.xy) * normal
    limit, across, up = (back[:, 0] + back[:, 1])[view], normal[view, 0], normal[view, 1]
    before: NDArray[np.bool_] = (
        np.maximum(begin[:, 0] * across + begin[:, 1] * up, end[:, 0] * across + end[:, 1] * up) >= limit
    )
    return before


def _nearest_squared(begin: Floats, end: Floats) -> Floats:
    """Give the squared distance from the origin to each wall."""
    step = end - begin
    share = -(begin[:, 0] * step[:, 0] + begin[:, 1] * step[:, 1]) / (step[:, 0] ** 2 + step[:, 1] ** 2)
    nearest = begin + np.clip(share, 0.0, 1.0)[:, None] * step
    squared: Floats = nearest[:, 0] ** 2 + nearest[:, 1] ** 2
    return squared
