"""Make a street map out of OpenStreetMap data.

Everything in the file is either in the map or in the import report with a reason (contract C6), and the map does not depend
on the order of the objects in the file. © OpenStreetMap contributors, ODbL.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from simulation.maps.account import Account
from simulation.maps.addresses import home_arrays, read_addresses
from simulation.maps.area import Area, box_area, outline
from simulation.maps.features import read_features
from simulation.maps.nearest import find_nearest
from simulation.maps.network import build_edges
from simulation.maps.places import place_arrays, read_places
from simulation.maps.projection import choose_epsg, project
from simulation.maps.selection import select_edges, street_arrays
from simulation.maps.shapes import building_kind, read_areas, read_lines, select_near, shape_arrays, water_area_kind
from simulation.maps.source import inspect_source
from simulation.maps.streetmap import ATTRIBUTION, StreetMap
from simulation.maps.texts import TextTable, clean_text
from simulation.maps.walkable import reason_not_walkable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from simulation.maps.features import OsmData, Way
    from simulation.maps.selection import Selection
    from simulation.maps.shapes import Shape
    from simulation.maps.source import Source
    from simulation.maps.streetmap import Homes

AROUND_M = 150.0
"""Buildings and water this near the play area are kept: they stand in the way of sight and of walkers."""

MARGIN_M = 100.0
"""A box around addresses is made so much wider, because their streets lie beside them."""

_METRES_PER_DEGREE = 111_320.0

SYNTHETIC_GENERATOR = "boef-in-de-wijk"
"""`generator` in the head of OSM XML that this project makes itself; such a map owes nothing to OpenStreetMap."""

SYNTHETIC_ATTRIBUTION = "Invented neighbourhood, no OpenStreetMap data"


@dataclass(frozen=True)
class _Accounts:
    """What became of the objects of each kind."""

    streets: Account
    addresses: Account
    buildings: Account
    water: Account
    places: Account

    def as_dict(self) -> dict[str, Any]:
        return {name: account.as_dict() for name, account in sorted(vars(self).items())}


def import_osm(source: Path | bytes, *, area: Area | None = None, title: str = "") -> StreetMap:
    """Read OpenStreetMap data into a street map without sight lines.

    Parameters
    ----------
    source
        A file (.osm, .osm.bz2, .osm.gz or .osm.pbf; told apart by contents), or OSM XML as bytes.
    area
        Play area; by default the bounds that the data state, else the box of its addresses, else that of its streets.
    title
        Title of the map; by default the name of the file without its endings.

    Returns
    -------
    The largest connected network of the streets that touch the area, the homes inside it, and what stands around.

    Raises
    ------
    MapError
        The file is no sound OpenStreetMap data, could do harm, or holds no streets or no addresses in the area.
    """
    inspected = inspect_source(source)
    return build_map(inspected, read_features(inspected), area=area, title=title)


def build_map(inspected: Source, data: OsmData, *, area: Area | None = None, title: str = "") -> StreetMap:
    """Build a street map from what was read of a source; else as `import_osm`."""
    accounts = _Accounts(*(Account() for _ in range(5)))
    ways = _walkable_ways(data, accounts.streets)
    chosen = area or _default_area(inspected, data, ways)
    epsg = choose_epsg(*chosen.centre)
    xy = project(data.lon_lat, epsg)
    play_area = chosen.in_metres(epsg)
    shapely.prepare(play_area)
    selection = select_edges(build_edges(ways, xy, accounts.streets), xy, play_area, accounts.streets)
    if not selection.kept:
        raise inspected.problem(_nothing("street that one may walk", data, chosen))
    table = TextTable()
    streets = street_arrays(selection.kept, xy, data.node_ids, table)
    all_buildings = read_areas(data, xy, building_kind, accounts.buildings)
    addresses = read_addresses(data, xy, all_buildings, accounts.addresses)
    around = play_area.buffer(AROUND_M)
    buildings = select_near(all_buildings, around, accounts.buildings)
    numbers = {shape: number for number, shape in enumerate(buildings)}
    homes = home_arrays(
        addresses, [numbers.get(shape, -1) for shape in all_buildings], streets, play_area, accounts.addresses, table
    )
    if not len(homes.key):
        raise inspected.problem(_nothing("address near a street", data, chosen))
    return StreetMap(
        streets=streets,
        homes=homes,
        buildings=shape_arrays(buildings, table),
        water=shape_arrays(_water(data, xy, around, accounts.water), table),
        places=place_arrays(read_places(data, xy, accounts.places), streets, play_area, accounts.places, table),
        sight=None,
        area=outline(play_area),
        texts=table.texts,
        epsg=epsg,
        about=_about(inspected, data, title, _report(data, chosen, accounts, selection, homes)),
    )


def _walkable_ways(data: OsmData, account: Account) -> list[Way]:
    """Choose the ways that one may walk along."""
    walkable: list[Way] = []
    for way in data.ways.values():
        if not way.tags.get("highway"):
            continue
        account.in_file += 1
        reason = reason_not_walkable(way.tags)
        if reason:
            account.leave_out(reason)
        else:
            walkable.append(way)
    for relation in data.relations:
        if relation.tags.get("highway") and relation.tags.get("type") == "multipolygon":
            account.in_file += 1
            account.leave_out("pedestrian area (multipolygon), not a line")
    return walkable


def _default_area(source: Source, data: OsmData, ways: Sequence[Way]) -> Area:
    """Take the bounds that the data state; without them the box of the addresses, and without those the box of the streets."""
    if data.bounds:
        west, south, east, north = data.bounds
        if west < east and south < north:
            return box_area(west, south, east, north, "bounds of the data")
    rows = [row for row, tags in data.tagged_nodes if tags.get("addr:housenumber")]
    rows += [row for way in data.ways.values() if way.tags.get("addr:housenumber") for row in way.nodes.tolist() if row >= 0]
    origin = "box of the addresses"
    if not rows:
        rows = [row for way in ways for row in way.nodes.tolist() if row >= 0]
        origin = "box of the streets"
    if not rows:
        raise source.problem("holds no street that one may walk. Was the extract made with its ways and nodes?")
    corners = data.lon_lat[rows]
    (west, south), (east, north) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    up = MARGIN_M / _METRES_PER_DEGREE
    right = up / max(math.cos(math.radians((south + north) / 2)), up)
    return box_area(max(west - right, -180), max(south - up, -90), min(east + right, 180), min(north + up, 90), origin)


def _nothing(what: str, data: OsmData, area: Area) -> str:
    """Say that the area holds none of what a map needs."""
    west, south, east, north = area.shape.bounds
    where = f"{area.origin}: {west:.4f},{south:.4f},{east:.4f},{north:.4f}"
    return f"has no {what} in the area ({where}). It holds {len(data.ways)} ways; choose another area or extract."


def _water(data: OsmData, xy: NDArray[np.float64], around: shapely.Geometry, account: Account) -> list[Shape]:
    """Read ponds and canals near the area, areas before lines."""
    areas = read_areas(data, xy, water_area_kind, account)
    return select_near([*areas, *read_lines(data, xy, account)], around, account)


def _report(data: OsmData, area: Area, accounts: _Accounts, selection: Selection, homes: Homes) -> dict[str, Any]:
    """Give the import report: what was in the file, and what became of it."""
    islands = selection.islands
    nearer_island = 0
    if islands.number:
        from_island = find_nearest(homes.xy, islands.piece_xy, np.zeros(len(islands.piece_xy)), islands.edge_piece)
        nearer_island = int((from_island.away < homes.away).sum())
    west, south, east, north = area.shape.bounds
    return {
        "area": {
            "origin": area.origin,
            "box": [round(number, 7) for number in (west, south, east, north)],
            "polygons": len(shapely.get_parts(area.shape)),
        },
        "objects": data.objects.as_dict(),
        **accounts.as_dict(),
        "islands": {
            "parts": islands.number,
            "street_m": round(islands.length_m, 1),
            "homes_nearer_to_them": nearer_island,
        },
        "street_outside_m": round(selection.outside_m, 1),
        "street_m": round(selection.length_m, 1),
    }


def _about(source: Source, data: OsmData, title: str, report: dict[str, Any]) -> dict[str, Any]:
    """Say what the map is made of."""
    synthetic = data.generator.startswith(SYNTHETIC_GENERATOR)
    return {
        "title": clean_text(title) or clean_text(source.name.split(".")[0]),
        "source": clean_text(source.name),
        "source_sha256": source.sha256,
        "source_date": source.date[:10] or data.date,
        "attribution": SYNTHETIC_ATTRIBUTION if synthetic else ATTRIBUTION,
        "synthetic": synthetic,
        "report": report,
    }
