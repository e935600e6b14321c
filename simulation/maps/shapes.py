"""Buildings and water: which objects they are, and their rings as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from simulation.maps.rings import relation_polygons, relation_rings, way_polygons
from simulation.maps.streetmap import Shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from simulation.maps.account import Account
    from simulation.maps.features import OsmData, Tags
    from simulation.maps.texts import TextTable

_LINES = frozenset({"canal", "ditch", "drain", "river", "stream", "tidal_channel"})
_BASINS = frozenset({"basin", "reservoir"})


@dataclass(frozen=True)
class Shape:
    """One area or line of an OpenStreetMap object; an object with several outlines has several shapes.

    Parameters
    ----------
    key
        `w` or `r` and the id of the object.
    kind
        What it is.
    form
        Its geometry, metres.
    """

    key: str
    kind: str
    form: shapely.Polygon | shapely.LineString


def building_kind(tags: Tags) -> str:
    """Give the `building` value; the empty text for what is no building."""
    kind = tags.get("building", "")
    return "" if kind == "no" else kind


def water_area_kind(tags: Tags) -> str:
    """Give `water` for a pond, basin, dock or the surface of a river."""
    wet = tags.get("natural") == "water" or tags.get("waterway") in {"riverbank", "dock"} or tags.get("landuse") in _BASINS
    return "water" if wet else ""


def water_line_kind(tags: Tags) -> str:
    """Give the `waterway` value of a river, canal or ditch drawn as a line."""
    kind = tags.get("waterway", "")
    return kind if kind in _LINES else ""


def read_areas(data: OsmData, xy: NDArray[np.float64], kind_of: Callable[[Tags], str], account: Account) -> list[Shape]:
    """Make the areas of one sort out of ways and multipolygon relations; every object in the file goes into the account.

    In old data the tags stand on the outer way and the relation only adds the holes.
    """
    shapes: list[Shape] = []
    holes: dict[int, list[list[int]]] = {}
    drawn_by_relation: set[int] = set()
    for relation in data.relations:
        if relation.tags.get("type") != "multipolygon":
            continue
        kind = kind_of(relation.tags)
        outer = [number for number, role in relation.members if role in {"outer", ""} and number in data.ways]
        tagged = [number for number in outer if kind_of(data.ways[number].tags)]
        if kind:
            account.in_file += 1
            forms = relation_polygons(relation, data.ways, xy, account)
            drawn_by_relation.update(tagged if forms else ())
            shapes.extend(Shape(f"r{relation.id}", kind, form) for form in forms)
        elif len(tagged) == 1:
            holes.setdefault(tagged[0], []).extend(relation_rings(relation, data.ways, inner=True)[0])
    for way in data.ways.values():
        kind = kind_of(way.tags)
        if not kind:
            continue
        account.in_file += 1
        if way.id in drawn_by_relation:
            account.leave_out("outline of a multipolygon that is kept as a whole")
            continue
        shapes.extend(Shape(f"w{way.id}", kind, form) for form in way_polygons(way, xy, account, holes.get(way.id, ())))
    return sorted(shapes, key=lambda shape: shape.key)


def read_lines(data: OsmData, xy: NDArray[np.float64], account: Account) -> list[Shape]:
    """Make the lines of rivers, canals and ditches."""
    shapes: list[Shape] = []
    for way in data.ways.values():
        kind = water_line_kind(way.tags)
        if not kind or water_area_kind(way.tags):
            continue
        account.in_file += 1
        present = way.nodes[way.nodes >= 0]
        corners = xy[present]
        if len(corners) < 2 or not np.isfinite(corners).all() or (corners == corners[0]).all():  # noqa: PLR2004 - a line has two ends
            account.leave_out("line with fewer than two places")
            continue
        account.remark("clipped line trimmed", int(len(present) < len(way.nodes)))
        shapes.append(Shape(f"w{way.id}", kind, shapely.LineString(corners)))
    return sorted(shapes, key=lambda shape: shape.key)


def select_near(shapes: Sequence[Shape], near: shapely.Geometry, account: Account) -> list[Shape]:
    """Keep the shapes that touch an area; an object is kept when one of its shapes is."""
    shapely.prepare(near)
    touching = shapely.intersects(near, np.array([shape.form for shape in shapes], dtype=object))
    kept = [shape for shape, touches in zip(shapes, touching, strict=True) if touches]
    kept_keys = {shape.key for shape in kept}
    account.kept += len(kept_keys)
    account.leave_out("outside the area", len({shape.key for shape in shapes} - kept_keys))
    return kept


def shape_arrays(shapes: Sequence[Shape], table: TextTable) -> Shapes:
    """Lay shapes out as arrays."""
    rings: list[NDArray[np.float64]] = []
    first_ring = [0]
    for shape in shapes:
        if isinstance(shape.form, shapely.Polygon):
            rings.extend(shapely.get_coordinates(ring)[:-1] for ring in (shape.form.exterior, *shape.form.interiors))
        else:
            rings.append(shapely.get_coordinates(shape.form))
        first_ring.append(len(rings))
    return Shapes(
        osm=np.array([table.number(shape.key) for shape in shapes], dtype=np.int32),
        kind=np.array([table.number(shape.kind) for shape in shapes], dtype=np.int32),
        rings=np.array(first_ring, dtype=np.int32),
        corners=np.cumsum([0, *(len(ring) for ring in rings)]).astype(np.int32),
        xy=np.concatenate(rings) if rings else np.empty((0, 2)),
    )
