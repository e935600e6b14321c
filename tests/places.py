"""Maps on which the engine is compared with others: a made one, the shipped one, and real streets of Kampen."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulation.maps.area import box_area
from simulation.maps.osm import import_osm
from simulation.maps.pinned import read_map, write_map
from simulation.maps.sight import with_sight
from simulation.maps.streetmap import ATTRIBUTION
from simulation.people.network import Network
from simulation.scenario.shipped import scenarios_folder
from tests.maps.osm_text import EXTRACTS
from tests.worlds import made_neighbourhood

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap

PLACES = {
    "made": "a made neighbourhood, `naoorlogs`, 80 homes, seed 3",
    "wijk": "the shipped map, `scenarios/wijk.map`, 800 homes",
    "naoorlogs": "the shipped map, `scenarios/naoorlogs.map`, 1600 homes",
    "bloemkool-part": f"5.890-5.898° E, 52.546-52.551° N of `kampen-bloemkoolwijk.osm.bz2`, 434 homes, {ATTRIBUTION}",
    "naoorlogs-part": (
        "half a square kilometre, 5.9058-5.9162° E, 52.5449-52.5512° N, of `kampen-naoorlogs.osm.bz2`, 1903 homes, "
        f"{ATTRIBUTION}"
    ),
    "bloemkool": f"the whole of `kampen-bloemkoolwijk.osm.bz2`, 2368 homes, {ATTRIBUTION}",
}
"""What each place is."""

_SHIPPED = ("wijk", "naoorlogs")

_BOXES = {"bloemkool-part": (5.890, 52.546, 5.898, 52.551), "naoorlogs-part": (5.9058, 52.5449, 5.9162, 52.5512)}
"""Longitudes and latitudes between which a part of an extract lies: west, south, east, north."""


def missing(place: str) -> str:
    """Say why a place cannot be had here, or nothing."""
    return f"no extracts in {EXTRACTS}" if place not in {"made", *_SHIPPED} and not EXTRACTS.is_dir() else ""


@cache
def map_of(place: str) -> StreetMap:
    """Give the map of a place, with sight lines."""
    if missing(place):
        pytest.skip(missing(place))
    if place == "made":
        return made_neighbourhood()
    if place in _SHIPPED:
        return read_map(scenarios_folder() / f"{place}.map")
    extract, part = ("naoorlogs" if place.startswith("naoorlogs") else "bloemkoolwijk"), _BOXES.get(place)
    area = None if part is None else box_area(*part, "test")
    return with_sight(import_osm(EXTRACTS / f"kampen-{extract}.osm.bz2", area=area))


@cache
def network_of(place: str) -> Network:
    """Give the streets of a place, prepared for playing."""
    return Network(map_of(place))


@cache
def digest_of(place: str) -> str:
    """Give the digest of the map of a place, as `boef map check` prints it."""
    with tempfile.TemporaryDirectory() as folder:
        return map_of(place).digest or write_map(map_of(place), Path(folder) / "a.map")
