"""Who looks out more, and when: every message that a suspect was seen makes its readers alert for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.saar.attention import Attention

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]


class Alarms:
    """All alarms of an evening.

    Parameters
    ----------
    people
        How many people there are.
    lasting_s
        How long a reader stays alert, seconds.
    end_s
        Seconds at which the evening ends.
    """

    def __init__(self, people: int, lasting_s: float, end_s: float) -> None:
        self._lasting_s, self._end_s = lasting_s, end_s
        self._read_at: list[Floats] = []
        self.begin = np.full(people, np.inf)
        """(N,) seconds from which each person is alert, the newest span of time only."""
        self.end = np.full(people, -np.inf)
        """(N,) seconds at which that span ends."""
        self.before = np.full(people, -np.inf)
        """(N,) seconds at which the spans before that one had all ended; minus infinity for none."""

    def add(self, read_at: Floats) -> tuple[Indices, Floats]:
        """Alert the readers of a message.

        Parameters
        ----------
        read_at
            (N,) seconds at which each person reads it; infinite for who does not.

        Returns
        -------
        The people for whom it makes a difference, and the seconds from which it does.
        """
        self._read_at.append(read_at)
        end = np.minimum(read_at + self._lasting_s, self._end_s)
        touching = (self.begin <= read_at) & (read_at <= self.end)
        news = np.flatnonzero((read_at < self._end_s) & ~(touching & (end <= self.end)))
        longer = touching[news]
        changed = np.where(longer, self.end[news], read_at[news])
        self.begin[news] = np.where(longer, self.begin[news], read_at[news])
        self.before[news] = np.where(longer, self.before[news], np.maximum(self.before[news], self.end[news]))
        self.end[news] = end[news]
        return news, changed

    def update(self, attention: Attention, person: int) -> None:
        """Add the alarms that somebody's attention does not know of yet."""
        for read_at in self._read_at[attention.alarms :]:
            begin = read_at.item(person)
            if begin < self._end_s:
                attention.alert(begin, min(begin + self._lasting_s, self._end_s))
        attention.alarms = len(self._read_at)
