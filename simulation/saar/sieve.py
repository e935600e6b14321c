"""A sieve for encounters: from which streets suspects can be seen, in slots of time.

It throws away most of what cannot meet at little cost. It may keep what does not meet, never the reverse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.people.rows import ranges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.people.nearby import Nearby
    from simulation.people.walks import Legs

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]

_SLOT_S = 20.0


class Sieve:
    """For each suspect and edge, the slots of time in which he is within sight of it, summed up to the start of each slot.

    Parameters
    ----------
    legs
        Movements of the suspects; `owner` is their number.
    near
        What can be seen within reach.
    edges
        How many edges the map has.
    """

    def __init__(self, legs: Legs, near: Nearby, edges: int) -> None:
        self._edges = edges
        self._slots = int(legs.stop.max(initial=0.0) / _SLOT_S) + 2
        leg, slot = ranges(self._slot(legs.start), self._slot(legs.stop) + 1)
        cell = legs.cell[leg]
        row, number = ranges(near.of_cell[cell], near.of_cell[cell + 1])
        seen = legs.owner[leg[row]] * edges + near.edge[number]
        ever = np.zeros((int(legs.owner.max(initial=-1)) + 1) * edges, bool)
        ever[seen] = True
        self._row = np.where(ever, np.cumsum(ever) - 1, -1)
        visible = np.zeros(np.count_nonzero(ever) * (self._slots + 1), np.int32)
        visible[self._row[seen] * (self._slots + 1) + slot[row] + 1] = 1
        self._before = np.cumsum(visible, dtype=np.int32)

    def _slot(self, time: Floats) -> Indices:
        return np.clip(time / _SLOT_S, 0.0, self._slots - 1.0).astype(np.int64)

    def passes(self, suspect: Indices, edge: Indices, span: tuple[Floats, Floats]) -> Indices:
        """List the rows in which somebody may see his suspect.

        Parameters
        ----------
        suspect, edge
            (N,) number of the suspect of each row, and where somebody walks.
        span
            (N,) and (N,) seconds between which he walks there.
        """
        row = self._row[suspect * self._edges + edge]
        some = np.flatnonzero(row >= 0)
        first = row[some] * (self._slots + 1)
        begin, end = self._slot(span[0][some]), self._slot(span[1][some])
        visible = np.flatnonzero(self._before[first + end + 1] > self._before[first + begin])
        return some[visible]
