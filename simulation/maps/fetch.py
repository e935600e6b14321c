"""Fetch a place by its name: Nominatim knows its outline, Overpass its streets and homes.

What the user typed goes to Nominatim, the outline to Overpass, and nothing to anybody else. Nothing is kept on disk meanwhile.
© OpenStreetMap contributors, ODbL.
"""

from __future__ import annotations

import json
import math
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import osmnx
import requests
import shapely
from shapely.errors import ShapelyError

from simulation.errors import MapError
from simulation.maps.area import Area, outline
from simulation.maps.features import read_features
from simulation.maps.osm import AROUND_M, build_map
from simulation.maps.services import HEADERS, Service, ask
from simulation.maps.source import inspect_source
from simulation.maps.texts import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from simulation.maps.features import OsmData
    from simulation.maps.source import Source
    from simulation.maps.streetmap import StreetMap

NOMINATIM_URL = "https://nominatim.openstreetmap.org"
OVERPASS_URL = "https://overpass-api.de/api"

MAX_KM2 = 50.0
MAX_KM = 30.0
"""Largest and widest place that is asked for: a town. Larger ones are cut from an extract, which burdens nobody."""

MAX_OUTLINE_BYTES = 32 << 20
MAX_ANSWER_BYTES = 256 << 20
"""Most that Nominatim and Overpass may answer; the 36 square kilometres around Kampen with all their tags are 30 MB of XML."""

MAX_PLACE = 200
_NAME_AN_AREA = "Name a neighbourhood, village or town, or import an extract with: boef map import FILE --area AREA"
_SIMPLER_M = 25.0
_OVERPASS_S = 180
_OVERPASS_BYTES = 512 << 20
_M_PER_DEGREE = 111_320.0
_WANTED = (
    'way["highway"]',
    'relation["highway"]["type"="multipolygon"]',
    'node["highway"="crossing"]',
    'nwr["building"]',
    'nwr["addr:housenumber"]',
    'nwr["shop"]',
    'nwr["amenity"~"^(school|kindergarten|college|nursing_home)$"]',
    'nwr["social_facility"]',
    'wr["natural"="water"]',
    'wr["waterway"]',
    'wr["landuse"~"^(basin|reservoir)$"]',
)
"""What a map is made of, in Overpass's language."""


@dataclass(frozen=True)
class _Place:
    """What Nominatim made of the words of the user."""

    name: str
    osm: str
    area: Area


def fetch_map(
    place: str,
    nominatim_url: str = NOMINATIM_URL,
    overpass_url: str = OVERPASS_URL,
    tell: Callable[[str], None] = lambda _: None,
) -> StreetMap:
    """Fetch a place from the services of OpenStreetMap, and make a street map of it, without sight lines.

    Parameters
    ----------
    place
        A neighbourhood, village or town, as one would type it in a search box.
    nominatim_url, overpass_url
        Where the services are.
    tell
        Is told what was found, and when it takes longer.

    Raises
    ------
    MapError
        There is no such place, it is no area, it is too large, or it has no streets or homes.
    WorldError
        A service cannot be reached, refuses, or gives no sound answer.
    """
    if not place.strip() or len(place) > MAX_PLACE or not place.isprintable():
        raise MapError(f"{place[:40]!r} is no name of a place; give one such as 'Brunnepe, Kampen'")
    nominatim = Service("Nominatim", nominatim_url, timeout_s=30, max_bytes=MAX_OUTLINE_BYTES)
    overpass = Service("Overpass", overpass_url, timeout_s=_OVERPASS_S + 30, max_bytes=MAX_ANSWER_BYTES)
    found = _find(place, nominatim, tell)
    km2 = _checked_km2(found)
    tell(f"Found {found.name} ({km2:.1f} km²); asking {overpass} for its streets and homes, which takes up to some minutes")
    source, data = _read(_download(found.area, overpass, tell), overpass)
    source = replace(source, name=f"the data of {found.name}")
    street_map = build_map(source, data, area=found.area, title=found.name)
    fetched = {
        "place": place,
        "found": found.name,
        "osm": found.osm,
        "geocoder": nominatim.host,
        "service": overpass.host,
        "data_of": source.date or None,
    }
    return replace(street_map, about={**street_map.about, "source": str(overpass), "fetched": fetched})


def _find(place: str, service: Service, tell: Callable[[str], None]) -> _Place:
    """Ask for the outline of a place."""
    no_area = f"{place!r} is a point or a line on the map, not an area with an outline. {_NAME_AN_AREA}"
    with _settings(service):
        try:
            found = ask(service, lambda: osmnx.geocode_to_gdf(place), tell).iloc[0]
        except ValueError as error:
            raise MapError(f"{service} knows no place {place!r}. Add the town, or try another spelling.") from error
        except TypeError as error:
            raise MapError(no_area) from error
    parts = shapely.get_parts(shapely.make_valid(shapely.force_2d(found.geometry)))
    shape = shapely.union_all([part for part in parts if isinstance(part, shapely.Polygon | shapely.MultiPolygon)])
    if not shape.area:
        raise MapError(no_area)
    name = clean_text(str(found.get("display_name", place)))
    return _Place(name, clean_text(f"{found.get('osm_type', '')} {found.get('osm_id', '')}"), Area(shape, name))


