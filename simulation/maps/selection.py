"""Choose the streets of the play area and lay them out as arrays.

An edge that touches the area is kept whole, also where it leaves it: a walker reaches its far end and comes back, and nobody
is cut off in the middle of a street. Of what is left only the largest connected part is kept: nobody could walk to the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from simulation.maps.network import Edge, connected_parts, edge_lengths
from simulation.maps.streetmap import Streets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.maps.account import Account
    from simulation.maps.texts import TextTable


@dataclass(frozen=True)
class Islands:
    """Streets left out because the largest part cannot be reached from them; `piece_xy`, `edge_piece` as in `Streets`."""

    number: int
    length_m: float
    piece_xy: NDArray[np.float64]
    edge_piece: NDArray[np.int32]


@dataclass(frozen=True)
class Selection:
    """Edges kept, islands left out, and metres of street kept and outside the area."""

    kept: list[Edge]
    islands: Islands
    length_m: float
    outside_m: float


def select_edges(
    edges: Sequence[Edge], xy: NDArray[np.float64], play_area: shapely.Polygon | shapely.MultiPolygon, account: Account
) -> Selection:
    """Keep the largest connected part, by metres, of the edges that touch the area; account for each way."""
    lengths = edge_lengths(edges, xy)
    lines = np.array([shapely.LineString(xy[list(edge.nodes)]) for edge in edges], dtype=object)
    touching = np.flatnonzero(shapely.intersects(play_area, lines)).tolist()
    parts = connected_parts([edges[row] for row in touching])
    sizes: dict[int, float] = {}
    for part, row in zip(parts.tolist(), touching, strict=True):
        sizes[part] = sizes.get(part, 0.0) + float(lengths[row])
    largest = max(sizes, key=lambda part: (sizes[part], -part), default=-1)
    kept = [edges[row] for part, row in zip(parts.tolist(), touching, strict=True) if part == largest]
    cut_off = [edges[row] for part, row in zip(parts.tolist(), touching, strict=True) if part != largest]
    _account_for_ways(edges, kept, cut_off, account)
    island_xy, island_piece, _ = _pieces(cut_off, xy)
    length = sum(sizes.values())
    islands = Islands(max(len(sizes) - 1, 0), length - sizes.get(largest, 0.0), island_xy, island_piece)
    return Selection(kept, islands, sizes.get(largest, 0.0), max(float(lengths.sum()) - length, 0.0))


def _account_for_ways(edges: Sequence[Edge], kept: Sequence[Edge], cut_off: Sequence[Edge], account: Account) -> None:
    """Count each way once: kept if any piece of it is, else in an island, else outside the area."""
    everything, in_map, in_islands = ({way for edge in some for way in edge.ways} for some in (edges, kept, cut_off))
    account.kept += len(in_map)
    account.leave_out("not connected with the rest", len(in_islands - in_map))
    account.leave_out("outside the area", len(everything - in_map - in_islands))


def street_arrays(edges: Sequence[Edge], xy: NDArray[np.float64], node_ids: NDArray[np.int64], table: TextTable) -> Streets:
    """Lay edges out as arrays; nodes sorted by id, edges in the order given."""
    rows = sorted({row for edge in edges for row in (edge.nodes[0], edge.nodes[-1])})
    number = {row: position for position, row in enumerate(rows)}
    piece_xy, edge_piece, piece_at = _pieces(edges, xy)
    return Streets(
        node_xy=xy[rows],
        node_osm=node_ids[rows],
        edge_nodes=np.array([(number[edge.nodes[0]], number[edge.nodes[-1]]) for edge in edges], dtype=np.int32),
        edge_piece=edge_piece,
        edge_name=np.array([table.number(edge.nature.name) for edge in edges], dtype=np.int32),
        edge_kind=np.array([table.number(edge.nature.kind) for edge in edges], dtype=np.int32),
        edge_access=np.array([table.number(edge.nature.access) for edge in edges], dtype=np.int32),
        edge_lit=np.array([edge.nature.lit for edge in edges], dtype=np.uint8),
        piece_xy=piece_xy,
        piece_at=piece_at,
        piece_way=np.array([way for edge in edges for way in edge.ways], dtype=np.int64),
    )


def _pieces(
    edges: Sequence[Edge], xy: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.float64]]:
    """Give `piece_xy`, `edge_piece` and `piece_at` of edges."""
    edge_piece = np.cumsum([0, *(len(edge.ways) for edge in edges)]).astype(np.int32)
    if not edges:
        return np.empty((0, 4)), edge_piece, np.empty(0)
    starts = np.concatenate([edge.nodes[:-1] for edge in edges])
    ends = np.concatenate([edge.nodes[1:] for edge in edges])
    piece_xy = np.concatenate([xy[starts], xy[ends]], axis=1)
    steps = np.hypot(piece_xy[:, 2] - piece_xy[:, 0], piece_xy[:, 3] - piece_xy[:, 1])
    at = [np.concatenate([[0.0], np.cumsum(steps[a:b])[:-1]]) for a, b in pairwise(edge_piece.tolist())]
    return piece_xy, edge_piece, np.concatenate(at)
