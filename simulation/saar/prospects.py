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
    """All that is planned of everybody's looks at one shadow; N people, of whom R meet him as far as the table tells.

    What is kept of these R stands in columns of R + 1, of which the last is for everybody else: so it takes little room where
    many are watched for.

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
        rows = np.flatnonzero(table.suspect == number)
        self._observers = table.observer[rows]
        self.rows: Indices = np.append(rows, -1)
        """(R + 1,) rows of the table; -1 for who is not in it."""
        self.fresh: Flags = np.append(np.ones(len(rows), bool), False)
        """(R + 1,) who has not looked yet and sees what the table says."""
        self.first_view: Floats = np.append(table.start[table.of_pair[rows]], inf)
        """(R + 1,) seconds from which the table says that each has him in view."""
        self._last_view: Floats = np.append(table.stop[table.of_pair[rows + 1] - 1], -inf)
        self.look_at: Floats = np.full(len(rows) + 1, inf)
        """(R + 1,) seconds of the look that is planned; infinite for none."""
        self._elsewhere: dict[int, float] = {}
        self.odd: set[int] = set()
        """Whom he strikes as out of place, though he does nothing special; once."""
        self.known: Flags = np.zeros(people, bool)
        """(N,) who knows that he is no suspect."""
        self.described_from: Floats = np.full(people, np.inf)
        """(N,) seconds from which each person knows a description that fits him, or finds him odd."""

    def places(self, people: Indices) -> Indices:
        """Give where people, rising, stand in the columns; -1 for who never meets him as far as the table tells."""
        if not len(self._observers):
            return np.full(len(people), -1)
        place = np.minimum(np.searchsorted(self._observers, people), len(self._observers) - 1)
        return np.where(self._observers[place] == people, place, -1)

    def concerns(self, places: Indices) -> bool:
        """Tell whether any of some people, by where they stand in the columns, may have him in view at any time."""
        return bool(self._elsewhere) or bool(places.max(initial=-1) >= 0)

    def place(self, person: int) -> int:
        """Give where one person stands in the columns, or -1."""
        place = int(self._observers.searchsorted(person))
        return place if place < len(self._observers) and self._observers.item(place) == person else -1

    def row(self, person: int) -> int:
        """Give the row of the table in which one person stands, or -1."""
        return self.rows.item(self.place(person))

    def parts(self, row: int, begin: float = -inf, end: float = inf, *, indoors: bool = False) -> list[Part]:
        """Give what lies of a row of the table between two moments, seconds; nothing of row -1."""
        return [Part(self.table, row, begin, end, indoors)] if row >= 0 and begin < end else []

    def open_to(self, people: Indices, places: Indices, since: Floats) -> Flags:
        """Tell for whom a change at a moment can make a difference: who may notice him, and sees him and looks only later.

        After a look that is planned before it all is planned anew anyway.

        Parameters
        ----------
        people, places
            (M,) people, rising, and where they stand in the columns.
        since
            (M,) seconds.
        """
        later = (since < self._last_view[places]) & (since < self.look_at[places])
        for person, look_at in self._elsewhere.items():
            nth = int(people.searchsorted(person))
            if nth < len(people) and people.item(nth) == person:
                later[nth] = since.item(nth) < look_at
        return np.asarray((self._acts | (self.described_from[people] < np.inf)) & later)

    def in_view_until(self, person: int) -> float:
        """Give the seconds at which somebody last has him in view; infinite for who went another way."""
        return inf if person in self._elsewhere else self._last_view.item(self.place(person))

    def go_elsewhere(self, person: int) -> None:
        """Note that somebody walks another way, and sees something else than the table says."""
        place = self.place(person)
        if place >= 0:
            self._last_view[place], self.fresh[place] = inf, False
        else:
            self._elsewhere.setdefault(person, inf)

    def stale(self, person: int) -> None:
        """Note that somebody has looked."""
        self.fresh[self.place(person)] = False

    def next_look(self, person: int) -> float:
        """Give the seconds of the look that is planned of somebody; infinite for none."""
        return self._elsewhere[person] if person in self._elsewhere else self.look_at.item(self.place(person))

    def plan(self, person: int, moment: float) -> None:
        """Plan a look of somebody who has him in view at some time, seconds."""
        if person in self._elsewhere:
            self._elsewhere[person] = moment
        else:
            self.look_at[self.place(person)] = moment

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
