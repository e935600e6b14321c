"""Sight lines of a map that are no longer than somebody's reach: they follow from the map and the reach alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.people.rows import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.maps.streetmap import Sight, Streets
    from simulation.people.network import Atoms

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_MARGIN_M = 1.0
_BITS = 6
_SIDE = 1 << _BITS
"""Side of a square of bits."""


class Nearby:
    """What can be seen within reach, with a margin: nothing within reach is left out, a little beyond it is kept.

    Parameters
    ----------
    sight, streets
        The map.
    atoms
        The straight parts of its streets.
    reach_m
        The reach, metres.
    """

    def __init__(self, sight: Sight, streets: Streets, atoms: Atoms, reach_m: float) -> None:
        away = _metres_from_eye(sight, streets)
        self.stretch = np.flatnonzero(away <= reach_m + _MARGIN_M)
        """Numbers of the stretches seen from a home within reach, sorted by piece."""
        self.of_piece = np.searchsorted(self.stretch, sight.piece_stretch)
        """(P + 1,) those of piece p are `stretch[of_piece[p]:of_piece[p + 1]]`."""
        cells, edges = len(sight.cell_seen) - 1, len(sight.edge_cell) - 1
        one, other = np.repeat(np.arange(cells), np.diff(sight.cell_seen)), sight.seen.astype(np.int64)
        within = np.flatnonzero(_cells_within(atoms, cells, one, other, reach_m))
        one, other = one[within], other[within]
        self.cells = Pairs(one, other, cells)
        """The pairs of sight cells that see each other within reach."""
        edge_of_cell = np.repeat(np.arange(edges), np.diff(sight.edge_cell))
        cell, self.edge = np.divmod(distinct(one * edges + edge_of_cell[other]), edges)
        """Numbers of the edges with a cell seen from a cell within reach, sorted by the cell that sees them."""
        self.of_cell = np.searchsorted(cell, np.arange(cells + 1))
        """(C + 1,) those of cell c are `edge[of_cell[c]:of_cell[c + 1]]`."""


class Pairs:
    """A set of pairs of numbers, as squares of bits; squares without any pair share one.

    So it takes little more room than the pairs do where nearly all of them are of a few blocks of numbers near each other.

    Parameters
    ----------
    one, other
        The pairs.
    numbers
        How many numbers there are, from 0.
    """

    def __init__(self, one: Indices, other: Indices, numbers: int) -> None:
        self._blocks = (numbers >> _BITS) + 1
        block = (one >> _BITS) * self._blocks + (other >> _BITS)
        used = np.zeros(self._blocks * self._blocks, bool)
        used[block] = True
        self._square = np.where(used, np.cumsum(used, dtype=np.int32), 0)
        held = np.zeros((np.count_nonzero(used) + 1, _SIDE, _SIDE), bool)
        held[self._square[block], one & _SIDE - 1, other & _SIDE - 1] = True
        self._held = np.packbits(held, bitorder="little")

    def hold(self, one: Indices, other: Indices) -> Flags:
        """Tell which of many pairs are in the set."""
        square = self._square[(one >> _BITS) * self._blocks + (other >> _BITS)]
        place = (((square << _BITS) + (one & _SIDE - 1)) << _BITS) + (other & _SIDE - 1)
        return np.asarray(self._held[place >> 3] >> (place & 7).astype(np.uint8) & 1 > 0)


def _metres_from_eye(sight: Sight, streets: Streets) -> Floats:
    """Give the least distance from the eye to each stretch that it sees, metres."""
    piece = np.repeat(np.arange(len(sight.piece_stretch) - 1), np.diff(sight.piece_stretch))
    ends, eye = streets.piece_xy[piece], sight.eye_xy[sight.stretch_home, sight.stretch_eye]
    ux, uy = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    length = np.sqrt(ux * ux + uy * uy)
    ux, uy, dx, dy = ux / length, uy / length, eye[:, 0] - ends[:, 0], eye[:, 1] - ends[:, 1]
    along = np.clip(dx * ux + dy * uy, sight.stretch_from, sight.stretch_to)
    across, up = dx - along * ux, dy - along * uy
    return np.asarray(np.sqrt(across * across + up * up))


def _cells_within(atoms: Atoms, cells: int, one: Indices, other: Indices, reach_m: float) -> Flags:
    """Tell which pairs of cells may hold two points within reach: the boxes around them are no further apart."""
    apart = []
    for begin, step in ((atoms.x, atoms.ux), (atoms.y, atoms.uy)):
        end = begin + (atoms.end - atoms.begin) * step
        low, high = np.full(cells, np.inf), np.full(cells, -np.inf)
        np.minimum.at(low, atoms.cell, np.minimum(begin, end))
        np.maximum.at(high, atoms.cell, np.maximum(begin, end))
        apart.append(np.maximum(np.maximum(low[one] - high[other], low[other] - high[one]), 0.0))
    return np.asarray(np.sqrt(apart[0] * apart[0] + apart[1] * apart[1]) <= reach_m + _MARGIN_M)
