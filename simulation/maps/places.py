"""Places that matter later: shops, schools, care homes and crossings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from simulation.maps.nearest import find_nearest
from simulation.maps.positions import tagged_objects
from simulation.maps.streetmap import FAR_M, Places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.maps.account import Account
    from simulation.maps.features import OsmData, Tags
    from simulation.maps.positions import Position
    from simulation.maps.streetmap import Streets
    from simulation.maps.texts import TextTable

_SCHOOLS = frozenset({"school", "kindergarten", "college"})
_CARE = frozenset({"assisted_living", "group_home", "hospice", "nursing_home"})
_NO_SHOP = frozenset({"", "no", "vacant"})


class Place(NamedTuple):
    """A shop, school, care home or crossing; position in metres."""

    key: str
    kind: str
    name: str
    position: Position


def place_kind(tags: Tags) -> str:
    """Give `shop`, `school`, `care` or `crossing`; the empty text for anything else."""
    if tags.get("shop", "") not in _NO_SHOP:
        return "shop"
    amenity = tags.get("amenity", "")
    if amenity in _SCHOOLS:
        return "school"
    if amenity == "nursing_home" or tags.get("social_facility") in _CARE:
        return "care"
    return "crossing" if tags.get("highway") == "crossing" else ""


def read_places(data: OsmData, xy: NDArray[np.float64], account: Account) -> list[Place]:
    """Read the places of the file, sorted by key."""
    found: list[Place] = []
    for key, tags, position in tagged_objects(data, xy):
        kind = place_kind(tags)
        if not kind:
            continue
        account.in_file += 1
        if position is None:
            account.leave_out("no position: its nodes are missing")
        else:
            found.append(Place(key, kind, tags.get("name", ""), position))
    return sorted(found)


def place_arrays(
    places: Sequence[Place],
    streets: Streets,
    play_area: shapely.Polygon | shapely.MultiPolygon,
    account: Account,
    table: TextTable,
) -> Places:
    """Keep the places inside the area that a walker can reach, and lay them out as arrays."""
    spots = np.array([place.position for place in places], dtype=np.float64).reshape(-1, 2)
    inside = shapely.intersects_xy(play_area, spots[:, 0], spots[:, 1])
    account.leave_out("outside the area", int((~inside).sum()))
    nearest = find_nearest(spots, streets.piece_xy, streets.piece_at, streets.edge_piece)
    reachable = nearest.away <= FAR_M
    account.leave_out(f"no street within {FAR_M:.0f} m", int((inside & ~reachable).sum()))
    rows = np.flatnonzero(inside & reachable)
    account.kept = len(rows)
    kept = [places[row] for row in rows.tolist()]
    return Places(
        osm=np.array([table.number(place.key) for place in kept], dtype=np.int32),
        kind=np.array([table.number(place.kind) for place in kept], dtype=np.int32),
        name=np.array([table.number(place.name) for place in kept], dtype=np.int32),
        xy=spots[rows],
        edge=nearest.edge[rows],
        at=nearest.at[rows],
    )
