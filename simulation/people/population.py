"""Who lives here: households at addresses, and the independent flags of each person."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from simulation.draws import combine, stream_key, truncated_normals, uniforms
from simulation.people.rows import expand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.scenario.model import Scenario

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Keys = NDArray[np.uint64]

ADULT = 18
"""Age of majority, years."""


@dataclass(frozen=True, eq=False)
class People:
    """Residents of one or more worlds; N of them, by world, then home, then number in the household.

    Parameters
    ----------
    of_world
        (W + 1,) the people of world w are `of_world[w]:of_world[w + 1]`.
    world, home, number
        (N,) world, index of the home on the map, number in the household from 0.
    key
        (N,) keys for draws, the same in every world.
    age
        (N,) years.
    member
        (N,) in a neighbourhood group: the first adult of a member household.
    muted
        (N,) has groups muted.
    player
        (N,) came to play.
    informed
        (N,) knows that an exercise is on, and the temporary number.
    on_street
        (N,) walks about from the start of play: players who do not stay in.
    at_home
        (N,) is at home when not on a round, and old enough to look out; who is neither there nor on the street takes no part.
    walk_speed, bike_speed
        (N,) metres per second.
    """

    of_world: Indices
    world: Indices
    home: Indices
    number: Indices
    key: Keys
    age: Indices
    member: Flags
    muted: Flags
    player: Flags
    informed: Flags
    on_street: Flags
    at_home: Flags
    walk_speed: Floats
    bike_speed: Floats

    def in_world(self, world: int) -> People:
        """Give the people of one world alone."""
        part = slice(int(self.of_world[world]), int(self.of_world[world + 1]))
        columns = {name: getattr(self, name)[part] for name in _COLUMNS}
        return People(np.array([0, part.stop - part.start]), np.zeros(part.stop - part.start, np.int64), **columns)


_COLUMNS = tuple(part.name for part in fields(People))[2:]


def settle(scenario: Scenario, network: Network, seeds: Sequence[int]) -> People:
    """Draw the residents of each world.

    A person depends on the seed, the address and the number in the household alone, never on who else lives on the map, except
    where the scenario asks for a count: then the lowest keyed numbers are taken.
    """
    world, home, number, size = _households(scenario, network, seeds)
    key = combine(network.home_key[home], number.astype(np.uint64))
    draw = _Draws(seeds, world, key, network.home_key[home])
    parameters = scenario.parameters
    old = (draw.household("old") < parameters["p_old"]) & (size <= parameters["household_adults"])
    age = _ages(draw.person("age"), old, number >= parameters["household_adults"], parameters)
    member = (number == 0) & (draw.household("member") < parameters["p_household_member"])
    player = _players(scenario, draw.person("player"), age, world, len(seeds))
    share = np.where(member, scenario.players.announced.members, scenario.players.announced.others)
    on_street = player & (draw.person("on-street") < parameters["p_player_street"])
    return People(
        of_world=np.searchsorted(world, np.arange(len(seeds) + 1)),
        world=world,
        home=home,
        number=number,
        key=key,
        age=age,
        member=member,
        muted=member & (draw.person("mute") < parameters["p_mute"]),
        player=player,
        informed=player | (draw.person("informed") < share),
        on_street=on_street,
        at_home=~on_street & (player | (draw.person("at-home") < parameters["p_home"])) & (age >= parameters["watch_min_age"]),
        walk_speed=_walk_speeds(parameters, draw.person("walk-speed"), age),
        bike_speed=speeds(parameters, ("v_bike",), np.zeros_like(age), draw.person("bike-speed")),
    )


def residents_on(scenario: Scenario, network: Network, seed: int) -> int:
    """Count everybody who lives on a map in the world of a seed, taking part or not."""
    return int(_household_sizes(scenario, network, [seed]).sum())


def able_to_play(scenario: Scenario, network: Network, seed: int) -> int:
    """Count the residents of a world who are of the age of any of the games."""
    return int(_of_any_audience(scenario, settle(scenario, network, [seed]).age).sum())


class _Draws:
    """Draws for everybody at once, per person or shared by a household."""

    def __init__(self, seeds: Sequence[int], world: Indices, person: Keys, household: Keys) -> None:
        self._seeds, self._world, self._person, self._household = seeds, world, person, household

    def person(self, purpose: str) -> Floats:
        return uniforms(self._streams(purpose), self._person)

    def household(self, purpose: str) -> Floats:
        return uniforms(self._streams(purpose), self._household)

    def _streams(self, purpose: str) -> Keys:
        return np.array([stream_key(seed, purpose) for seed in self._seeds], np.uint64)[self._world]


def _households(scenario: Scenario, network: Network, seeds: Sequence[int]) -> tuple[Indices, Indices, Indices, Indices]:
    """Draw household sizes and choose who of them takes part; give world, home, number and household size of each person."""
    size, homes = _household_sizes(scenario, network, seeds), network.home_key[np.newaxis, :]
    if scenario.residents.count is not None:
        streams = np.array([[stream_key(seed, "lives-here") for seed in seeds]], np.uint64).T
        order = np.argsort(uniforms(streams, homes), axis=1, kind="stable")
        ordered = np.take_along_axis(size, order, axis=1)
        before = np.cumsum(ordered, axis=1) - ordered
        kept = np.clip(scenario.residents.count - before, 0, ordered)
        taken = np.zeros_like(size)
        np.put_along_axis(taken, order, kept, axis=1)
    else:
        taken = size
    rows, number = expand(taken.ravel())
    world, home = np.divmod(rows, size.shape[1])
    return world, home, number, size.ravel()[rows]


def _household_sizes(scenario: Scenario, network: Network, seeds: Sequence[int]) -> Indices:
    """Draw how many people live in each home, (worlds, homes)."""
    streams = np.array([[stream_key(seed, "household-size") for seed in seeds]], np.uint64).T
    limits = np.cumsum([scenario.parameters[f"p_size_{size}"] for size in (1, 2, 3, 4)])
    share = uniforms(streams, network.home_key[np.newaxis, :])
    return 1 + np.searchsorted(limits, share, side="right").reshape(len(seeds), -1)


def _ages(share: Floats, old: Flags, child: Flags, parameters: Mapping[str, float]) -> Indices:
    old_age, oldest_age = parameters["old_age"], parameters["oldest_age"]
    adult = np.where(old, old_age + share * (oldest_age - old_age), ADULT + share * (old_age - ADULT))
    return np.where(child, share * ADULT, adult).astype(np.int64)


def _players(scenario: Scenario, share: Floats, age: Indices, world: Indices, worlds: int) -> Flags:
    """Choose players among those who are of the age of any game: by share, or the lowest keyed numbers."""
    able = _of_any_audience(scenario, age)
    if scenario.players.share is not None:
        return able & (share < scenario.players.share)
    chosen = np.zeros(len(share), bool)
    for number in range(worlds):
        candidates = np.flatnonzero(able & (world == number))
        chosen[candidates[np.argsort(share[candidates], kind="stable")[: scenario.players.count]]] = True
    return chosen


def _of_any_audience(scenario: Scenario, age: Indices) -> Flags:
    able = np.zeros(len(age), bool)
    for game in scenario.games:
        able |= of_audience(game.audience, age, scenario.parameters)
    return able


def of_audience(audience: str, age: Indices, parameters: Mapping[str, float]) -> Flags:
    """Tell who is of the age to play a game: children from the age at which they may play alone, adults, or both."""
    youngest = ADULT if audience == "adults" else parameters["child_companion_age"]
    return np.asarray((age >= youngest) & ((age < ADULT) | (audience != "children")))


def _walk_speeds(parameters: Mapping[str, float], share: Floats, age: Indices) -> Floats:
    which = np.where(age >= parameters["old_age"], 1, np.where(age < ADULT, 2, 0))
    return speeds(parameters, ("v_walk_adult", "v_walk_old", "v_child"), which, share)


def speeds(parameters: Mapping[str, float], names: Sequence[str], which: Indices, share: Floats) -> Floats:
    """Turn even numbers into speeds, metres per second, each of one of some kinds; `names` as their numbers in the registry begin."""
    mean, sd, low, high = (
        np.array([parameters[f"{name}_{part}"] for name in names])[which] for part in ("mps", "sd_mps", "min_mps", "max_mps")
    )
    return truncated_normals(share, mean, sd, low, high)
