"""The desk behind the number: what it hears, and the units that it sends there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tests.reference.outings import Outings

if TYPE_CHECKING:
    from tests.reference.evenings import Seen


@dataclass(frozen=True, eq=False)
class Heard:
    """What the desk was told, when, by whom, and whether in a call of his own accord."""

    time: float
    by: int
    seen: Seen
    reported: bool = True


class Dispatching(Outings):
    """Evenings in which the desk sends units to where it is told that somebody was seen."""

    def _report(self, world: int, person: int, what: tuple[Seen, Seen], time: float) -> None:
        """Let the desk write down what a caller tells, each part of it with a chance of its own."""
        told, values, heard = what[1], self.values, self.places[world].heard
        who, where, whereto = (self.rng.random() < values[f"p_tell_{part}"] for part in ("who", "where", "whereto"))
        self.counts["reports"][world] += 1
        if not where:
            return
        known = any(
            time - other.time < values["skip_within_s"] and np.hypot(*(other.seen.xy - told.xy)) < values["skip_within_m"]
            for other in heard
            if other.reported
        )
        self.counts["duplicates"][world] += known
        elements, heading = told.elements & who, told.heading * whereto
        self._hear(world, Heard(time, person, replace(told, elements=elements, heading=heading)), known=known)

    def _hear(self, world: int, heard: Heard, *, known: bool) -> None:
        """Take in where somebody was seen, and send a unit there if that is new."""
        self.places[world].heard.append(heard)
        if not known:
            self._at(world, heard.time + self.values["dispatch_s"], lambda now: self._dispatch(world, heard.seen, now))

    def _dispatch(self, world: int, seen: Seen, time: float) -> None:
        """Send the nearest unit that waits or acts on older news, and tell it what the desk has heard of his looks."""
        units = np.flatnonzero(self.crowd.unit[world]).tolist()
        free = [unit for unit in units if not self._is_out(world, unit, time) or self.news[world, unit] < seen.time]
        if not free:
            return
        points = [self._point_of(world, unit, time) for unit in free]
        nearest = int(np.argmin(np.hypot(*(self.ground.xy[points] - seen.xy).T)))
        self.counts["dispatches"][world] += 1
        for heard in self.places[world].heard:
            if heard.seen.suspect == seen.suspect:
                self.known[world, free[nearest]] |= heard.seen.elements
        self._search(world, free[nearest], seen, (points[nearest], time))
