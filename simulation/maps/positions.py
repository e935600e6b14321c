"""Where an OpenStreetMap object is, as one point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from simulation.maps.features import OsmData, Relation, Tags, Way

Position = tuple[float, float]


def tagged_objects(data: OsmData, xy: NDArray[np.float64]) -> Iterator[tuple[str, Tags, Position | None]]:
    """Go through nodes, ways and relations, each by id: key, tags, and position in metres or None where the file lacks it."""
    for row, tags in data.tagged_nodes:
        yield f"n{data.node_ids[row]}", tags, _position(xy[row : row + 1])
    for way in data.ways.values():
        if way.tags:
            yield f"w{way.id}", way.tags, way_position(way, xy)
    for relation in data.relations:
        if relation.tags:
            yield f"r{relation.id}", relation.tags, _relation_position(relation, data, xy)


def way_position(way: Way, xy: NDArray[np.float64]) -> Position | None:
    """Give the middle of a closed way, moved inside it if need be; of any other way the middle of its corners."""
    corners = xy[way.nodes[way.nodes >= 0]]
    if way.closed and np.isfinite(corners).all():
        polygon = shapely.Polygon(corners)
        if polygon.is_valid and polygon.area > 0:
            middle = polygon.centroid if polygon.contains(polygon.centroid) else polygon.point_on_surface()
            return (round(middle.x, 3), round(middle.y, 3))
    return _position(corners)


def _relation_position(relation: Relation, data: OsmData, xy: NDArray[np.float64]) -> Position | None:
    """Give the position of the first member way that has one, outlines first."""
    for number, _ in sorted(relation.members, key=lambda member: (member[1] not in {"outer", "outline", ""}, member[0])):
        if number in data.ways and (position := way_position(data.ways[number], xy)):
            return position
    return None


def _position(corners: NDArray[np.float64]) -> Position | None:
    usable = corners[np.isfinite(corners).all(axis=1)]
    if not len(usable):
        return None
    x, y = usable.mean(axis=0)
    return (round(float(x), 3), round(float(y), 3))
