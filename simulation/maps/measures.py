"""What a map is like to play on: doubled pavements, missing names, private ways, and what lies in anybody's sight.

Each is a plain number; what it means for the verdict is in `quality`. Lengths in metres, shares from 0 to 1; the share of
nothing is 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from simulation.maps.eyes import pieces_at
from simulation.maps.spans import Spans, count_off, subtract
from simulation.maps.streetmap import CELL_M

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from simulation.maps.spans import Floats
    from simulation.maps.streetmap import Sight, StreetMap, Streets

STREET_KINDS = frozenset({"living_street", "primary", "residential", "road", "secondary", "tertiary", "unclassified"})
"""Values of `highway` of streets that people live along and that have a name."""

PATH_KINDS = frozenset({"cycleway", "footway", "path"})
"""Values of `highway` of what may be drawn beside a street although it is part of it."""

FOR_SOME = frozenset(
    {"agricultural", "customers", "delivery", "employees", "forestry", "members", "military", "permit", "residents"}
)
"""Values of `foot` or `access` with which only some may walk; `private` and `no` are never on a map."""

BESIDE_M = 12.0
BESIDE_DEGREES = 20.0
"""A path this near to the middle of a street and this parallel to it belongs to it: half a street, a verge, a pavement."""

_CLOSED = ("access=private", "foot=private")


def doubled_m(street_map: StreetMap) -> float:
    """Measure the paths that run beside a street: the same room drawn twice.

    A metre of path (`PATH_KINDS`) counts when the middle of a street (`STREET_KINDS`) lies within `BESIDE_M` straight across
    and runs in the same direction within `BESIDE_DEGREES`. Where pavements are drawn apart, a suspect on the pavement and a
    resident on the street pass each other on two lines, and whatever is per metre of street is thinned out.
    """
    streets = street_map.streets
    kind = np.repeat(streets.edge_kind, np.diff(streets.edge_piece))
    paths, roads = (streets.piece_xy[np.isin(kind, _numbers(street_map, kinds))] for kinds in (PATH_KINDS, STREET_KINDS))
    if not len(paths) or not len(roads):
        return 0.0
    step = paths[:, 2:] - paths[:, :2]
    length = _lengths(paths)
    parts = np.ceil(length / CELL_M).astype(np.int64)
    owner, rank = count_off(parts)
    middle = paths[owner, :2] + step[owner] * ((rank + 0.5) / parts[owner])[:, None]
    tree = shapely.STRtree(shapely.linestrings(roads.reshape(-1, 2, 2)))
    part, road = tree.query(shapely.points(middle), predicate="dwithin", distance=BESIDE_M)
    beside = np.zeros(len(owner), dtype=bool)
    beside[part[_alongside(middle[part], step[owner[part]], roads[road])]] = True
    return float((length / parts)[owner[beside]].sum())


def _alongside(spot: Floats, step: Floats, roads: Floats) -> NDArray[np.bool_]:
    """Whether each spot of a path lies straight across its street, and the path runs in the direction of that street."""
    along = roads[:, 2:] - roads[:, :2]
    length = _lengths(roads)
    share = ((spot - roads[:, :2]) * along).sum(axis=1) / length**2
    cosine = np.abs((step * along).sum(axis=1)) / (length * np.hypot(step[:, 0], step[:, 1]))
    across: NDArray[np.bool_] = (share >= 0) & (share <= 1) & (cosine >= np.cos(np.radians(BESIDE_DEGREES)))
    return across


def unnamed_share(street_map: StreetMap) -> float:
    """Give the share of the length of the streets (`STREET_KINDS`) that have no name, which no message can tell."""
    streets, lengths = street_map.streets, street_map.edge_lengths()
    ours = np.isin(streets.edge_kind, _numbers(street_map, STREET_KINDS))
    return _share(lengths[ours & (streets.edge_name == 0)].sum(), lengths[ours].sum())


def homes_unnamed(street_map: StreetMap) -> int:
    """Count the homes whose address has no street."""
    return int((street_map.homes.street == 0).sum())


def some_only_share(street_map: StreetMap) -> float:
    """Give the share of the length of the network that is for some people only (`FOR_SOME`)."""
    lengths = street_map.edge_lengths()
    ours = np.isin(street_map.streets.edge_access, _numbers(street_map, FOR_SOME))
    return _share(lengths[ours].sum(), lengths.sum())


def private_ways(street_map: StreetMap) -> tuple[int, int]:
    """Give how many ways the import left out as private, and how many ways there were in the source."""
    report = street_map.about.get("report", {}).get("streets", {})
    left_out = report.get("left_out", {})
    return sum(int(left_out.get(reason, 0)) for reason in _CLOSED), int(report.get("in_file", 0))


def seen_share(streets: Streets, sight: Sight) -> float:
    """Give the share of the street metres that somebody sees from a home, within the range of sight and past the buildings."""
    lengths = _lengths(streets.piece_xy)
    piece = np.repeat(np.arange(len(lengths)), np.diff(sight.piece_stretch))
    dark = subtract(np.zeros(len(lengths)), lengths, Spans(piece, sight.stretch_from, sight.stretch_to), 0.0)
    return 1.0 - _share((dark.end - dark.begin).sum(), lengths.sum())


def homes_overlooked(street_map: StreetMap, sight: Sight) -> int:
    """Count the homes in somebody else's sight: another home sees the nearest point of the street, where one comes out."""
    streets, homes = street_map.streets, street_map.homes
    piece = pieces_at(streets, homes.edge.astype(np.int64), homes.at)
    # A door at the end of a piece may lie beyond it by a rounding.
    at = np.clip(homes.at - streets.piece_at[piece], 0.0, _lengths(streets.piece_xy)[piece])
    home, row = count_off(np.diff(sight.piece_stretch)[piece].astype(np.int64))
    row += sight.piece_stretch[piece[home]]
    sees = (sight.stretch_home[row] != home) & (sight.stretch_from[row] <= at[home]) & (at[home] <= sight.stretch_to[row])
    return len(np.unique(home[sees]))


def _numbers(street_map: StreetMap, texts: Collection[str]) -> list[int]:
    """Give the numbers of some texts in the table of the map."""
    return [number for number, text in enumerate(street_map.texts) if text in texts]


def _lengths(pieces: Floats) -> Floats:
    return np.hypot(pieces[:, 2] - pieces[:, 0], pieces[:, 3] - pieces[:, 1])


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0
