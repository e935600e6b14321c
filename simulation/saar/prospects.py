"""Prospects: who may see one shadow and recognise him, and which looks at him are planned."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from simulation.saar.spot import Part

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.saar.spot import Chances

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]


class Prospect:
    """All that is planned of everybody's looks at one shadow; N people.

    Parameters
    ----------
    table
        Hazard of pairs, among them those with this shadow.
    thresholds
        Threshold of the first look of each pair of the table.
    number
        Number of the shadow in the table.
    people
        N.
    acts
        Whether he does anything that people notice who know of nothing.
    """

    def __init__(self, table: Chances, thresholds: Floats, number: int, people: int, *, acts: bool) -> None:
        self.table, self.thresholds, self._acts = table, thresholds, acts
        self._rows = np.flatnonzero(table.suspect == number)
        self._observers = table.observer[self._rows]
        self._fresh = np.ones(len(table.observer) + 1, bool)
        self._fresh[-1] = False
        self.first_view: Floats = np.full(people, np.inf)
        """(N,) seconds from which the table says that each person has him in view; infinite for never."""
        self.first_view[self._observers] = table.start[table.of_pair[self._rows]]
        self.last_view: Floats = np.full(people, -np.inf)
        """(N,) seconds at which each person last has him in view; infinite for who went another way."""
        self.last_view[self._observers] = table.stop[table.of_pair[self._rows + 1] - 1]
        self.look_at: Floats = np.full(people, np.inf)
        """(N,) seconds of the look that is planned of each person; infinite for none."""
        self.known: Flags = np.zeros(people, bool)
        """(N,) who knows that he is no suspect."""
        self.odd: Flags = np.zeros(people, bool)
        """(N,) whom he strikes as out of place, though he does nothing special; once."""
        self.described_from: Floats = np.full(people, np.inf)
        """(N,) seconds from which each person knows a description that fits him, or finds him odd."""

    def rows(self, observers: Indices) -> Indices:
        """Give the rows of the table of some observers; -1 for who never meets him."""
        if not len(self._rows):
            return np.full(len(observers), -1)
        place = np.minimum(np.searchsorted(self._observers, observers), len(self._rows) - 1)
        return np.where(self._observers[place] == observers, self._rows[place], -1)

    def row(self, observer: int) -> int:
        """Give the row of the table of one observer; -1 for who never meets him."""
        place = int(self._observers.searchsorted(observer))
        there = place < len(self._observers) and self._observers.item(place) == observer
        return self._rows.item(place) if there else -1

    def parts(self, row: int, begin: float = -np.inf, end: float = np.inf, *, indoors: bool = False) -> list[Part]:
        """Give what lies of a row of the table between two moments, seconds; nothing of row -1."""
        return [Part(self.table, row, begin, end, indoors)] if row >= 0 and begin < end else []

    def fresh(self, rows: Indices) -> Flags:
        """Tell which pairs have not looked yet and see what the table says, by row; never for row -1."""
        return self._fresh[rows]

    def stale(self, row: int) -> None:
        """Note that a pair has looked, or sees something else than its row of the table says."""
        self._fresh[row] = False

    def open_to(self, people: Indices, since: Floats) -> Flags:
        """Tell for whom a change at a moment can make a difference: who may notice him, and sees him and looks only later.

        After a look that is planned before it all is planned anew anyway.
        """
        may = self._acts | (self.described_from[people] < np.inf)
        return np.asarray(may & (since < self.last_view[people]) & (since < self.look_at[people]))

    def noticeable_from(self, person: int) -> float:
        """Give the seconds from which somebody may notice him, as far as is known now; infinite for never."""
        return -inf if self._acts else self.described_from.item(person)

    def describe(self, read_at: Floats) -> Indices:
        """Let people read what fits him, and give those who know now sooner that somebody like him is looked for.

        Parameters
        ----------
        read_at
            (N,) seconds at which each person reads it; infinite for who does not.
        """
        sooner = np.flatnonzero((read_at < self.described_from) & ~self.known)
        self.described_from[sooner] = read_at[sooner]
        return sooner

    def clear(self, person: int) -> None:
        """Let somebody know that he is no suspect."""
        self.known[person] = True
        self.described_from[person] = np.inf
