"""What each person knows of the exercise and of each suspect, and from when: it only grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


class Knowledge:
    """The knowledge of all people of one evening.

    Parameters
    ----------
    aware, numbered
        (N,) who knows from the start that an exercise is on, and who knows the temporary number.
    """

    def __init__(self, aware: Flags, numbered: Flags) -> None:
        self.aware_from: Floats = np.where(aware, -np.inf, np.inf)
        self.number_from: Floats = np.where(numbered, -np.inf, np.inf)
        self._told: dict[int, list[tuple[frozenset[str], Floats, str]]] = {}

    def aware(self, person: int, time: float) -> bool:
        """Tell whether somebody knows of the exercise at a moment, seconds."""
        return bool(self.aware_from[person] <= time)

    def has_number(self, person: int, time: float) -> bool:
        """Tell whether somebody knows the temporary number at a moment, seconds."""
        return bool(self.number_from[person] <= time)

    def inform(self, read_at: Floats) -> None:
        """Tell of the exercise and the number; `read_at` gives for each person when he reads it, infinite for never."""
        np.minimum(self.aware_from, read_at, out=self.aware_from)
        np.minimum(self.number_from, read_at, out=self.number_from)

    def explain(self, person: int, time: float) -> None:
        """Tell one person of the exercise, at a moment, seconds."""
        self.aware_from[person] = min(self.aware_from.item(person), time)

    def describe(self, suspect: int, elements: Iterable[str], read_at: Floats, source: str) -> None:
        """Tell elements of a suspect's description; `read_at` as in `inform`, `source` the record or fact that tells them."""
        told = frozenset(elements)
        if told:
            self._told.setdefault(suspect, []).append((told, read_at, source))

    def elements(self, person: int, suspect: int, time: float) -> list[str]:
        """List the elements of a suspect's description that somebody knows at a moment, in alphabetical order."""
        return sorted({element for told, _ in self._read(person, suspect, time) for element in told})

    def any_element(self, person: int, time: float) -> bool:
        """Tell whether somebody knows any element of any suspect's description at a moment."""
        return any(read_at[person] <= time for told in self._told.values() for _, read_at, _ in told)

    def sources(self, person: int, suspect: int, time: float) -> list[str]:
        """List from which records or facts somebody has each element that he knows, the first that told it."""
        known: set[str] = set()
        sources = []
        for told, source in self._read(person, suspect, time):
            if told - known:
                known |= told
                sources.append(source)
        return sources

    def _read(self, person: int, suspect: int, time: float) -> list[tuple[frozenset[str], str]]:
        return [(told, source) for told, read_at, source in self._told.get(suspect, ()) if read_at[person] <= time]
