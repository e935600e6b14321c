"""A sieve for encounters: from which streets suspects can be seen, in slots of time.

It throws away most of what cannot meet at little cost. It may keep what does not meet, never the reverse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.people.rows import ranges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.people.legs import Legs
    from simulation.people.nearby import Nearby

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]

_SLOT_S = 60.0


class Sieve:
    """For each edge the suspects who come within sight of it, and in which slots of time; summed up to the start of each slot.

    Parameters
    ----------
    legs
        Movements of the suspects; `owner` is their number.
    of_world
        (W + 1,) the suspects of world w are those from `of_world[w]` up to `of_world[w + 1]`.
    near
        What can be seen within reach.
    edges
        How many edges the map has.
    """

    def __init__(self, legs: Legs, of_world: Indices, near: Nearby, edges: int) -> None:
        self._edges = edges
        self._slots = int(legs.stop.max(initial=0.0) / _SLOT_S) + 2
        leg, slot = ranges(self._slot(legs.start), self._slot(legs.stop) + 1)
        cell = legs.cell[leg]
        row, number = ranges(near.of_cell[cell], near.of_cell[cell + 1])
        world, nth = ranges(np.zeros_like(of_world[1:]), np.diff(of_world))
        most, owner = int(nth.max(initial=0)) + 1, legs.owner[leg[row]]
        seen = (world[owner] * edges + near.edge[number]) * most + nth[owner]
        ever = np.zeros((len(of_world) - 1) * edges * most, bool)
        ever[seen] = True
        met = np.flatnonzero(ever)
        place, nth = np.divmod(met, most)
        self._suspect = of_world[place // edges] + nth
        self._of_place = np.searchsorted(place, np.arange((len(of_world) - 1) * edges + 1))
        visible = np.zeros(len(met) * (self._slots + 1), np.int32)
        visible[(np.cumsum(ever, dtype=np.int32)[seen] - 1) * (self._slots + 1) + slot[row] + 1] = 1
        self._before = np.cumsum(visible, dtype=np.int32)

    def _slot(self, time: Floats) -> Indices:
        return np.clip(time / _SLOT_S, 0.0, self._slots - 1.0).astype(np.int64)

    def candidates(self, world: Indices, edge: Indices, span: tuple[Floats, Floats]) -> tuple[Indices, Indices]:
        """List who may see whom.

        Parameters
        ----------
        world, edge
            (N,) the world of each row, and where somebody walks.
        span
            (N,) and (N,) seconds between which he walks there.

        Returns
        -------
        Rows, rising, and the number of a suspect whom he may see there; a row comes once for each of them.
        """
        place = world * self._edges + edge
        row, number = ranges(self._of_place[place], self._of_place[place + 1])
        first = number * (self._slots + 1)
        begin, end = self._slot(span[0])[row], self._slot(span[1])[row]
        visible = np.flatnonzero(self._before[first + end + 1] > self._before[first + begin])
        return row[visible], self._suspect[number[visible]]
