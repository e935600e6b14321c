"""From walkable ways to a street network: edges between junctions and dead ends, every piece with its way.

An edge also ends where name, kind, access or lighting changes, so that what it says holds for all of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.maps.walkable import access_of, lit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from simulation.maps.account import Account
    from simulation.maps.features import Way

MAX_SEGMENT_M = 20_000.0
"""Longest straight piece believed; a longer one has a misplaced node."""


class Nature(NamedTuple):
    """What must be the same all along an edge."""

    name: str
    kind: str
    access: str
    lit: int


@dataclass(frozen=True)
class Edge:
    """A street from its first to its last node.

    Parameters
    ----------
    nodes
        Rows of the node table, one more than there are pieces.
    ways
        Way id of each piece.
    nature
        Name, kind, access and lighting.
    """

    nodes: tuple[int, ...]
    ways: tuple[int, ...]
    nature: Nature


@dataclass
class _Segments:
    """Straight segments between two nodes, each only once, and who meets whom."""

    way: dict[tuple[int, int], int] = field(default_factory=dict)
    nature: dict[tuple[int, int], Nature] = field(default_factory=dict)
    neighbours: dict[int, list[int]] = field(default_factory=dict)

    def add(self, one: int, other: int, way: int, nature: Nature) -> bool:
        """Add a segment; False when it is there already."""
        key = (min(one, other), max(one, other))
        if key in self.way:
            return False
        self.way[key] = way
        self.nature[key] = nature
        self.neighbours.setdefault(one, []).append(other)
        self.neighbours.setdefault(other, []).append(one)
        return True

    def nature_of(self, one: int, other: int) -> Nature:
        return self.nature[min(one, other), max(one, other)]

    def way_of(self, one: int, other: int) -> int:
        return self.way[min(one, other), max(one, other)]

    def is_end(self, node: int) -> bool:
        """Whether edges end here: a junction, a dead end, or a change of nature."""
        around = self.neighbours[node]
        if len(around) != 2:  # noqa: PLR2004 - one street passes through
            return True
        return self.nature_of(node, around[0]) != self.nature_of(node, around[1])


def build_edges(ways: Sequence[Way], xy: NDArray[np.float64], account: Account) -> list[Edge]:
    """Make the edges of a network out of walkable ways, sorted by way id.

    Parameters
    ----------
    ways
        Walkable ways in the order of their ids; where two run over the same segment the lower id keeps it.
    xy
        Positions of all nodes, metres.
    account
        Ways without any usable segment are left out here, with a reason; what was mended is remarked on.

    Returns
    -------
    Edges in a stable order: by the ids of their nodes.
    """
    runs = {way.id: _runs(way, xy, account) for way in ways}
    same = _same_places(runs.values(), xy)
    segments = _Segments()
    for way in ways:
        nature = Nature(way.tags.get("name", ""), way.tags["highway"], access_of(way.tags), lit_of(way.tags))
        _add_way(way.id, nature, [[same.get(node, node) for node in run] for run in runs[way.id]], segments, account)
    return _edges(segments)


def _runs(way: Way, xy: NDArray[np.float64], account: Account) -> list[list[int]]:
    """Cut a way where nodes are missing or cannot be where they claim to be."""
    runs: list[list[int]] = [[]]
    before = -1
    for node in way.nodes.tolist():
        present = node >= 0 and bool(np.isfinite(xy[node]).all())
        far = present and bool(runs[-1]) and _distance(xy, before, node) > MAX_SEGMENT_M
        if far:
            account.remark("cut at a misplaced node")
        if (far or not present) and runs[-1]:
            runs.append([])
        if present:
            runs[-1].append(node)
            before = node
    kept = [run for run in runs if len(run) > 1]
    if (way.nodes < 0).any() and kept:
        account.remark("clipped way trimmed")
    if not kept:
        clipped = len(set(way.nodes.tolist())) > 1
        account.leave_out("clipped way without two nodes in a row" if clipped else "way with fewer than two nodes")
    return kept


def _distance(xy: NDArray[np.float64], one: int, other: int) -> float:
    return float(np.hypot(*(xy[one] - xy[other])))


def _same_places(runs: Iterable[list[list[int]]], xy: NDArray[np.float64]) -> dict[int, int]:
    """Map neighbouring nodes on one spot to the first of them, so that dropping the gap between them parts no street."""
    same: dict[int, int] = {}

    def first(node: int) -> int:
        while node in same:
            node = same[node]
        return node

    for run in (run for way_runs in runs for run in way_runs):
        for one, other in pairwise(run):
            if one != other and (xy[one] == xy[other]).all():
                low, high = sorted((first(one), first(other)))
                if low != high:
                    same[high] = low
    return {node: first(node) for node in same}


def _add_way(way: int, nature: Nature, runs: list[list[int]], segments: _Segments, account: Account) -> None:
    """Add the segments of one way."""
    added = False
    for run in runs:
        for one, other in pairwise(run):
            if one == other:
                account.remark("segment of length zero dropped")
            elif segments.add(one, other, way, nature):
                added = True
            else:
                account.remark("segment over another one dropped")
    if runs and not added:
        account.leave_out("way of length zero or wholly over other ways")


def _edges(segments: _Segments) -> list[Edge]:
    """Follow the segments from end to end, then around the rings without any end."""
    for around in segments.neighbours.values():
        around.sort()
    used: set[tuple[int, int]] = set()
    edges: list[Edge] = []
    nodes = sorted(segments.neighbours)
    ends = frozenset(node for node in nodes if segments.is_end(node))
    for starts in (sorted(ends), nodes):
        for start in starts:
            edges.extend(
                _follow(start, onward, ends, segments, used)
                for onward in segments.neighbours[start]
                if (min(start, onward), max(start, onward)) not in used
            )
    return sorted(edges, key=lambda edge: (edge.nodes[0], edge.nodes[-1], edge.nodes))


def _follow(start: int, onward: int, ends: frozenset[int], segments: _Segments, used: set[tuple[int, int]]) -> Edge:
    """Walk from a node through its neighbour until the edge ends."""
    path = [start, onward]
    used.add((min(start, onward), max(start, onward)))
    while path[-1] not in ends and path[-1] != start:
        one, other = segments.neighbours[path[-1]]
        path.append(other if one == path[-2] else one)
        used.add((min(path[-2:]), max(path[-2:])))
    # The direction of an edge must not depend on where the walk began.
    if (path[-1], path[-2]) < (path[0], path[1]):
        path.reverse()
    ways = tuple(segments.way_of(one, other) for one, other in pairwise(path))
    return Edge(tuple(path), ways, segments.nature_of(path[0], path[1]))


def connected_parts(edges: Sequence[Edge]) -> NDArray[np.int64]:
    """Give for each edge the lowest node row of the connected part that it belongs to."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while (above := parent.setdefault(node, node)) != node:
            parent[node] = parent[above]
            node = above
        return node

    for edge in edges:
        low, high = sorted((root(edge.nodes[0]), root(edge.nodes[-1])))
        parent[high] = low
    return np.array([root(edge.nodes[0]) for edge in edges], dtype=np.int64)


def edge_lengths(edges: Sequence[Edge], xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the length of each edge, metres."""
    return np.array([np.hypot(*np.diff(xy[list(edge.nodes)], axis=0).T).sum() for edge in edges], dtype=np.float64)
