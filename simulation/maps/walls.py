"""The walls of the buildings as plain arrays, and which buildings a point stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from simulation.maps.spans import count_off

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.maps.spans import Floats, Numbers
    from simulation.maps.streetmap import Shapes


@dataclass(frozen=True, eq=False)
class Walls:
    """Straight walls of all buildings; W walls, B buildings.

    Parameters
    ----------
    begin, end
        (W, 2) ends of the wall, metres, with the inside of the building to the left.
    building
        (W,) number of the building.
    outer
        (W,) whether the wall belongs to the outline, not to a courtyard.
    polygons
        (B,) shapely polygons of the buildings.
    """

    begin: Floats
    end: Floats
    building: Numbers
    outer: NDArray[np.bool_]
    polygons: NDArray[np.object_]


def walls_of(buildings: Shapes) -> Walls:
    """Take the rings of buildings apart into walls."""
    rings = np.repeat(np.arange(len(buildings.rings) - 1), np.diff(buildings.rings))
    outline = np.zeros(len(rings), np.bool_)
    outline[buildings.rings[:-1]] = True
    corner_ring, _ = count_off(np.diff(buildings.corners).astype(np.int64))
    following = np.arange(1, len(buildings.xy) + 1)
    following[buildings.corners[1:] - 1] = buildings.corners[:-1]
    begin, end = buildings.xy, buildings.xy[following]
    # Twice the signed area of a ring is the sum of its cross products; positive where the ring runs anticlockwise.
    local = begin - begin[buildings.corners[:-1]][corner_ring]
    step = end - begin
    area = np.bincount(corner_ring, local[:, 0] * step[:, 1] - local[:, 1] * step[:, 0], minlength=len(rings))
    turn = ((area > 0) != outline)[corner_ring, None]
    real = (step != 0).any(axis=1)
    return Walls(
        begin=np.where(turn, end, begin)[real],
        end=np.where(turn, begin, end)[real],
        building=rings[corner_ring][real],
        outer=outline[corner_ring][real],
        polygons=_polygons(buildings, corner_ring, rings),
    )


def _polygons(buildings: Shapes, corner_ring: Numbers, ring_building: Numbers) -> NDArray[np.object_]:
    """Make valid shapely polygons of the rings."""
    rings = shapely.linearrings(buildings.xy, indices=corner_ring)
    polygons: NDArray[np.object_] = shapely.polygons(rings, indices=ring_building)
    crossing = ~shapely.is_valid(polygons)
    polygons[crossing] = shapely.make_valid(polygons[crossing])
    return polygons


def buildings_around(points: Floats, polygons: NDArray[np.object_]) -> tuple[Numbers, Numbers]:
    """Give the pairs (point, building) of which the point lies in the building or on its edge."""
    point, building = shapely.STRtree(polygons).query(shapely.points(points), predicate="intersects")
    return point, building
