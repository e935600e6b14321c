"""The crowd: innocent people in the street, of whom some look like a suspect.

They are passers-by on their errands, and residents on a round. Who plays or searches is known to be no suspect: such people
look about them, ask and telephone. What somebody looks like is drawn for each element against what the suspect looks like: the
same, similar, or neither; the same walker looks the same to everybody.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.draws import combine, stream_key, text_key, text_keys, uniforms
from simulation.people.errands import errands
from simulation.people.legs import legs_of
from simulation.people.shadows import INNOCENT, NO_STOP, Shadow, in_light
from simulation.people.tracks import Tracks, tracks_of_walks
from simulation.people.walks import joined
from simulation.scenario.suspects import MAN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from simulation.light import Light
    from simulation.people.legs import Legs
    from simulation.people.network import Network
    from simulation.people.population import People
    from simulation.people.rounds import Stroll
    from simulation.people.walks import Walks

    Flags = NDArray[np.bool_]
    Indices = NDArray[np.int64]
    Likeness = NDArray[np.int64]

OTHER, SIMILAR, SAME = range(3)
"""How somebody resembles a suspect in an element."""


class Walker(NamedTuple):
    """One innocent walker.

    Parameters
    ----------
    name, key
        His name, and the key of his draws.
    person
        Which resident he is; -1 for a passer-by.
    stroll
        His way.
    """

    name: str
    key: int
    person: int
    stroll: Stroll


class Crowd:
    """The innocent walkers of a world; K of them.

    Parameters
    ----------
    network, seed, parameters
        The streets, the seed of the world and the values of the registry.
    residents
        Everybody who lives there, and the rounds that they plan.
    light, end_s
        The light of the evening, and the seconds at which it ends.
    """

    def __init__(
        self,
        network: Network,
        seed: int,
        parameters: Mapping[str, float],
        residents: tuple[People, Mapping[int, Stroll]],
        light: tuple[Light, float],
    ) -> None:
        self._network, self._seed, self._parameters = network, seed, parameters
        self._light, self._end_s = light
        self._residents = residents
        self._likeness: dict[tuple[str, str], Likeness] = {}
        self._shadows: dict[int, Shadow] = {}

    @cached_property
    def _walkers(self) -> list[Walker]:
        people, rounds = self._residents
        texts, homes = self._network.map.texts, self._network.map.homes
        walkers = []
        for person, stroll in rounds.items():
            if not people.on_street[person]:
                name = f"{texts[homes.key.item(people.home.item(person))]}/{people.number.item(person) + 1}"
                walkers.append(Walker(name, people.key.item(person), person, stroll))
        out = errands(self._network, self._parameters, self._seed, self._end_s)
        return walkers + [Walker(errand.key, text_key(errand.key), -1, errand.stroll) for errand in out]

    @cached_property
    def person(self) -> NDArray[np.int64]:
        """(K,) which resident each is; -1 for passers-by."""
        return np.array([walker.person for walker in self._walkers], np.int64)

    @cached_property
    def names(self) -> list[str]:
        """Key of each."""
        return [walker.name for walker in self._walkers]

    @cached_property
    def tracks(self) -> Tracks:
        """Where each walks; the owners are their numbers."""
        return tracks_of_walks(self._network, self._walks)

    @cached_property
    def _walks(self) -> Walks:
        return joined([walker.stroll.way for walker in self._walkers])

    @cached_property
    def until(self) -> NDArray[np.float64]:
        """(K,) seconds at which each is where he goes, or the evening ends."""
        return np.minimum(np.array([walker.stroll.until for walker in self._walkers], np.float64), self._end_s)

    @cached_property
    def key(self) -> NDArray[np.uint64]:
        """(K,) keys of their draws."""
        return np.array([walker.key for walker in self._walkers], np.uint64)

    @cached_property
    def _riding(self) -> Flags:
        return np.array([walker.stroll.riding for walker in self._walkers], bool)

    @cached_property
    def man(self) -> Flags:
        """(K,) who is a man."""
        return uniforms(stream_key(self._seed, "sex"), self.key) < self._parameters["p_man"]

    def fitting(self, suspect: Shadow, elements: Sequence[str]) -> Indices:
        """Give who could be taken for a suspect of whom one knows some elements: each of them is the same or similar.

        Who rides a bicycle is taken only for a suspect with a vehicle.
        """
        similar = self._parameters["p_similar"]
        if any(suspect.shares.get(element, 1.0) + similar == 0.0 for element in elements):
            return np.zeros(0, np.int64)
        fits = ~self._riding | ("vehicle" in suspect.description)
        for element in elements:
            fits = fits & (self.likeness(suspect, element) != OTHER)
        return np.flatnonzero(fits)

    def likeness(self, suspect: Shadow, element: str) -> Likeness:
        """Tell how each resembles a suspect in an element of his description, (K,)."""
        value = suspect.description[element]
        if element == "sex":
            return np.where(self.man == (value == MAN), SAME, OTHER)
        if (element, value) not in self._likeness:
            same = suspect.shares[element]
            looks = combine(self.key, text_keys([f"{element}: {value}"]))
            share = uniforms(stream_key(self._seed, "looks"), looks)
            similar = np.where(share < same + self._parameters["p_similar"], SIMILAR, OTHER)
            self._likeness[element, value] = np.where(share < same, SAME, similar)
        return self._likeness[element, value]

    def shadows(self, numbers: Sequence[int]) -> list[Shadow]:
        """Give the evenings of some of the crowd; each made once."""
        new = [number for number in numbers if number not in self._shadows]
        legs = legs_of(self._network, self._walks.of_these(np.array(new, np.int64)))
        bounds = np.searchsorted(legs.owner, np.arange(len(new) + 1)).tolist()
        for owner, number in enumerate(new):
            mine = legs.take(slice(*bounds[owner : owner + 2]))
            self._shadows[number] = self._make(number, replace(mine, owner=np.zeros_like(mine.owner)))
        return [self._shadows[number] for number in numbers]

    def _make(self, number: int, legs: Legs) -> Shadow:
        name, _, person, _ = self._walkers[number]
        still = np.full(len(legs), NO_STOP)
        legs, still, seen = in_light(legs, still, self._network, self._light, self._parameters)
        purpose = "errand-goal" if person < 0 else "round-turn"
        causes = ("fact:residents", f"draw:{purpose}:{name}:0")
        span = (float(legs.start[0]), min(float(legs.stop[-1]), self._end_s))
        return Shadow(name, INNOCENT, {}, {}, causes, *span, legs, still, (), seen)
