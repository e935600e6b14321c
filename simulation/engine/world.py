"""Worlds: all of an evening that does not depend on the alert structure, drawn for many seeds side by side."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from simulation.draws import exponentials, stream_key, text_keys
from simulation.people.population import settle
from simulation.people.rounds import Stroll, strollers
from simulation.people.rows import in_order
from simulation.people.suspects import appear
from simulation.people.watching import watch_shares, watch_switches
from simulation.saar.spot import Chances, chances, first_looks, pair_keys, split_by_looking
from simulation.saar.views import home_views, hunted, street_views, together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.people.population import People
    from simulation.people.rounds import Strollers
    from simulation.people.shadows import Shadow
    from simulation.saar.views import Quarry, Views
    from simulation.scenario.model import Scenario

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_BLOCK = 12
"""Worlds drawn side by side: enough to spread numpy's overhead, few enough to stay in the processor's cache."""


@dataclass(frozen=True, eq=False)
class World:
    """One drawn world.

    Parameters
    ----------
    scenario, network, seed
        What it was made from.
    people
        The residents.
    shadows
        The suspects of all games.
    strolls
        Who walks about without having been called out.
    chances
        Hazard of each pair of a resident and a suspect.
    thresholds, looks
        (Q,) threshold of the first look of each pair, and its moment, seconds, if no news comes; infinite for never.
    """

    scenario: Scenario
    network: Network
    seed: int
    people: People
    shadows: tuple[Shadow, ...]
    strolls: dict[int, Stroll]
    chances: Chances
    thresholds: Floats
    looks: Floats


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
    people = settle(scenario, network, seeds)
    shadows = appear(scenario, network, seeds)
    walkers = strollers(people, network, scenario.parameters, seeds, scenario.duration_s)
    table = _all_chances(scenario, seeds, people, walkers, hunted(network, shadows))
    firsts = _first(scenario, seeds, people, shadows, table)
    parts = _per_world(people, walkers, table, firsts, len(shadows[0]))
    return [
        World(scenario, network, seed, people.in_world(number), tuple(shadows[number]), *part)
        for number, (seed, part) in enumerate(zip(seeds, parts, strict=True))
    ]


def _all_chances(scenario: Scenario, seeds: Sequence[int], people: People, walkers: Strollers, quarry: Quarry) -> Chances:
    reach = scenario.parameters["d_max_m"]
    homes = len(quarry.network.map.homes.key)
    at_home = np.flatnonzero(people.at_home)
    slot = people.world[at_home] * homes + people.home[at_home]
    occupants = (np.searchsorted(slot, np.arange(len(seeds) * homes + 1)), at_home)
    indoors = _while_in(home_views(quarry, occupants, reach), people, walkers)
    indoors, looking = _split(scenario, seeds, people, indoors)
    outdoors = street_views(quarry, walkers.walks, walkers.person, people.world[walkers.person], reach)
    views = together([indoors, outdoors])
    looking = np.concatenate([looking, np.ones(len(outdoors.leg), bool)])
    suspect, seen = quarry.legs.owner[views.leg], (quarry.act_factor[views.leg], quarry.light[views.leg])
    return chances(views, looking, suspect, seen, scenario.parameters, from_home=len(indoors.leg))


def _while_in(views: Views, people: People, walkers: Strollers) -> Views:
    """Leave out what people would see from home while they are out on a round."""
    row = np.full(len(people.key), -1)
    row[walkers.person] = np.arange(len(walkers.person))
    mine = row[views.observer]
    out = np.flatnonzero(mine >= 0)
    if not len(out):
        return views
    before, after = views.take(out), views.take(out)
    before = replace(before, stop=np.minimum(before.stop, walkers.begin[mine[out]]))
    after = replace(after, start=np.maximum(after.start, walkers.until[mine[out]]))
    parts = together([views.take(mine < 0), before, after])
    return parts.take(parts.stop > parts.start)


def _split(scenario: Scenario, seeds: Sequence[int], people: People, views: Views) -> tuple[Views, Flags]:
    views = views.take(in_order(views.observer))
    new = np.concatenate([[True], views.observer[1:] != views.observer[:-1]])[: len(views.leg)]
    first, row = np.flatnonzero(new), np.cumsum(new) - 1
    who, until = views.observer[first], np.maximum.reduceat(views.stop, first)
    streams = np.array([stream_key(seed, "watch") for seed in seeds], np.uint64)[people.world[who]]
    share = watch_shares(people, scenario.parameters)[who]
    looking, switches = watch_switches(streams, people.key[who], share, scenario.parameters["watch_spell_s"], (0.0, until))
    return split_by_looking(views, row, looking, switches)


def _first(
    scenario: Scenario, seeds: Sequence[int], people: People, shadows: Sequence[Sequence[Shadow]], table: Chances
) -> tuple[Floats, Floats]:
    """Find the first look of each pair, given what people know from the start."""
    known = set(scenario.players.know)
    described = np.array([bool(known & set(shadow.description)) for world in shadows for shadow in world])
    ready = people.player[table.observer] & described[table.suspect]
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
    columns = (walkers.person, people.world[walkers.person], walkers.begin, walkers.until)
    first = people.of_world.tolist()
    for owner, (person, world, begin, until) in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        strolls[world][person - first[world]] = Stroll(walkers.walks, owner, begin, until)
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
