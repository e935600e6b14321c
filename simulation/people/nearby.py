"""Sight lines of a map that are no longer than somebody's reach: they follow from the map and the reach alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.maps.streetmap import Sight, Streets
    from simulation.people.network import Atoms

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_MARGIN_M = 1.0


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
        cells = len(sight.cell_seen) - 1
        one, other = np.repeat(np.arange(cells), np.diff(sight.cell_seen)), sight.seen.astype(np.int64)
        self.cells_seen = (one * cells + other)[_cells_within(atoms, cells, one, other, reach_m)]
        """Sorted numbers `cell * cells + other` of the pairs of sight cells that see each other within reach."""


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
