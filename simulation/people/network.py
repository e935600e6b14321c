"""The street network as a walker meets it: darts, atoms and shortest ways.

A *dart* is an edge walked in one direction: dart 2e goes from the start of edge e to its end, dart 2e + 1 back. An *atom* is
the part of an edge between two neighbouring cuts, where a cut is a bend or the border of a sight cell: on an atom a walker
goes straight and stays in one cell. All of it follows from the map alone and is made once per map.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.draws import text_keys
from simulation.people.nearby import Nearby
from simulation.people.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from simulation.maps.streetmap import StreetMap, Streets
    from simulation.people.playareas import PlayArea
    from simulation.scenario.model import Area

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Keys = NDArray[np.uint64]

_SHORTEST_ATOM_M = 1e-6


@dataclass(frozen=True, eq=False)
class Atoms:
    """Parts of edges that are straight and lie in one sight cell; A of them, in order along each edge.

    Parameters
    ----------
    of_edge
        (E + 1,) the atoms of edge e are `of_edge[e]:of_edge[e + 1]`.
    begin, end
        (A,) distances along the edge, metres.
    x, y
        (A,) position of the begin, metres.
    ux, uy
        (A,) unit vector along the edge.
    piece, cell
        (A,) the piece and the sight cell in which the atom lies.
    """

    of_edge: Indices
    begin: Floats
    end: Floats
    x: Floats
    y: Floats
    ux: Floats
    uy: Floats
    piece: Indices
    cell: Indices


@dataclass(frozen=True, eq=False)
class Paces:
    """The atoms as one walks them; 2A of them, in order along each dart.

    Parameters
    ----------
    of_dart
        (2E + 1,) the paces of dart d are `of_dart[d]:of_dart[d + 1]`.
    atom
        (2A,) the atom.
    begin, end
        (2A,) distances along the dart, metres.
    """

    of_dart: Indices
    atom: Indices
    begin: Floats
    end: Floats


class Corners(NamedTuple):
    """The begin and end of every piece, in order along each edge: where streets start, bend and end; V of them.

    Parameters
    ----------
    edge
        (V,) the edge.
    first
        (E,) number of the first corner of each edge.
    x, y
        (V,) position, metres.
    at
        (V,) distance along the edge, metres.
    joined
        (V - 1,) whether the next one is of the same edge.
    """

    edge: Indices
    first: Indices
    x: Floats
    y: Floats
    at: Floats
    joined: NDArray[np.bool_]


class Network:
    """Everything a walker needs from a map.

    Parameters
    ----------
    street_map
        A map with sight lines.
    """

    def __init__(self, street_map: StreetMap) -> None:
        if street_map.sight is None:
            message = "a network needs a map with sight lines"
            raise ValueError(message)
        streets = street_map.streets
        self.map = street_map
        self.sight = street_map.sight
        self.edge_of_piece = np.repeat(np.arange(len(streets.edge_nodes)), np.diff(streets.edge_piece))
        self.edge_length = _edge_lengths(streets)
        self.dart_length = np.repeat(self.edge_length, 2)
        self.dart_head = streets.edge_nodes[:, ::-1].astype(np.int64).ravel()
        self.dart_tail = streets.edge_nodes.astype(np.int64).ravel()
        self.walkable: Flags = np.ones(len(streets.edge_nodes), bool)
        """(E,) the edges to walk in."""
        self.onward, self.onward_count = _onward_darts(self.dart_tail, self.dart_head, self.walkable)
        self.atoms = _atoms(streets, self.sight.edge_cell.astype(np.int64), self.edge_length)
        self.paces = _paces(self.atoms, self.edge_length)
        self.home_key = text_keys([street_map.texts[index] for index in street_map.homes.key])
        self.areas: dict[Area, PlayArea] = {}
        """Areas of games, made once each."""
        self._nearby: dict[float, Nearby] = {}
        self._nearest: dict[tuple[float, float], tuple[int, float]] = {}
        self._ways: dict[int, Ways] = {}
        self._neighbours: list[list[tuple[int, float, int]]] | None = None

    def within(self, edges: Flags) -> Network:
        """Give the same streets with only some of them to walk in: at the last of them one turns back, as at a dead end.

        Who is elsewhere goes on as ever, until he comes to one of them.
        """
        some = copy(self)
        onward, count = _onward_darts(self.dart_tail, self.dart_head, edges)
        vars(some).update(walkable=edges, onward=onward, onward_count=count, _nearest={}, _ways={}, _neighbours=None)
        for made in ("options", "edge_ends", "_closed"):
            vars(some).pop(made, None)
        return some

    def nearby(self, reach_m: float) -> Nearby:
        """Give what can be seen within reach; made once for each reach and kept."""
        if reach_m not in self._nearby:
            self._nearby[reach_m] = Nearby(self.sight, self.map.streets, self.atoms, reach_m)
        return self._nearby[reach_m]

    def position(self, edge: int, at: float) -> tuple[float, float]:
        """Give x and y, metres, of the point `at` metres along `edge`."""
        atoms = self.atoms
        first, last = atoms.of_edge.item(edge), atoms.of_edge.item(edge + 1)
        atom = first + max(int(atoms.begin[first:last].searchsorted(at, side="right")) - 1, 0)
        along = at - atoms.begin.item(atom)
        return atoms.x.item(atom) + along * atoms.ux.item(atom), atoms.y.item(atom) + along * atoms.uy.item(atom)

    def street(self, edge: int) -> str:
        """Give the name of the street of `edge`, or an empty text."""
        return self.map.texts[int(self.map.streets.edge_name[edge])]

    def nearest(self, x: float, y: float) -> tuple[int, float]:
        """Give the edge to walk in, and the distance along it in metres, of the street point nearest to (x, y)."""
        if (x, y) in self._nearest:
            return self._nearest[x, y]
        left, bottom, dx, dy, square = self._pieces
        across, up = x - left, y - bottom
        share = np.clip((across * dx + up * dy) / square, 0.0, 1.0)
        across -= share * dx
        up -= share * dy
        piece = int(np.argmin(across * across + up * up + self._closed))
        at = self.map.streets.piece_at.item(piece) + share.item(piece) * sqrt(square.item(piece))
        self._nearest[x, y] = self.edge_of_piece.item(piece), at
        return self._nearest[x, y]

    @cached_property
    def _closed(self) -> Floats:
        """Infinite for the pieces of edges that are not to walk in, otherwise zero."""
        return np.where(self.walkable[self.edge_of_piece], 0.0, np.inf)

    @cached_property
    def _pieces(self) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """Begin, extent and square of the length of each piece, metres."""
        left, bottom, right, top = np.ascontiguousarray(self.map.streets.piece_xy.T)
        dx, dy = right - left, top - bottom
        return left, bottom, dx, dy, dx * dx + dy * dy

    @cached_property
    def edge_ends(self) -> Floats:
        """(E,) metres of street to walk in up to the end of each edge."""
        return np.cumsum(np.where(self.walkable, self.edge_length, 0.0))

    @cached_property
    def corners(self) -> Corners:
        """Where streets start, bend and end."""
        streets, edges = self.map.streets, np.arange(len(self.edge_length))
        ends = streets.node_xy[streets.edge_nodes[:, 1]]
        edge = np.concatenate([self.edge_of_piece, edges])
        order = np.argsort(edge, kind="stable")
        x, y = (np.concatenate([streets.piece_xy[:, axis], ends[:, axis]])[order] for axis in (0, 1))
        at = np.concatenate([streets.piece_at, self.edge_length])[order]
        edge = edge[order]
        return Corners(edge, streets.edge_piece[:-1] + edges, x, y, at, edge[1:] == edge[:-1])

    @cached_property
    def options(self) -> list[list[int]]:
        """The darts by which one can go on after each dart, as plain lists for who walks alone."""
        return [row[:count] for row, count in zip(self.onward.tolist(), self.onward_count.tolist(), strict=True)]

    @cached_property
    def door_xy(self) -> Floats:
        """(homes, 2) the point of the street at the door of each home, metres."""
        homes, atoms = self.map.homes, self.atoms
        atom = _last_before(atoms.begin, atoms.of_edge, homes.edge.astype(np.int64), homes.at)
        along = homes.at - atoms.begin[atom]
        return np.stack([atoms.x[atom] + along * atoms.ux[atom], atoms.y[atom] + along * atoms.uy[atom]], axis=1)

    @cached_property
    def street_key(self) -> Keys:
        """(homes,) key of the street of each address; an address without a street is one of its own."""
        homes, texts = self.map.homes, self.map.texts
        street, of_home = np.unique(homes.street, return_inverse=True)
        keys = text_keys([texts[name] for name in street])[of_home]
        return np.where(np.array([bool(texts[name]) for name in street])[of_home], keys, self.home_key)

    def ways_to(self, node: int) -> Ways:
        """Give the shortest ways from everywhere to `node`; made once and kept."""
        ways = self._some_ways_to(node)
        ways.grow()
        return ways

    def ways_to_nearest(self, nodes: Iterable[int]) -> Ways:
        """Give the shortest ways from everywhere to the nearest of some nodes."""
        ways = Ways(self._adjacency(), *nodes)
        ways.grow()
        return ways

    def _some_ways_to(self, node: int) -> Ways:
        """Give the shortest ways to `node`, as far as they have been needed yet."""
        if node not in self._ways:
            self._ways[node] = Ways(self._adjacency(), node)
        return self._ways[node]

    def metres_from(self, place: tuple[int, float]) -> Floats:
        """Give the distance along the streets from a point, edge and metres along it, to every node, metres."""
        edge, at = place
        start, end = (self._some_ways_to(darts.item(2 * edge)).all_metres for darts in (self.dart_tail, self.dart_head))
        return np.minimum(at + start, self.edge_length.item(edge) - at + end)

    def _adjacency(self) -> list[list[tuple[int, float, int]]]:
        """List for each node the (neighbour, metres, dart from the neighbour to here)."""
        if self._neighbours is None:
            self._neighbours = [[] for _ in range(len(self.map.streets.node_xy))]
            tails, heads, lengths = self.dart_tail.tolist(), self.dart_head.tolist(), self.dart_length.tolist()
            for dart in np.flatnonzero(np.repeat(self.walkable, 2)).tolist():
                self._neighbours[heads[dart]].append((tails[dart], lengths[dart], dart))
        return self._neighbours

    def way(self, start: tuple[int, float], goal: tuple[int, float]) -> tuple[list[tuple[int, float, float]], float]:
        """Find the shortest way between two points of the streets.

        Parameters
        ----------
        start, goal
            Edge and distance along it, metres.

        Returns
        -------
        Steps `(dart, from, to)` with distances along each dart in metres, and the length of the way in metres.
        """
        (edge, at), (goal_edge, goal_at), found = start, goal, None
        length, goal_length = self.edge_length.item(edge), self.edge_length.item(goal_edge)
        metres = abs(goal_at - at) if edge == goal_edge else float("inf")
        firsts = ((self.dart_head.item(2 * edge), 2 * edge, at), (self.dart_tail.item(2 * edge), 2 * edge + 1, length - at))
        for last, rest in ((2 * goal_edge, goal_at), (2 * goal_edge + 1, goal_length - goal_at)):
            ways = self._some_ways_to(self.dart_tail.item(last))
            for node, first, begin in firsts:
                total = length - begin + ways.metres_from(node) + rest
                if total < metres:
                    found, metres = ((first, begin, length), ways, node, (last, 0.0, rest)), total
        steps = [_along(edge, at, goal_at, length)] if found is None else [found[0], *self._follow(*found[1:3]), found[3]]
        return [step for step in steps if step[2] > step[1]], metres

    def _follow(self, ways: Ways, node: int) -> list[tuple[int, float, float]]:
        steps = []
        while (dart := ways.dart[node]) >= 0:
            steps.append((dart, 0.0, self.dart_length.item(dart)))
            node = self.dart_head.item(dart)
        return steps


def _along(edge: int, at: float, goal_at: float, length: float) -> tuple[int, float, float]:
    return (2 * edge, at, goal_at) if goal_at >= at else (2 * edge + 1, length - at, length - goal_at)


def _edge_lengths(streets: Streets) -> Floats:
    pieces = streets.piece_xy
    lengths = np.sqrt((pieces[:, 2] - pieces[:, 0]) ** 2 + (pieces[:, 3] - pieces[:, 1]) ** 2)
    last = streets.edge_piece[1:].astype(np.int64) - 1
    return np.asarray(streets.piece_at[last] + lengths[last])


def _onward_darts(tail: Indices, head: Indices, walkable: Flags) -> tuple[Indices, Indices]:
    """List for each dart the darts by which one goes on without turning back; at a dead end, the way back."""
    order, open_to = np.argsort(tail, kind="stable"), np.repeat(walkable, 2).tolist()
    start = np.searchsorted(tail[order], np.arange(max(head.max(), tail.max()) + 2))
    rows = []
    for dart, node in enumerate(head.tolist()):
        others = [other for other in order[start[node] : start[node + 1]].tolist() if other != dart ^ 1]
        inside = [other for other in others if open_to[other]]
        rows.append(inside or (others if not open_to[dart] else []) or [dart ^ 1])
    count = np.array([len(row) for row in rows])
    table = np.full((len(tail), int(count.max(initial=1))), -1, np.int64)
    for dart, row in enumerate(rows):
        table[dart, : len(row)] = row
    return table, count


def _atoms(streets: Streets, edge_cell: Indices, edge_length: Floats) -> Atoms:
    edge_of_piece = np.repeat(np.arange(len(edge_length)), np.diff(streets.edge_piece))
    edge_of_cell = np.repeat(np.arange(len(edge_length)), np.diff(edge_cell))
    cell_length = edge_length / np.diff(edge_cell)
    cell_begin = (np.arange(len(edge_of_cell)) - edge_cell[edge_of_cell]) * cell_length[edge_of_cell]
    edge = np.concatenate([edge_of_piece, edge_of_cell])
    begin = np.concatenate([streets.piece_at, cell_begin])
    order = np.lexsort((begin, edge))
    edge, begin = edge[order], begin[order]
    end = np.append(begin[1:], 0.0)
    closing = np.append(edge[1:] != edge[:-1], [True])
    end[closing] = edge_length[edge[closing]]
    keep = end - begin > _SHORTEST_ATOM_M
    edge, begin, end = edge[keep], begin[keep], end[keep]
    middle = (begin + end) / 2.0
    piece = _last_before(streets.piece_at, streets.edge_piece.astype(np.int64), edge, middle)
    cell = edge_cell[edge] + np.minimum((middle / cell_length[edge]).astype(np.int64), np.diff(edge_cell)[edge] - 1)
    return _straight(streets, edge, begin, end, piece, cell)


def _straight(streets: Streets, edge: Indices, begin: Floats, end: Floats, piece: Indices, cell: Indices) -> Atoms:
    ends = streets.piece_xy
    length = np.sqrt((ends[:, 2] - ends[:, 0]) ** 2 + (ends[:, 3] - ends[:, 1]) ** 2)
    ux, uy = ((ends[:, 2] - ends[:, 0]) / length)[piece], ((ends[:, 3] - ends[:, 1]) / length)[piece]
    along = begin - streets.piece_at[piece]
    return Atoms(
        of_edge=np.searchsorted(edge, np.arange(len(streets.edge_nodes) + 1)),
        begin=begin,
        end=end,
        x=ends[piece, 0] + along * ux,
        y=ends[piece, 1] + along * uy,
        ux=ux,
        uy=uy,
        piece=piece,
        cell=cell,
    )


def _paces(atoms: Atoms, edge_length: Floats) -> Paces:
    counts = np.diff(atoms.of_edge)
    edge = np.repeat(np.arange(len(counts)), counts)
    atom = np.arange(len(edge))
    dart, atom = np.concatenate([2 * edge, 2 * edge + 1]), np.concatenate([atom, atom[::-1]])
    dart[len(edge) :] = dart[len(edge) :][::-1]
    order = np.argsort(dart, kind="stable")
    atom, back, length = atom[order], dart[order] % 2 == 1, edge_length[dart[order] // 2]
    return Paces(
        of_dart=np.concatenate([[0], np.cumsum(np.repeat(counts, 2))]),
        atom=atom,
        begin=np.where(back, length - atoms.end[atom], atoms.begin[atom]),
        end=np.where(back, length - atoms.begin[atom], atoms.end[atom]),
    )


def _last_before(values: Floats, start: Indices, group: Indices, at: Floats) -> Indices:
    """Find for each (group, at) the last index of the group whose value is at most `at`; values rise within a group."""
    span = float(values.max(initial=0.0) + at.max(initial=0.0) + 1.0)
    group_of_value = np.repeat(np.arange(len(start) - 1), np.diff(start))
    return np.searchsorted(values + group_of_value * span, at + group * span, side="right") - 1


def anywhere(network: Network, share: float) -> tuple[int, float]:
    """Turn an even number into a point of the streets, every metre alike: an edge, and the distance along it, metres."""
    at = share * float(network.edge_ends[-1])
    edge = int(np.searchsorted(network.edge_ends, at, side="right"))
    return edge, at - float(network.edge_ends[edge] - network.edge_length[edge])