@contextmanager
def _settings(service: Service) -> Iterator[None]:
    """Set OSMnx up for our question, and back again: it keeps its settings in its module."""
    ours = {
        "nominatim_url": service.url,
        "use_cache": False,
        "requests_timeout": service.timeout_s,
        "requests_kwargs": service.options(_check_places),
        "http_user_agent": HEADERS["User-Agent"],
        "http_referer": HEADERS["Referer"],
        "http_accept_language": HEADERS["Accept-Language"],
    }
    theirs = {name: getattr(osmnx.settings, name) for name in ours}
    try:
        for name, value in ours.items():
            setattr(osmnx.settings, name, value)
        yield
    finally:
        for name, value in theirs.items():
            setattr(osmnx.settings, name, value)


def _check_places(answer: bytes) -> None:
    """Refuse an answer that OSMnx would stumble over, so that its errors mean one thing each."""
    places = json.loads(answer, parse_float=_finite, parse_constant=_finite)
    if type(places) is not list:
        raise ValueError("not a list")
    for place in places:
        float(place["importance"])
        _bottom, _top, _left, _right = map(float, place["boundingbox"])
        try:
            corners = shapely.get_coordinates(shapely.geometry.shape(place["geojson"]))
        except (ShapelyError, AttributeError) as error:  # the latter where a text or a list stands for an outline
            raise ValueError("no geometry") from error
        if not len(corners) or not (np.abs(corners) <= (180, 90)).all():
            raise ValueError("not on earth")


def _finite(text: str) -> float:
    """Read a number; NaN and infinity, which JSON does not know, make shapely warn and stumble."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("not a number")
    return number


def _flat(area: Area) -> tuple[shapely.Polygon | shapely.MultiPolygon, NDArray[np.float64]]:
    """Lay a small area out in metres around its middle; gives metres per degree too, to the east and to the north."""
    scale = _M_PER_DEGREE * np.array([math.cos(math.radians(area.centre[1])), 1.0])
    return shapely.transform(area.shape, lambda corners: corners * scale), scale


def _checked_km2(place: _Place) -> float:
    """Give the surface of what is asked for, of several parts also that between them, or refuse it as too large."""
    shape, _ = _flat(place.area)
    west, south, east, north = shape.bounds
    span = max(east - west, north - south) / 1000
    km2 = float((shape if isinstance(shape, shapely.Polygon) else shape.convex_hull).area) / 1e6
    if km2 > MAX_KM2 or span > MAX_KM:
        most = f"at most {MAX_KM2:.0f} km² and {MAX_KM:.0f} km can be fetched"
        what = f"{place.name} is {km2:.0f} km² and {span:.0f} km wide; {most}"
        raise MapError(f"{what}. Name a part of it, or cut it from an extract with: boef map import EXTRACT --area AREA")
    return km2


def _download(area: Area, service: Service, tell: Callable[[str], None]) -> bytes:
    """Ask for everything in and around an area that a map is made of."""

    def send() -> bytes:
        return requests.post(
            f"{service.url.rstrip('/')}/interpreter",
            data={"data": overpass_query(area)},
            headers=HEADERS,
            timeout=service.timeout_s,
            **service.options(),
        ).content

    return ask(service, send, tell)


def overpass_query(area: Area) -> str:
    """Write the question to Overpass: one ring, wide enough for what stands around the area, with few corners."""
    shape, scale = _flat(area)
    around = shape.buffer(AROUND_M + _SIMPLER_M).simplify(_SIMPLER_M)
    corners = " ".join(f"{lat:.5f} {lon:.5f}" for lon, lat in (outline(around) / scale).tolist())
    wanted = "".join(f'{what}(poly:"{corners}");' for what in _WANTED)
    return f"[out:xml][timeout:{_OVERPASS_S}][maxsize:{_OVERPASS_BYTES}];({wanted});(._;>;);out body qt;"


def _read(answer: bytes, service: Service) -> tuple[Source, OsmData]:
    """Read what Overpass answered; what is wrong with it is no fault of the user."""
    if answer.lstrip()[:5] == b"<?xml" and not answer.rstrip().endswith(b"</osm>"):
        raise service.failure("broke off in the middle of its answer")
    try:
        source = inspect_source(answer)
        data = read_features(source)
    except MapError as error:
        # The advice behind the first sentence is for files.
        raise service.failure(f"gave an answer that {str(error).partition('. ')[0].rstrip('.')}") from error
    if not len(data.node_ids):
        raise service.failure("has no data there at all; it may cover another part of the world")
    return source, data
