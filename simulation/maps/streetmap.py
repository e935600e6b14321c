"""The neighbourhood as plain arrays: streets, homes, buildings, places and sight lines.

Everything is in metres in a projected coordinate system, x to the east and y to the north. An *edge* is a street between two
junctions or dead ends, walkable both ways; a *piece* is one straight part of an edge; a *cell* is a part of an edge of at most
five metres; a *home* is an address.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Indices = NDArray[np.int32]
    Bytes = NDArray[np.uint8]

CELL_M = 5.0
"""Longest cell of a street, metres: the grain of street-to-street sight."""

FAR_M = 250.0
"""An address or place further than this from any street that one may walk is not on the map: nobody can walk there."""

_COUNTRY, _MOST_DEGREES = (5.3, 52.2), (180.0, 90.0)
"""Middle of the Netherlands, and limits: longitude and latitude, degrees."""

ATTRIBUTION = "© OpenStreetMap contributors, ODbL"


@dataclass(frozen=True, eq=False)
class Streets:
    """Street network; N nodes, E edges, P pieces.

    Parameters
    ----------
    node_xy
        (N, 2) positions, metres.
    node_osm
        (N,) OpenStreetMap node ids.
    edge_nodes
        (E, 2) the nodes at the start and the end of each edge; equal for a loop. Parallel edges occur.
    edge_piece
        (E + 1,) the pieces of edge e are `edge_piece[e]:edge_piece[e + 1]`, in order from its start to its end.
    edge_name, edge_kind, edge_access
        (E,) indices into `StreetMap.texts`; 0 is the empty text. Street name, OSM `highway` value, OSM `foot`/`access` value.
    edge_lit
        (E,) 1 lit, 0 not lit, 255 unknown.
    piece_xy
        (P, 4) `x0, y0, x1, y1` in the direction of the edge, metres. No piece has length 0.
    piece_at
        (P,) distance along the edge at which the piece starts, metres.
    piece_way
        (P,) id of the OpenStreetMap way it came from.
    """

    node_xy: Floats
    node_osm: Ints
    edge_nodes: Indices
    edge_piece: Indices
    edge_name: Indices
    edge_kind: Indices
    edge_access: Indices
    edge_lit: Bytes
    piece_xy: Floats
    piece_at: Floats
    piece_way: Ints


@dataclass(frozen=True, eq=False)
class Homes:
    """Addresses; H of them, sorted by `key`.

    Parameters
    ----------
    key
        (H,) index into `StreetMap.texts` of the stable key: `n` or `w` or `r` and the OSM id, for example `n2718281`.
    xy
        (H, 2) position of the address, metres.
    street, number, postcode
        (H,) indices into `StreetMap.texts`; 0 is the empty text.
    building
        (H,) index of the building that holds the address; -1 where none does.
    edge, at
        (H,) nearest edge, and the distance along it of the nearest point, metres.
    away
        (H,) distance from the address to that point, metres.
    """

    key: Indices
    xy: Floats
    street: Indices
    number: Indices
    postcode: Indices
    building: Indices
    edge: Indices
    at: Floats
    away: Floats


@dataclass(frozen=True, eq=False)
class Shapes:
    """Closed rings or open lines with a meaning; S shapes, R rings, V corners.

    Parameters
    ----------
    osm
        (S,) index into `StreetMap.texts` of the key of the OSM object, as in `Homes.key`.
    kind
        (S,) index into `StreetMap.texts`: for buildings the `building` value, for water `water`, `waterway` and the like.
    rings
        (S + 1,) rings of shape s are `rings[s]:rings[s + 1]`; for an area the first is the outline, the others are holes.
    corners
        (R + 1,) corners of ring r are `xy[corners[r]:corners[r + 1]]`; an area's ring does not repeat its first corner.
    xy
        (V, 2) corners, metres.
    """

    osm: Indices
    kind: Indices
    rings: Indices
    corners: Indices
    xy: Floats


@dataclass(frozen=True, eq=False)
class Places:
    """Points of interest: shops, schools, care homes, crossings; L of them.

    Parameters
    ----------
    osm, kind, name
        (L,) indices into `StreetMap.texts`: key of the OSM object; `shop`, `school`, `care`, `crossing`; name.
    xy
        (L, 2) position, metres.
    edge, at
        (L,) nearest edge, and the distance along it of the nearest point, metres.
    """

    osm: Indices
    kind: Indices
    name: Indices
    xy: Floats
    edge: Indices
    at: Floats


@dataclass(frozen=True, eq=False)
class Sight:
    """Who can see which part of the street, buildings considered; H homes, P pieces, E edges, C cells.

    A home has up to two *eyes*: eye 0 in the façade at its street, which sees what lies in front of that façade's line, and
    eye 1 in the opposite façade, which sees what lies behind that line. So a point of the street belongs to one eye only.

    Parameters
    ----------
    range_m
        Sight lines are known up to this distance, metres.
    eye_xy
        (H, 2, 2) positions of the two eyes, metres; NaN where there is no such eye.
    piece_stretch
        (P + 1,) the stretches of piece p are `piece_stretch[p]:piece_stretch[p + 1]`, sorted by home, eye, start.
    stretch_home, stretch_eye
        Home and eye that see the stretch.
    stretch_from, stretch_to
        Begin and end of the stretch along the piece, metres from the start of the piece.
    edge_cell
        (E + 1,) the cells of edge e are `edge_cell[e]:edge_cell[e + 1]`: equal parts of at most `CELL_M`, from its start.
    cell_seen
        (C + 1,) the cells seen from cell c are `seen[cell_seen[c]:cell_seen[c + 1]]`.
    seen
        Sorted cell numbers per cell; symmetric, a cell sees itself.
    """

    range_m: float
    eye_xy: Floats
    piece_stretch: Indices
    stretch_home: Indices
    stretch_eye: Bytes
    stretch_from: Floats
    stretch_to: Floats
    edge_cell: Indices
    cell_seen: Ints
    seen: Indices


@dataclass(frozen=True, eq=False)
class StreetMap:
    """A pinned neighbourhood.

    Parameters
    ----------
    streets, homes, buildings, water, places
        The parts, see their own classes.
    sight
        Sight lines, or None while they have not been computed.
    area
        (K, 2) outline of the play area, metres, first corner not repeated.
    texts
        Table of texts that the parts point into; `texts[0]` is empty.
    epsg
        EPSG code of the projected coordinate system: 28992 (RD New) inside the Netherlands, else the local UTM zone.
    about
        JSON object: `title`, `source` (file name without folders, or service), `source_sha256`, `source_date` (ISO date or
        null), `attribution`, `synthetic` (true or false), `report` (import report: a JSON object of counts and reasons); of a
        fetched map also `fetched` (what was asked, what was found, and who answered).
    digest
        SHA-256 over the contents, hexadecimal; empty for a map that was never pinned.
    """

    streets: Streets
    homes: Homes
    buildings: Shapes
    water: Shapes
    places: Places
    sight: Sight | None
    area: Floats
    texts: tuple[str, ...]
    epsg: int
    about: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""

    def middle(self) -> tuple[float, float]:
        """Give longitude and latitude of the middle of the play area, degrees; of the country where the map does not say."""
        match self.about:
            case {"report": {"area": {"box": [float(west), float(south), float(east), float(north)]}}}:
                longitude, latitude = (west + east) / 2.0, (south + north) / 2.0
                if abs(longitude) <= _MOST_DEGREES[0] and abs(latitude) <= _MOST_DEGREES[1]:
                    return longitude, latitude
        return _COUNTRY

    def edge_lengths(self) -> Floats:
        """Give the length of each edge, metres."""
        steps = self.streets.piece_xy[:, 2:] - self.streets.piece_xy[:, :2]
        return np.add.reduceat(np.hypot(steps[:, 0], steps[:, 1]), self.streets.edge_piece[:-1])

    def places_to_visit(self) -> Floats:
        """Give where shops, schools, care homes and other places are, (K, 2), metres; crossings are none."""
        kept = [index for index, kind in enumerate(self.places.kind) if self.texts[int(kind)] != "crossing"]
        return self.places.xy[kept].reshape(-1, 2)

    def to_networkx(self) -> nx.MultiDiGraph[int]:
        """Give the streets as a graph in OSMnx's conventions, see `export.build_graph`; this imports NetworkX and shapely."""
        from simulation.maps.export import build_graph

        return build_graph(self)
