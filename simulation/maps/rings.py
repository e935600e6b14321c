"""Areas out of OpenStreetMap ways and multipolygon relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from simulation.maps.account import Account
    from simulation.maps.features import Relation, Way

MIN_AREA_M2 = 1.0
"""Smallest area kept; what is smaller is a slip of the mouse."""


def way_polygons(
    way: Way, xy: NDArray[np.float64], account: Account, holes: Sequence[list[int]] = ()
) -> list[shapely.Polygon]:
    """Make the area of a closed way; an empty list, with the reason in the account, when it has none."""
    if not way.closed:
        clipped = bool((way.nodes < 0).any())
        account.leave_out("clipped outline" if clipped else "outline not closed")
        return []
    return _sound([_polygon(way.nodes.tolist(), holes, xy)], account)


def relation_polygons(
    relation: Relation, ways: Mapping[int, Way], xy: NDArray[np.float64], account: Account
) -> list[shapely.Polygon]:
    """Make the areas of a multipolygon relation, each with its holes; an empty list when no outline is complete."""
    outlines, broken = relation_rings(relation, ways, inner=False)
    holes, broken_holes = relation_rings(relation, ways, inner=True)
    account.remark("hole of a multipolygon incomplete, filled in", broken_holes)
    if not outlines:
        account.leave_out("multipolygon incomplete")
        return []
    account.remark("outline of a multipolygon incomplete, left out", broken)
    shells = [_polygon(outline, (), xy) for outline in outlines]
    inside: list[list[list[int]]] = [[] for _ in shells]
    for hole in holes:
        point = shapely.Point(xy[hole[0]])
        owner = next((number for number, shell in enumerate(shells) if shell.intersects(point)), None)
        if owner is None:
            account.remark("hole outside its multipolygon, dropped")
        else:
            inside[owner].append(hole)
    return _sound([_polygon(outline, own, xy) for outline, own in zip(outlines, inside, strict=True)], account)


def relation_rings(relation: Relation, ways: Mapping[int, Way], *, inner: bool) -> tuple[list[list[int]], int]:
    """Join the ways of a multipolygon into closed rings of node rows; give them and how many chains did not close."""
    wanted = {"inner"} if inner else {"outer", ""}
    members = sorted({number for number, role in relation.members if role in wanted})
    chains = [ways[number].nodes.tolist() for number in members if number in ways]
    missing = len(members) - len(chains)
    rings, open_chains = _join([chain for chain in chains if len(chain) > 1 and min(chain) >= 0])
    missing += sum(len(chain) < 2 or min(chain) < 0 for chain in chains)  # noqa: PLR2004 - a line has two ends
    return rings, missing + open_chains


def _join(chains: list[list[int]]) -> tuple[list[list[int]], int]:
    """Join chains end to end into rings; give the rings, first node not repeated, and the number of chains left over."""
    at: dict[int, list[int]] = {}
    for number, chain in enumerate(chains):
        for end in (chain[0], chain[-1]):
            at.setdefault(end, []).append(number)
    free = dict.fromkeys(range(len(chains)))
    rings: list[list[int]] = []
    left_over = 0
    while free:
        first = next(iter(free))
        del free[first]
        ring = list(chains[first])
        while ring[0] != ring[-1]:
            onward = next((number for number in at[ring[-1]] if number in free), None)
            if onward is None:
                break
            del free[onward]
            chain = chains[onward]
            ring.extend(chain[1:] if chain[0] == ring[-1] else chain[-2::-1])
        if ring[0] == ring[-1] and len(ring) > 3:  # noqa: PLR2004 - three corners and the first again
            rings.append(ring[:-1])
        else:
            left_over += 1
    return rings, left_over


def _polygon(outline: Sequence[int], holes: Sequence[Sequence[int]], xy: NDArray[np.float64]) -> shapely.Polygon:
    usable = [hole for hole in holes if len(hole) > 2]  # noqa: PLR2004 - a ring has three corners
    return shapely.Polygon(xy[list(outline)], [xy[list(hole)] for hole in usable])


def _sound(polygons: list[shapely.Polygon], account: Account) -> list[shapely.Polygon]:
    """Mend polygons that cross themselves, drop those without surface, and let every outline run anticlockwise."""
    sound: list[shapely.Polygon] = []
    for polygon in polygons:
        if not np.isfinite(shapely.get_coordinates(polygon)).all():
            continue
        if polygon.is_valid:
            sound.append(polygon)
        else:
            account.remark("outline crosses itself, mended")
            parts = shapely.get_parts(shapely.make_valid(polygon, method="structure", keep_collapsed=False))
            sound.extend(part for part in parts.tolist() if isinstance(part, shapely.Polygon))
    kept = [shapely.orient_polygons(polygon) for polygon in sound if polygon.area >= MIN_AREA_M2]
    if not kept:
        account.leave_out("outline without surface")
    return kept
