"""Small street maps by hand, and a slow referee that tries sight lines one by one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from simulation.maps.streetmap import Homes, Places, Shapes, StreetMap, Streets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulation.maps.streetmap import Sight

    Corner = tuple[float, float]
    Ring = Sequence[Corner]
    Building = Sequence[Ring]
    House = tuple[Corner, int]

NONE = np.zeros(0, np.int32)


def box(left: float, bottom: float, right: float, top: float) -> list[Ring]:
    """Give a rectangular building."""
    return [[(left, bottom), (right, bottom), (right, top), (left, top)]]


def world(streets: Sequence[Sequence[Corner]], buildings: Sequence[Building] = (), homes: Sequence[House] = ()) -> StreetMap:
    """Build a map of streets, buildings (outline, then holes) and homes (address, number of the building or -1)."""
    return StreetMap(
        streets=_streets(streets),
        homes=_homes(streets, homes),
        buildings=_shapes(buildings),
        water=_shapes(()),
        places=Places(NONE, NONE, NONE, np.zeros((0, 2)), NONE, np.zeros(0)),
        sight=None,
        area=np.zeros((0, 2)),
        texts=("",),
        epsg=28992,
    )


def _streets(lines: Sequence[Sequence[Corner]]) -> Streets:
    pieces = [(*start, *end) for line in lines for start, end in pairwise(line)]
    at = [shapely.LineString(line[: i + 1]).length if i else 0.0 for line in lines for i in range(len(line) - 1)]
    edges = len(lines)
    return Streets(
        node_xy=np.array([corner for line in lines for corner in (line[0], line[-1])], float),
        node_osm=np.arange(2 * edges),
        edge_nodes=np.arange(2 * edges, dtype=np.int32).reshape(-1, 2),
        edge_piece=np.cumsum([0, *(len(line) - 1 for line in lines)]).astype(np.int32),
        edge_name=np.zeros(edges, np.int32),
        edge_kind=np.zeros(edges, np.int32),
        edge_access=np.zeros(edges, np.int32),
        edge_lit=np.full(edges, 255, np.uint8),
        piece_xy=np.array(pieces, float).reshape(-1, 4),
        piece_at=np.array(at, float),
        piece_way=np.zeros(len(pieces), np.int64),
    )


def _homes(lines: Sequence[Sequence[Corner]], homes: Sequence[House]) -> Homes:
    shapes = [shapely.LineString(line) for line in lines]
    points = [shapely.Point(xy) for xy, _ in homes]
    edge = [min(range(len(shapes)), key=lambda e: shapes[e].distance(point)) for point in points]
    zeros = np.zeros(len(homes), np.int32)
    return Homes(
        key=zeros,
        xy=np.array([xy for xy, _ in homes], float).reshape(-1, 2),
        street=zeros,
        number=zeros,
        postcode=zeros,
        building=np.array([building for _, building in homes], np.int32),
        edge=np.array(edge, np.int32),
        at=np.array([shapes[e].project(point) for e, point in zip(edge, points, strict=True)], float),
        away=np.array([shapes[e].distance(point) for e, point in zip(edge, points, strict=True)], float),
    )


def _shapes(buildings: Sequence[Building]) -> Shapes:
    rings = [ring for building in buildings for ring in building]
    return Shapes(
        osm=np.zeros(len(buildings), np.int32),
        kind=np.zeros(len(buildings), np.int32),
        rings=np.cumsum([0, *map(len, buildings)]).astype(np.int32),
        corners=np.cumsum([0, *map(len, rings)]).astype(np.int32),
        xy=np.array([corner for ring in rings for corner in ring], float).reshape(-1, 2),
    )


def sight_of(street_map: StreetMap) -> Sight:
    """Give the sight lines, which must be there."""
    assert street_map.sight is not None
    return street_map.sight


def seen_by(street_map: StreetMap, home: int, eye: int, piece: int = 0) -> list[Corner]:
    """Give the stretches of a piece that one eye sees."""
    sight = sight_of(street_map)
    rows = range(sight.piece_stretch[piece], sight.piece_stretch[piece + 1])
    return [
        (float(sight.stretch_from[row]), float(sight.stretch_to[row]))
        for row in rows
        if (sight.stretch_home[row], sight.stretch_eye[row]) == (home, eye)
    ]


def cells_seen(street_map: StreetMap, cell: int) -> list[int]:
    """Give the cells seen from a cell."""
    sight = sight_of(street_map)
    return [int(number) for number in sight.seen[sight.cell_seen[cell] : sight.cell_seen[cell + 1]]]


@dataclass(frozen=True)
class Referee:
    """Judges sight lines one at a time with shapely; None where a line all but touches a corner."""

    buildings: list[shapely.Polygon]

    @classmethod
    def of(cls, buildings: Sequence[Building]) -> Referee:
        """Make a referee for some buildings."""
        return cls([shapely.Polygon(rings[0], rings[1:]) for rings in buildings])

    def holding(self, point: Corner) -> set[int]:
        """Give the buildings that a point lies in or on the edge of."""
        return {i for i, building in enumerate(self.buildings) if building.intersects(shapely.Point(point))}

    def sees(self, start: Corner, end: Corner, ignored: set[int]) -> bool | None:
        """Tell whether a line is free of buildings, but for those ignored."""
        line = shapely.LineString([start, end])
        others = [building for i, building in enumerate(self.buildings) if i not in ignored]
        if not any(line.intersects(building.buffer(1e-6)) for building in others):
            return True
        return False if any(line.intersects(building.buffer(-1e-6)) for building in others) else None
