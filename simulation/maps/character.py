"""What kind of neighbourhood a map shows, in a dozen numbers: to compare a made map with real ones.

Only the *built area* counts, all ground within `NEAR_M` of a home: extracts are rectangles, and what lies around an estate
(fields, a motorway, the next village) would drown its own character.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from simulation.errors import MapError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.maps.streetmap import Floats, Ints, StreetMap

    Mask = NDArray[np.bool_]

NEAR_M: Final = 50.0
"""Ground this near to a home is built area, metres."""

GRAIN_M: Final = 10.0
"""Side of the squares in which the built area is counted, and the longest part in which a street is tested, metres."""

CROSSING_DEGREE: Final = 3
"""A node where at least so many streets meet is an intersection."""


@dataclass(frozen=True)
class Character:
    """Statistics of the built area of one map.

    Parameters
    ----------
    homes
        Number of addresses.
    homes_per_km2
        Addresses per square kilometre of built area.
    street_m_per_home
        Metres of walkable street or path in the built area, per address.
    dead_end_share
        Share of nodes in the built area where a street ends (nodes where two streets meet are no nodes here).
    intersection_degree
        Mean number of streets that meet at an intersection.
    address_to_street_median_m, address_to_street_p90_m
        Distance from an address to the nearest street: median and 90th percentile, metres.
    building_share
        Footprint of all buildings in the built area, as a share of it.
    lit_share
        Share of the street metres in the built area that is marked as lit.
    homes_seeing_street
        Homes that see a metre of street, mean over the built area; None for a map without sight lines.
    """

    homes: int
    homes_per_km2: float
    street_m_per_home: float
    dead_end_share: float
    intersection_degree: float
    address_to_street_median_m: float
    address_to_street_p90_m: float
    building_share: float
    lit_share: float
    homes_seeing_street: float | None

    def as_dict(self) -> dict[str, float | None]:
        """Give the statistics by name, in the order of this class."""
        return asdict(self)


def character(street_map: StreetMap) -> Character:
    """Compute the character of a map.

    Parameters
    ----------
    street_map
        Any map with streets and homes; with sight lines, the last statistic is known too.

    Returns
    -------
    Character
        Statistics of the built area.
    """
    homes = street_map.homes
    count = len(homes.key)
    if not count or not len(street_map.streets.piece_xy):
        message = "a map without addresses or without streets has no character: import an area with homes"
        raise MapError(message)
    near = _Near(homes.xy)
    area_m2 = near.area_m2()
    piece_m = near.piece_metres(street_map.streets.piece_xy)
    street_m = float(piece_m.sum())
    degrees = _degrees(street_map)[near.holds(street_map.streets.node_xy)]
    degrees = degrees[degrees != CROSSING_DEGREE - 1]
    crossings = degrees[degrees >= CROSSING_DEGREE]
    return Character(
        homes=count,
        homes_per_km2=count / area_m2 * 1e6,
        street_m_per_home=street_m / count,
        dead_end_share=float((degrees == 1).mean()) if len(degrees) else 0.0,
        intersection_degree=float(crossings.mean()) if len(crossings) else 0.0,
        address_to_street_median_m=float(np.median(homes.away)),
        address_to_street_p90_m=float(np.quantile(homes.away, 0.9)),
        building_share=_footprint_m2(street_map, near) / area_m2,
        lit_share=_lit_metres(street_map, piece_m) / street_m if street_m else 0.0,
        homes_seeing_street=_homes_seeing(street_map, piece_m),
    )


class _Near:
    """The built area around a set of homes."""

    def __init__(self, home_xy: Floats) -> None:
        self._home_xy = home_xy
        self._tree = shapely.STRtree(shapely.points(home_xy))

    def holds(self, xy: Floats) -> Mask:
        """Say for each point whether it lies in the built area."""
        near, _ = self._tree.query_nearest(shapely.points(np.atleast_2d(xy)), max_distance=NEAR_M, all_matches=False)
        inside: Mask = np.zeros(len(np.atleast_2d(xy)), bool)
        inside[near] = True
        return inside

    def area_m2(self) -> float:
        """Count the built area in squares of `GRAIN_M`."""
        low, high = self._home_xy.min(axis=0) - NEAR_M, self._home_xy.max(axis=0) + NEAR_M
        rows = np.arange(low[1] + GRAIN_M / 2, high[1], GRAIN_M)
        columns = np.arange(low[0] + GRAIN_M / 2, high[0], GRAIN_M)
        squares = sum(int(self.holds(np.column_stack([columns, np.full(len(columns), y)])).sum()) for y in rows)
        return squares * GRAIN_M**2

    def piece_metres(self, piece_xy: Floats) -> Floats:
        """Give the metres of each piece that lie in the built area, to within `GRAIN_M`."""
        length = np.hypot(piece_xy[:, 2] - piece_xy[:, 0], piece_xy[:, 3] - piece_xy[:, 1])
        parts = np.maximum(1, np.ceil(length / GRAIN_M)).astype(np.int64)
        piece = np.repeat(np.arange(len(parts)), parts)
        first = np.concatenate([[0], np.cumsum(parts)[:-1]])
        along = (np.arange(len(piece)) - first[piece] + 0.5) / parts[piece]
        middle = piece_xy[piece, :2] + along[:, None] * (piece_xy[piece, 2:] - piece_xy[piece, :2])
        inside = np.bincount(piece, weights=self.holds(middle), minlength=len(parts))
        metres: Floats = length * inside / parts
        return metres


def _degrees(street_map: StreetMap) -> Ints:
    """Count the street ends at each node; a loop counts twice."""
    streets = street_map.streets
    return np.bincount(streets.edge_nodes.ravel(), minlength=len(streets.node_xy))


def _footprint_m2(street_map: StreetMap, near: _Near) -> float:
    """Sum the outlines of the buildings whose first corner lies in the built area."""
    shapes = street_map.buildings
    if not len(shapes.kind):
        return 0.0
    outline = shapes.rings[:-1]
    inside = near.holds(shapes.xy[shapes.corners[outline]])
    total = 0.0
    for ring in outline[inside]:
        x, y = shapes.xy[shapes.corners[ring] : shapes.corners[ring + 1]].T
        total += abs(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())) / 2
    return total


def _lit_metres(street_map: StreetMap, piece_m: Floats) -> float:
    """Sum the street metres that are marked as lit."""
    streets = street_map.streets
    edge = np.repeat(np.arange(len(streets.edge_lit)), np.diff(streets.edge_piece))
    return float(piece_m[streets.edge_lit[edge] == 1].sum())


def _homes_seeing(street_map: StreetMap, piece_m: Floats) -> float | None:
    """Average the number of homes that see a metre of street, over the pieces that lie in the built area."""
    sight = street_map.sight
    if sight is None:
        return None
    piece_xy = street_map.streets.piece_xy
    length = np.hypot(piece_xy[:, 2] - piece_xy[:, 0], piece_xy[:, 3] - piece_xy[:, 1])
    piece = np.repeat(np.arange(len(length)), np.diff(sight.piece_stretch))
    seen = np.bincount(piece, weights=sight.stretch_to - sight.stretch_from, minlength=len(length))
    inside = piece_m > length / 2
    return float(seen[inside].sum() / length[inside].sum()) if inside.any() else 0.0
