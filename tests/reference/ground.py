"""The streets as points a few metres apart, and which point is seen from where: sight and distance by brute force.

Uses the arrays of a StreetMap (streets, homes, buildings, positions of the eyes) and nothing else of the simulator.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap

SPACING_M = 2.0
"""Distance between neighbouring points of a street, metres, at most."""

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, eq=False)
class Ground:
    """Streets and sight.

    Parameters
    ----------
    xy
        (P, 2) the points, metres; the first are the nodes.
    length, step, first, along
        Length of each edge, distance between its points, and where its points are in `along`, a list of point numbers.
    ends
        (E, 2) nodes of each edge.
    exits
        For each node the (edge, direction) by which one can leave it; direction 0 from the start of the edge, 1 from its end.
    apart
        (P, P) distance as the crow flies, metres; infinite where the view is blocked.
    from_home
        (H, P) distance from the eye that sees the point, metres; infinite where none does.
    metres
        (P,) metres of street that each point stands for.
    walked, before
        (P, P) distance along the streets, metres, and the point before the last one on the way from the first.
    door
        (H, 2) edge and distance along it of the point before each home.
    goals
        Points of the shops, schools and care homes.
    home_xy
        (H, 2) where each home is, metres.
    middle
        Point nearest to the middle of the homes.
    """

    xy: Array
    length: Array
    step: Array
    first: Array
    along: Array
    ends: Array
    exits: list[list[tuple[int, int]]]
    apart: Array
    from_home: Array
    metres: Array
    walked: Array
    before: Array
    door: tuple[Array, Array]
    goals: Array
    home_xy: Array
    middle: int

    def point(self, edge: Array, at: Array) -> Array:
        """Give the point nearest to a distance along an edge, metres."""
        return self.along[self.first[edge] + np.rint(at / self.step[edge]).astype(int)]

    def centre(self) -> int:
        """Give the point nearest to the mean of all metres of street."""
        mean = (self.xy * self.metres[:, None]).sum(axis=0) / self.metres.sum()
        return int(np.argmin(np.hypot(*(self.xy - mean).T)))

    def anywhere(self, rng: np.random.Generator, count: int) -> Array:
        """Give points of the streets, every metre alike."""
        at, ends = rng.random(count) * self.length.sum(), np.cumsum(self.length)
        edge = np.searchsorted(ends, at)
        return self.point(edge, self.length[edge] - (ends[edge] - at))

    def way(self, start: int, goal: int) -> tuple[Array, Array]:
        """Give the points of the shortest way and the metres walked at each."""
        before, points = self.before[start], [goal]
        while points[-1] != start:
            points.append(before.item(points[-1]))
        points.reverse()
        return np.array(points), self.walked[start, points]


def survey(street_map: StreetMap, range_m: float) -> Ground:
    """Lay points along the streets of a map and see what is seen from where, up to a distance in metres."""
    streets, homes, places = street_map.streets, street_map.homes, street_map.places
    points, length, counts, along = _points(street_map)
    steps, first = length / counts, np.concatenate([[0], np.cumsum(counts + 1)[:-1]])
    exits: list[list[tuple[int, int]]] = [[] for _ in range(len(streets.node_xy))]
    for edge, (start, end) in enumerate(streets.edge_nodes.tolist()):
        exits[start].append((edge, 0))
        exits[end].append((edge, 1))
    inside = np.concatenate([np.arange(start, start + number) for start, number in zip(first, counts, strict=True)])
    one, other, apart = along[inside], along[inside + 1], np.repeat(steps, counts)
    walked, before = _walked(len(points), one, other, apart)
    buildings = np.array(polygons_of(street_map), object)
    visited = np.isin([street_map.texts[kind] for kind in places.kind], ("shop", "school", "care"))
    goal_edge, goal_at = places.edge[visited], places.at[visited]
    return Ground(
        xy=points,
        length=length,
        step=steps,
        first=first,
        along=along,
        ends=streets.edge_nodes.astype(int),
        exits=exits,
        apart=_apart(points, buildings, range_m),
        from_home=_from_homes(street_map, points, buildings, range_m),
        metres=np.bincount(np.append(one, other), np.tile(apart / 2.0, 2), len(points)),
        walked=walked,
        before=before,
        door=(homes.edge.astype(int), homes.at),
        goals=along[first[goal_edge] + np.rint(goal_at / steps[goal_edge]).astype(int)],
        home_xy=homes.xy,
        middle=int(np.argmin(np.hypot(*(points - homes.xy.mean(axis=0)).T))),
    )


def _points(street_map: StreetMap) -> tuple[Array, Array, Array, Array]:
    """Give all points, the length of each edge, into how many steps it is cut, and its points, edge after edge."""
    streets = street_map.streets
    lines = [_line(street_map, edge) for edge in range(len(streets.edge_nodes))]
    length = np.array([line.length for line in lines])
    counts = np.ceil(length / SPACING_M).astype(int)
    xy, along = [*streets.node_xy.tolist()], []
    for edge, line in enumerate(lines):
        inner = [line.interpolate(number / counts[edge], normalized=True) for number in range(1, counts[edge])]
        start, end = (int(node) for node in streets.edge_nodes[edge])
        along += [start, *range(len(xy), len(xy) + len(inner)), end]
        xy += [(point.x, point.y) for point in inner]
    return np.array(xy), length, counts, np.array(along)


def _line(street_map: StreetMap, edge: int) -> shapely.LineString:
    streets = street_map.streets
    pieces = streets.piece_xy[streets.edge_piece[edge] : streets.edge_piece[edge + 1]]
    return shapely.LineString([pieces[0, :2], *pieces[:, 2:]])


def polygons_of(street_map: StreetMap) -> list[shapely.Polygon]:
    """Give the buildings."""
    shapes = street_map.buildings
    rings = [shapes.xy[start:end] for start, end in zip(shapes.corners[:-1], shapes.corners[1:], strict=True)]
    return [
        shapely.Polygon(rings[first], rings[first + 1 : last])
        for first, last in zip(shapes.rings[:-1], shapes.rings[1:], strict=True)
    ]


def _walked(count: int, one: Array, other: Array, metres: Array) -> tuple[Array, Array]:
    shortest: dict[tuple[int, int], float] = {}
    for a, b, far in zip(one.tolist(), other.tolist(), metres.tolist(), strict=True):
        if a != b:
            pair = (min(a, b), max(a, b))
            shortest[pair] = min(far, shortest.get(pair, np.inf))
    rows, columns = np.array(list(shortest)).T
    graph = coo_array((list(shortest.values()), (rows, columns)), shape=(count, count)).tocsr()
    walked, before = dijkstra(graph, directed=False, return_predecessors=True)
    return walked, before


def blocked(start: Array, end: Array, buildings: Array, allowed: Array) -> Array:
    """Tell for each line whether a building stands in its way, but for one that is allowed (its number, or -1).

    A building that the start lies in does not block either.
    """
    lines = shapely.linestrings(np.stack([start, end], axis=1))
    tree = shapely.STRtree(buildings)
    line, building = tree.query(lines, predicate="intersects")
    held = shapely.intersects(buildings[building], shapely.points(start[line]))
    real = (building != allowed[line]) & ~held
    result = np.zeros(len(start), bool)
    result[line[real]] = True
    return result


def _apart(points: Array, buildings: Array, range_m: float) -> Array:
    one, other = cKDTree(points).query_pairs(range_m, output_type="ndarray").T
    seen = ~blocked(points[one], points[other], buildings, np.full(len(one), -1))
    one, other = one[seen], other[seen]
    table = np.full((len(points), len(points)), np.inf)
    np.fill_diagonal(table, 0.0)
    table[one, other] = table[other, one] = np.sqrt(((points[one] - points[other]) ** 2).sum(axis=1))
    return table


def _from_homes(street_map: StreetMap, points: Array, buildings: Array, range_m: float) -> Array:
    sight, homes = street_map.sight, street_map.homes
    assert sight is not None
    table = np.full((len(homes.key), len(points)), np.inf)
    for home, own in enumerate(homes.building.tolist()):
        front = sight.eye_xy[home, 0]
        outward = outward_of(front, buildings[own]) if own >= 0 else np.zeros(2)
        before = (points - front) @ outward
        for eye, side in ((0, before >= 0.0), (1, before < 0.0)):
            place = sight.eye_xy[home, eye]
            apart = np.sqrt(((points - place) ** 2).sum(axis=1))
            near = np.flatnonzero(side & (apart <= range_m)) if not np.isnan(place).any() else np.zeros(0, int)
            seen = near[~blocked(np.tile(place, (len(near), 1)), points[near], buildings, np.full(len(near), own))]
            table[home, seen] = apart[seen]
    return table


def outward_of(eye: Array, building: shapely.Polygon) -> Array:
    """Give the direction in which a façade faces: from the wall to the eye just outside it; none for an eye indoors."""
    if building.contains(shapely.Point(eye)):
        return np.zeros(2)
    wall = building.exterior.interpolate(building.exterior.project(shapely.Point(eye)))
    away = eye - np.array([wall.x, wall.y])
    return away / np.sqrt((away**2).sum())
