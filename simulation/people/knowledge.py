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
        self.asked_from: Floats = np.full(len(aware), np.inf)
        self._told: dict[int, dict[str, tuple[Floats, NDArray[np.int64]]]] = {}
        self._sources: list[str] = []

    def aware(self, person: int, time: float) -> bool:
        """Tell whether somebody knows of the exercise at a moment, seconds."""
        return bool(self.aware_from[person] <= time)

    def has_number(self, person: int, time: float) -> bool:
        """Tell whether somebody knows the temporary number at a moment, seconds."""
        return bool(self.number_from[person] <= time)

    def inform(self, read_at: Floats) -> None:
        """Tell of the exercise and the number; `read_at` gives for each person when he reads it, infinite for never."""
        np.minimum(self.aware_from, read_at, out=self.aware_from)
        self.give_number(read_at)

    def was_asked(self, person: int, time: float) -> bool:
        """Tell whether somebody had read a broadcast that asks him to look out and call, by a moment, seconds."""
        return bool(self.asked_from[person] <= time)

    def ask(self, read_at: Floats) -> None:
        """Ask to look out and call; `read_at` gives for each person when he reads it, infinite for never."""
        np.minimum(self.asked_from, read_at, out=self.asked_from)

    def give_number(self, read_at: Floats) -> None:
        """Tell the number and nothing of an exercise; `read_at` as above."""
        np.minimum(self.number_from, read_at, out=self.number_from)

    def explain(self, person: int, time: float) -> None:
        """Tell one person of the exercise, at a moment, seconds."""
        self.aware_from[person] = min(self.aware_from.item(person), time)

    def describe(self, suspect: int, elements: Iterable[str], read_at: Floats, source: str) -> bool:
        """Tell elements of a suspect's description, and say whether that is news to anybody.

        Parameters
        ----------
        suspect
            Number of the suspect.
        elements
            Elements of his description.
        read_at
            (N,) seconds from which each person knows them; infinite for never.
        source
            The record or fact that tells them.
        """
        self._sources.append(source)
        news = False
        for element in elements:
            told = self._told.setdefault(suspect, {})
            if element not in told:
                told[element] = (np.full(len(read_at), np.inf), np.zeros(len(read_at), np.int64))
            known_from, source_of = told[element]
            sooner = np.flatnonzero(read_at < known_from)
            known_from[sooner], source_of[sooner] = read_at[sooner], len(self._sources) - 1
            news = news or len(sooner) > 0
        return news

    def told_of(self, suspect: int) -> dict[str, Floats]:
        """Give the elements that anybody was told of a suspect: (N,) seconds from which each person knows it."""
        return {element: known_from for element, (known_from, _) in self._told.get(suspect, {}).items()}

    def elements(self, person: int, suspect: int, time: float) -> list[str]:
        """List the elements of a suspect's description that somebody knows at a moment, in alphabetical order."""
        told = self._told.get(suspect, {})
        return sorted(element for element, (known_from, _) in told.items() if known_from.item(person) <= time)

    def any_element(self, person: int, suspects: Iterable[int], time: float) -> bool:
        """Tell whether somebody knows any element of the description of any of some suspects at a moment."""
        return any(self.elements(person, suspect, time) for suspect in suspects)

    def sources(self, person: int, suspect: int, time: float) -> list[str]:
        """List the records or facts from which somebody has the elements that he knows, as they were told."""
        told = self._told.get(suspect, {}).values()
        known = {source_of.item(person) for known_from, source_of in told if known_from.item(person) <= time}
        return [self._sources[number] for number in sorted(known)]
