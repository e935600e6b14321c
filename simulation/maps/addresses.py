"""Addresses, whether they stand on nodes, on buildings or on other outlines, each counted once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from simulation.maps.nearest import find_nearest
from simulation.maps.positions import tagged_objects
from simulation.maps.streetmap import FAR_M, Homes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.maps.account import Account
    from simulation.maps.features import OsmData, Tags
    from simulation.maps.positions import Position
    from simulation.maps.shapes import Shape
    from simulation.maps.streetmap import Streets
    from simulation.maps.texts import TextTable

SAME_ADDRESS_M = 25.0
"""Two objects with the same street and number this near are one address, even if no building holds both."""

BESIDE_BUILDING_M = 0.5
"""An address this near a building belongs to it: many stand exactly on the outline."""


@dataclass(frozen=True)
class Address:
    """An address of the file.

    Parameters
    ----------
    key
        `n`, `w` or `r` and the id of its object.
    position
        Metres.
    street, number, postcode
        Texts; empty where the file lacks them.
    building
        Number of the shape that holds it; -1 where none does.
    """

    key: str
    position: Position
    street: str
    number: str
    postcode: str
    building: int = -1


def read_addresses(data: OsmData, xy: NDArray[np.float64], buildings: Sequence[Shape], account: Account) -> list[Address]:
    """Read every `addr:housenumber` of the file, find the building of each, and drop the doubles."""
    found: list[Address] = []
    for key, tags, position in tagged_objects(data, xy):
        if not tags.get("addr:housenumber"):
            account.remark("house name without a number, not read", int("addr:housename" in tags))
            account.remark("interpolation line, not read", int("addr:interpolation" in tags))
            continue
        account.in_file += 1
        if position is None:
            account.leave_out("no position: its nodes are missing")
        else:
            found.append(_address(key, tags, position))
    return _without_doubles(_with_buildings(found, buildings), account)


def _address(key: str, tags: Tags, position: Position) -> Address:
    number = " ".join(filter(None, (tags["addr:housenumber"], tags.get("addr:unit", ""))))
    return Address(key, position, tags.get("addr:street") or tags.get("addr:place", ""), number, tags.get("addr:postcode", ""))


def _with_buildings(addresses: list[Address], buildings: Sequence[Shape]) -> list[Address]:
    """Find the building of each address: its own outline, else the smallest that holds it or stands right beside it."""
    own = {shape.key: number for number, shape in reversed(list(enumerate(buildings)))}
    if not buildings or not addresses:
        return addresses
    forms = np.array([shape.form for shape in buildings], dtype=object)
    spots = shapely.points(np.array([address.position for address in addresses]))
    rows, numbers = shapely.STRtree(forms).query(spots, predicate="dwithin", distance=BESIDE_BUILDING_M)
    gap, size = shapely.distance(spots[rows], forms[numbers]), shapely.area(forms)[numbers]
    order = np.lexsort((numbers, size, gap, rows))[::-1]
    nearest = dict(zip(rows[order].tolist(), numbers[order].tolist(), strict=True))
    return [
        replace(address, building=own[address.key] if address.key in own else nearest.get(row, -1))
        for row, address in enumerate(addresses)
    ]


def _without_doubles(addresses: list[Address], account: Account) -> list[Address]:
    """Keep one of the objects that bear the same address: a node before a way before a relation, then the lowest id."""
    kept: list[Address] = []
    alike: dict[tuple[str, str], list[Address]] = {}
    for address in addresses:
        others = alike.setdefault((address.street.casefold(), "".join(address.number.casefold().split())), [])
        double = next((other for other in others if _is_same(address, other)), None)
        if double is None:
            others.append(address)
            kept.append(address)
        else:
            account.leave_out(f"same address as {_OBJECTS[double.key[0]]} kept")
    return kept


_OBJECTS = {"n": "a node", "w": "a way", "r": "a relation"}


def _is_same(one: Address, other: Address) -> bool:
    """Whether two objects with the same street and number are one address."""
    if one.postcode and other.postcode and one.postcode != other.postcode:
        return False
    if one.building >= 0 and one.building == other.building:
        return True
    apart = np.hypot(one.position[0] - other.position[0], one.position[1] - other.position[1])
    return bool(one.street) and bool(apart <= SAME_ADDRESS_M)


def home_arrays(
    addresses: Sequence[Address],
    building_numbers: Sequence[int],
    streets: Streets,
    play_area: shapely.Polygon | shapely.MultiPolygon,
    account: Account,
    table: TextTable,
) -> Homes:
    """Keep the addresses inside the area that a walker can reach, sorted by key, and lay them out as arrays.

    Parameters
    ----------
    building_numbers
        For each shape to which addresses point: its number in the map, or -1 when it is not in the map.
    """
    spots = np.array([address.position for address in addresses], dtype=np.float64).reshape(-1, 2)
    inside = shapely.intersects_xy(play_area, spots[:, 0], spots[:, 1])
    account.leave_out("outside the area", int((~inside).sum()))
    nearest = find_nearest(spots, streets.piece_xy, streets.piece_at, streets.edge_piece)
    reachable = nearest.away <= FAR_M
    account.leave_out(f"no street within {FAR_M:.0f} m", int((inside & ~reachable).sum()))
    rows = sorted(np.flatnonzero(inside & reachable).tolist(), key=lambda row: addresses[row].key)
    account.kept = len(rows)
    kept = [addresses[row] for row in rows]
    account.remark("in no building", sum(address.building < 0 for address in kept))
    account.remark("several numbers in one address", sum(";" in address.number or "," in address.number for address in kept))
    return Homes(
        key=np.array([table.number(address.key) for address in kept], dtype=np.int32),
        xy=spots[rows],
        street=np.array([table.number(address.street) for address in kept], dtype=np.int32),
        number=np.array([table.number(address.number) for address in kept], dtype=np.int32),
        postcode=np.array([table.number(address.postcode) for address in kept], dtype=np.int32),
        building=np.array([building_numbers[address.building] if address.building >= 0 else -1 for address in kept], np.int32),
        edge=nearest.edge[rows],
        at=nearest.at[rows],
        away=nearest.away[rows],
    )
