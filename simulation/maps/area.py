"""The play area: a GeoJSON polygon, a box, or the bounds of the data."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import shapely.geometry

from simulation.errors import MapError, Problem
from simulation.maps.projection import project

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_AREA_BYTES = 10_000_000
MAX_SPAN_M = 60_000.0
"""Widest area: a large municipality. Beyond it one flat coordinate system and one evening make no sense."""

_WAY_OUT = "Give a GeoJSON file with a polygon, or a box such as 5.884,52.543,5.904,52.556 (min_lon,min_lat,max_lon,max_lat)."
_BOX_NUMBERS = 4

Json = Any
"""Whatever JSON can hold."""


@dataclass(frozen=True)
class Area:
    """A play area in degrees.

    Parameters
    ----------
    shape
        Polygon or multipolygon of longitudes and latitudes.
    origin
        Where it came from, for the import report.
    """

    shape: shapely.Polygon | shapely.MultiPolygon
    origin: str

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude and latitude of the middle of its box."""
        west, south, east, north = self.shape.bounds
        return ((west + east) / 2, (south + north) / 2)

    def in_metres(self, epsg: int) -> shapely.Polygon | shapely.MultiPolygon:
        """Project the area, or refuse it as far too large."""
        shape = shapely.transform(self.shape, lambda corners: project(corners, epsg))
        west, south, east, north = shape.bounds
        span = max(east - west, north - south)
        if not span <= MAX_SPAN_M:
            wide = f"{span / 1000:.0f} km" if math.isfinite(span) else "half the world"
            most = f"at most {MAX_SPAN_M / 1000:.0f} km"
            raise MapError(f"the area ({self.origin}) is {wide} wide, {most} fits. Choose a smaller one with --area.")
        return shape


def box_area(west: float, south: float, east: float, north: float, origin: str) -> Area:
    """Make an area of a box, degrees."""
    return Area(shapely.box(west, south, east, north), origin)


def outline(shape: shapely.Polygon | shapely.MultiPolygon) -> NDArray[np.float64]:
    """Give one ring around an area, first corner not repeated: its outline, or the convex hull of several polygons."""
    whole = shape if isinstance(shape, shapely.Polygon) else shape.convex_hull
    return np.ascontiguousarray(shapely.get_coordinates(shapely.orient_polygons(whole).exterior)[:-1])


def read_area(text: str) -> Area:
    """Read what a user gives for `--area`: the name of a GeoJSON file, or a box `min_lon,min_lat,max_lon,max_lat`."""
    numbers = text.split(",")
    if len(numbers) == _BOX_NUMBERS and not text.endswith("json"):
        return _read_box(text, numbers)
    return _read_geojson(Path(text))


def _read_box(text: str, numbers: list[str]) -> Area:
    try:
        west, south, east, north = (float(number) for number in numbers)
    except ValueError as error:
        raise MapError(f"area {text[:80]!r} is not four numbers. {_WAY_OUT}") from error
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004 - the ends of the earth
        raise MapError(f"area {text[:80]!r} is not a box of degrees with the smaller numbers first. {_WAY_OUT}")
    return box_area(west, south, east, north, "box")


def _read_geojson(path: Path) -> Area:
    try:
        if not path.is_file():
            raise MapError(Problem(f"no such area file. {_WAY_OUT}", str(path)[:200]))
        with path.open("rb") as stream:
            data = stream.read(MAX_AREA_BYTES + 1)
    except (OSError, ValueError) as error:
        raise MapError(Problem(f"the area file cannot be read ({error}). {_WAY_OUT}", str(path)[:200])) from error
    if len(data) > MAX_AREA_BYTES:
        raise MapError(Problem(f"the area file is larger than {MAX_AREA_BYTES // 1_000_000} MB. {_WAY_OUT}", path.name))
    try:
        content = json.loads(data)
        polygons = [polygon for geometry in _geometries(content) for polygon in _polygons(geometry)]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, shapely.GEOSException) as error:
        raise MapError(Problem(f"is not a GeoJSON polygon ({str(error)[:100]}). {_WAY_OUT}", path.name)) from error
    if not polygons:
        raise MapError(Problem(f"holds no polygon. {_WAY_OUT}", path.name))
    return Area(_joined(polygons, path.name), f"file {path.name}")


def _geometries(content: Json) -> list[Json]:
    """Unwrap a feature or a collection of features."""
    if content["type"] == "FeatureCollection":
        return [feature["geometry"] for feature in content["features"]]
    return [content["geometry"]] if content["type"] == "Feature" else [content]


def _polygons(geometry: Json) -> list[shapely.Polygon]:
    """Make the polygons of one geometry; lines and points are no areas and are left out."""
    if geometry["type"] == "Polygon":
        return [_polygon(geometry["coordinates"])]
    if geometry["type"] == "MultiPolygon":
        return [_polygon(rings) for rings in geometry["coordinates"]]
    return []


def _polygon(rings: Json) -> shapely.Polygon:
    corners = [np.array([position[:2] for position in ring], dtype=np.float64) for ring in rings]
    everything = np.concatenate(corners)
    if not (np.abs(everything) <= (180, 90)).all():
        raise ValueError("positions must be [longitude, latitude] in degrees")
    return shapely.Polygon(corners[0], corners[1:])


def _joined(polygons: list[shapely.Polygon], name: str) -> shapely.Polygon | shapely.MultiPolygon:
    """Unite polygons, each of which must be sound."""
    for polygon in polygons:
        if not polygon.is_valid:
            raise MapError(Problem(f"has an unsound polygon: {shapely.is_valid_reason(polygon)[:100]}. Draw it again.", name))
    shape = shapely.normalize(shapely.union_all(polygons))
    if not isinstance(shape, shapely.Polygon | shapely.MultiPolygon) or shape.area == 0:
        raise MapError(Problem(f"holds a polygon without surface. {_WAY_OUT}", name))
    return shape
