"""A sieve for encounters: where suspects are in slots of time, as boxes, against stretches of street.

It throws away most of what cannot meet at little cost. It may keep what does not meet, never the reverse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.people.network import Frames
    from simulation.people.walks import Legs

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_OWNER_S = 1e6
"""Spacing of suspects on the common time axis that is used for searching only; longer than any evening, seconds."""
_MARGIN_M = 1.0


class Sieve:
    """Boxes around the positions of suspects in each slot of time and the next.

    Parameters
    ----------
    legs
        Their movements, by suspect and then by time.
    of_suspect
        (S + 1,) the legs of each suspect.
    slot_s
        Length of a slot, seconds.
    """

    def __init__(self, legs: Legs, of_suspect: Indices, slot_s: float) -> None:
        self._slot_s = slot_s
        self._begin, self._end = float(legs.start.min(initial=0.0)), float(legs.stop.max(initial=0.0))
        self._slots = int(self._end / slot_s) + 3
        shape = ((len(of_suspect) - 1) * self._slots,)
        self._low = [np.full(shape, np.inf), np.full(shape, np.inf)]
        self._high = [np.full(shape, -np.inf), np.full(shape, -np.inf)]
        self._cover(legs, legs.owner * self._slots + self._slot(legs.start), legs.start)
        self._cover_borders(legs, of_suspect)
        for low, high in zip(self._low, self._high, strict=True):
            for table, pick in ((low, np.minimum), (high, np.maximum)):
                rows = table.reshape(-1, self._slots)
                rows[:, :-1] = pick(rows[:, :-1], rows[:, 1:])

    def _slot(self, time: Floats) -> Indices:
        return np.minimum((np.maximum(time, 0.0) / self._slot_s).astype(np.int64), self._slots - 1)

    def _cover(self, legs: Legs, slot: Indices, moment: Floats) -> None:
        """Let the boxes of these slots cover the position on each leg at a moment."""
        passed = moment - legs.start
        for axis, place in enumerate((legs.x + passed * legs.vx, legs.y + passed * legs.vy)):
            np.minimum.at(self._low[axis], slot, place)
            np.maximum.at(self._high[axis], slot, place)

    def _cover_borders(self, legs: Legs, of_suspect: Indices) -> None:
        """Cover the positions at the borders of the slots, on both sides; legs are straight: with the bends, this is all."""
        owner, border = np.divmod(np.arange(len(self._low[0])), self._slots)
        moment = np.clip(border * self._slot_s, legs.start[of_suspect[owner]], legs.stop[of_suspect[owner + 1] - 1])
        leg = np.searchsorted(legs.start + legs.owner * _OWNER_S, moment + owner * _OWNER_S, side="right") - 1
        leg = np.clip(leg, of_suspect[owner], of_suspect[owner + 1] - 1)
        on_leg = np.clip(moment, legs.start[leg], legs.stop[leg])
        slots = np.arange(len(moment))
        self._cover(legs.take(leg), slots, on_leg)
        earlier = slots[border > 0]
        self._cover(legs.take(leg[earlier]), earlier - 1, on_leg[earlier])

    def passes(self, suspect: Indices, span: tuple[Floats, Floats], frames: Frames, which: Indices, reach_m: float) -> Indices:
        """List the rows that may come within reach of their suspect.

        Parameters
        ----------
        suspect
            (N,) number of the suspect of each row; -1 for none.
        span
            (N,) and (N,) seconds between which somebody is on the stretch of street of the row.
        frames, which
            Boxes of stretches of street, and (N,) which of them.
        reach_m
            Distance, metres.
        """
        first = self._slot(span[0])
        slot = np.maximum(suspect, 0) * self._slots + first
        reach = reach_m + _MARGIN_M
        near = frames.left[which] <= self._high[0][slot] + reach
        near &= frames.right[which] >= self._low[0][slot] - reach
        near &= frames.bottom[which] <= self._high[1][slot] + reach
        near &= frames.top[which] >= self._low[1][slot] - reach
        near |= span[1] > (first + 2) * self._slot_s
        near &= (suspect >= 0) & (span[1] >= self._begin) & (span[0] <= self._end)
        return np.flatnonzero(near)
