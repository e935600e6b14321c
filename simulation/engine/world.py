"""Worlds: all of an evening that does not depend on the alert structure, drawn for many seeds side by side.

One world serves every structure: `World.under` gives the same people, walks and looks with another.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from simulation.draws import exponentials, stream_key, text_keys
from simulation.light import daylight
from simulation.people.crowd import Crowd
from simulation.people.everybody import from_outside, gather
from simulation.people.playareas import play_areas
from simulation.people.rounds import Strollers, strollers
from simulation.people.suspects import appear
from simulation.people.walks import joined
from simulation.saar.outlook import outlook
from simulation.saar.spot import Chances, first_looks, pair_keys
from simulation.saar.views import hunted
from simulation.scenario.layout import PEOPLE_OF_A_ROLE, PUBLIC_PAGE
from simulation.scenario.parameters import Parameters
from simulation.scenario.structures import Structure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.people.playareas import PlayArea
    from simulation.people.population import People
    from simulation.people.rounds import Stroll
    from simulation.people.shadows import Shadow
    from simulation.scenario.model import Scenario

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_BLOCK = 12
"""Worlds drawn side by side: enough to spread numpy's overhead, few enough to stay in the processor's cache."""
_OF_WORLDS = ("covered_streets_share", "shopkeepers_until_s")
"""What of a structure its worlds hang on: who wants to be in a group, and who is there."""


@dataclass(frozen=True, eq=False)
class World:
    """One drawn world.

    Parameters
    ----------
    scenario, network, seed
        What it was made from.
    here
        Who is there under every alert structure: the residents, and behind them shopkeepers.
    shadows
        The suspects of all games.
    strolls
        Who walks about without having been called out.
    crowd
        The innocent people in the street.
    chances
        Hazard of each pair of a resident and a suspect.
    thresholds, looks
        (Q,) threshold of the first look of each pair, and its moment, seconds, if no news comes; infinite for never.
    """

    scenario: Scenario
    network: Network
    seed: int
    here: People
    shadows: tuple[Shadow, ...]
    strolls: dict[int, Stroll]
    crowd: Crowd
    chances: Chances
    thresholds: Floats
    looks: Floats

    def under(self, scenario: Scenario) -> Self:
        """Give the same world with another alert structure.

        Parameters
        ----------
        scenario
            An evening that is the same as that of this world `without_structure`.
        """
        return replace(self, scenario=scenario)

    @cached_property
    def people(self) -> People:
        """Everybody: who is here, and behind them officials and units."""
        return from_outside(self.here, self.scenario)

    @cached_property
    def areas(self) -> list[PlayArea | None]:
        """Where each game is played; None where it is played everywhere."""
        return play_areas(self.scenario, self.network)

    @cached_property
    def walkers(self) -> Strollers:
        """Who walks about without having been called out, as one table."""
        strolls = list(self.strolls.values())
        begin, until = (np.array([getattr(stroll, name) for stroll in strolls], np.float64) for name in ("begin", "until"))
        riding = np.array([stroll.riding for stroll in strolls], bool)
        return Strollers(
            np.array(list(self.strolls), np.int64), joined([stroll.way for stroll in strolls]), begin, until, riding
        )

    def outlook(self, shadows: Sequence[Shadow], observers: Flags) -> Chances:
        """Give the hazard of each pair of some residents and people who are watched for besides the suspects.

        Parameters
        ----------
        shadows
            Who is watched for; numbered as they stand here.
        observers
            (N,) the residents who count.
        """
        return outlook(self.scenario, [self.seed], (self.people, self.walkers), hunted(self.network, [shadows]), observers)


def without_structure(scenario: Scenario) -> Scenario:
    """Give of an evening what its worlds hang on: two that are equal in this have the same worlds.

    Left out are how residents reach each other, how many have a role, where the organisers tell their news, and the goals.
    """
    kept = {name: getattr(scenario.structure, name) for name in _OF_WORLDS}
    numbers = {name: value for name, value in scenario.parameters.overridden.items() if name not in PEOPLE_OF_A_ROLE}
    return scenario.model_copy(
        update={
            "structure": Structure(id="none").model_copy(update=kept),
            "outlet": PUBLIC_PAGE,
            "goal_set": None,
            "goals": (),
            "parameters": Parameters(numbers),
        }
    )


def build_worlds(scenario: Scenario, network: Network, seeds: Sequence[int]) -> list[World]:
    """Draw worlds side by side; each is the same as if it were drawn alone.

    Parameters
    ----------
    scenario
        The evening.
    network
        The streets, made of a map once and for all worlds on it.
    seeds
        One seed for each world.

    Examples
    --------
    >>> from pathlib import Path
    >>> from simulation import load_scenario, read_map
    >>> from simulation.people.network import Network
    >>> network = Network(read_map(Path("scenarios/wijk.map")))
    >>> worlds = build_worlds(load_scenario("avond-in-de-wijk").scenario, network, [1, 2])
    >>> [world.seed for world in worlds]
    [1, 2]
    """
    worlds: list[World] = []
    for first in range(0, len(seeds), _BLOCK):
        worlds += _build(scenario, network, seeds[first : first + _BLOCK])
    return worlds


def _build(scenario: Scenario, network: Network, seeds: Sequence[int]) -> list[World]:
    people = gather(scenario, network, seeds)
    shadows = appear(scenario, network, seeds)
    walkers = strollers(people, network, scenario, seeds)
    table = outlook(scenario, seeds, (people, walkers), hunted(network, shadows))
    firsts = _first(scenario, seeds, people, shadows, table)
    parts = _per_world(people, walkers, table, firsts, len(shadows[0]))
    light = daylight(scenario.date, scenario.start_s, scenario.duration_s, network.map.middle())
    worlds = []
    for number, (seed, (strolls, chances, *looks)) in enumerate(zip(seeds, parts, strict=True)):
        here = people.in_world(number)
        crowd = Crowd(network, seed, scenario.parameters, (here, strolls), (light, scenario.duration_s))
        worlds.append(World(scenario, network, seed, here, tuple(shadows[number]), strolls, crowd, chances, *looks))
    return worlds


def _first(
    scenario: Scenario, seeds: Sequence[int], people: People, shadows: Sequence[Sequence[Shadow]], table: Chances
) -> tuple[Floats, Floats]:
    """Find the first look of each pair, given what people know from the start."""
    known = set(scenario.players.know)
    described = np.array([bool(known & set(shadow.description)) for world in shadows for shadow in world])
    games = np.array([shadow.game for world in shadows for shadow in world])
    ready = people.plays[table.observer, games[table.suspect]] & described[table.suspect]
    streams = np.array([stream_key(seed, "look") for seed in seeds], np.uint64)[people.world[table.observer]]
    names = text_keys([shadow.key for world in shadows for shadow in world])
    thresholds = exponentials(streams, pair_keys(people.key[table.observer], names[table.suspect]), 0)
    pairs = np.arange(len(thresholds))
    never = (np.full(len(pairs), np.inf), np.full(len(pairs), -np.inf), np.zeros(len(pairs)))
    return thresholds, first_looks(table, pairs, thresholds, np.where(ready, -np.inf, np.inf), never)


def _per_world(
    people: People, walkers: Strollers, table: Chances, firsts: tuple[Floats, Floats], suspects: int
) -> list[tuple[dict[int, Stroll], Chances, Floats, Floats]]:
    bounds = np.searchsorted(table.observer, people.of_world)
    strolls: list[dict[int, Stroll]] = [{} for _ in range(len(people.of_world) - 1)]
    first = people.of_world.tolist()
    columns = (walkers.person, people.world[walkers.person])
    for owner, (person, world) in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        strolls[world][person - first[world]] = walkers.one(owner)
    parts = []
    for world, ways in enumerate(strolls):
        pairs = slice(int(bounds[world]), int(bounds[world + 1]))
        begin, end = int(table.of_pair[pairs.start]), int(table.of_pair[pairs.stop])
        part = Chances(
            table.observer[pairs] - people.of_world[world],
            table.suspect[pairs] - world * suspects,
            table.of_pair[pairs.start : pairs.stop + 1] - begin,
            *(getattr(table, column.name)[begin:end] for column in fields(Chances)[3:]),
        )
        parts.append((ways, part, firsts[0][pairs], firsts[1][pairs]))
    return parts
